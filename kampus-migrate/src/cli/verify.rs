//! `kampus-migrate verify`.

use std::path::PathBuf;

use kampus_migrate::engine;
use kampus_migrate::outcome::ExitStatus;
use kampus_migrate::report::{self, About};

use super::failure::Failure;
use super::plan::PlanArgs;
use super::printer::Printer;
use super::progress::Bar;
use super::survey::today;

/// Prove that nothing was lost
///
/// The exports are read again and held against the store: each record is loaded, merged, discarded by decision
/// or rejected with a reason, the sums agree, the words of each body are in its new item, files are the same to the
/// byte, links lead to items, and every old address leads to what its record became.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanArgs,

    /// The store to look at
    #[arg(long, value_name = "FILE", default_value = "kampus.db")]
    store: PathBuf,

    /// Where to write the proof as a page, in place of one that is there
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

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
    let about = About { plan: plan.name(), language: plan.language(), day: today(&plan) };
    let page = args.html.as_deref().map(|path| report::write_page(path, &report::proof(&about, &outcome)));
    // What was found is told even when the page could not be written.
    if args.json {
        printer.document(&outcome)?;
    } else {
        printer.result(&report::verify_text(&outcome))?;
        if let (Some(path), Some(Ok(()))) = (&args.html, &page) {
            printer.result(&format!("\nProof: {}", path.display()))?;
        }
    }
    page.transpose()?;
    Ok(outcome.status())
}
