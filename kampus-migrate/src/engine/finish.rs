//! Finishing: what can only be done when everything is loaded. Parents, merges, links.
//!
//! Each step looks at what should be and changes only what is not, so it can be broken off and done again.

use std::collections::{HashMap, HashSet};

use kampus_core::content::BlobHash;
use kampus_core::{Command, ItemId, Kampus, Language, Transaction};

use super::address;
use super::comments;
use super::error::MigrateError;
use super::follow;
use super::later;
use super::ledger::{self, AddressEntry, Fate, LedgerEntry, PageEntry, Target, split_key};
use super::people::People;
use super::pipeline;
use super::places;
use super::run::{Batches, Context};
use super::sharing;
use super::tally::Account;
use super::undo::{self, Before};
use super::versions;
use crate::clean;
use crate::outcome::{Links, Notice, SharingOutcome};
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
    merge(cx, accounts)?;
    progress(super::Progress::Step { name: "placing and linking" });
    let mut finished = Finished::default();
    place_and_link(cx, &mut finished)?;
    progress(super::Progress::Step { name: "granting" });
    finished.sharing = sharing::settle(cx, plan, people, accounts)?;
    versions::write(cx, &mut finished)?;
    Ok(finished)
}

/// What finishing found.
#[derive(Debug, Default)]
pub(super) struct Finished {
    pub(super) links: Links,
    pub(super) notices: Vec<Notice>,
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

/// Settles what waits for another page: first pages and redirects, in rounds because a page can be merged into one
/// that is itself merged, then the comments on them.
fn merge(cx: &Context<'_>, accounts: &mut HashMap<String, Account>) -> Result<(), MigrateError> {
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
                    account.settle(&entry);
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

pub(super) fn account<'a>(
    accounts: &'a mut HashMap<String, Account>,
    cx: &Context<'_>,
    key: &str,
) -> &'a mut Account {
    let (source, _) = split_key(key);
    accounts.entry(source.to_owned()).or_insert_with(|| Account::new(source, cx.run))
}

/// Merges one page, if its target is there and does not itself go into another page.
fn merge_page(
    cx: &Context<'_>,
    tx: &mut Transaction<'_>,
    (key, is_restricted): (&str, bool),
    leaving: &HashSet<ItemId>,
) -> Result<Option<LedgerEntry>, MigrateError> {
    let Some(mut entry) = ledger::record(tx, key)? else { return Ok(None) };
    let before = Before::of(tx, &entry);
    let own = entry.own().map(|(item, _)| item);
    let Some(page) = entry.page.as_mut() else { return Ok(None) };
    let Some(into) = page.merge_into.clone() else { return Ok(None) };
    let found = resolve(tx, key, &into, page.base.as_deref())?.filter(|item| !leaving.contains(item));
    let Some(item) = found else { return Ok(None) };
    // A redirect has addresses and no text.
    let has_text = page.version > 0;
    if has_text && (is_written_here(cx, tx, item)? || (is_restricted && is_shared_here(cx, item)?)) {
        return Ok(None);
    }
    if has_text && is_restricted {
        // Until it is known who may read both.
        sharing::close_item(tx, cx.run, item)?;
    }
    before.keep(tx, cx.run, key)?;
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
        if let Some(Target::Item(item)) = page {
            undo::keep_entry(tx, cx.run, &key, &waiting)?;
            let receipt =
                tx.execute(Command::ImportComment(Box::new(comments::import(&comment, item, None))))?;
            entry.target = receipt.comment().map(Target::Comment);
            ledger::put_record(tx, &key, &entry)?;
            account(accounts, cx, &key).settle(&entry);
        } else {
            lost.push(key);
        }
        batches.step()?;
    }
    batches.commit()?;
    for key in lost {
        reject_waiting(cx, accounts, &key, "the page that it comments on was not loaded".to_owned())?;
    }
    Ok(())
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
    account(accounts, cx, key).settle(&entry);
    Ok(())
}

/// Notes how the run found an item, unless it has noted or made it.
pub(super) fn keep(
    tx: &mut Transaction<'_>,
    run: u64,
    key: &str,
    entry: &LedgerEntry,
) -> Result<(), MigrateError> {
    if entry.run < run { Before::of(tx, entry).keep(tx, run, key) } else { Ok(()) }
}

/// Puts items under the items that their parents became, turns links to old pages into links to new items, and writes
/// texts that were merged in.
fn place_and_link(cx: &Context<'_>, finished: &mut Finished) -> Result<(), MigrateError> {
    let has_merges = ledger::has_merged(cx.store)?;
    // A text without links into which nothing was merged is as it should be.
    let may_change = |page: &PageEntry| page.links || has_merges;
    let mut batches = Batches::new(cx);
    batches.tx().hold()?;
    pipeline::ordered(
        |sink| {
            ledger::each_record(cx.store, |key, entry| {
                let is_item = matches!(entry.target, Some(Target::Item(_)));
                let is_own = is_item && entry.fate != Fate::Merged;
                let page = entry.page.as_ref();
                if is_own && page.is_some_and(|page| page.parent.is_some() || may_change(page)) {
                    sink((key.to_owned(), entry), 0)?;
                }
                Ok(())
            })
        },
        |(key, entry)| {
            let linked = match entry.page.as_ref().is_some_and(may_change) {
                true => linked(cx.store, &entry)?,
                false => None,
            };
            Ok((key, entry, linked))
        },
        |done: Result<_, MigrateError>| {
            let (key, entry, linked) = done?;
            place(cx, &mut batches, &key, &entry, finished)?;
            if let Some(Linked { item, language, composed, is_new }) = linked {
                finished.count(&composed, &entry, &key);
                if is_new {
                    keep(batches.tx(), cx.run, &key, &entry)?;
                    batches.tx().execute(Command::RelinkImported(item, language, composed.html))?;
                    batches.step()?;
                }
            }
            Ok(batches.tx().hold()?)
        },
    )?;
    batches.commit()
}

/// Puts an item under the item that its parent became.
fn place(
    cx: &Context<'_>,
    batches: &mut Batches<'_>,
    key: &str,
    entry: &LedgerEntry,
    finished: &mut Finished,
) -> Result<(), MigrateError> {
    let (Some(Target::Item(item)), Some(page)) = (entry.target, entry.page.as_ref()) else {
        return Ok(());
    };
    let (source, _) = split_key(key);
    let Some(parent) = page.parent.as_deref() else { return Ok(()) };
    let above = ledger::record(batches.tx(), &ledger::record_key(source, parent))?;
    let Some(Target::Item(above)) = above.and_then(|entry| entry.target) else {
        finished.note(entry, key, format!("its parent `{parent}` was not loaded: it stands at the top"));
        return Ok(());
    };
    let snapshot = batches.tx().snapshot();
    let Some(now) = snapshot.untrimmed().item(item) else { return Ok(()) };
    if now.parent == Some(above) {
        return Ok(());
    }
    // Where people have moved it, it stays. What this run has made, nobody has moved.
    let is_new = entry.run == cx.run && entry.fate == Fate::Loaded;
    if !is_new && cx.contest.history()?.is_moved(item) {
        return Ok(());
    }
    keep(batches.tx(), cx.run, key, entry)?;
    if let Some(place) = snapshot.untrimmed().item(above) {
        match places::follow(batches.tx(), key, entry, now, place)? {
            Ok(true) => return batches.step(),
            Ok(false) => {}
            Err(why) => {
                finished.note(entry, key, format!("it cannot go where its page went: {why}"));
            }
        }
        if place.container != now.container && now.parent.is_none() {
            let text = format!("its parent `{parent}` is in another place: it stands at the top of its own");
            finished.note(entry, key, text);
            return Ok(());
        }
    }
    if let Err(error) = batches.tx().execute(Command::PlaceImported(item, Some(above))) {
        finished.note(entry, key, format!("it cannot stand under its parent `{parent}`: {error}"));
    }
    batches.step()
}

/// A text with its links turned.
struct Linked {
    item: ItemId,
    language: Language,
    composed: Composed,
    /// Whether it is another one than is written, and nobody has edited that.
    is_new: bool,
}

fn linked(store: &Kampus, entry: &LedgerEntry) -> Result<Option<Linked>, MigrateError> {
    let (Some(Target::Item(item)), Some(page)) = (entry.target, entry.page.as_ref()) else {
        return Ok(None);
    };
    // One of the moment: to hold one for long would keep all that is relinked twice.
    let snapshot = store.snapshot();
    let Some(now) = snapshot.untrimmed().item(item) else { return Ok(None) };
    let composed = compose(store, item, page)?;
    let written = now.body.get(page.language).map(|blob| blob.hash);
    let is_new = now.version == page.version && written != Some(BlobHash::of(composed.html.as_bytes()));
    Ok(Some(Linked { item, language: page.language, composed, is_new }))
}

impl Finished {
    /// Counts the links of a text, and tells those that lead to nothing.
    pub(super) fn count(&mut self, composed: &Composed, entry: &LedgerEntry, key: &str) {
        self.links.rewritten += composed.links.rewritten;
        self.links.external += composed.links.external;
        self.links.unresolved += composed.links.unresolved;
        for dead in &composed.dead {
            self.note(entry, key, format!("link to nothing: `{dead}`"));
        }
    }

    pub(super) fn note(&mut self, entry: &LedgerEntry, key: &str, text: String) {
        let (source, _) = split_key(key);
        self.notices.push(Notice { source: source.to_owned(), place: entry.place.clone(), text });
    }
}

/// A body as it should be.
#[derive(Debug, Default)]
pub(super) struct Composed {
    pub(super) html: String,
    pub(super) links: Links,
    /// Links to old pages that no export holds.
    pub(super) dead: Vec<String>,
}

/// An item's own clean text, then the texts merged into it under their titles, all links turned.
pub(super) fn compose(store: &Kampus, item: ItemId, page: &PageEntry) -> Result<Composed, MigrateError> {
    let mut composed = Composed::default();
    composed.html = turned(store, page, &mut composed)?;
    for key in ledger::merged_into(store, item)? {
        let Some(entry) = ledger::record(store, &key)? else { continue };
        let Some(merged) = entry.page.as_ref() else { continue };
        let text = turned(store, merged, &mut composed)?;
        let title = clean::clean(crate::record::Markup::Text, &entry.title).html;
        let title = title.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned();
        composed.html = format!("{}\n<h2>{title}</h2>\n{text}", composed.html);
    }
    Ok(composed)
}

/// One clean text with its links turned.
pub(super) fn turned(
    store: &Kampus,
    page: &PageEntry,
    composed: &mut Composed,
) -> Result<String, MigrateError> {
    let bytes = store.snapshot().untrimmed().blob(page.clean)?.unwrap_or_default();
    let html = String::from_utf8_lossy(&bytes).into_owned();
    let mut failure = None;
    let turned = clean::rewrite_links(&html, |link| match lead(store, link, page.base.as_deref()) {
        Ok(Lead::To(new)) => {
            composed.links.rewritten += 1;
            Some(new)
        }
        Ok(Lead::Dead) => {
            composed.links.unresolved += 1;
            composed.dead.push(link.to_owned());
            None
        }
        Ok(Lead::Out) => {
            composed.links.external += 1;
            None
        }
        Ok(Lead::Within) => None,
        Err(error) => {
            failure = Some(error);
            None
        }
    });
    match failure {
        Some(error) => Err(error),
        None => Ok(turned),
    }
}

/// Where a link leads.
enum Lead {
    /// To an item of ours.
    To(String),
    /// To an old page that is nowhere.
    Dead,
    /// Out of the old intranets.
    Out,
    /// Within the same text.
    Within,
}

fn lead(store: &Kampus, link: &str, base: Option<&str>) -> Result<Lead, MigrateError> {
    if link.starts_with('#') {
        return Ok(Lead::Within);
    }
    let Some(url) = address::absolute(link, base) else { return Ok(Lead::Out) };
    if let Some(compared) = address::compared_url(&url)
        && let Some(found) = ledger::address(store, &compared)?
    {
        let fragment = url.fragment().map_or_else(String::new, |fragment| format!("#{fragment}"));
        return Ok(Lead::To(format!("{}{fragment}", address::new_address(found.item))));
    }
    let old = match address::host(&url) {
        Some(host) => ledger::is_old_host(store, &host)?,
        None => false,
    };
    Ok(if old { Lead::Dead } else { Lead::Out })
}
