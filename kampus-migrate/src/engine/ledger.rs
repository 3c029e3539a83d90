//! The ledger: what became of each record, in the store's own transactions.
//!
//! It is kept in companion records of the store, so that a record and the note that it was loaded are written
//! together or not at all. That makes a run resumable after a kill and idempotent when repeated.

use std::fmt;

use jiff::Timestamp;
use kampus_core::content::{BlobHash, Classification, Container};
use kampus_core::journal::{CompanionKey, JournalError};
use kampus_core::{CommentId, ItemId, Kampus, PersonId, Revision, Transaction};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::MigrateError;
use super::undo;
use crate::record::{LegacyStatus, LegacyTime};

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
const TARGETS: &str = "migrate.target";
/// People found only in content: key `source␟name`.
const PLACEHOLDERS: &str = "migrate.placeholder";
/// Texts merged into items: key `item␟source␟id`.
const MERGED: &str = "migrate.merged";
/// How many there are of what is numbered.
const COUNTERS: &str = "migrate.counter";

/// Versions in items: key `item␟source␟id`.
const VERSIONS: &str = "migrate.version";
/// Which of some versions is the item: key `source␟group`.
const VERSION_MAINS: &str = "migrate.version_main";

/// Separates the parts of a key; an export cannot contain it, because it is no XML character and no cell's text.
pub(super) const SEPARATOR: char = '\u{1f}';
/// How many ledger records are read at a time.
const PAGE: usize = 500;

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LedgerEntry {
    /// Hash of the record as it was read, with the decision about it.
    pub(crate) hash: BlobHash,
    /// Number of the run that did this.
    pub(crate) run: u64,
    /// What was done.
    pub(crate) fate: Fate,
    /// The kind that counts use.
    pub(crate) kind: String,
    /// Where the record stood.
    pub(crate) place: String,
    /// What names it to people.
    pub(crate) title: String,
    /// What it became, or went into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) target: Option<Target>,
    /// Why it was left behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// What people should know about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) notices: Vec<String>,
    /// What finishing has to do with it; `None` for people, comments and what was left behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<PageEntry>,
    /// A comment on a page that is merged into another one waits here until that one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) waiting_comment: Option<WaitingComment>,
    /// Its number in the order in which records came to be known, from 1; [`put_record`] gives it. What is noted of many
    /// records at a time is a set of such numbers.
    #[serde(default)]
    pub(crate) number: u32,
    /// What it was of its own before a later decision put its text into another page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<Box<LedgerEntry>>,
    /// The page that a comment is on, by its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) on: Option<String>,
    /// This run took the record from one item to another: its comments have to follow.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) moved: bool,
}

impl LedgerEntry {
    /// The item that is the record's own, and the entry that says how the migration left it: a record whose text went
    /// into another page has none, unless it had been a page of its own before.
    pub(crate) fn own(&self) -> Option<(ItemId, &Self)> {
        match (self.fate, self.target) {
            (Fate::Merged, _) => self.before.as_ref()?.own(),
            (_, Some(Target::Item(item))) => Some((item, self)),
            _ => None,
        }
    }

    /// The item into which the record's text went.
    pub(crate) fn merged_into(&self) -> Option<ItemId> {
        match (self.fate, self.target) {
            (Fate::Merged, Some(Target::Item(item))) => Some(item),
            _ => None,
        }
    }

    /// Whether it waits for another page to be found.
    pub(crate) fn waits(&self) -> bool {
        let version = self.page.as_ref().and_then(|page| page.version_entry.as_ref());
        let waits_for_item = self.fate == Fate::Merged
            && self.target.is_none()
            && version.is_some_and(|version| version.of.is_some());
        waits_for_item
            || self.waiting_comment.is_some()
            || self.page.as_ref().is_some_and(|page| page.merge_into.is_some())
    }

    /// Whether finishing has something to do with it beyond its place and its links.
    fn is_unsettled(&self) -> bool {
        self.moved || self.waits()
    }
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fate {
    /// Something new.
    Loaded,
    /// What it had become before was changed.
    Updated,
    /// It went into something else.
    Merged,
    /// It stayed behind.
    Discarded,
    /// It could not be loaded.
    Rejected,
}

/// The thing that a record became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    /// An item.
    Item(ItemId),
    /// A comment.
    Comment(CommentId),
    /// A person.
    Person(PersonId),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(id) => id.fmt(f),
            Self::Comment(id) => id.fmt(f),
            Self::Person(id) => id.fmt(f),
        }
    }
}

/// What finishing needs to know of a loaded page or file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PageEntry {
    /// The language of its text.
    pub(crate) language: kampus_core::Language,
    /// Its own clean body, before links were turned and others merged in.
    pub(crate) clean: BlobHash,
    /// Its main address, against which relative links are resolved.
    pub(crate) base: Option<String>,
    /// Whether its text has links or pictures.
    #[serde(default)]
    pub(crate) links: bool,
    /// Its addresses.
    pub(crate) addresses: Vec<String>,
    /// Id of the parent's record.
    pub(crate) parent: Option<String>,
    /// Version of the item as the migration left it: a higher one means that people have edited it.
    pub(crate) version: u32,
    /// Where it is to be merged into, as the decision says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) merge_into: Option<String>,
    /// Where the migration put it: it being elsewhere means that people have moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) placed: Option<Container>,
    /// What there is to know of it as one of several versions of a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) version_entry: Option<VersionEntry>,
    /// A file that goes where its page goes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) follows: bool,
}

/// A page that is one of several versions: of the item that they became, or to become it with others one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VersionEntry {
    /// What belongs together has the same.
    pub(crate) group: String,
    /// Id of the record whose item it goes into; none for the item's own record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) of: Option<String>,
    /// Its state at the source.
    pub(crate) status: LegacyStatus,
    /// When it comes out, if it is not out yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<LegacyTime>,
    /// The plan's target that it goes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) target: Option<String>,
    /// Its title.
    pub(crate) title: String,
    /// Its lead.
    pub(crate) lead: String,
    /// How widely it may be known.
    pub(crate) classification: Classification,
}

/// A version in an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VersionNote {
    /// The item.
    pub(crate) item: ItemId,
    /// Key of the version's ledger entry.
    pub(crate) record: String,
    /// Key of the ledger entry of the item's own record.
    pub(crate) main: String,
}

/// A comment that waits for its item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct WaitingComment {
    /// Key of the page's ledger entry.
    pub(crate) on: String,
    /// Who wrote it.
    pub(crate) author: PersonId,
    /// When.
    pub(crate) created: Timestamp,
    /// The text.
    pub(crate) body: String,
    /// Whether everybody sees it.
    pub(crate) state: kampus_core::content::CommentState,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RunEntry {
    /// When it began; what it writes carries this time, so that a run which was interrupted leaves no trace of it.
    pub(crate) started: Timestamp,
    /// Which plan, by its hash: only the same plan is gone on with.
    pub(crate) plan: BlobHash,
    /// The store's revision before it: what others did later is in the journal after that.
    pub(crate) after: Revision,
    /// How far it is.
    pub(crate) state: RunState,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RunState {
    /// It did not come to its end, yet.
    Begun,
    /// It came to its end.
    Finished,
    /// It is being taken back.
    RollingBack,
    /// It was taken back.
    RolledBack,
}

/// An old address and the item that is now there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AddressEntry {
    /// As the source wrote it.
    pub(crate) address: String,
    /// Where it leads.
    pub(crate) item: ItemId,
}

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

/// A glance at every record of a source, ordered by id.
pub(crate) fn each_glance(
    store: &Kampus,
    source: &str,
    visit: impl FnMut(&str, Glance) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    each(store, RECORDS, &record_key(source, ""), visit)
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
pub(crate) fn put_host(into: &mut Transaction<'_>, host: &str) -> Result<(), MigrateError> {
    if is_old_host(into, host)? { Ok(()) } else { put(into, HOSTS, host, &true) }
}

/// The last run with its number.
pub(crate) fn last_run(store: &Kampus) -> Result<Option<(u64, RunEntry)>, MigrateError> {
    let mut last = None;
    each(store, RUNS, "", |key, entry| {
        last = key.parse().ok().map(|number| (number, entry));
        Ok(())
    })?;
    Ok(last)
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

/// Which of some versions is the item, by the id of its record.
pub(crate) fn version_main(
    from: &impl Companions,
    source: &str,
    group: &str,
) -> Result<Option<String>, MigrateError> {
    get(from, VERSION_MAINS, &record_key(source, group))
}

/// Notes which of some versions is the item.
pub(crate) fn put_version_main(
    into: &mut Transaction<'_>,
    source: &str,
    group: &str,
    main: &str,
) -> Result<(), MigrateError> {
    put(into, VERSION_MAINS, &record_key(source, group), &main)
}
