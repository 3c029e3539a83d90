//! Reports on cross-ministry collaboration and adoption of Kampus, for communications units.
//!
//! ```text
//! activity (NDJSON, CSV) ─▶ ingest ─▶ Parquet dataset ─▶ cubes (SQL) ─▶ metrics ─▶ disclosure ─▶ report
//!          organisations, people, spaces from the store ────────────────────▲       HTML, XLSX, CSV, JSON
//! ```
//!
//! People are pseudonyms from the first step, and no figure about fewer than *k* of them leaves
//! [`disclosure`]: a [`Table`] is made of [`Cell`]s, and only disclosure control makes one that shows a number.

pub mod cubes;
pub mod dataset;
pub mod directory;
pub mod disclosure;
pub mod ingest;
pub mod metrics;
pub mod report;
pub mod table;
mod words;

pub use directory::Directory;
pub use table::{Cell, Column, ColumnKind, HiddenReason, Quality, ReportTables, Table};
