//! What became of the permissions of the sources.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Permissions that were carried over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SharingOutcome {
    /// Items that have readers, writers or managers of their own after this run.
    pub restricted: u64,
    /// Items whose permissions this run set or changed.
    pub changed: u64,
    /// Groups that this run made.
    pub groups: u64,
    /// What could not be said in Kampus and is narrower than at the source.
    pub narrowed: Vec<Narrowed>,
}

/// A permission that is narrower than at the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrowed {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record that says it.
    pub id: String,
    /// File and place in it.
    pub place: String,
    /// Whom the source names.
    pub who: String,
    /// What right: `read`, `write`, `administer`, the source's own word, or `member` of the group that `id` names.
    pub right: String,
    /// Why.
    pub why: Narrowing,
}

/// Why a permission is narrower than at the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Narrowing {
    /// Nobody is for certain the person named.
    UnknownPerson,
    /// No group is for certain the one named.
    UnknownGroup,
    /// A member of a group is nobody for certain, or everybody.
    UnknownMember,
    /// The right is none that is known.
    UnknownRight,
    /// Who is denied is not known, and may be anybody.
    DeniedUnknown,
    /// Everybody but some.
    AllButSome,
    /// A group but some of its members, who are named one by one.
    MembersOneByOne,
    /// More people than are named one by one.
    TooMany,
    /// What is above it, and may restrict it, could not be read.
    UnknownAbove,
}

impl fmt::Display for Narrowing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownPerson => "nobody is for certain the person named: not let in",
            Self::UnknownGroup => "no group is for certain the one named: not let in",
            Self::UnknownMember => "the member is nobody for certain, or everybody: not taken into the group",
            Self::UnknownRight => "the right is not known: not given",
            Self::DeniedUnknown => "who is denied is not known for certain: nobody is let in",
            Self::AllButSome => "everybody but some cannot be said: nobody is let in",
            Self::MembersOneByOne => "a member of the group is denied: the others are let in one by one",
            Self::TooMany => "too many people to be named one by one: they are not let in",
            Self::UnknownAbove => "what is above it could not be read: nobody is let in",
        })
    }
}
