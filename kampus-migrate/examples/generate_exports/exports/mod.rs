//! Made-up legacy exports of any size, the same bytes for the same seed. Nothing in them is real.
//!
//! A [`Site`] is an intranet of which nothing is kept: each page is worked out from the seed and its number when it is
//! written, so that an export of a million pages takes no more memory than one of ten, and a page is the same
//! [half a year later](Site::later) unless it was changed since.
//! [`wxr::write`] and [`table::write`] write a site as old systems would export it, and [`twelve::write`] twelve of them
//! that link to each other.

mod dice;
mod files;
mod links;
mod markup;
mod ministry;
mod page;
mod people;
mod prose;
mod site;
pub mod table;
pub mod twelve;
mod words;
pub mod wxr;

use std::path::PathBuf;

pub use ministry::{MINISTRIES, Ministry};
pub use page::{Fate, Kind, Page, State};
pub use prose::Tongue;
pub use site::{Addresses, Delta, Edition, Site, TOPS};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The export.
    pub path: PathBuf,
    /// Bytes of it.
    pub bytes: u64,
    /// Pages and news.
    pub pages: u64,
    /// Bytes of their bodies.
    pub body_bytes: u64,
    /// Comments.
    pub comments: u64,
    /// Attachments.
    pub files: u64,
    /// Authors that the export lists.
    pub authors: u64,
    /// Parts of the old system that are no content.
    pub chrome: u64,
    /// Of all these, records that cannot be loaded into a section for internal content: what bears an old protection
    /// mark, comments on it, and attachments whose file is lost.
    pub refused: u64,
}

impl Written {
    /// Records of every kind.
    pub fn records(&self) -> u64 {
        self.pages + self.comments + self.files + self.authors + self.chrome
    }
}
