//! Feeds as news: RSS 0.91 to 2.0 ("RSS 2.0 Specification"), RSS 1.0 ("RDF Site Summary 1.0", with its modules Content
//! and Dublin Core), Atom (RFC 4287; 0.3 as far as it is alike).
//!
//! | element | becomes |
//! |---|---|
//! | `item`, `entry` | news `news:GUID`; without `guid` or `id` its address is its id, or its title and date |
//! | `content:encoded`, `content`, else `description`, `summary` | body; both: the second is the lead |
//! | `link`, a `guid` that is an address | addresses |
//! | `author`, `dc:creator` | author; in Atom the feed's, where an entry has none |
//! | `pubDate`, `published`, `dc:date`; `updated` | created; modified |
//! | `category`, `dc:subject` | labels |
//! | `enclosure` | a link at the end of the body: the file itself is in no feed |
//! | `app:draft` (RFC 5023) | a draft |
//! | `thr:in-reply-to` (RFC 4685) | a comment on the entry that it names, if that came before |
//! | the feed's own title, picture and the like | nothing |

mod entry;

use std::path::Path;

use super::outbox::Outbox;
use super::tree::{Element, local};
use super::walk::{Records, Walk};
use super::xml::{Broken, Token, Tokens, attribute};
use super::{ReadError, ReadOptions};
use entry::Feed;

/// Begins to read.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Records<Feeds>, ReadError> {
    let tokens = Tokens::open(path, options.limits)
        .map_err(|source| ReadError::Open { path: options.shown.clone(), source })?;
    Ok(Records(Feeds {
        tokens,
        out: Outbox::new(&options.shown),
        feed: Feed::default(),
        prefix: String::new(),
        limit: options.limits.record_bytes,
        is_feed: false,
    }))
}

/// A feed under way.
pub(super) struct Feeds {
    tokens: Tokens,
    out: Outbox,
    feed: Feed,
    /// Of the feed's own elements: `atom:`.
    prefix: String,
    limit: usize,
    is_feed: bool,
}

impl Walk for Feeds {
    fn out(&mut self) -> &mut Outbox {
        &mut self.out
    }

    fn advance(&mut self) -> Result<(), Broken> {
        match self.tokens.next()? {
            Token::Eof => self.end(),
            Token::Start(name, attributes) => self.start(name, attributes),
            Token::End(_) | Token::Text(_) => Ok(()),
        }
    }
}

impl Feeds {
    fn start(&mut self, name: String, attributes: Vec<(String, String)>) -> Result<(), Broken> {
        if !self.is_feed {
            self.is_feed = true;
            if local(&name) == "feed" {
                name.trim_end_matches("feed").clone_into(&mut self.prefix);
            }
            self.feed.base = attribute(&attributes, "xml:base").map(str::to_owned);
            self.feed.language = attribute(&attributes, "xml:lang").map(str::to_owned);
            return Ok(());
        }
        let place = self.out.place(&self.tokens);
        let own = name.strip_prefix(&self.prefix).unwrap_or(&name).to_owned();
        match own.as_str() {
            "channel" => {}
            "item" | "entry" => {
                let mut entry = Element::read(&mut self.tokens, name, attributes, self.limit)?;
                entry::without_prefix(&mut entry, &self.prefix);
                let told = self.feed.entry(&entry, &place);
                for text in told.notices {
                    self.out.notice(&place, text);
                }
                match told.record {
                    Ok(record) => self.out.give(record),
                    Err(reason) => self.out.fault(&place, None, "news", reason),
                }
            }
            _ => {
                let mut element = Element::read(&mut self.tokens, name, attributes, self.limit)?;
                entry::without_prefix(&mut element, &self.prefix);
                element.name = own;
                self.feed.know(&element);
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Broken> {
        self.out.close();
        // Cut off between two entries it looks whole, and is not.
        if !self.tokens.is_closed() {
            return Err(self.tokens.truncated());
        }
        self.out.oddities(&self.tokens);
        Ok(())
    }
}
