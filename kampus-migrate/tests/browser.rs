//! The pages in a real browser.

use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use crate::support::samples;

/// Opens a page in headless Chromium; `None`, said plainly, where there is no Chromium.
fn chromium(page: &Path, arguments: &[&str]) -> Option<Output> {
    let program = std::env::var("KAMPUS_CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    let profile = TempDir::new().unwrap();
    let output = Command::new(&program)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--enable-logging=stderr", "--v=0", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .output();
    match output {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            println!("skipped: there is no `{program}` here (KAMPUS_CHROMIUM can name one)");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

/// The samples' pages: the assessment, the run's page and the proof.
fn pages() -> (TempDir, Vec<&'static str>) {
    let folder = TempDir::new().unwrap();
    let said = |arguments: &[&str]| {
        let plan = samples().join("ministries.toml");
        let process = Command::new(cargo_bin!("kampus-migrate"))
            .current_dir(folder.path())
            .args(arguments)
            .arg(plan)
            .output();
        assert!(process.unwrap().stderr.is_empty());
    };
    said(&["survey"]);
    said(&["run", "--report", "."]);
    said(&["verify", "--html", "proof.html"]);
    (folder, vec!["inventory.html", "migration.html", "proof.html"])
}

#[test]
fn pages_open_without_a_word_on_the_console() {
    let (folder, pages) = pages();
    for page in pages {
        let Some(output) = chromium(&folder.path().join(page), &[]) else { return };
        let (dom, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(dom.contains("<main id=\"content\">"), "{page} was not drawn");
        assert!(!log.contains("CONSOLE"), "{page}: {log}");
    }
}

#[test]
fn a_narrow_window_needs_no_scrolling_sideways() {
    let (folder, pages) = pages();
    for page in pages {
        // A page has no script, so that it works without; the frame around it measures it.
        let frame = folder.path().join("frame.html");
        let text = format!(
            "<!doctype html><iframe id=r src={page} width=320 height=900 style='border:0'></iframe><p id=w></p>\
             <script>r.onload = () => w.textContent = 'width ' + \
             r.contentDocument.documentElement.scrollWidth + ' end'</script>"
        );
        std::fs::write(&frame, text).unwrap();
        let arguments = ["--allow-file-access-from-files", "--virtual-time-budget=5000"];
        let Some(output) = chromium(&frame, &arguments) else { return };
        let dom = String::from_utf8_lossy(&output.stdout);
        assert!(dom.contains("width 320 end"), "{page}: {}", dom.split("<p").last().unwrap_or_default());
    }
}
