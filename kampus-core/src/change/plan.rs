//! From a command to changes: authorise, then validate.

use jiff::Timestamp;

use super::command::{Actor, Command};
use super::error::CommandError;
use super::event::{Change, Entry};
use crate::access::{Action, Decision, Denied, Index, Missing, Rule, Scope, Subject, rules};
use crate::content::{Blob, Container};
use crate::directory::Profile;
use crate::id::PersonId;
use crate::state::State;

/// What a command leads to: changes for the journal, and what goes beside it in the same transaction.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) changes: Vec<Change>,
    pub(crate) blobs: Vec<(Blob, Vec<u8>)>,
    pub(crate) profiles: Vec<(PersonId, Option<Profile>)>,
}

impl Plan {
    pub(crate) fn one(change: Change) -> Self {
        Self { changes: vec![change], ..Self::default() }
    }

    pub(crate) fn many(changes: Vec<Change>) -> Self {
        Self { changes, ..Self::default() }
    }

    /// Stores these bytes with the plan and tells their address.
    pub(crate) fn store(&mut self, bytes: Vec<u8>) -> Blob {
        let blob = Blob::of(&bytes);
        self.blobs.push((blob, bytes));
        blob
    }
}

/// What a planner may look at.
pub(crate) struct Context<'a> {
    pub(crate) state: &'a State,
    pub(crate) actor: &'a Actor,
    pub(crate) at: Timestamp,
    subject: Option<Subject>,
}

impl<'a> Context<'a> {
    fn new(state: &'a State, actor: &'a Actor, at: Timestamp) -> Self {
        let subject = match actor {
            Actor::Person(person) => Some(Subject::of(state, *person, at)),
            Actor::Operator(_) => None,
        };
        Self { state, actor, at, subject }
    }

    /// The person who acts, if it is one.
    pub(crate) fn person(&self) -> Result<&Subject, CommandError> {
        self.subject.as_ref().ok_or(CommandError::PeopleOnly)
    }

    /// Rule 1, where nothing else is asked: whoever does not serve does nothing.
    pub(crate) fn serving(&self) -> Result<(), CommandError> {
        match &self.subject {
            Some(subject) if !subject.active => Err(CommandError::Denied(Denied {
                rule: Rule(1),
                missing: Missing::ActiveService,
                could_give: Vec::new(),
            })),
            _ => Ok(()),
        }
    }

    /// Asks the access rules; an operator is above them.
    pub(crate) fn authorise(&self, action: Action, scope: Scope) -> Result<(), CommandError> {
        let Some(subject) = &self.subject else { return self.exists(scope) };
        // The compiled rules are fast and say no more than yes; whoever is refused is told by the law why.
        if self.state.index.may_once(self.state, subject.person, action, scope, self.at) {
            return Ok(());
        }
        match rules::decide_as(self.state, subject, action, scope) {
            Decision::Allowed(_) => Ok(()),
            Decision::Denied(denied) => {
                let known = rules::allows(self.state, subject, Action::Discover, scope);
                // A hidden thing and a missing thing look the same.
                if known || !subject.active {
                    Err(CommandError::Denied(denied))
                } else {
                    Err(CommandError::NotFound(scope.to_string()))
                }
            }
        }
    }

    pub(crate) fn exists(&self, scope: Scope) -> Result<(), CommandError> {
        let known = match scope {
            Scope::Organisation(id) => self.state.directory.organisation(id).is_some(),
            Scope::Section(id) => self.state.sections.contains_key(&id),
            Scope::Workspace(id) => self.state.workspaces.contains_key(&id),
            Scope::Item(id) => self.state.items.contains_key(&id),
        };
        if known { Ok(()) } else { Err(CommandError::NotFound(scope.to_string())) }
    }

    /// For an operator only.
    pub(crate) fn operator(&self) -> Result<(), CommandError> {
        match self.actor {
            Actor::Operator(_) => Ok(()),
            Actor::Person(_) => Err(CommandError::OperatorsOnly),
        }
    }

    /// For an operator or an administrator in active service (rule 11).
    pub(crate) fn keeper(&self) -> Result<(), CommandError> {
        match &self.subject {
            None => Ok(()),
            Some(subject) if subject.active && subject.administrator => Ok(()),
            Some(_) => Err(CommandError::AdministratorsOnly),
        }
    }
}

/// Plans a command: what would change, or why it is refused.
pub(crate) fn plan(
    state: &State,
    actor: &Actor,
    at: Timestamp,
    command: Command,
) -> Result<Plan, CommandError> {
    let cx = Context::new(state, actor, at);
    let plan = plan_one(&cx, command)?;
    rule_11_not_for_oneself(&cx, &plan)?;
    Ok(plan)
}

/// Rule 11: keeping the directory is no way into a workspace. Whoever keeps it does not gain a role there by it.
fn rule_11_not_for_oneself(cx: &Context<'_>, plan: &Plan) -> Result<(), CommandError> {
    let Ok(subject) = cx.person() else { return Ok(()) };
    let is_own =
        |change: &Change| matches!(change, Change::ClearanceSet(person, true) if *person == subject.person);
    if plan.changes.iter().any(is_own) {
        return Err(CommandError::NotForOneself);
    }
    if !plan.changes.iter().any(alters_membership) {
        return Ok(());
    }
    let mut after = cx.state.clone();
    after.apply_entry(&Entry {
        revision: cx.state.revision,
        at: cx.at,
        actor: cx.actor.clone(),
        changes: plan.changes.clone(),
    });
    let sight = |state: &State| state.index.sight(state, subject.person, cx.at);
    let (then, now) = (sight(cx.state), sight(&after));
    let differences = Index::differences((&cx.state.index, &then), (&after.index, &now));
    let lets_in = differences.into_iter().any(|(scope, before, now)| {
        let container = rules::container_of(&after, scope);
        matches!(container, Some(Container::Workspace(_))) && now > before
    });
    if lets_in { Err(CommandError::NotForOneself) } else { Ok(()) }
}

/// Whether a change of the directory may make somebody a principal that they were not.
fn alters_membership(change: &Change) -> bool {
    matches!(
        change,
        Change::MemberAdded(..)
            | Change::GroupAdded(_)
            | Change::GroupRuleSet(..)
            | Change::PostFilled(..)
            | Change::Affiliated(..)
            | Change::Reaffiliated(..)
            | Change::Rehomed(..)
            | Change::OrganisationMoved(..)
    )
}

fn plan_one(cx: &Context<'_>, command: Command) -> Result<Plan, CommandError> {
    use super::{access, claim, content, directory, glass, import, moving, reorganise, withdraw};
    match command {
        Command::Found(nodes) => directory::found(cx, nodes),
        Command::AddOrganisation(node) => directory::add_organisation(cx, *node),
        Command::AddPerson(person) => directory::add_person(cx, *person),
        Command::SetProfile(person, profile) => directory::set_profile(cx, person, *profile),
        Command::EraseProfile(person) => directory::erase_profile(cx, person),
        Command::SetEmployment(person, to) => directory::about(cx, person, Change::EmploymentSet(person, to)),
        Command::SetClearance(person, to) => directory::about(cx, person, Change::ClearanceSet(person, to)),
        Command::SetAdministrator(person, to) => {
            directory::about(cx, person, Change::AdministratorSet(person, to))
        }
        Command::ClaimPlaceholder { placeholder, person } => claim::claim(cx, placeholder, person),
        Command::Affiliate { person, unit, period } => directory::affiliate(cx, person, unit, period),
        Command::AddPost { title, unit } => directory::add_post(cx, title, unit),
        Command::FillPost { post, person, period } => directory::fill_post(cx, post, person, period),
        Command::AddGroup { name, rule } => directory::add_group(cx, name, rule),
        Command::AddMember(group, member) => directory::add_member(cx, group, member),
        Command::RemoveMember(group, member) => directory::remove_member(cx, group, member),
        Command::Reorganise(steps) => reorganise::reorganise(cx, steps),
        Command::AddSection(section) => access::add_section(cx, *section),
        Command::SetSectionVisibility(id, to) => access::set_section_visibility(cx, id, to),
        Command::MoveSection { section, parent, owner } => moving::move_section(cx, section, parent, owner),
        Command::AddWorkspace(workspace) => access::add_workspace(cx, *workspace),
        Command::SetWorkspaceVisibility(id, to) => access::set_workspace_visibility(cx, id, to),
        Command::ArchiveWorkspace(id, archived) => access::archive_workspace(cx, id, archived),
        Command::Join(id) => access::join(cx, id),
        Command::AnswerRequest { workspace, person, admit } => {
            access::answer_request(cx, workspace, person, admit)
        }
        Command::Invite { workspace, person, role } => access::invite(cx, workspace, person, role),
        Command::Leave(id) => access::leave(cx, id),
        Command::BreakGlass { workspace, reason } => glass::break_glass(cx, workspace, reason),
        Command::AddItem(item) => content::add_item(cx, *item),
        Command::PublishNews(item) => content::publish_news(cx, *item),
        Command::EditItem { item, language, title, lead, body } => {
            content::edit_item(cx, item, language, content::Text { title, lead, body })
        }
        Command::SetStatus(item, to) => content::set_status(cx, item, to),
        Command::SetSchedule(item, schedule) => content::set_schedule(cx, item, schedule),
        Command::SetAudience(item, audience) => content::set_audience(cx, item, audience),
        Command::Classify(item, to) => content::classify(cx, item, to),
        Command::Pin(item, pinned) => content::pin(cx, item, pinned),
        Command::MoveItem { item, to, parent } => moving::move_item(cx, item, to, parent),
        Command::DeleteItem(item) => content::delete_item(cx, item),
        Command::Comment { item, parent, body } => content::comment(cx, item, parent, body),
        Command::React(item, reaction, on) => content::react(cx, item, reaction, on),
        Command::Acknowledge(item) => content::acknowledge(cx, item),
        Command::Follow(container, on) => content::follow(cx, container, on),
        Command::Grant { principal, role, scope, period } => {
            access::grant(cx, principal, role, scope, period)
        }
        Command::Revoke(id) => access::revoke(cx, id),
        Command::BreakInheritance(scope, broken) => access::break_inheritance(cx, scope, broken),
        Command::ImportItem(item) => import::import_item(cx, *item),
        Command::ReviseImported(id, item) => import::revise_imported(cx, id, *item),
        Command::RelinkImported(id, language, body) => import::relink(cx, id, language, body),
        Command::PlaceImported(id, parent) => import::place(cx, id, parent),
        Command::ImportComment(comment) => import::import_comment(cx, *comment),
        Command::ReviseImportedComment(id, comment) => import::revise_comment(cx, id, *comment),
        Command::WithdrawComment(id) => withdraw::comment(cx, id),
        Command::WithdrawSection(id) => withdraw::section(cx, id),
        Command::WithdrawPeople(people) => withdraw::people(cx, &people),
    }
}
