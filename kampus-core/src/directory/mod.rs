//! Who: the tree of organisations and units, people with their affiliations, posts and groups.
//!
//! Terms are those of W3C ORG (organisation, unit, membership, post) and SCIM 2.0 (a person's attributes).

mod group;
mod organisation;
mod person;
mod profile;

pub use group::{Group, GroupMember, GroupRule, Post, PostHolding};
pub use organisation::{DatedName, Organisation, OrganisationKind, UnitLevel};
pub use person::{Affiliation, Employment, Person, UserType};
pub use profile::Profile;

use imbl::OrdMap;
use jiff::Timestamp;

use crate::id::{GroupId, OrganisationId, PersonId, PostId};

/// The directory as it stands at one revision.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Directory {
    pub(crate) organisations: OrdMap<OrganisationId, Organisation>,
    pub(crate) by_code: OrdMap<String, OrganisationId>,
    pub(crate) people: OrdMap<PersonId, Person>,
    pub(crate) posts: OrdMap<PostId, Post>,
    pub(crate) groups: OrdMap<GroupId, Group>,
    /// Groups that name a group as their direct member, for walking upwards.
    pub(crate) groups_of_member: OrdMap<GroupMember, Vec<GroupId>>,
    /// Groups whose members a rule names.
    pub(crate) rule_groups: Vec<GroupId>,
}

impl Directory {
    /// An organisation or unit.
    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations.get(&id)
    }

    /// The organisation or unit with this code, in any case.
    pub fn organisation_by_code(&self, code: &str) -> Option<&Organisation> {
        self.by_code.get(&code.to_uppercase()).and_then(|id| self.organisations.get(id))
    }

    /// All organisations and units, in the order they were entered.
    pub fn organisations(&self) -> impl Iterator<Item = &Organisation> {
        self.organisations.values()
    }

    /// The node and all its ancestors, nearest first.
    pub fn lineage(&self, id: OrganisationId) -> impl Iterator<Item = &Organisation> {
        std::iter::successors(self.organisation(id), |node| {
            node.parent.and_then(|parent| self.organisation(parent))
        })
    }

    /// The nearest node that is an organisation of its own and not a unit: the ministry of a team.
    pub fn organisation_of(&self, id: OrganisationId) -> Option<&Organisation> {
        self.lineage(id).find(|node| node.kind.is_organisation())
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// Who a person is: whoever claimed them if they were a placeholder, else themselves. `None` when nobody is there.
    pub fn claimant(&self, id: PersonId) -> Option<PersonId> {
        let person = self.person(id)?;
        // Whoever claims is no placeholder, so this is one step.
        Some(person.claimed_by.filter(|by| self.people.contains_key(by)).unwrap_or(id))
    }

    /// All people, in the order they were entered.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// A group.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(&id)
    }

    /// All groups.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    /// A post.
    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.get(&id)
    }

    /// The units a person is affiliated to at that time, home first.
    pub fn units_at<'a>(
        &self,
        person: &'a Person,
        at: Timestamp,
    ) -> impl Iterator<Item = OrganisationId> + use<'a> {
        person.home.into_iter().chain(
            person.affiliations.iter().filter(move |held| held.period.contains(at)).map(|held| held.unit),
        )
    }

    /// The posts that a person holds at that time.
    pub fn posts_at(&self, person: PersonId, at: Timestamp) -> impl Iterator<Item = PostId> {
        self.posts.values().filter_map(move |post| {
            post.holders
                .iter()
                .any(|held| held.person == person && held.period.contains(at))
                .then_some(post.id)
        })
    }

    /// Whether `ancestor` is the node itself or above it.
    pub fn is_within(&self, id: OrganisationId, ancestor: OrganisationId) -> bool {
        self.lineage(id).any(|node| node.id == ancestor)
    }

    /// Whether a rule group's rule takes a person in.
    pub fn rule_admits(&self, rule: &GroupRule, person: &Person, at: Timestamp) -> bool {
        match rule {
            GroupRule::Within(unit) => self.units_at(person, at).any(|held| self.is_within(held, *unit)),
            GroupRule::UserType(user_type) => person.user_type == *user_type,
            GroupRule::Language(language) => person.languages.first() == Some(language),
        }
    }

    pub(crate) fn index_member(&mut self, member: GroupMember, group: GroupId) {
        let mut holders = self.groups_of_member.get(&member).cloned().unwrap_or_default();
        if !holders.contains(&group) {
            holders.push(group);
        }
        self.groups_of_member.insert(member, holders);
    }

    pub(crate) fn unindex_member(&mut self, member: GroupMember, group: GroupId) {
        if let Some(holders) = self.groups_of_member.get_mut(&member) {
            holders.retain(|held| *held != group);
            if holders.is_empty() {
                self.groups_of_member.remove(&member);
            }
        }
    }

    /// The groups that name this member directly.
    pub fn groups_naming(&self, member: GroupMember) -> &[GroupId] {
        self.groups_of_member.get(&member).map_or(&[], Vec::as_slice)
    }

    /// The groups whose membership follows from a rule.
    pub fn rule_groups(&self) -> impl Iterator<Item = &Group> {
        self.rule_groups.iter().filter_map(|id| self.groups.get(id))
    }
}
