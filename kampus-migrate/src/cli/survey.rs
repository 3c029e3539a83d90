//! `kampus-migrate survey`.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kampus_migrate::outcome::ExitStatus;
use kampus_migrate::plan::CheckedPlan;
use kampus_migrate::report::{self, About};
use kampus_migrate::{engine, inventory};

use super::failure::Failure;
use super::plan::PlanArgs;
use super::printer::Printer;
use super::progress::Bar;
use super::shell;

/// List what the exports hold in a workbook in which content owners decide
///
/// The workbook has a row for each page, with its owner, dates, size, language and problems, and empty columns
/// for the decision: keep, merge or discard. Beside it comes an assessment: a page that sums up for the migration
/// team and for managers what there is and what has to be settled. Nothing is loaded.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanArgs,

    /// Where to write the workbook [default: inventory.xlsx; none with --json]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Where to write the assessment [default: the workbook's name with .html; none without a workbook]
    #[arg(long, value_name = "FILE")]
    assessment: Option<PathBuf>,

    /// Replace a workbook that is there already, with all that people wrote into it, and the assessment
    #[arg(long)]
    force: bool,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Surveys the exports.
pub fn survey(args: &Args, printer: &Printer) -> Result<ExitStatus, Failure> {
    let (out, assessment) = args.files()?;
    let plan = args.plan.check(None)?;
    let bar = Bar::new(printer);
    let outcome = engine::survey(&plan, &mut |progress| bar.step(progress))?;
    drop(bar);
    if let Some(out) = &out {
        inventory::write(out, &outcome, plan.language())?;
    }
    if let Some(path) = &assessment {
        let about = About { plan: plan.name(), language: plan.language(), day: today(&plan) };
        report::write_page(path, &report::assessment(&about, out.as_deref(), &outcome))?;
    }
    match (&out, &assessment) {
        (Some(out), Some(assessment)) if !args.json => {
            let next = format!("kampus-migrate run {} --decisions {}", args.plan.words(), shell::path(out));
            printer.result(&report::survey_text(&outcome, out, assessment, &next))?;
        }
        _ => printer.document(&outcome)?,
    }
    Ok(outcome.status())
}

impl Args {
    /// The files to write: the workbook and the assessment. What is there already stays, unless it may go.
    fn files(&self) -> Result<(Option<PathBuf>, Option<PathBuf>), Failure> {
        let out = match &self.out {
            None if self.json => None,
            out => Some(out.clone().unwrap_or_else(|| PathBuf::from("inventory.xlsx"))),
        };
        let beside = || out.as_ref().map(|out| out.with_extension("html"));
        let assessment = self.assessment.clone().or_else(beside);
        if out.is_some() && out == assessment {
            return Err(Failure::Usage(
                "the workbook and the assessment cannot be one file: name another one with --assessment"
                    .to_owned(),
            ));
        }
        if !self.force {
            refuse(out.as_deref(), "and people may have filled it in", "--out")?;
            refuse(assessment.as_deref(), "and people may be reading it", "--assessment")?;
        }
        Ok((out, assessment))
    }
}

fn refuse(path: Option<&Path>, why: &str, option: &str) -> Result<(), Failure> {
    match path.filter(|path| path.exists()) {
        Some(path) => Err(Failure::Usage(format!(
            "`{}` is there already, {why}: name another file with {option}, or give --force",
            path.display()
        ))),
        None => Ok(()),
    }
}

/// The day where the sources are.
pub fn today(plan: &CheckedPlan) -> Date {
    let zone = plan.sources().first().map_or(TimeZone::UTC, |source| source.time_zone.clone());
    jiff::Timestamp::now().to_zoned_datetime(zone).date()
}
