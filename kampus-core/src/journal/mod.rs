//! The durable store: the journal, and beside it bodies and files, people's details, and companion records.
//!
//! Everything that a command leads to is written in one transaction. The contract is the same for every
//! implementation, and one test suite runs against all.

mod memory;
mod sqlite;

pub use memory::MemoryJournal;
pub use sqlite::SqliteJournal;

use std::fmt;
use std::path::PathBuf;

use crate::change::Entry;
use crate::content::{Blob, BlobHash};
use crate::directory::Profile;
use crate::id::PersonId;
use crate::state::Revision;

/// What one transaction writes.
#[derive(Debug, Default)]
pub struct Batch {
    /// The revision that the entries were planned against; another writer's entry since then is a conflict.
    pub expected: Revision,
    /// The entries, numbered on from `expected` without gaps.
    pub entries: Vec<Entry>,
    /// Bodies and files that are not stored yet, with their bytes.
    pub blobs: Vec<(Blob, Vec<u8>)>,
    /// What is told of people: put, or erased.
    pub profiles: Vec<(PersonId, Option<Profile>)>,
    /// Companion records: put, or removed.
    pub companions: Vec<(CompanionKey, Option<Vec<u8>>)>,
}

/// Names a companion record: data of a tool that must stand or fall with the commands it belongs to, such as a
/// migration's ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompanionKey {
    /// Whose data it is: `migrate.ledger`.
    pub space: String,
    /// The key within that.
    pub key: String,
}

impl CompanionKey {
    /// The record of that key in that space.
    pub fn new(space: &str, key: &str) -> Self {
        Self { space: space.to_owned(), key: key.to_owned() }
    }
}

/// Companion records with their keys, in the order of the keys.
pub type Companions = Vec<(String, Vec<u8>)>;

/// What a store must do. Sealed: the implementations are ours.
pub trait Journal: fmt::Debug + Send + Sync + sealed::Sealed {
    /// Hands every entry after a revision to `visit`, in order.
    fn entries_after(
        &self,
        after: Revision,
        visit: &mut dyn FnMut(Entry) -> Result<(), JournalError>,
    ) -> Result<(), JournalError>;

    /// Writes a batch whole, or nothing of it.
    ///
    /// # Errors
    /// [`JournalError::Conflict`] when the store is not at the expected revision.
    fn append(&self, batch: &Batch) -> Result<(), JournalError>;

    /// The bytes at an address; checked against the address on the way out.
    fn blob(&self, hash: BlobHash) -> Result<Option<Vec<u8>>, JournalError>;

    /// What is told of a person; `None` when it was erased or never was.
    fn profile(&self, person: PersonId) -> Result<Option<Profile>, JournalError>;

    /// Everybody who has a profile.
    fn profiles(&self) -> Result<Vec<(PersonId, Profile)>, JournalError>;

    /// A companion record.
    fn companion(&self, key: &CompanionKey) -> Result<Option<Vec<u8>>, JournalError>;

    /// Companion records are read as they are now until [`Journal::release`], which makes many small reads cheap. Holding
    /// twice is holding once.
    fn hold(&self) -> Result<(), JournalError>;

    /// Companion records are read as they are at the time again.
    fn release(&self) -> Result<(), JournalError>;

    /// At most `limit` companion records of a space whose keys come after `after`, in the order of their keys.
    fn companions(&self, space: &str, after: &str, limit: usize) -> Result<Companions, JournalError>;
}

mod sealed {
    /// Keeps [`Journal`](super::Journal) to this crate.
    pub trait Sealed {}
    impl Sealed for super::MemoryJournal {}
    impl Sealed for super::SqliteJournal {}
}

/// Why the store did not do something. After a failed write nothing of it is there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The file could not be opened or made.
    #[error("cannot open the store `{path}`")]
    Open {
        /// Which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: rusqlite::Error,
    },
    /// A revision was asked for that the store has not reached.
    #[error("the store is at revision {reached} and has not reached {wanted}")]
    NotReached {
        /// The revision asked for.
        wanted: Revision,
        /// The store's.
        reached: Revision,
    },
    /// The file is some other program's database, or no database.
    #[error("`{path}` is not a Kampus store")]
    NotAStore {
        /// Which file.
        path: PathBuf,
    },
    /// A newer Kampus wrote the file.
    #[error(
        "`{path}` has store format {found}, but this version reads {supported}: use the Kampus that wrote it"
    )]
    OtherFormat {
        /// Which file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The one that this version reads.
        supported: i64,
    },
    /// The file is damaged or was tampered with.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// Somebody else wrote since.
    #[error("another writer was first: the store is at revision {found}, not {expected}")]
    Conflict {
        /// What the batch was planned against.
        expected: Revision,
        /// Where the store is.
        found: Revision,
    },
    /// The database failed.
    #[error("the store's database failed")]
    Database(#[from] rusqlite::Error),
    /// An entry cannot be written or read.
    #[error("an entry of the journal cannot be read or written")]
    Encoding(#[from] serde_json::Error),
}

/// The hash that ties an entry to the one before it, so that none can be altered or left out unseen.
fn chain(previous: &[u8; 32], payload: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous);
    hasher.update(payload);
    *hasher.finalize().as_bytes()
}
