//! How state changes: commands say what somebody wants, changes say what happened.
//!
//! ```text
//! command ─▶ authorise ─▶ validate ─▶ [Change] ─▶ journal ─▶ apply ─▶ State
//! ```
//!
//! Planning a command ([`plan`]) reads state and never alters it; [`State::apply`](crate::State) alters it and
//! never refuses. So a change in the journal is a fact: replaying it cannot fail for a reason of the domain.

mod access;
mod apply;
mod claim;
mod command;
mod content;
mod directory;
mod error;
mod event;
mod glass;
mod import;
mod moving;
mod plan;
mod reorganise;
mod withdraw;

pub use command::{
    Actor, Command, ImportedComment, ImportedItem, NewItem, NewNode, NewPerson, NewSection, NewWorkspace,
    UnitChange,
};
pub use error::CommandError;
pub use event::{Change, Entry};
pub(crate) use plan::plan;
pub(crate) use withdraw::named_people;
