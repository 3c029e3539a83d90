//! XWiki's syntax 2.0 and 2.1 as HTML ("XWiki Syntax").
//!
//! | syntax | becomes |
//! |---|---|
//! | `= … =`, paragraphs, `----`, `> …` | headings with an `id`, paragraphs, rules, quotes |
//! | `* `, `1. `, `; `, `: `, nested | lists |
//! | `\|=…`, `\|…` | tables |
//! | `**`, `//`, `__`, `--`, `^^`, `,,`, `##` | bold, italic, underlined, deleted, raised, lowered, typewriter |
//! | `[[label>>target]]`, `[[image:…]]`, bare addresses | links and pictures |
//! | `{{info}}`, `{{warning}}`, `{{error}}`, `{{success}}`, `{{box}}`, `{{quote}}` | quotes with their text |
//! | `{{code}}`, `{{{…}}}` | code |
//! | `{{html}}` | its HTML |
//! | other macros | the text that calls them, and told apart |
//! | `(% … %)`, `(((` and `)))`, `{{toc/}}`, `{{id …/}}` | nothing |
//! | `~` | the next character as it is |

mod blocks;
mod inline;
mod macros;

use std::collections::BTreeMap;

use super::super::html::{escaped, put, quoted};
use super::super::stash::{Stash, without_marks};
use super::reference::Reference;

/// A text, and which macros were kept as text.
#[derive(Debug, Default)]
pub(super) struct Converted {
    pub(super) html: String,
    pub(super) macros: BTreeMap<String, u32>,
}

/// Converts a text of the document that stands here.
pub(super) fn convert(text: &str, here: &Reference) -> Converted {
    let mut parser = Parser { here, stash: Stash::default(), macros: BTreeMap::new(), depth: 0 };
    let html = parser.whole(&without_marks(text));
    parser.stash.finish();
    Converted { html: parser.stash.shown(&html), macros: parser.macros }
}

/// How deep macros may stand in each other; below that they are text.
const DEPTH: usize = 6;

/// A text under way.
struct Parser<'a> {
    here: &'a Reference,
    stash: Stash,
    macros: BTreeMap<String, u32>,
    depth: usize,
}

impl Parser<'_> {
    fn whole(&mut self, text: &str) -> String {
        let text = self.strip(text);
        blocks::render(self, &text)
    }
}

#[cfg(test)]
mod tests;
