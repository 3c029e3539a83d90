//! Access decisions in a government's intranet, and what other engines need for the same answers.
#![expect(clippy::print_stderr, reason = "a bench tells how big the things are that it measures")]

mod common;

use std::error::Error;
use std::time::Instant;

use common::{
    REQUESTS, check, checks, each, each_undone, editor, group, people_and_sections, resident, viewers,
};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};
use kampus_benches::load::{NOW, load, operator};
use kampus_benches::walk::Walk;
use kampus_benches::world::{Size, World};
use kampus_benches::{engine, requests};
use kampus_core::access::{Action, Scope};
use kampus_core::{Command, Kampus};

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let world = World::new(Size::SMALL);
    let walk = Walk::new(&world, world.people());
    let start = Instant::now();
    let kampus = load(&world)?;
    eprintln!("kampus loaded in {:.1?}", start.elapsed());
    let snapshot = kampus.snapshot();
    let requests = requests::random(&world, REQUESTS, 1);
    let allowed = requests.iter().filter(|asked| walk.may_view(asked.person, asked.item)).count();
    eprintln!("{REQUESTS} requests, {allowed} allowed; memory of this process: {}", resident());
    #[cfg(feature = "peers")]
    let mut peers = peers::Peers::load(&world, &walk)?;

    let mut check = group(&mut criterion, "access/check");
    checks(&mut check, &world, &kampus, &walk, &requests);
    #[cfg(feature = "peers")]
    peers.check(&mut check, &walk, &requests);
    check.finish();

    let (viewers, _) = viewers(&world, &kampus);
    let every: Vec<usize> = (0..viewers.len()).collect();
    let mut list = group(&mut criterion, "access/list");
    list.bench_function("viewer", |bencher| {
        each(bencher, &every, |at| viewers.get(at).map(|viewer| engine::list(viewer, Action::View)));
    });
    list.bench_function("viewer_first_50", |bencher| {
        each(bencher, &every, |at| viewers.get(at).map(|viewer| engine::page(viewer, Action::View, 50)));
    });
    #[cfg(feature = "peers")]
    peers.list(&mut list, &viewers.iter().map(kampus_core::Viewer::person).collect::<Vec<_>>());
    list.finish();

    let items = requests::items(&world, 4_096, 6);
    let mut everyone = group(&mut criterion, "access/everyone");
    everyone.bench_function("index", |bencher| {
        each(bencher, &items, |item| engine::everyone(&snapshot, Action::View, Scope::Item(item), NOW));
    });
    #[cfg(feature = "peers")]
    peers.everyone(&mut everyone, &items);
    everyone.finish();

    // Somebody comes, and is asked about: a viewer that puts its work off does it then.
    let mut viewer = group(&mut criterion, "access/viewer");
    viewer.bench_function("new", |bencher| {
        each(bencher, &requests, |asked| {
            snapshot.viewer(asked.person, NOW).may(Action::View, Scope::Item(asked.item))
        });
    });
    #[cfg(feature = "peers")]
    peers.two_checks(&mut viewer, &requests);
    viewer.finish();

    let mut change = group(&mut criterion, "access/change");
    changes(&mut change, &world, &kampus)?;
    #[cfg(feature = "peers")]
    peers.change(&mut change, &world, &walk)?;
    change.finish();

    eprintln!("compiled access index: {} bytes", engine::access_bytes(&kampus.snapshot()));
    criterion.final_summary();
    Ok(())
}

/// A grant to a person on a section, and its end.
fn changes(
    group: &mut BenchmarkGroup<'_, WallTime>,
    world: &World,
    kampus: &Kampus,
) -> Result<(), Box<dyn Error>> {
    let asked = people_and_sections(world);
    let give = |(person, section)| {
        let given = kampus.execute(&operator(), NOW, editor(person, section))?.grant();
        check(&kampus.snapshot(), person, section);
        given.ok_or_else(|| Box::<dyn Error>::from("a grant makes a grant"))
    };
    let take = |(person, section), id| {
        kampus.execute(&operator(), NOW, Command::Revoke(id))?;
        check(&kampus.snapshot(), person, section);
        Ok(())
    };
    let mut result = Ok(());
    group.bench_function("grant", |bencher| {
        result = each_undone(bencher, &asked, |_| Ok(()), |asked, ()| give(asked), take);
    });
    result?;
    let mut result = Ok(());
    group.bench_function("revoke", |bencher| {
        result = each_undone(bencher, &asked, give, take, |_, ()| Ok(()));
    });
    result
}

#[cfg(feature = "peers")]
mod peers {
    use std::error::Error;
    use std::time::Instant;

    use criterion::BenchmarkGroup;
    use criterion::measurement::WallTime;
    use kampus_benches::casbin::Casbin;
    use kampus_benches::cedar::{Cedar, CedarError};
    use kampus_benches::requests::Request;
    use kampus_benches::walk::Walk;
    use kampus_benches::world::World;
    use kampus_core::access::{Principal, Role};
    use kampus_core::content::Container;
    use kampus_core::{ItemId, PersonId};

    use crate::common::{each, each_undone, people_and_sections, resident};

    type Group<'a> = BenchmarkGroup<'a, WallTime>;

    pub(crate) struct Peers {
        cedar: Cedar,
        casbin: Casbin,
    }

    impl Peers {
        pub(crate) fn load(world: &World, walk: &Walk) -> Result<Self, Box<dyn Error>> {
            let start = Instant::now();
            let cedar = Cedar::new(world, walk)?;
            eprintln!("cedar loaded in {:.1?}; memory of this process: {}", start.elapsed(), resident());
            let start = Instant::now();
            let casbin = Casbin::new(world, walk)?;
            eprintln!("casbin loaded {} rules in {:.1?}", casbin.rules(), start.elapsed());
            Ok(Self { cedar, casbin })
        }

        pub(crate) fn check(&self, group: &mut Group<'_>, walk: &Walk, requests: &[Request]) {
            group.bench_function("cedar", |bencher| {
                each(bencher, requests, |asked| self.cedar.may_view(asked.person, asked.item).ok());
            });
            group.sample_size(10).bench_function("casbin", |bencher| {
                each(bencher, requests, |asked| self.casbin.may_view(walk, asked.person, asked.item).ok());
            });
        }

        pub(crate) fn list(&self, group: &mut Group<'_>, people: &[PersonId]) {
            group.sample_size(10).bench_function("cedar", |bencher| {
                each(bencher, people, |person| self.cedar.list(person).ok());
            });
        }

        pub(crate) fn everyone(&self, group: &mut Group<'_>, items: &[ItemId]) {
            group.sample_size(10).bench_function("cedar", |bencher| {
                each(bencher, items, |item| self.cedar.everyone(item).ok());
            });
        }

        /// Cedar prepares nothing for anybody; for scale, what two of its checks take.
        pub(crate) fn two_checks(&self, group: &mut Group<'_>, requests: &[Request]) {
            let pairs: Vec<_> = requests.iter().copied().zip(requests.iter().copied().skip(1)).collect();
            group.bench_function("cedar", |bencher| {
                each(bencher, &pairs, |(one, other)| {
                    let one = self.cedar.may_view(one.person, one.item).ok();
                    (one, self.cedar.may_view(other.person, other.item).ok())
                });
            });
        }

        /// One section's `Acl` is put in place of the former one, and asked about. Sections further down would each
        /// need the same.
        pub(crate) fn change(
            &mut self,
            group: &mut Group<'_>,
            world: &World,
            walk: &Walk,
        ) -> Result<(), CedarError> {
            let mut readable: Vec<Option<ItemId>> = vec![None; world.size.sections as usize];
            for (item, facts) in world.items() {
                if let (Container::Section(id), false) = (facts.container, facts.special)
                    && let Some(place) = readable.get_mut(id.get() as usize - 1)
                {
                    *place = Some(item);
                }
            }
            let item_in = |id: kampus_core::SectionId| readable.get(id.get() as usize - 1).copied().flatten();
            let asked: Vec<_> = people_and_sections(world)
                .into_iter()
                .filter_map(|(person, section)| Some((person, section, item_in(section)?)))
                .collect();
            let cedar = std::cell::RefCell::new(&mut self.cedar);
            let mut result = Ok(());
            group.sample_size(10).bench_function("cedar_upsert", |bencher| {
                result = each_undone(
                    bencher,
                    &asked,
                    |(person, section, _)| {
                        let to = Principal::Person(person);
                        cedar.borrow().granted(walk, Container::Section(section), to, Role::Editor)
                    },
                    |(person, _, item), acl| {
                        cedar.borrow_mut().upsert(acl)?;
                        cedar.borrow().may_view(person, item)
                    },
                    |_, _| Ok(()),
                );
            });
            result
        }
    }
}
