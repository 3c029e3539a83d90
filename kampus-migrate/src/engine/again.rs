//! Items and comments as they are or were, to be written once more.

use kampus_core::content::{Audience, BlobHash, Comment, Item};
use kampus_core::{ImportedComment, ImportedItem, Localised, NewItem, Snapshot};

use super::error::MigrateError;

/// An item with all its texts.
pub(super) fn item(snapshot: &Snapshot, item: &Item) -> Result<ImportedItem, MigrateError> {
    let mut body = Localised::default();
    for (language, blob) in item.body.iter() {
        body.set(language, text(snapshot, blob.hash)?);
    }
    let file = match &item.file {
        Some(file) => Some((file.name.clone(), bytes(snapshot, file.blob.hash)?)),
        None => None,
    };
    let content = NewItem {
        kind: item.kind,
        container: item.container,
        parent: item.parent,
        title: item.title.clone(),
        lead: item.lead.clone(),
        body,
        classification: item.classification,
        audience: Audience::clone(&item.audience),
        must_acknowledge: item.must_acknowledge,
        link: item.link.clone(),
        file,
    };
    Ok(ImportedItem {
        content,
        author: item.author,
        owner: item.owner,
        created: item.created,
        modified: item.modified,
        status: item.status,
        schedule: item.schedule,
        pinned: item.pinned,
        comments_open: item.comments_open,
        labels: item.labels.to_vec(),
        sources: item.sources.to_vec(),
    })
}

/// A comment with its text.
pub(super) fn comment(snapshot: &Snapshot, comment: &Comment) -> Result<ImportedComment, MigrateError> {
    Ok(ImportedComment {
        item: comment.item,
        parent: comment.parent,
        author: comment.author,
        created: comment.created,
        body: text(snapshot, comment.body.hash)?,
        state: comment.state,
    })
}

/// A stored text.
pub(super) fn text(snapshot: &Snapshot, hash: BlobHash) -> Result<String, MigrateError> {
    Ok(String::from_utf8_lossy(&bytes(snapshot, hash)?).into_owned())
}

fn bytes(snapshot: &Snapshot, hash: BlobHash) -> Result<Vec<u8>, MigrateError> {
    Ok(snapshot.untrimmed().blob(hash)?.unwrap_or_default())
}
