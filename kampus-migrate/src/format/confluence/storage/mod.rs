//! The storage format as HTML ("Confluence Storage Format").
//!
//! | in the text | becomes |
//! |---|---|
//! | XHTML | itself; headings get an `id`, so that links to them lead there |
//! | `ac:link`, `ac:image` to pages, files, users, spaces, addresses | links, names and pictures |
//! | macros `info`, `note`, `warning`, `tip`, `panel` | quotes with their title and text |
//! | `code`, `noformat` | code |
//! | `expand` | a part that is opened |
//! | `status`, `anchor`, `view-file` and its kin | bold text, an anchor, a link to the file |
//! | `excerpt`, `section`, `column`, `toc-zone` and other frames, `ac:layout` | their text |
//! | `html` | its HTML |
//! | other macros | the text that calls them, then their text; told apart |
//! | `ac:task-list` | a list with ☐ and ☑ |
//! | `ac:emoticon` | the sign |
//! | `toc`, `ac:placeholder` | nothing |
//!
//! A text that is not well-formed is read as HTML, its macros as their text, and that is said.

mod links;
mod macros;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::Cursor;

use html5ever::data::NAMED_ENTITIES;

use super::super::Limits;
use super::super::html::{escaped, put, quoted};
use super::super::tree::{Element, Node};
use super::super::xml::{Broken, Token, Tokens};
use super::index::Index;

/// Where a text stands.
pub(super) struct Here<'a> {
    pub(super) index: &'a Index,
    pub(super) page: u64,
    pub(super) space: Option<u64>,
}

/// A text as HTML.
pub(super) struct Converted {
    pub(super) html: String,
    pub(super) notices: Vec<String>,
}

/// How deep elements may stand in each other.
const DEPTH: usize = 128;

/// Converts a text.
pub(super) fn convert(text: &str, here: &Here<'_>) -> Converted {
    if text.trim().is_empty() {
        return Converted { html: String::new(), notices: Vec::new() };
    }
    let Ok(tree) = parse(text) else {
        let notice = "its text is not well-formed: it was read as HTML, macros as the text in them";
        return Converted { html: without_sections(text), notices: vec![notice.to_owned()] };
    };
    let mut writer =
        Writer { here, out: String::with_capacity(text.len()), macros: BTreeMap::new(), lost: 0 };
    writer.nodes(&tree.nodes);
    let mut notices = Vec::new();
    if !writer.macros.is_empty() {
        let told: Vec<String> =
            writer.macros.iter().map(|(name, count)| format!("{count} × {name}")).collect();
        notices.push(format!(
            "macros are kept as the text that calls them, because only Confluence can carry them out: {}",
            told.join(", ")
        ));
    }
    if writer.lost > 0 {
        notices.push(format!("{} links lead to pages that are not in this export", writer.lost));
    }
    Converted { html: writer.out, notices }
}

/// The text as a tree.
fn parse(text: &str) -> Result<Element, Broken> {
    let whole = format!("<body>{}</body>", prepared(text));
    // The text is bounded already; a tree takes more than its text.
    let limit = whole.len().saturating_mul(4).max(1 << 20);
    let limits = Limits { depth: DEPTH, record_bytes: limit, ..Limits::default() };
    let unreadable = |error: std::io::Error| Broken { byte: None, line: None, reason: error.to_string() };
    let mut tokens = Tokens::of(Box::new(Cursor::new(whole.into_bytes())), limits).map_err(unreadable)?;
    let tree = match tokens.next()? {
        Token::Start(name, own) => Element::read(&mut tokens, name, own, limit)?,
        _ => return Err(tokens.truncated()),
    };
    // What closes too much ends before its text does.
    match tokens.next()? {
        Token::Eof => Ok(tree),
        _ => Err(tokens.broken("it ends before its text does")),
    }
}

const BEGIN: &str = "<![CDATA[";
const END: &str = "]]>";

/// A text's parts: whether each is a section, and what is in it.
fn parts(text: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    let mut rest = text;
    // Where no section ends for certain from here on, nobody looks again.
    let mut is_certain = true;
    while let Some((before, from)) = rest.split_once(BEGIN) {
        parts.push((false, before));
        let (inside, after) = ends(from, is_certain).unwrap_or_else(|| {
            is_certain = false;
            ends(from, false).unwrap_or((from, ""))
        });
        parts.push((true, inside));
        rest = after;
    }
    parts.push((false, rest));
    parts
}

/// What is in a section and what follows it. Its end has a blank in it when the text itself became a section. Code may
/// hold what looks the same: a certain end has a tag, or nothing, behind it.
fn ends(from: &str, certain: bool) -> Option<(&str, &str)> {
    memchr::memchr_iter(b'>', from.as_bytes()).find_map(|at| {
        let (before, after) = (from.get(..at)?, from.get(at + 1..)?);
        let inside = before.strip_suffix("]]").or_else(|| before.strip_suffix("]] "))?;
        let next = after.trim_start();
        (!certain || next.is_empty() || next.starts_with('<')).then_some((inside, after))
    })
}

/// A text that readers of XML understand: names of characters resolved, sections as they were before the text became a
/// section itself.
fn prepared(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (is_section, part) in parts(text) {
        if is_section {
            out.push_str(BEGIN);
            out.push_str(&part.replace(END, "]]]]><![CDATA[>"));
            out.push_str(END);
        } else {
            resolve(part, &mut out);
        }
    }
    out
}

/// Appends a text, characters that HTML has names for as themselves.
fn resolve(text: &str, out: &mut String) {
    /// No name is longer.
    const LONGEST: usize = 40;
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let from = from.get(1..).unwrap_or_default();
        let length = from.bytes().take(LONGEST).position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(0);
        let name = from.get(..=length).filter(|name| length > 0 && name.ends_with(';')).unwrap_or_default();
        let found = NAMED_ENTITIES.get(name).filter(|_| !name.is_empty());
        let is_own = matches!(name, "lt;" | "gt;" | "amp;" | "quot;" | "apos;");
        if let Some((first, second)) = found.filter(|_| !is_own) {
            let characters =
                [*first, *second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32);
            out.push_str(&quoted(&characters.collect::<String>()));
            rest = from.get(name.len()..).unwrap_or_default();
        } else {
            out.push('&');
            rest = from;
        }
    }
    out.push_str(rest);
}

/// A text whose sections are text, for readers of HTML, who take them for comments.
fn without_sections(text: &str) -> String {
    let parts = parts(text).into_iter();
    parts.map(|(is_section, part)| if is_section { escaped(part) } else { part.to_owned() }).collect()
}

/// A text under way.
struct Writer<'a> {
    here: &'a Here<'a>,
    out: String,
    macros: BTreeMap<String, u32>,
    /// Links to pages that are not in the export.
    lost: u32,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.out.push_str(&escaped(text)),
                Node::Element(element) => self.element(element),
            }
        }
    }

    /// What nodes come to, by themselves.
    fn apart(&mut self, nodes: &[Node]) -> String {
        let before = std::mem::take(&mut self.out);
        self.nodes(nodes);
        std::mem::replace(&mut self.out, before)
    }

    fn element(&mut self, element: &Element) {
        let name = element.name.to_lowercase();
        match name.as_str() {
            "ac:structured-macro" | "ac:macro" => self.call(element),
            "ac:link" => self.link(element),
            "ac:image" => self.image(element),
            "ac:task-list" => self.wrapped("ul", element),
            "ac:task" => self.task(element),
            "ac:emoticon" => self.emoticon(element),
            "ac:plain-text-body" | "ac:plain-text-link-body" => self.out.push_str(&escaped(&element.text())),
            "ac:placeholder"
            | "ac:parameter"
            | "ac:default-parameter"
            | "ac:task-id"
            | "ac:task-uuid"
            | "ac:task-status"
            | "ac:adf-attribute"
            | "ac:adf-mark" => {}
            "ac:adf-extension" => match element.child("ac:adf-fallback") {
                Some(fallback) => self.nodes(&fallback.nodes),
                None => self.nodes(&element.nodes),
            },
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(&name, element),
            "time" if element.text().trim().is_empty() => {
                let day = element.attribute("datetime").unwrap_or_default();
                put!(self.out, "<time datetime=\"{}\">{}</time>", quoted(day), escaped(day));
            }
            reference if reference.starts_with("ri:") => self.reference(element),
            // Frames around texts: layouts, marks of comments, bodies.
            other if other.contains(':') => self.nodes(&element.nodes),
            other if other.bytes().all(|byte| byte.is_ascii_alphanumeric()) => self.html(other, element),
            _ => self.nodes(&element.nodes),
        }
    }

    /// An element of HTML.
    fn html(&mut self, name: &str, element: &Element) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in &element.attributes {
            if key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                put!(self.out, " {key}=\"{}\"", quoted(value));
            }
        }
        self.out.push('>');
        // Readers of HTML take an end of these for another beginning.
        if !matches!(name, "br" | "hr" | "img" | "col" | "wbr" | "area" | "input") {
            self.nodes(&element.nodes);
            put!(self.out, "</{name}>");
        }
    }

    fn wrapped(&mut self, name: &str, element: &Element) {
        put!(self.out, "<{name}>");
        self.nodes(&element.nodes);
        put!(self.out, "</{name}>");
    }

    fn heading(&mut self, name: &str, element: &Element) {
        let id = links::anchor(&element.text());
        if id.is_empty() || element.attribute("id").is_some() {
            self.html(name, element);
        } else {
            put!(self.out, "<{name} id=\"{}\">", quoted(&id));
            self.nodes(&element.nodes);
            put!(self.out, "</{name}>");
        }
    }

    fn task(&mut self, task: &Element) {
        let is_done = task.text_of("ac:task-status").is_some_and(|word| word == "complete");
        self.out.push_str(if is_done { "<li>☑ " } else { "<li>☐ " });
        self.nodes(&task.nodes);
        self.out.push_str("</li>");
    }

    fn emoticon(&mut self, element: &Element) {
        let name = element.attribute("ac:name").unwrap_or_default();
        let fallback = element.attribute("ac:emoji-fallback").filter(|sign| !sign.starts_with(':'));
        let sign = fallback.unwrap_or(match name {
            "smile" => "🙂",
            "sad" => "🙁",
            "cheeky" => "😛",
            "laugh" => "😀",
            "wink" => "😉",
            "thumbs-up" => "👍",
            "thumbs-down" => "👎",
            "information" => "ℹ",
            "tick" => "✔",
            "cross" => "✖",
            "warning" => "⚠",
            "plus" => "➕",
            "minus" => "➖",
            "question" => "❓",
            "light-on" | "light-off" => "💡",
            "yellow-star" | "red-star" | "green-star" | "blue-star" => "⭐",
            "heart" => "❤",
            "broken-heart" => "💔",
            _ => "",
        });
        if sign.is_empty() && !name.is_empty() {
            put!(self.out, ":{}:", escaped(name));
        } else {
            self.out.push_str(&escaped(sign));
        }
    }
}
