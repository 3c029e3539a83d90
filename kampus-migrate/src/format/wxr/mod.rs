//! WordPress eXtended RSS, 1.0 to 1.2.
//!
//! | element | becomes |
//! |---|---|
//! | `wp:author` | person `user:LOGIN` |
//! | `item` of type `page` | page `post:ID` |
//! | `item` of type `post` | news `post:ID` |
//! | `item` of type `attachment` | file `post:ID` |
//! | `item` of another public type | page, the type in `extra` |
//! | menus, revisions, styles, templates | no content |
//! | `wp:comment` | comment `comment:ID`, after its item |
//!
//! Names are told by their prefix as written: broken exports bind the same prefix to another version, or to nothing.

mod item;
mod values;

use std::collections::{HashSet, VecDeque};
use std::path::Path;

use super::xml::{Broken, Token, Tokens};
use super::{Event, ReadError, ReadFault, ReadOptions, Yield};
use crate::record::{LegacyBody, LegacyPerson, LegacyRecord, Place};
use item::Item;

/// Versions that are known.
const VERSIONS: [&str; 3] = ["1.0", "1.1", "1.2"];

/// Begins to read.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Wxr, ReadError> {
    let tokens = Tokens::open(path, options.limits)
        .map_err(|source| ReadError::Open { path: options.shown.clone(), source })?;
    Ok(Wxr {
        tokens,
        place: Place { file: options.shown.clone(), ..Place::default() },
        ready: VecDeque::new(),
        seen: HashSet::new(),
        base: None,
        version: None,
        has_channel: false,
        over: false,
    })
}

/// A WXR file under way.
pub(super) struct Wxr {
    tokens: Tokens,
    place: Place,
    ready: VecDeque<Yield>,
    /// Ids that were given out, as hashes: a large export has many.
    seen: HashSet<u64>,
    /// The site's address.
    base: Option<String>,
    version: Option<String>,
    has_channel: bool,
    over: bool,
}

impl Iterator for Wxr {
    type Item = Yield;

    fn next(&mut self) -> Option<Yield> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.over {
                return None;
            }
            if let Err(broken) = self.advance() {
                self.over = true;
                self.ready.push_back(Err(ReadFault::File {
                    place: Place { byte: Some(broken.byte), ..self.place.clone() },
                    reason: broken.reason,
                }));
            }
        }
    }
}

impl Wxr {
    /// Reads on to the next thing of interest.
    fn advance(&mut self) -> Result<(), Broken> {
        match self.tokens.next()? {
            Token::Eof => self.end(),
            Token::Start(name, _) => self.start(&name),
            Token::End(_) | Token::Text(_) => Ok(()),
        }
    }

    fn start(&mut self, name: &str) -> Result<(), Broken> {
        let byte = self.tokens.byte();
        match name {
            "channel" => self.has_channel = true,
            "wp:wxr_version" => self.version = Some(self.tokens.text()?.trim().to_owned()),
            "wp:base_blog_url" => self.base = Some(self.tokens.text()?.trim().to_owned()),
            "wp:base_site_url" => {
                let address = self.tokens.text()?.trim().to_owned();
                self.base.get_or_insert(address);
            }
            "wp:author" => self.author(byte)?,
            "item" => self.item(byte)?,
            "rss" => {}
            // Categories, tags and terms are named again by the items that have them.
            _ => self.tokens.skip()?,
        }
        Ok(())
    }

    fn at(&self, byte: u64) -> Place {
        Place { byte: Some(byte), ..self.place.clone() }
    }

    fn notice(&mut self, place: Place, text: String) {
        self.ready.push_back(Ok(Event::Notice { place, text }));
    }

    fn end(&mut self) -> Result<(), Broken> {
        self.over = true;
        if !self.has_channel {
            let reason = "there is no `channel`: it is no WordPress export".to_owned();
            return Err(Broken { byte: self.tokens.byte(), reason });
        }
        // Cut off between two items it looks whole, and is not: nobody could tell what else it held.
        if !self.tokens.is_closed() {
            return Err(self.tokens.truncated());
        }
        let version = self.version.take();
        match version.as_deref() {
            Some(version) if VERSIONS.contains(&version) => {}
            Some(version) => self.notice(
                self.place.clone(),
                format!("WXR version `{version}` is not known: it was read as {}", VERSIONS.join(", ")),
            ),
            None => {
                self.notice(
                    self.place.clone(),
                    "the file does not say which version of WXR it is".to_owned(),
                );
            }
        }
        let (removed, entities) = (self.tokens.removed, self.tokens.entities);
        if removed > 0 {
            self.notice(
                self.place.clone(),
                format!("{removed} control characters that XML forbids were left out"),
            );
        }
        if entities > 0 {
            self.notice(
                self.place.clone(),
                format!("{entities} references to unknown entities were kept as written"),
            );
        }
        Ok(())
    }

    fn author(&mut self, byte: u64) -> Result<(), Broken> {
        let mut person = LegacyPerson::default();
        loop {
            match self.tokens.next()? {
                Token::Start(name, _) => {
                    let text = self.tokens.text()?.trim().to_owned();
                    let some = (!text.is_empty()).then(|| text.clone());
                    match name.as_str() {
                        "wp:author_login" => person.login = some,
                        "wp:author_email" => person.email = some,
                        "wp:author_display_name" => person.display_name = text,
                        "wp:author_first_name" => person.given_name = text,
                        "wp:author_last_name" => person.family_name = text,
                        _ => {}
                    }
                }
                Token::End(_) => break,
                Token::Text(_) => {}
                Token::Eof => return Err(self.tokens.truncated()),
            }
        }
        let place = self.at(byte);
        let Some(login) = person.login.clone() else {
            self.fault(place, None, "person", "the author has no `wp:author_login`".to_owned());
            return Ok(());
        };
        if person.display_name.is_empty() {
            let full = format!("{} {}", person.given_name, person.family_name);
            person.display_name = if full.trim().is_empty() { login.clone() } else { full.trim().to_owned() };
        }
        self.give(LegacyRecord {
            id: format!("user:{login}"),
            place,
            body: LegacyBody::Person(Box::new(person)),
        });
        Ok(())
    }

    fn item(&mut self, byte: u64) -> Result<(), Broken> {
        let item = Item::read(&mut self.tokens)?;
        let place = self.at(byte);
        let Some(id) = item.id() else {
            let reason = format!("the item `{}` has no `wp:post_id`", item.title());
            self.fault(place.clone(), None, item.kind(), reason);
            for _ in 0..item.comment_count() {
                let reason = "the item that it comments on has no `wp:post_id`".to_owned();
                self.fault(place.clone(), None, "comment", reason);
            }
            return Ok(());
        };
        let (records, notices) = item.into_records(&id, &place, self.base.as_deref());
        for text in notices {
            self.notice(place.clone(), text);
        }
        for record in records {
            self.give(record);
        }
        Ok(())
    }

    fn fault(&mut self, place: Place, id: Option<String>, kind: &str, reason: String) {
        self.ready.push_back(Err(ReadFault::Record { place, id, kind: kind.to_owned(), reason }));
    }

    /// Hands a record out, unless its id was given out before.
    fn give(&mut self, record: LegacyRecord) {
        // What is no content is only counted, so it may share an id.
        let counts_only = matches!(record.body, LegacyBody::Chrome { .. });
        if counts_only || self.seen.insert(hash(&record.id)) {
            self.ready.push_back(Ok(Event::Record(Box::new(record))));
        } else {
            let kind = record.body.kind().to_owned();
            let reason = format!("the id `{}` was used before in this file", record.id);
            self.fault(record.place, Some(record.id), &kind, reason);
        }
    }
}

/// A hash that two ids of one export do not share by chance.
fn hash(id: &str) -> u64 {
    let bytes = *blake3::hash(id.as_bytes()).as_bytes();
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(bytes) {
        *to = from;
    }
    u64::from_le_bytes(first)
}
