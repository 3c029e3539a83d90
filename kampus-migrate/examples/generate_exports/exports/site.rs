//! A made-up intranet: which pages there are, what each is, and where links lead.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::dice::{Dice, Purpose};
use super::ministry::Ministry;
use super::page::{Fate, Kind, Page};
use super::prose::slug;

/// An intranet. Nothing of it is kept: every page is worked out when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// The same seed gives the same bytes.
    pub seed: u64,
    /// Whose it is.
    pub ministry: &'static Ministry,
    /// Pages and news of the first edition.
    pub pages: u32,
    /// People who work there.
    pub people: u32,
    /// How its addresses look.
    pub addresses: Addresses,
    /// When it was exported.
    pub edition: Edition,
    /// Whether some pages have an attachment.
    pub files: bool,
}

/// How addresses look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// WordPress: `/ohjeet-3/matkalaskut-ohje-17/`, `/2017/03/…/`, `/?page_id=17`.
    WordPress,
    /// A path: `/sivut/matkalaskut-ohje-17`.
    Path,
    /// A number: `/sivu.aspx?id=1017`.
    Query,
}

/// When a site was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// For the first time.
    First,
    /// Half a year later.
    Later(Delta),
}

/// What became of pages in that half year, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delta {
    /// Have another text.
    pub changed: u32,
    /// Were written, in thousandths of those of the first edition.
    pub added: u32,
    /// Are gone at the source.
    pub gone: u32,
}

impl Default for Delta {
    fn default() -> Self {
        Self { changed: 80, added: 30, gone: 20 }
    }
}

/// The first pages are the tops of the tree. They are always there, published, and in Finnish, so that others can be
/// merged into them.
pub const TOPS: u32 = 12;

/// How many pages stand under each.
const BRANCH: u32 = 8;

/// 4 January 2010, 28 February 2018 and half a year later, in the morning.
pub(super) const BEGUN: i64 = 1_262_584_800;
pub(super) const FIRST_EXPORT: i64 = 1_519_797_600;
pub(super) const HALF_A_YEAR: u32 = 183 * 24 * 60 * 60;

impl Site {
    /// A site of a ministry in its first edition, with as many people as suit it.
    pub fn new(ministry: &'static Ministry, pages: u32, seed: u64) -> Self {
        Self {
            seed,
            ministry,
            pages,
            people: (pages / 40).clamp(12, 600),
            addresses: Addresses::WordPress,
            edition: Edition::First,
            files: false,
        }
    }

    /// The same site half a year later.
    #[must_use]
    pub fn later(self, delta: Delta) -> Self {
        Self { edition: Edition::Later(delta), ..self }
    }

    /// People who ever wrote something, some of whom have left since.
    pub(super) fn authors(&self) -> u32 {
        self.people + self.people / 16 + 1
    }

    /// Its address.
    pub fn base(&self) -> String {
        format!("https://intra.{}.example", self.ministry.id())
    }

    /// The numbers of all pages that were ever there, those that are gone included.
    pub fn numbers(&self) -> std::ops::RangeInclusive<u32> {
        let added = match self.edition {
            Edition::First => 0,
            Edition::Later(delta) => share(self.pages, delta.added),
        };
        1..=self.pages.saturating_add(added)
    }

    /// The pages that this edition has.
    pub fn pages(&self) -> impl Iterator<Item = Page> {
        self.numbers().filter(|number| self.fate(*number) != Fate::Gone).map(|number| self.page(number))
    }

    pub(super) fn dice(&self, purpose: Purpose, number: u32) -> Dice {
        Dice::new(self.seed, self.ministry.code, purpose, number)
    }

    /// The path of a page, and its query where that is the page.
    pub fn path(&self, number: u32) -> String {
        let (stub, _) = self.stub(number);
        let name = || format!("{}-{}-{number}", slug(stub.subject), slug(stub.turn));
        match self.addresses {
            Addresses::Path => format!("/sivut/{}", name()),
            Addresses::Query => format!("/sivu.aspx?id={}", self.id(number)),
            Addresses::WordPress if stub.kind == Kind::News => {
                let date = TimeZone::UTC.to_datetime(moment(stub.created)).date();
                format!("/{}/{:02}/{}/", date.year(), date.month(), name())
            }
            Addresses::WordPress if number <= TOPS => format!("/{}/", name()),
            Addresses::WordPress => {
                let mut top = number;
                while top > TOPS {
                    top = up(top);
                }
                format!("/{}-{top}/{}/", slug(self.stub(top).0.subject), name())
            }
        }
    }

    /// The address of a page.
    pub fn address(&self, number: u32) -> String {
        format!("{}{}", self.base(), self.path(number))
    }

    /// The site's own id of a page.
    pub fn id(&self, number: u32) -> u32 {
        match self.addresses {
            Addresses::WordPress => number,
            Addresses::Path | Addresses::Query => 1_000 + number,
        }
    }

    /// The morning of the export.
    pub fn exported(&self) -> Timestamp {
        match self.edition {
            Edition::First => moment(FIRST_EXPORT),
            Edition::Later(_) => moment(FIRST_EXPORT + i64::from(HALF_A_YEAR)),
        }
    }
}

/// The page above a page, of whatever kind.
pub(super) fn up(number: u32) -> u32 {
    number.saturating_sub(TOPS + 1) / BRANCH + 1
}

/// So many thousandths.
fn share(whole: u32, thousandths: u32) -> u32 {
    u32::try_from(u64::from(whole) * u64::from(thousandths) / 1_000).unwrap_or(u32::MAX)
}

pub(super) fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
}
