//! What analytics knows of organisations, people, spaces and items: read from a store, ids without names.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jiff::Timestamp;
use kampus_core::content::Container;
use kampus_core::directory::Employment;
use kampus_core::journal::JournalError;
use kampus_core::{Kampus, Language, Localised, OrganisationId, Snapshot};

/// An organisation that reports count by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportingOrganisation {
    /// Its code.
    pub code: String,
    /// Its names.
    pub names: Localised<String>,
    /// Protocol order.
    pub order: u32,
    /// How many people in active service it has.
    pub staff: u64,
}

/// An item that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedItem {
    /// Its title.
    pub title: Localised<String>,
    /// Code of the organisation whose section or workspace it is in.
    pub organisation: String,
    /// When it came out.
    pub issued: Timestamp,
}

/// What analytics knows of the store.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    organisations: BTreeMap<String, ReportingOrganisation>,
    people: HashMap<String, String>,
    spaces: HashMap<String, String>,
    items: HashMap<String, ReportedItem>,
}

impl Directory {
    /// Reads the directory of the store in that file.
    pub fn read(store: &Path) -> Result<Self, JournalError> {
        Ok(Self::of(&Kampus::open(store)?.snapshot()))
    }

    /// The directory of a snapshot.
    ///
    /// Reports count by the organisations directly below the root. Missions abroad are counted with their ministry,
    /// and agencies with theirs: most are too small to be counted alone.
    pub fn of(snapshot: &Snapshot) -> Self {
        let mut directory = Self::default();
        let code_of = |id: OrganisationId| reporting_code(snapshot, id);
        for node in snapshot.directory().organisations() {
            let is_root = node.parent.is_none();
            if code_of(node.id).as_deref() == Some(&node.code) && !is_root {
                let names = node.names.first().map(|dated| dated.name.clone()).unwrap_or_default();
                directory.organisations.insert(
                    node.code.clone(),
                    ReportingOrganisation { code: node.code.clone(), names, order: node.order, staff: 0 },
                );
            }
        }
        for person in snapshot.directory().people() {
            let Some(code) = person.home.and_then(code_of) else { continue };
            directory.people.insert(person.id.to_string(), code.clone());
            if person.employment == Employment::Active
                && let Some(organisation) = directory.organisations.get_mut(&code)
            {
                organisation.staff += 1;
            }
        }
        directory.read_content(snapshot);
        directory
    }

    fn read_content(&mut self, snapshot: &Snapshot) {
        let all = snapshot.untrimmed();
        for section in all.sections() {
            if let Some(code) = reporting_code(snapshot, section.owner) {
                self.spaces.insert(section.id.to_string(), code);
            }
        }
        for workspace in all.workspaces() {
            if let Some(code) = reporting_code(snapshot, workspace.host) {
                self.spaces.insert(workspace.id.to_string(), code);
            }
        }
        for item in all.items() {
            let space = match item.container {
                Container::Section(id) => id.to_string(),
                Container::Workspace(id) => id.to_string(),
            };
            let Some(organisation) = self.spaces.get(&space).cloned() else { continue };
            let issued = item.schedule.publish_at.unwrap_or(item.created);
            self.items.insert(
                item.id.to_string(),
                ReportedItem { title: item.title.clone(), organisation, issued },
            );
        }
    }

    /// The organisations, in protocol order.
    pub fn organisations(&self) -> Vec<&ReportingOrganisation> {
        let mut organisations: Vec<_> = self.organisations.values().collect();
        organisations.sort_by_key(|organisation| (organisation.order, &organisation.code));
        organisations
    }

    /// The organisation of that code.
    pub fn organisation(&self, code: &str) -> Option<&ReportingOrganisation> {
        self.organisations.get(code)
    }

    /// What an organisation is called; its code if it has no name.
    pub fn name<'a>(&'a self, code: &'a str, language: Language) -> &'a str {
        self.organisations
            .get(code)
            .and_then(|organisation| organisation.names.best(&[language]))
            .map_or(code, |(_, name)| name)
    }

    /// Code of the organisation that a person (`person:12`) belongs to.
    pub fn organisation_of(&self, person: &str) -> Option<&str> {
        self.people.get(person).map(String::as_str)
    }

    /// Code of the organisation that a space (`section:3`, `workspace:9`) belongs to. What belongs to the whole
    /// Government belongs to no organisation among others.
    pub fn organisation_of_space(&self, space: &str) -> Option<&str> {
        self.spaces.get(space).map(String::as_str)
    }

    /// An item (`item:5`).
    pub fn item(&self, id: &str) -> Option<&ReportedItem> {
        self.items.get(id)
    }
}

/// Code of the organisation directly below the root that a node belongs to; the root's own code for the root.
fn reporting_code(snapshot: &Snapshot, id: OrganisationId) -> Option<String> {
    let lineage: Vec<_> = snapshot.directory().lineage(id).collect();
    let top = lineage.len().checked_sub(2).and_then(|index| lineage.get(index)).or(lineage.first())?;
    Some(top.code.clone())
}
