//! Format readers: each turns one export format into neutral [`LegacyRecord`]s and knows nothing else.
//!
//! A new format is one file and one line in [`open`] and in the table of [`Format`].

mod archive;
mod base64;
mod confluence;
mod delimited;
mod detect;
mod dxl;
mod feed;
mod html;
mod kind;
mod limits;
mod mapped;
mod mediawiki;
mod outbox;
mod rows;
mod stash;
mod tree;
mod unpack;
mod walk;
mod workbook;
mod wxr;
mod xar;
mod xml;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

pub use detect::{DetectError, detect, detect_file};
pub use kind::Format;
pub use limits::Limits;

use crate::plan::{Mapping, Values};
use crate::record::{LegacyRecord, Place};

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The file as messages name it.
    pub shown: PathBuf,
    /// What the rows of a spreadsheet are.
    pub rows: RowKind,
    /// The sheet; the first one that has the columns otherwise.
    pub sheet: Option<String>,
    /// Field to header text. Empty: common headers in Finnish, Swedish and English are recognised.
    pub columns: BTreeMap<String, String>,
    /// What the words of a spreadsheet mean, on top of those that are known anyway.
    pub values: Values,
    /// What is what in XML that no reader knows; needed for [`Format::Xml`].
    pub mapping: Option<Mapping>,
    /// What a hostile file may ask for.
    pub limits: Limits,
}

/// What the rows of a spreadsheet are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Pages.
    Pages,
    /// People.
    People,
}

/// What a reader yields: a record, something worth knowing, or trouble.
pub type Yield = Result<Event, ReadFault>;

/// What a reader yields when all is well.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A record.
    Record(Box<LegacyRecord>),
    /// Something people should know about the file, which stops nothing: an unknown version, a date that is none.
    Notice {
        /// Where.
        place: Place,
        /// What.
        text: String,
    },
}

/// Trouble while reading, by what it means for the rest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// This record is bad; the next ones can be read.
    #[error("{place}: {reason}")]
    Record {
        /// Where it stands.
        place: Place,
        /// Its id, if that could be read.
        id: Option<String>,
        /// Its kind, as [`LegacyBody::kind`](crate::record::LegacyBody::kind) would say.
        kind: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The file is broken from here on; nothing follows.
    #[error("{place}: {reason}")]
    File {
        /// Where.
        place: Place,
        /// What is wrong with it.
        reason: String,
    },
}

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("cannot read `{path}`")]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Its format is none that we know.
    #[error(transparent)]
    Detect(#[from] DetectError),
    /// It is of the format, but cannot be used: protected by a password, too large when unpacked, without the
    /// columns that the plan names.
    #[error("`{path}`: {reason}")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why, and what could be done.
        reason: String,
    },
}

/// A reader under way: records in the order of the file, in bounded memory.
pub struct Reader {
    events: Box<dyn Iterator<Item = Yield>>,
    /// Set by a fault of the file: nothing follows.
    over: bool,
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("over", &self.over).finish_non_exhaustive()
    }
}

impl Iterator for Reader {
    type Item = Yield;

    fn next(&mut self) -> Option<Yield> {
        if self.over {
            return None;
        }
        let next = self.events.next();
        self.over = matches!(next, None | Some(Err(ReadFault::File { .. })));
        next
    }
}

/// Opens a file of that format.
pub fn open(path: &Path, format: Format, options: &ReadOptions) -> Result<Reader, ReadError> {
    let events: Box<dyn Iterator<Item = Yield>> = match format {
        Format::Wxr => Box::new(wxr::read(path, options)?),
        Format::MediaWiki => Box::new(mediawiki::read(path, options)?),
        Format::Feed => Box::new(feed::read(path, options)?),
        Format::Xml => Box::new(mapped::read(path, options)?),
        Format::Dxl => Box::new(dxl::read(path, options)?),
        Format::Xar => Box::new(xar::read(path, options)?),
        Format::Confluence => Box::new(confluence::read(path, options)?),
        Format::Xlsx | Format::Xls | Format::Xlsb | Format::Ods => {
            Box::new(workbook::read(path, format, options)?)
        }
        Format::Csv => Box::new(delimited::read(path, options)?),
    };
    Ok(Reader { events, over: false })
}
