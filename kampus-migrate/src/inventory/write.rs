//! Writing the workbook.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kampus_core::Language;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};

use super::columns::Column;
use super::texts::Texts;
use super::verdict::Verdict;
use crate::outcome::{SurveyOutcome, SurveyRow};

/// Rows that a sheet has room for, the header included.
const MAX_ROWS: usize = 1_048_576;

/// Characters that a cell has room for.
const MAX_CELL: usize = 32_767;

/// An inventory that could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A sheet has no room for so many pages.
    #[error("a sheet has room for {} pages, and there are {pages}: survey the sources one by one", MAX_ROWS - 1)]
    TooManyPages {
        /// Their number.
        pages: usize,
    },
    /// An id that a cell cannot hold could not be read back.
    #[error("the id of `{0}` is longer than a cell can hold")]
    LongId(String),
    /// The file could not be written; nothing is left behind at its path.
    #[error("cannot write the inventory `{}`", path.display())]
    Save {
        /// The path as it was given.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The workbook could not be put together.
    #[error("cannot make the inventory")]
    Workbook(#[from] XlsxError),
}

/// Writes the workbook of a survey, in place of a file of that name.
pub fn write(path: &Path, survey: &SurveyOutcome, language: Language) -> Result<(), WriteError> {
    if survey.pages.len() >= MAX_ROWS {
        return Err(WriteError::TooManyPages { pages: survey.pages.len() });
    }
    let mut workbook = Workbook::new();
    let texts = Texts::of(language);
    write_pages(workbook.add_worksheet(), survey, language, texts)?;
    write_summary(workbook.add_worksheet(), survey, language, texts)?;
    if !survey.rejections.is_empty() {
        write_rejections(workbook.add_worksheet(), survey, language, texts)?;
    }
    let bytes = workbook.save_to_buffer()?;
    crate::report::replace(path, &bytes).map_err(|source| WriteError::Save { path: path.to_owned(), source })
}

fn write_pages(
    sheet: &mut Worksheet,
    survey: &SurveyOutcome,
    language: Language,
    texts: &Texts,
) -> Result<(), WriteError> {
    sheet.set_name(texts.pages_sheet)?;
    let (plain, decided) = (header_format(Color::RGB(0xD9_E2_EF)), header_format(Color::RGB(0xFF_E0_82)));
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let open = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0xFF_F8_E1))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xE6_D3_8F));
    for column in Column::ALL {
        let header = if column.is_decided() { &decided } else { &plain };
        sheet.set_column_width(column.number(), column.width())?;
        sheet.write_string_with_format(0, column.number(), column.header(language), header)?;
    }
    let date = Format::new().set_num_format("d.m.yyyy").set_align(FormatAlign::Top);
    for (row, page) in (1..).zip(&survey.pages) {
        write_page(sheet, row, page, &wrapped, &date)?;
        for column in Column::ALL.into_iter().filter(|column| column.is_decided()) {
            sheet.write_blank(row, column.number(), &open)?;
        }
    }
    let last = u32::try_from(survey.pages.len()).unwrap_or(u32::MAX).max(1);
    sheet.autofilter(0, 0, last, Column::Reason.number())?;
    sheet.set_freeze_panes(1, Column::Address.number())?;
    sheet.set_landscape();
    sheet.set_repeat_rows(0, 0)?;
    sheet.add_data_validation(
        1,
        Column::Decision.number(),
        last,
        Column::Decision.number(),
        &drop_down(language)?,
    )?;
    Ok(())
}

fn write_page(
    sheet: &mut Worksheet,
    row: u32,
    page: &SurveyRow,
    wrapped: &Format,
    date: &Format,
) -> Result<(), WriteError> {
    if page.id.chars().count() > MAX_CELL {
        return Err(WriteError::LongId(fit(&page.title)));
    }
    let texts = [
        (Column::Source, page.source.as_str()),
        (Column::Id, &page.id),
        (Column::Kind, &page.kind),
        (Column::Title, &page.title),
        (Column::Address, page.address.as_deref().unwrap_or_default()),
        (Column::Owner, page.owner.as_deref().unwrap_or_default()),
        (Column::Language, page.language.as_deref().unwrap_or_default()),
        (Column::Problems, &page.problems.join("\n")),
    ];
    // Texts are written as texts: a title that begins with `=` must not become a formula.
    for (column, text) in texts {
        sheet.write_string_with_format(row, column.number(), fit(text), wrapped)?;
    }
    for (column, day) in [(Column::Created, page.created), (Column::Modified, page.modified)] {
        if let Some(day) = day {
            write_day(sheet, row, column, day, date)?;
        }
    }
    for (column, number) in
        [(Column::Bytes, page.bytes), (Column::Words, page.words), (Column::Links, page.links)]
    {
        sheet.write_number_with_format(row, column.number(), as_number(number), wrapped)?;
    }
    Ok(())
}

/// A day as a date that can be sorted; days that Excel's calendar does not know stay readable as text.
fn write_day(
    sheet: &mut Worksheet,
    row: u32,
    column: Column,
    day: Date,
    format: &Format,
) -> Result<(), XlsxError> {
    let excel = u16::try_from(day.year()).ok().and_then(|year| {
        ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
    });
    match excel {
        Some(excel) => sheet.write_datetime_with_format(row, column.number(), &excel, format)?,
        None => sheet.write_string_with_format(row, column.number(), day.to_string(), format)?,
    };
    Ok(())
}

fn drop_down(language: Language) -> Result<DataValidation, XlsxError> {
    let texts = Texts::of(language);
    DataValidation::new()
        .allow_list_strings(&Verdict::ALL.map(|verdict| verdict.word(language)))?
        .set_input_title(Column::Decision.header(language))?
        .set_input_message(texts.decision_hint)?
        .set_error_title(Column::Decision.header(language))?
        .set_error_message(texts.decision_error)
        .map(|validation| validation.set_error_style(DataValidationErrorStyle::Stop))
}

fn write_summary(
    sheet: &mut Worksheet,
    survey: &SurveyOutcome,
    language: Language,
    texts: &Texts,
) -> Result<(), WriteError> {
    sheet.set_name(texts.summary_sheet)?;
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, texts.heading, &Format::new().set_bold().set_font_size(16))?;
    let mut row = 2;
    for line in texts.how {
        sheet.write_string(row, 0, line)?;
        row += 1;
    }
    row += 1;
    let headers = [
        Column::Source.header(language),
        texts.organisation,
        texts.file,
        texts.format,
        Column::Kind.header(language),
        texts.records,
        texts.stopped,
    ];
    let header = header_format(Color::RGB(0xD9_E2_EF));
    for (column, (text, width)) in
        (0..).zip(headers.into_iter().zip([14.0, 14.0, 36.0, 12.0, 16.0, 12.0, 40.0]))
    {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(row, column, text, &header)?;
    }
    let mut total = 0;
    for source in &survey.sources {
        // A source of which nothing could be read still has its row, with the reason.
        let kinds: Vec<(&str, u64)> =
            source.records.iter().map(|(kind, number)| (kind.as_str(), *number)).collect();
        let kinds = if kinds.is_empty() { vec![("", 0)] } else { kinds };
        for (kind, number) in kinds {
            row += 1;
            let file = source.path.display().to_string();
            let organisation = source.organisation.as_deref().unwrap_or_default();
            for (column, text) in (0..).zip([&source.source, organisation, &file, &source.format, kind]) {
                sheet.write_string(row, column, fit(text))?;
            }
            sheet.write_number(row, 5, as_number(number))?;
            sheet.write_string(row, 6, fit(source.stopped.as_deref().unwrap_or_default()))?;
            total += number;
        }
    }
    sheet.write_string_with_format(row + 1, 4, texts.total, &bold)?;
    sheet.write_number_with_format(row + 1, 5, as_number(total), &bold)?;
    Ok(())
}

fn write_rejections(
    sheet: &mut Worksheet,
    survey: &SurveyOutcome,
    language: Language,
    texts: &Texts,
) -> Result<(), WriteError> {
    sheet.set_name(texts.rejected_sheet)?;
    let header = header_format(Color::RGB(0xD9_E2_EF));
    let headers = [
        Column::Source.header(language),
        Column::Id.header(language),
        texts.place,
        Column::Reason.header(language),
    ];
    for (column, (text, width)) in (0..).zip(headers.into_iter().zip([14.0, 18.0, 50.0, 80.0])) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, text, &header)?;
    }
    // Beyond a full sheet the rest is in the document of `survey --json`.
    for (row, rejection) in (1..).zip(survey.rejections.iter().take(MAX_ROWS - 1)) {
        let id = rejection.id.as_deref().unwrap_or_default();
        for (column, text) in (0..).zip([&rejection.source, id, &rejection.place, &rejection.reason]) {
            sheet.write_string(row, column, fit(text))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn header_format(colour: Color) -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(colour)
}

/// The text, cut visibly where a cell has no more room.
fn fit(text: &str) -> String {
    if text.chars().count() <= MAX_CELL {
        return text.to_owned();
    }
    text.chars().take(MAX_CELL - 1).chain(['…']).collect()
}

/// Numbers of a sheet are floating-point; counts are far below where that loses digits.
#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
fn as_number(count: u64) -> f64 {
    count as f64
}
