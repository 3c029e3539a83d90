//! Which language pages are in, held against exports that say it.

use std::collections::BTreeMap;

use kampus_migrate::engine;
use kampus_migrate::outcome::{LanguageFrom, SurveyRow};
use kampus_migrate::plan::Plan;

use super::world::{World, said};
use crate::support::{corpus, samples};

/// The rows of a survey by source and id.
fn rows(plan: &str, path: &std::path::Path) -> BTreeMap<(String, String), SurveyRow> {
    let known = ["YM", "LVM", "MMM"].map(str::to_owned).into();
    let plan = Plan::parse(plan, path).unwrap().check(&known).unwrap();
    let survey = engine::survey(&plan, &mut |_| {}).unwrap();
    survey.pages.into_iter().map(|row| ((row.source.clone(), row.id.clone()), row)).collect()
}

#[test]
fn the_samples_tell_their_languages_without_being_asked() {
    let path = samples().join("ministries.toml");
    let plan = std::fs::read_to_string(&path).unwrap();
    let given = rows(&plan, &path);
    let silent = plan.replace("language = \"Kieli\"\n", "").replace("language = \"Kieliversio\"\n", "");
    let told = rows(&silent, &path);
    let (mut right, mut open) = (0, 0);
    for (key, row) in &given {
        if row.language_from != Some(LanguageFrom::Given) {
            continue;
        }
        let language = |row: &SurveyRow| row.language.as_deref().map(|tag| tag[..2].to_lowercase());
        match told[key].language_from {
            Some(LanguageFrom::Detected) => {
                assert_eq!(language(&told[key]), language(row), "{}", row.title);
                right += 1;
            }
            Some(LanguageFrom::Assumed) => open += 1,
            other => panic!("{other:?}: {}", row.title),
        }
    }
    assert!(right >= 78 && open <= 3, "{right} detected, {open} left to the plan");
}

#[test]
fn english_pages_are_english_or_left_to_the_plan() {
    let Some(folder) = corpus("wxr") else { return };
    let file = folder.join("themeunittestdata.wordpress.xml");
    let plan = format!(
        "language = \"sv\"\n[[source]]\nid = \"wp\"\npath = {:?}\norganisation = \"YM\"\n",
        file.to_str().unwrap()
    );
    let found = rows(&plan, &folder.join("plan.toml"));
    let detected = |row: &&SurveyRow| row.language_from == Some(LanguageFrom::Detected);
    let detected: Vec<&SurveyRow> = found.values().filter(detected).collect();
    for row in &detected {
        assert_eq!(row.language.as_deref(), Some("en"), "{}", row.title);
    }
    // Others are Latin, lists of tags, or a few words.
    assert!(detected.len() * 10 >= found.len() * 7, "{} of {}", detected.len(), found.len());
}

#[test]
fn a_page_says_its_language_by_field_label_or_text() {
    let pages = "Tunniste;Otsikko;Sisältö;Kieli;Avainsanat\n\
                 1;Ruokala;Ruokala on auki arkisin kello yhdestätoista yhteen, kesällä lyhyemmin.;;\n\
                 2;Matsalen;Matsalen är öppen vardagar från elva till ett, på sommaren kortare tid.;;\n\
                 3;Canteen;Open daily;;language/English\n\
                 4;Kantine;Offen;de;\n\
                 5;Matsal;Öppen;ruotsi;\n\
                 6;Ohje;Lyhyt;;\n";
    let plan = "language = \"fi\"\n[[source]]\nid = \"ym\"\npath = \"a.csv\"\norganisation = \"YM\"\n\
                [[rule]]\nwhen = { language = \"sv\" }\nkind = \"news\"\n";
    let world = World::new(plan, &[("a.csv", pages)]);
    let survey = world.survey();
    let row = |number: usize| {
        (survey.pages[number - 1].language.clone().unwrap(), survey.pages[number - 1].language_from.unwrap())
    };
    assert_eq!(row(1), ("fi".to_owned(), LanguageFrom::Detected));
    assert_eq!(row(2), ("sv".to_owned(), LanguageFrom::Detected));
    assert_eq!(row(3), ("en".to_owned(), LanguageFrom::Given));
    assert_eq!(row(4), ("de".to_owned(), LanguageFrom::Assumed));
    assert_eq!(row(5), ("ruotsi".to_owned(), LanguageFrom::Given));
    assert_eq!(row(6), ("fi".to_owned(), LanguageFrom::Assumed));
    assert_eq!(survey.rules[0].pages, 2, "a rule takes what is Swedish by text or word");
    let said = said(&world.run());
    assert!(said.contains("its language `de` is none of Kampus's: it stands as `fi`"), "{said}");
    let language = |title: &str| world.item(title).title.iter().next().unwrap().0;
    assert_eq!(language("Matsal"), kampus_core::Language::Sv);
    assert_eq!(language("Canteen"), kampus_core::Language::En);
}
