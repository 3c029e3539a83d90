//! XML that a plan explains.

use std::path::Path;

use kampus_core::content::Status;
use kampus_migrate::format::{self, Format};
use kampus_migrate::plan::Plan;

use super::{moved, options, sample, stopped, told};

const MAPPING: &str = r#"
[[source]]
id = "oma"
path = "SAMPLES/articles.xml"
organisation = "MMM"
[source.mapping]
record = "export/articles/article"
id = "@id"
title = "heading"
address = "url"
body = "content"
labels = "tags/tag"
author = "owner/mail"
status = "@state"
created = "@created"
language = "@lang"
parent = "@above"
"#;

/// What the mapping of a plan makes of an XML document.
fn read(plan: &str, xml: &Path) -> Vec<format::Yield> {
    let plan = Plan::parse(plan, Path::new("plan.toml")).unwrap();
    let options = format::ReadOptions { mapping: plan.sources[0].mapping.clone(), ..options() };
    format::open(xml, Format::Xml, &options).unwrap().collect()
}

#[test]
fn a_mapping_makes_pages_of_any_elements() {
    insta::assert_snapshot!(told(&read(MAPPING, &sample("articles.xml"))));
}

#[test]
fn mapped_pages_are_moved_and_proven() {
    let (outcome, kampus) = moved(MAPPING);
    assert_eq!((outcome.total.counts.loaded, outcome.total.counts.rejected), (3, 2));
    let snapshot = kampus.snapshot();
    let found = |title: &str| {
        let mut items = snapshot.untrimmed().items();
        items.find(|item| item.title.iter().any(|(_, text)| text == title)).unwrap().clone()
    };
    assert_eq!(found("Liite <1>").parent, Some(found("Kokousohje").id));
    assert_eq!(found("Kokousohje").status, Status::Published);
    assert_eq!(found("Pelkkä teksti").status, Status::Draft, "what nobody understands is never published");
}

#[test]
fn a_record_that_stands_nowhere_is_told_with_what_is_there() {
    for (path, told) in [
        (
            "export/articles/artikle",
            "in `export/articles` there is no `artikle`, but `article`; did you mean `article`?",
        ),
        (
            "export/article",
            "in `export` there is no `article`, but `articles` or `meta`; did you mean `articles`?",
        ),
        ("root/article", "at the root there is no `root`, but `export`"),
    ] {
        let plan = MAPPING.replace("export/articles/article", path);
        let reason = stopped(&read(&plan, &sample("articles.xml"))).unwrap();
        assert!(reason.contains(told), "{reason}");
    }
}

#[test]
fn every_fault_of_a_mapping_is_shown_where_it_stands() {
    let plan = r#"
[[source]]
id = "a"
path = "a.xml"
organisation = "YM"
[source.mapping]
record = "@id"
titel = "heading"
body = "content[1]"
address = "//url"
markup = "markdown"

[[source]]
id = "b"
path = "b.xml"
organisation = "YM"
format = "xml"

[[source]]
id = "c"
path = "c.xml"
organisation = "YM"
format = "wxr"
mapping = { record = "a/b", title = "c/@d/e" }
"#;
    insta::assert_snapshot!(Plan::parse(plan, Path::new("plan.toml")).unwrap_err().to_string());
}
