//! The obvious way to decide: walk up the tree and look whether a grant names one of the person's principals.
//!
//! No strings, no allocation of more than a small stack, hash maps of the standard library: what somebody writes
//! who needs no explanations and no compiled index.

use std::collections::{HashMap, HashSet};

use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::{Container, SectionVisibility, WorkspaceVisibility};
use kampus_core::directory::GroupMember;
use kampus_core::{GroupId, ItemId, OrganisationId, PersonId, SectionId, WorkspaceId};

use crate::world::{Item, World};

/// A world prepared for walking.
#[derive(Debug)]
pub struct Walk {
    people: HashMap<PersonId, HashSet<Principal>>,
    nodes: HashMap<Scope, Node>,
    items: Vec<Item>,
}

/// What a scope says about access.
#[derive(Debug, Default)]
struct Node {
    parents: Vec<Scope>,
    built_in: Option<Principal>,
    grants: Vec<(Principal, Role)>,
    broken: bool,
}

impl Walk {
    /// Prepares these people, each with every principal they are, and everything that they may be asked about.
    pub fn new(world: &World, people: impl IntoIterator<Item = PersonId>) -> Self {
        let above = memberships(world);
        let principals = people.into_iter().map(|person| (person, principals(world, &above, person)));
        Self {
            people: principals.collect(),
            nodes: nodes(world),
            items: world.items().map(|(_, item)| item).collect(),
        }
    }

    /// May this person view this item?
    pub fn may_view(&self, person: PersonId, item: ItemId) -> bool {
        let Some(principals) = self.people.get(&person) else { return false };
        let Some(facts) = self.item(item) else { return false };
        let enough = if facts.draft && facts.author != person { Role::Editor } else { Role::Reader };
        self.has(principals, enough, item, facts)
    }

    fn has(&self, principals: &HashSet<Principal>, enough: Role, item: ItemId, facts: Item) -> bool {
        let container = Scope::from(facts.container);
        let mut lineage = Lineage::of(self, start(item, facts));
        while let Some((scope, node)) = lineage.next() {
            let given = node.grants.iter().any(|(to, role)| *role >= enough && principals.contains(to));
            let built_in = enough == Role::Reader
                && scope == container
                && node.built_in.is_some_and(|to| principals.contains(&to));
            if given || built_in {
                return true;
            }
        }
        false
    }

    /// The strongest role of each principal on an item: what the walk would find on its way, all of it.
    pub fn effective(&self, item: ItemId) -> Vec<(Principal, Role)> {
        let Some(facts) = self.item(item) else { return Vec::new() };
        self.effective_from(start(item, facts), facts.container)
    }

    /// The same for what lies in a section or workspace and has no grants of its own.
    pub fn effective_in(&self, container: Container) -> Vec<(Principal, Role)> {
        self.effective_from(container.into(), container)
    }

    fn effective_from(&self, start: Scope, container: Container) -> Vec<(Principal, Role)> {
        let mut found = Vec::new();
        let mut lineage = Lineage::of(self, start);
        while let Some((scope, node)) = lineage.next() {
            found.extend_from_slice(&node.grants);
            let own = node.built_in.filter(|_| scope == Scope::from(container));
            found.extend(own.map(|to| (to, Role::Reader)));
        }
        // Strongest first, so that of each principal the strongest stays.
        found.sort_unstable_by_key(|(to, role)| (*to, std::cmp::Reverse(*role)));
        found.dedup_by_key(|(to, _)| *to);
        found
    }

    /// What is known of an item.
    pub fn item(&self, id: ItemId) -> Option<Item> {
        self.items.get(id.get() as usize - 1).copied()
    }

    /// All items, in the order of their ids.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Who reads a section or workspace, and what is right in it, without a grant.
    pub fn built_in(&self, container: Container) -> Option<Principal> {
        self.nodes.get(&container.into()).and_then(|node| node.built_in)
    }

    /// The scopes that this one inherits from.
    pub fn parents(&self, scope: Scope) -> &[Scope] {
        self.nodes.get(&scope).filter(|node| !node.broken).map_or(&[], |node| node.parents.as_slice())
    }
}

/// Where the walk begins: an item that has nothing of its own is as its container.
fn start(item: ItemId, facts: Item) -> Scope {
    if facts.special { Scope::Item(item) } else { facts.container.into() }
}

/// Every scope whose grants count on one, itself first, each once.
struct Lineage<'a> {
    walk: &'a Walk,
    found: Vec<Scope>,
    next: usize,
}

impl<'a> Lineage<'a> {
    fn of(walk: &'a Walk, scope: Scope) -> Self {
        let mut found = Vec::with_capacity(8);
        found.push(scope);
        Self { walk, found, next: 0 }
    }

    fn next(&mut self) -> Option<(Scope, &'a Node)> {
        let scope = *self.found.get(self.next)?;
        self.next += 1;
        let node = self.walk.nodes.get(&scope)?;
        if !node.broken {
            for parent in &node.parents {
                if !self.found.contains(parent) {
                    self.found.push(*parent);
                }
            }
        }
        Some((scope, node))
    }
}

fn nodes(world: &World) -> HashMap<Scope, Node> {
    let mut nodes: HashMap<Scope, Node> = HashMap::new();
    for (unit, id) in world.units.iter().zip((1..).filter_map(OrganisationId::new)) {
        let parents = unit.parent.map(Scope::Organisation).into_iter().collect();
        nodes.insert(Scope::Organisation(id), Node { parents, ..Node::default() });
    }
    for (section, id) in world.sections.iter().zip((1..).filter_map(SectionId::new)) {
        let above = section.parent.map(Scope::Section);
        let built_in = match section.visibility {
            SectionVisibility::Government => Some(Principal::Everyone),
            SectionVisibility::Organisation => Some(Principal::Unit(section.owner)),
            SectionVisibility::Restricted => None,
        };
        let parents = above.into_iter().chain([Scope::Organisation(section.owner)]).collect();
        nodes.insert(Scope::Section(id), Node { parents, built_in, ..Node::default() });
    }
    for (workspace, id) in world.workspaces.iter().zip((1..).filter_map(WorkspaceId::new)) {
        let is_open = workspace.visibility == WorkspaceVisibility::Open;
        let built_in = is_open.then_some(Principal::Everyone);
        nodes.insert(Scope::Workspace(id), Node { built_in, ..Node::default() });
    }
    for grant in &world.grants {
        nodes.entry(grant.scope).or_default().grants.push((grant.principal, grant.role));
    }
    for scope in &world.broken {
        nodes.entry(*scope).or_default().broken = true;
    }
    for (scope, node) in &mut nodes {
        if let Scope::Item(id) = scope {
            node.parents = vec![world.item(*id).container.into()];
        }
    }
    nodes
}

/// The groups that name a principal directly as a member.
pub fn memberships(world: &World) -> HashMap<Principal, Vec<GroupId>> {
    let mut above: HashMap<Principal, Vec<GroupId>> = HashMap::new();
    for (members, group) in world.groups.iter().zip((1..).filter_map(GroupId::new)) {
        for member in members {
            above.entry(as_principal(*member)).or_default().push(group);
        }
    }
    above
}

fn as_principal(member: GroupMember) -> Principal {
    match member {
        GroupMember::Person(id) => Principal::Person(id),
        GroupMember::Post(id) => Principal::Post(id),
        GroupMember::Unit(id) => Principal::Unit(id),
        GroupMember::Group(id) => Principal::Group(id),
    }
}

/// The person, their unit and all above it, every group that has one of these in it, and everyone.
fn principals(
    world: &World,
    above: &HashMap<Principal, Vec<GroupId>>,
    person: PersonId,
) -> HashSet<Principal> {
    let mut open = vec![Principal::Person(person)];
    let mut unit = world.homes.get(person.get() as usize - 1).copied();
    while let Some(id) = unit {
        open.push(Principal::Unit(id));
        unit = world.units.get(id.get() as usize - 1).and_then(|unit| unit.parent);
    }
    let mut found = HashSet::from([Principal::Everyone]);
    while let Some(principal) = open.pop() {
        if found.insert(principal) {
            let groups = above.get(&principal).into_iter().flatten();
            open.extend(groups.copied().map(Principal::Group));
        }
    }
    found
}
