//! The first reading: which titles there are, so that pages find those that they belong to.

use std::collections::HashMap;

use super::super::outbox::hash;
use super::super::xml::{Broken, Token, Tokens};

/// The ids of pages by their titles, as hashes: a wiki has many.
#[derive(Debug, Default)]
pub(super) struct Titles(HashMap<u64, u64>);

impl Titles {
    /// Reads a dump to its end, or to where it is broken: the second reading tells.
    pub(super) fn of(tokens: &mut Tokens) -> Self {
        let mut titles = Self::default();
        while matches!(titles.page(tokens), Ok(true)) {}
        titles
    }

    /// The id of the page of that title, in its canonical form.
    pub(super) fn id(&self, title: &str) -> Option<u64> {
        self.0.get(&hash(title)).copied()
    }

    fn page(&mut self, tokens: &mut Tokens) -> Result<bool, Broken> {
        match tokens.next()? {
            Token::Eof => return Ok(false),
            Token::Start(name, _) if name == "page" => {}
            _ => return Ok(true),
        }
        let (mut title, mut id) = (None, None);
        loop {
            match tokens.next()? {
                Token::Start(name, _) if name == "title" => title = Some(tokens.text()?),
                Token::Start(name, _) if name == "id" && id.is_none() => {
                    id = tokens.text()?.trim().parse::<u64>().ok();
                }
                Token::Start(..) => tokens.skip()?,
                Token::Text(_) => {}
                Token::Eof => return Ok(false),
                Token::End(_) => break,
            }
        }
        if let (Some(title), Some(id)) = (title, id) {
            self.0.entry(hash(&title.trim().replace('_', " "))).or_insert(id);
        }
        Ok(true)
    }
}
