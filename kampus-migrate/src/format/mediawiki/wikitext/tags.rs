//! Tags: which are HTML that a wiki lets through, and which belong to extensions.

use super::{put, quoted};

/// A tag as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: &'a str,
    /// `</name>`.
    pub(super) closes: bool,
    /// `<name/>`.
    pub(super) is_empty: bool,
    /// In bytes.
    pub(super) length: usize,
}

/// What a tag that is no HTML means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What is in it is no wikitext.
    Nowiki,
    /// The same, with its lines.
    Preformatted,
    /// Formulas, scores and programs: their text.
    Code,
    /// A note.
    Note,
    /// Where the notes are listed.
    Notes,
    /// A row of pictures.
    Gallery,
    /// What is in it is wikitext.
    Text,
    /// Goes, with what is in it: it is shown elsewhere only.
    Hidden,
    /// Goes, and what is in it stays.
    Wrapper,
}

/// Tags of MediaWiki and of the extensions that most wikis have ("Help:Formatting", "Help:Cite", "Help:Templates",
/// "Category:Tag extensions").
const KINDS: [(&str, Kind); 24] = [
    ("nowiki", Kind::Nowiki),
    ("pre", Kind::Preformatted),
    ("syntaxhighlight", Kind::Code),
    ("source", Kind::Code),
    ("math", Kind::Code),
    ("chem", Kind::Code),
    ("ce", Kind::Code),
    ("timeline", Kind::Code),
    ("score", Kind::Code),
    ("hiero", Kind::Code),
    ("graph", Kind::Code),
    ("mapframe", Kind::Code),
    ("templatedata", Kind::Code),
    ("inputbox", Kind::Code),
    ("ref", Kind::Note),
    ("references", Kind::Notes),
    ("gallery", Kind::Gallery),
    ("poem", Kind::Text),
    ("indicator", Kind::Text),
    ("includeonly", Kind::Hidden),
    ("templatestyles", Kind::Hidden),
    ("noinclude", Kind::Wrapper),
    ("onlyinclude", Kind::Wrapper),
    ("section", Kind::Wrapper),
];

/// HTML that MediaWiki lets through ("Help:HTML in wikitext").
const HTML: [&str; 62] = [
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "q",
    "rb",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// HTML that ends a paragraph.
const BLOCKS: [&str; 26] = [
    "blockquote",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

impl<'a> Tag<'a> {
    /// The tag that a text begins with.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        /// No tag that anybody writes is longer.
        const LONGEST: usize = 4_096;
        let inside = text.strip_prefix('<')?;
        let (closes, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let end = inside.bytes().take(LONGEST).position(|byte| matches!(byte, b'>' | b'<'))?;
        if inside.as_bytes().get(end) != Some(&b'>') {
            return None;
        }
        let inside = inside.get(..end)?;
        let length = 1 + usize::from(closes) + end + 1;
        let (inside, is_empty) = match inside.strip_suffix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let name_end = inside.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(name_end)?;
        let begins = attributes.chars().next().is_none_or(char::is_whitespace);
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
        (begins && is_name).then_some(Self { name, attributes, closes, is_empty, length })
    }

    /// What it means, if it is none of HTML.
    pub(super) fn kind(&self) -> Option<(&'static str, Kind)> {
        KINDS.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(self.name))
    }

    /// The element of HTML that it begins or ends.
    pub(super) fn html_name(&self) -> Option<&'static str> {
        HTML.into_iter().find(|name| name.eq_ignore_ascii_case(self.name))
    }

    pub(super) fn is_block(&self) -> bool {
        BLOCKS.into_iter().any(|name| name.eq_ignore_ascii_case(self.name))
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut found = attributes(self.attributes).into_iter();
        found.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Attributes as they are written: in double quotes, in single ones, or in none.
pub(super) fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(end) = rest.find(|c: char| c == '=' || c.is_whitespace()) {
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after.trim_start();
            continue;
        };
        let value = value.trim_start();
        let (value, next) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = value.get(1..).unwrap_or_default();
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_name {
            found.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        rest = next.trim_start();
    }
    found
}

/// Attributes as a part of a tag, well-formed whatever they were.
pub(super) fn written(attributes: &[(String, String)]) -> String {
    let mut out = String::new();
    for (name, value) in attributes {
        put!(out, " {name}=\"{}\"", quoted(value));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        let found = attributes(" a=\"1 2\" b='3' C=4 d e = \"5\"");
        let found: Vec<(&str, &str)> =
            found.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(found, [("a", "1 2"), ("b", "3"), ("c", "4"), ("e", "5")]);
    }

    #[test]
    fn what_is_no_tag_is_none() {
        assert!(Tag::read("<ref name=\"a/b\" />").is_some_and(|tag| tag.is_empty && tag.name == "ref"));
        for text in ["< b>", "<3", "<a@b.fi>", "<b", "<b <i>>"] {
            assert_eq!(Tag::read(text), None, "{text}");
        }
    }
}
