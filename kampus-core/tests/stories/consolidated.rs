//! OpenFGA's own consistency tests: models in a few lines each, mapped by the rule of [`Ladder`].

use std::collections::BTreeSet;

use serde::Deserialize;

use super::adapter::Stage;
use super::ladder::{Ladder, Node, Reached};
use super::ledger::Ledger;
use super::mapping::{Tuple, type_of};
use super::model::Model;
use super::{corpus, text};

#[derive(Debug, Deserialize)]
struct Tests {
    tests: Vec<Test>,
}

#[derive(Debug, Deserialize)]
struct Test {
    name: String,
    stages: Vec<Scene>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scene {
    model: String,
    tuples: Option<Vec<Stored>>,
    check_assertions: Option<Vec<Check>>,
    list_objects_assertions: Option<Vec<List>>,
    list_users_assertions: Option<Vec<List>>,
}

#[derive(Debug, Deserialize)]
struct Stored {
    user: String,
    relation: String,
    object: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Check {
    tuple: Stored,
    #[serde(default)]
    expectation: bool,
    error_code: Option<u32>,
    contextual_tuples: Option<Vec<Stored>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    request: Request,
    expectation: Option<Vec<String>>,
    error_code: Option<u32>,
    contextual_tuples: Option<Vec<Stored>>,
}

/// What is listed: the objects of a type for a user, or the users of kinds for an object.
#[derive(Debug, Deserialize)]
struct Request {
    user: Option<String>,
    r#type: Option<String>,
    object: Option<String>,
    filters: Option<Vec<String>>,
    relation: String,
}

impl Scene {
    fn checks(&self) -> &[Check] {
        self.check_assertions.as_deref().unwrap_or_default()
    }

    fn object_lists(&self) -> &[List] {
        self.list_objects_assertions.as_deref().unwrap_or_default()
    }

    fn user_lists(&self) -> &[List] {
        self.list_users_assertions.as_deref().unwrap_or_default()
    }

    fn count(&self) -> usize {
        self.checks().len() + self.object_lists().len() + self.user_lists().len()
    }

    /// Type and relation of everything asked.
    fn asked(&self) -> BTreeSet<Node<'_>> {
        let checks = self.checks().iter().map(|check| (type_of(&check.tuple.object), &*check.tuple.relation));
        let objects = self.object_lists().iter().map(|list| &list.request);
        let objects = objects.map(|request| (request.r#type.as_deref().unwrap(), &*request.relation));
        let users = self.user_lists().iter().map(|list| &list.request);
        let users = users.map(|request| (type_of(request.object.as_deref().unwrap()), &*request.relation));
        checks.chain(objects).chain(users).collect()
    }
}

/// Plays the first scene of a test; later ones change the model under the tuples.
fn play(ledger: &mut Ledger, scene: &Scene) {
    let model = match Model::read(&scene.model) {
        Ok(model) => model,
        Err(reason) => return ledger.pass_over(reason, scene.count()),
    };
    let tuples = scene.tuples.as_deref().unwrap_or_default();
    let people = model.people();
    if people.len() > 1 && tuples.iter().any(|tuple| tuple.user.ends_with(":*")) {
        return ledger.pass_over("everyone of one type: here everyone is all staff", scene.count());
    }
    if tuples.iter().any(|tuple| tuple.user.ends_with(":*") && !people.contains(&type_of(&tuple.user))) {
        return ledger.pass_over("all things of a type above another", scene.count());
    }
    let asked = scene.asked();
    let reached = Reached::from(&model, &asked);
    let ladder = match Ladder::build(&model, &reached) {
        Ok(ladder) => ladder,
        Err(reason) => return ledger.pass_over(reason, scene.count()),
    };
    let told =
        tuples.iter().map(|stored| Tuple::new(&stored.user, &stored.relation, &stored.object)).collect();
    let mut stage = match Stage::set(ladder.mapping(&asked), told) {
        Ok(stage) => stage,
        Err(no_world) => return ledger.pass_over(no_world.0, scene.count()),
    };
    for object in scene.checks().iter().map(|check| &check.tuple.object) {
        // Things that only questions name exist too, with nobody in them.
        if reached.roles.iter().any(|(kind, _)| *kind == type_of(object)) {
            stage.scope(object).unwrap();
        }
    }
    question(ledger, &mut stage, scene, &model, &reached);
}

fn question(
    ledger: &mut Ledger,
    stage: &mut Stage<'_>,
    scene: &Scene,
    model: &Model<'_>,
    reached: &Reached<'_>,
) {
    let now = stage.now();
    for check in scene.checks() {
        let Stored { user, relation, object } = &check.tuple;
        let outside = outside(check.error_code, check.contextual_tuples.as_deref())
            .or_else(|| no_question(model, reached, Some(user), (type_of(object), relation)));
        match outside {
            Some(reason) => ledger.pass_over(reason, 1),
            None => stage.check(ledger, (user, relation, object), now, check.expectation),
        }
    }
    for list in scene.object_lists() {
        let (user, kind) = (list.request.user.as_deref().unwrap(), list.request.r#type.as_deref().unwrap());
        let expected = list.expectation.as_deref().unwrap_or_default();
        let outside = outside(list.error_code, list.contextual_tuples.as_deref())
            .or_else(|| no_question(model, reached, Some(user), (kind, &list.request.relation)));
        match outside {
            Some(reason) => ledger.pass_over(reason, 1),
            None => stage.list_objects(ledger, (user, &list.request.relation, kind), now, expected),
        }
    }
    for list in scene.user_lists() {
        let (object, relation) = (list.request.object.as_deref().unwrap(), &*list.request.relation);
        let expected = list.expectation.as_deref().unwrap_or_default();
        let people = model.people();
        let filters = list.request.filters.as_deref().unwrap_or_default();
        let outside = outside(list.error_code, list.contextual_tuples.as_deref())
            .or_else(|| {
                (filters.iter().any(|kind| !people.contains(&&**kind)))
                    .then_some("asks for groups or things that may: here people may")
            })
            .or_else(|| {
                (filters.len() != people.len()).then_some("asks for people of one type among several")
            })
            .or_else(|| no_question(model, reached, None, (type_of(object), relation)));
        match outside {
            Some(reason) => ledger.pass_over(reason, 1),
            None => stage.list_people(ledger, (relation, object), now, expected),
        }
    }
}

fn outside(error: Option<u32>, contextual: Option<&[Stored]>) -> Option<&'static str> {
    if error.is_some() {
        Some("an error of their interface")
    } else if contextual.is_some_and(|tuples| !tuples.is_empty()) {
        Some("tuples that one question brings along")
    } else {
        None
    }
}

fn no_question(
    model: &Model<'_>,
    reached: &Reached<'_>,
    user: Option<&str>,
    node: Node<'_>,
) -> Option<&'static str> {
    let people = model.people();
    if let Some(user) = user {
        if user.contains('#') || user.ends_with(":*") {
            return Some("asks about a set of people, not about a person");
        }
        if !people.contains(&type_of(user)) {
            return Some("asks about a thing, not about a person");
        }
    }
    let definition = model.definition(node.0, node.1)?;
    let only_places =
        !definition.names_people(&people) && definition.computed.is_empty() && definition.from.is_empty();
    if only_places {
        return Some("asks where a thing stands, not who may");
    }
    assert!(reached.roles.contains(&node), "{node:?} was asked");
    None
}

fn tests() -> Option<Vec<Test>> {
    let folder = corpus("openfga")?;
    let read: Tests = serde_saphyr::from_str(&text(&folder, "consolidated_1_1_tests.yaml")).unwrap();
    Some(read.tests)
}

/// One ledger for all, with how many of the tests gave something to replay.
fn told() -> Option<(Ledger, usize)> {
    let mut ledger = Ledger::new("openfga consolidated");
    let mut replayed = 0;
    for test in tests()? {
        let before = ledger.mapped();
        ledger.chapter(&test.name);
        let (first, later) = test.stages.split_first().unwrap();
        play(&mut ledger, first);
        for scene in later {
            ledger.pass_over("a model that changes under stored tuples", scene.count());
        }
        replayed += usize::from(ledger.mapped() > before);
    }
    Some((ledger, replayed))
}

pub(super) fn all() -> Option<Vec<Ledger>> {
    Some(vec![told()?.0])
}

#[test]
fn unions_of_relations_are_roles_groups_and_inheritance() {
    let Some((ledger, replayed)) = told() else { return };
    ledger.settle(250);
    assert!(replayed >= 45, "only {replayed} tests were replayed");
}
