//! Packages of XWiki.

use std::io::{Cursor, Write as _};

use kampus_core::content::{CommentState, Status};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{moved, read_bytes, records, told};
use crate::support::files_in;

/// A package of these files.
fn package(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The package whose documents lie in a folder of the samples.
fn wiki() -> Vec<u8> {
    let folder = super::sample("xwiki");
    let files: Vec<(String, Vec<u8>)> = files_in(&folder)
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&folder).unwrap().display().to_string();
            (name, std::fs::read(file).unwrap())
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    package(&files)
}

const LIST: (&str, &[u8]) = ("package.xml", b"<package><infos/><files/></package>");

fn document(name: &str, content: &str) -> Vec<u8> {
    format!(
        "<xwikidoc version=\"1.4\" reference=\"{name}\"><syntaxId>xwiki/2.1</syntaxId><content>{content}</content></xwikidoc>"
    )
    .into_bytes()
}

#[test]
fn a_package_becomes_pages_with_their_files_and_comments() {
    insta::assert_snapshot!(told(&read_bytes(&wiki())));
}

#[test]
fn a_package_is_moved_and_proven() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wiki.xar");
    std::fs::write(&file, wiki()).unwrap();
    let plan = format!(
        "[[source]]\nid = \"x\"\npath = {:?}\norganisation = \"OM\"\n[source.versions]\nby = \"column\"\n",
        file.display().to_string()
    );
    let (outcome, kampus) = moved(&plan);
    let by_kind = |kind: &str| outcome.total.by_kind[kind];
    assert_eq!(
        (by_kind("file").loaded, by_kind("file").rejected),
        (1, 1),
        "a file that would be for more is refused"
    );
    assert_eq!((by_kind("comment").loaded, by_kind("preferences").discarded), (2, 1));
    let snapshot = kampus.snapshot();
    let found = |title: &str| {
        let mut items = snapshot.untrimmed().items();
        items.find(|item| item.title.iter().any(|(_, text)| text == title)).unwrap().clone()
    };
    let page = found("Matkaohje");
    assert_eq!(page.parent, Some(found("Ohjeet").id));
    assert_eq!(page.title.iter().count(), 2, "its Swedish version is the same item");
    let comments: Vec<_> = snapshot.untrimmed().comments_on(page.id).collect();
    assert_eq!(comments[1].parent, Some(comments[0].id));
    assert!(comments.iter().all(|comment| comment.state == CommentState::Visible));
    for (title, status) in [
        ("Matkaohje", Status::Published),
        ("Johtoryhmä", Status::Draft),
        ("Palkat", Status::Draft),
        ("Piilo", Status::Draft),
        ("Löner", Status::Draft),
    ] {
        assert_eq!(found(title).status, status, "{title}");
    }
}

#[test]
fn names_that_lead_out_of_a_folder_are_names_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a/b/wiki.xar");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let doc = document("Main.A", "teksti");
    let bytes = package(&[LIST, ("../../evil.xml", &doc), ("/etc/evil.xml", &document("Main.B", "toinen"))]);
    std::fs::write(&file, bytes).unwrap();
    let plan =
        format!("[[source]]\nid = \"x\"\npath = {:?}\norganisation = \"OM\"\n", file.display().to_string());
    let (outcome, _) = moved(&plan);
    assert_eq!(outcome.total.by_kind["page"].loaded, 2);
    assert_eq!(files_in(folder.path()), [file]);
}

#[test]
fn a_document_that_unpacks_without_end_is_rejected_and_the_others_are_read() {
    let mut bomb = document("Main.Pommi", "");
    bomb.splice(70..70, std::iter::repeat_n(b' ', 40 << 20));
    let events = read_bytes(&package(&[
        LIST,
        ("Main/Pommi.xml", &bomb),
        ("Main/A.xml", &document("Main.A", "teksti")),
    ]));
    assert!(
        told(&events).contains("rejected: page -: it unpacks to more than 200 times its size"),
        "{}",
        told(&events)
    );
    assert!(told(&events).contains("page page:Main.A "), "{}", told(&events));
}

#[test]
fn broken_documents_are_rejected_by_themselves() {
    let laughs = b"<!DOCTYPE x [<!ENTITY a \"ha\">]><xwikidoc reference=\"Main.L\"><content>&a;&a;</content></xwikidoc>";
    let deep = format!("<xwikidoc reference=\"Main.D\">{}", "<a>".repeat(10_000));
    let huge = document("Main.H", &"y".repeat(17 << 20));
    let events = read_bytes(&package(&[
        LIST,
        ("a.xml", b"<xwikidoc><name>"),
        ("b.xml", b"\xff\xfe\xff"),
        ("c.xml", b"<other/>"),
        ("d.xml", deep.as_bytes()),
        ("e.xml", &huge),
        ("f.xml", laughs),
        ("g.xml", &document("Main.A", "eka")),
        ("h.xml", &document("Main.A", "toka")),
        ("i.xml", b"<xwikidoc><content>x</content></xwikidoc>"),
        ("j.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><xwikidoc reference=\"Main.P\"><title>p\u{e4}</title></xwikidoc>"
            .chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<_>>().as_slice()),
    ]));
    let told = told(&events);
    for reason in [
        "cut off",
        "no document of XWiki: its root is `other`",
        "nested deeper than 64",
        "more than 200 times",
        "the id `page:Main.A` was used before",
        "the document has no name",
    ] {
        assert!(told.contains(reason), "{reason}: {told}");
    }
    assert!(!told.contains("haha"), "{told}");
    assert_eq!(records(&events).len(), 2, "{told}");
    let places = events.iter().filter_map(|event| event.as_ref().err()).map(ToString::to_string);
    assert!(places.into_iter().all(|place| place.starts_with("export!")));
}

#[test]
fn a_package_that_is_cut_off_or_holds_too_much_is_refused() {
    let whole = wiki();
    let file = tempfile::NamedTempFile::new().unwrap();
    let open = |bytes: &[u8]| {
        std::fs::write(file.path(), bytes).unwrap();
        kampus_migrate::format::open(file.path(), kampus_migrate::format::Format::Xar, &super::options())
            .map(drop)
            .map_err(|error| error.to_string())
    };
    assert!(open(&whole).is_ok());
    for end in [10, whole.len() / 2, whole.len() - 5] {
        assert!(open(&whole[..end]).unwrap_err().contains("broken or cut off"), "{end}");
    }
    // The record at the end says how large the list of files is.
    let mut lies = whole.clone();
    let at = lies.len() - 22;
    lies[at + 12..at + 16].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    assert!(open(&lies).unwrap_err().contains("more files than"), "{:?}", open(&lies));
}
