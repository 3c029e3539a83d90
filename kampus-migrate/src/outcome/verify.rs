//! Whether nothing was lost.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Conflict, Counts, ExitStatus, Gone};

/// The proof that nothing was lost, or what is missing from it. The document of `verify --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyOutcome {
    /// Version of this document.
    pub version: u32,
    /// The store that was looked at.
    #[serde(serialize_with = "super::lossy_path")]
    pub store: PathBuf,
    /// Each source with its equations.
    pub sources: Vec<VerifiedSource>,
    /// Bodies that lost words.
    pub missing_words: Vec<MissingWords>,
    /// Links to old pages that no export holds. They were dead at the source, so they are no loss.
    pub unresolved_links: Vec<UnresolvedLink>,
    /// Files and bodies whose content is not what the ledger says.
    pub hash_mismatches: Vec<HashMismatch>,
    /// Records whose text in Kampus people wrote since, while their source has another one, too. The one in Kampus was
    /// kept, so they are no loss.
    pub conflicts: Vec<Conflict>,
    /// Records that were loaded and that their source no longer holds. What they became stays, so they are no loss.
    pub gone: Vec<Gone>,
    /// Anything else that stands in the way of the proof.
    pub problems: Vec<String>,
}

impl VerifyOutcome {
    /// Whether it is proven that nothing was lost.
    pub fn proven(&self) -> bool {
        self.sources.iter().flat_map(|source| &source.equations).all(Equation::holds)
            && self.missing_words.is_empty()
            && self.hash_mismatches.is_empty()
            && self.problems.is_empty()
    }

    /// How the command ends.
    pub fn status(&self) -> ExitStatus {
        if self.proven() { ExitStatus::Done } else { ExitStatus::Failed }
    }
}

/// One source with an equation for each kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedSource {
    /// The plan's id of it.
    pub source: String,
    /// An equation for each kind.
    pub equations: Vec<Equation>,
}

/// What the source holds of a kind = what is in the store + what the ledger accounts for + what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equation {
    /// Kind of the records.
    pub kind: String,
    /// What the ledger says; `read` is counted from the source now.
    #[serde(flatten)]
    pub counts: Counts,
    /// Records of the source of which the ledger knows nothing, or whose item is not in the store.
    pub missing: u64,
}

impl Equation {
    /// Whether nothing is missing and the sum is right.
    pub fn holds(&self) -> bool {
        self.missing == 0 && self.counts.adds_up()
    }
}

/// A body that lost words on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingWords {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record.
    pub id: String,
    /// File and place in it.
    pub place: String,
    /// The new item.
    pub item: String,
    /// The words, in their order.
    pub words: Vec<String>,
}

/// A link to an old page that no export holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnresolvedLink {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record that has the link.
    pub id: String,
    /// Where the link leads.
    pub address: String,
}

/// Content that is not what the ledger says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashMismatch {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record.
    pub id: String,
    /// What the ledger says.
    pub expected: String,
    /// What was found; nothing when there is nothing.
    pub found: Option<String>,
}
