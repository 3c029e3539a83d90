//! Writes what the long way would write.

use memchr::memchr3;

use super::super::text::{escape_attribute, escape_text};
use super::super::{Tally, profile};
use super::attributes::Attribute;
use super::elements::{Element, Fate, Kind};
use super::{Sink, Way, address, references};

/// A clean body while it is written.
#[derive(Debug)]
pub(super) struct Writer {
    way: Way,
    out: String,
    noted: Tally,
    /// Where what is in each open `pre` begins.
    preformatted: Vec<usize>,
}

impl Writer {
    /// Makes room for what a body of that length becomes.
    pub(super) fn new(way: Way, length: usize) -> Self {
        // Line breaks around parts of tables and escaped characters take more room than the source.
        let out = String::with_capacity(length + length / 8 + 16);
        Self { way, out, noted: Tally::default(), preformatted: Vec::new() }
    }

    /// What was written and listed.
    pub(super) fn finish(self) -> (String, Tally) {
        (self.out, self.noted)
    }

    fn note_attributes(&mut self, attributes: &[Attribute<'_>]) {
        for attribute in attributes {
            if attribute.name.bytes().any(|byte| byte.is_ascii_uppercase()) {
                profile::note_attribute(&attribute.name.to_ascii_lowercase(), &mut self.noted);
            } else {
                profile::note_attribute(attribute.name, &mut self.noted);
            }
        }
    }

    fn start_tag(&mut self, element: &Element, attributes: &[Attribute<'_>]) -> Option<()> {
        self.out.push('<');
        self.out.push_str(element.name);
        for attribute in attributes {
            let Some(name) = element.keeps(attribute.name) else { continue };
            let value = attribute.value()?;
            if matches!(name, "href" | "src") && !address::stays(&value) {
                continue;
            }
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape_attribute(&value, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        Some(())
    }

    /// What a frame showed, as the profile writes it and the sanitiser leaves it.
    fn frame_link(&mut self, attributes: &[Attribute<'_>]) -> Option<()> {
        let is_address = |attribute: &&Attribute<'_>| attribute.is("src") || attribute.is("data");
        let Some(attribute) = attributes.iter().find(is_address) else { return Some(()) };
        let value = attribute.value()?;
        let address = value.trim();
        if address.is_empty() {
            return Some(());
        }
        if address::stays(address) {
            self.out.push_str("<a href=\"");
            escape_attribute(address, &mut self.out);
            self.out.push_str("\">");
        } else {
            self.out.push_str("<a>");
        }
        escape_text(address, &mut self.out);
        self.out.push_str("</a> ");
        Some(())
    }
}

impl Sink for Writer {
    fn text(&mut self, text: &str) -> Option<()> {
        let mut rest = text;
        // Not to be written as it stands: `>`, the no-break space (C2 A0), and perhaps references.
        while let Some(at) = memchr3(b'&', b'>', 0xc2, rest.as_bytes()) {
            let (before, from) = rest.split_at_checked(at)?;
            self.out.push_str(before);
            let c = from.chars().next()?;
            let length = if c == '&' {
                let reference = references::read(from, references::Place::Text)?;
                for c in std::iter::once(reference.first).chain(reference.second) {
                    escape_text(c.encode_utf8(&mut [0; 4]), &mut self.out);
                }
                reference.length
            } else {
                escape_text(from.get(..c.len_utf8())?, &mut self.out);
                c.len_utf8()
            };
            rest = from.get(length..)?;
        }
        self.out.push_str(rest);
        Some(())
    }

    fn less_than(&mut self) {
        self.out.push_str("&lt;");
    }

    fn open(&mut self, element: &'static Element, attributes: &[Attribute<'_>]) -> Option<()> {
        if self.way == Way::Last {
            return if element.fate == Fate::Kept { self.start_tag(element, attributes) } else { None };
        }
        if element.fate == Fate::Gone {
            self.noted.note(&element.shown);
            return Some(());
        }
        if element.name == "img" && is_tracker(attributes)? {
            self.noted.note("tracker");
            return Some(());
        }
        self.note_attributes(attributes);
        match element.fate {
            Fate::Kept => self.start_tag(element, attributes)?,
            Fate::Framed => {
                self.noted.note(&element.shown);
                self.frame_link(attributes)?;
            }
            Fate::Noted => self.noted.note(&element.shown),
            Fate::Unwrapped | Fate::Gone => {}
        }
        if element.kind == Kind::Preformatted {
            self.preformatted.push(self.out.len());
        }
        profile::set_apart(element.apart, &mut self.out);
        Some(())
    }

    fn close(&mut self, element: &'static Element) -> Option<()> {
        if element.fate == Fate::Gone {
            return Some(());
        }
        if element.kind == Kind::Preformatted && self.way == Way::Whole {
            let begun = self.preformatted.pop()?;
            // The second parse of the long way would take it for none once more.
            if self.out.get(begun..)?.starts_with('\n') {
                return None;
            }
        }
        if element.fate == Fate::Kept && !element.is_void() {
            self.out.push_str("</");
            self.out.push_str(element.name);
            self.out.push('>');
        }
        profile::set_apart(element.apart && self.way == Way::Whole, &mut self.out);
        Some(())
    }
}

/// Whether a picture is a tracker.
fn is_tracker(attributes: &[Attribute<'_>]) -> Option<bool> {
    for side in ["width", "height"] {
        let Some(attribute) = attributes.iter().find(|attribute| attribute.is(side)) else {
            return Some(false);
        };
        if !profile::is_tiny(&attribute.value()?) {
            return Some(false);
        }
    }
    Some(true)
}
