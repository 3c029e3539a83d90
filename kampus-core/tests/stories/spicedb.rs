//! SpiceDB's example schemas: sharing, repositories, roles that users make up, caveats.

use std::collections::BTreeMap;

use kampus_core::access::{Action, Role};
use serde::Deserialize;

use super::adapter::Stage;
use super::ledger::Ledger;
use super::mapping::{Ask, Mapping, Means, Thing, Tuple};
use super::{corpus, text};

/// A schema with its data, as SpiceDB's command validates it.
#[derive(Debug, Deserialize)]
struct Example {
    relationships: String,
    assertions: Assertions,
    /// Of each permission asked, everybody who has it and through what.
    validation: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct Assertions {
    #[serde(rename = "assertTrue")]
    yes: Vec<String>,
    #[serde(rename = "assertFalse", default)]
    no: Vec<String>,
    #[serde(rename = "assertCaveated", default)]
    caveated: Vec<String>,
}

/// `object#relation@subject`, where `#...` after a subject says that it is itself meant.
fn relationship(line: &str) -> Tuple {
    let (object, rest) = line.split_once('#').unwrap();
    let (relation, subject) = rest.split_once('@').unwrap();
    Tuple::new(subject.strip_suffix("#...").unwrap_or(subject), relation, object)
}

const CAVEAT: &str = "a condition on the request (address, rate): a grant knows time only";

fn play(story: &str, mapping: Mapping<'_>) -> Option<Ledger> {
    let folder = corpus("spicedb")?.join(story);
    let example: Example = serde_saphyr::from_str(&text(&folder, "schema-and-data.yaml")).unwrap();
    let mut ledger = Ledger::new(&format!("spicedb {story}"));
    let lines = example.relationships.lines().map(str::trim);
    let tuples = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        // What has a caveat is nobody's without one: it is left out, and so are the questions about it.
        .filter(|line| !line.contains('['))
        .map(relationship)
        .collect();
    let mut stage = Stage::set(mapping, tuples).unwrap();
    let now = stage.now();
    ledger.pass_over(CAVEAT, example.assertions.caveated.len());
    let yes = example.assertions.yes.iter().map(|line| (line, true));
    let no = example.assertions.no.iter().map(|line| (line, false));
    for (line, expected) in yes.chain(no) {
        if line.contains(" with ") {
            ledger.pass_over(CAVEAT, 1);
            continue;
        }
        let asked = relationship(line);
        stage.check(&mut ledger, (&asked.subject, &asked.relation, &asked.object), now, expected);
    }
    for (permission, holders) in &example.validation {
        let (object, relation) = permission.split_once('#').unwrap();
        if holders.iter().any(|holder| holder.contains("[...]")) {
            ledger.pass_over(CAVEAT, 1);
            continue;
        }
        // Sets of people are listed beside the people in them.
        let people = holders.iter().filter_map(|line| line.strip_prefix('[')?.split_once(']'));
        let people: Vec<String> =
            people.map(|(name, _)| name.to_owned()).filter(|name| !name.contains('#')).collect();
        stage.list_people(&mut ledger, (relation, object), now, &people);
    }
    Some(ledger)
}

pub(super) fn all() -> Option<Vec<Ledger>> {
    Some(vec![basic()?, caveats()?, sharing()?, github()?, user_defined_roles()?])
}

/// Who writes also reads.
fn basic() -> Option<Ledger> {
    play(
        "basic-rebac",
        Mapping {
            people: vec!["user"],
            things: vec![("document", Thing::Document)],
            facts: vec![
                ("document", "writer", vec![Means::Grants(Role::Editor)]),
                ("document", "reader", vec![Means::Grants(Role::Reader)]),
            ],
            asks: vec![("document", "view", Ask::May(Action::View))],
        },
    )
}

/// Grants know no condition but time.
fn caveats() -> Option<Ledger> {
    play(
        "caveats",
        Mapping {
            people: vec!["user"],
            things: vec![("document", Thing::Document)],
            facts: vec![("document", "reader", vec![Means::Grants(Role::Reader)])],
            asks: vec![("document", "view", Ask::May(Action::View))],
        },
    )
}

/// A group that names its children has their people; one that names its parent has the parent's.
fn sharing() -> Option<Ledger> {
    use Means::{Grants, Joins, TakesIn};
    play(
        "docs-style-sharing",
        Mapping {
            people: vec!["user"],
            things: vec![("document", Thing::Document)],
            facts: vec![
                ("group_with_parent", "member", vec![Joins("member"), Joins("view")]),
                ("group_with_parent", "parent", vec![TakesIn("view", "member")]),
                ("group_with_child", "child", vec![Joins("child"), Joins("view")]),
                ("document", "viewer", vec![Grants(Role::Reader)]),
            ],
            asks: vec![("document", "view", Ask::May(Action::View))],
        },
    )
}

/// Repositories are sections of their organisation. A team is a group of its people, and a unit for the sake of
/// who runs it: the people of a unit would be those of the units below it as well.
fn github() -> Option<Ledger> {
    use Means::{Grants, Joins, Under};
    play(
        "github",
        Mapping {
            people: vec!["user"],
            things: vec![
                ("organization", Thing::Organisation),
                ("team", Thing::Organisation),
                ("repository", Thing::Section),
            ],
            facts: vec![
                ("organization", "own", vec![Grants(Role::Manager)]),
                ("team", "parent", vec![Under]),
                ("team", "maintainer", vec![Joins("member"), Grants(Role::Manager)]),
                ("team", "direct_member", vec![Joins("member")]),
                ("repository", "organization", vec![Under]),
                ("repository", "reader", vec![Grants(Role::Reader)]),
                ("repository", "triager", vec![Grants(Role::Contributor)]),
                ("repository", "maintainer", vec![Grants(Role::Publisher)]),
                ("repository", "admin", vec![Grants(Role::Manager)]),
            ],
            asks: vec![
                ("repository", "clone", Ask::May(Action::View)),
                ("repository", "create_issue", Ask::May(Action::View)),
                ("repository", "push", Ask::May(Action::Create)),
                (
                    "repository",
                    "close_pull_request",
                    Ask::Never("asks for Contributor, for which nothing in a section asks"),
                ),
                ("organization", "manage_billing", Ask::MayIn("billing", Action::Create)),
                ("organization", "user_seat", Ask::Never("asks who counts, not who may do something")),
                ("team", "change_team_name", Ask::May(Action::Manage)),
            ],
        },
    )
}

/// Roles that users make up are groups. Of a project's rights those are mapped that stand above each other: who
/// comments, who creates, who hands out roles.
fn user_defined_roles() -> Option<Ledger> {
    use Means::{Grants, Joins, Nothing, Under};
    let beside = Ask::Never("a right beside the ladder of roles, held without those below it");
    play(
        "user-defined-roles",
        Mapping {
            people: vec!["user"],
            things: vec![
                ("project", Thing::Section),
                ("role", Thing::Section),
                ("issue", Thing::Document),
                ("comment", Thing::Document),
            ],
            facts: vec![
                ("project", "comment_creator", vec![Grants(Role::Reader)]),
                ("project", "issue_creator", vec![Grants(Role::Editor)]),
                ("project", "role_manager", vec![Grants(Role::Manager)]),
                ("project", "issue_assigner", vec![Nothing]),
                ("project", "any_issue_resolver", vec![Nothing]),
                ("project", "assigned_issue_resolver", vec![Nothing]),
                ("project", "comment_deleter", vec![Nothing]),
                ("role", "project", vec![Under]),
                ("role", "built_in_role", vec![Nothing]),
                ("role", "member", vec![Joins("member")]),
                ("issue", "project", vec![Under]),
                ("issue", "assigned", vec![Nothing]),
                ("comment", "issue", vec![Nothing]),
            ],
            asks: vec![
                ("project", "create_issue", Ask::May(Action::Create)),
                ("issue", "create_comment", Ask::May(Action::Comment)),
                ("role", "add_user", Ask::May(Action::Grant)),
                ("role", "delete", Ask::Never("an exclusion: access is a union, there are no denials")),
                ("issue", "assign", beside),
                ("issue", "resolve", beside),
                ("comment", "delete", beside),
            ],
        },
    )
}

fn holds(ledger: Option<Ledger>, at_least: usize) {
    if let Some(ledger) = ledger {
        ledger.settle(at_least);
    }
}

#[test]
fn who_writes_also_reads() {
    holds(basic(), 6);
}

#[test]
fn a_grant_without_a_caveat_is_a_grant() {
    holds(caveats(), 2);
}

#[test]
fn groups_nest_from_either_side() {
    holds(sharing(), 9);
}

#[test]
fn who_runs_a_team_is_inherited_and_who_is_in_it_is_not() {
    holds(github(), 8);
}

#[test]
fn roles_that_users_make_up_give_what_their_grants_give() {
    holds(user_defined_roles(), 4);
}
