//! Who may what goes back to what it was: first nobody may more, then everybody may again what the run took.

use kampus_core::access::Scope;
use kampus_core::directory::GroupMember;
use kampus_core::{Command, GroupId, Snapshot};

use super::super::error::MigrateError;
use super::super::run::{Batches, Context};
use super::stay::Keeping;
use super::trace::{Deeds, Member};
use crate::outcome::Because;

/// Takes back what the run gave on what was there before, and closes what was closed. Before texts go back: they may be for
/// fewer people.
pub(super) fn narrow(cx: &Context<'_>, deeds: &Deeds) -> Result<(), MigrateError> {
    let mut batches = Batches::new(cx);
    for id in &deeds.trace.given {
        let tx = batches.tx();
        let snapshot = tx.snapshot();
        let Some(grant) = snapshot.untrimmed().grant(*id) else { continue };
        if goes_back(deeds, grant.scope) {
            // What cannot be taken back is told in the end.
            drop(tx.execute(Command::Revoke(*id)));
            batches.step()?;
        }
    }
    for (scope, revision) in &deeds.trace.broken {
        let Some(past) = deeds.past.at(*revision) else { continue };
        let tx = batches.tx();
        let inherits = tx.snapshot().untrimmed().inherits(*scope);
        if goes_back(deeds, *scope) && inherits && !past.untrimmed().inherits(*scope) {
            tx.execute(Command::BreakInheritance(*scope, true))?;
            batches.step()?;
        }
    }
    for (member, _) in deeds.trace.members.iter().filter(|(member, _)| !deeds.trace.decided.contains(*member))
    {
        let (group, person) = *member;
        let tx = batches.tx();
        if is_in(&tx.snapshot(), *member) && !was_in(deeds, *member) {
            tx.execute(Command::RemoveMember(group, person))?;
            batches.step()?;
        }
    }
    batches.commit()
}

/// Gives back what the run took. Of what stays as the run left it, nothing is opened.
pub(super) fn widen(cx: &Context<'_>, deeds: &Deeds, keeping: &mut Keeping) -> Result<(), MigrateError> {
    let trace = &deeds.trace;
    let mut tx = cx.begin();
    for (member, _) in trace.members.iter().filter(|(member, _)| !trace.decided.contains(*member)) {
        let (group, person) = *member;
        if !is_in(&tx.snapshot(), *member)
            && was_in(deeds, *member)
            && let Err(error) = tx.execute(Command::AddMember(group, person))
        {
            keeping.other(group, (Because::Refused, Some(error.to_string())));
        }
    }
    for (id, revision) in &trace.taken {
        let was = deeds.past.at(*revision).and_then(|past| past.untrimmed().grant(*id));
        let Some(was) = was.filter(|was| opens_again(deeds, keeping, was.scope)) else { continue };
        let snapshot = tx.snapshot();
        let is_back = snapshot.untrimmed().grants_on(was.scope).any(|grant| {
            (grant.principal, grant.role, grant.period) == (was.principal, was.role, was.period)
        });
        let (principal, role, scope, period) = (was.principal, was.role, was.scope, was.period);
        if !is_back && let Err(error) = tx.execute(Command::Grant { principal, role, scope, period }) {
            keeping.other(id, (Because::Refused, Some(error.to_string())));
        }
    }
    for (scope, revision) in &trace.broken {
        let Some(past) = deeds.past.at(*revision).filter(|_| opens_again(deeds, keeping, *scope)) else {
            continue;
        };
        let inherits = tx.snapshot().untrimmed().inherits(*scope);
        if !inherits
            && past.untrimmed().inherits(*scope)
            && let Err(error) = tx.execute(Command::BreakInheritance(*scope, false))
        {
            keeping.other(scope, (Because::Refused, Some(error.to_string())));
        }
    }
    for scope in trace.broken.keys() {
        let Scope::Item(item) = *scope else { continue };
        let snapshot = tx.snapshot();
        let decided = snapshot.untrimmed().item(item).filter(|_| deeds.history.is_shared(item));
        if let Some(item) = decided.filter(|_| !deeds.history.made.has(*scope)) {
            keeping.changed(item, (Because::Shared, None));
        }
    }
    for id in &trace.given {
        let snapshot = tx.snapshot();
        let left = snapshot.untrimmed().grant(*id).filter(|grant| goes_back(deeds, grant.scope));
        if left.is_some() {
            keeping.other(id, (Because::Refused, Some("it would leave nobody in charge".to_owned())));
        }
    }
    tx.commit()?;
    Ok(())
}

/// Whether access to something goes back: what the run made goes with all that hangs on it or stays with it, and what
/// others decided about since stays.
fn goes_back(deeds: &Deeds, scope: Scope) -> bool {
    let is_theirs = match scope {
        Scope::Item(item) => {
            let touched = deeds.trace.items.get(&item);
            deeds.history.is_shared(item) || touched.is_some_and(|touched| touched.since.is_some())
        }
        _ => false,
    };
    !is_theirs && !deeds.history.made.has(scope)
}

fn opens_again(deeds: &Deeds, keeping: &Keeping, scope: Scope) -> bool {
    let is_kept = matches!(scope, Scope::Item(item) if keeping.items.contains(&item));
    !is_kept && goes_back(deeds, scope)
}

fn is_in(snapshot: &Snapshot, (group, member): Member) -> bool {
    members(snapshot, group).any(|known| *known == member)
}

fn was_in(deeds: &Deeds, member: Member) -> bool {
    let past = deeds.trace.members.get(&member).and_then(|revision| deeds.past.at(*revision));
    past.is_some_and(|past| is_in(past, member))
}

fn members(snapshot: &Snapshot, group: GroupId) -> impl Iterator<Item = &GroupMember> {
    snapshot.directory().group(group).into_iter().flat_map(|group| &group.members)
}
