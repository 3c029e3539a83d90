//! The few figures at the top of a report. They are taken from the tables, so nothing is told here that is hidden
//! there.

use jiff::ToSpan;
use maud::{Markup, html};

use super::page::View;
use crate::table::{ALL, Cell, ColumnKind};

/// A figure, what it is, and what it is a part of.
struct KeyFigure {
    label: String,
    value: String,
    note: String,
}

pub(super) fn render(view: &View<'_>) -> Markup {
    let figures = [active(view), news(view), pairs(view)];
    html! {
        dl.figures {
            @for figure in figures.into_iter().flatten() {
                div {
                    dt { (figure.label) }
                    dd { b { (figure.value) } " " span { (figure.note) } }
                }
            }
        }
    }
}

fn active(view: &View<'_>) -> Option<KeyFigure> {
    let table = view.tables.table("active_people")?;
    let (week, row) = table
        .rows
        .iter()
        .filter(|row| table.cell(row, "organisation").code() == Some(ALL))
        .filter_map(|row| Some((table.cell(row, "week").date()?, row)))
        .rfind(|(week, _)| week.checked_add(6.days()).is_ok_and(|sunday| sunday <= view.tables.to))?;
    let note = [
        ("share", view.shown(table.cell(row, "share"), ColumnKind::Share)),
        ("staff", view.shown(table.cell(row, "staff"), ColumnKind::Count)),
        ("week", view.words.date(week)),
    ];
    Some(view.key_figure("key-active", table.cell(row, "people"), &note))
}

fn news(view: &View<'_>) -> Option<KeyFigure> {
    let table = view.tables.table("news_reach_overall")?;
    let row = table.rows.iter().find(|row| table.cell(row, "organisation").code() == Some(ALL))?;
    let note = [
        ("share", view.shown(table.cell(row, "share"), ColumnKind::Share)),
        ("staff", view.shown(table.cell(row, "staff"), ColumnKind::Count)),
    ];
    Some(view.key_figure("key-news", table.cell(row, "readers"), &note))
}

/// How many directions between two organisations have contributors enough to be shown.
fn pairs(view: &View<'_>) -> Option<KeyFigure> {
    let table = view.tables.table("interactions")?;
    let organisations = view.directory.organisations().len();
    let shown = table.rows.iter().filter(|row| {
        let (from, to) = (table.cell(row, "from").code(), table.cell(row, "to").code());
        let between = from != to && to.is_some_and(|code| view.directory.organisation(code).is_some());
        between && table.cell(row, "people").number().is_some()
    });
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let note = [
        ("possible", view.words.count(count(organisations * organisations.saturating_sub(1)))),
        ("k", view.words.count(f64::from(view.tables.min_group))),
    ];
    Some(view.key_figure("key-pairs", &Cell::Number(count(shown.count())), &note))
}

impl View<'_> {
    fn key_figure(&self, key: &str, value: &Cell, note: &[(&str, String)]) -> KeyFigure {
        let label = self.words.text(key);
        let Some(number) = value.number() else {
            return KeyFigure { label, value: self.words.text("not-shown"), note: String::new() };
        };
        let args: Vec<(&str, &str)> = note.iter().map(|(name, text)| (*name, text.as_str())).collect();
        KeyFigure {
            label,
            value: self.words.count(number),
            note: self.words.say(&format!("{key}-note"), &args),
        }
    }
}
