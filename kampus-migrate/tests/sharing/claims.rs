//! Placeholders: who is known from old content only, and who turns out to be them.

use kampus_core::PersonId;
use kampus_migrate::engine::{self, Claim, ClaimError};

use super::desk::Desk;

/// A page by somebody who is in no list, for somebody who is in no list.
fn with_strangers() -> Desk {
    let desk = Desk::new();
    desk.write("pages.csv", &table("Teksti"));
    desk.run();
    desk
}

fn table(text: &str) -> String {
    format!(
        "Tunniste;Otsikko;Sisältö;Omistaja;Lukijat\nSivu;Sivu;{text};Pekka Puro;\n\
         Rajattu;Rajattu;{text};maija@ym.example;pirkko@ym.example\n"
    )
}

fn claim(desk: &Desk, placeholder: &str, person: &str) -> Result<(), ClaimError> {
    let claim = Claim { placeholder: placeholder.to_owned(), person: person.to_owned(), line: None };
    engine::claim(&desk.store(), &[claim], desk.now()).map(drop)
}

fn placeholder(desk: &Desk, name: &str) -> PersonId {
    let found = desk.kampus().profiles().unwrap();
    found.into_iter().find(|(_, profile)| profile.shown_name() == name).unwrap().0
}

#[test]
fn placeholders_are_listed_with_their_names_and_items_until_they_are_claimed() {
    let desk = with_strangers();
    let listed = |outcome: kampus_migrate::outcome::RunOutcome| {
        outcome
            .placeholders
            .into_iter()
            .map(|known| (known.source, known.name, known.items))
            .collect::<Vec<_>>()
    };
    let told = |names: &[(&str, u64)]| {
        names.iter().map(|(name, items)| ("ym".to_owned(), (*name).to_owned(), *items)).collect::<Vec<_>>()
    };
    assert_eq!(listed(desk.run()), told(&[("Pekka Puro", 1), ("pirkko@ym.example", 0)]));
    claim(&desk, "Pekka Puro", "matti@ym.example").unwrap();
    assert_eq!(listed(desk.run()), told(&[("pirkko@ym.example", 0)]));
}

#[test]
fn who_is_claimed_is_the_author_and_reader_and_stays_so_in_later_runs() {
    let desk = with_strangers();
    assert_eq!(desk.readers("Rajattu"), "");
    claim(&desk, "Pekka Puro", "matti@ym.example").unwrap();
    claim(&desk, &placeholder(&desk, "pirkko@ym.example").to_string(), "Matti Meri").unwrap();
    let matti = desk.person("matti@ym.example");
    assert_eq!((desk.item("Sivu").author, desk.readers("Rajattu").as_str()), (matti, "matti"));
    // The same again changes nothing.
    let revision = desk.snapshot().revision();
    let again = desk.run();
    assert_eq!((desk.snapshot().revision(), again.sharing.changed), (revision, 0));
    assert_eq!(again.conflicts, []);
    // A newer export finds the person where it knew the placeholder.
    desk.write("pages.csv", &table("Uudempi teksti"));
    let newer = desk.run();
    assert_eq!((newer.total.counts.updated, newer.conflicts.len()), (2, 0));
    assert_eq!((desk.item("Sivu").author, desk.readers("Rajattu").as_str()), (matti, "matti"));
    assert!(desk.verify().proven());
}

#[test]
fn a_later_list_of_people_claims_by_itself_what_has_its_address_and_nothing_by_name() {
    let desk = with_strangers();
    let list = "Nimi;Sähköposti;Organisaatio\nMaija Mäki;maija@ym.example;YM\nMatti Meri;matti@ym.example;YM\n\
                Lauri Lehto;lauri@lvm.example;LVM\nPirkko Puu;pirkko@ym.example;YM\nPekka Puro;puro@ym.example;YM\n";
    desk.write("people.csv", list);
    let outcome = desk.run();
    let pirkko =
        desk.snapshot().directory().people().find(|p| p.claimed_by.is_some()).unwrap().claimed_by.unwrap();
    let profile = desk.snapshot().untrimmed().profile(pirkko).unwrap().unwrap();
    assert_eq!(profile.shown_name(), "Pirkko Puu");
    let scope = kampus_core::access::Scope::Item(desk.item("Rajattu").id);
    let reads = |person| {
        desk.snapshot().untrimmed().may(person, kampus_core::access::Action::View, scope, desk.now())
    };
    assert!(reads(pirkko));
    assert!(outcome.notices.iter().any(|notice| notice.text.contains("stood in for this person until now")));
    // A name alone is no proof: the page stays the placeholder's.
    let names: Vec<&str> = outcome.placeholders.iter().map(|known| known.name.as_str()).collect();
    assert_eq!(names, ["Pekka Puro"]);
    assert!(desk.snapshot().directory().person(desk.item("Sivu").author).unwrap().placeholder);
    let revision = desk.snapshot().revision();
    desk.run();
    assert_eq!(desk.snapshot().revision(), revision);
    assert!(desk.verify().proven());
}

#[test]
fn a_list_of_claims_is_claimed_whole_or_not_at_all() {
    let desk = with_strangers();
    let list = |rows: &str| {
        desk.write("claims.csv", &format!("placeholder;person\n{rows}"));
        engine::read_claims(&desk.path("claims.csv"))
    };
    let revision = desk.snapshot().revision();
    let claims = list("Pekka Puro;matti@ym.example\npirkko@ym.example;nobody@ym.example\n").unwrap();
    let wrong = engine::claim(&desk.store(), &claims, desk.now()).unwrap_err();
    assert_eq!(wrong.to_string(), "line 3: no person is called `nobody@ym.example`");
    assert_eq!(desk.snapshot().revision(), revision);
    let claims = list("Pekka Puro;matti@ym.example\nmatti@ym.example;maija@ym.example\n").unwrap();
    let wrong = engine::claim(&desk.store(), &claims, desk.now()).unwrap_err();
    assert_eq!(wrong.to_string(), "line 3: no placeholder is called `matti@ym.example`");
    let claims = list("Pekka Puro;matti@ym.example\npirkko@ym.example;lauri@lvm.example\n").unwrap();
    let done = engine::claim(&desk.store(), &claims, desk.now()).unwrap();
    let items: Vec<u64> = done.claimed.iter().map(|claimed| claimed.items).collect();
    assert_eq!((items, done.unchanged), (vec![1, 0], 0));
    assert_eq!(desk.readers("Rajattu"), "lauri");
    let again = engine::claim(&desk.store(), &claims, desk.now()).unwrap();
    assert_eq!((again.claimed.len(), again.unchanged), (0, 2));
    // Somebody else comes too late.
    let late = claim(&desk, "Pekka Puro", "maija@ym.example").unwrap_err();
    assert!(matches!(late, ClaimError::Refused { .. }), "{late}");
    for (rows, reason) in [("Pekka Puro\n", "claims.csv`:2: "), ("Pekka Puro;\n", "the person is missing")] {
        let error = list(rows).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}
