//! The command line: words in, library calls, words out.

mod failure;
mod ingest;
mod metrics;
mod printer;
mod report;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kampus_core::Language;

use printer::Printer;

/// Report on the use of Kampus, and on how organisations work together in it
///
/// First `ingest` what was recorded, then `report` on it. People are pseudonyms from the first step, and no figure
/// is about fewer people than --min-group.
#[derive(Debug, Parser)]
#[command(name = "kampus-analytics", version, max_term_width = 100, after_help = STATUSES)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Show errors only, no progress and no notes
    #[arg(long, short, global = true)]
    quiet: bool,
}

const STATUSES: &str = "\
Exit status:
  0  done
  1  failed; nothing is half-done, and the command can be repeated
  2  the command line is wrong; nothing was done
  3  done, but some rows could not be read";

#[derive(Debug, Subcommand)]
enum Command {
    Ingest(ingest::Args),
    Report(report::Args),
    Metrics(metrics::Args),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Everything was done.
    Done,
    /// It was done, but some rows could not be read.
    Rejected,
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let status = if error.use_stderr() { 2 } else { 0 };
            // Nobody is left to be told that nobody reads.
            drop(error.print());
            return ExitCode::from(status);
        }
    };
    let printer = Printer::new(cli.quiet);
    let result = match &cli.command {
        Command::Ingest(args) => ingest::ingest(args, &printer),
        Command::Report(args) => report::report(args, &printer),
        Command::Metrics(args) => metrics::metrics(args, &printer),
    };
    match result {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Rejected) => ExitCode::from(3),
        Err(failure) => {
            failure.tell(&printer);
            ExitCode::from(failure.status())
        }
    }
}

/// Languages of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ReportLanguage {
    /// Finnish
    Fi,
    /// Swedish
    Sv,
    /// English
    En,
}

impl From<ReportLanguage> for Language {
    fn from(language: ReportLanguage) -> Self {
        match language {
            ReportLanguage::Fi => Self::Fi,
            ReportLanguage::Sv => Self::Sv,
            ReportLanguage::En => Self::En,
        }
    }
}
