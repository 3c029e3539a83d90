//! Questions about whole sets: everything that one person may do something to, everyone who may do it to one thing.

use jiff::Timestamp;
use roaring::RoaringBitmap;

use crate::access::{Action, Scope};
use crate::id::{ItemId, PersonId};
use crate::snapshot::Untrimmed;
use crate::viewer::{ReadError, Viewer};

/// Every item that a viewer may do something to. Nothing is worked out before it is asked for, and nothing is left out
/// silently: what a [page](Everything::page) does not hold is on the next one.
#[derive(Debug, Clone, Copy)]
pub struct Everything<'a> {
    viewer: &'a Viewer,
    action: Action,
}

impl Everything<'_> {
    /// All of them; those of one section or workspace together.
    pub fn ids(&self) -> Vec<ItemId> {
        let state = self.viewer.snapshot().state();
        let mut ids = Vec::with_capacity(state.index.plain_held(self.viewer.sight()));
        self.each(&mut |some| ids.extend_from_slice(some));
        ids
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        let mut count = 0;
        self.each(&mut |some| count += some.len());
        count
    }

    /// All of them as a set of [numbers](ItemId::get), to be joined with other sets: the hits of a search.
    pub fn bitmap(&self) -> RoaringBitmap {
        let mut set = RoaringBitmap::new();
        self.each(&mut |some| set.extend(some.iter().map(|id| id.get())));
        set
    }

    /// At most `limit` of them, the newest first; the next page begins `before` the last one of this.
    pub fn page(&self, before: Option<ItemId>, limit: usize) -> Vec<ItemId> {
        let state = self.viewer.snapshot().state();
        let before = before.map_or(u32::MAX, ItemId::get);
        state.index.newest_allowed(state, self.viewer.sight(), self.action, before, limit)
    }

    fn each(&self, visit: &mut dyn FnMut(&[ItemId])) {
        let state = self.viewer.snapshot().state();
        state.index.each_allowed(state, self.viewer.sight(), self.action, visit);
    }
}

impl Viewer {
    /// Every item that they may do that to.
    pub fn everything(&self, action: Action) -> Everything<'_> {
        Everything { viewer: self, action }
    }

    /// Everyone who may do that to a scope. Who may what is told to those who decide about it.
    ///
    /// # Errors
    /// [`ReadError::NotFound`] for whoever may not give grants there.
    pub fn everyone(&self, action: Action, scope: Scope) -> Result<Vec<PersonId>, ReadError> {
        if !self.may(Action::Grant, scope) {
            return Err(ReadError::NotFound(scope.to_string()));
        }
        let people = self.snapshot().untrimmed().everyone(action, scope, self.at());
        Ok(people.iter().filter_map(PersonId::new).collect())
    }
}

/// The same questions for nobody in particular.
impl Untrimmed<'_> {
    /// May this person do that? For a single question: a [`Viewer`] answers many of one person faster.
    pub fn may(self, person: PersonId, action: Action, scope: Scope, at: Timestamp) -> bool {
        let state = self.state();
        state.index.may_once(state, person, action, scope, at)
    }

    /// Everyone who may do that to a scope, as a set of [numbers](PersonId::get).
    pub fn everyone(self, action: Action, scope: Scope, at: Timestamp) -> RoaringBitmap {
        let state = self.state();
        state.index.everyone(state, action, scope, at)
    }

    /// Bytes that the compiled access rules take, without what they keep of single people.
    pub fn access_bytes(self) -> usize {
        self.state().index.bytes()
    }
}
