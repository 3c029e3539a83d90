//! Transactions one after another.

use jiff::Timestamp;
use kampus_core::{Actor, Kampus, Transaction};

use super::super::conflict::Contest;
use super::super::error::MigrateError;

/// How many records are written in one transaction.
const BATCH: usize = 1_000;
/// How many bytes of bodies and files make a transaction full before that.
pub(super) const BATCH_BYTES: usize = 16 * 1024 * 1024;

/// What the parts of a run share.
pub(in super::super) struct Context<'a> {
    pub(in super::super) store: &'a Kampus,
    pub(in super::super) run: u64,
    pub(in super::super) started: Timestamp,
    /// The name under which the journal keeps what is done.
    pub(in super::super) actor: String,
    pub(in super::super) contest: &'a Contest<'a>,
}

impl Context<'_> {
    pub(in super::super) fn begin(&self) -> Transaction<'_> {
        self.store.transaction(Actor::Operator(self.actor.clone()), self.started)
    }
}

/// Transactions one after another, each committed when it is full.
pub(in super::super) struct Batches<'a> {
    cx: &'a Context<'a>,
    tx: Option<Transaction<'a>>,
    steps: usize,
    bytes: usize,
}

impl<'a> Batches<'a> {
    pub(in super::super) fn new(cx: &'a Context<'a>) -> Self {
        Self { cx, tx: None, steps: 0, bytes: 0 }
    }

    pub(in super::super) fn tx(&mut self) -> &mut Transaction<'a> {
        self.tx.get_or_insert_with(|| self.cx.begin())
    }

    /// One more thing was done.
    pub(in super::super) fn step(&mut self) -> Result<(), MigrateError> {
        self.step_with(0)
    }

    /// One more thing was done, which added that many bytes.
    pub(in super::super) fn step_with(&mut self, bytes: usize) -> Result<(), MigrateError> {
        self.steps += 1;
        self.bytes += bytes;
        if self.steps >= BATCH || self.bytes >= BATCH_BYTES {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), MigrateError> {
        self.steps = 0;
        self.bytes = 0;
        if let Some(tx) = self.tx.take() {
            tx.commit()?;
        }
        Ok(())
    }

    pub(in super::super) fn commit(mut self) -> Result<(), MigrateError> {
        self.write()
    }
}
