//! The first step: whatever is no wikitext inside, or may go over several lines, is worked out and put aside.

use super::tags::{Kind, Tag};
use super::{DEPTH, Parser, escaped};

/// A part of a text: bytes from, to.
type Range = (usize, usize);

impl Parser<'_> {
    /// A text with marks in place of tags of extensions, templates and links.
    pub(super) fn strip(&mut self, text: &str, is_whole: bool) -> String {
        let text = self.strip_tags(text, is_whole);
        let text = self.strip_templates(&text);
        self.strip_links(&text)
    }

    /// Puts comments and tags of extensions aside.
    fn strip_tags(&mut self, text: &str, is_whole: bool) -> String {
        let lower = text.to_ascii_lowercase();
        // Tags that are closed nowhere from here on are looked for once.
        let mut unclosed: Vec<&str> = Vec::new();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
            let start = at + found;
            out.push_str(text.get(at..start).unwrap_or_default());
            let rest = text.get(start..).unwrap_or_default();
            let end = if rest.starts_with("<!--") {
                self.comment(text, start, &mut unclosed, &out)
            } else if let Some(tag) = Tag::read(rest) {
                self.tag(&tag, (text, &lower), start, &mut unclosed, &mut out, is_whole)
            } else {
                None
            };
            at = end.unwrap_or_else(|| {
                out.push('<');
                start + 1
            });
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    fn comment(&mut self, text: &str, start: usize, unclosed: &mut Vec<&str>, out: &str) -> Option<usize> {
        if unclosed.contains(&"!--") {
            return None;
        }
        let Some(length) = text.get(start + 4..)?.find("-->") else {
            unclosed.push("!--");
            return None;
        };
        self.left_out("<!-- -->");
        let end = start + length + 7;
        // A line that holds nothing but a comment is no line.
        let begins = out.is_empty() || out.ends_with('\n');
        let ends = text.get(end..).is_some_and(|rest| rest.starts_with('\n'));
        Some(if begins && ends { end + 1 } else { end })
    }

    /// A tag of an extension: yields where it ends, if it is one.
    fn tag(
        &mut self,
        tag: &Tag<'_>,
        (text, lower): (&str, &str),
        start: usize,
        unclosed: &mut Vec<&'static str>,
        out: &mut String,
        is_whole: bool,
    ) -> Option<usize> {
        let (name, kind) = tag.kind()?;
        let begin = start + tag.length;
        if matches!(kind, Kind::Wrapper) {
            self.left_out(&format!("<{name}>"));
            return Some(begin);
        }
        if tag.closes {
            return None;
        }
        let (content, end) = if tag.is_empty {
            ("", begin)
        } else {
            if unclosed.contains(&name) {
                return None;
            }
            let close = format!("</{name}");
            let Some(length) = lower.get(begin..)?.find(&close) else {
                unclosed.push(name);
                return None;
            };
            let after = begin + length + close.len();
            let end = after + text.get(after..)?.find('>')? + 1;
            (text.get(begin..begin + length)?, end)
        };
        let raw = text.get(start..end)?;
        let mark = match kind {
            Kind::Hidden => {
                self.left_out(&format!("<{name}>"));
                return Some(end);
            }
            Kind::Wrapper => return Some(begin),
            Kind::Nowiki => self.stash.put(kept_entities(content), content, false),
            Kind::Preformatted => {
                let html = format!("<pre>{}</pre>", kept_entities(content.trim_matches('\n')));
                self.stash.put(html, content, true)
            }
            Kind::Code if content.trim().contains('\n') => {
                self.stash.put(format!("<pre>{}</pre>", escaped(content.trim_matches('\n'))), content, true)
            }
            Kind::Code => self.stash.put(format!("<code>{}</code>", escaped(content.trim())), content, false),
            Kind::Text if self.depth < DEPTH => {
                let html = self.nested(content);
                self.stash.put(html, content, false)
            }
            Kind::Note if self.depth < DEPTH => self.note(tag, content, raw),
            Kind::Notes if self.depth < DEPTH => self.list_notes(content, raw, is_whole),
            Kind::Gallery if self.depth < DEPTH => {
                let html = self.gallery(content);
                self.stash.put(html, content, true)
            }
            Kind::Text | Kind::Note | Kind::Notes | Kind::Gallery => self.stash.put(escaped(raw), raw, false),
        };
        out.push_str(&mark);
        Some(end)
    }

    /// A text inside another one, as inline HTML.
    pub(super) fn nested(&mut self, text: &str) -> String {
        if self.depth >= DEPTH {
            return escaped(text);
        }
        self.depth += 1;
        let body = self.strip(text, false);
        let html = self.lines(&body);
        self.depth -= 1;
        html
    }

    /// Puts templates aside: their wikitext as code.
    fn strip_templates(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (start, end) in templates(text) {
            out.push_str(text.get(at..start).unwrap_or_default());
            let raw = text.get(start..end).unwrap_or_default();
            at = end;
            let begins = out.trim_end_matches([' ', '\t']);
            let begins_line = begins.is_empty() || begins.ends_with('\n');
            match self.template(raw, begins_line) {
                Some(mark) => out.push_str(&mark),
                // What shows nothing leaves no empty line.
                None if begins_line && text.get(at..).is_some_and(|rest| rest.starts_with('\n')) => at += 1,
                None => {}
            }
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    fn template(&mut self, raw: &str, begins_line: bool) -> Option<String> {
        let inside = raw.trim_start_matches('{').trim_end_matches('}');
        let name =
            inside.split(['|', '\u{1}', '\n', '<']).next().unwrap_or_default().trim().replace('_', " ");
        // What needs no wiki is said at once ("Help:Magic words").
        let known = match name.as_str() {
            "!" => Some("|".to_owned()),
            "=" => Some("=".to_owned()),
            "PAGENAME" => Some(self.page.name.clone()),
            "FULLPAGENAME" => Some(self.page.full.clone()),
            "SITENAME" => Some(self.site.name.clone()),
            _ => None,
        };
        if let Some(text) = known.filter(|_| raw.starts_with("{{") && !raw.starts_with("{{{")) {
            return Some(text);
        }
        let function = name.split(':').next().unwrap_or_default().to_owned();
        if matches!(
            function.to_lowercase().as_str(),
            "defaultsort" | "displaytitle" | "aakkostus" | "standardsortering"
        ) {
            self.left_out(&format!("{{{{{function}}}}}"));
            return None;
        }
        let told = if function.starts_with('#') { function } else { name };
        let told: String = told.chars().take(80).collect();
        *self.told.templates.entry(told).or_default() += 1;
        let shown = escaped(&self.stash.plain(raw));
        let is_block = begins_line && shown.contains('\n');
        let html = if is_block { format!("<pre>{shown}</pre>") } else { format!("<code>{shown}</code>") };
        Some(self.stash.put(html, raw, is_block))
    }

    /// Puts links aside; those in double brackets may go over several lines.
    fn strip_links(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        let found = self.links(text);
        for (start, end) in found {
            out.push_str(text.get(at..start).unwrap_or_default());
            let inside = text.get(start + 2..end - 2).unwrap_or_default();
            let rest = text.get(end..).unwrap_or_default();
            // Letters that follow belong to the word that is linked.
            let trail: usize = rest.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
            let trail = rest.get(..trail).unwrap_or_default();
            if let Some(made) = self.link(inside, trail) {
                let length = if made.takes_trail { trail.len() } else { 0 };
                let raw = text.get(start..end + length).unwrap_or_default().to_owned();
                let mark = self.stash.put(made.html, &raw, made.is_block);
                out.push_str(&mark);
                at = end + length;
                continue;
            }
            at = end;
            // A line of categories is no line.
            let before = out.trim_end_matches([' ', '\t']);
            if (before.is_empty() || before.ends_with('\n')) && rest.starts_with('\n') {
                at += 1;
            }
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    /// Where links stand: pairs of double brackets. One that holds others is a link only if it is a file with a caption.
    fn links(&self, text: &str) -> Vec<Range> {
        let mut open: Vec<usize> = Vec::new();
        let mut found: Vec<Range> = Vec::new();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(next) = memchr::memchr2(b'[', b']', bytes.get(at..).unwrap_or_default()) {
            let here = at + next;
            let pair = bytes.get(here..here + 2).unwrap_or_default();
            at = here + 1;
            if pair == b"[[" {
                open.push(here);
                at = here + 2;
            } else if pair == b"]]" {
                at = here + 2;
                let Some(start) = open.pop() else { continue };
                let holds_others = found.last().is_some_and(|(inner, _)| *inner > start);
                let inside = text.get(start + 2..here).unwrap_or_default();
                if holds_others && !self.is_file(inside) {
                    continue;
                }
                if !holds_others && inside.split('|').next().is_some_and(|target| target.contains('\n')) {
                    continue;
                }
                while found.last().is_some_and(|(inner, _)| *inner > start) {
                    found.pop();
                }
                found.push((start, here + 2));
            }
        }
        found
    }
}

/// Where templates stand: pairs of two or three braces, the outermost ones.
fn templates(text: &str) -> Vec<Range> {
    let bytes = text.as_bytes();
    let run = |from: usize, brace: u8| {
        bytes.get(from..).unwrap_or_default().iter().take_while(|byte| **byte == brace).count()
    };
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<Range> = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'{', b'}', bytes.get(at..).unwrap_or_default()) {
        let here = at + next;
        if bytes.get(here) == Some(&b'{') {
            let length = run(here, b'{');
            if length >= 2 {
                open.push((here, length));
            }
            at = here + length;
            continue;
        }
        let mut left = run(here, b'}');
        at = here;
        while left >= 2
            && let Some((start, length)) = open.pop()
        {
            let taken = left.min(length).min(3);
            let begin = start + length - taken;
            at += taken;
            left -= taken;
            while found.last().is_some_and(|(inner, _)| *inner > begin) {
                found.pop();
            }
            found.push((begin, at));
            if length - taken >= 2 {
                open.push((start, length - taken));
            }
        }
        at += left;
    }
    found
}

/// Text in which references stay what they are.
fn kept_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    super::inline::escape_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_told_by_their_braces() {
        let found = |text: &'static str| -> Vec<&'static str> {
            templates(text).into_iter().map(|(start, end)| &text[start..end]).collect()
        };
        assert_eq!(found("a {{b|{{c}}}} d {{e}}"), ["{{b|{{c}}}}", "{{e}}"]);
        assert_eq!(found("{{{1|x}}} {{a|{{{1}}}}}"), ["{{{1|x}}}", "{{a|{{{1}}}}}"]);
        assert_eq!(found("{{ {| a |} }} {| b |}"), ["{{ {| a |} }}"]);
        assert_eq!(found("{{a {{b}} }"), ["{{b}}"]);
        assert!(found("{{ }").is_empty());
    }
}
