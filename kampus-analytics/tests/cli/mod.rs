//! The command: help, streams, exit statuses.

use std::fs;
use std::path::Path;
use std::process::{Command as Process, Output};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use crate::small_government::SMALL;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Process::new(cargo_bin!("kampus-analytics"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("COLUMNS")
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// Status and both streams, as a text to compare.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let shown = format!(
        "status {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap()
    );
    shown.replace(&folder.display().to_string(), "FOLDER")
}

/// A folder with a copy of the small government's store.
fn with_store() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::copy(SMALL.store(), folder.path().join("kampus.db")).unwrap();
    folder
}

#[test]
fn all_help_is_as_it_was_agreed() {
    let folder = TempDir::new().unwrap();
    let mut help = String::new();
    for command in ["", "ingest", "report", "metrics"] {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        help += &["$ kampus-analytics ", &arguments.join(" "), "\n", &said(folder.path(), &arguments), "\n"]
            .concat();
    }
    insta::assert_snapshot!(help);
}

#[test]
fn every_metric_is_defined_in_every_language() {
    let folder = TempDir::new().unwrap();
    insta::assert_snapshot!(said(folder.path(), &["metrics", "--lang", "fi"]));
    for language in ["sv", "en"] {
        let output = run(folder.path(), &["metrics", "--lang", language, "--json"]);
        let metrics: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        for metric in metrics.as_array().unwrap() {
            assert!(metric["definition"].as_str().unwrap().len() > 60, "{metric}");
        }
    }
}

#[test]
fn rows_that_cannot_be_read_are_set_aside_and_the_rest_goes_in_once() {
    let folder = with_store();
    fs::write(
        folder.path().join("acts.csv"),
        "occurred_at,actor,verb,object,object_kind,space\n\
         2018-03-12T08:00:00Z,person:1,view,item:1,news,section:1\n\
         2018-03-12 08:00,person:1,view,item:1,news,section:1\n\
         2018-03-12T08:00:00Z,person:2,lurk,item:1,news,section:1\n\
         2018-03-12T08:00:00Z,,view,item:1,news,section:1\n\
         2018-03-12T08:00:00Z,person:3,view\n\
         2018-03-12T08:00:00Z,person:999999,view,item:1,news,section:1\n",
    )
    .unwrap();
    let ingest = ["ingest", "acts.csv", "--store", "kampus.db", "--into", "activity"];
    insta::assert_snapshot!("ingest_with_bad_rows", said(folder.path(), &ingest));
    let aside = fs::read_dir(folder.path().join("activity/rejected")).unwrap().next().unwrap().unwrap();
    insta::assert_snapshot!("rejected_rows", fs::read_to_string(aside.path()).unwrap());
    let again = said(folder.path(), &ingest);
    assert!(again.starts_with("status 0") && again.contains("nothing new"), "{again}");
}

#[test]
fn what_cannot_be_done_is_said_with_what_to_do_and_leaves_nothing() {
    let folder = with_store();
    let path = folder.path();
    let mut told = String::new();
    let report = |rest: &[&'static str]| {
        let begin = ["report", "--store", "kampus.db", "--activity", "activity", "--out", "out"];
        [&begin[..], rest].concat()
    };
    for arguments in [
        report(&[]),
        report(&["--min-group", "2"]),
        report(&["--from", "2018-13-01"]),
        vec!["report", "--store", "none.db", "--activity", "activity", "--out", "out"],
        vec!["ingest", "none.csv", "--store", "kampus.db", "--into", "activity"],
        vec!["ingest", ".", "--store", "kampus.db", "--into", "activity"],
    ] {
        told += &said(path, &arguments);
        told.push('\n');
    }
    insta::assert_snapshot!(told);
    assert!(!path.join("out").exists() && !path.join("activity").exists());
}

#[test]
fn a_report_is_written_in_three_languages_for_the_period_asked_for() {
    let folder = TempDir::new().unwrap();
    let (store, dataset) = (SMALL.store(), SMALL.dataset());
    for language in ["fi", "sv", "en"] {
        let output = run(
            folder.path(),
            &[
                "report",
                "--store",
                store.to_str().unwrap(),
                "--activity",
                dataset.to_str().unwrap(),
                "--from",
                "2018-05-01",
                "--to",
                "2018-06-30",
                "--lang",
                language,
                "--out",
                language,
            ],
        );
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let page = fs::read_to_string(folder.path().join(language).join("report.html")).unwrap();
        assert!(page.contains(&format!("<html lang=\"{language}\">")));
        let csv = fs::read_to_string(folder.path().join(language).join("tables/active_people.csv")).unwrap();
        assert!(
            csv.contains("\n2018-04-30,") && !csv.contains("\n2018-04-23,") && !csv.contains("\n2018-07-02,")
        );
    }
}
