//! What: sections and workspaces, the items in them, and what people add to items.

mod blob;
mod classification;
mod comment;
mod item;
mod rare;
mod section;
mod workspace;

pub use blob::{Blob, BlobHash};
pub use classification::{Classification, UnsupportedClassification};
pub use comment::{Comment, CommentState, Reaction};
pub use item::{Audience, Item, ItemKind, Schedule, Status, StoredFile};
pub use rare::{Rare, Usual};
pub use section::{Section, SectionVisibility};
pub use workspace::{GlassBreak, Workspace, WorkspaceVisibility};

use serde::{Deserialize, Serialize};

use crate::id::{SectionId, WorkspaceId};

/// Where items are: a section or a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Container {
    /// Published knowledge and news.
    Section(SectionId),
    /// Where people work together.
    Workspace(WorkspaceId),
}

impl std::fmt::Display for Container {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Section(id) => id.fmt(f),
            Self::Workspace(id) => id.fmt(f),
        }
    }
}
