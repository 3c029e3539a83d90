//! The neutral records that every format reader yields.
//!
//! A reader turns one export into [`LegacyRecord`]s and knows nothing about Kampus: no organisation, no
//! target, no ids of ours. Everything here is in the source's own words.

mod access;
mod content;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::{Timestamp, civil::DateTime};
use serde::{Deserialize, Serialize};

pub use access::{Inheritance, LegacyContainer, LegacyGroup, Permission, Permissions, Right, Who};
pub use content::FileContent;
pub(crate) use content::Spool;

/// Where in an export something stands, for people who have to look it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Place {
    /// The file, as the plan names it.
    pub file: PathBuf,
    /// Byte offset from the beginning of the (decompressed) file; formats that are read by cells have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// One-based line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Sheet and cell as a spreadsheet shows them: `Sivut!B7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(cell) = &self.cell {
            write!(f, ", {cell}")?;
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(byte) = self.byte {
            write!(f, ", byte {byte}")?;
        }
        Ok(())
    }
}

/// A moment as an export gives it: with its zone, or as a wall clock whose zone the plan has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegacyTime {
    /// A moment on the time line.
    Instant(Timestamp),
    /// What the clock on the wall showed at the source.
    Local(DateTime),
}

/// One thing that a source holds, with the place it was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LegacyRecord {
    /// The source's own id of the record, unique among all records of the source: `post:123`, `user:maija`.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub body: LegacyBody,
}

/// The kinds of records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LegacyBody {
    /// A page, a news item, a service link: anything with a title and a body.
    Page(Box<LegacyPage>),
    /// A file that was attached or uploaded.
    File(Box<LegacyFile>),
    /// A comment on a page or a file.
    Comment(Box<LegacyComment>),
    /// A person: an author, or a row of a people list.
    Person(Box<LegacyPerson>),
    /// A group of people, or some of its members.
    Group(Box<LegacyGroup>),
    /// What pages are in: a space, a site.
    Container(Box<LegacyContainer>),
    /// An old address that pointed to another one at the source.
    Redirect {
        /// The address that is left behind.
        from: String,
        /// Where it pointed.
        to: String,
    },
    /// Something that is no content (a menu entry, an autosave): read and counted, never loaded.
    Chrome {
        /// The source's name of the thing: `nav_menu_item`.
        what: String,
    },
}

impl LegacyBody {
    /// The word that counts and reports use: `page`, `news`, `file`, `comment`, `person`, `group`, `container`,
    /// `redirect`, or the source's own name of a thing that is no content.
    pub fn kind(&self) -> &str {
        match self {
            Self::Page(page) => page.kind.as_str(),
            Self::File(_) => "file",
            Self::Comment(_) => "comment",
            Self::Person(_) => "person",
            Self::Group(_) => "group",
            Self::Container(_) => "container",
            Self::Redirect { .. } => "redirect",
            Self::Chrome { what } => what,
        }
    }
}

/// What a page was at the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// A page that stays.
    Page,
    /// A dated news item or blog post.
    News,
    /// A link to a tool.
    Service,
    /// A thread that people answer.
    Discussion,
}

impl PageKind {
    /// The word that counts and reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::News => "news",
            Self::Service => "service",
            Self::Discussion => "discussion",
        }
    }
}

/// Publication state at the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegacyStatus {
    /// Everybody who may read the place saw it.
    Published,
    /// Being written.
    Draft,
    /// Waiting for review.
    Pending,
    /// To be published at its date.
    Scheduled,
    /// For its author and the site's editors only.
    Private,
    /// Behind a password of its own.
    Password,
    /// Put away, kept.
    Archived,
    /// In the waste-paper basket.
    Trash,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Markup {
    /// HTML.
    Html,
    /// WordPress' "HTML in which blank lines are paragraphs", with shortcodes and block comments.
    WordPress,
    /// Plain text; line breaks count.
    Text,
}

/// A page at the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LegacyPage {
    /// Page, news, service or discussion.
    pub kind: PageKind,
    /// The title as plain text.
    pub title: String,
    /// A lead or excerpt, as markup.
    pub lead: String,
    /// The body in `markup`.
    pub body: String,
    /// How `body` and `lead` are written.
    pub markup: Markup,
    /// Addresses under which the page was found, the main one first.
    pub addresses: Vec<String>,
    /// Publication state.
    pub status: LegacyStatus,
    /// Id of the author's [`LegacyPerson`] record, or a bare name or e-mail where the source has no more.
    pub author: Option<String>,
    /// When it was first published or created.
    pub created: Option<LegacyTime>,
    /// When it was last changed.
    pub modified: Option<LegacyTime>,
    /// Id of the parent page's record.
    pub parent: Option<String>,
    /// Categories, tags and labels: `category/Ohjeet`, `post_tag/matkat`.
    pub labels: Vec<String>,
    /// BCP 47 tag, where the source says.
    pub language: Option<String>,
    /// The address of a tool, for services.
    pub link: Option<String>,
    /// Shown before others.
    pub sticky: bool,
    /// Whether new comments are accepted.
    pub comments_open: bool,
    /// A decision that stands in the source itself (an inventory with a column for it), in its own words.
    pub decision: Option<String>,
    /// The address to merge into, where the source has a column for it.
    pub merge_into: Option<String>,
    /// Who may do what with it. A source that knows of permissions says something of every page; `None`: it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// Id of the record of the container that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// What is known of it beyond the model: metadata, template, order; kept for reports.
    pub extra: BTreeMap<String, String>,
}

/// A file at the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LegacyFile {
    /// The title as plain text.
    pub title: String,
    /// The file's name.
    pub name: String,
    /// Addresses under which it was found, the main one first.
    pub addresses: Vec<String>,
    /// Path inside the export's folder of files, as the source gives it; unchecked.
    pub path: Option<String>,
    /// Its bytes, where the export itself holds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<FileContent>,
    /// A description, as markup of the source.
    pub description: String,
    /// How `description` is written.
    pub markup: Markup,
    /// Id of the author's record.
    pub author: Option<String>,
    /// When it was uploaded.
    pub created: Option<LegacyTime>,
    /// When it was last changed.
    pub modified: Option<LegacyTime>,
    /// Id of the page that it was attached to.
    pub parent: Option<String>,
    /// Who may do what with it, as of pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// Id of the record of the container that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
}

/// A comment at the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LegacyComment {
    /// Id of the record that is commented on.
    pub on: String,
    /// Id of the comment's record that it answers.
    pub parent: Option<String>,
    /// Id of the author's record, or the e-mail or name given.
    pub author: Option<String>,
    /// The name shown beside it.
    pub author_name: String,
    /// E-mail of who wrote it.
    pub author_email: Option<String>,
    /// When it was written.
    pub created: Option<LegacyTime>,
    /// The text, as markup of the source.
    pub body: String,
    /// How `body` is written.
    pub markup: Markup,
    /// What the source thought of it.
    pub state: CommentState,
}

/// Moderation state of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommentState {
    /// Shown.
    Approved,
    /// Waiting for a moderator.
    Held,
    /// Spam or thrown away.
    Discarded,
    /// Not written by a person: a pingback or trackback.
    Automatic,
}

/// A person at the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct LegacyPerson {
    /// Login or other name used in the source.
    pub login: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The name shown; composed from the others where the source has none.
    pub display_name: String,
    /// Job title.
    pub title: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// Code or name of the organisation or unit, as the source spells it.
    pub organisation: Option<String>,
    /// Preferred language, BCP 47.
    pub language: Option<String>,
    /// User type, as the source spells it (official, guest, …).
    pub user_type: Option<String>,
    /// Names of the groups the person is in.
    pub groups: Vec<String>,
}
