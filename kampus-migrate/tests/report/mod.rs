//! What people read after a run.

use std::path::{Path, PathBuf};

use kampus_migrate::outcome::{
    Counts, Discard, Equation, ExitStatus, Links, MissingWords, Narrowed, Narrowing, Notice, Placeholder,
    Rejection, RunOutcome, SharingOutcome, SourceOutcome, Tally, UnresolvedLink, VERSION, VerifiedSource,
    VerifyOutcome,
};
use kampus_migrate::report::{run_text, verify_text, write};
use tempfile::TempDir;

const NEXT: &str = "kampus-migrate verify ministries.toml --store kampus.db";

fn rejection(number: usize) -> Rejection {
    Rejection {
        source: "ym".to_owned(),
        place: format!("ym/ym-intranet.xml, byte {}", number * 1_000),
        reason: "the item has no <wp:post_id>\u{1b}[31m".to_owned(),
        id: None,
    }
}

fn outcome() -> RunOutcome {
    let mut people = Tally::default();
    people.add("person", Counts { read: 60, loaded: 59, rejected: 1, ..Counts::default() });
    let mut ym = Tally::default();
    ym.add(
        "page",
        Counts { read: 1_245, loaded: 1_230, merged: 3, discarded: 1, rejected: 11, ..Counts::default() },
    );
    ym.add("comment", Counts { read: 25, loaded: 20, discarded: 5, ..Counts::default() });
    let mut total = Tally::default();
    total += &people;
    total += &ym;
    RunOutcome {
        version: VERSION,
        run: "1".to_owned(),
        store: PathBuf::from("kampus.db"),
        report: Some(PathBuf::from("kampus-report/migration.html")),
        resumed: false,
        dry_run: false,
        sources: vec![
            source("people", None, "people.xlsx", people),
            source("ym", Some("YM"), "ym/ym.xml", ym),
        ],
        total,
        rejections: (1..=12).map(rejection).collect(),
        discards: vec![Discard {
            source: "ym".to_owned(),
            place: "ym/ym.xml, byte 7".to_owned(),
            kind: "page".to_owned(),
            title: "<script>alert(1)</script>".to_owned(),
            reason: "decided in the inventory".to_owned(),
        }],
        notices: vec![Notice {
            source: "ym".to_owned(),
            place: "ym/ym.xml, byte 9".to_owned(),
            text: "bears the stamp SALASSA PIDETTÄVÄ".to_owned(),
        }],
        conflicts: Vec::new(),
        gone: Vec::new(),
        withdrawn: 0,
        links: Links { rewritten: 120, external: 30, unresolved: 4 },
        redirects: 1_143,
        people_placeholders: 1,
        placeholders: vec![Placeholder {
            source: "ym".to_owned(),
            person: "person:61".to_owned(),
            name: "P. Puro".to_owned(),
            items: 17,
        }],
        sharing: SharingOutcome {
            restricted: 12,
            changed: 12,
            groups: 1,
            narrowed: vec![Narrowed {
                source: "ym".to_owned(),
                id: "page:12".to_owned(),
                place: "ym/sivut.csv:13".to_owned(),
                who: "Vesiryhmä".to_owned(),
                right: "read".to_owned(),
                why: Narrowing::UnknownGroup,
            }],
        },
    }
}

fn source(id: &str, organisation: Option<&str>, path: &str, tally: Tally) -> SourceOutcome {
    SourceOutcome {
        source: id.to_owned(),
        organisation: organisation.map(str::to_owned),
        format: if organisation.is_some() { "wxr" } else { "xlsx" }.to_owned(),
        path: PathBuf::from(path),
        tally,
        stopped: None,
    }
}

/// The same exports once more.
fn second() -> RunOutcome {
    let mut again =
        RunOutcome { rejections: Vec::new(), notices: Vec::new(), discards: Vec::new(), ..outcome() };
    let mut tally = Tally::default();
    tally.add("page", Counts { read: 50, unchanged: 49, discarded: 1, ..Counts::default() });
    again.sources = vec![source("ym", Some("YM"), "ym/ym.xml", tally.clone())];
    again.total = tally;
    (again.links, again.redirects, again.people_placeholders) = (Links::default(), 0, 0);
    (again.sharing, again.placeholders) = (SharingOutcome::default(), Vec::new());
    again
}

#[test]
fn a_run_says_what_became_of_everything_and_what_to_type_next() {
    let outcome = outcome();
    assert!(outcome.total.adds_up());
    assert_eq!(outcome.status(), ExitStatus::Rejections);
    insta::assert_snapshot!(run_text(&outcome, NEXT));
}

#[test]
fn a_second_run_says_that_nothing_is_new() {
    assert_eq!(second().status(), ExitStatus::Done);
    insta::assert_snapshot!(run_text(&second(), NEXT));
}

#[test]
fn a_dry_run_says_that_nothing_was_written() {
    let dry = RunOutcome { dry_run: true, report: None, ..outcome() };
    insta::assert_snapshot!(run_text(&dry, "kampus-migrate run ministries.toml --store kampus.db"));
}

#[test]
fn a_run_of_which_no_source_could_be_read_has_failed() {
    let mut broken = second();
    broken.total = Tally::default();
    broken.sources = vec![source("ym", Some("YM"), "ym/ym.xml", Tally::default())];
    broken.sources[0].stopped = Some("the workbook is protected by a password".to_owned());
    assert_eq!(broken.status(), ExitStatus::Failed);
    insta::assert_snapshot!(run_text(&broken, NEXT));
}

#[test]
fn the_document_is_what_is_promised() {
    let json = serde_json::to_value(outcome()).unwrap();
    for key in ["version", "run", "store", "sources", "total", "rejections"] {
        assert!(json.get(key).is_some(), "{key}");
    }
    assert_eq!(json["total"]["read"], 1_330);
    assert_eq!(json["sources"][1]["by_kind"]["page"]["rejected"], 11);
    assert_eq!(json["sources"][1]["loaded"], 1_250);
    assert_eq!(json["rejections"][0]["place"], "ym/ym-intranet.xml, byte 1000");
    assert_eq!(serde_json::from_value::<RunOutcome>(json).unwrap(), outcome());
}

#[test]
fn the_page_is_self_contained_and_carries_no_markup_of_an_export() {
    let folder = TempDir::new().unwrap();
    let page = write(&folder.path().join("new/report"), "Ensimmäinen <aalto>", &outcome()).unwrap();
    let html = std::fs::read_to_string(&page).unwrap();
    assert!(html.contains("Ensimmäinen &lt;aalto&gt;") && html.contains("&lt;script&gt;alert(1)"));
    assert!(!html.contains("<script") && !html.contains("src=") && !html.contains("@import"));
    assert!(html.contains("SALASSA PIDETTÄVÄ"));
    let document = std::fs::read(page.with_file_name("migration.json")).unwrap();
    assert_eq!(serde_json::from_slice::<RunOutcome>(&document).unwrap(), outcome());
    let files: Vec<_> = std::fs::read_dir(page.parent().unwrap()).unwrap().collect();
    assert_eq!(files.len(), 2, "nothing half-written is left");
}

#[test]
fn a_report_that_cannot_be_written_says_where() {
    let folder = TempDir::new().unwrap();
    let taken = folder.path().join("taken");
    std::fs::write(&taken, "").unwrap();
    let error = write(&taken, "plan", &outcome()).unwrap_err().to_string();
    assert!(error.contains(&taken.display().to_string()), "{error}");
    assert!(write(Path::new("/dev/null/x"), "plan", &outcome()).is_err());
}

#[test]
fn a_verification_shows_its_equations() {
    let counts = Counts { read: 50, loaded: 49, discarded: 1, ..Counts::default() };
    let mut verified = VerifyOutcome {
        version: VERSION,
        store: PathBuf::from("kampus.db"),
        sources: vec![VerifiedSource {
            source: "ym".to_owned(),
            equations: vec![Equation { kind: "page".to_owned(), counts, missing: 0 }],
        }],
        unresolved_links: vec![UnresolvedLink {
            source: "ym".to_owned(),
            id: "post:7".to_owned(),
            address: "https://intra.ym.fi/poissa".to_owned(),
        }],
        ..VerifyOutcome::default()
    };
    assert_eq!(verified.status(), ExitStatus::Done);
    insta::assert_snapshot!("proven", verify_text(&verified));
    verified.sources[0].equations.push(Equation {
        kind: "news".to_owned(),
        counts: Counts { read: 3, loaded: 2, ..Counts::default() },
        missing: 1,
    });
    verified.missing_words.push(MissingWords {
        source: "ym".to_owned(),
        id: "post:1".to_owned(),
        place: "ym/ym.xml, byte 9".to_owned(),
        item: "item:5".to_owned(),
        words: "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän"
            .split(' ')
            .map(str::to_owned)
            .collect(),
    });
    assert_eq!(verified.status(), ExitStatus::Failed);
    insta::assert_snapshot!("not_proven", verify_text(&verified));
}
