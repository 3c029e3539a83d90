//! One revision, frozen: what everything is read through.

use std::sync::Arc;

use jiff::Timestamp;

use crate::access::Grant;
use crate::content::{BlobHash, Comment, Container, Item, Section, Workspace};
use crate::directory::{Directory, Profile};
use crate::id::{CommentId, GrantId, ItemId, PersonId};
use crate::journal::{Journal, JournalError};
use crate::state::{Revision, State};
use crate::viewer::Viewer;

/// Everything at one revision. Cheap to take and to clone; later writes do not show in it.
#[derive(Debug, Clone)]
pub struct Snapshot {
    state: Arc<State>,
    journal: Arc<dyn Journal>,
}

impl Snapshot {
    pub(crate) fn new(state: Arc<State>, journal: Arc<dyn Journal>) -> Self {
        Self { state, journal }
    }

    pub(crate) fn into_state(self) -> Arc<State> {
        self.state
    }

    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    pub(crate) fn blob(&self, hash: BlobHash) -> Result<Option<Vec<u8>>, JournalError> {
        self.journal.blob(hash)
    }

    pub(crate) fn profile(&self, person: PersonId) -> Result<Option<Profile>, JournalError> {
        self.journal.profile(person)
    }

    /// The revision that it shows.
    pub fn revision(&self) -> Revision {
        self.state.revision
    }

    /// The directory: organisations are known to everybody, and people here are ids without names.
    pub fn directory(&self) -> &Directory {
        &self.state.directory
    }

    /// What a person sees at that time.
    pub fn viewer(&self, person: PersonId, at: Timestamp) -> Viewer {
        Viewer::new(self.clone(), person, at)
    }

    /// Everything, trimmed for nobody: for migrations, reports about the whole and checks. What it shows must not
    /// reach an end user.
    pub fn untrimmed(&self) -> Untrimmed<'_> {
        Untrimmed(self)
    }
}

/// An untrimmed read: see [`Snapshot::untrimmed`].
#[derive(Debug, Clone, Copy)]
pub struct Untrimmed<'a>(&'a Snapshot);

impl<'a> Untrimmed<'a> {
    /// The whole state, to be compared with another: two folds of one journal are equal.
    pub fn state(self) -> &'a State {
        &self.0.state
    }

    /// All sections, in the order they were made.
    pub fn sections(self) -> impl Iterator<Item = &'a Section> {
        self.0.state.sections.values()
    }

    /// All workspaces, in the order they were made.
    pub fn workspaces(self) -> impl Iterator<Item = &'a Workspace> {
        self.0.state.workspaces.values()
    }

    /// All items, in the order they were made.
    pub fn items(self) -> impl Iterator<Item = &'a Item> {
        self.0.state.items.values().map(|item| &**item)
    }

    /// An item.
    pub fn item(self, id: ItemId) -> Option<&'a Item> {
        self.0.state.item(id)
    }

    /// A grant.
    pub fn grant(self, id: GrantId) -> Option<&'a Grant> {
        self.0.state.grants.get(&id)
    }

    /// The items in a container, in the order they were made.
    pub fn items_in(self, container: Container) -> impl Iterator<Item = &'a Item> {
        self.0.state.items_in(container)
    }

    /// The comments on an item, in the order they were made.
    pub fn comments_on(self, item: ItemId) -> impl Iterator<Item = &'a Comment> {
        self.0.state.comments_on(item)
    }

    /// The items directly under an item.
    pub fn items_under(self, id: ItemId) -> impl Iterator<Item = ItemId> {
        self.0.state.items_under(id)
    }

    /// A comment.
    pub fn comment(self, id: CommentId) -> Option<&'a Comment> {
        self.0.state.comments.get(&id)
    }

    /// Stored bytes.
    pub fn blob(self, hash: BlobHash) -> Result<Option<Vec<u8>>, JournalError> {
        self.0.blob(hash)
    }

    /// What is told of a person.
    pub fn profile(self, person: PersonId) -> Result<Option<Profile>, JournalError> {
        self.0.profile(person)
    }
}
