//! What the ledger promises: a run that is repeated, a newer export, a later decision, and what people did meanwhile.

mod conflicts;
mod decisions;
pub(crate) mod desk;
mod gone;
