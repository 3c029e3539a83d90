//! The migration itself: records of any format into a store, with a ledger of what became of each.
//!
//! ```text
//! source ─▶ LegacyRecord ─▶ prepare: route, clean ─▶ load (batches) ─▶ ledger ─▶ finish: merge, place, link
//!  a thread of its own        one thread a core             the caller's thread
//! ```

mod address;
mod again;
mod claim;
mod comments;
mod conflict;
mod error;
mod files;
mod finish;
mod follow;
mod foresight;
mod gone;
mod history;
mod known;
mod language;
mod later;
mod lead;
mod ledger;
mod load;
mod people;
mod pipeline;
mod placeholders;
mod places;
mod prepare;
mod reach;
mod rollback;
mod route;
mod ruling;
mod run;
mod sharing;
mod source;
mod survey;
mod tally;
mod undo;
mod verify;
mod versions;

use std::path::Path;

pub use claim::{Claim, ClaimError, claim, read_claims};
pub use error::MigrateError;
pub use rollback::rollback;
pub use run::run;
pub use survey::survey;
pub use verify::verify;

use crate::inventory::Decisions;
use crate::outcome::Side;
use crate::redirects::Redirect;

/// How a run is to be done.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Do it on a copy of the store that is thrown away.
    pub dry_run: bool,
    /// What content owners decided.
    pub decisions: Option<Decisions>,
    /// Whose will is done where people edited in Kampus what the source has changed since.
    pub prefer: Side,
    /// The time now.
    pub now: jiff::Timestamp,
}

/// How far a migration is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A file is begun.
    Source {
        /// The plan's id of it.
        id: String,
        /// Its size, if known.
        bytes: Option<u64>,
    },
    /// So many records of it are read.
    Read {
        /// Records.
        records: u64,
        /// Bytes of the file, where the format tells places by bytes.
        bytes: u64,
    },
    /// Something is done with all that was loaded.
    Step {
        /// What.
        name: &'static str,
    },
    /// All is done.
    Done,
}

/// Every old address that leads to an item now.
pub fn redirects(store: &Path) -> Result<Vec<Redirect>, MigrateError> {
    let kampus = existing(store)?;
    let mut found = Vec::new();
    ledger::each_address(&kampus, |_, entry| {
        found.push(Redirect { from: entry.address, to: address::new_address(entry.item) });
        Ok(())
    })?;
    Ok(found)
}

/// Opens a store that has to be there.
fn existing(store: &Path) -> Result<kampus_core::Kampus, MigrateError> {
    if !store.is_file() {
        return Err(MigrateError::NoStore(store.to_owned()));
    }
    run::open(store)
}
