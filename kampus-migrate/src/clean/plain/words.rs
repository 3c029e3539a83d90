//! The text of a plain body, parted where blocks begin and end.

use super::attributes::Attribute;
use super::elements::{Element, Fate};
use super::{Sink, references};

/// Text while it is collected.
#[derive(Debug)]
pub(super) struct Words(String);

impl Words {
    /// Makes room for the text of a body of that length.
    pub(super) fn new(length: usize) -> Self {
        Self(String::with_capacity(length))
    }

    /// What was collected.
    pub(super) fn finish(self) -> String {
        self.0
    }

    fn part(&mut self, element: &Element) {
        if element.block && element.fate != Fate::Gone {
            self.0.push(' ');
        }
    }
}

impl Sink for Words {
    fn text(&mut self, text: &str) -> Option<()> {
        references::resolve(text, references::Place::Text, &mut self.0)
    }

    fn less_than(&mut self) {
        self.0.push('<');
    }

    fn open(&mut self, element: &'static Element, _attributes: &[Attribute<'_>]) -> Option<()> {
        self.part(element);
        Some(())
    }

    fn close(&mut self, element: &'static Element) -> Option<()> {
        self.part(element);
        Some(())
    }
}
