//! The sheets beside the sheet of pages: what there is, the rules and targets, and what would be rejected.

use std::collections::BTreeMap;

use kampus_core::Language;
use rust_xlsxwriter::{Color, Format, Worksheet};

use super::columns::Column;
use super::texts::Texts;
use super::write::{MAX_ROWS, WriteError, as_number, fit, header_format};
use crate::outcome::{SurveyOutcome, SurveyRow, SurveyRule, SurveyTarget};

pub(super) fn write(
    sheet: &mut Worksheet,
    survey: &SurveyOutcome,
    language: Language,
    texts: &Texts,
) -> Result<(), WriteError> {
    sheet.set_name(texts.summary_sheet)?;
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, texts.heading, &Format::new().set_bold().set_font_size(16))?;
    let mut row = 2;
    let to_move = (!survey.targets.is_empty()).then_some(texts.how_to_move);
    for line in texts.how.into_iter().chain(to_move) {
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
    write_rules(sheet, row + 3, survey, language, texts)
}

/// The rules with what they take, and the pages that none takes.
fn write_rules(
    sheet: &mut Worksheet,
    mut row: u32,
    survey: &SurveyOutcome,
    language: Language,
    texts: &Texts,
) -> Result<(), WriteError> {
    if survey.rules.is_empty() {
        return Ok(());
    }
    sheet.write_string_with_format(row, 0, texts.rules_heading, &Format::new().set_bold())?;
    let header = header_format(Color::RGB(0xD9_E2_EF));
    row += 1;
    for (column, text) in (0..).zip([Column::Rule.header(language), texts.goes_to, texts.pages, texts.files])
    {
        sheet.write_string_with_format(row, column, text, &header)?;
    }
    let names = target_names(survey, language);
    for rule in &survey.rules {
        row += 1;
        sheet.write_string(row, 0, fit(&rule.name))?;
        sheet.write_string(row, 1, fit(&goes_to(rule, &names, texts)))?;
        sheet.write_number(row, 2, as_number(rule.pages))?;
        sheet.write_number(row, 3, as_number(rule.files))?;
    }
    sheet.write_string(row + 1, 0, texts.no_rule)?;
    sheet.write_string(row + 1, 1, texts.own_section)?;
    sheet.write_number(row + 1, 2, as_number(survey.unruled))?;
    Ok(())
}

fn goes_to(rule: &SurveyRule, names: &BTreeMap<&str, String>, texts: &Texts) -> String {
    match &rule.target {
        _ if rule.discards => texts.stays_behind.to_owned(),
        Some(id) => names.get(id.as_str()).unwrap_or(id).clone(),
        None => texts.own_section.to_owned(),
    }
}

/// The rule that takes a page and what it does with it, as its cell shows it.
pub(super) fn rule_of(
    page: &SurveyRow,
    survey: &SurveyOutcome,
    names: &BTreeMap<&str, String>,
    texts: &Texts,
) -> String {
    let Some(name) = &page.rule else { return String::new() };
    let found = survey.rules.iter().find(|rule| rule.name == *name);
    match found.filter(|rule| rule.discards || rule.target.is_some()) {
        Some(rule) => format!("{name} → {}", goes_to(rule, names, texts)),
        None => name.clone(),
    }
}

/// What the workbook calls each target: its title, with the id where two have the same.
pub(super) fn target_names(survey: &SurveyOutcome, language: Language) -> BTreeMap<&str, String> {
    let title = |target: &SurveyTarget| {
        target.title.best(&[language]).map_or_else(|| target.id.clone(), |(_, title)| title.clone())
    };
    let named = survey.targets.iter().map(|target| {
        let own = title(target);
        let is_taken = survey.targets.iter().any(|other| {
            other.id != target.id && (title(other).eq_ignore_ascii_case(&own) || other.id == own)
        });
        (target.id.as_str(), if is_taken { format!("{own} ({})", target.id) } else { own })
    });
    named.collect()
}

/// The targets, whose first column is the drop-down list of the sheet of pages.
pub(super) fn write_targets(
    sheet: &mut Worksheet,
    survey: &SurveyOutcome,
    language: Language,
    texts: &Texts,
) -> Result<(), WriteError> {
    sheet.set_name(texts.targets_sheet)?;
    let header = header_format(Color::RGB(0xD9_E2_EF));
    let headers = [
        Column::Target.header(language),
        Column::Id.header(language),
        Column::Kind.header(language),
        texts.organisation,
        texts.visibility,
        texts.pages,
    ];
    for (column, (text, width)) in (0..).zip(headers.into_iter().zip([44.0, 18.0, 12.0, 14.0, 14.0, 12.0])) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, text, &header)?;
    }
    let names = target_names(survey, language);
    for (row, target) in (1..).zip(&survey.targets) {
        let name = names.get(target.id.as_str()).unwrap_or(&target.id);
        let cells = [name, &target.id, &target.kind, &target.organisation, &target.visibility];
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, fit(text))?;
        }
        sheet.write_number(row, 5, as_number(target.pages))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

pub(super) fn write_rejections(
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
