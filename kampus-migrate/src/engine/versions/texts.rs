//! The texts of versions in the items that they went into.
//!
//! Like all of finishing it looks at what should be and changes only what is not.

use std::collections::BTreeMap;

use kampus_core::content::{Audience, BlobHash, Classification, Item};
use kampus_core::{Command, ImportedItem, ItemId, Language, Localised, NewItem, Snapshot};

use super::super::error::MigrateError;
use super::super::finish::{Composed, Finished, keep, turned};
use super::super::ledger::{self, Fate, LedgerEntry, Target, VersionNote};
use super::super::run::{Batches, Context};
use super::is_joined;

/// Puts the texts of all versions into their items, and takes out those of versions that went elsewhere.
pub(in super::super) fn write(cx: &Context<'_>, finished: &mut Finished) -> Result<(), MigrateError> {
    let mut batches = Batches::new(cx);
    let mut of_one: Vec<VersionNote> = Vec::new();
    ledger::each_version(cx.store, |note| {
        if of_one.first().is_some_and(|first| first.item != note.item) {
            write_item(cx, &std::mem::take(&mut of_one), &mut batches, finished)?;
        }
        of_one.push(note);
        Ok(())
    })?;
    write_item(cx, &of_one, &mut batches, finished)?;
    batches.commit()
}

/// The same for one item and what is noted of it.
fn write_item(
    cx: &Context<'_>,
    notes: &[VersionNote],
    batches: &mut Batches<'_>,
    finished: &mut Finished,
) -> Result<(), MigrateError> {
    let Some(first) = notes.first() else { return Ok(()) };
    let snapshot = cx.store.snapshot();
    match snapshot.untrimmed().item(first.item) {
        Some(now) => write_one(cx, &snapshot, now, notes, batches, finished),
        None => Ok(()),
    }
}

fn write_one(
    cx: &Context<'_>,
    snapshot: &Snapshot,
    now: &Item,
    notes: &[VersionNote],
    batches: &mut Batches<'_>,
    finished: &mut Finished,
) -> Result<(), MigrateError> {
    let Some(main) = notes.first().map(|note| note.main.as_str()) else { return Ok(()) };
    let Some(mut owner) = ledger::record(cx.store, main)? else { return Ok(()) };
    let Some(page) = owner.page.as_mut() else { return Ok(()) };
    let own = page.language;
    let mut wanted = Wanted::of(cx, now, notes, finished)?;
    // What people decided about who sees it holds.
    if wanted.classification != now.classification && cx.contest.history()?.is_ruled(now.id) {
        wanted.classification = now.classification;
    }
    if wanted.differs(now, own) {
        if now.version != page.version {
            finished.note(
                &owner,
                main,
                format!("{} was edited in Kampus: its versions there are kept", now.id),
            );
            return Ok(());
        }
        page.version = page.version.saturating_add(1);
        let item = wanted.applied(snapshot, now, own)?;
        let tx = batches.tx();
        if let Some(before) = ledger::record(tx, main)? {
            keep(tx, cx.run, main, &before)?;
        }
        tx.execute(Command::ReviseImported(now.id, Box::new(item)))?;
        ledger::put_record(tx, main, &owner)?;
    }
    for note in &wanted.stale {
        ledger::remove_version(batches.tx(), note);
    }
    batches.step()
}

/// A version's text as it should stand.
struct Text {
    title: String,
    lead: String,
    body: BlobHash,
    /// The body, unless it is stored as it is.
    html: Option<String>,
}

/// What the versions of an item should make of it.
struct Wanted<'a> {
    texts: BTreeMap<Language, Text>,
    /// Notes of versions that are in it no more.
    stale: Vec<&'a VersionNote>,
    /// The narrowest of all.
    classification: Classification,
}

impl<'a> Wanted<'a> {
    fn of(
        cx: &Context<'_>,
        now: &Item,
        notes: &'a [VersionNote],
        finished: &mut Finished,
    ) -> Result<Self, MigrateError> {
        let mut wanted =
            Self { texts: BTreeMap::new(), stale: Vec::new(), classification: now.classification };
        for note in notes {
            let entry = ledger::record(cx.store, &note.record)?.filter(|entry| is_in(entry, now.id));
            let Some(entry) = entry else {
                wanted.stale.push(note);
                continue;
            };
            let Some((page, version)) =
                entry.page.as_ref().and_then(|page| Some((page, page.version_entry.as_ref()?)))
            else {
                continue;
            };
            let mut text = Text {
                title: version.title.clone(),
                lead: version.lead.clone(),
                body: page.clean,
                html: None,
            };
            // A text without links is as it should be.
            if page.links {
                let mut composed = Composed::default();
                let html = turned(cx.store, page, &mut composed)?;
                finished.count(&composed, &entry, &note.record);
                text.body = BlobHash::of(html.as_bytes());
                text.html = Some(html);
            }
            wanted.classification = wanted.classification.max(version.classification);
            wanted.texts.insert(page.language, text);
        }
        Ok(wanted)
    }

    /// The texts beside the item's own. What its own record says in a language stands before what a version says.
    fn beside(&self, own: Language) -> impl Iterator<Item = (Language, &Text)> {
        self.texts
            .iter()
            .filter(move |(language, _)| **language != own)
            .map(|(language, text)| (*language, text))
    }

    /// Whether the item is not yet as it should be.
    fn differs(&self, now: &Item, own: Language) -> bool {
        let others = now.title.iter().map(|(language, _)| language);
        let mut others = others.chain(now.body.iter().map(|(language, _)| language));
        let is_other = |(language, text): (Language, &Text)| {
            now.title.get(language) != Some(&text.title)
                || now.lead.get(language).map_or("", String::as_str) != text.lead
                || now.body.get(language).map(|blob| blob.hash) != Some(text.body)
        };
        others.any(|language| language != own && !self.texts.contains_key(&language))
            || self.beside(own).any(is_other)
            || self.classification != now.classification
    }

    /// The item as it should be: its own text, and those of its versions.
    fn applied(&self, snapshot: &Snapshot, now: &Item, own: Language) -> Result<ImportedItem, MigrateError> {
        let bytes =
            |hash: BlobHash| Ok::<_, MigrateError>(snapshot.untrimmed().blob(hash)?.unwrap_or_default());
        let one = |value: Option<&String>| Localised::from_iter(value.map(|value| (own, value.clone())));
        let (mut title, mut lead) = (one(now.title.get(own)), one(now.lead.get(own)));
        let mut body = Localised::default();
        if let Some(blob) = now.body.get(own) {
            body.set(own, String::from_utf8_lossy(&bytes(blob.hash)?).into_owned());
        }
        for (language, text) in self.beside(own) {
            title.set(language, text.title.clone());
            let html = match &text.html {
                Some(html) => html.clone(),
                None => String::from_utf8_lossy(&bytes(text.body)?).into_owned(),
            };
            body.set(language, html);
            if !text.lead.is_empty() {
                lead.set(language, text.lead.clone());
            }
        }
        let file = match &now.file {
            Some(file) => Some((file.name.clone(), bytes(file.blob.hash)?)),
            None => None,
        };
        let content = NewItem {
            kind: now.kind,
            container: now.container,
            parent: now.parent,
            title,
            lead,
            body,
            classification: self.classification,
            audience: Audience::clone(&now.audience),
            must_acknowledge: now.must_acknowledge,
            link: now.link.clone(),
            file,
        };
        Ok(ImportedItem {
            content,
            author: now.author,
            owner: now.owner,
            created: now.created,
            modified: now.modified,
            status: now.status,
            schedule: now.schedule,
            pinned: now.pinned,
            comments_open: now.comments_open,
            labels: now.labels.clone(),
            sources: now.sources.clone(),
        })
    }
}

/// Whether a record is in an item as a version of it.
fn is_in(entry: &LedgerEntry, item: ItemId) -> bool {
    entry.fate == Fate::Merged && entry.target == Some(Target::Item(item)) && is_joined(entry)
}
