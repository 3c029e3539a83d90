//! The command line: words in, library calls, words out.

mod claim;
mod failure;
mod formats;
mod plan;
mod printer;
mod progress;
mod redirects;
mod run;
mod shell;
mod survey;
mod verify;

use clap::{Parser, Subcommand};
use kampus_migrate::outcome::ExitStatus;

use printer::Printer;

/// Move exported legacy intranets into Kampus, nothing lost
///
/// A migration goes survey → decide → run → verify. PLAN is a TOML file that lists the exports, or a single
/// export, then with --organisation.
#[derive(Debug, Parser)]
#[command(name = "kampus-migrate", version, max_term_width = 100, after_help = STATUSES)]
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
  1  failed; nothing is half-loaded, and the command can be repeated
  2  the command line or the plan is wrong; nothing was done
  3  done, but some records were rejected or a source ended early";

#[derive(Debug, Subcommand)]
enum Command {
    Survey(survey::Args),
    Run(run::Args),
    Verify(verify::Args),
    Claim(claim::Args),
    Redirects(redirects::Args),
    Formats(formats::Args),
}

/// Runs the command that the process was started with.
pub fn main() -> ExitStatus {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let status = if error.use_stderr() { ExitStatus::Usage } else { ExitStatus::Done };
            // Nobody is left to be told that nobody reads.
            drop(error.print());
            return status;
        }
    };
    let printer = Printer::from_environment(cli.quiet);
    let result = match &cli.command {
        Command::Survey(args) => survey::survey(args, &printer),
        Command::Run(args) => run::run(args, &printer),
        Command::Verify(args) => verify::verify(args, &printer),
        Command::Claim(args) => claim::claim(args, &printer),
        Command::Redirects(args) => redirects::redirects(args, &printer),
        Command::Formats(args) => formats::formats(args, &printer),
    };
    result.unwrap_or_else(|failure| {
        failure.tell(&printer);
        failure.status()
    })
}
