//! Every file that others published, through the command: converted, or refused so that people know why.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;

use crate::support::{corpus, files_in};

/// What none of these files may need, in bytes.
const MEMORY: u64 = 200 * 1024 * 1024;
/// How often a look is taken at how much memory it takes.
const GLANCE: Duration = Duration::from_millis(5);
/// A bound on hanging, not a claim about speed.
const PATIENCE: Duration = Duration::from_mins(2);

/// How a run of one file ended.
struct Ended {
    status: i32,
    stdout: String,
    stderr: String,
    memory: u64,
}

fn run(verb: &str, file: &Path, folder: &Path) -> Ended {
    let (out, err) = (folder.join("out"), folder.join("err"));
    let mut child = Command::new(cargo_bin!("kampus-migrate"))
        .current_dir(folder)
        .arg(verb)
        .arg(file)
        .args(["--organisation", "YM", "--json"])
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&out).unwrap())
        .stderr(std::fs::File::create(&err).unwrap())
        .spawn()
        .unwrap();
    let (pid, begun) = (child.id(), Instant::now());
    let (tell, told) = std::sync::mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        let mut memory = 0;
        while told.recv_timeout(GLANCE) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            memory = memory.max(memory_of(pid));
            if begun.elapsed() > PATIENCE {
                Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
            }
        }
        memory
    });
    let status = child.wait().unwrap();
    drop(tell);
    let memory = watch.join().unwrap();
    assert!(begun.elapsed() < PATIENCE, "{} hangs", file.display());
    Ended {
        status: status.code().unwrap_or_else(|| panic!("{} was ended by a signal", file.display())),
        stdout: std::fs::read_to_string(out).unwrap(),
        stderr: std::fs::read_to_string(err).unwrap(),
        memory,
    }
}

/// The most memory that a process had so far, in bytes; none where the system does not say. What is told of it at
/// its end counts the process that began it too.
fn memory_of(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    most.map_or(0, |kilobytes| kilobytes.parse::<u64>().unwrap() * 1024)
}

/// Runs every file of a folder and holds the result against what the command promises; tells how many were converted
/// and how many refused.
fn each(folder: &Path) -> (usize, usize) {
    each_of(&files_in(folder), |_, _, _| {})
}

/// The same of these files; `then` looks at each that was converted, in the folder of its store.
fn each_of(files: &[PathBuf], mut then: impl FnMut(&Path, &Path, &serde_json::Value)) -> (usize, usize) {
    let (mut converted, mut refused) = (0, 0);
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let work = tempfile::tempdir().unwrap();
        let ended = run("run", file, work.path());
        assert!(!ended.stderr.contains("panicked"), "{name}: {}", ended.stderr);
        assert!(ended.memory < MEMORY, "{name} took {} bytes", ended.memory);
        if ended.status == 2 {
            assert!(ended.stderr.starts_with("error: ") && ended.stderr.contains(&name), "{}", ended.stderr);
            refused += 1;
            continue;
        }
        let outcome: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
        let counts = |name: &str| outcome["total"][name].as_u64().unwrap();
        let sum: u64 =
            ["loaded", "updated", "unchanged", "merged", "discarded", "rejected"].map(counts).iter().sum();
        assert_eq!(counts("read"), sum, "{name}: the counts add up");
        let rejections = outcome["rejections"].as_array().unwrap();
        assert_eq!(counts("rejected"), rejections.len() as u64, "{name}: each rejection is told");
        for rejection in rejections {
            let place = rejection["place"].as_str().unwrap();
            assert!(
                place.contains(&name) && !rejection["reason"].as_str().unwrap().is_empty(),
                "{rejection}"
            );
        }
        if let Some(reason) = outcome["sources"][0]["stopped"].as_str() {
            assert_eq!(ended.status, 1, "{name}");
            assert!(reason.len() > 20 && reason.contains(' '), "{name}: `{reason}` tells nobody anything");
            refused += 1;
        } else {
            let expected = if rejections.is_empty() { 0 } else { 3 };
            assert_eq!(ended.status, expected, "{name}");
            then(file, work.path(), &outcome);
            converted += 1;
        }
    }
    (converted, refused)
}

#[test]
fn every_wordpress_export_is_converted_or_refused_with_a_reason() {
    let Some(folder) = corpus("wxr") else { return };
    let (converted, refused) = each(&folder);
    assert_eq!((converted, refused), (26, 1), "only the malformed one is refused");
}

#[test]
fn every_dump_of_a_wiki_is_converted() {
    let Some(folder) = corpus("mediawiki") else { return };
    assert_eq!(each(&folder), (2, 0));
}

#[test]
fn every_export_of_confluence_is_converted_and_proven() {
    let Some(folder) = corpus("confluence") else { return };
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut exports: Vec<PathBuf> = entries.collect();
    exports.sort();
    let mut pages = 0;
    let (converted, refused) = each_of(&exports, |export, work, outcome| {
        let kinds = outcome["total"]["by_kind"].as_object().unwrap();
        let own = ["page", "news"].into_iter().filter_map(|kind| kinds.get(kind));
        pages += own.map(|counts| counts["loaded"].as_u64().unwrap()).sum::<u64>();
        let proof = run("verify", export, work);
        assert_eq!(proof.status, 0, "{}: {} {}", export.display(), proof.stdout, proof.stderr);
    });
    assert_eq!((converted, refused), (exports.len(), 0));
    assert!(pages > 100, "{pages}");
}

#[test]
fn every_workbook_is_converted_or_refused_with_a_reason() {
    let Some(folder) = corpus("spreadsheets") else { return };
    // None of them is a list of pages, and a bare file has no plan that could say otherwise.
    let (converted, refused) = each(&folder);
    assert_eq!((converted, refused), (0, 32));
}

/// Runs a workbook whose columns a plan names; the records read.
fn with_columns(file: &Path, columns: &str) -> serde_json::Value {
    let work = tempfile::tempdir().unwrap();
    let plan = format!(
        "name = \"Taulukko\"\n[[source]]\nid = \"t\"\npath = {:?}\norganisation = \"YM\"\n{columns}",
        file.display().to_string()
    );
    std::fs::write(work.path().join("plan.toml"), plan).unwrap();
    let ended = run_plan(work.path());
    serde_json::from_str(&ended).unwrap()
}

fn run_plan(folder: &Path) -> String {
    let output = Command::new(cargo_bin!("kampus-migrate"))
        .current_dir(folder)
        .args(["run", "plan.toml", "--json"])
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_plan_makes_pages_of_any_table() {
    let Some(folder) = corpus("spreadsheets") else { return };
    for (file, columns, pages) in [
        ("inventory-table.xlsx", "[source.columns]\nid = \"Item\"\ntitle = \"Type\"\n", 4),
        ("table-multiple.xlsx", "sheet = \"Sheet1\"\n[source.columns]\nid = \"Item\"\ntitle = \"Type\"\n", 4),
        ("header-row.xlsx", "[source.columns]\ntitle = \"Columns\"\nid = \"Column A\"\n", 1),
        ("temperature-in-middle.xlsx", "[source.columns]\ntitle = \"label\"\nid = \"value\"\n", 2),
    ] {
        let outcome = with_columns(&folder.join(file), columns);
        assert_eq!(outcome["sources"][0]["stopped"], serde_json::Value::Null, "{file}: {outcome}");
        assert_eq!(outcome["total"]["loaded"], pages, "{file}: {outcome}");
    }
}
