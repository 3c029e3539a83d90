//! Cubes: a handful of group-bys over the big dataset, each one a `.sql` file in a portable subset of SQL.
//!
//! The table is a parameter, because engines name a folder of Parquet files in different ways; the text is the same.

use std::path::Path;

use jiff::civil::Date;
use polars::prelude::{
    AnyValue, DataFrame, LazyFrame, PlRefPath, PolarsError, ScanArgsParquet, UnionArgs, concat,
};
use polars::sql::SQLContext;

use crate::dataset::{DatasetError, Manifest};

/// A cube.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cube {
    /// Distinct people by organisation and week.
    ActivePeople,
    /// Contributions by organisation × organisation.
    Interactions,
    /// Distinct readers by news item and organisation.
    NewsReaders,
    /// Distinct readers of any news by organisation.
    NewsAudience,
    /// Events a day.
    Days,
}

impl Cube {
    /// The query, with `{activity}`, `{from}` and `{to}` to be filled in.
    pub fn sql(self) -> &'static str {
        match self {
            Self::ActivePeople => include_str!("active_people.sql"),
            Self::Interactions => include_str!("interactions.sql"),
            Self::NewsReaders => include_str!("news_readers.sql"),
            Self::NewsAudience => include_str!("news_audience.sql"),
            Self::Days => include_str!("days.sql"),
        }
    }
}

/// Why a cube could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CubeError {
    /// The dataset cannot be read.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// The engine failed.
    #[error("the query engine failed")]
    Engine(#[from] PolarsError),
    /// The engine's answer has another shape than the query.
    #[error("the query engine answered without the column `{0}`")]
    Shape(&'static str),
}

/// An engine over a dataset, in this process.
pub struct Engine {
    context: SQLContext,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens the dataset in that folder.
    pub fn open(folder: &Path) -> Result<Self, CubeError> {
        let files = Manifest::read(folder)?.files(folder)?;
        let frames = files.iter().map(|file| scan(file)).collect::<Result<Vec<_>, _>>()?;
        let context = SQLContext::new();
        context.register("activity", concat(frames, UnionArgs::default())?);
        Ok(Self { context })
    }

    /// Runs a cube over a period, both days included.
    pub fn run(&mut self, cube: Cube, from: Date, to: Date) -> Result<Rows, CubeError> {
        let sql = cube
            .sql()
            .replace("{activity}", "activity")
            .replace("{from}", &from.to_string())
            .replace("{to}", &to.to_string());
        Ok(Rows(self.context.execute(&sql)?.collect()?))
    }

    /// The first and the last day that the dataset holds.
    pub fn bounds(&mut self) -> Result<Option<(Date, Date)>, CubeError> {
        let sql = "SELECT MIN(activity_day) AS first_day, MAX(activity_day) AS last_day FROM activity";
        let rows = Rows(self.context.execute(sql)?.collect()?);
        let first = rows.days("first_day")?.into_iter().flatten().next();
        let last = rows.days("last_day")?.into_iter().flatten().next();
        Ok(first.zip(last))
    }
}

fn scan(file: &Path) -> Result<LazyFrame, PolarsError> {
    LazyFrame::scan_parquet(PlRefPath::try_from_path(file)?, ScanArgsParquet::default())
}

/// A cube's rows, by column.
#[derive(Debug, Clone)]
pub struct Rows(DataFrame);

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.height()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A column of texts.
    pub fn texts(&self, column: &'static str) -> Result<Vec<String>, CubeError> {
        let series = self.0.column(column).map_err(|_| CubeError::Shape(column))?;
        Ok(series.str()?.iter().map(|text| text.unwrap_or_default().to_owned()).collect())
    }

    /// A column of counts.
    pub fn counts(&self, column: &'static str) -> Result<Vec<u64>, CubeError> {
        let series = self.0.column(column).map_err(|_| CubeError::Shape(column))?;
        (0..series.len())
            .map(|index| series.get(index)?.extract::<u64>().ok_or(CubeError::Shape(column)))
            .collect()
    }

    /// A column of days.
    pub fn days(&self, column: &'static str) -> Result<Vec<Option<Date>>, CubeError> {
        let series = self.0.column(column).map_err(|_| CubeError::Shape(column))?;
        (0..series.len())
            .map(|index| match series.get(index)? {
                AnyValue::Date(days) => Ok(day_of(days)),
                AnyValue::Null => Ok(None),
                _ => Err(CubeError::Shape(column)),
            })
            .collect()
    }
}

/// The day that Parquet's number of days since 1970 means.
fn day_of(days: i32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(i64::from(days)).ok()?).ok()
}
