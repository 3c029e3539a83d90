//! How far news gets.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::active_people::{number, share};
use super::{Basis, MetricsError, by_code};
use crate::cubes::Cube;
use crate::disclosure::suppress;
use crate::table::{ALL, Cell, Column, ColumnKind, Table};

pub(super) const ID: &str = "news_reach";

pub(super) const OVERALL_ID: &str = "news_reach_overall";

/// How many items are shown.
const ITEMS: usize = 20;

/// Readers of the most-read items, and of news at all.
///
/// Unit: people. Denominator of the share: people in active service.
pub(super) fn tables(basis: &mut Basis<'_>) -> Result<[Table; 2], MetricsError> {
    Ok([by_item(basis)?, overall(basis)?])
}

fn by_item(basis: &mut Basis<'_>) -> Result<Table, MetricsError> {
    let rows = basis.rows(Cube::NewsReaders)?;
    let mut items: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    let codes = rows.texts("actor_org")?;
    for ((item, code), people) in rows.texts("object")?.into_iter().zip(codes).zip(rows.counts("people")?) {
        items.entry(item).or_default().insert(code, people);
    }
    let mut ranked: Vec<(String, BTreeMap<String, u64>)> = items.into_iter().collect();
    ranked.sort_by_cached_key(|(item, readers)| (Reverse(readers.values().sum::<u64>()), item.clone()));
    let mut table = Table { id: ID, columns: ITEM_COLUMNS.to_vec(), rows: Vec::new() };
    for (item, readers) in ranked.into_iter().take(ITEMS) {
        let known = basis.directory.item(&item);
        let title = known.map_or(Cell::Gap, |item| Cell::Localised(item.title.clone()));
        let issued =
            known.map_or(Cell::Gap, |item| Cell::Date(item.issued.to_zoned_datetime(TimeZone::UTC).date()));
        for row in by_organisation(basis, &readers) {
            let mut cells = vec![Cell::Text(item.clone()), title.clone(), issued.clone()];
            cells.extend(row);
            table.rows.push(cells);
        }
    }
    Ok(table)
}

fn overall(basis: &mut Basis<'_>) -> Result<Table, MetricsError> {
    let rows = basis.rows(Cube::NewsAudience)?;
    let readers = by_code(&rows, "actor_org", "people")?;
    let rows = by_organisation(basis, &readers);
    let columns = ITEM_COLUMNS.into_iter().skip(3).collect();
    Ok(Table { id: OVERALL_ID, columns, rows })
}

/// Organisation, readers, staff and share, the whole last.
fn by_organisation(basis: &Basis<'_>, readers: &BTreeMap<String, u64>) -> Vec<Vec<Cell>> {
    let organisations = basis.directory.organisations();
    let counts: Vec<u64> = organisations
        .iter()
        .map(|organisation| readers.get(&organisation.code).copied().unwrap_or_default())
        .collect();
    let decided = suppress(&counts, basis.k);
    let staff_of_all = organisations.iter().map(|organisation| organisation.staff).sum();
    let parts = organisations.iter().map(|organisation| (organisation.code.as_str(), organisation.staff));
    let parts = parts.zip(counts.iter().copied()).zip(decided.parts.iter().copied());
    let whole = ((ALL, staff_of_all), counts.iter().sum());
    parts
        .chain([(whole, decided.total)])
        .map(|(((code, staff), count), hidden)| {
            let people = hidden.map_or(Cell::Number(number(count)), Cell::Hidden);
            let share = share(&people, staff);
            vec![Cell::Organisation(code.to_owned()), people, basis.k.cell(staff, number(staff)), share]
        })
        .collect()
}

const ITEM_COLUMNS: [Column; 7] = [
    Column { id: "item", kind: ColumnKind::Text },
    Column { id: "title", kind: ColumnKind::Text },
    Column { id: "published", kind: ColumnKind::Date },
    Column { id: "organisation", kind: ColumnKind::Organisation },
    Column { id: "readers", kind: ColumnKind::Count },
    Column { id: "staff", kind: ColumnKind::Count },
    Column { id: "share", kind: ColumnKind::Share },
];
