//! The Parquet dataset that activity is kept in.
//!
//! `month=2018-03/<source>-<part>.parquet`, and `sources.json` that names what belongs to it. A file that the list
//! does not name is the rest of an interrupted ingest and is never read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The list of what belongs to a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// The sources that were ingested, in their order.
    pub sources: Vec<IngestedSource>,
}

/// A source that was ingested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IngestedSource {
    /// Hash of its bytes: the same bytes are never ingested twice.
    pub hash: String,
    /// Its name, for people.
    pub name: String,
    /// Rows taken in.
    pub rows: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Its files, relative to the dataset.
    pub files: Vec<PathBuf>,
}

/// Why a dataset cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    /// There is none.
    #[error("there is no activity in `{0}`: ingest some first")]
    Missing(PathBuf),
    /// A file of it cannot be read or written.
    #[error("cannot use `{path}`")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Its list is damaged.
    #[error("`{path}` is damaged")]
    Manifest {
        /// The list.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: serde_json::Error,
    },
}

impl Manifest {
    fn path(folder: &Path) -> PathBuf {
        folder.join("sources.json")
    }

    /// Reads the list of a dataset; an empty one where there is none yet.
    pub fn read(folder: &Path) -> Result<Self, DatasetError> {
        let path = Self::path(folder);
        match fs::read(&path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|source| DatasetError::Manifest { path, source })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(DatasetError::File { path, source }),
        }
    }

    /// Writes the list in one step: readers see the old one or the new one.
    pub fn write(&self, folder: &Path) -> Result<(), DatasetError> {
        let path = Self::path(folder);
        let fresh = path.with_extension("json.new");
        let bytes = serde_json::to_vec_pretty(self)
            .map_err(|source| DatasetError::Manifest { path: path.clone(), source })?;
        fs::write(&fresh, bytes)
            .and_then(|()| fs::rename(&fresh, &path))
            .map_err(|source| DatasetError::File { path, source })
    }

    /// Every file that belongs to the dataset.
    pub fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, DatasetError> {
        let files: Vec<PathBuf> =
            self.sources.iter().flat_map(|source| &source.files).map(|file| folder.join(file)).collect();
        if files.is_empty() { Err(DatasetError::Missing(folder.to_owned())) } else { Ok(files) }
    }
}
