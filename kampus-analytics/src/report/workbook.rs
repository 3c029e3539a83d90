//! Tables as a workbook, for people who count on: numbers are numbers, days are days.

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError};

use crate::directory::Directory;
use crate::table::{Cell, ColumnKind, ReportTables, Table};
use crate::words::Words;

/// All tables, a sheet each, behind a sheet that says what they are.
pub(super) fn encode(
    tables: &ReportTables,
    directory: &Directory,
    words: &Words,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book { workbook: Workbook::new(), styles: Styles::new(words), directory, words };
    let title = words.text("report-title");
    // The same report is the same bytes: made on the last day that it is about.
    let made = excel_day(tables.to)?;
    book.workbook.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&made));
    book.contents(tables, &title)?;
    for table in &tables.tables {
        book.sheet(table)?;
    }
    book.workbook.save_to_buffer()
}

struct Styles {
    title: Format,
    head: Format,
    wrapped: Format,
    day: Format,
    count: Format,
    share: Format,
    right: Format,
}

impl Styles {
    fn new(words: &Words) -> Self {
        let english = words.language() == kampus_core::Language::En;
        Self {
            title: Format::new().set_bold().set_font_size(16),
            head: Format::new().set_bold().set_border_bottom(rust_xlsxwriter::FormatBorder::Thin),
            wrapped: Format::new().set_text_wrap().set_align(rust_xlsxwriter::FormatAlign::Top),
            day: Format::new().set_num_format(if english { "d mmmm yyyy" } else { "d.m.yyyy" }),
            count: Format::new().set_num_format("#,##0"),
            share: Format::new().set_num_format("0.0 %"),
            right: Format::new().set_align(rust_xlsxwriter::FormatAlign::Right),
        }
    }
}

struct Book<'a> {
    workbook: Workbook,
    styles: Styles,
    directory: &'a Directory,
    words: &'a Words,
}

impl Book<'_> {
    fn contents(&mut self, tables: &ReportTables, title: &str) -> Result<(), XlsxError> {
        let (words, styles) = (self.words, &self.styles);
        let k = words.count(f64::from(tables.min_group));
        let (from, to) = (words.date(tables.from), words.date(tables.to));
        let sheet = self.workbook.add_worksheet().set_name(words.text("workbook-contents"))?;
        sheet.set_column_width(0, 30)?.set_column_width(1, 100)?;
        sheet.write_with_format(0, 0, title, &styles.title)?;
        sheet.write(1, 0, words.say("report-period", &[("from", &from), ("to", &to)]))?;
        sheet.write_with_format(3, 0, words.text("workbook-sheet"), &styles.head)?;
        sheet.write_with_format(3, 1, words.text("workbook-what"), &styles.head)?;
        let mut row = 4;
        for table in &tables.tables {
            sheet.write(row, 0, Url::new(format!("internal:'{}'!A1", table.id)).set_text(table.id))?;
            let what = format!(
                "{}. {}",
                words.text(&format!("table-{}", table.id)),
                words.text(&format!("define-{}", table.id))
            );
            sheet.write_with_format(row, 1, what, &styles.wrapped)?;
            row += 1;
        }
        row += 1;
        for note in notes(words, &k) {
            sheet.write_with_format(row, 1, note, &styles.wrapped)?;
            row += 1;
        }
        Ok(())
    }

    fn sheet(&mut self, table: &Table) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet().set_name(table.id)?;
        for (index, column) in table.columns.iter().enumerate() {
            let place = u16::try_from(index).map_err(|_| XlsxError::RowColumnLimitError)?;
            let heading = self.words.text(&format!("column-{}", column.id));
            sheet.write_with_format(0, place, heading, &self.styles.head)?;
            let width = match column.kind {
                ColumnKind::Organisation => 40,
                ColumnKind::Text => 36,
                ColumnKind::Date => 16,
                ColumnKind::Count | ColumnKind::Share => 14,
            };
            sheet.set_column_width(place, width)?;
        }
        for (index, cells) in table.rows.iter().enumerate() {
            let row = u32::try_from(index + 1).map_err(|_| XlsxError::RowColumnLimitError)?;
            for (place, (cell, column)) in (0..).zip(cells.iter().zip(&table.columns)) {
                write(sheet, (row, place), cell, column.kind, (&self.styles, self.words, self.directory))?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        let last_row = u32::try_from(table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        let last_column = u16::try_from(table.columns.len().saturating_sub(1))
            .map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.autofilter(0, 0, last_row, last_column)?;
        Ok(())
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    kind: ColumnKind,
    (styles, words, directory): (&Styles, &Words, &Directory),
) -> Result<(), XlsxError> {
    match cell {
        Cell::Number(number) => {
            let format = if kind == ColumnKind::Share { &styles.share } else { &styles.count };
            sheet.write_number_with_format(row, column, *number, format)?;
        }
        Cell::Date(date) => {
            sheet.write_datetime_with_format(row, column, &excel_day(*date)?, &styles.day)?;
        }
        Cell::Hidden(_) => {
            sheet.write_string_with_format(row, column, words.cell(cell, kind, directory), &styles.right)?;
        }
        Cell::Gap => {}
        Cell::Text(_) | Cell::Localised(_) | Cell::Organisation(_) => {
            sheet.write_string(row, column, words.cell(cell, kind, directory))?;
        }
    }
    Ok(())
}

/// What readers have to know of the figures.
fn notes(words: &Words, k: &str) -> [String; 4] {
    [
        words.say("report-about", &[("k", k)]),
        words.say("privacy-hidden", &[("k", k), ("mark", crate::words::HIDDEN)]),
        words.text("privacy-deliberate"),
        words.text("privacy-rolled"),
    ]
}

fn excel_day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or_default();
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    ExcelDateTime::from_ymd(year, month, day)
}
