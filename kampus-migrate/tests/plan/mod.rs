//! Plans: what is read, what is refused, and how it is said.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kampus_core::Language;
use kampus_core::content::{Classification, SectionVisibility};
use kampus_migrate::inventory::Verdict;
use kampus_migrate::plan::{CheckedPlan, Plan};
use kampus_migrate::record::{LegacyStatus, PageKind};
use tempfile::TempDir;

const WHOLE: &str = r#"
name = "Ensimmäinen aalto"
time_zone = "Europe/Helsinki"
language = "fi"

[[people]]
id = "people"
path = "people.xlsx"
sheet = "Henkilöt"
[people.columns]
email = "Sähköposti"

[[source]]
id = "ym"
path = "ym/ym-intranet.xml"
format = "wxr"
organisation = "YM"
files = "ym/uploads"
section = { fi = "Ympäristöministeriön intranet", sv = "Miljöministeriets intranät" }
visibility = "organisation"
classification = "non_public"

[[source]]
id = "lvm"
path = "lvm.csv"
organisation = "LVM"
language = "sv"
time_zone = "Europe/Stockholm"
[source.columns]
title = "Otsikko"
merge_into = "Yhdistetään sivuun"
[source.values]
"Hävitetään" = "discard"
"Tiedote" = "news"
"Voimassa" = "published"
"#;

/// A folder in which all that [`WHOLE`] names is there.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("ym/uploads")).unwrap();
    for file in ["people.xlsx", "ym/ym-intranet.xml", "lvm.csv"] {
        fs::write(folder.path().join(file), "").unwrap();
    }
    folder
}

fn organisations() -> BTreeSet<String> {
    ["YM", "LVM", "MMM", "VNK"].map(str::to_owned).into()
}

fn checked(text: &str, folder: &Path) -> CheckedPlan {
    Plan::parse(text, &folder.join("plan.toml")).unwrap().check(&organisations()).unwrap()
}

/// The errors of a text that cannot be read as a plan.
fn errors(text: &str) -> String {
    Plan::parse(text, Path::new("plan.toml")).unwrap_err().to_string()
}

/// The errors of a plan that can be read, but whose world is not there.
fn check_errors(text: &str, folder: &Path) -> String {
    let plan = Plan::parse(text, &folder.join("plan.toml")).unwrap();
    plan.check(&organisations()).unwrap_err().to_string().replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn a_whole_plan_is_read_as_it_is_written() {
    let folder = folder();
    let plan = checked(WHOLE, folder.path());
    assert_eq!(plan.name(), "Ensimmäinen aalto");
    let [people] = plan.people() else { panic!("one list of people") };
    assert_eq!(people.sheet.as_deref(), Some("Henkilöt"));
    assert_eq!(people.columns["email"], "Sähköposti");
    assert_eq!(people.path, folder.path().join("people.xlsx"));
    let [ym, lvm] = plan.sources() else { panic!("two sources") };
    assert_eq!(ym.visibility, SectionVisibility::Organisation);
    assert_eq!(ym.classification, Classification::NonPublic);
    assert_eq!(ym.section.get(Language::Sv).map(String::as_str), Some("Miljöministeriets intranät"));
    assert_eq!(ym.files, Some(folder.path().join("ym/uploads")));
    assert_eq!((ym.language, ym.time_zone.iana_name()), (Language::Fi, Some("Europe/Helsinki")));
    assert_eq!((lvm.language, lvm.time_zone.iana_name()), (Language::Sv, Some("Europe/Stockholm")));
    assert_eq!(lvm.columns["merge_into"], "Yhdistetään sivuun");
}

#[test]
fn what_a_plan_leaves_out_has_careful_defaults() {
    let folder = folder();
    let text = "[[source]]\nid = \"ym\"\npath = \"lvm.csv\"\norganisation = \"YM\"\n";
    let plan = checked(text, folder.path());
    let [source] = plan.sources() else { panic!("one source") };
    assert_eq!(plan.name(), "plan.toml");
    assert_eq!(source.visibility, SectionVisibility::Government);
    assert_eq!(source.classification, Classification::Internal);
    assert_eq!((source.language, source.time_zone.iana_name()), (Language::Fi, Some("Europe/Helsinki")));
    assert!(source.section.is_empty() && source.format.is_none() && source.files.is_none());
}

#[test]
fn words_of_an_export_mean_what_the_plan_says() {
    let folder = folder();
    let plan = checked(WHOLE, folder.path());
    let values = &plan.sources()[1].values;
    assert_eq!(values.decision("hävitetään"), Some(Verdict::Discard));
    assert_eq!(values.decision("Säilytetään"), Some(Verdict::Keep));
    assert_eq!(values.kind("TIEDOTE"), Some(PageKind::News));
    assert_eq!(values.status("Voimassa"), Some(LegacyStatus::Published));
    assert_eq!(values.kind("Voimassa"), None);
}

#[test]
fn a_bare_export_needs_an_organisation_and_nothing_else() {
    let folder = folder();
    let export = folder.path().join("lvm.csv");
    let plan = Plan::bare(&export, "LVM").check(&organisations()).unwrap();
    let [source] = plan.sources() else { panic!("one source") };
    assert_eq!((source.id.as_str(), source.organisation.as_str()), ("lvm.csv", "LVM"));
    assert_eq!(source.path, export);
    let error = Plan::bare(Path::new("lvm.csv"), "LMV").check(&organisations()).unwrap_err();
    insta::assert_snapshot!(error);
}

#[test]
fn all_faults_of_a_plan_are_shown_at_once() {
    insta::assert_snapshot!(errors(
        r#"nmae = "Aalto"
time_zone = "Europe/Helsingfors"
language = "suomi"

[[people]]
id = "henkilöt ja muut"
path = ""
[people.columns]
e-mail = "Sähköposti"

[[source]]
id = "ym"
path = 7
organistaion = "YM"
visibility = "goverment"
classification = "secret"
section = "YM"
	format = "WXR"
[source.colums]
title = "Otsikko"

[[source]]
id = "ym"
path = "b.csv"
organisation = "YM"
section = { fi = "Nimi", ru = "Имя" }
[source.columns]
titel = "Otsikko"
[source.values]
"Poistetaan" = "dicsard"
"#
    ));
}

#[test]
fn all_faults_of_targets_and_rules_are_shown_at_once() {
    insta::assert_snapshot!(errors(
        r#"[[source]]
id = "ym"
path = "a.csv"
organisation = "YM"

[[target]]
id = "matkat"
kind = "section"
title = { fi = "Matkustaminen", sv = "Resor" }
organisation = "VNK"
parent = "hankeet"
manager = "maija@ym.fi"

[[target]]
id = "hankkeet"
kind = "workspace"
title = { fi = "Hankkeet" }
organisation = "YM"
visibility = "government"
parent = "matkat"

[[target]]
id = "a"
kind = "section"
title = { fi = "A" }
organisation = "YM"
parent = "b"

[[target]]
id = "b"
kind = "section"
title = {}
organisation = "YM"
parent = "a"

[[target]]
id = "ym"
title = { fi = "C" }
organisation = "YM"
parent = "hankkeet"

[[rule]]
when = { source = "yym", label = "[a", path = "ohjeet/**", kind = "doc", colour = "red" }
target = "Resor"

[[rule]]
when = { path = ["https://intra.ym.fi/ohjeet/**", "/a**"], created_after = "1.2.2015", modified_before = 7 }

[[rule]]
when = { created_after = 2016-01-01, created_before = 2015-01-01, modified_after = 2015-01-01T12:00:00 }
target = "matkat"
classification = "non_public"
audience = { organisations = [], unit = "YM" }

[[rule]]
name = "Vanhat"
when = { modified_before = 2012-01-01 }
decision = "discard"
target = "matkat"

[[rule]]
reason = "vanha"
when = { modified_before = 2012-01-01 }
decision = "merge"

[[rule]]
name = "Ei mitään"

[[rule]]
name = "Kaikki"
target = "matkat"

[[rule]]
when = { label = "Matkat" }
target = "matkat"
"#
    ));
}

#[test]
fn a_narrower_rule_stands_before_a_wider_one_and_not_after_it() {
    let rules = |first: &str, second: &str| {
        let source = "[[source]]\nid = \"ym\"\npath = \"a.csv\"\norganisation = \"YM\"\n";
        let rule = |when: &str| format!("[[rule]]\nwhen = {{ {when} }}\ndecision = \"keep\"\n");
        Plan::parse(&format!("{source}{}{}", rule(first), rule(second)), Path::new("plan.toml"))
    };
    for (narrow, wide) in [
        ("source = \"ym\", label = \"a\"", "source = \"ym\""),
        ("label = \"a\"", "label = [\"a\", \"B\"]"),
        ("created_before = 2012-01-01", "created_before = 2013-01-01"),
        ("kind = \"news\"", ""),
    ] {
        assert!(rules(narrow, wide).is_ok(), "{narrow} before {wide}");
        assert!(rules(wide, narrow).is_err(), "{narrow} after {wide}");
    }
    for (one, other) in [("label = \"a\"", "label = \"b\""), ("", "kind = \"file\"")] {
        assert!(rules(one, other).is_ok() && rules(other, one).is_ok(), "{one}, {other}");
    }
}

#[test]
fn what_targets_and_rules_leave_out_has_careful_defaults() {
    let folder = folder();
    let text = "[[source]]\nid = \"ym\"\npath = \"lvm.csv\"\norganisation = \"YM\"\n\
                [[target]]\nid = \"t\"\nkind = \"section\"\ntitle = { fi = \"T\" }\norganisation = \"VNK\"\n\
                [[rule]]\ntarget = \"t\"\n";
    let plan = checked(text, folder.path());
    let target = plan.target("t").unwrap();
    assert_eq!((target.visibility_word(), target.classification), ("government", Classification::Internal));
    assert_eq!(plan.rules()[0].name, "rule 1");
    let unknown = text.replace("organisation = \"VNK\"", "organisation = \"VNKK\"");
    let audience = format!("{unknown}audience = {{ organisations = [\"vnk\"] }}\n");
    let errors = check_errors(&audience, folder.path());
    assert!(errors.contains("unknown organisation `VNKK`") && errors.contains("did you mean `VNK`?"));
    assert!(errors.contains("unknown organisation `vnk`"), "{errors}");
}

#[test]
fn what_is_no_toml_is_shown_where_it_ends_being_toml() {
    insta::assert_snapshot!(errors("name = \"Aalto\n[[source]]\nid = ym\n"));
}

#[test]
fn an_empty_plan_has_nothing_to_do() {
    insta::assert_snapshot!(errors("name = \"Aalto\"\n"));
}

#[test]
fn what_is_not_there_is_told_with_what_is_beside_it() {
    let folder = folder();
    insta::assert_snapshot!(check_errors(
        r#"[[people]]
id = "people"
path = "peeple.xlsx"

[[source]]
id = "ym"
path = "ym/uploads"
organisation = "YMM"
files = "ym/ym-intranet.xml"

[[source]]
id = "lvm"
path = "nothing/like/it.csv"
organisation = "lvm"
"#,
        folder.path()
    ));
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_plan() {
    let folder = folder();
    let path = folder.path().join("plan.toml");
    fs::write(&path, format!("\u{feff}{WHOLE}")).unwrap();
    assert_eq!(Plan::read(&path).unwrap().sources.len(), 2);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_reading_a_plan_panic(text in "([a-z_]{1,8}|\\[\\[source\\]\\]|[=\"{}\\[\\].,#]|[0-9]|\n|\\PC){0,60}") {
        if let Err(error) = Plan::parse(&text, Path::new("plan.toml")) {
            proptest::prop_assert!(!error.to_string().is_empty());
        }
    }
}
