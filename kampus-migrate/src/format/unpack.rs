//! Exports that are compressed as a whole, read as if they were not.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

/// How many times its size a file may unpack to. Histories of pages come to a hundred; what comes to more was made
/// to fill disks.
const RATIO: u64 = 250;
/// What any file may unpack to.
const FREE: u64 = 64 * 1024 * 1024;

/// Opens a file; one that is compressed with gzip or bzip2 is unpacked while it is read.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    let mut first = Vec::with_capacity(3);
    File::open(path)?.take(3).read_to_end(&mut first)?;
    if !is_compressed(&first) {
        return Ok(Box::new(File::open(path)?));
    }
    let taken = Rc::new(Cell::new(0));
    let packed = BufReader::new(Counted { inner: File::open(path)?, taken: Rc::clone(&taken) });
    let unpacked: Box<dyn Read> = if first.starts_with(&GZIP) {
        Box::new(flate2::bufread::MultiGzDecoder::new(packed))
    } else {
        Box::new(bzip2::bufread::MultiBzDecoder::new(packed))
    };
    Ok(Box::new(Bounded { inner: unpacked, taken, given: 0 }))
}

const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Whether a file that begins so is compressed in a way that is unpacked.
pub(super) fn is_compressed(first: &[u8]) -> bool {
    first.starts_with(&GZIP) || first.starts_with(b"BZh")
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

/// Stops what grows beyond reason.
struct Bounded {
    inner: Box<dyn Read>,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl Read for Bounded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        self.given += read as u64;
        if self.given > FREE && self.given / RATIO > self.taken.get() {
            return Err(io::Error::other(format!("it unpacks to more than {RATIO} times its size")));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    fn gzip(write: impl FnOnce(&mut dyn io::Write)) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut packed = flate2::write::GzEncoder::new(file.reopen().unwrap(), flate2::Compression::best());
        write(&mut packed);
        packed.finish().unwrap();
        file
    }

    #[test]
    fn what_is_packed_is_read_as_if_it_were_not() {
        let file = gzip(|to| to.write_all(b"<a/>").unwrap());
        let mut text = String::new();
        open(file.path()).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "<a/>");
    }

    #[test]
    fn what_unpacks_without_end_is_stopped() {
        let file = gzip(|to| {
            let block = vec![b' '; 1 << 20];
            for _ in 0..80 {
                to.write_all(&block).unwrap();
            }
        });
        let error = io::copy(&mut open(file.path()).unwrap(), &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("250 times"), "{error}");
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        let file = gzip(|to| to.write_all(&[7; 100]).unwrap());
        let bytes = std::fs::read(file.path()).unwrap();
        std::fs::write(file.path(), &bytes[..bytes.len() - 9]).unwrap();
        assert!(io::copy(&mut open(file.path()).unwrap(), &mut io::sink()).is_err());
    }
}
