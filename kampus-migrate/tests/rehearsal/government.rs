//! Twelve made-up ministries, their old intranets when they move and half a year later.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::exports::twelve::{self, Twelve, Wave};
use crate::exports::{Delta, Fate, Kind, Page, Site, State, TOPS};

/// Which exports of an intranet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    First,
    Later,
}

pub(super) struct Government {
    folder: TempDir,
    first: Vec<Wave>,
    later: Vec<Wave>,
}

impl Government {
    pub(super) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let twelve = Twelve { pages: 22, ..Twelve::default() };
        let delta = Delta { changed: 150, added: 80, gone: 60 };
        let first = twelve::write(&twelve, &folder.path().join("first")).unwrap();
        let twelve = Twelve { later: Some(delta), ..twelve };
        let later = twelve::write(&twelve, &folder.path().join("later")).unwrap();
        Self { folder, first, later }
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The workbook of a wave.
    pub(super) fn workbook(&self, wave: usize, whose: &str) -> PathBuf {
        self.folder.path().join(format!("wave-{wave}-{whose}.xlsx"))
    }

    pub(super) fn wave(&self, number: usize, edition: Edition) -> &Wave {
        match edition {
            Edition::First => &self.first[number],
            Edition::Later => &self.later[number],
        }
    }

    /// The address of one of the first pages of a wave's first ministry.
    pub(super) fn top(&self, wave: usize, number: u32) -> String {
        self.first[wave].sites[0].0.address(number)
    }

    /// Two pages of the first wave that have another text in the later exports, and on which nothing is decided.
    pub(super) fn contested(&self) -> [String; 2] {
        let changed = |(site, _): &(Site, _)| {
            let decided = decided(site);
            let is_changed = move |page: &Page| page.fate == Fate::Changed && !decided.contains(&page.number);
            site.pages()
                .filter(is_plain)
                .filter(is_changed)
                .map(|page| site.address(page.number))
                .collect::<Vec<_>>()
        };
        let mut found = self.later[0].sites.iter().flat_map(changed);
        [found.next().unwrap(), found.next().unwrap()]
    }
}

/// A page that everybody reads.
fn is_plain(page: &Page) -> bool {
    page.kind == Kind::Page && page.state == State::Published && page.mark.is_none()
}

/// The pages of a site that are left behind, and that go into the first page of all.
pub(super) fn decided(site: &Site) -> [u32; 2] {
    let first = Site { edition: crate::exports::Edition::First, ..*site };
    let mut pages = first.pages().filter(is_plain).map(|page| page.number).filter(|number| *number > TOPS);
    [pages.next().unwrap(), pages.next().unwrap()]
}
