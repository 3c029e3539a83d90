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
    /// There is no store to look at.
    #[error("there is no store `{0}`: run a migration first")]
    NoStore(PathBuf),
    /// The rules for web servers could not be read back.
    #[error("the rules for old addresses cannot be read back")]
    Rules(#[from] crate::redirects::LandingError),
    /// There is no room for what is to be reported.
    #[error("a temporary file for the report cannot be used")]
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
