//! What would change for whom, before it does.

use jiff::Timestamp;
use serde::Serialize;

use crate::access::{Action, Role, Scope};
use crate::change::{Actor, Change, Command, CommandError, Entry, plan};
use crate::id::{ItemId, PersonId};
use crate::snapshot::Snapshot;
use crate::state::{Revision, State};

/// Who would gain or lose what by a command.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Preview {
    /// People whose role on something would be another, by person.
    pub roles: Vec<RoleEffect>,
    /// Items that the command is about and that other people would read.
    pub readers: Vec<ReaderEffect>,
}

/// A person's role on a scope, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RoleEffect {
    /// Who.
    pub person: PersonId,
    /// On what. What inherits from it without grants of its own changes with it.
    pub scope: Scope,
    /// The role before; `None` without any.
    pub before: Option<Role>,
    /// The role after.
    pub after: Option<Role>,
    /// Whether it was a role by name, which reads non-public items (rule 8), before.
    pub by_name_before: bool,
    /// Whether it would be one after.
    pub by_name_after: bool,
}

/// The readers of an item, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReaderEffect {
    /// The item.
    pub item: ItemId,
    /// People who would read it and do not now.
    pub gain: Vec<PersonId>,
    /// People who read it and no longer would.
    pub lose: Vec<PersonId>,
}

impl Preview {
    /// Whether nobody would gain or lose anything.
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.readers.is_empty()
    }
}

impl Snapshot {
    /// Who would gain or lose what if this command were executed, to be shown before it is. Looks at everybody, so it
    /// takes as long as making their viewers twice. A person is told about scopes on which they may grant.
    ///
    /// # Errors
    /// [`CommandError`] as executing it would give: whoever may not do it learns nothing about its effects.
    pub fn preview(&self, actor: &Actor, at: Timestamp, command: Command) -> Result<Preview, CommandError> {
        let before = self.state();
        let plan = plan(before, actor, at, command)?;
        let entry = Entry {
            revision: Revision(before.revision.0.saturating_add(1)),
            at,
            actor: actor.clone(),
            changes: plan.changes,
        };
        let mut after = before.clone();
        after.apply_entry(&entry);
        // Who may what is told to those who decide about it, as by `everyone`; of a reorganisation administrators see
        // what it does to organisations and sections, and workspaces stay their members' affair.
        let viewer = match actor {
            Actor::Person(person) => Some(self.viewer(*person, at)),
            Actor::Operator(_) => None,
        };
        let told = |scope: Scope| {
            let keeps = matches!(scope, Scope::Organisation(_) | Scope::Section(_));
            viewer
                .as_ref()
                .is_none_or(|viewer| viewer.may(Action::Grant, scope) || (keeps && viewer.is_administrator()))
        };
        let mut preview = Preview::default();
        for person in after.directory.people() {
            let sights =
                (before.index.sight(before, person.id, at), after.index.sight(&after, person.id, at));
            let effects =
                crate::access::Index::differences((&before.index, &sights.0), (&after.index, &sights.1));
            preview.roles.extend(effects.into_iter().filter(|(scope, ..)| told(*scope)).map(
                |(scope, before, after)| RoleEffect {
                    person: person.id,
                    scope,
                    before: before.0,
                    after: after.0,
                    by_name_before: before.1,
                    by_name_after: after.1,
                },
            ));
        }
        for item in entry.changes.iter().filter_map(item_of) {
            let place = after.item(item).map(|item| Scope::from(item.container));
            let is_known = before.item(item).is_some();
            if place.is_some_and(|place| told(if is_known { Scope::Item(item) } else { place })) {
                preview.readers.extend(readers(before, &after, item, at));
            }
        }
        Ok(preview)
    }
}

/// The item that a change is about, where it may have other readers after it.
fn item_of(change: &Change) -> Option<ItemId> {
    match change {
        Change::StatusSet(id, _)
        | Change::ScheduleSet(id, _)
        | Change::Classified(id, _)
        | Change::ItemPlaced(id, _)
        | Change::ItemMoved(id, ..)
        | Change::ItemDeleted(id) => Some(*id),
        Change::ItemAdded(item) | Change::ItemReplaced(item) => Some(item.id),
        _ => None,
    }
}

fn readers(before: &State, after: &State, item: ItemId, at: Timestamp) -> Option<ReaderEffect> {
    let of = |state: &State| state.index.everyone(state, Action::View, Scope::Item(item), at);
    let (then, now) = (of(before), of(after));
    let people = |set: roaring::RoaringBitmap| set.iter().filter_map(PersonId::new).collect();
    (then != now).then(|| ReaderEffect { item, gain: people(&now - &then), lose: people(then - now) })
}
