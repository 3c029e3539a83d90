//! Who may do what at the source.

use serde::{Deserialize, Serialize};

/// Who may do what on a page, a file or a container, as its source says it.
///
/// Each right stands for itself: a source in which whoever writes also reads yields both. Above a page are the page that
/// it stands under and, where that has none, its container.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Permissions {
    /// What the permissions above mean here.
    pub inheritance: Inheritance,
    /// What is said here, in any order.
    pub entries: Vec<Permission>,
}

/// What the permissions above mean for what is below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inheritance {
    /// Whoever may do something above may do it here; what is said here adds to that.
    #[default]
    Extends,
    /// Restrictions: whoever wants to do something has to be let do it here and above. A right of which nothing is said
    /// here is as it is above.
    Narrows,
    /// Inheritance is broken: only what is said here counts.
    Replaces,
}

/// One right, given or denied. What is denied is denied, whoever else gives it in the same place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Permission {
    /// To whom.
    pub who: Who,
    /// What.
    pub right: Right,
    /// Denied, not given.
    pub denied: bool,
}

/// Whom a permission or a membership names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A person by the id of their record, or by e-mail address or log-in.
    Person(String),
    /// A group by its name.
    Group(String),
    /// A word that is a group's name, an e-mail address, a log-in or a full name: the source does not say which.
    Named(String),
    /// Everybody, signed in or not.
    Everyone,
    /// Everybody who is signed in.
    SignedIn,
}

/// What somebody may do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Read it.
    Read,
    /// Change its text.
    Write,
    /// Decide who may what.
    Administer,
    /// A word of the source that its reader does not know.
    Unknown(String),
}

impl Permission {
    /// A right that is given.
    pub fn allowed(who: Who, right: Right) -> Self {
        Self { who, right, denied: false }
    }

    /// A right that is denied.
    pub fn denied(who: Who, right: Right) -> Self {
        Self { who, right, denied: true }
    }
}

/// A group of people, or some members of one: what several records say of a group adds up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegacyGroup {
    /// Its name, by which permissions know it.
    pub name: String,
    /// Members; groups among them are nested.
    pub members: Vec<Who>,
}

/// What pages are in at the source: a space, a site, a library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegacyContainer {
    /// What it is called.
    pub title: String,
    /// Id of the record of the container that it is in.
    pub parent: Option<String>,
    /// Who may do what in it.
    pub permissions: Permissions,
}
