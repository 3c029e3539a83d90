//! `kampus-migrate claim`.

use std::path::PathBuf;

use kampus_migrate::engine::{self, Claim};
use kampus_migrate::outcome::ExitStatus;
use kampus_migrate::report;

use super::failure::Failure;
use super::printer::Printer;

/// Say who a placeholder is
///
/// What the placeholder wrote and owns, what it was granted and the groups that it is in become the person's. All of a
/// list is claimed, or nothing. Later runs know it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The store
    #[arg(long, value_name = "FILE", default_value = "kampus.db")]
    store: PathBuf,

    /// The placeholder: its id (person:12), or what the exports call it
    #[arg(long, value_name = "WHO", required_unless_present = "list", requires = "person")]
    placeholder: Option<String>,

    /// The person: an id, e-mail address, log-in or name
    #[arg(long, value_name = "WHO", requires = "placeholder")]
    person: Option<String>,

    /// A list of both in CSV, with the columns placeholder and person
    #[arg(long, value_name = "FILE", conflicts_with_all = ["placeholder", "person"])]
    list: Option<PathBuf>,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Claims placeholders.
pub fn claim(args: &Args, printer: &Printer) -> Result<ExitStatus, Failure> {
    let claims = match (&args.list, &args.placeholder, &args.person) {
        (Some(list), _, _) => engine::read_claims(list)?,
        (None, Some(placeholder), Some(person)) => {
            vec![Claim { placeholder: placeholder.clone(), person: person.clone(), line: None }]
        }
        _ => Vec::new(),
    };
    let outcome = engine::claim(&args.store, &claims, jiff::Timestamp::now())?;
    if args.json {
        printer.document(&outcome)?;
    } else {
        printer.result(&report::claim_text(&outcome))?;
    }
    Ok(ExitStatus::Done)
}
