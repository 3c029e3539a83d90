//! What stands in a line: styles, links, pictures, line breaks.

use super::super::reference::Reference;
use super::{Parser, escaped, put, quoted};

/// Pairs of characters that begin and end a style.
const STYLES: [(&str, &str); 7] =
    [("**", "b"), ("//", "i"), ("__", "u"), ("--", "s"), ("^^", "sup"), (",,", "sub"), ("##", "tt")];
const SCHEMES: [&str; 4] = ["https://", "http://", "ftp://", "mailto:"];

impl Parser<'_> {
    /// A line as HTML. Inside a link there is no other.
    pub(super) fn inline(&mut self, line: &str, links: bool) -> String {
        let mut out = String::with_capacity(line.len() + 16);
        let mut styles: Vec<&'static str> = Vec::new();
        let mut may_close = true;
        let (mut from, mut at) = (0, 0);
        let is_special = |c: char| {
            matches!(c, '*' | '/' | '_' | '-' | '^' | ',' | '#' | '[' | '\\' | 'h' | 'f' | 'm' | 'i')
        };
        while let Some(next) = line.get(at..).and_then(|rest| rest.find(is_special)) {
            let here = at + next;
            let rest = line.get(here..).unwrap_or_default();
            let before = line.get(from..here).unwrap_or_default();
            let made = if rest.starts_with("\\\\") {
                Some(("<br>".to_owned(), 2))
            } else if links && may_close && rest.starts_with("[[") {
                let found = self.link(rest);
                may_close = found.is_some() || rest.contains("]]");
                found
            } else if links && !before.ends_with(char::is_alphanumeric) {
                self.bare(rest)
            } else {
                None
            };
            let made = made.or_else(|| style(rest, before, line.get(here + 2..), &mut styles));
            let Some((html, length)) = made else {
                at = here + rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            out.push_str(&escaped(before));
            out.push_str(&html);
            at = here + length;
            from = at;
        }
        out.push_str(&escaped(line.get(from..).unwrap_or_default()));
        while let Some(name) = styles.pop() {
            put!(out, "</{name}>");
        }
        out
    }

    /// `[[label>>target||parameters]]`, and its length.
    fn link(&mut self, rest: &str) -> Option<(String, usize)> {
        let end = rest.find("]]")?;
        let inside = rest.get(2..end)?;
        let (inside, parameters) = inside.split_once("||").unwrap_or((inside, ""));
        let (label, target) = match inside.rsplit_once(">>") {
            Some((label, target)) => (Some(label.trim()), target.trim()),
            None => (None, inside.trim()),
        };
        let target = self.stash.plain(target);
        // It leads nowhere: its brackets are text.
        let as_it_is = || Some((escaped(rest.get(..end + 2)?), end + 2));
        if target.is_empty() {
            return as_it_is();
        }
        if let Some(name) = target.strip_prefix("image:") {
            return Some((self.image(name, parameters), end + 2));
        }
        let Some(mut address) = self.address(&target) else { return as_it_is() };
        if let Some(anchor) = value(parameters, "anchor") {
            address = format!("{address}#{anchor}");
        }
        let shown = match label.filter(|label| !label.is_empty()) {
            Some(label) if label.starts_with("image:") => self.image(label.trim_start_matches("image:"), ""),
            Some(label) => self.inline(label, false),
            None => escaped(target.split_once("doc:").map_or(target.as_str(), |(_, name)| name)),
        };
        Some((format!("<a href=\"{}\">{shown}</a>", quoted(&address)), end + 2))
    }

    /// Where a link leads.
    fn address(&self, target: &str) -> Option<String> {
        for prefix in ["url:", "path:"] {
            if let Some(rest) = target.strip_prefix(prefix) {
                return Some(rest.to_owned());
            }
        }
        if SCHEMES.iter().any(|scheme| target.starts_with(scheme)) || target.starts_with('#') {
            return Some(target.to_owned());
        }
        if let Some(file) = target.strip_prefix("attach:") {
            return self.file(file);
        }
        let target = target.strip_prefix("doc:").or_else(|| target.strip_prefix("page:")).unwrap_or(target);
        if target.contains('@') {
            return self.file(target);
        }
        let (target, anchor) = match target.split_once('#') {
            Some((target, anchor)) => (target, format!("#{anchor}")),
            None => (target, String::new()),
        };
        let reference = Reference::read(target, &self.here.spaces)?;
        Some(format!("{}{anchor}", reference.address()))
    }

    /// Where a file is found: `Page@file`, or one of this page.
    fn file(&self, target: &str) -> Option<String> {
        match target.rsplit_once('@') {
            Some((page, file)) => Some(Reference::read(page, &self.here.spaces)?.download(file)),
            None => Some(self.here.download(target)),
        }
    }

    fn image(&self, name: &str, parameters: &str) -> String {
        let is_address = SCHEMES.iter().any(|scheme| name.starts_with(scheme));
        let address = if is_address { name.to_owned() } else { self.file(name).unwrap_or_default() };
        let told = value(parameters, "alt").unwrap_or_default();
        format!("<img src=\"{}\" alt=\"{}\">", quoted(&address), quoted(&told))
    }

    /// An address or a picture without brackets, and its length.
    fn bare(&self, rest: &str) -> Option<(String, usize)> {
        let is_image = rest.starts_with("image:");
        if !is_image && !SCHEMES.iter().any(|scheme| rest.starts_with(scheme)) {
            return None;
        }
        let end = rest.find(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '[' | ']' | '|')
        });
        let word = rest.get(..end.unwrap_or(rest.len()))?;
        let word = word.trim_end_matches([',', ';', '.', ':', '!', '?', ')', '*', '_']);
        if let Some(name) = word.strip_prefix("image:").filter(|name| name.contains('.')) {
            return Some((self.image(name, ""), word.len()));
        }
        let scheme = SCHEMES.iter().find(|scheme| word.starts_with(**scheme))?;
        (word.len() > scheme.len())
            .then(|| (format!("<a href=\"{}\">{}</a>", quoted(word), escaped(word)), word.len()))
    }
}

/// A style begins or ends. One that ends nowhere in the line is text, unless it ends what is open.
fn style(
    rest: &str,
    before: &str,
    after: Option<&str>,
    open: &mut Vec<&'static str>,
) -> Option<(String, usize)> {
    let (mark, name) = STYLES.into_iter().find(|(mark, _)| rest.starts_with(mark))?;
    if let Some(place) = open.iter().position(|other| *other == name) {
        let mut html = String::new();
        let above = open.split_off(place + 1);
        open.pop();
        for other in above.iter().rev() {
            put!(html, "</{other}>");
        }
        put!(html, "</{name}>");
        for other in &above {
            put!(html, "<{other}>");
        }
        open.extend(above);
        return Some((html, 2));
    }
    // Slashes of an address and dashes between words are no style.
    let is_address = mark == "//" && before.ends_with(':');
    let begins_text = after.is_some_and(|after| after.starts_with(|c: char| !c.is_whitespace()));
    let is_dash = mark == "--" && !begins_text;
    if is_address || is_dash || open.len() > STYLES.len() {
        return None;
    }
    open.push(name);
    Some((format!("<{name}>"), 2))
}

/// The value of a parameter: `name="value"`.
fn value(parameters: &str, name: &str) -> Option<String> {
    let (_, rest) = parameters.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}
