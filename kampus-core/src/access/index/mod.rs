//! The access rules, compiled: the same decisions as [`rules`](super::rules), at the speed of memory.
//!
//! | part | what it knows | what a change touches |
//! |---|---|---|
//! | `scopes` | what inherits from what, what was granted on each scope and to each principal, the items of each | a grant: one scope and one principal |
//! | `items` | for each item the scope whose grants are its own, and its gates: four bytes | one item |
//! | `people` | what each person is, worked out when asked; who each principal is | the people concerned |
//! | `row` | what one viewer holds on every scope: a byte a scope | nothing: a row belongs to one revision |
//! | `masks` | from a hold and gates to the actions allowed | nothing: the compiler made it |
//!
//! All parts are persistent: a [`State`] owns its index, clones share it, and a writer copies what it alters. So
//! every snapshot has the index of its own revision, readers never wait, and no answer is torn.
//!
//! What the index cannot say is asked of the rules: items whose schedule will still change something, and times
//! before the last such change. Both are few.

mod follow;
mod given;
mod items;
mod masks;
mod memo;
mod once;
mod people;
mod row;
mod scopes;
mod sets;
mod sight;
mod sums;
mod table;
mod tree;

use std::ops::Bound;

use jiff::Timestamp;

use self::items::Items;
use self::people::People;
use self::scopes::Scopes;
pub(crate) use self::sight::Sight;
use crate::time::Period;

/// The compiled index of one revision.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    scopes: Scopes,
    items: Items,
    people: People,
    /// Moments at which a period of a grant, an affiliation or a post begins or ends.
    moments: imbl::OrdSet<Timestamp>,
}

/// An index is worked out from the rest of a state: it adds nothing to what makes two states equal.
impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Index {
    /// Notes a moment at which time alone may change an answer.
    fn note_moments(&mut self, period: Period) {
        self.moments.extend(period.from.into_iter().chain(period.until));
    }

    /// The next moment at which time alone may change an answer.
    pub(crate) fn next_change(&self, at: Timestamp) -> Option<Timestamp> {
        if !self.items.are_settled_at(at) {
            // What schedules did in the past is not kept: no promise.
            return Some(at);
        }
        let periods = self.moments.range((Bound::Excluded(at), Bound::Unbounded)).next().copied();
        [self.items.next_after(at), periods].into_iter().flatten().min()
    }

    /// Bytes that the index takes, without what it worked out for single people.
    pub(crate) fn bytes(&self) -> usize {
        self.scopes.bytes() + self.items.bytes() + self.people.bytes() + self.moments.len() * 24
    }
}
