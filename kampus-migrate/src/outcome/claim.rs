//! Placeholders, and who claimed them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Somebody known from old content only: an account without a log-in stands in until a person claims it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placeholder {
    /// The plan's id of the source that first named them.
    pub source: String,
    /// The id of the account.
    pub person: String,
    /// The name as in the export.
    pub name: String,
    /// How many items they wrote or own.
    pub items: u64,
}

/// What was claimed. The document of `claim --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimOutcome {
    /// Version of this document.
    pub version: u32,
    /// The store.
    #[serde(serialize_with = "super::lossy_path")]
    pub store: PathBuf,
    /// Who got what.
    pub claimed: Vec<Claimed>,
    /// Placeholders that the same people had claimed before.
    pub unchanged: u64,
}

/// A placeholder that was claimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// The placeholder.
    pub placeholder: String,
    /// Who it is.
    pub person: String,
    /// How many items it wrote or owned.
    pub items: u64,
}
