//! What is wrong with pages, kind by kind, with examples.

use maud::{Markup, html};

use super::View;
use crate::outcome::{Finding, Problem, SurveyRow};
use crate::report::findings::{detail, problem_key};
use crate::report::frame::{Cell, Column, Section, boxed, caption, head, listed};

/// Examples of a kind of problem; the workbook names all pages.
const EXAMPLES: usize = 10;

/// A kind of problem with the pages that have it.
struct Found<'a> {
    problem: Problem,
    pages: Vec<(usize, &'a SurveyRow)>,
    findings: usize,
}

/// The summary, then examples of what has no list of its own.
pub(super) fn problems(view: &View<'_>) -> Section {
    let words = view.words;
    let found: Vec<Found<'_>> = Problem::ALL.into_iter().filter_map(|problem| find(view, problem)).collect();
    let content = html! {
        @if found.is_empty() {
            p { (words.text("problems-none")) }
        } @else {
            p { (words.text("problems-about")) }
            (summary(view, &found))
            @for kind in found.iter().filter(|kind| own_list(kind.problem).is_none()) { (examples(view, kind)) }
        }
    };
    Section { id: "problems", heading: words.text("problems-heading"), content }
}

fn find<'a>(view: &View<'a>, problem: Problem) -> Option<Found<'a>> {
    let mut found = Found { problem, pages: Vec::new(), findings: 0 };
    for (number, page) in view.survey.pages.iter().enumerate() {
        let here = of_kind(page, problem).count();
        if here > 0 {
            found.pages.push((number, page));
            found.findings += here;
        }
    }
    (found.findings > 0).then_some(found)
}

fn of_kind(page: &SurveyRow, problem: Problem) -> impl Iterator<Item = &Finding> {
    page.findings.iter().filter(move |finding| finding.problem == problem)
}

/// The section that lists a kind of problem one by one.
fn own_list(problem: Problem) -> Option<&'static str> {
    match problem {
        Problem::Mark => Some("marks"),
        Problem::SameText => Some("duplicates"),
        Problem::DeadLink => Some("dead-links"),
        _ => None,
    }
}

fn summary(view: &View<'_>, found: &[Found<'_>]) -> Markup {
    let words = view.words;
    let columns = [
        view.column("problem", Column::Text),
        view.column("pages", Column::Number),
        view.column("findings", Column::Number),
        view.column("advice", Column::Text),
    ];
    let rows = html! {
        (head(&columns))
        tbody { @for kind in found { tr {
            th scope="row" class="text" {
                @let list = own_list(kind.problem).map_or_else(|| problem_key(kind.problem), str::to_owned);
                a href=(format!("#{list}")) { (name(view, kind.problem)) }
            }
            td.n { (words.number(kind.pages.len() as u64)) }
            td.n { (words.number(kind.findings as u64)) }
            td.text { (words.text(&format!("{}-advice", problem_key(kind.problem)))) }
        } } }
    };
    boxed(&words.text("problems-caption"), &rows)
}

fn name(view: &View<'_>, problem: Problem) -> String {
    view.words.text(&problem_key(problem))
}

fn examples(view: &View<'_>, kind: &Found<'_>) -> Markup {
    let heading = name(view, kind.problem);
    let mut columns = view.page_columns();
    let with_detail =
        kind.pages.iter().any(|(_, page)| of_kind(page, kind.problem).any(|f| !f.detail.is_empty()));
    if with_detail {
        columns.push(view.column("detail", Column::Text));
    }
    let rows = kind.pages.iter().take(EXAMPLES).map(|(number, page)| {
        let mut cells = view.page_cells(*number, page);
        if with_detail {
            let details = of_kind(page, kind.problem).map(|finding| detail(finding, view.words));
            cells.push(Cell::Text(details.collect::<Vec<_>>().join(", ")));
        }
        cells
    });
    let caption = caption(
        &view.words.text("column-pages"),
        kind.pages.len().min(EXAMPLES),
        kind.pages.len(),
        view.words,
    );
    html! {
        h3 id=(problem_key(kind.problem)) { (heading) }
        (listed(&caption, &columns, rows, view.words))
    }
}
