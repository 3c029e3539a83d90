//! Metrics: from the small cubes and the directory to tidy tables, each with its definition.

mod active_people;
mod interactions;
mod news_reach;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use kampus_core::Language;
use serde::Serialize;

use crate::cubes::{Cube, CubeError, Engine, Rows};
use crate::dataset::{DatasetError, Manifest};
use crate::directory::Directory;
use crate::disclosure::MinGroup;
use crate::table::{Quality, ReportTables};
use crate::words::Words;

/// A metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Metric {
    /// Its name: the id of its table.
    pub id: &'static str,
    /// What it is called.
    pub title: String,
    /// What it counts, its denominator, and where it comes from.
    pub definition: String,
}

/// All metrics, described in a language as in every report.
pub fn described(language: Language) -> Vec<Metric> {
    let words = Words::of(language);
    let metric = |id: &'static str| Metric {
        id,
        title: words.text(&format!("table-{id}")),
        definition: words.text(&format!("define-{id}")),
    };
    [active_people::ID, interactions::ID, news_reach::ID, news_reach::OVERALL_ID].map(metric).into()
}

/// Days without events that make a gap: a weekend is none.
const GAP_DAYS: i32 = 3;

/// Why there are no metrics.
#[derive(Debug, thiserror::Error)]
pub enum MetricsError {
    /// A cube could not be made.
    #[error(transparent)]
    Cube(#[from] CubeError),
    /// The dataset cannot be read.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// There is nothing in the period.
    #[error("there is no activity between {from} and {to}")]
    Empty {
        /// First day asked for.
        from: Date,
        /// Last day asked for.
        to: Date,
    },
    /// The period ends before it begins.
    #[error("the period ends ({to}) before it begins ({from})")]
    Period {
        /// First day asked for.
        from: Date,
        /// Last day asked for.
        to: Date,
    },
}

/// What metrics are made from.
pub(crate) struct Basis<'a> {
    pub(crate) directory: &'a Directory,
    pub(crate) engine: Engine,
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) k: MinGroup,
}

impl Basis<'_> {
    pub(crate) fn rows(&mut self, cube: Cube) -> Result<Rows, CubeError> {
        self.engine.run(cube, self.from, self.to)
    }
}

/// Makes all tables of a report on the dataset in a folder. Without `from` or `to` the period reaches as far as the
/// data.
pub fn build(
    directory: &Directory,
    activity: &Path,
    from: Option<Date>,
    to: Option<Date>,
    k: MinGroup,
) -> Result<ReportTables, MetricsError> {
    let mut engine = Engine::open(activity)?;
    let bounds = engine.bounds()?;
    let from = from.or(bounds.map(|(first, _)| first)).unwrap_or_default();
    let to = to.or(bounds.map(|(_, last)| last)).unwrap_or_default();
    if to < from {
        return Err(MetricsError::Period { from, to });
    }
    let mut basis = Basis { directory, engine, from, to, k };
    let quality = quality(&mut basis, activity)?;
    let mut tables = vec![active_people::table(&mut basis)?, interactions::table(&mut basis)?];
    tables.extend(news_reach::tables(&mut basis)?);
    Ok(ReportTables { from, to, min_group: k.get(), tables, quality })
}

fn quality(basis: &mut Basis<'_>, activity: &Path) -> Result<Quality, MetricsError> {
    let rows = basis.rows(Cube::Days)?;
    let days: Vec<Date> = rows.days("activity_day")?.into_iter().flatten().collect();
    if days.is_empty() {
        return Err(MetricsError::Empty { from: basis.from, to: basis.to });
    }
    Ok(Quality {
        events: rows.counts("events")?.iter().sum(),
        first_day: days.first().copied(),
        last_day: days.last().copied(),
        unknown_actors: rows.counts("unknown_actors")?.iter().sum(),
        gaps: gaps(&days),
        rejected_rows: Manifest::read(activity)?.sources.iter().map(|source| source.rejected).sum(),
    })
}

/// Runs of days without events between days that have some.
fn gaps(days: &[Date]) -> Vec<(Date, Date)> {
    let pairs = days.iter().zip(days.iter().skip(1));
    pairs
        .filter_map(|(before, after)| {
            let missing = before.until(*after).ok()?.get_days() - 1;
            let gap = (before.checked_add(1.day()).ok()?, after.checked_sub(1.day()).ok()?);
            (missing >= GAP_DAYS).then_some(gap)
        })
        .collect()
}

/// Counts of people by a text and a code, from a cube's rows.
pub(crate) fn by_code(
    rows: &Rows,
    key: &'static str,
    value: &'static str,
) -> Result<BTreeMap<String, u64>, CubeError> {
    Ok(rows.texts(key)?.into_iter().zip(rows.counts(value)?).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_weekend_is_no_gap_and_an_outage_is() {
        let days = [date(2018, 3, 2), date(2018, 3, 5), date(2018, 3, 6), date(2018, 3, 12)];
        assert_eq!(gaps(&days), [(date(2018, 3, 7), date(2018, 3, 11))]);
    }
}
