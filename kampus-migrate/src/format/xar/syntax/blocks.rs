//! Lines: headings, paragraphs, lists, quotes, tables.

use super::{Parser, put, quoted};

/// How deep lists may be nested; what is deeper stays at that depth.
const LISTS: usize = 20;

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Paragraph,
    Quote,
    Table,
}

struct Blocks<'p, 'a> {
    parser: &'p mut Parser<'a>,
    out: String,
    open: Open,
    /// Lists from the outside in: the list's element and its item's.
    lists: Vec<(&'static str, &'static str)>,
}

/// A text without macros as blocks of HTML.
pub(super) fn render(parser: &mut Parser<'_>, text: &str) -> String {
    let mut blocks = Blocks { parser, out: String::new(), open: Open::Nothing, lists: Vec::new() };
    for line in text.split('\n') {
        blocks.line(line);
    }
    blocks.end();
    blocks.out
}

impl Blocks<'_, '_> {
    fn line(&mut self, line: &str) {
        let text = line.trim();
        if text.is_empty() {
            self.end();
        } else if let Some((level, heading)) = heading(text) {
            self.end();
            let html = self.parser.inline(heading, true);
            // What the wiki itself calls the place ("Link to Anchors").
            let id: String =
                self.parser.stash.plain(heading).chars().filter(|c| c.is_alphanumeric()).collect();
            put!(self.out, "<h{level} id=\"H{}\">{html}</h{level}>\n", quoted(&id));
        } else if text.len() >= 4 && text.bytes().all(|byte| byte == b'-') {
            self.end();
            self.out.push_str("<hr>\n");
        } else if let Some((marks, rest)) = item(text) {
            self.item(&marks, rest);
        } else if let Some(row) = text.strip_prefix('|').or_else(|| text.strip_prefix("!=")) {
            self.row(row);
        } else if let Some(rest) = text.strip_prefix('>') {
            let html = self.parser.inline(rest.trim_start_matches('>').trim(), true);
            self.continue_with(Open::Quote, "<blockquote><p>", &html);
        } else if self.is_block(text) {
            self.end();
            let html = self.parser.inline(text, true);
            self.out.push_str(&html);
            self.out.push('\n');
        } else {
            let html = self.parser.inline(text, true);
            self.continue_with(Open::Paragraph, "<p>", &html);
        }
    }

    fn is_block(&self, text: &str) -> bool {
        let mut rest = text;
        while let Some((piece, length)) = self.parser.stash.piece(rest) {
            if !piece.is_block {
                return false;
            }
            rest = rest.get(length..).unwrap_or_default().trim_start();
        }
        rest.len() < text.len() && rest.is_empty()
    }

    /// A line of a paragraph or a quote: line ends are shown.
    fn continue_with(&mut self, open: Open, begin: &str, html: &str) {
        if !self.lists.is_empty() {
            // A line below an item belongs to it.
            self.out.push_str("<br>");
            self.out.push_str(html);
            return;
        }
        if self.open == open {
            self.out.push_str("<br>");
        } else {
            self.end();
            self.out.push_str(begin);
            self.open = open;
        }
        self.out.push_str(html);
    }

    fn item(&mut self, marks: &[(&'static str, &'static str)], text: &str) {
        if self.open != Open::Nothing {
            self.end();
        }
        let common = self.lists.iter().zip(marks).take_while(|(open, wanted)| open.0 == wanted.0).count();
        for (list, element) in self.lists.drain(common..).rev() {
            put!(self.out, "</{element}></{list}>\n");
        }
        if common == marks.len()
            && let (Some(last), Some(next)) = (self.lists.last_mut(), marks.last())
        {
            put!(self.out, "</{}>\n<{}>", last.1, next.1);
            *last = *next;
        }
        for (list, element) in marks.iter().skip(common) {
            put!(self.out, "<{list}><{element}>");
            self.lists.push((list, element));
        }
        let html = self.parser.inline(text, true);
        self.out.push_str(&html);
    }

    fn row(&mut self, row: &str) {
        if self.open != Open::Table {
            self.end();
            self.out.push_str("<table>\n");
            self.open = Open::Table;
        }
        self.out.push_str("<tr>");
        // `!=` is how 2.0 also marks a cell of the head.
        for cell in row.replace("!=", "|=").split('|') {
            let (name, text) = match cell.strip_prefix('=') {
                Some(text) => ("th", text),
                None => ("td", cell),
            };
            let html = self.parser.inline(text.trim(), true);
            put!(self.out, "<{name}>{html}</{name}>");
        }
        self.out.push_str("</tr>\n");
    }

    fn end(&mut self) {
        for (list, element) in self.lists.drain(..).rev() {
            put!(self.out, "</{element}></{list}>\n");
        }
        self.out.push_str(match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => "",
            Open::Paragraph => "</p>\n",
            Open::Quote => "</p></blockquote>\n",
            Open::Table => "</table>\n",
        });
    }
}

fn heading(text: &str) -> Option<(usize, &str)> {
    let level = text.bytes().take_while(|byte| *byte == b'=').count();
    let rest = text.get(level..)?;
    let inside = rest.trim_end_matches('=').trim();
    ((1..=6).contains(&level) && !inside.is_empty()).then_some((level, inside))
}

/// The marks of an item, from the outside in, and its text.
fn item(text: &str) -> Option<(Vec<(&'static str, &'static str)>, &str)> {
    let end = text.find(|c: char| !matches!(c, '*' | '1' | '.' | ';' | ':'))?;
    let (marks, rest) = text.split_at(end);
    let rest = rest.strip_prefix(' ')?;
    // Numbered marks end with a dot, the others have none.
    let has_number = marks.contains('1');
    if marks.is_empty() || marks.contains('.') != has_number || marks.trim_end_matches('.').contains('.') {
        return None;
    }
    let lists = marks.chars().filter_map(|c| match c {
        '*' => Some(("ul", "li")),
        '1' => Some(("ol", "li")),
        ';' => Some(("dl", "dt")),
        ':' => Some(("dl", "dd")),
        _ => None,
    });
    let lists: Vec<_> = lists.take(LISTS).collect();
    (!lists.is_empty()).then_some((lists, rest.trim()))
}
