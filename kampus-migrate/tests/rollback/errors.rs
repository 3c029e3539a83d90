//! What cannot be taken back is refused with the reason, and nothing is changed.

use kampus_migrate::engine::{self, MigrateError, RunOptions};
use kampus_migrate::outcome::Side;

use crate::ledger::desk::{Desk, page};
use crate::support::state;

#[test]
fn only_a_run_that_is_there_is_taken_back_and_only_once() {
    let desk = Desk::new();
    assert!(matches!(desk.rollback(1), Err(MigrateError::NoStore(_))));
    desk.run(&[page(1, "Yksi")]);
    let before = state(&desk.store());
    let error = desk.rollback(2).unwrap_err();
    assert_eq!(error.to_string(), "there is no run-2 in the store: it knows run-1");
    assert!(state(&desk.store()) == before);
    desk.rollback(1).unwrap();
    let before = state(&desk.store());
    assert_eq!(desk.rollback(1).unwrap_err().to_string(), "run-1 was taken back before");
    assert!(state(&desk.store()) == before);
}

#[test]
fn runs_that_built_on_it_go_first_and_those_that_changed_nothing_do_not_matter() {
    let desk = Desk::new();
    for text in ["Yksi", "Kaksi", "Kaksi", "Kolme"] {
        desk.run(&[page(1, text)]);
    }
    let before = state(&desk.store());
    let error = desk.rollback(1).unwrap_err();
    assert!(matches!(&error, MigrateError::LaterRuns { run: 1, later } if later == &[4, 2]), "{error}");
    assert_eq!(
        error.to_string(),
        "run-1 cannot be taken back yet: run-4, run-2 built on it and must go first, the latest one first"
    );
    assert!(state(&desk.store()) == before);
    for (run, body) in [(4, "<p>Kaksi</p>"), (2, "<p>Yksi</p>")] {
        desk.rollback(run).unwrap();
        assert_eq!(desk.body(1), body);
    }
    desk.rollback(1).unwrap();
    assert_eq!(desk.kampus().snapshot().untrimmed().items().count(), 0);
}

#[test]
fn a_later_run_that_only_left_something_behind_goes_first_too() {
    let desk = Desk::new();
    desk.run(&[page(1, "Yksi")]);
    let decisions = crate::ledger::desk::decided(&[(2, crate::ledger::desk::discard())]);
    desk.run_as(&[page(1, "Yksi"), page(2, "Kaksi")], decisions, Side::Target);
    assert!(matches!(desk.rollback(1), Err(MigrateError::LaterRuns { .. })));
    assert!(desk.rollback(2).unwrap().kept.is_empty());
    desk.rollback(1).unwrap();
}

#[test]
fn an_interrupted_run_can_be_taken_back_instead_of_being_gone_on_with() {
    let desk = Desk::new();
    desk.run(&[page(1, "Yksi")]);
    let before = crate::ledger::desk::Picture::of(&desk.store());
    desk.write(&crate::ledger::desk::export(&[page(1, "Uusi"), page(2, "Kaksi")]));
    let options = RunOptions { dry_run: false, decisions: None, prefer: Side::Target, now: desk.now() };
    let stopped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        engine::run(&desk.plan(), &desk.store(), &options, &mut |progress| {
            let is_linking = matches!(progress, engine::Progress::Step { name: "placing and linking" });
            assert!(!is_linking, "stopped on purpose");
        })
    }));
    assert!(stopped.is_err());
    assert_eq!(desk.body(1), "<p>Uusi</p>");
    assert!(desk.rollback(2).unwrap().kept.is_empty());
    assert_eq!(crate::ledger::desk::Picture::of(&desk.store()), before);
}
