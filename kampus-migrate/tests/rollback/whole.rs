//! A run is taken back whole, and done anew.

use kampus_core::content::Status;
use kampus_migrate::inventory::Decisions;
use kampus_migrate::outcome::{ExitStatus, Removed, Restored, Side};
use kampus_migrate::report::{rollback_text, verify_text};

use crate::ledger::desk::{Desk, Page, Picture, decided, discard, merge_into, page, remark};

/// Two pages that link to each other, the first with a comment and an answer to it.
fn first() -> Vec<Page> {
    let comments = vec![remark(1, "Hyvä", 0), remark(2, "Samaa mieltä", 1)];
    vec![
        Page { comments, ..page(1, "Ensimmäinen") },
        page(2, "Lue <a href=\"/sivu-1/\">ensimmäinen</a> ja <a href=\"/sivu-3/\">kolmas</a>"),
    ]
}

/// The same later: page 1 has another text and one more comment, page 3 is new and stands above page 2.
fn later() -> Vec<Page> {
    let [mut one, mut two] = <[Page; 2]>::try_from(first()).unwrap();
    one.text = "Ensimmäinen, uudempi".to_owned();
    one.comments.push(remark(3, "Vieläkin parempi", 2));
    two.parent = 3;
    let three = Page {
        author: "uusi".to_owned(),
        comments: vec![remark(4, "Uusi", 0)],
        ..page(3, "Kolmas <a href=\"/sivu-1/\">viittaa</a>")
    };
    vec![one, two, three]
}

#[test]
fn a_newer_export_is_taken_back_and_loaded_anew() {
    let desk = Desk::new();
    desk.run(&first());
    let before = Picture::of(&desk.store());
    desk.run(&later());
    let after = Picture::of(&desk.store());
    assert_ne!(after, before);
    for run in [2, 3] {
        let outcome = desk.rollback(run).unwrap();
        assert_eq!((outcome.status(), outcome.kept.len(), outcome.resumed), (ExitStatus::Done, 0, false));
        assert_eq!(outcome.run, format!("run-{run}"));
        // Page 3 with its author and its comment, and the comment on page 1.
        let removed = Removed { items: 1, comments: 2, people: 1, ..Removed::default() };
        assert_eq!((outcome.removed, outcome.restored), (removed, Restored { items: 2, comments: 0 }));
        assert_eq!(Picture::of(&desk.store()), before);
        assert_eq!(desk.leads(3), None);
        let anew = desk.run(&later());
        assert_eq!((anew.run, anew.resumed), (format!("run-{}", run + 1), false));
        assert_eq!((anew.total.by_kind["page"].loaded, anew.total.by_kind["page"].updated), (1, 2));
        assert_eq!(Picture::of(&desk.store()), after);
        assert!(desk.verify().proven(), "{:?}", desk.verify());
    }
}

#[test]
fn the_first_run_is_taken_back_to_an_empty_store_of_which_the_proof_misses_everything() {
    let desk = Desk::new();
    desk.run(&first());
    let before = Picture::of(&desk.store());
    let outcome = desk.rollback(1).unwrap();
    let removed = Removed { items: 2, comments: 2, people: 2, sections: 1, workspaces: 0 };
    assert_eq!((outcome.removed, outcome.restored), (removed, Restored::default()));
    let snapshot = desk.kampus().snapshot();
    let all = snapshot.untrimmed();
    assert_eq!(
        (all.items().count(), all.sections().count(), snapshot.directory().people().count()),
        (0, 0, 0)
    );
    assert!(snapshot.directory().organisation_by_code("YM").is_some(), "the Government stays");
    let verified = desk.verify();
    assert!(!verified.proven() && verified.status() == ExitStatus::Failed);
    let missing: u64 =
        verified.sources.iter().flat_map(|source| &source.equations).map(|equation| equation.missing).sum();
    assert_eq!(missing, 4, "{}", verify_text(&verified));
    desk.run(&first());
    assert_eq!(Picture::of(&desk.store()), before);
    assert!(desk.verify().proven());
    let text = rollback_text(&outcome, "next");
    assert!(
        text.contains("run-1 was taken back.\n\nGone:      2 items, 2 comments, 2 people, 1 section"),
        "{text}"
    );
}

#[test]
fn later_decisions_are_taken_back() {
    for decision in [discard(), merge_into(2)] {
        let desk = Desk::new();
        desk.run(&first());
        let before = Picture::of(&desk.store());
        let outcome = desk.run_as(&first(), decided(&[(1, decision.clone())]), Side::Target);
        assert_eq!((outcome.withdrawn, desk.item(1).status), (1, Status::Archived));
        let after = Picture::of(&desk.store());
        assert!(desk.rollback(2).unwrap().kept.is_empty());
        assert_eq!(Picture::of(&desk.store()), before);
        assert!(desk.verify().proven(), "{:?}", desk.verify());
        desk.run_as(&first(), decided(&[(1, decision)]), Side::Target);
        assert_eq!(Picture::of(&desk.store()), after);
        // And what took the decision back is itself taken back.
        desk.run(&first());
        assert!(desk.rollback(4).unwrap().kept.is_empty());
        assert_eq!(Picture::of(&desk.store()), after);
    }
}

#[test]
fn a_merge_of_the_first_run_is_taken_back_with_what_it_went_into() {
    let desk = Desk::new();
    desk.run_as(&first(), decided(&[(1, merge_into(2))]), Side::Target);
    let before = Picture::of(&desk.store());
    // It gets a page of its own, and both change.
    desk.run(&later());
    assert!(desk.rollback(2).unwrap().kept.is_empty());
    assert_eq!(Picture::of(&desk.store()), before);
    assert!(desk.run_as(&first(), decided(&[(1, merge_into(2))]), Side::Target).nothing_new());
    assert!(desk.rollback(1).unwrap().kept.is_empty(), "the run that changed nothing is in nobody's way");
    assert_eq!(desk.kampus().snapshot().untrimmed().items().count(), 0);
}

#[test]
fn what_the_source_had_overruled_is_what_people_wrote_again() {
    let desk = Desk::new();
    desk.run(&first());
    desk.edit(1, "Kampuksessa kirjoitettu");
    let outcome = desk.run_as(&later(), Decisions::default(), Side::Source);
    assert_eq!((outcome.conflicts.len(), desk.body(1).as_str()), (1, "<p>Ensimmäinen, uudempi</p>"));
    assert!(desk.rollback(2).unwrap().kept.is_empty());
    assert_eq!(desk.body(1), "<p>Kampuksessa kirjoitettu</p>");
    // It is theirs, as it was before.
    let outcome = desk.run(&later());
    assert_eq!((outcome.conflicts.len(), desk.body(1).as_str()), (1, "<p>Kampuksessa kirjoitettu</p>"));
}

#[test]
fn a_rollback_is_in_the_journal_under_a_name_of_its_own() {
    let desk = Desk::new();
    desk.run(&first());
    let before = desk.kampus().snapshot().revision();
    desk.rollback(1).unwrap();
    let mut actors = std::collections::BTreeSet::new();
    desk.kampus().entries_after(before, &mut |entry| actors.extend([format!("{:?}", entry.actor)])).unwrap();
    assert_eq!(actors.into_iter().collect::<Vec<_>>(), ["Operator(\"kampus-migrate rollback of run 1\")"]);
    // What was there can still be asked for.
    assert_eq!(desk.kampus().as_of(before).unwrap().untrimmed().items().count(), 2);
}
