//! The undo log: what the ledger said before a run wrote something else there, so that the run can be taken back.
//!
//! What a run did to items, comments, places and people is in the journal, with all that was before; the ledger is not.
//! So each writer notes the entry, address, host or main version that it finds, in the transaction that changes it.
//! What was not there before needs a note only where nothing else tells which run brought it: a record says it
//! itself, and an address that was free goes with the item that it leads to.

use kampus_core::journal::CompanionKey;
use kampus_core::{Kampus, Transaction};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::MigrateError;
use super::ledger::{self, AddressEntry, Companions, LedgerEntry, SEPARATOR};

/// Key `run␟kind␟key`.
const UNDO: &str = "migrate.undo";

/// What a note is about; its letter stands in the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A record, by `source␟id`.
    Record,
    /// An address in its compared form.
    Address,
    /// A host that was not known.
    Host,
    /// Which of some versions is the item, by `source␟group`.
    Main,
}

impl Kind {
    fn prefix(self, run: u64) -> String {
        let letter = match self {
            Self::Record => 'r',
            Self::Address => 'a',
            Self::Host => 'h',
            Self::Main => 'm',
        };
        format!("{run:010}{SEPARATOR}{letter}{SEPARATOR}")
    }

    fn key(self, run: u64, key: &str) -> String {
        format!("{}{key}", self.prefix(run))
    }
}

/// Notes what was there, unless the run has noted it already.
fn keep(
    tx: &mut Transaction<'_>,
    (kind, run, key): (Kind, u64, &str),
    before: &impl Serialize,
) -> Result<(), MigrateError> {
    let key = kind.key(run, key);
    let is_noted = tx.read(&CompanionKey::new(UNDO, &key))?.is_some();
    if is_noted { Ok(()) } else { ledger::put(tx, UNDO, &key, before) }
}

/// Notes an entry, unless the run has made it.
pub(super) fn keep_entry(
    tx: &mut Transaction<'_>,
    run: u64,
    key: &str,
    entry: &LedgerEntry,
) -> Result<(), MigrateError> {
    if entry.run >= run { Ok(()) } else { keep(tx, (Kind::Record, run, key), entry) }
}

/// Notes where an address led, if anywhere.
pub(super) fn keep_address(
    tx: &mut Transaction<'_>,
    run: u64,
    compared: &str,
    before: Option<&AddressEntry>,
) -> Result<(), MigrateError> {
    keep(tx, (Kind::Address, run, compared), &before)
}

/// Notes that a host was not known.
pub(super) fn keep_host(tx: &mut Transaction<'_>, run: u64, host: &str) -> Result<(), MigrateError> {
    keep(tx, (Kind::Host, run, host), &true)
}

/// Notes which of some versions was the item, if any.
pub(super) fn keep_main(
    tx: &mut Transaction<'_>,
    run: u64,
    key: &str,
    before: Option<&String>,
) -> Result<(), MigrateError> {
    keep(tx, (Kind::Main, run, key), &before)
}

/// Whether a run has noted anything.
pub(super) fn has_notes(store: &Kampus, run: u64) -> Result<bool, MigrateError> {
    let prefix = format!("{run:010}{SEPARATOR}");
    let first = store.companions(UNDO, &prefix, 1)?;
    Ok(first.first().is_some_and(|(key, _)| key.starts_with(&prefix)))
}

/// Hands every note of a kind to `visit`, by its key.
pub(super) fn each<T: DeserializeOwned>(
    store: &Kampus,
    kind: Kind,
    run: u64,
    mut visit: impl FnMut(&str, T) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    let prefix = kind.prefix(run);
    ledger::each(store, UNDO, &prefix, |key, before| visit(key.strip_prefix(&prefix).unwrap_or(key), before))
}

/// Forgets a note that was followed.
pub(super) fn forget(tx: &mut Transaction<'_>, kind: Kind, run: u64, key: &str) {
    ledger::remove(tx, UNDO, &kind.key(run, key));
}
