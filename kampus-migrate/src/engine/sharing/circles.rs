//! The groups of the sources: who is in them, through any nesting.

use std::collections::{BTreeMap, HashMap, HashSet};

use kampus_core::{OrganisationId, PersonId};
use roaring::RoaringBitmap;

use super::super::error::MigrateError;
use super::identity::Identities;
use super::notes::{Group, Member, Notes, fold};
use crate::outcome::{Narrowed, Narrowing};
use crate::record::Who;

/// A source as permissions know it.
pub(super) struct Realm<'n> {
    pub(super) id: &'n str,
    /// Whose content it is; none for lists of people, whose groups every source may name.
    pub(super) organisation: Option<OrganisationId>,
    pub(super) notes: &'n Notes,
}

/// A group with its members.
#[derive(Debug)]
pub(super) struct Circle {
    pub(super) source: String,
    pub(super) name: String,
    /// Everybody in it.
    pub(super) people: RoaringBitmap,
    /// Whether it names nobody whom nobody knows.
    pub(super) is_complete: bool,
    /// Whether all that the source says of it was read.
    pub(super) is_whole: bool,
    /// Whether the source has a record of it.
    pub(super) is_told: bool,
    nested: Vec<usize>,
}

/// All groups.
#[derive(Debug, Default)]
pub(super) struct Circles {
    pub(super) all: Vec<Circle>,
    /// Members who are not taken in.
    pub(super) narrowed: Vec<Narrowed>,
    by_name: HashMap<String, Vec<(usize, bool)>>,
    by_source: BTreeMap<(String, String), usize>,
}

impl Circles {
    pub(super) fn gather(realms: &[Realm<'_>], who: &Identities<'_>) -> Result<Self, MigrateError> {
        let mut circles = Self::default();
        for realm in realms {
            for (folded, group) in &realm.notes.groups {
                circles.enter(realm, folded, group);
            }
        }
        let mut number = 0;
        for realm in realms {
            for group in realm.notes.groups.values() {
                circles.fill(number, realm, group, who)?;
                number += 1;
            }
        }
        circles.close();
        Ok(circles)
    }

    fn enter(&mut self, realm: &Realm<'_>, folded: &str, group: &Group) {
        let number = self.all.len();
        self.by_name.entry(folded.to_owned()).or_default().push((number, realm.organisation.is_none()));
        self.by_source.insert((realm.id.to_owned(), folded.to_owned()), number);
        self.all.push(Circle {
            source: realm.id.to_owned(),
            name: group.name.clone(),
            people: RoaringBitmap::new(),
            is_complete: !realm.notes.is_partial,
            is_whole: !realm.notes.is_partial,
            is_told: group.is_told,
            nested: Vec::new(),
        });
    }

    /// The group that a source means by a name: its own, or that of the only list of people which has it.
    pub(super) fn named(&self, source: &str, name: &str) -> Option<usize> {
        let folded = fold(name);
        if let Some(own) = self.by_source.get(&(source.to_owned(), folded.clone())) {
            return Some(*own);
        }
        let mut common = self.by_name.get(&folded)?.iter().filter(|(_, is_common)| *is_common);
        let (found, _) = common.next()?;
        common.next().is_none().then_some(*found)
    }

    fn fill(
        &mut self,
        number: usize,
        realm: &Realm<'_>,
        group: &Group,
        who: &Identities<'_>,
    ) -> Result<(), MigrateError> {
        for member in &group.members {
            let (person, nested) = match member {
                Member::Record(id) => (who.of_record(realm.id, id, realm.organisation)?, None),
                Member::Who(Who::Group(name)) => (None, self.named(realm.id, name)),
                Member::Who(Who::Person(word)) => {
                    let by_record = who.of_record(realm.id, word, realm.organisation)?;
                    let found = match by_record {
                        Some(found) => Some(found),
                        None => who.called(realm.id, word, realm.organisation)?,
                    };
                    (found, None)
                }
                Member::Who(Who::Named(word)) => match self.named(realm.id, word) {
                    Some(nested) => (None, Some(nested)),
                    None => (who.called(realm.id, word, realm.organisation)?, None),
                },
                // Everybody is no list of people.
                Member::Who(Who::Everyone | Who::SignedIn) => (None, None),
            };
            if person.is_none() && nested.is_none() {
                let shown = match member {
                    Member::Record(id) => id.to_string(),
                    Member::Who(who) => super::standing::shown(who),
                };
                self.narrowed.push(Narrowed {
                    source: realm.id.to_owned(),
                    id: group.name.clone(),
                    place: group.place.clone(),
                    who: shown,
                    right: "member".to_owned(),
                    why: Narrowing::UnknownMember,
                });
            }
            let Some(circle) = self.all.get_mut(number) else { continue };
            circle.is_complete &= person.is_some() || nested.is_some();
            circle.people.extend(person.map(PersonId::get));
            circle.nested.extend(nested);
        }
        Ok(())
    }

    /// Takes the members of nested groups in, over as many steps as there are.
    fn close(&mut self) {
        let outer: Vec<usize> = (0..self.all.len())
            .filter(|number| self.all.get(*number).is_some_and(|c| !c.nested.is_empty()))
            .collect();
        let mut closed: Vec<(usize, RoaringBitmap, bool)> = Vec::new();
        for number in outer {
            let (mut people, mut is_complete) = (RoaringBitmap::new(), true);
            let (mut seen, mut next) = (HashSet::from([number]), vec![number]);
            while let Some(circle) = next.pop().and_then(|number| self.all.get(number)) {
                people |= &circle.people;
                is_complete &= circle.is_complete;
                next.extend(circle.nested.iter().filter(|nested| seen.insert(**nested)));
            }
            closed.push((number, people, is_complete));
        }
        for (number, people, is_complete) in closed {
            if let Some(circle) = self.all.get_mut(number) {
                circle.people = people;
                circle.is_complete = is_complete;
            }
        }
    }
}
