//! The command: help, streams, exit statuses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Output, Stdio};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// The command with nothing of the environment that could change what it says.
fn kampus_migrate(folder: &Path, arguments: &[&str]) -> Process {
    let mut process = Process::new(cargo_bin!("kampus-migrate"));
    process.current_dir(folder).args(arguments).env_remove("COLUMNS").env("NO_COLOR", "1");
    process
}

/// Status and both streams, as a text to compare.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = kampus_migrate(folder, arguments).output().unwrap();
    let shown = format!(
        "status {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap()
    );
    shown.replace(&folder.display().to_string(), "FOLDER")
}

fn status(folder: &Path, arguments: &[&str]) -> i32 {
    kampus_migrate(folder, arguments).output().unwrap().status.code().unwrap()
}

/// A plan with a list of three pages; one row has no title.
fn small() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("sivut.csv"),
        "Tunniste;Otsikko;Osoite;Sisältö;Muokattu;Päätös\r\n\
         1;Työajat;http://intra.mmm.fi/sivu?id=1;<p>Liukuva työaika. <a href=\"/sivu?id=2\">Lomat</a></p>;1.3.2017;\r\n\
         2;Lomat;http://intra.mmm.fi/sivu?id=2;<p>Lomat sovitaan.</p>;2.3.2017;\r\n\
         3;;http://intra.mmm.fi/sivu?id=3;<p>Otsikko puuttuu.</p>;3.3.2017;\r\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("plan.toml"),
        "name = \"Pieni\"\n\n[[source]]\nid = \"mmm\"\npath = \"sivut.csv\"\norganisation = \"MMM\"\n",
    )
    .unwrap();
    folder
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn all_help_is_as_it_was_agreed() {
    let folder = TempDir::new().unwrap();
    let mut help = String::new();
    for command in ["", "survey", "run", "verify", "claim", "redirects", "formats"] {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        help += &["$ kampus-migrate ", &arguments.join(" "), "\n", &said(folder.path(), &arguments), "\n"]
            .concat();
    }
    insta::assert_snapshot!(help);
}

#[test]
fn a_placeholder_is_claimed_by_the_command_and_what_is_wrong_ends_with_two() {
    let folder = small();
    let people = "Nimi;Sähköposti;Organisaatio\nMaija Mäki;maija@mmm.example;MMM\n";
    fs::write(folder.path().join("people.csv"), people).unwrap();
    let plan = fs::read_to_string(folder.path().join("plan.toml")).unwrap();
    let plan = plan + "\n[[people]]\nid = \"people\"\npath = \"people.csv\"\n";
    fs::write(folder.path().join("plan.toml"), plan).unwrap();
    assert_eq!(status(folder.path(), &["run", "plan.toml", "--json"]), 3);
    let claim = |placeholder| ["claim", "--placeholder", placeholder, "--person", "maija@mmm.example"];
    let done = said(folder.path(), &claim("Tuntematon tekijä"));
    assert!(
        done.starts_with("status 0\n--- stdout\n") && done.contains("1 placeholder was claimed."),
        "{done}"
    );
    let again = said(folder.path(), &claim("Tuntematon tekijä"));
    assert!(again.contains("0 placeholders were claimed.\n1 placeholder had been claimed"), "{again}");
    let wrong = said(folder.path(), &claim("Joku"));
    assert!(wrong.contains("status 2") && wrong.contains("no placeholder is called `Joku`"), "{wrong}");
    assert_eq!(status(folder.path(), &["claim"]), 2);
}

#[test]
fn the_formats_are_listed() {
    let folder = TempDir::new().unwrap();
    insta::assert_snapshot!(said(folder.path(), &["formats"]));
}

#[test]
fn a_wrong_plan_ends_with_two_and_the_line() {
    let folder = small();
    fs::write(
        folder.path().join("plan.toml"),
        "[[source]]\nid = \"mmm\"\npath = \"sivut.cvs\"\norganisation = \"MMN\"\n",
    )
    .unwrap();
    insta::assert_snapshot!(said(folder.path(), &["run", "plan.toml"]));
    assert!(!folder.path().join("kampus.db").exists(), "nothing was done");
}

#[test]
fn a_bare_export_asks_whose_it_is() {
    let folder = small();
    insta::assert_snapshot!(said(folder.path(), &["run", "sivut.csv"]));
    assert_eq!(status(folder.path(), &["run", "plan.toml", "--organisation", "MMM"]), 2);
    assert_eq!(status(folder.path(), &["run", "none.toml"]), 2);
    assert_eq!(status(folder.path(), &["run"]), 2);
    assert_eq!(status(folder.path(), &["rnu"]), 2);
}

/// Whether all of these stand in a text, in this order.
#[must_use]
fn in_order(text: &str, parts: &[&str]) -> bool {
    let mut rest = text;
    parts.iter().all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[test]
fn a_run_loads_what_it_can_and_says_what_it_cannot() {
    let folder = small();
    let first = said(folder.path(), &["run", "plan.toml"]);
    let parts = [
        "status 3",
        "3 records were read: 2 loaded, 0 updated, 0 unchanged, 0 merged, 0 discarded, 1 rejected.",
        "1 record was rejected:\n  sivut.csv",
        "Store:   kampus.db",
        "Report:  kampus-report/migration.html",
        "Next:    kampus-migrate verify plan.toml --store kampus.db\n--- stderr\n",
    ];
    assert!(in_order(&first, &parts) && first.ends_with("--- stderr\n"), "{first}");
    assert!(folder.path().join("kampus-report/migration.html").is_file());
    let second = said(folder.path(), &["run", "plan.toml"]);
    assert!(in_order(&second, &["status 3", "Nothing new: everything was loaded before."]), "{second}");
    let output = kampus_migrate(folder.path(), &["run", "plan.toml", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(json(&output)["total"]["unchanged"], 2);
    assert_eq!(json(&output)["rejections"][0]["source"], "mmm");
}

#[test]
fn a_dry_run_leaves_no_trace() {
    let folder = small();
    assert_eq!(status(folder.path(), &["run", "plan.toml", "--dry-run"]), 3);
    let mut left: Vec<PathBuf> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    left.sort();
    assert_eq!(left, [folder.path().join("plan.toml"), folder.path().join("sivut.csv")]);
}

#[test]
fn a_survey_does_not_replace_what_people_filled_in() {
    let folder = small();
    let survey = said(folder.path(), &["survey", "plan.toml"]);
    let next = "Next:       kampus-migrate run plan.toml --decisions inventory.xlsx";
    let parts = ["status 3", "mmm", "Inventory:  inventory.xlsx", "Assessment: inventory.html", next];
    assert!(in_order(&survey, &parts), "{survey}");
    let first = fs::read(folder.path().join("inventory.xlsx")).unwrap();
    insta::assert_snapshot!("survey_again", said(folder.path(), &["survey", "plan.toml"]));
    assert_eq!(fs::read(folder.path().join("inventory.xlsx")).unwrap(), first);
    assert_eq!(status(folder.path(), &["survey", "plan.toml", "--out", "toinen.xlsx"]), 3);
    assert!(folder.path().join("toinen.html").is_file(), "the assessment is called as its workbook");
    let same = &["survey", "plan.toml", "--out", "x.html", "--assessment", "x.html"];
    assert_eq!(status(folder.path(), same), 2);
    // Nobody fills in an assessment, but somebody may have been sent its address.
    fs::remove_file(folder.path().join("inventory.xlsx")).unwrap();
    insta::assert_snapshot!("assessment_again", said(folder.path(), &["survey", "plan.toml"]));
    assert!(!folder.path().join("inventory.xlsx").exists(), "nothing was done");
    assert_eq!(status(folder.path(), &["survey", "plan.toml", "--force"]), 3);
    let output = kampus_migrate(folder.path(), &["survey", "plan.toml", "--json"]).output().unwrap();
    assert_eq!(json(&output)["pages"][0]["title"], "Työajat");
    assert_eq!(json(&output)["pages"][0]["findings"][0]["problem"], "no_owner");
    assert_eq!(json(&output)["overview"]["has_people_lists"], false);
}

#[test]
fn a_run_is_proven_by_a_verification_and_followed_by_redirects() {
    let folder = small();
    assert_eq!(status(folder.path(), &["run", "plan.toml"]), 3);
    let output = kampus_migrate(folder.path(), &["verify", "plan.toml", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let proof = said(folder.path(), &["verify", "plan.toml", "--html", "proof.html"]);
    assert!(in_order(&proof, &["status 0", "Proven: ", "Proof: proof.html", "--- stderr\n"]), "{proof}");
    assert!(fs::read_to_string(folder.path().join("proof.html")).unwrap().contains("Siirron todiste: Pieni"));
    assert_eq!(status(folder.path(), &["verify", "plan.toml", "--html", "none/proof.html"]), 1);
    let redirects =
        said(folder.path(), &["redirects", "--format", "csv", "--base", "https://kampus.example/"]);
    let parts =
        ["status 0", "from,to\n", "intra.mmm.fi/sivu?id=1,https://kampus.example/items/", "sivu?id=2,"];
    assert!(in_order(&redirects, &parts), "{redirects}");
    assert_eq!(status(folder.path(), &["redirects", "--format", "nginx", "--base", "ftp://x"]), 2);
}

#[test]
fn a_store_that_is_not_there_is_not_made_by_looking_at_it() {
    let folder = small();
    insta::assert_snapshot!("no_store", said(folder.path(), &["verify", "plan.toml"]));
    assert_eq!(status(folder.path(), &["redirects", "--format", "csv"]), 2);
    assert!(!folder.path().join("kampus.db").exists());
}

#[test]
fn a_reader_that_leaves_early_ends_the_command_quietly() {
    let folder = TempDir::new().unwrap();
    let mut process = kampus_migrate(folder.path(), &["formats"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(process.stdout.take());
    let output = process.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
