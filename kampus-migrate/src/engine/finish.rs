//! Finishing: what can only be done when everything is loaded. Parents, merges, links.
//!
//! Each step looks at what should be and changes only what is not, so it can be broken off and done again.

mod compose;
mod merge;
mod place;

use std::collections::HashMap;

use kampus_core::Kampus;

pub(super) use compose::{Composed, compose, turned};
pub(super) use place::linked;

use super::error::MigrateError;
use super::ledger::{self, Fate, LedgerEntry, split_key};
use super::people::People;
use super::run::Context;
use super::sharing;
use super::tally::Account;
use super::undo;
use super::versions;
use crate::outcome::{Links, Long, Notice, SharingOutcome};
use crate::plan::CheckedPlan;

/// Does all of it. `accounts` are those of the sources, for what was not settled while loading.
pub(super) fn finish(
    cx: &Context<'_>,
    (plan, people): (&CheckedPlan, &mut People),
    accounts: &mut HashMap<String, Account>,
    progress: &mut dyn FnMut(super::Progress),
) -> Result<Finished, MigrateError> {
    versions::join_waiting(cx, accounts)?;
    progress(super::Progress::Step { name: "merging" });
    merge::merge(cx, accounts)?;
    progress(super::Progress::Step { name: "placing and linking" });
    let mut finished = Finished::default();
    place::place_and_link(cx, &mut finished)?;
    progress(super::Progress::Step { name: "granting" });
    finished.sharing = sharing::settle(cx, plan, people, accounts)?;
    versions::write(cx, &mut finished)?;
    Ok(finished)
}

/// What finishing found.
#[derive(Debug, Default)]
pub(super) struct Finished {
    pub(super) links: Links,
    pub(super) notices: Long<Notice>,
    pub(super) sharing: SharingOutcome,
}

/// The keys of the unsettled entries that satisfy a condition.
pub(super) fn keys(
    store: &Kampus,
    mut wanted: impl FnMut(&LedgerEntry) -> bool,
) -> Result<Vec<String>, MigrateError> {
    let mut keys = Vec::new();
    ledger::each_unsettled(store, |key, entry| {
        if wanted(&entry) {
            keys.push(key.to_owned());
        }
        Ok(())
    })?;
    Ok(keys)
}

pub(super) fn account<'a>(
    accounts: &'a mut HashMap<String, Account>,
    cx: &Context<'_>,
    key: &str,
) -> &'a mut Account {
    let (source, _) = split_key(key);
    accounts.entry(source.to_owned()).or_insert_with(|| Account::new(source, cx.run))
}

/// What waited in vain is a rejection; the ledger forgets it, so that the next run tries again.
pub(super) fn reject_waiting(
    cx: &Context<'_>,
    accounts: &mut HashMap<String, Account>,
    key: &str,
    reason: String,
) -> Result<(), MigrateError> {
    let Some(waiting) = ledger::record(cx.store, key)? else { return Ok(()) };
    let mut entry = LedgerEntry {
        fate: Fate::Rejected,
        reason: Some(reason),
        waiting_comment: None,
        before: None,
        ..waiting.clone()
    };
    if let Some(page) = entry.page.as_mut() {
        page.merge_into = None;
    }
    let mut tx = cx.begin();
    undo::keep_entry(&mut tx, cx.run, key, &waiting)?;
    // A page of its own stays one, and the ledger goes on to say so.
    ledger::put_record(&mut tx, key, waiting.before.as_deref().unwrap_or(&entry))?;
    tx.commit()?;
    account(accounts, cx, key).settle(&entry)?;
    Ok(())
}

impl Finished {
    /// Counts the links of a text, and tells those that lead to nothing.
    pub(super) fn count(
        &mut self,
        composed: &Composed,
        entry: &LedgerEntry,
        key: &str,
    ) -> Result<(), MigrateError> {
        self.links.rewritten += composed.links.rewritten;
        self.links.external += composed.links.external;
        self.links.unresolved += composed.links.unresolved;
        for dead in &composed.dead {
            self.note(entry, key, format!("link to nothing: `{dead}`"))?;
        }
        Ok(())
    }

    pub(super) fn note(&mut self, entry: &LedgerEntry, key: &str, text: String) -> Result<(), MigrateError> {
        let (source, _) = split_key(key);
        self.tell([Notice { source: source.to_owned(), place: entry.place.clone(), text }])
    }

    /// Adds what people should know.
    pub(super) fn tell(&mut self, notices: impl IntoIterator<Item = Notice>) -> Result<(), MigrateError> {
        notices.into_iter().try_for_each(|notice| self.notices.push(notice)).map_err(MigrateError::Spool)
    }
}
