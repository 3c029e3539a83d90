//! Comments follow their page: a later decision may have put it into another one, or given it back its own item.

use std::collections::{BTreeSet, HashMap};

use kampus_core::{Command, CommentId, ImportedComment, ItemId, Transaction};

use super::again;
use super::error::MigrateError;
use super::ledger::{self, Target};
use super::run::Context;

/// Comments of a page, in the order in which they were made.
type OfPage = BTreeSet<CommentId>;

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
    ledger::each_record(cx.store, |_, entry| {
        if let (Some(on), Some(Target::Comment(id))) = (entry.on, entry.target)
            && let Some((_, comments)) = moved.get_mut(&on)
        {
            comments.insert(id);
        }
        Ok(())
    })?;
    for (item, comments) in moved.values() {
        let mut tx = cx.begin();
        // What people have deleted takes no comments in.
        if tx.snapshot().untrimmed().item(*item).is_none() {
            continue;
        }
        bring(&mut tx, *item, comments)?;
        tx.commit()?;
    }
    Ok(())
}

/// An answer is never on another item than what it answers: the last goes first and by itself, and finds what it answers
/// again when all are there.
fn bring(tx: &mut Transaction<'_>, item: ItemId, comments: &OfPage) -> Result<(), MigrateError> {
    let mut answers = Vec::new();
    for id in comments.iter().rev() {
        let snapshot = tx.snapshot();
        let Some(comment) = snapshot.untrimmed().comment(*id).filter(|comment| comment.item != item) else {
            continue;
        };
        // What people have answered stays with their answers.
        if snapshot.untrimmed().comments_on(comment.item).any(|other| other.parent == Some(*id)) {
            continue;
        }
        let imported = ImportedComment { item, parent: None, ..again::comment(&snapshot, comment)? };
        let answered = comment.parent;
        drop(snapshot);
        tx.execute(Command::ReviseImportedComment(*id, Box::new(imported)))?;
        answers.extend(answered.map(|parent| (*id, parent)));
    }
    for (id, parent) in answers {
        let snapshot = tx.snapshot();
        let all = snapshot.untrimmed();
        if all.comment(parent).is_some_and(|parent| parent.item == item)
            && let Some(comment) = all.comment(id)
        {
            let imported = ImportedComment { parent: Some(parent), ..again::comment(&snapshot, comment)? };
            drop(snapshot);
            tx.execute(Command::ReviseImportedComment(id, Box::new(imported)))?;
        }
    }
    Ok(())
}
