//! The proof that nothing was lost, from the sources and the store as they are now.

mod addresses;
mod content;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use kampus_core::{ItemId, Kampus, Snapshot};

use super::error::MigrateError;
use super::gone::Seen;
use super::ledger::{self, Fate, LedgerEntry, Target, record_key};
use super::sharing::{self, Notes};
use super::source::{self, Input};
use super::{Progress, existing};
use crate::format::{Event, ReadFault, Yield};
use crate::outcome::{Counts, DroppedMarkup, Equation, VERSION, VerifiedSource, VerifyOutcome};
use crate::plan::{CheckedPlan, Source};
use crate::record::LegacyRecord;
use addresses::Addresses;

/// Reads every source again and looks for each record in the ledger and in the store: that it is accounted for,
/// that its words are there, that files are the same to the byte, that links lead to items, and that every old
/// address leads to what its record became.
pub fn verify(
    plan: &CheckedPlan,
    store: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<VerifyOutcome, MigrateError> {
    let kampus = existing(store)?;
    let snapshot = kampus.snapshot();
    let mut outcome = VerifyOutcome { version: VERSION, store: store.to_owned(), ..VerifyOutcome::default() };
    let addresses = Addresses::new(&kampus, &snapshot)?;
    addresses.ledger(&mut outcome)?;
    let mut check = Check {
        kampus: &kampus,
        snapshot: &snapshot,
        addresses,
        versions: versions(&kampus)?,
        dropped: BTreeMap::new(),
        seen: Seen::default(),
        notes: BTreeMap::new(),
        outcome,
    };
    for list in plan.people() {
        check.source(&list.id, &Input::people(list), None, progress)?;
    }
    for source in plan.sources() {
        check.source(&source.id, &Input::source(source), Some(source), progress)?;
    }
    progress(Progress::Done);
    let Check { addresses, dropped, notes, mut outcome, .. } = check;
    addresses.judge(&mut outcome)?;
    if let Some((_, run)) = ledger::last_run(&kampus)? {
        sharing::readers(&kampus, plan, &notes, run.started, &mut outcome)?;
    }
    outcome.dropped = dropped.into_values().collect();
    outcome.dropped.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.what.cmp(&b.what)));
    Ok(outcome)
}

/// The version in which the migration left each item.
fn versions(kampus: &Kampus) -> Result<HashMap<ItemId, u32>, MigrateError> {
    let mut versions = HashMap::new();
    ledger::each_record(kampus, |_, entry| {
        if let (Some(Target::Item(item)), Some(page)) = (entry.target, &entry.page)
            && matches!(entry.fate, Fate::Loaded | Fate::Updated)
        {
            versions.insert(item, page.version);
        }
        Ok(())
    })?;
    Ok(versions)
}

struct Check<'a> {
    kampus: &'a Kampus,
    snapshot: &'a Snapshot,
    addresses: Addresses<'a>,
    versions: HashMap<ItemId, u32>,
    dropped: BTreeMap<String, DroppedMarkup>,
    /// Which records of the source that is being read the ledger knows.
    seen: Seen,
    /// What the sources say of permissions.
    notes: BTreeMap<String, Notes>,
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
                self.notes_of(id).note(&record);
                let (counts, missing) = self.record(id, source, &record)?;
                equation_of(equations, record.body.kind(), counts, missing);
            }
            Err(ReadFault::Record { kind, id: refused, .. }) => {
                self.notes_of(id).note_loss();
                self.seen.note_refused(refused.as_deref());
                equation_of(equations, &kind, Counts { read: 1, rejected: 1, ..Counts::default() }, 0);
            }
            Err(ReadFault::File { .. }) => self.notes_of(id).note_loss(),
            Ok(Event::Notice { .. }) => {}
        }
        Ok(())
    }

    fn notes_of(&mut self, source: &str) -> &mut Notes {
        self.notes.entry(source.to_owned()).or_default()
    }

    /// What became of a record, and whether it is missing.
    fn record(
        &mut self,
        id: &str,
        source: Option<&Source>,
        record: &LegacyRecord,
    ) -> Result<(Counts, u64), MigrateError> {
        let mut counts = Counts { read: 1, ..Counts::default() };
        let entry = ledger::record(self.kampus, &record_key(id, &record.id))?;
        let item = entry.as_ref().and_then(|entry| match entry.target {
            // What was left behind later is still there, and nothing leads to it.
            Some(Target::Item(item)) if entry.fate != Fate::Discarded => Some(item),
            _ => None,
        });
        self.addresses.record(id, &record.id, &record.body, item, &mut self.outcome)?;
        let Some(entry) = entry else {
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
        if let Some(source) = source {
            self.content(source, record, &entry)?;
        }
        Ok((counts, 0))
    }

    fn is_there(&self, entry: &LedgerEntry) -> bool {
        match entry.target {
            Some(Target::Item(item)) => self.snapshot.untrimmed().item(item).is_some(),
            Some(Target::Person(person)) => self.snapshot.directory().person(person).is_some(),
            Some(Target::Comment(comment)) => self.snapshot.untrimmed().comment(comment).is_some(),
            // A group or a container is what it does for permissions.
            None => matches!(entry.kind.as_str(), "group" | "container"),
        }
    }
}
