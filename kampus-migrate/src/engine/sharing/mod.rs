//! Who may read and write what: the permissions of the sources, carried over and never wider.
//!
//! ```text
//! records ─▶ notes (while loading) ─▶ circles, standing: who, by the source's own rules ─▶ settle: grants on items
//!            what is restricted is closed as it is loaded, and opened to its readers when all is known
//! ```
//!
//! Kampus knows no denials and no restrictions that add up on the way down, so both are worked out here, into people
//! and groups that may. What cannot be worked out for certain is left out and told. What people decided about an item
//! or a group in Kampus since stands.

mod circles;
mod groups;
mod identity;
mod items;
mod law;
mod notes;
mod proof;
mod settle;
mod standing;
#[cfg(test)]
mod tests;

pub(super) use identity::note_identity;
pub(super) use notes::Notes;
pub(super) use proof::readers;
pub(super) use settle::{close, close_item, settle};
