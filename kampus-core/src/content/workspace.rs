//! Workspaces: where people from any organisation work together.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Classification;
use crate::id::{GrantId, OrganisationId, PersonId, WorkspaceId};
use crate::localised::Localised;

/// A workspace (`org:OrganizationalCollaboration`). Its members are those who hold a grant on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// What it is called.
    pub title: Localised<String>,
    /// What it is for.
    pub purpose: Localised<String>,
    /// The organisation that hosts it. Its grants do not flow in (rule 5).
    pub host: OrganisationId,
    /// Who sees and joins it.
    pub visibility: WorkspaceVisibility,
    /// The highest classification that an item in it may have.
    pub ceiling: Classification,
    /// Read only: the work is done.
    pub archived: bool,
    /// Who asked to join and waits for a Manager's answer.
    pub requests: Vec<PersonId>,
    /// Administrators who read it without being let in, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub glass: Vec<GlassBreak>,
}

/// An administrator's look into a workspace that did not let them in (rule 11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlassBreak {
    /// The grant that lets them read.
    pub grant: GrantId,
    /// Who.
    pub person: PersonId,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Up to when they read.
    pub until: Timestamp,
}

/// Who sees and joins a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceVisibility {
    /// Read and joined by all staff.
    #[default]
    Open,
    /// Staff see that it exists; content is for members; joining needs approval.
    Closed,
    /// Only members know that it exists.
    Hidden,
}
