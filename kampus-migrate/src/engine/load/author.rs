//! Whose something is: people of the source, people known, placeholders.

use kampus_core::{Language, PersonId, Transaction};

use super::super::error::MigrateError;
use super::super::ledger::{self, Fate, Target, record_key};
use super::super::people::{self, Admitted};
use super::super::route::Route;
use super::super::sharing;
use crate::record::LegacyPerson;

use super::{Fresh, Loaded, Loader, Rejected};

impl Loader<'_> {
    pub(in super::super) fn person(
        &mut self,
        tx: &mut Transaction<'_>,
        fresh: &Fresh<'_>,
        person: &LegacyPerson,
    ) -> Loaded {
        let admitted = people::author(tx, self.people, &self.source.id, self.organisation, person)?;
        let mut entry = self.entry(fresh, Fate::Loaded, &person.display_name);
        let id = match admitted {
            Admitted::New(id) => {
                entry.notices.push(format!(
                    "no list of people knows `{}`: a placeholder without a log-in stands in",
                    person.display_name
                ));
                id
            }
            Admitted::Updated(id) | Admitted::Known(id) => {
                entry.fate = Fate::Merged;
                id
            }
        };
        sharing::note_identity(tx, self.people, &self.key(fresh.record), person, id)?;
        entry.target = Some(Target::Person(id));
        Ok(Ok(entry))
    }

    /// Who wrote something: a person of this source, somebody known, or a placeholder.
    pub(in super::super) fn author(
        &mut self,
        tx: &mut Transaction<'_>,
        word: Option<&str>,
        notices: &mut Vec<String>,
    ) -> Result<PersonId, MigrateError> {
        let word = word.map(str::trim).filter(|word| !word.is_empty());
        if let Some(known) = word.and_then(|word| self.recent.authors.get(word)) {
            return Ok(*known);
        }
        let author = self.look_up(tx, word, notices)?;
        if let Some(word) = word {
            self.recent.authors.insert(word.to_owned(), author);
        }
        Ok(author)
    }

    pub(in super::super) fn look_up(
        &mut self,
        tx: &mut Transaction<'_>,
        word: Option<&str>,
        notices: &mut Vec<String>,
    ) -> Result<PersonId, MigrateError> {
        if let Some(word) = word {
            let by_record = ledger::record(tx, &record_key(&self.source.id, word))?;
            if let Some(Target::Person(id)) = by_record.and_then(|entry| entry.target)
                && let Some(id) = tx.snapshot().directory().claimant(id)
            {
                return Ok(id);
            }
        }
        let name = word.map_or("", |word| word.strip_prefix("user:").unwrap_or(word));
        if let Some(id) = self.people.called(name) {
            return Ok(id);
        }
        let nobody = match self.source.language {
            Language::Fi | Language::Se => "Tuntematon tekijä",
            Language::Sv => "Okänd författare",
            Language::En => "Unknown author",
        };
        let person = LegacyPerson {
            display_name: if name.is_empty() { nobody.to_owned() } else { name.to_owned() },
            email: name.contains('@').then(|| name.to_owned()),
            ..LegacyPerson::default()
        };
        let admitted = people::author(tx, self.people, &self.source.id, self.organisation, &person)?;
        Ok(match admitted {
            Admitted::New(id) => {
                notices.push(format!("nobody is called `{}`: a placeholder stands in", person.display_name));
                id
            }
            Admitted::Updated(id) | Admitted::Known(id) => id,
        })
    }

    /// Who owns it: whoever somebody named, or else its author.
    pub(in super::super) fn owner(&self, route: &Route, author: PersonId) -> Result<PersonId, Rejected> {
        match &route.owner {
            None => Ok(author),
            Some(word) => self
                .people
                .called(word)
                .ok_or_else(|| format!("nobody in the store is called `{word}`, the new owner")),
        }
    }
}
