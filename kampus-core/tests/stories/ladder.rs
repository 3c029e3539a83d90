//! The mechanical rule that makes a model of unions a ladder of roles, groups and inheritance.
//!
//! * A relation asked of a thing is a role on it, one that gives another a higher role; a thing that takes relations
//!   from another stands under it. Things under which others stand are sections, those that only stand under others
//!   are documents.
//! * A relation through which tuples name people (`group#member`) is a group, with the groups of the relations that
//!   give it as members.
//!
//! Roles form a ladder and flow down whole. Where relations do not, an assertion that could tell the difference is
//! passed over: [`Ladder::tells_apart`] decides that from the model alone, before any answer is looked at.

use std::collections::{BTreeMap, BTreeSet};

use kampus_core::access::{Action, Role};

use super::mapping::{Ask, Mapping, Means, Thing};
use super::model::Model;

/// A relation of a type.
pub(crate) type Node<'a> = (&'a str, &'a str);

/// What of a model the questions of one scene lead to.
pub(crate) struct Reached<'a> {
    /// Relations that are roles.
    pub(crate) roles: BTreeSet<Node<'a>>,
    /// Relations that are groups.
    groups: BTreeSet<Node<'a>>,
    /// Child type, the relation that names what is above it, and the type of that.
    places: BTreeSet<(&'a str, &'a str, &'a str)>,
    /// A group's node, the relation that names the other thing, and the other thing's group.
    taken: BTreeSet<(Node<'a>, &'a str, Node<'a>)>,
}

impl<'a> Reached<'a> {
    pub(crate) fn from(model: &'a Model<'a>, asked: &BTreeSet<Node<'a>>) -> Self {
        let mut reached = Self {
            roles: BTreeSet::new(),
            groups: BTreeSet::new(),
            places: BTreeSet::new(),
            taken: BTreeSet::new(),
        };
        for node in asked {
            reached.role(model, *node);
        }
        reached
    }

    fn role(&mut self, model: &'a Model<'a>, (kind, relation): Node<'a>) {
        let Some(definition) = model.definition(kind, relation) else { return };
        if !self.roles.insert((kind, relation)) {
            return;
        }
        for other in &definition.computed {
            self.role(model, (kind, other));
        }
        for (other, place) in &definition.from {
            for above in above(model, kind, place, other) {
                self.places.insert((kind, place, above));
                self.role(model, (above, other));
            }
        }
        for set in definition.direct.iter().filter_map(|kind| kind.split_once('#')) {
            self.group(model, set);
        }
    }

    fn group(&mut self, model: &'a Model<'a>, (kind, relation): Node<'a>) {
        let Some(definition) = model.definition(kind, relation) else { return };
        if !self.groups.insert((kind, relation)) {
            return;
        }
        for other in &definition.computed {
            self.group(model, (kind, other));
        }
        for (other, place) in &definition.from {
            for above in above(model, kind, place, other) {
                self.taken.insert(((kind, relation), place, (above, other)));
                self.group(model, (above, other));
            }
        }
        for set in definition.direct.iter().filter_map(|kind| kind.split_once('#')) {
            self.group(model, set);
        }
    }
}

/// The types that a place can name and that have the relation.
fn above<'a>(model: &'a Model<'a>, kind: &str, place: &str, relation: &str) -> Vec<&'a str> {
    let named = model.definition(kind, place).map_or(&[][..], |definition| &definition.direct);
    named.iter().copied().filter(|other| model.definition(other, relation).is_some()).collect()
}

/// The roles that actions on sections and on documents alike tell apart.
const RUNGS: [Role; 3] = [Role::Reader, Role::Editor, Role::Manager];

/// The roles that stand for relations.
pub(crate) struct Ladder<'a> {
    model: &'a Model<'a>,
    reached: &'a Reached<'a>,
    rungs: BTreeMap<Node<'a>, usize>,
}

impl<'a> Ladder<'a> {
    /// A relation that gives another stands a rung above it, or on the same if the other is nothing more; what is
    /// taken from above is at least as high there.
    pub(crate) fn build(model: &'a Model<'a>, reached: &'a Reached<'a>) -> Result<Self, &'static str> {
        let mut rungs: BTreeMap<Node<'a>, usize> = reached.roles.iter().map(|node| (*node, 0)).collect();
        loop {
            let mut higher = Vec::new();
            for (kind, relation) in &reached.roles {
                let Some(definition) = model.definition(kind, relation) else { continue };
                let own = rungs[&(*kind, *relation)];
                let alias = definition.direct.is_empty()
                    && definition.from.is_empty()
                    && definition.computed.len() == 1;
                for other in &definition.computed {
                    let node = (*kind, *other);
                    higher.push((node, own + usize::from(!alias)));
                    if alias {
                        higher.push(((*kind, *relation), rungs.get(&node).copied().unwrap_or(0)));
                    }
                }
                for (other, place) in &definition.from {
                    let above = above(model, kind, place, other);
                    higher.extend(above.into_iter().map(|kind| ((kind, *other), own)));
                }
            }
            higher.retain(|(node, rung)| rungs.get(node).is_some_and(|known| known < rung));
            if higher.is_empty() {
                return Ok(Self { model, reached, rungs });
            }
            for (node, rung) in higher {
                if rung >= RUNGS.len() {
                    return Err("more rungs than roles that actions tell apart");
                }
                rungs.entry(node).and_modify(|known| *known = rung.max(*known));
            }
        }
    }

    fn role(&self, node: Node<'_>) -> Role {
        RUNGS[self.rungs[&node]]
    }

    /// Whether the roles could give somebody what is asked that the relations do not: a relation no lower than the
    /// one asked, on the thing itself or on what is above it, that does not give the one asked.
    fn tells_apart(&self, asked: Node<'a>) -> bool {
        let people = self.model.people();
        let giving: BTreeSet<&str> = self.model.giving(asked.0, asked.1).into_iter().collect();
        let mut states = vec![(asked.0, giving)];
        let mut next = 0;
        while let Some((kind, giving)) = states.get(next).cloned() {
            next += 1;
            let granted = self.reached.roles.iter().filter(|(other, relation)| {
                *other == kind
                    && self.model.definition(kind, relation).is_some_and(|it| it.names_people(&people))
            });
            let mut high = granted.filter(|node| self.rungs[*node] >= self.rungs[&asked]);
            if high.any(|(_, relation)| !giving.contains(relation)) {
                return true;
            }
            for (_, place, above) in self.reached.places.iter().filter(|(child, ..)| *child == kind) {
                let definitions = giving.iter().filter_map(|relation| self.model.definition(kind, relation));
                let taken = definitions.flat_map(|it| &it.from).filter(|(_, from)| from == place);
                let giving: BTreeSet<&str> =
                    taken.flat_map(|(other, _)| self.model.giving(above, other)).collect();
                if !states.contains(&(*above, giving.clone())) {
                    states.push((*above, giving));
                }
            }
        }
        false
    }

    /// What stands under others and has nothing of another type under it is a document.
    fn thing(&self, kind: &str) -> Thing {
        let under = self.reached.places.iter().any(|(child, ..)| *child == kind);
        let over = self.reached.places.iter().any(|(child, _, above)| *above == kind && *child != kind);
        if under && !over { Thing::Document } else { Thing::Section }
    }

    fn action(&self, node: Node<'_>) -> Action {
        match (self.role(node), self.thing(node.0)) {
            (Role::Manager, _) => Action::Manage,
            (Role::Editor, Thing::Document) => Action::Edit,
            (Role::Editor, _) => Action::Create,
            _ => Action::View,
        }
    }

    pub(crate) fn mapping(&self, asked: &BTreeSet<Node<'a>>) -> Mapping<'a> {
        let kinds: BTreeSet<&str> = self.reached.roles.iter().map(|(kind, _)| *kind).collect();
        Mapping {
            people: self.model.people(),
            things: kinds.into_iter().map(|kind| (kind, self.thing(kind))).collect(),
            facts: self
                .model
                .relations()
                .map(|(kind, relation, _)| (kind, relation, self.means(kind, relation)))
                .collect(),
            asks: asked
                .iter()
                .filter(|node| self.rungs.contains_key(*node))
                .map(|node| (node.0, node.1, self.ask(*node)))
                .collect(),
        }
    }

    fn ask(&self, node: Node<'a>) -> Ask<'a> {
        if self.tells_apart(node) {
            Ask::Never("relations that form no ladder of roles, or flow down in part")
        } else {
            Ask::May(self.action(node))
        }
    }

    fn means(&self, kind: &'a str, relation: &'a str) -> Vec<Means<'a>> {
        let mut means = Vec::new();
        let people = self.model.people();
        let definition = self.model.definition(kind, relation).unwrap();
        if definition.names_people(&people) {
            if self.reached.roles.contains(&(kind, relation)) {
                means.push(Means::Grants(self.role((kind, relation))));
            }
            let groups = self.reached.groups.iter().filter(|(other, _)| *other == kind);
            let given = groups.filter(|(_, group)| self.model.giving(kind, group).contains(&relation));
            means.extend(given.map(|(_, group)| Means::Joins(group)));
        }
        let places = self.reached.places.iter();
        means.extend(
            places
                .filter(|(child, place, _)| *child == kind && *place == relation)
                .map(|(.., above)| Means::UnderA(above)),
        );
        for ((child, taker), place, (_, other)) in &self.reached.taken {
            if *child == kind && *place == relation {
                let groups = self.reached.groups.iter().filter(|(group_kind, _)| *group_kind == kind);
                let given = groups.filter(|(_, group)| self.model.giving(kind, group).contains(taker));
                means.extend(given.map(|(_, group)| Means::TakesIn(group, other)));
            }
        }
        means
    }
}
