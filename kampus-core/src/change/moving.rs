//! Commands that move sections and items.

use super::command::Actor;
use super::content::{below_ceiling, item};
use super::directory::known_unit;
use super::error::CommandError;
use super::event::Change;
use super::plan::{Context, Plan};
use crate::access::{Action, Scope};
use crate::content::Container;
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
    match parent {
        Some(parent) => cx.authorise(Action::Manage, Scope::Section(parent))?,
        None if is_common => cx.keeper()?,
        None => {}
    }
    if !is_common {
        cx.authorise(Action::Manage, Scope::Organisation(owner))?;
    }
    Ok(())
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
            cx.authorise(Action::Delete, Scope::Item(*below))?;
        }
        below_ceiling(cx, to, item(cx, *below)?.classification)?;
    }
    let mut changes = vec![Change::ItemMoved(id, to, parent)];
    for below in moved.into_iter().skip(1) {
        changes.push(Change::ItemMoved(below, to, item(cx, below)?.parent));
    }
    Ok(Plan::many(changes))
}
