//! The store in one SQLite file.
//!
//! Write-ahead log, one transaction a batch, foreign writers told by the expected revision. Opening checks the
//! file: that it is ours, that its format is known, that SQLite finds it sound, and (while the journal is read)
//! that every entry continues the hash chain.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Batch, CompanionKey, Companions, Journal, JournalError, chain};
use crate::change::Entry;
use crate::content::BlobHash;
use crate::directory::Profile;
use crate::id::PersonId;
use crate::state::Revision;

/// Marks the file as ours (`PRAGMA application_id`): "Kamp" in ASCII.
const APPLICATION_ID: i64 = 0x4b61_6d70;
/// The format that this version writes (`PRAGMA user_version`).
const FORMAT: i64 = 2;
/// Bytes of a page: a few bodies go into one.
const PAGE: i64 = 16 * 1024;
/// Pages that a connection keeps at hand, in KiB: enough for the upper parts of every tree of a large store.
const CACHE: i64 = 32 * 1024;
/// Pages of the write-ahead log after which they are brought into the file.
const CHECKPOINT: i64 = 4 * 1024;
/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

const SCHEMA: &str = "
    CREATE TABLE journal (
        revision INTEGER PRIMARY KEY,
        entry    BLOB NOT NULL,           -- JSON
        chain    BLOB NOT NULL            -- BLAKE3 of the previous chain and the entry
    );
    -- Bodies stand in the order in which they came; only their small hashes are sorted.
    CREATE TABLE blob (number INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL);
    CREATE TABLE profile (person INTEGER PRIMARY KEY, profile BLOB NOT NULL);
    CREATE TABLE companion (
        space TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
        PRIMARY KEY (space, key)
    ) WITHOUT ROWID;
";

/// A journal in a SQLite file.
#[derive(Debug)]
pub struct SqliteJournal {
    path: PathBuf,
    writer: Mutex<Connection>,
    // Readers of bodies must not wait for a writer.
    reader: Mutex<Connection>,
}

impl SqliteJournal {
    /// Opens the store in that file, or makes one there.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let writer = connect(path)?;
        prepare(path, &writer)?;
        let reader = connect(path)?;
        tune(&writer)?;
        tune(&reader)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), reader: Mutex::new(reader) })
    }

    /// Copies a store, as it is at this moment, into a file that is not there yet: for rehearsals and backups.
    pub fn copy(from: &Path, to: &Path) -> Result<(), JournalError> {
        let connection = connect(from)?;
        let target = to.to_str().ok_or_else(|| JournalError::NotAStore { path: to.to_owned() })?;
        connection.execute("VACUUM INTO ?1", [target])?;
        Ok(())
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn connect(path: &Path) -> Result<Connection, JournalError> {
    let open = |path: &Path| -> rusqlite::Result<Connection> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        // Every query has one good plan: SQLite need not think again when it sees other values.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(connection)
    };
    open(path).map_err(|source| JournalError::Open { path: path.to_owned(), source })
}

/// Room and rhythm for large stores.
fn tune(connection: &Connection) -> Result<(), JournalError> {
    connection.pragma_update(None, "cache_size", -CACHE)?;
    Ok(connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?)
}

/// Makes the tables in a new file, or checks an old one.
fn prepare(path: &Path, connection: &Connection) -> Result<(), JournalError> {
    let pragma = |name: &str| -> Result<i64, JournalError> {
        connection.pragma_query_value(None, name, |row| row.get(0)).map_err(|error| foreign(path, error))
    };
    let application = pragma("application_id")?;
    let format = pragma("user_version")?;
    let is_new = application == 0 && format == 0 && table_count(connection)? == 0;
    if !is_new && application != APPLICATION_ID {
        return Err(JournalError::NotAStore { path: path.to_owned() });
    }
    if !is_new && format != FORMAT {
        return Err(JournalError::OtherFormat { path: path.to_owned(), found: format, supported: FORMAT });
    }
    if is_new {
        connection.pragma_update(None, "page_size", PAGE)?;
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    if is_new { create(connection) } else { check(connection) }
}

/// Tells a file that is no database from one that cannot be read.
fn foreign(path: &Path, error: rusqlite::Error) -> JournalError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => JournalError::NotAStore { path: path.to_owned() },
        _ => JournalError::Open { path: path.to_owned(), source: error },
    }
}

fn table_count(connection: &Connection) -> Result<i64, JournalError> {
    Ok(connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?)
}

fn create(connection: &Connection) -> Result<(), JournalError> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another process may have made it between our look and our lock.
    if table_count(&transaction)? == 0 {
        transaction.execute_batch(SCHEMA)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
    }
    Ok(transaction.commit()?)
}

fn check(connection: &Connection) -> Result<(), JournalError> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(JournalError::Damaged(verdict)) }
}

fn head(connection: &Connection) -> Result<(Revision, [u8; 32]), JournalError> {
    let last = connection
        .query_row("SELECT revision, chain FROM journal ORDER BY revision DESC LIMIT 1", [], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, [u8; 32]>(1)?))
        })
        .optional()?;
    Ok(last.map_or((Revision(0), [0; 32]), |(revision, chain)| (Revision(revision), chain)))
}

impl Journal for SqliteJournal {
    fn entries_after(
        &self,
        after: Revision,
        visit: &mut dyn FnMut(Entry) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        let reader = self.reader();
        let mut previous: [u8; 32] = match after {
            Revision(0) => [0; 32],
            Revision(number) => {
                reader
                    .query_row("SELECT chain FROM journal WHERE revision = ?1", [number], |row| row.get(0))?
            }
        };
        let mut expected = after.0;
        let mut statement = reader
            .prepare("SELECT revision, entry, chain FROM journal WHERE revision > ?1 ORDER BY revision")?;
        let mut rows = statement.query([after.0])?;
        while let Some(row) = rows.next()? {
            let revision: u64 = row.get(0)?;
            let payload = row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?;
            let stored: [u8; 32] = row.get(2)?;
            expected = expected.saturating_add(1);
            let continued = chain(&previous, payload);
            if revision != expected || stored != continued {
                return Err(JournalError::Damaged(format!("entry {revision} does not continue the journal")));
            }
            previous = continued;
            visit(serde_json::from_slice(payload)?)?;
        }
        Ok(())
    }

    fn append(&self, batch: &Batch) -> Result<(), JournalError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (found, mut previous) = head(&transaction)?;
        if found != batch.expected {
            return Err(JournalError::Conflict { expected: batch.expected, found });
        }
        {
            let mut insert = transaction.prepare_cached("INSERT INTO journal VALUES (?1, ?2, ?3)")?;
            for entry in &batch.entries {
                let payload = serde_json::to_vec(entry)?;
                previous = chain(&previous, &payload);
                insert.execute(params![entry.revision.0, payload, previous])?;
            }
        }
        write_beside(&transaction, batch)?;
        Ok(transaction.commit()?)
    }

    fn blob(&self, hash: BlobHash) -> Result<Option<Vec<u8>>, JournalError> {
        let bytes: Option<Vec<u8>> = self
            .reader()
            .prepare_cached("SELECT bytes FROM blob WHERE hash = ?1")?
            .query_row([hash.as_bytes()], |row| row.get(0))
            .optional()?;
        match bytes {
            Some(bytes) if BlobHash::of(&bytes) != hash => {
                Err(JournalError::Damaged(format!("the bytes stored as {hash} are others")))
            }
            other => Ok(other),
        }
    }

    fn profile(&self, person: PersonId) -> Result<Option<Profile>, JournalError> {
        let found: Option<Vec<u8>> = self
            .reader()
            .prepare_cached("SELECT profile FROM profile WHERE person = ?1")?
            .query_row([person.get()], |row| row.get(0))
            .optional()?;
        Ok(found.map(|bytes| serde_json::from_slice(&bytes)).transpose()?)
    }

    fn profiles(&self) -> Result<Vec<(PersonId, Profile)>, JournalError> {
        let reader = self.reader();
        let mut statement = reader.prepare("SELECT person, profile FROM profile ORDER BY person")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            let profile: Vec<u8> = row.get(1)?;
            let person = PersonId::new(number)
                .ok_or_else(|| JournalError::Damaged("a profile belongs to nobody".to_owned()))?;
            found.push((person, serde_json::from_slice(&profile)?));
        }
        Ok(found)
    }

    fn companion(&self, key: &CompanionKey) -> Result<Option<Vec<u8>>, JournalError> {
        Ok(self
            .reader()
            .prepare_cached("SELECT value FROM companion WHERE space = ?1 AND key = ?2")?
            .query_row([&key.space, &key.key], |row| row.get(0))
            .optional()?)
    }

    fn hold(&self) -> Result<(), JournalError> {
        let reader = self.reader();
        if reader.is_autocommit() {
            reader.prepare_cached("BEGIN")?.execute([])?;
        }
        Ok(())
    }

    fn release(&self) -> Result<(), JournalError> {
        let reader = self.reader();
        if !reader.is_autocommit() {
            reader.prepare_cached("COMMIT")?.execute([])?;
        }
        Ok(())
    }

    fn companions(&self, space: &str, after: &str, limit: usize) -> Result<Companions, JournalError> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(
            "SELECT key, value FROM companion WHERE space = ?1 AND key > ?2 ORDER BY key LIMIT ?3",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![space, after, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// What goes beside the journal in the same transaction.
fn write_beside(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), JournalError> {
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO blob (hash, bytes) VALUES (?1, ?2)")?;
    for (blob, bytes) in &batch.blobs {
        insert.execute(params![blob.hash.as_bytes(), bytes])?;
    }
    for (person, profile) in &batch.profiles {
        match profile {
            Some(profile) => transaction
                .prepare_cached("INSERT OR REPLACE INTO profile VALUES (?1, ?2)")?
                .execute(params![person.get(), serde_json::to_vec(profile)?])?,
            None => transaction
                .prepare_cached("DELETE FROM profile WHERE person = ?1")?
                .execute([person.get()])?,
        };
    }
    for (key, value) in &batch.companions {
        match value {
            Some(value) => transaction
                .prepare_cached("INSERT OR REPLACE INTO companion VALUES (?1, ?2, ?3)")?
                .execute(params![key.space, key.key, value])?,
            None => transaction
                .prepare_cached("DELETE FROM companion WHERE space = ?1 AND key = ?2")?
                .execute([&key.space, &key.key])?,
        };
    }
    Ok(())
}
