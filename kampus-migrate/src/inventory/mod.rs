//! The inventory: a workbook in which content owners decide what becomes of each page.
//!
//! [`write()`] makes it from a survey, with a row for each page and empty columns for the decision, the page to
//! merge into, the new owner and the reason. People fill it in with the spreadsheet program that they have,
//! and [`Decisions::read`] reads it back. The workbook speaks the plan's language; the words of all languages
//! are understood.

mod columns;
mod decisions;
mod fault;
mod read;
mod summary;
mod texts;
mod verdict;
mod write;

pub use decisions::{Decided, Decision, Decisions};
pub use fault::{CellFault, CellProblem, InventoryError};
pub use verdict::Verdict;
pub use write::{WriteError, write};
