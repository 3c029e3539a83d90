//! What several targets do.

use std::io::Write as _;

use kampus_migrate::format::{self, Event, Format, Limits, ReadFault, ReadOptions, RowKind};
use kampus_migrate::plan::{ElementPath, Mapping, Values};

/// A mapping of the shape that the seeds have.
fn mapping() -> Option<Mapping> {
    let path = |text: &str| ElementPath::parse(text).expect("a path");
    let fields = [("id", "@id"), ("title", "heading"), ("body", "content"), ("labels", "tags/tag"), ("lead", ".")];
    Some(Mapping {
        record: path("export/articles/article"),
        fields: fields.into_iter().map(|(field, place)| (field, path(place))).collect(),
        markup: None,
    })
}

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
        mapping: mapping(),
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
