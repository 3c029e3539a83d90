//! A rollback that is killed at any moment is gone on with, and ends as if nothing had happened.

use std::process::ExitStatus;
use std::time::Instant;

use kampus_core::journal::SqliteJournal;

use crate::kills::{held, kill_often, remove, start};
use crate::support::wxr;

const KILLS: u32 = 12;

/// Whoever was killed at the very end has taken the run back, and the next one is told so.
fn is_done(status: ExitStatus) -> bool {
    status.success() || status.code() == Some(2)
}

#[test]
fn kills_leave_the_store_of_an_undisturbed_rollback() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let run = |store: &str| {
        start(folder.path(), &["run", "export.xml", "--organisation", "YM", "--quiet", "--store", store])
    };
    // The second run changes a tenth, adds as much and moves what stood under the first pages.
    std::fs::write(at("export.xml"), wxr(400)).unwrap();
    assert!(run("moved.db").wait().unwrap().success());
    let later = wxr(440).replace("ohje numero 1", "uusi ohje numero 1");
    std::fs::write(at("export.xml"), later).unwrap();
    assert!(run("moved.db").wait().unwrap().success());
    let back = |store: &str, run: &str| {
        start(folder.path(), &["rollback", "--run", run, "--store", store, "--json"])
    };
    for number in ["run-2", "run-1"] {
        SqliteJournal::copy(&at("moved.db"), &at("killed.db")).unwrap();
        let begun = Instant::now();
        assert!(back("moved.db", number).wait().unwrap().success());
        let whole = begun.elapsed();
        SqliteJournal::copy(&at("killed.db"), &at("before.db")).unwrap();
        let expected = held(&at("moved.db"));
        let whole_runs = kill_often(
            KILLS,
            whole * 3,
            || back("killed.db", number),
            is_done,
            || {
                assert!(held(&at("killed.db")) == expected, "the store differs");
                remove(&at("killed.db"));
                SqliteJournal::copy(&at("before.db"), &at("killed.db")).unwrap();
            },
        );
        let mut last = back("killed.db", number);
        assert!(is_done(last.wait().unwrap()));
        assert!(
            held(&at("killed.db")) == expected,
            "after {KILLS} kills and {whole_runs} whole rollbacks it differs"
        );
        for store in ["killed.db", "before.db"] {
            remove(&at(store));
        }
    }
}

#[test]
fn no_run_begins_while_another_one_is_being_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("export.xml"), wxr(30)).unwrap();
    let run = ["run", "export.xml", "--organisation", "YM", "--quiet"];
    assert!(start(folder.path(), &run).wait().unwrap().success());
    let store = folder.path().join("kampus.db");
    let stopped = std::panic::catch_unwind(|| {
        kampus_migrate::engine::rollback(&store, 1, jiff::Timestamp::UNIX_EPOCH, &mut |progress| {
            let is_taking =
                matches!(progress, kampus_migrate::engine::Progress::Step { name: "taking away" });
            assert!(!is_taking, "stopped on purpose");
        })
    });
    assert!(stopped.is_err());
    assert_eq!(start(folder.path(), &run).wait().unwrap().code(), Some(2));
    let back = ["rollback", "--run", "1", "--quiet"];
    assert!(start(folder.path(), &back).wait().unwrap().success());
    assert_eq!(start(folder.path(), &back).wait().unwrap().code(), Some(2), "once is enough");
    assert!(start(folder.path(), &run).wait().unwrap().success());
}
