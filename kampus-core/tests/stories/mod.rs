//! Stories that other authorisation engines tell about themselves, replayed on the access rules.
//!
//! A story comes as relation tuples and questions with answers. A table per story says what its words mean here;
//! the stage builds that world with commands and puts the questions to viewers. What has no counterpart here is
//! counted with its reason, and the reckoning of all stories is golden text.

mod adapter;
mod authzen;
mod consolidated;
mod ladder;
mod ledger;
mod mapping;
mod model;
mod openfga;
mod spicedb;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use self::ledger::Ledger;

/// A folder of the stories that others published; `None`, said plainly, where they are not at hand.
fn corpus(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("KAMPUS_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"), PathBuf::from);
    let found = root.join("authz").join(folder);
    if found.is_dir() {
        return Some(found);
    }
    println!("skipped: there is no corpus at {} (KAMPUS_CORPUS can name one)", found.display());
    None
}

/// The text of one file of the corpus.
fn text(folder: &Path, file: &str) -> String {
    let path = folder.join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every story of every family, told afresh.
fn all() -> Option<Vec<Ledger>> {
    let mut ledgers = openfga::all()?;
    ledgers.extend(consolidated::all()?);
    ledgers.extend(authzen::all()?);
    ledgers.extend(spicedb::all()?);
    Some(ledgers)
}

#[test]
fn what_has_no_counterpart_here_is_counted_with_its_reason() {
    let Some(ledgers) = all() else { return };
    let mut reckoning = String::new();
    for ledger in &ledgers {
        writeln!(reckoning, "{ledger}").unwrap();
    }
    let mapped: usize = ledgers.iter().map(Ledger::mapped).sum();
    let unmapped: usize = ledgers.iter().map(Ledger::unmapped).sum();
    writeln!(reckoning, "all stories: mapped {mapped}, unmapped {unmapped}").unwrap();
    insta::assert_snapshot!(reckoning);
}
