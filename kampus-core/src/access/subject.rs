//! Who asks: a person with every principal they are at that time (rule 2).

use jiff::Timestamp;

use super::grant::Principal;
use crate::directory::{Employment, GroupMember, Person};
use crate::id::PersonId;
use crate::state::State;

/// A principal that somebody is, and how they came to be it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPrincipal {
    /// The principal.
    pub principal: Principal,
    /// The principals in between, nearest to the person first: the team in the group in the group.
    pub via: Vec<Principal>,
}

/// A person as the rules see them at one time.
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each asked for by one rule")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// Whether they serve (rule 1).
    pub active: bool,
    /// Whether they are from outside (rule 9).
    pub guest: bool,
    /// Whether they are cleared for security class IV (rule 8).
    pub cleared: bool,
    /// Whether they look after the platform.
    pub administrator: bool,
    held: Vec<HeldPrincipal>,
}

impl Subject {
    /// Works out who that person is at that time. Somebody unknown is nobody: not active, no principals.
    pub fn of(state: &State, person: PersonId, at: Timestamp) -> Self {
        let Some(known) = state.directory.person(person) else {
            return Self {
                person,
                at,
                active: false,
                guest: true,
                cleared: false,
                administrator: false,
                held: Vec::new(),
            };
        };
        Self {
            person,
            at,
            active: known.employment == Employment::Active,
            guest: !known.is_staff(),
            cleared: known.cleared,
            administrator: known.administrator && known.is_staff(),
            held: principals(state, known, at),
        }
    }

    /// Every principal they are.
    pub fn principals(&self) -> &[HeldPrincipal] {
        &self.held
    }

    /// How they are that principal, if they are.
    pub fn holds(&self, principal: Principal) -> Option<&HeldPrincipal> {
        self.held.iter().find(|held| held.principal == principal)
    }
}

/// Rule 2: the person; every post held; every unit affiliated to and its ancestors; every group through any
/// nesting or by rule; `Everyone` for staff. A guest's unit does not make them one of its people.
fn principals(state: &State, person: &Person, at: Timestamp) -> Vec<HeldPrincipal> {
    let mut held = vec![HeldPrincipal { principal: Principal::Person(person.id), via: Vec::new() }];
    let mut add = |principal: Principal, via: Vec<Principal>| {
        if !held.iter().any(|known| known.principal == principal) {
            held.push(HeldPrincipal { principal, via });
        }
    };
    for post in state.directory.posts_at(person.id, at) {
        add(Principal::Post(post), Vec::new());
    }
    if person.is_staff() {
        for unit in state.directory.units_at(person, at) {
            let mut via = Vec::new();
            for node in state.directory.lineage(unit) {
                add(Principal::Unit(node.id), via.clone());
                via.push(Principal::Unit(node.id));
            }
        }
    }
    for group in state.directory.rule_groups() {
        if group.rule.as_ref().is_some_and(|rule| state.directory.rule_admits(rule, person, at)) {
            add(Principal::Group(group.id), Vec::new());
        }
    }
    climb_groups(state, &mut held);
    if person.is_staff() {
        held.push(HeldPrincipal { principal: Principal::Everyone, via: Vec::new() });
    }
    held
}

/// Adds the groups that have one of the principals as a member, then the groups that have those, and so on.
fn climb_groups(state: &State, held: &mut Vec<HeldPrincipal>) {
    let mut next = 0;
    while let Some(from) = held.get(next).cloned() {
        next += 1;
        let member = match from.principal {
            Principal::Person(id) => GroupMember::Person(id),
            Principal::Post(id) => GroupMember::Post(id),
            Principal::Unit(id) => GroupMember::Unit(id),
            Principal::Group(id) => GroupMember::Group(id),
            Principal::Everyone => continue,
        };
        for group in state.directory.groups_naming(member) {
            let principal = Principal::Group(*group);
            if held.iter().any(|known| known.principal == principal) {
                continue;
            }
            let mut via = from.via.clone();
            if next > 1 {
                via.push(from.principal);
            }
            held.push(HeldPrincipal { principal, via });
        }
    }
}
