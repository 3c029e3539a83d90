//! What there is: how much, how old, in which languages, and whose.

use std::collections::{BTreeMap, BTreeSet};

use kampus_core::Language;
use maud::{Markup, html};

use super::View;
use crate::outcome::{LanguageFrom, Problem, SurveyRow, SurveySource};
use crate::report::frame::{Cell, Column, Section, boxed, caption, head, in_order, kind_of, listed, numbers};
use crate::report::table::one_line;

/// Owners in the list; the workbook has all of them.
const OWNERS: usize = 20;
/// Sources that have a column of their own beside a chart.
const SOURCES: usize = 8;
/// Years without a page that are shown between others; a wrong date must not make the chart endless.
const YEARS: i16 = 60;

/// The page in two sentences.
pub(super) fn verdict(view: &View<'_>) -> Markup {
    let (survey, words) = (view.survey, view.words);
    let count = |key: &str, number: usize| words.counted(key, number as u64, &[]);
    let troubled = survey.pages.iter().filter(|page| !page.findings.is_empty()).count();
    let sources = survey.sources.iter().filter(|source| source.organisation.is_some()).count();
    let stopped = survey.sources.iter().filter(|source| source.stopped.is_some()).count();
    let bad = !survey.rejections.is_empty() || stopped > 0 || !survey.overview.marks.is_empty();
    html! {
        div class=(if bad { "result bad" } else { "result" }) {
            p {
                (count("verdict-pages", survey.pages.len())) " "
                (count("verdict-sources", sources)) " "
                (count("verdict-troubled", troubled))
            }
            @if bad { ul {
                @if !survey.overview.marks.is_empty() {
                    li { a href="#marks" { (count("verdict-marks", survey.overview.marks.len())) } }
                }
                @if !survey.rejections.is_empty() {
                    li { a href="#rejected" { (count("verdict-rejected", survey.rejections.len())) } }
                }
                @if stopped > 0 { li { a href="#rejected" { (count("verdict-stopped", stopped)) } } }
            } }
        }
    }
}

/// The big numbers.
pub(super) fn numbers_of(view: &View<'_>) -> Markup {
    let (survey, words) = (view.survey, view.words);
    let sum =
        |wanted: &str| survey.sources.iter().filter_map(|source| source.records.get(wanted)).sum::<u64>();
    let bytes = survey.sources.iter().flat_map(|source| source.bytes.values()).sum();
    let number = |key: &str, number: u64| (words.text(&format!("number-{key}")), words.number(number));
    numbers(&[
        number("pages", survey.pages.len() as u64),
        number("files", sum("file")),
        number("comments", sum("comment")),
        number("people", sum("person")),
        (words.text("number-bytes"), words.bytes(bytes)),
        number("marks", survey.overview.marks.len() as u64),
        number("rejected", survey.rejections.len() as u64),
    ])
}

/// Records and bytes for each source and kind.
pub(super) fn holdings(view: &View<'_>) -> Section {
    let words = view.words;
    let columns = [
        view.column("source", Column::Plain),
        view.column("kind", Column::Plain),
        view.column("records", Column::Number),
        view.column("bytes", Column::Number),
        view.column("no-content", Column::Number),
    ];
    let sources = &view.survey.sources;
    let sum =
        |of: fn(&SurveySource) -> &BTreeMap<String, u64>| sources.iter().flat_map(|s| of(s).values()).sum();
    let (records, bytes, no_content): (u64, u64, u64) =
        (sum(|s| &s.records), sum(|s| &s.bytes), sum(|s| &s.no_content));
    let rows = html! {
        (head(&columns))
        @for source in sources { tbody { (source_rows(view, source)) } }
        tfoot { tr class="sum" {
            th scope="row" colspan="2" { (words.text("total")) }
            td.n { (words.number(records)) } td.n { (words.bytes(bytes)) } td.n { (words.number(no_content)) }
        } }
    };
    let content = html! {
        p { (words.text("holdings-about")) }
        (boxed(&words.text("holdings-caption"), &rows))
    };
    Section { id: "holdings", heading: words.text("holdings-heading"), content }
}

fn source_rows(view: &View<'_>, source: &SurveySource) -> Markup {
    let words = view.words;
    let name = html! {
        (source.source) " "
        small {
            @if let Some(organisation) = &source.organisation { (organisation) ", " }
            (one_line(&source.path.display().to_string())) " (" (source.format) ")"
        }
    };
    html! {
        @if source.records.is_empty() {
            tr { th scope="row" { (name) } td { (words.text("nothing-read")) } td.n { "0" } td {} td {} }
        }
        @for (index, (kind, number)) in in_order(source.records.iter().map(|(kind, number)| (kind.as_str(), *number))).into_iter().enumerate() {
            tr {
                @if index == 0 { th scope="rowgroup" rowspan=(source.records.len()) { (name) } }
                th scope="row" { (kind_of(kind, words)) }
                td.n { (words.number(number)) }
                td.n { @if let Some(bytes) = source.bytes.get(kind) { (words.bytes(*bytes)) } }
                td.n { @if let Some(left) = source.no_content.get(kind) { (words.number(*left)) } }
            }
        }
    }
}

/// A row of a chart: its name, how many, and how many of each source.
struct Bar {
    name: String,
    total: u64,
    by_source: Vec<u64>,
}

/// A table whose rows have bars in them: the chart and the numbers behind it in one.
fn chart(view: &View<'_>, caption: &str, first: &str, bars: &[Bar]) -> Markup {
    let words = view.words;
    let sources = chart_sources(view);
    let (longest, whole) =
        (bars.iter().map(|bar| bar.total).max().unwrap_or(0), bars.iter().map(|bar| bar.total).sum());
    let rows = html! {
        thead { tr {
            th scope="col" { (first) }
            th scope="col" { (words.text("column-pages")) }
            th scope="col" class="n" { (words.text("column-share")) }
            @for source in &sources { th scope="col" class="n" { (source) } }
        } }
        tbody { @for bar in bars { tr {
            th scope="row" { (bar.name) }
            // The bar says what the number at its end says, so nobody has to see it.
            td.bar { span style=(format!("--part:{}", part(bar.total, longest))) {} (words.number(bar.total)) }
            td.n { (words.share(bar.total, whole)) }
            @for number in bar.by_source.iter().take(sources.len()) { td.n { (words.number(*number)) } }
        } } }
    };
    boxed(caption, &rows)
}

/// The sources that have columns in charts: those with pages, if there are some and not too many.
fn chart_sources<'a>(view: &View<'a>) -> Vec<&'a str> {
    let with_pages: BTreeSet<&str> = view.survey.pages.iter().map(|page| page.source.as_str()).collect();
    let ids = view.survey.sources.iter().map(|source| source.source.as_str());
    let sources: Vec<&str> = ids.filter(|id| with_pages.contains(id)).collect();
    if (2..=SOURCES).contains(&sources.len()) { sources } else { Vec::new() }
}

/// A part of a whole for a style sheet: `0.4521`.
fn part(part: u64, whole: u64) -> String {
    let hundredths = part.saturating_mul(10_000).checked_div(whole).unwrap_or(0);
    format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000)
}

/// Pages by what `key` says of them.
fn counted<K: Ord>(view: &View<'_>, key: impl Fn(&SurveyRow) -> K) -> BTreeMap<K, Vec<u64>> {
    let sources = chart_sources(view);
    let mut counts: BTreeMap<K, Vec<u64>> = BTreeMap::new();
    for page in &view.survey.pages {
        let numbers = counts.entry(key(page)).or_insert_with(|| vec![0; sources.len() + 1]);
        let place = sources.iter().position(|source| *source == page.source);
        for index in [Some(sources.len()), place].into_iter().flatten() {
            if let Some(number) = numbers.get_mut(index) {
                *number += 1;
            }
        }
    }
    counts
}

fn bar(name: String, mut numbers: Vec<u64>) -> Bar {
    let total = numbers.pop().unwrap_or_default();
    Bar { name, total, by_source: numbers }
}

/// Pages by the year of their last change.
pub(super) fn age(view: &View<'_>) -> Section {
    let words = view.words;
    let mut counts = counted(view, |page| page.modified.or(page.created).map(jiff::civil::Date::year));
    let undated = counts.remove(&None);
    let years: Vec<i16> = counts.keys().flatten().copied().collect();
    let mut bars = Vec::new();
    if let (Some(first), Some(last)) = (years.first(), years.last()) {
        let all: Vec<i16> =
            if last.saturating_sub(*first) <= YEARS { (*first..=*last).collect() } else { years.clone() };
        for year in all {
            let nothing = || vec![0; chart_sources(view).len() + 1];
            bars.push(bar(year.to_string(), counts.remove(&Some(year)).unwrap_or_else(nothing)));
        }
    }
    bars.extend(undated.map(|numbers| bar(words.text("no-date"), numbers)));
    let content = html! {
        p { (words.text("age-about")) }
        (chart(view, &words.text("age-caption"), &words.text("column-year"), &bars))
    };
    Section { id: "age", heading: words.text("age-heading"), content }
}

/// Pages by language.
pub(super) fn languages(view: &View<'_>) -> Section {
    let words = view.words;
    // Regions do not make other languages: `sv-FI` is Swedish.
    let counts = counted(view, |page| {
        let tag = page.language.as_deref().unwrap_or_default();
        tag.parse().map_or_else(|_| tag.to_owned(), |language: Language| language.to_string())
    });
    let mut bars: Vec<Bar> =
        counts.into_iter().map(|(tag, numbers)| bar(words.word("language", &tag), numbers)).collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.total));
    let from = |how: LanguageFrom| {
        let pages = view.survey.pages.iter().filter(|page| page.language_from == Some(how));
        pages.count() as u64
    };
    let how = [
        ("given", from(LanguageFrom::Given)),
        ("ruled", from(LanguageFrom::Ruled)),
        ("detected", from(LanguageFrom::Detected)),
        ("assumed", from(LanguageFrom::Assumed)),
    ];
    let content = html! {
        p { (words.text("languages-about")) }
        ul { @for (how, pages) in how { @if pages > 0 {
            li { (words.counted(&format!("language-{how}"), pages, &[])) }
        } } }
        (chart(view, &words.text("languages-caption"), &words.text("column-language"), &bars))
    };
    Section { id: "languages", heading: words.text("languages-heading"), content }
}

/// Who has most pages, and how many pages have nobody.
pub(super) fn owners(view: &View<'_>) -> Section {
    let (words, overview) = (view.words, &view.survey.overview);
    let having = |problem: Problem| {
        let has = |page: &&SurveyRow| page.findings.iter().any(|finding| finding.problem == problem);
        view.survey.pages.iter().filter(has).count() as u64
    };
    let shown = overview.owners.len().min(OWNERS);
    let columns = [
        view.column("owner", Column::Text),
        view.column("listed", Column::Plain),
        view.column("sources", Column::Text),
        view.column("pages", Column::Number),
    ];
    let rows = overview.owners.iter().take(OWNERS).map(|owner| {
        let listed = if owner.listed { "yes" } else { "no" };
        vec![
            Cell::Text(owner.name.clone()),
            Cell::Text(words.text(listed)),
            Cell::Text(owner.sources.join(", ")),
            Cell::Text(words.number(owner.pages)),
        ]
    });
    let caption = caption(&words.text("owners-caption"), shown, overview.owners.len(), words);
    let content = html! {
        p { (words.text("owners-about")) }
        ul {
            li { (words.counted("owners-none", having(Problem::NoOwner), &[])) }
            @if overview.has_people_lists {
                li { (words.counted("owners-unlisted", having(Problem::UnlistedOwner), &[])) }
            } @else {
                li { (words.text("owners-no-lists")) }
            }
        }
        (listed(&caption, &columns, rows, words))
    };
    Section { id: "owners", heading: words.text("owners-heading"), content }
}
