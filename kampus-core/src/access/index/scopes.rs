//! Scopes: which inherit from which, what was granted on them, and which items they hold.

use std::sync::Arc;

use imbl::OrdMap;

use super::given::{Code, Given};
use super::masks::{ARCHIVED, Hold, IN_WORKSPACE, Place};
use super::memo::Memo;
use super::sums::Sum;
use super::table::Table;
use super::tree::Tree;
use crate::access::Scope;
use crate::id::{GrantId, ItemId, OrganisationId};

/// What a shared list takes beside its values: two counts, and where it is, how long and how long it can be.
const SHARED: usize = 2 * size_of::<usize>() + size_of::<Vec<u32>>();

/// So many scopes are forgotten one by one.
const MANY: usize = 512;

/// Stands for no scope.
pub(super) const NONE: u32 = u32::MAX;

/// Where a scope stands. Small, because a viewer reads all of them.
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each asked for by one rule")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bone {
    /// What it inherits from; a section from the one above and from its owner.
    pub(super) parents: [u32; 2],
    pub(super) kind: Kind,
    /// It does not inherit.
    pub(super) broken: bool,
    /// All staff read it (rule 6).
    pub(super) open: bool,
    /// The Government owns it (rule 11).
    pub(super) common: bool,
    /// The work is done.
    pub(super) archived: bool,
}

impl Default for Bone {
    fn default() -> Self {
        Self {
            parents: [NONE; 2],
            kind: Kind::Organisation,
            broken: false,
            open: false,
            common: false,
            archived: false,
        }
    }
}

impl Bone {
    /// What the scope is, as part of a hold.
    #[inline]
    pub(super) fn place(&self) -> Hold {
        match self.kind {
            Kind::Workspace if self.archived => IN_WORKSPACE | ARCHIVED,
            Kind::Workspace => IN_WORKSPACE,
            _ => 0,
        }
    }
}

/// What a scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Organisation,
    Section,
    Workspace,
    Item,
}

/// What is on a scope.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub(super) scope: Option<Scope>,
    /// What it is, for scopes that are no item.
    pub(super) place: Option<Place>,
    /// Whose people read it (rule 6).
    pub(super) owner: Option<OrganisationId>,
    /// What was granted on it, by principal.
    pub(super) given: Arc<Vec<Given>>,
    /// Items whose grants are this scope's and that every Reader sees, by id.
    pub(super) plain: Arc<Vec<ItemId>>,
    /// The other items whose grants are this scope's, by id.
    pub(super) gated: Arc<Vec<ItemId>>,
}

/// All scopes, by dense numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Scopes {
    numbers: OrdMap<Scope, u32>,
    bones: Table<Bone, 256>,
    entries: Table<Entry, 128>,
    /// What inherits from each.
    below: Tree<Option<Arc<Vec<u32>>>>,
    /// What all that counts on a scope comes to, worked out when somebody asks.
    sums: Memo<Arc<Sum>>,
    /// How many there are.
    count: u32,
    /// Parents before children; `None` while the numbers are in that order anyway.
    order: Option<Arc<Vec<u32>>>,
    /// Sections that are for the people of their owner (rule 6), by owner.
    owned: Table<Arc<Vec<u32>>, 64>,
    /// What each principal was granted.
    by_principal: [Tree<Option<Arc<Vec<Given>>>>; 5],
}

impl Scopes {
    pub(super) fn len(&self) -> usize {
        self.count as usize
    }

    pub(super) fn number(&self, scope: Scope) -> Option<u32> {
        self.numbers.get(&scope).copied()
    }

    pub(super) fn bone(&self, number: u32) -> Option<&Bone> {
        self.bones.get(number)
    }

    pub(super) fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number)
    }

    /// Hands all numbers with their bones to `visit`, parents before children.
    #[inline]
    pub(super) fn each_in_order(&self, mut visit: impl FnMut(u32, &Bone)) {
        match &self.order {
            None => {
                let mut number = 0;
                for chunk in self.bones.chunks() {
                    let left = self.count.saturating_sub(number) as usize;
                    for bone in chunk.iter().take(left) {
                        visit(number, bone);
                        number += 1;
                    }
                }
            }
            Some(order) => {
                for number in order.iter() {
                    if let Some(bone) = self.bones.get(*number) {
                        visit(*number, bone);
                    }
                }
            }
        }
    }

    /// All entries with their numbers.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, &Entry)> {
        (0..self.count).zip(self.entries.chunks().flatten())
    }

    /// Adds a scope, or finds it.
    pub(super) fn add(&mut self, scope: Scope, bone: Bone, place: Option<Place>) -> u32 {
        if let Some(known) = self.number(scope) {
            return known;
        }
        let number = self.count;
        self.count = self.count.saturating_add(1);
        self.numbers.insert(scope, number);
        self.bones.put(number, bone);
        self.entries.put(number, Entry { scope: Some(scope), place, ..Entry::default() });
        // A transaction that was given up may have filled this place for a scope that never came to be.
        self.sums.reserve(self.count);
        self.sums.forget([number]);
        self.hang(number, bone.parents);
        if let Some(order) = &mut self.order {
            Arc::make_mut(order).push(number);
        }
        number
    }

    /// A scope without anything above or below it is no more. Its number is not given out again.
    pub(super) fn close(&mut self, number: u32) {
        self.alter_bone(number, |bone| *bone = Bone { kind: bone.kind, ..Bone::default() });
        let scope = self.entry(number).and_then(|entry| entry.scope);
        self.entries.put(number, Entry::default());
        if let Some(scope) = scope {
            self.numbers.remove(&scope);
        }
    }

    pub(super) fn alter_entry(&mut self, number: u32, alter: impl FnOnce(&mut Entry)) {
        self.entries.alter(number, alter);
    }

    /// Alters what does not concern the order.
    pub(super) fn alter_bone(&mut self, number: u32, alter: impl FnOnce(&mut Bone)) {
        self.bones.alter(number, alter);
        self.changed(number);
    }

    /// What counts on a scope, in one list.
    pub(super) fn sum(&self, number: u32, work_out: impl FnOnce() -> Sum) -> Option<&Sum> {
        self.sums.get_or_init(number, || Arc::new(work_out())).map(|sum| &**sum)
    }

    /// What counts on a scope and on all that inherits from it has to be worked out anew.
    pub(super) fn changed(&mut self, number: u32) {
        let mut concerned = vec![number];
        let mut next = 0;
        while let Some(scope) = concerned.get(next) {
            next += 1;
            concerned.extend(self.below.get(*scope).into_iter().flatten().flat_map(|below| below.iter()));
            if concerned.len() > MANY {
                // To add up anew what somebody asks for costs less than to go through all of them.
                return self.sums.forget_all();
            }
        }
        self.sums.forget(concerned);
    }

    fn hang(&mut self, number: u32, parents: [u32; 2]) {
        for parent in parents.into_iter().filter(|parent| *parent != NONE) {
            self.below.alter(parent, |below| Arc::make_mut(below.get_or_insert_default()).push(number));
        }
    }

    /// Puts a scope under other ones.
    pub(super) fn move_under(&mut self, number: u32, parents: [u32; 2]) {
        let before = self.bones.get(number).map_or([NONE; 2], |bone| bone.parents);
        for parent in before.into_iter().filter(|parent| *parent != NONE) {
            self.below.alter(parent, |below| {
                if let Some(below) = below {
                    Arc::make_mut(below).retain(|known| *known != number);
                }
            });
        }
        self.hang(number, parents);
        self.bones.alter(number, |bone| bone.parents = parents);
        self.changed(number);
        let after = parents.iter().any(|parent| *parent != NONE && *parent > number);
        if after || self.order.is_some() {
            self.sort();
        }
    }

    /// Finds an order in which parents come before their children; trees have no cycles (rule 10).
    fn sort(&mut self) {
        let mut order = Vec::with_capacity(self.len());
        let mut placed = vec![false; self.len()];
        for number in 0..self.count {
            let mut stack = vec![number];
            while let Some(next) = stack.last().copied() {
                let parents = self.bones.get(next).map_or([NONE; 2], |bone| bone.parents);
                let is_placed = |number: u32| placed.get(number as usize).copied().unwrap_or(true);
                let open = parents.into_iter().find(|parent| !is_placed(*parent) && !stack.contains(parent));
                if let Some(parent) = open {
                    stack.push(parent);
                    continue;
                }
                stack.pop();
                if let Some(place) = placed.get_mut(next as usize)
                    && !*place
                {
                    *place = true;
                    order.push(next);
                }
            }
        }
        self.order = Some(Arc::new(order));
    }

    /// What a principal was granted, by scope.
    pub(super) fn granted_to(&self, code: Code) -> &[Given] {
        let table = self.by_principal.get(code.kind() as usize);
        let given = table.and_then(|table| table.get(code.id())).and_then(Option::as_ref);
        given.map_or(&[], |given| given.as_slice())
    }

    /// Notes a grant on both sides.
    pub(super) fn give(&mut self, number: u32, code: Code, given: Given) {
        self.entries.alter(number, |entry| {
            let list = Arc::make_mut(&mut entry.given);
            push(list, Given { other: code.bits(), ..given });
        });
        if let Some(table) = self.by_principal.get_mut(code.kind() as usize) {
            table.alter(code.id(), |list| {
                let list = Arc::make_mut(list.get_or_insert_default());
                push(list, Given { other: number, ..given });
            });
        }
        self.changed(number);
    }

    /// Forgets a grant on both sides.
    pub(super) fn take(&mut self, number: u32, code: Code, grant: GrantId) {
        self.entries.alter(number, |entry| {
            Arc::make_mut(&mut entry.given).retain(|given| given.grant != grant);
        });
        if let Some(table) = self.by_principal.get_mut(code.kind() as usize) {
            table.alter(code.id(), |list| {
                if let Some(list) = list {
                    Arc::make_mut(list).retain(|given| given.grant != grant);
                }
            });
        }
        self.changed(number);
    }

    /// Sections that are for the people of a unit because it owns them.
    pub(super) fn owned_by(&self, code: Code) -> &[u32] {
        let is_unit = code.kind() == Code::UNIT;
        let owned = if is_unit { self.owned.get(code.id()) } else { None };
        owned.map_or(&[], |sections| sections.as_slice())
    }

    /// Notes whether a section is for the people of its owner.
    pub(super) fn set_owned(&mut self, number: u32, owner: OrganisationId, is_theirs: bool) {
        self.owned.alter(owner.get(), |sections| {
            let sections = Arc::make_mut(sections);
            sections.retain(|known| *known != number);
            if is_theirs {
                sections.push(number);
            }
        });
        self.changed(number);
    }

    /// Bytes taken, lists included.
    pub(super) fn bytes(&self) -> usize {
        let of_entries: usize = self
            .entries()
            .map(|(_, entry)| {
                entry.given.capacity() * size_of::<Given>()
                    + (entry.plain.capacity() + entry.gated.capacity()) * size_of::<ItemId>()
                    + 3 * SHARED
            })
            .sum();
        let of_principals: usize = self
            .by_principal
            .iter()
            .flat_map(|table| table.iter().flatten())
            .map(|list| list.capacity() * size_of::<Given>() + SHARED)
            .sum();
        let below: usize =
            self.below.iter().flatten().map(|below| below.capacity() * size_of::<u32>() + SHARED).sum();
        let numbers = self.numbers.len() * (size_of::<(Scope, u32)>() + 8);
        let tables = [self.bones.bytes(), self.entries.bytes(), self.below.bytes(), self.sums.bytes()];
        let tables = tables.into_iter().chain(self.by_principal.iter().map(Tree::bytes));
        tables.sum::<usize>() + of_entries + of_principals + below + numbers
    }
}

/// Adds a grant to a list. Most lists stay short, so room is made for few.
fn push(list: &mut Vec<Given>, given: Given) {
    if list.len() == list.capacity() {
        list.reserve_exact(1 + list.len() / 4);
    }
    list.push(given);
}
