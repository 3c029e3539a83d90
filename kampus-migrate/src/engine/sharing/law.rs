//! The rules of the sources, written to be read: one person, one right, one record at a time. A verification asks them;
//! a run does not, so that each holds the other to account.

use std::collections::HashSet;

use kampus_core::PersonId;

use super::super::error::MigrateError;
use super::notes::Thing;
use super::standing::{Atom, Found, Standings};
use crate::record::{Inheritance, Right};

/// The rules of the sources.
pub(super) struct Law<'a> {
    standings: Standings<'a>,
}

impl<'a> Law<'a> {
    /// The rules, over what words mean.
    pub(super) fn new(standings: Standings<'a>) -> Self {
        Self { standings }
    }

    /// Whether anything on a record or above it says who may what.
    pub(super) fn is_restricted(&self, realm: usize, id: &str) -> bool {
        let Some(notes) = self.standings.realms.get(realm).map(|realm| realm.notes) else { return true };
        let mut seen = HashSet::new();
        let mut next = notes.things.get_key_value(id);
        while let Some((_, thing)) = next.filter(|(id, _)| seen.insert((*id).clone())) {
            if !thing.permissions.entries.is_empty() || thing.permissions.inheritance == Inheritance::Replaces
            {
                return true;
            }
            let mut above = [&thing.parent, &thing.container].into_iter().flatten();
            next = above.find_map(|above| notes.things.get_key_value(above));
        }
        false
    }

    /// Whether somebody could do that with a record at its source. What is not known is no.
    pub(super) fn may(
        &mut self,
        person: PersonId,
        right: &Right,
        realm: usize,
        id: &str,
    ) -> Result<bool, MigrateError> {
        let Some(notes) = self.standings.realms.get(realm).map(|realm| realm.notes) else { return Ok(false) };
        let mut chain: Vec<&Thing> = Vec::new();
        let mut seen = HashSet::new();
        let mut next = notes.things.get_key_value(id);
        let mut may = true;
        while let Some((id, thing)) = next {
            if !seen.insert(id) {
                may = false;
                break;
            }
            chain.push(thing);
            let mut above = [&thing.parent, &thing.container].into_iter().flatten();
            next = above.find_map(|above| notes.things.get_key_value(above));
        }
        for thing in chain.into_iter().rev() {
            let own = |denied: bool| {
                thing
                    .permissions
                    .entries
                    .iter()
                    .filter(move |entry| entry.right == *right && entry.denied == denied)
            };
            let mut is_given = false;
            for entry in own(false) {
                is_given |= self.is_meant(person, realm, &entry.who, false)?;
            }
            let mut is_denied = false;
            for entry in own(true) {
                is_denied |= self.is_meant(person, realm, &entry.who, true)?;
            }
            may = match thing.permissions.inheritance {
                Inheritance::Extends => may || is_given,
                Inheritance::Narrows => may && (is_given || own(false).next().is_none()),
                Inheritance::Replaces => is_given,
            } && !is_denied;
        }
        Ok(may)
    }

    fn is_meant(
        &mut self,
        person: PersonId,
        realm: usize,
        who: &crate::record::Who,
        unknown: bool,
    ) -> Result<bool, MigrateError> {
        Ok(match self.standings.find(realm, who)? {
            Found::Everybody => true,
            Found::Atom(Atom::Person(meant)) => meant == person,
            Found::Atom(atom) => self.standings.people_of(atom).contains(person.get()),
            Found::UnknownPerson | Found::UnknownGroup => unknown,
        })
    }
}
