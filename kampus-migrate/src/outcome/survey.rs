//! What a survey found.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
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
    /// Size of the body in bytes.
    pub bytes: u64,
    /// Words of the body.
    pub words: u64,
    /// Links in the body.
    pub links: u64,
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
