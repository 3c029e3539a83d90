//! The rules of the sources, written to be read: one person, one right, one record at a time. A verification asks them;
//! a run does not, so that each holds the other to account.

use std::collections::HashSet;

use kampus_core::PersonId;

use super::super::error::MigrateError;
use super::notes::Thing;
use super::standing::{Atom, Found, Standings};
use crate::record::{Inheritance, Right};

/// The rules of the sources.
pub(in super::super) struct Law<'s, 'a>(pub(in super::super) &'s mut Standings<'a>);

impl Law<'_, '_> {
    /// Whether somebody could do that with a record at its source. What is not known is no.
    pub(super) fn may(
        &mut self,
        person: PersonId,
        right: &Right,
        realm: usize,
        id: &str,
    ) -> Result<bool, MigrateError> {
        let Some(notes) = self.0.realms.get(realm).map(|realm| realm.notes) else { return Ok(false) };
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
        Ok(match self.0.find(realm, who)? {
            Found::Everybody => true,
            Found::Atom(Atom::Person(meant)) => meant == person,
            Found::Atom(atom) => self.0.people_of(atom).contains(person.get()),
            Found::UnknownPerson | Found::UnknownGroup => unknown,
        })
    }
}
