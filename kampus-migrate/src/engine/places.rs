//! The sections and workspaces that content goes into, made by the first run that needs them.

use kampus_core::access::{Action, Role, Scope};
use kampus_core::content::{Classification, Container, Item};
use kampus_core::directory::Employment;
use kampus_core::{
    Command, ItemId, Localised, NewSection, NewWorkspace, OrganisationId, PersonId, SectionId, Transaction,
    WorkspaceId,
};

use super::error::MigrateError;
use super::ledger::{self, LedgerEntry};
use super::people::People;
use super::run::Context;
use super::undo;
use crate::outcome::Notice;
use crate::plan::{Above, CheckedPlan, Source, Target, TargetKind};

/// The section of a source.
pub(super) fn section(tx: &mut Transaction<'_>, source: &Source) -> Result<SectionId, MigrateError> {
    if let Some(Container::Section(section)) = ledger::target(tx, &source.id)? {
        return Ok(section);
    }
    let owner = organisation(tx, &source.organisation)?;
    let title = if source.section.is_empty() {
        let snapshot = tx.snapshot();
        let named = snapshot.directory().organisation(owner).and_then(|node| node.names.first());
        named.map_or_else(|| Localised::one(source.language, source.id.clone()), |dated| dated.name.clone())
    } else {
        source.section.clone()
    };
    let new = NewSection {
        title,
        owner,
        parent: None,
        visibility: source.visibility,
        ceiling: source.classification,
    };
    let receipt = tx.execute(Command::AddSection(Box::new(new)))?;
    let section = receipt.section().ok_or(MigrateError::NothingMade("section"))?;
    ledger::put_target(tx, &source.id, Container::Section(section))?;
    Ok(section)
}

/// The ledger's key of a target. No source has a colon in its id.
pub(super) fn key(target: &Target) -> String {
    format!("target:{}", target.id)
}

/// The section or workspace of a target, the sections above it made first.
pub(super) fn container(
    tx: &mut Transaction<'_>,
    plan: &CheckedPlan,
    target: &Target,
) -> Result<Container, MigrateError> {
    if let Some(container) = ledger::target(tx, &key(target))? {
        return Ok(container);
    }
    // A plan is checked to have no circles: this ends.
    let parent = match &target.kind {
        TargetKind::Section { parent: Some(Above::Source(id)), .. } => {
            let source = plan.sources().iter().find(|source| source.id == *id);
            source.map(|source| section(tx, source)).transpose()?
        }
        TargetKind::Section { parent: Some(Above::Target(id)), .. } => {
            let above = plan.target(id).map(|above| container(tx, plan, above)).transpose()?;
            above.and_then(|above| match above {
                Container::Section(section) => Some(section),
                Container::Workspace(_) => None,
            })
        }
        _ => None,
    };
    let organisation = organisation(tx, &target.organisation.value)?;
    let (title, ceiling) = (target.title.clone(), target.classification);
    let made = match &target.kind {
        TargetKind::Section { visibility, .. } => {
            let new = NewSection { title, owner: organisation, parent, visibility: *visibility, ceiling };
            let receipt = tx.execute(Command::AddSection(Box::new(new)))?;
            Container::Section(receipt.section().ok_or(MigrateError::NothingMade("section"))?)
        }
        TargetKind::Workspace { visibility, .. } => {
            let new = NewWorkspace {
                title,
                purpose: Localised::default(),
                host: organisation,
                visibility: *visibility,
                ceiling,
            };
            let receipt = tx.execute(Command::AddWorkspace(Box::new(new)))?;
            Container::Workspace(receipt.workspace().ok_or(MigrateError::NothingMade("workspace"))?)
        }
    };
    ledger::put_target(tx, &key(target), made)?;
    Ok(made)
}

/// Tells where a section or workspace is not as the plan says: it was made by an earlier plan, or people have changed it.
/// Who reads it is decided there, and whoever relies on the plan should know.
pub(super) fn differences(cx: &Context<'_>, plan: &CheckedPlan) -> Result<Vec<Notice>, MigrateError> {
    let snapshot = cx.store.snapshot();
    let mut notices = Vec::new();
    let mut compare = |id: &str, key: &str, planned: String| -> Result<(), MigrateError> {
        let found = match ledger::target(cx.store, key)? {
            Some(Container::Section(id)) => snapshot
                .untrimmed()
                .sections()
                .find(|section| section.id == id)
                .map(|section| (id.to_string(), described(section.visibility, section.ceiling))),
            Some(Container::Workspace(id)) => snapshot
                .untrimmed()
                .workspaces()
                .find(|workspace| workspace.id == id)
                .map(|workspace| (id.to_string(), described(workspace.visibility, workspace.ceiling))),
            None => None,
        };
        if let Some((place, stands)) = found.filter(|(_, stands)| *stands != planned) {
            notices.push(Notice {
                source: id.to_owned(),
                place: plan.path().display().to_string(),
                text: format!(
                    "{place} is {stands}, and the plan says {planned}: what it is in the store counts"
                ),
            });
        }
        Ok(())
    };
    for source in plan.sources() {
        compare(&source.id, &source.id, described(source.visibility, source.classification))?;
    }
    for target in plan.targets() {
        let planned = match target.kind {
            TargetKind::Section { visibility, .. } => described(visibility, target.classification),
            TargetKind::Workspace { visibility, .. } => described(visibility, target.classification),
        };
        compare(&target.id, &key(target), planned)?;
    }
    Ok(notices)
}

fn described(visibility: impl std::fmt::Debug, ceiling: Classification) -> String {
    format!("{visibility:?} up to {ceiling:?}")
}

/// Lets those in who are to look after the plan's workspaces, and tells which nobody looks after.
pub(super) fn appoint_managers(
    cx: &Context<'_>,
    plan: &CheckedPlan,
    people: &People,
) -> Result<Vec<Notice>, MigrateError> {
    let mut notices = Vec::new();
    for target in plan.targets() {
        let TargetKind::Workspace { manager, .. } = &target.kind else { continue };
        let Some(Container::Workspace(workspace)) = ledger::target(cx.store, &key(target))? else { continue };
        let snapshot = cx.store.snapshot();
        let scope = Scope::Workspace(workspace);
        if !snapshot.untrimmed().everyone(Action::Manage, scope, cx.started).is_empty() {
            continue;
        }
        let why = match manager {
            None => "the plan names no manager".to_owned(),
            Some(word) => match people.called(word) {
                None => format!("nobody in the store is called `{word}`, its manager"),
                Some(person) if appoint(cx, workspace, person)? => continue,
                Some(_) => format!("`{word}`, its manager, is not in active service"),
            },
        };
        notices.push(Notice {
            source: target.id.clone(),
            place: plan.path().display().to_string(),
            text: format!("nobody looks after {workspace}: {why}; an administrator can appoint somebody"),
        });
    }
    Ok(notices)
}

/// Makes somebody a manager; whoever is not in active service would manage nothing.
fn appoint(cx: &Context<'_>, workspace: WorkspaceId, person: PersonId) -> Result<bool, MigrateError> {
    let snapshot = cx.store.snapshot();
    let serves =
        |person| snapshot.directory().person(person).is_some_and(|one| one.employment == Employment::Active);
    if !serves(person) {
        return Ok(false);
    }
    let mut tx = cx.begin();
    tx.execute(Command::Invite { workspace, person, role: Role::Manager })?;
    tx.commit()?;
    Ok(true)
}

fn organisation(tx: &Transaction<'_>, code: &str) -> Result<OrganisationId, MigrateError> {
    let snapshot = tx.snapshot();
    let found = snapshot.directory().organisation_by_code(code).map(|node| node.id);
    found.ok_or_else(|| MigrateError::UnknownOrganisation(code.to_owned()))
}

/// Where an item that was loaded before is to be from now on.
pub(super) struct Settled {
    /// Where it is.
    pub(super) container: Container,
    /// Where the migration last put it.
    pub(super) placed: Option<Container>,
}

/// Moves an item that was loaded before to where it is wanted now, if the plan, and not people, changed its mind. What
/// stands under it stays where it is: each item goes its own way. What follows another is moved when that one stands.
///
/// `Err` says why it cannot go there.
pub(super) fn resettle(
    tx: &mut Transaction<'_>,
    id: ItemId,
    before: &LedgerEntry,
    wanted: Container,
    follows: bool,
    notices: &mut Vec<String>,
) -> Result<Settled, String> {
    let snapshot = tx.snapshot();
    let (Some(now), Some(page)) = (snapshot.untrimmed().item(id), before.page.as_ref()) else {
        return Ok(Settled { container: wanted, placed: Some(wanted) });
    };
    let placed = page.placed.unwrap_or(now.container);
    // What people have edited is not touched, and whoever revises it says so.
    if now.container == wanted || follows || now.version != page.version {
        return Ok(Settled { container: now.container, placed: Some(placed) });
    }
    if placed != now.container {
        notices.push(format!("people moved it to {} in Kampus: it stays there", now.container));
        return Ok(Settled { container: now.container, placed: Some(placed) });
    }
    for below in snapshot.untrimmed().items_under(id) {
        tx.execute(Command::PlaceImported(below, None)).map_err(|error| error.to_string())?;
    }
    move_to(tx, now, wanted, None)?;
    Ok(Settled { container: wanted, placed: Some(wanted) })
}

/// Moves a file that follows its page to where that is, and under it; tells whether it did. What people have edited or
/// moved stays.
pub(super) fn follow(
    tx: &mut Transaction<'_>,
    run: u64,
    (key, entry): (&str, &LedgerEntry),
    (file, above): (&Item, &Item),
) -> Result<Result<bool, String>, MigrateError> {
    let Some(page) = entry.page.as_ref().filter(|page| page.follows) else { return Ok(Ok(false)) };
    let is_touched = page.version != file.version || page.placed.is_some_and(|put| put != file.container);
    if is_touched || file.container == above.container {
        return Ok(Ok(false));
    }
    if let Err(reason) = move_to(tx, file, above.container, Some(above.id)) {
        return Ok(Err(reason));
    }
    undo::keep_entry(tx, run, key, entry)?;
    let mut entry = entry.clone();
    if let Some(page) = entry.page.as_mut() {
        page.placed = Some(above.container);
    }
    ledger::put_record(tx, key, &entry)?;
    Ok(Ok(true))
}

fn move_to(
    tx: &mut Transaction<'_>,
    item: &Item,
    to: Container,
    parent: Option<ItemId>,
) -> Result<(), String> {
    tx.execute(Command::MoveItem { item: item.id, to, parent }).map(drop).map_err(|error| error.to_string())
}
