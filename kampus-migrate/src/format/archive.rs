//! Exports that are a zip: their files one by one, bounded in what they unpack to.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use tempfile::SpooledTempFile;
use zip::ZipArchive;

/// How many bytes the list of a zip's files may take: some hundred thousand names.
const DIRECTORY: u64 = 16 * 1024 * 1024;
/// How many times its size a file may unpack to, and what any may.
const RATIO: u64 = 200;
const FREE: u64 = 16 * 1024 * 1024;
/// Up to how many bytes an unpacked file stays in memory.
const IN_MEMORY: usize = 1024 * 1024;

pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
}

impl Archive {
    /// Opens a zip, or says why it is none.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let told = |error: io::Error| format!("it cannot be read: {error}");
        let mut file = File::open(path).map_err(told)?;
        if directory_bytes(&mut file).map_err(told)? > DIRECTORY {
            return Err("it holds more files than any export has".to_owned());
        }
        file.seek(SeekFrom::Start(0)).map_err(told)?;
        let zip = ZipArchive::new(BufReader::new(file))
            .map_err(|error| format!("the zip is broken or cut off: {error}"))?;
        Ok(Self { zip })
    }

    /// The name of a file as the zip gives it; only to be shown.
    pub(super) fn name(&self, number: usize) -> String {
        let name = self.zip.name_for_index(number).and_then(Result::ok).unwrap_or_default();
        name.chars().filter(|c| !c.is_control()).take(300).collect()
    }

    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.zip.len()
    }

    /// The number of the file of that name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.zip.index_for_name(name)
    }

    /// Unpacks a file, or says why not.
    pub(super) fn unpack(&mut self, number: usize) -> Result<SpooledTempFile, String> {
        let mut entry =
            self.zip.by_index(number).map_err(|error| format!("it cannot be unpacked: {error}"))?;
        let most = entry.compressed_size().saturating_mul(RATIO).max(FREE);
        let mut unpacked = SpooledTempFile::new(IN_MEMORY);
        let copied = io::copy(&mut entry.by_ref().take(most + 1), &mut unpacked)
            .map_err(|error| format!("it cannot be unpacked: {error}"))?;
        if copied > most {
            return Err(format!("it unpacks to more than {RATIO} times its size"));
        }
        unpacked.seek(SeekFrom::Start(0)).map_err(|error| format!("it cannot be kept: {error}"))?;
        Ok(unpacked)
    }
}

/// How large the list of files says it is ("APPNOTE.TXT - .ZIP File Format Specification", 4.3.14 and 4.3.16): it is
/// read into memory as a whole.
fn directory_bytes(file: &mut File) -> io::Result<u64> {
    /// The record at the end, with the longest comment behind it and its larger twin before it.
    const TAIL: u64 = 22 + 65_535 + 76;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    let number = |at: usize, size: usize| {
        let bytes = tail.get(at..at + size)?;
        Some(bytes.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    let small = memchr::memmem::find_iter(&tail, b"PK\x05\x06").filter_map(|at| number(at + 12, 4));
    let large = memchr::memmem::find_iter(&tail, b"PK\x06\x06").filter_map(|at| number(at + 40, 8));
    // The small record says nothing where the large one is needed.
    Ok(small.filter(|bytes| *bytes != u64::from(u32::MAX)).chain(large).max().unwrap_or(0))
}
