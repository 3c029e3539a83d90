//! The interoperability scenarios of the AuthZEN working group: searching records, and a shared list of tasks.

use std::collections::{BTreeMap, BTreeSet};

use kampus_core::access::{Action, Role};
use serde::Deserialize;
use serde_json::Value;

use super::adapter::Stage;
use super::ledger::Ledger;
use super::mapping::{Ask, Mapping, Means, Thing, Tuple};
use super::{corpus, text};

#[derive(Debug, Deserialize)]
struct User {
    id: String,
    role: String,
    department: String,
}

#[derive(Debug, Deserialize)]
struct Record {
    id: u32,
    department: String,
    owner: String,
}

/// A request that leaves out what is searched for.
#[derive(Debug, Deserialize)]
struct Search {
    subject: Named,
    action: Option<Named>,
    resource: Named,
}

#[derive(Debug, Deserialize)]
struct Named {
    id: Option<String>,
    name: Option<String>,
}

impl Named {
    fn word(self) -> Option<String> {
        self.id.or(self.name)
    }
}

#[derive(Debug, Deserialize)]
struct Results {
    results: Vec<Named>,
}

#[derive(Debug, Deserialize)]
struct SearchTest {
    request: Search,
    expected: Results,
}

#[derive(Debug, Deserialize)]
struct SearchTests {
    evaluation: Vec<SearchTest>,
}

/// Departments are organisations, whose records stand in one restricted section. The scenario's six policies:
///
/// | policy | here |
/// |---|---|
/// | a user views records of their department | the department's people are Readers of its records |
/// | a manager views any record | managers are Readers of every department's records |
/// | a manager edits records of their department | a manager is an Editor of its records |
/// | a user views, edits and deletes what they own | an owner is a Manager of the record |
fn records() -> Mapping<'static> {
    use Means::{Affiliates, Grants, GrantsIn, UnderIn};
    Mapping {
        people: vec!["user"],
        things: vec![("department", Thing::Organisation), ("record", Thing::Document)],
        facts: vec![
            ("department", "member", vec![Affiliates]),
            ("department", "reader", vec![GrantsIn("records", Role::Reader)]),
            ("department", "editor", vec![GrantsIn("records", Role::Editor)]),
            ("record", "department", vec![UnderIn("records")]),
            ("record", "owner", vec![Grants(Role::Manager)]),
        ],
        asks: vec![
            ("record", "view", Ask::May(Action::View)),
            ("record", "edit", Ask::May(Action::Edit)),
            ("record", "delete", Ask::May(Action::Delete)),
        ],
    }
}

fn search() -> Option<Vec<Ledger>> {
    let folder = corpus("authzen/authzen-search-demo")?;
    let users: Vec<User> = serde_json::from_str(&text(&folder, "data/users.json")).unwrap();
    let records_read: Vec<Record> = serde_json::from_str(&text(&folder, "data/records.json")).unwrap();
    let departments: BTreeSet<&str> = users
        .iter()
        .map(|user| user.department.as_str())
        .chain(records_read.iter().map(|record| record.department.as_str()))
        .collect();
    let mut tuples = Vec::new();
    for department in departments.iter().map(|name| format!("department:{name}")) {
        tuples.push(Tuple::new(&format!("{department}#member"), "reader", &department));
        for manager in users.iter().filter(|user| user.role == "manager") {
            tuples.push(Tuple::new(&format!("user:{}", manager.id), "reader", &department));
        }
    }
    for user in &users {
        let (person, department) = (format!("user:{}", user.id), format!("department:{}", user.department));
        tuples.push(Tuple::new(&person, "member", &department));
        if user.role == "manager" {
            tuples.push(Tuple::new(&person, "editor", &department));
        }
    }
    for record in &records_read {
        let name = format!("record:{}", record.id);
        tuples.push(Tuple::new(&format!("department:{}", record.department), "department", &name));
        tuples.push(Tuple::new(&format!("user:{}", record.owner), "owner", &name));
    }
    let mut stage = Stage::set(records(), tuples).unwrap();
    let tests = |kind: &str| -> Vec<SearchTest> {
        let file = format!("test-harness/src/{kind}/results.json");
        serde_json::from_str::<SearchTests>(&text(&folder, &file)).unwrap().evaluation
    };
    Some(vec![
        by_resource(&mut stage, tests("resource")),
        by_subject(&mut stage, tests("subject")),
        by_action(&mut stage, tests("action")),
    ])
}

fn words(kind: &str, found: Results) -> Vec<String> {
    found.results.into_iter().map(|one| format!("{kind}{}", one.word().unwrap())).collect()
}

/// Which records may that person do that to?
fn by_resource(stage: &mut Stage<'_>, tests: Vec<SearchTest>) -> Ledger {
    let mut ledger = Ledger::new("authzen search by resource");
    let now = stage.now();
    for SearchTest { request, expected } in tests {
        let person = format!("user:{}", request.subject.word().unwrap());
        let action = request.action.and_then(Named::word).unwrap();
        stage.list_objects(&mut ledger, (&person, &action, "record"), now, &words("record:", expected));
    }
    ledger
}

/// Who may do that to that record?
fn by_subject(stage: &mut Stage<'_>, tests: Vec<SearchTest>) -> Ledger {
    let mut ledger = Ledger::new("authzen search by subject");
    let now = stage.now();
    for SearchTest { request, expected } in tests {
        let record = format!("record:{}", request.resource.word().unwrap());
        let action = request.action.and_then(Named::word).unwrap();
        stage.list_people(&mut ledger, (&action, &record), now, &words("user:", expected));
    }
    ledger
}

/// What may that person do to that record?
fn by_action(stage: &mut Stage<'_>, tests: Vec<SearchTest>) -> Ledger {
    let mut ledger = Ledger::new("authzen search by action");
    let now = stage.now();
    for SearchTest { request, expected } in tests {
        let person = format!("user:{}", request.subject.word().unwrap());
        let record = format!("record:{}", request.resource.word().unwrap());
        stage.list_actions(&mut ledger, (&person, &record), now, &words("", expected));
    }
    ledger
}

/// A user of the tasks, as the scenario's text introduces them under the id that requests use.
#[derive(Debug, Deserialize)]
struct Smith {
    id: String,
    roles: Vec<String>,
}

/// The list is a workspace. The scenario's roles:
///
/// | role | here |
/// |---|---|
/// | viewer | Reader of the list |
/// | editor | Contributor to the list; Manager of each task they own, since they edit and delete those |
/// | admin | Manager of the list: the least role that deletes what others own |
/// | evil genius | Editor of the list |
///
/// Nobody is made the author of a task: here an author may edit what is their own whatever their role, and the
/// scenario lets a viewer own a task and not edit it.
fn tasks() -> Mapping<'static> {
    use Means::{Grants, Under};
    Mapping {
        people: vec!["user"],
        things: vec![("list", Thing::Workspace), ("todo", Thing::Document)],
        facts: vec![
            ("list", "viewer", vec![Grants(Role::Reader)]),
            ("list", "editor", vec![Grants(Role::Contributor)]),
            ("list", "admin", vec![Grants(Role::Manager)]),
            ("list", "evil_genius", vec![Grants(Role::Editor)]),
            ("todo", "list", vec![Under]),
            ("todo", "editor_owner", vec![Grants(Role::Manager)]),
        ],
        asks: vec![
            ("list", "can_read_todos", Ask::May(Action::View)),
            ("list", "can_create_todo", Ask::May(Action::Create)),
            ("todo", "can_update_todo", Ask::May(Action::Edit)),
            ("todo", "can_delete_todo", Ask::May(Action::Delete)),
        ],
    }
}

/// The users of the scenario: the first JSON object after the heading that announces them.
fn smiths() -> Option<BTreeMap<String, Smith>> {
    let told = text(&corpus("authzen/scenarios")?, "todo/index.md");
    let (_, rest) = told.split_once("## Attributes associated with users").unwrap();
    let (_, rest) = rest.split_once("```js\n").unwrap();
    let (object, _) = rest.split_once("```").unwrap();
    Some(serde_json::from_str(object).unwrap())
}

/// One decision of a test file: single requests and the parts of batches alike.
struct Asked {
    subject: String,
    action: String,
    resource: Value,
    expected: bool,
}

fn single(test: &Value) -> Asked {
    let request = &test["request"];
    Asked {
        subject: request["subject"]["id"].as_str().unwrap().to_owned(),
        action: request["action"]["name"].as_str().unwrap().to_owned(),
        resource: request["resource"].clone(),
        expected: test["expected"].as_bool().unwrap(),
    }
}

/// A batch leaves out of its parts what all of them share.
fn batch(test: &Value) -> Vec<Asked> {
    let request = &test["request"];
    let parts = request["evaluations"].as_array().unwrap();
    let expected = test["expected"].as_array().unwrap();
    assert_eq!(parts.len(), expected.len());
    parts
        .iter()
        .zip(expected)
        .map(|(part, decision)| Asked {
            subject: request["subject"]["id"].as_str().unwrap().to_owned(),
            action: request["action"]["name"].as_str().unwrap().to_owned(),
            resource: part["resource"].clone(),
            expected: decision["decision"].as_bool().unwrap(),
        })
        .collect()
}

fn decisions(file: &str) -> Option<Vec<Asked>> {
    let read: BTreeMap<String, Vec<Value>> =
        serde_json::from_str(&text(&corpus("authzen/authzen-todo-backend")?, &format!("test/{file}")))
            .unwrap();
    let mut asked = Vec::new();
    for (kind, tests) in &read {
        match kind.as_str() {
            "decisions" | "evaluation" => asked.extend(tests.iter().map(single)),
            "evaluations" => asked.extend(tests.iter().flat_map(batch)),
            other => panic!("{file}: nobody knows what `{other}` holds"),
        }
    }
    Some(asked)
}

fn owner(resource: &Value) -> Option<&str> {
    resource["ownerID"].as_str().or(resource["properties"]["ownerID"].as_str())
}

fn todo(file: &str) -> Option<Ledger> {
    let users = smiths()?;
    let asked = decisions(file)?;
    // Older files name a user by address, newer ones by identity.
    let user = |word: &str| {
        let known = users.iter().find(|(identity, smith)| *identity == word || smith.id == word);
        known.unwrap_or_else(|| panic!("nobody is {word}")).1
    };
    let named = |smith: &Smith| format!("user:{}", smith.id);
    let mut tuples = Vec::new();
    for smith in users.values() {
        tuples.extend(smith.roles.iter().map(|role| Tuple::new(&named(smith), role, "list:shared")));
    }
    // The same task may be asked about under several owners: each is a task of its own.
    let task = |resource: &Value, owner: &str| format!("todo:{}/{owner}", resource["id"].as_str().unwrap());
    let mut made = BTreeSet::new();
    for Asked { resource, .. } in &asked {
        if let Some(owner) = owner(resource)
            && made.insert(task(resource, owner))
        {
            let task = task(resource, owner);
            tuples.push(Tuple::new("list:shared", "list", &task));
            let creates = ["editor", "admin", "evil_genius"];
            if user(owner).roles.iter().any(|role| creates.contains(&role.as_str())) {
                tuples.push(Tuple::new(&named(user(owner)), "editor_owner", &task));
            }
        }
    }
    let mut ledger = Ledger::new(&format!("authzen todo {file}"));
    let mut stage = Stage::set(tasks(), tuples).unwrap();
    let now = stage.now();
    for Asked { subject, action, resource, expected } in asked {
        let person = named(user(&subject));
        match (action.as_str(), owner(&resource)) {
            ("can_read_user", _) => {
                let colleague = named(user(resource["id"].as_str().unwrap()));
                stage.check_colleague(&mut ledger, (&person, &colleague), now, expected);
            }
            (_, Some(owner)) => {
                stage.check(&mut ledger, (&person, &action, &task(&resource, owner)), now, expected);
            }
            (_, None) => stage.check(&mut ledger, (&person, &action, "list:shared"), now, expected),
        }
    }
    Some(ledger)
}

const TODO_FILES: [&str; 4] = [
    "decisions.json",
    "decisions-authorization-api-1_0-00.json",
    "decisions-authorization-api-1_0-01.json",
    "decisions-authorization-api-1_0-02.json",
];

pub(super) fn all() -> Option<Vec<Ledger>> {
    let mut ledgers = search()?;
    for file in TODO_FILES {
        ledgers.push(todo(file)?);
    }
    Some(ledgers)
}

#[test]
fn searches_for_records_people_and_actions_agree_with_single_decisions() {
    let Some(ledgers) = search() else { return };
    for (ledger, at_least) in ledgers.iter().zip([18, 60, 60]) {
        ledger.settle(at_least);
    }
}

#[test]
fn a_shared_list_lets_owners_editors_and_managers_each_do_theirs() {
    for file in TODO_FILES {
        let Some(ledger) = todo(file) else { return };
        ledger.settle(40);
    }
}
