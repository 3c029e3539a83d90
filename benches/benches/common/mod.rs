//! What the bench targets share.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{Bencher, BenchmarkGroup, Criterion};
use kampus_benches::load::{NOW, grant};
use kampus_benches::requests::Request;
use kampus_benches::walk::Walk;
use kampus_benches::{array, engine, requests};
use kampus_core::access::{Action, Principal, Role, Scope};
use kampus_core::{Command, ItemId, Kampus, PersonId, SectionId, Snapshot, Viewer};

use kampus_benches::world::World;

/// How many requests are drawn: too many for a processor to learn their answers by heart.
pub(crate) const REQUESTS: usize = 1 << 16;

/// How many viewers are at hand at once.
pub(crate) const VIEWERS: usize = 8;

/// Measures one request after the other, going round, on from where the last sample ended.
pub(crate) fn each<R: Copy, O>(
    bencher: &mut Bencher<'_, WallTime>,
    requests: &[R],
    mut ask: impl FnMut(R) -> O,
) {
    let mut source = requests.iter().cycle();
    bencher.iter_custom(|iterations| {
        let start = Instant::now();
        for request in source.by_ref().take(as_usize(iterations)) {
            black_box(ask(*request));
        }
        start.elapsed()
    });
}

/// The same for what must be undone each time: only `act` is measured.
pub(crate) fn each_undone<R: Copy, T, O, E>(
    bencher: &mut Bencher<'_, WallTime>,
    requests: &[R],
    mut prepare: impl FnMut(R) -> Result<T, E>,
    mut act: impl FnMut(R, T) -> Result<O, E>,
    mut undo: impl FnMut(R, O) -> Result<(), E>,
) -> Result<(), E> {
    let mut source = requests.iter().cycle();
    let mut failed = Ok(());
    bencher.iter_custom(|iterations| {
        let mut elapsed = Duration::ZERO;
        for request in source.by_ref().take(as_usize(iterations)) {
            let mut step = || {
                let prepared = prepare(*request)?;
                let start = Instant::now();
                let done = black_box(act(*request, prepared));
                elapsed += start.elapsed();
                undo(*request, done?)
            };
            if failed.is_ok() {
                failed = step();
            }
        }
        // Criterion divides by this; a failure is told after the run.
        elapsed.max(Duration::from_nanos(1))
    });
    failed
}

fn as_usize(iterations: u64) -> usize {
    usize::try_from(iterations).unwrap_or(usize::MAX)
}

/// A group whose functions are quick.
pub(crate) fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    group
}

/// A few people at their desks, and what they look at: the number of a viewer and an item, viewer by viewer.
pub(crate) fn viewers(world: &World, kampus: &Kampus) -> (Vec<Viewer>, Vec<(usize, ItemId)>) {
    let snapshot = kampus.snapshot();
    let people = requests::people(world, VIEWERS, 2);
    let items = requests::items(world, REQUESTS, 3);
    let asked = items.into_iter().enumerate().map(|(at, item)| (at * VIEWERS / REQUESTS, item)).collect();
    (people.into_iter().map(|person| snapshot.viewer(person, NOW)).collect(), asked)
}

/// Checks of a viewer at hand, of anybody, and what bounds them.
pub(crate) fn checks(
    group: &mut BenchmarkGroup<'_, WallTime>,
    world: &World,
    kampus: &Kampus,
    walk: &Walk,
    requests: &[Request],
) {
    let snapshot = kampus.snapshot();
    let (viewers, at_hand) = viewers(world, kampus);
    group.bench_function("viewer", |bencher| {
        each(bencher, &at_hand, |(viewer, item)| {
            viewers.get(viewer).is_some_and(|viewer| viewer.may(Action::View, Scope::Item(item)))
        });
    });
    group.bench_function("one_off", |bencher| {
        each(bencher, requests, |Request { person, item }| {
            engine::one_off(&snapshot, person, Action::View, Scope::Item(item), NOW)
        });
    });
    group.bench_function("walk", |bencher| {
        each(bencher, requests, |Request { person, item }| walk.may_view(person, item));
    });
    let slots = array::Slots::new(world, walk);
    let answers: Vec<_> = viewers.iter().map(|viewer| slots.answers(walk, viewer.person())).collect();
    group.bench_function("array", |bencher| {
        each(bencher, &at_hand, |(viewer, item)| {
            answers.get(viewer).is_some_and(|answers| slots.may_view(answers, item))
        });
    });
}

/// The right to write in a section, for one person.
pub(crate) fn editor(person: PersonId, section: SectionId) -> Command {
    grant(Principal::Person(person), Role::Editor, Scope::Section(section))
}

/// The first check after a change: work put off until then is part of the change.
pub(crate) fn check(snapshot: &Snapshot, person: PersonId, section: SectionId) {
    black_box(engine::one_off(snapshot, person, Action::Create, Scope::Section(section), NOW));
}

/// Who is granted something, and where.
pub(crate) fn people_and_sections(world: &World) -> Vec<(PersonId, SectionId)> {
    let people = requests::people(world, 4_096, 4);
    let sections = requests::items(world, people.len(), 5);
    let section = |item: ItemId| SectionId::new(item.get() % world.size.sections + 1);
    people.into_iter().zip(sections).filter_map(|(person, item)| Some((person, section(item)?))).collect()
}

/// The memory of this process, where the system tells.
pub(crate) fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.map_or_else(|| "unknown".to_owned(), |kib| format!("{} MiB", kib / 1024))
}
