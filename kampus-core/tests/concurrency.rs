//! Readers and writers at once: no torn answer, and what is revoked is revoked in every snapshot taken after it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use kampus_core::access::{Action, Principal, Role, Scope};
use kampus_core::content::{Container, SectionVisibility};
use kampus_core::{Command, GrantId, Period, Revision};

use crate::world::World;

#[test]
fn a_revocation_is_effective_in_every_snapshot_taken_after_it() {
    let world = World::new();
    let (author, reader) = (world.person("VM"), world.person("STM"));
    // Two pages in two sections, both opened and closed to the reader in one transaction each time.
    let sections = [SectionVisibility::Restricted; 2].map(|visibility| world.section("VM", visibility));
    let pages = sections.map(|section| world.page(author, Container::Section(section)));
    let (written, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let (checks, allowed) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|threads| {
        for _ in 0..3 {
            threads.spawn(|| {
                while !over.load(Ordering::Acquire) {
                    // What was written before the snapshot was taken is in it.
                    let least = written.load(Ordering::Acquire);
                    let snapshot = world.kampus.snapshot();
                    assert!(snapshot.revision() >= Revision(least), "a snapshot of the past");
                    let viewer = snapshot.viewer(reader, world.now);
                    let seen = pages.map(|page| viewer.may(Action::View, Scope::Item(page)));
                    assert_eq!(seen[0], seen[1], "half a transaction");
                    let once = pages.map(|page| {
                        snapshot.untrimmed().may(reader, Action::View, Scope::Item(page), world.now)
                    });
                    assert_eq!(once, seen);
                    // Each round ends closed, so the revision alone tells what must be seen.
                    let grants =
                        snapshot.untrimmed().everyone(Action::View, Scope::Item(pages[0]), world.now);
                    assert_eq!(grants.contains(reader.get()), seen[0]);
                    checks.fetch_add(1, Ordering::Relaxed);
                    allowed.fetch_add(u64::from(seen[0]), Ordering::Relaxed);
                }
            });
        }
        threads.spawn(|| {
            let operator = kampus_core::Actor::Operator("test".into());
            for _ in 0..300 {
                let mut transaction = world.kampus.transaction(operator.clone(), world.now);
                let granted: Vec<GrantId> = sections
                    .iter()
                    .map(|section| {
                        let grant = Command::Grant {
                            principal: Principal::Person(reader),
                            role: Role::Reader,
                            scope: Scope::Section(*section),
                            period: Period::ALWAYS,
                        };
                        transaction.execute(grant).unwrap().grant().unwrap()
                    })
                    .collect();
                written.store(transaction.commit().unwrap().0, Ordering::Release);
                std::thread::yield_now();
                let mut transaction = world.kampus.transaction(operator.clone(), world.now);
                for grant in granted {
                    transaction.execute(Command::Revoke(grant)).unwrap();
                }
                written.store(transaction.commit().unwrap().0, Ordering::Release);
                let now = world.kampus.viewer(reader, world.now);
                assert!(pages.iter().all(|page| !now.may(Action::View, Scope::Item(*page))));
            }
            over.store(true, Ordering::Release);
        });
    });
    assert!(checks.load(Ordering::Relaxed) > 100, "the readers hardly came to a word");
}
