//! Commands that keep the directory: who may (rule 11) and what must hold (rule 10: no cycles).

use super::command::{NewNode, NewPerson};
use super::error::CommandError;
use super::event::Change;
use super::plan::{Context, Plan};
use crate::directory::{
    Affiliation, Group, GroupMember, GroupRule, Organisation, Person, Post, PostHolding, Profile, UserType,
};
use crate::id::{GroupId, OrganisationId, PersonId, PostId};
use crate::localised::Localised;
use crate::time::Period;

pub(super) fn found(cx: &Context<'_>, nodes: Vec<NewNode>) -> Result<Plan, CommandError> {
    cx.operator()?;
    if cx.state.last.organisation.is_some() {
        return Err(CommandError::AlreadyFounded);
    }
    let mut known: Vec<(String, OrganisationId)> = Vec::new();
    let mut changes = Vec::new();
    let mut id = OrganisationId::FIRST;
    for node in nodes {
        let parent = match &node.parent {
            None if known.is_empty() => None,
            None => return Err(CommandError::Empty("parent's code")),
            Some(code) => Some(
                known
                    .iter()
                    .find(|(other, _)| other == code)
                    .map(|(_, id)| *id)
                    .ok_or_else(|| CommandError::NotFound(code.clone()))?,
            ),
        };
        if node.code.trim().is_empty() {
            return Err(CommandError::Empty("code"));
        }
        if known.iter().any(|(other, _)| other.eq_ignore_ascii_case(&node.code)) {
            return Err(CommandError::CodeTaken(node.code));
        }
        known.push((node.code.clone(), id));
        changes.push(Change::OrganisationAdded(organisation(id, parent, node)));
        id = id.next();
    }
    Ok(Plan::many(changes))
}

pub(super) fn add_organisation(cx: &Context<'_>, node: NewNode) -> Result<Plan, CommandError> {
    cx.keeper()?;
    if node.code.trim().is_empty() {
        return Err(CommandError::Empty("code"));
    }
    if cx.state.directory.organisation_by_code(&node.code).is_some() {
        return Err(CommandError::CodeTaken(node.code));
    }
    let code = node.parent.clone().ok_or(CommandError::Empty("parent's code"))?;
    let parent = cx.state.directory.organisation_by_code(&code).ok_or(CommandError::NotFound(code))?.id;
    let id = cx.state.last.organisation.map_or(OrganisationId::FIRST, OrganisationId::next);
    Ok(Plan::one(Change::OrganisationAdded(organisation(id, Some(parent), node))))
}

pub(super) fn organisation(
    id: OrganisationId,
    parent: Option<OrganisationId>,
    node: NewNode,
) -> Organisation {
    Organisation {
        id,
        code: node.code,
        kind: node.kind,
        parent,
        order: node.order,
        names: node.names,
        aliases: node.aliases,
        closed: None,
        region: node.region,
        time_zone: node.time_zone,
    }
}

pub(super) fn add_person(cx: &Context<'_>, new: NewPerson) -> Result<Plan, CommandError> {
    cx.keeper()?;
    match new.home {
        Some(_) if new.user_type == UserType::Guest => return Err(CommandError::GuestWithUnit),
        Some(home) => known_unit(cx, home)?,
        None => {}
    }
    let id = cx.state.last.person.map_or(PersonId::FIRST, PersonId::next);
    let person = Person {
        id,
        home: new.home,
        affiliations: Vec::new(),
        languages: new.languages,
        user_type: new.user_type,
        employment: new.employment,
        cleared: false,
        administrator: false,
        placeholder: new.placeholder,
        claimed_by: None,
    };
    let mut plan = Plan::one(Change::PersonAdded(person));
    plan.profiles.push((id, Some(new.profile)));
    Ok(plan)
}

pub(super) fn set_profile(
    cx: &Context<'_>,
    person: PersonId,
    profile: Profile,
) -> Result<Plan, CommandError> {
    let own = cx.person().is_ok_and(|subject| subject.active && subject.person == person);
    if !own {
        cx.keeper()?;
    }
    known_person(cx, person)?;
    let mut plan = Plan::one(Change::ProfileChanged(person));
    plan.profiles.push((person, Some(profile)));
    Ok(plan)
}

pub(super) fn erase_profile(cx: &Context<'_>, person: PersonId) -> Result<Plan, CommandError> {
    cx.keeper()?;
    known_person(cx, person)?;
    let mut plan = Plan::one(Change::ProfileErased(person));
    plan.profiles.push((person, None));
    Ok(plan)
}

/// A change to one person's standing that only needs them to exist.
pub(super) fn about(cx: &Context<'_>, person: PersonId, change: Change) -> Result<Plan, CommandError> {
    cx.keeper()?;
    known_person(cx, person)?;
    Ok(Plan::one(change))
}

pub(super) fn affiliate(
    cx: &Context<'_>,
    person: PersonId,
    unit: OrganisationId,
    period: Period,
) -> Result<Plan, CommandError> {
    cx.keeper()?;
    known_person(cx, person)?;
    known_unit(cx, unit)?;
    not_empty(period)?;
    if cx.state.directory.person(person).is_some_and(|person| !person.is_staff()) {
        return Err(CommandError::GuestWithUnit);
    }
    Ok(Plan::one(Change::Affiliated(person, Affiliation { unit, period })))
}

pub(super) fn add_post(
    cx: &Context<'_>,
    title: Localised<String>,
    unit: OrganisationId,
) -> Result<Plan, CommandError> {
    cx.keeper()?;
    known_unit(cx, unit)?;
    let id = cx.state.last.post.map_or(PostId::FIRST, PostId::next);
    Ok(Plan::one(Change::PostAdded(Post { id, title, unit, holders: Vec::new() })))
}

pub(super) fn fill_post(
    cx: &Context<'_>,
    post: PostId,
    person: PersonId,
    period: Period,
) -> Result<Plan, CommandError> {
    cx.keeper()?;
    known_person(cx, person)?;
    not_empty(period)?;
    if cx.state.directory.post(post).is_none() {
        return Err(CommandError::NotFound(post.to_string()));
    }
    Ok(Plan::one(Change::PostFilled(post, PostHolding { person, period })))
}

pub(super) fn add_group(
    cx: &Context<'_>,
    name: Localised<String>,
    rule: Option<GroupRule>,
) -> Result<Plan, CommandError> {
    cx.keeper()?;
    if let Some(GroupRule::Within(unit)) = rule {
        known_unit(cx, unit)?;
    }
    let id = cx.state.last.group.map_or(GroupId::FIRST, GroupId::next);
    Ok(Plan::one(Change::GroupAdded(Group { id, name, members: Vec::new(), rule })))
}

pub(super) fn add_member(
    cx: &Context<'_>,
    group: GroupId,
    member: GroupMember,
) -> Result<Plan, CommandError> {
    cx.keeper()?;
    let known = cx.state.directory.group(group).ok_or_else(|| CommandError::NotFound(group.to_string()))?;
    match member {
        GroupMember::Person(id) => known_person(cx, id)?,
        GroupMember::Unit(id) => known_unit(cx, id)?,
        GroupMember::Post(id) if cx.state.directory.post(id).is_none() => {
            return Err(CommandError::NotFound(id.to_string()));
        }
        GroupMember::Group(id) if cx.state.directory.group(id).is_none() => {
            return Err(CommandError::NotFound(id.to_string()));
        }
        GroupMember::Group(id) if contains_group(cx, id, group) => {
            return Err(CommandError::Cycle(group.to_string()));
        }
        GroupMember::Post(_) | GroupMember::Group(_) => {}
    }
    if known.members.contains(&member) {
        return Err(CommandError::AlreadyMember(format!("{member:?}")));
    }
    Ok(Plan::one(Change::MemberAdded(group, member)))
}

pub(super) fn remove_member(
    cx: &Context<'_>,
    group: GroupId,
    member: GroupMember,
) -> Result<Plan, CommandError> {
    cx.keeper()?;
    let known = cx.state.directory.group(group).ok_or_else(|| CommandError::NotFound(group.to_string()))?;
    if !known.members.contains(&member) {
        return Err(CommandError::NothingToSettle);
    }
    Ok(Plan::one(Change::MemberRemoved(group, member)))
}

/// Whether `inner` is `outer` or is nested in it at any depth.
fn contains_group(cx: &Context<'_>, outer: GroupId, inner: GroupId) -> bool {
    let mut seen = vec![outer];
    let mut next = 0;
    while let Some(id) = seen.get(next).copied() {
        next += 1;
        let Some(group) = cx.state.directory.group(id) else { continue };
        for member in &group.members {
            if let GroupMember::Group(nested) = member
                && !seen.contains(nested)
            {
                seen.push(*nested);
            }
        }
    }
    seen.contains(&inner)
}

pub(super) fn known_person(cx: &Context<'_>, person: PersonId) -> Result<(), CommandError> {
    match cx.state.directory.person(person) {
        Some(_) => Ok(()),
        None => Err(CommandError::NotFound(person.to_string())),
    }
}

pub(super) fn known_unit(cx: &Context<'_>, unit: OrganisationId) -> Result<(), CommandError> {
    // A unit that is no more is known by old content only.
    match cx.state.directory.organisation(unit).filter(|node| node.closed.is_none()) {
        Some(_) => Ok(()),
        None => Err(CommandError::NotFound(unit.to_string())),
    }
}

pub(super) fn not_empty(period: Period) -> Result<(), CommandError> {
    if period.is_empty() { Err(CommandError::EmptyPeriod) } else { Ok(()) }
}
