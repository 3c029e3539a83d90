//! Text: what of HTML people see.

use std::borrow::Cow;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use memchr::memchr;

/// How deep elements may be nested; what is nested deeper is read as if it stood at that depth.
const DEPTH: usize = 256;

/// A parsed body.
pub(super) struct Dom(RcDom);

/// A node of a parsed body.
pub(super) struct Node<'a> {
    handle: Handle,
    attributes: Vec<(String, String)>,
    depth: usize,
    owner: std::marker::PhantomData<&'a Dom>,
}

impl Dom {
    /// Parses a fragment as a browser does, scripting off: what stands in `<noscript>` is text like other text.
    pub(super) fn parse(html: &str) -> Self {
        let mut options = ParseOpts::default();
        options.tree_builder.scripting_enabled = false;
        let context = html5ever::QualName::new(None, html5ever::ns!(html), html5ever::local_name!("div"));
        Self(parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(html))
    }

    /// The nodes at the top.
    pub(super) fn children(&self) -> Vec<Node<'_>> {
        // The parser puts a fragment under an `html` element of its own.
        let top = self.0.document.children.borrow().first().cloned();
        top.map_or_else(Vec::new, |root| Node::list(&root, 0))
    }
}

impl Node<'_> {
    fn list<'a>(parent: &Handle, depth: usize) -> Vec<Node<'a>> {
        let node = |child: &Handle| Node {
            handle: child.clone(),
            attributes: attributes(child),
            depth,
            owner: std::marker::PhantomData,
        };
        parent.children.borrow().iter().map(node).collect()
    }

    /// The name of an element.
    pub(super) fn name(&self) -> Option<&str> {
        match &self.handle.data {
            NodeData::Element { name, .. } => Some(&name.local),
            _ => None,
        }
    }

    /// The attributes of an element.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The nodes in an element; of a template, what it holds.
    pub(super) fn children(&self) -> Vec<Node<'_>> {
        if self.depth >= DEPTH {
            return flatten(&self.handle, self.depth);
        }
        let mut children = Self::list(&self.handle, self.depth + 1);
        if let NodeData::Element { template_contents, .. } = &self.handle.data
            && let Some(contents) = template_contents.borrow().as_ref()
        {
            children.extend(Self::list(contents, self.depth + 1));
        }
        children
    }

    /// The text of a text node.
    fn text(&self) -> Option<String> {
        match &self.handle.data {
            NodeData::Text { contents } => Some(contents.borrow().to_string()),
            _ => None,
        }
    }
}

/// All text below a node that is nested too deep, without recursion.
fn flatten<'a>(handle: &Handle, depth: usize) -> Vec<Node<'a>> {
    let mut found = Vec::new();
    let mut stack: Vec<Handle> = handle.children.borrow().iter().rev().cloned().collect();
    while let Some(next) = stack.pop() {
        match &next.data {
            NodeData::Text { .. } => found.push(Node {
                handle: next.clone(),
                attributes: Vec::new(),
                depth,
                owner: std::marker::PhantomData,
            }),
            NodeData::Element { name, .. } if matches!(&*name.local, "script" | "style") => {}
            _ => stack.extend(next.children.borrow().iter().rev().cloned()),
        }
    }
    found
}

fn attributes(handle: &Handle) -> Vec<(String, String)> {
    match &handle.data {
        NodeData::Element { attrs, .. } => attrs
            .borrow()
            .iter()
            .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
            .collect(),
        _ => Vec::new(),
    }
}

/// Writes a node that is no element: text escaped, comments left out.
pub(super) fn serialise(node: &Node<'_>, out: &mut String) {
    if let Some(text) = node.text() {
        escape_text(&text, out);
    }
}

/// Escapes text between tags.
pub(super) fn escape_text(text: &str, out: &mut String) {
    escape(text, |byte| matches!(byte, b'&' | b'<' | b'>' | NO_BREAK), out);
}

/// Escapes the value of an attribute in double quotes.
pub(super) fn escape_attribute(value: &str, out: &mut String) {
    escape(value, |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | NO_BREAK), out);
}

/// What the no-break space begins with, and other characters too.
const NO_BREAK: u8 = 0xc2;

fn escape(text: &str, may_be_special: impl Fn(u8) -> bool, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(&may_be_special) {
        let (before, from) = rest.split_at(at);
        let mut chars = from.chars();
        out.push_str(before);
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some('\u{a0}') => out.push_str("&nbsp;"),
            other => out.extend(other),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Plain text as HTML: blank lines part paragraphs, line breaks stay.
pub(super) fn to_html(text: &str) -> String {
    let text = without_carriage_returns(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8 + 16);
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        out.push_str(if out.is_empty() { "<p>" } else { "\n<p>" });
        for (place, line) in paragraph.split('\n').enumerate() {
            if place > 0 {
                out.push_str("<br>");
            }
            escape_text(line, &mut out);
        }
        out.push_str("</p>");
    }
    out
}

/// Line breaks as parsers of HTML read them.
pub(super) fn without_carriage_returns(text: &str) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Whether an element stands apart from the text around it.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "textarea"
            | "template"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "ul"
    )
}

/// The visible text, its words parted by single blanks.
pub fn text_of(html: &str) -> String {
    let text = visible_text(html);
    let mut words = text.split_whitespace();
    let mut out = String::with_capacity(text.len());
    out.push_str(words.next().unwrap_or_default());
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
    out
}

/// The visible words in their order. Blocks part words, inline elements do not.
pub fn words(html: &str) -> Vec<String> {
    split(&visible_text(html))
}

/// The words of a text.
pub(super) fn split(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// The visible text with blanks where blocks begin and end.
fn visible_text(html: &str) -> String {
    super::plain::text(html).unwrap_or_else(|| visible(html))
}

/// The visible text of any body whatever.
pub(super) fn visible(html: &str) -> String {
    let mut text = String::new();
    for node in Dom::parse(html).children() {
        collect(&node, &mut text);
    }
    text
}

fn collect(node: &Node<'_>, out: &mut String) {
    if let Some(text) = node.text() {
        out.push_str(&text);
        return;
    }
    let Some(name) = node.name() else { return };
    if matches!(name, "script" | "style") {
        return;
    }
    let apart = is_block(name);
    if apart {
        out.push(' ');
    }
    for child in node.children() {
        collect(&child, out);
    }
    if apart {
        out.push(' ');
    }
}
