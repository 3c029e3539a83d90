//! Placeholders: people known from old content only, until somebody claims what they wrote.

use std::collections::{BTreeMap, BTreeSet};

use kampus_core::{Kampus, PersonId, Snapshot};

use super::error::MigrateError;
use super::ledger;
use crate::outcome::Placeholder;

/// Those that nobody has claimed, in the order in which they were entered.
pub(super) fn unclaimed(store: &Kampus) -> Result<Vec<Placeholder>, MigrateError> {
    let snapshot = store.snapshot();
    let mut sources: BTreeMap<PersonId, String> = BTreeMap::new();
    ledger::each_placeholder(store, |source, person| {
        let waits = snapshot.directory().person(person).is_some_and(|known| known.claimed_by.is_none());
        if waits {
            sources.entry(person).or_insert_with(|| source.to_owned());
        }
        Ok(())
    })?;
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let items = items_of(&snapshot, &sources.keys().copied().collect());
    let mut found = Vec::with_capacity(sources.len());
    for (person, source) in sources {
        let profile = snapshot.untrimmed().profile(person)?.unwrap_or_default();
        found.push(Placeholder {
            source,
            person: person.to_string(),
            name: profile.shown_name(),
            items: items.get(&person).copied().unwrap_or_default(),
        });
    }
    Ok(found)
}

/// How many items each of some people wrote or owns.
pub(super) fn items_of(snapshot: &Snapshot, people: &BTreeSet<PersonId>) -> BTreeMap<PersonId, u64> {
    let mut counts = BTreeMap::new();
    for item in snapshot.untrimmed().items() {
        let named = BTreeSet::from([item.author, item.owner]);
        for person in named.intersection(people) {
            *counts.entry(*person).or_default() += 1;
        }
    }
    counts
}
