//! The migration plan: what moves, from where, to where.
//!
//! A plan is a TOML file that migration teams write by hand. [`Plan`] is such a file as it was read;
//! [`Plan::check`] looks at the world around it (files, organisations) and yields a [`CheckedPlan`], which is
//! the only kind that can be run. All faults are collected, each with file, line, column and, where there is
//! one, what was probably meant.
//!
//! ```toml
//! name = "First wave"
//! time_zone = "Europe/Helsinki"
//! language = "fi"
//!
//! [[source]]
//! id = "ym"
//! path = "ym/ym-intranet.xml"
//! organisation = "YM"
//! files = "ym/uploads"
//! section = { fi = "Ympäristöministeriön intranet", sv = "Miljöministeriets intranät" }
//! visibility = "government"
//!
//! [[target]]
//! id = "matkat"
//! kind = "section"
//! title = { fi = "Matkustaminen", sv = "Resor" }
//! organisation = "VNK"
//!
//! [[rule]]
//! when = { category = "Matkat" }
//! target = "matkat"
//! ```

mod check;
mod checked;
mod fault;
mod fields;
mod located;
mod mapping;
mod pattern;
mod read;
mod read_rule;
mod read_target;
mod render;
mod rule;
mod suggest;
mod table;
mod target;
mod values;
mod versions;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use kampus_core::content::{Classification, SectionVisibility};
use kampus_core::{Language, Localised};

pub use checked::{CheckedPlan, PeopleList, Source};
pub use fault::{Fault, FaultKind, Faults, PlanError};
pub use fields::{PAGE_FIELDS, PERSON_FIELDS};
pub use located::Located;
pub use mapping::{ElementPath, Mapping};
pub use pattern::Pattern;
pub use rule::{Conditions, Days, Results, Rule, RuleAudience, RuleKind};
pub use suggest::{closest, one_of};
pub use target::{Above, Target, TargetKind};
pub use values::{MEANINGS, Meaning, Values};
pub use versions::{By, Marker, Versions};

use crate::format::Format;

/// A plan as it was read: its words are ours, but nobody has looked yet whether its files and organisations
/// exist.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where the plan was read from; for a bare plan, the export.
    pub path: PathBuf,
    text: String,
    /// What people call it.
    pub name: Option<String>,
    /// The time zone of wall clocks in the exports.
    pub time_zone: Option<TimeZone>,
    /// The language of content whose export does not say.
    pub language: Option<Language>,
    /// Lists of people.
    pub people: Vec<PlannedPeople>,
    /// Exports of content.
    pub sources: Vec<PlannedSource>,
    /// Places that the plan makes.
    pub targets: Vec<Target>,
    /// How versions of a page in several languages are told, unless a source says otherwise.
    pub versions: Option<Versions>,
    /// Which pages go where, and as what; the first that matches decides.
    pub rules: Vec<Rule>,
}

/// A list of people as the plan gives it.
#[derive(Debug, Clone)]
pub struct PlannedPeople {
    /// The ledger knows it by this.
    pub id: Located<String>,
    /// The file, relative to the plan's folder.
    pub path: Located<String>,
    /// The sheet; the first one that has the columns otherwise.
    pub sheet: Option<String>,
    /// Field (one of [`PERSON_FIELDS`]) to header text.
    pub columns: BTreeMap<String, String>,
}

/// An export as the plan gives it.
#[derive(Debug, Clone)]
pub struct PlannedSource {
    /// The ledger knows it by this.
    pub id: Located<String>,
    /// The file, relative to the plan's folder.
    pub path: Located<String>,
    /// Its format, detected when missing.
    pub format: Option<Format>,
    /// Code of the organisation whose content it is.
    pub organisation: Located<String>,
    /// The folder with the attachments, relative to the plan's folder.
    pub files: Option<Located<String>>,
    /// What the section is called; the organisation's name in languages that are missing.
    pub section: Localised<String>,
    /// Who reads the section without a grant of their own.
    pub visibility: Option<SectionVisibility>,
    /// The section's ceiling.
    pub classification: Option<Classification>,
    /// Overrides the plan's time zone.
    pub time_zone: Option<TimeZone>,
    /// Overrides the plan's language.
    pub language: Option<Language>,
    /// The sheet; the first one that has the columns otherwise.
    pub sheet: Option<String>,
    /// Field (one of [`PAGE_FIELDS`]) to header text.
    pub columns: BTreeMap<String, String>,
    /// What words in the columns of decisions, kinds and states mean.
    pub values: Values,
    /// What is what in XML that no reader knows.
    pub mapping: Option<Mapping>,
    /// Overrides how the plan tells versions.
    pub versions: Option<Versions>,
}

impl Plan {
    /// Reads the text of a plan. `path` says where it came from: errors name it, and the plan's paths are
    /// relative to its folder.
    pub fn parse(text: &str, path: &Path) -> Result<Self, PlanError> {
        read::parse(text, path)
    }

    /// Reads a plan's file.
    pub fn read(path: &Path) -> Result<Self, PlanError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| PlanError::Read { path: path.to_owned(), source })?;
        Self::parse(text.strip_prefix('\u{feff}').unwrap_or(&text), path)
    }

    /// The plan of somebody who has an export and no plan: one source with defaults for everything, known to
    /// the ledger by its file's name.
    pub fn bare(path: &Path, organisation: &str) -> Self {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let source = PlannedSource {
            id: Located::nowhere(name.clone()),
            path: Located::nowhere(name.clone()),
            format: None,
            organisation: Located::nowhere(organisation.to_owned()),
            files: None,
            section: Localised::default(),
            visibility: None,
            classification: None,
            time_zone: None,
            language: None,
            sheet: None,
            columns: BTreeMap::new(),
            values: Values::default(),
            mapping: None,
            versions: None,
        };
        Self {
            path: path.to_owned(),
            text: String::new(),
            name: Some(name),
            time_zone: None,
            language: None,
            people: Vec::new(),
            sources: vec![source],
            targets: Vec::new(),
            versions: None,
            rules: Vec::new(),
        }
    }

    /// The codes of all organisations that the plan names.
    pub fn organisations(&self) -> impl Iterator<Item = &str> {
        let of_sources = self.sources.iter().map(|source| &source.organisation);
        let of_targets = self.targets.iter().map(|target| &target.organisation);
        let of_rules = self
            .rules
            .iter()
            .filter_map(|rule| rule.then.audience.as_ref())
            .flat_map(|audience| &audience.organisations);
        of_sources.chain(of_targets).chain(of_rules).map(|code| code.value.as_str())
    }

    /// Looks whether the files exist and the organisations are known. `organisations` are the codes of the
    /// store and the preset.
    pub fn check(&self, organisations: &BTreeSet<String>) -> Result<CheckedPlan, PlanError> {
        check::check(self, organisations)
    }
}
