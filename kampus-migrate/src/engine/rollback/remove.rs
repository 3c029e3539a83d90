//! What a run made goes, unless people use it by now.

use std::collections::BTreeSet;

use kampus_core::content::{Comment, Container};
use kampus_core::{Command, CommandError, CommentId, ItemId, PersonId, SectionId, Snapshot, WorkspaceId};

use super::super::error::MigrateError;
use super::super::run::{Batches, Context};
use super::stay::{Keeping, Use};
use super::trace::Deeds;
use crate::outcome::Because;

/// Takes back comments on what was there before the run, and answers to comments that were. The others share the fate of
/// the item that they are on.
pub(super) fn comments(
    cx: &Context<'_>,
    deeds: &Deeds,
    used: &Use<'_>,
    keeping: &mut Keeping,
) -> Result<(), MigrateError> {
    let history = &deeds.history;
    let mut batches = Batches::new(cx);
    // Answers go before what they answer.
    for id in history.made.comments.iter().rev().filter_map(CommentId::new) {
        let tx = batches.tx();
        let snapshot = tx.snapshot();
        let Some(comment) = snapshot.untrimmed().comment(id) else { continue };
        let is_on_new = history.made.items.contains(comment.item.get());
        if is_on_new
            && (!answers_older(&snapshot, deeds, comment) || used.of(&snapshot, comment.item).is_some())
        {
            continue;
        }
        let refused = if history.answered.contains(id.get()) {
            Some((Because::Answered, None))
        } else {
            match tx.execute(Command::WithdrawComment(id)) {
                Ok(_) => None,
                Err(CommandError::NotEmpty(_)) => Some((Because::Answered, None)),
                Err(error) => Some((Because::Refused, Some(error.to_string()))),
            }
        };
        match refused {
            Some(reason) => keeping.other(id, reason),
            None => batches.step()?,
        }
    }
    batches.commit()
}

/// Whether a comment answers one that was there before the run, at whatever distance: that one has to go back to its own
/// item.
fn answers_older(snapshot: &Snapshot, deeds: &Deeds, comment: &Comment) -> bool {
    let all = snapshot.untrimmed();
    std::iter::successors(comment.parent, |above| all.comment(*above)?.parent)
        .any(|above| !deeds.history.made.comments.contains(above.get()))
}

/// Deletes the items, what stands under others before those.
pub(super) fn items(
    cx: &Context<'_>,
    deeds: &Deeds,
    used: &Use<'_>,
    keeping: &mut Keeping,
) -> Result<(), MigrateError> {
    let mut batches = Batches::new(cx);
    for id in deepest_first(&cx.store.snapshot(), deeds) {
        let tx = batches.tx();
        let snapshot = tx.snapshot();
        let Some(item) = snapshot.untrimmed().item(id) else { continue };
        let made = &deeds.history.made.comments;
        // A comment of an earlier run that could not go back to its own item.
        let holds = snapshot.untrimmed().comments_on(id).any(|comment| !made.contains(comment.id.get()));
        let held = holds.then_some((Because::Holds, None));
        let reason = used.of(&snapshot, id).or(held).or_else(|| match tx.execute(Command::DeleteItem(id)) {
            Ok(_) => None,
            Err(CommandError::NotEmpty(_)) => Some((Because::Holds, None)),
            Err(error) => Some((Because::Refused, Some(error.to_string()))),
        });
        match reason {
            Some(reason) => keeping.made(item, reason),
            None => batches.step()?,
        }
    }
    batches.commit()
}

/// The items that the run made and that are there, the lowest of each tree first.
fn deepest_first(snapshot: &Snapshot, deeds: &Deeds) -> Vec<ItemId> {
    let all = snapshot.untrimmed();
    let depth = |id: ItemId| {
        let above = std::iter::successors(all.item(id)?.parent, |above| all.item(*above)?.parent);
        Some(above.count())
    };
    let made = deeds.history.made.items.iter().filter_map(ItemId::new);
    let mut items: Vec<(usize, ItemId)> = made.filter_map(|id| Some((depth(id)?, id))).collect();
    items.sort_unstable_by(|a, b| b.cmp(a));
    items.into_iter().map(|(_, id)| id).collect()
}

/// Takes back sections and workspaces that are empty now.
pub(super) fn places(cx: &Context<'_>, deeds: &Deeds, keeping: &mut Keeping) -> Result<(), MigrateError> {
    let made = &deeds.history.made;
    let mut tx = cx.begin();
    // What stands under another was made after it.
    let sections = made.sections.iter().rev().filter_map(SectionId::new).map(Container::Section);
    let workspaces = made.workspaces.iter().rev().filter_map(WorkspaceId::new).map(Container::Workspace);
    for place in sections.chain(workspaces) {
        let snapshot = tx.snapshot();
        let all = snapshot.untrimmed();
        let known = match place {
            Container::Section(id) => all
                .sections()
                .find(|section| section.id == id)
                .map(|section| (id.to_string(), &section.title)),
            Container::Workspace(id) => {
                all.workspaces().find(|known| known.id == id).map(|known| (id.to_string(), &known.title))
            }
        };
        let Some((name, title)) = known else { continue };
        let command = match place {
            Container::Section(id) => Command::WithdrawSection(id),
            Container::Workspace(id) => Command::WithdrawWorkspace(id),
        };
        if deeds.history.settled.contains(&place) {
            keeping.place(name, title, Because::Settled);
        } else if tx.execute(command).is_err() {
            keeping.place(name, title, Because::Holds);
        }
    }
    tx.commit()?;
    Ok(())
}

/// Takes back people whom nothing names and who did nothing.
pub(super) fn people(cx: &Context<'_>, deeds: &Deeds, keeping: &mut Keeping) -> Result<(), MigrateError> {
    let mut tx = cx.begin();
    let snapshot = tx.snapshot();
    let named = snapshot.untrimmed().named_people();
    let mut idle = BTreeSet::new();
    for id in deeds.history.made.people.iter().filter_map(PersonId::new) {
        if snapshot.directory().person(id).is_none() {
            continue;
        }
        if deeds.history.named.contains(id.get()) {
            keeping.other(id, (Because::Active, None));
        } else if named.contains(id.get()) {
            keeping.other(id, (Because::Named, None));
        } else {
            idle.insert(id);
        }
    }
    if !idle.is_empty() {
        tx.execute(Command::WithdrawPeople(idle.into_iter().collect()))?;
    }
    tx.commit()?;
    for id in &deeds.trace.claimed_by_run {
        if cx.store.snapshot().directory().person(*id).is_some() {
            keeping.other(id, (Because::Claimed, None));
        }
    }
    for id in &deeds.trace.told {
        if snapshot.directory().person(*id).is_some() {
            keeping.other(id, (Because::Details, None));
        }
    }
    Ok(())
}
