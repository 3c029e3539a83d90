//! What a run did to what was there before it, as the journal tells, and what others did there since.

use std::collections::{BTreeMap, BTreeSet};

use kampus_core::access::Scope;
use kampus_core::content::{Comment, Item};
use kampus_core::directory::GroupMember;
use kampus_core::{Change, CommentId, Entry, GrantId, GroupId, ItemId, Kampus, PersonId, Revision, Snapshot};
use roaring::RoaringBitmap;

use super::super::error::MigrateError;
use super::super::history::{Doer, History, Things};
use crate::outcome::Because;

/// What a run did to what it had not made itself.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) items: BTreeMap<ItemId, Touched>,
    pub(super) comments: BTreeMap<CommentId, Touched>,
    /// Grants that it gave.
    pub(super) given: BTreeSet<GrantId>,
    /// Grants that it took.
    pub(super) taken: BTreeMap<GrantId, Revision>,
    /// Scopes whose inheritance it broke or mended.
    pub(super) broken: BTreeMap<Scope, Revision>,
    /// Members that it took into groups or out of them.
    pub(super) members: BTreeMap<Member, Revision>,
    /// Members about whom others decided since.
    pub(super) decided: BTreeSet<Member>,
    /// Placeholders of whom it was found out who they are, by whomever, and who that is.
    pub(super) claimed: BTreeMap<PersonId, PersonId>,
    /// Those of whom the run found it out.
    pub(super) claimed_by_run: BTreeSet<PersonId>,
    /// People of whom it told something else.
    pub(super) told: BTreeSet<PersonId>,
    /// Later runs that did something.
    pub(super) later: BTreeSet<u64>,
    theirs: Things,
}

/// Somebody in a group.
pub(super) type Member = (GroupId, GroupMember);

/// Something that the run changed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Touched {
    /// A revision at which it was as the run found it.
    pub(super) from: Revision,
    /// What others did to it after the run had.
    pub(super) since: Option<Because>,
}

impl Trace {
    /// Reads what was done after the revision at which a run began. `made` is what it made.
    pub(super) fn read(
        store: &Kampus,
        run: u64,
        begun: Revision,
        made: &Things,
    ) -> Result<Self, MigrateError> {
        let mut trace = Self::default();
        // A run that was interrupted has several stretches, between which others may have done something.
        let mut stretch = None;
        store.entries_after(begun, &mut |entry| {
            trace.note_claims(entry);
            match Doer::of(&entry.actor) {
                Doer::Run(number) if number == run => {
                    let before = Revision(entry.revision.0.saturating_sub(1));
                    let stretch = *stretch.get_or_insert(before);
                    entry.changes.iter().for_each(|change| trace.note_own(change, made, begun, stretch));
                }
                doer => {
                    stretch = None;
                    trace.note_other(doer, run, entry);
                }
            }
        })?;
        Ok(trace)
    }

    fn note_claims(&mut self, entry: &Entry) {
        for change in &entry.changes {
            if let Change::PlaceholderClaimed(from, to) = change {
                self.claimed.insert(*from, *to);
            }
        }
    }

    fn note_own(&mut self, change: &Change, made: &Things, begun: Revision, stretch: Revision) {
        let touched = |theirs: &RoaringBitmap, number: u32| {
            let from = if theirs.contains(number) { stretch } else { begun };
            Touched { from, since: None }
        };
        match change {
            Change::CommentReplaced(comment) if !made.comments.contains(comment.id.get()) => {
                let new = touched(&self.theirs.comments, comment.id.get());
                self.comments.entry(comment.id).or_insert(new);
            }
            Change::Granted(grant) => drop(self.given.insert(grant.id)),
            Change::Revoked(id) => drop(self.taken.entry(*id).or_insert(stretch)),
            Change::InheritanceBroken(scope, _) => drop(self.broken.entry(*scope).or_insert(stretch)),
            Change::MemberAdded(group, member) | Change::MemberRemoved(group, member) => {
                self.members.entry((*group, *member)).or_insert(stretch);
            }
            Change::PlaceholderClaimed(from, _) => drop(self.claimed_by_run.insert(*from)),
            Change::ProfileChanged(id) if !made.people.contains(id.get()) => drop(self.told.insert(*id)),
            other => {
                if let Some((item, _)) = deed(other).filter(|(item, _)| !made.items.contains(item.get())) {
                    let new = touched(&self.theirs.items, item.get());
                    self.items.entry(item).or_insert(new);
                }
            }
        }
    }

    fn note_other(&mut self, doer: Doer, run: u64, entry: &Entry) {
        match doer {
            Doer::Run(number) if number > run => drop(self.later.insert(number)),
            Doer::Run(_) | Doer::Rollback => {}
            Doer::Person(_) | Doer::Tool => {
                for change in &entry.changes {
                    if let Some((item, because)) = deed(change) {
                        self.theirs.items.insert(item.get());
                        self.items.entry(item).and_modify(|touched| {
                            touched.since.get_or_insert(because);
                        });
                    }
                    if let Change::MemberAdded(group, member) | Change::MemberRemoved(group, member) = change
                    {
                        self.decided.insert((*group, *member));
                    }
                    if let Change::CommentReplaced(comment) = change {
                        self.theirs.comments.insert(comment.id.get());
                        self.comments.entry(comment.id).and_modify(|touched| {
                            touched.since.get_or_insert(Because::Edited);
                        });
                    }
                }
            }
        }
    }

    /// All revisions at which something has to be looked at.
    fn revisions(&self) -> BTreeSet<Revision> {
        let touched = self.items.values().chain(self.comments.values()).map(|touched| touched.from);
        let touched = touched.chain(self.members.values().copied());
        touched.chain(self.taken.values().copied()).chain(self.broken.values().copied()).collect()
    }
}

/// What a change does to an item that is there.
fn deed(change: &Change) -> Option<(ItemId, Because)> {
    match change {
        Change::ItemReplaced(item) => Some((item.id, Because::Edited)),
        Change::ItemWritten { item, .. } | Change::ItemRelinked(item, ..) => Some((*item, Because::Edited)),
        Change::ItemPlaced(item, _) | Change::ItemMoved(item, ..) => Some((*item, Because::Moved)),
        Change::StatusSet(item, _)
        | Change::ScheduleSet(item, _)
        | Change::AudienceSet(item, _)
        | Change::Classified(item, _)
        | Change::Pinned(item, _) => Some((*item, Because::Decided)),
        _ => None,
    }
}

/// The store as the run found it: folded from the journal once for its beginning, and once more for each interruption
/// after which it met what others had done meanwhile.
pub(super) struct Past {
    snapshots: BTreeMap<Revision, Snapshot>,
    claimed: BTreeMap<PersonId, PersonId>,
}

impl Past {
    pub(super) fn read(store: &Kampus, trace: &Trace) -> Result<Self, MigrateError> {
        let mut snapshots = BTreeMap::new();
        for revision in trace.revisions() {
            snapshots.insert(revision, store.as_of(revision)?);
        }
        Ok(Self { snapshots, claimed: trace.claimed.clone() })
    }

    pub(super) fn at(&self, revision: Revision) -> Option<&Snapshot> {
        self.snapshots.get(&revision)
    }

    /// An item as it was. What a placeholder wrote is by whoever that has turned out to be since.
    pub(super) fn item(&self, id: ItemId, touched: Touched) -> Option<Item> {
        let was = self.at(touched.from)?.untrimmed().item(id)?;
        Some(Item { author: self.who(was.author), owner: self.who(was.owner), ..was.clone() })
    }

    /// A comment as it was.
    pub(super) fn comment(&self, id: CommentId, touched: Touched) -> Option<Comment> {
        let was = self.at(touched.from)?.untrimmed().comment(id)?;
        Some(Comment { author: self.who(was.author), ..was.clone() })
    }

    fn who(&self, person: PersonId) -> PersonId {
        let known = std::iter::successors(Some(person), |person| self.claimed.get(person).copied());
        // A person who was claimed is no placeholder, so the row ends.
        known.take(self.claimed.len() + 1).last().unwrap_or(person)
    }
}

/// Everything that the journal tells of a run.
pub(super) struct Deeds {
    pub(super) history: History,
    pub(super) trace: Trace,
    pub(super) past: Past,
}

impl Deeds {
    pub(super) fn read(store: &Kampus, run: u64, begun: Revision) -> Result<Self, MigrateError> {
        let history = History::read(store, begun, Some(run))?;
        let trace = Trace::read(store, run, begun, &history.made)?;
        let past = Past::read(store, &trace)?;
        Ok(Self { history, trace, past })
    }
}
