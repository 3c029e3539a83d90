//! What one person holds on every scope: a byte a scope.

use jiff::Timestamp;

use super::given::{Code, Given, is_valid};
use super::masks::{ARCHIVED, BARRED, Hold, IN_WORKSPACE, NAMED, ROLE, rank};
use super::scopes::{Kind, NONE, Scopes};
use crate::access::Role;
use crate::state::State;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asker {
    pub(super) at: Timestamp,
    pub(super) guest: bool,
    pub(super) administrator: bool,
    /// The person by their own code: a guest's invitation names them (rule 9).
    pub(super) own: Code,
}

/// Given by the visibility of a section to its owner's people (rule 6).
const OWNERS: Hold = 1 << 6;

/// What a person holds on every scope.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    holds: Vec<Hold>,
    /// What was granted on the very scope.
    direct: Vec<Hold>,
}

impl Row {
    /// Works out everything that a person with these codes holds (rules 2 to 6, 9, 11).
    pub(super) fn new(state: &State, scopes: &Scopes, asker: Asker, codes: &[Code]) -> Self {
        let mut direct: Vec<Hold> = vec![0; scopes.len()];
        let mut invited = Vec::new();
        for code in codes {
            for given in scopes.granted_to(*code) {
                if !is_valid(state, given, asker.at) {
                    continue;
                }
                if let Some(hold) = direct.get_mut(given.other as usize) {
                    *hold = joined(*hold, given);
                }
                if asker.guest && *code == asker.own {
                    invited.push(given.other);
                }
            }
        }
        if !asker.guest {
            note_owners(scopes, codes, &mut direct);
        }
        let mut row = Self { holds: vec![0; scopes.len()], direct };
        row.flow(scopes, asker);
        if asker.guest {
            row.bar(scopes, &invited);
        }
        row
    }

    /// Lets roles flow from parents to children (rule 5).
    fn flow(&mut self, scopes: &Scopes, asker: Asker) {
        // What flows on is less than what is held: a section's visibility is its own affair (rule 6). They are lists of
        // their own because a byte that was just written is read again at once, and half a word is not.
        let mut flows: Vec<Hold> = vec![0; self.holds.len()];
        let at = |from: &[Hold], number: u32| from.get(number as usize).copied().unwrap_or_default();
        scopes.each_in_order(|number, bone| {
            let direct = at(&self.direct, number);
            let [first, second] = bone.parents;
            let mut flow = direct & ROLE;
            if bone.common && asker.administrator {
                flow = rank(Role::Manager);
            }
            let hold = if bone.kind == Kind::Item {
                let from = at(&self.holds, first);
                let mut named = direct & NAMED;
                if !bone.broken {
                    flow = flow.max(from & ROLE);
                    named |= from & NAMED;
                }
                flow | named | from & (IN_WORKSPACE | ARCHIVED)
            } else {
                if !bone.broken && first != NONE {
                    flow = flow.max(at(&flows, first)).max(at(&flows, second));
                }
                let built_in = (bone.open && !asker.guest) || direct & OWNERS != 0;
                flow.max(rank(Role::Reader) * Hold::from(built_in)) | direct & NAMED | bone.place()
            };
            if let (Some(to), Some(on)) =
                (self.holds.get_mut(number as usize), flows.get_mut(number as usize))
            {
                (*to, *on) = (hold, flow);
            }
        });
    }

    /// Rule 9: a guest reaches only workspaces in which a grant names them.
    fn bar(&mut self, scopes: &Scopes, invited: &[u32]) {
        let mut barred = vec![true; self.holds.len()];
        scopes.each_in_order(|number, bone| {
            let is_barred = match bone.kind {
                Kind::Organisation | Kind::Section => true,
                Kind::Workspace => !invited.contains(&number),
                Kind::Item => bone
                    .parents
                    .first()
                    .and_then(|above| barred.get(*above as usize))
                    .copied()
                    .unwrap_or(true),
            };
            if let (Some(hold), Some(noted)) =
                (self.holds.get_mut(number as usize), barred.get_mut(number as usize))
            {
                *noted = is_barred;
                if is_barred {
                    *hold = BARRED;
                    if let Some(direct) = self.direct.get_mut(number as usize) {
                        *direct = 0;
                    }
                }
            }
        });
    }

    /// What is held on a scope.
    #[inline]
    pub(super) fn hold(&self, number: u32) -> Hold {
        self.holds.get(number as usize).copied().unwrap_or_default()
    }

    /// Whether a grant on the very scope reaches the person.
    pub(super) fn is_named_on(&self, number: u32) -> bool {
        self.direct.get(number as usize).is_some_and(|hold| hold & ROLE != 0)
    }
}

/// Sections whose visibility is for the people of their owner, marked where the person is one of them.
fn note_owners(scopes: &Scopes, codes: &[Code], direct: &mut [Hold]) {
    for code in codes {
        for number in scopes.owned_by(*code) {
            if let Some(hold) = direct.get_mut(*number as usize) {
                *hold |= OWNERS;
            }
        }
    }
}

/// A hold with one more grant: the highest role, and a name if any grant has one.
fn joined(hold: Hold, given: &Given) -> Hold {
    let named = if given.named { NAMED } else { 0 };
    (hold & ROLE).max(given.rank) | (hold & !ROLE) | named
}
