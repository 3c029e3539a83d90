//! Why a migration could not go on. What was committed before is there and is gone on with next time.

use std::path::PathBuf;

use kampus_core::journal::JournalError;
use kampus_core::{CommandError, ExecuteError};

/// Why a migration could not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// The store failed, is damaged, or another process writes to it.
    #[error("the store `{path}` cannot be used")]
    Store {
        /// Which store.
        path: PathBuf,
        /// Why.
        #[source]
        source: JournalError,
    },
    /// The store failed on the way.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The store refused something that every migration does, so the store is not one to migrate into.
    #[error("the store refused what a migration needs")]
    Refused(#[from] CommandError),
    /// The same, told by a single command.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    /// A note of the ledger cannot be read.
    #[error("the ledger's note `{key}` cannot be read")]
    Ledger {
        /// Which note.
        key: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A command was done and made nothing: a fault of this program, told rather than passed over.
    #[error("the store made no {0}")]
    NothingMade(&'static str),
    /// The store does not have the organisation.
    #[error("the store knows no organisation `{0}`")]
    UnknownOrganisation(String),
    /// Another thread of the migration stopped, and says why itself.
    #[error("the migration stopped")]
    Stopped,
    /// A rule shows pages to a group first that the store does not have.
    #[error("the store knows no group `{group}`, which the rule `{rule}` names")]
    UnknownGroup {
        /// The name.
        group: String,
        /// Which rule.
        rule: String,
    },
    /// The store knows no such run.
    #[error("there is no run-{run} in the store{}", told_runs(.known))]
    NoRun {
        /// The one asked for.
        run: u64,
        /// Those that there are.
        known: Vec<u64>,
    },
    /// The run was taken back before.
    #[error("run-{0} was taken back before")]
    RolledBack(u64),
    /// Later runs built on a run, so they have to be taken back first.
    #[error("run-{run} cannot be taken back yet: {} built on it and must go first, the latest one first", names_of(.later))]
    LaterRuns {
        /// The one asked for.
        run: u64,
        /// The later ones, the latest first.
        later: Vec<u64>,
    },
    /// A rollback did not come to its end.
    #[error("run-{0} is being taken back: finish that first with `kampus-migrate rollback --run run-{0}`")]
    RollingBack(u64),
    /// There is no store to look at.
    #[error("there is no store `{0}`: run a migration first")]
    NoStore(PathBuf),
    /// The rules for web servers could not be read back.
    #[error("the rules for old addresses cannot be read back")]
    Rules(#[from] crate::redirects::LandingError),
    /// There is no room for what is to be reported.
    #[error("a temporary file for the report cannot be used (TMPDIR says where they are made)")]
    Spool(#[source] std::io::Error),
    /// A file of the migration could not be used.
    #[error("cannot use `{path}`")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// `run-3, run-2`.
fn names_of(runs: &[u64]) -> String {
    runs.iter().map(|run| format!("run-{run}")).collect::<Vec<_>>().join(", ")
}

fn told_runs(known: &[u64]) -> String {
    if known.is_empty() { ": it knows none".to_owned() } else { format!(": it knows {}", names_of(known)) }
}
