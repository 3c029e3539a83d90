//! Exports of Confluence, server and cloud, as XML: a folder or a zip with `entities.xml`, where objects of the data base
//! name each other by their ids ("Export Content to XML", "Confluence Storage Format").
//!
//! | object | becomes |
//! |---|---|
//! | `Page`, `BlogPost` | page or news `page:ID`; drafts, archived and deleted ones as what they are; older versions are counted |
//! | `BodyContent` | its text: the storage format as HTML, older wiki markup as it is written, and that is said |
//! | `Comment` | comment, after the one that it answers; on a file, too |
//! | `Attachment` | file `file:ID` below its page, the newest version's bytes from `attachments/PAGE/ID/VERSION` |
//! | `Labelling`, `Label` | labels `label/…`, without personal ones; the space is `space/KEY` |
//! | `Space` | container; of an archived space all pages are archived |
//! | `SpacePermission`, `ContentPermissionSet`, `ContentPermission` | permissions: see `access.rs` |
//! | `ConfluenceUserImpl`, `InternalUser` | persons `user:KEY`, `login:NAME` |
//! | `InternalGroup` with memberships | groups |
//! | `PageTemplate`, `CustomContentEntityObject` | no content |
//! | descriptions of spaces, and all others | counted |
//!
//! The file is read twice. The first reading keeps small notes of each object, and what says who may read has to be
//! whole before anything is given out; the second puts the texts aside, in a file without a name when they are many.

mod access;
mod address;
mod bodies;
mod index;
mod notes;
mod object;
mod package;
mod people;
mod records;
mod storage;

use std::collections::HashSet;
use std::io;
use std::path::Path;

use super::outbox::Outbox;
use super::xml::{Broken, Tokens};
use super::{Limits, ReadError, ReadOptions, Yield};
use crate::record::{LegacyBody, LegacyRecord, Place};
use bodies::Bodies;
use index::Index;
use notes::{Content, Kind, State};
use object::Spot;
use package::Package;

/// Begins to read.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Confluence, ReadError> {
    let mut package =
        Package::open(path).map_err(|reason| ReadError::Unusable { path: options.shown.clone(), reason })?;
    let mut out = Outbox::new(&package.shown(&options.shown));
    let told = package.descriptor();
    let tokens = || {
        package
            .entities()
            .and_then(|bytes| Tokens::of(bytes, options.limits))
            .map_err(|source| ReadError::Open { path: options.shown.clone(), source })
    };
    let limit = options.limits.record_bytes;
    let (mut first, mut second) = (tokens()?, None);
    let read = Index::of(&mut first, (told.is_cloud, told.zone), limit).and_then(|index| {
        let mut tokens = tokens().map_err(|error| first.broken(error.to_string()))?;
        let bodies = Bodies::of(&mut tokens, &index, limit)?;
        Ok((index, bodies))
    });
    match read {
        Ok((index, bodies)) => {
            out.oddities(&first);
            second = Some((index, bodies));
        }
        Err(broken) => out.broken(broken),
    }
    let steps = second.as_ref().map_or_else(Vec::new, |(index, _)| steps(index));
    Ok(Confluence { package, out, read: second, steps, limits: options.limits })
}

/// What is still to be given out.
enum Step {
    People,
    Containers,
    Content(u64),
    File(u64),
    Rest,
}

/// Everything in the reverse of its order: people write, pages are commented on, answers follow what they answer.
fn steps(index: &Index) -> Vec<Step> {
    let mut steps = vec![Step::People, Step::Containers];
    let is_comment = |id: &u64| index.contents.get(id).is_some_and(|content| content.kind == Kind::Comment);
    steps.extend(index.order.iter().filter(|id| !is_comment(id)).map(|id| Step::Content(*id)));
    steps.extend(index.attached.iter().map(|id| Step::File(*id)));
    let mut comments: Vec<u64> = index.order.iter().filter(|id| is_comment(id)).copied().collect();
    comments.sort_by_key(|id| {
        let created = index.contents.get(id).and_then(|content| content.created);
        (created.map(address::wall), *id)
    });
    let mut given = HashSet::new();
    for id in comments {
        // Up to something that was given out, then down again; a circle ends where it began.
        let (mut chain, mut next) = (Vec::new(), Some(id));
        while let Some(id) = next.filter(|id| is_comment(id) && given.insert(*id)) {
            chain.push(id);
            next = index.contents.get(&id).and_then(|content| content.parent);
        }
        steps.extend(chain.into_iter().rev().map(Step::Content));
    }
    steps.push(Step::Rest);
    steps.reverse();
    steps
}

/// An export under way.
pub(super) struct Confluence {
    package: Package,
    out: Outbox,
    /// What the two readings gave; none of a file that is broken.
    read: Option<(Index, Bodies)>,
    steps: Vec<Step>,
    limits: Limits,
}

impl Iterator for Confluence {
    type Item = Yield;

    fn next(&mut self) -> Option<Yield> {
        loop {
            if let Some(ready) = self.out.next() {
                return Some(ready);
            }
            let step = self.steps.pop()?;
            // Taken out for the time of a step, so that both can be used.
            let (index, mut bodies) = self.read.take()?;
            if let Err(error) = self.step(&step, &index, &mut bodies) {
                self.steps.clear();
                let reason = format!("a text that was put aside cannot be read: {error}");
                self.out.broken(Broken { byte: None, line: None, reason });
            }
            self.read = Some((index, bodies));
        }
    }
}

impl Confluence {
    fn place(&self, spot: Spot) -> Place {
        Place { byte: spot.byte, line: spot.line, ..self.out.file().clone() }
    }

    fn give(&mut self, id: String, spot: Spot, body: LegacyBody) {
        let record = LegacyRecord { id, place: self.place(spot), body };
        self.out.give(record);
    }

    fn chrome(&mut self, id: String, spot: Spot, what: &str) {
        self.give(id, spot, LegacyBody::Chrome { what: what.to_owned() });
    }

    fn step(&mut self, step: &Step, index: &Index, bodies: &mut Bodies) -> io::Result<()> {
        match step {
            Step::People => {
                for told in index.people.all() {
                    self.give(told.id, told.spot, LegacyBody::Person(Box::new(told.person)));
                }
                for (id, group, spot) in index.people.groups() {
                    self.give(format!("group:{id}"), spot, LegacyBody::Group(Box::new(group)));
                }
            }
            Step::Containers => {
                for (space, own) in &index.spaces {
                    for (id, body) in index.containers(*space) {
                        self.give(id, own.spot, body);
                    }
                }
            }
            Step::Content(id) => {
                if let Some(content) = index.contents.get(id) {
                    self.content(*id, content, index, bodies)?;
                }
            }
            Step::File(id) => self.file(*id, index),
            Step::Rest => self.rest(index),
        }
        Ok(())
    }

    fn content(&mut self, id: u64, content: &Content, index: &Index, bodies: &mut Bodies) -> io::Result<()> {
        let (own, told) = match content.kind {
            Kind::Custom => {
                self.chrome(format!("custom:{id}"), content.spot, "custom_content");
                return Ok(());
            }
            Kind::Comment if content.state != State::Current => {
                let what = if content.state == State::Draft { "draft_comment" } else { "deleted_comment" };
                self.chrome(format!("comment:{id}"), content.spot, what);
                return Ok(());
            }
            Kind::Comment => {
                let (text, syntax) = bodies.text(id)?;
                (format!("comment:{id}"), index.comment(content, &text, syntax))
            }
            Kind::Page | Kind::Blog => {
                let (text, syntax) = bodies.text(id)?;
                (format!("page:{id}"), Ok(index.page(id, content, &text, syntax)))
            }
        };
        let place = self.place(content.spot);
        match told {
            Ok(told) => {
                for text in told.notices {
                    self.out.notice(&place, text);
                }
                self.give(own, content.spot, told.body);
            }
            Err(reason) => self.out.fault(&place, Some(own), "comment", reason),
        }
        Ok(())
    }

    fn file(&mut self, id: u64, index: &Index) {
        let Some(file) = index.attachments.get(&id) else { return };
        let own = format!("file:{id}");
        let page = index.page_of(file.container);
        if file.state == State::Deleted || page.is_some_and(|(_, page)| page.state == State::Deleted) {
            self.chrome(own, file.spot, "deleted_attachment");
            return;
        }
        if page.is_none() && file.container.is_some_and(|id| index.descriptions.contains(&id)) {
            self.chrome(own, file.spot, "space_picture");
            return;
        }
        let is_custom = |id| index.contents.get(&id).is_some_and(|content| content.kind == Kind::Custom);
        if page.is_none() && file.container.is_some_and(is_custom) {
            self.chrome(own, file.spot, "custom_content");
            return;
        }
        let shown = &file.name;
        // Its bytes lie under what it was attached to.
        let told = match (file.container, page) {
            (Some(container), Some(_)) => self
                .package
                .bytes((container, id, file.version), self.limits.file_bytes)
                .and_then(|bytes| index.file(id, bytes).ok_or_else(|| "it belongs to no page".to_owned())),
            _ => Err("the page that it belongs to is not in the export".to_owned()),
        };
        match told {
            Ok(body) => self.give(own, file.spot, body),
            Err(reason) => {
                let place = self.place(file.spot);
                self.out.fault(&place, Some(own), "file", format!("`{shown}`: {reason}"));
            }
        }
    }

    /// What is no content, and what could not be told apart.
    fn rest(&mut self, index: &Index) {
        for (id, spot) in &index.templates {
            self.chrome(format!("template:{id}"), *spot, "template");
        }
        for (version, of) in &index.versions {
            let is_kept = index.contents.contains_key(of);
            if !is_kept {
                self.chrome(format!("version:{version}"), Spot::default(), "version");
            }
        }
        for odd in &index.odd {
            let place = self.place(odd.spot);
            self.out.fault(&place, odd.id.clone(), odd.kind, odd.reason.clone());
        }
        if !index.left.is_empty() {
            let left: Vec<String> =
                index.left.iter().map(|(name, number)| format!("{number} × {name}")).collect();
            let place = self.out.file().clone();
            self.out.notice(&place, format!("no content, and left behind: {}", left.join(", ")));
        }
    }
}
