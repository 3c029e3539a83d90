//! The same decisions for a million people and ten million items.
//!
//! `KAMPUS_LARGE_ITEMS` makes it smaller where memory is short.
#![expect(clippy::print_stderr, reason = "a bench tells how big the things are that it measures")]

mod common;

use std::error::Error;
use std::time::Instant;

use common::{REQUESTS, check, checks, each_undone, editor, group, people_and_sections, resident, viewers};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};
use kampus_benches::load::{NOW, load_into, operator};
use kampus_benches::walk::Walk;
use kampus_benches::world::{Size, World};
use kampus_benches::{engine, requests};
use kampus_core::{Command, GrantId, Kampus, PersonId, SectionId, Snapshot, Transaction};

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let items = std::env::var("KAMPUS_LARGE_ITEMS").ok().map(|items| items.parse()).transpose()?;
    let world = World::new(Size::LARGE.with_items(items.unwrap_or(Size::LARGE.items)));
    eprintln!("made up {} people and {} grants", world.size.people, world.grants.len());

    let start = Instant::now();
    // The journal is on disk, where that of so many items belongs.
    let folder = tempfile::tempdir()?;
    let kampus = Kampus::open(folder.path().join("kampus.db"))?;
    load_into(&kampus, &world)?;
    eprintln!("loaded {} items in {:.0?}", world.size.items, start.elapsed());
    eprintln!("memory of this process: {}", resident());
    eprintln!("compiled access index: {} bytes", engine::access_bytes(&kampus.snapshot()));

    let requests = requests::random(&world, REQUESTS, 1);
    let (at_hand, _) = viewers(&world, &kampus);
    let asked = requests.iter().map(|asked| asked.person);
    let walk = Walk::new(&world, asked.chain(at_hand.iter().map(kampus_core::Viewer::person)));
    let allowed = requests.iter().filter(|asked| walk.may_view(asked.person, asked.item)).count();
    eprintln!("{REQUESTS} requests, {allowed} allowed");

    let mut check = group(&mut criterion, "access_large/check");
    checks(&mut check, &world, &kampus, &walk, &requests);
    check.finish();
    let mut change = group(&mut criterion, "access_large/change");
    changes(&mut change, &world, &kampus)?;
    change.finish();

    eprintln!("memory of this process: {}", resident());
    eprintln!("compiled access index: {} bytes", engine::access_bytes(&kampus.snapshot()));
    criterion.final_summary();
    Ok(())
}

/// A grant to a person on a section, and its end, in transactions that are given up: the disk is not measured.
fn changes(
    group: &mut BenchmarkGroup<'_, WallTime>,
    world: &World,
    kampus: &Kampus,
) -> Result<(), Box<dyn Error>> {
    let asked = people_and_sections(world);
    let begin = || kampus.transaction(operator(), NOW);
    let mut result = Ok(());
    group.bench_function("grant", |bencher| {
        result = each_undone(bencher, &asked, |_| Ok(begin()), give, |_, _| Ok(()));
    });
    result?;
    let mut result = Ok(());
    group.bench_function("revoke", |bencher| {
        result = each_undone(bencher, &asked, |asked| give(asked, begin()), take, |_, _| Ok(()));
    });
    result
}

/// A grant in a transaction, with what the transaction shows then. Because a snapshot shares it, the next change must
/// copy what it alters, as it is between any two transactions.
struct Given<'a> {
    transaction: Transaction<'a>,
    grant: GrantId,
    _before: Snapshot,
}

fn give(
    (person, section): (PersonId, SectionId),
    mut transaction: Transaction<'_>,
) -> Result<Given<'_>, Box<dyn Error>> {
    let grant = transaction.execute(editor(person, section))?.grant().ok_or("a grant makes a grant")?;
    let snapshot = transaction.snapshot();
    check(&snapshot, person, section);
    Ok(Given { transaction, grant, _before: snapshot })
}

fn take((person, section): (PersonId, SectionId), mut given: Given<'_>) -> Result<Given<'_>, Box<dyn Error>> {
    given.transaction.execute(Command::Revoke(given.grant))?;
    check(&given.transaction.snapshot(), person, section);
    Ok(given)
}
