//! The words that a plan uses for what Kampus knows.

use kampus_core::Language;
use kampus_core::content::{Classification, ItemKind, SectionVisibility, WorkspaceVisibility};

use super::rule::RuleKind;
use crate::record::{LegacyStatus, PageKind};

pub(super) const LANGUAGES: [(&str, Language); 4] =
    [("fi", Language::Fi), ("sv", Language::Sv), ("en", Language::En), ("se", Language::Se)];

pub(super) const VISIBILITIES: [(&str, SectionVisibility); 3] = [
    ("government", SectionVisibility::Government),
    ("organisation", SectionVisibility::Organisation),
    ("restricted", SectionVisibility::Restricted),
];

pub(super) const WORKSPACE_VISIBILITIES: [(&str, WorkspaceVisibility); 3] = [
    ("open", WorkspaceVisibility::Open),
    ("closed", WorkspaceVisibility::Closed),
    ("hidden", WorkspaceVisibility::Hidden),
];

pub(super) const CLASSIFICATIONS: [(&str, Classification); 4] = [
    ("public", Classification::Public),
    ("internal", Classification::Internal),
    ("non_public", Classification::NonPublic),
    ("security_iv", Classification::SecurityIv),
];

/// What a rule makes of a page.
pub(super) const ITEM_KINDS: [(&str, ItemKind); 5] = [
    ("page", ItemKind::Page),
    ("news", ItemKind::News),
    ("service", ItemKind::Service),
    ("discussion", ItemKind::Discussion),
    ("document", ItemKind::Document),
];

/// What a rule asks a record to be.
pub(super) const RULE_KINDS: [(&str, RuleKind); 5] = [
    ("page", RuleKind::Page(PageKind::Page)),
    ("news", RuleKind::Page(PageKind::News)),
    ("service", RuleKind::Page(PageKind::Service)),
    ("discussion", RuleKind::Page(PageKind::Discussion)),
    ("file", RuleKind::File),
];

pub(super) const STATUSES: [(&str, LegacyStatus); 8] = [
    ("published", LegacyStatus::Published),
    ("draft", LegacyStatus::Draft),
    ("pending", LegacyStatus::Pending),
    ("scheduled", LegacyStatus::Scheduled),
    ("private", LegacyStatus::Private),
    ("password", LegacyStatus::Password),
    ("archived", LegacyStatus::Archived),
    ("trash", LegacyStatus::Trash),
];
