//! `[[target]]`: reading, and what of it can be judged without looking at the world.

use std::collections::BTreeMap;

use kampus_core::content::{Classification, SectionVisibility, WorkspaceVisibility};

use super::fault::{Fault, FaultKind};
use super::located::Located;
use super::read::read_names;
use super::suggest::closest;
use super::table::Table;
use super::target::{Above, Target, TargetKind};
use super::words::{CLASSIFICATIONS, VISIBILITIES, WORKSPACE_VISIBILITIES};

const KEYS: [&str; 8] =
    ["id", "kind", "title", "organisation", "visibility", "classification", "parent", "manager"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Section,
    Workspace,
}

const KINDS: [(&str, Kind); 2] = [("section", Kind::Section), ("workspace", Kind::Workspace)];

/// A target whose parent nobody has looked for yet.
pub(super) struct Read {
    pub(super) id: Located<String>,
    parent: Option<Located<String>>,
    target: Target,
}

pub(super) fn read(table: &Table<'_>, faults: &mut Vec<Fault>) -> Read {
    table.check_keys(&KEYS, faults);
    let id = table.required("id", faults);
    table.present("kind", faults);
    table.present("title", faults);
    let title = read_names(table, "title", faults);
    if title.is_empty()
        && let Some(span) = table.span_of("title")
    {
        faults.push(Fault::new(FaultKind::Empty("title".to_owned()), Some(span)));
    }
    let parent = table.text("parent", faults);
    let manager = table.text("manager", faults);
    let kind = match table.word("kind", &KINDS, faults).map(|kind| kind.value) {
        Some(Kind::Workspace) => {
            not_for("a workspace", "parent", parent.as_ref(), faults);
            TargetKind::Workspace {
                visibility: table
                    .word("visibility", &WORKSPACE_VISIBILITIES, faults)
                    .map_or(WorkspaceVisibility::default(), |word| word.value),
                manager: manager.map(|manager| manager.value),
            }
        }
        Some(Kind::Section) => {
            not_for("a section", "manager", manager.as_ref(), faults);
            TargetKind::Section {
                visibility: table
                    .word("visibility", &VISIBILITIES, faults)
                    .map_or(SectionVisibility::default(), |word| word.value),
                parent: None,
            }
        }
        // Which words there are for the rest is not known then; the kind's own fault is noted.
        None => TargetKind::Section { visibility: SectionVisibility::default(), parent: None },
    };
    let target = Target {
        id: id.value.clone(),
        title,
        organisation: table.required("organisation", faults),
        classification: table
            .word("classification", &CLASSIFICATIONS, faults)
            .map_or(Classification::default(), |word| word.value),
        kind,
    };
    Read { id, parent, target }
}

fn not_for(of: &'static str, key: &'static str, value: Option<&Located<String>>, faults: &mut Vec<Fault>) {
    if let Some(value) = value {
        faults.push(Fault::new(FaultKind::NotFor { of, key }, value.span.clone()));
    }
}

/// Finds the parents: sections among the targets, or sources.
pub(super) fn join(read: Vec<Read>, sources: &[&str], faults: &mut Vec<Fault>) -> Vec<Target> {
    let known: BTreeMap<String, bool> = read
        .iter()
        .map(|one| (one.target.id.clone(), matches!(one.target.kind, TargetKind::Section { .. })))
        .collect();
    let above: BTreeMap<String, String> = read
        .iter()
        .filter_map(|one| Some((one.target.id.clone(), one.parent.as_ref()?.value.clone())))
        .collect();
    let mut targets = Vec::new();
    for Read { parent, mut target, .. } in read {
        if let (Some(word), TargetKind::Section { parent, .. }) = (parent, &mut target.kind) {
            *parent = match known.get(&word.value) {
                Some(true) => Some(Above::Target(word.value.clone())),
                Some(false) => {
                    faults.push(Fault::new(FaultKind::NoSection(word.value.clone()), word.span.clone()));
                    None
                }
                None if sources.contains(&word.value.as_str()) => Some(Above::Source(word.value.clone())),
                None => {
                    let all = known.keys().map(String::as_str).chain(sources.iter().copied());
                    let meant = closest(&word.value, all);
                    let kind = FaultKind::Unknown { what: "target or source", word: word.value.clone() };
                    faults.push(Fault::new(kind, word.span.clone()).meant(meant));
                    None
                }
            };
            if leads_back(&target.id, &above) {
                faults.push(Fault::new(FaultKind::AboveItself(target.id.clone()), word.span));
            }
        }
        targets.push(target);
    }
    targets
}

/// Whether following the parents of a target leads to itself.
fn leads_back(id: &str, above: &BTreeMap<String, String>) -> bool {
    let mut at = id;
    for _ in 0..=above.len() {
        match above.get(at) {
            None => return false,
            Some(parent) if parent == id => return true,
            Some(parent) => at = parent,
        }
    }
    // It leads into a circle of others, which they are told of.
    false
}
