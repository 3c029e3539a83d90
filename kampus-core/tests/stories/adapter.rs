//! From relation tuples to a Kampus world: the stage on which a story is played and its questions are put.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kampus_core::access::{Action, Principal, Scope};
use kampus_core::content::{
    Classification, Container, ItemKind, Schedule, SectionVisibility, Status, WorkspaceVisibility,
};
use kampus_core::directory::{GroupMember, OrganisationKind, UnitLevel};
use kampus_core::{
    Actor, Command, CommandError, ExecuteError, GroupId, ImportedItem, ItemId, Language, Localised, NewItem,
    NewNode, NewWorkspace, PersonId, SectionId, Viewer,
};

use super::ledger::Ledger;
use super::mapping::{Ask, Mapping, Means, Thing, Tuple, type_of};
use crate::world::World;

/// Why a world could not be built from a story's tuples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoWorld(pub(crate) &'static str);

pub(crate) const GROUP_CIRCLE: NoWorld = NoWorld("a group in itself: rule 10 refuses it");
pub(crate) const SCOPE_CIRCLE: NoWorld = NoWorld("a thing under itself: what is above must be there first");
pub(crate) const TWO_PARENTS: NoWorld = NoWorld("a thing under two others: trees have one parent");

/// A story's world with the names it gives to people and things.
pub(crate) struct Stage<'a> {
    pub(crate) world: World,
    mapping: Mapping<'a>,
    tuples: Vec<Tuple>,
    people: BTreeMap<String, PersonId>,
    groups: BTreeMap<String, GroupId>,
    scopes: BTreeMap<String, Scope>,
    /// The sections that organisations keep for one kind of thing.
    aspects: BTreeMap<(String, String), Scope>,
    containers: BTreeMap<ItemId, Container>,
    /// Writes what the story names no author of; nobody asks about them.
    archivist: PersonId,
    /// Holds documents that the story puts nowhere.
    drawer: SectionId,
    /// Things being made, to notice those that stand under themselves.
    making: Vec<String>,
}

impl<'a> Stage<'a> {
    /// Builds the world that the tuples describe.
    pub(crate) fn set(mapping: Mapping<'a>, tuples: Vec<Tuple>) -> Result<Self, NoWorld> {
        let world = World::new();
        let archivist = world.person("VM");
        let drawer = world.section("VM", SectionVisibility::Restricted);
        let mut stage = Self {
            world,
            mapping,
            tuples,
            people: BTreeMap::new(),
            groups: BTreeMap::new(),
            scopes: BTreeMap::new(),
            aspects: BTreeMap::new(),
            containers: BTreeMap::new(),
            archivist,
            drawer,
            making: Vec::new(),
        };
        for tuple in stage.tuples.clone() {
            for means in stage.mapping.means(&tuple).to_vec() {
                stage.enact(&tuple, means)?;
            }
        }
        Ok(stage)
    }

    fn enact(&mut self, tuple: &Tuple, means: Means<'_>) -> Result<(), NoWorld> {
        match means {
            Means::Grants(role) => {
                let scope = self.scope(&tuple.object)?;
                let principal = self.principal(&tuple.subject)?;
                self.world.grant_for(principal, role, scope, tuple.period);
            }
            Means::GrantsIn(aspect, role) => {
                let scope = self.scope_in(&tuple.object, aspect)?;
                let principal = self.principal(&tuple.subject)?;
                self.world.grant_for(principal, role, scope, tuple.period);
            }
            Means::Joins(relation) => {
                let group = self.group(&format!("{}#{relation}", tuple.object));
                let member = self.member(&tuple.subject)?;
                self.join(group, member)?;
            }
            Means::TakesIn(outer, inner) => {
                let group = self.group(&format!("{}#{outer}", tuple.object));
                let member = self.member(&format!("{}#{inner}", tuple.subject))?;
                self.join(group, member)?;
            }
            Means::Affiliates => {
                let Scope::Organisation(unit) = self.scope(&tuple.object)? else {
                    panic!("{tuple:?} affiliates to what is no organisation")
                };
                let person = self.person(&tuple.subject);
                self.world.operator(Command::Affiliate { person, unit, period: tuple.period });
            }
            Means::Under | Means::UnderA(_) | Means::UnderIn(_) => {
                self.scope(&tuple.object)?;
            }
            Means::Guest | Means::Wrote | Means::Nothing => {}
        }
        Ok(())
    }

    fn join(&self, group: GroupId, member: GroupMember) -> Result<(), NoWorld> {
        let operator = Actor::Operator("test".into());
        match self.world.kampus.execute(&operator, self.world.now, Command::AddMember(group, member)) {
            // Two relations may bring the same people in.
            Ok(_) | Err(ExecuteError::Refused(CommandError::AlreadyMember(_))) => Ok(()),
            Err(ExecuteError::Refused(CommandError::Cycle(_))) => Err(GROUP_CIRCLE),
            Err(other) => panic!("{member:?} in {group}: {other:?}"),
        }
    }

    /// The person of that name, who enters when first named.
    pub(crate) fn person(&mut self, name: &str) -> PersonId {
        assert!(self.mapping.is_person(name), "{name} is no person");
        if let Some(known) = self.people.get(name) {
            return *known;
        }
        let guest =
            self.says(|tuple, means| matches!(means, Means::Guest) && tuple.subject == name).is_some();
        let person = if guest { self.world.guest() } else { self.world.person("STM") };
        self.people.insert(name.to_owned(), person);
        person
    }

    /// The first tuple that does something of which this holds.
    fn says(&self, holds: impl Fn(&Tuple, Means<'_>) -> bool) -> Option<(Tuple, Means<'a>)> {
        self.tuples.iter().find_map(|tuple| {
            let means = self.mapping.means(tuple).iter().find(|means| holds(tuple, **means))?;
            Some((tuple.clone(), *means))
        })
    }

    fn group(&mut self, name: &str) -> GroupId {
        if let Some(known) = self.groups.get(name) {
            return *known;
        }
        let name_of_it = Localised::one(Language::En, name.to_owned());
        let made = self.world.operator(Command::AddGroup { name: name_of_it, rule: None });
        let group = made.group().unwrap();
        self.groups.insert(name.to_owned(), group);
        group
    }

    /// All who are a relation of a thing: the people of an organisation, if the relation affiliates; else a group.
    fn userset(&mut self, object: &str, relation: &str) -> Result<Principal, NoWorld> {
        let affiliates = self.mapping.facts.iter().any(|(kind, known, means)| {
            *kind == type_of(object)
                && *known == relation
                && means.iter().any(|one| matches!(one, Means::Affiliates))
        });
        match (affiliates, affiliates.then(|| self.scope(object)).transpose()?) {
            (true, Some(Scope::Organisation(unit))) => Ok(Principal::Unit(unit)),
            _ => Ok(Principal::Group(self.group(&format!("{object}#{relation}")))),
        }
    }

    fn principal(&mut self, subject: &str) -> Result<Principal, NoWorld> {
        if subject.ends_with(":*") {
            return Ok(Principal::Everyone);
        }
        match subject.split_once('#') {
            Some((object, relation)) => self.userset(object, relation),
            None => Ok(Principal::Person(self.person(subject))),
        }
    }

    /// The same as a member of a group; everyone is whoever is anywhere in the Government.
    fn member(&mut self, subject: &str) -> Result<GroupMember, NoWorld> {
        Ok(match self.principal(subject)? {
            Principal::Person(id) => GroupMember::Person(id),
            Principal::Post(id) => GroupMember::Post(id),
            Principal::Group(id) => GroupMember::Group(id),
            Principal::Unit(id) => GroupMember::Unit(id),
            Principal::Everyone => GroupMember::Unit(self.world.unit("VN")),
        })
    }

    /// The scope of that name, made when first named; what it stands under comes first.
    pub(crate) fn scope(&mut self, name: &str) -> Result<Scope, NoWorld> {
        if let Some(known) = self.scopes.get(name) {
            return Ok(*known);
        }
        if self.making.iter().any(|other| other == name) {
            return Err(SCOPE_CIRCLE);
        }
        self.making.push(name.to_owned());
        let above = self.above(name)?;
        let scope = match self.mapping.thing(name) {
            Some(Thing::Organisation) => self.new_organisation(name, above),
            Some(Thing::Section) => self.new_section(above),
            Some(Thing::Workspace) => self.new_workspace(name, above),
            Some(Thing::Document) => self.new_document(name, above),
            None => panic!("no row says what {name} is"),
        };
        self.making.pop();
        self.scopes.insert(name.to_owned(), scope);
        Ok(scope)
    }

    /// A section that an organisation keeps for one kind of thing.
    fn scope_in(&mut self, organisation: &str, aspect: &str) -> Result<Scope, NoWorld> {
        let name = (organisation.to_owned(), aspect.to_owned());
        if let Some(known) = self.aspects.get(&name) {
            return Ok(*known);
        }
        let owner = self.scope(organisation)?;
        let section = self.new_section(Some(owner));
        self.aspects.insert(name, section);
        Ok(section)
    }

    fn above(&mut self, name: &str) -> Result<Option<Scope>, NoWorld> {
        let placed = self.tuples.iter().filter(|tuple| tuple.object == name).filter_map(|tuple| {
            let place = self.mapping.means(tuple).iter().find(|means| match means {
                Means::Under | Means::UnderIn(_) => true,
                Means::UnderA(kind) => type_of(&tuple.subject) == *kind,
                _ => false,
            })?;
            Some((tuple.subject.clone(), *place))
        });
        let mut placed = placed.collect::<Vec<_>>().into_iter();
        match (placed.next(), placed.next()) {
            (Some(_), Some(_)) => Err(TWO_PARENTS),
            (Some((above, Means::UnderIn(aspect))), None) => self.scope_in(&above, aspect).map(Some),
            (Some((above, _)), None) => self.scope(&above).map(Some),
            (None, _) => Ok(None),
        }
    }

    fn code(&self, scope: Scope) -> String {
        let Scope::Organisation(id) = scope else { panic!("{scope} is no organisation") };
        self.world.kampus.snapshot().directory().organisation(id).unwrap().code.clone()
    }

    fn new_organisation(&self, name: &str, above: Option<Scope>) -> Scope {
        let kind = match above {
            Some(_) => OrganisationKind::Unit(UnitLevel::Unit),
            None => OrganisationKind::Ministry,
        };
        let node = NewNode {
            code: name.to_owned(),
            kind,
            parent: Some(above.map_or_else(|| "VN".to_owned(), |above| self.code(above))),
            order: 0,
            names: Vec::new(),
            aliases: Vec::new(),
            region: None,
            time_zone: None,
        };
        let made = self.world.operator(Command::AddOrganisation(Box::new(node)));
        Scope::Organisation(made.organisation().unwrap())
    }

    fn new_section(&self, above: Option<Scope>) -> Scope {
        let restricted = SectionVisibility::Restricted;
        Scope::Section(match above {
            Some(Scope::Section(parent)) => self.world.section_under(Some(parent), "VM", restricted),
            Some(owner) => self.world.section(&self.code(owner), restricted),
            None => self.world.section("VM", restricted),
        })
    }

    fn new_workspace(&self, name: &str, above: Option<Scope>) -> Scope {
        let host = match above {
            Some(Scope::Organisation(id)) => id,
            _ => self.world.unit("VM"),
        };
        let new = NewWorkspace {
            title: Localised::one(Language::En, name.to_owned()),
            purpose: Localised::default(),
            host,
            visibility: WorkspaceVisibility::Closed,
            ceiling: Classification::Internal,
        };
        Scope::Workspace(self.world.operator(Command::AddWorkspace(Box::new(new))).workspace().unwrap())
    }

    fn new_document(&mut self, name: &str, above: Option<Scope>) -> Scope {
        let (container, parent) = match above {
            Some(Scope::Section(id)) => (Container::Section(id), None),
            Some(Scope::Workspace(id)) => (Container::Workspace(id), None),
            Some(Scope::Item(id)) => (self.containers[&id], Some(id)),
            Some(Scope::Organisation(_)) => panic!("{name} stands in no section of its organisation"),
            None => (Container::Section(self.drawer), None),
        };
        let written = self.says(|tuple, means| matches!(means, Means::Wrote) && tuple.object == name);
        let author = written.map_or(self.archivist, |(tuple, _)| self.person(&tuple.subject));
        let mut content = NewItem::new(ItemKind::Document, container, Language::En, name, "");
        content.parent = parent;
        let now = self.world.now;
        let item = ImportedItem {
            content,
            author,
            owner: author,
            created: now,
            modified: now,
            status: Status::Published,
            schedule: Schedule::default(),
            pinned: false,
            comments_open: true,
            labels: Vec::new(),
            sources: Vec::new(),
        };
        let id = self.world.operator(Command::ImportItem(Box::new(item))).item().unwrap();
        self.containers.insert(id, container);
        Scope::Item(id)
    }
}

/// The questions.
impl Stage<'_> {
    /// The moment at which a question without a time is asked.
    pub(crate) fn now(&self) -> Timestamp {
        self.world.now
    }

    fn asked(&mut self, object: &str, relation: &str) -> Result<(Action, Scope), String> {
        match self.mapping.ask(type_of(object), relation) {
            Ask::May(action) => Ok((action, self.scope(object).map_err(|no| no.0.to_owned())?)),
            Ask::MayIn(aspect, action) => {
                Ok((action, self.scope_in(object, aspect).map_err(|no| no.0.to_owned())?))
            }
            Ask::Never(reason) => Err(reason.to_owned()),
        }
    }

    /// Is that person this of that thing?
    pub(crate) fn check(
        &mut self,
        ledger: &mut Ledger,
        (subject, relation, object): (&str, &str, &str),
        at: Timestamp,
        expected: bool,
    ) {
        let (action, scope) = match self.asked(object, relation) {
            Ok(asked) => asked,
            Err(reason) => return ledger.pass_over(&reason, 1),
        };
        let person = self.person(subject);
        let found = self.world.kampus.viewer(person, at).may(action, scope);
        ledger.compare(|| format!("{subject} {relation} {object} at {at}"), &expected, &found);
    }

    /// Which things of that type is that person this of?
    pub(crate) fn list_objects(
        &mut self,
        ledger: &mut Ledger,
        (subject, relation, kind): (&str, &str, &str),
        at: Timestamp,
        expected: &[String],
    ) {
        for name in expected {
            assert_eq!(type_of(name), kind);
        }
        let action = match self.mapping.ask(kind, relation) {
            Ask::May(action) => action,
            Ask::MayIn(..) => panic!("no story lists organisations by one section"),
            Ask::Never(reason) => return ledger.pass_over(reason, 1),
        };
        let person = self.person(subject);
        let viewer = self.world.kampus.viewer(person, at);
        let of_kind = self.scopes.iter().filter(|(name, _)| type_of(name) == kind);
        let found: BTreeSet<String> = of_kind
            .filter(|(_, scope)| listed(&viewer, action, **scope))
            .map(|(name, _)| name.clone())
            .collect();
        let expected: BTreeSet<String> = expected.iter().cloned().collect();
        ledger.compare(|| format!("what {kind} {subject} is {relation} of at {at}"), &expected, &found);
    }

    /// Which people are this of that thing? Everyone is all people, and the archivist whom the story does not know.
    pub(crate) fn list_people(
        &mut self,
        ledger: &mut Ledger,
        (relation, object): (&str, &str),
        at: Timestamp,
        expected: &[String],
    ) {
        let (action, scope) = match self.asked(object, relation) {
            Ok(asked) => asked,
            Err(reason) => return ledger.pass_over(&reason, 1),
        };
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for name in expected {
            if name.ends_with(":*") {
                wanted.extend(self.people.keys().cloned());
                wanted.insert(name.clone());
            } else {
                self.person(name);
                wanted.insert(name.clone());
            }
        }
        let may = |person: PersonId| self.world.kampus.viewer(person, at).may(action, scope);
        let mut found: BTreeSet<String> =
            self.people.iter().filter(|(_, person)| may(**person)).map(|(name, _)| name.clone()).collect();
        if may(self.archivist) {
            found.insert(format!("{}:*", self.mapping.people[0]));
        }
        ledger.compare(|| format!("who is {relation} of {object} at {at}"), &wanted, &found);
    }
}

/// Questions that one family alone puts.
impl Stage<'_> {
    /// Of all that is asked about that thing, what may that person do?
    pub(crate) fn list_actions(
        &mut self,
        ledger: &mut Ledger,
        (subject, object): (&str, &str),
        at: Timestamp,
        expected: &[String],
    ) {
        let scope = self.scope(object).unwrap();
        let person = self.person(subject);
        let viewer = self.world.kampus.viewer(person, at);
        let asks = self.mapping.asks.iter().filter(|(kind, ..)| *kind == type_of(object));
        let found: BTreeSet<String> = asks
            .filter(|(.., ask)| matches!(ask, Ask::May(action) if viewer.may(*action, scope)))
            .map(|(_, relation, _)| (*relation).to_owned())
            .collect();
        let expected: BTreeSet<String> = expected.iter().cloned().collect();
        ledger.compare(|| format!("what {subject} may do to {object}"), &expected, &found);
    }

    /// May that person read what the directory tells of the other?
    pub(crate) fn check_colleague(
        &mut self,
        ledger: &mut Ledger,
        (subject, other): (&str, &str),
        at: Timestamp,
        expected: bool,
    ) {
        let (person, other_person) = (self.person(subject), self.person(other));
        let found = self.world.kampus.viewer(person, at).colleague(other_person).is_ok();
        ledger.compare(|| format!("{subject} reads of {other}"), &expected, &found);
    }
}

/// Whether a person's own lists have that thing: the viewer's where it has such a list, else thing by thing.
fn listed(viewer: &Viewer, action: Action, scope: Scope) -> bool {
    match (action, scope) {
        (Action::View, Scope::Section(id)) => viewer.sections().any(|section| section.id == id),
        (Action::View, Scope::Item(id)) => viewer.items(ItemKind::Document).any(|item| item.id == id),
        _ => viewer.may(action, scope),
    }
}
