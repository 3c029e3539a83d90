//! What is to become of a record: by its nature, by the workbook of decisions, by a column of its own source, or by a
//! rule of the plan.

use crate::inventory::{Decided, Decision, Verdict};
use crate::plan::{Rule, Source};
use crate::record::{CommentState, LegacyBody, LegacyRecord, LegacyStatus};

/// What is to become of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// It moves.
    Keep,
    /// Its text goes into the page at that address, or with that id.
    Merge(String),
    /// It stays behind, for that reason.
    Discard(String),
    /// The decision cannot be carried out.
    Impossible(String),
}

/// Rules on a record. The workbook comes before the source's own column: it is what people said last. Both speak of
/// this very page, so they come before a rule, which speaks of many.
pub(crate) fn rule(
    record: &LegacyRecord,
    source: &Source,
    decided: Option<&Decided>,
    rule: Option<&Rule>,
) -> Ruling {
    if let Some(reason) = no_content(record) {
        return Ruling::Discard(reason);
    }
    if let Some(decision) = decided.and_then(|decided| decided.decision.as_ref()) {
        return by(decision, || "discarded in the workbook of decisions".to_owned());
    }
    if let LegacyBody::Page(page) = &record.body
        && let Some(ruling) = own_column(page.decision.as_deref(), page.merge_into.as_deref(), source)
    {
        return ruling;
    }
    match rule.and_then(|rule| Some((rule, rule.then.decision.as_ref()?))) {
        Some((rule, decision)) => by(decision, || format!("discarded by the rule `{}`", rule.name)),
        None => Ruling::Keep,
    }
}

fn by(decision: &Decision, reason_otherwise: impl FnOnce() -> String) -> Ruling {
    match decision {
        // Where to, the route says.
        Decision::Keep | Decision::Move { .. } => Ruling::Keep,
        Decision::Merge { into } => Ruling::Merge(into.clone()),
        Decision::Discard { reason } => Ruling::Discard(reason.clone().unwrap_or_else(reason_otherwise)),
    }
}

/// Why a record is no content for anybody.
fn no_content(record: &LegacyRecord) -> Option<String> {
    match &record.body {
        LegacyBody::Chrome { what } => Some(format!("`{what}` belongs to the old system and is no content")),
        LegacyBody::Page(page) if page.status == LegacyStatus::Trash => {
            Some("it was in the source's waste-paper basket".to_owned())
        }
        LegacyBody::Comment(comment) => match comment.state {
            CommentState::Discarded => Some("the source had thrown it away as spam or waste".to_owned()),
            CommentState::Automatic => Some("a pingback, written by no person".to_owned()),
            CommentState::Approved | CommentState::Held => None,
        },
        _ => None,
    }
}

fn own_column(decision: Option<&str>, merge_into: Option<&str>, source: &Source) -> Option<Ruling> {
    let word = decision.map(str::trim).filter(|word| !word.is_empty())?;
    Some(match source.values.decision(word) {
        Some(Verdict::Keep) => Ruling::Keep,
        Some(Verdict::Discard) => Ruling::Discard(format!("the inventory says `{word}`")),
        Some(Verdict::Merge) => match merge_into.map(str::trim).filter(|into| !into.is_empty()) {
            Some(into) => Ruling::Merge(into.to_owned()),
            None => Ruling::Impossible(format!("the inventory says `{word}`, but not into which page")),
        },
        Some(Verdict::Move) => Ruling::Impossible(format!(
            "the inventory says `{word}`, but not where to: a rule of the plan or the workbook of decisions can"
        )),
        None => Ruling::Impossible(format!(
            "`{word}` is no decision: keep, merge or discard (`[source.values]` in the plan can explain it)"
        )),
    })
}
