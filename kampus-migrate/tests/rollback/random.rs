//! Whatever a run did, taking it back leaves what was before, and doing it anew leaves what it had left.

use kampus_core::{Actor, Command, ItemId, Language};
use kampus_migrate::inventory::Decision;
use kampus_migrate::outcome::Side;
use proptest::prelude::*;

use crate::ledger::desk::{Desk, Page, Picture, decided, discard, merge_into, page, remark};

const PAGES: u32 = 5;

/// What the export, the plan and the workbook say at some time.
#[derive(Debug, Clone)]
struct Sketch {
    pages: Vec<Page>,
    decisions: Vec<(u32, Decision)>,
    plan: String,
    people: &'static str,
    prefer: Side,
}

const VERSIONS: &str = "versions = { by = \"label:post_translations\" }\n";
const TARGETS: &str = "[[target]]\nid = \"ohjeet\"\nkind = \"section\"\ntitle = { fi = \"Ohjeet\" }\norganisation = \"YM\"\n\
     visibility = \"organisation\"\nclassification = \"internal\"\nparent = \"ym\"\n\
     [[target]]\nid = \"tila\"\nkind = \"workspace\"\ntitle = { fi = \"Työtila\" }\norganisation = \"YM\"\n\
     visibility = \"open\"\nclassification = \"internal\"\nmanager = \"ville@ym.example\"\n";
const RULES: [&str; 3] = [
    "[[rule]]\nwhen = { category = \"matkat\" }\ntarget = \"ohjeet\"\n",
    "[[rule]]\nwhen = { category = \"matkat\" }\ntarget = \"tila\"\nowner = \"ville@ym.example\"\n",
    "[[rule]]\nwhen = { author = \"maija\" }\ndecision = \"discard\"\nreason = \"vanha\"\n",
];
const PEOPLE: [&str; 2] = [
    "Nimi;Sähköposti;Organisaatio\r\nVille Vuori;ville@ym.example;YM\r\n",
    "Nimi;Sähköposti;Organisaatio\r\nVille Vuori;ville@ym.example;YM\r\nMaija Meri;maija@ym.example;YM\r\n",
];

fn category(domain: &str, word: &str) -> String {
    format!("<category domain=\"{domain}\" nicename=\"{word}\"><![CDATA[{word}]]></category>")
}

/// A page of that number, or none.
fn pages(id: u32) -> impl Strategy<Value = Option<Page>> {
    let numbers = (0..4_u32, 0..=PAGES, 0..=PAGES);
    let words = (
        prop::sample::select(vec!["publish", "publish", "publish", "draft", "private"]),
        prop::sample::select(vec!["maija", "ville@ym.example", "antti"]),
        prop::option::of(0..2_u32),
        prop::sample::select(vec!["Suomi", "Svenska"]),
        any::<bool>(),
    );
    let remarks = (0..4_u32, any::<bool>());
    let made = (numbers, words, remarks).prop_map(move |((text, link, parent), words, (remarks, held))| {
        let (status, author, group, language, travels) = words;
        let mut more = category("language", language);
        more +=
            &group.map_or_else(String::new, |group| category("post_translations", &format!("pll_{group}")));
        more += &if travels { category("category", "matkat") } else { String::new() };
        let comments = (1..=remarks).map(|number| {
            let mut remark = remark(id * 10 + number, &format!("Huomio {number}"), 0);
            // Each answers the one before it.
            remark.parent = if number > 1 { id * 10 + number - 1 } else { 0 };
            remark.approved = if held && number == remarks { "0" } else { "1" };
            remark
        });
        Page {
            status,
            author: author.to_owned(),
            parent: if parent == id { 0 } else { parent },
            comments: comments.collect(),
            more,
            ..page(id, &format!("Teksti {text} <a href=\"/sivu-{link}/\">toinen</a>"))
        }
    });
    prop::option::weighted(0.8, made)
}

fn decisions() -> impl Strategy<Value = Vec<(u32, Decision)>> {
    let one = prop_oneof![
        4 => Just(None),
        1 => Just(Some(discard())),
        2 => (1..=PAGES).prop_map(|into| Some(merge_into(into))),
    ];
    prop::collection::vec(one, PAGES as usize).prop_map(|all| {
        let numbered = (1..).zip(all).filter_map(|(id, decision)| Some((id, decision?)));
        numbered.filter(|(id, decision)| *decision != merge_into(*id)).collect()
    })
}

fn sketches() -> impl Strategy<Value = Sketch> {
    let pages = (1..=PAGES).map(pages).collect::<Vec<_>>();
    let plan =
        (any::<bool>(), prop::option::of(prop::sample::select(RULES.to_vec()))).prop_map(|(joined, rule)| {
            let versions = if joined { VERSIONS } else { "" };
            let rules = rule.map_or_else(String::new, |rule| format!("{TARGETS}{rule}"));
            format!("{versions}[[people]]\nid = \"people\"\npath = \"people.csv\"\n{rules}")
        });
    let people = prop::sample::select(PEOPLE.to_vec());
    let prefer = prop::sample::select(vec![Side::Target, Side::Source]);
    (pages, decisions(), plan, people, prefer).prop_map(|(pages, decisions, plan, people, prefer)| Sketch {
        pages: pages.into_iter().flatten().collect(),
        decisions,
        plan,
        people,
        prefer,
    })
}

/// What people do between two runs, with the item of that number.
fn deeds() -> impl Strategy<Value = Vec<(u32, u8)>> {
    prop::collection::vec((1..8_u32, 0..4_u8), 0..3)
}

fn move_in(desk: &Desk, sketch: &Sketch) {
    desk.plan_with(&sketch.plan);
    desk.write_people(sketch.people);
    desk.run_as(&sketch.pages, decided(&sketch.decisions), sketch.prefer);
}

/// Whatever the store refuses is not done.
fn act(desk: &Desk, deeds: &[(u32, u8)]) {
    let kampus = desk.kampus();
    for (number, what) in deeds {
        let item = ItemId::new(*number).unwrap();
        let command = match what {
            0 => Command::EditItem {
                item,
                language: Language::Fi,
                title: None,
                lead: None,
                body: Some("<p>Kampuksessa</p>".to_owned()),
            },
            1 => Command::Pin(item, true),
            2 => Command::PlaceImported(item, ItemId::new(1)),
            _ => Command::DeleteItem(item),
        };
        drop(kampus.execute(&Actor::Operator("test".into()), desk.now(), command));
    }
}

fn same(desk: &Desk, picture: &Picture, when: &str) -> Result<(), TestCaseError> {
    let now = Picture::of(&desk.store());
    prop_assert!(now == *picture, "it is not as it was {}:\n{}", when, now.differences(picture).join("\n"));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_run_that_is_taken_back_leaves_what_was_before(
        first in sketches(),
        deeds in deeds(),
        second in sketches(),
        third in sketches(),
    ) {
        let desk = Desk::new();
        let empty = Picture::of(&desk.store());
        move_in(&desk, &first);
        act(&desk, &deeds);
        let after_first = Picture::of(&desk.store());
        move_in(&desk, &second);
        let after_second = Picture::of(&desk.store());
        move_in(&desk, &third);
        let after_third = Picture::of(&desk.store());
        let run = if after_third == after_second { None } else { Some(3) };
        // Twice, so that what was taken back can be taken back again.
        for run in run.into_iter().flat_map(|_| [3, 4]) {
            let outcome = desk.rollback(run).unwrap();
            prop_assert!(outcome.kept.is_empty(), "{:?}", outcome.kept);
            same(&desk, &after_second, "after the second run")?;
            move_in(&desk, &third);
            same(&desk, &after_third, "after the third run")?;
        }
        let last = if run.is_some() { 5 } else { 3 };
        let outcome = desk.rollback(last).unwrap();
        prop_assert!(outcome.kept.is_empty(), "{:?}", outcome.kept);
        desk.rollback(2).unwrap();
        same(&desk, &after_first, "after the first run")?;
        desk.rollback(1).unwrap();
        if deeds.is_empty() {
            same(&desk, &empty, "before")?;
        }
    }
}
