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

use std::collections::{BTreeMap, HashSet};

use super::super::html::{escaped, put, quoted};
use super::super::stash::{Stash, without_marks};
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
    let text = without_marks(text);
    let mut parser = Parser {
        site,
        page,
        stash: Stash::default(),
        notes: notes::Notes::default(),
        depth: 0,
        categories: HashSet::new(),
        told: Converted::default(),
    };
    let body = parser.strip(&text, true);
    let mut html = blocks::render(&mut parser, &body);
    html.push_str(&parser.notes_at_end());
    parser.stash.finish();
    parser.fill_lists();
    let html = parser.stash.shown(&html);
    Converted { html, ..parser.told }
}

/// A text under way.
struct Parser<'a> {
    site: &'a Site,
    page: &'a Title,
    stash: Stash,
    notes: notes::Notes,
    /// How deep captions, notes and the like stand in each other.
    depth: usize,
    /// Categories that were told.
    categories: HashSet<String>,
    told: Converted,
}

/// How deep captions, notes and galleries may stand in each other; below that their wikitext is text.
const DEPTH: usize = 6;

impl Parser<'_> {
    fn left_out(&mut self, what: &str) {
        *self.told.dropped.entry(what.to_owned()).or_default() += 1;
    }
}

#[cfg(test)]
mod tests;
