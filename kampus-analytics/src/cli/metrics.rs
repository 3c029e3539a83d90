//! `kampus-analytics metrics`.

use std::fmt::Write;

use kampus_analytics::metrics::described;

use super::failure::Failure;
use super::printer::Printer;
use super::{ReportLanguage, Status};

/// List the metrics with their definitions
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The language of the definitions
    #[arg(long, value_enum, default_value = "en")]
    lang: ReportLanguage,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Lists the metrics.
pub fn metrics(args: &Args, printer: &Printer) -> Result<Status, Failure> {
    let metrics = described(args.lang.into());
    if args.json {
        printer.document(&metrics)?;
        return Ok(Status::Done);
    }
    let mut text = String::new();
    for metric in metrics {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{} ({})\n  {}\n", metric.title, metric.id, metric.definition);
    }
    printer.result(&text)?;
    Ok(Status::Done)
}
