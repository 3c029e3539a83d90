//! What a verification says on the terminal.

use crate::outcome::{AddressWitness, VerifyOutcome, WrongAddress};
use crate::report::table::{Table, counted, grouped};
use crate::report::text::{cells, push, push_gone, push_list};

/// What a verification says: the equations, and each thing that stands in the way of the proof.
pub fn verify_text(outcome: &VerifyOutcome) -> String {
    let mut text = String::from(if outcome.proven() {
        "Proven: each record of the sources is accounted for, no words are missing, and each old address leads to its \
         item.\n\n"
    } else {
        "Not proven: something is missing or different.\n\n"
    });
    text.push_str(&equations(outcome));
    push(&mut text, "");
    push(&mut text, &looked_at(outcome));
    let missing = outcome.missing_words.iter().map(|found| {
        let words = found.words.iter().take(8).cloned().collect::<Vec<_>>().join(" ");
        let more = if found.words.len() > 8 { " …" } else { "" };
        format!("{}: {} lacks `{words}`{more}", found.place, found.item)
    });
    push_list(&mut text, "body lacks words", "bodies lack words", &missing.collect::<Vec<_>>());
    let mismatches = outcome.hash_mismatches.iter().map(|found| {
        format!(
            "{} {}: {} instead of {}",
            found.source,
            found.id,
            found.found.as_deref().unwrap_or("nothing"),
            found.expected
        )
    });
    push_list(
        &mut text,
        "content is not what it has to be",
        "contents are not what they have to be",
        &mismatches.collect::<Vec<_>>(),
    );
    let broken = outcome
        .broken_links
        .iter()
        .map(|link| format!("{} {}: {} in {}", link.source, link.id, link.address, link.item));
    push_list(
        &mut text,
        "link leads to an item that is not there",
        "links lead to items that are not there",
        &broken.collect::<Vec<_>>(),
    );
    push_list(
        &mut text,
        "old address does not lead where it should",
        "old addresses do not lead where they should",
        &outcome.wrong_addresses.iter().map(wrong_address).collect::<Vec<_>>(),
    );
    let leaks = outcome
        .leaks
        .iter()
        .map(|leak| format!("{} {}: {} reads {}", leak.source, leak.id, leak.person, leak.item));
    push_list(
        &mut text,
        "reader could not read it at the source",
        "readers could not read it at the source",
        &leaks.collect::<Vec<_>>(),
    );
    push_list(&mut text, "other problem", "other problems", &outcome.problems);
    let edited = outcome.conflicts.iter().map(|conflict| {
        format!("{} {} `{}`: {}", conflict.source, conflict.id, conflict.title, conflict.differs())
    });
    push_list(
        &mut text,
        "record was edited in Kampus and stays so, though its source has another text",
        "records were edited in Kampus and stay so, though their sources have other texts",
        &edited.collect::<Vec<_>>(),
    );
    push_gone(&mut text, &outcome.gone, None);
    let dead =
        outcome.unresolved_links.iter().map(|link| format!("{} {}: {}", link.source, link.id, link.address));
    push_list(
        &mut text,
        "link leads to an old page that did not move",
        "links lead to old pages that did not move",
        &dead.collect::<Vec<_>>(),
    );
    let shared = outcome.shared_addresses.iter().map(|shared| {
        format!("{} {}: {} leads to {}", shared.source, shared.id, shared.address, shared.item)
    });
    push_list(
        &mut text,
        "address was that of another record too, and leads to it",
        "addresses were those of other records too, and lead to them",
        &shared.collect::<Vec<_>>(),
    );
    let unwritten = outcome.unwritten_addresses.iter().map(|old| format!("{}: {}", old.address, old.reason));
    push_list(
        &mut text,
        "old address has no rule for a web server",
        "old addresses have no rule for a web server",
        &unwritten.collect::<Vec<_>>(),
    );
    text
}

fn looked_at(outcome: &VerifyOutcome) -> String {
    let checked = outcome.checked;
    format!(
        "Looked at: {} with {}, {}, {} to items, {}",
        counted(checked.bodies, "text", "texts"),
        counted(checked.words, "word", "words"),
        counted(checked.files, "file", "files"),
        counted(checked.links.internal + checked.links.broken, "link", "links"),
        counted(checked.addresses.read, "old address", "old addresses"),
    )
}

fn wrong_address(wrong: &WrongAddress) -> String {
    let record = match (&wrong.source, &wrong.id) {
        (Some(source), Some(id)) => format!("{source} {id}: "),
        _ => String::new(),
    };
    let found = wrong.found.as_deref().unwrap_or("nothing");
    let by = match wrong.by {
        AddressWitness::Ledger => "by the ledger",
        AddressWitness::Store => "in the store",
        AddressWitness::Rules => "by the rules for web servers",
        AddressWitness::Redirect => "by its redirect",
    };
    format!("{record}{} leads to {found} {by}, not to {}", wrong.address, wrong.expected)
}

fn equations(outcome: &VerifyOutcome) -> String {
    let mut table = Table::new(
        2,
        [
            "source",
            "kind",
            "read",
            "loaded",
            "updated",
            "unchanged",
            "merged",
            "discarded",
            "rejected",
            "missing",
            "",
        ],
    );
    for source in &outcome.sources {
        for equation in &source.equations {
            let verdict = if equation.holds() { "holds" } else { "DOES NOT ADD UP" };
            let end = [grouped(equation.missing), verdict.to_owned()];
            table.row(cells(&source.source, &equation.kind, &equation.counts).into_iter().chain(end));
        }
    }
    table.render()
}
