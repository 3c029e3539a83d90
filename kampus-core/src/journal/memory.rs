//! The store that is gone when the process is: for tests and rehearsals.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use super::{Batch, CompanionKey, Companions, Journal, JournalError};
use crate::change::Entry;
use crate::content::BlobHash;
use crate::directory::Profile;
use crate::id::PersonId;
use crate::state::Revision;

/// A journal in memory.
#[derive(Debug, Default)]
pub struct MemoryJournal(RwLock<Contents>);

#[derive(Debug, Default)]
struct Contents {
    /// Encoded, so that what does not survive encoding is found in the tests that use this store.
    entries: Vec<Vec<u8>>,
    blobs: BTreeMap<BlobHash, Vec<u8>>,
    profiles: BTreeMap<PersonId, Profile>,
    companions: BTreeMap<CompanionKey, Vec<u8>>,
}

impl MemoryJournal {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    fn read<T>(&self, look: impl FnOnce(&Contents) -> T) -> T {
        // A writer that panicked had not begun to write: `append` encodes everything first.
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Journal for MemoryJournal {
    fn entries_after(
        &self,
        after: Revision,
        visit: &mut dyn FnMut(Entry) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        let skip = usize::try_from(after.0).unwrap_or(usize::MAX);
        let entries = self.read(|contents| contents.entries.get(skip..).unwrap_or_default().to_vec());
        entries.iter().try_for_each(|entry| visit(serde_json::from_slice(entry)?))
    }

    fn append(&self, batch: &Batch) -> Result<(), JournalError> {
        let encoded = batch.entries.iter().map(serde_json::to_vec).collect::<Result<Vec<_>, _>>()?;
        let mut contents = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let found = Revision(contents.entries.len() as u64);
        if found != batch.expected {
            return Err(JournalError::Conflict { expected: batch.expected, found });
        }
        contents.entries.extend(encoded);
        contents.blobs.extend(batch.blobs.iter().map(|(blob, bytes)| (blob.hash, bytes.clone())));
        for (person, profile) in &batch.profiles {
            match profile {
                Some(profile) => contents.profiles.insert(*person, profile.clone()),
                None => contents.profiles.remove(person),
            };
        }
        for (key, value) in &batch.companions {
            match value {
                Some(value) => contents.companions.insert(key.clone(), value.clone()),
                None => contents.companions.remove(key),
            };
        }
        Ok(())
    }

    fn blob(&self, hash: BlobHash) -> Result<Option<Vec<u8>>, JournalError> {
        Ok(self.read(|contents| contents.blobs.get(&hash).cloned()))
    }

    fn profile(&self, person: PersonId) -> Result<Option<Profile>, JournalError> {
        Ok(self.read(|contents| contents.profiles.get(&person).cloned()))
    }

    fn profiles(&self) -> Result<Vec<(PersonId, Profile)>, JournalError> {
        Ok(self
            .read(|contents| contents.profiles.iter().map(|(id, profile)| (*id, profile.clone())).collect()))
    }

    fn companion(&self, key: &CompanionKey) -> Result<Option<Vec<u8>>, JournalError> {
        Ok(self.read(|contents| contents.companions.get(key).cloned()))
    }

    fn hold(&self) -> Result<(), JournalError> {
        Ok(())
    }

    fn release(&self) -> Result<(), JournalError> {
        Ok(())
    }

    fn companions(&self, space: &str, after: &str, limit: usize) -> Result<Companions, JournalError> {
        Ok(self.read(|contents| {
            contents
                .companions
                .range(CompanionKey::new(space, after)..)
                .take_while(|(key, _)| key.space == space)
                .filter(|(key, _)| key.key.as_str() > after)
                .take(limit)
                .map(|(key, value)| (key.key.clone(), value.clone()))
                .collect()
        }))
    }
}
