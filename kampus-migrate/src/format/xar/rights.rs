//! Rights: which spaces and pages are not for everybody ("Access Rights").

use super::document::{Document, Object};
use super::reference::Reference;

/// Spaces that only some may view.
#[derive(Debug, Default)]
pub(super) struct Closed {
    spaces: Vec<Vec<String>>,
}

impl Closed {
    /// Takes the rights of a space from its preferences.
    pub(super) fn know(&mut self, document: &Document) {
        let narrows = document.objects.iter().any(|object| object.class == "XWiki.XWikiGlobalRights" && narrows(object));
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

    /// Whether a document is in such a space.
    pub(super) fn holds(&self, reference: &Reference) -> bool {
        self.spaces.iter().any(|space| reference.spaces.starts_with(space))
    }
}

/// Whether rights make something visible to fewer: nobody else may view what some are let to view, and what some are
/// denied is not for everybody.
pub(super) fn narrows(rights: &Object) -> bool {
    let levels = rights.value("levels").to_lowercase();
    levels.split([',', '|', ' ']).any(|level| level.trim() == "view")
}
