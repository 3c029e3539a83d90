//! The figures of a report against a plain count of the recorded acts, and the files of a report against each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use kampus_analytics::disclosure::MinGroup;
use kampus_core::{Kampus, Language};

use crate::published::{self, Figure, Rows, figures};
use crate::small_government::SMALL;

const K: usize = 5;

/// An act as a line of the recorded files has it.
struct Act {
    week: Date,
    actor: String,
    organisation: String,
    verb: String,
    object: String,
    is_news: bool,
    owner: Option<String>,
}

/// People of the store by their organisation's code, and spaces by their owner's: worked out from the store itself.
struct Register {
    people: HashMap<String, String>,
    spaces: HashMap<String, String>,
    staff: BTreeMap<String, usize>,
}

impl Register {
    fn read() -> Self {
        let kampus = Kampus::open(SMALL.store()).unwrap();
        let snapshot = kampus.snapshot();
        let directory = snapshot.directory();
        // The child of the root that is met on the way up.
        let code = |id| {
            let mut way: Vec<String> = directory.lineage(id).map(|node| node.code.clone()).collect();
            if way.len() > 1 {
                way.pop();
            }
            way.pop().unwrap()
        };
        let mut register = Self { people: HashMap::new(), spaces: HashMap::new(), staff: BTreeMap::new() };
        for person in directory.people() {
            let home = code(person.home.unwrap());
            *register.staff.entry(home.clone()).or_default() += 1;
            register.people.insert(person.id.to_string(), home);
        }
        for section in snapshot.untrimmed().sections() {
            register.spaces.insert(section.id.to_string(), code(section.owner));
        }
        for workspace in snapshot.untrimmed().workspaces() {
            register.spaces.insert(workspace.id.to_string(), code(workspace.host));
        }
        register
    }
}

fn acts(register: &Register) -> Vec<Act> {
    let helsinki = TimeZone::get("Europe/Helsinki").unwrap();
    let mut acts = Vec::new();
    for file in SMALL.recorded() {
        for line in std::fs::read_to_string(file).unwrap().lines() {
            let fields: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| fields[name].as_str().unwrap_or_default().to_owned();
            let at: Timestamp = text("occurred_at").parse().unwrap();
            let day = at.to_zoned_datetime(helsinki.clone()).date();
            let week = day - i64::from(day.weekday().to_monday_zero_offset()).days();
            acts.push(Act {
                week,
                organisation: register.people[&text("actor")].clone(),
                actor: text("actor"),
                verb: text("verb"),
                object: text("object"),
                is_news: text("object_kind") == "news",
                owner: register.spaces.get(&text("space")).cloned(),
            });
        }
    }
    assert!(acts.len() > 5_000, "{} acts prove little", acts.len());
    acts
}

/// Distinct people by a key.
fn people_by<K: Ord>(acts: &[Act], key: impl Fn(&Act) -> Option<K>) -> BTreeMap<K, BTreeSet<&str>> {
    let mut people: BTreeMap<K, BTreeSet<&str>> = BTreeMap::new();
    for act in acts {
        if let Some(key) = key(act) {
            people.entry(key).or_default().insert(&act.actor);
        }
    }
    people
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn number(count: usize) -> f64 {
    count as f64
}

/// Holds published counts against true ones: what is shown is right, nothing small is shown, and what is hidden
/// without being small hides something small beside it.
#[must_use]
fn agree(published: &[(Figure, usize)]) -> bool {
    let small = published.iter().filter(|(_, count)| *count < K).count();
    published.iter().all(|(figure, count)| match figure {
        Figure::Shown(shown) => *count >= K && (shown - number(*count)).abs() < 1e-9,
        Figure::Hidden => *count < K || small > 0,
    })
}

/// Three files of a report as the same rows of figures.
fn three_ways(table: &str, columns: &[usize]) -> Rows {
    let folder = tempfile::tempdir().unwrap();
    let mut first: Option<Rows> = None;
    for language in [Language::Fi, Language::Sv, Language::En] {
        SMALL.report(folder.path(), language);
        let rows = published::csv(folder.path(), table);
        assert!(!rows.is_empty(), "{table} has no rows");
        let expected = figures(&rows, columns);
        assert_eq!(figures(&published::sheet(folder.path(), table), columns), expected, "{table}.xlsx");
        assert_eq!(figures(&published::page(folder.path(), table), columns), expected, "{table}.html");
        let before = first.get_or_insert_with(|| rows.clone());
        assert_eq!(figures(before, columns), expected, "{table} in {language}");
    }
    first.unwrap()
}

#[test]
fn active_people_are_those_who_acted_in_the_week() {
    let register = Register::read();
    let acts = acts(&register);
    let rows = three_ways("active_people", &[2, 3, 4]);
    let truth = people_by(&acts, |act| Some((act.week.to_string(), act.organisation.clone())));
    let all = people_by(&acts, |act| Some(act.week.to_string()));
    let mut weeks: BTreeMap<String, Vec<(Figure, usize)>> = BTreeMap::new();
    for (row, cells) in rows.iter().enumerate() {
        let figures = figures(&rows, &[2, 3, 4]);
        let (week, code) = (cells[0].clone(), cells[1].clone());
        let (count, staff) = match code.as_str() {
            "ALL" => (all[&week].len(), register.people.len()),
            code => {
                let key = (week.clone(), code.to_owned());
                (truth.get(&key).map_or(0, BTreeSet::len), register.staff.get(code).copied().unwrap_or(0))
            }
        };
        if let (Figure::Shown(people), Figure::Shown(share)) = (figures[&(row, 2)], figures[&(row, 4)]) {
            assert!((share - people / number(staff)).abs() < 1e-12);
        }
        assert!(agree(&[(figures[&(row, 3)], staff)]), "the staff of {code}");
        weeks.entry(week).or_default().push((figures[&(row, 2)], count));
    }
    assert_eq!(weeks.len(), all.len(), "every week with data has its rows");
    for (week, published) in weeks {
        assert!(agree(&published), "{week}: {published:?}");
    }
}

#[test]
fn interactions_are_contributions_in_the_spaces_of_others() {
    let register = Register::read();
    let acts = acts(&register);
    let rows = three_ways("interactions", &[2, 3]);
    let contributes = |act: &Act| {
        ["create", "edit", "publish", "comment", "react"].contains(&act.verb.as_str()).then_some(())
    };
    let pair = |act: &Act| Some((act.organisation.clone(), act.owner.clone()?));
    let people = people_by(&acts, |act| contributes(act).and_then(|()| pair(act)));
    let mut events: BTreeMap<(String, String), usize> = BTreeMap::new();
    for key in acts.iter().filter_map(|act| contributes(act).and_then(|()| pair(act))) {
        *events.entry(key).or_default() += 1;
    }
    let figures = figures(&rows, &[2, 3]);
    let mut shown = 0;
    for (row, cells) in rows.iter().enumerate() {
        let key = (cells[0].clone(), cells[1].clone());
        let count = people.get(&key).map_or(0, BTreeSet::len);
        assert!(agree(&[(figures[&(row, 3)], count)]), "{key:?}");
        match figures[&(row, 2)] {
            Figure::Shown(found) => {
                assert!(count >= K && (found - number(events[&key])).abs() < 1e-9, "{key:?}");
                shown += 1;
            }
            Figure::Hidden => assert!(count < K, "{key:?}"),
        }
    }
    assert!(shown > 3, "a matrix of which nothing may be shown proves nothing");
}

#[test]
fn reach_of_news_counts_each_reader_once() {
    let register = Register::read();
    let acts = acts(&register);
    let reads = |act: &Act| (act.is_news && act.verb == "view").then_some(());
    let each = people_by(&acts, |act| reads(act).map(|()| (act.object.clone(), act.organisation.clone())));
    let every = people_by(&acts, |act| reads(act).map(|()| act.object.clone()));
    let rows = three_ways("news_reach", &[4, 5, 6]);
    let found = figures(&rows, &[4]);
    let mut items: BTreeMap<String, Vec<(Figure, usize)>> = BTreeMap::new();
    for (row, cells) in rows.iter().enumerate() {
        let count = match cells[3].as_str() {
            "ALL" => every[&cells[0]].len(),
            code => each.get(&(cells[0].clone(), code.to_owned())).map_or(0, BTreeSet::len),
        };
        items.entry(cells[0].clone()).or_default().push((found[&(row, 4)], count));
    }
    assert_eq!(items.len(), 20);
    for (item, published) in &items {
        assert!(agree(published), "{item}: {published:?}");
    }
    // No item that was left out had more readers than one that was not.
    let least = items.keys().map(|item| every[item].len()).min().unwrap();
    assert!(every.iter().all(|(item, readers)| items.contains_key(item) || readers.len() <= least));

    let overall = people_by(&acts, |act| reads(act).map(|()| act.organisation.clone()));
    let all = people_by(&acts, |act| reads(act));
    let rows = three_ways("news_reach_overall", &[1, 2, 3]);
    let found = figures(&rows, &[1]);
    let published: Vec<(Figure, usize)> = (0..)
        .zip(&rows)
        .map(|(row, cells)| match cells[0].as_str() {
            "ALL" => (found[&(row, 1)], all[&()].len()),
            code => (found[&(row, 1)], overall.get(code).map_or(0, BTreeSet::len)),
        })
        .collect();
    assert!(agree(&published), "{published:?}");
}

#[test]
fn json_says_the_same_as_csv() {
    let folder = tempfile::tempdir().unwrap();
    let written = SMALL.report(folder.path(), Language::Fi);
    let document: serde_json::Value = serde_json::from_slice(&std::fs::read(&written.json).unwrap()).unwrap();
    assert_eq!(document["min_group"], MinGroup::DEFAULT.get());
    for table in document["tables"].as_array().unwrap() {
        let columns: Vec<usize> = (0..)
            .zip(table["columns"].as_array().unwrap())
            .filter(|(_, column)| column["kind"] == "count" || column["kind"] == "share")
            .map(|(index, _)| index)
            .collect();
        let csv = figures(&published::csv(folder.path(), table["id"].as_str().unwrap()), &columns);
        let rows = table["rows"].as_array().unwrap();
        assert_eq!(csv.len(), rows.len() * columns.len());
        for ((row, column), figure) in csv {
            match (&rows[row][column], figure) {
                (serde_json::Value::Object(hidden), figure) => {
                    assert!(hidden["hidden"] == true && figure == Figure::Hidden);
                }
                // The JSON reader of this test may miss the last bit of a number.
                (json, Figure::Shown(csv)) => assert!((json.as_f64().unwrap() - csv).abs() < 1e-12),
                (json, Figure::Hidden) => panic!("{json} is hidden elsewhere"),
            }
        }
    }
}
