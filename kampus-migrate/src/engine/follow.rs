//! Comments follow their page: a later decision may have put it into another one, or given it back its own item.

use std::collections::{BTreeMap, HashMap};

use kampus_core::content::Comment;
use kampus_core::{Command, CommentId, ImportedComment, ItemId, Transaction};

use super::error::MigrateError;
use super::ledger::{self, Target};
use super::run::Context;
use super::undo::Before;

/// Comments of a page with the keys of their records, in the order in which they were made.
type OfPage = BTreeMap<CommentId, String>;

/// Brings the comments of the pages that this run moved to where those are now.
pub(super) fn comments(cx: &Context<'_>) -> Result<(), MigrateError> {
    let mut moved: HashMap<String, (ItemId, OfPage)> = HashMap::new();
    ledger::each_unsettled(cx.store, |key, entry| {
        if let (true, Some(Target::Item(item))) = (entry.moved && entry.run == cx.run, entry.target) {
            moved.insert(key.to_owned(), (item, OfPage::new()));
        }
        Ok(())
    })?;
    if moved.is_empty() {
        return Ok(());
    }
    ledger::each_record(cx.store, |key, entry| {
        if let (Some(on), Some(Target::Comment(id))) = (entry.on, entry.target)
            && let Some((_, comments)) = moved.get_mut(&on)
        {
            comments.insert(id, key.to_owned());
        }
        Ok(())
    })?;
    for (item, comments) in moved.values() {
        let mut tx = cx.begin();
        bring(cx, &mut tx, *item, comments)?;
        tx.commit()?;
    }
    Ok(())
}

/// An answer is never on another item than what it answers: the last goes first and by itself, and finds what it answers
/// again when all are there.
fn bring(
    cx: &Context<'_>,
    tx: &mut Transaction<'_>,
    item: ItemId,
    comments: &OfPage,
) -> Result<(), MigrateError> {
    let mut answers = Vec::new();
    for (id, key) in comments.iter().rev() {
        let snapshot = tx.snapshot();
        let Some(comment) = snapshot.untrimmed().comment(*id).filter(|comment| comment.item != item) else {
            continue;
        };
        // What people have answered stays with their answers.
        if snapshot.untrimmed().comments_on(comment.item).any(|other| other.parent == Some(*id)) {
            continue;
        }
        let imported = ImportedComment { item, parent: None, ..again(cx, comment)? };
        let answered = comment.parent;
        drop(snapshot);
        if let Some(entry) = ledger::record(tx, key)? {
            Before::of(tx, &entry).keep(tx, cx.run, key)?;
        }
        tx.execute(Command::ReviseImportedComment(*id, Box::new(imported)))?;
        answers.extend(answered.map(|parent| (*id, parent)));
    }
    for (id, parent) in answers {
        let snapshot = tx.snapshot();
        let all = snapshot.untrimmed();
        if all.comment(parent).is_some_and(|parent| parent.item == item)
            && let Some(comment) = all.comment(id)
        {
            let imported = ImportedComment { parent: Some(parent), ..again(cx, comment)? };
            drop(snapshot);
            tx.execute(Command::ReviseImportedComment(id, Box::new(imported)))?;
        }
    }
    Ok(())
}

/// A comment as it is, to be written once more.
pub(super) fn again(cx: &Context<'_>, comment: &Comment) -> Result<ImportedComment, MigrateError> {
    let bytes = cx.store.snapshot().untrimmed().blob(comment.body.hash)?;
    let body = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    Ok(ImportedComment {
        item: comment.item,
        parent: comment.parent,
        author: comment.author,
        created: comment.created,
        body,
        state: comment.state,
    })
}
