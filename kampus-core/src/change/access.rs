//! Commands about sections, workspaces, membership and grants.

use jiff::Timestamp;

use super::command::{Actor, NewSection, NewWorkspace};
use super::directory::{known_person, known_unit, not_empty};
use super::error::CommandError;
use super::event::Change;
use super::moving::may_hold_sections;
use super::plan::{Context, Plan};
use crate::access::{Action, Grant, GrantSource, Principal, Role, Scope, rules};
use crate::content::{Section, SectionVisibility, Workspace, WorkspaceVisibility};
use crate::directory::Person;
use crate::id::{GrantId, PersonId, SectionId, WorkspaceId};
use crate::time::Period;

pub(super) fn add_section(cx: &Context<'_>, new: NewSection) -> Result<Plan, CommandError> {
    if new.title.is_empty() {
        return Err(CommandError::Empty("title"));
    }
    known_unit(cx, new.owner)?;
    may_hold_sections(cx, new.parent, new.owner)?;
    let id = cx.state.last.section.map_or(SectionId::FIRST, SectionId::next);
    let NewSection { title, owner, parent, visibility, ceiling } = new;
    Ok(Plan::one(Change::SectionAdded(Section { id, title, owner, parent, visibility, ceiling })))
}

pub(super) fn set_section_visibility(
    cx: &Context<'_>,
    id: SectionId,
    to: SectionVisibility,
) -> Result<Plan, CommandError> {
    cx.authorise(Action::Manage, Scope::Section(id))?;
    Ok(Plan::one(Change::SectionVisibilitySet(id, to)))
}

pub(super) fn add_workspace(cx: &Context<'_>, new: NewWorkspace) -> Result<Plan, CommandError> {
    if new.title.is_empty() {
        return Err(CommandError::Empty("title"));
    }
    known_unit(cx, new.host)?;
    let maker = match cx.actor {
        Actor::Operator(_) => None,
        Actor::Person(person) => {
            let subject = cx.person()?;
            if !subject.active || subject.guest {
                // The same question that joining asks, of a workspace that is not there yet.
                return Err(CommandError::AdministratorsOnly);
            }
            Some(*person)
        }
    };
    let id = cx.state.last.workspace.map_or(WorkspaceId::FIRST, WorkspaceId::next);
    let NewWorkspace { title, purpose, host, visibility, ceiling } = new;
    let workspace = Workspace {
        id,
        title,
        purpose,
        host,
        visibility,
        ceiling,
        archived: false,
        requests: Vec::new(),
        glass: Vec::new(),
    };
    let mut changes = vec![Change::WorkspaceAdded(workspace)];
    changes.extend(maker.map(|person| {
        Change::Granted(Grant {
            id: next_grant(cx),
            principal: Principal::Person(person),
            role: Role::Manager,
            scope: Scope::Workspace(id),
            period: Period::ALWAYS,
        })
    }));
    Ok(Plan::many(changes))
}

pub(super) fn set_workspace_visibility(
    cx: &Context<'_>,
    id: WorkspaceId,
    to: WorkspaceVisibility,
) -> Result<Plan, CommandError> {
    cx.authorise(Action::Manage, Scope::Workspace(id))?;
    let requests =
        cx.state.workspaces.get(&id).map(|workspace| workspace.requests.clone()).unwrap_or_default();
    let mut changes: Vec<Change> =
        requests.into_iter().map(|person| Change::RequestSettled(id, person)).collect();
    changes.push(Change::WorkspaceVisibilitySet(id, to));
    Ok(Plan::many(changes))
}

pub(super) fn archive_workspace(
    cx: &Context<'_>,
    id: WorkspaceId,
    archived: bool,
) -> Result<Plan, CommandError> {
    cx.authorise(Action::Manage, Scope::Workspace(id))?;
    Ok(Plan::one(Change::WorkspaceArchived(id, archived)))
}

pub(super) fn join(cx: &Context<'_>, id: WorkspaceId) -> Result<Plan, CommandError> {
    let person = cx.person()?.person;
    cx.authorise(Action::Join, Scope::Workspace(id))?;
    let Some(workspace) = cx.state.workspaces.get(&id) else {
        return Err(CommandError::NotFound(id.to_string()));
    };
    if is_member(cx, id, person) || workspace.requests.contains(&person) {
        return Err(CommandError::AlreadyMember(person.to_string()));
    }
    Ok(Plan::one(match workspace.visibility {
        WorkspaceVisibility::Open => membership(cx, id, person, Role::Contributor),
        WorkspaceVisibility::Closed | WorkspaceVisibility::Hidden => Change::JoinRequested(id, person),
    }))
}

pub(super) fn answer_request(
    cx: &Context<'_>,
    id: WorkspaceId,
    person: PersonId,
    admit: bool,
) -> Result<Plan, CommandError> {
    cx.authorise(Action::Invite, Scope::Workspace(id))?;
    let asked = cx.state.workspaces.get(&id).is_some_and(|workspace| workspace.requests.contains(&person));
    if !asked {
        return Err(CommandError::NothingToSettle);
    }
    let mut changes = vec![Change::RequestSettled(id, person)];
    if admit {
        changes.push(membership(cx, id, person, Role::Contributor));
    }
    Ok(Plan::many(changes))
}

pub(super) fn invite(
    cx: &Context<'_>,
    id: WorkspaceId,
    person: PersonId,
    role: Role,
) -> Result<Plan, CommandError> {
    cx.authorise(Action::Invite, Scope::Workspace(id))?;
    known_person(cx, person)?;
    rule_10_not_above_own(cx, role, Scope::Workspace(id))?;
    let mut changes = Vec::new();
    if cx.state.workspaces.get(&id).is_some_and(|workspace| workspace.requests.contains(&person)) {
        changes.push(Change::RequestSettled(id, person));
    }
    changes.push(membership(cx, id, person, role));
    Ok(Plan::many(changes))
}

pub(super) fn leave(cx: &Context<'_>, id: WorkspaceId) -> Result<Plan, CommandError> {
    let subject = cx.person()?;
    cx.serving()?;
    let own: Vec<GrantId> = cx
        .state
        .grants_on(Scope::Workspace(id))
        .filter(|grant| grant.principal == Principal::Person(subject.person))
        .map(|grant| grant.id)
        .collect();
    if own.is_empty() {
        cx.authorise(Action::Discover, Scope::Workspace(id))?;
        return Err(CommandError::NothingToSettle);
    }
    rule_10_manager_remains(cx, id, &own)?;
    Ok(Plan::many(own.into_iter().map(Change::Revoked).collect()))
}

pub(super) fn grant(
    cx: &Context<'_>,
    principal: Principal,
    role: Role,
    scope: Scope,
    period: Period,
) -> Result<Plan, CommandError> {
    not_empty(period)?;
    if appoints(cx, principal, role, scope) {
        cx.exists(scope)?;
    } else {
        cx.authorise(Action::Grant, scope)?;
        rule_10_not_above_own(cx, role, scope)?;
        rule_10_not_beyond_own(cx, principal, role, scope, period)?;
    }
    // Only now: whoever may not grant here does not learn who there is.
    known_principal(cx, principal)?;
    Ok(Plan::one(Change::Granted(Grant { id: next_grant(cx), principal, role, scope, period })))
}

/// Rule 11: an administrator appoints who looks after an organisation, and a manager for an orphaned workspace;
/// never themselves, nor what they belong to.
fn appoints(cx: &Context<'_>, principal: Principal, role: Role, scope: Scope) -> bool {
    let Ok(subject) = cx.person() else { return false };
    let other = subject.holds(principal).is_none() && principal != Principal::Everyone;
    let place = match scope {
        Scope::Organisation(_) => true,
        Scope::Workspace(id) => role == Role::Manager && !has_manager(cx, id, &[]),
        Scope::Section(_) | Scope::Item(_) => false,
    };
    cx.keeper().is_ok() && other && place
}

pub(super) fn revoke(cx: &Context<'_>, id: GrantId) -> Result<Plan, CommandError> {
    cx.serving()?;
    let Some(grant) = cx.state.grants.get(&id) else { return Err(CommandError::NotFound(id.to_string())) };
    let keeps_directory = matches!(grant.scope, Scope::Organisation(_)) && cx.keeper().is_ok();
    if !keeps_directory {
        cx.authorise(Action::Grant, grant.scope).map_err(|error| match error {
            // Whoever may not know the scope may not learn that the grant exists.
            CommandError::NotFound(_) => CommandError::NotFound(id.to_string()),
            other => other,
        })?;
    }
    if let Scope::Workspace(workspace) = grant.scope {
        rule_10_manager_remains(cx, workspace, &[id])?;
    }
    Ok(Plan::one(Change::Revoked(id)))
}

pub(super) fn break_inheritance(cx: &Context<'_>, scope: Scope, broken: bool) -> Result<Plan, CommandError> {
    cx.authorise(Action::Grant, scope)?;
    let mut changes = vec![Change::InheritanceBroken(scope, broken)];
    // Whoever breaks it must not shut themselves out: what made them Manager from above is given here as well, to
    // whom it was given and for as long.
    if let (true, Ok(subject)) = (broken, cx.person()) {
        let chain = rules::grants_reaching(cx.state, subject, scope).into_iter().next();
        let above = chain.filter(|chain| chain.granted_on != scope);
        let given = above.and_then(|chain| match chain.source {
            GrantSource::Given(id) => cx.state.grants.get(&id),
            _ => None,
        });
        changes.extend(given.map(|grant| Change::Granted(Grant { id: next_grant(cx), scope, ..*grant })));
    }
    Ok(Plan::many(changes))
}

/// Rule 10: nobody grants a role above their own.
fn rule_10_not_above_own(cx: &Context<'_>, granted: Role, scope: Scope) -> Result<(), CommandError> {
    let Ok(subject) = cx.person() else { return Ok(()) };
    let own = rules::role(cx.state, subject, scope);
    if own.is_some_and(|own| granted <= own) {
        Ok(())
    } else {
        Err(CommandError::AboveOwnRole { granted, own })
    }
}

/// Rule 10: nobody makes a role of their own last longer than it was given for.
fn rule_10_not_beyond_own(
    cx: &Context<'_>,
    principal: Principal,
    role: Role,
    scope: Scope,
    period: Period,
) -> Result<(), CommandError> {
    let Ok(subject) = cx.person() else { return Ok(()) };
    if subject.holds(principal).is_none() {
        return Ok(());
    }
    let mut latest: Option<Timestamp> = None;
    for chain in rules::grants_reaching(cx.state, subject, scope) {
        let until = match chain.source {
            GrantSource::Given(id) => cx.state.grants.get(&id).and_then(|grant| grant.period.until),
            _ => None,
        };
        match until {
            _ if chain.role < role => {}
            None => return Ok(()),
            until => latest = latest.max(until),
        }
    }
    match latest {
        Some(own) if period.until.is_none_or(|until| until > own) => {
            Err(CommandError::BeyondOwnRole { until: own })
        }
        _ => Ok(()),
    }
}

/// Rule 10: a workspace that has an active Manager keeps one when these grants go.
fn rule_10_manager_remains(
    cx: &Context<'_>,
    id: WorkspaceId,
    without: &[GrantId],
) -> Result<(), CommandError> {
    if has_manager(cx, id, &[]) && !has_manager(cx, id, without) {
        return Err(CommandError::LastManager);
    }
    Ok(())
}

/// Whether somebody in active service manages the workspace, these grants left out. A guest manages only while a grant
/// names them (rule 9).
fn has_manager(cx: &Context<'_>, id: WorkspaceId, without: &[GrantId]) -> bool {
    let state = cx.state;
    let remaining = || {
        let grants = state.grants_on(Scope::Workspace(id));
        grants.filter(|grant| grant.period.contains(cx.at) && !without.contains(&grant.id))
    };
    remaining().filter(|grant| grant.role == Role::Manager).any(|grant| {
        let people = state.index.serving(state, grant.principal, cx.at);
        people.iter().filter_map(PersonId::new).any(|person| {
            let is_staff = state.directory.person(person).is_some_and(Person::is_staff);
            is_staff || remaining().any(|grant| grant.principal == Principal::Person(person))
        })
    })
}

fn is_member(cx: &Context<'_>, id: WorkspaceId, person: PersonId) -> bool {
    cx.state
        .grants_on(Scope::Workspace(id))
        .any(|grant| grant.principal == Principal::Person(person) && grant.period.contains(cx.at))
}

fn membership(cx: &Context<'_>, id: WorkspaceId, person: PersonId, role: Role) -> Change {
    Change::Granted(Grant {
        id: next_grant(cx),
        principal: Principal::Person(person),
        role,
        scope: Scope::Workspace(id),
        period: Period::ALWAYS,
    })
}

pub(super) fn next_grant(cx: &Context<'_>) -> GrantId {
    cx.state.last.grant.map_or(GrantId::FIRST, GrantId::next)
}

fn known_principal(cx: &Context<'_>, principal: Principal) -> Result<(), CommandError> {
    let directory = &cx.state.directory;
    let (known, name) = match principal {
        Principal::Person(id) => (directory.person(id).is_some(), id.to_string()),
        Principal::Post(id) => (directory.post(id).is_some(), id.to_string()),
        Principal::Group(id) => (directory.group(id).is_some(), id.to_string()),
        Principal::Unit(id) => (directory.organisation(id).is_some(), id.to_string()),
        Principal::Everyone => (true, String::new()),
    };
    if known { Ok(()) } else { Err(CommandError::NotFound(name)) }
}
