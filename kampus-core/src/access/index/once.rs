//! One question without a viewer: walks up from the scope.

use jiff::Timestamp;

use super::Index;
use super::masks::{
    ARCHIVED, ASK, Hold, IN_WORKSPACE, NAMED, Place, ROLE, bit, masks, on_item, on_place, rank,
};
use super::row::is_valid;
use super::scopes::{Code, Kind, NONE, code_in};
use crate::access::{Action, Principal, Role, Scope, rules};
use crate::content::SectionVisibility;
use crate::directory::Employment;
use crate::id::PersonId;
use crate::state::State;

/// How far up one question walks before it is left to the rules.
const DEPTH: usize = 64;

/// Scopes whose grants count on one, itself first, without repetition (rule 5).
pub(super) struct Lineage {
    numbers: [u32; DEPTH],
    count: usize,
}

impl Lineage {
    pub(super) fn numbers(&self) -> &[u32] {
        self.numbers.get(..self.count).unwrap_or_default()
    }

    fn push(&mut self, number: u32) -> bool {
        if number == NONE || self.numbers().contains(&number) {
            return true;
        }
        match self.numbers.get_mut(self.count) {
            Some(place) => {
                *place = number;
                self.count += 1;
                true
            }
            None => false,
        }
    }
}

impl Index {
    /// `None` where it is deeper than one question looks.
    pub(super) fn lineage(&self, number: u32) -> Option<Lineage> {
        let mut lineage = Lineage { numbers: [NONE; DEPTH], count: 0 };
        lineage.push(number);
        let mut next = 0;
        while let Some(bone) = lineage.numbers().get(next).and_then(|number| self.scopes.bone(*number)) {
            next += 1;
            if bone.broken {
                continue;
            }
            for parent in bone.parents {
                if !lineage.push(parent) {
                    return None;
                }
            }
        }
        Some(lineage)
    }

    /// The section or workspace that a scope is or is in.
    pub(super) fn container(&self, mut number: u32) -> u32 {
        while let Some(bone) = self.scopes.bone(number).filter(|bone| bone.kind == Kind::Item) {
            number = bone.parents.first().copied().unwrap_or(NONE);
        }
        number
    }

    /// May this person do that, without a viewer at hand? Walks up from the scope.
    pub(crate) fn may_once(
        &self,
        state: &State,
        person: PersonId,
        action: Action,
        scope: Scope,
        at: Timestamp,
    ) -> bool {
        let ask = || rules::decide(state, person, action, scope, at).is_allowed();
        let Some(known) = state.directory.person(person) else { return false };
        if known.employment != Employment::Active {
            return false;
        }
        let cell = match scope {
            Scope::Item(id) => match self.items.cell(id) {
                Some(cell) if cell.gates() & ASK != 0 => return ask(),
                Some(_) if !self.items.are_settled_at(at) => return ask(),
                Some(cell) => Some(cell),
                None => return false,
            },
            _ => None,
        };
        let number = match cell {
            Some(cell) => cell.scope(),
            None => self.scopes.number(scope),
        };
        let Some(number) = number else { return false };
        let Some(lineage) = self.lineage(number) else { return ask() };
        let guest = !known.is_staff();
        let administrator = known.administrator && !guest;
        let codes = self.people.codes(state, person, at);
        let Some(hold) = self.hold_once(state, &lineage, number, &codes, guest, administrator, at) else {
            return false;
        };
        let mask = match cell {
            Some(cell) => {
                let (others, own) = masks(known.cleared);
                on_item(if cell.author() == person.get() { own } else { others }, hold, cell.gates())
            }
            None => match self.scopes.entry(number).and_then(|entry| entry.place) {
                Some(place) => on_place(place, hold, guest, administrator),
                None => 0,
            },
        };
        mask & bit(action) != 0
    }

    /// What is held on a scope; `None` where rule 9 bars a guest.
    #[expect(clippy::too_many_arguments, reason = "one question in one pass, called from one place")]
    fn hold_once(
        &self,
        state: &State,
        lineage: &Lineage,
        number: u32,
        codes: &[Code],
        guest: bool,
        administrator: bool,
        at: Timestamp,
    ) -> Option<Hold> {
        let container = self.container(number);
        let holds = |code: Code| codes.binary_search(&code).is_ok();
        if guest {
            let own = codes.first().copied();
            let entry = self.scopes.entry(container)?;
            let is_workspace = self.scopes.bone(container)?.kind == Kind::Workspace;
            let invited =
                entry.given.iter().any(|given| Some(code_in(given)) == own && is_valid(state, given, at));
            if !(is_workspace && invited) {
                return None;
            }
        }
        let mut hold: Hold = 0;
        for source in lineage.numbers() {
            let (Some(entry), Some(bone)) = (self.scopes.entry(*source), self.scopes.bone(*source)) else {
                continue;
            };
            let is_near = *source == container || bone.kind == Kind::Item;
            for given in entry.given.iter() {
                let adds = given.rank > hold & ROLE || (is_near && given.named && hold & NAMED == 0);
                if adds && holds(code_in(given)) && is_valid(state, given, at) {
                    let named = if is_near && given.named { NAMED } else { 0 };
                    hold = (hold & ROLE).max(given.rank) | hold & NAMED | named;
                }
            }
            let mut least = 0;
            if *source == container {
                let theirs = matches!(entry.place, Some(Place::Section(SectionVisibility::Organisation)))
                    && entry.owner.is_some_and(|owner| holds(Code::of(Principal::Unit(owner))));
                least = Hold::from((bone.open && !guest) || theirs);
            }
            if bone.common && administrator {
                least = rank(Role::Manager);
            }
            hold = (hold & ROLE).max(least) | hold & NAMED;
        }
        if let Some(bone) = self.scopes.bone(container).filter(|bone| bone.kind == Kind::Workspace) {
            hold |= if bone.archived { IN_WORKSPACE | ARCHIVED } else { IN_WORKSPACE };
        }
        Some(hold)
    }
}
