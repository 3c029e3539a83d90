//! Converts exported legacy intranets (XML, spreadsheets) into Kampus, nothing lost.
//!
//! ```text
//! source (format reader) ─▶ LegacyRecord ─▶ plan + decisions ─▶ clean ─▶ load (batches) ─▶ ledger ─▶ link
//! ```
//!
//! A [`plan`] lists a ministry's exports and where they go. [`mod@format`] turns each into neutral [`record`]s,
//! [`clean`] makes their bodies safe, [`engine`] loads them and keeps the ledger, [`outcome`] says what became of
//! every one, [`inventory`] asks content owners what to keep, [`redirects`] leads old addresses to new items, and
//! [`report`] puts it all before people.

pub mod clean;
pub mod engine;
pub mod format;
pub mod inventory;
pub mod outcome;
pub mod plan;
pub mod record;
pub mod redirects;
pub mod report;
