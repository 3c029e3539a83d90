//! Rows of a source as they stand there.

use std::io::{self, BufRead};

use super::row::RawRow;

/// The longest line that is read. What is longer is no activity, and must not fill the memory.
const LONGEST: usize = 64 * 1024;

/// How activity is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceFormat {
    /// One JSON object a line.
    Ndjson,
    /// Comma-separated values with a header line.
    Csv,
}

/// Reads rows from a source.
pub(super) struct Reader<R> {
    lines: R,
    /// The header of CSV.
    header: Option<csv::StringRecord>,
    line: u64,
    bytes: u64,
}

impl<R: BufRead> Reader<R> {
    /// Begins to read; the format is told by the first byte that is no blank, if nobody says.
    pub(super) fn new(mut lines: R, format: Option<SourceFormat>) -> io::Result<Self> {
        let first = lines.fill_buf()?;
        let text = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
        let looks_json =
            text.iter().find(|byte| !byte.is_ascii_whitespace()).is_none_or(|byte| *byte == b'{');
        let is_json = format.map_or(looks_json, |format| format == SourceFormat::Ndjson);
        if first.len() > text.len() {
            lines.consume(3);
        }
        let mut reader = Self { lines, header: None, line: 0, bytes: 0 };
        if !is_json {
            let header =
                reader.read_line()?.unwrap_or_else(|| Ok(String::new())).map_err(io::Error::other)?;
            reader.header = parse_csv(&header);
        }
        Ok(reader)
    }

    /// The line of the row read last, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes are read.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next row; `Err` inside for a line that is none.
    pub(super) fn next_row(&mut self) -> Option<io::Result<Result<RawRow, String>>> {
        loop {
            let text = match self.read_line() {
                Ok(None) => return None,
                Ok(Some(Ok(text))) => text,
                Ok(Some(Err(fault))) => return Some(Ok(Err(fault))),
                Err(error) => return Some(Err(error)),
            };
            if !text.trim().is_empty() {
                return Some(Ok(self.parse(&text)));
            }
        }
    }

    fn parse(&self, text: &str) -> Result<RawRow, String> {
        let Some(header) = &self.header else {
            return serde_json::from_str(text).map_err(|error| format!("it is no activity: {error}"));
        };
        let record = parse_csv(text).ok_or("it is no line of CSV")?;
        if record.len() != header.len() {
            return Err(format!("it has {} fields, but the header has {}", record.len(), header.len()));
        }
        record.deserialize(Some(header)).map_err(|error| format!("it is no activity: {error}"))
    }

    /// A line without its end; `Err` inside when it is too long or no UTF-8.
    fn read_line(&mut self) -> io::Result<Option<Result<String, String>>> {
        let mut line = Vec::new();
        let mut skipped = false;
        loop {
            let available = self.lines.fill_buf()?;
            if available.is_empty() {
                if line.is_empty() && !skipped {
                    return Ok(None);
                }
                break;
            }
            let (part, ended) = match available.iter().position(|byte| *byte == b'\n') {
                Some(end) => (available.get(..end).unwrap_or_default(), true),
                None => (available, false),
            };
            if line.len() + part.len() > LONGEST {
                skipped = true;
            } else {
                line.extend_from_slice(part);
            }
            let used = part.len() + usize::from(ended);
            self.lines.consume(used);
            self.bytes += used as u64;
            if ended {
                break;
            }
        }
        self.line += 1;
        if skipped {
            return Ok(Some(Err(format!("the line is longer than {LONGEST} bytes"))));
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(String::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())))
    }
}

/// The fields of one line: activity has no line breaks in its fields.
fn parse_csv(line: &str) -> Option<csv::StringRecord> {
    csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes()).records().next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Result<RawRow, String>> {
        let mut reader = Reader::new(text.as_bytes(), None).unwrap();
        std::iter::from_fn(|| reader.next_row()).map(Result::unwrap).collect()
    }

    #[test]
    fn json_lines_and_csv_say_the_same() {
        let json = rows(
            "{\"occurred_at\":\"2018-03-01T08:00:00Z\",\"actor\":\"person:1\",\"verb\":\"view\",\"object\":\"item:2\"}\n",
        );
        let csv =
            rows("\u{feff}occurred_at,actor,verb,object\r\n2018-03-01T08:00:00Z,person:1,view,item:2\r\n");
        assert_eq!(json, csv);
        assert!(json[0].is_ok());
    }

    #[test]
    fn a_bad_line_is_told_and_the_next_one_is_read() {
        let found = rows("{\"a\":\n{\"occurred_at\":\"x\",\"actor\":\"person:1\",\"verb\":\"view\"}\n");
        assert!(found[0].is_err() && found[1].is_ok());
        let long = format!("{{\"a\":\"{}\"}}\n", "x".repeat(LONGEST));
        assert!(rows(&long)[0].as_ref().unwrap_err().contains("longer than"));
    }
}
