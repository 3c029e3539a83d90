//! The inventory goes out, is filled in and comes back.

use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx, open_workbook};
use jiff::civil::date;
use kampus_core::Language;
use kampus_migrate::inventory::{Decision, Decisions, InventoryError, write};
use kampus_migrate::outcome::{
    Rejection, SurveyOutcome, SurveyRow, SurveyRule, SurveySource, SurveyTarget, VERSION,
};
use kampus_migrate::plan::{CheckedPlan, Plan};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

fn survey() -> SurveyOutcome {
    let page = |id: &str, title: &str| SurveyRow {
        source: "ym".to_owned(),
        id: id.to_owned(),
        kind: "page".to_owned(),
        title: title.to_owned(),
        address: Some(format!("https://intra.ym.fi/{id}")),
        created: Some(date(2014, 3, 12)),
        modified: Some(date(1812, 9, 7)),
        language: Some("fi".to_owned()),
        bytes: 3_700,
        words: 420,
        ..SurveyRow::default()
    };
    SurveyOutcome {
        version: VERSION,
        sources: vec![
            SurveySource {
                source: "ym".to_owned(),
                organisation: Some("YM".to_owned()),
                format: "wxr".to_owned(),
                path: PathBuf::from("ym/ym-intranet.xml"),
                records: [("file".to_owned(), 12), ("page".to_owned(), 3)].into(),
                ..SurveySource::default()
            },
            SurveySource {
                source: "mmm".to_owned(),
                organisation: Some("MMM".to_owned()),
                format: "csv".to_owned(),
                path: PathBuf::from("mmm/sivut.csv"),
                records: [].into(),
                stopped: Some("the file ends in the middle of a row".to_owned()),
                ..SurveySource::default()
            },
        ],
        pages: vec![
            page("post:1", "Matkustaminen"),
            SurveyRow {
                problems: vec!["no owner".to_owned(), "2 dead links".to_owned()],
                ..page("17", "Työajat")
            },
            page("post:3", "=HYPERLINK(\"http://evil.example\")"),
        ],
        rejections: vec![Rejection {
            source: "ym".to_owned(),
            place: "ym/ym-intranet.xml, byte 81234".to_owned(),
            reason: "the item has no id".to_owned(),
            id: None,
        }],
        ..SurveyOutcome::default()
    }
}

/// The same survey under a plan with rules and targets, two of which have the same title.
fn ruled() -> SurveyOutcome {
    let target = |id: &str, title: &str, kind: &str, visibility: &str| SurveyTarget {
        id: id.to_owned(),
        title: [(Language::Fi, title.to_owned())].into(),
        kind: kind.to_owned(),
        organisation: "VNK".to_owned(),
        visibility: visibility.to_owned(),
        pages: 1,
    };
    let rule = |name: &str, target: Option<&str>, discards| SurveyRule {
        name: name.to_owned(),
        target: target.map(str::to_owned),
        discards,
        pages: 1,
        files: 0,
    };
    let mut survey = survey();
    survey.rules =
        vec![rule("Matkat", Some("matkat"), false), rule("Vanhat", None, true), rule("Muut", None, false)];
    survey.targets = vec![
        target("matkat", "Matkustaminen", "section", "government"),
        target("hanke-a", "Hanke", "workspace", "closed"),
        target("hanke-b", "Hanke", "workspace", "hidden"),
    ];
    survey.unruled = 1;
    for (page, rule) in survey.pages.iter_mut().zip(["Matkat", "Vanhat"]) {
        page.rule = Some(rule.to_owned());
    }
    survey.pages[0].target = Some("matkat".to_owned());
    survey
}

/// All cells of a workbook, a sheet after the other.
fn cells(path: &Path) -> String {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let mut text = String::new();
    for name in workbook.sheet_names() {
        text.push_str(&["== ", &name, "\n"].concat());
        for row in workbook.worksheet_range(&name).unwrap().rows() {
            let row: Vec<String> = row.iter().map(|cell| cell.to_string().replace('\n', " / ")).collect();
            text.push_str(row.join(" | ").trim_end());
            text.push('\n');
        }
    }
    text
}

/// A workbook with these rows under a title, as people make them.
fn filled(folder: &TempDir, rows: &[&[&str]]) -> PathBuf {
    let path = folder.path().join("inventory.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Sivut").unwrap();
    sheet.write_string(0, 0, "Sivut, kevät 2018").unwrap();
    for (row, cells) in (2..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *cell).unwrap(),
            };
        }
    }
    workbook.save(&path).unwrap();
    path
}

const HEADER: &[&str] =
    &["Lähde", "Tunniste", "Otsikko", "Osoite", "Päätös", "Yhdistetään sivuun", "Uusi omistaja", "Perustelu"];

#[test]
fn the_workbook_says_what_the_survey_found() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("inventory.xlsx");
    write(&path, &survey(), Language::Fi).unwrap();
    insta::assert_snapshot!(cells(&path));
}

#[test]
fn the_workbook_of_a_plan_with_rules_says_where_pages_go() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("inventory.xlsx");
    write(&path, &ruled(), Language::Sv).unwrap();
    insta::assert_snapshot!(cells(&path));
}

#[test]
fn a_workbook_that_nobody_filled_in_decides_nothing() {
    let folder = TempDir::new().unwrap();
    for language in Language::ALL {
        let path = folder.path().join(format!("{language}.xlsx"));
        write(&path, &ruled(), language).unwrap();
        assert_eq!(Decisions::read(&path).unwrap(), Decisions::default());
        write(&path, &survey(), language).unwrap();
        assert_eq!(Decisions::read(&path).unwrap(), Decisions::default());
    }
}

#[test]
fn a_title_that_looks_like_a_formula_stays_a_title() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("inventory.xlsx");
    write(&path, &survey(), Language::En).unwrap();
    let mut workbook: Xlsx<_> = open_workbook(&path).unwrap();
    assert!(workbook.worksheet_formula("Pages").unwrap().used_cells().next().is_none());
}

#[test]
fn decisions_come_back_in_any_language() {
    let folder = TempDir::new().unwrap();
    let path = filled(
        &folder,
        &[
            HEADER,
            &["ym", "post:1", "a", "https://intra.ym.fi/a", "Säilytetään", "", "maija.meikalainen@ym.fi"],
            &["ym", "17", "b", "https://intra.ym.fi/b", " slå ihop ", "https://intra.ym.fi/a"],
            &["ym", "post:3", "c", "", "discard", "", "", "vanhentunut"],
            &["lvm", "post:3", "d", "", "", "", "matti@lvm.fi"],
            &["lvm", "post:4", "e"],
        ],
    );
    let decisions = Decisions::read(&path).unwrap();
    let decision = |source, id| decisions.get(source, id).and_then(|decided| decided.decision.clone());
    assert_eq!(decision("ym", "post:1"), Some(Decision::Keep));
    assert_eq!(decision("ym", "17"), Some(Decision::Merge { into: "https://intra.ym.fi/a".to_owned() }));
    assert_eq!(decision("ym", "post:3"), Some(Decision::Discard { reason: Some("vanhentunut".to_owned()) }));
    let owner_only = decisions.get("lvm", "post:3").unwrap();
    assert_eq!((owner_only.decision.as_ref(), owner_only.owner.as_deref()), (None, Some("matti@lvm.fi")));
    assert_eq!(owner_only.place, "inventory.xlsx, Sivut!E7");
    assert_eq!((decisions.get("lvm", "post:4"), decisions.len()), (None, 4));
}

/// A plan with the targets of [`ruled`].
fn plan_with_targets() -> CheckedPlan {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("a.csv"), "").unwrap();
    let target = |id: &str, title: &str| {
        format!(
            "[[target]]\nid = \"{id}\"\nkind = \"workspace\"\ntitle = {{ fi = \"{title}\" }}\norganisation = \"YM\"\n"
        )
    };
    let text = format!(
        "[[source]]\nid = \"ym\"\npath = \"a.csv\"\norganisation = \"YM\"\n{}{}{}",
        target("matkat", "Matkustaminen"),
        target("hanke-a", "Hanke"),
        target("hanke-b", "Hanke")
    );
    let known = ["YM".to_owned()].into();
    Plan::parse(&text, &folder.path().join("plan.toml")).unwrap().check(&known).unwrap()
}

#[test]
fn a_page_moves_to_a_target_by_title_or_id() {
    let folder = TempDir::new().unwrap();
    let header: &[&str] = &["Källa", "Identifierare", "Beslut", "Slås ihop med", "Mål"];
    let path = filled(
        &folder,
        &[
            header,
            &["ym", "1", "flyttas annanstans", "", "matkustaminen"],
            &["ym", "2", "Move", "", "hanke-b"],
            &["ym", "3", "siirretään muualle", "", "Hanke (hanke-a)"],
        ],
    );
    let decisions = Decisions::read(&path).unwrap();
    let plan = plan_with_targets();
    decisions.check(&plan).unwrap();
    let found = ["1", "2", "3"].map(|id| {
        let decided = decisions.get("ym", id).unwrap();
        let Some(Decision::Move { to }) = &decided.decision else { panic!("{decided:?}") };
        plan.target_called(to).unwrap().id.as_str()
    });
    assert_eq!(found, ["matkat", "hanke-b", "hanke-a"]);
}

#[test]
fn a_target_that_cannot_be_found_is_told_with_its_cell() {
    let folder = TempDir::new().unwrap();
    let header: &[&str] = &["Lähde", "Tunniste", "Päätös", "Yhdistetään sivuun", "Kohde"];
    let wrong: &[&[&str]] = &[
        header,
        &["ym", "1", "siirretään muualle"],
        &["ym", "2", "säilytetään", "", "matkat"],
        &["ym", "3", "siirretään muualle", "page:1", "matkat"],
        &["ym", "4", "", "page:1", "matkat"],
    ];
    let shapes = Decisions::read(&filled(&folder, wrong)).unwrap_err().to_string();
    let names: &[&[&str]] = &[
        header,
        &["ym", "1", "siirretään muualle", "", "matka"],
        &["ym", "2", "siirretään muualle", "", "Hanke"],
    ];
    let read = Decisions::read(&filled(&folder, names)).unwrap();
    let unknown = read.check(&plan_with_targets()).unwrap_err().to_string();
    insta::assert_snapshot!(format!("{shapes}\n{unknown}"));
}

#[test]
fn every_wrong_cell_is_named() {
    let folder = TempDir::new().unwrap();
    let path = filled(
        &folder,
        &[
            HEADER,
            &["ym", "1", "a", "", "säilytettään"],
            &["ym", "2", "b", "", "ehkä"],
            &["ym", "3", "c", "", "yhdistetään"],
            &["ym", "4", "d", "https://intra.ym.fi/d", "yhdistetään", "https://intra.ym.fi/d"],
            &["ym", "5", "e", "", "", "https://intra.ym.fi/a"],
            &["ym", "6", "f", "", "säilytetään"],
            &["ym", "6", "f", "", "poistetaan"],
            &["", "", "", "", "poistetaan"],
        ],
    );
    insta::assert_snapshot!(Decisions::read(&path).unwrap_err());
}

#[test]
fn a_file_that_is_no_inventory_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = filled(&folder, &[&["Otsikko", "Osoite"]]);
    assert!(matches!(Decisions::read(&path), Err(InventoryError::NoHeader { .. })));
    std::fs::write(&path, "Lähde;Tunniste;Päätös").unwrap();
    assert!(matches!(Decisions::read(&path), Err(InventoryError::Open { .. })));
    assert!(matches!(Decisions::read(&folder.path().join("none.xlsx")), Err(InventoryError::Open { .. })));
}
