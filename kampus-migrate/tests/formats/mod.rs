//! Readers of export formats, each held against samples of its own: what they yield, that a run loads it, that the
//! proof finds every word, and what becomes of files that were made to break them.

mod confluence;
mod dxl;
mod feeds;
mod hostile;
mod mapped;
mod mediawiki;
mod xar;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kampus_core::Kampus;
use kampus_migrate::engine::{self, RunOptions};
use kampus_migrate::format::{self, Event, Limits, ReadFault, ReadOptions, RowKind, Yield};
use kampus_migrate::outcome::{RunOutcome, Side};
use kampus_migrate::plan::Values;
use kampus_migrate::record::{LegacyBody, LegacyRecord, LegacyTime, Permissions};

use crate::support;

/// A file or folder of the samples.
pub(crate) fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/samples").join(name)
}

/// How a file without a plan is read.
pub(crate) fn options() -> ReadOptions {
    ReadOptions {
        shown: "export".into(),
        rows: RowKind::Pages,
        sheet: None,
        columns: BTreeMap::new(),
        values: Values::default(),
        mapping: None,
        limits: Limits::default(),
    }
}

/// Everything that a file of the samples yields, its format told by its bytes.
pub(crate) fn read(path: &Path) -> Vec<Yield> {
    let format = format::detect_file(path).unwrap();
    format::open(path, format, &options()).unwrap().collect()
}

/// Everything that these bytes yield, their format told by themselves.
pub(crate) fn read_bytes(bytes: &[u8]) -> Vec<Yield> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    read(file.path())
}

/// Why the file could not be read to its end.
pub(crate) fn stopped(events: &[Yield]) -> Option<String> {
    match events.last() {
        Some(Err(fault @ ReadFault::File { .. })) => Some(fault.to_string()),
        _ => None,
    }
}

/// The records among what was read.
pub(crate) fn records(events: &[Yield]) -> Vec<&LegacyRecord> {
    let records = events.iter().filter_map(|event| match event {
        Ok(Event::Record(record)) => Some(&**record),
        _ => None,
    });
    records.collect()
}

/// What was read, to be read by people.
pub(crate) fn told(events: &[Yield]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Ok(Event::Notice { text: notice, .. }) => writeln!(text, "notice: {notice}\n").unwrap(),
            Err(ReadFault::Record { id, kind, reason, .. }) => {
                writeln!(text, "rejected: {kind} {}: {reason}\n", id.as_deref().unwrap_or("-")).unwrap();
            }
            Err(fault @ ReadFault::File { .. }) => writeln!(text, "stopped: {fault}\n").unwrap(),
            Ok(Event::Record(record)) => tell(record, &mut text),
        }
    }
    text
}

fn tell(record: &LegacyRecord, text: &mut String) {
    writeln!(text, "── {} {} {}", record.body.kind(), record.id, "─".repeat(20)).unwrap();
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            writeln!(text, "{name}: {value}").unwrap();
        }
    };
    let some = |value: &Option<String>| value.clone().unwrap_or_default();
    let time = |value: &Option<LegacyTime>| match value {
        None => String::new(),
        Some(LegacyTime::Instant(at)) => at.to_string(),
        Some(LegacyTime::Local(wall)) => format!("{wall} by the clock"),
    };
    let told = |permissions: &Option<Permissions>| {
        permissions
            .as_ref()
            .map_or_else(String::new, |found| format!("{:?} {:?}", found.inheritance, found.entries))
    };
    match &record.body {
        LegacyBody::Page(page) => {
            line("permissions", told(&page.permissions));
            line("title", page.title.clone());
            line("status", format!("{:?}", page.status));
            line("addresses", page.addresses.join(" "));
            line("author", some(&page.author));
            line("created", time(&page.created));
            line("modified", time(&page.modified));
            line("parent", some(&page.parent));
            line("container", some(&page.container));
            line("labels", page.labels.join(", "));
            line("language", some(&page.language));
            line("link", some(&page.link));
            line("comments", if page.comments_open { String::new() } else { "closed".to_owned() });
            for (key, value) in &page.extra {
                line(&format!("  {key}"), value.clone());
            }
            line("lead", page.lead.clone());
            line("markup", format!("{:?}", page.markup));
            line("body", format!("\n{}", page.body.trim_end()));
        }
        LegacyBody::File(file) => {
            line("permissions", told(&file.permissions));
            line("title", file.title.clone());
            line("name", file.name.clone());
            line("path", some(&file.path));
            line("addresses", file.addresses.join(" "));
            line("author", some(&file.author));
            line("created", time(&file.created));
            line("modified", time(&file.modified));
            line("parent", some(&file.parent));
            line("description", file.description.clone());
        }
        LegacyBody::Comment(comment) => {
            line("on", comment.on.clone());
            line("parent", some(&comment.parent));
            line("author", format!("{} {}", some(&comment.author), comment.author_name));
            line("created", time(&comment.created));
            line("state", format!("{:?}", comment.state));
            line("body", comment.body.clone());
        }
        LegacyBody::Person(person) => {
            line("name", person.display_name.clone());
            line("login", some(&person.login));
            line("email", some(&person.email));
        }
        LegacyBody::Redirect { from, to } => line("leads", format!("{from} → {to}")),
        LegacyBody::Group(group) => line("members", format!("{} {:?}", group.name, group.members)),
        LegacyBody::Container(container) => {
            line("title", container.title.clone());
            line("permissions", told(&Some(container.permissions.clone())));
        }
        LegacyBody::Chrome { .. } => {}
    }
    text.push('\n');
}

/// Surveys, runs and verifies a plan of the samples; what the run did. Every word has to be there.
pub(crate) fn moved(plan: &str) -> (RunOutcome, Kampus) {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan.replace("SAMPLES", &sample("").display().to_string());
    let file = folder.path().join("plan.toml");
    std::fs::write(&file, plan).unwrap();
    let plan = support::plan(&file);
    let store = folder.path().join("kampus.db");
    let surveyed = engine::survey(&plan, &mut |_| {}).unwrap();
    let options = RunOptions {
        dry_run: false,
        decisions: None,
        prefer: Side::Target,
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    let outcome = engine::run(&plan, &store, &options, &mut |_| {}).unwrap();
    for source in &outcome.sources {
        assert_eq!(source.stopped, None, "{}", source.source);
    }
    let pages = outcome
        .total
        .by_kind
        .iter()
        .filter(|(kind, _)| matches!(kind.as_str(), "page" | "news" | "discussion"));
    let pages: u64 = pages.map(|(_, counts)| counts.loaded).sum();
    assert!(surveyed.pages.len() as u64 >= pages, "the survey lists every page");
    let proof = engine::verify(&plan, &store, &mut |_| {}).unwrap();
    assert!(proof.proven(), "{proof:?}");
    assert!(proof.checked.words > 0);
    let again = engine::run(&plan, &store, &options, &mut |_| {}).unwrap();
    assert_eq!(again.total.counts.updated + again.total.counts.loaded, 0, "a second run finds nothing new");
    let kampus = Kampus::open(&store).unwrap();
    (outcome, kampus)
}
