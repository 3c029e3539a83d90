//! Lotus Notes and Domino.

use kampus_core::access::Scope;

use super::{moved, read, read_bytes, records, sample, stopped, told};

#[test]
fn a_database_becomes_pages_with_their_files() {
    let events = read(&sample("notes.dxl"));
    insta::assert_snapshot!(told(&events));
}

#[test]
fn a_database_is_moved_and_proven_with_its_attachments() {
    let (outcome, kampus) =
        moved("[[source]]\nid = \"k\"\npath = \"SAMPLES/notes.dxl\"\norganisation = \"VM\"\n");
    let by_kind = |kind: &str| outcome.total.by_kind[kind];
    assert_eq!((by_kind("page").loaded, by_kind("discussion").loaded, by_kind("file").loaded), (2, 1, 3));
    assert_eq!(
        (by_kind("page").rejected, by_kind("file").rejected),
        (1, 1),
        "what is encrypted, and its file"
    );
    assert_eq!((by_kind("form").discarded, by_kind("view").discarded), (1, 1));
    let snapshot = kampus.snapshot();
    let found = |title: &str| {
        let mut items = snapshot.untrimmed().items();
        items.find(|item| item.title.iter().any(|(_, text)| text == title)).unwrap().clone()
    };
    let untrimmed = snapshot.untrimmed();
    let few = found("Vain johtoryhmälle");
    let picture = untrimmed.items().find(|item| item.parent == Some(few.id)).unwrap();
    for (item, inherits) in [(few.id, false), (picture.id, true), (found("Matkalaskun teko").id, true)] {
        assert_eq!(untrimmed.inherits(Scope::Item(item)), inherits, "what has readers is for nobody else");
    }
    let let_in: Vec<_> = untrimmed.grants_on(Scope::Item(few.id)).collect();
    assert_eq!(let_in.len(), 1, "the one whom the export names; nobody knows who has the role");
    let (page, file) = (found("Matkalaskun teko"), found("kuitit.txt"));
    assert_eq!(file.parent, Some(page.id));
    let bytes = snapshot.untrimmed().blob(file.file.unwrap().blob.hash).unwrap().unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "Kuittien lista, joka on liitteenä.\n".repeat(40));
    let body = snapshot.untrimmed().blob(page.body.best(&[]).unwrap().1.hash).unwrap().unwrap();
    let body = String::from_utf8(body).unwrap();
    for target in [file.id, found("Päivärahat").id, found("picture-1.png").id] {
        assert!(body.contains(&format!("\"/items/{}\"", target.get())), "{body}");
    }
    assert!(!body.contains("Piilossa"));
}

#[test]
fn a_document_alone_is_read_too_and_odd_ones_are_rejected() {
    let document = |unid: &str| {
        format!(
            "<document form='A'><noteinfo unid='{unid}'/><item name='Body'><text>x</text></item></document>"
        )
    };
    let alone = document("1").replace("<document", "<document xmlns='http://www.lotus.com/dxl'");
    assert_eq!(records(&read_bytes(alone.as_bytes())).len(), 1);
    let many = format!(
        "<database xmlns='http://www.lotus.com/dxl'>{}{}{}</database>",
        document("1"),
        document("1"),
        document("")
    );
    let told = told(&read_bytes(many.as_bytes()));
    assert!(told.contains("the id `page:1` was used before"), "{told}");
    assert!(told.contains("has no `unid`"), "{told}");
}

/// Documents that stand below each other in a circle are pages all the same.
#[test]
fn responses_in_a_circle_end() {
    let folder = tempfile::tempdir().unwrap();
    let document = |unid: &str, parent: &str| {
        format!(
            "<document form='Response' parent='{parent}'><noteinfo unid='{unid}'/><item name='Subject'><text>{unid}</text></item><item name='Body'><text>sana</text></item></document>"
        )
    };
    let text = format!(
        "<database xmlns='http://www.lotus.com/dxl'>{}{}{}</database>",
        document("A", "B"),
        document("B", "A"),
        document("C", "C")
    );
    let file = folder.path().join("rengas.dxl");
    std::fs::write(&file, text).unwrap();
    let plan =
        format!("[[source]]\nid = \"r\"\npath = {:?}\norganisation = \"VM\"\n", file.display().to_string());
    let (outcome, _) = moved(&plan);
    assert_eq!(outcome.total.counts.loaded, 3);
}

/// A file's bytes are decoded as they come: what is in base64 may be larger than any text.
#[test]
fn attachments_may_be_larger_than_a_record() {
    let head = "<database xmlns='http://www.lotus.com/dxl'><document form='A'><noteinfo unid='1'/>\
                <item name='$FILE'><object><file name='iso.bin'><filedata>";
    let line = format!("{}\n", "QUJD".repeat(18));
    let mut text = head.to_owned();
    text.push_str(&line.repeat(320_000));
    text.push_str("</filedata></file></object></item></document></database>");
    assert!(text.len() > 20 << 20);
    let events = read_bytes(text.as_bytes());
    let files: Vec<_> = records(&events).into_iter().filter(|record| record.body.kind() == "file").collect();
    let kampus_migrate::record::LegacyBody::File(file) = &files[0].body else { panic!() };
    assert_eq!(file.content.as_ref().unwrap().len(), 320_000 * 54);
    let events = read_bytes(
        format!("{head}\u{7}???</filedata></file></object></item></document></database>").as_bytes(),
    );
    assert!(told(&events).contains("`iso.bin`: it is not written in base64"), "{}", told(&events));
    assert!(stopped(&read_bytes(format!("{head}QUJD").as_bytes())).unwrap().contains("cut off"));
}
