//! Ingest: activity as it was recorded, into the dataset.
//!
//! Streaming, and idempotent: a source is known by the hash of its bytes. Everything is written under names that
//! nobody reads yet, moved into place, and counts only when the dataset's list names it; so a kill loses nothing and
//! leaves nothing half-done.

mod parquet;
mod pseudonym;
mod reader;
mod row;

use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

pub use pseudonym::{KeyError, Pseudonyms};
pub use reader::SourceFormat;
pub use row::{Row, RowFault};

use crate::dataset::{DatasetError, IngestedSource, Manifest};
use crate::directory::Directory;
use parquet::Parts;
use reader::Reader;

/// What became of the sources. The document of `ingest --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IngestOutcome {
    /// Version of this document.
    pub version: u32,
    /// Each source.
    pub sources: Vec<SourceOutcome>,
}

impl IngestOutcome {
    /// Rows that could not be read, in all sources.
    pub fn rejected(&self) -> u64 {
        self.sources.iter().map(|source| source.rejected).sum()
    }
}

/// What became of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct SourceOutcome {
    /// Its name.
    pub source: String,
    /// Rows read.
    pub read: u64,
    /// Rows taken in.
    pub ingested: u64,
    /// Rows that could not be read; written aside.
    pub rejected: u64,
    /// Rows of people whom the directory does not know; taken in, and counted in no figure.
    pub unknown_actors: u64,
    /// Whether the same bytes had been ingested before, so that nothing was done.
    pub already_ingested: bool,
    /// Where the rows that could not be read were written.
    pub rejected_rows: Option<PathBuf>,
}

/// Why ingesting could not go on. What was ingested before stays.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// A source cannot be read.
    #[error("cannot read `{path}`")]
    Source {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The dataset cannot be written.
    #[error("cannot write to `{path}`")]
    Write {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Parquet could not be made.
    #[error("cannot write Parquet to `{path}`")]
    Parquet {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: polars::error::PolarsError,
    },
    /// The key of pseudonyms cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The dataset's list cannot be used.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

/// Where activity is put, and with what it is completed.
#[derive(Debug)]
pub struct Ingest<'a> {
    /// Organisations of people and spaces.
    pub directory: &'a Directory,
    /// Turns people into pseudonyms.
    pub pseudonyms: &'a Pseudonyms,
    /// The dataset's folder.
    pub into: &'a Path,
    /// The format of the sources; told by their first byte otherwise.
    pub format: Option<SourceFormat>,
}

impl Ingest<'_> {
    /// Takes sources in, one after another; `progress` hears the bytes read of the current one and its size.
    pub fn run(
        &self,
        sources: &[PathBuf],
        progress: &mut dyn FnMut(&Path, u64, u64),
    ) -> Result<IngestOutcome, IngestError> {
        fs::create_dir_all(self.into)
            .map_err(|source| IngestError::Write { path: self.into.to_owned(), source })?;
        let mut outcome = IngestOutcome { version: 1, sources: Vec::new() };
        for source in sources {
            outcome.sources.push(self.source(source, progress)?);
        }
        Ok(outcome)
    }

    fn source(
        &self,
        path: &Path,
        progress: &mut dyn FnMut(&Path, u64, u64),
    ) -> Result<SourceOutcome, IngestError> {
        let unreadable = |source| IngestError::Source { path: path.to_owned(), source };
        let hash = hash(path).map_err(unreadable)?;
        let name =
            path.file_name().map_or_else(|| "source".to_owned(), |name| name.to_string_lossy().into_owned());
        let mut manifest = Manifest::read(self.into)?;
        if let Some(known) = manifest.sources.iter().find(|known| known.hash == hash) {
            return Ok(SourceOutcome {
                source: name,
                read: known.rows + known.rejected,
                already_ingested: true,
                ..SourceOutcome::default()
            });
        }
        let size = path.metadata().map_err(unreadable)?.len();
        let file = File::open(path).map_err(unreadable)?;
        let mut reader =
            Reader::new(BufReader::with_capacity(1 << 16, file), self.format).map_err(unreadable)?;
        let mut parts = Parts::new(self.into, hash.get(..16).unwrap_or(&hash))?;
        let mut outcome = SourceOutcome { source: name.clone(), ..SourceOutcome::default() };
        let mut aside = Aside::new(self.into, hash.get(..16).unwrap_or(&hash), &name);
        while let Some(next) = reader.next_row() {
            outcome.read += 1;
            match next.map_err(unreadable)? {
                Ok(raw) => match Row::new(raw, self.directory, self.pseudonyms) {
                    Ok(row) => {
                        outcome.ingested += 1;
                        outcome.unknown_actors += u64::from(row.actor_org.is_none());
                        parts.push(row)?;
                    }
                    Err(fault) => {
                        outcome.rejected += 1;
                        aside.note(reader.line(), &fault.to_string())?;
                    }
                },
                Err(fault) => {
                    outcome.rejected += 1;
                    aside.note(reader.line(), &fault)?;
                }
            }
            if outcome.read.is_multiple_of(10_000) {
                progress(path, reader.bytes(), size);
            }
        }
        let files = parts.finish()?;
        outcome.rejected_rows = aside.finish()?;
        manifest.sources.push(IngestedSource {
            hash,
            name,
            rows: outcome.ingested,
            rejected: outcome.rejected,
            files,
        });
        manifest.write(self.into)?;
        Ok(outcome)
    }
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Rows that could not be read: file, line and reason, one row each.
struct Aside {
    path: PathBuf,
    source: String,
    open: Option<csv::Writer<File>>,
}

impl Aside {
    fn new(into: &Path, hash: &str, source: &str) -> Self {
        Self {
            path: into.join("rejected").join(format!("{hash}.csv")),
            source: source.to_owned(),
            open: None,
        }
    }

    fn note(&mut self, line: u64, reason: &str) -> Result<(), IngestError> {
        let failed = |path: &Path, source| IngestError::Write { path: path.to_owned(), source };
        if self.open.is_none() {
            if let Some(folder) = self.path.parent() {
                fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
            }
            let file = File::create(&self.path).map_err(|error| failed(&self.path, error))?;
            let mut writer = csv::Writer::from_writer(file);
            writer
                .write_record(["source", "line", "reason"])
                .map_err(|error| failed(&self.path, io::Error::other(error)))?;
            self.open = Some(writer);
        }
        match self.open.as_mut() {
            Some(writer) => writer
                .write_record([self.source.as_str(), &line.to_string(), reason])
                .map_err(|error| failed(&self.path, io::Error::other(error))),
            None => Ok(()),
        }
    }

    fn finish(self) -> Result<Option<PathBuf>, IngestError> {
        let Some(mut writer) = self.open else { return Ok(None) };
        writer.flush().map_err(|source| IngestError::Write { path: self.path.clone(), source })?;
        Ok(Some(self.path))
    }
}

/// Makes a file durable before its name is.
fn write_all(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
