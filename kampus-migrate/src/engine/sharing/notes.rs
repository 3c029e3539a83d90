//! What the records of one source say of permissions, kept while it is read: about a hundred bytes for each page of a
//! source that knows of them, nothing for others.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::record::{Inheritance, LegacyBody, LegacyRecord, Permissions, Who};

/// What one source says.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Pages, files and containers by the ids of their records.
    pub(super) things: HashMap<Box<str>, Thing>,
    /// Groups by their folded names.
    pub(super) groups: BTreeMap<String, Group>,
    /// Equal permissions are kept once.
    known: HashSet<Arc<Permissions>>,
    /// Whether something of the source could not be read: what is not here may be there.
    pub(super) is_partial: bool,
}

/// A page, file or container.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    pub(super) permissions: Arc<Permissions>,
    /// What it stands under.
    pub(super) parent: Option<Box<str>>,
    /// What it is in.
    pub(super) container: Option<Box<str>>,
    /// Where it stands, where it says something of its own.
    pub(super) place: Option<Box<str>>,
}

/// A group of a source.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// As the source first spelt it.
    pub(super) name: String,
    /// Whom it names.
    pub(super) members: HashSet<Member>,
    /// Where the source first names it.
    pub(super) place: String,
    /// Whether the source has a record of it, and not only people who say that they are in it.
    pub(super) is_told: bool,
}

/// Whom a group names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Member {
    /// The person of a record.
    Record(Box<str>),
    /// Whom a word means.
    Who(Who),
}

impl Notes {
    /// Keeps what a record says.
    pub(crate) fn note(&mut self, record: &LegacyRecord) {
        match &record.body {
            LegacyBody::Page(page) => {
                if let Some(permissions) = &page.permissions {
                    self.thing(record, permissions, page.parent.as_deref(), page.container.as_deref());
                }
            }
            LegacyBody::File(file) => {
                if let Some(permissions) = &file.permissions {
                    self.thing(record, permissions, file.parent.as_deref(), file.container.as_deref());
                }
            }
            LegacyBody::Container(container) => {
                self.thing(record, &container.permissions, container.parent.as_deref(), None);
            }
            LegacyBody::Group(group) => {
                let members = group.members.iter().cloned().map(Member::Who);
                let known = self.group(&group.name, record);
                known.is_told = true;
                known.members.extend(members);
            }
            LegacyBody::Person(person) => {
                for name in &person.groups {
                    let member = Member::Record(record.id.as_str().into());
                    self.group(name, record).members.insert(member);
                }
            }
            LegacyBody::Comment(_) | LegacyBody::Redirect { .. } | LegacyBody::Chrome { .. } => {}
        }
    }

    fn group(&mut self, name: &str, record: &LegacyRecord) -> &mut Group {
        self.groups.entry(fold(name)).or_insert_with(|| Group {
            name: name.trim().to_owned(),
            place: record.place.to_string(),
            ..Group::default()
        })
    }

    fn thing(
        &mut self,
        record: &LegacyRecord,
        permissions: &Permissions,
        parent: Option<&str>,
        container: Option<&str>,
    ) {
        let permissions =
            self.known.get(permissions).map_or_else(|| Arc::new(permissions.clone()), Arc::clone);
        self.known.insert(Arc::clone(&permissions));
        let place = (!permissions.entries.is_empty()).then(|| record.place.to_string().into_boxed_str());
        let thing = Thing {
            permissions,
            parent: parent.map(Into::into),
            container: container.map(Into::into),
            place,
        };
        self.things.insert(record.id.as_str().into(), thing);
    }

    /// Keeps that a record could not be read, or the rest of the file.
    pub(crate) fn note_loss(&mut self) {
        self.is_partial = true;
    }

    /// Whether something on a record or above it may say who may what.
    pub(crate) fn may_restrict(&self, id: &str) -> bool {
        self.things.get(id).is_some_and(|thing| {
            waits_for(&thing.permissions, thing.parent.is_some() || thing.container.is_some())
        })
    }

    /// Whether the source says anything of permissions.
    pub(crate) fn knows_permissions(&self) -> bool {
        !self.things.is_empty()
    }
}

/// Whether more has to be known before anybody may read a record: what is above it may restrict it.
pub(super) fn waits(record: &LegacyRecord) -> bool {
    let (permissions, parent, container) = match &record.body {
        LegacyBody::Page(page) => (&page.permissions, &page.parent, &page.container),
        LegacyBody::File(file) => (&file.permissions, &file.parent, &file.container),
        _ => return false,
    };
    permissions.as_ref().is_some_and(|own| waits_for(own, parent.is_some() || container.is_some()))
}

fn waits_for(own: &Permissions, has_above: bool) -> bool {
    !own.entries.is_empty() || own.inheritance == Inheritance::Replaces || has_above
}

/// Names are compared without case and with single blanks.
pub(super) fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
