//! What a run changed goes back to how it was, unless others changed it since.
//!
//! Each step compares what is with what was, so it can be broken off and done again.

use std::collections::BTreeSet;

use kampus_core::content::{Blob, Item, Status};
use kampus_core::{
    Command, CommandError, CommentId, ImportedComment, ItemId, Language, Snapshot, Transaction,
};

use super::super::again;
use super::super::error::MigrateError;
use super::super::run::{Batches, Context};
use super::stay::{Keeping, Use};
use super::trace::{Deeds, Touched};
use crate::outcome::Because;

/// Why the store does not take something back.
type Refused = String;

/// Brings comments back to the items and the words that they had.
pub(super) fn comments(cx: &Context<'_>, deeds: &Deeds, keeping: &mut Keeping) -> Result<(), MigrateError> {
    let mut batches = Batches::new(cx);
    let keep = |keeping: &mut Keeping, id: CommentId, because, detail| {
        if keeping.comments.insert(id) {
            keeping.other(id, (because, detail));
        }
    };
    // An answer is never on another item than what it answers: the last goes first and by itself.
    for (id, touched) in deeds.trace.comments.iter().rev() {
        let tx = batches.tx();
        let snapshot = tx.snapshot();
        let Some(now) = snapshot.untrimmed().comment(*id) else { continue };
        let Some(was) = deeds.past.comment(*id, *touched) else { continue };
        if let Some(because) = touched.since {
            keep(keeping, *id, because, None);
        } else if now.item != was.item {
            let back = ImportedComment { parent: None, ..again::comment(&snapshot, &was)? };
            match tx.execute(Command::ReviseImportedComment(*id, Box::new(back))) {
                Ok(_) => batches.step()?,
                Err(CommandError::NotEmpty(_)) => keep(keeping, *id, Because::Answered, None),
                Err(error) => keep(keeping, *id, Because::Refused, Some(error.to_string())),
            }
        }
    }
    for (id, touched) in &deeds.trace.comments {
        let tx = batches.tx();
        let snapshot = tx.snapshot();
        let Some(now) = snapshot.untrimmed().comment(*id) else { continue };
        let Some(was) = deeds.past.comment(*id, *touched).filter(|was| was != now) else { continue };
        if keeping.comments.contains(id) {
            continue;
        }
        let back = again::comment(&snapshot, &was)?;
        match tx.execute(Command::ReviseImportedComment(*id, Box::new(back))) {
            Ok(_) => batches.step()?,
            Err(error) => keep(keeping, *id, Because::Refused, Some(error.to_string())),
        }
    }
    batches.commit()
}

/// Gives items back their texts, states and places; where they stand in their place comes later, when all are there.
pub(super) fn items(
    cx: &Context<'_>,
    deeds: &Deeds,
    used: &Use<'_>,
    keeping: &mut Keeping,
) -> Result<(), MigrateError> {
    let mut batches = Batches::new(cx);
    for (id, touched) in &deeds.trace.items {
        let tx = batches.tx();
        let snapshot = tx.snapshot();
        let Some((now, was)) = both(&snapshot, deeds, *id, *touched) else { continue };
        // What others decided about its readers, they decided about the text that they saw.
        let is_shared = deeds.history.is_shared(*id).then_some(Because::Shared);
        if let Some(because) = touched.since.or(is_shared) {
            keeping.changed(now, (because, None));
            continue;
        }
        if is_like(now, &was) {
            continue;
        }
        let leaves = now.container != was.container;
        if leaves && snapshot.untrimmed().items_under(*id).any(|below| used.stays_below(below)) {
            keeping.changed(now, (Because::Holds, None));
            continue;
        }
        match back(tx, &snapshot, now, &was)? {
            Ok(bytes) => batches.step_with(bytes)?,
            Err(why) => keeping.changed(now, (Because::Refused, Some(why))),
        }
    }
    batches.commit()
}

/// Puts items under what they stood under.
pub(super) fn parents(cx: &Context<'_>, deeds: &Deeds, keeping: &mut Keeping) -> Result<(), MigrateError> {
    // All away from where the run put them, then each to its place: so no tree stands in another's way.
    for away in [true, false] {
        let mut batches = Batches::new(cx);
        for (id, touched) in &deeds.trace.items {
            let tx = batches.tx();
            let snapshot = tx.snapshot();
            let Some((now, was)) = both(&snapshot, deeds, *id, *touched) else { continue };
            if keeping.items.contains(id) || now.parent == was.parent {
                continue;
            }
            // What people deleted since, nothing stands under.
            let above = was.parent.filter(|above| !away && snapshot.untrimmed().item(*above).is_some());
            if now.parent != above
                && let Err(error) = tx.execute(Command::PlaceImported(*id, above))
            {
                keeping.changed(now, (Because::Refused, Some(error.to_string())));
            }
            batches.step()?;
        }
        batches.commit()?;
    }
    Ok(())
}

/// An item as it is and as the run found it.
fn both<'a>(snapshot: &'a Snapshot, deeds: &Deeds, id: ItemId, touched: Touched) -> Option<(&'a Item, Item)> {
    Some((snapshot.untrimmed().item(id)?, deeds.past.item(id, touched)?))
}

/// Whether an item is as it was, but for how often it was written and what it stands under.
fn is_like(now: &Item, was: &Item) -> bool {
    *now == Item { version: now.version, parent: now.parent, ..was.clone() }
}

/// Makes an item what it was; tells how many bytes that took, or why it cannot be. What stands under it stays behind
/// when it leaves for another place, and finds its own way.
fn back(
    tx: &mut Transaction<'_>,
    snapshot: &Snapshot,
    now: &Item,
    was: &Item,
) -> Result<Result<usize, Refused>, MigrateError> {
    let leaves = now.container != was.container;
    if leaves {
        for below in snapshot.untrimmed().items_under(now.id) {
            tx.execute(Command::PlaceImported(below, None))?;
        }
    }
    let mut bytes = 0;
    let commands = if let Some(commands) = small_steps(snapshot, now, was)? {
        commands
    } else {
        let mut item = again::item(snapshot, was)?;
        // Where it stands now is looked at when all are there.
        item.content.parent = now.parent.filter(|_| !leaves);
        bytes = item.content.body.iter().map(|(_, html)| html.len()).sum();
        bytes += item.content.file.as_ref().map_or(0, |(_, file)| file.len());
        vec![Command::ReviseImported(now.id, Box::new(item))]
    };
    for command in commands {
        if let Err(error) = tx.execute(command) {
            return Ok(Err(error.to_string()));
        }
    }
    Ok(Ok(bytes))
}

/// How an item whose text was not written goes back, so that it does not count as written: its links, its state, its
/// place. `None` when more than that differs.
fn small_steps(snapshot: &Snapshot, now: &Item, was: &Item) -> Result<Option<Vec<Command>>, MigrateError> {
    let alike = Item { body: was.body.clone(), status: was.status, container: was.container, ..now.clone() };
    let languages = |item: &Item| item.body.iter().map(|(language, _)| language).collect::<BTreeSet<_>>();
    if now.version != was.version || !is_like(&alike, was) || languages(now) != languages(was) {
        return Ok(None);
    }
    let mut commands = Vec::new();
    if now.container != was.container {
        commands.push(Command::MoveItem { item: now.id, to: was.container, parent: None });
    }
    let differs = |(language, blob): &(Language, &Blob)| now.body.get(*language) != Some(*blob);
    for (language, blob) in was.body.iter().filter(differs) {
        commands.push(Command::RelinkImported(now.id, language, again::text(snapshot, blob.hash)?));
    }
    if now.status != was.status {
        // An item's life leads to review only through a draft.
        let through_draft = was.status == Status::InReview && now.status != Status::Draft;
        commands.extend(through_draft.then_some(Command::SetStatus(now.id, Status::Draft)));
        commands.push(Command::SetStatus(now.id, was.status));
    }
    Ok(Some(commands))
}
