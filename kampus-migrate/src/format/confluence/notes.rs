//! What is kept of single objects.

use std::rc::Rc;

use super::object::{Object, Spot};
use crate::record::LegacyTime;

/// A space.
#[derive(Debug)]
pub(super) struct Space {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) is_archived: bool,
    /// The page on which it begins.
    pub(super) home: Option<u64>,
    pub(super) spot: Spot,
}

/// What a piece of content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    Blog,
    Comment,
    /// Mails, whiteboards and what else add-ons keep.
    Custom,
}

/// The state of a piece of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Current,
    Draft,
    Archived,
    Deleted,
}

/// A page, blog post or comment in its newest version.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) kind: Kind,
    pub(super) state: State,
    pub(super) title: String,
    pub(super) space: Option<u64>,
    pub(super) parent: Option<u64>,
    /// What a comment is on.
    pub(super) container: Option<u64>,
    pub(super) author: Option<Rc<str>>,
    pub(super) created: Option<LegacyTime>,
    pub(super) modified: Option<LegacyTime>,
    pub(super) version: Option<u64>,
    pub(super) position: Option<u64>,
    pub(super) bodies: Vec<u64>,
    pub(super) sets: Vec<u64>,
    pub(super) spot: Spot,
}

/// An attached file in its newest version.
#[derive(Debug)]
pub(super) struct Attachment {
    pub(super) name: String,
    pub(super) state: State,
    pub(super) container: Option<u64>,
    pub(super) version: u64,
    pub(super) comment: String,
    pub(super) author: Option<Rc<str>>,
    pub(super) created: Option<LegacyTime>,
    pub(super) modified: Option<LegacyTime>,
    pub(super) spot: Spot,
}

/// Something that cannot be told apart from something else, or has no id.
#[derive(Debug)]
pub(super) struct Odd {
    pub(super) id: Option<String>,
    pub(super) kind: &'static str,
    pub(super) reason: String,
    pub(super) spot: Spot,
}

/// The state of a piece of content or a file.
pub(super) fn state(object: &Object) -> State {
    match object.text("contentStatus").unwrap_or_default().to_lowercase().as_str() {
        "draft" => State::Draft,
        "archived" => State::Archived,
        "deleted" | "trashed" => State::Deleted,
        _ => State::Current,
    }
}

/// The word that counts use for objects of a class.
pub(super) fn kind_of(class: &str) -> &'static str {
    match class {
        "BlogPost" => "news",
        "Comment" => "comment",
        "Attachment" => "file",
        "Label" | "Labelling" => "label",
        _ => "page",
    }
}
