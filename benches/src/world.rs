//! A government made up from a seed, as plain data.
//!
//! Ids are those that a store gives when the world is [loaded](crate::load::load): dense, from 1. Items are not
//! kept: [`World::item`] works any of them out when it is asked for, so that ten million need no memory.

use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::{Container, SectionVisibility, WorkspaceVisibility};
use kampus_core::directory::{GroupMember, OrganisationKind, UnitLevel};
use kampus_core::{GroupId, ItemId, OrganisationId, PersonId, SectionId, WorkspaceId};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// How big a world is, and how wild.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// People, each with a home unit.
    pub people: u32,
    /// Nodes of the organisation tree, the Government at its root.
    pub units: u32,
    /// Groups, some in others.
    pub groups: u32,
    /// Sections.
    pub sections: u32,
    /// Workspaces.
    pub workspaces: u32,
    /// Items.
    pub items: u32,
    /// Items with a grant of their own, broken inheritance, or both.
    pub special: u32,
    /// The share of sections that do not inherit.
    pub broken: f64,
    /// The share of items that are drafts.
    pub drafts: f64,
    /// Where chance begins.
    pub seed: u64,
}

impl Size {
    /// A government's intranet.
    pub const SMALL: Self = Self {
        people: 6_000,
        units: 300,
        groups: 500,
        sections: 1_200,
        workspaces: 800,
        items: 100_000,
        special: 400,
        broken: 0.1,
        drafts: 0.03,
        seed: 0x4b41_4d50,
    };

    /// A hundred of them on one platform.
    pub const LARGE: Self = Self {
        people: 1_000_000,
        units: 3_000,
        groups: 50_000,
        sections: 60_000,
        workspaces: 40_000,
        items: 10_000_000,
        special: 20_000,
        broken: 0.1,
        drafts: 0.03,
        seed: 0x4b41_4d51,
    };

    /// The same with that many items.
    #[must_use]
    pub fn with_items(self, items: u32) -> Self {
        Self { items, ..self }
    }
}

/// The world but for its items.
#[derive(Debug)]
pub struct World {
    /// How big it is.
    pub size: Size,
    /// The organisation tree; each node comes after its parent.
    pub units: Vec<Unit>,
    /// The home unit of each person.
    pub homes: Vec<OrganisationId>,
    /// The members of each group.
    pub groups: Vec<Vec<GroupMember>>,
    /// Sections; each comes after its parent.
    pub sections: Vec<Section>,
    /// Workspaces.
    pub workspaces: Vec<Workspace>,
    /// What is granted.
    pub grants: Vec<Grant>,
    /// Scopes that do not inherit.
    pub broken: Vec<Scope>,
    items: ChaCha8Rng,
}

/// A node of the organisation tree.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    /// The node above it.
    pub parent: Option<OrganisationId>,
    /// What it is.
    pub kind: OrganisationKind,
}

/// A section.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// Whose it is.
    pub owner: OrganisationId,
    /// The section above it.
    pub parent: Option<SectionId>,
    /// Who reads it without a grant.
    pub visibility: SectionVisibility,
}

/// A workspace.
#[derive(Debug, Clone, Copy)]
pub struct Workspace {
    /// Who hosts it.
    pub host: OrganisationId,
    /// Who reads it without a grant.
    pub visibility: WorkspaceVisibility,
}

/// A role given to a principal on a scope, always valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// To whom.
    pub principal: Principal,
    /// What.
    pub role: Role,
    /// On what.
    pub scope: Scope,
}

/// What the access rules ask about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Where it is.
    pub container: Container,
    /// Who wrote it.
    pub author: PersonId,
    /// Whether it is still a draft; otherwise it is out.
    pub draft: bool,
    /// Whether it has grants of its own or does not inherit.
    pub special: bool,
}

impl World {
    /// Makes up a world; the same for the same size.
    pub fn new(size: Size) -> Self {
        let mut maker = Maker { size, rng: ChaCha8Rng::seed_from_u64(size.seed) };
        let units = maker.units();
        let homes = (0..size.people).map(|_| maker.home()).collect();
        let groups = (1..=size.groups).map(|group| maker.members(group)).collect();
        let sections = maker.sections(&units);
        let workspaces = (0..size.workspaces).map(|_| maker.workspace()).collect();
        let (grants, broken) = maker.access();
        let items = ChaCha8Rng::seed_from_u64(size.seed.wrapping_add(1));
        Self { size, units, homes, groups, sections, workspaces, grants, broken, items }
    }

    /// An item. Each draws its facts from a block of chance of its own.
    pub fn item(&self, id: ItemId) -> Item {
        let mut rng = self.items.clone();
        // ChaCha gives chance in blocks of sixteen words.
        rng.set_word_pos(u128::from(id.get()) * 16);
        // Early sections and workspaces have more in them than late ones.
        let skewed = rng.random_range(0.0..1.0_f64).powi(2);
        let container = if rng.random_bool(0.6) {
            Container::Section(nth(SectionId::new, share(skewed, self.size.sections)))
        } else {
            Container::Workspace(nth(WorkspaceId::new, share(skewed, self.size.workspaces)))
        };
        Item {
            container,
            author: nth(PersonId::new, rng.random_range(1..=self.size.people)),
            draft: rng.random_bool(self.size.drafts),
            special: self.is_special(id),
        }
    }

    /// All items with their ids, in the order of these.
    pub fn items(&self) -> impl Iterator<Item = (ItemId, Item)> {
        (1..=self.size.items).filter_map(ItemId::new).map(|id| (id, self.item(id)))
    }

    /// All people.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + use<> {
        (1..=self.size.people).filter_map(PersonId::new)
    }

    fn is_special(&self, id: ItemId) -> bool {
        let spread = spread(self.size);
        id.get().is_multiple_of(spread) && id.get() / spread <= self.size.special
    }
}

/// Every how many items one is special.
fn spread(size: Size) -> u32 {
    (size.items / size.special.max(1)).max(1)
}

/// A number from 1 to `most`, as far along as `fraction` is from 0 to 1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the product is from 0 to `most`, which is a `u32`"
)]
fn share(fraction: f64, most: u32) -> u32 {
    ((fraction * f64::from(most)) as u32 + 1).min(most)
}

/// The id of that number, which counts from 1.
fn nth<T>(id: impl Fn(u32) -> Option<T>, number: u32) -> T {
    let id = id(number.max(1));
    #[expect(clippy::unreachable, reason = "ids exist from 1 upwards")]
    id.unwrap_or_else(|| unreachable!("an id of at least 1"))
}

struct Maker {
    size: Size,
    rng: ChaCha8Rng,
}

/// The Government and the organisations right under it: twelve ministries and two offices.
const ORGANISATIONS: u32 = 15;

impl Maker {
    fn units(&mut self) -> Vec<Unit> {
        let mut units = vec![Unit { parent: None, kind: OrganisationKind::Government }];
        for number in 2..=self.size.units {
            let (parent, kind) = match number {
                2..=13 => (1, OrganisationKind::Ministry),
                14..=ORGANISATIONS => (1, OrganisationKind::Office),
                // A ministry has a few departments; the rest nests below those.
                16..=75 => (self.rng.random_range(2..=ORGANISATIONS), level(UnitLevel::Department)),
                _ => (self.rng.random_range(2..number), level(UnitLevel::Unit)),
            };
            units.push(Unit { parent: OrganisationId::new(parent), kind });
        }
        units
    }

    fn unit(&mut self, first: u32) -> OrganisationId {
        nth(OrganisationId::new, self.rng.random_range(first..=self.size.units))
    }

    fn home(&mut self) -> OrganisationId {
        self.unit(2)
    }

    fn person(&mut self) -> PersonId {
        nth(PersonId::new, self.rng.random_range(1..=self.size.people))
    }

    /// Groups take in groups of a higher number only, so that there are no cycles.
    fn members(&mut self, group: u32) -> Vec<GroupMember> {
        let mut members: Vec<GroupMember> =
            (0..self.rng.random_range(3..30)).map(|_| GroupMember::Person(self.person())).collect();
        if self.rng.random_bool(0.3) {
            members.push(GroupMember::Unit(self.unit(16)));
        }
        for _ in 0..self.rng.random_range(0..3) {
            if group < self.size.groups {
                let inner = self.rng.random_range(group + 1..=self.size.groups);
                members.push(GroupMember::Group(nth(GroupId::new, inner)));
            }
        }
        members.sort_unstable();
        members.dedup();
        members
    }

    fn sections(&mut self, units: &[Unit]) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        let roots = self.size.sections / 10;
        for number in 1..=self.size.sections {
            let parent = (number > roots.max(1)).then(|| self.rng.random_range(1..number));
            let above = parent.and_then(|parent| sections.get(parent as usize - 1));
            let owner = match above {
                Some(above) if self.rng.random_bool(0.8) => above.owner,
                _ if self.rng.random_bool(0.6) => {
                    nth(OrganisationId::new, self.rng.random_range(1..=ORGANISATIONS))
                }
                _ => self.unit(2),
            };
            // What the Government owns is common to all.
            let is_common = units.get(owner.get() as usize - 1).is_some_and(|unit| unit.parent.is_none());
            let visibility = match self.rng.random_range(0..100) {
                _ if is_common => SectionVisibility::Government,
                0..38 => SectionVisibility::Government,
                38..75 => SectionVisibility::Organisation,
                _ => SectionVisibility::Restricted,
            };
            sections.push(Section { owner, parent: parent.and_then(SectionId::new), visibility });
        }
        sections
    }

    fn workspace(&mut self) -> Workspace {
        let visibility = match self.rng.random_range(0..100) {
            0..20 => WorkspaceVisibility::Open,
            20..75 => WorkspaceVisibility::Closed,
            _ => WorkspaceVisibility::Hidden,
        };
        Workspace { host: self.unit(2), visibility }
    }

    fn access(&mut self) -> (Vec<Grant>, Vec<Scope>) {
        let (mut grants, mut broken) = (Vec::new(), Vec::new());
        for scope in (1..=self.size.units).filter_map(OrganisationId::new).map(Scope::Organisation) {
            if self.rng.random_bool(0.4) {
                let principal = self.few();
                grants.push(Grant { principal, role: self.writes(), scope });
            }
        }
        for scope in (1..=self.size.sections).filter_map(SectionId::new).map(Scope::Section) {
            for _ in 0..self.rng.random_range(1..4) {
                let principal = self.anybody();
                grants.push(Grant { principal, role: self.role(), scope });
            }
            if self.rng.random_bool(self.size.broken) {
                broken.push(scope);
            }
        }
        for scope in (1..=self.size.workspaces).filter_map(WorkspaceId::new).map(Scope::Workspace) {
            grants.push(Grant { principal: Principal::Person(self.person()), role: Role::Manager, scope });
            for _ in 0..self.rng.random_range(3..12) {
                let principal = self.few();
                grants.push(Grant { principal, role: Role::Contributor, scope });
            }
        }
        let spread = spread(self.size);
        for scope in (1..=self.size.special).filter_map(|nth| ItemId::new(nth * spread)).map(Scope::Item) {
            let kind = self.rng.random_range(0..3);
            if kind != 0 {
                broken.push(scope);
            }
            if kind != 1 {
                let principal = self.anybody();
                grants.push(Grant { principal, role: self.role(), scope });
            }
        }
        (grants, broken)
    }

    /// A person or a group.
    fn few(&mut self) -> Principal {
        if self.rng.random_bool(0.5) {
            Principal::Person(self.person())
        } else {
            Principal::Group(nth(GroupId::new, self.rng.random_range(1..=self.size.groups)))
        }
    }

    fn anybody(&mut self) -> Principal {
        match self.rng.random_range(0..100) {
            0..75 => self.few(),
            75..97 => Principal::Unit(self.unit(2)),
            _ => Principal::Everyone,
        }
    }

    fn role(&mut self) -> Role {
        if self.rng.random_bool(0.5) { Role::Reader } else { self.writes() }
    }

    fn writes(&mut self) -> Role {
        match self.rng.random_range(0..10) {
            0..5 => Role::Editor,
            5..8 => Role::Publisher,
            _ => Role::Manager,
        }
    }
}

fn level(level: UnitLevel) -> OrganisationKind {
    OrganisationKind::Unit(level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Slots;
    use crate::requests;
    use crate::walk::Walk;

    #[test]
    fn two_in_five_requests_are_allowed_and_an_array_answers_like_a_walk() {
        let world = World::new(Size::SMALL);
        let walk = Walk::new(&world, world.people());
        let asked = requests::random(&world, 10_000, 9);
        let allowed = asked.iter().filter(|asked| walk.may_view(asked.person, asked.item)).count();
        assert!((3_800..4_200).contains(&allowed), "{allowed}");

        let slots = Slots::new(&world, &walk);
        let person = asked[0].person;
        let answers = slots.answers(&walk, person);
        for (item, _) in world.items() {
            assert_eq!(slots.may_view(&answers, item), walk.may_view(person, item), "{item}");
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_world() {
        let size = Size { people: 50, items: 100, special: 10, ..Size::SMALL };
        let (one, other) = (World::new(size), World::new(size));
        assert_eq!(one.grants, other.grants);
        assert!(one.items().eq(other.items()));
        assert_eq!(one.items().filter(|(_, item)| item.special).count(), 10);
    }
}
