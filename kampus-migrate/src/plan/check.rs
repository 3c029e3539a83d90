//! From [`Plan`] to [`CheckedPlan`]: the world around the plan.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use kampus_core::Language;

use super::checked::{CheckedPlan, PeopleList, Source};
use super::fault::{Fault, FaultKind, Faults, PlanError};
use super::located::Located;
use super::rule::Rule;
use super::suggest::closest;
use super::target::Target;
use super::versions::{By, Versions};
use super::{Plan, PlannedPeople, PlannedSource};

/// The zone of wall clocks when the plan names none: where the exports come from.
const DEFAULT_TIME_ZONE: &str = "Europe/Helsinki";

pub(super) fn check(plan: &Plan, organisations: &BTreeSet<String>) -> Result<CheckedPlan, PlanError> {
    let mut checker = Checker {
        folder: plan.path.parent().map(Path::to_owned).unwrap_or_default(),
        organisations,
        // The zone is bundled; UTC is what jiff itself falls back to when a data base is broken.
        time_zone: plan
            .time_zone
            .clone()
            .or_else(|| TimeZone::get(DEFAULT_TIME_ZONE).ok())
            .unwrap_or(TimeZone::UTC),
        language: plan.language.unwrap_or(Language::Fi),
        versions: plan.versions.as_ref(),
        faults: Vec::new(),
    };
    let people = plan.people.iter().map(|list| checker.people(list)).collect();
    let sources = plan.sources.iter().map(|source| checker.source(source)).collect();
    let targets = plan.targets.iter().map(|target| checker.target(target)).collect();
    let rules = plan.rules.iter().map(|rule| checker.rule(rule)).collect();
    let result = CheckedPlan {
        name: plan.name.clone().unwrap_or_else(|| file_name(&plan.path)),
        path: plan.path.clone(),
        language: checker.language,
        people,
        sources,
        targets,
        rules,
    };
    match Faults::collect(&plan.path, &plan.text, checker.faults) {
        Some(faults) => Err(PlanError::Faults(faults)),
        None => Ok(result),
    }
}

struct Checker<'a> {
    folder: PathBuf,
    organisations: &'a BTreeSet<String>,
    time_zone: TimeZone,
    language: Language,
    versions: Option<&'a Versions>,
    faults: Vec<Fault>,
}

impl Checker<'_> {
    fn people(&mut self, list: &PlannedPeople) -> PeopleList {
        PeopleList {
            id: list.id.value.clone(),
            path: self.existing(&list.path, "file"),
            shown: PathBuf::from(&list.path.value),
            sheet: list.sheet.clone(),
            columns: list.columns.clone(),
        }
    }

    fn source(&mut self, source: &PlannedSource) -> Source {
        Source {
            id: source.id.value.clone(),
            path: self.export(&source.path),
            shown: PathBuf::from(&source.path.value),
            format: source.format,
            organisation: self.organisation(&source.organisation),
            files: source.files.as_ref().map(|files| self.existing(files, "folder")),
            section: source.section.clone(),
            visibility: source.visibility.unwrap_or_default(),
            classification: source.classification.unwrap_or_default(),
            time_zone: source.time_zone.clone().unwrap_or_else(|| self.time_zone.clone()),
            language: source.language.unwrap_or(self.language),
            sheet: source.sheet.clone(),
            columns: source.columns.clone(),
            values: source.values.clone(),
            mapping: source.mapping.clone(),
            versions: source
                .versions
                .as_ref()
                .or(self.versions)
                .filter(|versions| versions.by != By::Nothing)
                .cloned(),
        }
    }

    fn target(&mut self, target: &Target) -> Target {
        let organisation = target.organisation.with(self.organisation(&target.organisation));
        Target { organisation, ..target.clone() }
    }

    fn rule(&mut self, rule: &Rule) -> Rule {
        let mut rule = rule.clone();
        for code in rule.then.audience.iter_mut().flat_map(|audience| &mut audience.organisations) {
            code.value = self.organisation(code);
        }
        rule
    }

    /// The file of an export: an unpacked export of Confluence is the folder with its `entities.xml`.
    fn export(&mut self, given: &Located<String>) -> PathBuf {
        let entities = self.folder.join(&given.value).join("entities.xml");
        if entities.is_file() { entities } else { self.existing(given, "file") }
    }

    /// The path with the plan's folder in front of it. A plan may point anywhere: it is its writer's own.
    fn existing(&mut self, given: &Located<String>, what: &'static str) -> PathBuf {
        let path = self.folder.join(&given.value);
        let kind = match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() == (what == "folder") => return path,
            Ok(_) => FaultKind::NotA { what, path: path.clone() },
            Err(_) => FaultKind::Missing { what, path: path.clone() },
        };
        let neighbour = neighbour(&path);
        let beside =
            neighbour.as_ref().map(|name| Path::new(&given.value).with_file_name(name).display().to_string());
        self.faults.push(Fault::new(kind, given.span.clone()).meant(beside.as_deref()));
        path
    }

    fn organisation(&mut self, code: &Located<String>) -> String {
        let known = self.organisations;
        if let Some(exact) = known.get(&code.value) {
            return exact.clone();
        }
        let meant = known
            .iter()
            .find(|candidate| candidate.to_lowercase() == code.value.to_lowercase())
            .map(String::as_str)
            .or_else(|| closest(&code.value, known.iter().map(String::as_str)));
        let fault = Fault::new(FaultKind::UnknownOrganisation(code.value.clone()), code.span.clone());
        self.faults
            .push(fault.help("codes are those of the ministries and offices: YM, LVM, MMM …").meant(meant));
        code.value.clone()
    }
}

/// The name in the same folder that is most like the one that is missing.
fn neighbour(path: &Path) -> Option<String> {
    let wanted = file_name(path);
    let folder = path.parent()?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names: BTreeSet<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| *name != wanted)
        .collect();
    closest(&wanted, names.iter().map(String::as_str)).map(str::to_owned)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
