//! Random small worlds of permissions, against the rules of the source written down a second time, plainly.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use kampus_core::access::{Action, Scope};
use proptest::prelude::*;

use super::desk::Desk;

const PEOPLE: [&str; 3] = ["maija@ym.example", "matti@ym.example", "lauri@lvm.example"];
const PAGES: usize = 5;
const GROUPS: usize = 3;

/// Whom a cell names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Person(usize),
    Group(usize),
    Everyone,
    /// Somebody else, by address.
    Stranger,
    /// A word that means nobody.
    Nobody,
}

impl Word {
    fn written(self) -> String {
        match self {
            Self::Person(number) => PEOPLE[number].to_owned(),
            Self::Group(number) => format!("Ryhmä {number}"),
            Self::Everyone => "kaikki".to_owned(),
            Self::Stranger => "muu@ym.example".to_owned(),
            Self::Nobody => "Kummitus".to_owned(),
        }
    }
}

#[derive(Debug, Clone)]
struct Page {
    above: Option<usize>,
    inheritance: &'static str,
    readers: Vec<Word>,
    editors: Vec<Word>,
    denied: Vec<Word>,
}

#[derive(Debug, Clone)]
struct World {
    pages: Vec<Page>,
    groups: Vec<Vec<Word>>,
}

fn word() -> impl Strategy<Value = Word> {
    prop_oneof![
        6 => (0..PEOPLE.len()).prop_map(Word::Person),
        4 => (0..GROUPS).prop_map(Word::Group),
        1 => Just(Word::Everyone),
        1 => Just(Word::Stranger),
        1 => Just(Word::Nobody),
    ]
}

fn words(most: usize) -> impl Strategy<Value = Vec<Word>> {
    prop::collection::vec(word(), 0..=most)
}

fn page() -> impl Strategy<Value = Page> {
    (
        prop::option::weighted(0.6, 0..PAGES),
        prop::sample::select(vec!["", "", "", "katkaistu", "laajennettu"]),
        words(2),
        words(1),
        prop_oneof![3 => Just(Vec::new()), 1 => words(1)],
    )
        .prop_map(|(above, inheritance, readers, editors, denied)| Page {
            above,
            inheritance,
            readers,
            editors,
            denied,
        })
}

fn world() -> impl Strategy<Value = World> {
    let groups = prop::collection::vec(words(3), GROUPS);
    (prop::collection::vec(page(), PAGES), groups).prop_map(|(pages, groups)| World { pages, groups })
}

impl World {
    fn write(&self, desk: &Desk) {
        let cell = |words: &[Word]| words.iter().map(|word| word.written()).collect::<Vec<_>>().join(", ");
        let mut groups = String::new();
        for (number, members) in self.groups.iter().enumerate() {
            for member in members.iter().map(|member| member.written()).collect::<BTreeSet<_>>() {
                writeln!(groups, "Ryhmä {number};{member}").unwrap();
            }
        }
        // A list of groups without a row would be an empty list, which is no list.
        desk.groups(&format!("{groups}Muut;maija@ym.example\n"));
        let mut text =
            "Tunniste;Otsikko;Sisältö;Yläsivu;Lukijat;Muokkaajat;Estetyt;Periytyminen\n".to_owned();
        for (number, page) in self.pages.iter().enumerate() {
            let above = page.above.map(|above| above.to_string()).unwrap_or_default();
            writeln!(
                text,
                "{number};S{number};Teksti;{above};{};{};{};{}",
                cell(&page.readers),
                cell(&page.editors),
                cell(&page.denied),
                page.inheritance
            )
            .unwrap();
        }
        desk.write("pages.csv", &text);
    }

    /// Whether a word means somebody.
    fn means(&self, word: Word, person: usize, seen: &mut Vec<usize>) -> bool {
        match word {
            Word::Person(meant) => meant == person,
            Word::Everyone => true,
            Word::Stranger | Word::Nobody => false,
            Word::Group(number) => {
                if seen.contains(&number) {
                    return false;
                }
                seen.push(number);
                // A group of everybody is a group of everybody.
                self.groups[number].iter().any(|member| self.means(*member, person, seen))
            }
        }
    }

    fn any(&self, words: &[Word], person: usize) -> bool {
        words.iter().any(|word| self.means(*word, person, &mut Vec::new()))
    }

    /// Whether somebody may read (or write) a page at the source; one that stands under itself has nothing above.
    fn may(&self, person: usize, number: usize, write: bool, seen: &mut Vec<usize>) -> bool {
        if seen.contains(&number) {
            return true;
        }
        seen.push(number);
        let page = &self.pages[number];
        let above = page.above.is_none_or(|above| self.may(person, above, write, seen));
        let mut named = if write { page.editors.clone() } else { page.readers.clone() };
        if !write && (!page.readers.is_empty() || !page.inheritance.is_empty()) {
            named.extend(&page.editors);
        }
        let here = self.any(&named, person);
        let may = match page.inheritance {
            "katkaistu" => here,
            "laajennettu" => above || here,
            _ => above && (here || named.is_empty()),
        };
        may && (write || !self.any(&page.denied, person))
    }
}

/// Holds the store against the source; tells how many may read there, how many of those here, and how many may not.
fn compare(desk: &Desk, world: &World) -> Result<[usize; 3], TestCaseError> {
    let people = PEOPLE.map(|email| desk.person(email));
    let (snapshot, at) = (desk.snapshot(), desk.now());
    let titled = |title: &str| {
        let all = snapshot.untrimmed();
        all.items().find(|item| item.title.iter().any(|(_, own)| own == title)).unwrap().id
    };
    let [mut old, mut kept, mut shut] = [0; 3];
    for number in 0..PAGES {
        let scope = Scope::Item(titled(&format!("S{number}")));
        for (person, email) in PEOPLE.iter().enumerate() {
            let may = |action| snapshot.untrimmed().may(people[person], action, scope, at);
            let could = |write| world.may(person, number, write, &mut Vec::new());
            prop_assert!(!may(Action::View) || could(false), "{} reads S{}: {:#?}", email, number, world);
            prop_assert!(!may(Action::Edit) || could(true), "{} writes S{}: {:#?}", email, number, world);
            old += usize::from(could(false));
            kept += usize::from(may(Action::View));
            shut += usize::from(!could(false));
        }
    }
    Ok([old, kept, shut])
}

#[test]
fn whoever_reads_or_writes_here_could_at_the_source_also_after_a_newer_export() {
    let sums = RefCell::new([0; 3]);
    let config = ProptestConfig { cases: 48, ..ProptestConfig::default() };
    proptest!(config, |(first in world(), second in world())| {
        let desk = Desk::new();
        for world in [&first, &second] {
            world.write(&desk);
            let outcome = desk.run();
            let [old, kept, shut] = compare(&desk, world)?;
            if outcome.sharing.narrowed.is_empty() {
                prop_assert_eq!(old, kept, "nothing was told to be narrower: {:#?}", world);
            }
            let mut sums = sums.borrow_mut();
            for (sum, number) in sums.iter_mut().zip([old, kept, shut]) {
                *sum += number;
            }
            // Pages that change places with each other need a second run to stand where they belong.
            desk.run();
            compare(&desk, world)?;
            let revision = desk.snapshot().revision();
            desk.run();
            prop_assert_eq!(desk.snapshot().revision(), revision, "a run that is repeated changes nothing");
            let verified = desk.verify();
            prop_assert!(verified.proven(), "{:#?}", verified);
        }
    });
    let [old, kept, shut] = sums.into_inner();
    assert!(shut > 100 && old > 100 && kept * 2 > old, "{old} could read, {kept} can, {shut} could not");
}
