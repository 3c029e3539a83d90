//! Reports: one HTML page with charts and the tables behind them, the same tables as a workbook and as CSV, and all
//! of it as JSON. Made of [`ReportTables`] only: what disclosure control has not let through cannot get in.

mod chart;
mod csv;
mod key_figures;
mod page;
mod sections;
mod tables;
mod workbook;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kampus_core::Language;
use serde::Serialize;

pub use chart::ChartError;

use crate::directory::Directory;
use crate::table::ReportTables;
use crate::words::Words;

/// The files of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The page to read.
    pub page: PathBuf,
    /// The tables as a workbook.
    pub workbook: PathBuf,
    /// All of it as JSON.
    pub json: PathBuf,
    /// The tables as CSV.
    pub csv: Vec<PathBuf>,
}

/// Why a report could not be written. What stands under its names is whole, old or new.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A chart could not be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// The workbook could not be made.
    #[error("cannot make the workbook")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// CSV or JSON could not be made.
    #[error("cannot write the tables down")]
    Encode(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A file could not be written.
    #[error("cannot write `{path}`")]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl From<::csv::Error> for ReportError {
    fn from(error: ::csv::Error) -> Self {
        Self::Encode(Box::new(error))
    }
}

impl From<serde_json::Error> for ReportError {
    fn from(error: serde_json::Error) -> Self {
        Self::Encode(Box::new(error))
    }
}

/// Writes a report in a language into a folder: `report.html`, `report.xlsx`, `report.json`, `tables/*.csv`.
pub fn write(
    folder: &Path,
    tables: &ReportTables,
    directory: &Directory,
    language: Language,
) -> Result<Written, ReportError> {
    let words = Words::of(language);
    let html = page::render(tables, directory, &words)?;
    let mut files = vec![
        (PathBuf::from("report.html"), html.into_bytes()),
        (PathBuf::from("report.xlsx"), workbook::encode(tables, directory, &words)?),
        (PathBuf::from("report.json"), serde_json::to_vec_pretty(tables)?),
    ];
    for table in &tables.tables {
        let name = Path::new("tables").join(format!("{}.csv", table.id));
        files.push((name, csv::encode(table, &words)?));
    }
    for (name, bytes) in &files {
        replace(&folder.join(name), bytes)?;
    }
    let csv = files.iter().skip(3).map(|(name, _)| folder.join(name)).collect();
    Ok(Written {
        page: folder.join("report.html"),
        workbook: folder.join("report.xlsx"),
        json: folder.join("report.json"),
        csv,
    })
}

/// Puts a file into place in one step.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let failed = |source| ReportError::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".new");
    fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).map_err(failed)
}
