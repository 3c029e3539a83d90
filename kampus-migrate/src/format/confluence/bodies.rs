//! The second reading: the texts of what is content, put aside until their turn.

use std::collections::HashMap;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

use tempfile::SpooledTempFile;

use super::super::xml::{Broken, Token, Tokens, attribute};
use super::index::Index;
use super::object::{Object, Spot};

/// Up to how many bytes of texts stay in memory.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Syntax {
    /// Plain text, or what an add-on made of it.
    Raw,
    /// The wiki markup of versions before 4.0.
    Wiki,
    /// The storage format.
    Storage,
}

#[derive(Debug, Clone, Copy)]
struct Kept {
    at: u64,
    length: usize,
    syntax: Syntax,
}

/// Texts by the content that they belong to.
pub(super) struct Bodies {
    file: SpooledTempFile,
    end: u64,
    kept: HashMap<u64, Kept>,
}

impl Bodies {
    /// Puts the texts of an export aside.
    pub(super) fn of(tokens: &mut Tokens, index: &Index, limit: usize) -> Result<Self, Broken> {
        let mut bodies = Self { file: SpooledTempFile::new(IN_MEMORY), end: 0, kept: HashMap::new() };
        let owners: HashMap<u64, u64> = index
            .contents
            .iter()
            .flat_map(|(id, content)| content.bodies.iter().map(|body| (*body, *id)))
            .collect();
        loop {
            match tokens.next()? {
                Token::Start(name, _) if name == "hibernate-generic" => {}
                Token::Start(name, own)
                    if name == "object" && attribute(&own, "class") == Some("BodyContent") =>
                {
                    let object = Object::read(tokens, "BodyContent", Spot::default(), limit)?;
                    let listed = object.number().and_then(|id| owners.get(&id).copied());
                    let owner = object.link("content").or(listed);
                    if let Some(owner) = owner.filter(|owner| index.contents.contains_key(owner)) {
                        let told =
                            |error: io::Error| tokens.broken(format!("a text cannot be put aside: {error}"));
                        bodies.keep(owner, &object).map_err(told)?;
                    }
                }
                Token::Start(..) => tokens.skip()?,
                Token::End(_) | Token::Text(_) => {}
                Token::Eof => return Ok(bodies),
            }
        }
    }

    fn keep(&mut self, owner: u64, object: &Object) -> io::Result<()> {
        let text = object.raw("body");
        let syntax = match object.text("bodyType") {
            Some("0") => Syntax::Wiki,
            Some("1") => Syntax::Raw,
            _ => Syntax::Storage,
        };
        // Of several texts the one in the storage format counts, and the first of those.
        if self.kept.get(&owner).is_some_and(|known| known.syntax >= syntax) {
            return Ok(());
        }
        self.file.write_all(text.as_bytes())?;
        self.kept.insert(owner, Kept { at: self.end, length: text.len(), syntax });
        self.end += text.len() as u64;
        Ok(())
    }

    /// The text of a piece of content; an empty one where there is none.
    pub(super) fn text(&mut self, owner: u64) -> io::Result<(String, Syntax)> {
        let Some(kept) = self.kept.get(&owner).copied() else { return Ok((String::new(), Syntax::Storage)) };
        self.file.seek(SeekFrom::Start(kept.at))?;
        let mut bytes = vec![0; kept.length];
        self.file.read_exact(&mut bytes)?;
        let text = String::from_utf8(bytes).map_err(io::Error::other)?;
        Ok((text, kept.syntax))
    }
}
