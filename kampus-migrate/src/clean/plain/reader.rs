//! Reads the tags of a plain body in their order.

use memchr::{memchr, memmem};

use super::Sink;
use super::attributes::{self, Attribute};
use super::elements::{self, Element, Kind};
use super::references::{self, Place};
use super::tree::Tree;

/// Reads a body to its end; `None` as soon as it proves not to be plain.
pub(super) fn read<S: Sink>(html: &str, sink: &mut S) -> Option<()> {
    let mut tree = Tree::default();
    let mut attributes = Vec::new();
    let mut rest = html;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        let (text, from) = rest.split_at_checked(at)?;
        tree.text(text, sink)?;
        rest = match from.as_bytes().get(1)? {
            b'a'..=b'z' | b'A'..=b'Z' => start_tag(from, &mut attributes, &mut tree, sink)?,
            b'/' => end_tag(from, &mut tree, sink)?,
            b'!' | b'?' => after_comment(from)?,
            _ => {
                tree.less_than(sink)?;
                from.get(1..)?
            }
        };
    }
    tree.text(rest, sink)?;
    tree.finish(sink)
}

/// Takes a start tag, and of an element without markup all of it; what follows.
fn start_tag<'a, S: Sink>(
    from: &'a str,
    attributes: &mut Vec<Attribute<'a>>,
    tree: &mut Tree,
    sink: &mut S,
) -> Option<&'a str> {
    let (element, rest) = element(from.get(1..)?)?;
    let rest = attributes::read(rest, attributes)?;
    tree.open(element, attributes, sink)?;
    match element.kind {
        Kind::Raw => after_raw(element, rest),
        Kind::Preformatted => after_first_break(rest),
        _ => Some(rest),
    }
}

/// The parser takes a line break at the beginning for none; one that is written as a reference is not plain.
fn after_first_break(from: &str) -> Option<&str> {
    if from.starts_with('&') && references::read(from, Place::Text)?.first == '\n' {
        return None;
    }
    Some(from.strip_prefix('\n').unwrap_or(from))
}

/// Takes an end tag; what follows.
fn end_tag<'a, S: Sink>(from: &'a str, tree: &mut Tree, sink: &mut S) -> Option<&'a str> {
    let (element, rest) = element(from.get(2..)?)?;
    let rest = rest.trim_start_matches([' ', '\n', '\t']).strip_prefix('>')?;
    tree.close(element, sink)?;
    Some(rest)
}

/// The element whose name a text begins with, and what follows the name.
fn element(from: &str) -> Option<(&'static Element, &str)> {
    let end = from.bytes().position(|byte| matches!(byte, b'>' | b' ' | b'/' | b'\n' | b'\t'))?;
    let (name, rest) = from.split_at_checked(end)?;
    Some((elements::find(name)?, rest))
}

/// What follows a comment, or what the parser takes for one: `<![endif]>`, `<?xml … />`.
fn after_comment(from: &str) -> Option<&str> {
    let Some(inside) = from.strip_prefix("<!--") else {
        let is_taken_for_one = from.starts_with("<![") || from.starts_with("<?");
        let end = memchr(b'>', from.as_bytes()).filter(|_| is_taken_for_one)?;
        return from.get(end + 1..);
    };
    let end = memmem::find(inside.as_bytes(), b"-->")?;
    let (comment, rest) = inside.split_at_checked(end)?;
    // These end a comment as well.
    let ends_before = comment.starts_with('>') || inside.starts_with("->") || comment.contains("--!>");
    if ends_before { None } else { rest.strip_prefix("-->") }
}

/// What follows an element in which nothing is markup but its own end tag.
fn after_raw<'a>(element: &Element, from: &'a str) -> Option<&'a str> {
    let mut at = 0;
    loop {
        at += memmem::find(from.get(at..)?.as_bytes(), b"</")? + 2;
        let after = from.get(at..)?;
        let named = after.as_bytes().get(..element.name.len())?.eq_ignore_ascii_case(element.name.as_bytes());
        if !named {
            continue;
        }
        let inside = from.get(..at - 2)?;
        let is_plain = match element.name {
            // What looks like a comment in a script may hide its end.
            "script" => !inside.contains("<!--"),
            "style" => true,
            // What a frame has in it would be text.
            _ => inside.is_empty(),
        };
        return if is_plain { after.get(element.name.len()..)?.strip_prefix('>') } else { None };
    }
}
