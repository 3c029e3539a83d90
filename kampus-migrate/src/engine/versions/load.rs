//! Loading a version, and what that changes for the item that it goes into.

use std::collections::{HashMap, HashSet};

use kampus_core::content::Classification;
use kampus_core::{ImportedItem, ItemId, Transaction};

use super::super::error::MigrateError;
use super::super::finish::{account, keys, reject_waiting};
use super::super::later;
use super::super::lead::lead;
use super::super::ledger::{
    self, Fate, LedgerEntry, PageEntry, Target, VersionEntry, VersionNote, record_key, split_key,
};
use super::super::load::{Fresh, Loaded, Loader};
use super::super::route::Route;
use super::super::run::{Batches, Context};
use super::super::tally::Account;
use super::super::undo;
use super::{is_joined, item_of};
use crate::record::{LegacyPage, LegacyStatus};

/// What the ledger notes of a page that has a place among versions.
pub(in super::super) fn entry(
    route: &Route,
    page: &LegacyPage,
    title: &str,
    lead: &str,
    classification: Classification,
) -> Option<VersionEntry> {
    let membership = route.version.as_ref()?;
    Some(VersionEntry {
        group: membership.group.clone(),
        of: membership.of.clone(),
        status: page.status,
        at: (page.status == LegacyStatus::Scheduled).then_some(page.created).flatten(),
        target: route.target.clone(),
        title: title.to_owned(),
        lead: lead.to_owned(),
        classification,
    })
}

/// Loads a version that goes into another one's item: at once if that is there, else when all is loaded.
pub(in super::super) fn load(
    loader: &mut Loader<'_>,
    tx: &mut Transaction<'_>,
    fresh: &Fresh<'_>,
    page: PageEntry,
    html: String,
    notices: Vec<String>,
) -> Loaded {
    let title = page.version_entry.as_ref().map_or("", |version| version.title.as_str());
    let mut entry = loader.entry(fresh, Fate::Merged, title);
    entry.notices = notices;
    entry.page = Some(page);
    tx.store_blob(html.into_bytes());
    let key = loader.key(fresh.record);
    let item = main_item(tx, &key, &entry)?;
    if let Some(previous) = &fresh.previous {
        if let Some((_, left)) = previous.own() {
            entry.before = Some(Box::new(left.clone()));
        }
        let was_in = previous.merged_into();
        if was_in != item {
            later::unmerge(tx, loader.run, &key, previous)?;
            entry.moved = was_in.is_some();
        } else if let Some(item) = item.filter(|_| !is_joined(previous)) {
            // It had been merged into the item that it is a version of: its text is not to stand there twice.
            ledger::remove_merged(tx, item, &key);
        }
    }
    if let Some(item) = item {
        join(tx, loader.run, &key, &mut entry, item)?;
    }
    Ok(Ok(entry))
}

/// The item that a version goes into, if it is there.
fn main_item(tx: &Transaction<'_>, key: &str, entry: &LedgerEntry) -> Result<Option<ItemId>, MigrateError> {
    let of = entry.page.as_ref().and_then(|page| page.version_entry.as_ref()?.of.as_deref());
    let Some(of) = of else { return Ok(None) };
    let main = ledger::record(tx, &record_key(split_key(key).0, of))?;
    Ok(main.as_ref().and_then(item_of))
}

/// Notes that a version is in an item: its addresses lead there, and its text is to stand there.
fn join(
    tx: &mut Transaction<'_>,
    run: u64,
    key: &str,
    entry: &mut LedgerEntry,
    item: ItemId,
) -> Result<(), MigrateError> {
    let LedgerEntry { page: Some(page), notices, .. } = entry else { return Ok(()) };
    let version = page.version_entry.as_ref();
    let Some((version, of)) = version.and_then(|version| Some((version, version.of.as_ref()?))) else {
        return Ok(());
    };
    // The item may be another run's, and it stays where this version goes.
    lead(tx, run, &page.addresses, (item, true), (&mut HashSet::new(), notices))?;
    let (source, _) = split_key(key);
    ledger::put_version_main(tx, run, &record_key(source, &version.group), of)?;
    let note = VersionNote { item, record: key.to_owned(), main: record_key(source, of) };
    ledger::put_version(tx, &note)?;
    entry.target = Some(Target::Item(item));
    Ok(())
}

/// Joins the versions whose item was loaded after them. One whose item could not be loaded is rejected, and the next run
/// loads it by itself.
pub(in super::super) fn join_waiting(
    cx: &Context<'_>,
    accounts: &mut HashMap<String, Account>,
) -> Result<(), MigrateError> {
    let waiting =
        keys(cx.store, |entry| entry.fate == Fate::Merged && entry.target.is_none() && is_joined(entry))?;
    let mut lost = Vec::new();
    let mut batches = Batches::new(cx);
    for key in waiting {
        let tx = batches.tx();
        let Some(waiting) = ledger::record(tx, &key)? else { continue };
        let Some(item) = main_item(tx, &key, &waiting)? else {
            let of = waiting.page.and_then(|page| page.version_entry?.of);
            lost.push((key, of.unwrap_or_default()));
            continue;
        };
        undo::keep_entry(tx, cx.run, &key, &waiting)?;
        let mut entry = waiting;
        join(tx, cx.run, &key, &mut entry, item)?;
        ledger::put_record(tx, &key, &entry)?;
        account(accounts, cx, &key).settle(&entry)?;
        batches.step()?;
    }
    batches.commit()?;
    for (key, of) in lost {
        let reason = format!(
            "it is a version of `{of}`, which could not be loaded: the next run loads it as an item of its own"
        );
        reject_waiting(cx, accounts, &key, reason)?;
    }
    Ok(())
}

/// Keeps, in what an item is to become, the texts that its versions brought: those that still go into it, and that are
/// for the same people as the item from now on.
pub(in super::super) fn keep(
    tx: &Transaction<'_>,
    loader: &Loader<'_>,
    (id, main): (ItemId, &str),
    page: &PageEntry,
    item: &mut ImportedItem,
) -> Result<(), MigrateError> {
    let Some(own) = &page.version_entry else { return Ok(()) };
    let snapshot = tx.snapshot();
    let Some(now) = snapshot.untrimmed().item(id) else { return Ok(()) };
    for (language, version) in loader.joins.of(main) {
        let Some(entry) = ledger::record(tx, &record_key(&loader.source.id, version))? else { continue };
        let noted = entry.page.as_ref().and_then(|page| page.version_entry.as_ref());
        let fits = |noted: &&VersionEntry| noted.status == own.status && noted.of.as_deref() == Some(main);
        let Some(noted) = noted.filter(fits) else { continue };
        // What was written before is committed: an item is revised once a run.
        let body = match now.body.get(*language) {
            Some(blob) => snapshot.untrimmed().blob(blob.hash)?,
            None => None,
        };
        let (Some(title), Some(body)) = (now.title.get(*language), body) else { continue };
        item.content.title.set(*language, title.clone());
        item.content.body.set(*language, String::from_utf8_lossy(&body).into_owned());
        if let Some(lead) = now.lead.get(*language) {
            item.content.lead.set(*language, lead.clone());
        }
        item.content.classification = item.content.classification.max(noted.classification);
    }
    Ok(())
}
