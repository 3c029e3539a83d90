//! One question without a viewer: what counts on the scope, met with what the person is.

use jiff::Timestamp;

use super::Index;
use super::given::{Code, code_in};
use super::masks::{ASK, IN_WORKSPACE, NAMED, Place, bit, masks, on_item, on_place, rank};
use super::scopes::{Bone, Kind, NONE};
use super::sight::is_author;
use super::sums::{Counting, Sum, meet};
use crate::access::{Action, Principal, Role, Scope, rules};
use crate::content::SectionVisibility;
use crate::id::PersonId;
use crate::state::State;

impl Index {
    /// Scopes whose grants count on one, itself first, without repetition (rule 5).
    pub(super) fn lineage(&self, number: u32) -> Vec<u32> {
        let mut lineage = vec![number];
        let mut next = 0;
        while let Some(bone) = lineage.get(next).and_then(|number| self.scopes.bone(*number)) {
            next += 1;
            for parent in bone.parents {
                if !bone.broken && parent != NONE && !lineage.contains(&parent) {
                    lineage.push(parent);
                }
            }
        }
        lineage
    }

    /// The section or workspace that a scope is or is in.
    pub(super) fn container(&self, mut number: u32) -> u32 {
        while let Some(bone) = self.scopes.bone(number).filter(|bone| bone.kind == Kind::Item) {
            number = bone.parents.first().copied().unwrap_or(NONE);
        }
        number
    }

    /// May this person do that, without a viewer at hand?
    pub(crate) fn may_once(
        &self,
        state: &State,
        person: PersonId,
        action: Action,
        scope: Scope,
        at: Timestamp,
    ) -> bool {
        let facts = self.people.facts(person);
        if !facts.serves() {
            return false;
        }
        let cell = match scope {
            Scope::Item(id) => match self.items.cell(id) {
                Some(cell) if cell.gates() & ASK != 0 || !self.items.are_settled_at(at) => {
                    return rules::decide(state, person, action, scope, at).is_allowed();
                }
                Some(cell) => Some(cell),
                None => return false,
            },
            _ => None,
        };
        let number = match cell {
            Some(cell) => Some(cell.place()),
            None => self.scopes.number(scope),
        };
        let Some(number) = number else { return false };
        let Some(sum) = self.scopes.sum(number, || self.add_up(number)) else { return false };
        let codes = self.people.codes(state, person, at);
        let Some(hold) = meet(state, sum, &codes, facts, at) else { return false };
        let mask = match cell {
            Some(cell) => {
                let (others, own) = masks(facts.is_cleared());
                let mask = on_item(others, hold, cell.gates());
                let more = on_item(own, hold, cell.gates()) & bit(action) & !mask;
                let is_own = matches!(scope, Scope::Item(id) if more != 0 && is_author(state, id, person));
                if is_own { mask | more } else { mask }
            }
            None => match self.scopes.entry(number).and_then(|entry| entry.place) {
                Some(place) => on_place(place, hold, facts.is_guest(), facts.is_administrator()),
                None => 0,
            },
        };
        mask & bit(action) != 0
    }

    /// Adds up what counts on a scope (rules 3, 5, 6, 8, 11).
    fn add_up(&self, number: u32) -> Sum {
        let container = self.container(number);
        let place = self.scopes.bone(container).map_or(0, Bone::place);
        let (mut counts, mut staff, mut administrators) = (Vec::new(), 0, 0);
        for source in self.lineage(number) {
            let (Some(entry), Some(bone)) = (self.scopes.entry(source), self.scopes.bone(source)) else {
                continue;
            };
            let is_near = source == container || bone.kind == Kind::Item;
            counts.extend(entry.given.iter().map(|given| Counting {
                code: code_in(given),
                given: Some(*given),
                hold: given.rank | if is_near && given.named { NAMED } else { 0 },
            }));
            if source == container {
                staff = staff.max(if bone.open { rank(Role::Reader) } else { 0 });
                let is_theirs = entry.place == Some(Place::Section(SectionVisibility::Organisation));
                counts.extend(entry.owner.filter(|_| is_theirs).map(|owner| Counting {
                    code: Code::of(Principal::Unit(owner)),
                    given: None,
                    hold: rank(Role::Reader),
                }));
            }
            if bone.common {
                administrators = rank(Role::Manager);
            }
        }
        counts.sort_by_key(|counting| counting.code);
        let is_workspace = place & IN_WORKSPACE != 0;
        let invitations = self.scopes.entry(container).filter(|_| is_workspace);
        let invitations = invitations.map_or_else(Box::default, |entry| entry.given.as_slice().into());
        Sum { counts: counts.into(), staff, administrators, place, invitations }
    }
}
