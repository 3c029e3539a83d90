//! Who is which principal, upwards (what one person is) and downwards (who a principal is).

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use roaring::RoaringBitmap;

use super::given::Code;
use super::memo::Memo;
use super::table::Table;
use crate::access::{Principal, Subject};
use crate::directory::{Employment, GroupMember, GroupRule, Person};
use crate::id::{GroupId, OrganisationId, PersonId};
use crate::state::State;
use crate::time::Period;

/// In active service.
const SERVES: u8 = 1;
/// Of the Government, not a guest.
const STAFF: u8 = 2;
/// Cleared for security class IV.
const CLEARED: u8 = 4;
/// Looks after the platform.
const ADMINISTRATOR: u8 = 8;

/// What the directory says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts(u8);

impl Facts {
    pub(super) fn serves(self) -> bool {
        self.0 & SERVES != 0
    }

    pub(super) fn is_guest(self) -> bool {
        self.0 & STAFF == 0
    }

    pub(super) fn is_cleared(self) -> bool {
        self.0 & CLEARED != 0
    }

    pub(super) fn is_administrator(self) -> bool {
        self.0 & (ADMINISTRATOR | STAFF) == ADMINISTRATOR | STAFF
    }
}

/// Everything that one person is, in order, and while it stays so.
#[derive(Debug, Clone)]
struct Known {
    codes: Box<[Code]>,
    during: Period,
}

/// Memberships, compiled. What one person is, is worked out when somebody asks and kept until a change concerns
/// that person; who a principal is, is worked out from lists kept here.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    known: Memo<Arc<Known>>,
    /// What the directory says of a person, in a byte.
    facts: Table<u8, 4_096>,
    /// Staff who are at home in a unit.
    at_home: Table<Arc<RoaringBitmap>, 64>,
    /// Staff who are, were or will be affiliated to a unit.
    affiliated: Table<Arc<Vec<u32>>, 64>,
    /// The units below a unit.
    below: Table<Arc<Vec<u32>>, 64>,
    /// Staff in active service.
    pub(super) staff: Arc<RoaringBitmap>,
    /// Guests in active service.
    pub(super) guests: Arc<RoaringBitmap>,
    /// People cleared for security class IV.
    pub(super) cleared: Arc<RoaringBitmap>,
    /// People who look after the platform.
    pub(super) administrators: Arc<RoaringBitmap>,
}

impl People {
    /// What the directory says of a person; of nobody it says nothing.
    #[inline]
    pub(super) fn facts(&self, person: PersonId) -> Facts {
        Facts(self.facts.get(person.get()).copied().unwrap_or_default())
    }

    /// Everything that a person is at that time.
    pub(super) fn codes(&self, state: &State, person: PersonId, at: Timestamp) -> Cow<'_, [Code]> {
        let known = self.known.get_or_init(person.get(), || {
            Arc::new(Known { codes: work_out(state, person, at).into(), during: during(state, person, at) })
        });
        match known.filter(|known| known.during.contains(at)) {
            Some(known) => Cow::Borrowed(&known.codes),
            None => work_out(state, person, at).into(),
        }
    }

    pub(super) fn enter(&mut self, person: &Person) {
        self.known.reserve(person.id.get().saturating_add(1));
        // A transaction that was given up may have filled this place for somebody who never came to be.
        self.forget(person.id);
        if let Some(home) = person.home {
            self.settle(person, None, home);
        }
        for held in &person.affiliations {
            self.affiliate(person, held.unit);
        }
        self.tell(person);
    }

    /// A person to whom nothing refers is no more.
    pub(super) fn leave(&mut self, person: &Person) {
        let number = person.id.get();
        if let Some(home) = person.home {
            self.at_home.alter(home.get(), |people| {
                Arc::make_mut(people).remove(number);
            });
        }
        for held in &person.affiliations {
            self.affiliated
                .alter(held.unit.get(), |people| Arc::make_mut(people).retain(|known| *known != number));
        }
        self.facts.put(number, 0);
        for set in [&mut self.staff, &mut self.guests, &mut self.cleared, &mut self.administrators] {
            if set.contains(number) {
                Arc::make_mut(set).remove(number);
            }
        }
        self.forget(person.id);
    }

    /// Brings what is kept of a person up to date.
    pub(super) fn tell(&mut self, person: &Person) {
        let serves = person.employment == Employment::Active;
        let put = |set: &mut Arc<RoaringBitmap>, holds: bool| {
            // A set that is right already is not copied.
            if set.contains(person.id.get()) != holds {
                let set = Arc::make_mut(set);
                if holds {
                    set.insert(person.id.get())
                } else {
                    set.remove(person.id.get())
                };
            }
        };
        let mut facts = 0;
        for (holds, fact) in [
            (serves, SERVES),
            (person.is_staff(), STAFF),
            (person.cleared, CLEARED),
            (person.administrator, ADMINISTRATOR),
        ] {
            facts |= if holds { fact } else { 0 };
        }
        self.facts.put(person.id.get(), facts);
        put(&mut self.staff, serves && person.is_staff());
        put(&mut self.guests, serves && !person.is_staff());
        put(&mut self.cleared, person.cleared);
        put(&mut self.administrators, person.administrator && person.is_staff());
    }

    /// A person is at home in a unit, and no longer in another one. A guest's unit does not make them one of its people
    /// (rule 2).
    pub(super) fn settle(&mut self, person: &Person, before: Option<OrganisationId>, now: OrganisationId) {
        if person.is_staff() {
            if let Some(before) = before {
                self.at_home.alter(before.get(), |people| Arc::make_mut(people).remove(person.id.get()));
            }
            self.at_home.alter(now.get(), |people| Arc::make_mut(people).insert(person.id.get()));
        }
        self.forget(person.id);
    }

    /// A person is affiliated to a unit, or was or will be.
    pub(super) fn affiliate(&mut self, person: &Person, unit: OrganisationId) {
        if person.is_staff() {
            self.affiliated.alter(unit.get(), |people| {
                if !people.contains(&person.id.get()) {
                    Arc::make_mut(people).push(person.id.get());
                }
            });
        }
        self.forget(person.id);
    }

    /// A unit is under another one.
    pub(super) fn place_unit(
        &mut self,
        unit: OrganisationId,
        before: Option<OrganisationId>,
        now: Option<OrganisationId>,
    ) {
        if let Some(before) = before {
            self.below.alter(before.get(), |units| Arc::make_mut(units).retain(|below| *below != unit.get()));
        }
        if let Some(now) = now {
            self.below.alter(now.get(), |units| Arc::make_mut(units).push(unit.get()));
        }
    }

    /// What one person is has to be worked out anew.
    pub(super) fn forget(&mut self, person: PersonId) {
        self.known.forget([person.get()]);
    }

    /// What the people of a unit and the units below are has to be worked out anew.
    pub(super) fn forget_unit(&mut self, unit: OrganisationId) {
        let concerned = self.ever_of_unit(unit);
        self.forget_all(&concerned);
    }

    /// What everybody who comes to a group by way of a member is has to be worked out anew.
    pub(super) fn forget_member(&mut self, state: &State, member: GroupMember) {
        match concerned(self, state, member) {
            Some(people) => self.forget_all(&people),
            None => self.forget_everybody(),
        }
    }

    fn forget_all(&mut self, people: &RoaringBitmap) {
        self.known.forget(people);
    }

    /// What anybody is has to be worked out anew.
    pub(super) fn forget_everybody(&mut self) {
        self.known.forget_all();
    }

    /// Hands a unit and all units below it to `visit`.
    fn each_unit(&self, unit: OrganisationId, visit: &mut dyn FnMut(u32)) {
        let mut stack = vec![unit.get()];
        while let Some(next) = stack.pop() {
            visit(next);
            stack.extend(self.below.get(next).into_iter().flat_map(|units| units.iter()));
        }
    }

    /// Staff of a unit and of those below it, at any time.
    fn ever_of_unit(&self, unit: OrganisationId) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        self.each_unit(unit, &mut |unit| {
            found |=
                self.at_home.get(unit).map_or_else(RoaringBitmap::new, |people| RoaringBitmap::clone(people));
            found.extend(self.affiliated.get(unit).into_iter().flat_map(|people| people.iter()));
        });
        found
    }

    /// Adds the staff of a unit and of those below it, at that time.
    fn collect_of_unit(&self, state: &State, unit: OrganisationId, at: Timestamp, found: &mut RoaringBitmap) {
        self.each_unit(unit, &mut |unit| {
            if let Some(people) = self.at_home.get(unit) {
                *found |= &**people;
            }
            for person in self.affiliated.get(unit).into_iter().flat_map(|people| people.iter()) {
                let known = PersonId::new(*person).and_then(|id| state.directory.person(id));
                let held = known.into_iter().flat_map(|known| &known.affiliations);
                if held.into_iter().any(|held| held.unit.get() == unit && held.period.contains(at)) {
                    found.insert(*person);
                }
            }
        });
    }

    /// Everybody who is that principal at that time, in service or not.
    pub(super) fn members(&self, state: &State, principal: Principal, at: Timestamp) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        self.collect(state, principal, at, &mut found, &mut HashSet::new());
        found
    }

    fn collect(
        &self,
        state: &State,
        principal: Principal,
        at: Timestamp,
        found: &mut RoaringBitmap,
        seen: &mut HashSet<GroupId>,
    ) {
        match principal {
            Principal::Person(id) => {
                found.insert(id.get());
            }
            Principal::Post(id) => {
                let holders = state.directory.post(id).into_iter().flat_map(|post| &post.holders);
                found.extend(holders.filter(|held| held.period.contains(at)).map(|held| held.person.get()));
            }
            Principal::Unit(id) => self.collect_of_unit(state, id, at, found),
            Principal::Everyone => *found |= &*self.staff,
            Principal::Group(id) => {
                if !seen.insert(id) {
                    return;
                }
                let Some(group) = state.directory.group(id) else { return };
                if let Some(rule) = group.rule {
                    self.collect_by_rule(state, rule, at, found);
                }
                for member in &group.members {
                    let principal = match *member {
                        GroupMember::Person(id) => Principal::Person(id),
                        GroupMember::Post(id) => Principal::Post(id),
                        GroupMember::Unit(id) => Principal::Unit(id),
                        GroupMember::Group(id) => Principal::Group(id),
                    };
                    self.collect(state, principal, at, found, seen);
                }
            }
        }
    }

    fn collect_by_rule(&self, state: &State, rule: GroupRule, at: Timestamp, found: &mut RoaringBitmap) {
        // Whoever is in a unit is in its lists, and guests are in none; the other rules look at everybody.
        if let GroupRule::Within(unit) = rule {
            self.collect_of_unit(state, unit, at, found);
        } else {
            let people = state.directory.people();
            found.extend(
                people
                    .filter(|person| state.directory.rule_admits(&rule, person, at))
                    .map(|person| person.id.get()),
            );
        }
    }

    /// Bytes taken, without what was worked out for single people.
    pub(super) fn bytes(&self) -> usize {
        let sets = [&self.staff, &self.guests, &self.cleared, &self.administrators];
        self.known.bytes()
            + self.facts.bytes()
            + self.at_home.bytes()
            + self.affiliated.bytes()
            + self.at_home.chunks().flatten().map(|people| people.serialized_size()).sum::<usize>()
            + self.below.bytes()
            + sets.iter().map(|set| set.serialized_size()).sum::<usize>()
    }
}

/// Everything that a person is at that time, in order.
fn work_out(state: &State, person: PersonId, at: Timestamp) -> Vec<Code> {
    let subject = Subject::of(state, person, at);
    let mut codes: Vec<Code> = subject.principals().iter().map(|held| Code::of(held.principal)).collect();
    codes.sort_unstable();
    codes
}

/// Everybody whom a group reaches through a member at any time; `None` for anybody.
fn concerned(people: &People, state: &State, member: GroupMember) -> Option<RoaringBitmap> {
    let mut found = RoaringBitmap::new();
    let (mut stack, mut seen) = (vec![member], HashSet::new());
    while let Some(next) = stack.pop() {
        match next {
            GroupMember::Person(id) => {
                found.insert(id.get());
            }
            GroupMember::Post(id) => {
                let holders = state.directory.post(id).into_iter().flat_map(|post| &post.holders);
                found.extend(holders.map(|held| held.person.get()));
            }
            GroupMember::Unit(id) => found |= people.ever_of_unit(id),
            GroupMember::Group(id) => {
                if !seen.insert(id) {
                    continue;
                }
                let Some(group) = state.directory.group(id) else { continue };
                if group.rule.is_some() {
                    return None;
                }
                stack.extend(group.members.iter().copied());
            }
        }
    }
    Some(found)
}

/// The stretch around a moment in which time alone does not change what a person is.
fn during(state: &State, person: PersonId, at: Timestamp) -> Period {
    let affiliations = state.directory.person(person).into_iter().flat_map(|person| &person.affiliations);
    let posts = state.directory.posts.values().flat_map(|post| &post.holders);
    let held = posts.filter(|held| held.person == person).map(|held| held.period);
    let periods = affiliations.map(|held| held.period).chain(held);
    let mut during = Period::ALWAYS;
    for bound in periods.flat_map(|period| period.from.into_iter().chain(period.until)) {
        if bound <= at {
            during.from = during.from.max(Some(bound));
        } else {
            during.until = Some(during.until.map_or(bound, |until| until.min(bound)));
        }
    }
    during
}
