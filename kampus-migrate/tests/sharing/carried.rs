//! Readers, editors and denials of tables, loaded, loaded again and changed.

use kampus_core::access::{Action, Principal, Role, Scope};
use kampus_core::directory::GroupMember;
use kampus_core::{Command, Period};
use kampus_migrate::outcome::{Narrowing, Wish};

use super::desk::{Desk, narrowed};

const ALL: &str = "maija matti lauri";

#[test]
fn who_is_named_reads_and_nobody_else() {
    let desk = Desk::new();
    desk.pages(&[
        ["Avoin", "", "", "", ""],
        ["Rajattu", "", "maija@ym.example", "", ""],
        ["Ryhmälle", "", "Vesiryhmä", "", ""],
        ["Muokattava", "", "", "matti@ym.example", ""],
        ["Molemmat", "", "lauri@lvm.example", "matti@ym.example", ""],
    ]);
    let outcome = desk.run();
    assert_eq!(desk.readers("Avoin"), ALL);
    assert_eq!(desk.readers("Rajattu"), "maija");
    assert_eq!(desk.readers("Ryhmälle"), "maija lauri");
    assert_eq!(
        (desk.readers("Muokattava").as_str(), desk.who(Action::Edit, "Muokattava").as_str()),
        (ALL, "matti")
    );
    assert_eq!(desk.readers("Molemmat"), "matti lauri");
    assert_eq!(desk.who(Action::Edit, "Molemmat"), "matti");
    assert_eq!((outcome.sharing.restricted, outcome.sharing.changed, outcome.sharing.groups), (4, 4, 1));
    assert_eq!(narrowed(&outcome), []);
    let verified = desk.verify();
    assert!(verified.proven(), "{verified:#?}");
    assert_eq!((verified.checked.restricted, verified.checked.readers), (4, 1 + 2 + 3 + 2));
}

#[test]
fn restrictions_add_up_on_the_way_down_and_what_is_below_inherits_where_it_is_the_same() {
    let desk = Desk::new();
    // Below comes first: what restricts a page may be read after it.
    desk.pages(&[
        ["Alla", "Ylhäällä", "", "", ""],
        ["Suppeampi", "Ylhäällä", "matti@ym.example; maija@ym.example", "", ""],
        ["Ylhäällä", "", "Vesiryhmä", "", ""],
    ]);
    desk.run();
    assert_eq!(
        (desk.readers("Ylhäällä").as_str(), desk.readers("Alla").as_str()),
        ("maija lauri", "maija lauri")
    );
    assert_eq!(desk.readers("Suppeampi"), "maija");
    let snapshot = desk.snapshot();
    let below = Scope::Item(desk.item("Alla").id);
    assert!(snapshot.untrimmed().inherits(below));
    assert_eq!(snapshot.untrimmed().grants_on(below).count(), 0);
    assert!(desk.verify().proven());
}

#[test]
fn what_cannot_be_said_lets_fewer_in_and_is_told_one_by_one() {
    let desk = Desk::new();
    desk.pages(&[
        ["Esto", "", "Vesiryhmä", "", "lauri@lvm.example"],
        ["Kaikki paitsi", "", "", "", "matti@ym.example"],
        ["Tuntematon", "", "Kummitus; maija@ym.example", "", ""],
        ["Kuka lie", "", "Vesiryhmä", "", "Joku Muu"],
        ["Nimi muualta", "", "Lauri Lehto; Matti Meri", "", ""],
    ]);
    let outcome = desk.run();
    assert_eq!(desk.readers("Esto"), "maija");
    assert_eq!(desk.readers("Kaikki paitsi"), "");
    assert_eq!(desk.readers("Tuntematon"), "maija");
    assert_eq!(desk.readers("Kuka lie"), "");
    // A name of another ministry may be a namesake's.
    assert_eq!(desk.readers("Nimi muualta"), "matti");
    let told = [
        ("lauri@lvm.example".to_owned(), Narrowing::MembersOneByOne),
        ("matti@ym.example".to_owned(), Narrowing::AllButSome),
        ("Joku Muu".to_owned(), Narrowing::DeniedUnknown),
        ("Lauri Lehto".to_owned(), Narrowing::UnknownPerson),
        ("Kummitus".to_owned(), Narrowing::UnknownPerson),
    ];
    assert_eq!(narrowed(&outcome), told);
    assert!(outcome.sharing.narrowed.iter().all(|narrowed| narrowed.place.contains("pages.csv:")));
    assert!(desk.verify().proven());
}

#[test]
fn the_same_again_changes_nothing_and_a_newer_export_is_carried_out() {
    let desk = Desk::new();
    let page = |readers: &'static str| [["Sivu", "", readers, "", ""], ["Alla", "Sivu", "", "", ""]];
    desk.pages(&page("maija@ym.example"));
    desk.run();
    let revision = desk.snapshot().revision();
    let again = desk.run();
    assert_eq!((again.sharing.restricted, again.sharing.changed), (1, 0));
    assert_eq!(desk.snapshot().revision(), revision);
    desk.pages(&page("Vesiryhmä"));
    desk.run();
    assert_eq!(
        (desk.readers("Sivu").as_str(), desk.readers("Alla").as_str()),
        ("maija lauri", "maija lauri")
    );
    // The group changes, and the page says what it said.
    desk.groups("Vesiryhmä;matti@ym.example\n");
    desk.run();
    assert_eq!(desk.readers("Sivu"), "matti");
    desk.pages(&page(""));
    let open = desk.run();
    assert_eq!((desk.readers("Sivu").as_str(), desk.readers("Alla").as_str()), (ALL, ALL));
    assert_eq!(open.sharing.restricted, 0);
    let scope = Scope::Item(desk.item("Sivu").id);
    assert!(desk.snapshot().untrimmed().inherits(scope));
    assert!(desk.verify().proven());
}

#[test]
fn what_people_decided_since_stands_and_is_listed() {
    let desk = Desk::new();
    desk.pages(&[["Sivu", "", "Vesiryhmä", "", ""]]);
    desk.run();
    let scope = Scope::Item(desk.item("Sivu").id);
    let matti = desk.person("matti@ym.example");
    desk.act(Command::Grant {
        principal: Principal::Person(matti),
        role: Role::Reader,
        scope,
        period: Period::ALWAYS,
    });
    desk.pages(&[["Sivu", "", "maija@ym.example", "", ""]]);
    for _ in 0..2 {
        let outcome = desk.run();
        assert_eq!(desk.readers("Sivu"), ALL);
        let wishes: Vec<Wish> = outcome.conflicts.iter().map(|conflict| conflict.wish).collect();
        assert_eq!(wishes, [Wish::Share]);
    }
    assert!(desk.verify().proven());
    // Once both agree there is no conflict.
    let grants: Vec<_> = desk.snapshot().untrimmed().grants_on(scope).map(|grant| grant.id).collect();
    for grant in grants {
        desk.act(Command::Revoke(grant));
    }
    let maija = Principal::Person(desk.person("maija@ym.example"));
    desk.act(Command::Grant { principal: maija, role: Role::Reader, scope, period: Period::ALWAYS });
    assert_eq!(desk.run().conflicts, []);
}

#[test]
fn whom_people_took_out_of_a_group_stays_out() {
    let desk = Desk::new();
    desk.pages(&[["Sivu", "", "Vesiryhmä", "", ""]]);
    desk.run();
    let group = desk.snapshot().directory().groups().next().unwrap().id;
    desk.act(Command::RemoveMember(group, GroupMember::Person(desk.person("lauri@lvm.example"))));
    desk.run();
    assert_eq!(desk.readers("Sivu"), "maija");
}

#[test]
fn under_a_page_that_could_not_be_read_nobody_reads() {
    let desk = Desk::new();
    desk.write(
        "pages.csv",
        "Tunniste;Otsikko;Sisältö;Yläsivu;Lukijat\nYlhäällä;;Salaisuus;;maija@ym.example\nAlla;Alla;Teksti;Ylhäällä;\n\
         Yksin;Yksin;Teksti;;\n",
    );
    let outcome = desk.run();
    assert_eq!(outcome.total.counts.rejected, 1);
    assert_eq!((desk.readers("Alla").as_str(), desk.readers("Yksin").as_str()), ("", ALL));
    assert_eq!(narrowed(&outcome), [("page:Ylhäällä".to_owned(), Narrowing::UnknownAbove)]);
}

#[test]
fn a_page_of_which_one_version_is_restricted_is_for_those_who_may_read_both() {
    let desk = Desk::new();
    let plan = std::fs::read_to_string(desk.path("plan.toml")).unwrap() + "[versions]\nby = \"column\"\n";
    desk.write("plan.toml", &plan);
    let table = |readers: &str| {
        format!(
            "Tunniste;Otsikko;Sisältö;Kieli;Käännös sivusta;Lukijat\nA;Sivu;Teksti;fi;;\n\
             B;Sida;Text;sv;A;{readers}\n"
        )
    };
    desk.write("pages.csv", &table(""));
    desk.run();
    assert_eq!(desk.readers("Sivu"), ALL);
    desk.write("pages.csv", &table("matti@ym.example"));
    desk.run();
    assert_eq!(desk.item("Sivu").id, desk.item("Sida").id);
    assert_eq!(desk.readers("Sivu"), "matti");
    assert!(desk.verify().proven());
}

#[test]
fn what_is_restricted_does_not_go_into_a_page_of_which_people_decided_who_reads_it() {
    let desk = Desk::new();
    let table = |rest: &str| {
        format!("Tunniste;Otsikko;Sisältö;Lukijat;Päätös;Yhdistetään sivuun\nA;Yhteinen;Teksti;;;\n{rest}")
    };
    desk.write("pages.csv", &table(""));
    desk.run();
    let scope = Scope::Item(desk.item("Yhteinen").id);
    desk.act(Command::Grant {
        principal: Principal::Everyone,
        role: Role::Reader,
        scope,
        period: Period::ALWAYS,
    });
    desk.write("pages.csv", &table("B;Salainen;Salaisuus;maija@ym.example;yhdistetään;A\n"));
    let outcome = desk.run();
    assert_eq!(desk.readers("Yhteinen"), ALL);
    assert!(outcome.rejections[0].reason.contains("people decided who reads"), "{outcome:#?}");
}

#[test]
fn a_page_that_goes_into_another_one_takes_its_restriction_along() {
    let desk = Desk::new();
    desk.write(
        "pages.csv",
        "Tunniste;Otsikko;Sisältö;Lukijat;Päätös;Yhdistetään sivuun\nA;Yhteinen;Teksti;;;\n\
         B;Salainen;Salaisuus;maija@ym.example;yhdistetään;A\n",
    );
    desk.run();
    assert_eq!(desk.readers("Yhteinen"), "maija");
    assert!(desk.verify().proven());
}
