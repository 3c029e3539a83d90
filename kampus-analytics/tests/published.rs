//! A report read back from its files, as those who get it would read it.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use quick_xml::Reader;
use quick_xml::events::Event;

/// A figure as it was published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Figure {
    Shown(f64),
    Hidden,
}

/// A table as it was published: rows of texts, as they stand.
pub(crate) type Rows = Vec<Vec<String>>;

/// The rows of a CSV table, without the header.
pub(crate) fn csv(folder: &Path, table: &str) -> Rows {
    let path = folder.join("tables").join(format!("{table}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The rows of a sheet, without the header; numbers in full, dates as days since Excel's beginning.
pub(crate) fn sheet(folder: &Path, table: &str) -> Rows {
    let mut book: Xlsx<_> = open_workbook(folder.join("report.xlsx")).unwrap();
    let range = book.worksheet_range(table).unwrap();
    let text = |cell: &Data| match cell {
        Data::Float(number) => number.to_string(),
        Data::DateTime(at) => at.as_f64().to_string(),
        other => other.to_string(),
    };
    range.rows().skip(1).map(|row| row.iter().map(text).collect()).collect()
}

/// The rows of the page's table of that name: exact numbers where a cell carries one, its text otherwise.
pub(crate) fn page(folder: &Path, table: &str) -> Rows {
    let html = std::fs::read_to_string(folder.join("report.html")).unwrap();
    let begin = html.find(&format!("<table id=\"table-{table}\">")).expect("the table is in the page");
    let length = html[begin..].find("</table>").unwrap() + "</table>".len();
    let mut reader = Reader::from_str(&html[begin..begin + length]);
    let (mut rows, mut cell, mut exact) = (Rows::new(), None, None);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "tr" => rows.push(Vec::new()),
            Event::Start(tag) if tag.name().as_ref() == "td" => {
                cell = Some(String::new());
                exact = tag
                    .try_get_attribute("data-value")
                    .unwrap()
                    .map(|attribute| attribute.value.into_owned());
            }
            Event::Text(text) => {
                if let Some(cell) = cell.as_mut() {
                    cell.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(cell) = cell.as_mut() {
                    cell.push_str(quick_xml::escape::resolve_predefined_entity(&reference).unwrap());
                }
            }
            Event::End(tag) if tag.name().as_ref() == "td" => {
                let text = cell.take().unwrap();
                rows.last_mut().unwrap().push(exact.take().unwrap_or(text));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// The figures of some columns, by the row's number.
pub(crate) fn figures(rows: &Rows, columns: &[usize]) -> BTreeMap<(usize, usize), Figure> {
    let mut figures = BTreeMap::new();
    for (row, cells) in rows.iter().enumerate() {
        for column in columns {
            let figure = match cells[*column].as_str() {
                ".." => Figure::Hidden,
                text => Figure::Shown(text.parse().unwrap_or_else(|_| panic!("`{text}` is no figure"))),
            };
            figures.insert((row, *column), figure);
        }
    }
    figures
}
