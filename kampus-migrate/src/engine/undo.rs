//! The undo log: what a run found before it changed it, so that the run can be taken back.
//!
//! Most of what a run does needs no note: what it made is in the journal under its name, and goes. Noted is what was
//! there before and is different now, written in the transaction that changes it and before anything else of the run
//! is noted about it: an item as it was (its bodies are stored by content and stay), who might what on it, a comment, a
//! ledger entry, an address. People's details are in the profile store alone and are not noted.

use kampus_core::access::{Grant, Scope};
use kampus_core::content::{Comment, Item};
use kampus_core::journal::CompanionKey;
use kampus_core::{ItemId, Snapshot, Transaction};
use serde::{Deserialize, Serialize};

use super::error::MigrateError;
use super::ledger::{self, AddressEntry, Companions, LedgerEntry, SEPARATOR, Target};

/// Records: key `run␟r␟source␟id`. Addresses: key `run␟a␟address`. Who might what: key `run␟s␟item`.
const UNDO: &str = "migrate.undo";

/// A record as a run found it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Before {
    /// Its ledger entry.
    pub(super) entry: LedgerEntry,
    /// Its own item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) item: Option<Item>,
    /// The comment that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<Comment>,
}

impl Before {
    /// A record as it is at this moment.
    pub(super) fn of(tx: &Transaction<'_>, entry: &LedgerEntry) -> Self {
        let snapshot = tx.snapshot();
        let all = snapshot.untrimmed();
        let comment = match entry.target {
            Some(Target::Comment(id)) => all.comment(id).cloned(),
            _ => None,
        };
        let item = entry.own().and_then(|(id, _)| all.item(id).cloned());
        Self { entry: entry.clone(), item, comment }
    }

    /// Notes it, unless the run has noted it or made it.
    pub(super) fn keep(&self, tx: &mut Transaction<'_>, run: u64, key: &str) -> Result<(), MigrateError> {
        let key = record_key(run, key);
        if self.entry.run >= run || is_noted(tx, &key)? {
            return Ok(());
        }
        ledger::put(tx, UNDO, &key, self)
    }
}

fn record_key(run: u64, key: &str) -> String {
    format!("{run:010}{SEPARATOR}r{SEPARATOR}{key}")
}

fn address_key(run: u64, compared: &str) -> String {
    format!("{run:010}{SEPARATOR}a{SEPARATOR}{compared}")
}

fn is_noted(from: &impl Companions, key: &str) -> Result<bool, MigrateError> {
    Ok(from.read(&CompanionKey::new(UNDO, key))?.is_some())
}

/// Notes an entry of which nothing changes but the entry itself.
pub(super) fn keep_entry(
    tx: &mut Transaction<'_>,
    run: u64,
    key: &str,
    entry: &LedgerEntry,
) -> Result<(), MigrateError> {
    Before { entry: entry.clone(), item: None, comment: None }.keep(tx, run, key)
}

/// Notes where an address led, if anywhere.
pub(super) fn keep_address(
    tx: &mut Transaction<'_>,
    run: u64,
    compared: &str,
    before: Option<&AddressEntry>,
) -> Result<(), MigrateError> {
    let key = address_key(run, compared);
    if is_noted(tx, &key)? { Ok(()) } else { ledger::put(tx, UNDO, &key, &before) }
}

/// Who might what on an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct SharedBefore {
    /// Whether it inherited.
    pub(super) inherits: bool,
    /// Its own grants.
    pub(super) grants: Vec<Grant>,
}

/// Notes who might what on an item, as a snapshot shows it, unless the run has noted it.
pub(super) fn keep_sharing(
    tx: &mut Transaction<'_>,
    run: u64,
    item: ItemId,
    before: &Snapshot,
) -> Result<(), MigrateError> {
    let key = format!("{run:010}{SEPARATOR}s{SEPARATOR}{item}");
    if is_noted(tx, &key)? {
        return Ok(());
    }
    let (all, scope) = (before.untrimmed(), Scope::Item(item));
    let grants = all.grants_on(scope).copied().collect();
    ledger::put(tx, UNDO, &key, &SharedBefore { inherits: all.inherits(scope), grants })
}
