//! Rows into Parquet files, a folder a month.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use polars::prelude::{Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetWriter, Series, TimeUnit};

use super::row::Row;
use super::{IngestError, write_all};

/// How many rows are held before a part is written.
const PART: usize = 200_000;

/// The files of one source under way.
pub(super) struct Parts<'a> {
    into: &'a Path,
    source: String,
    pending: BTreeMap<String, Vec<Row>>,
    held: usize,
    next: usize,
    /// Where a part is now, and where it belongs.
    written: Vec<(PathBuf, PathBuf)>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(into: &'a Path, source: &str) -> Result<Self, IngestError> {
        let parts = Self {
            into,
            source: source.to_owned(),
            pending: BTreeMap::new(),
            held: 0,
            next: 0,
            written: Vec::new(),
        };
        let folder = parts.incoming();
        // What an interrupted ingest of the same source left behind is made again.
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|source| failed(&folder, source))?;
        }
        fs::create_dir_all(&folder).map_err(|source| failed(&folder, source))?;
        Ok(parts)
    }

    fn incoming(&self) -> PathBuf {
        self.into.join(format!(".incoming-{}", self.source))
    }

    pub(super) fn push(&mut self, row: Row) -> Result<(), IngestError> {
        let month = format!("{:04}-{:02}", row.day.year(), row.day.month());
        self.pending.entry(month).or_default().push(row);
        self.held += 1;
        if self.held >= PART { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), IngestError> {
        self.held = 0;
        for (month, rows) in std::mem::take(&mut self.pending) {
            let name = format!("{}-{:04}.parquet", self.source, self.next);
            self.next += 1;
            let fresh = self.incoming().join(&name);
            let bytes =
                encode(&rows).map_err(|source| IngestError::Parquet { path: fresh.clone(), source })?;
            write_all(&fresh, &bytes).map_err(|source| failed(&fresh, source))?;
            self.written.push((fresh, PathBuf::from(format!("month={month}")).join(name)));
        }
        Ok(())
    }

    /// Moves everything into place; tells the files, relative to the dataset.
    pub(super) fn finish(mut self) -> Result<Vec<PathBuf>, IngestError> {
        self.write()?;
        let mut files = Vec::new();
        for (fresh, file) in &self.written {
            let place = self.into.join(file);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
            }
            fs::rename(fresh, &place).map_err(|source| failed(&place, source))?;
            files.push(file.clone());
        }
        let folder = self.incoming();
        fs::remove_dir_all(&folder).map_err(|source| failed(&folder, source))?;
        Ok(files)
    }
}

fn failed(path: &Path, source: std::io::Error) -> IngestError {
    IngestError::Write { path: path.to_owned(), source }
}

fn encode(rows: &[Row]) -> Result<Vec<u8>, polars::error::PolarsError> {
    let texts = |name: &str, get: fn(&Row) -> Option<&str>| -> Column {
        Series::new(name.into(), rows.iter().map(get).collect::<Vec<_>>()).into_column()
    };
    let days = |name: &str, get: fn(&Row) -> Date| -> Result<Column, polars::error::PolarsError> {
        let numbers: Vec<i32> = rows.iter().map(|row| days_since_1970(get(row))).collect();
        Ok(Series::new(name.into(), numbers).cast(&DataType::Date)?.into_column())
    };
    let moments: Vec<i64> = rows.iter().map(|row| row.occurred_at.as_millisecond()).collect();
    let moments = Series::new("occurred_at".into(), moments)
        .cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?
        .into_column();
    let mut frame = DataFrame::new(
        rows.len(),
        vec![
            moments,
            // `day` is a function in several engines.
            days("activity_day", |row| row.day)?,
            days("week", |row| row.week)?,
            texts("actor", |row| Some(&row.actor)),
            texts("actor_org", |row| row.actor_org.as_deref()),
            texts("verb", |row| Some(&row.verb)),
            texts("object", |row| row.object.as_deref()),
            texts("object_kind", |row| row.object_kind.as_deref()),
            texts("object_org", |row| row.object_org.as_deref()),
            texts("space", |row| row.space.as_deref()),
        ],
    )?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame)?;
    Ok(bytes)
}

fn days_since_1970(day: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(day).map_or(0, |span| span.get_days())
}
