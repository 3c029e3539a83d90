//! Bytes that come inside an export, kept out of memory until they are wanted.

use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tempfile::SpooledTempFile;

/// Up to how many bytes stay in memory; what is larger waits in a file without a name.
const IN_MEMORY: usize = 64 * 1024;

/// The bytes of a file that came inside its export. Two are equal when their bytes are; in hashes of records their
/// own hash stands for them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileContent {
    /// BLAKE3 of the bytes, in hexadecimal digits.
    hash: String,
    bytes: u64,
    /// Nobody keeps bytes beside a record that is written down.
    #[serde(skip)]
    held: Option<Arc<Mutex<SpooledTempFile>>>,
}

impl PartialEq for FileContent {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl FileContent {
    /// How many bytes there are.
    pub fn len(&self) -> u64 {
        self.bytes
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// The bytes.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let Some(held) = &self.held else {
            return Err(io::Error::new(io::ErrorKind::NotFound, "its bytes were not kept with its record"));
        };
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        held.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        held.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Takes bytes in, one part after the other.
#[derive(Debug)]
pub(crate) struct Spool {
    held: SpooledTempFile,
    hash: blake3::Hasher,
    bytes: u64,
}

impl Spool {
    pub(crate) fn new() -> Self {
        Self { held: SpooledTempFile::new(IN_MEMORY), hash: blake3::Hasher::new(), bytes: 0 }
    }

    /// How many bytes were taken in.
    pub(crate) fn len(&self) -> u64 {
        self.bytes
    }

    pub(crate) fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.held.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    pub(crate) fn done(self) -> FileContent {
        FileContent {
            hash: self.hash.finalize().to_string(),
            bytes: self.bytes,
            held: Some(Arc::new(Mutex::new(self.held))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_as_often_as_they_are_wanted() {
        for length in [0, 10, 3 * IN_MEMORY] {
            let bytes: Vec<u8> = (0..length).map(|number| u8::try_from(number % 251).unwrap()).collect();
            let mut spool = Spool::new();
            for part in bytes.chunks(1_000) {
                spool.take(part).unwrap();
            }
            let content = spool.done();
            assert_eq!(content.len(), length as u64);
            assert_eq!(content.read().unwrap(), bytes);
            assert_eq!(content.clone().read().unwrap(), bytes);
        }
    }
}
