//! The generator of exports: it makes the same each time, and what it makes can be moved.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kampus_core::content::Container;
use kampus_core::{Kampus, presets};
use kampus_migrate::clean;
use kampus_migrate::engine::{self, RunOptions};
use kampus_migrate::outcome::{Counts, RunOutcome};
use kampus_migrate::plan::{CheckedPlan, Plan};

use crate::exports::table::{self, Form};
use crate::exports::twelve::{self, Twelve, Wave};
use crate::exports::{Addresses, Delta, Fate, Kind, Ministry, Page, Site, State, Written, wxr};
use crate::support::files_in;

fn ym(pages: u32) -> Site {
    Site::new(Ministry::of("YM").unwrap(), pages, 7)
}

fn checked(plan: &Plan) -> CheckedPlan {
    plan.check(&presets::finland().into_iter().map(|node| node.code).collect::<BTreeSet<_>>()).unwrap()
}

/// The plan of a single export, with its attachments.
fn plan_of(written: &Written) -> CheckedPlan {
    let folder = written.path.parent().unwrap();
    std::fs::create_dir_all(folder.join("uploads")).unwrap();
    let file = written.path.file_name().unwrap().display();
    let text =
        format!("[[source]]\nid = \"ym\"\npath = \"{file}\"\norganisation = \"YM\"\nfiles = \"uploads\"\n");
    checked(&Plan::parse(&text, &folder.join("plan.toml")).unwrap())
}

fn run(plan: &CheckedPlan, store: &Path) -> RunOutcome {
    let options = RunOptions {
        dry_run: false,
        decisions: None,
        prefer: kampus_migrate::outcome::Side::Target,
        now: "2018-10-01T06:00:00Z".parse().unwrap(),
    };
    let outcome = engine::run(plan, store, &options, &mut |_| {}).unwrap();
    assert!(outcome.total.adds_up());
    assert!(outcome.sources.iter().all(|source| source.stopped.is_none()), "{:?}", outcome.sources);
    outcome
}

/// Everything is read, and nothing is rejected but what was meant to be.
fn assert_as_meant(outcome: &RunOutcome, source: &str, written: &Written) {
    let counts = outcome.sources.iter().find(|known| known.source == source).unwrap().tally.counts;
    assert_eq!(counts.read, written.records(), "{source}");
    let reasons: Vec<_> = outcome.rejections.iter().filter(|rejection| rejection.source == source).collect();
    assert_eq!(counts.rejected, written.refused, "{source}: {reasons:#?}");
    for rejection in reasons {
        let meant =
            ["bears the protection mark", "the page that it comments on", "not in the folder of files"];
        assert!(meant.iter().any(|part| rejection.reason.contains(part)), "{rejection:?}");
    }
}

fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
    files_in(folder).into_iter().map(|path| (name(&path), std::fs::read(&path).unwrap())).collect()
}

fn made(twelve: Twelve) -> (tempfile::TempDir, Vec<Wave>) {
    let folder = tempfile::tempdir().unwrap();
    let waves = twelve::write(&twelve, folder.path()).unwrap();
    (folder, waves)
}

/// Moves wave after wave into a store.
fn move_all(waves: &[Wave], store: &Path) -> Vec<RunOutcome> {
    let mut outcomes = Vec::new();
    for wave in waves {
        let outcome = run(&checked(&Plan::read(&wave.plan).unwrap()), store);
        for (site, written) in &wave.sites {
            assert_as_meant(&outcome, &site.ministry.id(), written);
        }
        outcomes.push(outcome);
    }
    outcomes
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    let small = Twelve { pages: 14, ..Twelve::default() };
    let bytes = |twelve| bytes_of(made(twelve).0.path());
    let (one, other) = (bytes(small), bytes(small));
    assert!(one.len() > 4 + 12 * 2, "plans, people and exports");
    for (name, bytes) in &one {
        assert!(other[name] == *bytes, "{name} differs");
    }
    assert_eq!(one.len(), other.len());
    let elsewhere = bytes(Twelve { seed: 2, ..small });
    assert!(one.iter().filter(|(name, _)| !is_plan(name)).all(|(name, bytes)| {
        // Attachments stand elsewhere then.
        elsewhere.get(name) != Some(bytes) || name.contains("uploads")
    }));
}

#[test]
fn an_export_holds_what_intranets_hold() {
    let folder = tempfile::tempdir().unwrap();
    let written = wxr::write(&ym(2_000), &[], folder.path()).unwrap();
    assert_eq!((written.pages, written.chrome), (2_000, 12));
    let mean = written.body_bytes / written.pages;
    assert!((3_400..4_000).contains(&mean), "bodies of {mean} bytes");
    assert!((500..800).contains(&written.comments), "{} comments", written.comments);
    let text = std::fs::read_to_string(&written.path).unwrap();
    for part in
        ["<!-- wp:heading", "[caption id=", "<o:p>", "<iframe", "<script", "]]]]><![CDATA[>", "?page_id="]
    {
        assert!(text.contains(part), "no {part}");
    }
}

#[test]
fn every_form_of_a_site_is_moved_but_for_what_is_marked_or_lost() {
    type Make<'a> = &'a dyn Fn(&Path) -> std::io::Result<Written>;
    let site = Site { files: true, ..ym(400) };
    let listed = |addresses| Site { addresses, files: false, ..site };
    let forms: [Make<'_>; 3] = [
        &|folder| wxr::write(&site, &[], folder),
        &|folder| table::write(&listed(Addresses::Path), &[], Form::Xlsx, folder),
        &|folder| table::write(&listed(Addresses::Query), &[], Form::Csv, folder),
    ];
    for make in forms {
        let folder = tempfile::tempdir().unwrap();
        let written = make(folder.path()).unwrap();
        assert!(written.refused > 0, "some pages are marked");
        let plan = plan_of(&written);
        assert_as_meant(&run(&plan, &folder.path().join("kampus.db")), "ym", &written);
        let survey = engine::survey(&plan, &mut |_| {}).unwrap();
        assert_eq!(survey.pages.len() as u64, written.pages);
    }
}

#[test]
fn half_a_year_later_only_what_was_said_is_different() {
    let site = Site { files: true, ..ym(300) };
    let later = site.later(Delta { changed: 150, added: 100, gone: 50 });
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = first.path().join("kampus.db");
    run(&plan_of(&wxr::write(&site, &[], first.path()).unwrap()), &store);
    let written = wxr::write(&later, &[], second.path()).unwrap();
    let outcome = run(&plan_of(&written), &store);
    assert_as_meant(&outcome, "ym", &written);
    let moves = |page: &Page| page.mark.is_none() && page.state != State::Trash;
    for (kind, name) in [(Kind::Page, "page"), (Kind::News, "news")] {
        let counts: Counts = outcome.total.by_kind[name];
        let those = |fate| {
            later.pages().filter(|page| page.kind == kind && page.fate == fate && moves(page)).count() as u64
        };
        assert!(those(Fate::New) > 0 && those(Fate::Changed) > 0);
        assert_eq!(counts.loaded, those(Fate::New), "{name}");
        assert_eq!(counts.updated, those(Fate::Changed), "{name}");
        assert_eq!(counts.unchanged, those(Fate::Same), "{name}");
    }
    let gone = later.numbers().filter(|number| later.fate(*number) == Fate::Gone).count();
    assert!(gone > 5, "{gone} of 300 are gone");
    assert_eq!(written.pages, 300 + 30 - u64::try_from(gone).unwrap());
}

#[test]
fn twelve_ministries_move_in_four_waves_and_find_each_other() {
    let (folder, waves) = made(Twelve::default());
    let store = folder.path().join("kampus.db");
    let codes: BTreeSet<_> =
        waves.iter().flat_map(|wave| &wave.sites).map(|(site, _)| site.ministry.code).collect();
    assert_eq!(codes.len(), 12);
    move_all(&waves, &store);
    let snapshot = Kampus::open(&store).unwrap().snapshot();
    let items = || snapshot.untrimmed().items();
    let home: BTreeMap<u32, Container> = items().map(|item| (item.id.get(), item.container)).collect();
    let old: BTreeSet<&str> = items().flat_map(|item| item.sources.iter()).collect();
    let mut abroad = 0;
    for item in items() {
        let Some((_, blob)) = item.body.best(&[]) else { continue };
        let body = String::from_utf8(snapshot.untrimmed().blob(blob.hash).unwrap().unwrap()).unwrap();
        for link in clean::links(&body) {
            let (link, _) = link.split_once('#').unwrap_or((&link, ""));
            assert!(!old.contains(link), "{} leads to {link}, which has moved", item.id);
            let leads = link.strip_prefix("/items/").and_then(|id| home.get(&id.parse().ok()?));
            abroad += usize::from(leads.is_some_and(|container| *container != item.container));
        }
    }
    assert!(abroad > 100, "{abroad} links lead to another ministry");

    let (_folder, later) = made(Twelve { later: Some(Delta::default()), ..Twelve::default() });
    for outcome in move_all(&later, &store) {
        let counts = outcome.total.counts;
        assert!(counts.updated > 0 && counts.loaded > 0 && counts.unchanged > 100, "{counts:?}");
    }
}

/// Plans are the same for every seed.
fn is_plan(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "toml")
}
