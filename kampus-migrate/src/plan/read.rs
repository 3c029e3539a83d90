//! From TOML to a [`Plan`].

use std::collections::BTreeMap;
use std::path::Path;

use jiff::tz::TimeZone;
use kampus_core::Localised;
use toml::de::DeTable;

use super::fault::{Fault, FaultKind, Faults, PlanError};
use super::fields::{PAGE_FIELDS, PERSON_FIELDS};
use super::located::Located;
use super::suggest::closest;
use super::table::{Table, text_of, word_of};
use super::values::{MEANINGS, Values};
use super::words::{CLASSIFICATIONS, LANGUAGES, VISIBILITIES};
use super::{Plan, PlannedPeople, PlannedSource};
use super::{mapping, read_rule, read_target, versions};
use crate::format::Format;

const PLAN_KEYS: [&str; 8] =
    ["name", "time_zone", "language", "versions", "people", "source", "target", "rule"];
const PEOPLE_KEYS: [&str; 4] = ["id", "path", "sheet", "columns"];
const SOURCE_KEYS: [&str; 15] = [
    "id",
    "path",
    "format",
    "organisation",
    "files",
    "section",
    "visibility",
    "classification",
    "time_zone",
    "language",
    "sheet",
    "columns",
    "values",
    "mapping",
    "versions",
];

/// Reads the text of a plan; every fault that can be seen without looking at files is in the error.
pub(super) fn parse(text: &str, path: &Path) -> Result<Plan, PlanError> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = errors
        .iter()
        .map(|error| Fault::new(FaultKind::Syntax(error.message().to_owned()), error.span()))
        .collect();
    // What follows a syntax error is guesswork: its faults alone are shown.
    if let Some(faults) = Faults::collect(path, text, std::mem::take(&mut faults)) {
        return Err(PlanError::Faults(faults));
    }
    let root = Table::new("the plan", document.get_ref(), 0..0);
    let plan = read_plan(&root, text, path, &mut faults);
    match Faults::collect(path, text, faults) {
        Some(faults) => Err(PlanError::Faults(faults)),
        None => Ok(plan),
    }
}

fn read_plan(root: &Table<'_>, text: &str, path: &Path, faults: &mut Vec<Fault>) -> Plan {
    root.check_keys(&PLAN_KEYS, faults);
    let people: Vec<_> =
        root.tables("people", "[[people]]", faults).iter().map(|table| read_people(table, faults)).collect();
    let sources: Vec<_> =
        root.tables("source", "[[source]]", faults).iter().map(|table| read_source(table, faults)).collect();
    if people.is_empty() && sources.is_empty() && faults.is_empty() {
        faults.push(
            Fault::new(FaultKind::NothingToDo, None)
                .help("add a [[source]] with `id`, `path` and `organisation`"),
        );
    }
    let targets: Vec<_> = root
        .tables("target", "[[target]]", faults)
        .iter()
        .map(|table| read_target::read(table, faults))
        .collect();
    let ids = people.iter().map(|list| &list.id).chain(sources.iter().map(|source| &source.id));
    check_ids(text, ids.chain(targets.iter().map(|target| &target.id)), faults);
    let names: Vec<&str> = sources.iter().map(|source| source.id.value.as_str()).collect();
    let targets = read_target::join(targets, &names, faults);
    let rules = root.tables("rule", "[[rule]]", faults);
    let known = read_rule::Known { targets: &targets, sources: &sources };
    let rules = read_rule::read_all(&rules, &known, text, faults);
    Plan {
        path: path.to_owned(),
        text: text.to_owned(),
        name: root.text("name", faults).map(|name| name.value),
        time_zone: read_time_zone(root, faults),
        language: root.word("language", &LANGUAGES, faults).map(|language| language.value),
        people,
        sources,
        targets,
        versions: versions::read(root, "[versions]", faults),
        rules,
    }
}

fn read_people(table: &Table<'_>, faults: &mut Vec<Fault>) -> PlannedPeople {
    table.check_keys(&PEOPLE_KEYS, faults);
    PlannedPeople {
        id: table.required("id", faults),
        path: table.required("path", faults),
        sheet: table.text("sheet", faults).map(|sheet| sheet.value),
        columns: read_columns(table, "[people.columns]", "people", &PERSON_FIELDS, faults),
    }
}

fn read_source(table: &Table<'_>, faults: &mut Vec<Fault>) -> PlannedSource {
    table.check_keys(&SOURCE_KEYS, faults);
    let formats: Vec<(&'static str, Format)> =
        Format::ALL.into_iter().map(|format| (format.name(), format)).collect();
    let mapping = mapping::read(table, faults);
    let format = table.word("format", &formats, faults);
    check_mapping(table, format.as_ref(), faults);
    let mapped = table.span_of("mapping").map(|_| Format::Xml);
    PlannedSource {
        id: table.required("id", faults),
        path: table.required("path", faults),
        format: format.map(|format| format.value).or(mapped),
        organisation: table.required("organisation", faults),
        files: table.text("files", faults),
        section: read_names(table, "section", faults),
        visibility: table.word("visibility", &VISIBILITIES, faults).map(|word| word.value),
        classification: table.word("classification", &CLASSIFICATIONS, faults).map(|word| word.value),
        time_zone: read_time_zone(table, faults),
        language: table.word("language", &LANGUAGES, faults).map(|language| language.value),
        sheet: table.text("sheet", faults).map(|sheet| sheet.value),
        columns: read_columns(table, "[source.columns]", "pages", &PAGE_FIELDS, faults),
        values: read_values(table, faults),
        mapping,
        versions: versions::read(table, "[source.versions]", faults),
    }
}

/// A mapping belongs to XML of no known format, and that needs one.
fn check_mapping(table: &Table<'_>, format: Option<&Located<Format>>, faults: &mut Vec<Fault>) {
    let has_mapping = table.span_of("mapping").is_some();
    match format {
        Some(format) if format.value == Format::Xml && !has_mapping => {
            let kind = FaultKind::MissingKey { key: "mapping", table: "[[source]]" };
            faults.push(
                Fault::new(kind, format.span.clone()).help("add [source.mapping] with `record` and `title`"),
            );
        }
        Some(format) if format.value != Format::Xml && has_mapping => {
            let kind = FaultKind::NotFor { of: "a source of a known format", key: "mapping" };
            faults.push(
                Fault::new(kind, table.span_of("mapping"))
                    .help("leave out `format`, or write `format = \"xml\"`"),
            );
        }
        _ => {}
    }
}

fn read_time_zone(table: &Table<'_>, faults: &mut Vec<Fault>) -> Option<TimeZone> {
    let name = table.text("time_zone", faults)?;
    if let Ok(zone) = TimeZone::get(&name.value) {
        return Some(zone);
    }
    let known: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    let meant = closest(&name.value, known.iter().map(String::as_str));
    faults.push(Fault::new(FaultKind::UnknownTimeZone(name.value), name.span).meant(meant));
    None
}

/// A name in some languages.
pub(super) fn read_names(table: &Table<'_>, key: &'static str, faults: &mut Vec<Fault>) -> Localised<String> {
    let Some(given) = table.table(key, "a table of names", faults) else {
        return Localised::default();
    };
    let mut names = Localised::default();
    for (key, value) in given.entries() {
        let code = key.with(key.value.to_owned());
        let language = word_of("language", &code, &LANGUAGES, faults);
        let name = text_of(key.value, value, faults);
        if let (Some(language), Some(name)) = (language, name) {
            names.set(language.value, name.value);
        }
    }
    names
}

fn read_columns(
    table: &Table<'_>,
    name: &'static str,
    of: &'static str,
    fields: &'static [&'static str],
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, String> {
    let Some(columns) = table.table("columns", name, faults) else { return BTreeMap::new() };
    let mut read = BTreeMap::new();
    for (key, value) in columns.entries() {
        if !fields.contains(&key.value) {
            let kind = FaultKind::UnknownField { field: key.value.to_owned(), of, fields };
            faults.push(Fault::new(kind, key.span).meant(closest(key.value, fields.iter().copied())));
        } else if let Some(header) = text_of(key.value, value, faults) {
            read.insert(key.value.to_owned(), header.value);
        }
    }
    read
}

fn read_values(table: &Table<'_>, faults: &mut Vec<Fault>) -> Values {
    let mut values = Values::default();
    let Some(words) = table.table("values", "[source.values]", faults) else { return values };
    for (key, value) in words.entries() {
        let Some(ours) = text_of(key.value, value, faults) else { continue };
        if let Some(meaning) = word_of("decision, kind or status", &ours, &MEANINGS, faults) {
            values.insert(key.value, meaning.value);
        }
    }
    values
}

/// Ids stand in the ledger, on the command line and in reports, and tell the sources apart.
fn check_ids<'a>(text: &str, ids: impl Iterator<Item = &'a Located<String>>, faults: &mut Vec<Fault>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids.filter(|id| !id.value.is_empty()) {
        if !id.value.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) {
            faults.push(Fault::new(FaultKind::BadId(id.value.clone()), id.span.clone()));
        }
        let line = id.span.as_ref().map_or(1, |span| super::render::position(text, span.start).0);
        if let Some(first) = seen.get(id.value.as_str()) {
            let kind = FaultKind::DuplicateId { id: id.value.clone(), line: *first };
            faults.push(
                Fault::new(kind, id.span.clone())
                    .help("the ledger knows a source by its id: give each its own"),
            );
        } else {
            seen.insert(&id.value, line);
        }
    }
}
