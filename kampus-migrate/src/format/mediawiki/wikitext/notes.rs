//! Notes (`<ref>`): a number where each is referred to, and a list where the page has one ("Help:Cite").

use std::collections::HashMap;

use super::tags::Tag;
use super::{Parser, escaped, put};

/// The notes of a page.
#[derive(Debug, Default)]
pub(super) struct Notes {
    all: Vec<Note>,
    /// The numbers of those that have a name.
    named: HashMap<String, usize>,
    /// How many stand in a list already.
    listed: usize,
    /// Pieces that are lists, and which notes they hold.
    lists: Vec<(usize, std::ops::Range<usize>)>,
}

#[derive(Debug)]
struct Note {
    name: Option<String>,
    html: String,
}

impl Parser<'_> {
    /// A reference to a note, which is told here or elsewhere.
    pub(super) fn note(&mut self, tag: &Tag<'_>, content: &str, raw: &str) -> String {
        let name =
            tag.attribute("name").map(|name| self.stash.plain(name.trim())).filter(|name| !name.is_empty());
        let html = if content.trim().is_empty() { String::new() } else { self.nested(content.trim()) };
        let notes = &mut self.notes.all;
        let known = name.as_ref().and_then(|name| self.notes.named.get(name)).copied();
        let number = match known.and_then(|place| Some((place, notes.get_mut(place)?))) {
            // Two notes of one name that say different things are both told.
            Some((_, note)) if !html.is_empty() && !note.html.is_empty() && note.html != html => {
                notes.push(Note { name: None, html });
                notes.len()
            }
            Some((place, note)) => {
                if note.html.is_empty() {
                    note.html = html;
                }
                place + 1
            }
            None => {
                if let Some(name) = &name {
                    self.notes.named.insert(name.clone(), notes.len());
                }
                notes.push(Note { name, html });
                notes.len()
            }
        };
        self.stash.put(format!("<sup><a href=\"#note-{number}\">[{number}]</a></sup>"), raw, false)
    }

    /// The place where a page lists its notes. They are put there at the end, when all are known.
    pub(super) fn list_notes(&mut self, content: &str, raw: &str, is_whole: bool) -> String {
        // Notes that are told in the list itself are referred to elsewhere.
        drop(self.nested(content));
        if !is_whole {
            return String::new();
        }
        let mark = self.stash.put(String::new(), raw, true);
        let range = self.notes.listed..self.notes.all.len();
        self.notes.listed = range.end;
        self.notes.lists.push((self.stash.last(), range));
        mark
    }

    /// The notes that no list holds.
    pub(super) fn notes_at_end(&mut self) -> String {
        let rest = self.notes.listed..self.notes.all.len();
        if rest.is_empty() { String::new() } else { self.list_notes("", "", true) }
    }

    /// Fills the lists, now that everything in the notes is worked out.
    pub(super) fn fill_lists(&mut self) {
        for (piece, range) in std::mem::take(&mut self.notes.lists) {
            if range.is_empty() {
                continue;
            }
            let mut html = format!("<ol start=\"{}\">", range.start + 1);
            for number in range {
                let Some(note) = self.notes.all.get(number) else { continue };
                let text = match (note.html.is_empty(), &note.name) {
                    (true, Some(name)) => escaped(name),
                    _ => self.stash.shown(&note.html),
                };
                put!(html, "\n<li id=\"note-{}\">{text}</li>", number + 1);
            }
            html.push_str("\n</ol>\n");
            self.stash.fill(piece, html);
        }
    }
}
