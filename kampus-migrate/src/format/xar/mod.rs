//! Packages of XWiki ("XAR Module Specification"): a zip with `package.xml` and a document in each other file.
//!
//! | in a document | becomes |
//! |---|---|
//! | `xwikidoc` | page `page:SPACE.NAME`; in another language `page:SPACE.NAME@LOCALE`, `translation_of` beside it |
//! | `content` in XWiki 2.0 or 2.1, XHTML, HTML or plain text | body; other syntaxes stay as text, and that is said |
//! | `attachment` | file below the page, with its bytes |
//! | object `XWiki.XWikiComments` | comment |
//! | object `XWiki.TagClass` | labels `tag/…` |
//! | object `XWiki.XWikiUsers` | person `user:XWiki.NAME` |
//! | rights to view, of a page or of the spaces that it is in | a private page: only its author and editors see it until somebody decides |
//! | `hidden` | a draft |
//! | preferences, groups, classes and their sheets | no content |
//!
//! Names in the zip are read and never written to. Each document is unpacked by itself, so that memory does not grow with
//! the package; one that is broken is rejected, and the others are read.

mod content;
mod document;
mod reference;
mod rights;
mod syntax;

use std::path::Path;

use super::archive::Archive;
use super::outbox::Outbox;
use super::xml::{Broken, Token, Tokens};
use super::{Limits, ReadError, ReadOptions, Yield};
use crate::record::{LegacyBody, LegacyPerson, LegacyRecord, Place};
use document::Document;
use rights::Closed;

/// Begins to read.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Xar, ReadError> {
    let unusable = |reason| ReadError::Unusable { path: options.shown.clone(), reason };
    let archive = Archive::open(path).map_err(unusable)?;
    let mut xar = Xar {
        order: order(&archive),
        out: Outbox::new(&options.shown),
        closed: Closed::default(),
        limits: options.limits,
        archive,
    };
    xar.look_for_rights();
    Ok(xar)
}

/// The documents in the reverse of the order in which they are read: first those about people, who write the others.
fn order(archive: &Archive) -> Vec<usize> {
    let is_document = |number: &usize| {
        let name = archive.name(*number);
        !name.ends_with('/') && name != "package.xml"
    };
    let is_person = |number: &usize| archive.name(*number).starts_with("XWiki/");
    let (people, others): (Vec<usize>, Vec<usize>) =
        (0..archive.len()).filter(is_document).partition(|number| is_person(number));
    people.into_iter().chain(others).rev().collect()
}

/// A package under way.
pub(super) struct Xar {
    archive: Archive,
    /// Numbers of the documents that are still to be read, the next one last.
    order: Vec<usize>,
    out: Outbox,
    closed: Closed,
    limits: Limits,
}

impl Iterator for Xar {
    type Item = Yield;

    fn next(&mut self) -> Option<Yield> {
        loop {
            if let Some(ready) = self.out.next() {
                return Some(ready);
            }
            let number = self.order.pop()?;
            self.entry(number);
        }
    }
}

impl Xar {
    /// The first reading: rights to view a space are told in a document of their own, those to view a page in one of its
    /// languages, and both may stand anywhere.
    fn look_for_rights(&mut self) {
        for number in self.order.clone() {
            let name = self.archive.name(number);
            let is_preferences =
                ["WebPreferences", "XWikiPreferences"].iter().any(|wanted| name.contains(wanted));
            let tells = self
                .archive
                .unpack(number)
                .and_then(|xml| rights::may_tell(Box::new(xml)).map_err(|error| error.to_string()));
            let document = match tells {
                Ok(false) => continue,
                Ok(true) => self.document(number).map_err(drop),
                Err(_) => Err(()),
            };
            // What is wrong with one is told by the second reading; until somebody knows better it closes its space.
            match document {
                Ok(document) => self.closed.know(&document),
                Err(()) if is_preferences => self.closed.close_folder(&name),
                Err(()) => {}
            }
        }
    }

    fn document(&mut self, number: usize) -> Result<Document, Broken> {
        let bytes =
            self.archive.unpack(number).map_err(|reason| Broken { byte: None, line: None, reason })?;
        let mut tokens = Tokens::of(Box::new(bytes), self.limits).map_err(|error| Broken {
            byte: None,
            line: None,
            reason: error.to_string(),
        })?;
        loop {
            match tokens.next()? {
                Token::Start(name, attributes) if name == "xwikidoc" => {
                    let mut document = Document::read(&mut tokens, &attributes, self.limits)?;
                    document.removed = tokens.removed;
                    return Ok(document);
                }
                Token::Start(name, _) => {
                    return Err(tokens.broken(format!("it is no document of XWiki: its root is `{name}`")));
                }
                Token::Eof => return Err(tokens.broken("there is no document in it")),
                Token::End(_) | Token::Text(_) => {}
            }
        }
    }

    fn entry(&mut self, number: usize) {
        let name = self.archive.name(number);
        let file = self.out.file().clone();
        let mut place = Place { file: format!("{}!{name}", file.file.display()).into(), ..file };
        let document = match self.document(number) {
            Ok(document) => document,
            Err(broken) => {
                (place.byte, place.line) = (broken.byte, broken.line);
                self.out.fault(&place, None, "page", broken.reason);
                return;
            }
        };
        let told = document.into_records(&self.closed, &place);
        if let Some(author) = told.author.filter(|_| !told.is_person) {
            self.person(&author, &place);
        }
        for text in told.notices {
            self.out.notice(&place, text);
        }
        for record in told.records {
            match record {
                Ok(record) => self.out.give(record),
                Err((id, kind, reason)) => self.out.fault(&place, id, kind, reason),
            }
        }
    }

    /// An author without a document of their own.
    fn person(&mut self, name: &str, place: &Place) {
        let id = format!("user:{name}");
        if self.out.is_first(&id) {
            let login = name.rsplit('.').next().unwrap_or(name).to_owned();
            let person =
                LegacyPerson { login: Some(login.clone()), display_name: login, ..LegacyPerson::default() };
            self.out.give_known(LegacyRecord {
                id,
                place: place.clone(),
                body: LegacyBody::Person(Box::new(person)),
            });
        }
    }
}
