//! The ledger: what became of each record, in the store's own transactions.
//!
//! It is kept in companion records of the store, so that a record and the note that it was loaded are written
//! together or not at all. That makes a run resumable after a kill and idempotent when repeated.

use jiff::Timestamp;
use kampus_core::content::{BlobHash, Container};
use kampus_core::journal::{CompanionKey, JournalError};
use kampus_core::{CommentId, ItemId, Kampus, PersonId, Transaction};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::MigrateError;

/// What became of each record: key `source␟id`.
const RECORDS: &str = "migrate.record";
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

/// Separates the parts of a key; an export cannot contain it, because it is no XML character and no cell's text.
const SEPARATOR: char = '\u{1f}';
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
}

impl LedgerEntry {
    /// Whether it waits for another page to be found.
    pub(crate) fn waits(&self) -> bool {
        self.waiting_comment.is_some() || self.page.as_ref().is_some_and(|page| page.merge_into.is_some())
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
    /// A file that goes where its page goes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) follows: bool,
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
    /// Whether it came to its end.
    pub(crate) finished: bool,
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

fn get<T: DeserializeOwned>(
    from: &impl Companions,
    space: &str,
    key: &str,
) -> Result<Option<T>, MigrateError> {
    let key = CompanionKey::new(space, key);
    from.read(&key)?.map(|bytes| decode(&key.key, &bytes)).transpose()
}

fn decode<T: DeserializeOwned>(key: &str, bytes: &[u8]) -> Result<T, MigrateError> {
    serde_json::from_slice(bytes).map_err(|source| MigrateError::Ledger { key: key.to_owned(), source })
}

fn put(
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

/// Hands every entry of a space to `visit`, page by page, so that memory does not grow with the ledger.
fn each<T: DeserializeOwned>(
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

/// Notes what became of a record.
pub(crate) fn put_record(
    into: &mut Transaction<'_>,
    key: &str,
    entry: &LedgerEntry,
) -> Result<(), MigrateError> {
    put(into, RECORDS, key, entry)
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

/// Every old address.
pub(crate) fn each_address(
    store: &Kampus,
    mut visit: impl FnMut(AddressEntry) -> Result<(), MigrateError>,
) -> Result<(), MigrateError> {
    each(store, ADDRESSES, "", |_, entry| visit(entry))
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

/// How many placeholders there are.
pub(crate) fn count_placeholders(store: &Kampus) -> Result<u64, MigrateError> {
    let mut count = 0;
    each(store, PLACEHOLDERS, "", |_, _: PersonId| {
        count += 1;
        Ok(())
    })?;
    Ok(count)
}

/// Notes that a record's text went into an item.
pub(crate) fn put_merged(into: &mut Transaction<'_>, item: ItemId, record: &str) -> Result<(), MigrateError> {
    put(into, MERGED, &record_key(&item.to_string(), record), &record)
}

/// Whether any text went into an item.
pub(crate) fn has_merged(store: &Kampus) -> Result<bool, MigrateError> {
    Ok(!store.companions(MERGED, "", 1)?.is_empty())
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
