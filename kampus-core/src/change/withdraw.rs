//! Commands that take an import back. The journal keeps what was there; nobody is shown it any more.
//!
//! Items go by [`Command::DeleteItem`](super::Command::DeleteItem). What other things still refer to stays: each
//! command says what has to go first.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use super::error::CommandError;
use super::event::Change;
use super::plan::{Context, Plan};
use crate::access::{Principal, Scope};
use crate::content::Container;
use crate::directory::GroupMember;
use crate::id::{CommentId, ItemId, PersonId, SectionId};
use crate::state::State;

pub(super) fn comment(cx: &Context<'_>, id: CommentId) -> Result<Plan, CommandError> {
    cx.operator()?;
    let Some(comment) = cx.state.comments.get(&id) else {
        return Err(CommandError::NotFound(id.to_string()));
    };
    if is_answered(cx, comment.item, id) {
        return Err(CommandError::NotEmpty(id.to_string()));
    }
    Ok(Plan::one(Change::CommentWithdrawn(id)))
}

/// Whether a comment on an item answers another one.
pub(super) fn is_answered(cx: &Context<'_>, item: ItemId, id: CommentId) -> bool {
    cx.state.comments_on(item).any(|other| other.parent == Some(id))
}

pub(super) fn section(cx: &Context<'_>, id: SectionId) -> Result<Plan, CommandError> {
    cx.operator()?;
    let (scope, container) = (Scope::Section(id), Container::Section(id));
    cx.exists(scope)?;
    let has_sections = cx.state.sections.values().any(|section| section.parent == Some(id));
    if has_sections || cx.state.items_in(container).next().is_some() {
        return Err(CommandError::NotEmpty(id.to_string()));
    }
    // What hangs on it ends by name, so that whoever reads the journal finds each grant's end.
    let grants = cx.state.grants_on(scope).map(|grant| Change::Revoked(grant.id));
    let broken = cx.state.broken.contains(&scope).then_some(Change::InheritanceBroken(scope, false));
    let followers = cx.state.follows.iter().filter(|(_, followed)| *followed == container);
    let follows = followers.map(|(person, _)| Change::Followed(*person, container, false));
    let mut changes: Vec<Change> = grants.chain(broken).chain(follows).collect();
    changes.push(Change::SectionWithdrawn(id));
    Ok(Plan::many(changes))
}

pub(super) fn people(cx: &Context<'_>, people: &[PersonId]) -> Result<Plan, CommandError> {
    cx.operator()?;
    let named = named_people(cx.state);
    let mut plan = Plan::default();
    for person in people.iter().collect::<BTreeSet<_>>() {
        if cx.state.directory.person(*person).is_none() {
            return Err(CommandError::NotFound(person.to_string()));
        }
        if named.contains(person.get()) {
            return Err(CommandError::StillNamed(person.to_string()));
        }
        plan.profiles.push((*person, None));
        plan.changes.push(Change::PersonWithdrawn(*person));
    }
    Ok(plan)
}

/// Everybody whom something other than the directory's own entry of them names, in one pass over all there is.
pub(crate) fn named_people(state: &State) -> RoaringBitmap {
    let mut named = people_with_part(state);
    let mut name = |person: PersonId| {
        named.insert(person.get());
    };
    for item in state.items.values() {
        name(item.author);
        name(item.owner);
    }
    state.comments.values().for_each(|comment| name(comment.author));
    for grant in state.grants.values() {
        if let Principal::Person(person) = grant.principal {
            name(person);
        }
    }
    for member in state.directory.groups.values().flat_map(|group| &group.members) {
        if let GroupMember::Person(person) = member {
            name(*person);
        }
    }
    named
}

/// Everybody who did something here beside writing, or holds a post.
pub(super) fn people_with_part(state: &State) -> RoaringBitmap {
    let mut named = RoaringBitmap::new();
    let mut name = |person: PersonId| {
        named.insert(person.get());
    };
    state.reactions.values().flatten().for_each(|(person, _)| name(*person));
    state.acknowledged.values().flatten().for_each(|person| name(*person));
    state.follows.iter().for_each(|(person, _)| name(*person));
    for workspace in state.workspaces.values() {
        workspace.requests.iter().for_each(|person| name(*person));
        workspace.glass.iter().for_each(|broken| name(broken.person));
    }
    state.directory.posts.values().flat_map(|post| &post.holders).for_each(|held| name(held.person));
    named
}
