//! What one viewer may do.

use std::sync::OnceLock;

use jiff::Timestamp;

use super::Index;
use super::given::Code;
use super::items::{Cell, mark};
use super::masks::{ASK, Gates, Mask, Masks, NAMED, bit, masks, on_item, on_place, role_of};
use super::row::{Asker, Row};
use crate::access::{Action, Principal, Role, Scope, Subject, rules};
use crate::content::Container;
use crate::id::{ItemId, PersonId};
use crate::state::State;

/// A role, and whether it is one by name (rule 8).
pub(crate) type Held = (Option<Role>, bool);

/// What one person may do, on everything, at one revision and time.
#[derive(Debug, Clone)]
pub(crate) struct Sight {
    pub(super) person: PersonId,
    /// The person's mark in cells of what they wrote.
    pub(super) mark: u32,
    pub(super) asker: Asker,
    /// Rule 1.
    pub(super) active: bool,
    /// [`ASK`] where gates of items do not say what holds at the time.
    pub(super) asks: Gates,
    pub(super) row: Row,
    pub(super) masks: (&'static Masks, &'static Masks),
    /// For the few questions that the rules answer.
    subject: OnceLock<Subject>,
}

impl Sight {
    /// The person with all principals that they are, and how they came to be them.
    pub(crate) fn subject(&self, state: &State) -> &Subject {
        self.subject.get_or_init(|| Subject::of(state, self.person, self.asker.at))
    }

    /// Whether they serve (rule 1).
    pub(crate) fn is_active(&self) -> bool {
        self.active
    }

    /// Whether they look after the platform (rule 11).
    pub(crate) fn is_administrator(&self) -> bool {
        self.active && self.asker.administrator
    }

    /// Whether they are from outside (rule 9).
    pub(crate) fn is_guest(&self) -> bool {
        self.asker.guest
    }

    /// Who sees.
    pub(crate) fn person(&self) -> PersonId {
        self.person
    }

    /// When.
    pub(crate) fn at(&self) -> Timestamp {
        self.asker.at
    }

    /// May they do that to the item in a cell?
    #[inline]
    pub(super) fn may_on_cell(&self, state: &State, action: Action, id: ItemId, cell: Cell) -> bool {
        if cell.is_special(self.mark) || self.asks != 0 {
            return self.may_specially(state, action, id, cell);
        }
        // Where there is no item nothing is held, and neither by anybody who does not serve: they have no row.
        on_item(self.masks.0, self.row.hold(cell.place()), cell.gates()) & bit(action) != 0
    }

    /// The same for an item that may be their own, or about which the rules are asked.
    fn may_specially(&self, state: &State, action: Action, id: ItemId, cell: Cell) -> bool {
        let gates = cell.gates();
        if (gates | self.asks) & ASK != 0 {
            return self.ask(state, action, id);
        }
        let hold = self.row.hold(cell.place());
        let (others, own) = self.masks;
        on_item(others, hold, gates) & bit(action) != 0
            || (on_item(own, hold, gates) & bit(action) != 0 && is_author(state, id, self.person))
    }

    /// What the index cannot say.
    #[cold]
    fn ask(&self, state: &State, action: Action, id: ItemId) -> bool {
        rules::allows(state, self.subject(state), action, Scope::Item(id))
    }
}

/// Answers for one viewer.
impl Index {
    /// Works out what a person may do at a time.
    pub(crate) fn sight(&self, state: &State, person: PersonId, at: Timestamp) -> Sight {
        let facts = self.people.facts(person);
        let (active, guest) = (facts.serves(), facts.is_guest());
        let asker = Asker {
            at,
            guest,
            administrator: facts.is_administrator(),
            own: Code::of(Principal::Person(person)),
        };
        let row = if active {
            Row::new(state, &self.scopes, asker, &self.people.codes(state, person, at))
        } else {
            Row::default()
        };
        Sight {
            person,
            mark: mark(person),
            asker,
            active,
            asks: if self.items.are_settled_at(at) { 0 } else { ASK },
            row,
            masks: masks(facts.is_cleared()),
            subject: OnceLock::new(),
        }
    }

    /// May they do that?
    #[inline]
    pub(crate) fn may(&self, state: &State, sight: &Sight, action: Action, scope: Scope) -> bool {
        match scope {
            Scope::Item(id) => {
                self.items.cell(id).is_some_and(|cell| sight.may_on_cell(state, action, id, cell))
            }
            _ => self.on_place(sight, scope) & bit(action) != 0,
        }
    }

    fn on_place(&self, sight: &Sight, scope: Scope) -> Mask {
        if !sight.active {
            return 0;
        }
        let Some(number) = self.scopes.number(scope) else { return 0 };
        let Some(place) = self.scopes.entry(number).and_then(|entry| entry.place) else { return 0 };
        on_place(place, sight.row.hold(number), sight.asker.guest, sight.asker.administrator)
    }

    /// Every scope on which a person holds something else than before: the roles before and now, and whether they are
    /// roles by name (rule 8). Scopes that were
    /// not there before count as held by nobody.
    pub(crate) fn differences(before: (&Self, &Sight), now: (&Self, &Sight)) -> Vec<(Scope, Held, Held)> {
        let role = |(index, sight): (&Self, &Sight), scope: Scope| {
            let number = index.scopes.number(scope).filter(|_| sight.active);
            let hold = number.map_or(0, |number| sight.row.hold(number));
            (role_of(hold), hold & NAMED != 0)
        };
        let known = now.0.scopes.entries().filter_map(|(_, entry)| entry.scope);
        known
            .map(|scope| (scope, role(before, scope), role(now, scope)))
            .filter(|(_, before, now)| before != now)
            .collect()
    }

    /// Whether a grant on the very scope reaches them.
    pub(crate) fn is_named_on(&self, sight: &Sight, container: Container) -> bool {
        let number = self.scopes.number(container.into());
        sight.active && number.is_some_and(|number| sight.row.is_named_on(number))
    }
}

/// Whether somebody wrote an item. Asked last: only here the item itself is looked at.
pub(super) fn is_author(state: &State, id: ItemId, person: PersonId) -> bool {
    state.item(id).is_some_and(|item| item.author == person)
}
