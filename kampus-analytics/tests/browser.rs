//! The page in a real browser.

use std::path::Path;
use std::process::{Command, Output};

use kampus_core::Language;

use crate::small_government::SMALL;

/// Opens a page in headless Chromium; `None`, said plainly, where there is no Chromium.
fn chromium(page: &Path, arguments: &[&str]) -> Option<Output> {
    let program = std::env::var("KAMPUS_CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(&program)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--enable-logging=stderr", "--v=0"])
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

/// What a page wrote to its console.
fn console(output: &Output) -> Vec<String> {
    let messages = String::from_utf8_lossy(&output.stderr);
    messages.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect()
}

#[test]
fn the_page_opens_without_a_word_on_the_console() {
    let folder = tempfile::tempdir().unwrap();
    let written = SMALL.report(folder.path(), Language::Sv);
    let Some(output) = chromium(&written.page, &["--dump-dom"]) else { return };
    let dom = String::from_utf8_lossy(&output.stdout);
    assert!(dom.contains("<html lang=\"sv\">") && dom.contains("id=\"privacy\""), "the page was not drawn");
    assert_eq!(dom.matches("<svg").count(), dom.matches("role=\"img\"").count(), "each chart has a text");
    assert!(console(&output).is_empty(), "{:?}", console(&output));
    assert!(!dom.contains("<script") && !dom.contains("src=\"http"), "the page asks for nothing");
}

#[test]
fn the_console_of_a_broken_page_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("broken.html");
    std::fs::write(&page, "<!doctype html><title>x</title><script>console.error('heard')</script>").unwrap();
    let Some(output) = chromium(&page, &["--dump-dom"]) else { return };
    assert!(console(&output).iter().any(|line| line.contains("heard")));
}

#[test]
fn a_narrow_window_needs_no_scrolling_sideways() {
    let folder = tempfile::tempdir().unwrap();
    let written = SMALL.report(folder.path(), Language::Fi);
    // The report itself has no script, so that it works without; the frame around it measures it.
    let frame = folder.path().join("frame.html");
    std::fs::write(
        &frame,
        "<!doctype html><iframe id=r src=report.html width=320 height=900 style='border:0'></iframe>\
         <p id=w></p><script>r.onload = () => w.textContent = 'width ' + \
         r.contentDocument.documentElement.scrollWidth + ' end'</script>",
    )
    .unwrap();
    assert!(written.page.ends_with("report.html"));
    let arguments = ["--dump-dom", "--allow-file-access-from-files", "--virtual-time-budget=5000"];
    let Some(output) = chromium(&frame, &arguments) else { return };
    let dom = String::from_utf8_lossy(&output.stdout);
    assert!(dom.contains("width 320 end"), "{}", dom.split("<p").last().unwrap_or_default());
}
