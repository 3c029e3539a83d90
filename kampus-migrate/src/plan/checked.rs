//! A plan that can be run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use kampus_core::content::{Classification, SectionVisibility};
use kampus_core::{Language, Localised};

use super::mapping::Mapping;
use super::rule::Rule;
use super::target::Target;
use super::values::Values;
use super::versions::Versions;
use crate::format::Format;

/// A plan whose files were there and whose organisations are known. Only [`Plan::check`](super::Plan::check)
/// makes one.
#[derive(Debug, Clone)]
pub struct CheckedPlan {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) language: Language,
    pub(super) people: Vec<PeopleList>,
    pub(super) sources: Vec<Source>,
    pub(super) targets: Vec<Target>,
    pub(super) rules: Vec<Rule>,
}

impl CheckedPlan {
    /// What people call it; the file's name when the plan has none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The plan's file; for a bare plan, the export.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The language that documents made for the content's owners are in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Lists of people, in the plan's order. They come before all content, which refers to people.
    pub fn people(&self) -> &[PeopleList] {
        &self.people
    }

    /// Exports of content, in the plan's order.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Places that the plan makes, in its order.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The target of that id.
    pub fn target(&self, id: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.id == id)
    }

    /// The one target that a word means: an id, a title in any language, or both as in `Matkat (matkat)`. A title that
    /// two targets have means neither.
    pub fn target_called(&self, word: &str) -> Option<&Target> {
        let word = word.trim();
        let in_brackets =
            word.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, id)| id.trim());
        if let Some(by_id) = self.target(word).or_else(|| self.target(in_brackets?)) {
            return Some(by_id);
        }
        let mut called = self.targets.iter().filter(|target| target.is_called(word));
        let first = called.next()?;
        called.next().is_none().then_some(first)
    }

    /// The rules in their order: the first that matches decides.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

/// A list of people.
#[derive(Debug, Clone)]
pub struct PeopleList {
    /// The ledger knows it by this.
    pub id: String,
    /// The file to open.
    pub path: PathBuf,
    /// The file as the plan names it, for messages.
    pub shown: PathBuf,
    /// The sheet; the first one that has the columns otherwise.
    pub sheet: Option<String>,
    /// Field to header text.
    pub columns: BTreeMap<String, String>,
}

/// An export of content.
#[derive(Debug, Clone)]
pub struct Source {
    /// The ledger knows it by this.
    pub id: String,
    /// The file to open.
    pub path: PathBuf,
    /// The file as the plan names it, for messages.
    pub shown: PathBuf,
    /// Its format; `None`: to be detected from its bytes.
    pub format: Option<Format>,
    /// Code of the organisation whose content it is, spelt as the store spells it.
    pub organisation: String,
    /// The folder with the attachments; record paths are resolved in it and must not leave it.
    pub files: Option<PathBuf>,
    /// What the section is called; may have no language at all, then the organisation's name serves.
    pub section: Localised<String>,
    /// Who reads the section without a grant of their own.
    pub visibility: SectionVisibility,
    /// The section's ceiling.
    pub classification: Classification,
    /// The zone of wall clocks in the export.
    pub time_zone: TimeZone,
    /// The language of content whose record does not say.
    pub language: Language,
    /// The sheet; the first one that has the columns otherwise.
    pub sheet: Option<String>,
    /// Field to header text.
    pub columns: BTreeMap<String, String>,
    /// What words in the columns of decisions, kinds and states mean.
    pub values: Values,
    /// What is what in XML that no reader knows.
    pub mapping: Option<Mapping>,
    /// How versions of a page in several languages are told; `None`: each page is an item of its own.
    pub versions: Option<Versions>,
}
