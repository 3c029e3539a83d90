//! What a command says on the terminal when it is done.

use std::path::Path;

use super::table::{Table, counted, grouped, one_line};
use crate::outcome::{ClaimOutcome, Counts, Gone, Rejection, RunOutcome, Side, SurveyOutcome, Tally};

/// How many examples of a list are shown before the rest is left to the report.
const EXAMPLES: usize = 10;

/// What a run says: what became of the records, which were rejected, where things are and what to type next.
/// `next` is that command.
pub fn run_text(outcome: &RunOutcome, next: &str) -> String {
    let mut text = opening(outcome);
    text.push_str("\n\n");
    text.push_str(&tallies(outcome));
    for source in outcome.sources.iter().filter(|source| source.stopped.is_some()) {
        let why = source.stopped.as_deref().unwrap_or_default();
        push(&mut text, &format!("\n{} could not be read to its end: {why}", source.path.display()));
    }
    push_rejections(&mut text, &outcome.rejections, outcome.report.as_deref());
    push_conflicts(&mut text, outcome);
    push_gone(&mut text, &outcome.gone, outcome.report.as_deref());
    push_narrowed(&mut text, outcome);
    push_placeholders(&mut text, outcome);
    push_details(&mut text, outcome);
    push(&mut text, "");
    if !outcome.dry_run {
        push(&mut text, &format!("Store:   {}", outcome.store.display()));
    }
    if let Some(report) = &outcome.report {
        push(&mut text, &format!("Report:  {}", report.display()));
    }
    push(&mut text, &format!("Next:    {next}"));
    text
}

fn opening(outcome: &RunOutcome) -> String {
    let total = outcome.total.counts;
    let accounted = format!(
        "{}: {} loaded, {} updated, {} unchanged, {} merged, {} discarded, {} rejected.",
        counted(total.read, "record was read", "records were read"),
        grouped(total.loaded),
        grouped(total.updated),
        grouped(total.unchanged),
        grouped(total.merged),
        grouped(total.discarded),
        grouped(total.rejected),
    );
    let how = if outcome.dry_run {
        "Dry run: nothing was written."
    } else if outcome.nothing_new() && !outcome.conflicts.is_empty() {
        "Nothing was changed: what differs was edited in Kampus and kept, as told below."
    } else if outcome.nothing_new() {
        "Nothing new: everything was loaded before."
    } else if outcome.resumed {
        "Done; an interrupted run was taken up again."
    } else if total.changed() && outcome.sources.iter().any(|source| source.stopped.is_some()) {
        "Not all could be read: a source breaks off, as told below. What came before is loaded."
    } else if total.changed() {
        "Done."
    } else {
        "Nothing was loaded."
    };
    format!("{how}\n{accounted}")
}

fn tallies(outcome: &RunOutcome) -> String {
    let mut table = Table::new(
        2,
        ["source", "kind", "read", "loaded", "updated", "unchanged", "merged", "discarded", "rejected"],
    );
    for source in &outcome.sources {
        for (kind, counts) in rows(&source.tally) {
            table.row(cells(&source.source, kind, counts));
        }
    }
    table.row(cells("total", "", &outcome.total.counts));
    table.render()
}

/// A source of which nothing was read still has its row.
fn rows(tally: &Tally) -> Vec<(&str, &Counts)> {
    if tally.by_kind.is_empty() {
        return vec![("", &tally.counts)];
    }
    tally.by_kind.iter().map(|(kind, counts)| (kind.as_str(), counts)).collect()
}

pub(super) fn cells(source: &str, kind: &str, counts: &Counts) -> Vec<String> {
    let numbers = counts.named().map(|(_, number)| grouped(number));
    [source.to_owned(), kind.to_owned()].into_iter().chain(numbers).collect()
}

fn push_rejections(text: &mut String, rejections: &[Rejection], report: Option<&Path>) {
    if rejections.is_empty() {
        return;
    }
    let number = rejections.len() as u64;
    push(text, &format!("\n{}:", counted(number, "record was rejected", "records were rejected")));
    for rejection in rejections.iter().take(EXAMPLES) {
        push(text, &format!("  {}: {}", rejection.place, one_line(&rejection.reason)));
    }
    push_more(text, rejections.len(), report);
}

/// What people edited in Kampus while the source changed it, plainly: a kept conflict is no failure and no success.
fn push_conflicts(text: &mut String, outcome: &RunOutcome) {
    for (side, one, many) in [
        (
            Side::Target,
            "record was left as it is in Kampus, though its source wants something else (--prefer source overrules)",
            "records were left as they are in Kampus, though their sources want something else (--prefer source overrules)",
        ),
        (
            Side::Source,
            "record was edited in Kampus and is now as its source wants it; the former text is in the item's history",
            "records were edited in Kampus and are now as their sources want them; the former texts are in the items' history",
        ),
    ] {
        let told = outcome.conflicts_won_by(side).map(|conflict| {
            format!("{} {} `{}`: {}", conflict.source, conflict.id, conflict.title, conflict.differs())
        });
        push_list_with(text, (one, many), &told.collect::<Vec<_>>(), outcome.report.as_deref());
    }
}

/// What earlier runs loaded and the sources no longer hold.
pub(super) fn push_gone(text: &mut String, gone: &[Gone], report: Option<&Path>) {
    let told = gone.iter().map(|gone| format!("{} {} `{}`: {}", gone.source, gone.id, gone.title, gone.item));
    let nouns = (
        "record that was loaded before is no longer in its source; what it became stays",
        "records that were loaded before are no longer in their sources; what they became stays",
    );
    push_list_with(text, nouns, &told.collect::<Vec<_>>(), report);
}

/// Permissions that let fewer in than the sources did.
fn push_narrowed(text: &mut String, outcome: &RunOutcome) {
    let told = outcome.sharing.narrowed.iter().map(|narrowed| {
        format!(
            "{}, {}: {} `{}`: {}",
            narrowed.place, narrowed.id, narrowed.right, narrowed.who, narrowed.why
        )
    });
    let nouns =
        ("permission is narrower than at its source", "permissions are narrower than at their sources");
    push_list_with(text, nouns, &told.collect::<Vec<_>>(), outcome.report.as_deref());
}

/// Who is known from old content only.
fn push_placeholders(text: &mut String, outcome: &RunOutcome) {
    let told = outcome.placeholders.iter().map(|placeholder| {
        let items = counted(placeholder.items, "item", "items");
        format!("{} {} `{}`: {items}", placeholder.source, placeholder.person, placeholder.name)
    });
    let nouns = (
        "author is in no list of people and got an account without a log-in (kampus-migrate claim says who it is)",
        "authors are in no list of people and got accounts without a log-in (kampus-migrate claim says who they are)",
    );
    push_list_with(text, nouns, &told.collect::<Vec<_>>(), outcome.report.as_deref());
}

fn push_more(text: &mut String, number: usize, report: Option<&Path>) {
    if let Some(more @ 1..) = number.checked_sub(EXAMPLES) {
        let place =
            report.map_or_else(|| "with --json".to_owned(), |report| format!("in {}", report.display()));
        push(text, &format!("  and {} more: all of them are {place}", grouped(more as u64)));
    }
}

fn push_details(text: &mut String, outcome: &RunOutcome) {
    let links = outcome.links;
    let mut details = Vec::new();
    if links.rewritten + links.external + links.unresolved > 0 {
        details.push(format!(
            "Links:   {} lead to new items, {} lead elsewhere, {} lead to pages that no export holds",
            grouped(links.rewritten),
            grouped(links.external),
            grouped(links.unresolved)
        ));
    }
    if outcome.redirects > 0 {
        let known =
            counted(outcome.redirects, "old address leads to its item", "old addresses lead to their items");
        details.push(format!("Moved:   {known}"));
    }
    if outcome.withdrawn > 0 {
        let items = counted(outcome.withdrawn, "item was", "items were");
        details.push(format!("Put away: {items} archived, because later decisions do without"));
    }
    if outcome.sharing.restricted > 0 {
        let items = counted(outcome.sharing.restricted, "item has", "items have");
        details.push(format!("Readers: {items} readers or editors of their own, as at the source"));
    }
    if !outcome.notices.is_empty() {
        let notices = counted(outcome.notices.len() as u64, "notice", "notices");
        let place = if outcome.report.is_some() { "in the report" } else { "with --json" };
        details.push(format!("Look at: {notices} {place}"));
    }
    if !details.is_empty() {
        push(text, "");
        for line in &details {
            push(text, line);
        }
    }
}

/// What a claim says.
pub fn claim_text(outcome: &ClaimOutcome) -> String {
    let mut text = String::new();
    for claimed in &outcome.claimed {
        let items = counted(claimed.items, "item", "items");
        push(&mut text, &format!("{} is {}: {items}", claimed.placeholder, claimed.person));
    }
    let number = outcome.claimed.len() as u64;
    push(&mut text, &format!("{} claimed.", counted(number, "placeholder was", "placeholders were")));
    if outcome.unchanged > 0 {
        let known = counted(outcome.unchanged, "placeholder had", "placeholders had");
        push(&mut text, &format!("{known} been claimed by the same person before."));
    }
    text
}

/// What a survey says: what the sources hold, which records are broken, where the inventory and the assessment are
/// and what to type next.
pub fn survey_text(outcome: &SurveyOutcome, inventory: &Path, assessment: &Path, next: &str) -> String {
    let mut table = Table::new(2, ["source", "kind", "records"]);
    let mut total = 0;
    for source in &outcome.sources {
        if source.records.is_empty() {
            table.row([source.source.clone(), String::new(), "0".to_owned()]);
        }
        for (kind, number) in &source.records {
            table.row([source.source.clone(), kind.clone(), grouped(*number)]);
            total += number;
        }
    }
    table.row(["total".to_owned(), String::new(), grouped(total)]);
    let mut text = table.render();
    for source in outcome.sources.iter().filter(|source| source.stopped.is_some()) {
        let why = source.stopped.as_deref().unwrap_or_default();
        push(&mut text, &format!("\n{} could not be read to its end: {why}", source.path.display()));
    }
    push_rejections(&mut text, &outcome.rejections, Some(inventory));
    push_rules(&mut text, outcome);
    let with_problems = outcome.pages.iter().filter(|page| !page.problems.is_empty()).count() as u64;
    push(&mut text, "");
    push(&mut text, &format!("Inventory:  {}", inventory.display()));
    let pages = counted(outcome.pages.len() as u64, "page", "pages");
    push(
        &mut text,
        &format!("            {pages} to decide on, {} with something to look at", grouped(with_problems)),
    );
    push(&mut text, &format!("Assessment: {}", assessment.display()));
    push(&mut text, &format!("Next:       {next}"));
    text
}

/// What the plan's rules take, and what none takes.
fn push_rules(text: &mut String, outcome: &SurveyOutcome) {
    if outcome.rules.is_empty() {
        return;
    }
    let mut table = Table::new(1, ["rule", "pages", "files"]);
    for rule in &outcome.rules {
        table.row([one_line(&rule.name), grouped(rule.pages), grouped(rule.files)]);
    }
    table.row(["(no rule)".to_owned(), grouped(outcome.unruled), String::new()]);
    push(text, "");
    text.push_str(&table.render());
}

pub(super) fn push_list(text: &mut String, one: &str, many: &str, lines: &[String]) {
    push_list_with(text, (one, many), lines, None);
}

fn push_list_with(text: &mut String, (one, many): (&str, &str), lines: &[String], report: Option<&Path>) {
    if lines.is_empty() {
        return;
    }
    push(text, &format!("\n{}:", counted(lines.len() as u64, one, many)));
    for line in lines.iter().take(EXAMPLES) {
        push(text, &format!("  {}", one_line(line)));
    }
    push_more(text, lines.len(), report);
}

pub(super) fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}
