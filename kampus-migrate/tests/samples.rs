//! The main command of the README, on the samples that the repository ships.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use assert_cmd::cargo::cargo_bin;
use kampus_core::content::{Item, ItemKind, Status};
use kampus_core::{Kampus, Language, Snapshot};
use tempfile::TempDir;

use crate::support::samples;

fn command(folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(cargo_bin!("kampus-migrate"))
        .current_dir(folder)
        .args(arguments)
        .arg(samples().join("ministries.toml"))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).replace(&samples().display().to_string(), "samples")
}

/// The samples, moved once for all tests.
struct Moved {
    folder: TempDir,
    said: String,
}

static MOVED: LazyLock<Moved> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let output = command(folder.path(), &["run"]);
    assert_eq!(output.status.code(), Some(3), "some of the samples are broken on purpose");
    Moved { said: stdout(&output), folder }
});

fn snapshot() -> Snapshot {
    Kampus::open(MOVED.folder.path().join("kampus.db")).unwrap().snapshot()
}

/// The item that an old address led to first.
fn at<'a>(snapshot: &'a Snapshot, address: &str) -> &'a Item {
    let mut items = snapshot.untrimmed().items();
    items.find(|item| item.sources.first().is_some_and(|known| known == address)).unwrap()
}

fn body(snapshot: &Snapshot, item: &Item) -> String {
    let (_, blob) = item.body.best(&[]).unwrap();
    String::from_utf8(snapshot.untrimmed().blob(blob.hash).unwrap().unwrap()).unwrap()
}

#[test]
fn the_main_command_says_what_became_of_everything() {
    insta::assert_snapshot!(MOVED.said);
    let report = std::fs::read_to_string(MOVED.folder.path().join("kampus-report/migration.html")).unwrap();
    assert!(report.contains("SALASSA PIDETTÄVÄ"), "the page tells each rejection");
}

#[test]
fn a_second_run_loads_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(MOVED.folder.path().join("kampus.db"), folder.path().join("kampus.db")).unwrap();
    let again = stdout(&command(folder.path(), &["run"]));
    assert!(again.starts_with("Nothing new: everything was loaded before."), "{again}");
    assert!(again.contains(": 0 loaded, 0 updated,"), "{again}");
    let store = |folder: &Path| crate::support::state(&folder.join("kampus.db"));
    let (before, after) = (store(MOVED.folder.path()), store(folder.path()));
    assert!(before == after, "the second run changed something");
}

#[test]
fn the_move_is_proven() {
    let output = command(MOVED.folder.path(), &["verify"]);
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!(stdout(&output));
}

#[test]
fn words_that_the_plan_explains_decide_kind_and_state() {
    let snapshot = snapshot();
    let mmm = |id: u32| at(&snapshot, &format!("https://intra.mmm.example/sivu.aspx?id={id}"));
    assert_eq!((mmm(1008).status, mmm(1036).status), (Status::Draft, Status::Archived));
    assert_eq!((mmm(1009).kind, mmm(1003).kind), (ItemKind::News, ItemKind::Page));
}

#[test]
fn links_between_ministries_lead_to_the_new_items() {
    let snapshot = snapshot();
    let parking = at(&snapshot, "https://intra.lvm.example/sivut/liityntapysakointi");
    let travel = at(&snapshot, "https://intra.ym.example/ohjeet/matkat/");
    let expenses = at(&snapshot, "https://intra.lvm.example/sivut/matkalaskut");
    let leads = |from: &Item, to: &Item| body(&snapshot, from).contains(&format!("/items/{}\"", to.id.get()));
    assert!(leads(travel, parking), "{}", body(&snapshot, travel));
    assert!(leads(expenses, travel));
}

#[test]
fn nothing_that_was_for_few_is_published() {
    let snapshot = snapshot();
    let items: Vec<&Item> = snapshot.untrimmed().items().collect();
    // The private page and the one behind a password are drafts, for their authors and editors.
    let drafts = items.iter().filter(|item| item.status == Status::Draft).count();
    assert_eq!(drafts, 2 + 1 + 1 + 1 + 3 + 3, "YM: 2 pages, 1 news, 1 private, 1 locked; LVM: 3; MMM: 3");
    for item in items {
        assert!(!body_or_nothing(&snapshot, item).contains("norppa2018"), "a password is no content");
    }
}

fn body_or_nothing(snapshot: &Snapshot, item: &Item) -> String {
    item.body.best(&[]).map_or_else(String::new, |_| body(snapshot, item))
}

#[test]
fn every_source_language_arrives() {
    let snapshot = snapshot();
    let mut languages: BTreeMap<Language, usize> = BTreeMap::new();
    for item in snapshot.untrimmed().items() {
        for (language, _) in item.title.iter() {
            *languages.entry(language).or_default() += 1;
        }
    }
    assert_eq!(
        languages[&Language::Sv],
        5 + 8 + 5,
        "five pages of LVM and eight of MMM say that they are Swedish, and five of YM are"
    );
    assert_eq!(languages[&Language::En], 3 + 2 + 3);
}

#[test]
fn a_survey_lists_every_page_with_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(folder.path(), &["survey"]);
    assert_eq!(output.status.code(), Some(3));
    insta::assert_snapshot!(stdout(&output));
    assert!(folder.path().join("inventory.xlsx").is_file());
}
