//! `kampus-migrate verify`.

use std::path::PathBuf;

use kampus_migrate::outcome::ExitStatus;
use kampus_migrate::{engine, report};

use super::failure::Failure;
use super::plan::PlanArgs;
use super::printer::Printer;
use super::progress::Bar;

/// Prove that nothing was lost
///
/// The exports are read again and held against the store: each record is loaded, merged, discarded by decision
/// or rejected with a reason, the sums agree, and the words of each body are in its new item.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanArgs,

    /// The store to look at
    #[arg(long, value_name = "FILE", default_value = "kampus.db")]
    store: PathBuf,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Proves that nothing was lost, or shows what is missing.
pub fn verify(args: &Args, printer: &Printer) -> Result<ExitStatus, Failure> {
    let plan = args.plan.check(Some(&args.store))?;
    let bar = Bar::new(printer);
    let outcome = engine::verify(&plan, &args.store, &mut |progress| bar.step(progress))?;
    drop(bar);
    if args.json {
        printer.document(&outcome)?;
    } else {
        printer.result(&report::verify_text(&outcome))?;
    }
    Ok(outcome.status())
}
