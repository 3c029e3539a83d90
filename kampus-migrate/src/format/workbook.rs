//! Workbooks: xlsx, xlsb, xls and ods, through calamine.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{Data, Ods, Range, Reader, Sheets, Xls, Xlsb, Xlsx};
use jiff::civil::DateTime;

use super::rows::{Cell, Row, Table, cell_name};
use super::{Format, Limits, ReadError, ReadOptions, Yield};
use crate::record::{LegacyTime, Place};

/// Begins to read: the sheet is opened and its header found.
pub(super) fn read(path: &Path, format: Format, options: &ReadOptions) -> Result<Workbook, ReadError> {
    let unusable = |reason: String| ReadError::Unusable { path: options.shown.clone(), reason };
    let bytes = bytes_of(path, options)?;
    check_size(&bytes, format, options.limits).map_err(unusable)?;
    let found = isolated(|| sheet_of(bytes, format, options)).map_err(unusable)??;
    Ok(found)
}

fn bytes_of(path: &Path, options: &ReadOptions) -> Result<Vec<u8>, ReadError> {
    let open = |source| ReadError::Open { path: options.shown.clone(), source };
    let file = File::open(path).map_err(open)?;
    let size = file.metadata().map_err(open)?.len();
    if size > options.limits.workbook_bytes {
        return Err(ReadError::Unusable {
            path: options.shown.clone(),
            reason: format!(
                "the workbook has {size} bytes, more than the {} that are read: save the list as CSV",
                options.limits.workbook_bytes
            ),
        });
    }
    let mut bytes = Vec::new();
    BufReader::new(file).read_to_end(&mut bytes).map_err(open)?;
    Ok(bytes)
}

/// Refuses what would unpack to more than is read. A workbook's parts say their sizes in the zip's directory; what
/// lies there is found out when it is unpacked, so the bytes are counted, not believed.
fn check_size(bytes: &[u8], format: Format, limits: Limits) -> Result<(), String> {
    if format == Format::Xls {
        return Ok(());
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut total = 0;
    for index in 0..archive.len() {
        let mut part = match archive.by_index(index) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(_)) => {
                return Err("the workbook is protected by a password: save a copy without one".to_owned());
            }
            Err(error) => return Err(broken(&error)),
        };
        let name = part.name().map_or_else(|_| String::new(), std::borrow::Cow::into_owned);
        if !std::path::Path::new(&name)
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("xml") || ending.eq_ignore_ascii_case("bin"))
        {
            continue;
        }
        let left = limits.unpacked_bytes.saturating_sub(total);
        let read = std::io::copy(&mut part.by_ref().take(left + 1), &mut std::io::sink())
            .map_err(|error| broken(&error))?;
        total += read;
        if total > limits.unpacked_bytes {
            return Err(format!(
                "the workbook unpacks to more than {} bytes (at `{name}`): save the list as CSV",
                limits.unpacked_bytes
            ));
        }
    }
    Ok(())
}

fn broken(error: &dyn std::error::Error) -> String {
    format!("the workbook is broken: {error}")
}

/// The one place that does not trust calamine: what it does with a hostile workbook (an index out of bounds, a sum
/// that overflows) becomes an error of the file. Its state is dropped with the panic.
fn isolated<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| "the workbook is broken in a way that cannot be told".to_owned())
}

type Book = Sheets<Cursor<Vec<u8>>>;

/// Opens the workbook as what its bytes say it is, so that what is wrong with it is told of that format.
fn open(bytes: Vec<u8>, format: Format) -> Result<Book, String> {
    let bytes = Cursor::new(bytes);
    match format {
        Format::Xls => Xls::new(bytes).map(Sheets::Xls).map_err(|error| opening(&error)),
        Format::Xlsb => Xlsb::new(bytes).map(Sheets::Xlsb).map_err(|error| opening(&error)),
        Format::Ods => Ods::new(bytes).map(Sheets::Ods).map_err(|error| opening(&error)),
        _ => Xlsx::new(bytes).map(Sheets::Xlsx).map_err(|error| opening(&error)),
    }
}

fn sheet_of(bytes: Vec<u8>, format: Format, options: &ReadOptions) -> Result<Workbook, ReadError> {
    let unusable = |reason: String| ReadError::Unusable { path: options.shown.clone(), reason };
    let mut book = open(bytes, format).map_err(unusable)?;
    let names: Vec<String> = match &options.sheet {
        Some(sheet) => vec![sheet.clone()],
        None => book.sheet_names(),
    };
    if names.is_empty() {
        return Err(unusable("the workbook has no sheets".to_owned()));
    }
    let mut reasons = Vec::new();
    for name in names {
        let range = match book.worksheet_range(&name) {
            Ok(range) => range,
            Err(error) => {
                reasons.push(format!("sheet `{name}`: {error}"));
                continue;
            }
        };
        match header_in(&name, &range, options) {
            Ok(()) => {
                let table = Table::new(options.clone(), Some(name.clone()));
                let options = options.clone();
                return Ok(Workbook { sheet: name, range, options, table, next: 0, ready: VecDeque::new() });
            }
            Err(reason) => reasons.push(format!("sheet `{name}`: {reason}")),
        }
    }
    Err(unusable(reasons.join("; ")))
}

fn opening(error: &dyn std::error::Error) -> String {
    let text = error.to_string();
    if text.to_lowercase().contains("password") {
        "the workbook is protected by a password: save a copy without one".to_owned()
    } else {
        format!("the workbook is broken: {text}")
    }
}

/// Looks for the header in the first rows.
fn header_in(sheet: &str, range: &Range<Data>, options: &ReadOptions) -> Result<(), String> {
    let width = range.width();
    if width > options.limits.columns {
        return Err(format!(
            "it has {width} columns, more than the {} that are read",
            options.limits.columns
        ));
    }
    let mut table = Table::new(options.clone(), Some(sheet.to_owned()));
    for index in 0..range.height() {
        table.take(row(sheet, range, index, options));
        if table.has_header() {
            return Ok(());
        }
        if index > 200 {
            break;
        }
    }
    Err(table.no_header())
}

fn row(sheet: &str, range: &Range<Data>, index: usize, options: &ReadOptions) -> Row {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let number = u64::from(first_row) + index as u64 + 1;
    let mut cells: Vec<Cell> = vec![Cell::Empty; first_column as usize];
    cells.extend(range.rows().nth(index).unwrap_or_default().iter().map(cell));
    let place = Place {
        file: options.shown.clone(),
        cell: Some(cell_name(Some(sheet), first_column as usize, number)),
        ..Place::default()
    };
    Row { cells, number, place }
}

/// A sheet under way.
pub(super) struct Workbook {
    sheet: String,
    range: Range<Data>,
    options: ReadOptions,
    table: Table,
    next: usize,
    ready: VecDeque<Yield>,
}

impl Iterator for Workbook {
    type Item = Yield;

    fn next(&mut self) -> Option<Yield> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.next >= self.range.height() {
                return None;
            }
            let row = row(&self.sheet, &self.range, self.next, &self.options);
            self.next += 1;
            self.ready.extend(self.table.take(row));
        }
    }
}

fn cell(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::Text(decoded(text)),
        Data::Int(number) => Cell::Text(number.to_string()),
        Data::Float(number) => Cell::Text(number.to_string()),
        Data::Bool(truth) => Cell::Text(truth.to_string()),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
            wall(year, month, day, hour, minute, second, milli).map_or_else(
                || Cell::Text(date.as_f64().to_string()),
                |wall| Cell::Date(LegacyTime::Local(wall)),
            )
        }
        Data::DateTime(duration) => Cell::Text(duration.as_f64().to_string()),
        Data::DateTimeIso(text) => text
            .parse::<DateTime>()
            .map_or_else(|_| Cell::Text(text.clone()), |wall| Cell::Date(LegacyTime::Local(wall))),
        Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::Error(error) => Cell::Text(error.to_string()),
    }
}

fn wall(year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8, milli: u16) -> Option<DateTime> {
    let small = |number: u8| i8::try_from(number).ok();
    DateTime::new(
        i16::try_from(year).ok()?,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        i32::from(milli) * 1_000_000,
    )
    .ok()
}

/// Office Open XML writes characters that XML cannot hold as `_x000D_`.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after.get(..4).filter(|code| code.chars().all(|c| c.is_ascii_hexdigit()));
        let known = code
            .filter(|_| after.get(4..5) == Some("_"))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        if let Some(c) = known {
            out.push(c);
            rest = after.get(5..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = after;
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_themselves_again() {
        assert_eq!(decoded("a_x000D_\nb_x005F_c_xyz"), "a\nb_c_xyz");
    }
}
