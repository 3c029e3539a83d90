//! Groups and posts: what grants are given to, so that people can change.

use serde::{Deserialize, Serialize};

use super::person::UserType;
use crate::id::{GroupId, OrganisationId, PersonId, PostId};
use crate::language::Language;
use crate::localised::Localised;
use crate::time::Period;

/// A group: members by name, or by a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: Localised<String>,
    /// Members by name; nested groups are members like others.
    pub members: Vec<GroupMember>,
    /// Members by rule, beside those by name.
    pub rule: Option<GroupRule>,
}

/// Who can be a member of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupMember {
    /// A person.
    Person(PersonId),
    /// Whoever holds the post.
    Post(PostId),
    /// Everyone affiliated to the unit or below it.
    Unit(OrganisationId),
    /// The members of another group.
    Group(GroupId),
}

/// A rule that makes people members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupRule {
    /// Affiliated to this unit or one below it.
    Within(OrganisationId),
    /// Of this user type.
    UserType(UserType),
    /// Reading first of all in this language.
    Language(Language),
}

/// A post (`org:Post`): it exists when vacant, and what is granted to it stays when its holder changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// What it is called: kansliapäällikkö.
    pub title: Localised<String>,
    /// The unit it belongs to.
    pub unit: OrganisationId,
    /// Who holds it and who did.
    pub holders: Vec<PostHolding>,
}

/// A person's time in a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostHolding {
    /// Who.
    pub person: PersonId,
    /// How long.
    pub period: Period,
}
