//! What people say about an item.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Blob;
use crate::id::{CommentId, ItemId, PersonId};

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// What it is about.
    pub item: ItemId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// Who wrote it.
    pub author: PersonId,
    /// When.
    pub created: Timestamp,
    /// The text, as safe HTML.
    pub body: Blob,
    /// Whether everybody sees it.
    pub state: CommentState,
}

/// Whether everybody who may read the item sees a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommentState {
    /// Everybody.
    #[default]
    Visible,
    /// Only its author and the item's Editors: it came from a system where it waited for approval.
    Held,
}

/// A way to react without words (Activity Streams 2.0 `Like` and its kin).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// Useful.
    Like,
    /// Thank you.
    Thanks,
}
