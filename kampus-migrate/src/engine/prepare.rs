//! What of a record can be worked out without the store, and so on any thread: its route, its hash, its clean text.

use kampus_core::content::BlobHash;

use super::route::{self, Route};
use super::ruling::Ruling;
use super::versions::Joins;
use crate::clean::{self, Cleaned, Stamp};
use crate::inventory::Decisions;
use crate::plan::{CheckedPlan, Source};
use crate::record::{LegacyBody, LegacyRecord, Markup};

/// A record with all that needs no store.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) record: Box<LegacyRecord>,
    /// Where it goes, and as what.
    pub(super) route: Route,
    /// Of the record as it was read, with its route.
    pub(super) hash: BlobHash,
    /// Its text, if it was worked out ahead.
    text: Option<Text>,
}

/// The clean text of a record.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) body: Cleaned,
    /// A lead without markup.
    pub(super) lead: String,
    /// Old protection marks anywhere in it.
    pub(super) marks: Vec<Stamp>,
    /// Whether there may be links or pictures in the body.
    pub(super) links: bool,
}

impl Prepared {
    /// Works out what needs no store; the text only when it will be `wanted`.
    pub(super) fn new(
        record: Box<LegacyRecord>,
        source: &Source,
        plan: &CheckedPlan,
        decisions: Option<&Decisions>,
        joins: &Joins,
        wanted: bool,
    ) -> Result<Self, serde_json::Error> {
        let mut route = route::route(&record, source, plan, decisions);
        joins.apply(&record, &mut route);
        let hash = BlobHash::of(&serde_json::to_vec(&(&record.body, route.identity()))?);
        let wanted = wanted && matches!(route.ruling, Ruling::Keep | Ruling::Merge(_));
        let text = wanted.then(|| Text::of(&record.body));
        Ok(Self { record, route, hash, text })
    }

    /// The clean text, worked out now if it was not before.
    pub(super) fn take_text(&mut self) -> Text {
        self.text.take().unwrap_or_else(|| Text::of(&self.record.body))
    }
}

impl Text {
    fn of(body: &LegacyBody) -> Self {
        match body {
            LegacyBody::Page(page) => Self::new(page.markup, &page.body, &page.lead, &page.title),
            LegacyBody::File(file) => Self::new(file.markup, &file.description, "", &file.title),
            LegacyBody::Comment(comment) => Self::new(comment.markup, &comment.body, "", ""),
            LegacyBody::Person(_)
            | LegacyBody::Group(_)
            | LegacyBody::Container(_)
            | LegacyBody::Redirect { .. }
            | LegacyBody::Chrome { .. } => {
                Self { body: Cleaned::default(), lead: String::new(), marks: Vec::new(), links: false }
            }
        }
    }

    fn new(markup: Markup, body: &str, lead: &str, title: &str) -> Self {
        let body = clean::clean(markup, body);
        let lead = match lead.trim() {
            "" => String::new(),
            lead => clean::text_of(&clean::clean(markup, lead).html),
        };
        let marks = clean::stamps(&format!("{title} {lead} {}", body.html));
        let links = body.html.contains(" href=") || body.html.contains(" src=");
        Self { body, lead, marks, links }
    }
}
