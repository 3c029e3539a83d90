//! A row of a page inventory.

use super::values::{date, kind, status};
use super::{Cell, Fields};
use crate::record::{LegacyBody, LegacyPage, LegacyRecord, LegacyStatus, LegacyTime, Markup, PageKind};

/// The page that a row tells of; else the field that is wrong, and why.
pub(super) fn record(fields: &mut Fields<'_>) -> Result<LegacyRecord, (&'static str, String)> {
    let title = fields.text("title").ok_or(("title", "the page has no title".to_owned()))?;
    let address = fields.text("address");
    let id =
        fields.text("id").or_else(|| address.clone()).unwrap_or_else(|| format!("row:{}", fields.row.number));
    let mut extra = fields.others();
    let created = moment(fields, "created", &mut extra);
    let modified = moment(fields, "modified", &mut extra);
    let page_kind = word(fields, "kind", kind, PageKind::Page, &mut extra);
    let page_status = word(fields, "status", status, LegacyStatus::Published, &mut extra);
    let body = fields.text("body").unwrap_or_default();
    let page = LegacyPage {
        kind: page_kind,
        title,
        lead: fields.text("lead").unwrap_or_default(),
        markup: if looks_like_html(&body) { Markup::Html } else { Markup::Text },
        body,
        addresses: address.into_iter().collect(),
        status: page_status,
        author: fields.text("author"),
        created,
        modified,
        parent: fields.text("parent").map(|parent| format!("page:{parent}")),
        labels: fields.text("labels").map(|labels| list(&labels)).unwrap_or_default(),
        language: fields.text("language"),
        link: fields.text("link"),
        sticky: false,
        comments_open: true,
        decision: fields.text("decision"),
        merge_into: fields.text("merge_into"),
        extra,
    };
    Ok(LegacyRecord {
        id: format!("page:{id}"),
        place: fields.row.place.clone(),
        body: LegacyBody::Page(Box::new(page)),
    })
}

/// Words parted by commas or semicolons.
pub(super) fn list(text: &str) -> Vec<String> {
    text.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a body has tags; a single `<` is not one.
fn looks_like_html(body: &str) -> bool {
    body.match_indices('<').any(|(at, _)| {
        let after = body.get(at + 1..).unwrap_or_default();
        let begins = after.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        (begins || after.starts_with("!--")) && after.contains('>')
    })
}

/// A date; what is none stays where reports show it.
fn moment(
    fields: &mut Fields<'_>,
    field: &'static str,
    extra: &mut std::collections::BTreeMap<String, String>,
) -> Option<LegacyTime> {
    match fields.cell(field) {
        Cell::Empty => None,
        Cell::Date(time) => Some(*time),
        Cell::Text(text) if text.trim().is_empty() => None,
        Cell::Text(text) => {
            let found = date(text);
            if found.is_none() {
                let text = text.trim().to_owned();
                fields
                    .notices
                    .push(format!("`{text}` is no date that can be read: kept as it is, beside the page"));
                extra.insert(field.to_owned(), text);
            }
            found
        }
    }
}

/// A word with a meaning; one that has none for us stays for the plan to explain.
fn word<T: Copy>(
    fields: &mut Fields<'_>,
    field: &'static str,
    meaning: fn(&str) -> Option<T>,
    default: T,
    extra: &mut std::collections::BTreeMap<String, String>,
) -> T {
    let Some(text) = fields.text(field) else { return default };
    extra.insert(field.to_owned(), text.clone());
    meaning(&text).unwrap_or(default)
}
