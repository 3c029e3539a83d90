//! Versions of one page in several languages become one item, and never one that more people see.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use kampus_core::content::{Classification, Item, Status};
use kampus_core::{Command, Language};
use kampus_migrate::engine::{self, Progress, RunOptions};
use kampus_migrate::inventory::Decision;
use kampus_migrate::outcome::Side;

use super::world::{World, said};

const FI: &str = "Virkamatkasta laaditaan matkasuunnitelma ennen matkaa ja lasku sen jälkeen.";
const SV: &str = "Innan tjänsteresan görs en reseplan upp, och efter resan lämnas en reseräkning.";
const EN: &str = "A travel plan is made before the journey and the claim is sent in afterwards.";

/// A page of a WordPress site with Polylang.
#[derive(Clone)]
struct Post {
    id: u32,
    title: &'static str,
    slug: &'static str,
    text: String,
    group: &'static str,
    status: &'static str,
    more: &'static str,
}

fn post(id: u32, title: &'static str, slug: &'static str, text: &str) -> Post {
    Post { id, title, slug, text: text.to_owned(), group: "pll_5c1", status: "publish", more: "" }
}

fn travel() -> [Post; 3] {
    [
        post(2, "Resor", "sv/resor", &format!("<p>{SV} <a href=\"/ruokala/\">Matsalen</a></p>")),
        post(1, "Matkat", "matkat", &format!("<p>{FI}</p>")),
        post(3, "Travel", "en/travel", &format!("<p>{EN}</p>")),
    ]
}

fn export(posts: &[Post]) -> String {
    let mut items = String::new();
    for Post { id, title, slug, text, group, status, more } in posts {
        writeln!(
            items,
            "<item><title>{title}</title><link>https://intra.ym.example/{slug}/</link>\
             <dc:creator>kirjoittaja{id}</dc:creator><excerpt:encoded>Ingressi {id}</excerpt:encoded>\
             <content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{id}</wp:post_id>\
             <wp:post_date_gmt>2017-03-0{id} 08:00:00</wp:post_date_gmt><wp:post_type>page</wp:post_type>\
             <wp:status>{status}</wp:status>\
             <category domain=\"post_translations\" nicename=\"{group}\"><![CDATA[{group}]]></category>{more}</item>"
        )
        .unwrap();
    }
    format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><wp:wxr_version>1.2</wp:wxr_version>\
         <item><title>Ruokala</title><link>https://intra.ym.example/ruokala/</link><wp:post_id>9</wp:post_id>\
         <wp:post_type>page</wp:post_type><wp:status>publish</wp:status></item>\n{items}</channel></rss>\n"
    )
}

fn plan(source: &str, rest: &str) -> String {
    format!(
        "[versions]\nby = \"label:post_translations\"\n[[source]]\nid = \"ym\"\npath = \"a.xml\"\norganisation = \"YM\"\n\
         section = {{ fi = \"YM\" }}\n{source}\n{rest}"
    )
}

fn world(posts: &[Post]) -> World {
    World::new(&plan("", ""), &[("a.xml", &export(posts))])
}

fn titles(item: &Item) -> Vec<(Language, &str)> {
    item.title.iter().map(|(language, title)| (language, title.as_str())).collect()
}

const ALL: [(Language, &str); 3] =
    [(Language::Fi, "Matkat"), (Language::Sv, "Resor"), (Language::En, "Travel")];

#[test]
fn versions_become_one_item_with_a_text_in_each_language() {
    let comment = "<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_author>Antti</wp:comment_author>\
                   <wp:comment_content>Tack</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>";
    let mut posts = travel();
    posts[0].more = comment;
    let world = world(&posts);
    let outcome = world.run();
    let counts = outcome.total.by_kind["page"];
    assert_eq!((counts.loaded, counts.merged), (2, 2), "{}", said(&outcome));
    let item = world.item("Matkat");
    assert_eq!(titles(&item), ALL);
    assert_eq!(item.lead.get(Language::Sv).map(String::as_str), Some("Ingressi 2"));
    assert_eq!(item.created, "2017-03-01T08:00:00Z".parse().unwrap(), "the Finnish one leads");
    assert!(world.body(&item, Language::En).contains(EN));
    let canteen = world.item("Ruokala").id.get();
    assert!(
        world.body(&item, Language::Sv).contains(&format!("href=\"/items/{canteen}\"")),
        "its links are turned"
    );
    for slug in ["matkat", "sv/resor", "en/travel"] {
        assert_eq!(
            world.leads_to(&format!("https://intra.ym.example/{slug}/")),
            Some(item.id.get()),
            "{slug}"
        );
    }
    assert_eq!(world.snapshot().untrimmed().comments_on(item.id).count(), 1);
    assert!(world.is_proven());
    let before = world.snapshot().untrimmed().state().clone();
    assert!(world.run().nothing_new());
    assert!(*world.snapshot().untrimmed().state() == before, "the second run changed something");
}

#[test]
fn the_order_of_the_export_does_not_matter() {
    let [sv, fi, en] = travel();
    for order in [[&sv, &fi, &en], [&fi, &sv, &en], [&en, &sv, &fi], [&fi, &en, &sv]] {
        let world = world(&order.map(Clone::clone));
        world.run();
        let item = world.item("Travel");
        assert_eq!(titles(&item), ALL);
        assert_eq!(item.sources[0], "https://intra.ym.example/matkat/");
    }
}

#[test]
fn a_newer_version_changes_its_own_text_only() {
    let world = world(&travel());
    world.run();
    let before = world.item("Matkat");
    let mut posts = travel();
    posts[0].text = format!("<p>{SV} Nytt.</p>");
    posts[0].title = "Tjänsteresor";
    world.write("a.xml", &export(&posts));
    let outcome = world.run();
    let counts = outcome.total.counts;
    assert_eq!((counts.merged, counts.updated, counts.loaded), (1, 0, 0), "{}", said(&outcome));
    let after = world.item("Matkat");
    assert_eq!((after.id, after.modified), (before.id, before.modified));
    assert_eq!(titles(&after), [ALL[0], (Language::Sv, "Tjänsteresor"), ALL[2]]);
    assert!(world.body(&after, Language::Sv).contains("Nytt."));
    assert_eq!(after.body.get(Language::Fi), before.body.get(Language::Fi));
    // And a newer original leaves the others as they are.
    posts[1].text = format!("<p>{FI} Uutta.</p>");
    world.write("a.xml", &export(&posts));
    assert_eq!(world.run().total.counts.updated, 1);
    let last = world.item("Matkat");
    assert!(world.body(&last, Language::Fi).contains("Uutta."));
    assert_eq!((titles(&last), last.body.get(Language::Sv)), (titles(&after), after.body.get(Language::Sv)));
    assert!(world.is_proven() && world.run().nothing_new());
}

#[test]
fn an_export_of_what_is_new_alone_finds_the_item() {
    let world = world(&travel());
    world.run();
    let item = world.item("Matkat");
    let [mut sv, _, _] = travel();
    sv.text = format!("<p>{SV} Nytt.</p>");
    let second = post(4, "Resor 2", "sv/resor-2", &format!("<p>{SV}</p>"));
    world.write("a.xml", &export(&[second, sv]));
    let outcome = world.run();
    let after = world.item("Matkat");
    assert_eq!((after.id, titles(&after)), (item.id, ALL.to_vec()));
    assert!(world.body(&after, Language::Sv).contains("Nytt."));
    let said = said(&outcome);
    assert!(said.contains("it is a version of `post:1`, but `post:2` is so in sv too"), "{said}");
    assert_ne!(world.item("Resor 2").id, item.id);
}

#[test]
fn what_fewer_people_see_stays_an_item_of_its_own() {
    for status in ["draft", "private", "pending"] {
        let mut posts = travel();
        posts[0].status = status;
        let world = world(&posts);
        let said = said(&world.run());
        assert!(
            said.contains("it is a version of `post:1`, but ") && said.contains("so that nobody sees more"),
            "{said}"
        );
        assert_eq!(titles(&world.item("Matkat")), [ALL[0], ALL[2]]);
        assert_ne!(world.item("Resor").status, Status::Published, "{status}");
    }
    // The original is the one that fewer see: then the others go together.
    let mut posts = travel();
    posts[1].status = "draft";
    let world = world(&posts);
    world.run();
    assert_eq!(titles(&world.item("Resor")), [ALL[1], ALL[2]]);
    assert_eq!(world.item("Matkat").status, Status::Draft);
}

#[test]
fn a_version_that_becomes_a_draft_leaves_the_item() {
    let world = world(&travel());
    world.run();
    let item = world.item("Matkat");
    let mut posts = travel();
    posts[0].status = "draft";
    world.write("a.xml", &export(&posts));
    world.run();
    let after = world.item("Matkat");
    assert_eq!((after.id, titles(&after)), (item.id, vec![ALL[0], ALL[2]]));
    let alone = world.item("Resor");
    assert_eq!(alone.status, Status::Draft);
    assert_eq!(world.leads_to("https://intra.ym.example/sv/resor/"), Some(alone.id.get()));
    assert!(world.is_proven() && world.run().nothing_new());
    // What has become an item of its own stays one.
    world.write("a.xml", &export(&travel()));
    let said = said(&world.run());
    assert!(said.contains("but was an item of its own before: it stays one"), "{said}");
    assert_eq!((world.item("Resor").id, world.item("Resor").status), (alone.id, Status::Published));
}

#[test]
fn an_original_that_comes_out_does_not_bring_a_draft_along() {
    let mut posts = travel();
    for post in &mut posts {
        post.status = "draft";
    }
    let world = world(&posts);
    world.run();
    assert_eq!((world.item("Matkat").status, titles(&world.item("Matkat"))), (Status::Draft, ALL.to_vec()));
    posts[1].status = "publish";
    world.write("a.xml", &export(&posts));
    world.run();
    let item = world.item("Matkat");
    assert_eq!((item.status, titles(&item)), (Status::Published, vec![ALL[0]]));
    assert_eq!((world.item("Resor").status, world.item("Travel").status), (Status::Draft, Status::Draft));
}

#[test]
fn the_narrowest_classification_counts_for_all() {
    let mut posts = travel();
    posts[2].text = format!("<p>{EN} ST IV</p>");
    let world = World::new(&plan("classification = \"non_public\"", ""), &[("a.xml", &export(&posts))]);
    world.run();
    let item = world.item("Matkat");
    assert_eq!((item.classification, titles(&item)), (Classification::NonPublic, ALL.to_vec()));
    posts[1].text = format!("<p>{FI} Uutta.</p>");
    world.write("a.xml", &export(&posts));
    world.run();
    assert_eq!(world.item("Matkat").classification, Classification::NonPublic);
}

#[test]
fn a_version_of_what_cannot_be_loaded_is_loaded_by_itself() {
    let mut posts = travel();
    posts[1].text = format!("<p>{FI} SALASSA PIDETTÄVÄ</p>");
    let world = world(&posts);
    let first = world.run();
    assert_eq!(first.total.by_kind["page"].rejected, 3, "{}", said(&first));
    assert!(
        said(&first)
            .contains("it is a version of `post:1`, which could not be loaded: the next run loads it")
    );
    let second = world.run();
    assert_eq!(second.total.by_kind["page"].rejected, 1, "{}", said(&second));
    assert_eq!(titles(&world.item("Resor")), [ALL[1], ALL[2]]);
    assert!(world.is_proven());
}

#[test]
fn what_people_have_edited_is_kept_with_its_versions() {
    let world = world(&travel());
    world.run();
    let item = world.item("Matkat");
    world.execute(Command::EditItem {
        item: item.id,
        language: Language::Sv,
        title: Some("Våra resor".to_owned()),
        lead: None,
        body: None,
    });
    let mut posts = travel();
    posts[2].text = format!("<p>{EN} New.</p>");
    world.write("a.xml", &export(&posts));
    let said = said(&world.run());
    assert!(said.contains("was edited in Kampus: its versions there are kept"), "{said}");
    let after = world.item("Matkat");
    assert_eq!(titles(&after), [ALL[0], (Language::Sv, "Våra resor"), ALL[2]]);
    assert_eq!(after.body, item.body);
}

#[test]
fn a_later_decision_takes_a_version_out_of_the_item_and_brings_it_back() {
    let address = "https://intra.ym.example/sv/resor/";
    let mut world = world(&travel());
    world.run();
    let item = world.item("Matkat").id.get();
    world.decide("ym", "post:2", Decision::Discard { reason: None });
    assert_eq!(world.run().total.by_kind["page"].discarded, 1);
    assert_eq!((titles(&world.item("Matkat")), world.leads_to(address)), (vec![ALL[0], ALL[2]], None));
    world.decide("ym", "post:2", Decision::Keep);
    world.run();
    assert_eq!((titles(&world.item("Matkat")), world.leads_to(address)), (ALL.to_vec(), Some(item)));
    world.decide("ym", "post:2", Decision::Merge { into: "https://intra.ym.example/ruokala/".to_owned() });
    world.run();
    let canteen = world.item("Ruokala");
    assert!(canteen.body.iter().any(|(language, _)| world.body(&canteen, language).contains(SV)));
    assert_eq!(titles(&world.item("Matkat")), [ALL[0], ALL[2]]);
    assert_eq!(world.leads_to(address), Some(canteen.id.get()));
    assert!(world.is_proven() && world.run().nothing_new());
}

#[test]
fn versions_that_go_to_other_places_stay_apart() {
    let rest = "[[target]]\nid = \"t\"\nkind = \"section\"\ntitle = { fi = \"T\" }\norganisation = \"YM\"\n\
                [[rule]]\nwhen = { language = \"sv\" }\ntarget = \"t\"\n";
    let world = World::new(&plan("", rest), &[("a.xml", &export(&travel()))]);
    let said = said(&world.run());
    assert!(said.contains("but goes to another place: it stays an item of its own"), "{said}");
    assert_eq!((world.place("Resor").as_str(), titles(&world.item("Matkat"))), ("T", vec![ALL[0], ALL[2]]));
}

#[test]
fn a_run_that_is_broken_off_is_gone_on_with() {
    let whole = world(&travel());
    whole.run();
    let items = |world: &World| world.snapshot().untrimmed().items().cloned().collect::<Vec<_>>();
    for step in ["looking for versions", "merging", "placing and linking"] {
        let world = world(&travel());
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        let options = RunOptions { dry_run: false, decisions: None, prefer: Side::Target, now };
        let broken = catch_unwind(AssertUnwindSafe(|| {
            engine::run(&world.plan(), &world.path("kampus.db"), &options, &mut |progress| {
                assert!(!matches!(progress, Progress::Step { name } if name == step), "broken off");
            })
        }));
        assert!(broken.is_err(), "there is a step `{step}`");
        let outcome = world.run();
        assert_eq!((outcome.total.by_kind["page"].merged, outcome.resumed), (2, true), "{step}");
        assert!(items(&world) == items(&whole), "{step}");
    }
}

#[test]
fn a_list_names_the_page_that_it_translates() {
    let pages = format!(
        "Tunniste;Otsikko;Osoite;Sisältö;Kieli;Käännös sivusta\n\
         2;Resor;https://a.example/2;{SV};sv;1\n\
         1;Matkat;https://a.example/1;{FI};fi;\n\
         3;Travel;https://a.example/3;{EN};en;https://a.example/2/\n\
         4;Yksin;https://a.example/4;{FI};fi;17\n\
         5;Silmukka;https://a.example/5;{FI};fi;5\n"
    );
    let plan = "[[source]]\nid = \"ym\"\npath = \"a.csv\"\norganisation = \"YM\"\n\
                [source.versions]\nby = \"column\"\n";
    let world = World::new(plan, &[("a.csv", &pages)]);
    let survey = world.survey();
    let of: Vec<Option<&str>> = survey.pages.iter().map(|page| page.version_of.as_deref()).collect();
    assert_eq!(of, [Some("page:1"), None, Some("page:1"), None, None]);
    let said = said(&world.run());
    assert!(said.contains("a version of `17`, which the export does not hold"), "{said}");
    assert_eq!(titles(&world.item("Matkat")), ALL);
    assert!(world.has_item("Yksin") && world.has_item("Silmukka"));
    assert!(world.is_proven() && world.run().nothing_new());
    // A translation that comes later, in an export of its own, finds its original.
    let later =
        "Tunniste;Otsikko;Osoite;Sisältö;Kieli;Käännös sivusta\n6;Mátkkit;https://a.example/6;Mátkkit;se;1\n";
    world.write("a.csv", later);
    world.run();
    assert_eq!(world.item("Matkat").title.get(Language::Se).map(String::as_str), Some("Mátkkit"));
}

#[test]
fn addresses_that_differ_by_language_alone_are_one_page() {
    let pages = format!(
        "Tunniste;Otsikko;Osoite;Sisältö\n\
         1;Matkat;https://a.example/default.aspx?nodeid=7&contentlan=1;{FI}\n\
         2;Resor;https://a.example/default.aspx?nodeid=7&contentlan=3;{SV}\n\
         3;Travel;https://a.example/default.aspx?nodeid=7&contentlan=2;Short\n\
         4;Muu;https://a.example/default.aspx?nodeid=8&contentlan=3;{FI}\n\
         5;Toinen;https://a.example/default.aspx?nodeid=8&contentlan=1;{FI}\n"
    );
    let plan = "[versions]\nby = \"path\"\nmarkers = \"?contentlan={language}\"\n\
                languages = { 1 = \"fi\", 2 = \"en\", 3 = \"sv\" }\n\
                [[source]]\nid = \"ym\"\npath = \"a.csv\"\norganisation = \"YM\"\n";
    let world = World::new(plan, &[("a.csv", &pages)]);
    let said = said(&world.run());
    assert_eq!(titles(&world.item("Matkat")), ALL, "a short text is in the language of its address");
    assert!(said.contains("is so in fi too"), "a Swedish address with a Finnish text is Finnish: {said}");
    assert!(world.is_proven());
}

#[test]
fn a_value_of_metadata_groups_versions() {
    let meta = |group: &str| {
        format!(
            "<wp:postmeta><wp:meta_key>_wpml_import_translation_group</wp:meta_key>\
             <wp:meta_value>{group}</wp:meta_value></wp:postmeta>"
        )
    };
    let mut posts = travel();
    for post in &mut posts {
        post.more = Box::leak(meta("77").into_boxed_str());
    }
    let plan = plan("versions = { by = \"meta:_wpml_import_translation_group\" }", "");
    let world = World::new(&plan, &[("a.xml", &export(&posts))]);
    world.run();
    assert_eq!(titles(&world.item("Matkat")), ALL);
    let alone = World::new(
        &plan.replace("meta:_wpml_import_translation_group", "none"),
        &[("a.xml", &export(&posts))],
    );
    alone.run();
    assert_eq!(titles(&alone.item("Matkat")), [ALL[0]]);
}
