//! The proof that content is what it was: words, files and links.

use std::collections::HashMap;
use std::fmt;

use kampus_core::content::{BlobHash, Item};
use kampus_core::{CommentId, ItemId};

use super::Check;
use crate::clean;
use crate::engine::error::MigrateError;
use crate::engine::files;
use crate::engine::finish::{Composed, compose};
use crate::engine::ledger::{Fate, LedgerEntry, PageEntry, Target};
use crate::engine::load::title_of;
use crate::outcome::{
    BrokenLink, Conflict, DroppedMarkup, HashMismatch, MissingWords, Side, UnresolvedLink, Wish,
};
use crate::plan::Source;
use crate::record::{LegacyBody, LegacyFile, LegacyRecord, Markup};

impl Check<'_> {
    /// Looks at what a record became.
    pub(super) fn content(
        &mut self,
        source: &Source,
        record: &LegacyRecord,
        entry: &LedgerEntry,
    ) -> Result<(), MigrateError> {
        match (&record.body, entry.target) {
            (LegacyBody::Page(page), Some(Target::Item(item))) => {
                self.item(source, record, (page.markup, &page.body), item, entry)
            }
            (LegacyBody::File(file), Some(Target::Item(item))) => {
                self.file(source, record, file, item)?;
                self.item(source, record, (file.markup, &file.description), item, entry)
            }
            (LegacyBody::Comment(comment), Some(Target::Comment(id))) => {
                self.comment(source, record, (comment.markup, &comment.body), id)
            }
            _ => Ok(()),
        }
    }

    /// The words of a body are in its item, in order; the item's links lead to items, and dead ones are listed.
    fn item(
        &mut self,
        source: &Source,
        record: &LegacyRecord,
        body: (Markup, &str),
        item: ItemId,
        entry: &LedgerEntry,
    ) -> Result<(), MigrateError> {
        let Some(noted) = entry.page.as_ref() else { return Ok(()) };
        let Some(now) = self.snapshot.untrimmed().item(item) else { return Ok(()) };
        let edited = self.versions.get(&item).is_some_and(|version| *version != now.version);
        self.outcome.checked.edited += u64::from(edited);
        if edited && entry.fate != Fate::Merged && Self::differs_on_both_sides(body, noted) {
            self.conflict(source, record, now, noted);
            return Ok(());
        }
        // What people wrote since is theirs; then the text that the migration brought is looked at instead.
        let stored = match now.body.best(&[noted.language]) {
            Some((_, blob)) if !edited => blob.hash,
            _ => noted.clean,
        };
        self.words(source, record, body, stored, &item)?;
        if entry.fate == Fate::Merged { Ok(()) } else { self.text(source, record, now, noted, edited) }
    }

    /// Whether the source has another text than was loaded.
    fn differs_on_both_sides((markup, body): (Markup, &str), noted: &PageEntry) -> bool {
        BlobHash::of(clean::clean(markup, body).html.as_bytes()) != noted.clean
    }

    /// Both sides have another text than was loaded: a run keeps the one in Kampus and lists it, and so do we.
    fn conflict(&mut self, source: &Source, record: &LegacyRecord, now: &Item, noted: &PageEntry) {
        self.outcome.conflicts.push(Conflict {
            source: source.id.clone(),
            id: record.id.clone(),
            place: record.place.to_string(),
            title: title_of(record).to_owned(),
            item: now.id.to_string(),
            wish: Wish::Update,
            loaded_version: noted.version,
            version: Some(now.version),
            changed_here: Some(now.modified),
            changed_there: None,
            prevails: Side::Target,
        });
    }

    /// The words of a comment are there: nobody can edit it.
    fn comment(
        &mut self,
        source: &Source,
        record: &LegacyRecord,
        body: (Markup, &str),
        id: CommentId,
    ) -> Result<(), MigrateError> {
        let Some(now) = self.snapshot.untrimmed().comment(id) else { return Ok(()) };
        self.words(source, record, body, now.body.hash, &id)
    }

    /// The words of a body stand in a stored text, in order. What of its markup does not is counted.
    fn words(
        &mut self,
        source: &Source,
        record: &LegacyRecord,
        (markup, body): (Markup, &str),
        stored: BlobHash,
        target: &dyn fmt::Display,
    ) -> Result<(), MigrateError> {
        let Some(bytes) = self.snapshot.untrimmed().blob(stored)? else {
            self.differs(source, record, stored, None);
            return Ok(());
        };
        let words = clean::source_words(markup, body);
        self.outcome.checked.bodies += 1;
        self.outcome.checked.words += words.len() as u64;
        let lost = lost_words(words, &clean::words(&String::from_utf8_lossy(&bytes)));
        if !lost.is_empty() {
            self.outcome.missing_words.push(MissingWords {
                source: source.id.clone(),
                id: record.id.clone(),
                place: record.place.to_string(),
                item: target.to_string(),
                words: lost,
            });
        }
        for dropped in clean::clean(markup, body).dropped {
            let what = dropped.what.clone();
            let sum = self.dropped.entry(what.clone()).or_insert(DroppedMarkup { what, count: 0, pages: 0 });
            sum.count += u64::from(dropped.count);
            sum.pages += 1;
        }
        Ok(())
    }

    /// The stored text of an item is the one that the migration put together, unless people edited it; its links lead
    /// to items.
    fn text(
        &mut self,
        source: &Source,
        record: &LegacyRecord,
        now: &Item,
        noted: &PageEntry,
        edited: bool,
    ) -> Result<(), MigrateError> {
        let Composed { html, links, dead } = compose(self.kampus, now.id, noted)?;
        let stored = now.body.get(noted.language).map(|blob| blob.hash);
        let expected = BlobHash::of(html.as_bytes());
        if !edited && stored != Some(expected) {
            self.differs(source, record, expected, stored);
        }
        self.outcome.checked.links.external += links.external;
        self.outcome.checked.links.dead += links.unresolved;
        self.outcome.unresolved_links.extend(dead.into_iter().map(|address| UnresolvedLink {
            source: source.id.clone(),
            id: record.id.clone(),
            address,
        }));
        let Some(bytes) = stored.map(|hash| self.snapshot.untrimmed().blob(hash)).transpose()?.flatten()
        else {
            return Ok(());
        };
        for address in clean::links(&String::from_utf8_lossy(&bytes)) {
            let Some(number) = item_number(&address) else { continue };
            let there = ItemId::new(number).is_some_and(|id| self.snapshot.untrimmed().item(id).is_some());
            if there {
                self.outcome.checked.links.internal += 1;
            } else {
                self.outcome.checked.links.broken += 1;
                self.outcome.broken_links.push(BrokenLink {
                    source: source.id.clone(),
                    id: record.id.clone(),
                    item: now.id.to_string(),
                    address,
                });
            }
        }
        Ok(())
    }

    /// A file's bytes are those of the export.
    fn file(
        &mut self,
        source: &Source,
        record: &LegacyRecord,
        file: &LegacyFile,
        item: ItemId,
    ) -> Result<(), MigrateError> {
        let stored = self.snapshot.untrimmed().item(item).and_then(|item| item.file.as_ref());
        let found = match stored {
            Some(file) => self.snapshot.untrimmed().blob(file.blob.hash)?.map(|bytes| BlobHash::of(&bytes)),
            None => None,
        };
        match files::read(source.files.as_deref(), file) {
            Ok(bytes) => {
                self.outcome.checked.files += 1;
                self.outcome.checked.file_bytes += bytes.len() as u64;
                let expected = BlobHash::of(&bytes);
                if found != Some(expected) {
                    self.differs(source, record, expected, found);
                }
            }
            Err(reason) => self.outcome.problems.push(format!("{}: {reason}", record.place)),
        }
        Ok(())
    }

    fn differs(
        &mut self,
        source: &Source,
        record: &LegacyRecord,
        expected: BlobHash,
        found: Option<BlobHash>,
    ) {
        self.outcome.hash_mismatches.push(HashMismatch {
            source: source.id.clone(),
            id: record.id.clone(),
            expected: expected.to_string(),
            found: found.map(|hash| hash.to_string()),
        });
    }
}

/// The number of the item that an address of ours leads to.
fn item_number(address: &str) -> Option<u32> {
    let rest = address.strip_prefix("/items/")?;
    rest.split(['#', '?', '/']).next()?.parse().ok()
}

/// The words of one text that do not stand in another, both in order: each is looked for behind the one before it.
fn lost_words(source: Vec<String>, target: &[String]) -> Vec<String> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, word) in target.iter().enumerate() {
        places.entry(word).or_default().push(place);
    }
    let mut rest = 0;
    let mut lost = Vec::new();
    for word in source {
        let found = places.get(word.as_str()).and_then(|places| {
            let behind = places.partition_point(|place| *place < rest);
            places.get(behind)
        });
        match found {
            Some(place) => rest = place + 1,
            None => lost.push(word),
        }
    }
    lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_gone_or_out_of_order_is_lost() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(lost_words(words("a b c"), &words("x a y b c z")).is_empty());
        assert_eq!(lost_words(words("a b c"), &words("a c")), ["b"]);
        assert_eq!(lost_words(words("a a"), &words("a")), ["a"]);
    }

    #[test]
    fn a_long_text_that_was_lost_whole_is_told_soon() {
        let source: Vec<String> = (0..200_000).map(|number| format!("{}", number % 1_000)).collect();
        let target: Vec<String> = source.iter().rev().cloned().collect();
        assert!(lost_words(source, &target).len() > 100_000);
    }

    #[test]
    fn an_address_of_ours_names_its_item() {
        assert_eq!([item_number("/items/7"), item_number("/items/7#kohta")], [Some(7), Some(7)]);
        for other in ["/items/", "/items/x", "https://a.fi/items/7", "#items/7", "/items/99999999999"] {
            assert_eq!(item_number(other), None, "{other}");
        }
    }
}
