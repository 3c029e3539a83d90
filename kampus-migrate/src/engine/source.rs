//! Reading one file of a plan, whichever it is.

use std::collections::BTreeMap;
use std::path::Path;

use super::Progress;
use super::error::MigrateError;
use crate::format::{self, Event, Format, Limits, ReadFault, ReadOptions, Reader, RowKind, Yield};
use crate::plan::{Mapping, PeopleList, Source, Values};
use crate::record::Place;

/// How often progress is told.
const EVERY: u64 = 100;

/// A file of a plan.
pub(super) struct Input<'a> {
    id: &'a str,
    path: &'a Path,
    shown: &'a Path,
    format: Option<Format>,
    rows: RowKind,
    sheet: Option<&'a str>,
    columns: &'a BTreeMap<String, String>,
    values: Values,
    mapping: Option<&'a Mapping>,
}

impl<'a> Input<'a> {
    pub(super) fn people(list: &'a PeopleList) -> Self {
        Self {
            id: &list.id,
            path: &list.path,
            shown: &list.shown,
            format: None,
            rows: RowKind::People,
            sheet: list.sheet.as_deref(),
            columns: &list.columns,
            values: Values::default(),
            mapping: None,
        }
    }

    pub(super) fn source(source: &'a Source) -> Self {
        Self {
            id: &source.id,
            path: &source.path,
            shown: &source.shown,
            format: source.format,
            rows: RowKind::Pages,
            sheet: source.sheet.as_deref(),
            columns: &source.columns,
            values: source.values.clone(),
            mapping: source.mapping.as_ref(),
        }
    }

    fn open(&self, format: Format) -> Result<Reader, format::ReadError> {
        let options = ReadOptions {
            shown: self.shown.to_owned(),
            rows: self.rows,
            sheet: self.sheet.map(str::to_owned),
            columns: self.columns.clone(),
            values: self.values.clone(),
            mapping: self.mapping.cloned(),
            limits: Limits::default(),
        };
        format::open(self.path, format, &options)
    }
}

/// Hands everything that a file holds to `visit`; tells the format it was read as and why reading stopped, if it
/// did before the end. What the file does wrong is told, what the visitor fails at is returned.
pub(super) fn each(
    input: &Input<'_>,
    progress: &mut dyn FnMut(Progress),
    mut visit: impl FnMut(Yield) -> Result<(), MigrateError>,
) -> Result<(String, Option<String>), MigrateError> {
    let bytes = input.path.metadata().map(|metadata| metadata.len()).ok();
    progress(Progress::Source { id: input.id.to_owned(), bytes });
    let format = match input.format.map_or_else(|| format::detect_file(input.path), Ok) {
        Ok(format) => format,
        Err(error) => return Ok(("unknown".to_owned(), Some(told(&error)))),
    };
    let name = format.name().to_owned();
    let reader = match input.open(format) {
        Ok(reader) => reader,
        Err(error) => return Ok((name, Some(told(&error)))),
    };
    let (mut records, mut bytes) = (0, 0);
    let mut stopped = None;
    for event in reader {
        if let Err(fault @ ReadFault::File { .. }) = &event {
            stopped = Some(fault.to_string());
        }
        bytes = place_of(&event).byte.unwrap_or(bytes);
        visit(event)?;
        records += 1;
        if records % EVERY == 0 {
            progress(Progress::Read { records, bytes });
        }
    }
    progress(Progress::Read { records, bytes });
    Ok((name, stopped))
}

fn place_of(event: &Yield) -> &Place {
    match event {
        Ok(Event::Record(record)) => &record.place,
        Ok(Event::Notice { place, .. })
        | Err(ReadFault::Record { place, .. } | ReadFault::File { place, .. }) => place,
    }
}

/// An error with its causes in one line.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
