//! OpenFGA's sample stores: drives, organisation roles, channels, expenses, access for a time.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use kampus_core::Period;
use kampus_core::access::{Action, Role};
use serde::Deserialize;

use super::adapter::Stage;
use super::ledger::Ledger;
use super::mapping::{Ask, Mapping, Means, Thing, Tuple};
use super::{corpus, text};

/// A store with its tests, as OpenFGA's command reads it.
#[derive(Debug, Deserialize)]
struct Store {
    tuples: Vec<StoredTuple>,
    tests: Vec<Test>,
}

#[derive(Debug, Deserialize)]
struct StoredTuple {
    user: String,
    relation: String,
    object: String,
    condition: Option<Condition>,
}

#[derive(Debug, Deserialize)]
struct Condition {
    name: String,
    context: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Test {
    #[serde(default)]
    check: Vec<Check>,
    #[serde(default)]
    list_objects: Vec<ListObjects>,
    #[serde(default)]
    list_users: Vec<ListUsers>,
}

#[derive(Debug, Deserialize)]
struct Check {
    user: String,
    object: String,
    #[serde(default)]
    context: BTreeMap<String, String>,
    assertions: BTreeMap<String, bool>,
}

#[derive(Debug, Deserialize)]
struct ListObjects {
    user: String,
    r#type: String,
    #[serde(default)]
    context: BTreeMap<String, String>,
    assertions: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct ListUsers {
    object: String,
    user_filter: Vec<Filter>,
    #[serde(default)]
    context: BTreeMap<String, String>,
    assertions: BTreeMap<String, Users>,
}

#[derive(Debug, Deserialize)]
struct Filter {
    relation: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Users {
    users: Vec<String>,
}

fn read(file: &str) -> Option<Store> {
    let folder = corpus("openfga")?;
    Some(serde_saphyr::from_str(&text(&folder, file)).unwrap())
}

fn tuple(stored: &StoredTuple) -> Tuple {
    let mut tuple = Tuple::new(&stored.user, &stored.relation, &stored.object);
    if let Some(condition) = &stored.condition {
        assert_eq!(condition.name, "temporal_access");
        let from: Timestamp = condition.context["grant_time"].parse().unwrap();
        let length: SignedDuration = condition.context["grant_duration"].parse().unwrap();
        // The story's condition looks at the end only.
        tuple.period = Period::before(from + length);
    }
    tuple
}

fn moment(stage: &Stage<'_>, context: &BTreeMap<String, String>) -> Timestamp {
    for key in context.keys() {
        assert_eq!(key, "current_time");
    }
    context.get("current_time").map_or(stage.now(), |at| at.parse().unwrap())
}

fn play(story: &str, file: &str, mapping: Mapping<'_>) -> Option<Ledger> {
    let Store { tuples, tests } = read(file)?;
    Some(replay(story, &tests, mapping, tuples.iter().map(tuple).collect()))
}

fn replay(story: &str, tests: &[Test], mapping: Mapping<'_>, tuples: Vec<Tuple>) -> Ledger {
    let mut ledger = Ledger::new(&format!("openfga {story}"));
    let mut stage = Stage::set(mapping, tuples).unwrap();
    for check in tests.iter().flat_map(|test| &test.check) {
        let at = moment(&stage, &check.context);
        for (relation, expected) in &check.assertions {
            stage.check(&mut ledger, (&check.user, relation, &check.object), at, *expected);
        }
    }
    for list in tests.iter().flat_map(|test| &test.list_objects) {
        let at = moment(&stage, &list.context);
        for (relation, expected) in &list.assertions {
            stage.list_objects(&mut ledger, (&list.user, relation, &list.r#type), at, expected);
        }
    }
    for list in tests.iter().flat_map(|test| &test.list_users) {
        let at = moment(&stage, &list.context);
        if list.user_filter.iter().any(|filter| filter.relation.is_some()) {
            ledger.pass_over("asks for groups that may: here people may", list.assertions.len());
            continue;
        }
        for (relation, expected) in &list.assertions {
            stage.list_people(&mut ledger, (relation, &list.object), at, &expected.users);
        }
    }
    ledger
}

pub(super) fn all() -> Option<Vec<Ledger>> {
    Some(vec![
        gdrive()?,
        custom_roles()?,
        multitenant()?,
        role_assignments()?,
        github()?,
        temporal()?,
        slack()?,
        expenses()?,
    ])
}

/// Folders are sections, documents stand in them.
fn gdrive() -> Option<Ledger> {
    use Means::{Grants, Joins, Under};
    let named = Ask::Never("asks who was named on the document itself, not who may do something");
    play(
        "gdrive",
        "gdrive.fga.yaml",
        Mapping {
            people: vec!["user"],
            things: vec![("folder", Thing::Section), ("doc", Thing::Document)],
            facts: vec![
                ("group", "member", vec![Joins("member")]),
                ("folder", "owner", vec![Grants(Role::Manager)]),
                ("folder", "viewer", vec![Grants(Role::Reader)]),
                ("doc", "parent", vec![Under]),
                ("doc", "viewer", vec![Grants(Role::Reader)]),
            ],
            asks: vec![
                ("doc", "can_read", Ask::May(Action::View)),
                ("doc", "can_write", Ask::May(Action::Edit)),
                ("doc", "can_change_owner", Ask::May(Action::Grant)),
                // A document's viewers are without those of its folder; a folder's are with its owners.
                ("doc", "viewer", named),
                ("folder", "viewer", Ask::May(Action::View)),
            ],
        },
    )
}

/// Roles that an organisation makes up are groups; categories are its sections, assets stand in them.
fn custom_roles() -> Option<Ledger> {
    use Means::{Affiliates, Grants, Joins, Under};
    play(
        "custom-roles",
        "custom-roles.fga.yaml",
        Mapping {
            people: vec!["user"],
            things: vec![
                ("org", Thing::Organisation),
                ("asset-category", Thing::Section),
                ("asset", Thing::Document),
            ],
            facts: vec![
                ("team", "member", vec![Joins("member")]),
                ("role", "assignee", vec![Joins("assignee")]),
                ("org", "member", vec![Affiliates]),
                ("org", "owner", vec![Affiliates, Grants(Role::Manager)]),
                ("org", "asset_viewer", vec![Grants(Role::Reader)]),
                ("asset-category", "org", vec![Under]),
                // The least role that creates in a section; it also edits there.
                ("asset-category", "asset_creator", vec![Grants(Role::Editor)]),
                ("asset-category", "editor", vec![Grants(Role::Editor)]),
                ("asset-category", "viewer", vec![Grants(Role::Reader)]),
                ("asset", "category", vec![Under]),
            ],
            asks: vec![
                // Roles are made of grants.
                ("org", "role_creator", Ask::May(Action::Grant)),
                ("asset-category", "asset_creator", Ask::May(Action::Create)),
                ("asset", "view", Ask::May(Action::View)),
                ("asset", "edit", Ask::May(Action::Edit)),
            ],
        },
    )
}

/// An organisation's rights that are beside each other are roles on sections of their own; its administrators'
/// grant on the organisation reaches them all.
fn multitenant() -> Option<Ledger> {
    use Means::{Grants, GrantsIn, Joins, UnderIn};
    play(
        "multitenant-rbac",
        "multitenant-rbac.fga.yaml",
        Mapping {
            people: vec!["user"],
            things: vec![("organization", Thing::Organisation), ("document", Thing::Document)],
            facts: vec![
                ("group", "member", vec![Joins("member")]),
                ("role", "assignee", vec![Joins("assignee")]),
                ("organization", "admin", vec![Grants(Role::Manager)]),
                ("organization", "billing_manager", vec![GrantsIn("billing", Role::Editor)]),
                ("organization", "document_manager", vec![GrantsIn("documents", Role::Editor)]),
                ("document", "organization", vec![UnderIn("documents")]),
            ],
            asks: vec![
                ("document", "can_view", Ask::May(Action::View)),
                ("document", "can_edit", Ask::May(Action::Edit)),
                ("organization", "can_edit_billing", Ask::MayIn("billing", Action::Create)),
            ],
        },
    )
}

/// What a role may is stored on the role, who has it on an assignment, where on the project: the three joined are
/// grants on a workspace.
fn role_assignments() -> Option<Ledger> {
    let store = read("role-assignments.fga.yaml")?;
    let stored = |relation: &str| {
        let relation = relation.to_owned();
        store.tuples.iter().filter(move |tuple| tuple.relation == relation)
    };
    let mut grants = Vec::new();
    for placed in stored("role_assignment") {
        for played in stored("role").filter(|tuple| tuple.object == placed.user) {
            for assigned in stored("assignee").filter(|tuple| tuple.object == placed.user) {
                let permissions = store.tuples.iter().filter(|tuple| tuple.object == played.user);
                grants
                    .extend(permissions.map(|one| Tuple::new(&assigned.user, &one.relation, &placed.object)));
            }
        }
    }
    let mapping = Mapping {
        people: vec!["user"],
        things: vec![("project", Thing::Workspace)],
        facts: vec![
            ("project", "can_view_project", vec![Means::Grants(Role::Reader)]),
            ("project", "can_edit_project", vec![Means::Grants(Role::Contributor)]),
        ],
        asks: vec![
            ("project", "can_view", Ask::May(Action::View)),
            ("project", "can_edit", Ask::May(Action::Create)),
        ],
    };
    Some(replay("role-assignments", &store.tests, mapping, grants))
}

/// Repositories are sections of the organisation that owns them; the five roles are the five roles.
fn github() -> Option<Ledger> {
    use Means::{Affiliates, Grants, Joins, Under};
    play(
        "github",
        "github.fga.yaml",
        Mapping {
            people: vec!["user"],
            things: vec![("organization", Thing::Organisation), ("repo", Thing::Section)],
            facts: vec![
                ("organization", "member", vec![Affiliates]),
                ("organization", "repo_admin", vec![Grants(Role::Manager)]),
                ("team", "member", vec![Joins("member")]),
                ("repo", "owner", vec![Under]),
                ("repo", "reader", vec![Grants(Role::Reader)]),
                ("repo", "writer", vec![Grants(Role::Editor)]),
                ("repo", "admin", vec![Grants(Role::Manager)]),
            ],
            asks: vec![
                ("repo", "reader", Ask::May(Action::View)),
                ("repo", "triager", Ask::Never("asks for Contributor, for which nothing in a section asks")),
                ("repo", "writer", Ask::May(Action::Create)),
                ("repo", "admin", Ask::May(Action::Manage)),
            ],
        },
    )
}

/// A condition on time is the period of a grant.
fn temporal() -> Option<Ledger> {
    play(
        "temporal-access",
        "temporal-access.fga.yaml",
        Mapping {
            people: vec!["user"],
            things: vec![("document", Thing::Document)],
            facts: vec![("document", "viewer", vec![Means::Grants(Role::Reader)])],
            asks: vec![("document", "viewer", Ask::May(Action::View))],
        },
    )
}

/// The common workspace is an organisation with its people and guests, channels are workspaces.
fn slack() -> Option<Ledger> {
    use Means::{Affiliates, Grants, Guest, Under};
    play(
        "slack",
        "slack.fga.yaml",
        Mapping {
            people: vec!["user"],
            things: vec![("workspace", Thing::Organisation), ("channel", Thing::Workspace)],
            facts: vec![
                ("workspace", "legacy_admin", vec![Affiliates, Grants(Role::Manager)]),
                ("workspace", "channels_admin", vec![Affiliates, Grants(Role::Manager)]),
                ("workspace", "member", vec![Affiliates]),
                ("workspace", "guest", vec![Guest]),
                // The organisation hosts it; nothing flows from there into the workspace.
                ("channel", "parent_workspace", vec![Under]),
                ("channel", "writer", vec![Grants(Role::Contributor)]),
            ],
            asks: vec![
                ("workspace", "channels_admin", Ask::May(Action::Manage)),
                ("channel", "writer", Ask::May(Action::Create)),
            ],
        },
    )
}

/// Everybody has a unit under that of their manager, who manages it; a report stands in its submitter's unit.
fn expenses() -> Option<Ledger> {
    use Means::{Grants, Under, UnderIn, Wrote};
    play(
        "expenses",
        "expenses.fga.yaml",
        Mapping {
            people: vec!["employee"],
            things: vec![("employee", Thing::Organisation), ("report", Thing::Document)],
            facts: vec![
                ("employee", "manager", vec![Under, Grants(Role::Manager)]),
                ("report", "submitter", vec![UnderIn("reports"), Wrote]),
            ],
            asks: vec![
                ("employee", "can_manage", Ask::May(Action::Manage)),
                ("report", "approver", Ask::May(Action::Publish)),
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
fn drive_folders_give_what_their_parents_give() {
    holds(gdrive(), 6);
}

#[test]
fn roles_that_an_organisation_makes_up_are_groups_with_grants() {
    holds(custom_roles(), 11);
}

#[test]
fn rights_beside_each_other_are_roles_on_sections_of_one_organisation() {
    holds(multitenant(), 13);
}

#[test]
fn the_same_role_on_two_projects_has_two_holders() {
    holds(role_assignments(), 8);
}

#[test]
fn teams_in_teams_and_the_people_of_the_owner_have_their_roles_on_a_repository() {
    holds(github(), 7);
}

#[test]
fn access_for_a_time_ends_with_it() {
    holds(temporal(), 7);
}

#[test]
fn a_guest_writes_in_the_one_channel_that_names_them() {
    holds(slack(), 8);
}

#[test]
fn whoever_is_above_approves_and_nobody_their_own() {
    holds(expenses(), 5);
}
