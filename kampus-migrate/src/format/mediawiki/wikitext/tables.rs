//! Tables: `{| … |}` ("Help:Tables").

use super::blocks::{Blocks, Frame};
use super::put;
use super::tags::{attributes, written};

/// How deep tables may stand in each other; what is deeper is text.
const TABLES: usize = 12;

/// A table that is open.
#[derive(Debug, Default)]
pub(super) struct Table {
    has_row: bool,
}

impl Blocks<'_, '_> {
    /// Takes a line that belongs to a table.
    pub(super) fn table_line(&mut self, line: &str) -> bool {
        let text = line.trim();
        if let Some(rest) = text.trim_start_matches(':').strip_prefix("{|")
            && self.frames.len() <= TABLES
        {
            self.start_table(rest);
            return true;
        }
        if !self.is_in_table() {
            return false;
        }
        if let Some(rest) = text.strip_prefix("|}") {
            self.end_table();
            if !rest.trim().is_empty() {
                self.paragraph(rest);
            }
        } else if let Some(rest) = text.strip_prefix("|-") {
            self.end_cell();
            self.row(rest.trim_start_matches('-'));
        } else if let Some(rest) = text.strip_prefix("|+") {
            self.end_cell();
            let (own, rest) = self.parted(rest);
            put!(self.out, "<caption{own}>");
            self.start_cell("caption", rest);
        } else if let Some(rest) = text.strip_prefix('|') {
            self.cells("td", rest.split("||"));
        } else if let Some(rest) = text.strip_prefix('!') {
            self.cells("th", rest.split("!!").flat_map(|part| part.split("||")));
        } else {
            return false;
        }
        true
    }

    /// Whether the innermost thing that is open is a table or a cell.
    pub(super) fn is_in_table(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.cell.is_some() || frame.table.is_some())
    }

    fn start_table(&mut self, rest: &str) {
        // Between two cells there is no place for a table.
        if self.frames.last().is_some_and(|frame| frame.table.is_some()) {
            self.open_row();
            self.out.push_str("<td>");
            self.start_cell("td", "");
        }
        self.end_blocks();
        let own = self.attributes(rest);
        put!(self.out, "<table{own}>\n");
        if let Some(frame) = self.frames.last_mut() {
            frame.table = Some(Table::default());
        }
    }

    pub(super) fn end_table(&mut self) {
        self.end_cell();
        let Some(table) = self.frames.last_mut().and_then(|frame| frame.table.take()) else { return };
        self.out.push_str(if table.has_row { "</tr>\n</table>\n" } else { "</table>\n" });
    }

    fn row(&mut self, rest: &str) {
        let own = self.attributes(rest);
        let Some(table) = self.frames.last_mut().and_then(|frame| frame.table.as_mut()) else { return };
        if std::mem::replace(&mut table.has_row, true) {
            self.out.push_str("</tr>\n");
        }
        put!(self.out, "<tr{own}>\n");
    }

    /// The first row needs no mark of its own.
    fn open_row(&mut self) {
        if self.frames.last().and_then(|frame| frame.table.as_ref()).is_some_and(|table| !table.has_row) {
            self.row("");
        }
    }

    fn cells<'t>(&mut self, name: &'static str, parts: impl Iterator<Item = &'t str>) {
        for part in parts {
            self.end_cell();
            self.open_row();
            let (own, text) = self.parted(part);
            put!(self.out, "<{name}{own}>");
            self.start_cell(name, text);
        }
    }

    fn start_cell(&mut self, name: &'static str, text: &str) {
        self.frames.push(Frame { cell: Some(name), ..Frame::default() });
        let html = self.parser.inline(text.trim(), true);
        self.out.push_str(&html);
        // What follows in lines of its own stands apart.
        self.out.push('\n');
    }

    /// Ends the innermost cell, if one is open.
    fn end_cell(&mut self) {
        let Some(name) = self.frames.last().and_then(|frame| frame.cell).filter(|_| !self.has_table()) else {
            return;
        };
        self.end_blocks();
        self.frames.pop();
        while self.out.ends_with('\n') {
            self.out.pop();
        }
        put!(self.out, "</{name}>\n");
    }

    fn has_table(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.table.is_some())
    }

    /// Attributes of a cell, and its text. Words without a value are no attributes: they are text.
    fn parted<'t>(&self, part: &'t str) -> (String, &'t str) {
        match part.split_once('|') {
            Some((own, text)) if own.trim().is_empty() => (String::new(), text),
            Some((own, text)) if own.contains('=') && !own.contains('\u{1}') => (self.attributes(own), text),
            _ => (String::new(), part),
        }
    }

    fn attributes(&self, text: &str) -> String {
        let mut own = attributes(&self.parser.stash.plain(text));
        own.retain(|(key, _)| !key.starts_with("on"));
        written(&own)
    }
}
