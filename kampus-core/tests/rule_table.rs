//! The table of rules names functions and tests: each of them exists.

use std::path::{Path, PathBuf};

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The words between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_function_and_test_of_the_table_of_rules_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("ACCESS-RULES.md")).unwrap();
    let read = |folder: &str| -> String {
        rust_files(&root.join(folder)).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    };
    let (sources, tests) = (read("src"), read("tests"));
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ") && line.chars().nth(2).is_some_and(|c| c.is_ascii_digit()))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 11, "one row a rule");
    for row in &rows {
        for word in quoted(row[3]).chain(quoted(row[4])) {
            if let Some(path) = word.strip_prefix("index/") {
                assert!(root.join("src/access/index").join(path).is_file(), "{word}");
            } else if word.contains('/') {
                assert!(root.join("src").join(word).is_file(), "{word}");
            } else {
                assert!(
                    sources.contains(&format!("fn {word}(")) || sources.contains(&format!("fn {word}<")),
                    "{word}"
                );
            }
        }
        for test in quoted(row[5]) {
            assert!(tests.contains(&format!("fn {test}(")), "{test}");
        }
        assert!(quoted(row[5]).next().is_some(), "rule {} is held by nothing", row[1]);
    }
    for word in quoted(table.split("All of them together").nth(1).unwrap()).take(4) {
        assert!(tests.contains(&format!("fn {word}(")), "{word}");
    }
}
