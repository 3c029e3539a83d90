//! What stands in a line: emphasis, links to other sites, HTML, references ("Help:Formatting", "Help:Links").

use super::tags::{Tag, attributes, written};
use super::{Parser, escaped, put, quoted};

/// What the addresses of links to other sites begin with.
const SCHEMES: [&str; 9] =
    ["https://", "http://", "ftp://", "ftps://", "sftp://", "file://", "mailto:", "tel:", "//"];
/// Those that are links without brackets too.
const BARE: [&str; 4] = ["https", "http", "ftp", "ftps"];

impl Parser<'_> {
    /// A text of several lines without blocks; empty lines are line breaks.
    pub(super) fn lines(&mut self, text: &str) -> String {
        let lines: Vec<String> = text
            .trim()
            .lines()
            .map(|line| if line.trim().is_empty() { "<br>".to_owned() } else { self.inline(line, true) })
            .collect();
        lines.join("\n")
    }

    /// A line as HTML. Inside a link there is no other.
    pub(super) fn inline(&mut self, line: &str, links: bool) -> String {
        let mut out = String::with_capacity(line.len() + 16);
        let mut emphasis: Vec<&'static str> = Vec::new();
        // Once a bracket is closed nowhere, those behind it are not either.
        let mut may_close = true;
        let (mut from, mut at) = (0, 0);
        while let Some(next) = line.get(at..).and_then(|rest| rest.find(['\'', '[', '<', '_', ':'])) {
            let here = at + next;
            let rest = line.get(here..).unwrap_or_default();
            let before = line.get(from..here).unwrap_or_default();
            let (before, made, length) = if rest.starts_with("''") {
                let length = rest.bytes().take_while(|byte| *byte == b'\'').count();
                escape_into(before, &mut out);
                quotes(length, &mut emphasis, &mut out);
                ("", String::new(), length)
            } else if links
                && may_close
                && let Some(scheme) = scheme_of(rest)
            {
                let Some((html, length)) = self.external(rest, scheme) else {
                    may_close = !has_address(rest, scheme);
                    at = here + 1;
                    continue;
                };
                (before, html, length)
            } else if let Some((html, length)) = self.html(rest) {
                (before, html, length)
            } else if let Some(length) = magic_word(rest) {
                self.left_out(rest.get(..length).unwrap_or_default());
                (before, String::new(), length)
            } else if links && let Some((scheme, address)) = bare(before, rest) {
                let before = before.get(..before.len() - scheme.len()).unwrap_or_default();
                let whole = quoted(&format!("{scheme}{address}"));
                (
                    before,
                    format!("<a href=\"{whole}\">{}</a>", escaped(&format!("{scheme}{address}"))),
                    address.len(),
                )
            } else {
                at = here + 1;
                continue;
            };
            escape_into(before, &mut out);
            out.push_str(&made);
            at = here + length;
            from = at;
        }
        escape_into(line.get(from..).unwrap_or_default(), &mut out);
        while let Some(name) = emphasis.pop() {
            put!(out, "</{name}>");
        }
        out
    }

    /// A link to another site in brackets, and its length.
    fn external(&mut self, rest: &str, scheme: &str) -> Option<(String, usize)> {
        let after = rest.get(1..)?;
        let address = after.get(..address_end(after))?;
        if !has_address(rest, scheme) {
            return None;
        }
        let end = rest.find(']')?;
        let inside = rest.get(1..end)?;
        let text = inside.get(address.len()..)?.trim();
        let shown = if text.is_empty() { escaped(address) } else { self.inline(text, false) };
        Some((format!("<a href=\"{}\">{shown}</a>", quoted(address)), end + 1))
    }

    /// A tag of HTML, and its length.
    fn html(&self, rest: &str) -> Option<(String, usize)> {
        let tag = Tag::read(rest)?;
        let name = tag.html_name()?;
        let is_void = matches!(name, "br" | "hr" | "wbr" | "col");
        let html = match (tag.closes, tag.is_empty) {
            // What is meant by `</br>` is told by who writes it.
            (true, _) if name == "br" => "<br>".to_owned(),
            (true, _) if is_void => String::new(),
            (true, _) => format!("</{name}>"),
            (false, is_empty) => {
                let mut own = attributes(&self.stash.plain(tag.attributes));
                own.retain(|(key, _)| !key.starts_with("on"));
                let end = if is_empty && !is_void { format!("</{name}>") } else { String::new() };
                format!("<{name}{}>{end}", written(&own))
            }
        };
        Some((html, tag.length))
    }
}

/// Bold and italic: two, three or five apostrophes.
fn quotes(length: usize, open: &mut Vec<&'static str>, out: &mut String) {
    let (apostrophes, toggled): (usize, &[&'static str]) = match length {
        2 => (0, &["i"]),
        3 => (0, &["b"]),
        4 => (1, &["b"]),
        more => (more - 5, if open.last() == Some(&"i") { &["i", "b"] } else { &["b", "i"] }),
    };
    out.push_str(&"'".repeat(apostrophes));
    for name in toggled {
        match open.iter().position(|other| other == name) {
            None => {
                put!(out, "<{name}>");
                open.push(name);
            }
            Some(place) => {
                let above = open.split_off(place + 1);
                open.pop();
                for other in above.iter().rev() {
                    put!(out, "</{other}>");
                }
                put!(out, "</{name}>");
                for other in above {
                    put!(out, "<{other}>");
                    open.push(other);
                }
            }
        }
    }
}

/// The scheme of a link in brackets.
fn scheme_of(rest: &str) -> Option<&'static str> {
    let inside = rest.strip_prefix('[')?;
    SCHEMES
        .into_iter()
        .find(|scheme| inside.get(..scheme.len()).is_some_and(|found| found.eq_ignore_ascii_case(scheme)))
}

/// Whether an address follows the bracket and scheme.
fn has_address(rest: &str, scheme: &str) -> bool {
    rest.get(1..).is_some_and(|after| address_end(after) > scheme.len())
}

/// Where an address ends.
fn address_end(text: &str) -> usize {
    let end =
        text.find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '[' | ']'));
    let end = end.unwrap_or(text.len());
    text.get(..end).and_then(|address| address.find("''")).unwrap_or(end)
}

/// An address without brackets: its scheme, which stands before the colon, and the rest.
fn bare<'a>(before: &'a str, rest: &'a str) -> Option<(&'a str, &'a str)> {
    if !rest.starts_with("://") {
        return None;
    }
    let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
    if !BARE.into_iter().any(|scheme| scheme.eq_ignore_ascii_case(word)) {
        return None;
    }
    let address = rest.get(..address_end(rest))?;
    let address = address.trim_end_matches([',', ';', '.', ':', '!', '?']);
    let address = if address.contains('(') { address } else { address.trim_end_matches(')') };
    (address.len() > 3).then_some((word, address))
}

/// `__NOTOC__` and the like, in any language.
fn magic_word(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("__")?;
    let end = inside.find(|c: char| !c.is_uppercase())?;
    (end >= 3 && inside.get(end..)?.starts_with("__")).then_some(end + 4)
}

/// Escapes text; references to characters stay, and marks too.
pub(super) fn escape_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let length = if let Some(length) = reference(from) {
            out.push_str(from.get(..length).unwrap_or_default());
            length
        } else {
            out.push_str(match from.as_bytes().first() {
                Some(b'&') => "&amp;",
                Some(b'<') => "&lt;",
                _ => "&gt;",
            });
            1
        };
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// How long the reference is with which a text begins.
fn reference(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('&')?;
    let end = inside.bytes().take(32).position(|byte| byte == b';')?;
    let name = inside.get(..end)?;
    let known = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()),
        },
        None => name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    };
    known.then_some(end + 2)
}
