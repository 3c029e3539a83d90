//! Lines: headings, paragraphs, lists, preformatted text ("Help:Formatting", "Help:Lists").

use super::super::site::anchor;
use super::tables::Table;
use super::tags::Tag;
use super::{Parser, put, quoted};

/// How deep lists may be nested; what is deeper stays at that depth.
const LISTS: usize = 20;

/// A body under way.
pub(super) struct Blocks<'p, 'a> {
    pub(super) parser: &'p mut Parser<'a>,
    pub(super) out: String,
    /// The page, and each cell that is open, from the outside in.
    pub(super) frames: Vec<Frame>,
}

/// What is open in the page or in a cell.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// The element of the cell; none for the page.
    pub(super) cell: Option<&'static str>,
    /// The table that is open in it, outside of any cell of that.
    pub(super) table: Option<Table>,
    pub(super) lists: Vec<Item>,
    pub(super) is_paragraph: bool,
    pub(super) is_preformatted: bool,
}

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Item {
    list: &'static str,
    element: &'static str,
}

/// A text without tags of extensions, templates and links as blocks of HTML.
pub(super) fn render(parser: &mut Parser<'_>, text: &str) -> String {
    let mut blocks =
        Blocks { parser, out: String::with_capacity(text.len() * 2), frames: vec![Frame::default()] };
    for line in text.split('\n') {
        blocks.line(line);
    }
    while blocks.frames.len() > 1 || blocks.is_in_table() {
        blocks.end_table();
    }
    blocks.end_blocks();
    blocks.out
}

impl Blocks<'_, '_> {
    fn line(&mut self, line: &str) {
        if self.table_line(line) {
            return;
        }
        let text = line.trim();
        if text.is_empty() {
            self.end_blocks();
        } else if let Some((level, heading)) = heading(text).filter(|_| !line.starts_with(' ')) {
            self.heading(level, heading);
        } else if line.starts_with("----") {
            self.end_blocks();
            self.out.push_str("<hr>\n");
            let rest = line.trim_start_matches('-');
            if !rest.trim().is_empty() {
                self.paragraph(rest);
            }
        } else if line.starts_with(['*', '#', ':', ';']) {
            self.item(line);
        } else if self.is_block(text) {
            self.end_blocks();
            let html = self.parser.inline(text, true);
            self.out.push_str(&html);
            self.out.push('\n');
        } else if line.starts_with(' ') {
            self.preformatted(line.get(1..).unwrap_or_default());
        } else {
            self.paragraph(line);
        }
    }

    fn top(&mut self) -> Option<&mut Frame> {
        self.frames.last_mut()
    }

    /// Whether a line stands for itself and in no paragraph.
    fn is_block(&self, text: &str) -> bool {
        if let Some(tag) = Tag::read(text) {
            return tag.html_name().is_some() && tag.is_block();
        }
        let mut rest = text;
        while let Some((piece, length)) = self.parser.stash.piece(rest) {
            if !piece.is_block {
                return false;
            }
            rest = rest.get(length..).unwrap_or_default().trim_start();
        }
        rest.len() < text.len() && rest.is_empty()
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.end_blocks();
        let html = self.parser.inline(text, true);
        let shown = self.parser.stash.shown(&html);
        let id = anchor(&crate::clean::text_of(&shown));
        put!(self.out, "<h{level} id=\"{}\">{html}</h{level}>\n", quoted(&id));
    }

    pub(super) fn paragraph(&mut self, line: &str) {
        let html = self.parser.inline(line.trim(), true);
        let is_open = self.top().is_some_and(|frame| frame.is_paragraph);
        if !is_open {
            self.end_blocks();
            if let Some(frame) = self.top() {
                frame.is_paragraph = true;
            }
            self.out.push_str("<p>");
        } else if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(&html);
    }

    fn preformatted(&mut self, line: &str) {
        let html = self.parser.inline(line, true);
        let is_open = self.top().is_some_and(|frame| frame.is_preformatted);
        if !is_open {
            self.end_blocks();
            if let Some(frame) = self.top() {
                frame.is_preformatted = true;
            }
            self.out.push_str("<pre>");
        }
        self.out.push_str(&html);
        self.out.push('\n');
    }

    /// A line of a list: its marks say how deep it is.
    fn item(&mut self, line: &str) {
        let marks = line.bytes().take_while(|byte| matches!(byte, b'*' | b'#' | b':' | b';')).count();
        let (marks, text) = line.split_at(marks);
        let wanted: Vec<Item> = marks.chars().take(LISTS).map(Item::of).collect();
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.is_paragraph || frame.is_preformatted {
            self.end_blocks();
        }
        let Some(frame) = self.frames.last_mut() else { return };
        let open = frame.lists.clone();
        let common = open.iter().zip(&wanted).take_while(|(open, wanted)| open.list == wanted.list).count();
        for item in open.iter().skip(common).rev() {
            put!(self.out, "</{}></{}>\n", item.element, item.list);
        }
        frame.lists.truncate(common);
        if common == wanted.len()
            && let (Some(last), Some(next)) = (frame.lists.last_mut(), wanted.last())
        {
            put!(self.out, "</{}>\n<{}>", last.element, next.element);
            *last = *next;
        }
        for item in wanted.iter().skip(common) {
            put!(self.out, "<{}><{}>", item.list, item.element);
            frame.lists.push(*item);
        }
        // A term may have its definition in the same line.
        let (term, definition) = match wanted.last() {
            Some(item) if item.element == "dt" => definition(text),
            _ => (text, None),
        };
        let html = self.parser.inline(term.trim(), true);
        self.out.push_str(&html);
        if let Some(definition) = definition {
            let html = self.parser.inline(definition.trim(), true);
            put!(self.out, "</dt>\n<dd>{html}");
            if let Some(last) = self.frames.last_mut().and_then(|frame| frame.lists.last_mut()) {
                last.element = "dd";
            }
        }
    }

    /// Ends paragraph, preformatted text and lists.
    pub(super) fn end_blocks(&mut self) {
        let Some(frame) = self.frames.last_mut() else { return };
        if std::mem::take(&mut frame.is_paragraph) {
            self.out.push_str("</p>\n");
        }
        if std::mem::take(&mut frame.is_preformatted) {
            self.out.push_str("</pre>\n");
        }
        for item in std::mem::take(&mut frame.lists).iter().rev() {
            put!(self.out, "</{}></{}>\n", item.element, item.list);
        }
    }
}

impl Item {
    fn of(mark: char) -> Self {
        let (list, element) = match mark {
            '*' => ("ul", "li"),
            '#' => ("ol", "li"),
            ';' => ("dl", "dt"),
            _ => ("dl", "dd"),
        };
        Self { list, element }
    }
}

/// A heading's level and text.
fn heading(line: &str) -> Option<(usize, &str)> {
    let marks = |text: &str, mut bytes: Box<dyn Iterator<Item = u8> + '_>| {
        bytes.by_ref().take_while(|byte| *byte == b'=').count().min(text.len())
    };
    let before = marks(line, Box::new(line.bytes()));
    let after = marks(line, Box::new(line.bytes().rev()));
    let level = before.min(after).min(6);
    let text = line.get(level..line.len().checked_sub(level)?)?.trim();
    (level > 0 && !text.is_empty()).then_some((level, text))
}

/// A term and its definition: parted by a colon that belongs to no address.
fn definition(text: &str) -> (&str, Option<&str>) {
    let colon = text
        .match_indices(':')
        .find(|(at, _)| !text.get(at + 1..).is_some_and(|rest| rest.starts_with("//")));
    match colon {
        Some((at, _)) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    }
}
