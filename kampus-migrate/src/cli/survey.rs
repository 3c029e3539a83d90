//! `kampus-migrate survey`.

use std::path::PathBuf;

use kampus_migrate::outcome::ExitStatus;
use kampus_migrate::{engine, inventory, report};

use super::failure::Failure;
use super::plan::PlanArgs;
use super::printer::Printer;
use super::progress::Bar;
use super::shell;

/// List what the exports hold in a workbook in which content owners decide
///
/// The workbook has a row for each page, with its owner, dates, size, language and problems, and empty columns
/// for the decision: keep, merge or discard. Nothing is loaded.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanArgs,

    /// Where to write the workbook [default: inventory.xlsx; none with --json]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Replace a workbook that is there already, with all that people wrote into it
    #[arg(long)]
    force: bool,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Surveys the exports.
pub fn survey(args: &Args, printer: &Printer) -> Result<ExitStatus, Failure> {
    let out = match &args.out {
        None if args.json => None,
        out => Some(out.clone().unwrap_or_else(|| PathBuf::from("inventory.xlsx"))),
    };
    if let Some(out) = out.as_deref().filter(|out| !args.force && out.exists()) {
        return Err(Failure::Usage(format!(
            "`{}` is there already, and people may have filled it in: name another file with --out, or give --force",
            out.display()
        )));
    }
    let plan = args.plan.check(None)?;
    let bar = Bar::new(printer);
    let outcome = engine::survey(&plan, &mut |progress| bar.step(progress))?;
    drop(bar);
    if let Some(out) = &out {
        inventory::write(out, &outcome, plan.language())?;
    }
    match &out {
        Some(out) if !args.json => {
            let next = format!("kampus-migrate run {} --decisions {}", args.plan.words(), shell::path(out));
            printer.result(&report::survey_text(&outcome, out, &next))?;
        }
        _ => printer.document(&outcome)?,
    }
    Ok(outcome.status())
}
