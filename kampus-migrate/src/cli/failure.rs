//! Why a command ended early, and what the shell is told.

use std::error::Error;
use std::io;

use kampus_migrate::engine::{ClaimError, MigrateError};
use kampus_migrate::inventory::{InventoryError, WriteError};
use kampus_migrate::outcome::ExitStatus;
use kampus_migrate::plan::PlanError;
use kampus_migrate::report::ReportError;

use super::printer::Printer;

/// Why a command ended early.
#[derive(Debug)]
pub enum Failure {
    /// The command line, the plan or the inventory is wrong.
    Usage(String),
    /// It did not work.
    Failed(String),
    /// Whoever read the output has gone.
    Closed,
}

impl Failure {
    /// The exit status; here families of errors become statuses, and nowhere else.
    pub fn status(&self) -> ExitStatus {
        match self {
            Self::Usage(_) => ExitStatus::Usage,
            Self::Failed(_) => ExitStatus::Failed,
            Self::Closed => ExitStatus::Done,
        }
    }

    /// Tells what went wrong.
    pub fn tell(&self, printer: &Printer) {
        match self {
            Self::Usage(message) | Self::Failed(message) => printer.error(message),
            Self::Closed => {}
        }
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        match error {
            // Faults say `error:` themselves, each for itself.
            PlanError::Faults(faults) => Self::Usage(faults.to_string()),
            other => Self::Usage(chain(&other)),
        }
    }
}

impl From<InventoryError> for Failure {
    fn from(error: InventoryError) -> Self {
        Self::Usage(chain(&error))
    }
}

impl From<MigrateError> for Failure {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::NoStore(_) | MigrateError::UnknownOrganisation(_) => Self::Usage(chain(&error)),
            _ => Self::Failed(chain(&error)),
        }
    }
}

impl From<ClaimError> for Failure {
    fn from(error: ClaimError) -> Self {
        match error {
            ClaimError::Store(error) => error.into(),
            other => Self::Usage(chain(&other)),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Failed(chain(&error))
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        Self::Failed(chain(&error))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(format!("cannot make the JSON document: {error}"))
    }
}

impl From<io::Error> for Failure {
    /// An error of standard output, which is the only thing that commands write to directly.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Failed(format!("cannot write to standard output: {error}")),
        }
    }
}

/// An error with its causes, each once: `cannot read the plan: no such file`.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        // Some errors repeat their cause in their own words.
        if !text.ends_with(&said) {
            text = format!("{text}: {said}");
        }
        cause = error.source();
    }
    text
}
