//! `kampus-migrate formats`.

use kampus_migrate::format::Format;
use kampus_migrate::outcome::ExitStatus;

use super::failure::Failure;
use super::printer::Printer;

/// List the export formats that can be read, and what is read of each
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Lists the formats.
pub fn formats(_: &Args, printer: &Printer) -> Result<ExitStatus, Failure> {
    let mut text: String = Format::ALL.into_iter().map(described).collect();
    text.push_str("The format is detected from the file's bytes; a plan may name it with `format`.\n");
    printer.result(&text)?;
    Ok(ExitStatus::Done)
}

fn described(format: Format) -> String {
    format!(
        "{:<5} {}\n      files  {}\n      read   {}\n      left   {}\n\n",
        format.name(),
        format.description(),
        format.extensions().join(", "),
        format.reads(),
        format.leaves()
    )
}
