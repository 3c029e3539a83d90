//! Files in base64, decoded piece by piece.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::record::{FileContent, Spool};

/// How much is decoded at once; a multiple of four.
const PIECE: usize = 4 * 1024;

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A file under way.
#[derive(Debug)]
pub(super) struct Decoder {
    waiting: Vec<u8>,
    spool: Spool,
    limit: u64,
    failed: Option<String>,
}

impl Decoder {
    /// Takes files of up to so many bytes.
    pub(super) fn new(limit: u64) -> Self {
        Self { waiting: Vec::with_capacity(PIECE), spool: Spool::new(), limit, failed: None }
    }

    /// Decodes a text that is at hand as a whole.
    pub(super) fn whole(text: &str, limit: u64) -> Result<FileContent, String> {
        let mut decoder = Self::new(limit);
        decoder.take(text.as_bytes());
        decoder.done()
    }

    /// Takes a piece of text; blanks between digits mean nothing.
    pub(super) fn take(&mut self, text: &[u8]) {
        for byte in text.iter().filter(|byte| !byte.is_ascii_whitespace()) {
            if self.failed.is_some() {
                return;
            }
            self.waiting.push(*byte);
            if self.waiting.len() == PIECE {
                self.flush();
            }
        }
    }

    fn flush(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let done = match ENGINE.decode(&waiting) {
            Ok(bytes) if self.spool.len() + bytes.len() as u64 > self.limit => {
                Err(format!("it has more than the {} bytes that are taken in", self.limit))
            }
            Ok(bytes) => self.spool.take(&bytes).map_err(|error| format!("it cannot be kept: {error}")),
            Err(_) => Err("it is not written in base64".to_owned()),
        };
        self.failed = done.err();
        self.waiting = waiting;
        self.waiting.clear();
    }

    /// The file, or why there is none.
    pub(super) fn done(mut self) -> Result<FileContent, String> {
        if self.failed.is_none() && !self.waiting.is_empty() {
            self.flush();
        }
        match self.failed {
            Some(reason) => Err(reason),
            None => Ok(self.spool.done()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_decoded_across_pieces_and_line_ends() {
        let bytes: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        let text = ENGINE.encode(&bytes);
        let mut decoder = Decoder::new(1 << 20);
        for line in text.as_bytes().chunks(77) {
            decoder.take(line);
            decoder.take(b"\r\n");
        }
        assert_eq!(decoder.done().unwrap().read().unwrap(), bytes);
        assert!(Decoder::whole(&text, 1_000).unwrap_err().contains("more than the 1000 bytes"));
        assert!(Decoder::whole("a<b>", 1_000).unwrap_err().contains("base64"));
        assert_eq!(Decoder::whole("aGVp", 3).unwrap().read().unwrap(), b"hei");
    }
}
