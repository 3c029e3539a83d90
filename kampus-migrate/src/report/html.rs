//! The page of a run.

use maud::{Markup, html};

use super::frame::{Frame, ROWS, boxed, numbers};
use super::table::{counted, grouped, one_line};
use crate::outcome::{Conflict, Counts, RunOutcome, Side, SourceOutcome};

/// The page of a run of the plan with this name.
pub(super) fn page(plan: &str, outcome: &RunOutcome) -> Markup {
    let title = format!("Migration: {plan}");
    let frame = Frame { language: "en", title: &title, skip: "Skip to the content" };
    let header = html! { (verdict(outcome)) };
    let content = html! {
        (facts(outcome))
        (totals(&outcome.total.counts))
        (sources(outcome))
        (rejections(outcome))
        (conflicts(outcome))
        (gone(outcome))
        (narrowed(outcome))
        (placeholders(outcome))
        (notices(outcome))
        (discards(outcome))
    };
    frame.page(&header, &content)
}

fn verdict(outcome: &RunOutcome) -> Markup {
    let rejected = outcome.total.counts.rejected;
    let stopped = outcome.sources.iter().filter(|source| source.stopped.is_some()).count();
    let bad = rejected > 0 || stopped > 0 || !outcome.total.adds_up();
    html! {
        p class=(if bad { "result bad" } else { "result" }) {
            @if outcome.dry_run { "This was a dry run: nothing was written. " }
            @if !outcome.total.adds_up() {
                "The counts do not add up: some records are not accounted for. "
            } @else if outcome.nothing_new() {
                "Nothing new: everything was loaded before. "
            } @else {
                "Every record that was read is accounted for. "
            }
            @if !outcome.conflicts.is_empty() {
                a href="#conflicts" { (counted(outcome.conflicts.len() as u64, "record was", "records were")) " edited in Kampus" } " and differ from the source. "
            }
            @if rejected > 0 { a href="#rejected" { (counted(rejected, "record was", "records were")) " rejected" } ". " }
            @if stopped > 0 { (counted(stopped as u64, "file", "files")) " could not be read to the end." }
        }
    }
}

fn facts(outcome: &RunOutcome) -> Markup {
    let links = outcome.links;
    html! {
        dl {
            dt { "Run" } dd { (outcome.run) @if outcome.resumed { " (took up an interrupted run)" } }
            dt { "Store" } dd { (outcome.store.display()) }
            dt { "Links in texts" }
            dd {
                (grouped(links.rewritten)) " lead to new items, " (grouped(links.external)) " lead elsewhere, "
                (grouped(links.unresolved)) " lead to pages that no export holds"
            }
            dt { "Old addresses" } dd { (grouped(outcome.redirects)) " lead to new items" }
            @if outcome.sharing.restricted > 0 {
                dt { "Readers of their own" }
                dd { (counted(outcome.sharing.restricted, "item has", "items have")) " readers or editors of their own, as at the source" }
            }
            @if outcome.people_placeholders > 0 {
                dt { "Placeholders" }
                dd { (counted(outcome.people_placeholders, "author is", "authors are")) " in no list of people" }
            }
        }
    }
}

fn totals(counts: &Counts) -> Markup {
    numbers(&counts.named().map(|(name, number)| (name.to_owned(), grouped(number))))
}

fn sources(outcome: &RunOutcome) -> Markup {
    html! {
        h2 { "What became of each source" }
        @for source in &outcome.sources { (source_table(source)) }
        (boxed("All sources by kind", &html! {
            (counts_head("kind"))
            tbody { (counts_rows(outcome.total.by_kind.iter(), &outcome.total.counts)) }
        }))
    }
}

fn source_table(source: &SourceOutcome) -> Markup {
    let owner = source.organisation.as_deref().map(|code| format!(" for {code}")).unwrap_or_default();
    let caption = format!("{}{owner}: {} ({})", source.source, source.path.display(), source.format);
    html! {
        (boxed(&caption, &html! {
            (counts_head("kind"))
            tbody { (counts_rows(source.tally.by_kind.iter(), &source.tally.counts)) }
        }))
        @if let Some(why) = &source.stopped {
            p { strong class="some" { "Not read to the end: " } (why) }
        }
    }
}

fn counts_head(first: &str) -> Markup {
    html! {
        thead { tr {
            th scope="col" { (first) }
            @for (name, _) in Counts::default().named() { th scope="col" class="n" { (name) } }
        } }
    }
}

fn counts_rows<'a>(kinds: impl Iterator<Item = (&'a String, &'a Counts)>, sum: &Counts) -> Markup {
    let cells = |counts: &Counts| {
        html! {
            @for (name, number) in counts.named() {
                td class=(if name == "rejected" && number > 0 { "n some" } else { "n" }) { (grouped(number)) }
            }
        }
    };
    html! {
        @for (kind, counts) in kinds { tr { th scope="row" { (kind) } (cells(counts)) } }
        tr class="sum" { th scope="row" { "total" } (cells(sum)) }
    }
}

fn rejections(outcome: &RunOutcome) -> Markup {
    let rows = outcome.rejections.iter().map(|rejection| {
        [
            &*rejection.source,
            rejection.id.as_deref().unwrap_or("unknown"),
            &rejection.place,
            &rejection.reason,
        ]
    });
    let introduction = "These records are not in the store. Mend them in the export and run again: what was loaded stays as it is.";
    list("rejected", "Rejected records", introduction, ["Source", "Id", "Place", "Reason"], rows)
}

fn conflicts(outcome: &RunOutcome) -> Markup {
    let told: Vec<(&Conflict, String)> =
        outcome.conflicts.iter().map(|conflict| (conflict, conflict.differs())).collect();
    let rows = told.iter().map(|(conflict, differs)| {
        let prevails = match conflict.prevails {
            Side::Target => "stays as in Kampus",
            Side::Source => "is as the source wants it",
        };
        [&*conflict.source, &conflict.id, &conflict.title, &conflict.item, differs, prevails]
    });
    let introduction = "The source or a decision wants something else of these records than people made of them in Kampus. What stays as in Kampus is listed by each run until they agree.";
    let header = ["Source", "Id", "Title", "Item", "Reason", "Now"];
    list("conflicts", "Conflicts", introduction, header, rows)
}

fn gone(outcome: &RunOutcome) -> Markup {
    let rows = outcome.gone.iter().map(|gone| [&*gone.source, &gone.id, &gone.kind, &gone.title, &gone.item]);
    let introduction = "Earlier runs loaded these records, and their sources, read to the end, no longer hold them. What they became stays.";
    list("gone", "Gone at the source", introduction, ["Source", "Id", "Kind", "Title", "Item"], rows)
}

fn narrowed(outcome: &RunOutcome) -> Markup {
    let told: Vec<_> =
        outcome.sharing.narrowed.iter().map(|narrowed| (narrowed, narrowed.why.to_string())).collect();
    let rows = told.iter().map(|(narrowed, why)| {
        [&*narrowed.source, &narrowed.id, &narrowed.place, &narrowed.right, &narrowed.who, why]
    });
    let introduction = "What the sources say of who may what could not be said here to the letter, and lets fewer in. Whoever looks after these pages may let others in.";
    let header = ["Source", "Id", "Place", "Right", "Who", "Reason"];
    list("narrowed", "Permissions that are narrower", introduction, header, rows)
}

fn placeholders(outcome: &RunOutcome) -> Markup {
    let told: Vec<_> = outcome.placeholders.iter().map(|known| (known, grouped(known.items))).collect();
    let rows = told.iter().map(|(known, items)| [&*known.source, &known.person, &known.name, items]);
    let introduction =
        "Nobody in the lists of people is certainly these. kampus-migrate claim says who they are.";
    list("placeholders", "Placeholders", introduction, ["Source", "Account", "Name", "Items"], rows)
}

fn notices(outcome: &RunOutcome) -> Markup {
    let rows = outcome.notices.first().iter().map(|notice| [&*notice.source, &notice.place, &notice.text]);
    let introduction = "These records were loaded, but somebody should know something about them.";
    list("notices", "Notices", introduction, ["Source", "Place", "Notice"], rows)
}

fn discards(outcome: &RunOutcome) -> Markup {
    let rows =
        outcome.discards.first().iter().map(|discard| {
            [&*discard.source, &discard.kind, &discard.title, &discard.place, &discard.reason]
        });
    let introduction = "These records stayed behind by decision, or are no content.";
    list("discarded", "Discarded records", introduction, ["Source", "Kind", "Title", "Place", "Reason"], rows)
}

/// A list of records with a heading; nothing when it is empty.
fn list<'a, const N: usize>(
    anchor: &str,
    heading: &str,
    introduction: &str,
    header: [&str; N],
    rows: impl ExactSizeIterator<Item = [&'a str; N]>,
) -> Markup {
    let number = rows.len();
    let caption = format!("{heading}: {}", grouped(number as u64));
    html! {
        @if number > 0 {
            h2 id=(anchor) { (heading) }
            p {
                (introduction)
                @if number > ROWS { " The first " (grouped(ROWS as u64)) " are here, all of them in migration.json." }
            }
            (boxed(&caption, &html! {
                thead { tr { @for name in header { th scope="col" { (name) } } } }
                tbody {
                    @for row in rows.take(ROWS) {
                        tr { @for (name, cell) in header.into_iter().zip(row) { td class=[is_long(name)] { (one_line(cell)) } } }
                    }
                }
            }))
        }
    }
}

fn is_long(column: &str) -> Option<&'static str> {
    matches!(column, "Place" | "Reason" | "Notice" | "Title").then_some("text")
}
