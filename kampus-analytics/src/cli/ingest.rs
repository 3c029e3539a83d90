//! `kampus-analytics ingest`.

use std::fs;
use std::path::{Path, PathBuf};

use kampus_analytics::ingest::{Ingest, IngestOutcome, Pseudonyms, SourceFormat, SourceOutcome};

use super::Status;
use super::failure::{Failure, directory, folder_of};
use super::printer::Printer;

/// Take recorded activity into the dataset
///
/// People become pseudonyms here; the key of the pseudonyms is `activity.key` beside the store and is made when it is
/// not there. The same file is never taken in twice. Rows that cannot be read are listed in `rejected/` in the
/// dataset, with their line and the reason.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files of activity, or folders with .ndjson, .jsonl and .csv files
    #[arg(value_name = "SOURCE", required = true)]
    sources: Vec<PathBuf>,

    /// The store that knows the organisations of people and spaces
    #[arg(long, value_name = "FILE")]
    store: PathBuf,

    /// The dataset's folder; it is made when it is not there
    #[arg(long, value_name = "DIR")]
    into: PathBuf,

    /// The format of the sources [default: what the first byte says]
    #[arg(long, value_enum)]
    format: Option<FormatName>,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Formats of activity.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FormatName {
    /// One JSON object a line
    Ndjson,
    /// Comma-separated values with a header line
    Csv,
}

/// Takes activity in.
pub fn ingest(args: &Args, printer: &Printer) -> Result<Status, Failure> {
    let sources = expand(&args.sources)?;
    let directory = directory(&args.store)?;
    let pseudonyms = Pseudonyms::in_folder(&folder_of(&args.store))?;
    let format = args.format.map(|name| match name {
        FormatName::Ndjson => SourceFormat::Ndjson,
        FormatName::Csv => SourceFormat::Csv,
    });
    let ingest = Ingest { directory: &directory, pseudonyms: &pseudonyms, into: &args.into, format };
    let bar = printer.bar();
    let outcome = ingest.run(&sources, &mut |source, read, size| bar.show(source, read, size))?;
    drop(bar);
    if args.json {
        printer.document(&outcome)?;
    } else {
        printer.result(&text(&outcome, args))?;
    }
    Ok(if outcome.rejected() > 0 { Status::Rejected } else { Status::Done })
}

/// Files as they are, and what a folder holds in the order of names.
fn expand(sources: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for source in sources {
        let unreadable =
            |error| Failure::Usage(format!("cannot read the source `{}`: {error}", source.display()));
        if !source.metadata().map_err(unreadable)?.is_dir() {
            files.push(source.clone());
            continue;
        }
        let mut found: Vec<PathBuf> = fs::read_dir(source)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
            .map_err(unreadable)?;
        found.retain(|path| is_activity(path));
        if found.is_empty() {
            return Err(Failure::Usage(format!(
                "the folder `{}` holds no .ndjson, .jsonl or .csv file",
                source.display()
            )));
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}

fn is_activity(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["ndjson", "jsonl", "csv"].contains(&ending) && path.is_file()
}

fn text(outcome: &IngestOutcome, args: &Args) -> String {
    let mut lines: Vec<String> = outcome.sources.iter().map(line).collect();
    let sum = |count: fn(&SourceOutcome) -> u64| outcome.sources.iter().map(count).sum::<u64>();
    lines.push(String::new());
    lines.push(format!(
        "{} rows ingested, {} rejected; {} by people whom the store does not know, which are in no figure",
        sum(|source| source.ingested),
        sum(|source| source.rejected),
        sum(|source| source.unknown_actors),
    ));
    lines.push(format!(
        "next: kampus-analytics report --store {} --activity {} --out report",
        args.store.display(),
        args.into.display()
    ));
    lines.join("\n")
}

fn line(source: &SourceOutcome) -> String {
    if source.already_ingested {
        return format!("{}: nothing new, its {} rows were read before", source.source, source.read);
    }
    let rejected = match &source.rejected_rows {
        Some(path) => format!(", {} rejected: see {}", source.rejected, path.display()),
        None => String::new(),
    };
    format!("{}: {} rows read, {} ingested{rejected}", source.source, source.read, source.ingested)
}
