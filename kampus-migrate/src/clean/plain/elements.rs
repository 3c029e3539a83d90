//! The elements of plain bodies.

use std::sync::LazyLock;

use super::super::profile;
use super::super::text::is_block;

/// How the parser treats an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ends an open paragraph where it begins.
    Block,
    /// A block that `li` stands in.
    List,
    /// A block that `dt` and `dd` stand in.
    Descriptions,
    /// A block that any heading's end tag ends.
    Heading,
    /// A block in which a first line break is none.
    Preformatted,
    /// `p`.
    Paragraph,
    /// `li`.
    Item,
    /// `dt` and `dd`.
    Description,
    /// `a`, which is not in another.
    Anchor,
    /// Taken up again by the parser where it was not ended in time; all else about it is as with `Inline`.
    Formatting,
    /// Stands in text.
    Inline,
    /// Stands in text and has neither content nor end tag.
    Void,
    /// Ends an open paragraph and has neither content nor end tag.
    Rule,
    /// Has text in it that is no markup.
    Raw,
    /// `table`.
    Table,
    /// `caption`.
    Caption,
    /// `colgroup`.
    Columns,
    /// `col`.
    Column,
    /// `tbody`, `thead`, `tfoot`.
    Section,
    /// `tr`.
    Row,
    /// `td`, `th`.
    Cell,
}

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays.
    Kept,
    /// It goes, what is in it stays.
    Unwrapped,
    /// The same, and it is listed.
    Noted,
    /// The same, and what it showed is a link.
    Framed,
    /// It goes with what is in it, and is listed.
    Gone,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name.
    pub(super) name: &'static str,
    /// How the parser treats it.
    pub(super) kind: Kind,
    /// What becomes of it.
    pub(super) fate: Fate,
    /// Whether it parts words.
    pub(super) block: bool,
    /// Whether line breaks are put around it.
    pub(super) apart: bool,
    /// How it is listed: `<name>`.
    pub(super) shown: String,
    /// Attributes that stay on it besides those that stay on any.
    attributes: &'static [&'static str],
}

impl Element {
    fn new(name: &'static str, kind: Kind) -> Self {
        let fate = if profile::GONE.contains(&name) {
            Fate::Gone
        } else if profile::FRAMES.contains(&name) {
            Fate::Framed
        } else if profile::TAGS.contains(&name) {
            Fate::Kept
        } else if profile::goes_unnoticed(name) {
            Fate::Unwrapped
        } else {
            Fate::Noted
        };
        Self {
            name,
            kind,
            fate,
            block: is_block(name),
            apart: profile::stands_apart(name),
            shown: format!("<{name}>"),
            attributes: profile::ATTRIBUTES
                .iter()
                .find(|(element, _)| *element == name)
                .map_or(&[], |(_, names)| names),
        }
    }

    /// Whether it has neither content nor end tag.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.kind, Kind::Void | Kind::Rule | Kind::Column)
    }

    /// An attribute's name as it stays on this element.
    pub(super) fn keeps(&self, attribute: &str) -> Option<&'static str> {
        let all = self.attributes.iter().chain(&profile::GENERIC_ATTRIBUTES);
        all.copied().find(|name| name.eq_ignore_ascii_case(attribute))
    }
}

/// What is not here, the parser treats in ways of its own, or nobody writes it often enough.
const ELEMENTS: [(Kind, &[&str]); 21] = [
    (Kind::Paragraph, &["p"]),
    (Kind::Anchor, &["a"]),
    (Kind::Item, &["li"]),
    (
        Kind::Inline,
        &[
            "span", "sub", "sup", "abbr", "acronym", "cite", "del", "dfn", "ins", "kbd", "label", "mark",
            "q", "samp", "time", "var", "bdi", "bdo", "data", "picture", "audio", "video", "noscript", "o:p",
        ],
    ),
    (Kind::Void, &["br", "img", "wbr", "embed", "source", "track"]),
    (Kind::Formatting, &["strong", "em", "b", "i", "u", "s", "code", "small", "font", "tt", "big", "strike"]),
    (
        Kind::Block,
        &[
            "div",
            "figure",
            "figcaption",
            "blockquote",
            "details",
            "summary",
            "section",
            "article",
            "aside",
            "header",
            "footer",
            "nav",
            "main",
            "address",
            "center",
            "hgroup",
            "fieldset",
        ],
    ),
    (Kind::List, &["ul", "ol"]),
    (Kind::Heading, &["h1", "h2", "h3", "h4", "h5", "h6"]),
    (Kind::Cell, &["td", "th"]),
    (Kind::Row, &["tr"]),
    (Kind::Section, &["tbody", "thead", "tfoot"]),
    (Kind::Table, &["table"]),
    (Kind::Caption, &["caption"]),
    (Kind::Columns, &["colgroup"]),
    (Kind::Column, &["col"]),
    (Kind::Preformatted, &["pre"]),
    (Kind::Rule, &["hr"]),
    (Kind::Descriptions, &["dl"]),
    (Kind::Description, &["dt", "dd"]),
    (Kind::Raw, &["script", "style", "iframe"]),
];

/// The elements by their first letter.
static BY_LETTER: LazyLock<[Vec<Element>; 26]> = LazyLock::new(|| {
    let all = || ELEMENTS.iter().flat_map(|(kind, names)| names.iter().map(|name| (*name, *kind)));
    std::array::from_fn(|letter| {
        let begins = |name: &str| name.bytes().next().is_some_and(|first| letter_of(first) == letter);
        all().filter(|(name, _)| begins(name)).map(|(name, kind)| Element::new(name, kind)).collect()
    })
});

fn letter_of(first: u8) -> usize {
    usize::from(first.wrapping_sub(b'a'))
}

/// The element of that name in lower case.
fn named(name: &str) -> Option<&'static Element> {
    let first = name.bytes().next()?;
    BY_LETTER.get(letter_of(first))?.iter().find(|element| element.name == name)
}

/// The element of that name.
pub(super) fn find(name: &str) -> Option<&'static Element> {
    const LONGEST: usize = 10;
    if let Some(element) = named(name) {
        return Some(element);
    }
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    named(std::str::from_utf8(lower).ok()?)
}
