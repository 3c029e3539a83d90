//! Makes up a year and a half of a government on Kampus: a store with its organisations, people, spaces and news, and
//! what people did there day by day as ministries joined one wave at a time. Nothing in it is real, and the same
//! seed gives the same days.
//!
//! ```text
//! cargo run -p kampus-analytics --example generate_activity -- --out demo
//! ```

mod activity;
mod texts;
mod world;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Parser;
use kampus_core::Kampus;
use kampus_core::activity::{ActivitySink, FileSink};

use world::{Scale, World};

/// Make up a year and a half of a government on Kampus
#[derive(Debug, Parser)]
struct Args {
    /// How many people work for the government
    #[arg(long, default_value_t = 6_000)]
    people: usize,

    /// How many months from March 2018
    #[arg(long, default_value_t = 19)]
    months: i32,

    /// The same seed gives the same store and the same acts
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// A new folder: kampus.db and activity/ are put there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    fs::create_dir_all(&args.out)?;
    let store = args.out.join("kampus.db");
    if store.exists() {
        return Err(format!("`{}` is there already", store.display()).into());
    }
    let scale = Scale { people: args.people, months: args.months, seed: args.seed };
    let kampus = Kampus::open(&store)?;
    let world = World::found(&kampus, scale)?;
    let folder = args.out.join("activity");
    fs::create_dir_all(&folder)?;
    let sink = FileSink::new(&folder);
    let mut acts = 0_u64;
    for day in world.days() {
        for act in activity::of_day(&world, day)? {
            sink.record(&act)?;
            acts += 1;
        }
    }
    sink.flush()?;
    print(&format!(
        "{} people, {} news, {} workspaces, {acts} acts\nstore     {}\nactivity  {}\n",
        world.people.len(),
        world.news.len(),
        world.workspaces.len(),
        store.display(),
        folder.display()
    ))?;
    Ok(())
}

fn print(text: &str) -> std::io::Result<()> {
    std::io::Write::write_all(&mut std::io::stdout().lock(), text.as_bytes())
}
