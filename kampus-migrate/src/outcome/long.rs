//! Lists that may become as long as an export.

use std::io::{self, BufRead, BufReader, Write as _};

use serde::de::DeserializeOwned;
use serde::ser::{Error as _, SerializeSeq as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tempfile::NamedTempFile;

/// So many entries are held in memory.
const HELD: usize = 4_000;
/// So many bytes are written at a time.
const CHUNK: usize = 1 << 18;

/// A list of any length: its first entries are in memory, all others in a temporary file that goes with it.
///
/// In JSON it is an array.
#[derive(Debug)]
pub struct Long<T> {
    held: Vec<T>,
    /// All others, an entry a line.
    rest: Option<Rest>,
}

#[derive(Debug)]
struct Rest {
    file: NamedTempFile,
    /// What is not written yet.
    pending: Vec<u8>,
    len: u64,
}

impl<T> Default for Long<T> {
    fn default() -> Self {
        Self { held: Vec::new(), rest: None }
    }
}

impl<T> Long<T> {
    /// How many entries there are.
    pub fn len(&self) -> u64 {
        self.held.len() as u64 + self.rest.as_ref().map_or(0, |rest| rest.len)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }
}

impl<T: Serialize> Long<T> {
    /// Adds an entry.
    ///
    /// # Errors
    /// When there is no room for a temporary file.
    pub fn push(&mut self, entry: T) -> io::Result<()> {
        if self.held.len() < HELD {
            self.held.push(entry);
            return Ok(());
        }
        let rest = match &mut self.rest {
            Some(rest) => rest,
            None => self.rest.insert(Rest { file: NamedTempFile::new()?, pending: Vec::new(), len: 0 }),
        };
        serde_json::to_writer(&mut rest.pending, &entry)?;
        rest.pending.push(b'\n');
        rest.len += 1;
        if rest.pending.len() >= CHUNK {
            rest.file.write_all(&rest.pending)?;
            rest.pending.clear();
        }
        Ok(())
    }
}

impl<T: Serialize + DeserializeOwned + Clone> Long<T> {
    /// Adds all entries of another list.
    ///
    /// # Errors
    /// When a temporary file cannot be written or read.
    pub fn append(&mut self, other: Self) -> io::Result<()> {
        if self.is_empty() {
            *self = other;
            return Ok(());
        }
        let rest = other.rest()?;
        other.held.into_iter().try_for_each(|entry| self.push(entry))?;
        rest.into_iter().flatten().try_for_each(|entry| self.push(entry?))
    }

    /// All entries in their order.
    ///
    /// # Errors
    /// When the temporary file cannot be read any more: as the iterator begins, or in place of an entry.
    pub fn iter(&self) -> io::Result<impl Iterator<Item = io::Result<T>> + '_> {
        let rest = self.rest()?;
        Ok(self.held.iter().cloned().map(Ok).chain(rest.into_iter().flatten()))
    }

    fn rest(&self) -> io::Result<Option<impl Iterator<Item = io::Result<T>> + use<T>>> {
        let Some(rest) = &self.rest else { return Ok(None) };
        let written = BufReader::new(rest.file.reopen()?);
        Ok(Some(entries(written).chain(entries(io::Cursor::new(rest.pending.clone())))))
    }
}

fn entries<T: DeserializeOwned>(lines: impl BufRead) -> impl Iterator<Item = io::Result<T>> {
    lines.lines().map(|line| Ok(serde_json::from_str(&line?)?))
}

impl<T: Serialize + DeserializeOwned + Clone> Serialize for Long<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_seq(usize::try_from(self.len()).ok())?;
        for entry in self.iter().map_err(S::Error::custom)? {
            array.serialize_element(&entry.map_err(S::Error::custom)?)?;
        }
        array.end()
    }
}

/// What is read back is held as it is.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Long<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { held: Vec::deserialize(deserializer)?, rest: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(numbers: std::ops::Range<usize>) -> Long<String> {
        let mut list = Long::default();
        numbers.for_each(|number| list.push(format!("line\n{number}")).unwrap());
        list
    }

    fn all(list: &Long<String>) -> Vec<String> {
        list.iter().unwrap().collect::<io::Result<_>>().unwrap()
    }

    fn expected(numbers: std::ops::Range<usize>) -> Vec<String> {
        numbers.map(|number| format!("line\n{number}")).collect()
    }

    #[test]
    fn a_list_of_any_length_is_read_as_it_was_written() {
        // Some held, some not yet written, some in the file.
        for len in [0, 1, HELD, HELD + 1, HELD * 20] {
            let list = list(0..len);
            assert_eq!(list.len(), len as u64);
            assert_eq!(all(&list), expected(0..len));
            // And again, and twice at the same time.
            assert!(list.iter().unwrap().zip(list.iter().unwrap()).all(|(a, b)| a.unwrap() == b.unwrap()));
            let json = serde_json::to_string(&list).unwrap();
            assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), expected(0..len));
        }
    }

    #[test]
    fn lists_are_put_together_in_their_order() {
        for (first, second) in [(0, 3), (3, 3), (HELD, HELD * 15), (HELD * 15, HELD * 30)] {
            let mut together = list(0..first);
            together.append(list(first..second)).unwrap();
            assert_eq!(all(&together), expected(0..second));
            assert_eq!(together.len(), second as u64);
        }
    }

    #[test]
    fn what_is_beyond_the_first_entries_takes_no_memory() {
        let list = list(0..HELD * 20);
        assert_eq!(list.held.len(), HELD);
        assert!(list.rest.unwrap().pending.len() < CHUNK);
    }
}
