//! What became of a run.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Conflict, ExitStatus, Gone, Placeholder, SharingOutcome, Side, Tally};

/// A run: what each source held and what became of it. The document of `run --json` and `migration.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunOutcome {
    /// Version of this document.
    pub version: u32,
    /// The ledger's name of the run.
    pub run: String,
    /// The store that was loaded into.
    #[serde(serialize_with = "super::lossy_path")]
    pub store: PathBuf,
    /// Where the report was written.
    #[serde(serialize_with = "super::lossy_path_option")]
    pub report: Option<PathBuf>,
    /// Whether this run went on where an earlier one was interrupted.
    pub resumed: bool,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// People lists and exports in the order in which they were loaded.
    pub sources: Vec<SourceOutcome>,
    /// All sources together.
    pub total: Tally,
    /// Records that could not be loaded.
    pub rejections: Vec<Rejection>,
    /// Records that were left behind by decision, or are no content.
    pub discards: Vec<Discard>,
    /// What people should know about records that were loaded.
    pub notices: Vec<Notice>,
    /// Records that changed at their source while people edited in Kampus what they had become.
    pub conflicts: Vec<Conflict>,
    /// Records that earlier runs loaded and that are no longer at their source. What they became stays.
    pub gone: Vec<Gone>,
    /// Items that later decisions took away from their readers.
    pub withdrawn: u64,
    /// What became of the links in bodies.
    pub links: Links,
    /// Old addresses that now lead to an item.
    pub redirects: u64,
    /// Authors whom no list of people knows: accounts without a log-in stand in for them.
    pub people_placeholders: u64,
    /// Those accounts, as long as nobody has claimed them.
    #[serde(default)]
    pub placeholders: Vec<Placeholder>,
    /// Permissions that were carried over, and what of them is narrower than at the source.
    #[serde(default)]
    pub sharing: SharingOutcome,
}

impl RunOutcome {
    /// How the command ends: failed when not one source could be read, with rejections when a record or the
    /// rest of a source is missing.
    pub fn status(&self) -> ExitStatus {
        let stopped = self.sources.iter().filter(|source| source.stopped.is_some()).count();
        if stopped > 0 && stopped == self.sources.len() && self.total.counts.read == 0 {
            ExitStatus::Failed
        } else if stopped > 0 || self.total.counts.rejected > 0 {
            ExitStatus::Rejections
        } else {
            ExitStatus::Done
        }
    }

    /// Whether an earlier run had done all the work.
    pub fn nothing_new(&self) -> bool {
        let counts = self.total.counts;
        counts.unchanged > 0 && !counts.changed() && self.withdrawn == 0
    }

    /// The conflicts in which one side's will was done.
    pub fn conflicts_won_by(&self, side: Side) -> impl Iterator<Item = &Conflict> {
        self.conflicts.iter().filter(move |conflict| conflict.prevails == side)
    }
}

/// What became of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceOutcome {
    /// The plan's id of it.
    pub source: String,
    /// Code of the organisation whose content it is; none for lists of people.
    pub organisation: Option<String>,
    /// The format it was read as.
    pub format: String,
    /// The file as the plan names it.
    #[serde(serialize_with = "super::lossy_path")]
    pub path: PathBuf,
    /// What became of its records.
    #[serde(flatten)]
    pub tally: Tally,
    /// Why the file could not be read to its end; what was read before is loaded.
    pub stopped: Option<String>,
}

/// A record that could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The plan's id of the source.
    pub source: String,
    /// File and place in it.
    pub place: String,
    /// Why.
    pub reason: String,
    /// The source's id of the record, where it could be read.
    pub id: Option<String>,
}

/// A record that was left behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discard {
    /// The plan's id of the source.
    pub source: String,
    /// File and place in it.
    pub place: String,
    /// Kind of the record.
    pub kind: String,
    /// Title, or what names it.
    pub title: String,
    /// Who decided, or why it is no content.
    pub reason: String,
}

/// Something people should know about a record that was loaded: permissions that became narrower, markup that
/// was dropped, a link to nothing, a placeholder for a person, an old protection mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The plan's id of the source.
    pub source: String,
    /// File and place in it.
    pub place: String,
    /// What it is.
    pub text: String,
}

/// What became of the links in bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Links {
    /// Led to an old page and lead to a new item now.
    pub rewritten: u64,
    /// Lead out of the old intranets; left as they were.
    pub external: u64,
    /// Look like links to an old page, but no export holds it; left as they were.
    pub unresolved: u64,
}
