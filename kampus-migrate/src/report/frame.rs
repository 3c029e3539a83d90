//! What all pages have in common: the file that needs nothing else, and the parts that they are put together from.
//!
//! No script, no network, readable on a telephone, on paper and by a screen reader.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::table::one_line;
use super::words::Words;

const STYLE: &str = include_str!("style.css");

/// Rows of a list on a page. A browser stays quick, and a document or a workbook beside the page has them all.
pub(super) const ROWS: usize = 1_000;

/// A page before its content.
pub(super) struct Frame<'a> {
    /// BCP 47 code.
    pub(super) language: &'a str,
    /// The heading, which is the window's title too.
    pub(super) title: &'a str,
    /// The text of the link over the contents.
    pub(super) skip: &'a str,
}

impl Frame<'_> {
    /// The whole page: what stands in its head below the heading, then its sections.
    pub(super) fn page(&self, header: &Markup, content: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    // No request is ever made for an icon.
                    link rel="icon" href="data:,";
                    title { (self.title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#content" { (self.skip) }
                    header { h1 { (self.title) } (header) }
                    main id="content" { (content) }
                }
            }
        }
    }
}

/// A part of a page that the table of contents leads to.
pub(super) struct Section {
    /// Its anchor.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) heading: String,
    /// What stands under it.
    pub(super) content: Markup,
}

impl Section {
    fn markup(&self) -> Markup {
        html! { section id=(self.id) { h2 { (self.heading) } (self.content) } }
    }
}

/// What a kind of record is called; a source's own word for it as it is.
pub(super) fn kind_of(kind: &str, words: &Words) -> Markup {
    html! {
        @if let Some(word) = words.known("kind", kind) { (word) } @else { code { (one_line(kind)) } }
    }
}

/// Kinds of content in the order of their weight, then what is a source's own.
pub(super) fn in_order<'a, T>(kinds: impl IntoIterator<Item = (&'a str, T)>) -> Vec<(&'a str, T)> {
    const ORDER: [&str; 8] =
        ["page", "news", "service", "discussion", "file", "comment", "redirect", "person"];
    let mut kinds: Vec<(&str, T)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, _)| ORDER.iter().position(|known| known == kind).unwrap_or(ORDER.len()));
    kinds
}

/// The table of contents and the sections.
pub(super) fn sections(label: &str, sections: &[Section]) -> Markup {
    html! {
        nav aria-labelledby="contents" {
            h2 id="contents" { (label) }
            ul { @for section in sections { li { a href=(format!("#{}", section.id)) { (section.heading) } } } }
        }
        @for section in sections { (section.markup()) }
    }
}

/// A table that scrolls in its own box, so that a narrow page does not; the box can be reached by keyboard.
pub(super) fn boxed(caption: &str, rows: &Markup) -> Markup {
    html! { div class="box" role="region" aria-label=(caption) tabindex="0" { table { caption { (caption) } (rows) } } }
}

/// A caption with the number of rows: `Protection marks: 12`, `…: the first 1,000 of 4,711`.
pub(super) fn caption(text: &str, shown: usize, all: usize, words: &Words) -> String {
    let key = if shown < all { "caption-some" } else { "caption-all" };
    let (shown, all) = (words.number(shown as u64), words.number(all as u64));
    words.say(key, &[("text", text), ("shown", &shown), ("all", &all)])
}

/// Big numbers with their names.
pub(super) fn numbers(numbers: &[(String, String)]) -> Markup {
    html! { dl class="numbers" { @for (name, number) in numbers { div { dt { (name) } dd { (number) } } } } }
}

/// A column of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Words, ids: as narrow as they are.
    Plain,
    /// Sentences and addresses, which need room.
    Text,
    /// Numbers, under each other.
    Number,
}

/// A cell of a list.
pub(super) enum Cell {
    /// Text of an export or of ours.
    Text(String),
    /// What the engine says, in English.
    English(String),
    /// A title in the language of its page, with its old address.
    Title {
        /// The title.
        text: String,
        /// BCP 47 tag, where it is known.
        language: Option<String>,
        /// Where the page was.
        address: Option<String>,
    },
    /// A word of a machine: an id, markup.
    Code(String),
    /// A kind of record.
    Kind(String),
    /// Something that cleaning leaves out.
    Markup(String),
}

/// The head of a list: what its columns are called and what stands in them.
pub(super) fn head(columns: &[(String, Column)]) -> Markup {
    html! {
        thead { tr { @for (name, column) in columns {
            th scope="col" class=[(*column == Column::Number).then_some("n")] { (name) }
        } } }
    }
}

/// A table with a row for each list of cells, of which the first names the row.
pub(super) fn listed(
    caption: &str,
    columns: &[(String, Column)],
    rows: impl IntoIterator<Item = Vec<Cell>>,
    words: &Words,
) -> Markup {
    boxed(
        caption,
        &html! {
            (head(columns))
            tbody {
                @for row in rows {
                    tr { @for (index, (cell, (_, column))) in row.iter().zip(columns).enumerate() {
                        @if index == 0 { th scope="row" class=[class(*column)] { (shown(cell, words)) } }
                        @else { (data(cell, *column, words)) }
                    } }
                }
            }
        },
    )
}

/// A cell that names no row.
pub(super) fn data(cell: &Cell, column: Column, words: &Words) -> Markup {
    html! { td class=[class(column)] { (shown(cell, words)) } }
}

fn class(column: Column) -> Option<&'static str> {
    match column {
        Column::Plain => None,
        Column::Text => Some("text"),
        Column::Number => Some("n"),
    }
}

fn shown(cell: &Cell, words: &Words) -> Markup {
    match cell {
        Cell::Text(text) => html! { (one_line(text)) },
        Cell::English(text) => {
            let foreign = (words.code() != "en").then_some("en");
            html! { span lang=[foreign] { (one_line(text)) } }
        }
        Cell::Kind(kind) => kind_of(kind, words),
        Cell::Markup(what) => html! { code { (one_line(&markup_text(what, words))) } },
        Cell::Code(text) if text.is_empty() => html! {},
        Cell::Code(text) => html! { code { (one_line(text)) } },
        Cell::Title { text, language, address } => {
            let text = if text.trim().is_empty() { words.text("untitled") } else { one_line(text) };
            let language = language.as_deref().filter(|tag| *tag != words.code() && is_tag(tag));
            html! {
                @if let Some(address) = address.as_deref().filter(|address| is_web(address)) {
                    a href=(address) rel="noreferrer" lang=[language] { (text) }
                } @else {
                    span lang=[language] { (text) }
                }
            }
        }
    }
}

/// What cleaning leaves out, in the page's language where it has words for it.
pub(super) fn markup_text(what: &str, words: &Words) -> String {
    match what.strip_prefix("meaning of ") {
        Some(code) => words.say("markup-meaning", &[("code", code)]),
        None => words.word("markup", what),
    }
}

fn is_tag(tag: &str) -> bool {
    !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Addresses come from exports: only those of the web become links.
fn is_web(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use kampus_core::Language;

    use super::*;

    #[test]
    fn an_address_of_an_export_is_a_link_only_where_it_is_one_of_the_web() {
        let words = Words::of(Language::Fi);
        let title = |address: &str| {
            let cell = Cell::Title {
                text: "<b>\u{1b}x".into(),
                language: Some("sv\" onclick=\"".into()),
                address: Some(address.into()),
            };
            shown(&cell, &words).into_string()
        };
        assert_eq!(title("javascript:alert(1)"), "<span>&lt;b&gt; x</span>");
        assert_eq!(
            title("https://intra.ym.fi/\"x"),
            "<a href=\"https://intra.ym.fi/&quot;x\" rel=\"noreferrer\">&lt;b&gt; x</a>"
        );
    }
}
