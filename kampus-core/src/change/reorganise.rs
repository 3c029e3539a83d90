//! Reorganisation (`org:ChangeEvent`): units are renamed, moved, merged and split.
//!
//! What a unit held goes with its people: grants to it and on it, its sections and workspaces, its posts, its places
//! in groups. A unit that was merged or split stays in the directory, closed and empty, because old content names it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::access::next_grant;
use super::command::{NewNode, UnitChange};
use super::directory::{known_person, known_unit, organisation};
use super::error::CommandError;
use super::event::Change;
use super::plan::{Context, Plan};
use crate::access::{Grant, Principal, Scope};
use crate::directory::{DatedName, GroupMember, GroupRule};
use crate::id::{GrantId, OrganisationId, PersonId};
use crate::localised::Localised;

/// Plans all steps as one: each sees the units as they are before the whole.
pub(super) fn reorganise(cx: &Context<'_>, steps: Vec<UnitChange>) -> Result<Plan, CommandError> {
    cx.keeper()?;
    let mut work = Work {
        cx,
        changes: Vec::new(),
        grant: next_grant(cx),
        unit: cx.state.last.organisation.map_or(OrganisationId::FIRST, OrganisationId::next),
        touched: Vec::new(),
    };
    if steps.is_empty() {
        return Err(CommandError::NothingToSettle);
    }
    for step in steps {
        match step {
            UnitChange::Rename { unit, name } => work.rename(unit, name)?,
            UnitChange::Move { unit, under } => work.move_under(unit, under)?,
            UnitChange::Merge { unit, into } => work.merge(unit, into)?,
            UnitChange::Split { unit, into } => work.split(unit, into)?,
        }
    }
    Ok(Plan::many(work.changes))
}

struct Work<'a> {
    cx: &'a Context<'a>,
    changes: Vec<Change>,
    /// The next grant's id.
    grant: GrantId,
    /// The next unit's id.
    unit: OrganisationId,
    /// Units that a step is about: a second step about the same one would be about what is no longer so.
    touched: Vec<OrganisationId>,
}

impl Work<'_> {
    fn touch(&mut self, unit: OrganisationId) -> Result<(), CommandError> {
        known_unit(self.cx, unit)?;
        let is_root = self.cx.state.directory.organisation(unit).is_some_and(|node| node.parent.is_none());
        if is_root || self.touched.contains(&unit) {
            return Err(CommandError::Cycle(unit.to_string()));
        }
        self.touched.push(unit);
        Ok(())
    }

    /// The day of the reorganisation in Helsinki, where names change.
    fn day(&self) -> Date {
        let zone = TimeZone::get("Europe/Helsinki").unwrap_or(TimeZone::UTC);
        self.cx.at.to_zoned_datetime(zone).date()
    }

    fn rename(&mut self, unit: OrganisationId, name: Localised<String>) -> Result<(), CommandError> {
        known_unit(self.cx, unit)?;
        if name.is_empty() {
            return Err(CommandError::Empty("name"));
        }
        let name = DatedName { name, from: Some(self.day()), until: None };
        self.changes.push(Change::OrganisationRenamed(unit, name));
        Ok(())
    }

    fn move_under(&mut self, unit: OrganisationId, under: OrganisationId) -> Result<(), CommandError> {
        self.touch(unit)?;
        known_unit(self.cx, under)?;
        // A unit above that moves in another step could close a circle with this one.
        let is_below = self.cx.state.directory.lineage(under).any(|above| self.touched.contains(&above.id));
        if is_below {
            return Err(CommandError::Cycle(unit.to_string()));
        }
        self.changes.push(Change::OrganisationMoved(unit, under));
        Ok(())
    }

    fn merge(&mut self, unit: OrganisationId, into: OrganisationId) -> Result<(), CommandError> {
        self.touch(unit)?;
        known_unit(self.cx, into)?;
        if self.cx.state.directory.lineage(into).any(|above| self.touched.contains(&above.id)) {
            return Err(CommandError::Cycle(unit.to_string()));
        }
        let kind = |id| self.cx.state.directory.organisation(id).map(|node| node.kind.is_organisation());
        if kind(unit) != kind(into) {
            return Err(CommandError::UnlikeUnits(unit.to_string()));
        }
        for person in self.people_of(unit) {
            self.changes.push(Change::Rehomed(person, into));
        }
        self.hand_over(unit, &[into], true);
        self.changes.push(Change::OrganisationClosed(unit, self.day()));
        Ok(())
    }

    fn split(
        &mut self,
        unit: OrganisationId,
        into: Vec<(NewNode, Vec<PersonId>)>,
    ) -> Result<(), CommandError> {
        self.touch(unit)?;
        let parent = self.cx.state.directory.organisation(unit).and_then(|node| node.parent);
        let mut made: Vec<(OrganisationId, String)> = Vec::new();
        for (node, people) in into {
            if node.code.trim().is_empty() {
                return Err(CommandError::Empty("code"));
            }
            let taken = self.cx.state.directory.organisation_by_code(&node.code).is_some()
                || made.iter().any(|(_, code)| node.code.eq_ignore_ascii_case(code));
            if taken {
                return Err(CommandError::CodeTaken(node.code));
            }
            let kind = self.cx.state.directory.organisation(unit).map(|node| node.kind.is_organisation());
            if kind != Some(node.kind.is_organisation()) {
                return Err(CommandError::UnlikeUnits(node.code));
            }
            let id = self.unit;
            self.unit = id.next();
            made.push((id, node.code.clone()));
            self.changes.push(Change::OrganisationAdded(organisation(id, parent, node)));
            for person in people {
                known_person(self.cx, person)?;
                let is_theirs =
                    self.cx.state.directory.person(person).is_some_and(|it| it.home == Some(unit));
                if !is_theirs || self.is_rehomed(person) {
                    return Err(CommandError::NotFound(person.to_string()));
                }
                self.changes.push(Change::Rehomed(person, id));
            }
        }
        let parts: Vec<OrganisationId> = made.into_iter().map(|(id, _)| id).collect();
        // What cannot be in two places goes to the first part.
        let whole = self.people_of(unit).into_iter().all(|person| self.is_rehomed(person));
        if parts.is_empty() {
            return Err(CommandError::NothingToSettle);
        }
        self.hand_over(unit, &parts, whole);
        if whole {
            self.changes.push(Change::OrganisationClosed(unit, self.day()));
        }
        Ok(())
    }

    fn is_rehomed(&self, person: PersonId) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::Rehomed(moved, _) if *moved == person))
    }

    fn people_of(&self, unit: OrganisationId) -> Vec<PersonId> {
        let people = self.cx.state.directory.people();
        people.filter(|person| person.home == Some(unit)).map(|person| person.id).collect()
    }

    /// Hands over what a unit holds. Grants are given to each part, so that nobody loses by being moved; if nothing
    /// stays, the unit loses them.
    fn hand_over(&mut self, from: OrganisationId, to: &[OrganisationId], wholly: bool) {
        let Some(first) = to.first().copied() else { return };
        self.hand_over_grants(from, to, wholly);
        self.hand_over_memberships(from, to, wholly);
        if !wholly {
            return;
        }
        let state = self.cx.state;
        let units = state.directory.organisations().filter(|node| node.parent == Some(from));
        self.changes.extend(units.map(|node| Change::OrganisationMoved(node.id, first)));
        let sections = state.sections.values().filter(|section| section.owner == from);
        self.changes.extend(sections.map(|section| Change::SectionMoved(section.id, section.parent, first)));
        let workspaces = state.workspaces.values().filter(|workspace| workspace.host == from);
        self.changes.extend(workspaces.map(|workspace| Change::WorkspaceRehosted(workspace.id, first)));
        let posts = state.directory.posts.values().filter(|post| post.unit == from);
        self.changes.extend(posts.map(|post| Change::PostMoved(post.id, first)));
        let affiliated = state
            .directory
            .people()
            .filter(|person| person.affiliations.iter().any(|held| held.unit == from));
        self.changes.extend(affiliated.map(|person| Change::Reaffiliated(person.id, from, first)));
    }

    fn hand_over_grants(&mut self, from: OrganisationId, to: &[OrganisationId], wholly: bool) {
        let grants: Vec<Grant> = self.cx.state.grants.values().copied().collect();
        for grant in grants {
            let is_to = grant.principal == Principal::Unit(from);
            let is_on = grant.scope == Scope::Organisation(from);
            if !(is_to || is_on) {
                continue;
            }
            for part in to {
                let principal = if is_to { Principal::Unit(*part) } else { grant.principal };
                let scope = if is_on { Scope::Organisation(*part) } else { grant.scope };
                self.changes.push(Change::Granted(Grant { id: self.grant, principal, scope, ..grant }));
                self.grant = self.grant.next();
            }
            if wholly {
                self.changes.push(Change::Revoked(grant.id));
            }
        }
    }

    fn hand_over_memberships(&mut self, from: OrganisationId, to: &[OrganisationId], wholly: bool) {
        let groups: Vec<_> = self.cx.state.directory.groups().cloned().collect();
        for group in groups {
            if group.members.contains(&GroupMember::Unit(from)) {
                for part in to.iter().filter(|part| !group.members.contains(&GroupMember::Unit(**part))) {
                    self.changes.push(Change::MemberAdded(group.id, GroupMember::Unit(*part)));
                }
                if wholly {
                    self.changes.push(Change::MemberRemoved(group.id, GroupMember::Unit(from)));
                }
            }
            // A rule names one unit; the other parts of a split become members beside it.
            if group.rule == Some(GroupRule::Within(from)) && wholly {
                let (first, rest) = to.split_first().map_or((from, &[][..]), |(first, rest)| (*first, rest));
                self.changes.push(Change::GroupRuleSet(group.id, GroupRule::Within(first)));
                let rest = rest.iter().filter(|part| !group.members.contains(&GroupMember::Unit(**part)));
                self.changes.extend(rest.map(|part| Change::MemberAdded(group.id, GroupMember::Unit(*part))));
            }
        }
    }
}
