//! Exports of Confluence.

use std::io::{Cursor, Write as _};
use std::path::Path;

use kampus_core::access::{Action, Scope};
use kampus_core::content::Status;
use kampus_migrate::format::{self, Format};
use kampus_migrate::record::LegacyBody;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{moved, options, read, read_bytes, records, sample, stopped, told};
use crate::support::files_in;

/// A zip of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The sample as a zip, its files below a folder of that name.
fn space(prefix: &str) -> Vec<u8> {
    let folder = sample("confluence");
    let files: Vec<(String, Vec<u8>)> = files_in(&folder)
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&folder).unwrap().display().to_string();
            (format!("{prefix}{name}"), std::fs::read(file).unwrap())
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped(&files)
}

/// An export of these objects.
fn export(objects: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><hibernate-generic>{objects}</hibernate-generic>")
}

fn object(class: &str, id: &str, properties: &str) -> String {
    format!("<object class=\"{class}\" package=\"p\"><id name=\"id\">{id}</id>{properties}</object>")
}

fn to(name: &str, class: &str, id: &str) -> String {
    format!("<property name=\"{name}\" class=\"{class}\" package=\"p\"><id name=\"id\">{id}</id></property>")
}

fn text(name: &str, value: &str) -> String {
    format!("<property name=\"{name}\">{value}</property>")
}

/// A page of the space 1 with a text.
fn page(id: &str, more: &str) -> String {
    object("Page", id, &(text("title", &format!("Sivu {id}")) + &to("space", "Space", "1") + more))
        + &object("BodyContent", &format!("9{id}"), &(text("body", "sana") + &to("content", "Page", id)))
}

fn a_space() -> String {
    object("Space", "1", &(text("key", "A") + &text("name", "A")))
}

#[test]
fn a_space_becomes_pages_with_their_files_comments_and_permissions() {
    let events = read(&sample("confluence/entities.xml"));
    insta::assert_snapshot!(told(&events));
}

#[test]
fn a_zip_is_read_as_its_folder_is() {
    let folder = told(&read(&sample("confluence/entities.xml")));
    for prefix in ["", "Confluence-space-export/"] {
        let zip = read_bytes(&space(prefix));
        assert_eq!(told(&zip), folder);
        assert!(zip.iter().any(|event| format!("{event:?}").contains("export!entities.xml")));
    }
}

/// Maija and Matti are in the group that may view the space, Maija in the one that may view a page; Lauri is in none.
#[test]
fn a_space_is_moved_and_proven_and_nobody_reads_more_than_at_the_source() {
    let folder = tempfile::tempdir().unwrap();
    let people = folder.path().join("people.csv");
    std::fs::write(
        &people,
        "Nimi;Sähköposti;Organisaatio\nMaija Mäki;maija@ym.example;YM\nMatti Meri;matti@ym.example;YM\n\
         Lauri Lehto;lauri@ym.example;YM\n",
    )
    .unwrap();
    let plan = format!(
        "[[people]]\nid = \"p\"\npath = {:?}\n[[source]]\nid = \"c\"\npath = \"SAMPLES/confluence\"\norganisation = \"YM\"\n",
        people.display().to_string()
    );
    let (outcome, kampus) = moved(&plan);
    let by_kind = |kind: &str| outcome.total.by_kind[kind];
    assert_eq!((by_kind("page").loaded, by_kind("page").discarded), (8, 1), "the deleted one is left behind");
    assert_eq!((by_kind("news").loaded, by_kind("comment").loaded), (1, 3));
    assert_eq!((by_kind("file").loaded, by_kind("file").rejected), (3, 1), "one whose bytes are not there");
    assert_eq!((by_kind("template").discarded, by_kind("custom_content").discarded), (1, 1));
    let snapshot = kampus.snapshot();
    let untrimmed = snapshot.untrimmed();
    let found = |title: &str| {
        let mut items = untrimmed.items();
        items.find(|item| item.title.iter().any(|(_, text)| text == title)).unwrap().clone()
    };
    let profiles = kampus.profiles().unwrap();
    let who = |action: Action, title: &str| {
        let scope = Scope::Item(found(title).id);
        let may = |email: &&str| {
            let of = |person| !snapshot.directory().person(person).unwrap().placeholder;
            let mut own = profiles
                .iter()
                .filter(|(person, profile)| profile.email.as_deref() == Some(*email) && of(*person));
            let person = own.next().unwrap().0;
            untrimmed.may(person, action, scope, "2026-01-02T00:00:00Z".parse().unwrap())
        };
        let named = ["maija@ym.example", "matti@ym.example", "lauri@ym.example"].into_iter().filter(may);
        named.map(|email| email.split('@').next().unwrap()).collect::<Vec<_>>().join(" ")
    };
    for (title, readers, editors) in [
        ("Etusivu", "maija matti", "maija matti"),
        ("Johto", "maija", "maija"),
        ("Johdon muistio", "maija", "maija"),
        ("salainen.txt", "maija", "maija"),
        ("Lukittu", "maija matti", "maija"),
        ("Lukitun alla", "maija matti", "maija matti"),
        ("luonnos.txt", "matti", ""),
        ("Uusi matkaohje", "maija matti", "maija"),
    ] {
        assert_eq!(
            (who(Action::View, title).as_str(), who(Action::Edit, title).as_str()),
            (readers, editors),
            "{title}"
        );
    }
    for (title, status) in
        [("Luonnos", Status::Draft), ("Vanha merkintä", Status::Archived), ("Matkat", Status::Published)]
    {
        assert_eq!(found(title).status, status, "{title}");
    }
    let (page, file) = (found("Matkat"), found("kuitit.txt"));
    assert_eq!((page.parent, file.parent), (Some(found("Etusivu").id), Some(page.id)));
    let bytes = untrimmed.blob(file.file.unwrap().blob.hash).unwrap().unwrap();
    assert_eq!(bytes, b"Kuittien lista.\n", "the newest version");
    let comments: Vec<_> = untrimmed.comments_on(page.id).collect();
    assert_eq!((comments.len(), comments[1].parent), (2, Some(comments[0].id)));
    assert_eq!(untrimmed.comments_on(file.id).count(), 1);
    let body = untrimmed.blob(page.body.best(&[]).unwrap().1.hash).unwrap().unwrap();
    let body = String::from_utf8(body).unwrap();
    for target in [found("Etusivu").id, file.id] {
        assert!(body.contains(&format!("\"/items/{}\"", target.get())), "{body}");
    }
}

#[test]
fn what_cannot_be_told_of_a_restriction_lets_nobody_in() {
    let set = |id: &str, more: &str| object("ContentPermissionSet", id, &(text("type", "View") + more));
    let restricted = |objects: String| {
        let events = read_bytes(export(&(a_space() + &objects)).as_bytes());
        let pages: Vec<String> = records(&events)
            .into_iter()
            .filter_map(|record| match &record.body {
                LegacyBody::Page(page) => Some(format!("{:?}", page.permissions.as_ref().unwrap().entries)),
                _ => None,
            })
            .collect();
        (pages.join("\n"), stopped(&events))
    };
    let lists = "<collection name=\"contentPermissionSets\"><element class=\"S\"><id name=\"id\">5</id></element></collection>";
    for objects in [
        // A set that is empty, one that is not there, one that names nobody, a page above that is not there.
        page("2", "") + &set("5", &to("owningContent", "Page", "2")),
        page("2", lists),
        page("2", "")
            + &set("5", &to("owningContent", "Page", "2"))
            + &object("ContentPermission", "6", &to("owningSet", "S", "5")),
        page("2", &to("parent", "Page", "77")) + &set("5", &to("owningContent", "Page", "3")),
    ] {
        let (pages, stopped) = restricted(objects);
        assert_eq!(stopped, None);
        assert!(pages.contains("Person(\"unknown:") && pages.contains("Read"), "{pages}");
    }
    let twice = set("5", &to("owningContent", "Page", "2")) + &set("5", &to("owningContent", "Page", "3"));
    for objects in [
        page("2", "") + &twice,
        page("2", "") + &set("x", &to("owningContent", "Page", "2")),
        page("2", "") + &object("ContentPermission", "", &to("owningSet", "S", "5")),
        page("2", "") + &a_space(),
    ] {
        let (pages, stopped) = restricted(objects);
        assert!(stopped.unwrap().contains("nobody could tell who may read"));
        assert_eq!(pages, "", "nothing is given out before it is known who may read it");
    }
    // A file that is cut off may restrict what stands before the cut.
    let whole = export(&(a_space() + &page("2", "") + &page("3", "")));
    let events = read_bytes(&whole.as_bytes()[..whole.len() - 40]);
    assert!(stopped(&events).is_some());
    assert_eq!(records(&events).len(), 0);
}

#[test]
fn grants_of_a_space_are_for_whom_they_name() {
    let granted = |who: &str| {
        let grant =
            object("SpacePermission", "3", &(to("space", "Space", "1") + &text("type", "VIEWSPACE") + who));
        let events = read_bytes(export(&(a_space() + &grant)).as_bytes());
        told(&events)
    };
    for (who, meant) in [
        ("<property name=\"group\"/><property name=\"userSubject\"/>", "who: Everyone"),
        ("<property name=\"allUsersSubject\">authenticated-users</property>", "who: SignedIn"),
        ("<property name=\"allUsersSubject\">joku-muu</property>", "unknown:"),
        ("<property name=\"group\">johto</property>", "Group(\"johto\")"),
        ("<property name=\"userName\">Maija</property>", "Person(\"login:maija\")"),
        ("<property name=\"userSubject\" class=\"C\"><id name=\"key\"></id></property>", "unknown:"),
        ("<property name=\"principal\">vieras</property>", "unknown:"),
    ] {
        let told = granted(who);
        assert!(told.contains(meant) && told.contains("Replaces"), "{who}: {told}");
    }
    let names =
        object("Space", "1", "<collection name=\"permissions\"><element><id>3</id></element></collection>");
    let told = told(&read_bytes(export(&names).as_bytes()));
    assert!(told.contains("permissions: Replaces []"), "grants that are not there: {told}");
}

#[test]
fn the_cloud_says_where_its_clock_stands_and_has_addresses_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let created = text("creationDate", "2025-02-10 10:17:18.442");
    let space = object("Space", "1", &(text("key", "A") + &to("homePage", "Page", "2")));
    let picture = object("SpaceDescription", "5", "")
        + &object(
            "Attachment",
            "6",
            &(text("title", "kuva") + &to("containerContent", "SpaceDescription", "5")),
        );
    std::fs::write(folder.path().join("entities.xml"), export(&(space + &page("2", &created) + &picture)))
        .unwrap();
    std::fs::write(folder.path().join("exportDescriptor.properties"), "source=cloud\ntimezoneId=UTC\n")
        .unwrap();
    let told = told(&read(&folder.path().join("entities.xml")));
    assert!(told.contains("created: 2025-02-10T10:17:18.442Z\n"), "{told}");
    assert!(told.contains("addresses: /wiki/spaces/A/pages/2/Sivu+2 /wiki/display/A/Sivu+2 "), "{told}");
    assert!(told.contains(" /wiki/display/A\n") && told.contains("── space_picture file:6 "), "{told}");
}

#[test]
fn circles_and_repeated_ids_end() {
    let folder = tempfile::tempdir().unwrap();
    let comment = |id: &str, parent: &str| {
        object("Comment", id, &(to("containerContent", "Page", "2") + &to("parent", "Comment", parent)))
            + &object("BodyContent", &format!("8{id}"), &(text("body", "vastaus") + &to("content", "C", id)))
    };
    let objects = a_space()
        + &page("2", &to("parent", "Page", "3"))
        + &page("3", &to("parent", "Page", "2"))
        + &page("4", &to("parent", "Page", "4"))
        + &page("4", "")
        + &page("5", &to("originalVersion", "Page", "6"))
        + &page("6", &to("originalVersion", "Page", "5"))
        + &page("seitsemän", "")
        + &comment("10", "11")
        + &comment("11", "10")
        + &comment("12", "12")
        + &object("Comment", "13", &to("containerContent", "Comment", "13"));
    std::fs::write(folder.path().join("entities.xml"), export(&objects)).unwrap();
    let plan = format!(
        "[[source]]\nid = \"r\"\npath = {:?}\norganisation = \"VM\"\n",
        folder.path().display().to_string()
    );
    let (outcome, _) = moved(&plan);
    let by_kind = |kind: &str| outcome.total.by_kind[kind];
    assert_eq!((by_kind("page").loaded, by_kind("page").rejected), (3, 2));
    assert_eq!((by_kind("comment").loaded, by_kind("comment").rejected), (3, 1));
    assert_eq!(by_kind("version").discarded, 2);
}

#[test]
fn attachments_come_from_their_own_place_only() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("export");
    let secret = folder.path().join("secret.txt");
    std::fs::write(&secret, "salaisuus").unwrap();
    std::fs::create_dir_all(root.join("attachments/2/7")).unwrap();
    let file = |id: &str, version: &str| {
        object(
            "Attachment",
            id,
            &(text("title", "../../a.txt")
                + &text("version", version)
                + &to("containerContent", "Page", "2")),
        )
    };
    let objects = a_space() + &page("2", "") + &file("7", "1") + &file("8", "../../../../secret.txt");
    std::fs::write(root.join("entities.xml"), export(&objects)).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, root.join("attachments/2/7/1")).unwrap();
    let events = read(&root.join("entities.xml"));
    let told = told(&events);
    assert_eq!(told.matches("does not hold its bytes").count(), 2, "{told}");
    // In a zip the names of others are names and nothing else.
    let xml = export(&objects);
    let bytes = zipped(&[
        ("../../evil.txt", b"x"),
        ("entities.xml", xml.as_bytes()),
        ("attachments/2/7/1", b"hei"),
        ("/etc/passwd", b"y"),
    ]);
    let events = read_bytes(&bytes);
    assert_eq!(records(&events).iter().filter(|record| record.body.kind() == "file").count(), 1);
    assert_eq!(files_in(folder.path()).len(), if cfg!(unix) { 3 } else { 2 });
}

#[test]
fn zips_that_are_cut_off_or_hold_no_export_are_refused() {
    let whole = space("");
    let file = tempfile::NamedTempFile::new().unwrap();
    let open = |bytes: &[u8]| {
        std::fs::write(file.path(), bytes).unwrap();
        format::open(file.path(), Format::Confluence, &options()).map(drop).map_err(|error| error.to_string())
    };
    assert!(open(&whole).is_ok());
    for end in [10, whole.len() / 2, whole.len() - 5] {
        assert!(open(&whole[..end]).unwrap_err().contains("broken or cut off"), "{end}");
    }
    assert!(open(&zipped(&[("a.xml", b"x")])).unwrap_err().contains("no `entities.xml`"));
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("entities.xml", SimpleFileOptions::default()).unwrap();
    for _ in 0..40 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(open(&bomb).unwrap_err().contains("200 times"), "{:?}", open(&bomb));
    assert!(open(b"").is_ok() && open(b"<x/>").is_ok(), "what is no export is told by reading it");
    assert!(
        stopped(&format::open(file.path(), Format::Confluence, &options()).unwrap().collect::<Vec<_>>())
            .unwrap()
            .contains("no export of Confluence")
    );
}

/// Texts are put aside and not kept in memory; what they take there does not depend on their number.
#[test]
fn texts_come_back_as_they_were_however_many_there_are() {
    let mut objects = a_space();
    let long = "pitkä teksti ".repeat(2_000);
    for id in 100..300 {
        let id = id.to_string();
        objects += &object(
            "BodyContent",
            &format!("9{id}"),
            &(text("body", &format!("{long}{id}")) + &to("content", "Page", &id)),
        );
        objects += &object("Page", &id, &(text("title", &id) + &to("space", "Space", "1")));
    }
    let events = read_bytes(export(&objects).as_bytes());
    let pages = records(&events).into_iter().filter_map(|record| match &record.body {
        LegacyBody::Page(page) => Some((&page.title, &page.body)),
        _ => None,
    });
    assert_eq!(
        pages.filter(|(title, body)| body.ends_with(title.as_str()) && body.len() > 20_000).count(),
        200
    );
}

#[test]
fn the_format_is_told_by_the_bytes_of_a_file_or_a_zip() {
    assert_eq!(format::detect(&space("")).unwrap(), Format::Confluence);
    assert_eq!(format::detect(export("").as_bytes()).unwrap(), Format::Confluence);
    assert_eq!(
        format::detect_file(Path::new(&sample("confluence/entities.xml"))).unwrap(),
        Format::Confluence
    );
}
