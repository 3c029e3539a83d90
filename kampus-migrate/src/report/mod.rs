//! What people read of a survey, a run and a verification: texts for the terminal and pages to keep.
//!
//! Pages are single files that need nothing else: no script, no network. The assessment and the proof are for people
//! of the ministries and speak the plan's language; the page of a run is for the migration team.

mod assessment;
mod findings;
mod frame;
mod html;
mod proof;
mod table;
mod text;
mod words;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kampus_core::Language;

use crate::outcome::{RunOutcome, SurveyOutcome, VerifyOutcome};

pub(crate) use findings::RowWords;
pub use proof::verify_text;
pub use text::{claim_text, run_text, survey_text};

/// The page's name in the report's folder.
const PAGE: &str = "migration.html";
/// The document's name in the report's folder.
const DOCUMENT: &str = "migration.json";

/// A report that could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A file or the folder could not be written. A run itself is done and in the store.
    #[error("cannot write the report to `{}`", path.display())]
    Write {
        /// What could not be written.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The outcome could not be put into a document.
    #[error("cannot make the report's document")]
    Document(#[from] serde_json::Error),
}

/// What a page says of itself.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The plan's name.
    pub plan: &'a str,
    /// The language of those who read it.
    pub language: Language,
    /// The day on which it was made.
    pub day: Date,
}

/// The assessment: a page that tells the migration team and the managers of content owners what a survey found.
/// `workbook` is the inventory made with it, to whose rows it refers.
pub fn assessment(about: &About<'_>, workbook: Option<&Path>, survey: &SurveyOutcome) -> String {
    assessment::page(about, workbook, survey).into_string()
}

/// The proof: a page that shows what a verification has looked at and that nothing was lost, or what was.
pub fn proof(about: &About<'_>, outcome: &VerifyOutcome) -> String {
    proof::page(about, outcome).into_string()
}

/// Puts a page in place of another one, whole or not at all.
pub fn write_page(path: &Path, page: &str) -> Result<(), ReportError> {
    replace(path, page.as_bytes()).map_err(|source| ReportError::Write { path: path.to_owned(), source })
}

/// The page that [`write()`] makes in a folder.
pub fn page_in(folder: &Path) -> PathBuf {
    folder.join(PAGE)
}

/// Writes `migration.html` and `migration.json` into a folder, which is made when it is not there. Files of
/// those names are replaced whole or not at all.
pub fn write(folder: &Path, plan: &str, outcome: &RunOutcome) -> Result<PathBuf, ReportError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ReportError::Write { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let document = folder.join(DOCUMENT);
    replace(&document, &serde_json::to_vec_pretty(outcome)?).map_err(failed(&document))?;
    let page = page_in(folder);
    replace(&page, html::page(plan, outcome).into_string().as_bytes()).map_err(failed(&page))?;
    Ok(page)
}

/// Puts a file in place of another one, so that at every moment there is the old one or the new one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What was half-written is of no use; that it could not be made at all is the error to tell.
        drop(fs::remove_file(&part));
    }
    written
}
