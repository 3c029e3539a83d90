//! Active people by organisation and week.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Basis, MetricsError};
use crate::cubes::Cube;
use crate::disclosure::suppress;
use crate::table::{ALL, Cell, Column, ColumnKind, Table};

pub(super) const ID: &str = "active_people";

/// People active in each week, by organisation and in all.
///
/// Unit: people. Denominator of the share: people in active service. A week without any data has no rows; a week
/// that is cut by the period counts what is in the period.
pub(super) fn table(basis: &mut Basis<'_>) -> Result<Table, MetricsError> {
    let rows = basis.rows(Cube::ActivePeople)?;
    let mut weeks: BTreeMap<Date, BTreeMap<String, u64>> = BTreeMap::new();
    let texts = rows.texts("actor_org")?;
    for ((week, code), people) in rows.days("week")?.into_iter().zip(texts).zip(rows.counts("people")?) {
        if let Some(week) = week {
            weeks.entry(week).or_default().insert(code, people);
        }
    }
    let organisations = basis.directory.organisations();
    let staff_of_all: u64 = organisations.iter().map(|organisation| organisation.staff).sum();
    let mut table = Table { id: ID, columns: COLUMNS.to_vec(), rows: Vec::new() };
    for (week, people) in &weeks {
        let counts: Vec<u64> = organisations
            .iter()
            .map(|organisation| people.get(&organisation.code).copied().unwrap_or_default())
            .collect();
        let decided = suppress(&counts, basis.k);
        let figures =
            organisations.iter().map(|organisation| (organisation.code.as_str(), organisation.staff));
        for (((code, staff), count), hidden) in figures.zip(&counts).zip(&decided.parts) {
            let people = hidden.map_or(Cell::Number(number(*count)), Cell::Hidden);
            table.rows.push(row(*week, code, people, staff, basis));
        }
        let total = counts.iter().sum();
        let people = decided.total.map_or(Cell::Number(number(total)), Cell::Hidden);
        table.rows.push(row(*week, ALL, people, staff_of_all, basis));
    }
    Ok(table)
}

const COLUMNS: [Column; 5] = [
    Column { id: "week", kind: ColumnKind::Date },
    Column { id: "organisation", kind: ColumnKind::Organisation },
    Column { id: "people", kind: ColumnKind::Count },
    Column { id: "staff", kind: ColumnKind::Count },
    Column { id: "share", kind: ColumnKind::Share },
];

fn row(week: Date, code: &str, people: Cell, staff: u64, basis: &Basis<'_>) -> Vec<Cell> {
    let share = share(&people, staff);
    vec![
        Cell::Date(week),
        Cell::Organisation(code.to_owned()),
        people,
        basis.k.cell(staff, number(staff)),
        share,
    ]
}

/// People as a share of staff; hidden with the people, a gap when there is nobody to divide by.
pub(super) fn share(people: &Cell, staff: u64) -> Cell {
    match people {
        Cell::Number(_) if staff == 0 => Cell::Gap,
        Cell::Number(people) => Cell::Number(people / number(staff)),
        other => other.clone(),
    }
}

/// Counts are small enough for a `f64` to hold them exactly.
#[expect(clippy::cast_precision_loss, reason = "counts of people and events stay far below 2^53")]
pub(super) fn number(count: u64) -> f64 {
    count as f64
}
