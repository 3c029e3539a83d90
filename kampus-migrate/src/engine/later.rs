//! Later decisions about what an earlier run loaded: leave it behind after all, put it into another page, give it a
//! page of its own again.
//!
//! What leaves is archived or held, not deleted: its editors still find it, its comments stay on it, and the decision
//! can be taken back.

use kampus_core::content::{CommentState, Status};
use kampus_core::{Command, CommandError, CommentId, ImportedComment, ItemId, Transaction};

use super::address;
use super::conflict;
use super::error::MigrateError;
use super::ledger::{self, Fate, LedgerEntry, PageEntry, Target};
use super::load::{Fresh, Loaded, Loader, title_of};
use super::undo;
use crate::clean;
use crate::outcome::Wish;
use crate::record::{LegacyBody, LegacyRecord};

/// Leaves a record behind, and what it had become.
pub(super) fn discard(
    loader: &mut Loader<'_>,
    tx: &mut Transaction<'_>,
    fresh: &Fresh<'_>,
    reason: String,
) -> Loaded {
    let mut entry = loader.entry(fresh, Fate::Discarded, title_of(fresh.record));
    entry.reason = Some(reason);
    let Some(previous) = &fresh.previous else { return Ok(Ok(entry)) };
    let key = loader.key(fresh.record);
    match previous.target {
        Some(Target::Person(_)) => {
            let reason = entry.reason.unwrap_or_default();
            return Ok(Err(format!(
                "run {} loaded it, and people are not left behind later ({reason})",
                previous.run
            )));
        }
        Some(Target::Comment(id)) => {
            hold(tx, fresh.record, id)?;
            entry.target = previous.target;
            entry.on.clone_from(&previous.on);
        }
        Some(Target::Item(_)) | None => {}
    }
    if let Some((id, left)) = previous.own() {
        if previous.fate != Fate::Discarded {
            if !conflict::may_leave(loader, tx, fresh, Wish::Discard, (id, left))? {
                return Ok(Ok(previous.clone()));
            }
            if let Err(error) = archive(tx, id) {
                return Ok(Err(error.to_string()));
            }
            loader.account.withdrawn += 1;
            release(tx, loader.run, &addresses_of(left), (id, Own::Released))?;
        }
        entry.target = Some(Target::Item(id));
        entry.page.clone_from(&left.page);
    }
    unmerge(tx, loader.run, &key, previous)?;
    Ok(Ok(entry))
}

/// Lets the text of a page wait for the page that it goes into. `page` is the text as the source has it now.
pub(super) fn merge(
    loader: &mut Loader<'_>,
    tx: &mut Transaction<'_>,
    fresh: &Fresh<'_>,
    mut entry: LedgerEntry,
    page: PageEntry,
) -> Loaded {
    entry.fate = Fate::Merged;
    entry.page = Some(page);
    let Some(previous) = &fresh.previous else { return Ok(Ok(entry)) };
    let key = loader.key(fresh.record);
    if let Some((id, left)) = previous.own() {
        let leaves_now = previous.fate != Fate::Merged && previous.fate != Fate::Discarded;
        if leaves_now && !conflict::may_leave(loader, tx, fresh, Wish::Merge, (id, left))? {
            return Ok(Ok(previous.clone()));
        }
        entry.before = Some(Box::new(left.clone()));
    }
    unmerge(tx, loader.run, &key, previous)?;
    Ok(Ok(entry))
}

/// Takes a record's text out of the item that it had been merged into, and its addresses with it.
pub(super) fn unmerge(
    tx: &mut Transaction<'_>,
    run: u64,
    key: &str,
    previous: &LedgerEntry,
) -> Result<(), MigrateError> {
    let Some(item) = previous.merged_into() else { return Ok(()) };
    ledger::remove_merged(tx, item, key);
    release(tx, run, &addresses_of(previous), (item, Own::Stay))
}

fn addresses_of(entry: &LedgerEntry) -> Vec<String> {
    entry.page.as_ref().map_or_else(Vec::new, |page| page.addresses.clone())
}

/// What becomes of the addresses that an item came with itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    Stay,
    Released,
}

/// Lets addresses that lead to an item lead nowhere.
fn release(
    tx: &mut Transaction<'_>,
    run: u64,
    addresses: &[String],
    (item, own): (ItemId, Own),
) -> Result<(), MigrateError> {
    let snapshot = tx.snapshot();
    let known = snapshot.untrimmed().item(item).filter(|_| own == Own::Stay);
    let own: Vec<String> = known
        .into_iter()
        .flat_map(|item| item.sources.iter())
        .filter_map(|own| address::compared(own, None))
        .collect();
    for compared in addresses.iter().filter_map(|old| address::compared(old, None)) {
        let Some(claimed) = ledger::address(tx, &compared)? else { continue };
        if claimed.item == item && !own.contains(&compared) {
            undo::keep_address(tx, run, &compared, Some(&claimed))?;
            ledger::remove_address(tx, &compared);
        }
    }
    Ok(())
}

/// Puts an item away: its editors still see it, and its version stays.
pub(super) fn archive(tx: &mut Transaction<'_>, id: ItemId) -> Result<(), CommandError> {
    let status = tx.snapshot().untrimmed().item(id).map(|item| item.status);
    match status {
        None | Some(Status::Archived) => return Ok(()),
        Some(Status::InReview) => {
            tx.execute(Command::SetStatus(id, Status::Draft))?;
        }
        Some(Status::Draft | Status::Published) => {}
    }
    tx.execute(Command::SetStatus(id, Status::Archived))?;
    Ok(())
}

/// Lets only its author and the item's editors see a comment.
fn hold(tx: &mut Transaction<'_>, record: &LegacyRecord, id: CommentId) -> Result<(), MigrateError> {
    let known = tx.snapshot().untrimmed().comment(id).cloned();
    let Some(comment) = known.filter(|comment| comment.state != CommentState::Held) else { return Ok(()) };
    let LegacyBody::Comment(legacy) = &record.body else { return Ok(()) };
    let body = clean::clean(legacy.markup, &legacy.body).html;
    let held = ImportedComment {
        item: comment.item,
        parent: comment.parent,
        author: comment.author,
        created: comment.created,
        body,
        state: CommentState::Held,
    };
    tx.execute(Command::ReviseImportedComment(id, Box::new(held)))?;
    Ok(())
}
