//! Moving legacy exports: reading, cleaning, and whole runs, against what bounds them and what others use.
//!
//! `KAMPUS_MIGRATE_PAGES` says how many pages the made-up export has.
#![expect(clippy::print_stderr, reason = "a bench tells how big the things are that it measures")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io::BufReader;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{DataType as _, Reader as _};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};
use kampus_benches::exports::table::{self, Form};
use kampus_benches::exports::{Addresses, Ministry, Site, Written, wxr};
use kampus_benches::migrate::{ammonia_alone, bodies, open, threads};
use kampus_benches::python::Peer;
use kampus_migrate::clean::clean;
use kampus_migrate::engine::{RunOptions, run};
use kampus_migrate::format::{Event, Format, ReadFault};
use kampus_migrate::plan::Plan;
use kampus_migrate::record::Markup;

/// How many pages the export has when nobody says otherwise: about 110 MB.
const PAGES: u32 = 20_000;

/// A workbook of more pages than these would unpack to more than is read.
const LISTED: u32 = 8_000;

/// How many bodies are cleaned.
const CLEANED: usize = 2_000;

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let mut criterion = Criterion::default().configure_from_args();
    let pages = std::env::var("KAMPUS_MIGRATE_PAGES").ok().map(|pages| pages.parse()).transpose()?;
    let pages = pages.unwrap_or(PAGES);
    let folder = tempfile::tempdir()?;
    let site = Site::new(Ministry::of("YM").ok_or("there is no such ministry")?, pages, 1);
    let export = wxr::write(&site, &[], folder.path())?;
    tell(&export);
    let listed = Site { addresses: Addresses::Path, pages: pages.min(LISTED), ..site };
    let list = table::write(&listed, &[], Form::Xlsx, folder.path())?;
    tell(&list);

    read_wxr(&mut criterion, &export)?;
    read_xlsx(&mut criterion, &list)?;
    cleaning(&mut criterion, &export, folder.path())?;
    whole_run(&mut criterion, &export)?;
    criterion.final_summary();
    Ok(())
}

fn tell(written: &Written) {
    let name = written.path.file_name().unwrap_or_default().display();
    eprintln!(
        "{name}: {} records, {} of them pages, {} bytes",
        written.records(),
        written.pages,
        written.bytes
    );
}

/// A group whose functions take long: ten samples, each of one pass where that is enough.
fn group<'a>(criterion: &'a mut Criterion, name: &str, work: Throughput) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).sampling_mode(SamplingMode::Flat).throughput(work);
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    group
}

/// Measures something that may fail.
fn measure(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    mut pass: impl FnMut() -> Result<Duration, Box<dyn Error>>,
) -> Outcome {
    let mut failed = Ok(());
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|passes| {
            let mut elapsed = Duration::ZERO;
            for _ in 0..passes {
                match pass() {
                    Ok(took) if failed.is_ok() => elapsed += took,
                    Ok(_) => {}
                    Err(error) => failed = Err(error),
                }
            }
            // Criterion divides by this; a failure is told after the run.
            elapsed.max(Duration::from_nanos(1))
        });
    });
    failed
}

/// Measures what others use from Python, where it is installed.
fn python(group: &mut BenchmarkGroup<'_, WallTime>, peer: Peer, file: &Path) -> Outcome {
    if !peer.is_installed() {
        eprintln!("skipped: Python has no {0} (pip install {0})", peer.name());
        return Ok(());
    }
    let mut failed = Ok(());
    group.bench_function(peer.name(), |bencher| {
        bencher.iter_custom(|passes| {
            peer.elapsed(file, passes).unwrap_or_else(|error| {
                failed = Err(error);
                Duration::from_nanos(1)
            })
        });
    });
    Ok(failed?)
}

/// The time that something takes.
fn timed<T>(act: impl FnOnce() -> Result<T, Box<dyn Error>>) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    black_box(act()?);
    Ok(start.elapsed())
}

/// Reads an export to its end; all its records must come.
fn read(export: &Written, format: Format) -> Result<u64, Box<dyn Error>> {
    let mut records = 0;
    for event in open(&export.path, format)? {
        match event {
            Ok(Event::Record(record)) => {
                black_box(record);
                records += 1;
            }
            Ok(Event::Notice { .. }) => {}
            Err(ReadFault::Record { .. }) => records += 1,
            Err(fault @ ReadFault::File { .. }) => return Err(fault.into()),
        }
    }
    same(records, export.records())
}

fn same(found: u64, expected: u64) -> Result<u64, Box<dyn Error>> {
    if found == expected { Ok(found) } else { Err(format!("{found} instead of {expected} records").into()) }
}

fn read_wxr(criterion: &mut Criterion, export: &Written) -> Outcome {
    let mut group = group(criterion, "migrate/read/wxr", Throughput::Bytes(export.bytes));
    measure(&mut group, "kampus", || timed(|| read(export, Format::Wxr)))?;
    measure(&mut group, "quick_xml", || timed(|| tokens(&export.path)))?;
    python(&mut group, Peer::Lxml, &export.path)?;
    group.finish();
    Ok(())
}

/// Every token of a document, looked at and forgotten.
fn tokens(path: &Path) -> Result<u64, Box<dyn Error>> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::with_capacity(1 << 16, File::open(path)?));
    let mut buffer = Vec::new();
    let mut tokens = 0;
    loop {
        buffer.clear();
        if matches!(black_box(reader.read_event_into(&mut buffer)?), quick_xml::events::Event::Eof) {
            return Ok(tokens);
        }
        tokens += 1;
    }
}

fn read_xlsx(criterion: &mut Criterion, list: &Written) -> Outcome {
    let mut group = group(criterion, "migrate/read/xlsx", Throughput::Elements(list.pages));
    measure(&mut group, "kampus", || timed(|| read(list, Format::Xlsx)))?;
    measure(&mut group, "calamine", || timed(|| cells(list)))?;
    python(&mut group, Peer::Openpyxl, &list.path)?;
    group.finish();
    Ok(())
}

/// Every cell of the sheet with the pages.
fn cells(list: &Written) -> Result<u64, Box<dyn Error>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&list.path)?;
    let sheet = book.sheet_names().last().cloned().ok_or("the workbook has no sheet")?;
    let range = book.worksheet_range(&sheet)?;
    let mut cells = 0_u64;
    for cell in range.rows().flatten() {
        cells += u64::from(!black_box(cell).is_empty());
    }
    if cells > list.pages { Ok(cells) } else { Err("cells are missing".into()) }
}

fn cleaning(criterion: &mut Criterion, export: &Written, folder: &Path) -> Outcome {
    let bodies: Vec<String> = bodies(&export.path, Format::Wxr)?.take(CLEANED).collect();
    let bytes = bodies.iter().map(|body| body.len() as u64).sum();
    let mut group = group(criterion, "migrate/clean", Throughput::Bytes(bytes));
    let each = |act: &dyn Fn(&String) -> String| {
        timed(|| {
            for body in &bodies {
                black_box(act(body));
            }
            Ok(())
        })
    };
    measure(&mut group, "kampus", || each(&|body| clean(Markup::WordPress, body).html))?;
    measure(&mut group, "ammonia", || each(&|body| ammonia::clean(body)))?;
    let lines = bodies.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    let path = folder.join("bodies.jsonl");
    std::fs::write(&path, lines.join("\n"))?;
    python(&mut group, Peer::Nh3, &path)?;
    group.finish();
    Ok(())
}

/// A whole run into a new store file, and ammonia alone for the same bodies on all cores.
fn whole_run(criterion: &mut Criterion, export: &Written) -> Outcome {
    let plan = Plan::bare(&export.path, "YM").check(&BTreeSet::from(["YM".to_owned()]))?;
    let options = RunOptions {
        dry_run: false,
        decisions: None,
        prefer: kampus_migrate::outcome::Side::Target,
        now: "2018-03-01T06:00:00Z".parse()?,
    };
    let bodies: Vec<String> = bodies(&export.path, Format::Wxr)?.collect();
    same(bodies.len() as u64, export.pages)?;
    eprintln!("ammonia alone works on {} threads", threads());
    let mut group = group(criterion, "migrate/run", Throughput::Elements(export.pages));
    measure(&mut group, "kampus", || {
        let folder = tempfile::tempdir()?;
        let took = timed(|| {
            let outcome = run(&plan, &folder.path().join("kampus.db"), &options, &mut |_| {})?;
            same(outcome.total.counts.read, export.records())
        })?;
        folder.close()?;
        Ok(took)
    })?;
    measure(&mut group, "ammonia_all_cores", || Ok(ammonia_alone(&bodies)))?;
    group.finish();
    Ok(())
}
