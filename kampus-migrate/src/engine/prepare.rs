//! What of a record can be worked out without the store, and so on any thread: its ruling, its hash, its clean text.

use kampus_core::content::BlobHash;

use super::ruling::{Ruling, rule};
use crate::clean::{self, Cleaned, Stamp};
use crate::inventory::Decisions;
use crate::plan::Source;
use crate::record::{LegacyBody, LegacyRecord, Markup};

/// A record with all that needs no store.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) record: Box<LegacyRecord>,
    pub(super) ruling: Ruling,
    /// Who owns it from now on, if the workbook says.
    pub(super) new_owner: Option<String>,
    /// Of the record as it was read, with the decision about it.
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
        decisions: Option<&Decisions>,
        wanted: bool,
    ) -> Result<Self, serde_json::Error> {
        let ruling = rule(&record, source, decisions);
        let decided = decisions.and_then(|decisions| decisions.get(&source.id, &record.id));
        let new_owner = decided.and_then(|decided| decided.owner.clone());
        let hash = hash_of(&record, &ruling, new_owner.as_deref())?;
        let wanted = wanted && matches!(ruling, Ruling::Keep | Ruling::Merge(_));
        let text = wanted.then(|| Text::of(&record.body));
        Ok(Self { record, ruling, new_owner, hash, text })
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
            LegacyBody::Person(_) | LegacyBody::Redirect { .. } | LegacyBody::Chrome { .. } => {
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

fn hash_of(
    record: &LegacyRecord,
    ruling: &Ruling,
    owner: Option<&str>,
) -> Result<BlobHash, serde_json::Error> {
    serde_json::to_vec(&(&record.body, format!("{ruling:?}"), owner)).map(|bytes| BlobHash::of(&bytes))
}
