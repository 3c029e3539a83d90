//! Where items stand under others, and where their links lead.

use kampus_core::content::BlobHash;
use kampus_core::{Command, ItemId, Kampus, Language};

use super::super::error::MigrateError;
use super::super::ledger::{self, Fate, LedgerEntry, PageEntry, Target, split_key};
use super::super::pipeline;
use super::super::places;
use super::super::run::{Batches, Context};
use super::Finished;
use super::compose::{Composed, compose};

/// Puts items under the items that their parents became, turns links to old pages into links to new items, and writes
/// texts that were merged in.
pub(super) fn place_and_link(cx: &Context<'_>, finished: &mut Finished) -> Result<(), MigrateError> {
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
            let is_linked = entry.page.as_ref().is_some_and(may_change);
            let linked = if is_linked { linked(cx.store, &entry)? } else { None };
            Ok((key, entry, linked))
        },
        |done: Result<_, MigrateError>| {
            let (key, entry, linked) = done?;
            place(cx, &mut batches, &key, &entry, finished)?;
            if let Some(Linked { item, language, composed, is_new }) = linked {
                finished.count(&composed, &entry, &key)?;
                if is_new {
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
        finished.note(entry, key, format!("its parent `{parent}` was not loaded: it stands at the top"))?;
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
    if let Some(place) = snapshot.untrimmed().item(above) {
        match places::follow(batches.tx(), cx.run, (key, entry), (now, place))? {
            Ok(true) => return batches.step(),
            Ok(false) => {}
            Err(why) => {
                finished.note(entry, key, format!("it cannot go where its page went: {why}"))?;
            }
        }
        if place.container != now.container && now.parent.is_none() {
            let text = format!("its parent `{parent}` is in another place: it stands at the top of its own");
            finished.note(entry, key, text)?;
            return Ok(());
        }
    }
    if let Err(error) = batches.tx().execute(Command::PlaceImported(item, Some(above))) {
        finished.note(entry, key, format!("it cannot stand under its parent `{parent}`: {error}"))?;
    }
    batches.step()
}

/// A text with its links turned.
pub(in super::super) struct Linked {
    pub(in super::super) item: ItemId,
    pub(in super::super) language: Language,
    pub(in super::super) composed: Composed,
    /// Whether it is another one than is written, and nobody has edited that.
    pub(in super::super) is_new: bool,
}

/// The text of a record's own item as it should be now.
pub(in super::super) fn linked(store: &Kampus, entry: &LedgerEntry) -> Result<Option<Linked>, MigrateError> {
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
