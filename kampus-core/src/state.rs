//! State: the fold over the journal.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Index, Scope};
use crate::content::{Comment, Container, Item, Reaction, Section, Workspace};
use crate::directory::Directory;
use crate::id::{
    CommentId, GrantId, GroupId, ItemId, OrganisationId, PersonId, PostId, SectionId, WorkspaceId,
};

/// The number of a journal entry; 0 is before the first. It is also the consistency token that a service hands
/// to its client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Everything that is known at one revision. Cloning shares its parts, so a clone costs a few pointers.
///
/// Its fields are open inside the crate only: outside, a [`Viewer`](crate::Viewer) reads it for somebody, or
/// [`Untrimmed`](crate::Untrimmed) for nobody in particular.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    pub(crate) revision: Revision,
    pub(crate) directory: Directory,
    pub(crate) sections: OrdMap<SectionId, Section>,
    pub(crate) workspaces: OrdMap<WorkspaceId, Workspace>,
    /// Behind a count each: what shares the map copies no items.
    pub(crate) items: OrdMap<ItemId, Arc<Item>>,
    pub(crate) items_in: OrdMap<Container, OrdSet<ItemId>>,
    /// Items with the item above them first.
    pub(crate) under: OrdSet<(ItemId, ItemId)>,
    pub(crate) comments: OrdMap<CommentId, Comment>,
    pub(crate) comments_on: OrdMap<ItemId, OrdSet<CommentId>>,
    pub(crate) reactions: OrdMap<ItemId, OrdSet<(PersonId, Reaction)>>,
    pub(crate) acknowledged: OrdMap<ItemId, OrdSet<PersonId>>,
    pub(crate) follows: OrdSet<(PersonId, Container)>,
    pub(crate) grants: OrdMap<GrantId, Grant>,
    pub(crate) grants_on: OrdMap<Scope, OrdSet<GrantId>>,
    pub(crate) broken: OrdSet<Scope>,
    pub(crate) last: LastIds,
    /// The access rules, compiled for what is here.
    pub(crate) index: Index,
}

/// The last id given out of each kind. Ids are never used again, not even those of deleted things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LastIds {
    pub(crate) organisation: Option<OrganisationId>,
    pub(crate) person: Option<PersonId>,
    pub(crate) post: Option<PostId>,
    pub(crate) group: Option<GroupId>,
    pub(crate) section: Option<SectionId>,
    pub(crate) workspace: Option<WorkspaceId>,
    pub(crate) item: Option<ItemId>,
    pub(crate) comment: Option<CommentId>,
    pub(crate) grant: Option<GrantId>,
}

impl State {
    /// The revision that this is.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// An item.
    pub(crate) fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.get(&id).map(|item| &**item)
    }

    /// The grants on exactly this scope, in the order they were given.
    pub(crate) fn grants_on(&self, scope: Scope) -> impl Iterator<Item = &Grant> {
        self.grants_on.get(&scope).into_iter().flatten().filter_map(|id| self.grants.get(id))
    }

    /// The items in a container, in the order they were made.
    pub(crate) fn items_in(&self, container: Container) -> impl Iterator<Item = &Item> {
        self.items_in.get(&container).into_iter().flatten().filter_map(|id| self.item(*id))
    }

    /// The items directly under an item.
    pub(crate) fn items_under(&self, above: ItemId) -> impl Iterator<Item = ItemId> {
        let range = self.under.range((above, ItemId::FIRST)..);
        range.take_while(move |(from, _)| *from == above).map(|(_, item)| *item)
    }

    /// The comments on an item, in the order they were made.
    pub(crate) fn comments_on(&self, item: ItemId) -> impl Iterator<Item = &Comment> {
        self.comments_on.get(&item).into_iter().flatten().filter_map(|id| self.comments.get(id))
    }
}
