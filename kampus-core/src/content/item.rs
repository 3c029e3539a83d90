//! Items: what is written, attached and linked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Blob, Classification, Container, Rare, Usual};
use crate::directory::UserType;
use crate::id::{GroupId, ItemId, OrganisationId, PersonId};
use crate::language::Language;
use crate::localised::Localised;

/// An item. Metadata names follow Dublin Core terms where the doc comment says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id (`dcterms:identifier`).
    pub id: ItemId,
    /// What it is (`dcterms:type`).
    pub kind: ItemKind,
    /// Where it is (`dcterms:isPartOf`).
    pub container: Container,
    /// The item above it in the same container, for trees of pages.
    pub parent: Option<ItemId>,
    /// Titles (`dcterms:title`).
    pub title: Localised<String>,
    /// A sentence or two shown in lists (`dcterms:abstract`).
    pub lead: Localised<String>,
    /// Bodies: safe HTML, stored by content.
    pub body: Localised<Blob>,
    /// Who wrote it (`dcterms:creator`).
    pub author: PersonId,
    /// Who answers for it.
    pub owner: PersonId,
    /// When it was written (`dcterms:created`).
    pub created: Timestamp,
    /// When its content last changed (`dcterms:modified`).
    pub modified: Timestamp,
    /// Where it stands in its life.
    pub status: Status,
    /// When it shows.
    pub schedule: Schedule,
    /// Whom it is shown to first. It never widens and never narrows who may read.
    pub audience: Rare<Audience>,
    /// How widely it may be known (`dcterms:accessRights`).
    pub classification: Classification,
    /// Shown before others.
    pub pinned: bool,
    /// Readers are asked to say that they have read it.
    pub must_acknowledge: bool,
    /// Whether people may comment.
    pub comments_open: bool,
    /// The file of a document.
    pub file: Option<Box<StoredFile>>,
    /// The address of a service's tool.
    pub link: Option<String>,
    /// Subject words (`dcterms:subject`).
    pub labels: Vec<String>,
    /// Addresses at which it was found before it came here (`dcterms:source`).
    pub sources: Vec<String>,
    /// How many times its content has been written, from 1.
    pub version: u32,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Knowledge that stays.
    Page,
    /// Dated; can be pinned and can ask to be acknowledged.
    News,
    /// A file.
    Document,
    /// A link to a tool, with a purpose and an audience.
    Service,
    /// A question or a topic that people answer in comments.
    Discussion,
}

impl ItemKind {
    /// The word used in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::News => "news",
            Self::Document => "document",
            Self::Service => "service",
            Self::Discussion => "discussion",
        }
    }
}

/// Where an item stands in its life: `Draft → InReview → Published → Archived`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being written.
    #[default]
    Draft,
    /// Waits for a Publisher.
    InReview,
    /// Out, within its schedule.
    Published,
    /// Put away and kept.
    Archived,
}

/// When a published item shows, and when somebody should look at it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// The first moment at which readers see it (`dcterms:issued`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish_at: Option<Timestamp>,
    /// The first moment at which they no longer do (`dcterms:valid`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// When its owner should read it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Timestamp>,
}

impl Schedule {
    /// Whether a published item shows at that time.
    pub fn shows_at(self, at: Timestamp) -> bool {
        self.publish_at.is_none_or(|from| from <= at) && self.expires_at.is_none_or(|until| at < until)
    }
}

/// Whom an item is for: anybody who matches any of these. Empty means everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Audience {
    /// Units, each with all below it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<OrganisationId>,
    /// Groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
    /// Readers of these languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// People of these types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub user_types: Vec<UserType>,
}

impl Usual for Audience {
    const USUAL: &'static Self =
        &Self { units: Vec::new(), groups: Vec::new(), languages: Vec::new(), user_types: Vec::new() };
}

impl Audience {
    /// Whether it is for everybody.
    pub fn is_everybody(&self) -> bool {
        *self == Self::default()
    }
}

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// The name to offer when it is downloaded.
    pub name: String,
    /// Its bytes.
    pub blob: Blob,
}
