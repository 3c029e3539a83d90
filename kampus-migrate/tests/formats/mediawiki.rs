//! Dumps of MediaWiki.

use std::collections::BTreeMap;
use std::io::Write as _;

use kampus_core::content::ItemKind;
use kampus_migrate::clean::clean;
use kampus_migrate::record::{LegacyBody, Markup};

use super::{moved, read, read_bytes, records, sample, stopped, told};
use crate::support::corpus;

#[test]
fn a_wiki_becomes_pages_discussions_files_and_redirects() {
    insta::assert_snapshot!(told(&read(&sample("wiki.xml"))));
}

#[test]
fn a_wiki_is_moved_and_proven() {
    let (outcome, kampus) = moved(
        "[[source]]\nid = \"wiki\"\npath = \"SAMPLES/wiki.xml\"\norganisation = \"YM\"\nfiles = \"SAMPLES/wiki-images\"\n",
    );
    let loaded = |kind: &str| outcome.total.by_kind[kind].loaded;
    assert_eq!((loaded("page"), loaded("discussion"), loaded("file")), (3, 1, 1));
    assert_eq!(outcome.total.by_kind["redirect"].merged, 1);
    assert_eq!(outcome.total.by_kind["template"].discarded, 1);
    assert_eq!(outcome.total.counts.rejected, 1, "the page whose text was deleted");
    let snapshot = kampus.snapshot();
    let found = |title: &str| {
        let mut items = snapshot.untrimmed().items();
        items.find(|item| item.title.iter().any(|(_, text)| text == title)).unwrap().clone()
    };
    let (page, part, talk) = (found("Matkaohje"), found("Matkaohje/Liite 1"), found("Keskustelu:Matkaohje"));
    assert_eq!((part.parent, talk.parent), (Some(page.id), Some(page.id)));
    assert_eq!(talk.kind, ItemKind::Discussion);
    let body = snapshot.untrimmed().blob(page.body.best(&[]).unwrap().1.hash).unwrap().unwrap();
    let body = String::from_utf8(body).unwrap();
    for target in [&part, &talk, &found("Luokka:Ohjeet"), &found("Juna.png")] {
        assert!(body.contains(&format!("\"/items/{}\"", target.id.get())), "{body}");
    }
}

/// A dump in another encoding, or compressed, is read as the same dump.
#[test]
fn a_dump_is_the_same_however_it_is_written() {
    let text = std::fs::read_to_string(sample("wiki.xml")).unwrap();
    let plain = told(&read_bytes(text.as_bytes()));
    let wide = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).unwrap();
    let mut packed_more = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    packed_more.write_all(text.as_bytes()).unwrap();
    for (how, bytes) in [
        ("UTF-16LE", wide(u16::to_le_bytes, b"\xff\xfe")),
        ("UTF-16BE", wide(u16::to_be_bytes, b"\xfe\xff")),
        ("gzip", packed.finish().unwrap()),
        ("bzip2", packed_more.finish().unwrap()),
    ] {
        assert_eq!(told(&read_bytes(&bytes)), plain, "{how}");
    }
}

#[test]
fn old_dumps_mark_redirects_by_their_text_alone() {
    let dump = "<mediawiki version=\"0.3\"><page><title>A</title><id>1</id><revision><id>1</id>\
                <text>#REDIRECT [[b c#d]]</text></revision></page></mediawiki>";
    let events = read_bytes(dump.as_bytes());
    assert!(told(&events).contains("leads: /wiki/A → /wiki/B_c#d"), "{}", told(&events));
}

#[test]
fn an_id_that_comes_twice_is_rejected_and_a_cut_dump_is_told_from_a_whole_one() {
    let page = "<page><title>A</title><id>1</id><revision><id>1</id><text>a</text></revision></page>";
    let events = read_bytes(format!("<mediawiki>{page}{page}</mediawiki>").as_bytes());
    assert!(
        told(&events).contains("rejected: page page:1: the id `page:1` was used before"),
        "{}",
        told(&events)
    );
    let events = read_bytes(format!("<mediawiki>{page}").as_bytes());
    assert!(stopped(&events).unwrap().contains("cut off"));
    assert_eq!(records(&events).len(), 1);
}

/// The texts of others are under licences of their own, so that what becomes of them is counted here, not shown.
#[test]
fn dumps_of_others_lose_their_marks_and_keep_their_parts() {
    let Some(folder) = corpus("mediawiki") else { return };
    let mut sums = BTreeMap::new();
    for file in ["bgwiki-shortened.xml", "enwiki-table-markup.xml.bz2"] {
        for record in records(&read(&folder.join(file))) {
            let LegacyBody::Page(page) = &record.body else { continue };
            let html = clean(Markup::Html, &page.body).html;
            // What nobody can expand is shown as it was written, in `<code>` and `<pre>`.
            let mut text = String::new();
            for (place, part) in
                html.replace("<pre>", "<code>").replace("</pre>", "</code>").split("code>").enumerate()
            {
                if place % 2 == 0 {
                    text.push_str(part);
                }
            }
            // Six stand in `<nowiki>` on a page that explains them.
            for mark in ["[[", "]]", "{|", "|}", "|-", "<ref", "\n=="] {
                let left = text.matches(mark).count();
                assert!(left <= 6, "{}: `{mark}` is left {left} times", page.title);
            }
            let count = |tag: &str| html.matches(tag).count();
            sums.insert(
                record.id.clone(),
                ["<h2", "<h3", "<table>", "<tr>", "<li", "<figure>", "<sup>", "<a "].map(count),
            );
        }
    }
    insta::assert_debug_snapshot!(sums);
}
