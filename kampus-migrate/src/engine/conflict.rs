//! Conflicts: what people did in Kampus against what the source wants.

use std::sync::OnceLock;

use kampus_core::content::{Audience, Item};
use kampus_core::{Command, ImportedItem, ItemId, Kampus, Localised, Revision, Transaction};

use super::error::MigrateError;
use super::history::History;
use super::ledger::{LedgerEntry, PageEntry};
use super::load::{Fresh, Loader, title_of};
use super::places;
use super::undo::Before;
use crate::outcome::{Conflict, Side, Wish};
use crate::record::LegacyBody;

/// What a run needs to know to judge between the source and Kampus.
#[derive(Debug)]
pub(super) struct Contest<'a> {
    store: &'a Kampus,
    /// Whose will is done.
    pub(super) prefer: Side,
    /// What others did so far; read when it is first asked for, which is when something loaded before has changed.
    history: OnceLock<History>,
}

impl<'a> Contest<'a> {
    pub(super) fn new(store: &'a Kampus, prefer: Side) -> Self {
        Self { store, prefer, history: OnceLock::new() }
    }

    /// What others than the migration did in this store.
    pub(super) fn history(&self) -> Result<&History, MigrateError> {
        if let Some(history) = self.history.get() {
            return Ok(history);
        }
        let history = History::read(self.store, Revision(0), None)?;
        Ok(self.history.get_or_init(|| history))
    }
}

/// What became of an item that was to be written anew.
pub(super) enum Revised {
    /// People edited it, and it stays as they left it.
    Kept,
    /// Written, with the version that it has now.
    Written(ItemId, u32),
    /// Refused, with the reason.
    Refused(String),
}

/// Writes the newer text of a record into its item, unless people wrote there since. What people decided about the item
/// (who sees it, where it stands) holds in any case.
pub(super) fn revise(
    loader: &mut Loader<'_>,
    tx: &mut Transaction<'_>,
    fresh: &Fresh<'_>,
    (id, left): (ItemId, &LedgerEntry),
    mut item: ImportedItem,
    page: &mut PageEntry,
    notices: &mut Vec<String>,
) -> Result<Revised, MigrateError> {
    let known = tx.snapshot().untrimmed().item(id).cloned();
    let loaded_version = left.page.as_ref().map_or(0, |page| page.version);
    let is_edited = known.as_ref().is_none_or(|known| known.version != loaded_version);
    if is_edited && !note(loader, fresh, Wish::Update, (id, loaded_version), known.as_ref()) {
        return Ok(Revised::Kept);
    }
    let before = fresh.previous.as_ref().map(|previous| Before::of(tx, previous));
    let executed = match &known {
        None => tx.execute(Command::ImportItem(Box::new(item))).map(|receipt| (receipt.item(), 1)),
        Some(known) => {
            match places::resettle(tx, id, left, item.content.container, page.follows, notices) {
                Ok(settled) => {
                    item.content.container = settled.container;
                    page.placed = settled.placed;
                }
                Err(reason) => return Ok(Revised::Refused(reason)),
            }
            let item = as_ruled(loader.contest.history()?, known, item);
            let item = if is_edited { with_translations(tx, known, item)? } else { item };
            let version = known.version.saturating_add(1);
            tx.execute(Command::ReviseImported(id, Box::new(item))).map(|_| (Some(id), version))
        }
    };
    match executed {
        Err(error) => Ok(Revised::Refused(error.to_string())),
        Ok((None, _)) => Err(MigrateError::NothingMade("item")),
        Ok((Some(id), version)) => {
            if let Some(before) = before {
                before.keep(tx, loader.run, &loader.key(fresh.record))?;
            }
            Ok(Revised::Written(id, version))
        }
    }
}

/// Whether a later decision may take an item away from its readers: not when people wrote in it, decided about it or
/// put something of theirs on it, unless the source is preferred. An item that people deleted is in nobody's way.
pub(super) fn may_leave(
    loader: &mut Loader<'_>,
    tx: &Transaction<'_>,
    fresh: &Fresh<'_>,
    wish: Wish,
    (id, left): (ItemId, &LedgerEntry),
) -> Result<bool, MigrateError> {
    let snapshot = tx.snapshot();
    let Some(known) = snapshot.untrimmed().item(id) else { return Ok(true) };
    let loaded_version = left.page.as_ref().map_or(0, |page| page.version);
    let history = loader.contest.history()?;
    let is_theirs = known.version != loaded_version
        || history.is_ruled(id)
        || history.is_moved(id)
        || history.is_used(&snapshot, id);
    Ok(!is_theirs || note(loader, fresh, wish, (id, loaded_version), Some(known)))
}

/// Notes a conflict; tells whether the source's will is done.
fn note(
    loader: &mut Loader<'_>,
    fresh: &Fresh<'_>,
    wish: Wish,
    (id, loaded_version): (ItemId, u32),
    known: Option<&Item>,
) -> bool {
    let changed = match &fresh.record.body {
        LegacyBody::Page(page) => page.modified.or(page.created),
        LegacyBody::File(file) => file.modified.or(file.created),
        _ => None,
    };
    let conflict = Conflict {
        source: loader.source.id.clone(),
        id: fresh.record.id.clone(),
        place: fresh.record.place.to_string(),
        title: title_of(fresh.record).to_owned(),
        item: id.to_string(),
        wish,
        loaded_version,
        version: known.map(|item| item.version),
        changed_here: known.map(|item| item.modified),
        changed_there: changed.map(|time| loader.moment(Some(time))),
        prevails: loader.contest.prefer,
    };
    loader.account.conflicts.push(conflict);
    loader.contest.prefer == Side::Source
}

/// A newer text at the place where the item is now. Who sees it is up to the source only until people decide about it:
/// what they closed is not opened again.
fn as_ruled(history: &History, known: &Item, item: ImportedItem) -> ImportedItem {
    let mut item = item;
    // Where the plan has just moved it, it stands at the top until finishing has looked at it.
    item.content.parent = known.parent.filter(|_| item.content.container == known.container);
    if history.is_ruled(known.id) {
        item.status = known.status;
        item.schedule = known.schedule;
        item.pinned = known.pinned;
        item.content.classification = known.classification;
        item.content.audience = Audience::clone(&known.audience);
        item.content.must_acknowledge = known.must_acknowledge;
    }
    item
}

/// A newer text beside what people wrote in other languages.
fn with_translations(
    tx: &Transaction<'_>,
    known: &Item,
    mut item: ImportedItem,
) -> Result<ImportedItem, MigrateError> {
    let content = &mut item.content;
    add_missing(&mut content.title, &known.title);
    add_missing(&mut content.lead, &known.lead);
    let snapshot = tx.snapshot();
    for (language, blob) in known.body.iter() {
        if content.body.get(language).is_none()
            && let Some(bytes) = snapshot.untrimmed().blob(blob.hash)?
        {
            content.body.set(language, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(item)
}

fn add_missing(to: &mut Localised<String>, from: &Localised<String>) {
    for (language, text) in from.iter() {
        if to.get(language).is_none() {
            to.set(language, text.clone());
        }
    }
}
