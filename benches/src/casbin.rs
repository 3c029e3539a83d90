//! The same rules in Casbin, with role-based access on a tree of resources.
//!
//! Memberships are `g` rules, inheritance of scopes `g2` rules, grants and visibility `p` rules. Items without grants
//! of their own are asked about by their container, so that there need be no rule for each of them; the author of a
//! draft is looked at outside, because a rule for each would cost more.

use std::sync::Arc;

use casbin::{CoreApi, DefaultModel, DefaultRoleManager, Enforcer, MemoryAdapter, MgmtApi};
use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::Container;
use kampus_core::{GroupId, ItemId, OrganisationId, PersonId, SectionId, WorkspaceId};
use parking_lot::RwLock;

use crate::walk::{Walk, memberships};
use crate::world::{Grant, World};

const MODEL: &str = "
[request_definition]
r = sub, obj, act

[policy_definition]
p = sub, obj, act

[role_definition]
g = _, _
g2 = _, _

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.act == p.act && g2(r.obj, p.obj) && g(r.sub, p.sub)
";

/// How deep groups, units and sections may nest.
const DEPTH: usize = 64;

/// Casbin with a world loaded.
pub struct Casbin {
    enforcer: Enforcer,
}

impl Casbin {
    /// Loads a world, as prepared for walking.
    pub fn new(world: &World, walk: &Walk) -> casbin::Result<Self> {
        pollster::block_on(async {
            let model = DefaultModel::from_str(MODEL).await?;
            let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await?;
            enforcer.enable_auto_save(false);
            enforcer.enable_auto_build_role_links(false);
            enforcer.add_named_policies("p", unique(grants(world, walk))).await?;
            enforcer.add_named_grouping_policies("g", unique(belonging(world))).await?;
            enforcer.add_named_grouping_policies("g2", unique(inheritance(world, walk))).await?;
            enforcer.enable_auto_build_role_links(true);
            enforcer.set_role_manager(Arc::new(RwLock::new(DefaultRoleManager::new(DEPTH))))?;
            Ok(Self { enforcer })
        })
    }

    /// How many rules it has.
    pub fn rules(&self) -> usize {
        self.enforcer.get_policy().len()
            + self.enforcer.get_named_grouping_policy("g").len()
            + self.enforcer.get_named_grouping_policy("g2").len()
    }

    /// May this person view this item?
    pub fn may_view(&self, walk: &Walk, person: PersonId, item: ItemId) -> casbin::Result<bool> {
        let Some(facts) = walk.item(item) else { return Ok(false) };
        let object = if facts.special { object(Scope::Item(item)) } else { inside(facts.container) };
        let action = if facts.draft && facts.author != person { "edit" } else { "read" };
        self.enforcer.enforce((subject(Principal::Person(person)), object, action))
    }
}

type Rule = Vec<String>;

/// Grants, and what is visible without: a rule for reading, for Editors another for editing.
fn grants(world: &World, walk: &Walk) -> Vec<Rule> {
    let given = world.grants.iter().flat_map(|grant: &Grant| {
        let acts = if grant.role >= Role::Editor { &["read", "edit"][..] } else { &["read"] };
        acts.iter().map(|act| vec![subject(grant.principal), object(grant.scope), (*act).to_owned()])
    });
    let visible = containers(world).filter_map(|container| {
        let to = walk.built_in(container)?;
        Some(vec![subject(to), inside(container), "read".to_owned()])
    });
    given.chain(visible).collect()
}

/// People are in units and groups, units in units and groups, groups in groups.
fn belonging(world: &World) -> Vec<Rule> {
    let rule = |inner: Principal, outer: Principal| vec![subject(inner), subject(outer)];
    let homes = world.people().zip(&world.homes).map(|(person, home)| (Principal::Person(person), *home));
    let units = world.units.iter().zip((1..).filter_map(OrganisationId::new));
    let groups = memberships(world).into_iter().flat_map(|(member, groups)| {
        groups.into_iter().map(move |group: GroupId| rule(member, Principal::Group(group)))
    });
    homes
        .map(|(person, home)| rule(person, Principal::Unit(home)))
        .chain(units.map(|(unit, id)| {
            // Everybody has a unit, so everyone is above the root.
            rule(Principal::Unit(id), unit.parent.map_or(Principal::Everyone, Principal::Unit))
        }))
        .chain(groups)
        .collect()
}

/// A scope inherits from those above it, and what is inside a container from the container.
fn inheritance(world: &World, walk: &Walk) -> Vec<Rule> {
    let units = (1..=world.size.units).filter_map(OrganisationId::new).map(Scope::Organisation);
    let scopes = units.chain(containers(world).map(Scope::from));
    let mut rules: Vec<Rule> = containers(world).map(|it| vec![inside(it), object(it.into())]).collect();
    for scope in scopes {
        rules.extend(walk.parents(scope).iter().map(|parent| vec![object(scope), object(*parent)]));
    }
    for (item, id) in walk.items().iter().zip((1..).filter_map(ItemId::new)) {
        if item.special && !walk.parents(Scope::Item(id)).is_empty() {
            rules.push(vec![object(Scope::Item(id)), inside(item.container)]);
        }
    }
    rules
}

fn containers(world: &World) -> impl Iterator<Item = Container> + use<> {
    let sections = (1..=world.size.sections).filter_map(SectionId::new).map(Container::Section);
    sections.chain((1..=world.size.workspaces).filter_map(WorkspaceId::new).map(Container::Workspace))
}

fn subject(principal: Principal) -> String {
    match principal {
        Principal::Person(id) => id.to_string(),
        Principal::Post(id) => id.to_string(),
        Principal::Group(id) => id.to_string(),
        Principal::Unit(id) => format!("unit:{}", id.get()),
        Principal::Everyone => "everyone".to_owned(),
    }
}

fn object(scope: Scope) -> String {
    scope.to_string()
}

/// What lies in a section or workspace: it is visible as that is, which what lies further down is not.
fn inside(container: Container) -> String {
    format!("in {container}")
}

/// Casbin takes no rule twice.
fn unique(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_unstable();
    rules.dedup();
    rules
}
