//! Who may what on a record, worked out from the top down into people and groups that may. There are no denials in it
//! and nothing that adds up, so Kampus can say the same; where it is not the same, it is less.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use kampus_core::PersonId;
use roaring::RoaringBitmap;

use super::super::error::MigrateError;
use super::circles::{Circles, Realm};
use super::identity::Identities;
use super::notes::Thing;
use crate::outcome::{Narrowed, Narrowing};
use crate::record::{Inheritance, Permission, Permissions, Right, Who};

/// How many people are named one by one; what would name more is for nobody, and told.
const MOST: u64 = 1_000;

/// Somebody who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Atom {
    Person(PersonId),
    /// A group, by its place among all.
    Circle(usize),
}

/// Those who may.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Set {
    /// The source draws no line: whoever may in the place in which it is.
    All,
    /// These only.
    Some(BTreeSet<Atom>),
}

/// Who may what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) struct Standing {
    pub(super) read: Set,
    pub(super) write: Set,
    pub(super) administer: Set,
}

impl Standing {
    /// Without any line.
    pub(super) const OPEN: Self = Self { read: Set::All, write: Set::All, administer: Set::All };

    pub(super) fn nobody() -> Self {
        let none = || Set::Some(BTreeSet::new());
        Self { read: none(), write: none(), administer: none() }
    }

    pub(super) fn is_open(&self) -> bool {
        *self == Self::OPEN
    }
}

/// Works standings out, each once.
pub(in super::super) struct Standings<'a> {
    pub(super) realms: &'a [Realm<'a>],
    pub(super) circles: &'a Circles,
    pub(super) who: &'a Identities<'a>,
    words: HashMap<(usize, Who), Found>,
    known: HashMap<(usize, Box<str>), Arc<Standing>>,
    /// What became narrower than at the source, each once.
    pub(super) narrowed: Vec<Narrowed>,
    told: HashSet<(Box<str>, String, Narrowing)>,
}

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Everybody,
    Atom(Atom),
    UnknownPerson,
    UnknownGroup,
}

/// Where something is said.
struct Spot<'t> {
    realm: usize,
    id: &'t str,
    thing: &'t Thing,
}

impl<'a> Standings<'a> {
    pub(super) fn new(realms: &'a [Realm<'a>], circles: &'a Circles, who: &'a Identities<'a>) -> Self {
        Self {
            realms,
            circles,
            who,
            words: HashMap::new(),
            known: HashMap::new(),
            narrowed: Vec::new(),
            told: HashSet::new(),
        }
    }

    /// Who may what on a record. What is above it and cannot be known lets nobody in.
    pub(super) fn of(&mut self, realm: usize, id: &str) -> Result<Arc<Standing>, MigrateError> {
        let Some(notes) = self.realms.get(realm).map(|realm| realm.notes) else {
            return Ok(Arc::new(Standing::nobody()));
        };
        // From the record up to something known, then down again: chains may be long.
        let mut chain: Vec<(&'a str, &'a Thing)> = Vec::new();
        let mut seen: HashSet<&'a str> = HashSet::new();
        let mut next = notes.things.get_key_value(id);
        let mut above = Arc::new(Standing::OPEN);
        while let Some((id, thing)) = next {
            if let Some(known) = self.known.get(&(realm, id.clone())) {
                above = Arc::clone(known);
                break;
            }
            let is_circle = !seen.insert(id);
            if !is_circle {
                chain.push((id, thing));
            }
            let up = [&thing.parent, &thing.container].into_iter().flatten();
            let found = up.clone().find_map(|up| notes.things.get_key_value(up));
            // Of a source that was not read whole, what is missing may be what restricts.
            if is_circle || (found.is_none() && notes.is_partial && up.clone().next().is_some()) {
                let what = up.clone().next().map_or_else(|| id.to_string(), ToString::to_string);
                self.tell(&Spot { realm, id, thing }, &what, Right::Read, Narrowing::UnknownAbove);
                above = Arc::new(Standing::nobody());
                break;
            }
            next = found;
        }
        for (id, thing) in chain.into_iter().rev() {
            let standing = self.apply(&above, &Spot { realm, id, thing })?;
            if standing != *above {
                above = Arc::new(standing);
            }
            self.known.insert((realm, id.into()), Arc::clone(&above));
        }
        Ok(above)
    }

    /// Who may what on that in which several texts stand: whoever may on each of them.
    pub(super) fn of_all(&mut self, records: &[(usize, Box<str>)]) -> Result<Arc<Standing>, MigrateError> {
        let mut standing = Arc::new(Standing::OPEN);
        for (realm, id) in records {
            let own = self.of(*realm, id)?;
            if standing.is_open() || standing == own {
                standing = own;
                continue;
            }
            let Some(thing) = self.realms.get(*realm).and_then(|realm| realm.notes.things.get(id)) else {
                continue;
            };
            let spot = Spot { realm: *realm, id, thing };
            standing = Arc::new(Standing {
                read: self.both(&standing.read, &own.read, &Right::Read, &spot),
                write: self.both(&standing.write, &own.write, &Right::Write, &spot),
                administer: self.both(&standing.administer, &own.administer, &Right::Administer, &spot),
            });
        }
        Ok(standing)
    }

    /// Those who may and may read, too.
    pub(super) fn among(&mut self, read: &Set, set: &Set, record: &(usize, Box<str>), right: &Right) -> Set {
        let Some(thing) = self.realms.get(record.0).and_then(|realm| realm.notes.things.get(&record.1))
        else {
            return Set::Some(BTreeSet::new());
        };
        self.both(read, set, right, &Spot { realm: record.0, id: &record.1, thing })
    }

    fn apply(&mut self, above: &Standing, spot: &Spot<'_>) -> Result<Standing, MigrateError> {
        let permissions = Arc::clone(&spot.thing.permissions);
        if permissions.entries.is_empty() && permissions.inheritance != Inheritance::Replaces {
            return Ok(above.clone());
        }
        for entry in &permissions.entries {
            if matches!(entry.right, Right::Unknown(_)) {
                self.tell_entry(spot, entry, Narrowing::UnknownRight);
            }
        }
        Ok(Standing {
            read: self.right(&above.read, &permissions, &Right::Read, spot)?,
            write: self.right(&above.write, &permissions, &Right::Write, spot)?,
            administer: self.right(&above.administer, &permissions, &Right::Administer, spot)?,
        })
    }

    fn right(
        &mut self,
        above: &Set,
        permissions: &Permissions,
        right: &Right,
        spot: &Spot<'_>,
    ) -> Result<Set, MigrateError> {
        let here = self.allowed(permissions, right, spot)?;
        let set = match (permissions.inheritance, here) {
            (Inheritance::Extends | Inheritance::Narrows, None) => above.clone(),
            (Inheritance::Extends, Some(here)) => union(above, here),
            (Inheritance::Narrows, Some(here)) => self.both(above, &here, right, spot),
            (Inheritance::Replaces, here) => here.unwrap_or_else(|| Set::Some(BTreeSet::new())),
        };
        self.without_denied(set, permissions, right, spot)
    }

    /// Those who are given a right here; `None` when nothing is said of it.
    fn allowed(
        &mut self,
        permissions: &Permissions,
        right: &Right,
        spot: &Spot<'_>,
    ) -> Result<Option<Set>, MigrateError> {
        let mut given =
            permissions.entries.iter().filter(|entry| !entry.denied && entry.right == *right).peekable();
        if given.peek().is_none() {
            return Ok(None);
        }
        let mut atoms = BTreeSet::new();
        let mut is_all = false;
        for entry in given {
            match self.find(spot.realm, &entry.who)? {
                Found::Everybody => is_all = true,
                Found::Atom(atom) => {
                    atoms.insert(atom);
                }
                Found::UnknownPerson => self.tell_entry(spot, entry, Narrowing::UnknownPerson),
                Found::UnknownGroup => self.tell_entry(spot, entry, Narrowing::UnknownGroup),
            }
        }
        Ok(Some(if is_all { Set::All } else { Set::Some(atoms) }))
    }

    /// Takes away who is denied. Whoever is not known may be anybody.
    fn without_denied(
        &mut self,
        set: Set,
        permissions: &Permissions,
        right: &Right,
        spot: &Spot<'_>,
    ) -> Result<Set, MigrateError> {
        let is_against = |entry: &&Permission| {
            entry.denied && (entry.right == *right || matches!(entry.right, Right::Unknown(_)))
        };
        let denied: Vec<&Permission> = permissions.entries.iter().filter(is_against).collect();
        let mut out = RoaringBitmap::new();
        for entry in &denied {
            match self.find(spot.realm, &entry.who)? {
                Found::Everybody => return Ok(Set::Some(BTreeSet::new())),
                Found::Atom(Atom::Person(person)) => {
                    out.insert(person.get());
                }
                Found::Atom(Atom::Circle(number)) => match self.circles.all.get(number) {
                    Some(circle) if circle.is_complete => out |= &circle.people,
                    _ => return Ok(self.nobody(spot, entry, Narrowing::DeniedUnknown)),
                },
                Found::UnknownPerson | Found::UnknownGroup => {
                    return Ok(self.nobody(spot, entry, Narrowing::DeniedUnknown));
                }
            }
        }
        let Some(first) = denied.first() else { return Ok(set) };
        let Set::Some(atoms) = set else { return Ok(self.nobody(spot, first, Narrowing::AllButSome)) };
        let mut left = BTreeSet::new();
        for atom in atoms {
            match atom {
                Atom::Person(person) if out.contains(person.get()) => {}
                Atom::Circle(number) if self.people_of(atom).is_disjoint(&out) => {
                    left.insert(Atom::Circle(number));
                }
                Atom::Person(_) => {
                    left.insert(atom);
                }
                Atom::Circle(_) => {
                    let rest = self.people_of(atom) - &out;
                    if rest.len() > MOST {
                        self.tell_entry(spot, first, Narrowing::TooMany);
                        continue;
                    }
                    self.tell_entry(spot, first, Narrowing::MembersOneByOne);
                    left.extend(persons(&rest));
                }
            }
        }
        Ok(Set::Some(left))
    }

    /// Those who are in both.
    fn both(&mut self, above: &Set, here: &Set, right: &Right, spot: &Spot<'_>) -> Set {
        let (Set::Some(a), Set::Some(b)) = (above, here) else {
            return if *above == Set::All { here.clone() } else { above.clone() };
        };
        let mut kept: BTreeSet<Atom> = a.intersection(b).copied().collect();
        let everyone = |set: &BTreeSet<Atom>| {
            set.iter().fold(RoaringBitmap::new(), |people, atom| people | self.people_of(*atom))
        };
        let covered = everyone(&kept);
        let rest = (everyone(a) & everyone(b)) - covered;
        if rest.len() > MOST {
            self.tell(spot, spot.id, right.clone(), Narrowing::TooMany);
        } else {
            kept.extend(persons(&rest));
        }
        Set::Some(kept)
    }

    pub(super) fn people_of(&self, atom: Atom) -> RoaringBitmap {
        match atom {
            Atom::Person(person) => std::iter::once(person.get()).collect(),
            Atom::Circle(number) => {
                self.circles.all.get(number).map(|circle| circle.people.clone()).unwrap_or_default()
            }
        }
    }

    /// Whom a word of a source means.
    pub(super) fn find(&mut self, realm: usize, who: &Who) -> Result<Found, MigrateError> {
        if let Some(found) = self.words.get(&(realm, who.clone())) {
            return Ok(*found);
        }
        let found = self.look_up(realm, who)?;
        self.words.insert((realm, who.clone()), found);
        Ok(found)
    }

    fn look_up(&self, realm: usize, who: &Who) -> Result<Found, MigrateError> {
        let Some(Realm { id, organisation, .. }) = self.realms.get(realm) else {
            return Ok(Found::UnknownPerson);
        };
        let circle =
            |name: &str| self.circles.named(id, name).map(|number| Found::Atom(Atom::Circle(number)));
        let person = |found: Option<PersonId>| {
            found.map_or(Found::UnknownPerson, |found| Found::Atom(Atom::Person(found)))
        };
        Ok(match who {
            Who::Everyone | Who::SignedIn => Found::Everybody,
            Who::Group(name) => circle(name).unwrap_or(Found::UnknownGroup),
            Who::Person(word) => match self.who.of_record(id, word, *organisation)? {
                Some(found) => person(Some(found)),
                None => person(self.who.called(id, word, *organisation)?),
            },
            Who::Named(word) => match circle(word) {
                Some(found) => found,
                None => person(self.who.called(id, word, *organisation)?),
            },
        })
    }

    fn nobody(&mut self, spot: &Spot<'_>, entry: &Permission, why: Narrowing) -> Set {
        self.tell_entry(spot, entry, why);
        Set::Some(BTreeSet::new())
    }

    fn tell_entry(&mut self, spot: &Spot<'_>, entry: &Permission, why: Narrowing) {
        self.tell(spot, &shown(&entry.who), entry.right.clone(), why);
    }

    fn tell(&mut self, spot: &Spot<'_>, who: &str, right: Right, why: Narrowing) {
        let Some(realm) = self.realms.get(spot.realm) else { return };
        if !self.told.insert((format!("{}\n{}", realm.id, spot.id).into(), who.to_owned(), why)) {
            return;
        }
        let right = match right {
            Right::Read => "read".to_owned(),
            Right::Write => "write".to_owned(),
            Right::Administer => "administer".to_owned(),
            Right::Unknown(word) => word,
        };
        self.narrowed.push(Narrowed {
            source: realm.id.to_owned(),
            id: spot.id.to_owned(),
            place: spot.thing.place.as_deref().unwrap_or_default().to_owned(),
            who: who.to_owned(),
            right,
            why,
        });
    }
}

pub(super) fn shown(who: &Who) -> String {
    match who {
        Who::Person(word) | Who::Group(word) | Who::Named(word) => word.clone(),
        Who::Everyone => "everyone".to_owned(),
        Who::SignedIn => "everyone signed in".to_owned(),
    }
}

fn persons(people: &RoaringBitmap) -> impl Iterator<Item = Atom> {
    people.iter().filter_map(PersonId::new).map(Atom::Person)
}

fn union(above: &Set, here: Set) -> Set {
    match (above, here) {
        (Set::Some(above), Set::Some(mut here)) => {
            here.extend(above);
            Set::Some(here)
        }
        _ => Set::All,
    }
}
