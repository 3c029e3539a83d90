//! Why a command was refused.

use jiff::Timestamp;

use crate::access::{Denied, Role};
use crate::content::{Classification, Status};

/// Why a command was refused. Nothing has changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// The access rules say no. [`Decision::explain`](crate::access::Decision::explain) tells it in words.
    #[error("not allowed by rule {}", .0.rule.0)]
    Denied(Denied),
    /// It does not exist. To somebody who may not see it a hidden thing looks the same.
    #[error("there is no `{0}`")]
    NotFound(String),
    /// Only an operator or administrator keeps the directory.
    #[error("only the platform's administrators do that")]
    AdministratorsOnly,
    /// Only a tool with the store in hand does that.
    #[error("only an operator of the store does that")]
    OperatorsOnly,
    /// An operator has no person to do it as.
    #[error("only a person does that")]
    PeopleOnly,
    /// The store has been founded before.
    #[error("the store is not empty")]
    AlreadyFounded,
    /// A text that must not be empty is.
    #[error("the {0} is empty")]
    Empty(&'static str),
    /// Another organisation has the code.
    #[error("the code `{0}` is taken")]
    CodeTaken(String),
    /// A tree or a nest of groups would contain itself (rule 10).
    #[error("`{0}` would contain itself")]
    Cycle(String),
    /// Rule 10.
    #[error("nobody grants a role above their own: {granted:?} is above {own:?}")]
    AboveOwnRole {
        /// The role asked for.
        granted: Role,
        /// The role of who grants; `None` without any.
        own: Option<Role>,
    },
    /// Rule 10.
    #[error("nobody makes their own role last longer: it ends on {until}")]
    BeyondOwnRole {
        /// When the role ends that the grant would rest on.
        until: Timestamp,
    },
    /// Rule 10.
    #[error("the last active manager of a workspace cannot leave or be removed")]
    LastManager,
    /// The container's ceiling is lower.
    #[error("{classification:?} is above the ceiling {ceiling:?} of this place")]
    AboveCeiling {
        /// The class asked for.
        classification: Classification,
        /// The highest allowed.
        ceiling: Classification,
    },
    /// The item's life does not lead that way.
    #[error("an item that is {from:?} does not become {to:?}")]
    StatusPath {
        /// Where it stands.
        from: Status,
        /// Where it should go.
        to: Status,
    },
    /// Rule 11.
    #[error(
        "administrators do not let themselves in, nor clear themselves: somebody else does, or they break the glass"
    )]
    NotForOneself,
    /// A ministry is not merged into a team, nor split into teams: what was granted to it would come to mean more
    /// (rule 8).
    #[error("`{0}` is an organisation and the other a unit, or the other way round")]
    UnlikeUnits(String),
    /// A period or schedule ends before it begins.
    #[error("the period ends before it begins")]
    EmptyPeriod,
    /// An item above must be in the same section or workspace.
    #[error("`{0}` is in another section or workspace")]
    OtherContainer(String),
    /// The item has items under it, the section holds something, or the comment is answered.
    #[error("`{0}` has something in it or under it")]
    NotEmpty(String),
    /// The person wrote, holds or belongs to something that is still there.
    #[error("`{0}` wrote, holds or belongs to something that is still there")]
    StillNamed(String),
    /// Only a placeholder is claimed.
    #[error("`{0}` is no placeholder")]
    NoPlaceholder(String),
    /// A placeholder claims nothing.
    #[error("`{0}` is a placeholder itself")]
    StandsIn(String),
    /// A placeholder is claimed once.
    #[error("`{placeholder}` was claimed by `{by}`")]
    AlreadyClaimed {
        /// The placeholder.
        placeholder: String,
        /// Who has it.
        by: String,
    },
    /// The person is a member already, or asked before.
    #[error("`{0}` is a member or has asked already")]
    AlreadyMember(String),
    /// There is no such request, grant or membership to settle.
    #[error("there is nothing of the kind to settle")]
    NothingToSettle,
    /// A guest can hold grants in workspaces only, and never through a unit.
    #[error("a guest has no home unit and no affiliations")]
    GuestWithUnit,
    /// Only documents have files, only services have links.
    #[error("a {0} has no {1}")]
    WrongKind(&'static str, &'static str),
}
