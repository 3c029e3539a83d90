//! Writing the workbook.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kampus_core::Language;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Workbook, Worksheet, XlsxError,
};

use super::columns::{Column, Layout};
use super::summary;
use super::texts::Texts;
use super::verdict::Verdict;
use crate::outcome::{SurveyOutcome, SurveyRow};
use crate::report::RowWords;

/// Rows that a sheet has room for, the header included.
pub(super) const MAX_ROWS: usize = 1_048_576;

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
    summary::write(workbook.add_worksheet(), survey, language, texts)?;
    if !survey.targets.is_empty() {
        summary::write_targets(workbook.add_worksheet(), survey, language, texts)?;
    }
    if !survey.rejections.is_empty() {
        summary::write_rejections(workbook.add_worksheet(), survey, language, texts)?;
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
    let layout = Layout::of(survey);
    for (number, column) in layout.iter() {
        let header = if column.is_decided() { &decided } else { &plain };
        sheet.set_column_width(number, column.width())?;
        sheet.write_string_with_format(0, number, column.header(language), header)?;
    }
    let date = Format::new().set_num_format("d.m.yyyy").set_align(FormatAlign::Top);
    let formats = Formats { words: RowWords::of(language), wrapped, date, open };
    let names = summary::target_names(survey, language);
    for (row, page) in (1..).zip(&survey.pages) {
        if page.id.chars().count() > MAX_CELL {
            return Err(WriteError::LongId(fit(&page.title)));
        }
        let rule = summary::rule_of(page, survey, &names, texts);
        for (number, column) in layout.iter() {
            write_cell(sheet, (row, number), column, page, &rule, texts, &formats)?;
        }
    }
    let last = u32::try_from(survey.pages.len()).unwrap_or(u32::MAX).max(1);
    sheet.autofilter(0, 0, last, layout.last())?;
    sheet.set_freeze_panes(1, layout.number(Column::Address).unwrap_or(0))?;
    sheet.set_landscape();
    sheet.set_repeat_rows(0, 0)?;
    if let Some(number) = layout.number(Column::Decision) {
        let verdicts = Verdict::ALL.into_iter();
        let verdicts = verdicts.filter(|verdict| *verdict != Verdict::Move || !survey.targets.is_empty());
        let words: Vec<&str> = verdicts.map(|verdict| verdict.word(language)).collect();
        let words = DataValidation::new().allow_list_strings(&words)?;
        let choice = drop_down(words, Column::Decision, texts.decision_hint, language)?;
        sheet.add_data_validation(1, number, last, number, &choice)?;
    }
    if let Some(number) = layout.number(Column::Target) {
        // A list in the cell's own rule has room for 255 characters; a column of a sheet has not that limit.
        let names = format!("='{}'!$A$2:$A${}", texts.targets_sheet, survey.targets.len() + 1);
        let names = DataValidation::new().allow_list_formula(Formula::new(names));
        let choice = drop_down(names, Column::Target, texts.how_to_move, language)?;
        sheet.add_data_validation(1, number, last, number, &choice)?;
    }
    Ok(())
}

/// How cells look, and the words that stand in them.
struct Formats {
    words: RowWords,
    wrapped: Format,
    date: Format,
    open: Format,
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, number): (u32, u16),
    column: Column,
    page: &SurveyRow,
    rule: &str,
    texts: &Texts,
    formats: &Formats,
) -> Result<(), WriteError> {
    let (kind, problems) = (|| formats.words.kind(&page.kind), || formats.words.problems(page));
    let text = match column {
        Column::Source => page.source.as_str(),
        Column::Id => &page.id,
        Column::Kind => &kind(),
        Column::Title => &page.title,
        Column::Address => page.address.as_deref().unwrap_or_default(),
        Column::Owner => page.owner.as_deref().unwrap_or_default(),
        Column::Language => page.language.as_deref().unwrap_or_default(),
        Column::LanguageFrom => page.language_from.map_or("", |from| texts.language_from(from)),
        Column::VersionOf => page.version_of.as_deref().unwrap_or_default(),
        Column::Rule => rule,
        Column::Problems => &problems(),
        Column::Created => return Ok(write_day(sheet, (row, number), page.created, &formats.date)?),
        Column::Modified => return Ok(write_day(sheet, (row, number), page.modified, &formats.date)?),
        Column::Bytes | Column::Words | Column::Links => {
            let count = match column {
                Column::Bytes => page.bytes,
                Column::Words => page.words,
                _ => page.links,
            };
            sheet.write_number_with_format(row, number, as_number(count), &formats.wrapped)?;
            return Ok(());
        }
        Column::Decision | Column::MergeInto | Column::Target | Column::NewOwner | Column::Reason => {
            sheet.write_blank(row, number, &formats.open)?;
            return Ok(());
        }
    };
    // Texts are written as texts: a title that begins with `=` must not become a formula.
    sheet.write_string_with_format(row, number, fit(text), &formats.wrapped)?;
    Ok(())
}

/// A day as a date that can be sorted; days that Excel's calendar does not know stay readable as text.
fn write_day(
    sheet: &mut Worksheet,
    (row, number): (u32, u16),
    day: Option<Date>,
    format: &Format,
) -> Result<(), XlsxError> {
    let Some(day) = day else { return Ok(()) };
    let excel = u16::try_from(day.year()).ok().and_then(|year| {
        ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
    });
    match excel {
        Some(excel) => sheet.write_datetime_with_format(row, number, &excel, format)?,
        None => sheet.write_string_with_format(row, number, day.to_string(), format)?,
    };
    Ok(())
}

fn drop_down(
    list: DataValidation,
    column: Column,
    hint: &str,
    language: Language,
) -> Result<DataValidation, XlsxError> {
    list.set_input_title(column.header(language))?
        .set_input_message(hint)?
        .set_error_title(column.header(language))?
        .set_error_message(Texts::of(language).decision_error)
        .map(|validation| validation.set_error_style(DataValidationErrorStyle::Stop))
}

pub(super) fn header_format(colour: Color) -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(colour)
}

/// The text, cut visibly where a cell has no more room.
pub(super) fn fit(text: &str) -> String {
    if text.chars().count() <= MAX_CELL {
        return text.to_owned();
    }
    text.chars().take(MAX_CELL - 1).chain(['…']).collect()
}

/// Numbers of a sheet are floating-point; counts are far below where that loses digits.
#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
pub(super) fn as_number(count: u64) -> f64 {
    count as f64
}
