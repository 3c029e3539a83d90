//! Delimited text, its encoding and delimiter found out.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::rows::{Cell, Row, Table};
use super::{Event, ReadError, ReadFault, ReadOptions, Yield};
use crate::record::Place;

/// How much of the file the encoding and the delimiter are told from.
const LOOK: u64 = 256 * 1024;
/// Delimiters that people use, the likeliest in Finland first.
const DELIMITERS: [u8; 4] = *b";\t,|";

/// Begins to read.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Delimited, ReadError> {
    let open = |source| ReadError::Open { path: options.shown.clone(), source };
    let mut file = File::open(path).map_err(open)?;
    let mut first = Vec::new();
    file.by_ref().take(LOOK).read_to_end(&mut first).map_err(open)?;
    file.rewind().map_err(open)?;
    let encoding = encoding_of(&first);
    let (text, _, _) = encoding.decode(&first);
    let delimiter = delimiter_of(&text);
    let places = Places {
        exact: encoding == UTF_8 && !first.starts_with(b"\xef\xbb\xbf"),
        pairs: ends_in_pairs(&text),
    };
    let decoded = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(file);
    let bounded = Bounded { inner: decoded, left: usize::MAX };
    let reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bounded);
    let mut found = Delimited {
        reader,
        options: options.clone(),
        table: Table::new(options.clone(), None),
        places,
        width: None,
        ready: VecDeque::new(),
        over: false,
    };
    found.find_header()?;
    if encoding != UTF_8 {
        let text = format!("read as {}", encoding.name());
        let place = Place { file: options.shown.clone(), ..Place::default() };
        found.ready.push_back(Ok(Event::Notice { place, text }));
    }
    Ok(found)
}

/// The encoding: what a byte-order mark says, UTF-8 where the bytes are, else what the letters suggest.
fn encoding_of(first: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(first) {
        return encoding;
    }
    // The end of the look may cut a character.
    let whole = first.get(..first.len().saturating_sub(4)).unwrap_or_default();
    let is_utf8 = match std::str::from_utf8(whole) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    if is_utf8 {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(first, true);
    detector.guess(Some(b"fi"), chardetng::Utf8Detection::Deny)
}

/// The delimiter that parts most of the first lines into the same number of fields.
fn delimiter_of(text: &str) -> u8 {
    let count = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let widths: Vec<usize> = reader.records().take(20).flatten().map(|record| record.len()).collect();
        let widest = widths.iter().copied().max().unwrap_or(1);
        let agreeing = widths.iter().filter(|width| **width == widest).count();
        if widest > 1 { agreeing * widest.min(8) } else { 0 }
    };
    let mut best = (0, b';');
    for delimiter in DELIMITERS {
        let score = count(delimiter);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// Refuses to read on when one record asks for more than is read: an open quote swallows all that follows.
struct Bounded<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        self.left = self.left.checked_sub(read).ok_or_else(|| {
            io::Error::other("a single row is larger than is read; is a quotation mark left open?")
        })?;
        Ok(read)
    }
}

/// What positions in a file mean.
#[derive(Debug, Clone, Copy)]
struct Places {
    /// Whether bytes are counted as they stand in the file, and not as they were decoded.
    exact: bool,
    /// Whether lines end in a carriage return and a line feed. The reader ends a row at the first of the two and
    /// counts the second with the next row, which it therefore places one line and one byte too early.
    pairs: bool,
}

impl Places {
    fn of(self, position: Option<&csv::Position>, file: &Path) -> Place {
        let late = position.map_or(0, |position| u64::from(self.pairs && position.byte() > 0));
        Place {
            file: file.to_owned(),
            line: position.map(|position| position.line() + late),
            byte: position.filter(|_| self.exact).map(|position| position.byte() + late),
            ..Place::default()
        }
    }
}

/// Whether the first line ends in a carriage return and a line feed.
fn ends_in_pairs(text: &str) -> bool {
    text.find('\n').is_some_and(|end| text.get(..end).is_some_and(|line| line.ends_with('\r')))
}

/// A table under way.
pub(super) struct Delimited {
    reader: csv::Reader<Bounded<DecodeReaderBytes<File, Vec<u8>>>>,
    options: ReadOptions,
    table: Table,
    places: Places,
    /// Fields in the header.
    width: Option<usize>,
    ready: VecDeque<Yield>,
    over: bool,
}

impl Delimited {
    /// Reads up to the header, so that a file without one is refused before anything is made of it.
    fn find_header(&mut self) -> Result<(), ReadError> {
        for _ in 0..200 {
            let Some(row) = self.row() else { break };
            match row {
                Ok(row) => {
                    let width = row.cells.len();
                    self.table.take(row);
                    if self.table.has_header() {
                        self.width = Some(width);
                        return Ok(());
                    }
                }
                Err(fault) => {
                    let reason = fault.to_string();
                    return Err(ReadError::Unusable { path: self.options.shown.clone(), reason });
                }
            }
        }
        let reason = self.table.no_header();
        Err(ReadError::Unusable { path: self.options.shown.clone(), reason })
    }

    fn row(&mut self) -> Option<Result<Row, ReadFault>> {
        self.reader.get_mut().left = self.options.limits.record_bytes + (1 << 17);
        let mut record = csv::StringRecord::new();
        let read = self.reader.read_record(&mut record);
        let position = self.reader.position().clone();
        let place_at = |position: Option<&csv::Position>| self.places.of(position, &self.options.shown);
        match read {
            Ok(false) => None,
            Ok(true) => {
                let place = place_at(record.position());
                let number = place.line.unwrap_or_default();
                let cells = record.iter().map(|text| Cell::Text(text.to_owned())).collect();
                Some(Ok(Row { cells, number, place }))
            }
            Err(error) => {
                let place = place_at(error.position().or(Some(&position)));
                Some(Err(ReadFault::File { place, reason: error.to_string() }))
            }
        }
    }

    fn advance(&mut self) {
        let Some(row) = self.row() else {
            self.over = true;
            return;
        };
        match row {
            Ok(row) if self.is_torn(&row) => {
                let reason = format!(
                    "the row has {} fields, but the header has {}",
                    row.cells.len(),
                    self.width.unwrap_or_default()
                );
                let kind = match self.options.rows {
                    super::RowKind::Pages => "page",
                    super::RowKind::People => "person",
                };
                let fault = ReadFault::Record { place: row.place, id: None, kind: kind.to_owned(), reason };
                self.ready.push_back(Err(fault));
            }
            Ok(row) => self.ready.extend(self.table.take(row)),
            Err(fault) => {
                self.over = true;
                self.ready.push_back(Err(fault));
            }
        }
    }

    /// Whether a row has not the header's fields; empty ones at the end are nothing.
    fn is_torn(&self, row: &Row) -> bool {
        let is_blank = |cell: &Cell| matches!(cell, Cell::Text(text) if text.trim().is_empty());
        if row.cells.iter().all(is_blank) {
            return false;
        }
        let width = self.width.unwrap_or(row.cells.len());
        row.cells.len() < width || row.cells.iter().skip(width).any(|cell| !is_blank(cell))
    }
}

impl Iterator for Delimited {
    type Item = Yield;

    fn next(&mut self) -> Option<Yield> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.over {
                return None;
            }
            self.advance();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_parts_the_lines_alike() {
        assert_eq!(delimiter_of("a;b;c\n1,5;2;3\n"), b';');
        assert_eq!(delimiter_of("a,b,c\n\"x;y\",2,3\n"), b',');
        assert_eq!(delimiter_of("a\tb\n1\t2\n"), b'\t');
    }

    fn read_text(text: &[u8]) -> Vec<Yield> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sivut.csv");
        std::fs::write(&path, text).unwrap();
        let options = ReadOptions {
            shown: "sivut.csv".into(),
            rows: super::super::RowKind::Pages,
            sheet: None,
            columns: std::collections::BTreeMap::new(),
            values: crate::plan::Values::default(),
            mapping: None,
            limits: super::super::Limits::default(),
        };
        read(&path, &options).unwrap().collect()
    }

    #[test]
    fn a_torn_row_is_named_by_the_line_that_an_editor_shows() {
        let rows = "Tunniste;Otsikko;Osoite\n1;Lomat;/a\n2;\"Kaksi\nriviä\";/b\n3;Vajaa\n";
        for end in ["\n", "\r\n"] {
            let text = rows.replace('\n', end);
            let byte = text.find("3;Vajaa").unwrap() as u64;
            let found = read_text(text.as_bytes());
            let Err(ReadFault::Record { place, .. }) = &found[2] else { panic!("{found:?}") };
            assert_eq!((place.line, place.byte), (Some(5), Some(byte)), "{end:?}");
        }
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(rows);
        let found = read_text(&latin);
        let Some(Err(ReadFault::Record { place, .. })) = found.last() else { panic!("{found:?}") };
        assert_eq!((place.line, place.byte), (Some(5), None), "decoded bytes are counted by nobody");
    }

    #[test]
    fn a_state_that_nobody_understands_is_never_published() {
        let found = read_text("Tunniste;Otsikko;Tila\n1;Lomat;piilossa\n".as_bytes());
        assert!(matches!(&found[0], Ok(Event::Notice { text, .. }) if text.contains("`piilossa`")));
        let Ok(Event::Record(record)) = &found[1] else { panic!("{found:?}") };
        let crate::record::LegacyBody::Page(page) = &record.body else { panic!("{record:?}") };
        assert_eq!(page.status, crate::record::LegacyStatus::Draft);
    }

    #[test]
    fn finnish_letters_in_one_byte_are_recognised() {
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode("Sisällönomistaja;Käyttöön;Pöytäkirja;Työmatka");
        assert_eq!(encoding_of(&latin), encoding_rs::WINDOWS_1252);
        assert_eq!(encoding_of("ä;ö".as_bytes()), UTF_8);
    }
}
