//! Items: where each inherits from, what it is, and whose.

use std::ops::Bound;
use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use jiff::Timestamp;

use super::masks::{ASK, Gates, gates_of, is_plain};
use super::scopes::Scopes;
use super::table::Table;
use crate::content::{Item, Schedule, Status};
use crate::id::{ItemId, PersonId};

/// An item in four bytes: 20 bits of the scope whose grants are its own, five of its author, seven of gates. Who the
/// author is, is asked for where it matters and the five bits agree, which is seldom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell(u32);

/// Where the scope's number begins.
const SCOPE: u32 = 12;
/// Where the author's bits begin.
const AUTHOR: u32 = 7;
/// Stands for no scope.
const MOST: u32 = (1 << (32 - SCOPE)) - 1;

impl Default for Cell {
    /// No item.
    fn default() -> Self {
        Self(MOST << SCOPE)
    }
}

/// Five bits of a person: those of another one are seldom the same.
pub(super) fn mark(person: PersonId) -> u32 {
    person.get().wrapping_mul(0x9e37_79b1) >> 27
}

impl Cell {
    fn new(scope: u32, gates: Gates, author: PersonId) -> Self {
        // What does not fit is asked about; no store comes near so many scopes.
        let (scope, gates) = if scope < MOST { (scope, gates) } else { (0, gates | ASK) };
        Self(scope << SCOPE | mark(author) << AUTHOR | u32::from(gates))
    }

    /// Whether there is more to ask than what others hold: a person with that mark may be the author, or the rules have
    /// to be asked. Nearly always no, in one test.
    #[inline]
    pub(super) fn is_special(self, mark: u32) -> bool {
        let odd = self.0 ^ (mark << AUTHOR);
        (odd & (31 << AUTHOR) == 0) | (odd & u32::from(ASK) != 0)
    }

    /// The scope's number, or one that no scope has where there is no item.
    #[inline]
    pub(super) fn place(self) -> u32 {
        self.0 >> SCOPE
    }

    /// The scope's number; `None` where there is no item.
    #[inline]
    pub(super) fn scope(self) -> Option<u32> {
        let scope = self.0 >> SCOPE;
        (scope != MOST).then_some(scope)
    }

    #[inline]
    pub(super) fn gates(self) -> Gates {
        self.0.to_le_bytes()[0] & (ASK | (ASK - 1))
    }
}

/// All items.
#[derive(Debug, Clone, Default)]
pub(super) struct Items {
    cells: Table<Cell, 4_096>,
    /// The highest number of an item.
    newest: u32,
    /// Items whose schedule will change something, by when.
    coming: OrdMap<Timestamp, OrdSet<ItemId>>,
    /// The time of the latest entry.
    clock: Timestamp,
    /// The latest moment at which a schedule has changed something: gates are those since then.
    settled: Option<Timestamp>,
}

impl Items {
    #[inline]
    pub(super) fn cell(&self, item: ItemId) -> Option<Cell> {
        self.cells.get(item.get()).copied()
    }

    /// One more than the newest item's number.
    pub(super) fn end(&self) -> u32 {
        self.newest + 1
    }

    /// Whether gates say what holds at that time.
    pub(super) fn are_settled_at(&self, at: Timestamp) -> bool {
        self.settled.is_none_or(|settled| settled <= at)
    }

    /// The next moment at which a schedule changes something.
    pub(super) fn next_after(&self, at: Timestamp) -> Option<Timestamp> {
        self.coming.range((Bound::Excluded(at), Bound::Unbounded)).next().map(|(moment, _)| *moment)
    }

    /// Enters an item, or brings it up to date.
    pub(super) fn put(&mut self, scopes: &mut Scopes, item: &Item, scope: u32) {
        let mut gates = gates_of(item, item.schedule.shows_at(self.clock));
        if item.status == Status::Published {
            for moment in moments(item.schedule) {
                if moment > self.clock {
                    gates |= ASK;
                    self.coming.entry(moment).or_default().insert(item.id);
                } else {
                    self.settled = self.settled.max(Some(moment));
                }
            }
        }
        let cell = Cell::new(scope, gates, item.author);
        let list = |cell: Cell| (cell.scope(), is_plain(cell.gates()));
        // Lists of half a million are not rewritten for an item that stays in the same one.
        if self.cell(item.id).map(list) != Some(list(cell)) {
            self.remove(scopes, item.id);
            scopes.alter_entry(cell.scope().unwrap_or_default(), |entry| {
                insert(if is_plain(cell.gates()) { &mut entry.plain } else { &mut entry.gated }, item.id);
            });
        }
        self.cells.put(item.id.get(), cell);
        self.newest = self.newest.max(item.id.get());
    }

    /// Takes an item out.
    pub(super) fn remove(&mut self, scopes: &mut Scopes, item: ItemId) {
        let Some((cell, scope)) = self.cell(item).and_then(|cell| Some((cell, cell.scope()?))) else {
            return;
        };
        scopes.alter_entry(scope, |entry| {
            remove(if is_plain(cell.gates()) { &mut entry.plain } else { &mut entry.gated }, item);
        });
        self.cells.put(item.get(), Cell::default());
    }

    /// Moves the clock on; tells the items whose schedules changed something on the way.
    pub(super) fn advance(&mut self, to: Timestamp) -> Vec<ItemId> {
        let mut changed = Vec::new();
        if to <= self.clock {
            return changed;
        }
        self.clock = to;
        while let Some(moment) =
            self.coming.get_min().map(|(moment, _)| *moment).filter(|moment| *moment <= to)
        {
            self.settled = self.settled.max(Some(moment));
            changed.extend(self.coming.remove(&moment).into_iter().flatten());
        }
        changed
    }

    /// Bytes taken.
    pub(super) fn bytes(&self) -> usize {
        let coming: usize = self.coming.values().map(|items| items.len() * 8 + 64).sum();
        self.cells.bytes() + coming
    }
}

fn moments(schedule: Schedule) -> impl Iterator<Item = Timestamp> {
    schedule.publish_at.into_iter().chain(schedule.expires_at)
}

/// Puts an id into a sorted list; new items come last, as their ids do.
fn insert(list: &mut Arc<Vec<ItemId>>, id: ItemId) {
    let list = Arc::make_mut(list);
    if list.len() == list.capacity() {
        // A list in ten million items must not take twice its room.
        list.reserve_exact(list.len() / 16 + 4);
    }
    match list.last() {
        Some(newest) if *newest >= id => {
            if let Err(place) = list.binary_search(&id) {
                list.insert(place, id);
            }
        }
        _ => list.push(id),
    }
}

fn remove(list: &mut Arc<Vec<ItemId>>, id: ItemId) {
    if let Ok(place) = list.binary_search(&id) {
        Arc::make_mut(list).remove(place);
    }
}
