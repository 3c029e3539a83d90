//! The proof that nothing was lost, from the sources and the store as they are now.

use std::collections::BTreeMap;
use std::path::Path;

use kampus_core::content::BlobHash;
use kampus_core::{ItemId, Kampus, Snapshot};

use super::error::MigrateError;
use super::finish::compose;
use super::gone::Seen;
use super::ledger::{self, Fate, LedgerEntry, Target, record_key};
use super::source::{self, Input};
use super::{Progress, existing, files};
use crate::clean;
use crate::format::{Event, ReadFault, Yield};
use crate::outcome::{
    Conflict, Counts, Equation, HashMismatch, MissingWords, Side, UnresolvedLink, VERSION, VerifiedSource,
    VerifyOutcome, Wish,
};
use crate::plan::{CheckedPlan, Source};
use crate::record::{LegacyBody, LegacyFile, LegacyPage, LegacyRecord};

/// Reads every source again and looks for each record in the ledger and in the store: that it is accounted for,
/// that its words are there, that files are the same to the byte, and which links lead to nothing.
pub fn verify(
    plan: &CheckedPlan,
    store: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<VerifyOutcome, MigrateError> {
    let kampus = existing(store)?;
    let snapshot = kampus.snapshot();
    let mut check = Check {
        kampus: &kampus,
        snapshot: &snapshot,
        seen: Seen::default(),
        outcome: VerifyOutcome {
            version: VERSION,
            store: store.to_owned(),
            sources: Vec::new(),
            missing_words: Vec::new(),
            unresolved_links: Vec::new(),
            hash_mismatches: Vec::new(),
            conflicts: Vec::new(),
            gone: Vec::new(),
            problems: Vec::new(),
        },
    };
    for list in plan.people() {
        check.source(&list.id, &Input::people(list), None, progress)?;
    }
    for source in plan.sources() {
        check.source(&source.id, &Input::source(source), Some(source), progress)?;
    }
    progress(Progress::Done);
    Ok(check.outcome)
}

struct Check<'a> {
    kampus: &'a Kampus,
    snapshot: &'a Snapshot,
    /// Which records of the source that is being read the ledger knows.
    seen: Seen,
    outcome: VerifyOutcome,
}

impl Check<'_> {
    fn source(
        &mut self,
        id: &str,
        input: &Input<'_>,
        source: Option<&Source>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), MigrateError> {
        let mut equations: BTreeMap<String, Equation> = BTreeMap::new();
        self.seen = Seen::default();
        let (_, stopped) =
            source::each(input, progress, |event| self.event(id, source, event, &mut equations))?;
        if let Some(reason) = stopped {
            self.outcome.problems.push(format!("{id} cannot be read to its end: {reason}"));
        } else if !equations.is_empty() {
            self.outcome.gone.extend(self.seen.gone(self.kampus, id, u64::MAX)?);
        }
        let equations = equations.into_values().collect();
        self.outcome.sources.push(VerifiedSource { source: id.to_owned(), equations });
        Ok(())
    }

    fn event(
        &mut self,
        id: &str,
        source: Option<&Source>,
        event: Yield,
        equations: &mut BTreeMap<String, Equation>,
    ) -> Result<(), MigrateError> {
        let equation_of =
            |equations: &mut BTreeMap<String, Equation>, kind: &str, counts: Counts, missing: u64| {
                let equation = equations.entry(kind.to_owned()).or_insert_with(|| Equation {
                    kind: kind.to_owned(),
                    counts: Counts::default(),
                    missing: 0,
                });
                equation.counts += counts;
                equation.missing += missing;
            };
        match event {
            Ok(Event::Record(record)) => {
                let (counts, missing) = self.record(id, source, &record)?;
                equation_of(equations, record.body.kind(), counts, missing);
            }
            Err(ReadFault::Record { kind, id, .. }) => {
                self.seen.note_refused(id.as_deref());
                equation_of(equations, &kind, Counts { read: 1, rejected: 1, ..Counts::default() }, 0);
            }
            Ok(Event::Notice { .. }) | Err(ReadFault::File { .. }) => {}
        }
        Ok(())
    }

    /// What became of a record, and whether it is missing.
    fn record(
        &mut self,
        id: &str,
        source: Option<&Source>,
        record: &LegacyRecord,
    ) -> Result<(Counts, u64), MigrateError> {
        let mut counts = Counts { read: 1, ..Counts::default() };
        let Some(entry) = ledger::record(self.kampus, &record_key(id, &record.id))? else {
            return Ok((counts, 1));
        };
        self.seen.note(&entry);
        match entry.fate {
            Fate::Loaded => counts.loaded = 1,
            Fate::Updated => counts.updated = 1,
            Fate::Merged => counts.merged = 1,
            Fate::Discarded => counts.discarded = 1,
            Fate::Rejected => counts.rejected = 1,
        }
        if matches!(entry.fate, Fate::Discarded | Fate::Rejected) {
            return Ok((counts, 0));
        }
        if !self.is_there(&entry) {
            return Ok((Counts { read: 1, ..Counts::default() }, 1));
        }
        if let (Some(Target::Item(item)), Some(source)) = (entry.target, source) {
            match &record.body {
                LegacyBody::Page(page) => self.page(source, record, page, item, &entry)?,
                LegacyBody::File(file) => self.file(source, record, file, item)?,
                _ => {}
            }
        }
        Ok((counts, 0))
    }

    fn is_there(&self, entry: &LedgerEntry) -> bool {
        match entry.target {
            Some(Target::Item(item)) => self.snapshot.untrimmed().item(item).is_some(),
            Some(Target::Person(person)) => self.snapshot.directory().person(person).is_some(),
            Some(Target::Comment(comment)) => self.snapshot.untrimmed().comment(comment).is_some(),
            None => false,
        }
    }

    /// The words of a page are in its item, in order; its dead links are listed.
    fn page(
        &mut self,
        source: &Source,
        record: &LegacyRecord,
        page: &LegacyPage,
        item: ItemId,
        entry: &LedgerEntry,
    ) -> Result<(), MigrateError> {
        let Some(noted) = entry.page.as_ref() else { return Ok(()) };
        let Some(now) = self.snapshot.untrimmed().item(item) else { return Ok(()) };
        let edited = now.version != noted.version && entry.fate != Fate::Merged;
        let cleaned = edited.then(|| clean::clean(page.markup, &page.body).html);
        if cleaned.is_some_and(|html| BlobHash::of(html.as_bytes()) != noted.clean) {
            // Both sides have another text than was loaded: a run keeps the one in Kampus and lists it, and so do we.
            self.outcome.conflicts.push(Conflict {
                source: source.id.clone(),
                id: record.id.clone(),
                place: record.place.to_string(),
                title: page.title.clone(),
                item: item.to_string(),
                wish: Wish::Update,
                loaded_version: noted.version,
                version: Some(now.version),
                changed_here: Some(now.modified),
                changed_there: None,
                prevails: Side::Target,
            });
            return Ok(());
        }
        // What people wrote since is theirs; then the text that the migration brought is looked at instead.
        let body = match now.body.best(&[noted.language]) {
            Some((_, blob)) if !edited => blob.hash,
            _ => noted.clean,
        };
        let Some(bytes) = self.snapshot.untrimmed().blob(body)? else {
            self.outcome.hash_mismatches.push(HashMismatch {
                source: source.id.clone(),
                id: record.id.clone(),
                expected: body.to_string(),
                found: None,
            });
            return Ok(());
        };
        let lost = lost_words(
            clean::source_words(page.markup, &page.body),
            &clean::words(&String::from_utf8_lossy(&bytes)),
        );
        if !lost.is_empty() {
            self.outcome.missing_words.push(MissingWords {
                source: source.id.clone(),
                id: record.id.clone(),
                place: record.place.to_string(),
                item: item.to_string(),
                words: lost,
            });
        }
        if entry.fate != Fate::Merged {
            let composed = compose(self.kampus, self.snapshot, item, noted)?;
            self.outcome.unresolved_links.extend(composed.dead.into_iter().map(|address| UnresolvedLink {
                source: source.id.clone(),
                id: record.id.clone(),
                address,
            }));
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
        let expected = match files::read(source.files.as_deref(), file) {
            Ok(bytes) => BlobHash::of(&bytes),
            Err(reason) => {
                self.outcome.problems.push(format!("{}: {reason}", record.place));
                return Ok(());
            }
        };
        if found != Some(expected) {
            self.outcome.hash_mismatches.push(HashMismatch {
                source: source.id.clone(),
                id: record.id.clone(),
                expected: expected.to_string(),
                found: found.map(|hash| hash.to_string()),
            });
        }
        Ok(())
    }
}

/// The words of one text that do not stand in another, both in order.
fn lost_words(source: Vec<String>, target: &[String]) -> Vec<String> {
    let mut rest = target.iter();
    let mut lost = Vec::new();
    for word in source {
        let mut ahead = rest.clone();
        if ahead.any(|found| *found == word) {
            rest = ahead;
        } else {
            lost.push(word);
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
}
