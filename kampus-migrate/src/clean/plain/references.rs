//! Character references, `&auml;` and `&#228;`, as the parser resolves them.

use html5ever::data::NAMED_ENTITIES;
use memchr::memchr;

/// Where a reference stands: old ones without `;` mean different things in text and in attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Between tags.
    Text,
    /// In an attribute's value.
    Attribute,
}

/// What a `&` begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference {
    /// The character that it stands for.
    pub(super) first: char,
    /// Some stand for two.
    pub(super) second: Option<char>,
    /// Its length in bytes.
    pub(super) length: usize,
}

/// A `&` that stands for itself.
const AMPERSAND: Reference = Reference { first: '&', second: None, length: 1 };

/// Appends a text with its references resolved, if that can be said.
pub(super) fn resolve(text: &str, place: Place, out: &mut String) -> Option<()> {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, from) = rest.split_at_checked(at)?;
        let reference = read(from, place)?;
        out.push_str(before);
        out.push(reference.first);
        out.extend(reference.second);
        rest = from.get(reference.length..)?;
    }
    out.push_str(rest);
    Some(())
}

/// The reference that a text begins with; `None` where it depends on more than is looked at here.
pub(super) fn read(from: &str, place: Place) -> Option<Reference> {
    let rest = from.strip_prefix('&')?;
    match rest.bytes().next() {
        Some(b'#') => number(rest),
        Some(byte) if byte.is_ascii_alphanumeric() => name(rest, place),
        _ => Some(AMPERSAND),
    }
}

fn name(rest: &str, place: Place) -> Option<Reference> {
    let length = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    if rest.as_bytes().get(length) == Some(&b';')
        && let Some((first, second)) = entity(rest.get(..=length)?)
    {
        return Some(Reference { first, second, length: length + 2 });
    }
    // Without `;` the longest old name counts: `&copy2` is ©2. In an attribute it does not where more of a word or `=`
    // follows: `?a=1&copy=2` is an address. The table has an entry for each beginning of a name.
    let mut longest = None;
    for end in 1..=length {
        let begun = rest.get(..end)?;
        if !NAMED_ENTITIES.contains_key(begun) {
            break;
        }
        if entity(begun).is_some() {
            longest = Some(end);
        }
    }
    let Some(end) = longest else { return Some(AMPERSAND) };
    let next = rest.as_bytes().get(end);
    let goes_on = next.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'=');
    (place == Place::Attribute && goes_on).then_some(AMPERSAND)
}

/// The characters that a name stands for.
fn entity(name: &str) -> Option<(char, Option<char>)> {
    match name {
        "nbsp;" => return Some(('\u{a0}', None)),
        "amp;" => return Some(('&', None)),
        _ => {}
    }
    let (first, second) = *NAMED_ENTITIES.get(name)?;
    let first = char::from_u32(first).filter(|c| *c != '\0')?;
    Some((first, char::from_u32(second).filter(|c| *c != '\0')))
}

fn number(rest: &str) -> Option<Reference> {
    /// Enough for any character.
    const DIGITS: usize = 7;
    let from = rest.strip_prefix('#')?;
    let (digits, base) = match from.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (from, 10),
    };
    let length = memchr(b';', digits.as_bytes()).filter(|length| (1..=DIGITS).contains(length))?;
    let written = digits.get(..length)?;
    // A sign would be read as part of the number.
    let number = written.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(written)?;
    let number = u32::from_str_radix(number, base).ok()?;
    let first = char::from_u32(number).filter(|c| is_tame(*c))?;
    let before = "&#".len() + (from.len() - digits.len());
    Some(Reference { first, second: None, length: before + length + 1 })
}

/// Whether a character that is written as a number is read as that character, now and ever after.
fn is_tame(c: char) -> bool {
    let number = u32::from(c);
    let is_control = (number < 0x20 && c != '\n' && c != '\t') || (0x7f..0xa0).contains(&number);
    let is_no_character = (0xfdd0..=0xfdef).contains(&number) || number & 0xfffe == 0xfffe;
    !is_control && !is_no_character && c != '\u{feff}'
}
