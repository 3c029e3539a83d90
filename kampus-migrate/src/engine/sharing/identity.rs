//! Whom a word means, for certain: a wrong guess at an author is a nuisance, at a reader it is a leak.

use kampus_core::{Kampus, OrganisationId, PersonId, Snapshot, Transaction};

use super::super::error::MigrateError;
use super::super::ledger::{self, Target, record_key};
use super::super::people::People;
use crate::record::LegacyPerson;

/// People of sources who were found by their e-mail addresses: key `source␟id`.
const FOUND: &str = "migrate.found";

/// Notes how the person of a source's record was found.
pub(crate) fn note_identity(
    tx: &mut Transaction<'_>,
    people: &People,
    key: &str,
    person: &LegacyPerson,
    found: PersonId,
) -> Result<(), MigrateError> {
    let by_email = person.email.as_deref().is_some_and(|email| people.with_email(email) == Some(found));
    if by_email && ledger::get::<PersonId>(tx, FOUND, key)? != Some(found) {
        ledger::put(tx, FOUND, key, &found)?;
    }
    Ok(())
}

/// Where words are looked up.
pub(super) struct Identities<'a> {
    pub(super) store: &'a Kampus,
    pub(super) snapshot: &'a Snapshot,
    pub(super) people: &'a People,
}

impl Identities<'_> {
    /// The person of a record. Somebody elsewhere in the Government who only has the same name or log-in is not certain.
    pub(super) fn of_record(
        &self,
        source: &str,
        id: &str,
        organisation: Option<OrganisationId>,
    ) -> Result<Option<PersonId>, MigrateError> {
        let key = record_key(source, id);
        let entry = ledger::record(self.store, &key)?;
        let Some(Target::Person(found)) = entry.and_then(|entry| entry.target) else { return Ok(None) };
        let directory = self.snapshot.directory();
        let stands_in = directory.person(found).is_some_and(|person| person.placeholder);
        // A row of a list of people is the person.
        let is_certain = organisation.is_none()
            || stands_in
            || self.is_of(found, organisation)
            || ledger::get::<PersonId>(self.store, FOUND, &key)? == Some(found);
        Ok(directory.claimant(found).filter(|_| is_certain))
    }

    /// Whom a word means: an e-mail address, or a log-in or a whole name of the source's own organisation.
    pub(super) fn called(
        &self,
        source: &str,
        word: &str,
        organisation: Option<OrganisationId>,
    ) -> Result<Option<PersonId>, MigrateError> {
        let directory = self.snapshot.directory();
        if let Some(found) = self.people.with_email(word) {
            return Ok(directory.claimant(found));
        }
        let key = word.trim().to_lowercase();
        if let Some(found) = ledger::placeholder(self.store, source, &key)? {
            return Ok(directory.claimant(found));
        }
        let found = self.people.called(word).filter(|found| self.is_of(*found, organisation));
        Ok(found.and_then(|found| directory.claimant(found)))
    }

    /// Whether somebody is at home in the organisation.
    fn is_of(&self, person: PersonId, organisation: Option<OrganisationId>) -> bool {
        let directory = self.snapshot.directory();
        let home = directory.person(person).and_then(|person| person.home);
        match (home, organisation) {
            (Some(home), Some(organisation)) => directory.is_within(home, organisation),
            _ => false,
        }
    }
}
