//! The proof: claim by claim what was looked at, and what is wrong.

mod lists;
mod text;

use maud::{Markup, html};

use super::About;
use super::frame::{Column, Frame, Section, boxed, head, in_order, kind_of, numbers, sections};
use super::words::Words;
use crate::outcome::{Equation, VerifiedSource, VerifyOutcome};

pub use text::verify_text;

/// The whole page.
pub(super) fn page(about: &About<'_>, outcome: &VerifyOutcome) -> Markup {
    let words = &Words::of(about.language);
    let title = words.say("proof-title", &[("plan", about.plan)]);
    let frame = Frame { language: words.code(), title: &title, skip: &words.text("skip") };
    let mut parts = vec![claims(outcome, words), equations(outcome, words)];
    parts.extend(lists::failures(outcome, words));
    parts.extend(lists::notes(outcome, words));
    let store = outcome.store.display().to_string();
    let header = html! {
        p.made { (words.say("proof-made", &[("day", &words.date(about.day)), ("store", &store)])) }
        p { (words.text("proof-about")) }
        (verdict(outcome, words))
    };
    let content = html! {
        (totals(outcome, words))
        (sections(&words.text("contents"), &parts))
    };
    frame.page(&header, &content)
}

fn verdict(outcome: &VerifyOutcome, words: &Words) -> Markup {
    let (class, key) =
        if outcome.proven() { ("result good", "proof-proven") } else { ("result bad", "proof-not-proven") };
    html! { div class=(class) { p { (words.text(key)) } } }
}

fn totals(outcome: &VerifyOutcome, words: &Words) -> Markup {
    let checked = outcome.checked;
    let records = equations_of(outcome).map(|equation| equation.counts.read).sum();
    let number = |key: &str, number: u64| (words.text(&format!("checked-{key}")), words.number(number));
    numbers(&[
        number("records", records),
        number("bodies", checked.bodies),
        number("words", checked.words),
        number("files", checked.files),
        (words.text("checked-bytes"), words.bytes(checked.file_bytes)),
        number("links", checked.links.internal + checked.links.broken),
        number("addresses", checked.addresses.read),
    ])
}

fn equations_of(outcome: &VerifyOutcome) -> impl Iterator<Item = &Equation> {
    outcome.sources.iter().flat_map(|source| &source.equations)
}

/// One thing that has to be true, how much was looked at, and how much of it is wrong.
struct Claim {
    /// Its name in messages, and the anchor of what is wrong.
    id: &'static str,
    looked_at: u64,
    wrong: u64,
}

/// What has to be true for the proof.
fn all_claims(outcome: &VerifyOutcome) -> [Claim; 7] {
    let checked = outcome.checked;
    let broken = equations_of(outcome).filter(|equation| !equation.holds()).count() as u64;
    let kinds = equations_of(outcome).count() as u64;
    let wrong_addresses = outcome.wrong_addresses.len() as u64;
    [
        Claim { id: "equations", looked_at: kinds, wrong: broken },
        Claim {
            id: "words",
            looked_at: checked.words,
            wrong: outcome.missing_words.iter().map(|m| m.words.len() as u64).sum(),
        },
        Claim {
            id: "hashes",
            looked_at: checked.bodies + checked.files,
            wrong: outcome.hash_mismatches.len() as u64,
        },
        Claim {
            id: "links",
            looked_at: checked.links.internal + checked.links.broken,
            wrong: outcome.broken_links.len() as u64,
        },
        Claim {
            id: "addresses",
            looked_at: checked.addresses.read.max(checked.rules),
            wrong: wrong_addresses,
        },
        Claim { id: "readers", looked_at: checked.readers, wrong: outcome.leaks.len() as u64 },
        Claim { id: "others", looked_at: outcome.sources.len() as u64, wrong: outcome.problems.len() as u64 },
    ]
}

fn claims(outcome: &VerifyOutcome, words: &Words) -> Section {
    let columns = [
        (words.text("column-claim"), Column::Text),
        (words.text("column-looked-at"), Column::Number),
        (words.text("column-wrong"), Column::Number),
        (words.text("column-verdict"), Column::Plain),
    ];
    let rows = html! {
        (head(&columns))
        tbody { @for claim in all_claims(outcome) { tr {
            th scope="row" class="text" {
                @if claim.wrong > 0 || claim.id == "equations" {
                    a href=(format!("#{}", claim.id)) { (words.text(&format!("claim-{}", claim.id))) }
                } @else {
                    (words.text(&format!("claim-{}", claim.id)))
                }
            }
            td.n { (words.counted(&format!("looked-at-{}", claim.id), claim.looked_at, &[])) }
            td.n { (words.number(claim.wrong)) }
            td { (holds(claim.wrong == 0, words)) }
        } } }
    };
    let content = html! {
        p { (words.text("claims-about")) }
        (boxed(&words.text("claims-heading"), &rows))
    };
    Section { id: "claims", heading: words.text("claims-heading"), content }
}

/// A verdict in a word and a sign, so that it does not hang on the colour.
fn holds(yes: bool, words: &Words) -> Markup {
    html! {
        @if yes { span.yes { "✓ " (words.text("holds")) } } @else { span.no { "✗ " (words.text("holds-not")) } }
    }
}

/// What each source holds of a kind = what became of it.
fn equations(outcome: &VerifyOutcome, words: &Words) -> Section {
    let number = |name: &str| (words.text(&format!("fate-{name}")), Column::Number);
    let columns = [
        (words.text("column-source"), Column::Plain),
        (words.text("column-kind"), Column::Plain),
        number("read"),
        number("loaded"),
        number("updated"),
        number("merged"),
        number("discarded"),
        number("rejected"),
        number("missing"),
        (words.text("column-verdict"), Column::Plain),
    ];
    let rows = html! {
        (head(&columns))
        @for source in &outcome.sources { tbody { @for (index, (kind, equation)) in kinds(source).into_iter().enumerate() { tr {
            @if index == 0 { th scope="rowgroup" rowspan=(source.equations.len()) { (source.source) } }
            th scope="row" { (kind_of(kind, words)) }
            @for number in terms(equation) { td.n { (words.number(number)) } }
            td { (holds(equation.holds(), words)) }
        } } } }
    };
    let content = html! {
        p { (words.text("equations-about")) }
        (boxed(&words.text("equations-caption"), &rows))
    };
    Section { id: "equations", heading: words.text("equations-heading"), content }
}

fn kinds(source: &VerifiedSource) -> Vec<(&str, &Equation)> {
    in_order(source.equations.iter().map(|equation| (equation.kind.as_str(), equation)))
}

/// The terms of an equation, in the order of its columns. A verification counts nothing as unchanged: it asks what
/// became of a record, whichever run did it.
fn terms(equation: &Equation) -> [u64; 7] {
    let counts = equation.counts;
    [
        counts.read,
        counts.loaded,
        counts.updated + counts.unchanged,
        counts.merged,
        counts.discarded,
        counts.rejected,
        equation.missing,
    ]
}
