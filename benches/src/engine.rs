//! What is measured of Kampus: the one place to alter when its calls change.

use jiff::Timestamp;
use kampus_core::access::{Action, Scope};
use kampus_core::content::ItemKind;
use kampus_core::{ItemId, PersonId, Snapshot, Viewer};

/// May this person do that? Asked out of the blue, with nothing prepared for them.
pub fn one_off(snapshot: &Snapshot, person: PersonId, action: Action, scope: Scope, at: Timestamp) -> bool {
    // To become: snapshot.untrimmed().may(person, action, scope, at)
    snapshot.viewer(person, at).may(action, scope)
}

/// Every item that a viewer may do that to.
pub fn list(viewer: &Viewer, action: Action) -> Vec<ItemId> {
    // To become: viewer.everything(action).ids()
    KINDS
        .iter()
        .flat_map(|kind| viewer.items(*kind))
        .map(|item| item.id)
        .filter(|id| viewer.may(action, Scope::Item(*id)))
        .collect()
}

/// The newest of them.
pub fn page(viewer: &Viewer, action: Action, limit: usize) -> Vec<ItemId> {
    // To become: viewer.everything(action).page(None, limit)
    let mut ids = list(viewer, action);
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.truncate(limit);
    ids
}

/// How many people may do that.
pub fn everyone(snapshot: &Snapshot, action: Action, scope: Scope, at: Timestamp) -> u64 {
    // To become: snapshot.untrimmed().everyone(action, scope, at).len()
    let people = snapshot.directory().people();
    people.map(|person| u64::from(one_off(snapshot, person.id, action, scope, at))).sum()
}

/// The memory of the compiled access index, where there is one.
pub fn access_bytes(_snapshot: &Snapshot) -> Option<usize> {
    // To become: Some(snapshot.untrimmed().access_bytes())
    None
}

const KINDS: [ItemKind; 5] =
    [ItemKind::Page, ItemKind::News, ItemKind::Document, ItemKind::Service, ItemKind::Discussion];
