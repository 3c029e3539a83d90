//! `kampus-migrate run`.

use std::path::{Path, PathBuf};

use kampus_migrate::engine::{self, RunOptions};
use kampus_migrate::inventory::Decisions;
use kampus_migrate::outcome::ExitStatus;
use kampus_migrate::report;

use super::failure::Failure;
use super::plan::PlanArgs;
use super::printer::Printer;
use super::progress::Bar;
use super::shell;

/// Load the exports into a store
///
/// A run can be interrupted and repeated: what was loaded before is left alone, what is newer in the export is
/// updated. Broken records are rejected with place and reason, and the run goes on.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanArgs,

    /// The store to load into; it is made when it is not there
    #[arg(long, value_name = "FILE", default_value = "kampus.db")]
    store: PathBuf,

    /// The inventory that content owners have filled in
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,

    /// Do everything but write to the store
    #[arg(long)]
    dry_run: bool,

    /// Folder for migration.html and migration.json [default: kampus-report; none with --dry-run]
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Loads the exports.
pub fn run(args: &Args, printer: &Printer) -> Result<ExitStatus, Failure> {
    let plan = args.plan.check(Some(&args.store))?;
    let decisions = args.decisions.as_deref().map(Decisions::read).transpose()?;
    if let Some(decisions) = &decisions {
        decisions.check(&plan)?;
    }
    let options = RunOptions { dry_run: args.dry_run, decisions, now: jiff::Timestamp::now() };
    let bar = Bar::new(printer);
    let mut outcome =
        engine::run(&plan, &args.store, &options, &mut |progress| bar.step(progress)).map_err(|error| {
            match Failure::from(error) {
                Failure::Failed(why) => Failure::Failed(format!(
                    "{why}\nwhat was loaded before is in the store: run again to go on"
                )),
                other => other,
            }
        })?;
    drop(bar);
    let folder = args.report_folder();
    outcome.report = folder.map(report::page_in);
    let written = folder.map(|folder| report::write(folder, plan.name(), &outcome)).transpose();
    if written.is_err() {
        outcome.report = None;
    }
    // What is in the store is told even when the report could not be written.
    if args.json {
        printer.document(&outcome)?;
    } else {
        printer.result(&report::run_text(&outcome, &args.next(outcome.status())))?;
    }
    written?;
    Ok(outcome.status())
}

impl Args {
    fn report_folder(&self) -> Option<&Path> {
        match &self.report {
            Some(folder) => Some(folder),
            // The report of a rehearsal must not replace that of a run unasked.
            None if self.dry_run => None,
            None => Some(Path::new("kampus-report")),
        }
    }

    /// The command to type next: this one again after a rehearsal or a failure, otherwise the proof.
    fn next(&self, status: ExitStatus) -> String {
        let (plan, store) = (self.plan.words(), shell::path(&self.store));
        if !self.dry_run && status != ExitStatus::Failed {
            return format!("kampus-migrate verify {plan} --store {store}");
        }
        let decisions = self.decisions.as_deref().map(shell::path);
        let decisions = decisions.map(|path| format!(" --decisions {path}")).unwrap_or_default();
        format!("kampus-migrate run {plan} --store {store}{decisions}")
    }
}
