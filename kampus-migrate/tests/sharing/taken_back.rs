//! Who may what is taken back with the run that changed it.

use kampus_core::access::{Principal, Role, Scope};
use kampus_core::{Command, Period};
use kampus_migrate::engine;
use kampus_migrate::outcome::{Because, RollbackOutcome};

use super::desk::Desk;

fn back(desk: &Desk, run: u64) -> RollbackOutcome {
    engine::rollback(&desk.store(), run, desk.now(), &mut |_| {}).unwrap()
}

/// Two pages that are closed and opened, and a group whose members change.
fn changed() -> Desk {
    let desk = Desk::new();
    desk.pages(&[
        ["Ensin auki", "", "", "", ""],
        ["Ensin kiinni", "", "maija@ym.example", "", ""],
        ["Ryhmälle", "", "Vesiryhmä", "", ""],
    ]);
    desk.run();
    desk.groups("Vesiryhmä;maija@ym.example\nVesiryhmä;matti@ym.example\n");
    desk.pages(&[
        ["Ensin auki", "", "matti@ym.example", "", ""],
        ["Ensin kiinni", "", "", "", ""],
        ["Ryhmälle", "", "Vesiryhmä", "", ""],
        ["Uusi", "", "maija@ym.example", "", ""],
    ]);
    desk.run();
    assert_eq!(readers(&desk), ["matti", "maija matti lauri", "maija matti"]);
    desk
}

fn readers(desk: &Desk) -> [String; 3] {
    ["Ensin auki", "Ensin kiinni", "Ryhmälle"].map(|title| desk.readers(title))
}

#[test]
fn who_could_read_before_reads_again_and_nobody_else() {
    let desk = changed();
    for run in [2, 3] {
        assert!(back(&desk, run).kept.is_empty());
        assert_eq!(readers(&desk), ["maija matti lauri", "maija", "maija lauri"]);
        desk.run();
        assert_eq!(readers(&desk), ["matti", "maija matti lauri", "maija matti"]);
        assert!(desk.verify().proven());
    }
    back(&desk, 4);
    assert!(back(&desk, 1).kept.is_empty());
    assert_eq!(desk.snapshot().untrimmed().items().count(), 0);
    assert_eq!(desk.kampus().profiles().unwrap().len(), 0, "nobody is named by a group that is empty now");
}

#[test]
fn what_people_decided_about_readers_stands() {
    let desk = changed();
    let (principal, role) = (Principal::Person(desk.person("lauri@lvm.example")), Role::Reader);
    let (item, scope) = (desk.item("Uusi").id, Scope::Item(desk.item("Uusi").id));
    desk.act(Command::Grant { principal, role, scope, period: Period::ALWAYS });
    let scope = Scope::Item(desk.item("Ensin auki").id);
    desk.act(Command::Grant { principal, role, scope, period: Period::ALWAYS });
    let outcome = back(&desk, 2);
    let kept: Vec<_> = outcome.kept.iter().map(|kept| (kept.thing.clone(), kept.because)).collect();
    assert!(kept.contains(&(item.to_string(), Because::Shared)), "{kept:?}");
    assert!(kept.contains(&(desk.item("Ensin auki").id.to_string(), Because::Shared)), "{kept:?}");
    assert_eq!(readers(&desk), ["matti lauri", "maija", "maija lauri"]);
    assert_eq!(desk.readers("Uusi"), "maija lauri");
}
