//! What happened: the facts that the journal keeps.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::command::Actor;
use crate::access::{Grant, Scope};
use crate::content::{
    Audience, Blob, Classification, Comment, Container, GlassBreak, Item, Reaction, Schedule, Section,
    SectionVisibility, Status, Workspace, WorkspaceVisibility,
};
use crate::directory::{
    Affiliation, DatedName, Employment, Group, GroupMember, GroupRule, Organisation, Person, Post,
    PostHolding,
};
use crate::id::{
    CommentId, GrantId, GroupId, ItemId, OrganisationId, PersonId, PostId, SectionId, WorkspaceId,
};
use crate::language::Language;
use crate::state::Revision;

/// One entry of the journal: all that one command changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number; entries count from 1 without gaps.
    pub revision: Revision,
    /// When it was written.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What changed.
    pub changes: Vec<Change>,
}

/// A fact. Bodies and files are named by their content addresses; nothing here says who a person is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// An organisation or unit was entered.
    OrganisationAdded(Organisation),
    /// A person was entered.
    PersonAdded(Person),
    /// A person to whom nothing refers was taken back, with what was told of them.
    PersonWithdrawn(PersonId),
    /// A placeholder was found out to be a person: what the first wrote and owned is the second's.
    PlaceholderClaimed(PersonId, PersonId),
    /// What is told of a person changed; the journal does not know to what.
    ProfileChanged(PersonId),
    /// What is told of a person was erased.
    ProfileErased(PersonId),
    /// A person began to serve, was suspended or left.
    EmploymentSet(PersonId, Employment),
    /// A person was cleared, or no longer is.
    ClearanceSet(PersonId, bool),
    /// A person looks after the platform, or no longer does.
    AdministratorSet(PersonId, bool),
    /// A person was affiliated to a unit.
    Affiliated(PersonId, Affiliation),
    /// A post was entered.
    PostAdded(Post),
    /// A person was put into a post.
    PostFilled(PostId, PostHolding),
    /// A group was made.
    GroupAdded(Group),
    /// A group took a member in.
    MemberAdded(GroupId, GroupMember),
    /// A group let a member go.
    MemberRemoved(GroupId, GroupMember),
    /// A group's rule changed.
    GroupRuleSet(GroupId, GroupRule),
    /// An organisation or unit has another name.
    OrganisationRenamed(OrganisationId, DatedName),
    /// An organisation or unit stands under another one.
    OrganisationMoved(OrganisationId, OrganisationId),
    /// An organisation or unit is no more; that was its last day.
    OrganisationClosed(OrganisationId, Date),
    /// A person is at home in another unit.
    Rehomed(PersonId, OrganisationId),
    /// What a person held in one unit they hold in another.
    Reaffiliated(PersonId, OrganisationId, OrganisationId),
    /// A post belongs to another unit.
    PostMoved(PostId, OrganisationId),
    /// A section was made.
    SectionAdded(Section),
    /// A section's visibility changed.
    SectionVisibilitySet(SectionId, SectionVisibility),
    /// A section stands elsewhere, or is somebody else's.
    SectionMoved(SectionId, Option<SectionId>, OrganisationId),
    /// An empty section was taken back.
    SectionWithdrawn(SectionId),
    /// A workspace was made.
    WorkspaceAdded(Workspace),
    /// A workspace's visibility changed.
    WorkspaceVisibilitySet(WorkspaceId, WorkspaceVisibility),
    /// A workspace was archived or taken up again.
    WorkspaceArchived(WorkspaceId, bool),
    /// Another organisation hosts a workspace.
    WorkspaceRehosted(WorkspaceId, OrganisationId),
    /// An administrator reads a workspace without being let in (rule 11).
    GlassBroken(WorkspaceId, GlassBreak),
    /// A person asked to join.
    JoinRequested(WorkspaceId, PersonId),
    /// A request was answered or settled.
    RequestSettled(WorkspaceId, PersonId),
    /// An item came to be.
    ItemAdded(Box<Item>),
    /// An item was loaded anew: everything about it may differ but its id.
    ItemReplaced(Box<Item>),
    /// The content of one language was written.
    ItemWritten {
        /// The item.
        item: ItemId,
        /// The language.
        language: Language,
        /// The new title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// The new lead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead: Option<String>,
        /// The new body.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Blob>,
    },
    /// Links in a body were turned; its words are the same, so it counts as no new version.
    ItemRelinked(ItemId, Language, Blob),
    /// An item was put under another one, or under none.
    ItemPlaced(ItemId, Option<ItemId>),
    /// An item is in another section or workspace, under another item or under none.
    ItemMoved(ItemId, Container, Option<ItemId>),
    /// An item moved in its life.
    StatusSet(ItemId, Status),
    /// An item's schedule changed.
    ScheduleSet(ItemId, Schedule),
    /// An item's audience changed.
    AudienceSet(ItemId, Audience),
    /// An item was classified.
    Classified(ItemId, Classification),
    /// An item was pinned or unpinned.
    Pinned(ItemId, bool),
    /// An item was deleted, with its comments.
    ItemDeleted(ItemId),
    /// Somebody commented.
    CommentAdded(Comment),
    /// A comment was loaded anew, on the same item or on another one.
    CommentReplaced(Comment),
    /// A comment was taken back.
    CommentWithdrawn(CommentId),
    /// Somebody reacted, or took it back.
    Reacted(ItemId, PersonId, Reaction, bool),
    /// Somebody confirmed having read an item.
    Acknowledged(ItemId, PersonId),
    /// Somebody follows a section or workspace, or no longer does.
    Followed(PersonId, Container, bool),
    /// A role was granted.
    Granted(Grant),
    /// A grant was taken back.
    Revoked(GrantId),
    /// A scope stopped inheriting, or began again.
    InheritanceBroken(Scope, bool),
}
