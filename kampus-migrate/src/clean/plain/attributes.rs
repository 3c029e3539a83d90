//! Attributes of plain tags.

use std::borrow::Cow;

use memchr::memchr;

use super::references;

/// More than anybody writes; each is held against those before it.
const MOST: usize = 32;

/// An attribute as it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute<'a> {
    /// Its name; the case of letters does not matter.
    pub(super) name: &'a str,
    /// Its value, references not resolved; nothing if it has none.
    raw: &'a str,
}

impl<'a> Attribute<'a> {
    /// Its value as it is meant, if that can be said.
    pub(super) fn value(&self) -> Option<Cow<'a, str>> {
        if memchr(b'&', self.raw.as_bytes()).is_none() {
            return Some(Cow::Borrowed(self.raw));
        }
        let mut value = String::with_capacity(self.raw.len());
        references::resolve(self.raw, references::Place::Attribute, &mut value)?;
        Some(Cow::Owned(value))
    }

    /// Whether it has that name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// Reads attributes from behind a tag's name up to its end; what follows the tag.
pub(super) fn read<'a>(mut rest: &'a str, found: &mut Vec<Attribute<'a>>) -> Option<&'a str> {
    found.clear();
    loop {
        rest = blanks(rest);
        match rest.bytes().next()? {
            b'>' => return rest.get(1..),
            b'/' => return rest.strip_prefix("/>"),
            b'a'..=b'z' | b'A'..=b'Z' => {}
            _ => return None,
        }
        let end = rest.bytes().position(|byte| !is_name(byte))?;
        let (name, after) = rest.split_at_checked(end)?;
        // Behind a name come a blank, the end or a value; anything else would be part of the name.
        if !after.starts_with([' ', '\n', '\t', '=', '>', '/']) || found.len() == MOST {
            return None;
        }
        if found.iter().any(|other| other.is(name)) {
            return None;
        }
        let (raw, after) = match blanks(after).strip_prefix('=') {
            Some(from) => value(blanks(from))?,
            None => ("", after),
        };
        found.push(Attribute { name, raw });
        rest = after;
    }
}

/// A value in quotes or without, and what follows it.
fn value(from: &str) -> Option<(&str, &str)> {
    let quote = from.bytes().next()?;
    if matches!(quote, b'"' | b'\'') {
        let inside = from.get(1..)?;
        let end = memchr(quote, inside.as_bytes())?;
        return Some((inside.get(..end)?, inside.get(end + 1..)?));
    }
    let end = from.bytes().position(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'>'))?;
    let (value, after) = from.split_at_checked(end)?;
    let tame = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/#?%+,;@=~!()*".contains(&byte);
    (!value.is_empty() && value.bytes().all(tame)).then_some((value, after))
}

fn blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\n', '\t'])
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.')
}
