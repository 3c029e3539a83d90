//! Who did what, as the journal tells: what a run made, and what others than the migration did.

use std::collections::{HashMap, HashSet};

use kampus_core::access::{Principal, Scope};
use kampus_core::directory::GroupMember;
use kampus_core::{
    Actor, Change, CommentId, Entry, GrantId, GroupId, ItemId, Kampus, PersonId, Revision, SectionId,
    Snapshot,
};
use roaring::RoaringBitmap;

use super::error::MigrateError;

/// What all actors of the migration begin with.
const OURS: &str = "kampus-migrate ";

/// The name under which the journal keeps what a run did.
pub(super) fn actor_of_run(run: u64) -> String {
    format!("{OURS}run {run}")
}

/// Numbers of things by kind.
#[derive(Debug, Default)]
pub(super) struct Things {
    pub(super) items: RoaringBitmap,
    pub(super) comments: RoaringBitmap,
    pub(super) people: RoaringBitmap,
    pub(super) sections: RoaringBitmap,
}

/// What the journal tells about a stretch of time. A few bits a thing, however long the stretch.
#[derive(Debug, Default)]
pub(super) struct History {
    /// What the run in question made.
    pub(super) made: Things,
    /// What others made.
    pub(super) theirs: Things,
    /// Items whose text others wrote.
    pub(super) written: RoaringBitmap,
    /// Items whose state, schedule, audience, class or place at the top others decided.
    pub(super) ruled: RoaringBitmap,
    /// Items that others moved.
    pub(super) moved: RoaringBitmap,
    /// Comments that others answered.
    pub(super) answered: RoaringBitmap,
    /// Sections in which others decided something.
    pub(super) settled: RoaringBitmap,
    /// Items of which others decided who reads or writes them.
    shared: RoaringBitmap,
    /// Members whom others took into groups or out of them.
    members: HashSet<(GroupId, GroupMember)>,
    /// The items that grants are on, for whoever takes one back.
    granted: HashMap<GrantId, ItemId>,
    /// People who did something, and of whom others said something.
    pub(super) named: RoaringBitmap,
}

impl History {
    /// Reads what was done after a revision.
    pub(super) fn read(store: &Kampus, after: Revision, run: Option<u64>) -> Result<Self, MigrateError> {
        let mut history = Self::default();
        let maker = run.map(actor_of_run);
        store.entries_after(after, &mut |entry| {
            history.note_grants(entry);
            match &entry.actor {
                Actor::Operator(name) if Some(name) == maker.as_ref() => history.note_made(entry),
                Actor::Operator(name) if name.starts_with(OURS) => {}
                Actor::Operator(_) => history.note_others(entry),
                Actor::Person(person) => {
                    history.named.insert(person.get());
                    history.note_others(entry);
                }
            }
        })?;
        Ok(history)
    }

    fn note_made(&mut self, entry: &Entry) {
        for change in &entry.changes {
            self.made.note(change);
        }
    }

    /// Where grants are, whoever gave them.
    fn note_grants(&mut self, entry: &Entry) {
        for change in &entry.changes {
            if let Change::Granted(grant) = change
                && let Scope::Item(item) = grant.scope
            {
                self.granted.insert(grant.id, item);
            }
        }
    }

    fn note_others(&mut self, entry: &Entry) {
        // Finding out who a placeholder is decides nothing about what it wrote or may read.
        let is_claim = entry.changes.iter().any(|change| matches!(change, Change::PlaceholderClaimed(..)));
        for change in entry.changes.iter().filter(|_| !is_claim) {
            self.note_sharing(change);
        }
        for change in &entry.changes {
            self.theirs.note(change);
            self.note_item(change);
            self.note_place(change);
            for person in people_of(change) {
                self.named.insert(person.get());
            }
        }
    }

    fn note_item(&mut self, change: &Change) {
        match change {
            Change::ItemWritten { item, .. } | Change::ItemRelinked(item, ..) => {
                self.written.insert(item.get());
            }
            Change::ItemReplaced(item) => {
                self.written.insert(item.id.get());
            }
            Change::StatusSet(item, _)
            | Change::ScheduleSet(item, _)
            | Change::AudienceSet(item, _)
            | Change::Classified(item, _)
            | Change::Pinned(item, _) => {
                self.ruled.insert(item.get());
            }
            Change::ItemPlaced(item, _) | Change::ItemMoved(item, ..) => {
                self.moved.insert(item.get());
            }
            Change::CommentAdded(comment) => {
                self.answered.extend(comment.parent.map(CommentId::get));
            }
            Change::CommentReplaced(comment) => {
                self.answered.insert(comment.id.get());
            }
            _ => {}
        }
    }

    fn note_sharing(&mut self, change: &Change) {
        let item = match change {
            Change::Granted(grant) => item_of(grant.scope),
            Change::Revoked(grant) => self.granted.get(grant).copied(),
            Change::InheritanceBroken(scope, _) => item_of(*scope),
            Change::MemberAdded(group, member) | Change::MemberRemoved(group, member) => {
                self.members.insert((*group, *member));
                None
            }
            _ => None,
        };
        self.shared.extend(item.map(ItemId::get));
    }

    fn note_place(&mut self, change: &Change) {
        let section = match change {
            Change::SectionAdded(section) => section.parent,
            Change::SectionVisibilitySet(id, _) | Change::SectionMoved(id, ..) => Some(*id),
            Change::Granted(grant) => section_of(grant.scope),
            Change::InheritanceBroken(scope, _) => section_of(*scope),
            _ => None,
        };
        self.settled.extend(section.map(SectionId::get));
    }

    /// Whether others decided where an item stands or who sees it.
    pub(super) fn is_ruled(&self, item: ItemId) -> bool {
        self.ruled.contains(item.get())
    }

    /// Whether others moved an item.
    pub(super) fn is_moved(&self, item: ItemId) -> bool {
        self.moved.contains(item.get())
    }

    /// Whether others decided who reads or writes an item.
    pub(super) fn is_shared(&self, item: ItemId) -> bool {
        self.shared.contains(item.get())
    }

    /// Whether others took a member into a group, or out of it.
    pub(super) fn is_member_decided(&self, group: GroupId, member: GroupMember) -> bool {
        self.members.contains(&(group, member))
    }

    /// Whether something of others hangs on an item, which would be lost with it: comments, reactions,
    /// acknowledgements, grants, items under it.
    pub(super) fn is_used(&self, snapshot: &Snapshot, item: ItemId) -> bool {
        let all = snapshot.untrimmed();
        let scope = Scope::Item(item);
        all.comments_on(item).any(|comment| self.theirs.comments.contains(comment.id.get()))
            || all.reactions_to(item).next().is_some()
            || all.acknowledged(item).next().is_some()
            || (self.is_shared(item) && (all.grants_on(scope).next().is_some() || !all.inherits(scope)))
            || all.items_under(item).any(|below| self.is_theirs(below))
    }

    /// Whether an item is where it is because of others.
    fn is_theirs(&self, item: ItemId) -> bool {
        self.theirs.items.contains(item.get()) || self.is_moved(item)
    }
}

impl Things {
    fn note(&mut self, change: &Change) {
        match change {
            Change::ItemAdded(item) => self.items.insert(item.id.get()),
            Change::CommentAdded(comment) => self.comments.insert(comment.id.get()),
            Change::PersonAdded(person) => self.people.insert(person.id.get()),
            Change::SectionAdded(section) => self.sections.insert(section.id.get()),
            _ => false,
        };
    }
}

fn item_of(scope: Scope) -> Option<ItemId> {
    match scope {
        Scope::Item(id) => Some(id),
        _ => None,
    }
}

fn section_of(scope: Scope) -> Option<SectionId> {
    match scope {
        Scope::Section(id) => Some(id),
        _ => None,
    }
}

/// The people whom a change is about.
fn people_of(change: &Change) -> Vec<PersonId> {
    match change {
        Change::ProfileChanged(id)
        | Change::ProfileErased(id)
        | Change::EmploymentSet(id, _)
        | Change::ClearanceSet(id, _)
        | Change::AdministratorSet(id, _)
        | Change::Affiliated(id, _)
        | Change::Rehomed(id, _)
        | Change::Reaffiliated(id, ..)
        | Change::MemberAdded(_, GroupMember::Person(id))
        | Change::MemberRemoved(_, GroupMember::Person(id))
        | Change::JoinRequested(_, id)
        | Change::RequestSettled(_, id)
        | Change::Followed(id, ..)
        | Change::Reacted(_, id, ..)
        | Change::Acknowledged(_, id) => vec![*id],
        Change::PlaceholderClaimed(from, to) => vec![*from, *to],
        Change::PostFilled(_, holding) => vec![holding.person],
        Change::ItemAdded(item) | Change::ItemReplaced(item) => vec![item.author, item.owner],
        Change::CommentAdded(comment) => vec![comment.author],
        Change::Granted(grant) => match grant.principal {
            Principal::Person(id) => vec![id],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
