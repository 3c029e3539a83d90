//! Claiming a placeholder: what a name in old content wrote, held and belonged to becomes a real person's.
//!
//! The placeholder stays as an entry that says who claimed it, so that whoever still knows it by its id finds the person.

use super::error::CommandError;
use super::event::Change;
use super::plan::{Context, Plan};
use super::withdraw::people_with_part;
use crate::access::{Grant, Principal};
use crate::directory::{GroupMember, Person};
use crate::id::PersonId;

use super::access::next_grant;

pub(super) fn claim(cx: &Context<'_>, placeholder: PersonId, person: PersonId) -> Result<Plan, CommandError> {
    cx.keeper()?;
    let known =
        |id: PersonId| cx.state.directory.person(id).ok_or_else(|| CommandError::NotFound(id.to_string()));
    let left: &Person = known(placeholder)?;
    if let Some(by) = left.claimed_by {
        return Err(CommandError::AlreadyClaimed {
            placeholder: placeholder.to_string(),
            by: by.to_string(),
        });
    }
    if !left.placeholder {
        return Err(CommandError::NoPlaceholder(placeholder.to_string()));
    }
    if known(person)?.placeholder {
        return Err(CommandError::StandsIn(person.to_string()));
    }
    // Rule 11: keeping the directory is no way in. Whoever keeps it has somebody else claim for them.
    if cx.person().is_ok_and(|subject| subject.person == person) {
        return Err(CommandError::NotForOneself);
    }
    // A name in old content takes part in nothing. One that does is more than a name, and nobody takes that over.
    if people_with_part(cx.state).contains(placeholder.get()) {
        return Err(CommandError::StillNamed(placeholder.to_string()));
    }
    let mut plan = Plan::one(Change::PlaceholderClaimed(placeholder, person));
    pass_grants(cx, &mut plan, placeholder, person);
    pass_memberships(cx, &mut plan, placeholder, person);
    Ok(plan)
}

/// What was granted to the one is granted to the other, as much and for as long.
fn pass_grants(cx: &Context<'_>, plan: &mut Plan, from: PersonId, to: PersonId) {
    let (from, principal) = (Principal::Person(from), Principal::Person(to));
    let mut id = next_grant(cx);
    for grant in cx.state.grants.values().filter(|grant| grant.principal == from) {
        plan.changes.push(Change::Revoked(grant.id));
        let has_it = cx
            .state
            .grants_on(grant.scope)
            .any(|own| own.principal == principal && own.role == grant.role && own.period == grant.period);
        if !has_it {
            plan.changes.push(Change::Granted(Grant { id, principal, ..*grant }));
            id = id.next();
        }
    }
}

fn pass_memberships(cx: &Context<'_>, plan: &mut Plan, from: PersonId, to: PersonId) {
    let (from, to) = (GroupMember::Person(from), GroupMember::Person(to));
    for id in cx.state.directory.groups_naming(from) {
        plan.changes.push(Change::MemberRemoved(*id, from));
        if cx.state.directory.group(*id).is_some_and(|group| !group.members.contains(&to)) {
            plan.changes.push(Change::MemberAdded(*id, to));
        }
    }
}
