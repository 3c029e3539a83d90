//! Rights: which spaces and pages are not for everybody ("Access Rights").

use std::collections::HashSet;
use std::io::{self, Read};

use super::document::{Document, Object};
use super::reference::Reference;

/// What the class of a document's rights is called in its XML.
const CLASSES: [&[u8]; 2] = [b"XWikiRights", b"XWikiGlobalRights"];

/// Spaces and pages that only some may view.
#[derive(Debug, Default)]
pub(super) struct Closed {
    spaces: Vec<Vec<String>>,
    /// Documents by their whole references: what is said in one counts for its translations too.
    pages: HashSet<String>,
}

/// Whether the XML of a document may say something of rights: cheaper than to read it as what it is.
pub(super) fn may_tell(mut xml: Box<dyn Read>) -> io::Result<bool> {
    let longest = CLASSES.iter().map(|class| class.len()).max().unwrap_or(0);
    let mut window = Vec::with_capacity(1 << 16);
    loop {
        let before = window.len();
        xml.by_ref().take(1 << 15).read_to_end(&mut window)?;
        if window.len() == before {
            return Ok(false);
        }
        // What is written in two bytes a letter is read to be sure.
        let is_wide = window.contains(&0);
        if is_wide || CLASSES.iter().any(|class| memchr::memmem::find(&window, class).is_some()) {
            return Ok(true);
        }
        let passed = window.len().saturating_sub(longest);
        window.drain(..passed);
    }
}

impl Closed {
    /// Takes the rights of a page, or of a space from its preferences.
    pub(super) fn know(&mut self, document: &Document) {
        let own =
            document.objects.iter().any(|object| object.class == "XWiki.XWikiRights" && narrows(object));
        if own && let Some(reference) = document.reference() {
            self.pages.insert(reference.full());
        }
        let narrows = document
            .objects
            .iter()
            .any(|object| object.class == "XWiki.XWikiGlobalRights" && narrows(object));
        if narrows && let Some(reference) = document.reference() {
            let whole = reference.name == "XWikiPreferences";
            self.spaces.push(if whole { Vec::new() } else { reference.spaces });
        }
    }

    /// Closes the space whose preferences cannot be read.
    pub(super) fn close_folder(&mut self, name: &str) {
        let mut parts: Vec<String> = name.split('/').map(str::to_owned).collect();
        let file = parts.pop().unwrap_or_default();
        self.spaces.push(if file.contains("XWikiPreferences") { Vec::new() } else { parts });
    }

    /// Whether a document is one of them, or in such a space.
    pub(super) fn holds(&self, reference: &Reference) -> bool {
        if self.pages.contains(&reference.full()) {
            return true;
        }
        self.spaces.iter().any(|space| reference.spaces.starts_with(space))
    }
}

/// Whether rights make something visible to fewer: nobody else may view what some are let to view, and what some are
/// denied is not for everybody.
pub(super) fn narrows(rights: &Object) -> bool {
    let levels = rights.value("levels").to_lowercase();
    levels.split([',', '|', ' ']).any(|level| level.trim() == "view")
}
