//! Dumps of MediaWiki, export schema 0.3 to 0.11 ("Help:Export"; the schemas are at mediawiki.org/xml).
//!
//! | element | becomes |
//! |---|---|
//! | `page` | page `page:ID`: the newest revision's text; history is counted, not loaded |
//! | `page` of a talk namespace | discussion under the page that it is about |
//! | `page` of the namespace of files | file `page:ID`, its description the page's text; bytes from the folder of files |
//! | `page` with `redirect` | redirect |
//! | `page` of templates, modules, messages, gadgets, scripts and style sheets | no content |
//! | `A/B` | below `A`, if that is there |
//! | first contributor | author; persons `user:NAME` |
//! | `[[Category:…]]` | label `category/…` |
//! | `[[sv:…]]`, templates, revisions, protection against edits | kept beside the page |
//!
//! A dump says nothing about who may read a page: everybody who could read the wiki could. Dumps are read twice,
//! because pages name each other by titles and may stand in any order.

mod page;
mod scan;
mod site;
mod wikitext;

use std::path::Path;

use super::outbox::Outbox;
use super::walk::{Records, Walk};
use super::xml::{Broken, Token, Tokens, attribute};
use super::{ReadError, ReadOptions};
use crate::record::{LegacyBody, LegacyPerson, LegacyRecord, Place};
use page::{Page, Told};
use scan::Titles;
use site::Site;

/// Versions of the schema that are known.
const VERSIONS: [&str; 9] = ["0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.10", "0.11"];

/// Begins to read.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Records<MediaWiki>, ReadError> {
    let open = || {
        Tokens::open(path, options.limits)
            .map_err(|source| ReadError::Open { path: options.shown.clone(), source })
    };
    let titles = Titles::of(&mut open()?);
    Ok(Records(MediaWiki {
        tokens: open()?,
        out: Outbox::new(&options.shown),
        titles,
        site: Site::default(),
        language: None,
        limit: options.limits.record_bytes,
        is_dump: false,
    }))
}

/// A dump under way.
pub(super) struct MediaWiki {
    tokens: Tokens,
    out: Outbox,
    titles: Titles,
    site: Site,
    language: Option<String>,
    limit: usize,
    is_dump: bool,
}

impl Walk for MediaWiki {
    fn out(&mut self) -> &mut Outbox {
        &mut self.out
    }

    fn advance(&mut self) -> Result<(), Broken> {
        match self.tokens.next()? {
            Token::Eof => self.end(),
            Token::Start(name, attributes) => match name.as_str() {
                "mediawiki" => {
                    self.head(&attributes);
                    Ok(())
                }
                "siteinfo" => self.siteinfo(),
                "page" => self.page(),
                // Logs of what was done to pages, and whatever else is beside them.
                _ => self.tokens.skip(),
            },
            Token::End(_) | Token::Text(_) => Ok(()),
        }
    }
}

impl MediaWiki {
    fn head(&mut self, attributes: &[(String, String)]) {
        self.is_dump = true;
        self.language = attribute(attributes, "xml:lang").map(str::to_owned);
        let version = attribute(attributes, "version");
        if let Some(version) = version.filter(|version| !VERSIONS.contains(version)) {
            let text =
                format!("version `{version}` of MediaWiki's export is not known: it was read as 0.3 to 0.11");
            let file = self.out.file().clone();
            self.out.notice(&file, text);
        }
    }

    fn siteinfo(&mut self) -> Result<(), Broken> {
        loop {
            match self.tokens.next()? {
                Token::Start(name, attributes) => match name.as_str() {
                    "sitename" => self.tokens.text()?.trim().clone_into(&mut self.site.name),
                    "base" => self.site.set_base(&self.tokens.text()?),
                    "case" => self.site.set_case(&self.tokens.text()?),
                    "namespaces" => {}
                    "namespace" => {
                        let name = self.tokens.text()?;
                        let number = attribute(&attributes, "key").and_then(|key| key.trim().parse().ok());
                        if let Some(number) = number {
                            self.site.add_namespace(number, &name, attribute(&attributes, "case"));
                        }
                    }
                    _ => self.tokens.skip()?,
                },
                Token::End(name) if name == "siteinfo" => return Ok(()),
                Token::End(_) | Token::Text(_) => {}
                Token::Eof => return Err(self.tokens.truncated()),
            }
        }
    }

    fn page(&mut self) -> Result<(), Broken> {
        let place = self.out.place(&self.tokens);
        let page = Page::read(&mut self.tokens, self.limit)?;
        let Told { author, record, notices } =
            match page.into_record(&self.site, &self.titles, self.language.as_deref(), &place) {
                Ok(told) => told,
                Err((id, kind, reason)) => {
                    self.out.fault(&place, id, kind, reason);
                    return Ok(());
                }
            };
        if let Some(author) = author {
            self.person(author, &place);
        }
        for text in notices {
            self.out.notice(&place, text);
        }
        self.out.give(record);
        Ok(())
    }

    /// Whoever wrote something is a person, told once.
    fn person(&mut self, name: String, place: &Place) {
        let id = format!("user:{name}");
        if self.out.is_first(&id) {
            let person =
                LegacyPerson { login: Some(name.clone()), display_name: name, ..LegacyPerson::default() };
            self.out.give_known(LegacyRecord {
                id,
                place: place.clone(),
                body: LegacyBody::Person(Box::new(person)),
            });
        }
    }

    fn end(&mut self) -> Result<(), Broken> {
        self.out.close();
        if !self.is_dump {
            return Err(self.tokens.broken("there is no `mediawiki` element: it is no dump of MediaWiki"));
        }
        // Cut off between two pages it looks whole, and is not: nobody could tell what else it held.
        if !self.tokens.is_closed() {
            return Err(self.tokens.truncated());
        }
        self.out.oddities(&self.tokens);
        Ok(())
    }
}
