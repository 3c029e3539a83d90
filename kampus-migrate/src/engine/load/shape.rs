//! What a page is here: its kind, state, title and class.

use jiff::Timestamp;
use kampus_core::Language;
use kampus_core::content::{Classification, ItemKind, Schedule, Status};

use super::super::route::Route;
use crate::clean::{Cleaned, Stamp};
use crate::record::{LegacyPage, LegacyStatus, PageKind};

use super::{Loader, Rejected};

impl Loader<'_> {
    pub(in super::super) fn title(title: &str, language: Language, notices: &mut Vec<String>) -> String {
        if !title.trim().is_empty() {
            return title.trim().to_owned();
        }
        notices.push("it has no title".to_owned());
        match language {
            Language::Fi | Language::Se => "Nimetön",
            Language::Sv => "Namnlös",
            Language::En => "Untitled",
        }
        .to_owned()
    }

    /// Old protection marks: refused above the ceiling of where it goes, otherwise as narrow as is allowed there. Old
    /// marks do not map one to one, so none is guessed.
    pub(in super::super) fn stamp(
        &self,
        marks: &[Stamp],
        route: &Route,
        notices: &mut Vec<String>,
    ) -> Result<Classification, Rejected> {
        let target = route.target.as_deref().and_then(|id| self.plan.target(id));
        let ceiling = target.map_or(self.source.classification, |target| target.classification);
        let marks: Vec<String> = marks.iter().map(ToString::to_string).collect();
        if marks.is_empty() {
            return match route.classification {
                Some(class) if class > ceiling => Err(format!(
                    "a rule classifies it as {class:?}, which is above what the section may hold ({ceiling:?})"
                )),
                class => Ok(class.unwrap_or_else(|| Classification::Internal.min(ceiling))),
            };
        }
        let marks = marks.join("`, `");
        if ceiling < Classification::NonPublic {
            return Err(format!(
                "it bears the protection mark `{marks}`, which is above what the section may hold ({ceiling:?})"
            ));
        }
        notices.push(format!("it bears the protection mark `{marks}`: loaded as {ceiling:?}, check it"));
        Ok(ceiling)
    }
}

pub(super) fn dropped_notices(cleaned: &Cleaned) -> Vec<String> {
    cleaned.dropped.iter().map(|dropped| format!("dropped: {dropped}")).collect()
}

pub(super) fn kind_of(
    page: &LegacyPage,
    ruled: Option<ItemKind>,
    notices: &mut Vec<String>,
) -> (ItemKind, Option<String>) {
    let kind = ruled.unwrap_or(match page.kind {
        PageKind::Page => ItemKind::Page,
        PageKind::News => ItemKind::News,
        PageKind::Discussion => ItemKind::Discussion,
        PageKind::Service => ItemKind::Service,
    });
    if kind == ItemKind::Service {
        return (kind, page.link.clone());
    }
    // What a service led to is no part of its text: it must not go unsaid.
    if let Some(link) = page.link.as_ref().filter(|_| page.kind == PageKind::Service) {
        notices.push(format!("a rule makes it a {}, which has no link: `{link}` is left out", kind.as_str()));
    }
    (kind, None)
}

/// Where a page stands here. What was for a few is never for more: it becomes a draft, which its author and the
/// section's editors see.
pub(super) fn life(page: &LegacyPage, created: Timestamp, notices: &mut Vec<String>) -> (Status, Schedule) {
    let out = Schedule { publish_at: Some(created), ..Schedule::default() };
    match page.status {
        LegacyStatus::Published | LegacyStatus::Scheduled => (Status::Published, out),
        LegacyStatus::Draft | LegacyStatus::Trash => (Status::Draft, Schedule::default()),
        LegacyStatus::Pending => (Status::InReview, Schedule::default()),
        LegacyStatus::Archived => (Status::Archived, out),
        LegacyStatus::Private => {
            notices.push("it was private: a draft now, for its author and editors only".to_owned());
            (Status::Draft, Schedule::default())
        }
        LegacyStatus::Password => {
            notices.push("it had a password: a draft now, for its author and editors only".to_owned());
            (Status::Draft, Schedule::default())
        }
    }
}
