//! What migrating is measured against: the sanitiser alone, for the same bodies.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use kampus_migrate::format::{self, Event, Format, Limits, ReadError, ReadOptions, Reader, RowKind};
use kampus_migrate::plan::Values;
use kampus_migrate::record::LegacyBody;

/// How many bodies a thread takes at a time.
const CHUNK: usize = 500;

/// Opens an export as `run` does, without a plan.
///
/// # Errors
/// When it cannot be read.
pub fn open(export: &Path, format: Format) -> Result<Reader, ReadError> {
    let options = ReadOptions {
        shown: export.to_owned(),
        rows: RowKind::Pages,
        sheet: None,
        columns: std::collections::BTreeMap::new(),
        values: Values::default(),
        mapping: None,
        limits: Limits::default(),
    };
    format::open(export, format, &options)
}

/// The bodies of an export's pages, read as they are asked for.
///
/// # Errors
/// When it cannot be read.
pub fn bodies(export: &Path, format: Format) -> Result<impl Iterator<Item = String>, ReadError> {
    Ok(open(export, format)?.filter_map(|event| match event {
        Ok(Event::Record(record)) => match record.body {
            LegacyBody::Page(page) => Some(page.body),
            _ => None,
        },
        _ => None,
    }))
}

/// How many threads there are to work on.
pub fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Sanitises bodies on all cores and throws the result away; tells how long that took. Nothing is read, parsed,
/// linked or stored: no migration that sanitises with ammonia can be faster.
pub fn ammonia_alone(bodies: &[String]) -> Duration {
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads() {
            scope.spawn(|| {
                while let Some(chunk) = bodies.chunks(CHUNK).nth(next.fetch_add(1, Ordering::Relaxed)) {
                    for body in chunk {
                        std::hint::black_box(ammonia::clean(body));
                    }
                }
            });
        }
    });
    start.elapsed()
}
