//! `kampus-analytics report`.

use std::path::PathBuf;

use jiff::civil::Date;
use kampus_analytics::disclosure::MinGroup;
use kampus_analytics::{metrics, report as reports};

use super::failure::{Failure, directory};
use super::printer::Printer;
use super::{ReportLanguage, Status};

/// Write a report: a page with charts, and its tables as a workbook, CSV and JSON
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The store that knows the organisations and the news
    #[arg(long, value_name = "FILE")]
    store: PathBuf,

    /// The dataset's folder
    #[arg(long, value_name = "DIR")]
    activity: PathBuf,

    /// The first day of the period, such as 2018-09-01 [default: the first with data]
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,

    /// The last day of the period [default: the last with data]
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,

    /// The language of the report
    #[arg(long, value_enum, default_value = "fi")]
    lang: ReportLanguage,

    /// The least number of people that a figure may be about, at least 3
    #[arg(long, value_name = "K", default_value_t = MinGroup::DEFAULT.get(), value_parser = min_group)]
    min_group: u32,

    /// The folder to write into
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Print one JSON document with the files' names
    #[arg(long)]
    json: bool,
}

fn min_group(text: &str) -> Result<u32, String> {
    let number: u32 = text.parse().map_err(|_| format!("`{text}` is no number of people"))?;
    MinGroup::new(number).map(MinGroup::get).map_err(|error| error.to_string())
}

/// Writes a report.
pub fn report(args: &Args, printer: &Printer) -> Result<Status, Failure> {
    let k = MinGroup::new(args.min_group).map_err(|error| Failure::Usage(error.to_string()))?;
    let directory = directory(&args.store)?;
    let tables = metrics::build(&directory, &args.activity, args.from, args.to, k)?;
    let written = reports::write(&args.out, &tables, &directory, args.lang.into())?;
    if args.json {
        printer.document(&written)?;
        return Ok(Status::Done);
    }
    let csv = written.csv.first().and_then(|path| path.parent()).unwrap_or(&args.out);
    printer.result(&format!(
        "{} events from {} to {}\n\npage      {}\nworkbook  {}\ntables    {}\nJSON      {}",
        tables.quality.events,
        tables.from,
        tables.to,
        written.page.display(),
        written.workbook.display(),
        csv.display(),
        written.json.display()
    ))?;
    Ok(Status::Done)
}
