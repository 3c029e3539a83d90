//! Tidy tables: what metrics make and reports are made of.

use jiff::civil::Date;
use kampus_core::Localised;
use serde::{Serialize, Serializer};

/// The code that stands for all organisations together.
pub const ALL: &str = "ALL";

/// A table of a report, after disclosure control.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Its name in files, and the key of its title.
    pub id: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The cell of a row in that column; a gap where the table has no such column.
    pub fn cell<'a>(&self, row: &'a [Cell], column: &str) -> &'a Cell {
        let index = self.columns.iter().position(|known| known.id == column);
        index.and_then(|index| row.get(index)).unwrap_or(&Cell::Gap)
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name in files, and the key of its heading.
    pub id: &'static str,
    /// What its cells are.
    pub kind: ColumnKind,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Code of an organisation, shown by its name.
    Organisation,
    /// A day.
    Date,
    /// Text.
    Text,
    /// A number of people or events.
    Count,
    /// A part of a whole, from 0 to 1.
    Share,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// Text in several languages.
    Localised(Localised<String>),
    /// Code of an organisation, or [`ALL`].
    Organisation(String),
    /// A day.
    Date(Date),
    /// A number that may be shown.
    Number(f64),
    /// A number that may not.
    Hidden(HiddenReason),
    /// There is no number: no data were recorded, or there is nothing to divide by.
    Gap,
}

impl Cell {
    /// The number, if there is one to show.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The code of an organisation.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Organisation(code) => Some(code),
            _ => None,
        }
    }

    /// The day.
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }
}

impl Serialize for Cell {
    /// As the value itself; `{"hidden": true}` for what may not be shown, whatever the reason, and `null` for a gap.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::Organisation(text) => serializer.serialize_str(text),
            Self::Localised(text) => text.serialize(serializer),
            Self::Date(date) => date.serialize(serializer),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Hidden(_) => Hidden { hidden: true }.serialize(serializer),
            Self::Gap => serializer.serialize_none(),
        }
    }
}

#[derive(Serialize)]
struct Hidden {
    hidden: bool,
}

/// Why a number is hidden. Reports do not tell: which of two hidden numbers is the small one helps to guess both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HiddenReason {
    /// It is about fewer people than the least group.
    Small,
    /// With it one could work out a number about fewer people.
    Complementary,
}

/// How good the data are that a report rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Quality {
    /// Events in the period.
    pub events: u64,
    /// The first day with data.
    pub first_day: Option<Date>,
    /// The last day with data.
    pub last_day: Option<Date>,
    /// Events of people whom the directory does not know; in no figure.
    pub unknown_actors: u64,
    /// Runs of days without any event, first and last day, at least three days long.
    pub gaps: Vec<(Date, Date)>,
    /// Rows that could not be read when they were ingested.
    pub rejected_rows: u64,
}

/// All tables of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportTables {
    /// The first day of the period.
    pub from: Date,
    /// The last day of the period.
    pub to: Date,
    /// The least number of people that a figure may be about.
    pub min_group: u32,
    /// The tables.
    pub tables: Vec<Table>,
    /// How good the data are.
    pub quality: Quality,
}

impl ReportTables {
    /// The table of that name.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }
}
