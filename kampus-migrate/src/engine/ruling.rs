//! What is to become of a record: by its nature, by the workbook of decisions, or by a column of its own source.

use crate::inventory::{Decision, Decisions, Verdict};
use crate::plan::Source;
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

/// Rules on a record. The workbook comes before the source's own column: it is what people said last.
pub(crate) fn rule(record: &LegacyRecord, source: &Source, decisions: Option<&Decisions>) -> Ruling {
    if let Some(reason) = no_content(record) {
        return Ruling::Discard(reason);
    }
    let decided = decisions.and_then(|decisions| decisions.get(&source.id, &record.id));
    if let Some(decision) = decided.and_then(|decided| decided.decision.as_ref()) {
        return match decision {
            Decision::Keep => Ruling::Keep,
            Decision::Merge { into } => Ruling::Merge(into.clone()),
            Decision::Discard { reason } => Ruling::Discard(
                reason.clone().unwrap_or_else(|| "discarded in the workbook of decisions".to_owned()),
            ),
        };
    }
    match &record.body {
        LegacyBody::Page(page) => own_column(page.decision.as_deref(), page.merge_into.as_deref(), source),
        _ => Ruling::Keep,
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

fn own_column(decision: Option<&str>, merge_into: Option<&str>, source: &Source) -> Ruling {
    let Some(word) = decision.map(str::trim).filter(|word| !word.is_empty()) else { return Ruling::Keep };
    match source.values.decision(word) {
        Some(Verdict::Keep) => Ruling::Keep,
        Some(Verdict::Discard) => Ruling::Discard(format!("the inventory says `{word}`")),
        Some(Verdict::Merge) => match merge_into.map(str::trim).filter(|into| !into.is_empty()) {
            Some(into) => Ruling::Merge(into.to_owned()),
            None => Ruling::Impossible(format!("the inventory says `{word}`, but not into which page")),
        },
        None => Ruling::Impossible(format!(
            "`{word}` is no decision: keep, merge or discard (`[source.values]` in the plan can explain it)"
        )),
    }
}
