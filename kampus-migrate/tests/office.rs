//! The workbook in LibreOffice: it opens, and comes back as it was filled in.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Reader, Xlsx, open_workbook};
use kampus_core::Language;
use kampus_migrate::engine;
use kampus_migrate::inventory::{Decision, Decisions, Verdict, write};
use kampus_migrate::outcome::SurveyOutcome;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::assessment::troubled;
use crate::support::plan;

/// Opens workbooks in LibreOffice and saves them in a folder; whether there is a LibreOffice. That there is none is
/// said plainly.
#[must_use]
fn saved_by_office(workbooks: &[PathBuf], into: &Path) -> bool {
    let profile = TempDir::new().unwrap();
    let output = Command::new("soffice")
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(into)
        .arg(format!("-env:UserInstallation=file://{}", profile.path().display()))
        .args(workbooks)
        .output();
    match output {
        Ok(output) => {
            let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            for workbook in workbooks {
                assert!(into.join(workbook.file_name().unwrap()).is_file(), "{said}");
            }
            true
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("skipped: there is no `soffice` on the path");
            false
        }
        Err(error) => panic!("soffice: {error}"),
    }
}

/// A part of a workbook.
fn part(workbook: &Path, name: &str) -> String {
    let mut archive = ZipArchive::new(File::open(workbook).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The sheet of pages, the first one.
const PAGES: &str = "xl/worksheets/sheet1.xml";

/// Puts texts into empty cells of the sheet of pages, as somebody does who types them.
pub(crate) fn fill(workbook: &Path, cells: &[(String, &str)]) {
    let mut sheet = part(workbook, PAGES);
    for (cell, text) in cells {
        let (before, from) = sheet.split_once(&format!("<c r=\"{cell}\"")).unwrap();
        let (style, after) = from.split_once("/>").unwrap();
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        sheet = format!("{before}<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t>{text}</t></is></c>{after}");
    }
    let mut archive = ZipArchive::new(File::open(workbook).unwrap()).unwrap();
    let mut filled = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let name = entry.name().unwrap().into_owned();
        filled.start_file(&name, SimpleFileOptions::default()).unwrap();
        filled.write_all(if name == PAGES { sheet.as_bytes() } else { &bytes }).unwrap();
    }
    fs::write(workbook, filled.finish().unwrap().into_inner()).unwrap();
}

/// The letter of a column of the sheet of pages.
pub(crate) fn column(workbook: &Path, header: &str) -> char {
    let mut workbook: Xlsx<_> = open_workbook(workbook).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let place = sheet.rows().next().unwrap().iter().position(|cell| *cell == header).unwrap();
    char::from(b'A' + u8::try_from(place).unwrap())
}

/// A workbook in a language, filled in by its owners: every decision once.
fn filled_in(folder: &Path, survey: &SurveyOutcome, language: Language) -> PathBuf {
    let [decision, merge_into, target, owner, reason] = match language {
        Language::Fi | Language::Se => {
            ["Päätös", "Yhdistetään sivuun", "Kohde", "Uusi omistaja", "Perustelu"]
        }
        Language::Sv => ["Beslut", "Slås ihop med", "Mål", "Ny ansvarig", "Motivering"],
        Language::En => ["Decision", "Merge into", "Target", "New owner", "Reason"],
    };
    let path = folder.join(format!("inventory-{language}.xlsx"));
    write(&path, survey, language).unwrap();
    let at = |header: &str, row: u32| format!("{}{row}", column(&path, header));
    let word = |verdict: Verdict| verdict.word(language);
    let cells = [
        (at(decision, 2), word(Verdict::Keep)),
        (at(owner, 2), "matti@ym.example"),
        (at(decision, 3), word(Verdict::Merge)),
        (at(merge_into, 3), "https://ym.example/matkat?a=1&b=2"),
        (at(decision, 4), word(Verdict::Discard)),
        (at(reason, 4), "vanhentunut <2015"),
        (at(decision, 5), word(Verdict::Move)),
        (at(target, 5), "Metsät"),
        (at(owner, 6), "Maija Meikäläinen"),
    ];
    fill(&path, &cells);
    path
}

#[test]
fn decisions_come_back_from_office_as_they_were_made() {
    let plans = troubled();
    let survey = engine::survey(&plan(&plans.path().join("plan.toml")), &mut |_| {}).unwrap();
    let (own, office) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let languages = [Language::Fi, Language::Sv, Language::En];
    let filled = languages.map(|language| filled_in(own.path(), &survey, language));
    if !saved_by_office(&filled, office.path()) {
        return;
    }
    for (path, language) in filled.iter().zip(languages) {
        let made = Decisions::read(path).unwrap();
        let decision = |id: &str| made.get("ym", id).and_then(|decided| decided.decision.clone());
        assert_eq!(decision("page:1"), Some(Decision::Keep));
        assert_eq!(decision("page:4"), Some(Decision::Move { to: "Metsät".to_owned() }));
        assert_eq!(made.len(), 5);
        let saved = office.path().join(path.file_name().unwrap());
        assert_eq!(Decisions::read(&saved).unwrap(), made, "{language}");
        let sheet = part(&saved, PAGES);
        for verdict in Verdict::ALL {
            assert!(sheet.contains(verdict.word(language)), "the drop-down of {language} has lost a word");
        }
    }
}

#[test]
fn a_workbook_that_office_saved_untouched_decides_nothing() {
    let plans = troubled();
    let survey = engine::survey(&plan(&plans.path().join("plan.toml")), &mut |_| {}).unwrap();
    let (own, office) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let path = own.path().join("inventory.xlsx");
    write(&path, &survey, Language::Fi).unwrap();
    if !saved_by_office(std::slice::from_ref(&path), office.path()) {
        return;
    }
    let saved = office.path().join("inventory.xlsx");
    assert!(Decisions::read(&saved).unwrap().is_empty());
    let cells = |path: &Path| {
        let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
        let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect::<Vec<Vec<String>>>()
    };
    assert_eq!(cells(&saved), cells(&path), "every page, title, date and number is as it was");
}
