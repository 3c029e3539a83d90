//! Where the source and Kampus want different things.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A record that changed at its source, or about which people decided anew, while somebody edited in Kampus what it had
/// become. It is listed by every run until the source or the decision says again what was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record.
    pub id: String,
    /// File and place in it.
    pub place: String,
    /// The record's title now.
    pub title: String,
    /// The item in Kampus.
    pub item: String,
    /// What the source or the decision wants.
    pub wish: Wish,
    /// Version of the item as the migration left it.
    pub loaded_version: u32,
    /// Its version now: more if people wrote its text since, the same if they did something else with it, none if they
    /// deleted it.
    pub version: Option<u32>,
    /// When its text last changed in Kampus.
    pub changed_here: Option<Timestamp>,
    /// When the record last changed at its source, where the source says.
    pub changed_there: Option<Timestamp>,
    /// Whose will was done.
    pub prevails: Side,
}

impl Conflict {
    /// What differs, in a sentence.
    pub fn differs(&self) -> String {
        let here = match (self.version, self.changed_here) {
            (Some(version), Some(at)) if version > self.loaded_version => {
                format!("{} was edited in Kampus on {} (version {version})", self.item, day(at))
            }
            (Some(_), _) => format!("people use or decided about {} in Kampus", self.item),
            (None, _) => format!("{} was deleted in Kampus", self.item),
        };
        let there = match (self.wish, self.changed_there) {
            (Wish::Update, Some(at)) => format!("the export has another text of {}", day(at)),
            (Wish::Update, None) => "the export has another text".to_owned(),
            (Wish::Merge, _) => "a later decision merges it into another page".to_owned(),
            (Wish::Discard, _) => "a later decision leaves it behind".to_owned(),
            (Wish::Share, _) => "the export lets others read or write it".to_owned(),
        };
        format!("{here} after version {} had been loaded, and {there}", self.loaded_version)
    }
}

/// Days are enough to find out whose change is the later one; the document has the whole moment.
fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// What the source or a decision wants of something that was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// The source has another text.
    Update,
    /// A later decision puts it into another page.
    Merge,
    /// A later decision leaves it behind.
    Discard,
    /// The source lets others read or write it.
    Share,
}

/// One of the two sides of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Kampus: it stays as people made it there.
    #[default]
    Target,
    /// The source, and the decisions about it.
    Source,
}
