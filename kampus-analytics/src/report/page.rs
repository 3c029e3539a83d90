//! The page: one HTML file that needs nothing beside it, no script and no network.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::chart::ChartError;
use super::{key_figures, sections};
use crate::directory::Directory;
use crate::table::{Cell, ColumnKind, Quality, ReportTables};
use crate::words::{GAP, HIDDEN, Words};

/// What the page is made from.
pub(super) struct View<'a> {
    pub(super) tables: &'a ReportTables,
    pub(super) directory: &'a Directory,
    pub(super) words: &'a Words,
}

impl View<'_> {
    /// A cell as people read it.
    pub(super) fn shown(&self, cell: &Cell, kind: ColumnKind) -> String {
        self.words.cell(cell, kind, self.directory)
    }
}

/// The whole page.
pub(super) fn render(
    tables: &ReportTables,
    directory: &Directory,
    words: &Words,
) -> Result<String, ChartError> {
    let view = View { tables, directory, words };
    let mut bodies = Vec::new();
    for table in &tables.tables {
        bodies.push(sections::render(table, &view)?);
    }
    let title = words.text("report-title");
    let k = words.count(f64::from(tables.min_group));
    let (from, to) = (words.date(tables.from), words.date(tables.to));
    let page = html! {
        (DOCTYPE)
        html lang=(words.language().code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // No request is ever made for an icon.
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(include_str!("page.css"))) }
            }
            body {
                a.skip href="#content" { (words.text("skip")) }
                header {
                    h1 { (title) }
                    p.period { (words.say("report-period", &[("from", &from), ("to", &to)])) }
                    p { (words.say("report-about", &[("k", &k)])) }
                }
                nav aria-label=(words.text("contents")) { ul {
                    @for table in &tables.tables {
                        li { a href=(format!("#{}", table.id)) { (words.text(&format!("table-{}", table.id))) } }
                    }
                    li { a href="#quality" { (words.text("quality")) } }
                    li { a href="#privacy" { (words.text("privacy")) } }
                } }
                main id="content" {
                    section {
                        h2 { (words.text("key-figures")) }
                        (key_figures::render(&view))
                    }
                    @for body in bodies { (body) }
                    (quality(&tables.quality, words))
                    (privacy(&k, words))
                }
            }
        }
    };
    Ok(page.into_string())
}

fn quality(quality: &Quality, words: &Words) -> Markup {
    // Numbers of events are far below 2^32 times the precision that is shown.
    let count = |number: u64| words.count(f64::from(u32::try_from(number).unwrap_or(u32::MAX)));
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| GAP.to_owned(), |day| words.date(day));
    let gaps: Vec<String> = quality
        .gaps
        .iter()
        .map(|(first, last)| format!("{} – {}", words.date(*first), words.date(*last)))
        .collect();
    html! {
        section id="quality" {
            h2 { (words.text("quality")) }
            ul {
                li { (words.say("quality-events", &[("events", &count(quality.events))])) }
                li { (words.say("quality-days", &[
                    ("first", &day(quality.first_day)),
                    ("last", &day(quality.last_day)),
                ])) }
                li { (words.say("quality-unknown", &[("events", &count(quality.unknown_actors))])) }
                li { (words.say("quality-rejected", &[("rows", &count(quality.rejected_rows))])) }
                @if gaps.is_empty() {
                    li { (words.text("quality-no-gaps")) }
                } @else {
                    li { (words.say("quality-gaps", &[("gaps", &gaps.join("; "))])) }
                }
            }
        }
    }
}

fn privacy(k: &str, words: &Words) -> Markup {
    html! {
        section id="privacy" {
            h2 { (words.text("privacy")) }
            ul {
                li { (words.text("privacy-pseudonyms")) }
                li { (words.say("privacy-hidden", &[("k", k), ("mark", HIDDEN)])) }
                li { (words.say("privacy-gap", &[("mark", GAP)])) }
                li { (words.text("privacy-deliberate")) }
                li { (words.text("privacy-rolled")) }
            }
        }
    }
}
