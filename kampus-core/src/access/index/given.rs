//! Grants in few bytes: to whom, what, and whether it counts now.

use jiff::Timestamp;

use super::masks::Hold;
use crate::access::Principal;
use crate::id::GrantId;
use crate::state::State;

/// A principal in four bytes: the kind in the upper three bits, the id in the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Code(u32);

impl Code {
    pub(super) const UNIT: u32 = 3;

    pub(super) fn of(principal: Principal) -> Self {
        let (kind, id) = match principal {
            Principal::Person(id) => (0, id.get()),
            Principal::Post(id) => (1, id.get()),
            Principal::Group(id) => (2, id.get()),
            Principal::Unit(id) => (Self::UNIT, id.get()),
            Principal::Everyone => (4, 0),
        };
        Self(kind << 29 | id & ((1 << 29) - 1))
    }

    /// For [`Given::other`].
    pub(super) fn bits(self) -> u32 {
        self.0
    }

    pub(super) fn kind(self) -> u32 {
        self.0 >> 29
    }

    pub(super) fn id(self) -> u32 {
        self.0 & ((1 << 29) - 1)
    }
}

/// A role that a principal has on a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Given {
    /// On which scope, or to which principal: the half that the list is not kept by.
    pub(super) other: u32,
    /// The grant, for its period.
    pub(super) grant: GrantId,
    /// The role's rank.
    pub(super) rank: Hold,
    /// Whether it is a role by name (rule 8).
    pub(super) named: bool,
    /// Whether it has a period.
    pub(super) timed: bool,
}

/// The principal that a code in [`Given::other`] stands for.
pub(super) fn code_in(given: &Given) -> Code {
    Code(given.other)
}

/// Whether a grant counts at that time (rule 3).
pub(super) fn is_valid(state: &State, given: &Given, at: Timestamp) -> bool {
    !given.timed || state.grants.get(&given.grant).is_some_and(|grant| grant.period.contains(at))
}
