//! The ledger: what became of each record, in the store's own transactions.
//!
//! It is kept in companion records of the store, so that a record and the note that it was loaded are written
//! together or not at all. That makes a run resumable after a kill and idempotent when repeated.

mod entry;

use kampus_core::content::Container;
use kampus_core::journal::{CompanionKey, JournalError};
use kampus_core::{ItemId, Kampus, PersonId, Transaction};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub(crate) use entry::{
    AddressEntry, Fate, LedgerEntry, PageEntry, RunEntry, RunState, Target, VersionEntry, VersionNote,
    WaitingComment,
};

use super::error::MigrateError;
use super::undo;

/// What became of each record: key `source␟id`.
const RECORDS: &str = "migrate.record";
/// Keys of the records that finishing has to settle.
const UNSETTLED: &str = "migrate.unsettled";
/// Old addresses: key is the address in its compared form.
const ADDRESSES: &str = "migrate.address";
/// Hosts of the old intranets.
const HOSTS: &str = "migrate.host";
/// Runs by number.
const RUNS: &str = "migrate.run";
/// Sections that sources were loaded into, and what the plan's targets became.
pub(super) const TARGETS: &str = "migrate.target";
/// People found only in content: key `source␟name`.
pub(super) const PLACEHOLDERS: &str = "migrate.placeholder";
/// Texts merged into items: key `item␟source␟id`.
const MERGED: &str = "migrate.merged";
/// How many there are of what is numbered.
const COUNTERS: &str = "migrate.counter";
/// Versions in items: key `item␟source␟id`.
const VERSIONS: &str = "migrate.version";
/// Which of some versions is the item: key `source␟group`.
pub(super) const VERSION_MAINS: &str = "migrate.version_main";
/// Separates the parts of a key; an export cannot contain it, because it is no XML character and no cell's text.
pub(super) const SEPARATOR: char = '\u{1f}';
/// How many ledger records are read at a time.
const PAGE: usize = 500;

/// The key of a record's entry.
pub(crate) fn record_key(source: &str, id: &str) -> String {
    format!("{source}{SEPARATOR}{id}")
}

/// The parts of a record's key.
pub(crate) fn split_key(key: &str) -> (&str, &str) {
    key.split_once(SEPARATOR).unwrap_or((key, ""))
}

/// Reads from what is committed, or from a transaction under way.
pub(crate) trait Companions {
    /// A companion record.
    fn read(&self, key: &CompanionKey) -> Result<Option<Vec<u8>>, JournalError>;
}

impl Companions for Kampus {
    fn read(&self, key: &CompanionKey) -> Result<Option<Vec<u8>>, JournalError> {
        self.companion(key)
    }
}

impl Companions for Transaction<'_> {
    fn read(&self, key: &CompanionKey) -> Result<Option<Vec<u8>>, JournalError> {
        self.companion(key)
    }
}

pub(super) fn get<T: DeserializeOwned>(
    from: &impl Companions,
    space: &str,
    key: &str,
) -> Result<Option<T>, MigrateError> {
    let key = CompanionKey::new(space, key);
    from.read(&key)?.map(|bytes| decode(&key.key, &bytes)).transpose()
}

pub(super) fn decode<T: DeserializeOwned>(key: &str, bytes: &[u8]) -> Result<T, MigrateError> {
    serde_json::from_slice(bytes).map_err(|source| MigrateError::Ledger { key: key.to_owned(), source })
}

pub(super) fn put(
    into: &mut Transaction<'_>,
    space: &str,
    key: &str,
    value: &impl Serialize,
) -> Result<(), MigrateError> {
    let bytes =
        serde_json::to_vec(value).map_err(|source| MigrateError::Ledger { key: key.to_owned(), source })?;
    into.put_companion(CompanionKey::new(space, key), Some(bytes));
    Ok(())
}

pub(super) fn remove(from: &mut Transaction<'_>, space: &str, key: &str) {
    from.put_companion(CompanionKey::new(space, key), None);
}

/// Hands every entry of a space to `visit`, page by page, so that memory does not grow with the ledger.
pub(super) fn each<T: DeserializeOwned>(
    store: &Kampus,
    space: &str,
    prefix: &str,
    mut visit: impl FnMut(&str, T) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    let mut after = prefix.to_owned();
    loop {
        let page = store.companions(space, &after, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        let last = last.clone();
        for (key, value) in &page {
            if !key.starts_with(prefix) {
                return Ok(());
            }
            visit(key, decode(key, value)?)?;
        }
        after = last;
    }
}

/// What became of a record, if it is known.
pub(crate) fn record(from: &impl Companions, key: &str) -> Result<Option<LedgerEntry>, MigrateError> {
    get(from, RECORDS, key)
}

/// Notes what became of a record. What an earlier run had noted goes into the [undo log](super::undo).
pub(crate) fn put_record(
    into: &mut Transaction<'_>,
    key: &str,
    entry: &LedgerEntry,
) -> Result<(), MigrateError> {
    let before = record(into, key)?;
    if before.as_ref() == Some(entry) {
        return Ok(());
    }
    if let Some(before) = &before {
        undo::keep_entry(into, entry.run, key, before)?;
    }
    let was_unsettled = before.as_ref().is_some_and(LedgerEntry::is_unsettled);
    match entry.is_unsettled() {
        true => put(into, UNSETTLED, key, &())?,
        false if was_unsettled => remove(into, UNSETTLED, key),
        false => {}
    }
    let known = before.map(|before| before.number).filter(|number| *number > 0);
    let number = match known {
        Some(number) => number,
        None => next_number(into)?,
    };
    put(into, RECORDS, key, &LedgerEntry { number, ..entry.clone() })
}

/// Puts a record's entry back as it was, or forgets the record; nothing is noted of that.
pub(crate) fn restore_record(
    into: &mut Transaction<'_>,
    key: &str,
    entry: Option<&LedgerEntry>,
) -> Result<(), MigrateError> {
    match entry {
        Some(entry) if entry.is_unsettled() => put(into, UNSETTLED, key, &())?,
        _ => remove(into, UNSETTLED, key),
    }
    match entry {
        Some(entry) => put(into, RECORDS, key, entry)?,
        None => remove(into, RECORDS, key),
    }
    Ok(())
}

/// The number of a record that was not known before.
fn next_number(into: &mut Transaction<'_>) -> Result<u32, MigrateError> {
    let number = get::<u32>(into, COUNTERS, "record")?.unwrap_or_default().saturating_add(1);
    put(into, COUNTERS, "record", &number)?;
    Ok(number)
}

/// As much of a record's entry as it takes to see whether it is of interest: entries are many and long.
#[derive(Debug, Deserialize)]
pub(crate) struct Glance {
    pub(crate) run: u64,
    pub(crate) fate: Fate,
    #[serde(default)]
    pub(crate) target: Option<Target>,
    #[serde(default)]
    pub(crate) number: u32,
}

/// A glance at every record of a source, or of all when it is not said which, ordered by id.
pub(crate) fn each_glance(
    store: &Kampus,
    source: Option<&str>,
    visit: impl FnMut(&str, Glance) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    let prefix = source.map_or_else(String::new, |source| record_key(source, ""));
    each(store, RECORDS, &prefix, visit)
}

/// The records that finishing has to settle, ordered by source and id: few, however many there are in all.
pub(crate) fn each_unsettled(
    store: &Kampus,
    mut visit: impl FnMut(&str, LedgerEntry) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    each(store, UNSETTLED, "", |key, ()| match record(store, key)? {
        Some(entry) => visit(key, entry),
        None => Ok(()),
    })
}

/// Every record of the ledger, ordered by source and id.
pub(crate) fn each_record(
    store: &Kampus,
    visit: impl FnMut(&str, LedgerEntry) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    each(store, RECORDS, "", visit)
}

/// Where an address leads now; `address` in its compared form.
pub(crate) fn address(from: &impl Companions, address: &str) -> Result<Option<AddressEntry>, MigrateError> {
    get(from, ADDRESSES, address)
}

/// Notes where an address leads.
pub(crate) fn put_address(
    into: &mut Transaction<'_>,
    compared: &str,
    entry: &AddressEntry,
) -> Result<(), MigrateError> {
    put(into, ADDRESSES, compared, entry)
}

/// Forgets where an address leads.
pub(crate) fn remove_address(from: &mut Transaction<'_>, compared: &str) {
    remove(from, ADDRESSES, compared);
}

/// Every old address, with its compared form.
pub(crate) fn each_address(
    store: &Kampus,
    visit: impl FnMut(&str, AddressEntry) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    each(store, ADDRESSES, "", visit)
}

/// Whether a host is one of the old intranets'.
pub(crate) fn is_old_host(from: &impl Companions, host: &str) -> Result<bool, MigrateError> {
    Ok(get::<bool>(from, HOSTS, host)?.is_some())
}

/// Notes a host of an old intranet.
pub(crate) fn put_host(into: &mut Transaction<'_>, run: u64, host: &str) -> Result<(), MigrateError> {
    if is_old_host(into, host)? {
        return Ok(());
    }
    undo::keep_host(into, run, host)?;
    put(into, HOSTS, host, &true)
}

/// Forgets a host.
pub(crate) fn remove_host(from: &mut Transaction<'_>, host: &str) {
    remove(from, HOSTS, host);
}

/// All runs with their numbers, in their order.
pub(crate) fn runs(store: &Kampus) -> Result<Vec<(u64, RunEntry)>, MigrateError> {
    let mut runs = Vec::new();
    each(store, RUNS, "", |key, entry| {
        runs.extend(key.parse().ok().map(|number| (number, entry)));
        Ok(())
    })?;
    Ok(runs)
}

/// Notes a run.
pub(crate) fn put_run(into: &mut Transaction<'_>, number: u64, entry: &RunEntry) -> Result<(), MigrateError> {
    put(into, RUNS, &format!("{number:010}"), entry)
}

/// The section that a source was loaded into, or what a target became.
pub(crate) fn target(from: &impl Companions, key: &str) -> Result<Option<Container>, MigrateError> {
    get(from, TARGETS, key)
}

/// Notes the section that a source is loaded into, or what a target became.
pub(crate) fn put_target(
    into: &mut Transaction<'_>,
    key: &str,
    container: Container,
) -> Result<(), MigrateError> {
    put(into, TARGETS, key, &container)
}

/// The placeholder for a name found in a source's content.
pub(crate) fn placeholder(
    from: &impl Companions,
    source: &str,
    name: &str,
) -> Result<Option<PersonId>, MigrateError> {
    get(from, PLACEHOLDERS, &record_key(source, name))
}

/// Notes a placeholder.
pub(crate) fn put_placeholder(
    into: &mut Transaction<'_>,
    source: &str,
    name: &str,
    person: PersonId,
) -> Result<(), MigrateError> {
    put(into, PLACEHOLDERS, &record_key(source, name), &person)
}

/// Every placeholder, with the source whose content names it.
pub(crate) fn each_placeholder(
    store: &Kampus,
    mut visit: impl FnMut(&str, PersonId) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    each(store, PLACEHOLDERS, "", |key, person| visit(split_key(key).0, person))
}

/// Notes that a record's text went into an item.
pub(crate) fn put_merged(into: &mut Transaction<'_>, item: ItemId, record: &str) -> Result<(), MigrateError> {
    put(into, MERGED, &record_key(&item.to_string(), record), &record)
}

/// Whether any text went into an item.
pub(crate) fn has_merged(store: &Kampus) -> Result<bool, MigrateError> {
    Ok(!store.companions(MERGED, "", 1)?.is_empty())
}

/// Forgets that a record's text went into an item.
pub(crate) fn remove_merged(from: &mut Transaction<'_>, item: ItemId, record: &str) {
    remove(from, MERGED, &record_key(&item.to_string(), record));
}

/// Keys of the records whose texts went into an item.
pub(crate) fn merged_into(store: &Kampus, item: ItemId) -> Result<Vec<String>, MigrateError> {
    let mut records = Vec::new();
    each(store, MERGED, &record_key(&item.to_string(), ""), |_, record: String| {
        records.push(record);
        Ok(())
    })?;
    Ok(records)
}

/// Notes that a version's text is to stand in an item.
pub(crate) fn put_version(into: &mut Transaction<'_>, note: &VersionNote) -> Result<(), MigrateError> {
    put(into, VERSIONS, &record_key(&note.item.to_string(), &note.record), note)
}

/// Forgets a version that is in its item no more.
pub(crate) fn remove_version(from: &mut Transaction<'_>, note: &VersionNote) {
    remove(from, VERSIONS, &record_key(&note.item.to_string(), &note.record));
}

/// The versions in an item.
pub(crate) fn versions_of(store: &Kampus, item: ItemId) -> Result<Vec<VersionNote>, MigrateError> {
    let mut notes = Vec::new();
    each(store, VERSIONS, &record_key(&item.to_string(), ""), |_, note: VersionNote| {
        notes.push(note);
        Ok(())
    })?;
    Ok(notes)
}

/// Every version in an item, ordered by item.
pub(crate) fn each_version(
    store: &Kampus,
    mut visit: impl FnMut(VersionNote) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    each(store, VERSIONS, "", |_, note| visit(note))
}

/// Which of some versions is the item, by the id of its record; `group` with its source before it.
pub(crate) fn version_main(from: &impl Companions, group: &str) -> Result<Option<String>, MigrateError> {
    get(from, VERSION_MAINS, group)
}

/// Notes which of some versions is the item.
pub(crate) fn put_version_main(
    into: &mut Transaction<'_>,
    run: u64,
    group: &str,
    main: &str,
) -> Result<(), MigrateError> {
    let before = version_main(into, group)?;
    if before.as_deref() == Some(main) {
        return Ok(());
    }
    undo::keep_main(into, run, group, before.as_ref())?;
    put(into, VERSION_MAINS, group, &main)
}
