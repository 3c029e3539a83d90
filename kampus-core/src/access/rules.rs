//! The access rules, written to be read: naive, walking the trees, one function a rule.
//!
//! 1. Only an active person may do anything. Suspension and end of service take effect at once.
//! 2. Principals: the person; every post they hold; every group they are in, through any nesting or by rule;
//!    every unit they are affiliated to and all its ancestors; `Everyone` (staff, not guests). See
//!    [`Subject`].
//! 3. A grant gives a principal a role on a scope, for a time. There are no denials: access is a union.
//! 4. Roles, each with all below it: `Reader < Contributor < Editor < Publisher < Manager`. That is the order
//!    of [`Role`].
//! 5. A scope inherits its parent's grants unless inheritance is broken there. An organisation's grants flow
//!    to the sections it owns, never into workspaces.
//! 6. Visibility is a built-in Reader grant: section `Government` to everyone, section `Organisation` to the
//!    owning organisation, workspace `Open` to everyone. It is for the section or workspace itself and the items
//!    in it; a section further down has a visibility of its own, so an open section never opens a restricted
//!    one under it.
//! 7. Status gates views: a draft is for its author and Editors, likewise what is in review and what is
//!    published outside its schedule; what is archived is for Editors. Otherwise Readers.
//! 8. Classification gates views: `NonPublic` needs a role granted in that very container, not through
//!    `Everyone` or an organisation; `SecurityIv` also a cleared person.
//! 9. Guests reach only workspaces that invited them: those in which a grant names the guest.
//! 10. Nobody grants a role above their own; the last active Manager of a workspace cannot leave or be removed;
//!     trees and groups have no cycles. These are conditions on changes and stand beside the commands.
//! 11. The platform administrator manages the directory and the common sections, sees that a workspace exists, and
//!     may appoint a manager to an orphan. Reading a closed or hidden workspace takes `BreakGlass` with a reason:
//!     one hour, journalled, its managers told.

use jiff::Timestamp;

use super::decision::{Allowed, Decision, Denied, GrantChain, GrantSource, Missing, Rule};
use super::grant::{Action, Grant, Principal, Role, Scope};
use super::subject::Subject;
use crate::content::{Classification, Container, Item, SectionVisibility, Status, WorkspaceVisibility};
use crate::id::PersonId;
use crate::state::State;

/// May this person do that to this scope at that time?
pub fn decide(state: &State, person: PersonId, action: Action, scope: Scope, at: Timestamp) -> Decision {
    decide_as(state, &Subject::of(state, person, at), action, scope)
}

/// The same question for somebody whose principals are already known.
pub fn decide_as(state: &State, subject: &Subject, action: Action, scope: Scope) -> Decision {
    match judge(state, subject, action, scope) {
        Ok(allowed) => Decision::Allowed(allowed),
        Err((rule, missing)) => Decision::Denied(Denied {
            rule: Rule(rule),
            missing,
            could_give: helpers(state, subject, missing, scope),
        }),
    }
}

/// Whether they may: the same rules without the explanation's search for people who could help.
pub fn allows(state: &State, subject: &Subject, action: Action, scope: Scope) -> bool {
    judge(state, subject, action, scope).is_ok()
}

type Judgement<T = Allowed> = Result<T, (u8, Missing)>;

fn judge(state: &State, subject: &Subject, action: Action, scope: Scope) -> Judgement {
    rule_1_active(subject)?;
    if !exists(state, scope) {
        return Err((3, Missing::Thing));
    }
    rule_9_guest(state, subject, scope)?;
    match action {
        Action::Discover => discover(state, subject, scope),
        Action::View => view(state, subject, scope),
        Action::Join => join(state, subject, scope),
        _ => {
            lifecycle(state, action, scope)?;
            act(state, subject, action, scope)
        }
    }
}

fn exists(state: &State, scope: Scope) -> bool {
    match scope {
        Scope::Organisation(id) => state.directory.organisation(id).is_some(),
        Scope::Section(id) => state.sections.contains_key(&id),
        Scope::Workspace(id) => state.workspaces.contains_key(&id),
        Scope::Item(id) => state.items.contains_key(&id),
    }
}

/// Rule 1.
fn rule_1_active(subject: &Subject) -> Judgement<()> {
    if subject.active { Ok(()) } else { Err((1, Missing::ActiveService)) }
}

/// Rules 3 and 5: every scope whose grants count on this one, itself first. An item inherits from the item above
/// it, a section from the section above it and from its owner, an organisation from the one above it.
pub fn rule_5_lineage(state: &State, scope: Scope) -> Vec<Scope> {
    let mut lineage = vec![scope];
    let mut next = 0;
    while let Some(from) = lineage.get(next).copied() {
        next += 1;
        if state.broken.contains(&from) {
            continue;
        }
        for parent in parents(state, from) {
            if !lineage.contains(&parent) {
                lineage.push(parent);
            }
        }
    }
    lineage
}

/// The scopes directly above one.
pub fn parents(state: &State, scope: Scope) -> Vec<Scope> {
    match scope {
        Scope::Organisation(id) => state
            .directory
            .organisation(id)
            .and_then(|node| node.parent)
            .map(Scope::Organisation)
            .into_iter()
            .collect(),
        Scope::Section(id) => state.sections.get(&id).map_or_else(Vec::new, |section| {
            section
                .parent
                .map(Scope::Section)
                .into_iter()
                .chain([Scope::Organisation(section.owner)])
                .collect()
        }),
        Scope::Workspace(_) => Vec::new(),
        Scope::Item(id) => state.item(id).map_or_else(Vec::new, |item| {
            vec![item.parent.map_or_else(|| Scope::from(item.container), Scope::Item)]
        }),
    }
}

/// Rule 6: the built-in Reader of a section or workspace.
pub fn rule_6_visibility(state: &State, container: Container) -> Option<Principal> {
    match container {
        Container::Section(id) => state.sections.get(&id).and_then(|section| match section.visibility {
            SectionVisibility::Government => Some(Principal::Everyone),
            SectionVisibility::Organisation => Some(Principal::Unit(section.owner)),
            SectionVisibility::Restricted => None,
        }),
        Container::Workspace(id) => state
            .workspaces
            .get(&id)
            .filter(|workspace| workspace.visibility == WorkspaceVisibility::Open)
            .map(|_| Principal::Everyone),
    }
}

/// Every grant that reaches this person on this scope at that time (rules 2, 3, 5, 6, 11), strongest first; among
/// equals the one given nearest to the scope.
pub fn grants_reaching(state: &State, subject: &Subject, scope: Scope) -> Vec<GrantChain> {
    let own = container_of(state, scope);
    let mut found = Vec::new();
    for source in rule_5_lineage(state, scope) {
        found.extend(given_on(state, subject, source));
        // The built-in grant of a section further up is that section's own affair.
        let is_own = own.is_some_and(|container| Scope::from(container) == source);
        if let Some(container) = own.filter(|_| is_own) {
            found.extend(built_in(state, subject, container));
        }
        if rule_11_common(state, subject, source) {
            found.push(GrantChain {
                source: GrantSource::Administration,
                role: Role::Manager,
                granted_on: source,
                principal: Principal::Person(subject.person),
                via: Vec::new(),
            });
        }
    }
    // Of two equal roles the one that lets somebody take part comes first.
    found.sort_by_key(|chain| (std::cmp::Reverse(chain.role), is_glass(chain)));
    found
}

fn given_on<'a>(
    state: &'a State,
    subject: &'a Subject,
    scope: Scope,
) -> impl Iterator<Item = GrantChain> + 'a {
    state.grants_on(scope).filter(|grant| grant.period.contains(subject.at)).filter_map(move |grant| {
        subject.holds(grant.principal).map(|held| GrantChain {
            source: source_of(state, grant),
            role: grant.role,
            granted_on: scope,
            principal: grant.principal,
            via: held.via.clone(),
        })
    })
}

/// Rule 11: a grant that comes of breaking the glass was given by nobody.
pub(crate) fn source_of(state: &State, grant: &Grant) -> GrantSource {
    let broken = match grant.scope {
        Scope::Workspace(id) => state
            .workspaces
            .get(&id)
            .is_some_and(|workspace| workspace.glass.iter().any(|broken| broken.grant == grant.id)),
        _ => false,
    };
    if broken { GrantSource::BreakGlass(grant.id) } else { GrantSource::Given(grant.id) }
}

fn built_in(state: &State, subject: &Subject, container: Container) -> Option<GrantChain> {
    let principal = rule_6_visibility(state, container)?;
    let held = subject.holds(principal)?;
    Some(GrantChain {
        source: GrantSource::Visibility,
        role: Role::Reader,
        granted_on: container.into(),
        principal,
        via: held.via.clone(),
    })
}

/// Rule 11, as far as it gives a role: the administrator manages sections that the Government owns.
fn rule_11_common(state: &State, subject: &Subject, scope: Scope) -> bool {
    let Scope::Section(id) = scope else { return false };
    subject.administrator
        && state
            .sections
            .get(&id)
            .and_then(|section| state.directory.organisation(section.owner))
            .is_some_and(|owner| owner.parent.is_none())
}

/// The strongest role a person has on a scope, without any gate.
pub fn role(state: &State, subject: &Subject, scope: Scope) -> Option<Role> {
    grants_reaching(state, subject, scope).first().map(|chain| chain.role)
}

fn needs(state: &State, subject: &Subject, needed: Role, scope: Scope) -> Judgement<GrantChain> {
    let best = grants_reaching(state, subject, scope).into_iter().next();
    match best {
        Some(chain) if chain.role >= needed => Ok(chain),
        best => Err((4, Missing::Role { needed, held: best.map(|chain| chain.role) })),
    }
}

/// The section or workspace that a scope is, or is in.
pub(crate) fn container_of(state: &State, scope: Scope) -> Option<Container> {
    match scope {
        Scope::Organisation(_) => None,
        Scope::Section(id) => Some(Container::Section(id)),
        Scope::Workspace(id) => Some(Container::Workspace(id)),
        Scope::Item(id) => state.item(id).map(|item| item.container),
    }
}

/// Rule 7.
fn rule_7_status(item: &Item, subject: &Subject, role: Role) -> Judgement<()> {
    let out = item.status == Status::Published && item.schedule.shows_at(subject.at);
    let authors_own = item.author == subject.person && item.status != Status::Archived;
    if out || authors_own || role >= Role::Editor {
        Ok(())
    } else {
        Err((7, Missing::Publication { status: item.status }))
    }
}

/// Rule 8.
fn rule_8_classification(
    state: &State,
    item: &Item,
    subject: &Subject,
    reaching: &[GrantChain],
) -> Judgement<()> {
    let classification = item.classification;
    if classification < Classification::NonPublic {
        return Ok(());
    }
    let given_here = |chain: &GrantChain| match chain.granted_on {
        Scope::Item(_) => true,
        on => on == Scope::from(item.container),
    };
    let named = |chain: &GrantChain| match chain.principal {
        _ if !matches!(chain.source, GrantSource::Given(_) | GrantSource::BreakGlass(_)) => false,
        Principal::Everyone => false,
        Principal::Unit(id) => {
            state.directory.organisation(id).is_some_and(|node| !node.kind.is_organisation())
        }
        Principal::Person(_) | Principal::Post(_) | Principal::Group(_) => true,
    };
    if !reaching.iter().any(|chain| given_here(chain) && named(chain)) {
        return Err((8, Missing::OwnRole { classification }));
    }
    if classification >= Classification::SecurityIv && !subject.cleared {
        return Err((8, Missing::Clearance));
    }
    Ok(())
}

/// Rule 9.
fn rule_9_guest(state: &State, subject: &Subject, scope: Scope) -> Judgement<()> {
    if !subject.guest {
        return Ok(());
    }
    let invited = match container_of(state, scope) {
        Some(Container::Workspace(id)) => state.grants_on(Scope::Workspace(id)).any(|grant| {
            grant.principal == Principal::Person(subject.person) && grant.period.contains(subject.at)
        }),
        _ => false,
    };
    if invited { Ok(()) } else { Err((9, Missing::Invitation)) }
}

/// Work goes on in active workspaces only; what is archived is read, and its settings can still be changed.
fn lifecycle(state: &State, action: Action, scope: Scope) -> Judgement<()> {
    let archived = matches!(container_of(state, scope), Some(Container::Workspace(id))
        if state.workspaces.get(&id).is_some_and(|workspace| workspace.archived));
    if archived && !matches!(action, Action::Manage | Action::Grant | Action::Delete) {
        return Err((7, Missing::ActiveWorkspace));
    }
    Ok(())
}

fn discover(state: &State, subject: &Subject, scope: Scope) -> Judgement {
    match scope {
        Scope::Organisation(_) => Ok(Allowed { rule: Rule(6), chain: None }),
        Scope::Workspace(id) => {
            let card = state.workspaces.get(&id).is_some_and(|workspace| {
                workspace.visibility != WorkspaceVisibility::Hidden || subject.administrator
            });
            if card && !subject.guest {
                return Ok(Allowed { rule: Rule(6), chain: None });
            }
            needs(state, subject, Role::Reader, scope)
                .map(|chain| Allowed { rule: Rule(3), chain: Some(chain) })
        }
        Scope::Section(_) | Scope::Item(_) => view(state, subject, scope),
    }
}

fn view(state: &State, subject: &Subject, scope: Scope) -> Judgement {
    let Scope::Item(id) = scope else {
        let chain = needs(state, subject, Role::Reader, scope)?;
        return Ok(Allowed { rule: rule_of(&chain), chain: Some(chain) });
    };
    let Some(item) = state.item(id) else { return Err((3, Missing::Thing)) };
    let reaching = grants_reaching(state, subject, scope);
    let Some(best) = reaching.first() else {
        return Err((4, Missing::Role { needed: Role::Reader, held: None }));
    };
    rule_7_status(item, subject, best.role)?;
    rule_8_classification(state, item, subject, &reaching)?;
    Ok(Allowed { rule: rule_of(best), chain: Some(best.clone()) })
}

fn rule_of(chain: &GrantChain) -> Rule {
    match chain.source {
        GrantSource::Visibility => Rule(6),
        GrantSource::Administration | GrantSource::BreakGlass(_) => Rule(11),
        GrantSource::Given(_) => Rule(3),
    }
}

fn join(state: &State, subject: &Subject, scope: Scope) -> Judgement {
    let Scope::Workspace(id) = scope else { return Err((6, Missing::Applicable)) };
    let Some(workspace) = state.workspaces.get(&id) else { return Err((3, Missing::Thing)) };
    if subject.guest {
        return Err((9, Missing::Staff));
    }
    match workspace.visibility {
        WorkspaceVisibility::Hidden => Err((6, Missing::Thing)),
        _ if workspace.archived => Err((7, Missing::ActiveWorkspace)),
        WorkspaceVisibility::Open | WorkspaceVisibility::Closed => Ok(Allowed { rule: Rule(6), chain: None }),
    }
}

/// The table of actions: what role each asks for, and what else.
fn act(state: &State, subject: &Subject, action: Action, scope: Scope) -> Judgement {
    if let Scope::Item(_) = scope {
        // Nobody changes what they may not see, whatever role they hold.
        view(state, subject, scope)?;
    }
    if let Some(allowed) = authors_own(state, subject, action, scope) {
        return Ok(allowed);
    }
    let needed = required_role(state, action, scope).ok_or((4, Missing::Applicable))?;
    let chain = needs(state, subject, needed, scope)?;
    rule_11_glass(&chain)?;
    if action == Action::Comment {
        comments_open(state, scope)?;
    }
    Ok(Allowed { rule: rule_of(&chain), chain: Some(chain) })
}

/// Rule 11: broken glass lets somebody read, not take part.
fn rule_11_glass(chain: &GrantChain) -> Judgement<()> {
    if is_glass(chain) { Err((11, Missing::Part)) } else { Ok(()) }
}

fn is_glass(chain: &GrantChain) -> bool {
    matches!(chain.source, GrantSource::BreakGlass(_))
}

/// In a workspace the author edits, publishes and puts away what is their own.
fn authors_own(state: &State, subject: &Subject, action: Action, scope: Scope) -> Option<Allowed> {
    let Scope::Item(id) = scope else { return None };
    let item = state.item(id)?;
    let own = item.author == subject.person && matches!(item.container, Container::Workspace(_));
    (own && matches!(action, Action::Edit | Action::Publish | Action::Submit))
        .then_some(Allowed { rule: Rule(7), chain: None })
}

/// The least role for an action on a scope; `None` where it has no meaning.
pub fn required_role(state: &State, action: Action, scope: Scope) -> Option<Role> {
    let in_section = matches!(container_of(state, scope), Some(Container::Section(_)));
    let on_item = matches!(scope, Scope::Item(_));
    let on_container = matches!(scope, Scope::Section(_) | Scope::Workspace(_));
    match action {
        Action::Discover | Action::View => Some(Role::Reader),
        Action::Comment | Action::React | Action::Acknowledge => on_item.then_some(Role::Reader),
        Action::Create if on_container || on_item => {
            Some(if in_section { Role::Editor } else { Role::Contributor })
        }
        Action::Edit | Action::Submit => on_item.then_some(Role::Editor),
        Action::Publish if on_item => Some(if in_section { Role::Publisher } else { Role::Editor }),
        Action::Invite => matches!(scope, Scope::Workspace(_)).then_some(Role::Manager),
        Action::Delete | Action::Manage | Action::Grant => Some(Role::Manager),
        Action::Create | Action::Publish | Action::Join => None,
    }
}

fn comments_open(state: &State, scope: Scope) -> Judgement<()> {
    match scope {
        Scope::Item(id) if state.item(id).is_some_and(|item| !item.comments_open) => {
            Err((7, Missing::OpenComments))
        }
        _ => Ok(()),
    }
}

/// People who could give what is missing: those named as Managers where the asker knows that the thing exists.
fn helpers(state: &State, subject: &Subject, missing: Missing, scope: Scope) -> Vec<PersonId> {
    let curable = matches!(missing, Missing::Role { .. } | Missing::OwnRole { .. } | Missing::Part);
    let known = container_of(state, scope)
        .is_some_and(|container| judge(state, subject, Action::Discover, container.into()).is_ok());
    if !curable || !known {
        return Vec::new();
    }
    let mut people: Vec<PersonId> = rule_5_lineage(state, scope)
        .into_iter()
        .flat_map(|source| state.grants_on(source))
        .filter(|grant| grant.role == Role::Manager && grant.period.contains(subject.at))
        .filter_map(|grant| match grant.principal {
            Principal::Person(person) => Some(person),
            _ => None,
        })
        .filter(|person| Subject::of(state, *person, subject.at).active)
        .collect();
    people.sort_unstable();
    people.dedup();
    people
}
