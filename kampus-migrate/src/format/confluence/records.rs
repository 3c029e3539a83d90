//! From notes and texts to records.

use std::collections::BTreeMap;

use super::bodies::Syntax;
use super::index::Index;
use super::notes::{Content, Kind, State};
use super::storage;
use crate::record::{
    CommentState, FileContent, Inheritance, LegacyBody, LegacyComment, LegacyContainer, LegacyFile,
    LegacyPage, LegacyStatus, Markup, PageKind, Permission, Permissions, Right, Who,
};

/// A record's body, and what is to be said about it.
pub(super) struct Told {
    pub(super) body: LegacyBody,
    pub(super) notices: Vec<String>,
}

impl Index {
    /// The container that stands for a space, and the one for its blog where other people write in it.
    pub(super) fn containers(&self, space: u64) -> Vec<(String, LegacyBody)> {
        let Some(own) = self.spaces.get(&space) else { return Vec::new() };
        let container = |kind| {
            LegacyBody::Container(Box::new(LegacyContainer {
                title: own.name.clone(),
                parent: None,
                permissions: self.space_permissions(space, kind),
            }))
        };
        let mut told = vec![(format!("space:{space}"), container(Kind::Page))];
        if self.has_own_posts(space) {
            told.push((format!("space:{space}/blog"), container(Kind::Blog)));
        }
        told
    }

    fn container(&self, content: &Content) -> Option<String> {
        let space = content.space?;
        let is_apart = content.kind == Kind::Blog && self.has_own_posts(space);
        Some(if is_apart { format!("space:{space}/blog") } else { format!("space:{space}") })
    }

    /// A page or a blog post.
    pub(super) fn page(&self, id: u64, content: &Content, text: &str, syntax: Syntax) -> Told {
        let space = content.space.and_then(|space| self.spaces.get(&space));
        let mut extra = BTreeMap::new();
        let mut tell = |key: &str, value: Option<String>| {
            extra.extend(value.filter(|value| !value.is_empty()).map(|value| (key.to_owned(), value)));
        };
        tell("space", space.map(|space| space.key.clone()));
        tell("version", content.version.map(|number| number.to_string()));
        tell("older_versions", self.counts.get(&id).map(u64::to_string));
        tell("position", content.position.map(|number| number.to_string()));
        let status = match content.state {
            State::Deleted => LegacyStatus::Trash,
            State::Draft => LegacyStatus::Draft,
            State::Archived => LegacyStatus::Archived,
            State::Current if space.is_some_and(|space| space.is_archived) => LegacyStatus::Archived,
            State::Current => LegacyStatus::Published,
        };
        let Written { text, markup, notices } = self.written(id, content.space, text, syntax);
        let mut labels = self.labels(id);
        labels.extend(space.map(|space| format!("space/{}", space.key)));
        let page = LegacyPage {
            kind: if content.kind == Kind::Blog { PageKind::News } else { PageKind::Page },
            title: content.title.clone(),
            lead: String::new(),
            body: text,
            markup,
            addresses: self.addresses(id, content),
            status,
            author: content.author.as_ref().map(|word| self.people.id(word)),
            created: content.created,
            modified: content.modified,
            parent: content.parent.filter(|parent| *parent != id).map(|parent| format!("page:{parent}")),
            labels,
            language: None,
            link: None,
            sticky: false,
            comments_open: true,
            decision: None,
            merge_into: None,
            permissions: Some(self.permissions(id)),
            container: self.container(content),
            extra,
        };
        Told { body: LegacyBody::Page(Box::new(page)), notices }
    }

    /// A comment on something, or why it is none.
    pub(super) fn comment(&self, content: &Content, text: &str, syntax: Syntax) -> Result<Told, String> {
        let file = content
            .container
            .filter(|id| !self.contents.contains_key(id) && self.attachments.contains_key(id));
        let on = match (self.page_of(content.container), file) {
            (Some((page, _)), _) => format!("page:{page}"),
            (None, Some(file)) => format!("file:{file}"),
            (None, None) => return Err("what it comments on is not in the export".to_owned()),
        };
        let page = self.page_of(content.container);
        let here = page.map_or(0, |(page, _)| page);
        let space = page.and_then(|(_, page)| page.space);
        let Written { text, markup, notices } = self.written(here, space, text, syntax);
        let author = content.author.as_ref();
        let comment = LegacyComment {
            on,
            parent: content.parent.map(|parent| format!("comment:{parent}")),
            author: author.map(|word| self.people.id(word)),
            author_name: author.map(|word| self.people.shown(word)).unwrap_or_default(),
            author_email: None,
            created: content.created,
            body: text,
            markup,
            state: CommentState::Approved,
        };
        Ok(Told { body: LegacyBody::Comment(Box::new(comment)), notices })
    }

    /// A text as HTML where that can be told, otherwise as it is.
    fn written(&self, page: u64, space: Option<u64>, text: &str, syntax: Syntax) -> Written {
        let as_is = |notice: &str| Written {
            text: text.to_owned(),
            markup: Markup::Text,
            notices: if text.trim().is_empty() { Vec::new() } else { vec![notice.to_owned()] },
        };
        match syntax {
            Syntax::Storage => {
                let here = storage::Here { index: self, page, space };
                let converted = storage::convert(text, &here);
                Written { text: converted.html, markup: Markup::Html, notices: converted.notices }
            }
            Syntax::Wiki => {
                as_is("it is written in the wiki markup of old versions, and kept as it is written")
            }
            Syntax::Raw => as_is("it is written in no markup that is known, and kept as it is written"),
        }
    }

    /// A file of a page, its bytes at hand.
    pub(super) fn file(&self, id: u64, bytes: FileContent) -> Option<LegacyBody> {
        let file = self.attachments.get(&id)?;
        let (page, on) = self.page_of(file.container)?;
        let author = file.author.as_ref().map(|word| self.people.id(word));
        // A file has no state of its own: of a draft it is for whoever wrote the draft.
        let permissions = if on.state == State::Draft {
            let writer = on.author.as_ref().map(|word| Who::Person(self.people.id(word)));
            let entries = writer.map(|writer| Permission::allowed(writer, Right::Read)).into_iter().collect();
            Permissions { inheritance: Inheritance::Replaces, entries }
        } else {
            Permissions::default()
        };
        Some(LegacyBody::File(Box::new(LegacyFile {
            title: file.name.clone(),
            name: file.name.clone(),
            addresses: vec![self.download(page, &file.name)],
            path: None,
            content: Some(bytes),
            description: file.comment.clone(),
            markup: Markup::Text,
            author,
            created: file.created,
            modified: file.modified,
            parent: Some(format!("page:{page}")),
            permissions: Some(permissions),
            container: self.container(on),
        })))
    }
}

/// A text, and what is to be said about it.
struct Written {
    text: String,
    markup: Markup,
    notices: Vec<String>,
}
