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

use std::path::Path;

use super::outbox::Outbox;
use super::walk::{Records, Walk};
use super::xml::{Broken, Token, Tokens};
use super::{ReadError, ReadOptions};
use crate::record::{LegacyBody, LegacyPerson, LegacyRecord, Place};
use item::Item;

/// Versions that are known.
const VERSIONS: [&str; 3] = ["1.0", "1.1", "1.2"];

/// Begins to read.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Records<Wxr>, ReadError> {
    let tokens = Tokens::open(path, options.limits)
        .map_err(|source| ReadError::Open { path: options.shown.clone(), source })?;
    Ok(Records(Wxr {
        tokens,
        out: Outbox::new(&options.shown),
        base: None,
        version: None,
        has_channel: false,
    }))
}

/// A WXR file under way.
pub(super) struct Wxr {
    tokens: Tokens,
    out: Outbox,
    /// The site's address.
    base: Option<String>,
    version: Option<String>,
    has_channel: bool,
}

impl Walk for Wxr {
    fn out(&mut self) -> &mut Outbox {
        &mut self.out
    }

    fn advance(&mut self) -> Result<(), Broken> {
        match self.tokens.next()? {
            Token::Eof => self.end(),
            Token::Start(name, _) => self.start(&name),
            Token::End(_) | Token::Text(_) => Ok(()),
        }
    }
}

impl Wxr {
    fn start(&mut self, name: &str) -> Result<(), Broken> {
        let place = self.out.place(&self.tokens);
        match name {
            "channel" => self.has_channel = true,
            "wp:wxr_version" => self.version = Some(self.tokens.text()?.trim().to_owned()),
            "wp:base_blog_url" => self.base = Some(self.tokens.text()?.trim().to_owned()),
            "wp:base_site_url" => {
                let address = self.tokens.text()?.trim().to_owned();
                self.base.get_or_insert(address);
            }
            "wp:author" => self.author(place)?,
            "item" => self.item(&place)?,
            "rss" => {}
            // Categories, tags and terms are named again by the items that have them.
            _ => self.tokens.skip()?,
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Broken> {
        self.out.close();
        if !self.has_channel {
            return Err(self.tokens.broken("there is no `channel`: it is no WordPress export"));
        }
        // Cut off between two items it looks whole, and is not: nobody could tell what else it held.
        if !self.tokens.is_closed() {
            return Err(self.tokens.truncated());
        }
        let told = match self.version.as_deref() {
            Some(version) if VERSIONS.contains(&version) => None,
            Some(version) => {
                Some(format!("WXR version `{version}` is not known: it was read as {}", VERSIONS.join(", ")))
            }
            None => Some("the file does not say which version of WXR it is".to_owned()),
        };
        let file = self.out.file().clone();
        if let Some(text) = told {
            self.out.notice(&file, text);
        }
        self.out.oddities(&self.tokens);
        Ok(())
    }

    fn author(&mut self, place: Place) -> Result<(), Broken> {
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
        let Some(login) = person.login.clone() else {
            self.out.fault(&place, None, "person", "the author has no `wp:author_login`".to_owned());
            return Ok(());
        };
        if person.display_name.is_empty() {
            let full = format!("{} {}", person.given_name, person.family_name);
            person.display_name = if full.trim().is_empty() { login.clone() } else { full.trim().to_owned() };
        }
        self.out.give(LegacyRecord {
            id: format!("user:{login}"),
            place,
            body: LegacyBody::Person(Box::new(person)),
        });
        Ok(())
    }

    fn item(&mut self, place: &Place) -> Result<(), Broken> {
        let item = Item::read(&mut self.tokens)?;
        let Some(id) = item.id() else {
            let reason = format!("the item `{}` has no `wp:post_id`", item.title());
            self.out.fault(place, None, item.kind(), reason);
            for _ in 0..item.comment_count() {
                let reason = "the item that it comments on has no `wp:post_id`".to_owned();
                self.out.fault(place, None, "comment", reason);
            }
            return Ok(());
        };
        let (records, notices) = item.into_records(&id, place, self.base.as_deref());
        for text in notices {
            self.out.notice(place, text);
        }
        for record in records {
            self.out.give(record);
        }
        Ok(())
    }
}
