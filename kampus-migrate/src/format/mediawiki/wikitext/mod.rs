//! Wikitext as HTML, as far as it can be told outside its wiki.
//!
//! | wikitext | becomes |
//! |---|---|
//! | headings, paragraphs, rules, `'''bold'''`, `''italic''` | themselves; headings with the `id` that links to them use |
//! | `*`, `#`, `;`, `:` lists, nested | lists |
//! | `{\| … \|}` tables, nested, with captions and spans | tables |
//! | `[[Title\|text]]`, `[https://… text]`, bare addresses | links; titles as addresses of the wiki |
//! | `[[File:…]]`, `<gallery>` | pictures with their captions; links for what is no picture |
//! | `[[Category:…]]`, `[[sv:…]]` | nothing in the text: they are told apart |
//! | `<ref>`, `<references/>` | notes, numbered, at their place or at the end |
//! | `<nowiki>`, `<pre>`, `<syntaxhighlight>`, `<math>`, and what other extensions show | their text |
//! | HTML that MediaWiki lets through | itself |
//! | templates and parser functions | their wikitext as code, and told apart: nobody can expand them outside their wiki |
//! | comments, `<includeonly>`, `__NOTOC__` and the like | nothing, and counted |
//!
//! No library does this: the ones that read wikitext yield trees or plain text, and some need a time limit on hostile
//! text. Here each step is one pass. What is closed nowhere is text. What each construct means is told by "Help:Formatting",
//! "Help:Links", "Help:Images", "Help:Tables", "Help:Cite" and "Help:Magic words" at mediawiki.org.

mod blocks;
mod inline;
mod links;
mod notes;
mod strip;
mod tables;
mod tags;

use std::collections::BTreeMap;

use super::site::{Site, Title};

/// A body, and what of it does not stand in its text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Converted {
    pub(super) html: String,
    /// Names of categories.
    pub(super) categories: Vec<String>,
    /// Templates and parser functions that were kept as text, and how often.
    pub(super) templates: BTreeMap<String, u32>,
    /// The page in other languages: `sv:Resor`.
    pub(super) languages: Vec<String>,
    /// What shows nothing and went: `__NOTOC__`, comments.
    pub(super) dropped: BTreeMap<String, u32>,
}

/// Converts the text of a page.
pub(super) fn convert(site: &Site, page: &Title, text: &str) -> Converted {
    let text: String =
        text.replace("\r\n", "\n").chars().filter(|c| !matches!(c, '\u{1}' | '\u{2}' | '\0' | '\r')).collect();
    let mut parser = Parser {
        site,
        page,
        pieces: Vec::new(),
        notes: notes::Notes::default(),
        depth: 0,
        told: Converted::default(),
    };
    let body = parser.strip(&text, true);
    let mut html = blocks::render(&mut parser, &body);
    html.push_str(&parser.notes_at_end());
    let html = parser.put_back(&html);
    Converted { html, ..parser.told }
}

/// A part of the text that is worked out already; a mark stands in its place.
struct Piece {
    html: String,
    /// As it was written, without marks in it.
    raw: String,
    is_block: bool,
}

/// A text under way.
struct Parser<'a> {
    site: &'a Site,
    page: &'a Title,
    pieces: Vec<Piece>,
    notes: notes::Notes,
    /// How deep captions, notes and the like stand in each other.
    depth: usize,
    told: Converted,
}

/// How deep captions, notes and galleries may stand in each other; below that their wikitext is text.
const DEPTH: usize = 6;

impl Parser<'_> {
    /// Puts a finished part aside; the mark that stands for it.
    fn stash(&mut self, html: String, raw: &str, is_block: bool) -> String {
        let raw = self.plain(raw);
        self.pieces.push(Piece { html, raw, is_block });
        format!("\u{1}{}\u{2}", self.pieces.len() - 1)
    }

    /// What stands behind a mark at the beginning of a text, and how long the mark is.
    fn piece(&self, text: &str) -> Option<(&Piece, usize)> {
        let (number, _) = text.strip_prefix('\u{1}')?.split_once('\u{2}')?;
        Some((self.pieces.get(number.parse::<usize>().ok()?)?, number.len() + 2))
    }

    /// A text as it was written: each mark is what it stands for.
    fn plain(&self, text: &str) -> String {
        self.replaced(text, |piece| piece.raw.clone())
    }

    fn replaced(&self, text: &str, what: impl Fn(&Piece) -> String) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('\u{1}') {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            match self.piece(from) {
                Some((piece, length)) => {
                    out.push_str(&what(piece));
                    rest = from.get(length..).unwrap_or_default();
                }
                None => rest = from.get(1..).unwrap_or_default(),
            }
        }
        out.push_str(rest);
        out
    }

    /// HTML with all marks turned into what they stand for. A part holds only marks of parts before it, so that each
    /// can be finished once, in order.
    fn put_back(&mut self, html: &str) -> String {
        for number in 0..self.pieces.len() {
            let Some(own) = self.pieces.get(number).map(|piece| piece.html.clone()) else { continue };
            if !own.contains('\u{1}') {
                continue;
            }
            let whole = self.replaced(&own, |piece| piece.html.clone());
            if let Some(piece) = self.pieces.get_mut(number) {
                piece.html = whole;
            }
        }
        self.fill_lists();
        self.replaced(html, |piece| piece.html.clone())
    }

    fn left_out(&mut self, what: &str) {
        *self.told.dropped.entry(what.to_owned()).or_default() += 1;
    }
}

/// Text between tags.
fn escaped(text: &str) -> String {
    quick_xml::escape::partial_escape(text).into_owned()
}

/// The value of an attribute in double quotes.
fn quoted(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests;
