//! Following changes: what each kind of change alters in the index, and nothing more.

use jiff::Timestamp;

use super::Index;
use super::given::{Code, Given};
use super::items::Cell;
use super::masks::{LOOK, Place, rank};
use super::scopes::{Bone, Kind, NONE};
use crate::access::{Grant, GrantSource, Principal, Scope, rules};
use crate::change::Change;
use crate::content::{Section, SectionVisibility, Workspace, WorkspaceVisibility};
use crate::directory::Person;
use crate::id::{ItemId, OrganisationId, SectionId};
use crate::state::State;
use crate::time::Period;

impl Index {
    /// Moves the clock on to the time of an entry.
    pub(crate) fn advance(&mut self, state: &State, to: Timestamp) {
        for item in self.items.advance(to) {
            self.put_item(state, item);
        }
    }

    /// Follows a change; `state` is what it has led to.
    pub(crate) fn follow(&mut self, state: &State, change: &Change) {
        match change {
            Change::OrganisationAdded(node) => {
                let above = node.parent.and_then(|parent| self.scopes.number(Scope::Organisation(parent)));
                let bone = Bone { parents: [above.unwrap_or(NONE), NONE], ..Bone::default() };
                self.scopes.add(Scope::Organisation(node.id), bone, Some(Place::Organisation));
                self.people.place_unit(node.id, None, node.parent);
            }
            Change::OrganisationMoved(id, under) => self.move_unit(*id, *under),
            Change::Reaffiliated(id, _, unit) => {
                if let Some(person) = state.directory.person(*id) {
                    self.people.affiliate(person, *unit);
                }
            }
            Change::GroupRuleSet(..) => self.people.forget_everybody(),
            Change::PersonAdded(person) => {
                for held in &person.affiliations {
                    self.note_moments(held.period);
                }
                self.people.enter(person);
            }
            Change::EmploymentSet(id, _) | Change::ClearanceSet(id, _) | Change::AdministratorSet(id, _) => {
                if let Some(person) = state.directory.person(*id) {
                    self.people.tell(person);
                }
            }
            Change::Affiliated(id, held) => {
                self.note_moments(held.period);
                if let Some(person) = state.directory.person(*id) {
                    self.people.affiliate(person, held.unit);
                }
            }
            Change::PostFilled(_, holding) => {
                self.note_moments(holding.period);
                self.people.forget(holding.person);
            }
            Change::GroupAdded(group) => {
                if group.rule.is_some() {
                    self.people.forget_everybody();
                }
                for member in &group.members {
                    self.people.forget_member(state, *member);
                }
            }
            Change::MemberAdded(_, member) | Change::MemberRemoved(_, member) => {
                self.people.forget_member(state, *member);
            }
            Change::SectionAdded(section) => self.add_section(state, section),
            Change::SectionVisibilitySet(id, to) => self.show_section(state, Scope::Section(*id), *to),
            Change::SectionMoved(id, ..) => self.move_section(state, *id),
            Change::SectionWithdrawn(id) => self.close_section(*id),
            Change::WorkspaceAdded(workspace) => self.add_workspace(workspace),
            Change::WorkspaceVisibilitySet(id, to) => self.show_workspace(Scope::Workspace(*id), *to),
            Change::WorkspaceArchived(id, to) => {
                if let Some(number) = self.scopes.number(Scope::Workspace(*id)) {
                    self.scopes.alter_bone(number, |bone| bone.archived = *to);
                }
            }
            Change::Granted(grant) => self.give(state, grant),
            Change::InheritanceBroken(scope, broken) => {
                if let Some(number) = self.own_scope(state, *scope) {
                    self.scopes.alter_bone(number, |bone| bone.broken = *broken);
                }
            }
            Change::PlaceholderClaimed(_, to) => {
                for item in state.items.values().filter(|item| item.author == *to) {
                    self.put_item(state, item.id);
                }
            }
            Change::ItemAdded(item) => self.put_item(state, item.id),
            Change::ItemReplaced(item) => self.put_with_all_below(state, item.id),
            Change::ItemPlaced(id, _) | Change::ItemMoved(id, ..) => self.put_with_all_below(state, *id),
            Change::StatusSet(id, _) | Change::ScheduleSet(id, _) | Change::Classified(id, _) => {
                self.put_item(state, *id);
            }
            Change::ItemDeleted(id) => self.items.remove(&mut self.scopes, *id),
            // `take`, `rehome` and `leave` are told what was before.
            Change::Revoked(_)
            | Change::PersonWithdrawn(_)
            | Change::Rehomed(..)
            | Change::PostAdded(_)
            | Change::PostMoved(..)
            | Change::OrganisationRenamed(..)
            | Change::OrganisationClosed(..)
            | Change::WorkspaceRehosted(..)
            | Change::GlassBroken(..)
            | Change::ProfileChanged(_)
            | Change::ProfileErased(_)
            | Change::JoinRequested(..)
            | Change::RequestSettled(..)
            | Change::Followed(..)
            | Change::ItemWritten { .. }
            | Change::ItemRelinked(..)
            | Change::AudienceSet(..)
            | Change::Pinned(..)
            | Change::CommentAdded(_)
            | Change::CommentReplaced(_)
            | Change::CommentWithdrawn(_)
            | Change::Reacted(..)
            | Change::Acknowledged(..) => {}
        }
    }
}

/// Following changes, one concern a function.
impl Index {
    fn move_unit(&mut self, unit: OrganisationId, under: OrganisationId) {
        let number = self.scopes.number(Scope::Organisation(unit));
        let above = self.scopes.number(Scope::Organisation(under));
        let (Some(number), Some(above)) = (number, above) else { return };
        let before = self.scopes.bone(number).and_then(|bone| bone.parents.first().copied());
        let before = before.and_then(|before| self.scopes.entry(before)).and_then(|entry| entry.scope);
        let before = match before {
            Some(Scope::Organisation(before)) => Some(before),
            _ => None,
        };
        self.scopes.move_under(number, [above, NONE]);
        self.people.place_unit(unit, before, Some(under));
        self.people.forget_unit(unit);
    }

    fn move_section(&mut self, state: &State, id: SectionId) {
        let scope = Scope::Section(id);
        let (Some(section), Some(number)) = (state.sections.get(&id), self.scopes.number(scope)) else {
            return;
        };
        if let Some(before) = self.scopes.entry(number).and_then(|entry| entry.owner) {
            self.scopes.set_owned(number, before, false);
        }
        self.scopes.alter_entry(number, |entry| entry.owner = Some(section.owner));
        let bone = self.section_bone(state, section);
        self.scopes.alter_bone(number, |known| known.common = bone.common);
        self.scopes.move_under(number, bone.parents);
        self.show_section(state, scope, section.visibility);
    }

    fn add_section(&mut self, state: &State, section: &Section) {
        let scope = Scope::Section(section.id);
        let number = self.scopes.add(
            scope,
            self.section_bone(state, section),
            Some(Place::Section(section.visibility)),
        );
        self.scopes.alter_entry(number, |entry| entry.owner = Some(section.owner));
        self.show_section(state, scope, section.visibility);
    }

    /// A section is no more: nothing is above it, and its number belongs to nothing.
    fn close_section(&mut self, id: SectionId) {
        let Some(number) = self.scopes.number(Scope::Section(id)) else { return };
        if let Some(owner) = self.scopes.entry(number).and_then(|entry| entry.owner) {
            self.scopes.set_owned(number, owner, false);
        }
        self.scopes.move_under(number, [NONE, NONE]);
        self.scopes.close(number);
    }

    fn section_bone(&self, state: &State, section: &Section) -> Bone {
        let owner = self.scopes.number(Scope::Organisation(section.owner)).unwrap_or(NONE);
        let above = section.parent.and_then(|parent| self.scopes.number(Scope::Section(parent)));
        let parents = above.map_or([owner, NONE], |above| [above, owner]);
        let is_common =
            state.directory.organisation(section.owner).is_some_and(|owner| owner.parent.is_none());
        Bone { parents, kind: Kind::Section, common: is_common, ..Bone::default() }
    }

    fn show_section(&mut self, state: &State, scope: Scope, visibility: SectionVisibility) {
        let Some(number) = self.scopes.number(scope) else { return };
        self.scopes.alter_bone(number, |bone| bone.open = visibility == SectionVisibility::Government);
        self.scopes.alter_entry(number, |entry| entry.place = Some(Place::Section(visibility)));
        let Scope::Section(id) = scope else { return };
        if let Some(section) = state.sections.get(&id) {
            let is_theirs = visibility == SectionVisibility::Organisation;
            self.scopes.set_owned(number, section.owner, is_theirs);
        }
    }

    fn add_workspace(&mut self, workspace: &Workspace) {
        let scope = Scope::Workspace(workspace.id);
        let bone = Bone { kind: Kind::Workspace, archived: workspace.archived, ..Bone::default() };
        self.scopes.add(scope, bone, Some(Place::Workspace(workspace.visibility)));
        self.show_workspace(scope, workspace.visibility);
    }

    fn show_workspace(&mut self, scope: Scope, visibility: WorkspaceVisibility) {
        let Some(number) = self.scopes.number(scope) else { return };
        self.scopes.alter_bone(number, |bone| bone.open = visibility == WorkspaceVisibility::Open);
        self.scopes.alter_entry(number, |entry| entry.place = Some(Place::Workspace(visibility)));
    }

    fn give(&mut self, state: &State, grant: &Grant) {
        let Some(number) = self.own_scope(state, grant.scope) else { return };
        self.note_moments(grant.period);
        let named = match grant.principal {
            Principal::Everyone => false,
            Principal::Unit(id) => {
                state.directory.organisation(id).is_some_and(|node| !node.kind.is_organisation())
            }
            Principal::Person(_) | Principal::Post(_) | Principal::Group(_) => true,
        };
        let given = Given {
            other: number,
            grant: grant.id,
            rank: match rules::source_of(state, grant) {
                GrantSource::BreakGlass(_) => LOOK,
                _ => rank(grant.role),
            },
            named,
            timed: grant.period != Period::ALWAYS,
        };
        self.scopes.give(number, Code::of(grant.principal), given);
    }

    /// A person is at home elsewhere now.
    pub(crate) fn rehome(&mut self, person: &Person, before: Option<OrganisationId>) {
        if let Some(now) = person.home {
            self.people.settle(person, before, now);
        }
    }

    /// Forgets a person who is no more.
    pub(crate) fn leave(&mut self, person: &Person) {
        self.people.leave(person);
    }

    /// Forgets a grant that is no more.
    pub(crate) fn take(&mut self, grant: &Grant) {
        if let Some(number) = self.scopes.number(grant.scope) {
            self.scopes.take(number, Code::of(grant.principal), grant.id);
        }
    }

    /// The number of a scope; an item gets one of its own when something is given or broken there.
    fn own_scope(&mut self, state: &State, scope: Scope) -> Option<u32> {
        if let Some(known) = self.scopes.number(scope) {
            return Some(known);
        }
        let Scope::Item(id) = scope else { return None };
        let above = self.scope_above(state, id)?;
        let bone = Bone { parents: [above, NONE], kind: Kind::Item, ..Bone::default() };
        let number = self.scopes.add(scope, bone, None);
        self.put_with_all_below(state, id);
        Some(number)
    }

    /// The scope that an item inherits from.
    fn scope_above(&self, state: &State, id: ItemId) -> Option<u32> {
        let item = state.items.get(&id)?;
        match item.parent {
            Some(parent) => self.items.cell(parent).and_then(Cell::scope),
            None => self.scopes.number(Scope::from(item.container)),
        }
    }

    /// Enters an item or brings it up to date.
    fn put_item(&mut self, state: &State, id: ItemId) {
        let Some(item) = state.items.get(&id) else { return };
        let Some(above) = self.scope_above(state, id) else { return };
        let scope = match self.scopes.number(Scope::Item(id)) {
            Some(own) => {
                if self.scopes.bone(own).is_some_and(|bone| bone.parents != [above, NONE]) {
                    self.scopes.move_under(own, [above, NONE]);
                }
                own
            }
            None => above,
        };
        self.items.put(&mut self.scopes, item, scope);
    }

    /// The same for an item and all below it, whose grants may be others now.
    fn put_with_all_below(&mut self, state: &State, id: ItemId) {
        let mut stack = vec![id];
        while let Some(next) = stack.pop() {
            let before = self.items.cell(next).and_then(Cell::scope);
            self.put_item(state, next);
            // What is below an item changes only when the item's grants come from elsewhere now.
            if self.items.cell(next).and_then(Cell::scope) != before {
                stack.extend(state.items_under(next));
            }
        }
    }
}
