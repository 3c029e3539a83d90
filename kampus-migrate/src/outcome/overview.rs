//! What a survey finds when it has seen everything.

use serde::{Deserialize, Serialize};

/// What stands out when all sources are looked at together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SurveyOverview {
    /// Whether the plan has lists of people, without which everybody is unknown.
    pub has_people_lists: bool,
    /// Who answers for pages, those with most pages first.
    pub owners: Vec<SurveyOwner>,
    /// People named in the exports whom no list of people has. A run makes placeholders for them.
    pub unknown_people: Vec<UnknownPerson>,
    /// Old protection marks, in the exports' order.
    pub marks: Vec<ProtectionMark>,
    /// Texts that stand on several pages.
    pub duplicates: Vec<Duplicate>,
    /// Links to old pages that no export holds, those with most links first.
    pub dead_links: Vec<DeadTarget>,
    /// Markup of pages that does not move, most frequent first.
    pub markup: Vec<DroppedMarkup>,
    /// Files that the exports name and do not hold.
    pub missing_files: Vec<MissingFile>,
}

/// A page of the survey: its source and its id there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageRef {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the page.
    pub id: String,
}

/// Somebody who answers for pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyOwner {
    /// As the list of people calls them, or else as the export does.
    pub name: String,
    /// Whether a list of people has them.
    pub listed: bool,
    /// Sources in which they have pages.
    pub sources: Vec<String>,
    /// How many pages they have.
    pub pages: u64,
}

/// Somebody whom no list of people has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownPerson {
    /// The plan's id of the source.
    pub source: String,
    /// As the source calls them.
    pub name: String,
    /// Their e-mail address, where the source says.
    pub email: Option<String>,
    /// Pages of theirs.
    pub pages: u64,
    /// Files of theirs.
    pub files: u64,
    /// Comments of theirs.
    pub comments: u64,
}

/// An old protection mark. What stands around it is not repeated here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProtectionMark {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record.
    pub id: String,
    /// Kind of the record.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// File and place in it.
    pub place: String,
    /// The mark.
    pub mark: String,
    /// Whether a run refuses the record, because the section it would go into may not hold such a thing.
    pub refused: bool,
}

/// A text that stands on several pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// Its words.
    pub words: u64,
    /// The pages, in the sources' order.
    pub pages: Vec<PageRef>,
}

/// An old address that pages link to and no export holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadTarget {
    /// The whole address, where the pages' own addresses tell its host; otherwise as the first link to it is written.
    pub address: String,
    /// The pages that link to it, each once for each link.
    pub pages: Vec<PageRef>,
}

/// Markup that does not move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedMarkup {
    /// What: `<script>`, `style="…"`.
    pub what: String,
    /// How often.
    pub count: u64,
    /// On how many pages.
    pub pages: u64,
}

/// A file that is not where the export says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingFile {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the file.
    pub id: String,
    /// Its title, or else its name.
    pub title: String,
    /// File and place in it.
    pub place: String,
    /// Why it cannot be taken in.
    pub reason: String,
}
