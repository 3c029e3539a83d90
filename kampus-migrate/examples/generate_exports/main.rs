//! Makes up legacy exports of any size, the same bytes for the same seed. Nothing in them is real.
//!
//! ```text
//! cargo run --release -p kampus-migrate --example generate_exports -- wxr --pages 430000 --out export
//! cargo run --release -p kampus-migrate --example generate_exports -- twelve --out government
//! ```

pub mod exports;

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use exports::table::Form;
use exports::twelve::Twelve;
use exports::{Addresses, Delta, Ministry, Site, Written, table, twelve, wxr};

/// Make up legacy exports
#[derive(Debug, Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// A WordPress export
    Wxr(SiteArgs),
    /// A list of pages as a workbook, and the list of people
    Xlsx(SiteArgs),
    /// A list of pages as delimited text, and the list of people
    Csv(SiteArgs),
    /// Twelve ministries that link to each other, and the plans of four waves in which they move
    Twelve(TwelveArgs),
}

#[derive(Debug, clap::Args)]
struct SiteArgs {
    /// How many pages and news
    #[arg(long, default_value_t = 1_000)]
    pages: u32,

    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Whose intranet it is
    #[arg(long, value_name = "CODE", default_value = "YM")]
    ministry: String,

    /// Make attachments as well
    #[arg(long)]
    files: bool,

    /// The same site half a year later: some pages changed, some new, some gone
    #[arg(long)]
    later: bool,

    /// The folder to write into
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Debug, clap::Args)]
struct TwelveArgs {
    /// How many pages the smallest ministry has; the largest has twice as many
    #[arg(long, default_value_t = Twelve::default().pages)]
    pages: u32,

    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// The same ministries half a year later: some pages changed, some new, some gone
    #[arg(long)]
    later: bool,

    /// The folder to write into
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl SiteArgs {
    fn site(&self, addresses: Addresses) -> Result<Site, String> {
        let ministry = Ministry::of(&self.ministry)
            .ok_or_else(|| format!("`{}` is the code of no ministry", self.ministry))?;
        let site = Site { files: self.files, addresses, ..Site::new(ministry, self.pages, self.seed) };
        Ok(if self.later { site.later(Delta::default()) } else { site })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    match Args::parse().command {
        Command::Wxr(args) => tell(&wxr::write(&args.site(Addresses::WordPress)?, &[], &args.out)?)?,
        Command::Xlsx(args) => list(&args, Form::Xlsx)?,
        Command::Csv(args) => list(&args, Form::Csv)?,
        Command::Twelve(args) => {
            let later = args.later.then(Delta::default);
            let twelve = Twelve { seed: args.seed, pages: args.pages, later };
            for wave in twelve::write(&twelve, &args.out)? {
                for (_, written) in &wave.sites {
                    tell(written)?;
                }
            }
        }
    }
    Ok(())
}

fn list(args: &SiteArgs, form: Form) -> Result<(), Box<dyn Error>> {
    let site = args.site(Addresses::Path)?;
    table::write_people(&[site], &args.out)?;
    Ok(tell(&table::write(&site, &[], form, &args.out)?)?)
}

fn tell(written: &Written) -> std::io::Result<()> {
    writeln!(
        std::io::stdout().lock(),
        "{}: {} bytes, {} pages with bodies of {} bytes, {} comments, {} files, {} people",
        written.path.display(),
        written.bytes,
        written.pages,
        written.body_bytes,
        written.comments,
        written.files,
        written.authors
    )
}
