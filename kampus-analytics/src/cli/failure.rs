//! Why a command ended early, and what the shell is told.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

use kampus_analytics::Directory;
use kampus_analytics::cubes::CubeError;
use kampus_analytics::dataset::DatasetError;
use kampus_analytics::ingest::{IngestError, KeyError};
use kampus_analytics::metrics::MetricsError;
use kampus_analytics::report::ReportError;

use super::printer::Printer;

/// Why a command ended early.
#[derive(Debug)]
pub enum Failure {
    /// The command line is wrong.
    Usage(String),
    /// It did not work.
    Failed(String),
    /// Whoever read the output has gone.
    Closed,
}

impl Failure {
    /// The exit status.
    pub fn status(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Failed(_) => 1,
            Self::Closed => 0,
        }
    }

    /// Tells what went wrong.
    pub fn tell(&self, printer: &Printer) {
        match self {
            Self::Usage(message) | Self::Failed(message) => printer.error(message),
            Self::Closed => {}
        }
    }
}

/// The directory in a store that has to be there: a mistyped name must not make an empty one.
pub fn directory(store: &Path) -> Result<Directory, Failure> {
    if !store.is_file() {
        return Err(Failure::Usage(format!("there is no store `{}`", store.display())));
    }
    Directory::read(store).map_err(|error| {
        Failure::Failed(format!("cannot open the store `{}`: {}", store.display(), chain(&error)))
    })
}

/// The folder that a store is in.
pub fn folder_of(store: &Path) -> PathBuf {
    match store.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

impl From<MetricsError> for Failure {
    fn from(error: MetricsError) -> Self {
        match error {
            MetricsError::Period { .. }
            | MetricsError::Empty { .. }
            | MetricsError::Dataset(DatasetError::Missing(_))
            | MetricsError::Cube(CubeError::Dataset(DatasetError::Missing(_))) => Self::Usage(chain(&error)),
            _ => Self::Failed(chain(&error)),
        }
    }
}

impl From<IngestError> for Failure {
    fn from(error: IngestError) -> Self {
        Self::Failed(chain(&error))
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::Failed(chain(&error))
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        Self::Failed(chain(&error))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(format!("cannot make the JSON document: {error}"))
    }
}

impl From<io::Error> for Failure {
    /// An error of standard output, which is the only thing that commands write to directly.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Failed(format!("cannot write to standard output: {error}")),
        }
    }
}

/// An error with its causes, each once: `cannot read the source: no such file`.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.ends_with(&said) {
            text = format!("{text}: {said}");
        }
        cause = error.source();
    }
    text
}
