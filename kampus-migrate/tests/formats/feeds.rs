//! RSS and Atom.

use kampus_core::content::{ItemKind, Status};

use super::{moved, read, read_bytes, sample, told};

#[test]
fn feeds_become_news() {
    for name in ["rss.xml", "rss1.rdf", "atom.xml"] {
        insta::assert_snapshot!(name, told(&read(&sample(name))));
    }
}

#[test]
fn feeds_are_moved_and_proven() {
    let source = |id: &str, file: &str, organisation: &str| {
        format!("[[source]]\nid = \"{id}\"\npath = \"SAMPLES/{file}\"\norganisation = \"{organisation}\"\n")
    };
    let plan = [source("a", "rss.xml", "YM"), source("b", "rss1.rdf", "LVM"), source("c", "atom.xml", "MMM")];
    let (outcome, kampus) = moved(&plan.concat());
    assert_eq!(outcome.total.by_kind["news"].loaded, 5);
    assert_eq!((outcome.total.by_kind["comment"].loaded, outcome.total.counts.rejected), (1, 1));
    let snapshot = kampus.snapshot();
    let mut drafts = snapshot.untrimmed().items().filter(|item| item.status == Status::Draft);
    assert!(drafts.next().is_some_and(|item| item.title.iter().any(|(_, title)| title == "Not yet")));
    assert!(drafts.next().is_none());
    assert!(snapshot.untrimmed().items().all(|item| item.kind == ItemKind::News));
}

#[test]
fn lists_of_other_systems_that_look_like_feeds_are_none() {
    let list = "<feed xmlns=\"http://www.w3.org/2005/Atom\" \
                xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\"><entry/></feed>";
    assert!(kampus_migrate::format::detect(list.as_bytes()).is_err());
}

#[test]
fn entries_without_anything_to_know_them_by_and_doubled_ones_are_rejected() {
    let feed = "<rss><channel><item><guid>1</guid><title>A</title></item><item><guid>1</guid><title>B</title></item>\
                <item/></channel></rss>";
    let told = told(&read_bytes(feed.as_bytes()));
    assert!(told.contains("the id `news:1` was used before"), "{told}");
    assert!(told.contains("neither an id nor an address nor a title"), "{told}");
}
