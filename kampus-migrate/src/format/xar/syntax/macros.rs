//! The first step: verbatim text, escapes, macros and parameters are put aside.

use std::collections::HashMap;

use super::{DEPTH, Parser, escaped};

impl Parser<'_> {
    /// A text with marks in place of whatever is not to be looked into.
    pub(super) fn strip(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        // What is closed nowhere from here on is not looked for again.
        let closings = Closings::of(text);
        let mut at = 0;
        while let Some(next) = text.get(at..).and_then(|rest| rest.find(['~', '{', '('])) {
            let here = at + next;
            out.push_str(text.get(at..here).unwrap_or_default());
            let rest = text.get(here..).unwrap_or_default();
            let length = if let Some(after) = rest.strip_prefix('~') {
                self.escape(after, &mut out)
            } else if rest.starts_with("{{{") {
                self.verbatim(rest, here, &closings, &mut out)
            } else if rest.starts_with("{{") {
                self.call(rest, here, &closings, &mut out)
            } else if rest.starts_with("(%") {
                parameters(rest)
            } else if rest.starts_with("(((") {
                out.push('\n');
                Some(3)
            } else {
                None
            };
            let length = length.unwrap_or_else(|| {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                out.push_str(rest.get(..length).unwrap_or_default());
                length
            });
            at = here + length;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        // Groups end where nothing else can begin with these.
        out.replace(")))", "\n")
    }

    fn escape(&mut self, after: &str, out: &mut String) -> Option<usize> {
        let c = after.chars().next()?;
        if c == '\n' {
            return None;
        }
        let raw = c.to_string();
        out.push_str(&self.stash.put(escaped(&raw), &raw, false));
        Some(1 + c.len_utf8())
    }

    fn verbatim(
        &mut self,
        rest: &str,
        here: usize,
        closings: &Closings<'_>,
        out: &mut String,
    ) -> Option<usize> {
        let length = closings.find(rest, here, "}}}", 3)?;
        let inside = rest.get(3..length)?;
        let is_block = inside.contains('\n');
        let html = if is_block { format!("<pre>{}</pre>", escaped(inside)) } else { escaped(inside) };
        out.push_str(&self.stash.put(html, inside, is_block));
        Some(length + 3)
    }

    /// A macro: `{{name parameters}}content{{/name}}` or `{{name parameters/}}`.
    fn call(&mut self, rest: &str, here: usize, closings: &Closings<'_>, out: &mut String) -> Option<usize> {
        if !rest.get(2..)?.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        let head = near(rest, "}}")?;
        let inside = rest.get(2..head)?;
        let begin = head + 2;
        let is_empty = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let name_end = inside
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(inside.len());
        let name = inside.get(..name_end)?.to_lowercase();
        let (content, end) = if is_empty {
            ("", begin)
        } else {
            let close = format!("{{{{/{}}}}}", inside.get(..name_end)?);
            let length = closings.find(rest, here, &close, begin)?;
            (rest.get(begin..length)?, length + close.len())
        };
        let raw = rest.get(..end)?;
        let is_known = self.depth < DEPTH;
        let mark = match name.as_str() {
            "toc" | "id" | "anchor" if is_empty => return Some(end),
            "info" | "warning" | "error" | "success" | "box" | "quote" | "blockquote" if is_known => {
                self.depth += 1;
                let html = self.whole(content.trim());
                self.depth -= 1;
                self.stash.put(format!("<blockquote>{html}</blockquote>"), content, true)
            }
            "html" if is_known => self.stash.put(content.to_owned(), content, true),
            "code" => {
                let is_block = content.contains('\n');
                let tag = if is_block { "pre" } else { "code" };
                let html = format!("<{tag}>{}</{tag}>", escaped(content.trim_matches('\n')));
                self.stash.put(html, content, is_block)
            }
            _ => {
                *self.macros.entry(name.chars().take(60).collect()).or_default() += 1;
                let is_block = raw.contains('\n');
                let tag = if is_block { "pre" } else { "code" };
                self.stash.put(format!("<{tag}>{}</{tag}>", escaped(raw)), raw, is_block)
            }
        };
        out.push_str(&mark);
        Some(end)
    }
}

/// How long parameters of style are; they show nothing.
fn parameters(rest: &str) -> Option<usize> {
    let length = near(rest, "%)")?;
    let inside = rest.get(2..length)?;
    // Blank ones are written too, to set something apart.
    let are_parameters = inside.trim().is_empty() || inside.contains('=');
    (are_parameters && !inside.contains('\n')).then_some(length + 2)
}

/// Where something closes that is never long.
fn near(rest: &str, close: &str) -> Option<usize> {
    /// No parameters that anybody writes are longer, in bytes.
    const LONGEST: usize = 2_000;
    let bytes = rest.as_bytes();
    let near = bytes.get(2..bytes.len().min(LONGEST))?;
    memchr::memmem::find(near, close.as_bytes()).map(|at| at + 2)
}

/// Where a text closes what, for the last time: what is opened behind that is closed nowhere.
struct Closings<'a>(HashMap<&'a str, usize>);

impl<'a> Closings<'a> {
    fn of(text: &'a str) -> Self {
        let mut last = HashMap::new();
        last.extend(text.rfind("}}}").map(|at| ("}}}", at)));
        for at in memchr::memmem::find_iter(text.as_bytes(), b"{{/") {
            let rest = text.get(at..).unwrap_or_default();
            // No name that anybody writes is longer.
            let end = rest.bytes().take(100).position(|byte| byte == b'}');
            let name = end.and_then(|end| rest.get(..end + 2)).filter(|name| name.ends_with("}}"));
            last.extend(name.map(|name| (name, at)));
        }
        Self(last)
    }

    /// Where something closes in the text from a place on, looked for from a byte of that.
    fn find(&self, rest: &str, here: usize, close: &str, from: usize) -> Option<usize> {
        let last = *self.0.get(close)?;
        if last < here + from {
            return None;
        }
        rest.get(from..)?.find(close).map(|length| from + length)
    }
}
