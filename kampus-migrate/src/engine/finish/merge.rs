//! What waits for another page: it is settled when all are there.

use std::collections::{HashMap, HashSet};

use kampus_core::{Command, ItemId, Transaction};

use super::super::address;
use super::super::comments;
use super::super::error::MigrateError;
use super::super::follow;
use super::super::later;
use super::super::lead::is_there;
use super::super::ledger::{self, AddressEntry, Fate, LedgerEntry, Target, split_key};
use super::super::run::{Batches, Context};
use super::super::sharing;
use super::super::tally::Account;
use super::super::undo;
use super::{account, keys, reject_waiting};

/// Settles what waits for another page: first pages and redirects, in rounds because a page can be merged into one
/// that is itself merged, then the comments on them.
pub(super) fn merge(cx: &Context<'_>, accounts: &mut HashMap<String, Account>) -> Result<(), MigrateError> {
    let mut leaving = HashSet::new();
    let mut waiting = keys(cx.store, |entry| {
        let waits = entry.page.as_ref().is_some_and(|page| page.merge_into.is_some());
        leaving.extend(entry.own().filter(|_| waits).map(|(item, _)| item));
        waits
    })?;
    loop {
        let before = waiting.len();
        let mut batches = Batches::new(cx);
        let mut still = Vec::new();
        for key in waiting {
            let is_restricted = is_restricted(accounts, &key);
            let settled = merge_page(cx, batches.tx(), (&key, is_restricted), &leaving)?;
            match settled {
                Some(entry) => {
                    let account = account(accounts, cx, &key);
                    account.settle(&entry)?;
                    if let Some((item, _)) = entry.own() {
                        account.withdrawn += 1;
                        leaving.remove(&item);
                    }
                }
                None => still.push(key),
            }
            batches.step()?;
        }
        batches.commit()?;
        waiting = still;
        if waiting.is_empty() || waiting.len() == before {
            break;
        }
    }
    for key in waiting {
        let reason = why_not_merged(cx, (&key, is_restricted(accounts, &key)))?;
        reject_waiting(cx, accounts, &key, reason)?;
    }
    follow::comments(cx)?;
    merge_comments(cx, accounts)
}

/// Merges one page, if its target is there and does not itself go into another page.
fn merge_page(
    cx: &Context<'_>,
    tx: &mut Transaction<'_>,
    (key, is_restricted): (&str, bool),
    leaving: &HashSet<ItemId>,
) -> Result<Option<LedgerEntry>, MigrateError> {
    let Some(mut entry) = ledger::record(tx, key)? else { return Ok(None) };
    let before = entry.clone();
    let own = entry.own().map(|(item, _)| item);
    let Some(page) = entry.page.as_mut() else { return Ok(None) };
    let Some(into) = page.merge_into.clone() else { return Ok(None) };
    let found = resolve(tx, key, &into, page.base.as_deref())?
        .filter(|item| !leaving.contains(item) && is_there(tx, *item));
    let Some(item) = found else { return Ok(None) };
    // A redirect has addresses and no text.
    let has_text = page.version > 0;
    if has_text && (is_written_here(cx, tx, item)? || (is_restricted && is_shared_here(cx, item)?)) {
        return Ok(None);
    }
    if has_text && is_restricted {
        // Until it is known who may read both.
        sharing::close_item(tx, item)?;
    }
    undo::keep_entry(tx, cx.run, key, &before)?;
    page.merge_into = None;
    for old in &page.addresses {
        let Some(compared) = address::compared(old, None) else { continue };
        let claimed = ledger::address(tx, &compared)?;
        if claimed.as_ref().is_none_or(|claimed| Some(claimed.item) == own) {
            undo::keep_address(tx, cx.run, &compared, claimed.as_ref())?;
            ledger::put_address(tx, &compared, &AddressEntry { address: old.clone(), item })?;
        }
    }
    if has_text {
        ledger::put_merged(tx, item, key)?;
    }
    if let Some(own) = own {
        later::archive(tx, own)?;
        entry.moved = true;
    }
    entry.target = Some(Target::Item(item));
    ledger::put_record(tx, key, &entry)?;
    Ok(Some(entry))
}

/// Whether people wrote in an item: then nothing is put into it.
fn is_written_here(cx: &Context<'_>, tx: &Transaction<'_>, item: ItemId) -> Result<bool, MigrateError> {
    let version = tx.snapshot().untrimmed().item(item).map_or(0, |item| item.version);
    Ok(version > 1 && cx.contest.history()?.written.contains(item.get()))
}

/// Whether its source may restrict who reads a record.
fn is_restricted(accounts: &HashMap<String, Account>, key: &str) -> bool {
    let (source, id) = split_key(key);
    accounts.get(source).is_some_and(|account| account.notes.may_restrict(id))
}

/// Whether people decided who reads an item: then nothing is put into it that not all of them could read.
fn is_shared_here(cx: &Context<'_>, item: ItemId) -> Result<bool, MigrateError> {
    Ok(cx.contest.history()?.is_shared(item))
}

/// Why a page could not go into another one.
fn why_not_merged(cx: &Context<'_>, (key, is_restricted): (&str, bool)) -> Result<String, MigrateError> {
    let tx = cx.begin();
    let entry = ledger::record(&tx, key)?;
    let page = entry.as_ref().and_then(|entry| entry.page.as_ref());
    let (Some(page), Some(into)) = (page, page.and_then(|page| page.merge_into.as_deref())) else {
        return Ok(String::new());
    };
    Ok(match resolve(&tx, key, into, page.base.as_deref())? {
        Some(item) if is_written_here(cx, &tx, item)? => {
            format!("it was to go into `{into}`, but {item} was edited in Kampus since it was loaded")
        }
        Some(item) if !is_there(&tx, item) => {
            format!("it was to go into `{into}`, but {item} was deleted in Kampus")
        }
        Some(item) if is_restricted && is_shared_here(cx, item)? => {
            format!("it was to go into `{into}`, but it is restricted, and people decided who reads {item}")
        }
        Some(_) => {
            format!("it was to go into `{into}`, but that page itself goes into another one in a circle")
        }
        None => format!("it was to go into `{into}`, but no such page was loaded"),
    })
}

/// The item that is meant by an address, or by an id of the same source.
fn resolve(
    tx: &Transaction<'_>,
    key: &str,
    into: &str,
    base: Option<&str>,
) -> Result<Option<ItemId>, MigrateError> {
    let (source, _) = split_key(key);
    for id in [into.to_owned(), format!("page:{into}")] {
        let by_id = ledger::record(tx, &ledger::record_key(source, &id))?;
        let by_id = by_id.filter(|entry| entry.fate != Fate::Discarded).and_then(|entry| entry.target);
        if let Some(Target::Item(item)) = by_id {
            return Ok(Some(item));
        }
    }
    match address::compared(into, base) {
        Some(compared) => Ok(ledger::address(tx, &compared)?.map(|found| found.item)),
        None => Ok(None),
    }
}

fn merge_comments(cx: &Context<'_>, accounts: &mut HashMap<String, Account>) -> Result<(), MigrateError> {
    let waiting = keys(cx.store, |entry| entry.waiting_comment.is_some())?;
    let mut lost = Vec::new();
    let mut batches = Batches::new(cx);
    for key in waiting {
        let tx = batches.tx();
        let Some(waiting) = ledger::record(tx, &key)? else { continue };
        let mut entry = waiting.clone();
        let Some(comment) = entry.waiting_comment.take() else { continue };
        let page = ledger::record(tx, &comment.on)?.and_then(|page| page.target);
        if let Some(Target::Item(item)) = page
            && is_there(tx, item)
        {
            undo::keep_entry(tx, cx.run, &key, &waiting)?;
            let receipt =
                tx.execute(Command::ImportComment(Box::new(comments::import(&comment, item, None))))?;
            entry.target = receipt.comment().map(Target::Comment);
            ledger::put_record(tx, &key, &entry)?;
            account(accounts, cx, &key).settle(&entry)?;
        } else {
            lost.push(key);
        }
        batches.step()?;
    }
    batches.commit()?;
    for key in lost {
        reject_waiting(
            cx,
            accounts,
            &key,
            "the page that it comments on was not loaded, or deleted since".to_owned(),
        )?;
    }
    Ok(())
}
