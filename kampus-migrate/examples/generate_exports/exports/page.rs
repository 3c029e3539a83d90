//! What a page of a site is.

use jiff::Timestamp;

use super::dice::{Dice, Purpose};
use super::prose::{self, Tongue};
use super::site::{BEGUN, Edition, FIRST_EXPORT, HALF_A_YEAR, Site, TOPS, moment, up};

/// What became of a page since the first edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is as it was.
    Same,
    /// It has another text.
    Changed,
    /// It was not there before.
    New,
    /// It is gone at the source.
    Gone,
}

/// What a page was made as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page that stays.
    Page,
    /// A dated news item.
    News,
}

/// Whom a page was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everybody.
    Published,
    /// Its author, for now.
    Draft,
    /// Its reviewer.
    Pending,
    /// Everybody, later.
    Scheduled,
    /// Its author and editors.
    Private,
    /// Who knows the password.
    Password,
    /// Nobody any more.
    Trash,
}

/// In thousandths, about as in the sample of the Ministry of the Environment (of 90 pages, 84 are published, 3 drafts,
/// one each of the others).
const STATES: [(State, u32); 7] = [
    (State::Published, 932),
    (State::Draft, 26),
    (State::Pending, 8),
    (State::Scheduled, 4),
    (State::Private, 12),
    (State::Password, 8),
    (State::Trash, 10),
];

const TONGUES: [(Tongue, u32); 3] = [(Tongue::Finnish, 84), (Tongue::Swedish, 11), (Tongue::English, 5)];

/// Old protection marks, as they were stamped on papers.
const MARKS: [&str; 4] = [
    "SALASSA PIDETTÄVÄ",
    "Suojaustaso ST IV",
    "KÄYTTÖ RAJOITETTU",
    "SALASSA PIDETTÄVÄ (JulkL 24 § 1 mom. 9 kohta)",
];

/// A page.
#[derive(Debug, Clone)]
pub struct Page {
    /// From 1; ids and addresses are made of it.
    pub number: u32,
    /// Page or news.
    pub kind: Kind,
    /// What it is written in.
    pub tongue: Tongue,
    /// What it is about.
    pub subject: &'static str,
    /// What it tells of that.
    pub turn: &'static str,
    /// Whom it was for.
    pub state: State,
    /// What became of it since the first edition.
    pub fate: Fate,
    /// Number of the person who wrote it.
    pub author: u32,
    /// When it was written.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// The page that it stands under.
    pub parent: Option<u32>,
    /// An old protection mark in its text: a section for internal content refuses it.
    pub mark: Option<&'static str>,
}

impl Page {
    /// Its title.
    pub fn title(&self) -> String {
        format!("{}: {}", self.subject, self.turn)
    }

    /// A line that stands before the text of some pages.
    pub(super) fn lead(&self, site: &Site) -> String {
        let mut dice = site.dice(Purpose::Lead, self.number);
        if dice.per_mille(150) { prose::sentences(&mut dice, self.tongue, 2) } else { String::new() }
    }
}

/// What an address needs to know.
pub(super) struct Stub {
    pub(super) kind: Kind,
    tongue: Tongue,
    pub(super) subject: &'static str,
    pub(super) turn: &'static str,
    pub(super) created: i64,
}

impl Site {
    /// What became of a page since the first edition.
    pub fn fate(&self, number: u32) -> Fate {
        let Edition::Later(delta) = self.edition else { return Fate::Same };
        if number > self.pages {
            return Fate::New;
        }
        let drawn = self.dice(Purpose::Fate, number).below(1_000);
        if drawn < delta.changed {
            Fate::Changed
        } else if drawn < delta.changed + delta.gone && number > TOPS {
            Fate::Gone
        } else {
            Fate::Same
        }
    }

    /// A page.
    pub fn page(&self, number: u32) -> Page {
        let (stub, mut dice) = self.stub(number);
        let is_top = number <= TOPS;
        let fate = self.fate(number);
        let state = dice.weighed(&STATES).unwrap_or(State::Published);
        let author = dice.below(self.authors());
        let begun = u32::try_from(FIRST_EXPORT - stub.created).unwrap_or(0);
        let edited = if dice.per_mille(550) { dice.below(begun) } else { 0 };
        let mark = (dice.per_mille(4) && !is_top).then(|| dice.one_of(&MARKS));
        let modified = match fate {
            Fate::Changed => FIRST_EXPORT + i64::from(dice.below(HALF_A_YEAR)),
            _ => stub.created + i64::from(edited),
        };
        Page {
            number,
            kind: stub.kind,
            tongue: stub.tongue,
            subject: stub.subject,
            turn: stub.turn,
            state: if is_top { State::Published } else { state },
            fate,
            author,
            created: moment(stub.created),
            modified: moment(modified),
            parent: self.parent(number, stub.kind),
            mark,
        }
    }

    pub(super) fn stub(&self, number: u32) -> (Stub, Dice) {
        let mut dice = self.dice(Purpose::Facts, number);
        let is_top = number <= TOPS;
        // Of WordPress' own test data 71 of a hundred are posts, of the sample 24: intranets have more pages.
        let kind = if dice.per_mille(250) && !is_top { Kind::News } else { Kind::Page };
        let drawn = dice.weighed(&TONGUES).unwrap_or_default();
        let tongue = if is_top { Tongue::Finnish } else { drawn };
        let (subject, turn) = prose::title(&mut dice, tongue);
        // In the order of their numbers, so that the first ones are the oldest.
        let created = if number <= self.pages {
            let years = FIRST_EXPORT - BEGUN - 30 * 24 * 60 * 60;
            BEGUN
                + years * i64::from(number) / i64::from(self.pages.max(1))
                + i64::from(dice.below(2_000_000))
        } else {
            FIRST_EXPORT + i64::from(dice.below(HALF_A_YEAR))
        };
        (Stub { kind, tongue, subject, turn, created }, dice)
    }

    /// Pages stand in a tree; news stand nowhere.
    fn parent(&self, number: u32, kind: Kind) -> Option<u32> {
        if number <= TOPS || kind == Kind::News {
            return None;
        }
        let mut above = up(number);
        while above > TOPS && self.stub(above).0.kind == Kind::News {
            above = up(above);
        }
        Some(above)
    }
}
