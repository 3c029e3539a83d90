//! Roles, grants and what they are about (the words are Zanzibar's).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::content::Container;
use crate::id::{GrantId, GroupId, ItemId, OrganisationId, PersonId, PostId, SectionId, WorkspaceId};
use crate::time::Period;

/// What somebody may do on a scope; each role has all below it (rule 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Reader,
    /// Adds to a workspace.
    Contributor,
    /// Writes and corrects.
    Editor,
    /// Publishes.
    Publisher,
    /// Decides who may what.
    Manager,
}

/// To whom something is granted (rule 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Principal {
    /// One person.
    Person(PersonId),
    /// Whoever holds a post.
    Post(PostId),
    /// The members of a group.
    Group(GroupId),
    /// All who are affiliated to an organisation or unit, or below it.
    Unit(OrganisationId),
    /// All staff; never guests.
    Everyone,
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => id.fmt(f),
            Self::Post(id) => id.fmt(f),
            Self::Group(id) => id.fmt(f),
            Self::Unit(id) => id.fmt(f),
            Self::Everyone => f.write_str("everyone"),
        }
    }
}

/// On what something is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// An organisation or unit, and the sections it owns.
    Organisation(OrganisationId),
    /// A section and what is in it.
    Section(SectionId),
    /// A workspace and what is in it.
    Workspace(WorkspaceId),
    /// An item and the items under it.
    Item(ItemId),
}

impl From<Container> for Scope {
    fn from(container: Container) -> Self {
        match container {
            Container::Section(id) => Self::Section(id),
            Container::Workspace(id) => Self::Workspace(id),
        }
    }
}

impl From<WorkspaceId> for Scope {
    fn from(id: WorkspaceId) -> Self {
        Self::Workspace(id)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation(id) => id.fmt(f),
            Self::Section(id) => id.fmt(f),
            Self::Workspace(id) => id.fmt(f),
            Self::Item(id) => id.fmt(f),
        }
    }
}

/// A role given to a principal on a scope, for a time (rule 3). There are no denials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// To whom.
    pub principal: Principal,
    /// What.
    pub role: Role,
    /// On what.
    pub scope: Scope,
    /// How long.
    pub period: Period,
}

/// What somebody wants to do on a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Know that it exists: its card in a list.
    Discover,
    /// Read it.
    View,
    /// Say something about it.
    Comment,
    /// React to it.
    React,
    /// Confirm having read it.
    Acknowledge,
    /// Put an item into it.
    Create,
    /// Change its content.
    Edit,
    /// Hand it to review.
    Submit,
    /// Publish, unpublish, schedule, target, pin or archive it.
    Publish,
    /// Remove it.
    Delete,
    /// Change its settings or visibility.
    Manage,
    /// Break or restore inheritance, give and take grants.
    Grant,
    /// Invite people and guests, answer requests to join.
    Invite,
    /// Join it.
    Join,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 14] = [
        Self::Discover,
        Self::View,
        Self::Comment,
        Self::React,
        Self::Acknowledge,
        Self::Create,
        Self::Edit,
        Self::Submit,
        Self::Publish,
        Self::Delete,
        Self::Manage,
        Self::Grant,
        Self::Invite,
        Self::Join,
    ];
}
