//! Pages with the troubles of real intranets, and what becomes of them: to be read by people.
//!
//! Each file in `pages` is the body of an old page. What follows from it is a golden file that shows the safe HTML,
//! what was left out, where links lead, the protection marks, and the words that a reader meets.

use std::fmt::Write as _;
use std::path::Path;

use kampus_migrate::clean::{clean, links, source_words, stamps, words};
use kampus_migrate::record::Markup;

use crate::support::files_in;

/// What becomes of a body, with a heading for each part.
fn converted(markup: Markup, body: &str) -> String {
    let cleaned = clean(markup, body);
    let kept = words(&cleaned.html);
    let mut text = String::new();
    let mut part = |heading: &str, lines: Vec<String>| {
        writeln!(text, "── {heading} {}", "─".repeat(60 - heading.chars().count())).unwrap();
        let lines = if lines.is_empty() { vec!["nothing".to_owned()] } else { lines };
        writeln!(text, "{}\n", lines.join("\n")).unwrap();
    };
    part("safe HTML", without_blank_lines(&cleaned.html));
    part("left out", cleaned.dropped.iter().map(ToString::to_string).collect());
    let is_place = |id: &str| cleaned.html.contains(&format!("id=\"{id}\""));
    let leads = links(&cleaned.html).into_iter().map(|link| match link.strip_prefix('#') {
        Some(id) if !is_place(id) => format!("{link} (no such place on the page)"),
        _ => link,
    });
    part("links and pictures", leads.collect());
    part("protection marks", stamps(&cleaned.html).iter().map(ToString::to_string).collect());
    part(&format!("{} words", kept.len()), kept.chunks(12).map(|line| line.join(" ")).collect());
    text
}

/// Lines that show something, and all of preformatted text.
fn without_blank_lines(html: &str) -> Vec<String> {
    let mut within = false;
    let mut lines = Vec::new();
    for line in html.lines() {
        within = (within || line.contains("<pre>")) && !line.contains("</pre>");
        if within || !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

#[test]
fn pages_with_every_usual_trouble_become_what_was_agreed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversions/pages");
    let pages = files_in(&folder);
    assert_eq!(pages.len(), 10);
    for page in pages {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        let markup = match page.extension().and_then(|extension| extension.to_str()) {
            Some("wp") => Markup::WordPress,
            _ => Markup::Html,
        };
        let body = std::fs::read_to_string(&page).unwrap();
        insta::assert_snapshot!(name.replace('-', "_"), converted(markup, &body));
        let mut kept = words(&clean(markup, &body).html).into_iter();
        for word in source_words(markup, &body) {
            assert!(kept.any(|known| known == word), "{name}: `{word}` is lost");
        }
    }
}
