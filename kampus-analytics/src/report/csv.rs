//! Tables as CSV, for other programs: RFC 4180 in UTF-8, points in numbers, days as ISO 8601, organisations as codes.

use super::ReportError;
use crate::table::{Cell, Table};
use crate::words::{HIDDEN, Words};

/// A table. What may not be shown is `..`; what is not there is empty.
pub(super) fn encode(table: &Table, words: &Words) -> Result<Vec<u8>, ReportError> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| column.id))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| field(cell, words)))?;
    }
    writer.into_inner().map_err(|error| ReportError::Encode(Box::new(error.into_error())))
}

fn field(cell: &Cell, words: &Words) -> String {
    match cell {
        Cell::Text(text) | Cell::Organisation(text) => harmless(text),
        Cell::Localised(text) => {
            text.best(&[words.language()]).map(|(_, text)| harmless(text)).unwrap_or_default()
        }
        Cell::Date(date) => date.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Hidden(_) => HIDDEN.to_owned(),
        Cell::Gap => String::new(),
    }
}

/// Titles are written by many people, and spreadsheets take what begins so for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use kampus_core::Language;

    use super::*;
    use crate::table::{Column, ColumnKind, HiddenReason};

    #[test]
    fn a_title_is_no_formula_and_hidden_figures_stay_hidden() {
        let column = |id, kind| Column { id, kind };
        let table = Table {
            id: "t",
            columns: vec![column("title", ColumnKind::Text), column("people", ColumnKind::Count)],
            rows: vec![
                vec![Cell::Text("=1+1, \"x\"".into()), Cell::Number(12.0)],
                vec![Cell::Gap, Cell::Hidden(HiddenReason::Small)],
            ],
        };
        let bytes = encode(&table, &Words::of(Language::Fi)).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "title,people\n\"'=1+1, \"\"x\"\"\",12\n,..\n");
    }
}
