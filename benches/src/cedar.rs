//! The same rules in Cedar, the authorisation engine of cedar-policy.
//!
//! What answers fastest of what was tried: units and groups are entities that people descend from, the closure
//! computed when they are loaded; sections, workspaces and items that say the same about access share one `Acl`
//! entity, in which inheritance is worked out already; one policy, no schema, no context. Of an item Cedar knows its
//! `Acl` and, while it is a draft, its author. Where a section stands is not told, because no answer needs it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::Container;
use kampus_core::{GroupId, ItemId, OrganisationId, PersonId};

use crate::walk::{Walk, memberships};
use crate::world::{Item, World};

/// Why Cedar could not be set up or asked.
pub type CedarError = Box<dyn Error>;

const POLICY: &str = r#"
permit (principal, action == Action::"view", resource) when {
    principal in resource.acl.readers &&
    (!(resource has draft_by) || resource.draft_by == principal || principal in resource.acl.editors)
};
"#;

/// Cedar with a world loaded.
pub struct Cedar {
    entities: Entities,
    policies: PolicySet,
    authorizer: Authorizer,
    view: EntityUid,
    people: Vec<EntityUid>,
    items: Vec<EntityUid>,
    names: Names,
    acls: HashMap<Scope, EntityUid>,
}

impl Cedar {
    /// Loads a world, as prepared for walking.
    pub fn new(world: &World, walk: &Walk) -> Result<Self, CedarError> {
        let names = Names::new()?;
        let mut acls = Acls::default();
        let mut loaded = directory(world, &names)?;
        let mut items = Vec::with_capacity(walk.items().len());
        for (item, id) in walk.items().iter().zip((1..).filter_map(ItemId::new)) {
            let acl = acls.of(walk, id, item, &names);
            loaded.push(page(names.item(id), acl, item, &names)?);
            items.push(names.item(id));
        }
        for (effective, uid) in &acls.known {
            loaded.push(acl(uid.clone(), effective, &names)?);
        }
        Ok(Self {
            entities: Entities::from_entities(loaded, None)?,
            policies: POLICY.parse()?,
            authorizer: Authorizer::new(),
            view: names.action.uid("view"),
            people: world.people().map(|person| names.principal(Principal::Person(person))).collect(),
            items,
            acls: acls.of_scope,
            names,
        })
    }

    /// May this person view this item?
    pub fn may_view(&self, person: PersonId, item: ItemId) -> Result<bool, CedarError> {
        let person = self.people.get(person.get() as usize - 1).ok_or("no such person")?;
        let item = self.items.get(item.get() as usize - 1).ok_or("no such item")?;
        let request = Request::new(person.clone(), self.view.clone(), item.clone(), Context::empty(), None)?;
        let response = self.authorizer.is_authorized(&request, &self.policies, &self.entities);
        Ok(response.decision() == Decision::Allow)
    }

    /// Every item that a person may view: Cedar is asked about each.
    pub fn list(&self, person: PersonId) -> Result<Vec<ItemId>, CedarError> {
        let mut found = Vec::new();
        for id in (1..).filter_map(ItemId::new).take(self.items.len()) {
            if self.may_view(person, id)? {
                found.push(id);
            }
        }
        Ok(found)
    }

    /// How many people may view an item: Cedar is asked about each.
    pub fn everyone(&self, item: ItemId) -> Result<u64, CedarError> {
        let mut count = 0;
        for id in (1..).filter_map(PersonId::new).take(self.people.len()) {
            count += u64::from(self.may_view(id, item)?);
        }
        Ok(count)
    }

    /// The entity to put in place of a container's `Acl` after that principal was given a role on it.
    pub fn granted(
        &self,
        walk: &Walk,
        container: Container,
        principal: Principal,
        role: Role,
    ) -> Result<Entity, CedarError> {
        let uid = self.acls.get(&Scope::from(container)).ok_or("no item is in there")?;
        let mut effective = walk.effective_in(container);
        effective.push((principal, role));
        acl(uid.clone(), &effective, &self.names)
    }

    /// Puts an entity in place of one of the same name.
    pub fn upsert(&mut self, entity: Entity) -> Result<(), CedarError> {
        let entities = std::mem::replace(&mut self.entities, Entities::empty());
        self.entities = entities.upsert_entities([entity], None)?;
        Ok(())
    }
}

fn page(uid: EntityUid, acl: EntityUid, item: &Item, names: &Names) -> Result<Entity, CedarError> {
    let mut attributes = HashMap::from([("acl".to_owned(), RestrictedExpression::new_entity_uid(acl))]);
    if item.draft {
        let author = names.principal(Principal::Person(item.author));
        attributes.insert("draft_by".to_owned(), RestrictedExpression::new_entity_uid(author));
    }
    Ok(Entity::new(uid, attributes, HashSet::new())?)
}

/// Who reads and who edits, everything that is inherited included.
fn acl(uid: EntityUid, effective: &[(Principal, Role)], names: &Names) -> Result<Entity, CedarError> {
    let those = |least: Role| {
        let to = effective.iter().filter(move |(_, role)| *role >= least);
        RestrictedExpression::new_set(
            to.map(|(to, _)| RestrictedExpression::new_entity_uid(names.principal(*to))),
        )
    };
    let attributes = HashMap::from([
        ("readers".to_owned(), those(Role::Reader)),
        ("editors".to_owned(), those(Role::Editor)),
    ]);
    Ok(Entity::new(uid, attributes, HashSet::new())?)
}

/// One entity for each different answer to who may do what.
#[derive(Default)]
struct Acls {
    known: BTreeMap<Vec<(Principal, Role)>, EntityUid>,
    of_scope: HashMap<Scope, EntityUid>,
}

impl Acls {
    fn of(&mut self, walk: &Walk, id: ItemId, item: &Item, names: &Names) -> EntityUid {
        let scope = if item.special { Scope::Item(id) } else { item.container.into() };
        if let Some(known) = self.of_scope.get(&scope) {
            return known.clone();
        }
        let number = self.known.len();
        let uid = self.known.entry(walk.effective(id)).or_insert_with(|| names.acl.uid(&number.to_string()));
        self.of_scope.insert(scope, uid.clone());
        uid.clone()
    }
}

/// People, units, groups and everyone, each with what is right above it.
fn directory(world: &World, names: &Names) -> Result<Vec<Entity>, CedarError> {
    let above = memberships(world);
    let entity = |principal: Principal, parent: Option<Principal>| {
        let groups = above.get(&principal).into_iter().flatten().copied().map(Principal::Group);
        let parents = groups.chain(parent).map(|above| names.principal(above)).collect();
        Entity::new_no_attrs(names.principal(principal), parents)
    };
    let mut found = vec![entity(Principal::Everyone, None)];
    for (unit, id) in world.units.iter().zip((1..).filter_map(OrganisationId::new)) {
        // Everybody has a unit, so everyone is above the root.
        let parent = unit.parent.map_or(Principal::Everyone, Principal::Unit);
        found.push(entity(Principal::Unit(id), Some(parent)));
    }
    for (_, id) in world.groups.iter().zip((1..).filter_map(GroupId::new)) {
        found.push(entity(Principal::Group(id), None));
    }
    for person in world.people() {
        let home = world.homes.get(person.get() as usize - 1).ok_or("somebody has no home")?;
        found.push(entity(Principal::Person(person), Some(Principal::Unit(*home))));
    }
    Ok(found)
}

/// The types of entities.
struct Names {
    action: Kind,
    person: Kind,
    unit: Kind,
    group: Kind,
    everyone: Kind,
    acl: Kind,
    item: Kind,
}

struct Kind(EntityTypeName);

impl Kind {
    fn uid(&self, id: &str) -> EntityUid {
        EntityUid::from_type_name_and_id(self.0.clone(), EntityId::new(id))
    }
}

impl Names {
    fn new() -> Result<Self, CedarError> {
        let kind = |name: &str| Ok::<_, CedarError>(Kind(name.parse()?));
        Ok(Self {
            action: kind("Action")?,
            person: kind("Person")?,
            unit: kind("Unit")?,
            group: kind("Group")?,
            everyone: kind("Everyone")?,
            acl: kind("Acl")?,
            item: kind("Item")?,
        })
    }

    fn principal(&self, principal: Principal) -> EntityUid {
        match principal {
            Principal::Person(id) => self.person.uid(&id.get().to_string()),
            Principal::Unit(id) => self.unit.uid(&id.get().to_string()),
            Principal::Group(id) => self.group.uid(&id.get().to_string()),
            // A post is held like a group; generated worlds have none.
            Principal::Post(id) => self.group.uid(&id.to_string()),
            Principal::Everyone => self.everyone.uid("staff"),
        }
    }

    fn item(&self, id: ItemId) -> EntityUid {
        self.item.uid(&id.get().to_string())
    }
}
