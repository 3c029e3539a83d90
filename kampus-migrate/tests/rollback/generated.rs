//! A whole site half a year later is taken back, with its files, people and links.

use std::path::Path;

use kampus_migrate::engine;
use kampus_migrate::plan::CheckedPlan;

use crate::exports::table::{self, Form};
use crate::exports::{Addresses, Delta, Ministry, Site, wxr};
use crate::ledger::desk::Picture;
use crate::support::plan;

fn run(plan: &CheckedPlan, store: &Path, hour: i8) {
    let now = jiff::civil::date(2018, 9, 1).at(hour, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
    let options = engine::RunOptions {
        dry_run: false,
        decisions: None,
        prefer: kampus_migrate::outcome::Side::Target,
        now,
    };
    let outcome = engine::run(plan, store, &options, &mut |_| {}).unwrap();
    assert!(outcome.total.counts.loaded > 5 && outcome.total.adds_up());
}

fn same(store: &Path, picture: &Picture) {
    let now = Picture::of(store);
    assert!(now == *picture, "{}", now.differences(picture).join("\n"));
}

#[test]
fn half_a_year_is_taken_back_and_done_anew() {
    let wordpress = Site { files: true, ..Site::new(Ministry::of("YM").unwrap(), 150, 3) };
    let list = Site { addresses: Addresses::Path, ..Site::new(Ministry::of("LVM").unwrap(), 80, 3) };
    let delta = Delta { changed: 200, added: 150, gone: 50 };
    let folder = tempfile::tempdir().unwrap();
    let write = |wordpress: &Site, list: &Site| {
        let (ym, lvm) = (folder.path().join("ym"), folder.path().join("lvm"));
        let first = wxr::write(wordpress, &[*list], &ym).unwrap().path;
        let second = table::write(list, &[*wordpress], Form::Csv, &lvm).unwrap().path;
        table::write_people(&[*wordpress, *list], folder.path()).unwrap();
        std::fs::create_dir_all(ym.join("uploads")).unwrap();
        let text = format!(
            "[[people]]\nid = \"people\"\npath = \"people.xlsx\"\n\
             [[source]]\nid = \"ym\"\npath = \"{}\"\norganisation = \"YM\"\nfiles = \"ym/uploads\"\n\
             [[source]]\nid = \"lvm\"\npath = \"{}\"\norganisation = \"LVM\"\n",
            first.display(),
            second.display()
        );
        std::fs::write(folder.path().join("plan.toml"), text).unwrap();
        plan(&folder.path().join("plan.toml"))
    };
    let store = folder.path().join("kampus.db");
    run(&write(&wordpress, &list), &store, 1);
    let before = Picture::of(&store);
    let later = write(&wordpress.later(delta), &list.later(delta));
    run(&later, &store, 2);
    let after = Picture::of(&store);
    for number in [2, 3] {
        let now = jiff::Timestamp::UNIX_EPOCH;
        let outcome = engine::rollback(&store, number, now, &mut |_| {}).unwrap();
        assert!(outcome.removed.items > 20 && outcome.restored.items > 20, "{outcome:?}");
        assert!(outcome.kept.is_empty(), "{:?}", outcome.kept);
        same(&store, &before);
        run(&later, &store, 2);
        same(&store, &after);
    }
    assert!(engine::verify(&later, &store, &mut |_| {}).unwrap().proven());
}
