//! Exit statuses.

use std::process::ExitCode;

/// How a command ended, as the shell sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ExitStatus {
    /// Done, or the reader of the output had enough of it.
    Done = 0,
    /// Failed; nothing is half-loaded, and the command can be repeated.
    Failed = 1,
    /// The command line or the plan is wrong; nothing was done.
    Usage = 2,
    /// Done, but some records were rejected, a source ended early, or something of a run could not be taken back.
    Rejections = 3,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}
