//! What a survey finds, and the page that tells it.

use std::collections::BTreeSet;
use std::fs;

use calamine::{Reader, Xlsx, open_workbook};
use jiff::civil::date;
use kampus_core::Language;
use kampus_migrate::engine;
use kampus_migrate::inventory;
use kampus_migrate::outcome::{Problem, Rejection, SurveyOutcome};
use kampus_migrate::report::{About, assessment};
use tempfile::TempDir;

use crate::support::{as_text, in_lines, plan, sample_plan};

fn about(language: Language) -> About<'static> {
    About { plan: "Ensimmäinen aalto", language, day: date(2018, 3, 5) }
}

fn survey(plan: &kampus_migrate::plan::CheckedPlan) -> SurveyOutcome {
    engine::survey(plan, &mut |_| {}).unwrap()
}

/// Two lists of pages that have one of everything that a survey finds.
pub(crate) fn troubled() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "people.csv",
        "Etunimi;Sukunimi;Sähköposti;Organisaatio\r\nMaija;Meikäläinen;maija@ym.example;YM\r\n",
    );
    write(
        "ym.csv",
        "Tunniste;Otsikko;Osoite;Sisältö;Muokattu;Kieli;Omistaja;Tila\r\n\
         1;Matkat;https://ym.example/matkat;<p>Lennetään <b>vain</b> pakosta.</p>;1.3.2015;fi;maija@ym.example;\r\n\
         2;Resor;https://ym.example/resor;<div style=x>Lennetään  vain pakosta.</div>;1.3.2018;sv-FI;Meikäläinen, Maija;\r\n\
         3;Linkit;https://ym.example/linkit;<a href=\"/poissa\">a</a> <a href=\"poissa/\">b</a>;;fi;Matti Muu;\r\n\
         4;=Ote <b>;https://ym.example/ote;<p>SALASSA PIDETTÄVÄ</p><script>x()</script>;3.3.2016;fi;;\r\n\
         5;Vanha;https://ym.example/vanha;<p>Roskiin.</p> <a href=\"/matkat\">m</a>;4.4.2011;se;matti muu;roskakori\r\n\
         6;Tyhjä;https://ym.example/tyhja;;5.5.2017;de;matti@ym.example;\r\n\
         7;Etäällä;https://ym.example/etaalla;<a href=\"/vanha\">v</a> <a href=\"https://muu.example/\">m</a>;;fi;;\r\n\
         ;;;;;;;\r\n8;;https://ym.example/8;<p>Ei otsikkoa.</p>;;fi;;\r\n",
    );
    write(
        "mmm.csv",
        "Tunniste;Otsikko;Avainsanat;Sisältö\r\n1;Metsä;metsä;<p>Puita. TL IV.</p>\r\n\
         2;Palvelu;palvelu;<p>Lennetään vain pakosta.</p>\r\n3;Ohje;;<p>KONFIDENTIELL ohje.</p>\r\n",
    );
    write(
        "plan.toml",
        "name = \"Vaivat\"\n[[people]]\nid = \"people\"\npath = \"people.csv\"\n\
         [[source]]\nid = \"ym\"\npath = \"ym.csv\"\norganisation = \"YM\"\n\
         [source.values]\n\"roskakori\" = \"trash\"\n\
         [[source]]\nid = \"mmm\"\npath = \"mmm.csv\"\norganisation = \"MMM\"\nclassification = \"non_public\"\n\
         [[target]]\nid = \"metsat\"\nkind = \"section\"\ntitle = { fi = \"Metsät\", sv = \"Skogar\" }\n\
         organisation = \"MMM\"\nvisibility = \"organisation\"\n\
         [[rule]]\nname = \"Metsää\"\nwhen = { label = \"metsä\" }\ntarget = \"metsat\"\n\
         [[rule]]\nname = \"Palveluita\"\nwhen = { label = \"palvelu\" }\ndecision = \"discard\"\n\
         reason = \"ei enää\"\n",
    );
    folder
}

#[test]
fn the_assessment_of_the_samples_is_as_it_was_agreed() {
    let survey = survey(&sample_plan());
    let page = assessment(&about(Language::Fi), Some("out/inventory.xlsx".as_ref()), &survey);
    insta::assert_snapshot!(in_lines(&page));
}

#[test]
fn the_assessment_speaks_swedish_and_english_too() {
    let folder = troubled();
    let mut survey = survey(&plan(&folder.path().join("plan.toml")));
    survey.sources[2].stopped = Some("the file ends in the middle of a row".to_owned());
    for language in [Language::Sv, Language::En] {
        let page = assessment(&about(language), None, &survey);
        insta::assert_snapshot!(format!("in_{language}"), as_text(&page));
    }
}

#[test]
fn a_survey_finds_one_of_everything() {
    let folder = troubled();
    let survey = survey(&plan(&folder.path().join("plan.toml")));
    let found = |id: &str, problem: Problem| -> Vec<&str> {
        let page =
            survey.pages.iter().find(|page| page.source == "ym" && page.id == format!("page:{id}")).unwrap();
        page.findings.iter().filter(|f| f.problem == problem).map(|f| f.detail.as_str()).collect()
    };
    assert_eq!(
        found("1", Problem::SameText),
        ["3"],
        "the same words in other markup, here and in another source"
    );
    assert_eq!(found("2", Problem::Markup), ["1 × style=\"…\""]);
    assert_eq!(found("3", Problem::DeadLink), ["/poissa", "poissa/"]);
    assert_eq!(found("3", Problem::UnlistedOwner), ["Matti Muu"]);
    assert_eq!(found("4", Problem::Mark), ["SALASSA PIDETTÄVÄ"]);
    assert_eq!(found("4", Problem::NoOwner), [""]);
    assert_eq!(found("5", Problem::Trash), [""]);
    assert!(found("5", Problem::DeadLink).is_empty());
    assert_eq!(found("6", Problem::NoText), [""]);
    assert_eq!(found("7", Problem::DeadLink), ["/vanha"], "what was thrown away leads nowhere");
    let overview = &survey.overview;
    let owners: Vec<_> =
        overview.owners.iter().map(|owner| (owner.name.as_str(), owner.listed, owner.pages)).collect();
    assert_eq!(
        owners,
        [("Maija Meikäläinen", true, 2), ("Matti Muu", false, 2), ("matti@ym.example", false, 1)],
        "one person under an address and under a name"
    );
    let unknown: Vec<_> =
        overview.unknown_people.iter().map(|person| (person.name.as_str(), person.pages)).collect();
    assert_eq!(unknown, [("Matti Muu", 2), ("matti@ym.example", 1)]);
    let dead: Vec<_> =
        overview.dead_links.iter().map(|target| (target.address.as_str(), target.pages.len())).collect();
    assert_eq!(dead, [("https://ym.example/poissa", 2), ("https://ym.example/vanha", 1)]);
    let copies: Vec<&str> = overview.duplicates[0].pages.iter().map(|page| page.source.as_str()).collect();
    assert_eq!((overview.duplicates.len(), copies), (1, vec!["ym", "ym", "mmm"]));
    let marks: Vec<_> = overview.marks.iter().map(|mark| (mark.mark.as_str(), mark.refused)).collect();
    assert_eq!(
        marks,
        [("SALASSA PIDETTÄVÄ", true), ("TL IV", true), ("KONFIDENTIELL", false)],
        "the ceiling is that of where a page goes"
    );
    let rules: Vec<_> = survey.rules.iter().map(|rule| (rule.name.as_str(), rule.pages)).collect();
    assert_eq!(rules, [("Metsää", 1), ("Palveluita", 1)]);
    assert_eq!(survey.sources[1].no_content["page"], 1);
    assert_eq!(
        survey.sources[2].bytes["page"],
        ["<p>Puita. TL IV.</p>", "<p>Lennetään vain pakosta.</p>", "<p>KONFIDENTIELL ohje.</p>"]
            .concat()
            .len() as u64
    );
}

#[test]
fn whom_a_survey_does_not_know_gets_a_placeholder_from_a_run() {
    let plan = sample_plan();
    let unknown: BTreeSet<String> =
        survey(&plan).overview.unknown_people.into_iter().map(|person| person.name).collect();
    let folder = TempDir::new().unwrap();
    let options = engine::RunOptions {
        dry_run: false,
        decisions: None,
        prefer: kampus_migrate::outcome::Side::Target,
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    let run = engine::run(&plan, &folder.path().join("kampus.db"), &options, &mut |_| {}).unwrap();
    let placeholders: BTreeSet<String> = run
        .notices
        .first()
        .iter()
        .filter(|notice| notice.text.contains("a placeholder"))
        .filter_map(|notice| notice.text.split('`').nth(1))
        .filter(|name| *name != "Tuntematon tekijä")
        .map(str::to_owned)
        .collect();
    assert!(!unknown.is_empty());
    assert_eq!(unknown, placeholders);
}

#[test]
fn the_rows_of_the_assessment_are_those_of_the_workbook() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("inventory.xlsx");
    let survey = survey(&sample_plan());
    inventory::write(&path, &survey, Language::Fi).unwrap();
    let mut workbook: Xlsx<_> = open_workbook(&path).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let page = in_lines(&assessment(&about(Language::Fi), Some(&path), &survey));
    let mut held = 0;
    for (number, row) in (1..).zip(sheet.rows()) {
        let id = row[1].to_string();
        // Source, id and row stand beside each other in every list of pages.
        let cells = format!("<td>{}</td><td><code>{id}</code></td><td class=\"n\">", row[0]);
        for found in page.split(&cells).skip(1) {
            assert!(found.starts_with(&format!("{number}</td>")), "{id} is not in row {number}");
            held += 1;
        }
    }
    assert!(held > 20, "{held} rows were compared");
}

#[test]
fn a_page_asks_for_nothing_and_an_export_writes_no_markup_into_it() {
    let folder = troubled();
    let mut survey = survey(&plan(&folder.path().join("plan.toml")));
    survey.rejections.push(Rejection {
        source: "<script>alert(1)</script>".to_owned(),
        place: "\u{1b}[31m".to_owned(),
        reason: "\" onmouseover=\"x".to_owned(),
        id: Some("javascript:alert(1)".to_owned()),
    });
    let page = assessment(&about(Language::En), None, &survey);
    assert!(page.contains("=Ote &lt;b&gt;") && page.contains("&lt;script&gt;alert(1)"));
    for evil in ["<script", "src=", "@import", "url(", "onmouseover=\"", "href=\"javascript", "\u{1b}"] {
        assert!(!page.contains(evil), "{evil}");
    }
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    for link in links {
        assert!(["#", "https://", "data:,"].iter().any(|good| link.starts_with(good)), "{link}");
    }
}
