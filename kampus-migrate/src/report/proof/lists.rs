//! What is wrong, and what is no loss but should be known.

use maud::html;

use crate::outcome::VerifyOutcome;
use crate::report::frame::{Cell, Column, ROWS, Section, caption, listed};
use crate::report::words::Words;

/// Words that are quoted of a text that lacks more of them.
const WORDS: usize = 12;

/// A list with its name in messages and its columns.
struct List<'a> {
    id: &'static str,
    columns: &'a [(&'static str, Column)],
}

impl List<'_> {
    /// The section; nothing when there is nothing to list.
    fn section(&self, rows: Vec<Vec<Cell>>, words: &Words) -> Option<Section> {
        if rows.is_empty() {
            return None;
        }
        let heading = words.text(&format!("{}-heading", self.id));
        let columns: Vec<(String, Column)> = self
            .columns
            .iter()
            .map(|(name, column)| (words.text(&format!("column-{name}")), *column))
            .collect();
        let caption = caption(&heading, rows.len().min(ROWS), rows.len(), words);
        let content = html! {
            p { (words.text(&format!("{}-about", self.id))) }
            (listed(&caption, &columns, rows.into_iter().take(ROWS), words))
        };
        Some(Section { id: self.id, heading, content })
    }
}

/// What stands in the way of the proof.
pub(super) fn failures(outcome: &VerifyOutcome, words: &Words) -> Vec<Section> {
    [
        missing_words(outcome, words),
        hashes(outcome, words),
        links(outcome, words),
        addresses(outcome, words),
        readers(outcome, words),
        others(outcome, words),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn missing_words(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "words",
        columns: &[
            ("place", Column::Text),
            ("source", Column::Plain),
            ("id", Column::Plain),
            ("item", Column::Plain),
            ("missing", Column::Number),
            ("words", Column::Text),
        ],
    };
    let rows = outcome.missing_words.iter().map(|found| {
        let mut quoted = found.words.iter().take(WORDS).cloned().collect::<Vec<_>>().join(" ");
        if found.words.len() > WORDS {
            quoted.push_str(" …");
        }
        vec![
            Cell::Text(found.place.clone()),
            Cell::Text(found.source.clone()),
            Cell::Code(found.id.clone()),
            Cell::Code(found.item.clone()),
            Cell::Text(words.number(found.words.len() as u64)),
            Cell::Text(quoted),
        ]
    });
    list.section(rows.collect(), words)
}

fn readers(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "readers",
        columns: &[
            ("person", Column::Plain),
            ("item", Column::Plain),
            ("source", Column::Plain),
            ("id", Column::Plain),
        ],
    };
    let rows = outcome.leaks.iter().map(|leak| {
        vec![
            Cell::Code(leak.person.clone()),
            Cell::Code(leak.item.clone()),
            Cell::Text(leak.source.clone()),
            Cell::Code(leak.id.clone()),
        ]
    });
    list.section(rows.collect(), words)
}

fn hashes(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "hashes",
        columns: &[
            ("id", Column::Plain),
            ("source", Column::Plain),
            ("expected", Column::Text),
            ("found", Column::Text),
        ],
    };
    let rows = outcome.hash_mismatches.iter().map(|found| {
        vec![
            Cell::Code(found.id.clone()),
            Cell::Text(found.source.clone()),
            Cell::Code(found.expected.clone()),
            found.found.clone().map_or_else(|| Cell::Text(words.text("found-nothing")), Cell::Code),
        ]
    });
    list.section(rows.collect(), words)
}

fn links(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "links",
        columns: &[
            ("address", Column::Text),
            ("item", Column::Plain),
            ("source", Column::Plain),
            ("id", Column::Plain),
        ],
    };
    let rows = outcome.broken_links.iter().map(|link| {
        vec![
            Cell::Code(link.address.clone()),
            Cell::Code(link.item.clone()),
            Cell::Text(link.source.clone()),
            Cell::Code(link.id.clone()),
        ]
    });
    list.section(rows.collect(), words)
}

fn addresses(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "addresses",
        columns: &[
            ("address", Column::Text),
            ("source", Column::Plain),
            ("id", Column::Plain),
            ("expected", Column::Plain),
            ("found", Column::Plain),
            ("by", Column::Text),
        ],
    };
    let rows = outcome.wrong_addresses.iter().map(|wrong| {
        vec![
            Cell::Code(wrong.address.clone()),
            Cell::Text(wrong.source.clone().unwrap_or_default()),
            Cell::Code(wrong.id.clone().unwrap_or_default()),
            Cell::Code(wrong.expected.clone()),
            wrong.found.clone().map_or_else(|| Cell::Text(words.text("found-nothing")), Cell::Code),
            Cell::Text(words.text(&format!("by-{}", wrong.by.as_str()))),
        ]
    });
    list.section(rows.collect(), words)
}

fn others(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List { id: "others", columns: &[("problem", Column::Text)] };
    list.section(outcome.problems.iter().map(|problem| vec![Cell::English(problem.clone())]).collect(), words)
}

/// What is no loss: dead links, addresses of two records, addresses without a rule, layout that went.
pub(super) fn notes(outcome: &VerifyOutcome, words: &Words) -> Vec<Section> {
    [
        Some(address_sum(outcome, words)),
        edited(outcome, words),
        gone(outcome, words),
        dead(outcome, words),
        shared(outcome, words),
        unwritten(outcome, words),
        dropped(outcome, words),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where every old address of the exports went.
fn address_sum(outcome: &VerifyOutcome, words: &Words) -> Section {
    let counts = outcome.checked.addresses;
    let columns =
        [(words.text("column-addresses"), Column::Text), (words.text("column-number"), Column::Number)];
    let row = |key: &str, number: u64| {
        vec![Cell::Text(words.text(&format!("addresses-{key}"))), Cell::Text(words.number(number))]
    };
    let rows = [
        row("read", counts.read),
        row("landed", counts.landed),
        row("shared", counts.shared),
        row("left-behind", counts.left_behind),
        row("not-web", counts.not_web),
        row("unwritten", counts.unwritten),
        row("wrong", counts.wrong),
    ];
    let content = html! {
        p { (words.counted("sum-about", outcome.checked.rules, &[])) }
        (listed(&words.text("sum-caption"), &columns, rows, words))
    };
    Section { id: "sum", heading: words.text("sum-heading"), content }
}

fn edited(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "edited",
        columns: &[
            ("title", Column::Text),
            ("source", Column::Plain),
            ("id", Column::Plain),
            ("item", Column::Plain),
        ],
    };
    let rows = outcome.conflicts.iter().map(|conflict| {
        vec![
            Cell::Text(conflict.title.clone()),
            Cell::Text(conflict.source.clone()),
            Cell::Code(conflict.id.clone()),
            Cell::Code(conflict.item.clone()),
        ]
    });
    list.section(rows.collect(), words)
}

fn gone(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "gone",
        columns: &[
            ("title", Column::Text),
            ("source", Column::Plain),
            ("id", Column::Plain),
            ("item", Column::Plain),
        ],
    };
    let rows = outcome.gone.iter().map(|gone| {
        vec![
            Cell::Text(gone.title.clone()),
            Cell::Text(gone.source.clone()),
            Cell::Code(gone.id.clone()),
            Cell::Code(gone.item.clone()),
        ]
    });
    list.section(rows.collect(), words)
}

fn dead(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "dead",
        columns: &[("address", Column::Text), ("source", Column::Plain), ("id", Column::Plain)],
    };
    let rows = outcome.unresolved_links.iter().map(|link| {
        vec![Cell::Code(link.address.clone()), Cell::Text(link.source.clone()), Cell::Code(link.id.clone())]
    });
    list.section(rows.collect(), words)
}

fn shared(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "shared",
        columns: &[
            ("address", Column::Text),
            ("source", Column::Plain),
            ("id", Column::Plain),
            ("leads-to", Column::Plain),
        ],
    };
    let rows = outcome.shared_addresses.iter().map(|shared| {
        vec![
            Cell::Code(shared.address.clone()),
            Cell::Text(shared.source.clone()),
            Cell::Code(shared.id.clone()),
            Cell::Code(shared.item.clone()),
        ]
    });
    list.section(rows.collect(), words)
}

fn unwritten(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List { id: "unwritten", columns: &[("address", Column::Text), ("reason", Column::Text)] };
    let rows = outcome
        .unwritten_addresses
        .iter()
        .map(|old| vec![Cell::Code(old.address.clone()), Cell::English(old.reason.clone())]);
    list.section(rows.collect(), words)
}

fn dropped(outcome: &VerifyOutcome, words: &Words) -> Option<Section> {
    let list = List {
        id: "dropped",
        columns: &[("markup", Column::Text), ("times", Column::Number), ("texts", Column::Number)],
    };
    let rows = outcome.dropped.iter().map(|markup| {
        vec![
            Cell::Markup(markup.what.clone()),
            Cell::Text(words.number(markup.count)),
            Cell::Text(words.number(markup.pages)),
        ]
    });
    list.section(rows.collect(), words)
}
