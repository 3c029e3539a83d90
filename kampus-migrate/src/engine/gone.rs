//! What was loaded once and is no longer at its source.
//!
//! While a source is read, the numbers of the records met are noted, a bit each: 54 kilobytes for 430,000 pages. What of
//! the ledger was not met is gone, if the source was read to its end.

use std::collections::HashSet;

use kampus_core::{Kampus, Snapshot};
use roaring::RoaringBitmap;

use super::error::MigrateError;
use super::ledger::{self, Fate, Glance, LedgerEntry, Target, split_key};
use crate::outcome::Gone;

/// Which records of a source were met.
#[derive(Debug, Default)]
pub(super) struct Seen {
    numbers: RoaringBitmap,
    /// Records that are there and were refused, or are broken; few, and told one by one anyway.
    refused: HashSet<String>,
    /// Broken records that may be any.
    pub(super) nameless: u64,
}

impl Seen {
    /// A record that the ledger knows.
    pub(super) fn note(&mut self, entry: &LedgerEntry) {
        self.numbers.insert(entry.number);
    }

    /// A record that is there all the same.
    pub(super) fn note_refused(&mut self, id: Option<&str>) {
        match id {
            Some(id) => drop(self.refused.insert(id.to_owned())),
            None => self.nameless += 1,
        }
    }

    /// The records of a source that were loaded before a run and were not met.
    pub(super) fn gone(&self, store: &Kampus, source: &str, run: u64) -> Result<Vec<Gone>, MigrateError> {
        let snapshot = store.snapshot();
        let mut gone = Vec::new();
        ledger::each_glance(store, Some(source), |key, glance| {
            let (_, id) = split_key(key);
            // What has no number was noted before there were any, and nothing is known of it.
            let was_met = glance.number == 0 || self.numbers.contains(glance.number);
            if was_met || glance.run >= run || self.refused.contains(id) || !is_loaded(&snapshot, &glance) {
                return Ok(());
            }
            if let Some(LedgerEntry { kind, title, target: Some(target), .. }) = ledger::record(store, key)? {
                let (source, id) = (source.to_owned(), id.to_owned());
                gone.push(Gone { source, id, kind, title, item: target.to_string() });
            }
            Ok(())
        })?;
        Ok(gone)
    }
}

/// Whether there is something that a record became.
fn is_loaded(snapshot: &Snapshot, glance: &Glance) -> bool {
    matches!(glance.fate, Fate::Loaded | Fate::Updated | Fate::Merged)
        && glance.target.is_some_and(|target| match target {
            Target::Item(id) => snapshot.untrimmed().item(id).is_some(),
            Target::Comment(id) => snapshot.untrimmed().comment(id).is_some(),
            Target::Person(id) => snapshot.directory().person(id).is_some(),
        })
}
