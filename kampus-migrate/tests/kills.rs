//! A run that is killed at any moment is gone on with, and ends as if nothing had happened.

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use kampus_core::journal::{Journal as _, SqliteJournal};
use kampus_core::{Change, Revision};

use crate::support::{state, wxr};

const KILLS: u32 = 20;

fn spawn(folder: &Path, store: &str) -> Child {
    start(folder, &["run", "export.xml", "--organisation", "YM", "--json", "--store", store])
}

/// The command in a process of its own.
pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Child {
    Command::new(cargo_bin!("kampus-migrate"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Everything that a store holds but for the time of the run: changes, people's details, and the ledger.
#[derive(PartialEq)]
pub(crate) struct Held {
    changes: Vec<Vec<Change>>,
    profiles: String,
    ledger: Vec<(String, Vec<u8>)>,
}

pub(crate) fn held(store: &Path) -> Held {
    let journal = SqliteJournal::open(store).unwrap();
    let mut changes = Vec::new();
    journal
        .entries_after(Revision(0), &mut |entry| {
            changes.push(entry.changes);
            Ok(())
        })
        .unwrap();
    let mut ledger = Vec::new();
    for space in [
        "record",
        "address",
        "host",
        "target",
        "placeholder",
        "merged",
        "version",
        "version_main",
        "undo",
        "unsettled",
    ] {
        ledger.extend(journal.companions(&format!("migrate.{space}"), "", usize::MAX >> 1).unwrap());
    }
    Held { changes, profiles: format!("{:?}", journal.profiles().unwrap()), ledger }
}

/// Removes a store's files.
pub(crate) fn remove(store: &Path) {
    for ending in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{}{ending}", store.display())));
    }
}

/// Kills a command, that many times, at moments that are spread over its work and goes on with it each time; `whole` is
/// how long it takes. Tells how often it came to its end; `ended` is called then and makes it ready anew.
pub(crate) fn kill_often(
    kills: u32,
    whole: Duration,
    start: impl Fn() -> Child,
    is_done: impl Fn(ExitStatus) -> bool,
    mut ended: impl FnMut(),
) -> u32 {
    let (mut killed, mut tries, mut whole_runs) = (0, 0, 0);
    while killed < kills {
        tries += 1;
        assert!(tries < kills * 20, "only {killed} of {tries} runs could be killed");
        let mut child = start();
        // A run does not often get further than a third, so that kills fall into each part of the work.
        std::thread::sleep(
            whole.mul_f64(f64::from(dice(tries) % 1_000) / 3_000.0) + Duration::from_millis(1),
        );
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        }
        if is_done(child.wait().unwrap()) {
            whole_runs += 1;
            ended();
        }
    }
    whole_runs
}

/// Numbers without a pattern, the same each time.
fn dice(seed: u32) -> u32 {
    let hash = blake3::hash(&seed.to_le_bytes());
    u32::from_le_bytes(hash.as_bytes()[..4].try_into().unwrap())
}

#[test]
fn twenty_kills_leave_the_store_of_an_undisturbed_run() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("export.xml"), wxr(900)).unwrap();
    let begun = Instant::now();
    assert!(spawn(folder.path(), "undisturbed.db").wait().unwrap().success());
    let whole = begun.elapsed();
    let expected = held(&folder.path().join("undisturbed.db"));
    assert!(expected.changes.len() > 1_200 && !expected.ledger.is_empty());

    let store = folder.path().join("killed.db");
    let whole_runs = kill_often(
        KILLS,
        whole,
        || spawn(folder.path(), "killed.db"),
        |status| status.success(),
        || {
            assert!(held(&store) == expected, "the store differs");
            remove(&store);
        },
    );
    assert!(spawn(folder.path(), "killed.db").wait().unwrap().success());
    assert!(held(&store) == expected, "after {KILLS} kills and {whole_runs} whole runs the store differs");
    // Once more: nothing is loaded twice.
    let before = state(&store);
    assert!(spawn(folder.path(), "killed.db").wait().unwrap().success());
    assert!(state(&store) == before);
}
