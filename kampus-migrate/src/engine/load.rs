//! One record into the store.

mod author;
mod item;
mod shape;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use kampus_core::content::{BlobHash, Container};
use kampus_core::{OrganisationId, PersonId, SectionId, Transaction};

use super::comments;
use super::conflict::Contest;
use super::error::MigrateError;
use super::later;
use super::ledger::{self, Fate, LedgerEntry, record_key};
use super::people::People;
use super::places;
use super::prepare::Prepared;
use super::route::Route;
use super::ruling::Ruling;
use super::sharing;
use super::tally::Account;
use super::versions::Joins;
use crate::plan::{CheckedPlan, Source};
use crate::record::{LegacyBody, LegacyRecord, LegacyTime};

/// Why a record was not loaded; the run goes on.
pub(super) type Rejected = String;

/// What loading a record gives: its ledger entry, or why there is none.
pub(super) type Loaded = Result<Result<LedgerEntry, Rejected>, MigrateError>;

/// Loads the records of one source.
pub(super) struct Loader<'a> {
    pub(super) plan: &'a CheckedPlan,
    pub(super) source: &'a Source,
    pub(super) run: u64,
    pub(super) started: Timestamp,
    pub(super) section: SectionId,
    pub(super) organisation: OrganisationId,
    pub(super) people: &'a mut People,
    pub(super) joins: &'a Joins,
    pub(super) account: &'a mut Account,
    pub(super) contest: &'a Contest<'a>,
    pub(super) recent: &'a mut Recent,
}

/// What a source says over and over again, looked up once.
#[derive(Debug, Default)]
pub(super) struct Recent {
    /// People by the word for them.
    authors: HashMap<String, PersonId>,
    /// Hosts that are noted as those of an old intranet.
    hosts: HashSet<String>,
}

/// A record with what was worked out about it.
pub(super) struct Fresh<'r> {
    pub(super) record: &'r LegacyRecord,
    pub(super) hash: BlobHash,
    pub(super) previous: Option<LedgerEntry>,
    pub(super) merge_into: Option<String>,
    pub(super) route: &'r Route,
}

impl Loader<'_> {
    /// Takes a record in: unchanged, loaded, updated, left behind or rejected, and accounted for. Tells whether it was
    /// new to the ledger, or other than it was.
    pub(super) fn take(
        &mut self,
        tx: &mut Transaction<'_>,
        mut prepared: Prepared,
    ) -> Result<bool, MigrateError> {
        self.account.notes.note(&prepared.record);
        let key = record_key(&self.source.id, &prepared.record.id);
        let previous = ledger::record(tx, &key)?;
        if let Some(entry) = previous.as_ref().filter(|entry| entry.hash == prepared.hash)
            && entry.fate != Fate::Rejected
        {
            self.settle(entry)?;
            return Ok(false);
        }
        let was_known = previous.as_ref().is_some_and(|entry| entry.own().is_some());
        let had_target = previous.as_ref().is_some_and(|entry| entry.target.is_some());
        let loaded = self.load(tx, &mut prepared, previous)?;
        let record = &prepared.record;
        match loaded {
            Ok(entry) => {
                sharing::close(tx, self.contest, self.run, record, (&entry, was_known))?;
                ledger::put_record(tx, &key, &entry)?;
                self.settle(&entry)?;
            }
            Err(reason) => {
                // A note that it was rejected must not take the place of what it became before.
                if !had_target {
                    ledger::put_record(tx, &key, &self.rejected(&prepared, &reason))?;
                }
                self.account.reject(record.body.kind(), &record.place, Some(&record.id), reason);
            }
        }
        Ok(true)
    }

    /// Accounts for an entry; what waits for a page that is merged is settled when that is done.
    fn settle(&mut self, entry: &LedgerEntry) -> Result<(), MigrateError> {
        if entry.waits() { Ok(()) } else { self.account.settle(entry) }
    }

    fn load(
        &mut self,
        tx: &mut Transaction<'_>,
        prepared: &mut Prepared,
        previous: Option<LedgerEntry>,
    ) -> Loaded {
        let text = prepared.take_text();
        let Prepared { record, hash, route, .. } = &*prepared;
        let mut fresh = Fresh { record, hash: *hash, previous, merge_into: None, route };
        match &route.ruling {
            Ruling::Impossible(reason) => return Ok(Err(reason.clone())),
            Ruling::Discard(reason) => return later::discard(self, tx, &fresh, reason.clone()),
            Ruling::Merge(into) => fresh.merge_into = Some(into.clone()),
            Ruling::Keep => {}
        }
        match &fresh.record.body {
            LegacyBody::Page(page) => self.page(tx, &fresh, page, text),
            LegacyBody::File(file) => self.file(tx, &fresh, file, text),
            LegacyBody::Comment(comment) => comments::load(self, tx, &fresh, comment, text),
            LegacyBody::Person(person) => self.person(tx, &fresh, person),
            LegacyBody::Group(_) | LegacyBody::Container(_) => {
                // What it says of permissions is carried out when all is known.
                Ok(Ok(self.entry(&fresh, Fate::Merged, title_of(fresh.record))))
            }
            LegacyBody::Redirect { from, to } => Ok(Ok(self.redirect(&fresh, from, to))),
            LegacyBody::Chrome { what } => Ok(Err(format!("`{what}` is no content"))),
        }
    }

    /// An entry for this record, with nothing but where it stands.
    pub(super) fn entry(&self, fresh: &Fresh<'_>, fate: Fate, title: &str) -> LedgerEntry {
        LedgerEntry::new(fresh.record, fresh.hash, self.run, fate, title)
    }

    /// The key of a record of this source.
    pub(super) fn key(&self, record: &LegacyRecord) -> String {
        record_key(&self.source.id, &record.id)
    }

    fn rejected(&self, prepared: &Prepared, reason: &str) -> LedgerEntry {
        let Prepared { record, hash, route, .. } = prepared;
        let fresh = Fresh { record, hash: *hash, previous: None, merge_into: None, route };
        let mut entry = self.entry(&fresh, Fate::Rejected, title_of(record));
        entry.reason = Some(reason.to_owned());
        entry
    }

    /// A moment of the source; what it does not date is dated by the run.
    pub(super) fn moment(&self, time: Option<LegacyTime>) -> Timestamp {
        match time {
            Some(LegacyTime::Instant(at)) => at,
            Some(LegacyTime::Local(wall)) => {
                // A wall clock that was set back shows some times twice: the first is meant as often as not.
                wall.to_zoned_datetime(self.source.time_zone.clone())
                    .map_or(self.started, |zoned| zoned.timestamp())
            }
            None => self.started,
        }
    }

    /// The section or workspace that a record's route leads to. What is merged into another page needs none.
    fn container(&self, tx: &mut Transaction<'_>, fresh: &Fresh<'_>) -> Result<Container, MigrateError> {
        let target = fresh.route.target.as_deref().filter(|_| fresh.merge_into.is_none());
        match target.and_then(|id| self.plan.target(id)) {
            Some(target) => places::container(tx, self.plan, target),
            None => Ok(Container::Section(self.section)),
        }
    }
}

/// What this run made, it did not update.
pub(super) fn fate_again(before: &LedgerEntry, run: u64) -> Fate {
    if before.run == run && before.fate == Fate::Loaded { Fate::Loaded } else { Fate::Updated }
}

pub(super) fn title_of(record: &LegacyRecord) -> &str {
    match &record.body {
        LegacyBody::Page(page) => &page.title,
        LegacyBody::File(file) if file.title.is_empty() => &file.name,
        LegacyBody::File(file) => &file.title,
        LegacyBody::Comment(comment) => &comment.author_name,
        LegacyBody::Person(person) => &person.display_name,
        LegacyBody::Group(group) => &group.name,
        LegacyBody::Container(container) => &container.title,
        LegacyBody::Redirect { from, .. } => from,
        LegacyBody::Chrome { what } => what,
    }
}
