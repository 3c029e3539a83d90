//! The short way for plain bodies: those of which one can say without a tree what the long way would make of them.
//!
//! This is no second sanitiser. Ammonia stays the judge of what is clean: the rules here only recognise bodies that
//! the parser takes as they stand, and everything that is unfamiliar is left to the long way
//! ([`sanitise_parsed`](super::profile::sanitise_parsed)). Tests, among them a fuzz target, hold the two ways
//! together to the byte, what they list included.
//!
//! A body is plain if
//!
//! * it has no nulls, form feeds or byte order marks;
//! * each `&` begins a reference that ends with `;` and stands for a harmless character, or stands for itself;
//! * comments are closed by the first `-->`; `<!` and `<?` begin nothing else but what Word writes: `<![endif]>` and
//!   `<?xml:namespace … />`, which end with the first `>`;
//! * elements are those of [`elements`], nested no deeper than [`tree::DEPTH`];
//! * attributes are named with letters, digits, `-`, `_`, `:` and `.`, each once, and their quotes are closed;
//! * each end tag ends the innermost element, but for `p`, `li`, `dt` and `dd`, which may be left open where the next
//!   tag of their kind or the end of what they stand in ends them, or ends nothing at all and is ignored;
//! * nothing that ends a paragraph stands in an inline element of a paragraph; no heading is in a heading, no link in
//!   a link; `li` stands in lists, `dt` and `dd` in description lists;
//! * tables are made of captions, column groups, sections, rows and cells in their order (only `tbody` may be left
//!   out), with nothing but blanks and comments between them;
//! * scripts and styles end with their first end tag, and frames have nothing in them.
//!
//! Whatever is open at the end is closed there. [`tree`] says for each rule how the parser comes to the same.

mod address;
mod attributes;
mod elements;
mod reader;
mod references;
#[cfg(test)]
mod tests;
mod tree;
mod words;
mod writer;

use std::borrow::Cow;

use memchr::{memchr2, memmem};

use super::Tally;
use super::text::without_carriage_returns;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What [`sanitise_parsed`](super::profile::sanitise_parsed) makes of a body and lists, if the body is plain.
pub(super) fn clean(html: &str, tally: &mut Tally) -> Option<String> {
    let html = tame(html)?;
    let mut writer = writer::Writer::new(Way::Whole, html.len());
    reader::read(&html, &mut writer)?;
    let (clean, noted) = writer.finish();
    tally.take_in(noted);
    Some(clean)
}

/// What [`sanitise_prepared`](super::profile::sanitise_prepared) alone makes of a body, if the body is plain and has
/// only elements that stay.
pub(super) fn sanitise(html: &str) -> Option<String> {
    let html = tame(html)?;
    let mut writer = writer::Writer::new(Way::Last, html.len());
    reader::read(&html, &mut writer)?;
    let (clean, _nothing_noted) = writer.finish();
    Some(clean)
}

/// Which part of the long way is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// All of it.
    Whole,
    /// Its end: the body was prepared for the sanitiser.
    Last,
}

/// The text of a body with blanks where blocks part it, if the body is plain.
pub(super) fn text(html: &str) -> Option<String> {
    let html = tame(html)?;
    let mut words = words::Words::new(html.len());
    reader::read(&html, &mut words)?;
    Some(words.finish())
}

/// A body without the characters that the parser does not take as they stand wherever they stand: null, form feed and
/// the byte order mark. Carriage returns are line breaks to it.
fn tame(html: &str) -> Option<Cow<'_, str>> {
    let bytes = html.as_bytes();
    let is_wild = memchr2(b'\0', b'\x0c', bytes).is_some() || memmem::find(bytes, BYTE_ORDER_MARK).is_some();
    (!is_wild).then(|| without_carriage_returns(html))
}

/// What is made of a plain body while it is read.
trait Sink {
    /// Text as it stands in the source, without `<`.
    fn text(&mut self, text: &str) -> Option<()>;

    /// A `<` that begins no tag.
    fn less_than(&mut self);

    /// An element begins.
    fn open(
        &mut self,
        element: &'static elements::Element,
        attributes: &[attributes::Attribute<'_>],
    ) -> Option<()>;

    /// An element ends; each that begins does.
    fn close(&mut self, element: &'static elements::Element) -> Option<()>;
}
