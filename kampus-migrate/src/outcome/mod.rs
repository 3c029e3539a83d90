//! What became of a migration: the documents that commands print with `--json` and reports are made from.
//!
//! They are a contract: fields are added, never renamed, and `version` grows when a meaning changes.

mod claim;
mod conflict;
mod counts;
mod finding;
mod gone;
mod long;
mod overview;
mod run;
mod sharing;
mod status;
mod survey;
mod verify;

use std::path::Path;

use serde::Serializer;

pub use claim::{ClaimOutcome, Claimed, Placeholder};
pub use conflict::{Conflict, Side, Wish};
pub use counts::{Counts, Tally};
pub use finding::{Finding, Problem};
pub use gone::Gone;
pub use long::Long;
pub use overview::{
    DeadTarget, DroppedMarkup, Duplicate, MissingFile, PageRef, ProtectionMark, SurveyOverview, SurveyOwner,
    UnknownPerson,
};
pub use run::{Discard, Links, Notice, Rejection, RunOutcome, SourceOutcome};
pub use sharing::{Narrowed, Narrowing, SharingOutcome};
pub use status::ExitStatus;
pub use survey::{LanguageFrom, SurveyOutcome, SurveyRow, SurveyRule, SurveySource, SurveyTarget};
pub use verify::{
    AddressWitness, BrokenLink, Checked, Equation, HashMismatch, Leak, MissingWords, SharedAddress,
    UnresolvedLink, UnwrittenAddress, VerifiedAddresses, VerifiedLinks, VerifiedSource, VerifyOutcome,
    WrongAddress,
};

/// The version of the documents in this module.
pub const VERSION: u32 = 1;

/// Paths are shown, not opened again, so one that is no Unicode must not make a whole document fail.
fn lossy_path<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
}

/// As [`lossy_path`], `null` when there is none.
#[expect(clippy::ref_option, reason = "serde's `serialize_with` hands over a reference to the field")]
fn lossy_path_option<S: Serializer>(
    path: &Option<std::path::PathBuf>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match path {
        Some(path) => lossy_path(path, serializer),
        None => serializer.serialize_none(),
    }
}
