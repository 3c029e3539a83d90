//! `kampus-migrate rollback`.

use std::path::PathBuf;

use kampus_migrate::engine;
use kampus_migrate::outcome::ExitStatus;
use kampus_migrate::report;

use super::failure::Failure;
use super::printer::Printer;
use super::progress::Bar;
use super::shell;

/// Take a run back
///
/// What the run made goes, and what it changed is as it was before. What people edited, commented on, shared, linked to
/// or decided about since is kept and listed, each with the reason. The latest run goes first. A rollback can be
/// interrupted and repeated, and the run can be done anew afterwards.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The store that it loaded into
    #[arg(long, value_name = "FILE", default_value = "kampus.db")]
    store: PathBuf,

    /// Which run, as it told its name: run-3, or 3
    #[arg(long, value_name = "RUN", value_parser = number)]
    run: u64,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

fn number(text: &str) -> Result<u64, String> {
    text.strip_prefix("run-")
        .unwrap_or(text)
        .parse()
        .map_err(|_| "it must be a run's name, like run-3".to_owned())
}

/// Takes a run back.
pub fn rollback(args: &Args, printer: &Printer) -> Result<ExitStatus, Failure> {
    let bar = Bar::new(printer);
    let now = jiff::Timestamp::now();
    let outcome = engine::rollback(&args.store, args.run, now, &mut |progress| bar.step(progress)).map_err(
        |error| match Failure::from(error) {
            Failure::Failed(why) => Failure::Failed(format!(
                "{why}\nwhat was taken back before is done: repeat the command to go on"
            )),
            other => other,
        },
    )?;
    drop(bar);
    if args.json {
        printer.document(&outcome)?;
    } else {
        let next =
            format!("kampus-migrate run PLAN --store {}, to do the work anew", shell::path(&args.store));
        printer.result(&report::rollback_text(&outcome, &next))?;
    }
    Ok(outcome.status())
}
