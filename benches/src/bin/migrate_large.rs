//! Moves an intranet of 430,000 pages, as one health institute had, and holds that against the sanitiser alone.
//!
//! ```text
//! cargo build --release -p kampus-migrate
//! cargo run --release -p kampus-benches --bin migrate_large -- 430000
//! ```
//!
//! It makes the export up, lets the `kampus-migrate` beside it move it into a new store as people would, and measures
//! time and the most memory it took. Then it sanitises the same bodies on all cores, a round of them at a time, and counts
//! nothing but that: no reading, no parsing of XML, no store. All of it happens in a temporary folder, for which 430,000
//! pages need about 10 GB; `TMPDIR` says where.

use std::error::Error;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kampus_benches::exports::{Ministry, Site, Written, wxr};
use kampus_benches::migrate::{ammonia_alone, bodies, threads};
use kampus_migrate::format::Format;
use mimalloc::MiMalloc;
use wait4::Wait4 as _;

/// What is held against the command has its allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What the export has when nobody says otherwise.
const PAGES: u32 = 430_000;

/// How many bodies are held at once.
const ROUND: usize = 20_000;

/// What migrating is to reach of the sanitiser's speed.
const TARGET: f64 = 0.8;

fn main() -> Result<(), Box<dyn Error>> {
    let pages = std::env::args().nth(1).map_or(Ok(PAGES), |pages| pages.parse())?;
    let command = command()?;
    let folder = tempfile::tempdir()?;
    let mut out = std::io::stdout().lock();

    let start = Instant::now();
    let ministry = Ministry::of("YM").ok_or("there is no such ministry")?;
    let written = wxr::write(&Site::new(ministry, pages, 1), &[], folder.path())?;
    writeln!(
        out,
        "export       {} pages and {} other records in {} MB, bodies {} MB; made in {:.0?}",
        written.pages,
        written.records() - written.pages,
        written.bytes / 1_000_000,
        written.body_bytes / 1_000_000,
        start.elapsed()
    )?;

    let moved = run(&command, &written, folder.path())?;
    writeln!(out, "kampus said  {}", moved.said)?;
    writeln!(
        out,
        "kampus       {}; peak memory {} MiB; store {} MB",
        speed(&written, moved.took),
        moved.peak / 1024 / 1024,
        moved.store / 1_000_000
    )?;

    let (cleaned, took) = sanitised(&written.path)?;
    if cleaned != written.pages {
        return Err(format!("{} pages were made, and {cleaned} are in the export", written.pages).into());
    }
    writeln!(out, "ammonia      {} on {} threads", speed(&written, took), threads())?;
    let ratio = took.as_secs_f64() / moved.took.as_secs_f64();
    writeln!(out, "ratio        {ratio:.2} of ammonia's speed; the target is {TARGET}")?;
    Ok(())
}

fn speed(written: &Written, took: Duration) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
    let pages = written.pages as f64 / took.as_secs_f64();
    format!("{:.1} s, {pages:.0} pages/s", took.as_secs_f64())
}

/// The command that people run: beside this one.
fn command() -> Result<PathBuf, Box<dyn Error>> {
    let tool =
        std::env::current_exe()?.with_file_name(format!("kampus-migrate{}", std::env::consts::EXE_SUFFIX));
    if tool.is_file() {
        return Ok(tool);
    }
    let build = "cargo build --release -p kampus-migrate";
    Err(format!("there is no `{}`: build it with `{build}`", tool.display()).into())
}

/// How a run ended.
struct Moved {
    took: Duration,
    /// The most memory that it took, in bytes.
    peak: u64,
    /// Bytes of the store.
    store: u64,
    /// What it said that it did.
    said: String,
}

fn run(command: &Path, written: &Written, folder: &Path) -> Result<Moved, Box<dyn Error>> {
    let said = folder.join("said.txt");
    let start = Instant::now();
    let child = Command::new(command)
        .current_dir(folder)
        .arg("run")
        .arg(&written.path)
        .args(["--organisation", "YM"])
        .stdin(Stdio::null())
        .stdout(File::create(&said)?)
        .spawn();
    let ended = child?.wait4()?;
    let took = start.elapsed();
    // 3: some records were rejected, as those that bear a protection mark are.
    if !matches!(ended.status.code(), Some(0 | 3)) {
        return Err(format!("`{}` failed: {}", command.display(), ended.status).into());
    }
    let said = std::fs::read_to_string(said)?;
    let said = said.lines().find(|line| line.contains("records were read")).unwrap_or_default().to_owned();
    let store = std::fs::metadata(folder.join("kampus.db"))?.len();
    Ok(Moved { took, peak: ended.rusage.maxrss, store, said })
}

/// Sanitises the bodies of an export; how many there were and how long it took, reading left out.
fn sanitised(export: &Path) -> Result<(u64, Duration), Box<dyn Error>> {
    let mut bodies = bodies(export, Format::Wxr)?;
    let (mut count, mut took) = (0, Duration::ZERO);
    loop {
        let round: Vec<String> = bodies.by_ref().take(ROUND).collect();
        if round.is_empty() {
            return Ok((count, took));
        }
        count += round.len() as u64;
        took += ammonia_alone(&round);
    }
}
