//! What was loaded and is no longer at its source.

use serde::{Deserialize, Serialize};

/// A record that an earlier run loaded and that its source, read to the end, no longer holds. What became of it stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record.
    pub id: String,
    /// Kind of the record.
    pub kind: String,
    /// The title it had.
    pub title: String,
    /// What it became.
    pub item: String,
}
