//! The assessment: what a survey found, for the migration team and for those whose content it is.

mod findings;
mod lists;
mod overview;
mod places;

use std::collections::HashMap;
use std::path::Path;

use maud::{Markup, html};

use super::About;
use super::frame::{Cell, Column, Frame, sections};
use super::words::Words;
use crate::outcome::{PageRef, SurveyOutcome, SurveyRow};

/// What the parts of the page are made from.
struct View<'a> {
    survey: &'a SurveyOutcome,
    words: &'a Words,
    /// Pages by source and id, with their numbers.
    pages: HashMap<(&'a str, &'a str), usize>,
}

/// The whole page. `workbook` is the inventory that its rows refer to.
pub(super) fn page(about: &About<'_>, workbook: Option<&Path>, survey: &SurveyOutcome) -> Markup {
    let words = &Words::of(about.language);
    let numbered = survey.pages.iter().enumerate();
    let pages = numbered.map(|(number, page)| ((page.source.as_str(), page.id.as_str()), number)).collect();
    let view = View { survey, words, pages };
    let title = words.say("assessment-title", &[("plan", about.plan)]);
    let frame = Frame { language: words.code(), title: &title, skip: &words.text("skip") };
    let mut parts = vec![overview::holdings(&view)];
    parts.extend(places::places(&view));
    parts.extend([
        overview::age(&view),
        overview::languages(&view),
        overview::owners(&view),
        findings::problems(&view),
        lists::marks(&view),
        lists::duplicates(&view),
        lists::dead_links(&view),
        lists::left_out(&view),
        lists::unknown_people(&view),
        lists::missing_files(&view),
        lists::rejections(&view),
    ]);
    let header = html! {
        p.made { (words.say("assessment-made", &[("day", &words.date(about.day))])) }
        p { (words.text("assessment-about")) }
        (overview::verdict(&view))
    };
    let content = html! {
        (overview::numbers_of(&view))
        (next_steps(workbook, words))
        (sections(&words.text("contents"), &parts))
    };
    frame.page(&header, &content)
}

/// What to do with the page: the workbook is where people decide.
fn next_steps(workbook: Option<&Path>, words: &Words) -> Markup {
    let name = workbook.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    html! {
        section id="next" {
            h2 { (words.text("next-heading")) }
            ol {
                @match &name {
                    Some(name) => li { (words.text("next-fill")) " " code { (name) } ". " (words.text("next-rows")) },
                    None => li { (words.text("next-survey")) },
                }
                li { (words.text("next-marks")) }
                li { (words.text("next-mend")) }
                li { (words.text("next-rehearse")) }
            }
        }
    }
}

impl View<'_> {
    /// The heading of a column.
    fn column(&self, name: &str, column: Column) -> (String, Column) {
        (self.words.text(&format!("column-{name}")), column)
    }

    /// The columns of a list of pages, before what is particular to the list.
    fn page_columns(&self) -> Vec<(String, Column)> {
        vec![
            self.column("page", Column::Text),
            self.column("source", Column::Plain),
            self.column("id", Column::Plain),
            self.column("row", Column::Number),
            self.column("place", Column::Text),
        ]
    }

    /// The cells of a page in those columns. `number` is that of its row, from 0.
    fn page_cells(&self, number: usize, page: &SurveyRow) -> Vec<Cell> {
        vec![
            title(page),
            Cell::Text(page.source.clone()),
            Cell::Code(page.id.clone()),
            // The header of the workbook's sheet is its row 1.
            Cell::Text(self.words.number(number as u64 + 2)),
            Cell::Text(page.place.clone()),
        ]
    }

    /// A page that a list names.
    fn page(&self, page: &PageRef) -> Option<(usize, &SurveyRow)> {
        let number = *self.pages.get(&(page.source.as_str(), page.id.as_str()))?;
        Some((number, self.survey.pages.get(number)?))
    }
}

fn title(page: &SurveyRow) -> Cell {
    Cell::Title { text: page.title.clone(), language: page.language.clone(), address: page.address.clone() }
}
