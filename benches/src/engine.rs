//! What is measured of Kampus: the one place to alter when its calls change.

use jiff::Timestamp;
use kampus_core::access::{Action, Scope};
use kampus_core::{ItemId, PersonId, Snapshot, Viewer};

/// May this person do that? Asked out of the blue, with nothing prepared for them.
pub fn one_off(snapshot: &Snapshot, person: PersonId, action: Action, scope: Scope, at: Timestamp) -> bool {
    snapshot.untrimmed().may(person, action, scope, at)
}

/// Every item that a viewer may do that to.
pub fn list(viewer: &Viewer, action: Action) -> Vec<ItemId> {
    viewer.everything(action).ids()
}

/// The newest of them.
pub fn page(viewer: &Viewer, action: Action, limit: usize) -> Vec<ItemId> {
    viewer.everything(action).page(None, limit)
}

/// How many people may do that.
pub fn everyone(snapshot: &Snapshot, action: Action, scope: Scope, at: Timestamp) -> u64 {
    snapshot.untrimmed().everyone(action, scope, at).len()
}

/// The memory of the compiled access rules, without what they keep of single people.
pub fn access_bytes(snapshot: &Snapshot) -> usize {
    snapshot.untrimmed().access_bytes()
}
