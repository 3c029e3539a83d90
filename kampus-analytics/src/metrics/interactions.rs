//! Who works in whose spaces.

use std::collections::BTreeMap;

use super::active_people::number;
use super::{Basis, MetricsError};
use crate::cubes::Cube;
use crate::table::{Cell, Column, ColumnKind, Table};

pub(super) const ID: &str = "interactions";

/// Contributions of each organisation in the spaces of each.
///
/// Unit: acts, and distinct people. No totals are published, so nothing can be worked out by subtraction. Pairs
/// without a single act look like those with too few people.
pub(super) fn table(basis: &mut Basis<'_>) -> Result<Table, MetricsError> {
    let rows = basis.rows(Cube::Interactions)?;
    let pairs = rows.texts("actor_org")?.into_iter().zip(rows.texts("object_org")?);
    let figures = rows.counts("events")?.into_iter().zip(rows.counts("people")?);
    let found: BTreeMap<(String, String), (u64, u64)> = pairs.zip(figures).collect();
    let actors: Vec<&str> =
        basis.directory.organisations().into_iter().map(|organisation| organisation.code.as_str()).collect();
    let mut owners = actors.clone();
    // Common spaces come last: they are nobody's own.
    for (_, owner) in found.keys() {
        if !owners.contains(&owner.as_str()) {
            owners.push(owner);
        }
    }
    let mut table = Table { id: ID, columns: COLUMNS.to_vec(), rows: Vec::new() };
    for actor in &actors {
        for owner in &owners {
            let key = ((*actor).to_owned(), (*owner).to_owned());
            let (events, people) = found.get(&key).copied().unwrap_or_default();
            table.rows.push(vec![
                Cell::Organisation(key.0),
                Cell::Organisation(key.1),
                basis.k.cell(people, number(events)),
                basis.k.cell(people, number(people)),
            ]);
        }
    }
    Ok(table)
}

const COLUMNS: [Column; 4] = [
    Column { id: "from", kind: ColumnKind::Organisation },
    Column { id: "to", kind: ColumnKind::Organisation },
    Column { id: "events", kind: ColumnKind::Count },
    Column { id: "people", kind: ColumnKind::Count },
];
