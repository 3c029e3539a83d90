//! What a report says of each table: what is counted, a chart, the whole table.

use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};

use super::chart::{ChartError, OverTime, Unit, bars};
use super::page::View;
use super::tables::{Crossed, CrossedRow, figure, organisation, whole};
use crate::table::{ALL, Cell, ColumnKind, ReportTables, Table};
use crate::words::HIDDEN;

pub(super) fn render(table: &Table, view: &View<'_>) -> Result<Markup, ChartError> {
    let seen = match table.id {
        "active_people" => active_people(table, view)?,
        "interactions" => interactions(table, view),
        "news_reach" => news_reach(table, view),
        "news_reach_overall" => news_reach_overall(table, view)?,
        // A table without a picture of its own shows itself.
        _ => html! {},
    };
    let words = view.words;
    Ok(html! {
        section id=(table.id) {
            h2 { (words.text(&format!("table-{}", table.id))) }
            p.definition { b { (words.text("definition")) ": " } (words.text(&format!("define-{}", table.id))) }
            (seen)
            (whole(table, view))
        }
    })
}

/// Weeks of an organisation with a number that may be shown. A week that the period cuts, or of which days are
/// missing, would look like a collapse.
fn weeks(table: &Table, code: &str, column: &str, view: &View<'_>) -> Vec<(Date, f64)> {
    table
        .rows
        .iter()
        .filter(|row| table.cell(row, "organisation").code() == Some(code))
        .filter_map(|row| Some((table.cell(row, "week").date()?, table.cell(row, column).number()?)))
        .filter(|(week, _)| is_whole(*week, view.tables))
        .collect()
}

fn is_whole(week: Date, tables: &ReportTables) -> bool {
    let Ok(sunday) = week.checked_add(6.days()) else { return false };
    let is_cut = week < tables.from || sunday > tables.to;
    let has_gap = tables.quality.gaps.iter().any(|(first, last)| *first <= sunday && week <= *last);
    !is_cut && !has_gap
}

fn active_people(table: &Table, view: &View<'_>) -> Result<Markup, ChartError> {
    let words = view.words;
    let all = weeks(table, ALL, "people", view);
    let dates = table.rows.iter().filter_map(|row| table.cell(row, "week").date());
    let (Some(first), Some(last)) = (dates.clone().min(), dates.max()) else { return Ok(html! {}) };
    let all = all_organisations(&all, (first, last), view)?;
    Ok(html! {
        (all)
        p { (words.text("chart-weeks")) }
        h3 { (words.text("chart-active-each")) }
        div.multiples {
            @for organisation in view.directory.organisations() {
                (one_organisation(table, &organisation.code, (first, last), view)?)
            }
        }
    })
}

fn all_organisations(
    people: &[(Date, f64)],
    weeks: (Date, Date),
    view: &View<'_>,
) -> Result<Markup, ChartError> {
    let words = view.words;
    let heading = words.text("chart-active-all");
    let (Some(start), Some(end), Some(most)) = (people.first(), people.last(), highest(people)) else {
        return Ok(html! { h3 { (heading) } p { (words.text("chart-nothing")) } });
    };
    let text = words.say(
        "chart-active-all-text",
        &[
            ("first", &words.count(start.1)),
            ("first_week", &words.date(start.0)),
            ("last", &words.count(end.1)),
            ("last_week", &words.date(end.0)),
            ("most", &words.count(most.1)),
            ("most_week", &words.date(most.0)),
        ],
    );
    let chart = OverTime {
        points: people,
        unit: Unit::People,
        top: most.1 * 1.1,
        weeks,
        size: (760, 320),
        text: &text,
    };
    Ok(figure(&heading, &chart.draw(words)?, &text, words))
}

fn one_organisation(
    table: &Table,
    code: &str,
    period: (Date, Date),
    view: &View<'_>,
) -> Result<Markup, ChartError> {
    let words = view.words;
    let name = words.organisation(view.directory, code);
    let shares = weeks(table, code, "share", view);
    let (Some(start), Some(end), Some(most)) = (shares.first(), shares.last(), highest(&shares)) else {
        return Ok(
            html! { div { h4 { (name) } p { (words.say("chart-active-none", &[("name", &name)])) } } },
        );
    };
    let text = words.say(
        "chart-active-each-text",
        &[
            ("name", &name),
            ("first", &words.share(start.1)),
            ("last", &words.share(end.1)),
            ("most", &words.share(most.1)),
        ],
    );
    // The same scale for all, so that they can be compared.
    let chart = OverTime {
        points: &shares,
        unit: Unit::Share,
        top: 1.0,
        weeks: period,
        size: (320, 150),
        text: &text,
    };
    Ok(html! { div { h4 { (name) } (PreEscaped(chart.draw(words)?)) } })
}

fn highest(points: &[(Date, f64)]) -> Option<(Date, f64)> {
    points.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))
}

fn interactions(table: &Table, view: &View<'_>) -> Markup {
    let mut columns: Vec<&str> = Vec::new();
    let mut rows: Vec<CrossedRow<'_>> = Vec::new();
    let mut current = None;
    for row in &table.rows {
        let (Some(from), Some(to)) = (table.cell(row, "from").code(), table.cell(row, "to").code()) else {
            continue;
        };
        if !columns.contains(&to) {
            columns.push(to);
        }
        if current != Some(from) {
            current = Some(from);
            rows.push(CrossedRow { head: organisation(from, view), cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            last.cells.push(table.cell(row, "events"));
        }
    }
    let words = view.words;
    let (caption, corner) = (words.text("matrix-caption"), words.text("matrix-corner"));
    Crossed { caption, corner, columns: &columns, rows, kind: ColumnKind::Count }.render(view)
}

fn news_reach(table: &Table, view: &View<'_>) -> Markup {
    let mut columns: Vec<&str> = Vec::new();
    let mut rows: Vec<CrossedRow<'_>> = Vec::new();
    let mut current = None;
    for row in &table.rows {
        let Some(code) = table.cell(row, "organisation").code() else { continue };
        if !columns.contains(&code) {
            columns.push(code);
        }
        let item = table.cell(row, "item");
        if current != Some(item) {
            current = Some(item);
            let title = view.shown(title_of(table, row), ColumnKind::Text);
            let day = view.shown(table.cell(row, "published"), ColumnKind::Date);
            rows.push(CrossedRow { head: html! { (title) " " small { (day) } }, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            last.cells.push(table.cell(row, "share"));
        }
    }
    let words = view.words;
    let (caption, corner) = (words.text("news-caption"), words.text("column-title"));
    Crossed { caption, corner, columns: &columns, rows, kind: ColumnKind::Share }.render(view)
}

/// The title; the item's id where the directory does not know it any more.
fn title_of<'a>(table: &Table, row: &'a [Cell]) -> &'a Cell {
    match table.cell(row, "title") {
        Cell::Gap => table.cell(row, "item"),
        title => title,
    }
}

fn news_reach_overall(table: &Table, view: &View<'_>) -> Result<Markup, ChartError> {
    let words = view.words;
    let mut shares: Vec<(String, Option<f64>)> = Vec::new();
    let mut all = &Cell::Gap;
    for row in &table.rows {
        match table.cell(row, "organisation").code() {
            Some(ALL) => all = table.cell(row, "share"),
            Some(code) => shares.push((code.to_owned(), table.cell(row, "share").number())),
            None => {}
        }
    }
    let shown = || shares.iter().filter_map(|(code, share)| Some((code, (*share)?)));
    let most = shown().max_by(|a, b| a.1.total_cmp(&b.1));
    let least = shown().min_by(|a, b| a.1.total_cmp(&b.1));
    let heading = words.text("chart-reach");
    let (Some(most), Some(least)) = (most, least) else {
        return Ok(html! { h3 { (heading) } p { (words.text("chart-nothing")) } });
    };
    let text = words.say(
        "chart-reach-text",
        &[
            ("most_name", &words.organisation(view.directory, most.0)),
            ("most", &words.share(most.1)),
            ("least_name", &words.organisation(view.directory, least.0)),
            ("least", &words.share(least.1)),
            ("all", &view.shown(all, ColumnKind::Share)),
        ],
    );
    Ok(figure(&heading, &bars(&shares, &text, HIDDEN, words)?, &text, words))
}
