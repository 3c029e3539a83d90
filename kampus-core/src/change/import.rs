//! Commands of a migration: content with the authors, dates and states that it had elsewhere.

use super::command::{ImportedComment, ImportedItem};
use super::content::{answers_here, below_ceiling, draft, item, validate};
use super::directory::known_person;
use super::error::CommandError;
use super::event::Change;
use super::plan::{Context, Plan};
use super::withdraw::is_answered;
use crate::content::{Comment, Item};
use crate::id::{CommentId, ItemId};
use crate::language::Language;

pub(super) fn import_item(cx: &Context<'_>, new: ImportedItem) -> Result<Plan, CommandError> {
    cx.operator()?;
    let mut plan = Plan::default();
    let item = imported(cx, &mut plan, new)?;
    plan.changes.push(Change::ItemAdded(Box::new(item)));
    Ok(plan)
}

pub(super) fn revise_imported(cx: &Context<'_>, id: ItemId, new: ImportedItem) -> Result<Plan, CommandError> {
    cx.operator()?;
    let before = item(cx, id)?;
    if is_under(cx, new.content.parent, id) {
        return Err(CommandError::Cycle(id.to_string()));
    }
    // What is below an item is where the item is.
    if new.content.container != before.container && cx.state.items_under(id).next().is_some() {
        return Err(CommandError::NotEmpty(id.to_string()));
    }
    let mut plan = Plan::default();
    let mut revised = imported(cx, &mut plan, new)?;
    revised.id = id;
    revised.version = before.version.saturating_add(1);
    plan.changes.push(Change::ItemReplaced(Box::new(revised)));
    Ok(plan)
}

fn imported(cx: &Context<'_>, plan: &mut Plan, new: ImportedItem) -> Result<Item, CommandError> {
    validate(cx, &new.content)?;
    below_ceiling(cx, new.content.container, new.content.classification)?;
    known_person(cx, new.author)?;
    known_person(cx, new.owner)?;
    let mut item = draft(cx, plan, new.content, new.author);
    item.owner = new.owner;
    item.created = new.created;
    item.modified = new.modified;
    item.status = new.status;
    item.schedule = new.schedule;
    item.pinned = new.pinned;
    item.comments_open = new.comments_open;
    item.labels = new.labels;
    item.sources = new.sources;
    // What grew while it was read has room to spare, and stays for good.
    item.labels.shrink_to_fit();
    item.sources.shrink_to_fit();
    Ok(item)
}

/// Whether an item is another or stands under it.
fn is_under(cx: &Context<'_>, from: Option<ItemId>, id: ItemId) -> bool {
    std::iter::successors(from, |above| cx.state.items.get(above).and_then(|item| item.parent))
        .any(|above| above == id)
}

pub(super) fn relink(
    cx: &Context<'_>,
    id: ItemId,
    language: Language,
    body: String,
) -> Result<Plan, CommandError> {
    cx.operator()?;
    item(cx, id)?;
    let mut plan = Plan::default();
    let body = plan.store(body.into_bytes());
    plan.changes.push(Change::ItemRelinked(id, language, body));
    Ok(plan)
}

pub(super) fn place(cx: &Context<'_>, id: ItemId, parent: Option<ItemId>) -> Result<Plan, CommandError> {
    cx.operator()?;
    let container = item(cx, id)?.container;
    if let Some(above) = parent
        && item(cx, above)?.container != container
    {
        return Err(CommandError::OtherContainer(above.to_string()));
    }
    if is_under(cx, parent, id) {
        return Err(CommandError::Cycle(id.to_string()));
    }
    Ok(Plan::one(Change::ItemPlaced(id, parent)))
}

pub(super) fn import_comment(cx: &Context<'_>, new: ImportedComment) -> Result<Plan, CommandError> {
    let id = cx.state.last.comment.map_or(CommentId::FIRST, CommentId::next);
    let (mut plan, comment) = imported_comment(cx, id, new)?;
    plan.changes.push(Change::CommentAdded(comment));
    Ok(plan)
}

pub(super) fn revise_comment(
    cx: &Context<'_>,
    id: CommentId,
    new: ImportedComment,
) -> Result<Plan, CommandError> {
    cx.operator()?;
    let Some(known) = cx.state.comments.get(&id) else {
        return Err(CommandError::NotFound(id.to_string()));
    };
    // An answer is never on another item than what it answers.
    if known.item != new.item && is_answered(cx, known.item, id) {
        return Err(CommandError::NotEmpty(id.to_string()));
    }
    let above = std::iter::successors(new.parent, |above| cx.state.comments.get(above)?.parent);
    if above.into_iter().any(|above| above == id) {
        return Err(CommandError::Cycle(id.to_string()));
    }
    let (mut plan, comment) = imported_comment(cx, id, new)?;
    plan.changes.push(Change::CommentReplaced(comment));
    Ok(plan)
}

fn imported_comment(
    cx: &Context<'_>,
    id: CommentId,
    new: ImportedComment,
) -> Result<(Plan, Comment), CommandError> {
    cx.operator()?;
    item(cx, new.item)?;
    known_person(cx, new.author)?;
    answers_here(cx, new.item, new.parent)?;
    let mut plan = Plan::default();
    let body = plan.store(new.body.into_bytes());
    let ImportedComment { item, parent, author, created, state, .. } = new;
    Ok((plan, Comment { id, item, parent, author, created, body, state }))
}
