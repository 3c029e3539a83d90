//! The tree of a plain body, as far as it is open, and the rules by which the parser grows it.
//!
//! In a plain body, whatever the parser would take up again, hand to another parent or move out of a table does not
//! occur, so that elements begin and end where their tags stand. The parser's terms: an element is in *scope* if no
//! table, cell or caption lies between; formatting elements that are all open need no *reconstruction*; an end tag
//! that names the innermost element needs no *adoption agency*.
//!
//! The long way parses twice, the second time without the elements that are unwrapped. What those would decide is
//! therefore refused here as well: headings in headings and items outside of lists.

use super::Sink;
use super::attributes::Attribute;
use super::elements::{self, Element, Fate, Kind};

/// How deep elements may be nested; the long way flattens what is far deeper.
pub(super) const DEPTH: usize = 100;

/// The elements that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Tree(Vec<&'static Element>);

impl Tree {
    /// Text stands anywhere but between the parts of a table, where only blanks do.
    pub(super) fn text<S: Sink>(&self, text: &str, sink: &mut S) -> Option<()> {
        if text.is_empty() {
            return Some(());
        }
        let blank = |byte: u8| matches!(byte, b' ' | b'\n' | b'\t');
        if self.is_between_parts() && !text.bytes().all(blank) {
            return None;
        }
        sink.text(text)
    }

    /// A `<` that begins no tag.
    pub(super) fn less_than<S: Sink>(&self, sink: &mut S) -> Option<()> {
        if self.is_between_parts() {
            return None;
        }
        sink.less_than();
        Some(())
    }

    /// A start tag.
    pub(super) fn open<S: Sink>(
        &mut self,
        element: &'static Element,
        attributes: &[Attribute<'_>],
        sink: &mut S,
    ) -> Option<()> {
        self.make_room(element, sink)?;
        // The link that a frame becomes is not in another either.
        if matches!(element.kind, Kind::Anchor) || element.fate == Fate::Framed {
            self.holds_none(Kind::Anchor)?;
        }
        if self.0.len() >= DEPTH {
            return None;
        }
        sink.open(element, attributes)?;
        if element.is_void() || element.kind == Kind::Raw {
            return sink.close(element);
        }
        self.0.push(element);
        Some(())
    }

    /// Ends what a start tag ends, and refuses a tag that does not stand where it should.
    fn make_room<S: Sink>(&mut self, element: &'static Element, sink: &mut S) -> Option<()> {
        match (element.kind, self.innermost()) {
            (Kind::Caption | Kind::Columns | Kind::Section, Some(Kind::Table))
            | (Kind::Column, Some(Kind::Columns))
            | (Kind::Row, Some(Kind::Section))
            | (Kind::Cell, Some(Kind::Row)) => Some(()),
            // The parser puts the body of a table round rows without one.
            (Kind::Row, Some(Kind::Table)) => {
                let body = elements::find("tbody")?;
                sink.open(body, &[])?;
                self.0.push(body);
                Some(())
            }
            (Kind::Caption | Kind::Columns | Kind::Column | Kind::Section | Kind::Row | Kind::Cell, _) => {
                None
            }
            _ if self.is_between_parts() => None,
            (Kind::Heading, _) => {
                self.end_paragraph(sink)?;
                self.holds_none(Kind::Heading)
            }
            (Kind::Item, _) => self.end_sibling(Kind::Item, Kind::List, sink),
            (Kind::Description, _) => self.end_sibling(Kind::Description, Kind::Descriptions, sink),
            (Kind::Anchor | Kind::Formatting | Kind::Inline | Kind::Void | Kind::Raw, _) => Some(()),
            (
                Kind::Block
                | Kind::List
                | Kind::Descriptions
                | Kind::Preformatted
                | Kind::Paragraph
                | Kind::Rule
                | Kind::Table,
                _,
            ) => self.end_paragraph(sink),
        }
    }

    /// An end tag.
    pub(super) fn close<S: Sink>(&mut self, element: &'static Element, sink: &mut S) -> Option<()> {
        match element.kind {
            Kind::Columns | Kind::Section | Kind::Row => self.end_innermost(element, sink),
            Kind::Table => {
                if self.innermost() == Some(Kind::Section) {
                    self.pop(sink)?;
                }
                self.end_innermost(element, sink)
            }
            Kind::Cell | Kind::Caption => {
                let at = self.nearest(|open| std::ptr::eq(open, element), |open| open.kind == Kind::Table)?;
                self.end_from(at, sink)
            }
            _ if self.is_between_parts() => None,
            Kind::Block | Kind::List | Kind::Descriptions | Kind::Preformatted | Kind::Description => {
                match self.nearest(|open| std::ptr::eq(open, element), bounds_scope) {
                    Some(at) => self.end_from(at, sink),
                    None => Some(()),
                }
            }
            Kind::Item => {
                let bounds = |open: &Element| bounds_scope(open) || open.kind == Kind::List;
                match self.nearest(|open| open.kind == Kind::Item, bounds) {
                    Some(at) => self.end_from(at, sink),
                    None => Some(()),
                }
            }
            // Any heading's end tag ends any heading.
            Kind::Heading => match self.nearest(|open| open.kind == Kind::Heading, bounds_scope) {
                Some(at) => self.end_from(at, sink),
                None => Some(()),
            },
            Kind::Paragraph => {
                if self.paragraph().is_none() {
                    // The parser makes an empty paragraph of an end tag that ends none.
                    sink.open(element, &[])?;
                    return sink.close(element);
                }
                self.end_innermost(element, sink)
            }
            Kind::Anchor | Kind::Formatting | Kind::Inline => {
                if self.0.iter().any(|open| std::ptr::eq(*open, element)) {
                    self.end_innermost(element, sink)
                } else {
                    Some(())
                }
            }
            Kind::Void | Kind::Rule | Kind::Column | Kind::Raw => None,
        }
    }

    /// The end of the body ends everything.
    pub(super) fn finish<S: Sink>(mut self, sink: &mut S) -> Option<()> {
        while !self.0.is_empty() {
            self.pop(sink)?;
        }
        Some(())
    }

    fn innermost(&self) -> Option<Kind> {
        self.0.last().map(|element| element.kind)
    }

    /// Whether a table has begun, but none of its cells.
    fn is_between_parts(&self) -> bool {
        matches!(self.innermost(), Some(Kind::Table | Kind::Columns | Kind::Section | Kind::Row))
    }

    fn holds_none(&self, kind: Kind) -> Option<()> {
        self.0.iter().all(|open| open.kind != kind).then_some(())
    }

    /// The place of the innermost element that is meant, if nothing that bounds the search lies between.
    fn nearest(
        &self,
        is_meant: impl Fn(&Element) -> bool,
        bounds: impl Fn(&Element) -> bool,
    ) -> Option<usize> {
        let at = self.0.iter().rposition(|open| is_meant(open) || bounds(open))?;
        self.0.get(at).is_some_and(|open| is_meant(open)).then_some(at)
    }

    /// The place of the paragraph in scope.
    fn paragraph(&self) -> Option<usize> {
        self.nearest(|open| open.kind == Kind::Paragraph, bounds_scope)
    }

    fn pop<S: Sink>(&mut self, sink: &mut S) -> Option<()> {
        sink.close(self.0.pop()?)
    }

    /// Ends the innermost element, which is the one that is named.
    fn end_innermost<S: Sink>(&mut self, element: &Element, sink: &mut S) -> Option<()> {
        if std::ptr::eq(*self.0.last()?, element) { self.pop(sink) } else { None }
    }

    /// Ends the element at a place and those in it, which are all of those that end by themselves.
    fn end_from<S: Sink>(&mut self, at: usize, sink: &mut S) -> Option<()> {
        let inside = self.0.get(at + 1..)?;
        if !inside.iter().all(|open| ends_by_itself(open.kind)) {
            return None;
        }
        while self.0.len() > at {
            self.pop(sink)?;
        }
        Some(())
    }

    /// Ends the paragraph in scope, if there is one; it is then the innermost element.
    fn end_paragraph<S: Sink>(&mut self, sink: &mut S) -> Option<()> {
        match self.paragraph() {
            Some(at) => self.end_from(at, sink),
            None => Some(()),
        }
    }

    /// Ends the item before an item of a list.
    fn end_sibling<S: Sink>(&mut self, item: Kind, list: Kind, sink: &mut S) -> Option<()> {
        if self.innermost() == Some(Kind::Paragraph) {
            self.pop(sink)?;
        }
        if self.innermost() == Some(item) {
            self.pop(sink)?;
        }
        (self.innermost() == Some(list)).then_some(())
    }
}

/// What one does not look beyond for an element to end.
fn bounds_scope(element: &Element) -> bool {
    matches!(element.kind, Kind::Table | Kind::Cell | Kind::Caption)
}

/// Whether an element may be left open.
fn ends_by_itself(kind: Kind) -> bool {
    matches!(kind, Kind::Paragraph | Kind::Item | Kind::Description)
}
