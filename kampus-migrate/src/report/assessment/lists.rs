//! What is listed one by one: protection marks, copies, dead links, what stays behind, whom and what nobody knows.

use maud::{Markup, html};

use super::View;
use crate::outcome::Duplicate;
use crate::report::frame::{Cell, Column, ROWS, Section, boxed, caption, data, head, listed};
use crate::report::table::one_line;

/// Pages named beside a dead link.
const PAGES: usize = 3;

impl View<'_> {
    /// A section with one list, or with the sentence that there is nothing to list. Its messages are named for it.
    fn list(
        &self,
        id: &'static str,
        columns: &[(String, Column)],
        all: usize,
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) -> Section {
        let words = self.words;
        let heading = words.text(&format!("{id}-heading"));
        let content = if all == 0 {
            html! { p { (words.text(&format!("{id}-none"))) } }
        } else {
            let caption = caption(&heading, all.min(ROWS), all, words);
            html! {
                p { (words.text(&format!("{id}-about"))) }
                (listed(&caption, columns, rows.into_iter().take(ROWS), words))
            }
        };
        Section { id, heading, content }
    }
}

/// Each protection mark with its place. The text around it is not shown: the page goes to more people than it may.
pub(super) fn marks(view: &View<'_>) -> Section {
    let words = view.words;
    let columns = [
        view.column("mark", Column::Plain),
        view.column("title", Column::Text),
        view.column("kind", Column::Plain),
        view.column("source", Column::Plain),
        view.column("id", Column::Plain),
        view.column("row", Column::Number),
        view.column("place", Column::Text),
        view.column("run", Column::Text),
    ];
    let rows = view.survey.overview.marks.iter().map(|mark| {
        let number = view.pages.get(&(mark.source.as_str(), mark.id.as_str()));
        let run = if mark.refused { "marks-refused" } else { "marks-narrow" };
        vec![
            Cell::Text(mark.mark.clone()),
            Cell::Text(mark.title.clone()),
            Cell::Kind(mark.kind.clone()),
            Cell::Text(mark.source.clone()),
            Cell::Code(mark.id.clone()),
            Cell::Text(number.map(|number| words.number(*number as u64 + 2)).unwrap_or_default()),
            Cell::Text(mark.place.clone()),
            Cell::Text(words.text(run)),
        ]
    });
    view.list("marks", &columns, view.survey.overview.marks.len(), rows)
}

/// The pages that share a text, group by group.
pub(super) fn duplicates(view: &View<'_>) -> Section {
    let (words, groups) = (view.words, &view.survey.overview.duplicates);
    let heading = words.text("duplicates-heading");
    let mut columns = vec![view.column("text", Column::Plain)];
    columns.extend(view.page_columns());
    columns.push(view.column("modified", Column::Plain));
    let shown = groups.len().min(ROWS);
    let content = html! {
        @if groups.is_empty() {
            p { (words.text("duplicates-none")) }
        } @else {
            p { (words.text("duplicates-about")) }
            (boxed(&caption(&heading, shown, groups.len(), words), &html! {
                (head(&columns))
                @for (number, group) in (1..).zip(groups).take(ROWS) { tbody { (copies(view, number, group)) } }
            }))
        }
    };
    Section { id: "duplicates", heading, content }
}

fn copies(view: &View<'_>, number: u64, group: &Duplicate) -> Markup {
    let words = view.words;
    let pages: Vec<_> = group.pages.iter().filter_map(|page| view.page(page)).collect();
    let name = words.counted("duplicates-text", group.words, &[("number", &words.number(number))]);
    html! {
        @for (index, (row, page)) in pages.iter().enumerate() {
            tr {
                @if index == 0 { th scope="rowgroup" rowspan=(pages.len()) { (name) } }
                @for (cell, (_, column)) in view.page_cells(*row, page).iter().zip(view.page_columns()) {
                    (data(cell, column, words))
                }
                td { @if let Some(day) = page.modified.or(page.created) { (words.date(day)) } }
            }
        }
    }
}

/// Old addresses that pages link to and no export holds.
pub(super) fn dead_links(view: &View<'_>) -> Section {
    let targets = &view.survey.overview.dead_links;
    let columns = [
        view.column("address", Column::Text),
        view.column("links", Column::Number),
        view.column("from", Column::Text),
    ];
    let rows = targets.iter().map(|target| {
        let mut from: Vec<String> = Vec::new();
        for page in &target.pages {
            if let Some((number, row)) = view.page(page) {
                let row_text = view.words.number(number as u64 + 2);
                let text = view.words.say(
                    "page-in-row",
                    &[("title", &row.title), ("source", &row.source), ("row", &row_text)],
                );
                if !from.contains(&text) {
                    from.push(text);
                }
            }
        }
        let more = from.len().saturating_sub(PAGES);
        from.truncate(PAGES);
        if more > 0 {
            from.push(view.words.counted("and-more", more as u64, &[]));
        }
        vec![
            Cell::Code(target.address.clone()),
            Cell::Text(view.words.number(target.pages.len() as u64)),
            Cell::Text(from.join("; ")),
        ]
    });
    view.list("dead-links", &columns, targets.len(), rows)
}

/// Markup and records that do not move whatever is decided.
pub(super) fn left_out(view: &View<'_>) -> Section {
    let (words, survey) = (view.words, view.survey);
    let columns = [
        view.column("markup", Column::Text),
        view.column("times", Column::Number),
        view.column("pages", Column::Number),
    ];
    let rows = survey.overview.markup.iter().take(ROWS).map(|markup| {
        vec![
            Cell::Markup(markup.what.clone()),
            Cell::Text(words.number(markup.count)),
            Cell::Text(words.number(markup.pages)),
        ]
    });
    let kinds = [
        view.column("kind", Column::Plain),
        view.column("source", Column::Plain),
        view.column("records", Column::Number),
    ];
    let left = survey.sources.iter().flat_map(|source| {
        source.no_content.iter().map(|(kind, number)| {
            vec![
                Cell::Kind(kind.clone()),
                Cell::Text(source.source.clone()),
                Cell::Text(words.number(*number)),
            ]
        })
    });
    let left: Vec<Vec<Cell>> = left.collect();
    let all = survey.overview.markup.len();
    let content = html! {
        p { (words.text("left-out-about")) }
        @if all > 0 {
            (listed(&caption(&words.text("left-out-markup"), all.min(ROWS), all, words), &columns, rows, words))
        } @else { p { (words.text("left-out-no-markup")) } }
        @if !left.is_empty() { (listed(&words.text("left-out-records"), &kinds, left, words)) }
    };
    Section { id: "left-out", heading: words.text("left-out-heading"), content }
}

/// People named in the exports whom no list of people has.
pub(super) fn unknown_people(view: &View<'_>) -> Section {
    let people = &view.survey.overview.unknown_people;
    let columns = [
        view.column("name", Column::Text),
        view.column("email", Column::Text),
        view.column("source", Column::Plain),
        view.column("pages", Column::Number),
        view.column("files", Column::Number),
        view.column("comments", Column::Number),
    ];
    let rows = people.iter().map(|person| {
        let number = |number| Cell::Text(view.words.number(number));
        vec![
            Cell::Text(person.name.clone()),
            Cell::Text(person.email.clone().unwrap_or_default()),
            Cell::Text(person.source.clone()),
            number(person.pages),
            number(person.files),
            number(person.comments),
        ]
    });
    view.list("unknown-people", &columns, people.len(), rows)
}

/// Files that the exports name and do not hold.
pub(super) fn missing_files(view: &View<'_>) -> Section {
    let files = &view.survey.overview.missing_files;
    let columns = [
        view.column("file", Column::Text),
        view.column("source", Column::Plain),
        view.column("id", Column::Plain),
        view.column("place", Column::Text),
        view.column("reason", Column::Text),
    ];
    let rows = files.iter().map(|file| {
        vec![
            Cell::Text(file.title.clone()),
            Cell::Text(file.source.clone()),
            Cell::Code(file.id.clone()),
            Cell::Text(file.place.clone()),
            Cell::English(file.reason.clone()),
        ]
    });
    view.list("missing-files", &columns, files.len(), rows)
}

/// Records that a run would reject, and sources that end early.
pub(super) fn rejections(view: &View<'_>) -> Section {
    let (words, survey) = (view.words, view.survey);
    let columns = [
        view.column("place", Column::Text),
        view.column("source", Column::Plain),
        view.column("id", Column::Plain),
        view.column("reason", Column::Text),
    ];
    let rows = survey.rejections.iter().map(|rejection| {
        vec![
            Cell::Text(rejection.place.clone()),
            Cell::Text(rejection.source.clone()),
            Cell::Code(rejection.id.clone().unwrap_or_default()),
            Cell::English(rejection.reason.clone()),
        ]
    });
    let section = view.list("rejected", &columns, survey.rejections.len(), rows);
    let stopped: Vec<_> = survey.sources.iter().filter(|source| source.stopped.is_some()).collect();
    let content = html! {
        @for source in stopped {
            p { strong.some {
                (words.say("rejected-stopped", &[("source", &source.source)])) " "
            } span lang="en" { (one_line(source.stopped.as_deref().unwrap_or_default())) } }
        }
        (section.content)
    };
    Section { content, ..section }
}
