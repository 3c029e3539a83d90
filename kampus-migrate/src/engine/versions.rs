//! Versions of one page in several languages become one item with a text in each.
//!
//! Who belongs together is known only when a whole source has been read, so it is read twice where a plan tells
//! versions: [`gather`] finds the groups and decides which version is the item and which go into it. The second reading
//! loads as ever, and finishing puts the texts of the others into the item. What is narrower than the item stays
//! apart.

mod claim;
mod elect;
mod gather;
mod load;
mod texts;

use std::collections::HashMap;

use kampus_core::{ItemId, Language};

pub(super) use claim::marked;
pub(super) use gather::{Gathering, gather};
pub(super) use load::{entry, join_waiting, keep, load};
pub(super) use texts::write;

use self::claim::Claim;
use self::elect::Part;
use super::ledger::{Fate, LedgerEntry, Target};
use super::route::Route;
use super::ruling::Ruling;
use crate::plan::Versions;
use crate::record::{LegacyBody, LegacyRecord};

/// Where a page stands among its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Membership {
    /// What the ledger knows the versions by.
    pub(crate) group: String,
    /// The id of the record whose item it goes into; none for the item itself.
    pub(crate) of: Option<String>,
}

/// The versions of a source that belong together.
#[derive(Debug, Default)]
pub(super) struct Joins {
    by: Option<Versions>,
    /// Of pages that have others beside them: their groups and parts.
    parts: HashMap<Box<str>, (u128, Part)>,
    /// The versions that go into each item, by the id of its own record.
    of: HashMap<Box<str>, Vec<(Language, Box<str>)>>,
}

impl Joins {
    /// Says in a route where its page stands among its versions.
    pub(super) fn apply(&self, record: &LegacyRecord, route: &mut Route) {
        let (Some(by), LegacyBody::Page(page), Ruling::Keep) = (&self.by, &record.body, &route.ruling) else {
            return;
        };
        let membership = |group: u128, of: Option<String>| Some(Membership { group: named(group), of });
        match self.parts.get(record.id.as_str()) {
            Some((group, Part::Main)) => route.version = membership(*group, None),
            Some((group, Part::Of(main))) => route.version = membership(*group, Some(main.to_string())),
            Some((_, Part::Apart(why))) => route.notices.push(why.clone()),
            None => {
                route.version = match claim::of(page, by) {
                    Some(Claim::Group(word)) => membership(hash(&word), None),
                    Some(Claim::Itself) => membership(hash(&record.id), None),
                    Some(Claim::Of(_)) | None => None,
                }
            }
        }
    }

    /// The versions that go into the item of a record, with their languages.
    fn of(&self, main: &str) -> &[(Language, Box<str>)] {
        self.of.get(main).map_or(&[], Vec::as_slice)
    }

    /// The id of the record whose item a page goes into.
    pub(super) fn main_of(&self, id: &str) -> Option<&str> {
        match self.parts.get(id) {
            Some((_, Part::Of(main))) => Some(main),
            _ => None,
        }
    }

    /// Why a page that has other versions does not go into an item with them.
    pub(super) fn apart(&self, id: &str) -> Option<&str> {
        match self.parts.get(id) {
            Some((_, Part::Apart(why))) => Some(why),
            _ => None,
        }
    }
}

/// The item that a record is, not one that it went into.
fn item_of(entry: &LedgerEntry) -> Option<ItemId> {
    match (entry.fate, entry.target) {
        (Fate::Loaded | Fate::Updated, Some(Target::Item(item))) => Some(item),
        _ => None,
    }
}

/// Whether a record went, or was to go, into the item of another version.
fn is_joined(entry: &LedgerEntry) -> bool {
    let version = entry.page.as_ref().and_then(|page| page.version_entry.as_ref());
    version.is_some_and(|version| version.of.is_some())
}

/// What stands for a text where many are held.
fn hash(text: &str) -> u128 {
    let hash = blake3::hash(text.as_bytes());
    hash.as_bytes().iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
}

fn named(group: u128) -> String {
    format!("{group:032x}")
}
