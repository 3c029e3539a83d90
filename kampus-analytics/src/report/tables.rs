//! Tables of the page: whole ones as they stand in the files, and crossed ones whose shades can be seen at a glance.

use maud::{Markup, html};

use super::page::View;
use crate::table::{Cell, ColumnKind, Table};
use crate::words::Words;

/// A table as it stands in the files, folded away.
pub(super) fn whole(table: &Table, view: &View<'_>) -> Markup {
    let words = view.words;
    let rows = f64::from(u32::try_from(table.rows.len()).unwrap_or(u32::MAX));
    let title = words.text(&format!("table-{}", table.id));
    html! {
        details {
            summary { (words.say("whole-table", &[("rows", &words.count(rows))])) }
            (scrolled(&title, &html! {
                table id=(format!("table-{}", table.id)) {
                    caption { (title) }
                    thead { tr {
                        @for column in &table.columns {
                            th scope="col" class=[number_class(column.kind)] {
                                (words.text(&format!("column-{}", column.id)))
                            }
                        }
                    } }
                    tbody {
                        @for row in &table.rows { tr {
                            @for (cell, column) in row.iter().zip(&table.columns) {
                                td class=[number_class(column.kind)] data-value=[value(cell)] {
                                    (view.shown(cell, column.kind))
                                }
                            }
                        } }
                    }
                }
            }))
        }
    }
}

fn number_class(kind: ColumnKind) -> Option<&'static str> {
    matches!(kind, ColumnKind::Count | ColumnKind::Share).then_some("number")
}

/// The exact number behind the rounded one, for those who take the page apart.
fn value(cell: &Cell) -> Option<String> {
    cell.number().map(|number| number.to_string())
}

/// A table of shades.
pub(super) struct Crossed<'a> {
    pub(super) caption: String,
    pub(super) corner: String,
    /// Codes of the organisations above the columns.
    pub(super) columns: &'a [&'a str],
    pub(super) rows: Vec<CrossedRow<'a>>,
    pub(super) kind: ColumnKind,
}

/// A row of a table of shades.
pub(super) struct CrossedRow<'a> {
    /// What it is about.
    pub(super) head: Markup,
    /// Its cells, one for each column.
    pub(super) cells: Vec<&'a Cell>,
}

impl Crossed<'_> {
    pub(super) fn render(&self, view: &View<'_>) -> Markup {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let most = cells.filter_map(|cell| cell.number()).fold(0.0, f64::max);
        scrolled(
            &self.caption,
            &html! {
                table.crossed {
                    caption { (self.caption) }
                    thead { tr {
                        th scope="col" { (self.corner) }
                        @for code in self.columns {
                            th.number scope="col" { (organisation(code, view)) }
                        }
                    } }
                    tbody {
                        @for row in &self.rows { tr {
                            th scope="row" { (row.head) }
                            @for cell in &row.cells {
                                td.number style=[shade(cell, most)] { (self.shown(cell, view)) }
                            }
                        } }
                    }
                }
            },
        )
    }
}

impl Crossed<'_> {
    fn shown(&self, cell: &Cell, view: &View<'_>) -> String {
        match cell {
            Cell::Number(share) if self.kind == ColumnKind::Share => view.words.percent(*share),
            other => view.shown(other, self.kind),
        }
    }
}

/// The code of an organisation, with its name for those who point at it or listen.
pub(super) fn organisation(code: &str, view: &View<'_>) -> Markup {
    let name = view.words.organisation(view.directory, code);
    let short = if code == crate::table::ALL { "Σ" } else { code };
    html! { abbr title=(name) { (short) } }
}

/// How dark a cell is, from 0 to 1. The root keeps small numbers apart from none.
fn shade(cell: &Cell, most: f64) -> Option<String> {
    let number = cell.number().filter(|_| most > 0.0)?;
    Some(format!("--shade:{:.2}", (number / most).sqrt()))
}

/// What is wider than the page scrolls by itself, also by keyboard.
pub(super) fn scrolled(label: &str, inside: &Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(label) tabindex="0" { (inside) } }
}

/// A figure and what it shows in words.
pub(super) fn figure(heading: &str, svg: &str, text: &str, words: &Words) -> Markup {
    html! {
        figure lang=(words.language().code()) {
            h3 { (heading) }
            (scrolled(heading, &maud::PreEscaped(svg.to_owned())))
            figcaption { (text) }
        }
    }
}
