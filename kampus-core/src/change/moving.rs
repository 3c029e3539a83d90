//! Commands that move sections and items.

use super::command::Actor;
use super::content::{below_ceiling, item};
use super::directory::known_unit;
use super::error::CommandError;
use super::event::Change;
use super::plan::{Context, Plan};
use crate::access::{Action, Denied, Missing, Role, Rule, Scope, rules};
use crate::content::{Container, Status};
use crate::id::{ItemId, OrganisationId, SectionId};

/// A section goes under another one, or to another owner: as much as making one there, and giving up the old place.
pub(super) fn move_section(
    cx: &Context<'_>,
    id: SectionId,
    parent: Option<SectionId>,
    owner: OrganisationId,
) -> Result<Plan, CommandError> {
    cx.authorise(Action::Manage, Scope::Section(id))?;
    known_unit(cx, owner)?;
    may_hold_sections(cx, parent, owner)?;
    let above = std::iter::successors(parent, |above| cx.state.sections.get(above)?.parent);
    if above.into_iter().any(|above| above == id) {
        return Err(CommandError::Cycle(id.to_string()));
    }
    Ok(Plan::one(Change::SectionMoved(id, parent, owner)))
}

/// Whether the actor may put sections there.
pub(super) fn may_hold_sections(
    cx: &Context<'_>,
    parent: Option<SectionId>,
    owner: OrganisationId,
) -> Result<(), CommandError> {
    let is_common = cx.state.directory.organisation(owner).is_some_and(|owner| owner.parent.is_none());
    let above = parent.and_then(|parent| cx.state.sections.get(&parent));
    let is_below_common = above.is_some_and(|above| {
        cx.state.directory.organisation(above.owner).is_some_and(|owner| owner.parent.is_none())
    });
    if let Some(parent) = parent {
        cx.authorise(Action::Manage, Scope::Section(parent))?;
    }
    // A section of the whole Government is made by its administrators, or under one that they have made.
    if is_common && !is_below_common {
        cx.keeper()?;
    }
    if !is_common {
        cx.authorise(Action::Manage, Scope::Organisation(owner))?;
    }
    Ok(())
}

/// What is out when it comes into a section is published there: that takes a Publisher, as publishing it would.
fn publishes_there(
    cx: &Context<'_>,
    moved: &[ItemId],
    to: Container,
    target: Scope,
) -> Result<(), CommandError> {
    let (Ok(subject), Container::Section(_)) = (cx.person(), to) else { return Ok(()) };
    let mut are_drafts = true;
    for id in moved {
        let item = item(cx, *id)?;
        are_drafts &= item.status == Status::Draft && !item.pinned && item.audience.is_everybody();
    }
    let held = rules::role(cx.state, subject, target);
    if are_drafts || held >= Some(Role::Publisher) {
        return Ok(());
    }
    let missing = Missing::Role { needed: Role::Publisher, held };
    Err(CommandError::Denied(Denied { rule: Rule(4), missing, could_give: Vec::new() }))
}

/// An item goes to another place with all below it: what is there no longer was deleted there, and what is here now
/// was made here.
pub(super) fn move_item(
    cx: &Context<'_>,
    id: ItemId,
    to: Container,
    parent: Option<ItemId>,
) -> Result<Plan, CommandError> {
    cx.authorise(Action::Delete, Scope::Item(id))?;
    let target = parent.map_or(Scope::from(to), Scope::Item);
    cx.authorise(Action::Create, target)?;
    if let Some(parent) = parent
        && item(cx, parent)?.container != to
    {
        return Err(CommandError::OtherContainer(parent.to_string()));
    }
    let mut moved = vec![id];
    let mut next = 0;
    while let Some(above) = moved.get(next).copied() {
        next += 1;
        moved.extend(cx.state.items_under(above));
    }
    if parent.is_some_and(|parent| moved.contains(&parent)) {
        return Err(CommandError::Cycle(id.to_string()));
    }
    for below in &moved {
        // Whoever moves a tree must be able to see all of it, or they would lose what they do not know of.
        if matches!(cx.actor, Actor::Person(_)) {
            // Which one it is, they may not know.
            cx.authorise(Action::Delete, Scope::Item(*below))
                .map_err(|_| CommandError::NotEmpty(id.to_string()))?;
        }
        below_ceiling(cx, to, item(cx, *below)?.classification)?;
    }
    publishes_there(cx, &moved, to, target)?;
    let mut changes = vec![Change::ItemMoved(id, to, parent)];
    for below in moved.into_iter().skip(1) {
        changes.push(Change::ItemMoved(below, to, item(cx, below)?.parent));
    }
    Ok(Plan::many(changes))
}
