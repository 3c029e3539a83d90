//! Lists of people.

use std::collections::HashMap;

use kampus_core::Transaction;
use kampus_core::content::BlobHash;

use super::super::Progress;
use super::super::error::MigrateError;
use super::super::ledger::{self, Fate, LedgerEntry, Target, record_key};
use super::super::people::{self, Admitted, People};
use super::super::source::{self, Input};
use super::super::tally::Account;
use crate::format::{Event, ReadFault};
use crate::plan::PeopleList;
use crate::record::{LegacyBody, LegacyRecord};

use super::{Batches, Context, ReadSource};

pub(super) fn load_people(
    cx: &Context<'_>,
    list: &PeopleList,
    people: &mut People,
    accounts: &mut HashMap<String, Account>,
    progress: &mut dyn FnMut(Progress),
) -> Result<ReadSource, MigrateError> {
    let mut account = Account::new(&list.id, cx.run);
    let mut batches = Batches::new(cx);
    let input = Input::people(list);
    let (format, stopped) = source::each(&input, progress, |event| {
        match event {
            Ok(Event::Record(record)) => {
                take_person(cx, batches.tx(), &list.id, &record, people, &mut account)?;
                batches.step()?;
            }
            Ok(Event::Notice { place, text }) => account.notice(place.to_string(), text)?,
            Err(ReadFault::Record { place, id, kind, reason }) => {
                account.notes.note_loss();
                account.reject(&kind, &place, id.as_deref(), reason);
            }
            Err(ReadFault::File { .. }) => account.notes.note_loss(),
        }
        Ok(())
    })?;
    batches.commit()?;
    accounts.insert(list.id.clone(), account);
    let shown = list.shown.clone();
    Ok(ReadSource { source: list.id.clone(), organisation: None, format, path: shown, stopped })
}

/// One row of a people list.
fn take_person(
    cx: &Context<'_>,
    tx: &mut Transaction<'_>,
    source: &str,
    record: &LegacyRecord,
    people: &mut People,
    account: &mut Account,
) -> Result<(), MigrateError> {
    account.notes.note(record);
    let key = record_key(source, &record.id);
    let bytes = serde_json::to_vec(&record.body)
        .map_err(|source| MigrateError::Ledger { key: key.clone(), source })?;
    let hash = BlobHash::of(&bytes);
    let previous = ledger::record(tx, &key)?;
    if let Some(entry) = previous.as_ref().filter(|entry| entry.hash == hash && entry.fate != Fate::Rejected)
    {
        account.settle(entry)?;
        return Ok(());
    }
    let person = match &record.body {
        LegacyBody::Person(person) => person,
        // Who is in it is carried out when everybody is known.
        LegacyBody::Group(_) => {
            let entry = person_entry(cx, record, hash, Fate::Merged, None, None);
            ledger::put_record(tx, &key, &entry)?;
            account.settle(&entry)?;
            return Ok(());
        }
        _ => {
            account.reject(record.body.kind(), &record.place, Some(&record.id), "it is no person".to_owned());
            return Ok(());
        }
    };
    let known = previous.as_ref().and_then(|entry| match entry.target {
        Some(Target::Person(id)) => Some(id),
        _ => None,
    });
    let (id, fate) = match people::admit(tx, people, person, known)? {
        Err(reason) => {
            if known.is_none() {
                let entry = person_entry(cx, record, hash, Fate::Rejected, None, Some(reason.clone()));
                ledger::put_record(tx, &key, &entry)?;
            }
            account.reject("person", &record.place, Some(&record.id), reason);
            return Ok(());
        }
        Ok(Admitted::New(id)) => (id, Fate::Loaded),
        Ok(Admitted::Updated(id)) if previous.is_some() => (id, Fate::Updated),
        Ok(Admitted::Updated(id) | Admitted::Known(id)) => (id, Fate::Merged),
    };
    let mut entry = person_entry(cx, record, hash, fate, Some(Target::Person(id)), None);
    for placeholder in people.claim_for(tx, id, person)? {
        entry.notices.push(format!("{placeholder} stood in for this person until now: {id} has what it had"));
    }
    ledger::put_record(tx, &key, &entry)?;
    account.settle(&entry)?;
    Ok(())
}

fn person_entry(
    cx: &Context<'_>,
    record: &LegacyRecord,
    hash: BlobHash,
    fate: Fate,
    target: Option<Target>,
    reason: Option<String>,
) -> LedgerEntry {
    // Who it is stands in the profile store, which can be erased, and not in the ledger.
    LedgerEntry { target, reason, ..LedgerEntry::new(record, hash, cx.run, fate, &record.id) }
}
