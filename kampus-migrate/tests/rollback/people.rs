//! What people did since a run is kept and listed with the reason; the rest of the run goes.

use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::{Container, ItemKind, Reaction};
use kampus_core::{Actor, Command, ItemId, Language, NewItem, NewPerson, Period, PersonId};
use kampus_migrate::outcome::{Because, ExitStatus, RollbackOutcome};
use kampus_migrate::report::rollback_text;

use crate::ledger::desk::{Desk, Page, Picture, page, remark};

fn two() -> [Page; 2] {
    let comments = vec![remark(1, "Kiitos", 0)];
    [Page { comments, ..page(1, "Yksi") }, page(2, "Kaksi <a href=\"/sivu-1/\">yksi</a>")]
}

/// Somebody of the ministry who may read and comment.
fn official(desk: &Desk) -> PersonId {
    let kampus = desk.kampus();
    let home = kampus.snapshot().directory().organisation_by_code("YM").unwrap().id;
    let new = Command::AddPerson(Box::new(NewPerson::official(home, "Aino")));
    kampus.execute(&Actor::Operator("test".into()), desk.now(), new).unwrap().person().unwrap()
}

fn by(desk: &Desk, person: PersonId, command: Command) {
    desk.kampus().execute(&Actor::Person(person), desk.now(), command).unwrap();
}

/// The reasons, by what stays.
fn reasons(outcome: &RollbackOutcome) -> Vec<(String, Because)> {
    outcome.kept.iter().map(|kept| (kept.thing.clone(), kept.because)).collect()
}

#[test]
fn whatever_people_do_with_a_page_keeps_it() {
    type Deed = fn(&Desk, ItemId);
    let deeds: [(Deed, Because); 8] = [
        (|desk, _| desk.edit(1, "Muokattu"), Because::Edited),
        (|desk, item| desk.act(Command::Pin(item, true)), Because::Decided),
        (
            |desk, item| {
                desk.act(Command::MoveItem {
                    item,
                    to: desk.item(2).container,
                    parent: Some(desk.item(2).id),
                });
            },
            Because::Moved,
        ),
        (
            |desk, item| {
                by(desk, official(desk), Command::Comment { item, parent: None, body: "<p>Hei</p>".into() });
            },
            Because::Commented,
        ),
        (|desk, item| by(desk, official(desk), Command::React(item, Reaction::Like, true)), Because::Reacted),
        (
            |desk, item| {
                let scope = Scope::Item(item);
                let (principal, role) = (Principal::Everyone, Role::Editor);
                desk.act(Command::Grant { principal, role, scope, period: Period::ALWAYS });
            },
            Because::Shared,
        ),
        (
            |desk, item| {
                let mut new =
                    NewItem::new(ItemKind::Page, desk.item(1).container, Language::Fi, "Oma", "<p>Oma</p>");
                new.parent = Some(item);
                desk.act_as_editor(Command::AddItem(Box::new(new)));
            },
            Because::Holds,
        ),
        (
            |desk, item| {
                let body = format!("<p><a href=\"/items/{}#kohta\">yksi</a></p>", item.get());
                let new = NewItem::new(ItemKind::Page, desk.item(1).container, Language::Fi, "Oma", &body);
                desk.act_as_editor(Command::AddItem(Box::new(new)));
            },
            Because::Linked,
        ),
    ];
    for (deed, because) in deeds {
        let desk = Desk::new();
        desk.run(&two());
        let (one, two_id) = (desk.item(1).id, desk.item(2).id);
        deed(&desk, one);
        let before = desk.item(1);
        let outcome = desk.rollback(1).unwrap();
        assert_eq!(outcome.status(), ExitStatus::Rejections);
        let kept = reasons(&outcome);
        assert!(kept.contains(&(one.to_string(), because)), "{because:?}: {kept:?}");
        // Its author is named, and its section holds it.
        assert!(kept.iter().any(|(_, why)| *why == Because::Named), "{kept:?}");
        assert!(kept.contains(&("section:1".to_owned(), Because::Holds)), "{kept:?}");
        let snapshot = desk.kampus().snapshot();
        let all = snapshot.untrimmed();
        assert_eq!(all.item(one), Some(&before), "{because:?}: as people have it");
        assert!(all.comments_on(one).count() >= 1, "with the comments that it had");
        let holds_other = because == Because::Moved;
        assert_eq!(all.item(two_id).is_some(), holds_other, "{because:?}: what nobody used is gone");
        let first = outcome.kept.iter().find(|kept| kept.thing == one.to_string()).unwrap();
        assert_eq!(first.title.as_deref(), Some("Sivu 1"));
        let text = rollback_text(&outcome, "next");
        assert!(
            text.contains(&format!("  {one} `Sivu 1` (https://intra.example/sivu-1/): {}", first.reason())),
            "{text}"
        );
        // The run done anew finds what stayed, and doubles nothing.
        let anew = desk.run(&two());
        assert_eq!(
            anew.total.by_kind["page"].loaded,
            u64::from(!holds_other),
            "{because:?}: {:?}",
            anew.total
        );
        assert_eq!(
            desk.kampus().snapshot().untrimmed().item(one).map(|item| item.version),
            Some(before.version)
        );
        assert!(desk.verify().proven(), "{because:?}: {:?}", desk.verify());
    }
}

#[test]
fn what_people_edited_after_it_was_updated_stays_as_they_have_it() {
    let desk = Desk::new();
    desk.run(&two());
    let mut newer = two();
    newer[0].text = "Yksi, uudempi".into();
    newer[1].text = "Kaksi, uudempi".into();
    newer[0].comments.push(remark(2, "Uusi", 1));
    desk.run(&newer);
    desk.edit(1, "Muokattu");
    let outcome = desk.rollback(2).unwrap();
    assert_eq!(reasons(&outcome), [(desk.item(1).id.to_string(), Because::Edited)]);
    assert_eq!(
        (desk.body(1).as_str(), desk.body(2).as_str()),
        ("<p>Muokattu</p>", "<p>Kaksi <a href=\"/items/1\">yksi</a></p>")
    );
    assert_eq!((outcome.restored.items, outcome.removed.comments), (1, 1));
    let anew = desk.run(&newer);
    assert!(anew.conflicts.is_empty(), "it is what it was after the run: {:?}", anew.conflicts);
    assert_eq!((desk.body(1).as_str(), desk.body(2).as_str()), ("<p>Muokattu</p>", "<p>Kaksi, uudempi</p>"));
    assert!(desk.verify().proven(), "{:?}", desk.verify());
}

#[test]
fn a_comment_that_people_answered_stays_with_the_answer() {
    let desk = Desk::new();
    desk.run(&two());
    let mut newer = two();
    newer[0].comments.push(remark(2, "Uusi", 0));
    newer[0].comments.push(remark(3, "Uusi vastaus", 2));
    newer[0].comments.push(remark(4, "Toinen uusi", 0));
    desk.run(&newer);
    let before = Picture::of(&desk.store());
    let item = desk.item(1).id;
    let answered = desk.kampus().snapshot().untrimmed().comments_on(item).nth(2).unwrap().id;
    let body = "<p>Vastaan</p>".to_owned();
    by(&desk, official(&desk), Command::Comment { item, parent: Some(answered), body });
    let outcome = desk.rollback(2).unwrap();
    // What it answers stays as well.
    let kept: Vec<String> = outcome.kept.iter().map(|kept| kept.thing.clone()).collect();
    assert_eq!(kept, ["comment:3", "comment:2"]);
    assert!(outcome.kept.iter().all(|kept| kept.because == Because::Answered));
    assert_eq!(outcome.removed.comments, 1);
    let anew = desk.run(&newer);
    assert_eq!((anew.total.by_kind["comment"].loaded, anew.total.by_kind["comment"].unchanged), (1, 3));
    assert_ne!(Picture::of(&desk.store()), before, "the answer is there");
    assert!(desk.verify().proven());
}

#[test]
fn what_people_deleted_stays_deleted() {
    let desk = Desk::new();
    desk.run(&two());
    let mut newer = two();
    newer[0].text = "Yksi, uudempi".into();
    desk.run(&newer);
    desk.act(Command::DeleteItem(desk.item(1).id));
    assert!(desk.rollback(2).unwrap().kept.is_empty());
    assert!(desk.rollback(1).unwrap().kept.is_empty());
    assert_eq!(desk.kampus().snapshot().untrimmed().items().count(), 0);
}

#[test]
fn a_section_that_people_follow_or_opened_stays() {
    for command in [
        Command::Follow(Container::Section(kampus_core::SectionId::FIRST), true),
        Command::SetSectionVisibility(
            kampus_core::SectionId::FIRST,
            kampus_core::content::SectionVisibility::Organisation,
        ),
    ] {
        let desk = Desk::new();
        desk.run(&two());
        match command {
            Command::Follow(..) => by(&desk, official(&desk), command),
            other => desk.act(other),
        }
        let outcome = desk.rollback(1).unwrap();
        assert_eq!(reasons(&outcome), [("section:1".to_owned(), Because::Settled)]);
        desk.run(&two());
        assert_eq!(desk.kampus().snapshot().untrimmed().sections().count(), 1, "it is used again");
    }
}

#[test]
fn whoever_did_something_stays() {
    let desk = Desk::new();
    desk.write_people(
        "Nimi;Sähköposti;Organisaatio\r\nMaija Meikäläinen;maija@ym.fi;YM\r\nOnni Ojala;onni@ym.fi;YM\r\n",
    );
    desk.run(&two());
    let found = desk.kampus().profiles().unwrap();
    let onni = found.iter().find(|(_, profile)| profile.shown_name() == "Onni Ojala").unwrap().0;
    by(&desk, onni, Command::Follow(Container::Section(kampus_core::SectionId::FIRST), true));
    let outcome = desk.rollback(1).unwrap();
    assert!(reasons(&outcome).contains(&(onni.to_string(), Because::Active)), "{:?}", outcome.kept);
    assert_eq!(desk.kampus().profiles().unwrap().len(), 1);
    let anew = desk.run(&two());
    assert_eq!((anew.total.by_kind["person"].loaded, anew.total.by_kind["person"].unchanged), (1, 1));
    assert!(desk.verify().proven(), "{:?}", desk.verify());
}

#[test]
fn what_a_list_tells_of_people_stays_and_is_said() {
    let desk = Desk::new();
    desk.write_people("Nimi;Sähköposti;Organisaatio;Puhelin\r\nMaija Meikäläinen;maija@ym.fi;YM;1\r\n");
    desk.run(&two());
    desk.write_people("Nimi;Sähköposti;Organisaatio;Puhelin\r\nMaija Meikäläinen;maija@ym.fi;YM;2\r\n");
    desk.run(&two());
    let outcome = desk.rollback(2).unwrap();
    let [kept] = &outcome.kept[..] else { panic!("{:?}", outcome.kept) };
    assert_eq!((kept.because, kept.title.clone()), (Because::Details, None));
    assert_eq!(desk.kampus().profiles().unwrap()[0].1.phone.as_deref(), Some("2"));
    let anew = desk.run(&two());
    assert_eq!(anew.total.by_kind["person"].updated, 1);
}
