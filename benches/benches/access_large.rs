//! The same decisions for a million people and ten million items.
//!
//! `KAMPUS_LARGE_ITEMS` makes it smaller where memory is short.
#![expect(clippy::print_stderr, reason = "a bench tells how big the things are that it measures")]

mod common;

use std::error::Error;
use std::time::Instant;

use common::{REQUESTS, changes, checks, group, resident, viewers};
use criterion::Criterion;
use kampus_benches::load::load_into;
use kampus_benches::walk::Walk;
use kampus_benches::world::{Size, World};
use kampus_benches::{engine, requests};
use kampus_core::Kampus;

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let items = std::env::var("KAMPUS_LARGE_ITEMS").ok().map(|items| items.parse()).transpose()?;
    let world = World::new(Size::LARGE.with_items(items.unwrap_or(Size::LARGE.items)));
    eprintln!("made up {} people and {} grants", world.size.people, world.grants.len());

    let start = Instant::now();
    let kampus = Kampus::in_memory();
    load_into(&kampus, &world)?;
    eprintln!("loaded {} items in {:.0?}", world.size.items, start.elapsed());
    eprintln!("{:?} MiB in this process", resident());
    eprintln!("{:?} bytes of compiled access index", engine::access_bytes(&kampus.snapshot()));

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

    eprintln!("{:?} MiB in this process", resident());
    eprintln!("{:?} bytes of compiled access index", engine::access_bytes(&kampus.snapshot()));
    criterion.final_summary();
    Ok(())
}
