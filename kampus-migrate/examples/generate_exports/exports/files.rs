//! Attachments.

use super::page::{Kind, Page, State};
use super::site::Site;

/// An attachment of a page.
#[derive(Debug)]
pub(super) struct Attachment {
    pub(super) id: u32,
    /// Path below the folder of uploads.
    pub(super) path: String,
    pub(super) name: &'static str,
    /// The file; `None` when it was lost long ago and only the export still knows of it.
    pub(super) bytes: Option<Vec<u8>>,
}

/// Ids of attachments come after those of all pages.
const FIRST_ID: u32 = 3_000_000_000;

const NAMES: [&str; 4] = ["lomake", "poytakirja", "taulukko", "liite"];

/// The attachment of a page, if it has one: every ninth has.
pub(super) fn attachment(site: &Site, page: &Page) -> Option<Attachment> {
    let shown = page.kind == Kind::Page && page.state == State::Published && page.mark.is_none();
    if !site.files || page.number % 9 != 4 || !shown {
        return None;
    }
    let turn = page.number / 9;
    let name = NAMES.get(turn as usize % NAMES.len()).copied()?;
    let year = 2_010 + turn % 8;
    let (ending, text) = if turn.is_multiple_of(2) {
        ("csv", format!("Yksikkö;Määrä\r\n{};{}\r\n", site.ministry.finnish, page.number))
    } else {
        ("txt", format!("{}\n\n{} {}\n", page.title(), site.ministry.code, page.number))
    };
    let lost = turn % 40 == 39;
    Some(Attachment {
        id: FIRST_ID + page.number,
        path: format!("{year}/{:02}/{name}-{}.{ending}", turn % 12 + 1, page.number),
        name,
        bytes: (!lost).then(|| text.into_bytes()),
    })
}
