//! Whole sets: everything that one may act on, everyone who may act on one.

use jiff::Timestamp;
use roaring::RoaringBitmap;

use super::given::is_valid;
use super::items::Cell;
use super::masks::{ASK, BARRED, Hold, Mask, NAMED, Place, ROLE, bit, masks, on_item, on_place, rank};
use super::scopes::{Bone, Kind};
use super::{Index, Sight};
use crate::access::{Action, Principal, Role, Scope};
use crate::content::SectionVisibility;
use crate::id::{GrantId, ItemId, PersonId};
use crate::state::State;

impl Index {
    /// How many items are plain where a viewer holds anything: nearly as many as they may read.
    pub(crate) fn plain_held(&self, sight: &Sight) -> usize {
        let held = self
            .scopes
            .entries()
            .filter(|(number, _)| (1..BARRED).contains(&(sight.row.hold(*number) & ROLE)));
        held.map(|(_, entry)| entry.plain.len()).sum()
    }

    /// Hands every item that a viewer may act on to `visit`: those of one section or workspace together.
    pub(crate) fn each_allowed(
        &self,
        state: &State,
        sight: &Sight,
        action: Action,
        visit: &mut dyn FnMut(&[ItemId]),
    ) {
        // Whoever may read sees all that is plain: no need to look at each.
        let reads = matches!(action, Action::Discover | Action::View) && sight.asks == 0 && sight.active;
        let may = |id: &ItemId| self.may(state, sight, action, Scope::Item(*id));
        for (number, entry) in self.scopes.entries() {
            let hold = sight.row.hold(number) & ROLE;
            let holds = (1..BARRED).contains(&hold);
            // Without a role only the rules, asked about time, could say more; they say no as well.
            if !holds {
                continue;
            }
            if reads {
                visit(&entry.plain);
            } else {
                visit(&entry.plain.iter().copied().filter(|id| may(id)).collect::<Vec<_>>());
            }
            if !entry.gated.is_empty() {
                visit(&entry.gated.iter().copied().filter(|id| may(id)).collect::<Vec<_>>());
            }
        }
    }

    /// At most that many items that a viewer may act on, newest first, from before a number.
    pub(crate) fn newest_allowed(
        &self,
        state: &State,
        sight: &Sight,
        action: Action,
        before: u32,
        limit: usize,
    ) -> Vec<ItemId> {
        let mut found = Vec::new();
        let mut number = before.min(self.items.end());
        while found.len() < limit && number > 1 {
            number -= 1;
            let Some(id) = ItemId::new(number) else { break };
            if self.may(state, sight, action, Scope::Item(id)) {
                found.push(id);
            }
        }
        found
    }

    /// Everyone who may do that. Roles, names and clearances only ever add, so the answer is a union of few sets.
    pub(crate) fn everyone(
        &self,
        state: &State,
        action: Action,
        scope: Scope,
        at: Timestamp,
    ) -> RoaringBitmap {
        let one_by_one = |people: &RoaringBitmap| -> RoaringBitmap {
            let asked = |number: &u32| {
                PersonId::new(*number).is_some_and(|id| self.may_once(state, id, action, scope, at))
            };
            people.iter().filter(asked).collect()
        };
        let everybody = || &*self.people.staff | &*self.people.guests;
        let cell = match scope {
            Scope::Item(id) => match self.items.cell(id) {
                Some(cell) if cell.scope().is_some() => Some(cell),
                _ => return RoaringBitmap::new(),
            },
            _ => None,
        };
        let number = cell.map_or_else(|| self.scopes.number(scope), Cell::scope);
        let Some(number) = number else { return RoaringBitmap::new() };
        let asks = cell.is_some_and(|cell| cell.gates() & ASK != 0 || !self.items.are_settled_at(at));
        if asks {
            return one_by_one(&everybody());
        }
        let lineage = self.lineage(number);
        let container = self.container(number);
        let place = self.scopes.bone(container).map_or(0, Bone::place);
        let allows = |hold: Hold, cleared: bool| -> bool {
            let mask: Mask = match cell {
                Some(cell) => on_item(masks(cleared).0, hold | place, cell.gates()),
                None => match self.scopes.entry(number).and_then(|entry| entry.place) {
                    Some(kind) => on_place(kind, hold | place, false, false),
                    None => 0,
                },
            };
            mask & bit(action) != 0
        };
        let least =
            |named: Hold, cleared: bool| (0..=rank(Role::Manager)).find(|role| allows(role | named, cleared));
        let staff = &*self.people.staff;
        let mut found = RoaringBitmap::new();
        let named = std::cell::OnceCell::new();
        let named = || named.get_or_init(|| self.named_on(state, &lineage, container, at));
        let open = least(0, false);
        if let Some(role) = open {
            found |= self.with_role(state, &lineage, container, role, at) & staff;
        }
        if let Some(role) = least(NAMED, false).filter(|role| Some(*role) != open) {
            found |= self.with_role(state, &lineage, container, role, at) & named() & staff;
        } else if open.is_none()
            && let Some(role) = least(NAMED, true)
        {
            found |= self.with_role(state, &lineage, container, role, at)
                & named()
                & staff
                & &*self.people.cleared;
        }
        // Those to whom more applies than roles: administrators, the author, and guests, who are invited by name.
        let mut others: RoaringBitmap = self.people.administrators.as_ref() & staff;
        if let Scope::Item(id) = scope {
            others.extend(state.item(id).map(|item| item.author.get()));
        }
        let invited = self.scopes.entry(container).into_iter().flat_map(|entry| entry.given.iter());
        let guests: RoaringBitmap = invited
            .filter_map(|given| state.grants.get(&given.grant))
            .filter_map(|grant| match grant.principal {
                Principal::Person(id) => Some(id.get()),
                _ => None,
            })
            .filter(|id| self.people.guests.contains(*id))
            .collect();
        found | one_by_one(&(others | guests))
    }

    /// Everybody in active service who is that principal at that time.
    pub(crate) fn serving(&self, state: &State, principal: Principal, at: Timestamp) -> RoaringBitmap {
        self.people.members(state, principal, at) & (&*self.people.staff | &*self.people.guests)
    }

    /// Everybody with at least that role, in service or not, guests' workspaces aside.
    fn with_role(
        &self,
        state: &State,
        lineage: &[u32],
        container: u32,
        role: Hold,
        at: Timestamp,
    ) -> RoaringBitmap {
        if role == 0 {
            return RoaringBitmap::clone(&self.people.staff);
        }
        let mut principals: Vec<Principal> = Vec::new();
        let mut add = |principal: Principal| {
            if !principals.contains(&principal) {
                principals.push(principal);
            }
        };
        for source in lineage {
            let Some(entry) = self.scopes.entry(*source) else { continue };
            for given in entry.given.iter().filter(|given| given.rank >= role && is_valid(state, given, at)) {
                add_grant(state, given.grant, &mut add);
            }
            if *source == container && role <= rank(Role::Reader) {
                if self.scopes.bone(*source).is_some_and(|bone| bone.open) {
                    return RoaringBitmap::clone(&self.people.staff);
                }
                if let (Some(Place::Section(SectionVisibility::Organisation)), Some(owner)) =
                    (entry.place, entry.owner)
                {
                    add(Principal::Unit(owner));
                }
            }
        }
        let mut found = RoaringBitmap::new();
        for principal in principals {
            found |= self.people.members(state, principal, at);
        }
        found
    }

    /// Everybody who was given a role by name in the very container or below (rule 8).
    fn named_on(&self, state: &State, lineage: &[u32], container: u32, at: Timestamp) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        for source in lineage {
            let is_near =
                *source == container || self.scopes.bone(*source).is_some_and(|bone| bone.kind == Kind::Item);
            let Some(entry) = self.scopes.entry(*source).filter(|_| is_near) else { continue };
            for given in entry.given.iter().filter(|given| given.named && is_valid(state, given, at)) {
                add_grant(state, given.grant, &mut |principal| {
                    found |= self.people.members(state, principal, at);
                });
            }
        }
        found
    }
}

fn add_grant(state: &State, grant: GrantId, add: &mut dyn FnMut(Principal)) {
    if let Some(grant) = state.grants.get(&grant) {
        add(grant.principal);
    }
}
