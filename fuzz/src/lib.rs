//! What several targets do.

use std::io::Write as _;

use kampus_migrate::format::{self, Event, Format, Limits, ReadFault, ReadOptions, RowKind};
use kampus_migrate::plan::Values;

/// Reads bytes as an export of that format to its end. What is promised: no panic, an end, and after a fault of the
/// file nothing more.
pub fn read(bytes: &[u8], format: Format, rows: RowKind) {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("a temporary file takes bytes");
    let options = ReadOptions {
        shown: "export".into(),
        rows,
        sheet: None,
        columns: Default::default(),
        values: Values::default(),
        mapping: None,
        limits: Limits::default(),
    };
    let Ok(reader) = format::open(file.path(), format, &options) else { return };
    let mut broken = false;
    for event in reader {
        assert!(!broken, "something follows after the file is broken");
        match event {
            Ok(Event::Record(record)) => assert!(!record.id.is_empty(), "a record without id"),
            Ok(Event::Notice { text, .. }) => assert!(!text.is_empty(), "a notice that says nothing"),
            Err(ReadFault::Record { reason, .. }) => assert!(!reason.is_empty(), "a fault without reason"),
            Err(ReadFault::File { reason, .. }) => {
                assert!(!reason.is_empty(), "a fault without reason");
                broken = true;
            }
        }
    }
}
