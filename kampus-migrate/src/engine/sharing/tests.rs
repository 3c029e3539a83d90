//! What no table can say: containers, rights of several kinds, words that nobody knows.

use std::collections::BTreeMap;

use kampus_core::{Actor, Command, Kampus, NewPerson, PersonId, presets};

use super::circles::{Circles, Realm};
use super::identity::Identities;
use super::law::Law;
use super::notes::Notes;
use super::standing::{Set, Standings};
use crate::engine::people::People;
use crate::outcome::Narrowing;
use crate::record::{
    Inheritance, LegacyBody, LegacyContainer, LegacyFile, LegacyGroup, LegacyRecord, Markup, Permission,
    Permissions, Place, Right, Who,
};

fn person(name: &str) -> Who {
    Who::Person(format!("{name}@ym.example"))
}

fn permissions(inheritance: Inheritance, entries: Vec<Permission>) -> Permissions {
    Permissions { inheritance, entries }
}

fn record(id: &str, body: LegacyBody) -> LegacyRecord {
    LegacyRecord { id: id.to_owned(), place: Place::default(), body }
}

fn container(id: &str, parent: Option<&str>, permissions: Permissions) -> LegacyRecord {
    let container = LegacyContainer { title: id.to_owned(), parent: parent.map(str::to_owned), permissions };
    record(id, LegacyBody::Container(Box::new(container)))
}

fn file(id: &str, parent: Option<&str>, container: Option<&str>, permissions: Permissions) -> LegacyRecord {
    record(
        id,
        LegacyBody::File(Box::new(LegacyFile {
            title: id.to_owned(),
            name: id.to_owned(),
            addresses: Vec::new(),
            path: None,
            content: None,
            description: String::new(),
            markup: Markup::Text,
            author: None,
            created: None,
            modified: None,
            parent: parent.map(str::to_owned),
            permissions: Some(permissions),
            container: container.map(str::to_owned),
        })),
    )
}

/// Maija, Matti and Lauri, in this order.
fn store() -> Kampus {
    let kampus = Kampus::in_memory();
    let (operator, at) = (Actor::Operator("test".into()), jiff::Timestamp::UNIX_EPOCH);
    kampus.execute(&operator, at, Command::Found(presets::finland())).unwrap();
    let home = kampus.snapshot().directory().organisation_by_code("YM").unwrap().id;
    for name in ["maija", "matti", "lauri"] {
        let mut new = NewPerson::official(home, name);
        new.profile.email = Some(format!("{name}@ym.example"));
        kampus.execute(&operator, at, Command::AddPerson(Box::new(new))).unwrap();
    }
    kampus
}

/// Numbers of people by record; none where everybody may.
type Allowed = BTreeMap<String, Option<Vec<u32>>>;

/// Who may on each record, as it is worked out, with what was told; the law agrees.
fn worked_out(records: &[LegacyRecord], right: &Right) -> (Allowed, Vec<(String, Narrowing)>) {
    let kampus = store();
    let mut notes = Notes::default();
    for record in records {
        notes.note(record);
    }
    let (snapshot, people) = (kampus.snapshot(), People::read(&kampus).unwrap());
    let organisation = snapshot.directory().organisation_by_code("YM").map(|node| node.id);
    let realms = [Realm { id: "ym", organisation, notes: &notes }];
    let who = Identities { store: &kampus, snapshot: &snapshot, people: &people };
    let circles = Circles::gather(&realms, &who).unwrap();
    let mut standings = Standings::new(&realms, &circles, &who);
    let mut law = Law::new(Standings::new(&realms, &circles, &who));
    let mut found = BTreeMap::new();
    for record in records.iter().filter(|record| !matches!(record.body, LegacyBody::Group(_))) {
        let standing = standings.of(0, &record.id).unwrap();
        let set = match right {
            Right::Write => &standing.write,
            Right::Administer => &standing.administer,
            _ => &standing.read,
        };
        let may = match set {
            Set::All => None,
            Set::Some(atoms) => {
                let all = atoms
                    .iter()
                    .fold(roaring::RoaringBitmap::new(), |all, atom| all | standings.people_of(*atom));
                Some(all.iter().collect::<Vec<_>>())
            }
        };
        // The law walks up from each record anew: not for long chains.
        for number in may.iter().flatten().filter(|_| records.len() < 100) {
            assert!(law.may(PersonId::new(*number).unwrap(), right, 0, &record.id).unwrap(), "{}", record.id);
        }
        found.insert(record.id.clone(), may);
    }
    let told = standings.narrowed.iter().map(|narrowed| (narrowed.who.clone(), narrowed.why)).collect();
    (found, told)
}

#[test]
fn a_container_restricts_all_that_is_in_it_unless_inheritance_is_broken_there() {
    let read = |who| Permission::allowed(who, Right::Read);
    let inherits = || permissions(Inheritance::Extends, Vec::new());
    let members = vec![person("maija"), person("matti")];
    let records = [
        record("g", LegacyBody::Group(Box::new(LegacyGroup { name: "Tiimi".into(), members }))),
        container("site", None, permissions(Inheritance::Replaces, vec![read(Who::Group("tiimi".into()))])),
        container("list", Some("site"), inherits()),
        file("a", None, Some("list"), inherits()),
        file("b", Some("a"), Some("list"), permissions(Inheritance::Narrows, vec![read(person("matti"))])),
        file("c", None, Some("list"), permissions(Inheritance::Replaces, vec![read(person("lauri"))])),
        file("d", None, Some("list"), permissions(Inheritance::Narrows, vec![read(person("lauri"))])),
        file("e", None, Some("list"), permissions(Inheritance::Extends, vec![read(person("lauri"))])),
    ];
    let (found, told) = worked_out(&records, &Right::Read);
    let some = |people: &[u32]| Some(people.to_vec());
    let expected = [
        ("a", some(&[1, 2])),
        ("b", some(&[2])),
        ("c", some(&[3])),
        ("d", some(&[])),
        ("e", some(&[1, 2, 3])),
        ("list", some(&[1, 2])),
        ("site", some(&[1, 2])),
    ];
    assert_eq!(found, expected.map(|(id, people)| (id.to_owned(), people)).into());
    assert_eq!(told, []);
}

#[test]
fn each_right_stands_for_itself_and_an_unknown_one_is_not_given_and_told() {
    let unknown = Right::Unknown("Approve".into());
    let records = [file(
        "a",
        None,
        None,
        permissions(
            Inheritance::Replaces,
            vec![
                Permission::allowed(Who::SignedIn, Right::Read),
                Permission::allowed(person("maija"), Right::Write),
                Permission::allowed(person("matti"), unknown.clone()),
                Permission::denied(person("lauri"), unknown),
            ],
        ),
    )];
    // Whoever is denied nobody knows what is denied everything, and everybody but somebody cannot be said.
    let (found, told) = worked_out(&records, &Right::Read);
    assert_eq!(found["a"], Some(Vec::new()));
    let all_but_some = ("lauri@ym.example".to_owned(), Narrowing::AllButSome);
    assert!(
        told.contains(&all_but_some) && told.contains(&("matti@ym.example".into(), Narrowing::UnknownRight))
    );
    assert_eq!(worked_out(&records, &Right::Write).0["a"], Some(vec![1]));
    assert_eq!(worked_out(&records, &Right::Administer).0["a"], Some(Vec::new()));
}

#[test]
fn a_long_chain_and_a_circle_come_to_an_end() {
    let inherits = || permissions(Inheritance::Extends, Vec::new());
    let mut records: Vec<LegacyRecord> = (1..50_000)
        .map(|number: u32| file(&number.to_string(), Some(&(number - 1).to_string()), None, inherits()))
        .collect();
    let only = vec![Permission::allowed(person("maija"), Right::Read)];
    records.push(file("0", None, None, permissions(Inheritance::Narrows, only)));
    records.push(file("x", Some("y"), None, inherits()));
    records.push(file("y", Some("x"), None, inherits()));
    let (found, told) = worked_out(&records[49_000..], &Right::Read);
    assert_eq!((&found["x"], &found["0"]), (&Some(Vec::new()), &Some(vec![1])));
    assert!(told.iter().all(|(_, why)| *why == Narrowing::UnknownAbove));
    let whole: Vec<LegacyRecord> = records.into_iter().rev().skip(2).collect();
    assert!(worked_out(&whole, &Right::Read).0.values().all(|people| *people == Some(vec![1])));
}
