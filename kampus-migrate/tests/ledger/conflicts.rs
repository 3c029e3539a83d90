//! What people edited in Kampus is not lost to a newer export.

use kampus_core::content::{Audience, Classification, Container, Schedule, Status};
use kampus_core::{Command, Language};
use kampus_migrate::inventory::Decisions;
use kampus_migrate::outcome::{ExitStatus, Side, Wish};
use kampus_migrate::report::run_text;

use super::desk::{Desk, Page, page};

/// A desk on which page 1 was loaded, edited in Kampus, and changed at its source.
fn contested() -> (Desk, [Page; 2]) {
    let desk = Desk::new();
    desk.run(&[page(1, "Vanha"), page(2, "Muuttumaton")]);
    desk.edit(1, "Kampuksessa kirjoitettu");
    (desk, [page(1, "Uudempi"), page(2, "Muuttumaton")])
}

#[test]
fn what_was_edited_in_kampus_is_kept_and_listed_by_every_run() {
    let (desk, newer) = contested();
    for _ in 0..3 {
        let outcome = desk.run(&newer);
        assert_eq!(outcome.total.by_kind["page"].unchanged, 2, "{:?}", outcome.total);
        assert_eq!((outcome.status(), outcome.rejections.len()), (ExitStatus::Done, 0));
        let [conflict] = &outcome.conflicts[..] else { panic!("{:?}", outcome.conflicts) };
        assert_eq!((conflict.source.as_str(), conflict.id.as_str()), ("ym", "post:1"));
        assert_eq!((conflict.wish, conflict.prevails), (Wish::Update, Side::Target));
        assert_eq!((conflict.loaded_version, conflict.version), (1, Some(2)));
        assert_eq!(conflict.item, desk.item(1).id.to_string());
        assert!(
            conflict.changed_here.is_some() && conflict.changed_there.is_some() && !conflict.place.is_empty()
        );
        assert_eq!(desk.body(1), "<p>Kampuksessa kirjoitettu</p>");
        let text = run_text(&outcome, "next");
        assert!(
            text.starts_with("Nothing was changed: what differs was edited in Kampus and kept"),
            "{text}"
        );
        assert!(text.contains("ym post:1 `Sivu 1`: item:1 was edited in Kampus on 2026-01-0"), "{text}");
    }
    assert!(desk.verify().proven(), "{:?}", desk.verify());
}

#[test]
fn a_conflict_is_over_when_the_source_says_again_what_was_loaded() {
    let (desk, _) = contested();
    let outcome = desk.run(&[page(1, "Vanha"), page(2, "Muuttumaton")]);
    assert!(outcome.conflicts.is_empty() && outcome.total.counts.unchanged > 0);
    assert_eq!(desk.body(1), "<p>Kampuksessa kirjoitettu</p>");
}

#[test]
fn whoever_prefers_the_source_gets_its_text_and_the_other_stays_in_the_history() {
    let (desk, newer) = contested();
    let (edited, revision) = (desk.item(1), desk.kampus().snapshot().revision());
    let outcome = desk.run_as(&newer, Decisions::default(), Side::Source);
    let counts = outcome.total.by_kind["page"];
    assert_eq!((counts.updated, counts.unchanged), (1, 1));
    assert_eq!(outcome.conflicts.len(), 1);
    assert_eq!(outcome.conflicts[0].prevails, Side::Source);
    assert_eq!((desk.body(1), desk.item(1).version), ("<p>Uudempi</p>".to_owned(), 3));
    // The text that was overwritten is still there, at its revision.
    let kampus = desk.kampus();
    let then = kampus.as_of(revision).unwrap();
    assert_eq!(then.untrimmed().item(edited.id), Some(&edited));
    let blob = edited.body.get(Language::Fi).unwrap().hash;
    let old = kampus.snapshot().untrimmed().blob(blob).unwrap().unwrap();
    assert_eq!(String::from_utf8(old).unwrap(), "<p>Kampuksessa kirjoitettu</p>");
    let after = desk.run(&newer);
    assert!(after.conflicts.is_empty() && after.nothing_new());
}

#[test]
fn a_preferred_source_does_not_overwrite_a_translation() {
    let (desk, newer) = contested();
    let item = desk.item(1).id;
    desk.act(Command::EditItem {
        item,
        language: Language::Sv,
        title: Some("Sida 1".into()),
        lead: None,
        body: Some("<p>Svenska</p>".into()),
    });
    desk.run_as(&newer, Decisions::default(), Side::Source);
    let item = desk.item(1);
    assert_eq!(item.title.get(Language::Sv).map(String::as_str), Some("Sida 1"));
    let blob = item.body.get(Language::Sv).unwrap().hash;
    let text = desk.kampus().snapshot().untrimmed().blob(blob).unwrap().unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), "<p>Svenska</p>");
}

#[test]
fn a_newer_text_does_not_open_what_people_closed() {
    let desk = Desk::new();
    desk.run(&[page(1, "Vanha"), page(2, "Toinen")]);
    let item = desk.item(1).id;
    desk.act(Command::SetStatus(item, Status::Draft));
    desk.act(Command::Classify(item, Classification::Public));
    desk.act(Command::SetAudience(item, Audience { languages: vec![Language::Sv], ..Audience::default() }));
    let outcome = desk.run(&[page(1, "Uudempi"), page(2, "Toinen, uudempi")]);
    assert!(outcome.conflicts.is_empty(), "nobody wrote in it");
    assert_eq!(outcome.total.by_kind["page"].updated, 2);
    let now = desk.item(1);
    assert_eq!((desk.body(1), now.status), ("<p>Uudempi</p>".to_owned(), Status::Draft));
    assert_eq!(now.classification, Classification::Public);
    assert_eq!(now.audience.languages, [Language::Sv]);
    // Where people decided nothing, the source does.
    assert_eq!(desk.item(2).status, Status::Published);
    assert!(desk.item(2).schedule != Schedule::default());
}

#[test]
fn what_people_moved_stays_where_they_put_it() {
    let desk = Desk::new();
    let pages = |text: &str| [page(1, "Ylempi"), page(2, "Toinen"), Page { parent: 1, ..page(3, text) }];
    desk.run(&pages("Alempi"));
    let (first, second, moved) = (desk.item(1), desk.item(2), desk.item(3));
    assert_eq!(moved.parent, Some(first.id));
    let Container::Section(_) = moved.container else { panic!("not in a section") };
    desk.act(Command::MoveItem { item: moved.id, to: moved.container, parent: Some(second.id) });
    desk.run(&pages("Alempi"));
    assert_eq!(desk.item(3).parent, Some(second.id), "the same export does not put it back");
    let outcome = desk.run(&pages("Alempi, uudempi"));
    assert_eq!((outcome.total.by_kind["page"].updated, outcome.conflicts.len()), (1, 0));
    assert_eq!((desk.item(3).parent, desk.body(3).as_str()), (Some(second.id), "<p>Alempi, uudempi</p>"));
}

#[test]
fn what_people_deleted_does_not_come_back_unless_the_source_is_preferred() {
    let desk = Desk::new();
    desk.run(&[page(1, "Vanha")]);
    desk.act(Command::DeleteItem(desk.item(1).id));
    let outcome = desk.run(&[page(1, "Uudempi")]);
    assert_eq!((outcome.conflicts.len(), outcome.conflicts[0].version), (1, None));
    assert_eq!(desk.kampus().snapshot().untrimmed().items().count(), 0);
    assert!(run_text(&outcome, "next").contains("was deleted in Kampus"), "{}", run_text(&outcome, "next"));
    desk.run_as(&[page(1, "Uudempi")], Decisions::default(), Side::Source);
    assert_eq!(desk.body(1), "<p>Uudempi</p>");
    let led = format!("/items/{}", desk.item(1).id.get());
    assert_eq!(desk.leads(1), Some(led), "the old address leads to what is there");
}
