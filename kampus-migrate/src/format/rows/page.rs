//! A row of a page inventory.

use super::values::{date, kind, status};
use super::{Cell, Fields, access};
use crate::plan::Values;
use crate::record::{LegacyBody, LegacyPage, LegacyRecord, LegacyStatus, LegacyTime, Markup, PageKind};

/// The page that a row tells of; else the field that is wrong, and why. `values` explains the export's words.
pub(in crate::format) fn record(
    fields: &mut Fields<'_>,
    values: &Values,
) -> Result<LegacyRecord, (&'static str, String)> {
    let title = fields.text("title").ok_or(("title", "the page has no title".to_owned()))?;
    let address = fields.text("address");
    let id =
        fields.text("id").or_else(|| address.clone()).unwrap_or_else(|| format!("row:{}", fields.row.number));
    let mut extra = fields.others();
    // The model has no place for it; whoever joins versions looks for it here.
    extra.extend(fields.text("translation_of").map(|original| ("translation_of".to_owned(), original)));
    let created = moment(fields, "created", &mut extra);
    let modified = moment(fields, "modified", &mut extra);
    let page_kind = word(
        fields,
        "kind",
        |word| values.kind(word).or_else(|| kind(word)),
        Meanings { empty: PageKind::Page, unknown: PageKind::Page, becomes: "a page" },
    );
    // Nobody knows whom a page was for whose state nobody understands: never for more than its author.
    let page_status = word(
        fields,
        "status",
        |word| values.status(word).or_else(|| status(word)),
        Meanings { empty: LegacyStatus::Published, unknown: LegacyStatus::Draft, becomes: "a draft" },
    );
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
        permissions: access::permissions(fields),
        container: None,
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

/// What a word stands for that is not there, or not known.
struct Meanings<T> {
    empty: T,
    unknown: T,
    /// What an unknown word makes of the page, for people.
    becomes: &'static str,
}

/// A word with a meaning; one that has none is told, so that the plan can explain it.
fn word<T>(
    fields: &mut Fields<'_>,
    field: &'static str,
    meaning: impl Fn(&str) -> Option<T>,
    otherwise: Meanings<T>,
) -> T {
    let Some(text) = fields.text(field) else { return otherwise.empty };
    meaning(&text).unwrap_or_else(|| {
        fields.notices.push(format!(
            "the {field} `{text}` is not known: it becomes {} (`[source.values]` in the plan can explain it)",
            otherwise.becomes
        ));
        otherwise.unknown
    })
}
