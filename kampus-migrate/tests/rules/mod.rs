//! Rules: pages go where the plan says, as what it says, and nothing is shown to more people unsaid.

mod languages;
mod versions;
mod world;

use kampus_core::content::{Classification, Container, ItemKind, SectionVisibility, Status};
use kampus_core::{Command, Language};
use kampus_migrate::engine::MigrateError;
use kampus_migrate::inventory::Decision;

use world::{World, said};

const PEOPLE: &str = "Nimi;Sähköposti;Organisaatio\nMaija Meikäläinen;maija@ym.example;YM\n\
                      Matti Virtanen;matti@vnk.example;VNK\n";

const PAGES: &str = "\
Tunniste;Otsikko;Osoite;Sisältö;Luotu;Tila;Avainsanat;Tyyppi;Omistaja;Sivupohja
1;Matkat;https://intra.ym.example/ohjeet/matkat/;Matkoista sovitaan.;1.3.2017;julkaistu;Matkat, Ohjeet;sivu;Maija Meikäläinen;ohje
2;Päivärahat;https://intra.ym.example/ohjeet/matkat/paivarahat;Päivärahat vuodelle 2018.;2.3.2018;julkaistu;Matkat;sivu;Maija Meikäläinen;ohje
3;Ruokala;https://intra.ym.example/talo/ruokala;Ruokala on auki.;3.3.2012;julkaistu;Talo;tiedote;Maija Meikäläinen;
4;Salainen hanke;https://intra.ym.example/hankkeet/salainen;Hankkeesta ei puhuta.;4.3.2018;yksityinen;Hankkeet;sivu;Maija Meikäläinen;
5;Lausunto;https://intra.ym.example/hankkeet/lausunto;SALASSA PIDETTÄVÄ lausunto.;5.3.2018;julkaistu;Hankkeet;sivu;Maija Meikäläinen;
";

/// A plan of the pages above: `source` is added to the source, `rest` follows it.
fn plan(source: &str, rest: &str) -> String {
    format!(
        "[[people]]\nid = \"people\"\npath = \"people.csv\"\n\n[[source]]\nid = \"ym\"\npath = \"pages.csv\"\n\
         organisation = \"YM\"\nsection = {{ fi = \"YM:n intranet\" }}\n{source}\n\n{rest}\n"
    )
}

const TRAVEL: &str = r#"
[[target]]
id = "matkat"
kind = "section"
title = { fi = "Matkustaminen", sv = "Resor" }
organisation = "VNK"

[[target]]
id = "hankkeet"
kind = "workspace"
title = { fi = "Hankkeet" }
organisation = "YM"
visibility = "hidden"
classification = "non_public"
manager = "matti@vnk.example"
"#;

fn world(source: &str, rest: &str) -> World {
    World::new(&plan(source, rest), &[("people.csv", PEOPLE), ("pages.csv", PAGES)])
}

#[test]
fn the_first_rule_that_matches_decides_where_a_page_goes_and_as_what() {
    let rules = r#"
[[rule]]
name = "Päivärahat"
when = { path = "/ohjeet/**", created_after = 2018-01-01 }
target = "matkat"
kind = "news"
classification = "public"
owner = "matti@vnk.example"
audience = { organisations = ["VNK"], languages = ["fi"] }
language = "sv"

[[rule]]
when = { label = "matkat", template = "oh*" }
target = "matkat"

[[rule]]
when = { label = ["Hankkeet"], status = ["private", "published"], author = "maija *", kind = "page" }
target = "hankkeet"

[[rule]]
when = { kind = "news", created_before = "2013-01-01" }
decision = "discard"
reason = "vanhentunut"
"#;
    let world = world("", &format!("{TRAVEL}{rules}"));
    let outcome = world.run();
    assert_eq!(outcome.total.by_kind["page"].loaded, 4, "{}", said(&outcome));

    assert_eq!((world.place("Matkat"), world.item("Matkat").kind), ("Matkustaminen".into(), ItemKind::Page));
    let news = world.item("Päivärahat");
    assert_eq!((news.kind, news.classification), (ItemKind::News, Classification::Public));
    assert_eq!(
        (news.owner, news.author),
        (world.person("Matti Virtanen"), world.person("Maija Meikäläinen"))
    );
    assert!(news.title.get(Language::Sv).is_some() && news.title.get(Language::Fi).is_none());
    let vnk = world.snapshot().directory().organisation_by_code("VNK").unwrap().id;
    assert_eq!((&news.audience.units, &news.audience.languages), (&vec![vnk], &vec![Language::Fi]));
    assert_eq!(outcome.discards[0].reason, "vanhentunut");

    let secret = world.item("Salainen hanke");
    assert_eq!(secret.status, Status::Draft, "what was private stays a draft wherever it goes");
    let Container::Workspace(id) = secret.container else { panic!("a workspace") };
    assert_eq!(world.workspace(id).ceiling, Classification::NonPublic);
    let Container::Section(id) = news.container else { panic!("a section") };
    assert_eq!(world.section(id).visibility, SectionVisibility::Government);
}

#[test]
fn a_second_run_makes_nothing_anew() {
    let rules = "[[rule]]\nwhen = { path = \"/ohjeet/**\" }\ntarget = \"matkat\"\n\
                 [[rule]]\nwhen = { path = \"/hankkeet/*\" }\ntarget = \"hankkeet\"\n";
    let world = world("", &format!("{TRAVEL}{rules}"));
    world.run();
    let before = world.snapshot().untrimmed().state().clone();
    let again = world.run();
    assert!(again.nothing_new(), "{}", said(&again));
    assert!(*world.snapshot().untrimmed().state() == before, "the second run changed something");
}

#[test]
fn a_changed_rule_moves_what_it_concerns_and_nothing_else() {
    let rule = |target: &str, extra: &str| {
        plan(
            "",
            &format!("{TRAVEL}{extra}[[rule]]\nwhen = {{ path = \"/ohjeet/**\" }}\ntarget = \"{target}\"\n"),
        )
    };
    let world = World::new(&rule("matkat", ""), &[("people.csv", PEOPLE), ("pages.csv", PAGES)]);
    world.run();
    let before = world.item("Matkat");
    // A new name and a comment change no route.
    world.write("plan.toml", &format!("# Matkat\n{}name = \"Ohjeet\"\n", rule("matkat", "\n\n")));
    assert!(world.run().nothing_new());
    world.write("plan.toml", &rule("hankkeet", ""));
    let outcome = world.run();
    assert_eq!((outcome.total.counts.updated, outcome.total.counts.loaded), (2, 0), "{}", said(&outcome));
    let after = world.item("Matkat");
    assert_eq!((after.id, world.place("Matkat").as_str()), (before.id, "Hankkeet"));
    assert_eq!(world.place("Ruokala"), "YM:n intranet");
}

#[test]
fn what_people_have_edited_or_moved_stays_where_they_have_it() {
    let rule = |target: &str| {
        format!("{TRAVEL}[[rule]]\nwhen = {{ path = \"/ohjeet/**\" }}\ntarget = \"{target}\"\n")
    };
    let world = world("", &rule("matkat"));
    world.run();
    let (edited, moved) = (world.item("Matkat"), world.item("Päivärahat"));
    world.execute(Command::EditItem {
        item: edited.id,
        language: Language::Fi,
        title: None,
        lead: None,
        body: Some("<p>Uusi teksti</p>".to_owned()),
    });
    let elsewhere = world.item("Ruokala").container;
    world.execute(Command::MoveItem { item: moved.id, to: elsewhere, parent: None });
    world.write("plan.toml", &plan("", &rule("hankkeet")));
    let outcome = world.run();
    let said = said(&outcome);
    assert_eq!(world.place("Matkat"), "Matkustaminen");
    assert_eq!(world.item("Päivärahat").container, elsewhere);
    let conflicts: Vec<&str> = outcome.conflicts.iter().map(|conflict| conflict.title.as_str()).collect();
    assert_eq!(conflicts, ["Matkat"], "what was edited is told and kept");
    assert!(said.contains("people moved it to section:"), "{said}");
    // And it stays there when its text is newer in the next export.
    world.write("pages.csv", &PAGES.replace("vuodelle 2018", "vuodelle 2019"));
    world.run();
    assert_eq!(world.item("Päivärahat").container, elsewhere);
    assert!(world.body(&world.item("Päivärahat"), Language::Fi).contains("2019"));
}

#[test]
fn a_wider_place_is_said_and_a_mark_above_its_ceiling_is_refused() {
    let rules = "[[rule]]\nname = \"Kaikille\"\nwhen = { path = \"/**\" }\ntarget = \"matkat\"\n";
    let world =
        world("visibility = \"organisation\"\nclassification = \"non_public\"", &format!("{TRAVEL}{rules}"));
    let outcome = world.run();
    let said = said(&outcome);
    assert!(
        said.contains("the rule `Kaikille` shows it to more people: to all staff, not only to YM"),
        "{said}"
    );
    assert!(said.contains("which is above what the section may hold (Internal)"), "{said}");
    assert!(!world.has_item("Lausunto"));
    assert_eq!(world.item("Salainen hanke").status, Status::Draft);
}

#[test]
fn a_mark_comes_before_what_a_rule_says_of_classification() {
    let rules = "[[rule]]\nwhen = { path = \"/hankkeet/**\" }\ntarget = \"hankkeet\"\nclassification = \"internal\"\n";
    let world = world("", &format!("{TRAVEL}{rules}"));
    world.run();
    assert_eq!(world.item("Lausunto").classification, Classification::NonPublic);
    assert_eq!(world.item("Salainen hanke").classification, Classification::Internal);
}

#[test]
fn a_workspace_gets_its_manager_or_is_told_to_have_none() {
    let rules = "[[rule]]\nwhen = { path = \"/hankkeet/**\" }\ntarget = \"hankkeet\"\n";
    let with = format!("{TRAVEL}{rules}");
    let world = world("", &with.replace("matti@vnk.example", "kukaan@vnk.example"));
    let orphaned = said(&world.run());
    assert!(orphaned.contains("nobody looks after workspace:1: nobody in the store is called"), "{orphaned}");
    world.write("plan.toml", &plan("", &with));
    let managed = said(&world.run());
    assert!(!managed.contains("nobody looks after"), "{managed}");
    let granted = world.snapshot().untrimmed().state().clone();
    world.run();
    assert!(*world.snapshot().untrimmed().state() == granted, "a manager is let in once");
}

#[test]
fn a_section_stands_under_another_target_or_under_a_source() {
    let targets = r#"
[[target]]
id = "ylä"
kind = "section"
title = { fi = "Ohjeet" }
organisation = "YM"
parent = "ym"

[[target]]
id = "ala"
kind = "section"
title = { fi = "Matkat" }
organisation = "YM"
parent = "ylä"

[[rule]]
when = { path = "/ohjeet/*" }
target = "ala"
"#;
    let world = world("", targets);
    world.run();
    let section = |title: &str| {
        let snapshot = world.snapshot();
        let named = |section: &&kampus_core::content::Section| {
            section.title.get(Language::Fi).is_some_and(|known| known == title)
        };
        snapshot.untrimmed().sections().find(named).unwrap().clone()
    };
    assert_eq!(section("Matkat").parent, Some(section("Ohjeet").id));
    assert_eq!(section("Ohjeet").parent, Some(section("YM:n intranet").id));
    assert_eq!(world.item("Matkat").container, Container::Section(section("Matkat").id));
    assert_eq!(world.place("Päivärahat"), "YM:n intranet", "two steps down is no child");
}

#[test]
fn what_was_decided_on_the_page_comes_before_a_rule() {
    let rules = "[[rule]]\nname = \"Pois\"\ndecision = \"discard\"\n";
    let mut world = world("", rules);
    world.decide("ym", "page:1", Decision::Keep);
    // The source has a column of its own in which one page is kept.
    let pages = PAGES.lines().map(|line| match line {
        header if header.starts_with("Tunniste") => format!("{header};Päätös\n"),
        kept if kept.starts_with('3') => format!("{kept};säilytetään\n"),
        other => format!("{other};\n"),
    });
    world.write("pages.csv", &pages.collect::<String>());
    let outcome = world.run();
    assert_eq!(outcome.total.counts.discarded, 3, "{}", said(&outcome));
    assert!(world.has_item("Matkat") && world.has_item("Ruokala"));
    assert_eq!(outcome.discards[0].reason, "discarded by the rule `Pois`");
}

#[test]
fn a_page_that_the_workbook_moves_goes_there_whatever_a_rule_says() {
    let rules = "[[rule]]\nwhen = { path = \"/ohjeet/**\" }\ntarget = \"matkat\"\nkind = \"news\"\n";
    let mut world = world("visibility = \"restricted\"", &format!("{TRAVEL}{rules}"));
    let to = |to: &str| Decision::Move { to: to.to_owned() };
    world.decide("ym", "page:1", to("Hankkeet"));
    world.decide("ym", "page:3", to("resor"));
    world.decide("ym", "page:4", to("Muualle"));
    let outcome = world.run();
    assert_eq!((world.place("Matkat").as_str(), world.item("Matkat").kind), ("Hankkeet", ItemKind::News));
    assert_eq!(world.place("Ruokala"), "Matkustaminen");
    let said = said(&outcome);
    assert!(said.contains("the plan has no one target `Muualle` to move it to"), "{said}");
    let wider =
        "the workbook of decisions shows it to more people: to all staff, not only to those who were let in";
    assert!(said.contains(wider), "{said}");
    // A decision that is another in the next run moves it again.
    world.decide("ym", "page:1", to("matkat"));
    let again = world.run();
    assert_eq!(again.total.counts.updated, 1);
    assert_eq!(world.place("Matkat"), "Matkustaminen");
}

#[test]
fn a_survey_foretells_which_rule_takes_what() {
    let rules = "[[rule]]\nname = \"Ohjeet\"\nwhen = { path = \"/ohjeet/**\" }\ntarget = \"matkat\"\n\
                 [[rule]]\nname = \"Tyhjä\"\nwhen = { label = \"Muu\" }\ndecision = \"keep\"\n\
                 [[rule]]\nname = \"Vanhat\"\nwhen = { created_before = 2013-01-01 }\ndecision = \"discard\"\n";
    let world = world("visibility = \"organisation\"", &format!("{TRAVEL}{rules}"));
    let survey = world.survey();
    let rules: Vec<(&str, u64)> = survey.rules.iter().map(|rule| (rule.name.as_str(), rule.pages)).collect();
    assert_eq!((rules, survey.unruled), (vec![("Ohjeet", 2), ("Tyhjä", 0), ("Vanhat", 1)], 2));
    let row = |title: &str| survey.pages.iter().find(|page| page.title == title).unwrap();
    let travel = row("Matkat");
    assert_eq!((travel.rule.as_deref(), travel.target.as_deref()), (Some("Ohjeet"), Some("matkat")));
    assert!(travel.problems.iter().any(|problem| problem.contains("shows it to more people")));
    assert_eq!((row("Ruokala").rule.as_deref(), row("Lausunto").rule.as_deref()), (Some("Vanhat"), None));
    assert_eq!(survey.targets[0].pages, 2);
    // What it foretells is what a run does.
    let outcome = world.run();
    assert_eq!((outcome.total.counts.discarded, world.place("Matkat").as_str()), (1, "Matkustaminen"));
}

#[test]
fn a_rule_that_names_nobody_known_loads_nothing_unowned() {
    let owner = world("", "[[rule]]\nowner = \"kukaan@ym.example\"\n");
    assert!(said(&owner.run()).contains("nobody in the store is called `kukaan@ym.example`, the new owner"));
    let group = world("", "[[rule]]\naudience = { groups = [\"Viestijät\"] }\n");
    let error = group.try_run().unwrap_err();
    assert!(matches!(&error, MigrateError::UnknownGroup { group, .. } if group == "Viestijät"), "{error}");
    let name = [(Language::Fi, "Viestijät".to_owned())].into();
    group.execute(Command::AddGroup { name, rule: None });
    group.run();
    assert_eq!(group.item("Matkat").audience.groups.len(), 1);
}

#[test]
fn a_place_that_is_not_as_the_plan_says_is_told() {
    let rules = "[[rule]]\nwhen = { path = \"/ohjeet/**\" }\ntarget = \"matkat\"\n";
    let world = world("", &format!("{TRAVEL}{rules}"));
    assert!(!said(&world.run()).contains("the plan says"));
    let narrower =
        TRAVEL.replace("organisation = \"VNK\"", "organisation = \"VNK\"\nvisibility = \"restricted\"");
    world.write("plan.toml", &plan("visibility = \"organisation\"", &format!("{narrower}{rules}")));
    let said = said(&world.run());
    let target = "section:2 is Government up to Internal, and the plan says Restricted up to Internal";
    let source = "section:1 is Government up to Internal, and the plan says Organisation up to Internal";
    assert!(said.contains(target) && said.contains(source), "{said}");
}

#[test]
fn a_page_becomes_what_a_rule_says() {
    for (word, kind) in [
        ("page", ItemKind::Page),
        ("news", ItemKind::News),
        ("service", ItemKind::Service),
        ("discussion", ItemKind::Discussion),
        ("document", ItemKind::Document),
    ] {
        let pages = "Tunniste;Otsikko;Tyyppi;Palvelun osoite\n1;Matkalasku;palvelu;https://matkat.example/\n";
        let world = World::new(
            &plan("", &format!("[[rule]]\nkind = \"{word}\"\n")),
            &[("people.csv", PEOPLE), ("pages.csv", pages)],
        );
        let said = said(&world.run());
        let item = world.item("Matkalasku");
        assert_eq!((item.kind, item.link.is_some()), (kind, kind == ItemKind::Service));
        assert_eq!(
            said.contains("`https://matkat.example/` is left out"),
            kind != ItemKind::Service,
            "{said}"
        );
    }
}

#[test]
fn a_file_goes_where_its_page_goes() {
    let export = |title: &str| {
        format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><wp:wxr_version>1.2</wp:wxr_version>\
             <item><title>Pohja</title><link>https://intra.ym.example/pohja/liite</link><wp:post_id>2</wp:post_id>\
             <wp:post_type>attachment</wp:post_type><wp:post_parent>1</wp:post_parent>\
             <wp:attachment_url>https://intra.ym.example/wp-content/uploads/pohja.txt</wp:attachment_url></item>\
             <item><title>{title}</title><link>https://intra.ym.example/pohja/</link><wp:post_id>1</wp:post_id>\
             <content:encoded>Teksti</content:encoded><wp:post_type>page</wp:post_type><wp:status>publish</wp:status>\
             <wp:postmeta><wp:meta_key>_wp_page_template</wp:meta_key><wp:meta_value>hanke.php</wp:meta_value>\
             </wp:postmeta></item></channel></rss>"
        )
    };
    let plan = |target: &str| {
        format!(
            "[[source]]\nid = \"ym\"\npath = \"a.xml\"\norganisation = \"YM\"\nfiles = \"uploads\"\n\
             section = {{ fi = \"YM\" }}\n{TRAVEL}\
             [[rule]]\nwhen = {{ template = \"hanke.*\" }}\ntarget = \"{target}\"\n"
        )
    };
    let world = World::new(&plan("hankkeet"), &[("a.xml", &export("Hanke")), ("uploads/pohja.txt", "pohja")]);
    world.run();
    let (page, file) = (world.item("Hanke"), world.item("Pohja"));
    assert_eq!((world.place("Hanke").as_str(), file.container), ("Hankkeet", page.container));
    assert_eq!(file.parent, Some(page.id));
    world.write("a.xml", &export("Hanke 2"));
    world.write("plan.toml", &plan("matkat"));
    world.run();
    let (page, moved) = (world.item("Hanke 2"), world.item("Pohja"));
    assert_eq!((moved.id, moved.container, moved.parent), (file.id, page.container, Some(page.id)));
    assert_eq!(world.place("Pohja"), "Matkustaminen");
    assert!(world.run().nothing_new());
    // A rule that asks for files takes them and leaves their pages.
    let own = plan("hankkeet").replace("template = \"hanke.*\"", "kind = \"file\", path = \"/pohja/*\"");
    let world = World::new(&own, &[("a.xml", &export("Hanke")), ("uploads/pohja.txt", "pohja")]);
    assert_eq!(world.survey().rules[0].files, 1);
    let said = said(&world.run());
    assert_eq!((world.place("Pohja").as_str(), world.place("Hanke").as_str()), ("Hankkeet", "YM"));
    assert!(
        said.contains("its parent `post:1` is in another place: it stands at the top of its own"),
        "{said}"
    );
}
