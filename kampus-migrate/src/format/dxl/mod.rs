//! Documents of Lotus Notes and Domino in DXL ("The Domino DTD": `database`, `document`, `item`, `richtext`).
//!
//! | element | becomes |
//! |---|---|
//! | `document`, `note class='document'` | page `page:UNID`; of a discussion's forms, a discussion |
//! | `Subject`, `Title`, `Otsikko`, … | title |
//! | `richtext` items, `Body` first | body |
//! | `$FILE` items, pictures in rich text | files below the page, with their bytes |
//! | `parent` of a response | the page that it stands below |
//! | `Categories` | labels `category/…` |
//! | `$UpdatedBy`, `From` | author; persons `user:NAME` |
//! | items with `readers='true'` | permissions of the page and its files: only these read them |
//! | paragraphs that formulas hide | a private page: only its author and editors see it until somebody decides |
//! | other items | kept beside the page |
//! | forms, views, agents and whatever else is design | no content |
//!
//! Addresses are those that a Domino server answers to by replica id and universal id: links between documents name them
//! so.

mod document;
mod items;
mod names;
mod richtext;

use std::path::Path;

use super::outbox::Outbox;
use super::walk::{Records, Walk};
use super::xml::{Broken, Token, Tokens, attribute};
use super::{Limits, ReadError, ReadOptions};
use crate::record::{LegacyBody, LegacyPerson, LegacyRecord, Place};
use document::{Database, Document};

/// Begins to read.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Records<Dxl>, ReadError> {
    let tokens = Tokens::open(path, options.limits)
        .map_err(|source| ReadError::Open { path: options.shown.clone(), source })?;
    Ok(Records(Dxl {
        tokens,
        out: Outbox::new(&options.shown),
        database: Database::default(),
        limits: options.limits,
    }))
}

/// An export under way.
pub(super) struct Dxl {
    tokens: Tokens,
    out: Outbox,
    database: Database,
    limits: Limits,
}

impl Walk for Dxl {
    fn out(&mut self) -> &mut Outbox {
        &mut self.out
    }

    fn advance(&mut self) -> Result<(), Broken> {
        match self.tokens.next()? {
            Token::Eof => self.end(),
            Token::Start(name, attributes) => {
                let is_note = attribute(&attributes, "class") == Some("document");
                match name.as_str() {
                    "database" => {
                        self.database.know(&attributes);
                        Ok(())
                    }
                    "document" => self.document(&attributes),
                    "note" if is_note => self.document(&attributes),
                    "databaseinfo" | "launchsettings" | "fulltextsettings" => self.tokens.skip(),
                    _ => self.design(&name),
                }
            }
            Token::End(_) | Token::Text(_) => Ok(()),
        }
    }
}

impl Dxl {
    /// What belongs to the application.
    fn design(&mut self, name: &str) -> Result<(), Broken> {
        let place = self.out.place(&self.tokens);
        self.tokens.skip()?;
        let what: String = name.chars().take(60).collect();
        let id = format!("{what}:{}", place.byte.or(place.line).unwrap_or_default());
        self.out.give(LegacyRecord { id, place, body: LegacyBody::Chrome { what } });
        Ok(())
    }

    fn document(&mut self, attributes: &[(String, String)]) -> Result<(), Broken> {
        let place = self.out.place(&self.tokens);
        let document = Document::read(&mut self.tokens, attributes, self.limits)?;
        let told = document.into_records(&self.database, &place, self.limits);
        for name in told.people {
            self.person(&name, &place);
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
        Ok(())
    }

    /// Whoever wrote something is a person, told once.
    fn person(&mut self, name: &str, place: &Place) {
        let id = format!("user:{name}");
        if self.out.is_first(&id) {
            let person = LegacyPerson {
                login: Some(names::abbreviated(name)),
                display_name: names::common(name),
                organisation: names::unit(name),
                ..LegacyPerson::default()
            };
            self.out.give_known(LegacyRecord {
                id,
                place: place.clone(),
                body: LegacyBody::Person(Box::new(person)),
            });
        }
    }

    fn end(&mut self) -> Result<(), Broken> {
        self.out.close();
        // Cut off between two documents it looks whole, and is not.
        if !self.tokens.is_closed() {
            return Err(self.tokens.truncated());
        }
        self.out.oddities(&self.tokens);
        Ok(())
    }
}
