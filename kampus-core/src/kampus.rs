//! The handle: open a store, execute commands, take snapshots.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use jiff::Timestamp;

use crate::change::{Actor, Change, Command, CommandError, Entry, plan};
use crate::directory::Profile;
use crate::id::{
    CommentId, GrantId, GroupId, ItemId, OrganisationId, PersonId, PostId, SectionId, WorkspaceId,
};
use crate::journal::{Batch, CompanionKey, Companions, Journal, JournalError, MemoryJournal, SqliteJournal};
use crate::snapshot::Snapshot;
use crate::state::{Revision, State};
use crate::viewer::Viewer;

/// A store, open for reading and writing; share it between threads behind an [`Arc`].
///
/// Writers take turns. Readers take [snapshots](Kampus::snapshot), which never wait for a writer and never
/// change under their hands.
#[derive(Debug)]
pub struct Kampus {
    journal: Arc<dyn Journal>,
    state: RwLock<Arc<State>>,
    turn: Mutex<()>,
}

/// Why something could not be executed. Nothing has changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExecuteError {
    /// The command was refused.
    #[error(transparent)]
    Refused(#[from] CommandError),
    /// The store did not take it.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Kampus {
    /// Opens the store in that SQLite file, or makes an empty one there. Reads and checks the whole journal.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        Self::with_journal(SqliteJournal::open(path.as_ref())?)
    }

    /// An empty store that is gone when it is dropped.
    pub fn in_memory() -> Self {
        Self { journal: Arc::new(MemoryJournal::new()), state: RwLock::default(), turn: Mutex::new(()) }
    }

    /// Folds a journal into a handle.
    pub fn with_journal(journal: impl Journal + 'static) -> Result<Self, JournalError> {
        let mut state = State::default();
        journal.entries_after(Revision(0), &mut |entry| {
            state.apply_entry(&entry);
            Ok(())
        })?;
        Ok(Self { journal: Arc::new(journal), state: RwLock::new(Arc::new(state)), turn: Mutex::new(()) })
    }

    /// Everything as it is now.
    pub fn snapshot(&self) -> Snapshot {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        Snapshot::new(Arc::clone(&state), Arc::clone(&self.journal))
    }

    /// What a person sees now; short for `snapshot().viewer(…)`.
    pub fn viewer(&self, person: PersonId, at: Timestamp) -> Viewer {
        self.snapshot().viewer(person, at)
    }

    /// Executes one command as one transaction.
    pub fn execute(&self, actor: &Actor, at: Timestamp, command: Command) -> Result<Receipt, ExecuteError> {
        let mut transaction = self.transaction(actor.clone(), at);
        let receipt = transaction.execute(command)?;
        transaction.commit()?;
        Ok(receipt)
    }

    /// Begins a transaction of several commands: all of them, or none. Other writers wait until it ends.
    pub fn transaction(&self, actor: Actor, at: Timestamp) -> Transaction<'_> {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.snapshot().into_state();
        let batch = Batch { expected: state.revision, ..Batch::default() };
        Transaction {
            kampus: self,
            _turn: turn,
            state: State::clone(&state),
            actor,
            at,
            batch,
            companions: HashMap::new(),
        }
    }

    /// Folds what other processes have written since; tells the revision reached.
    pub fn catch_up(&self) -> Result<Revision, JournalError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = State::clone(&self.snapshot().into_state());
        self.journal.entries_after(state.revision, &mut |entry| {
            state.apply_entry(&entry);
            Ok(())
        })?;
        let revision = state.revision;
        self.publish(state);
        Ok(revision)
    }

    /// A snapshot that shows at least that revision: what a client has written it sees, whichever process it asks.
    ///
    /// # Errors
    /// [`JournalError::NotReached`] when the store itself is not there yet.
    pub fn at_least(&self, revision: Revision) -> Result<Snapshot, JournalError> {
        if self.snapshot().revision() < revision {
            let reached = self.catch_up()?;
            if reached < revision {
                return Err(JournalError::NotReached { wanted: revision, reached });
            }
        }
        Ok(self.snapshot())
    }

    /// Everything as it was at a past revision, folded from the journal anew: for the question who could see something
    /// then. What was told of people is not in the journal, so profiles are those of now.
    ///
    /// # Errors
    /// [`JournalError::NotReached`] for a revision that is not there yet.
    pub fn as_of(&self, revision: Revision) -> Result<Snapshot, JournalError> {
        let past = self.fold_while(|entry| entry.revision <= revision)?;
        if past.revision() < revision {
            return Err(JournalError::NotReached { wanted: revision, reached: past.revision() });
        }
        Ok(past)
    }

    /// Everything as it was at a past moment: what had been written by then.
    pub fn as_of_time(&self, at: Timestamp) -> Result<Snapshot, JournalError> {
        self.fold_while(|entry| entry.at <= at)
    }

    fn fold_while(&self, wanted: impl Fn(&Entry) -> bool) -> Result<Snapshot, JournalError> {
        let mut state = State::default();
        let mut over = false;
        self.journal.entries_after(Revision(0), &mut |entry| {
            // Clocks may differ, the order does not: the first entry that is too late ends the past.
            over = over || !wanted(&entry);
            if !over {
                state.apply_entry(&entry);
            }
            Ok(())
        })?;
        Ok(Snapshot::new(Arc::new(state), Arc::clone(&self.journal)))
    }

    /// Hands every entry of the journal after a revision to `visit`, in their order: the audit log. It names people by
    /// their ids only. `visit` must not read from the same store: others wait until it is done.
    pub fn entries_after(&self, after: Revision, visit: &mut dyn FnMut(&Entry)) -> Result<(), JournalError> {
        self.journal.entries_after(after, &mut |entry| {
            visit(&entry);
            Ok(())
        })
    }

    /// A companion record: data of a tool, committed with the commands it belongs to.
    pub fn companion(&self, key: &CompanionKey) -> Result<Option<Vec<u8>>, JournalError> {
        self.journal.companion(key)
    }

    /// At most `limit` companion records of a space whose keys come after `after`.
    pub fn companions(&self, space: &str, after: &str, limit: usize) -> Result<Companions, JournalError> {
        self.journal.companions(space, after, limit)
    }

    fn publish(&self, state: State) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
    }
}

/// Commands that stand or fall together. Dropping it forgets them.
#[derive(Debug)]
#[must_use = "nothing is written before `commit`"]
pub struct Transaction<'a> {
    kampus: &'a Kampus,
    _turn: MutexGuard<'a, ()>,
    state: State,
    actor: Actor,
    at: Timestamp,
    batch: Batch,
    /// Where in the batch the last word on a companion record stands.
    companions: HashMap<CompanionKey, usize>,
}

impl Transaction<'_> {
    /// Plans a command on top of those before it. A refused command leaves the transaction as it was.
    pub fn execute(&mut self, command: Command) -> Result<Receipt, CommandError> {
        let plan = plan(&self.state, &self.actor, self.at, command)?;
        let entry = Entry {
            revision: Revision(self.state.revision.0.saturating_add(1)),
            at: self.at,
            actor: self.actor.clone(),
            changes: plan.changes,
        };
        self.state.apply_entry(&entry);
        let receipt = Receipt { revision: entry.revision, changes: entry.changes.clone() };
        self.batch.entries.push(entry);
        self.batch.blobs.extend(plan.blobs);
        self.batch.profiles.extend(plan.profiles);
        Ok(receipt)
    }

    /// Puts a companion record, or removes it.
    pub fn put_companion(&mut self, key: CompanionKey, value: Option<Vec<u8>>) {
        let known = self.companions.get(&key).and_then(|place| self.batch.companions.get_mut(*place));
        if let Some((_, known)) = known {
            *known = value;
        } else {
            self.companions.insert(key.clone(), self.batch.companions.len());
            self.batch.companions.push((key, value));
        }
    }

    /// A companion record as this transaction will leave it.
    pub fn companion(&self, key: &CompanionKey) -> Result<Option<Vec<u8>>, JournalError> {
        let own = self.companions.get(key).and_then(|place| self.batch.companions.get(*place));
        if let Some((_, value)) = own {
            return Ok(value.clone());
        }
        self.kampus.journal.hold()?;
        self.kampus.companion(key)
    }

    /// Makes all reads of companion records and bodies cheaper until this transaction ends: they see the store as it
    /// is now.
    pub fn hold(&self) -> Result<(), JournalError> {
        self.kampus.journal.hold()
    }

    /// Stores bytes beside the commands, so that a companion record can name them.
    pub fn store_blob(&mut self, bytes: Vec<u8>) -> crate::content::Blob {
        let blob = crate::content::Blob::of(&bytes);
        self.batch.blobs.push((blob, bytes));
        blob
    }

    /// What the transaction would show so far, for tools that load in bulk; trimmed for nobody.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(Arc::new(self.state.clone()), Arc::clone(&self.kampus.journal))
    }

    /// How many commands wait to be written.
    pub fn len(&self) -> usize {
        self.batch.entries.len()
    }

    /// Whether nothing waits to be written.
    pub fn is_empty(&self) -> bool {
        self.batch.entries.is_empty() && self.batch.companions.is_empty() && self.batch.blobs.is_empty()
    }

    /// Writes all of it durably, then lets readers see it.
    pub fn commit(mut self) -> Result<Revision, JournalError> {
        let revision = self.state.revision;
        if self.is_empty() {
            return Ok(revision);
        }
        // What was held would keep the log of the store from being brought into its file.
        self.kampus.journal.release()?;
        self.kampus.journal.append(&self.batch)?;
        self.kampus.publish(std::mem::take(&mut self.state));
        Ok(revision)
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // A store that does not let go of a read says so to the next command as well.
        drop(self.kampus.journal.release());
    }
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The revision that shows it.
    pub revision: Revision,
    /// The facts.
    pub changes: Vec<Change>,
}

macro_rules! made {
    ($(#[$doc:meta])* $name:ident, $id:ty, $pattern:pat => $value:expr) => {
        $(#[$doc])*
        pub fn $name(&self) -> Option<$id> {
            self.changes.iter().find_map(|change| match change {
                $pattern => Some($value),
                _ => None,
            })
        }
    };
}

impl Receipt {
    made!(
        /// The organisation that was entered.
        organisation, OrganisationId, Change::OrganisationAdded(made) => made.id);
    made!(
        /// The person who was entered.
        person, PersonId, Change::PersonAdded(made) => made.id);
    made!(
        /// The post that was entered.
        post, PostId, Change::PostAdded(made) => made.id);
    made!(
        /// The group that was made.
        group, GroupId, Change::GroupAdded(made) => made.id);
    made!(
        /// The section that was made.
        section, SectionId, Change::SectionAdded(made) => made.id);
    made!(
        /// The workspace that was made.
        workspace, WorkspaceId, Change::WorkspaceAdded(made) => made.id);
    made!(
        /// The item that was made.
        item, ItemId, Change::ItemAdded(made) => made.id);
    made!(
        /// The comment that was made.
        comment, CommentId, Change::CommentAdded(made) => made.id);
    made!(
        /// The grant that was given.
        grant, GrantId, Change::Granted(made) => made.id);
}

/// Looks people up by what is told of them; for tools that keep the directory, not for end users.
impl Kampus {
    /// Everybody's profile. Personal data: read it only where the task needs it.
    pub fn profiles(&self) -> Result<Vec<(PersonId, Profile)>, JournalError> {
        self.journal.profiles()
    }
}
