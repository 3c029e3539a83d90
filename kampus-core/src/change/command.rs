//! What somebody wants.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::{Principal, Role, Scope};
use crate::content::{
    Audience, Classification, CommentState, Container, ItemKind, Reaction, Schedule, SectionVisibility,
    Status, WorkspaceVisibility,
};
use crate::directory::{DatedName, Employment, GroupMember, GroupRule, OrganisationKind, Profile, UserType};
use crate::id::{
    CommentId, GrantId, GroupId, ItemId, OrganisationId, PersonId, PostId, SectionId, WorkspaceId,
};
use crate::language::Language;
use crate::localised::Localised;
use crate::time::Period;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person, bound by the access rules.
    Person(PersonId),
    /// Whoever runs a tool with the store in hand: founds it, imports into it, keeps its directory in step with
    /// the source of people. The journal names the tool.
    Operator(String),
}

/// What somebody wants. Each variant says what it asks for beyond the access rules' table of actions.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Enters the organisations of a new store; the first is the root. Operator, on an empty store.
    Found(Vec<NewNode>),
    /// Enters an organisation or unit. Directory.
    AddOrganisation(Box<NewNode>),
    /// Enters a person. Directory.
    AddPerson(Box<NewPerson>),
    /// Changes what is told of a person: by directory, or the person themselves.
    SetProfile(PersonId, Box<Profile>),
    /// Forgets what is told of a person; their acts stay under the id. Directory.
    EraseProfile(PersonId),
    /// Changes whether a person serves. Directory.
    SetEmployment(PersonId, Employment),
    /// Clears a person for security class IV, or ends that. Directory.
    SetClearance(PersonId, bool),
    /// Makes a person look after the platform, or ends that. Operator or administrator.
    SetAdministrator(PersonId, bool),
    /// Makes a real person's what a placeholder wrote, was granted and belonged to; the placeholder stays empty and says
    /// who it was. Directory; administrators not for themselves.
    ClaimPlaceholder {
        /// The placeholder.
        placeholder: PersonId,
        /// Who it is.
        person: PersonId,
    },
    /// Affiliates a person to a unit beside their home. Directory.
    Affiliate {
        /// Who.
        person: PersonId,
        /// Where.
        unit: OrganisationId,
        /// How long.
        period: Period,
    },
    /// Enters a post. Directory.
    AddPost {
        /// What it is called.
        title: Localised<String>,
        /// The unit it belongs to.
        unit: OrganisationId,
    },
    /// Puts a person into a post. Directory.
    FillPost {
        /// The post.
        post: PostId,
        /// Who.
        person: PersonId,
        /// How long.
        period: Period,
    },
    /// Makes a group. Directory.
    AddGroup {
        /// What it is called.
        name: Localised<String>,
        /// Who is in it by a rule, beside its members.
        rule: Option<GroupRule>,
    },
    /// Takes a member into a group. Directory; no cycles.
    AddMember(GroupId, GroupMember),
    /// Takes a member out of a group. Directory.
    RemoveMember(GroupId, GroupMember),
    /// Renames, moves, merges and splits units, all in one. Directory.
    /// [`Snapshot::preview`](crate::Snapshot::preview) tells who would gain and who would lose access.
    Reorganise(Vec<UnitChange>),

    /// Makes a section. Manager of the owner or of the section above; common sections: administrator.
    AddSection(Box<NewSection>),
    /// Changes a section's visibility. Manager.
    SetSectionVisibility(SectionId, SectionVisibility),
    /// Puts a section under another one, or under none, and into the hands of an owner. Manager of the section, and
    /// whatever making one there asks for; no cycles.
    MoveSection {
        /// The section.
        section: SectionId,
        /// The section above it.
        parent: Option<SectionId>,
        /// Whose it is then.
        owner: OrganisationId,
    },
    /// Makes a workspace and its maker a Manager. Staff.
    AddWorkspace(Box<NewWorkspace>),
    /// Changes a workspace's visibility and declines its pending requests. Manager.
    SetWorkspaceVisibility(WorkspaceId, WorkspaceVisibility),
    /// Archives a workspace or takes it up again. Manager.
    ArchiveWorkspace(WorkspaceId, bool),
    /// Joins an open workspace, or asks to join a closed one. Staff.
    Join(WorkspaceId),
    /// Answers a request. Manager.
    AnswerRequest {
        /// The workspace.
        workspace: WorkspaceId,
        /// Who asked.
        person: PersonId,
        /// Yes or no.
        admit: bool,
    },
    /// Invites a person, staff or guest. Manager; rule 10.
    Invite {
        /// The workspace.
        workspace: WorkspaceId,
        /// Whom.
        person: PersonId,
        /// As what.
        role: Role,
    },
    /// Gives up one's own grants on a workspace; rule 10.
    Leave(WorkspaceId),
    /// Reads a closed or hidden workspace for an hour, for a reason that the journal keeps and its managers see.
    /// Administrator; rule 11.
    BreakGlass {
        /// The workspace.
        workspace: WorkspaceId,
        /// Why.
        reason: String,
    },

    /// Makes an item, as a draft.
    AddItem(Box<NewItem>),
    /// Makes a news item and publishes it at once.
    PublishNews(Box<NewItem>),
    /// Writes the content of one language anew; what is `None` stays.
    EditItem {
        /// The item.
        item: ItemId,
        /// The language written.
        language: Language,
        /// The new title.
        title: Option<String>,
        /// The new lead.
        lead: Option<String>,
        /// The new body, as safe HTML.
        body: Option<String>,
    },
    /// Moves an item on in its life: to review (Editor), out, back to draft or into the archive (Publisher).
    SetStatus(ItemId, Status),
    /// Sets when an item shows.
    SetSchedule(ItemId, Schedule),
    /// Sets whom an item is shown to first.
    SetAudience(ItemId, Audience),
    /// Classifies an item, up to its container's ceiling. Manager.
    Classify(ItemId, Classification),
    /// Pins an item or unpins it.
    Pin(ItemId, bool),
    /// Puts an item and all below it into a section or workspace, under another item or under none. What deleting it
    /// there and making it here ask for; no cycles.
    MoveItem {
        /// The item.
        item: ItemId,
        /// Where to.
        to: Container,
        /// The item above it there.
        parent: Option<ItemId>,
    },
    /// Deletes an item with its comments. Manager; items under it must go first.
    DeleteItem(ItemId),
    /// Comments on an item.
    Comment {
        /// The item.
        item: ItemId,
        /// The comment answered.
        parent: Option<CommentId>,
        /// The text, as safe HTML.
        body: String,
    },
    /// Reacts to an item, or takes the reaction back.
    React(ItemId, Reaction, bool),
    /// Confirms having read an item that asks for it.
    Acknowledge(ItemId),
    /// Follows a section or workspace, or ends that.
    Follow(Container, bool),

    /// Grants a role. Manager; rule 10.
    Grant {
        /// To whom.
        principal: Principal,
        /// What.
        role: Role,
        /// On what.
        scope: Scope,
        /// How long.
        period: Period,
    },
    /// Takes a grant back. Manager; rule 10.
    Revoke(GrantId),
    /// Stops a scope from inheriting grants, or lets it again. Manager.
    BreakInheritance(Scope, bool),

    /// Loads an item as it was elsewhere. Operator.
    ImportItem(Box<ImportedItem>),
    /// Loads a newer state of an imported item. Operator.
    ReviseImported(ItemId, Box<ImportedItem>),
    /// Writes the body of an imported item anew, with its links turned to where their targets are now. Operator.
    RelinkImported(ItemId, Language, String),
    /// Puts an imported item under another one of its container, or under none. Operator; no cycles.
    PlaceImported(ItemId, Option<ItemId>),
    /// Loads a comment as it was elsewhere. Operator.
    ImportComment(Box<ImportedComment>),
    /// Loads a newer state of an imported comment, or puts it to the item that its own was merged into. Operator; one
    /// that is answered stays where it is.
    ReviseImportedComment(CommentId, Box<ImportedComment>),
    /// Takes a comment back. Operator; answers to it must go first.
    WithdrawComment(CommentId),
    /// Takes a section back, with what was granted on it. Operator; what is in it and below it must go first.
    WithdrawSection(SectionId),
    /// Takes people back, with what is told of them: placeholders and entries of a list that was not to be. Operator;
    /// all of them or none, and whoever wrote, holds or belongs to anything stays.
    WithdrawPeople(Vec<PersonId>),
}

/// One step of a reorganisation.
#[derive(Debug, Clone, PartialEq)]
pub enum UnitChange {
    /// The unit has another name from now on; the old one stays among its names.
    Rename {
        /// The unit.
        unit: OrganisationId,
        /// Its new name.
        name: Localised<String>,
    },
    /// The unit stands under another one.
    Move {
        /// The unit.
        unit: OrganisationId,
        /// Under which.
        under: OrganisationId,
    },
    /// The unit's people and all that it held go into another one.
    Merge {
        /// The unit that is no more.
        unit: OrganisationId,
        /// The one that takes its place.
        into: OrganisationId,
    },
    /// New units beside the unit take over people of it, and its rights with them. If nobody stays it is no more.
    Split {
        /// The unit.
        unit: OrganisationId,
        /// The new units, whose parent is the unit's whatever they say, with the people that go there.
        into: Vec<(NewNode, Vec<PersonId>)>,
    },
}

/// An organisation or unit to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNode {
    /// Its code.
    pub code: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The code of the node above it; `None` for the root only.
    pub parent: Option<String>,
    /// Protocol order.
    pub order: u32,
    /// Names, the current one first.
    pub names: Vec<DatedName>,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// Region, for missions.
    pub region: Option<String>,
    /// IANA time zone, for missions.
    pub time_zone: Option<String>,
}

/// A person to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// Home unit; guests have none.
    pub home: Option<OrganisationId>,
    /// Languages, dearest first.
    pub languages: Vec<Language>,
    /// What they are to the Government.
    pub user_type: UserType,
    /// Whether they serve.
    pub employment: Employment,
    /// Known only from old content.
    pub placeholder: bool,
    /// What is told of them.
    pub profile: Profile,
}

impl NewPerson {
    /// A civil servant of that unit, in active service, reading Finnish first.
    pub fn official(home: OrganisationId, display_name: &str) -> Self {
        Self {
            home: Some(home),
            languages: vec![Language::Fi],
            user_type: UserType::Official,
            employment: Employment::Active,
            placeholder: false,
            profile: Profile { display_name: display_name.to_owned(), ..Profile::default() },
        }
    }
}

/// A section to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSection {
    /// Its title.
    pub title: Localised<String>,
    /// Whose it is.
    pub owner: OrganisationId,
    /// The section above it.
    pub parent: Option<SectionId>,
    /// Who reads it.
    pub visibility: SectionVisibility,
    /// The highest classification in it.
    pub ceiling: Classification,
}

/// A workspace to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorkspace {
    /// Its title.
    pub title: Localised<String>,
    /// What it is for.
    pub purpose: Localised<String>,
    /// The organisation that hosts it.
    pub host: OrganisationId,
    /// Who sees and joins it.
    pub visibility: WorkspaceVisibility,
    /// The highest classification in it.
    pub ceiling: Classification,
}

/// An item to make.
#[derive(Debug, Clone, PartialEq)]
pub struct NewItem {
    /// What it is.
    pub kind: ItemKind,
    /// Where it goes.
    pub container: Container,
    /// The item above it.
    pub parent: Option<ItemId>,
    /// Titles; at least one.
    pub title: Localised<String>,
    /// Leads.
    pub lead: Localised<String>,
    /// Bodies, as safe HTML.
    pub body: Localised<String>,
    /// How widely it may be known.
    pub classification: Classification,
    /// Whom it is shown to first.
    pub audience: Audience,
    /// Whether readers are asked to acknowledge it.
    pub must_acknowledge: bool,
    /// The address of a service's tool.
    pub link: Option<String>,
    /// The file of a document: its name and bytes.
    pub file: Option<(String, Vec<u8>)>,
}

impl NewItem {
    /// An internal item for everybody with a title and a body in one language.
    pub fn new(kind: ItemKind, container: Container, language: Language, title: &str, body: &str) -> Self {
        Self {
            kind,
            container,
            parent: None,
            title: Localised::one(language, title.to_owned()),
            lead: Localised::default(),
            body: Localised::one(language, body.to_owned()),
            classification: Classification::default(),
            audience: Audience::default(),
            must_acknowledge: false,
            link: None,
            file: None,
        }
    }
}

/// An item as it was elsewhere: with its own author, dates and state.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedItem {
    /// The item itself.
    pub content: NewItem,
    /// Who wrote it.
    pub author: PersonId,
    /// Who answers for it.
    pub owner: PersonId,
    /// When it was written.
    pub created: Timestamp,
    /// When it last changed.
    pub modified: Timestamp,
    /// Where it stood.
    pub status: Status,
    /// When it shows.
    pub schedule: Schedule,
    /// Shown before others.
    pub pinned: bool,
    /// Whether people may comment.
    pub comments_open: bool,
    /// Subject words.
    pub labels: Vec<String>,
    /// Its addresses there.
    pub sources: Vec<String>,
}

/// A comment as it was elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedComment {
    /// The item.
    pub item: ItemId,
    /// The comment answered.
    pub parent: Option<CommentId>,
    /// Who wrote it.
    pub author: PersonId,
    /// When.
    pub created: Timestamp,
    /// The text, as safe HTML.
    pub body: String,
    /// Whether everybody sees it.
    pub state: CommentState,
}
