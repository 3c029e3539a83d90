//! The one HTML profile: what a body may contain.
//!
//! | kept | as |
//! |---|---|
//! | text | to the word |
//! | headings, paragraphs, lists, definition lists, quotes, code, rules | themselves |
//! | tables | with captions, heads and spans |
//! | links, pictures | `http`, `https`, `mailto`, `tel` and relative addresses only |
//! | figures, details, abbreviations, emphasis, sub- and superscript | themselves |
//! | `id` on headings and anchors | so that links to places in a page go on working |
//! | frames, embedded players | a link to what they showed |
//!
//! Everything else is unwrapped: its words stay, the element goes. Scripts and styles go with what is in them. The
//! sanitiser is ammonia.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::Tally;
use super::text::{Dom, Node, serialise};

/// Elements that stay.
pub(super) const TAGS: [&str; 56] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "strong",
    "sub",
    "summary",
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

/// Elements that go with everything in them.
pub(super) const GONE: [&str; 2] = ["script", "style"];

/// Elements that stay for a moment, until what they show is a link.
pub(super) const FRAMES: [&str; 8] =
    ["iframe", "embed", "object", "video", "audio", "source", "frame", "track"];

/// Parts of tables.
const TABLE: [&str; 9] = ["caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements that go without a word about them.
const PLAIN_WRAPPERS: [&str; 6] = ["div", "span", "font", "html", "head", "body"];

/// Attributes that stay on any element that stays.
pub(super) const GENERIC_ATTRIBUTES: [&str; 3] = ["title", "lang", "id"];

/// Attributes that stay on these elements.
pub(super) const ATTRIBUTES: [(&str, &[&str]); 8] = [
    ("a", &["href", "hreflang"]),
    ("img", &["src", "alt", "width", "height"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("ol", &["start"]),
    ("time", &["datetime"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
];

/// Schemes of addresses that stay.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

static PROFILE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(GONE))
        .tag_attributes(
            ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect(),
        )
        .generic_attributes(HashSet::from(GENERIC_ATTRIBUTES))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// Applies the profile, noting what goes.
pub(super) fn sanitise(html: &str, tally: &mut Tally) -> String {
    if let Some(clean) = super::plain::clean(html, tally) {
        return clean;
    }
    // What was parsed once and written again is mostly plain.
    let prepared = prepared(html, tally);
    super::plain::sanitise(&prepared).unwrap_or_else(|| sanitise_prepared(&prepared))
}

/// The same the long way, whatever the body is.
pub(super) fn sanitise_parsed(html: &str, tally: &mut Tally) -> String {
    sanitise_prepared(&prepared(html, tally))
}

/// What the sanitiser makes of a body.
pub(super) fn sanitise_prepared(html: &str) -> String {
    PROFILE.clean(html).to_string()
}

/// A body without what the sanitiser would drop together with words.
pub(super) fn prepared(html: &str, tally: &mut Tally) -> String {
    let dom = Dom::parse(html);
    let mut prepared = String::with_capacity(html.len());
    for node in dom.children() {
        prepare(&node, tally, &mut prepared);
    }
    prepared
}

/// Writes a node again without what the sanitiser would drop together with words: frames become links, trackers
/// go, and elements that hide their text from it are unwrapped.
fn prepare(node: &Node<'_>, tally: &mut Tally, out: &mut String) {
    let Some(name) = node.name() else {
        serialise(node, out);
        return;
    };
    if GONE.contains(&name) {
        tally.note(&format!("<{name}>"));
        return;
    }
    if is_tracker(node, name) {
        tally.note("tracker");
        return;
    }
    note_attributes(node, tally);
    if FRAMES.contains(&name) {
        tally.note(&format!("<{name}>"));
        frame_link(node, out);
    } else if TAGS.contains(&name) {
        open(node, name, out);
    } else if !goes_unnoticed(name) {
        tally.note(&format!("<{name}>"));
    }
    let apart = stands_apart(name);
    set_apart(apart, out);
    for child in node.children() {
        prepare(&child, tally, out);
    }
    if TAGS.contains(&name) {
        close(name, out);
    }
    set_apart(apart, out);
}

/// Whether an element that is unwrapped goes without a word about it.
pub(super) fn goes_unnoticed(name: &str) -> bool {
    PLAIN_WRAPPERS.contains(&name)
}

/// An unwrapped block still stands apart from what is around it; so does a part of a table without its table, which
/// the sanitiser takes for nothing.
pub(super) fn stands_apart(name: &str) -> bool {
    super::text::is_block(name) && (!TAGS.contains(&name) || TABLE.contains(&name))
}

/// Puts a line break where something stands apart, unless there is a blank.
pub(super) fn set_apart(apart: bool, out: &mut String) {
    if apart && !out.is_empty() && !out.ends_with(char::is_whitespace) {
        out.push('\n');
    }
}

fn open(node: &Node<'_>, name: &str, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (key, value) in node.attributes() {
        let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == ':' || c == '_');
        if plain && !key.is_empty() {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            super::text::escape_attribute(value, out);
            out.push('"');
        }
    }
    out.push('>');
}

fn close(name: &str, out: &mut String) {
    if !matches!(name, "br" | "col" | "hr" | "img" | "wbr") {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}

/// What a frame showed, as a link that says its address.
fn frame_link(node: &Node<'_>, out: &mut String) {
    let address =
        node.attributes().find(|(key, _)| matches!(*key, "src" | "data")).map(|(_, value)| value.trim());
    if let Some(address) = address.filter(|address| !address.is_empty()) {
        out.push_str("<a href=\"");
        super::text::escape_attribute(address, out);
        out.push_str("\">");
        super::text::escape_text(address, out);
        out.push_str("</a> ");
    }
}

/// A picture of one pixel shows nothing and tells somebody who looks.
fn is_tracker(node: &Node<'_>, name: &str) -> bool {
    let tiny = |side: &str| node.attributes().any(|(key, value)| key == side && is_tiny(value));
    name == "img" && tiny("width") && tiny("height")
}

/// Whether a width or height is that of a tracker.
pub(super) fn is_tiny(value: &str) -> bool {
    matches!(value.trim(), "0" | "1" | "1px" | "0px")
}

/// Lists attributes that matter to somebody and go.
fn note_attributes(node: &Node<'_>, tally: &mut Tally) {
    for (key, _) in node.attributes() {
        note_attribute(key, tally);
    }
}

/// Lists an attribute if it matters to somebody and goes.
pub(super) fn note_attribute(key: &str, tally: &mut Tally) {
    if key == "style" {
        tally.note("style=\"…\"");
    } else if key.starts_with("on") {
        tally.note(&format!("{key}=\"…\""));
    }
}
