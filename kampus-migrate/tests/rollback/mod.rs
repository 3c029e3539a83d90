//! What taking a run back promises: the store is as it was before, and nothing that people did is lost.

mod errors;
mod generated;
mod kills;
mod people;
mod random;
mod whole;
