//! What a survey found.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use kampus_core::Localised;
use serde::{Deserialize, Serialize};

use super::{ExitStatus, Finding, PageRef, Rejection, SurveyOverview};

/// What the sources of a plan hold. The document of `survey --json`; the inventory workbook and the assessment are
/// made from it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SurveyOutcome {
    /// Version of this document.
    pub version: u32,
    /// People lists and exports in the plan's order.
    pub sources: Vec<SurveySource>,
    /// Every page, in the sources' order.
    pub pages: Vec<SurveyRow>,
    /// Records that a run would reject.
    pub rejections: Vec<Rejection>,
    /// What stands out when everything is looked at together.
    #[serde(default)]
    pub overview: SurveyOverview,
    /// The plan's rules in their order, with what they take.
    #[serde(default)]
    pub rules: Vec<SurveyRule>,
    /// Pages that no rule takes: they go to their sources' sections.
    #[serde(default)]
    pub unruled: u64,
    /// Where pages can go beside their sources' sections.
    #[serde(default)]
    pub targets: Vec<SurveyTarget>,
}

impl SurveyOutcome {
    /// How the command ends: failed when not one source could be read.
    pub fn status(&self) -> ExitStatus {
        let stopped = self.sources.iter().filter(|source| source.stopped.is_some()).count();
        let nothing = self.sources.iter().all(|source| source.records.is_empty());
        if stopped > 0 && nothing {
            ExitStatus::Failed
        } else if stopped > 0 || !self.rejections.is_empty() {
            ExitStatus::Rejections
        } else {
            ExitStatus::Done
        }
    }
}

/// What one source holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SurveySource {
    /// The plan's id of it.
    pub source: String,
    /// Code of the organisation whose content it is; none for lists of people.
    pub organisation: Option<String>,
    /// The format it was read as.
    pub format: String,
    /// The file as the plan names it.
    #[serde(serialize_with = "super::lossy_path")]
    pub path: PathBuf,
    /// Kind to number of records.
    pub records: BTreeMap<String, u64>,
    /// Kind to bytes: of bodies, and of files that are there. Kinds without bytes of their own are not in it.
    #[serde(default)]
    pub bytes: BTreeMap<String, u64>,
    /// Kind to number of records that are no content and stay behind: menus, spam, what was thrown away.
    #[serde(default)]
    pub no_content: BTreeMap<String, u64>,
    /// Why the file could not be read to its end.
    pub stopped: Option<String>,
}

/// A rule of the plan, and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SurveyRule {
    /// What the plan calls it.
    pub name: String,
    /// The id of the target that it sends pages to.
    pub target: Option<String>,
    /// Whether it leaves them behind.
    pub discards: bool,
    /// Pages that it takes.
    pub pages: u64,
    /// Files that it takes.
    pub files: u64,
}

/// A section or workspace that the plan makes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SurveyTarget {
    /// The plan's id of it.
    pub id: String,
    /// What it is called.
    pub title: Localised<String>,
    /// `section` or `workspace`.
    pub kind: String,
    /// Code of the organisation that owns or hosts it.
    pub organisation: String,
    /// Who reads it, in the plan's word.
    pub visibility: String,
    /// Pages that go there, by rule.
    pub pages: u64,
}

/// How the language of a page is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LanguageFrom {
    /// The export says it.
    Given,
    /// Its text tells.
    Detected,
    /// The plan assumes it of what neither the export nor the text tells.
    Assumed,
    /// A rule of the plan says it.
    Ruled,
}

/// One page, as its owner has to judge it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SurveyRow {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the page.
    pub id: String,
    /// Kind of the record.
    pub kind: String,
    /// The title.
    pub title: String,
    /// The main address.
    pub address: Option<String>,
    /// Author or owner, by name where it is known.
    pub owner: Option<String>,
    /// Day of creation, in the source's time zone.
    pub created: Option<Date>,
    /// Day of the last change, in the source's time zone.
    pub modified: Option<Date>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// How the language is known.
    #[serde(default)]
    pub language_from: Option<LanguageFrom>,
    /// Size of the body in bytes.
    pub bytes: u64,
    /// Words of the body.
    pub words: u64,
    /// Links in the body.
    pub links: u64,
    /// The rule that takes it, by its name.
    #[serde(default)]
    pub rule: Option<String>,
    /// The id of the target that it goes to; none for its source's section.
    #[serde(default)]
    pub target: Option<String>,
    /// What is wrong with it: a link to nothing, no owner, an old protection mark, nobody touched it for years.
    pub problems: Vec<String>,
    /// File and place in it.
    #[serde(default)]
    pub place: String,
    /// The problems once more, by kind.
    #[serde(default)]
    pub findings: Vec<Finding>,
}

impl SurveyRow {
    /// The page as other lists name it.
    pub fn page_ref(&self) -> PageRef {
        PageRef { source: self.source.clone(), id: self.id.clone() }
    }
}
