//! Comments: to the item that their page became.

use kampus_core::content::{BlobHash, CommentState as State};
use kampus_core::{Command, CommentId, ImportedComment, ItemId, Transaction};

use super::error::MigrateError;
use super::ledger::{self, Fate, LedgerEntry, Target, WaitingComment, record_key};
use super::load::{Fresh, Loaded, Loader, fate_again};
use super::people::{self, Admitted};
use super::prepare::Text;
use crate::record::{CommentState, LegacyComment, LegacyPerson};

/// Loads a comment, or lets it wait for a page that is merged into another.
pub(super) fn load(
    loader: &mut Loader<'_>,
    tx: &mut Transaction<'_>,
    fresh: &Fresh<'_>,
    comment: &LegacyComment,
    text: Text,
) -> Loaded {
    let page_key = record_key(&loader.source.id, &comment.on);
    let Some(page) = ledger::record(tx, &page_key)? else {
        return Ok(Err("the page that it comments on was not loaded".to_owned()));
    };
    let mut entry = loader.entry(fresh, Fate::Loaded, &comment.author_name);
    entry.on = Some(page_key.clone());
    let known = fresh.previous.as_ref().and_then(|before| match before.target {
        Some(Target::Comment(id)) if tx.snapshot().untrimmed().comment(id).is_some() => Some((id, before)),
        _ => None,
    });
    if page.fate == Fate::Discarded {
        return Ok(Ok(left_behind(entry, fresh, "the page that it comments on was left behind")));
    }
    let waiting = waiting_comment(loader, tx, &page_key, comment, text, &mut entry.notices)?;
    // A page that goes into another one takes the comments on it along when it goes.
    let ((Some(Target::Item(item)), _) | (_, Some((item, _)))) = (page.target, page.own()) else {
        entry.fate = Fate::Merged;
        entry.waiting_comment = Some(waiting);
        return Ok(Ok(entry));
    };
    if tx.snapshot().untrimmed().item(item).is_none() {
        return Ok(Ok(left_behind(entry, fresh, "the page that it comments on was deleted in Kampus")));
    }
    let parent = parent_of(loader, tx, comment, item, &mut entry.notices)?;
    let imported = import(&waiting, item, parent);
    let written = match known {
        None => tx.execute(Command::ImportComment(Box::new(imported))).map(|receipt| receipt.comment()),
        Some((id, before)) => {
            entry.fate = fate_again(before, loader.run);
            tx.execute(Command::ReviseImportedComment(id, Box::new(imported))).map(|_| Some(id))
        }
    };
    match written {
        Ok(Some(id)) => entry.target = Some(Target::Comment(id)),
        Ok(None) => return Err(MigrateError::NothingMade("comment")),
        Err(error) => return Ok(Err(error.to_string())),
    }
    Ok(Ok(entry))
}

/// A comment without its page is left behind with it. The page may come back, so the comment is looked at again each
/// time: no record has this hash.
fn left_behind(mut entry: LedgerEntry, fresh: &Fresh<'_>, reason: &str) -> LedgerEntry {
    let previous = fresh.previous.as_ref();
    if let Some(known) = previous.filter(|before| before.reason.as_deref() == Some(reason)) {
        return known.clone();
    }
    entry.hash = BlobHash::of(b"");
    entry.fate = Fate::Discarded;
    entry.reason = Some(reason.to_owned());
    entry.target = previous.and_then(|before| before.target);
    entry
}

/// The comment as it would be loaded, whichever item it goes to.
fn waiting_comment(
    loader: &mut Loader<'_>,
    tx: &mut Transaction<'_>,
    page: &str,
    comment: &LegacyComment,
    text: Text,
    notices: &mut Vec<String>,
) -> Result<WaitingComment, MigrateError> {
    let cleaned = text.body;
    notices.extend(cleaned.dropped.iter().map(|dropped| format!("dropped: {dropped}")));
    let state = match comment.state {
        CommentState::Approved => State::Visible,
        CommentState::Held | CommentState::Discarded | CommentState::Automatic => State::Held,
    };
    let author = author(loader, tx, comment, notices)?;
    let created = loader.moment(comment.created);
    Ok(WaitingComment { on: page.to_owned(), author, created, body: cleaned.html, state })
}

/// Who wrote it: an account of the source, or whoever left a name and an address.
fn author(
    loader: &mut Loader<'_>,
    tx: &mut Transaction<'_>,
    comment: &LegacyComment,
    notices: &mut Vec<String>,
) -> Result<kampus_core::PersonId, MigrateError> {
    if let Some(word) = comment.author.as_deref() {
        let by_record = ledger::record(tx, &record_key(&loader.source.id, word))?;
        if let Some(Target::Person(id)) = by_record.and_then(|entry| entry.target) {
            return Ok(id);
        }
    }
    if comment.author_email.is_none() && comment.author_name.trim().is_empty() {
        return loader.author(tx, comment.author.as_deref(), notices);
    }
    let person = LegacyPerson {
        display_name: comment.author_name.clone(),
        email: comment.author_email.clone(),
        ..LegacyPerson::default()
    };
    let admitted = people::author(tx, loader.people, &loader.source.id, loader.organisation, &person)?;
    Ok(match admitted {
        Admitted::New(id) => {
            notices.push(format!("nobody is called `{}`: a placeholder stands in", person.display_name));
            id
        }
        Admitted::Updated(id) | Admitted::Known(id) => id,
    })
}

fn parent_of(
    loader: &Loader<'_>,
    tx: &Transaction<'_>,
    comment: &LegacyComment,
    item: ItemId,
    notices: &mut Vec<String>,
) -> Result<Option<CommentId>, MigrateError> {
    let Some(parent) = comment.parent.as_deref() else { return Ok(None) };
    let known = ledger::record(tx, &record_key(&loader.source.id, parent))?.and_then(|entry| entry.target);
    if let Some(Target::Comment(id)) = known
        && tx.snapshot().untrimmed().comments_on(item).any(|comment| comment.id == id)
    {
        return Ok(Some(id));
    }
    notices.push(format!("it answers `{parent}`, which was not loaded before it: it stands by itself"));
    Ok(None)
}

/// The command's content for an item.
pub(super) fn import(waiting: &WaitingComment, item: ItemId, parent: Option<CommentId>) -> ImportedComment {
    ImportedComment {
        item,
        parent,
        author: waiting.author,
        created: waiting.created,
        body: waiting.body.clone(),
        state: waiting.state,
    }
}
