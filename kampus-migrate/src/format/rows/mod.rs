//! Tables: which row is the header, which column is which field, and what a row says.

mod access;
mod headers;
pub(super) mod page;
mod person;
mod values;

use std::collections::{BTreeMap, HashSet};

use super::{Event, ReadFault, ReadOptions, RowKind, Yield};
use crate::record::{LegacyTime, Place};

/// In how many rows the header is looked for: titles and empty rows come before it.
const LOOK: usize = 30;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text; numbers as people read them.
    Text(String),
    /// A date that the spreadsheet knows as one.
    Date(LegacyTime),
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.trim().to_owned(),
            Self::Date(LegacyTime::Local(wall)) => wall.to_string(),
            Self::Date(LegacyTime::Instant(at)) => at.to_string(),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Date(_) => false,
        }
    }
}

/// A row with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// One-based number of the row, or line.
    pub(super) number: u64,
    pub(super) place: Place,
}

/// Turns the rows of a table into records, the header found on the way.
pub(super) struct Table {
    options: ReadOptions,
    /// The sheet's name, for places.
    sheet: Option<String>,
    waiting: Vec<Row>,
    columns: Option<Columns>,
    seen: HashSet<String>,
}

/// Which column is which field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// Field to column.
    fields: BTreeMap<&'static str, usize>,
    /// Headers of the columns that are no field, with their columns.
    others: Vec<(usize, String)>,
}

/// A row as its fields.
pub(super) struct Fields<'a> {
    columns: &'a Columns,
    row: &'a Row,
    /// What is worth knowing about it.
    pub(super) notices: Vec<String>,
}

impl<'a> Fields<'a> {
    /// Fields that were found otherwise than by columns: each with its text, and what else there is.
    pub(super) fn of(columns: &'a Columns, row: &'a Row) -> Self {
        Self { columns, row, notices: Vec::new() }
    }
}

impl Columns {
    /// One column for each field, then one for each other thing.
    pub(super) fn of(fields: &[&'static str], others: Vec<String>) -> Self {
        let first = fields.len();
        Self {
            fields: fields.iter().enumerate().map(|(column, field)| (*field, column)).collect(),
            others: others.into_iter().enumerate().map(|(place, name)| (first + place, name)).collect(),
        }
    }
}

impl Fields<'_> {
    fn cell(&self, field: &str) -> &Cell {
        const NOTHING: &Cell = &Cell::Empty;
        self.columns.fields.get(field).and_then(|column| self.row.cells.get(*column)).unwrap_or(NOTHING)
    }

    /// Whether the table has a column for a field.
    fn has(&self, field: &str) -> bool {
        self.columns.fields.contains_key(field)
    }

    /// The text of a field; `None` when it is empty.
    fn text(&self, field: &str) -> Option<String> {
        let text = self.cell(field).text();
        (!text.is_empty()).then_some(text)
    }

    /// The columns that are no field, by their headers.
    fn others(&self) -> BTreeMap<String, String> {
        let values = self.columns.others.iter().filter_map(|(column, header)| {
            let text = self.row.cells.get(*column)?.text();
            (!text.is_empty()).then(|| (header.clone(), text))
        });
        values.collect()
    }
}

impl Table {
    pub(super) fn new(options: ReadOptions, sheet: Option<String>) -> Self {
        Self { options, sheet, waiting: Vec::new(), columns: None, seen: HashSet::new() }
    }

    /// Whether the header was found.
    pub(super) fn has_header(&self) -> bool {
        self.columns.is_some()
    }

    /// Why there is no header, with what was found instead.
    pub(super) fn no_header(&self) -> String {
        headers::missing(&self.options, &self.waiting)
    }

    /// Takes a row in; yields what it says.
    pub(super) fn take(&mut self, row: Row) -> Vec<Yield> {
        if row.cells.iter().all(Cell::is_empty) {
            return Vec::new();
        }
        let Some(columns) = &self.columns else {
            if self.waiting.len() < LOOK {
                self.columns = headers::find(&self.options, &row);
                self.waiting.push(row);
            }
            return Vec::new();
        };
        let mut fields = Fields::of(columns, &row);
        let record = match self.options.rows {
            RowKind::Pages => page::record(&mut fields, &self.options.values),
            RowKind::People => person::record(&mut fields),
        };
        let mut place = row.place.clone();
        let kind = match self.options.rows {
            RowKind::Pages => "page",
            RowKind::People => "person",
        };
        let mut out: Vec<Yield> = Vec::new();
        match record {
            Ok(record) if self.seen.contains(&record.id) => {
                let reason = format!("the id `{}` was used before in this table", record.id);
                out.push(Err(ReadFault::Record {
                    place,
                    id: Some(record.id),
                    kind: kind.to_owned(),
                    reason,
                }));
            }
            Ok(record) => {
                self.seen.insert(record.id.clone());
                for text in fields.notices {
                    out.push(Ok(Event::Notice { place: place.clone(), text }));
                }
                out.push(Ok(Event::Record(Box::new(record))));
            }
            Err((field, reason)) => {
                if let Some(column) = columns.fields.get(field)
                    && self.sheet.is_some()
                {
                    place.cell = Some(cell_name(self.sheet.as_deref(), *column, row.number));
                }
                out.push(Err(ReadFault::Record { place, id: None, kind: kind.to_owned(), reason }));
            }
        }
        out
    }
}

/// A cell as a spreadsheet shows it: `Sivut!B7`.
pub(super) fn cell_name(sheet: Option<&str>, column: usize, row: u64) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    match sheet {
        Some(sheet) => format!("{sheet}!{letters}{row}"),
        None => format!("{letters}{row}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        assert_eq!(cell_name(Some("Sivut"), 1, 7), "Sivut!B7");
        assert_eq!(cell_name(None, 26, 1), "AA1");
        assert_eq!(cell_name(None, 701, 2), "ZZ2");
    }
}
