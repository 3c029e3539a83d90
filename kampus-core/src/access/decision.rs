//! What the rules answer.

use serde::Serialize;

use super::grant::{Principal, Role, Scope};
use crate::content::{Classification, Status};
use crate::id::{GrantId, PersonId};

/// The number of an access rule; [`rules`](super::rules) tells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Rule(pub u8);

/// The answer to "may they?", with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
#[must_use = "a decision that nobody reads protects nothing"]
pub enum Decision {
    /// They may.
    Allowed(Allowed),
    /// They may not.
    Denied(Denied),
}

impl Decision {
    /// Whether they may.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

/// Why somebody may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allowed {
    /// The rule that lets them.
    pub rule: Rule,
    /// The grant it rests on; `None` where the rule itself is enough (an author's own draft, an open door).
    pub chain: Option<GrantChain>,
}

/// A grant and how it reaches from the person to the scope asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantChain {
    /// Where the grant comes from.
    pub source: GrantSource,
    /// The role granted.
    pub role: Role,
    /// The scope it was granted on: the one asked about, or one it inherits from.
    pub granted_on: Scope,
    /// The principal it was granted to.
    pub principal: Principal,
    /// What lies between the person and the principal, nearest to the person first.
    pub via: Vec<Principal>,
}

/// Where a grant comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantSource {
    /// Somebody gave it.
    Given(GrantId),
    /// Visibility gives it (rule 6).
    Visibility,
    /// Looking after the platform gives it (rule 11).
    Administration,
    /// An administrator broke the glass (rule 11).
    BreakGlass(GrantId),
}

/// Why somebody may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Denied {
    /// The rule that stands in the way.
    pub rule: Rule,
    /// What is missing.
    pub missing: Missing,
    /// People who could give it. Empty when nobody can, and when naming them would tell that something exists
    /// which the asker may not know of.
    pub could_give: Vec<PersonId>,
}

/// What stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Missing {
    /// The person is suspended, has left or is not known.
    ActiveService,
    /// It does not exist; to the asker a hidden thing looks the same.
    Thing,
    /// A role on the scope.
    Role {
        /// The least role that would do.
        needed: Role,
        /// The highest that is held.
        held: Option<Role>,
    },
    /// It is not out, or no longer.
    Publication {
        /// Where it stands.
        status: Status,
    },
    /// A role in the very container, not by way of everybody or an organisation.
    OwnRole {
        /// The item's classification.
        classification: Classification,
    },
    /// Clearance for security class IV.
    Clearance,
    /// A guest was not invited here.
    Invitation,
    /// Comments are closed.
    OpenComments,
    /// The workspace is archived.
    ActiveWorkspace,
    /// The action has no meaning on this kind of thing.
    Applicable,
    /// Only staff may join by themselves.
    Staff,
    /// Broken glass lets them read, not take part.
    Part,
}
