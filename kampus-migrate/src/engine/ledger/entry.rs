//! What the ledger notes: of records, of pages among them, of addresses and of runs.

use std::fmt;

use jiff::Timestamp;
use kampus_core::content::{BlobHash, Classification, Container};
use kampus_core::{CommentId, ItemId, PersonId, Revision};
use serde::{Deserialize, Serialize};

use crate::record::{LegacyRecord, LegacyStatus, LegacyTime};

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
    /// Its number in the order in which records came to be known, from 1; [`put_record`](super::put_record) gives it. What is noted of many
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
    /// What a run did with a record, with nothing but where that stands.
    pub(crate) fn new(record: &LegacyRecord, hash: BlobHash, run: u64, fate: Fate, title: &str) -> Self {
        Self {
            hash,
            run,
            fate,
            kind: record.body.kind().to_owned(),
            place: record.place.to_string(),
            title: title.to_owned(),
            target: None,
            reason: None,
            notices: Vec::new(),
            page: None,
            waiting_comment: None,
            number: 0,
            before: None,
            on: None,
            moved: false,
        }
    }

    /// The item that is the record's own, and the entry that says how the migration left it: a record whose text went
    /// into another page has none, unless it had been a page of its own before.
    pub(crate) fn own(&self) -> Option<(ItemId, &Self)> {
        match (self.fate, self.target) {
            (Fate::Merged, _) => self.before.as_ref()?.own(),
            (_, Some(Target::Item(item))) => Some((item, self)),
            _ => None,
        }
    }

    /// What finishing needs to know of the item that is the record's own.
    pub(crate) fn own_page_mut(&mut self) -> Option<&mut PageEntry> {
        match self.fate {
            Fate::Merged => self.before.as_deref_mut()?.own_page_mut(),
            _ => self.page.as_mut(),
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
    pub(super) fn is_unsettled(&self) -> bool {
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
    /// When it began to be taken back; what that writes carries this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) taken_back: Option<Timestamp>,
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
