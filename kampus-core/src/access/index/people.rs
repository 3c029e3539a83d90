//! Who is which principal, upwards (what one person is) and downwards (who a principal is).

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use roaring::RoaringBitmap;

use super::scopes::Code;
use super::table::Table;
use crate::access::{Principal, Subject};
use crate::directory::{Employment, GroupMember, GroupRule, Person};
use crate::id::{GroupId, OrganisationId, PersonId};
use crate::state::State;
use crate::time::Period;

/// Everything that one person is, in order, and while it stays so.
#[derive(Debug, Clone)]
struct Known {
    codes: Arc<[Code]>,
    during: Period,
}

/// Memberships, compiled. What one person is, is worked out when somebody asks and kept until a change concerns
/// that person; who a principal is, is worked out from lists kept here.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    known: Table<OnceLock<Known>, 10>,
    /// People who are or were at home in a unit or affiliated to it.
    of_unit: Table<Arc<Vec<u32>>, 6>,
    /// The units below a unit.
    below: Table<Arc<Vec<u32>>, 6>,
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
    /// Everything that a person is at that time.
    pub(super) fn codes(&self, state: &State, person: PersonId, at: Timestamp) -> Arc<[Code]> {
        let work_out = || {
            let subject = Subject::of(state, person, at);
            let mut codes: Vec<Code> =
                subject.principals().iter().map(|held| Code::of(held.principal)).collect();
            codes.sort_unstable();
            Arc::from(codes)
        };
        let Some(place) = self.known.get(person.get()) else { return work_out() };
        let known = place.get_or_init(|| Known { codes: work_out(), during: during(state, person, at) });
        if known.during.contains(at) { Arc::clone(&known.codes) } else { work_out() }
    }

    pub(super) fn enter(&mut self, person: &Person) {
        self.known.reserve(person.id.get() + 1);
        if let Some(home) = person.home {
            self.belong(person.id, home);
        }
        for held in &person.affiliations {
            self.belong(person.id, held.unit);
        }
        self.tell(person);
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
        put(&mut self.staff, serves && person.is_staff());
        put(&mut self.guests, serves && !person.is_staff());
        put(&mut self.cleared, person.cleared);
        put(&mut self.administrators, person.administrator && person.is_staff());
    }

    /// A person belongs to a unit from now on, or did or will for a time.
    pub(super) fn belong(&mut self, person: PersonId, unit: OrganisationId) {
        self.of_unit.alter(unit.get(), |people| {
            if !people.contains(&person.get()) {
                Arc::make_mut(people).push(person.get());
            }
        });
        self.forget(person);
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
        self.known.put(person.get(), OnceLock::new());
    }

    /// What the people of a unit and the units below are has to be worked out anew.
    pub(super) fn forget_unit(&mut self, unit: OrganisationId) {
        let mut concerned = RoaringBitmap::new();
        self.each_of_unit(unit, &mut |person| {
            concerned.insert(person);
        });
        self.forget_all(&concerned);
    }

    /// What everybody who comes to a group by way of a member is has to be worked out anew.
    pub(super) fn forget_member(&mut self, state: &State, member: GroupMember) {
        match concerned(self, state, member) {
            Some(people) => self.forget_all(&people),
            None => self.forget_everybody(state),
        }
    }

    fn forget_all(&mut self, people: &RoaringBitmap) {
        for person in people {
            // Copying a chunk for somebody who was not worked out yet would be in vain.
            if self.known.get(person).is_some_and(|place| place.get().is_some()) {
                self.known.put(person, OnceLock::new());
            }
        }
    }

    /// What anybody is has to be worked out anew.
    pub(super) fn forget_everybody(&mut self, state: &State) {
        self.known = Table::default();
        let most = state.directory.people.get_max().map_or(0, |(id, _)| id.get());
        self.known.reserve(most + 1);
    }

    fn each_of_unit(&self, unit: OrganisationId, visit: &mut dyn FnMut(u32)) {
        let mut stack = vec![unit.get()];
        while let Some(next) = stack.pop() {
            for person in self.of_unit.get(next).into_iter().flat_map(|people| people.iter()) {
                visit(*person);
            }
            stack.extend(self.below.get(next).into_iter().flat_map(|units| units.iter()));
        }
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
            Principal::Unit(id) => self.each_of_unit(id, &mut |person| {
                if Self::is_of_unit(state, person, id, at) {
                    found.insert(person);
                }
            }),
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
        // Nobody is in a unit who is not in its lists; the other rules look at everybody.
        if let GroupRule::Within(unit) = rule {
            self.each_of_unit(unit, &mut |person| {
                let known = PersonId::new(person).and_then(|id| state.directory.person(id));
                if known.is_some_and(|known| state.directory.rule_admits(&rule, known, at)) {
                    found.insert(person);
                }
            });
        } else {
            let people = state.directory.people();
            found.extend(
                people
                    .filter(|person| state.directory.rule_admits(&rule, person, at))
                    .map(|person| person.id.get()),
            );
        }
    }

    /// Whether somebody of a unit's lists belongs to it at that time: at home, or affiliated now. A guest's unit does
    /// not make them one of its people (rule 2).
    fn is_of_unit(state: &State, person: u32, unit: OrganisationId, at: Timestamp) -> bool {
        let Some(person) = PersonId::new(person).and_then(|id| state.directory.person(id)) else {
            return false;
        };
        // At home in it, without a look at the tree: what nearly everybody is.
        let at_home = person.home == Some(unit);
        person.is_staff()
            && (at_home
                || state
                    .directory
                    .units_at(person, at)
                    .any(|held| held == unit || state.directory.is_within(held, unit)))
    }

    /// Bytes taken, without what was worked out for single people.
    pub(super) fn bytes(&self) -> usize {
        let sets = [&self.staff, &self.guests, &self.cleared, &self.administrators];
        self.known.bytes()
            + self.of_unit.bytes()
            + self.below.bytes()
            + sets.iter().map(|set| set.serialized_size()).sum::<usize>()
    }
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
            GroupMember::Unit(id) => people.each_of_unit(id, &mut |person| {
                found.insert(person);
            }),
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
