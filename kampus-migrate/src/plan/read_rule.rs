//! `[[rule]]`: reading, and what of it can be judged without looking at the world.

use std::ops::Range;

use kampus_core::content::Classification;

use super::PlannedSource;
use super::fault::{Fault, FaultKind};
use super::located::Located;
use super::pattern::Pattern;
use super::rule::{Conditions, Days, Results, Rule, RuleAudience};
use super::suggest::closest;
use super::table::{Table, word_of};
use super::target::Target;
use super::words::{CLASSIFICATIONS, ITEM_KINDS, LANGUAGES, RULE_KINDS, STATUSES};
use crate::inventory::{Decision, Verdict};

const KEYS: [&str; 10] = [
    "name",
    "when",
    "target",
    "kind",
    "classification",
    "audience",
    "owner",
    "decision",
    "reason",
    "language",
];

const WHEN_KEYS: [&str; 13] = [
    "source",
    "label",
    "category",
    "path",
    "template",
    "author",
    "kind",
    "status",
    "language",
    "created_after",
    "created_before",
    "modified_after",
    "modified_before",
];

const AUDIENCE_KEYS: [&str; 3] = ["organisations", "groups", "languages"];

/// Merging and moving name a page or a target, which a rule does otherwise.
const DECISIONS: [(&str, Verdict); 2] = [("keep", Verdict::Keep), ("discard", Verdict::Discard)];

/// What a rule can refer to.
pub(super) struct Known<'a> {
    pub(super) targets: &'a [Target],
    pub(super) sources: &'a [PlannedSource],
}

/// Reads the rules in their order.
pub(super) fn read_all(
    tables: &[Table<'_>],
    known: &Known<'_>,
    text: &str,
    faults: &mut Vec<Fault>,
) -> Vec<Rule> {
    let mut rules: Vec<(Rule, Range<usize>)> = Vec::new();
    for (number, table) in (1..).zip(tables) {
        let before = faults.len();
        let rule = read(table, number, known, faults);
        // What is not understood covers nothing and is covered by nothing.
        if faults.len() > before {
            continue;
        }
        if let Some((_, earlier)) = rules.iter().find(|(earlier, _)| rule.when.within(&earlier.when)) {
            let line = super::render::position(text, earlier.start).0;
            let fault = Fault::new(FaultKind::Unreachable { line }, Some(table.span()));
            faults.push(fault.help("the first rule that matches decides: put the narrower one before it"));
        }
        rules.push((rule, table.span()));
    }
    rules.into_iter().map(|(rule, _)| rule).collect()
}

fn read(table: &Table<'_>, number: usize, known: &Known<'_>, faults: &mut Vec<Fault>) -> Rule {
    table.check_keys(&KEYS, faults);
    let name = table.text("name", faults).map_or_else(|| format!("rule {number}"), |name| name.value);
    let before = faults.len();
    let when = table
        .table("when", "the rule's `when`", faults)
        .map_or_else(Conditions::default, |when| read_conditions(&when, known, faults));
    let then = read_results(table, &when, known, faults);
    if faults.len() == before && then.is_nothing() {
        faults.push(
            Fault::new(FaultKind::Idle, Some(table.span()))
                .help("give it a `target`, or `decision = \"keep\"` to keep later rules away"),
        );
    }
    Rule { name, when, then }
}

fn read_conditions(when: &Table<'_>, known: &Known<'_>, faults: &mut Vec<Fault>) -> Conditions {
    when.check_keys(&WHEN_KEYS, faults);
    let sources = when.texts("source", faults);
    for source in &sources {
        if !known.sources.iter().any(|known| known.id.value == source.value) {
            let meant = closest(&source.value, known.sources.iter().map(|source| source.id.value.as_str()));
            let kind = FaultKind::Unknown { what: "source", word: source.value.clone() };
            faults.push(Fault::new(kind, source.span.clone()).meant(meant));
        }
    }
    Conditions {
        sources: sources.into_iter().map(|source| source.value).collect(),
        labels: patterns(when, "label", faults),
        categories: patterns(when, "category", faults),
        paths: paths(when, faults),
        templates: patterns(when, "template", faults),
        authors: patterns(when, "author", faults),
        kinds: when.words("kind", &RULE_KINDS, faults),
        statuses: when.words("status", &STATUSES, faults),
        languages: when.words("language", &LANGUAGES, faults),
        created: days(when, ["created_after", "created_before"], faults),
        modified: days(when, ["modified_after", "modified_before"], faults),
    }
}

fn patterns(when: &Table<'_>, key: &'static str, faults: &mut Vec<Fault>) -> Vec<Pattern> {
    when.texts(key, faults)
        .into_iter()
        .filter_map(|text| noted(Pattern::words(&text.value), &text, faults))
        .collect()
}

fn noted(
    pattern: Result<Pattern, String>,
    text: &Located<String>,
    faults: &mut Vec<Fault>,
) -> Option<Pattern> {
    pattern
        .map_err(|why| {
            let kind = FaultKind::BadPattern { pattern: text.value.clone(), why };
            let fault = Fault::new(kind, text.span.clone());
            faults.push(if text.value.contains('[') {
                fault.help("a bracket that means itself is written `[[]`")
            } else {
                fault
            });
        })
        .ok()
}

fn paths(when: &Table<'_>, faults: &mut Vec<Fault>) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for text in when.texts("path", faults) {
        if text.value.starts_with(['/', '*']) {
            patterns.extend(noted(Pattern::path(&text.value), &text, faults));
            continue;
        }
        // The path of an address, or a path that lacks its first slash.
        let meant = match text.value.split_once("://") {
            Some((_, rest)) => format!("/{}", rest.split_once('/').map_or("", |(_, path)| path)),
            None => format!("/{}", text.value),
        };
        let kind = FaultKind::NoPath(text.value.clone());
        faults.push(Fault::new(kind, text.span).meant(Some(&meant)));
    }
    patterns
}

fn days(when: &Table<'_>, [after, before]: [&'static str; 2], faults: &mut Vec<Fault>) -> Days {
    let (from, until) = (when.date(after, faults), when.date(before, faults));
    let days =
        Days { after: from.as_ref().map(|day| day.value), before: until.as_ref().map(|day| day.value) };
    if let Some(until) = until.filter(|_| days.is_empty()) {
        faults.push(Fault::new(FaultKind::NoDays { after, before }, until.span));
    }
    days
}

fn read_results(table: &Table<'_>, when: &Conditions, known: &Known<'_>, faults: &mut Vec<Fault>) -> Results {
    let target = table.text("target", faults);
    let found = target.as_ref().and_then(|word| target_of(word, known, faults));
    let classification = table.word("classification", &CLASSIFICATIONS, faults);
    if let Some(class) = &classification {
        below_ceiling(class, found, when, known, faults);
    }
    let results = Results {
        target: target.as_ref().map(|target| target.value.clone()),
        kind: table.word("kind", &ITEM_KINDS, faults).map(|kind| kind.value),
        classification: classification.map(|class| class.value),
        audience: read_audience(table, faults),
        owner: table.text("owner", faults).map(|owner| owner.value),
        decision: None,
        language: table.word("language", &LANGUAGES, faults).map(|language| language.value),
    };
    let verdict = table.word("decision", &DECISIONS, faults);
    let reason = table.text("reason", faults);
    let discards = verdict.as_ref().is_some_and(|verdict| verdict.value == Verdict::Discard);
    if let Some(reason) = reason.as_ref().filter(|_| !discards) {
        let kind = FaultKind::NotFor { of: "a rule that does not discard", key: "reason" };
        faults.push(Fault::new(kind, reason.span.clone()));
    }
    if let Some(verdict) = verdict.as_ref().filter(|_| discards && !results.is_nothing()) {
        let kind = FaultKind::NotFor { of: "a rule that discards", key: "place, kind or owner to give" };
        faults.push(Fault::new(kind, verdict.span.clone()));
    }
    let decision = verdict.map(|verdict| match verdict.value {
        Verdict::Discard => Decision::Discard { reason: reason.map(|reason| reason.value) },
        _ => Decision::Keep,
    });
    Results { decision, ..results }
}

fn target_of<'a>(word: &Located<String>, known: &Known<'a>, faults: &mut Vec<Fault>) -> Option<&'a Target> {
    let found = known.targets.iter().find(|target| target.id == word.value);
    if found.is_none() {
        let meant = known
            .targets
            .iter()
            .find(|target| target.is_called(&word.value))
            .map(|target| target.id.as_str())
            .or_else(|| closest(&word.value, known.targets.iter().map(|target| target.id.as_str())));
        let kind = FaultKind::Unknown { what: "target", word: word.value.clone() };
        let fault = Fault::new(kind, word.span.clone());
        faults.push(match known.targets {
            [] => {
                fault.help("the plan has no [[target]]: add one with `id`, `kind`, `title`, `organisation`")
            }
            _ => fault.meant(meant),
        });
    }
    found
}

/// A rule cannot classify above the ceiling of where its pages go.
fn below_ceiling(
    class: &Located<Classification>,
    target: Option<&Target>,
    when: &Conditions,
    known: &Known<'_>,
    faults: &mut Vec<Fault>,
) {
    let sources = known
        .sources
        .iter()
        .filter(|source| when.sources.is_empty() || when.sources.contains(&source.id.value))
        .map(|source| (source.classification.unwrap_or_default(), source.id.value.as_str()));
    let highest = match target {
        Some(target) => Some((target.classification, target.id.as_str())),
        None => sources.max_by_key(|(ceiling, _)| *ceiling),
    };
    if let Some((ceiling, of)) = highest
        && class.value > ceiling
    {
        let word =
            |class| CLASSIFICATIONS.iter().find(|(_, known)| *known == class).map_or("", |(word, _)| word);
        let kind = FaultKind::AboveCeiling {
            classification: word(class.value),
            ceiling: word(ceiling),
            of: of.to_owned(),
        };
        faults.push(Fault::new(kind, class.span.clone()));
    }
}

fn read_audience(table: &Table<'_>, faults: &mut Vec<Fault>) -> Option<RuleAudience> {
    let audience = table.table("audience", "the rule's `audience`", faults)?;
    audience.check_keys(&AUDIENCE_KEYS, faults);
    Some(RuleAudience {
        organisations: audience.texts("organisations", faults),
        groups: audience.texts("groups", faults).into_iter().map(|group| group.value).collect(),
        languages: audience
            .texts("languages", faults)
            .iter()
            .filter_map(|word| word_of("language", word, &LANGUAGES, faults))
            .map(|language| language.value)
            .collect(),
    })
}
