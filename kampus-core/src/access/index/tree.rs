//! Dense arrays that are altered here and there and shared whole.
//!
//! The same use as a [`Table`](super::table::Table), with a tree of small nodes inside: a look-up takes a few loads more,
//! and a write copies a few nodes however long the array is.

use imbl::Vector;

/// An array of `T`, by dense ids; what was never written is the default.
#[derive(Debug, Clone)]
pub(super) struct Tree<T: Clone>(Vector<T>);

impl<T: Clone> Default for Tree<T> {
    fn default() -> Self {
        Self(Vector::new())
    }
}

impl<T: Clone + Default> Tree<T> {
    /// The value at an index; `None` beyond what was ever written.
    pub(super) fn get(&self, index: u32) -> Option<&T> {
        self.0.get(index as usize)
    }

    /// Alters the value at an index.
    pub(super) fn alter(&mut self, index: u32, alter: impl FnOnce(&mut T)) {
        while self.0.len() <= index as usize {
            self.0.push_back(T::default());
        }
        if let Some(value) = self.0.get_mut(index as usize) {
            alter(value);
        }
    }

    /// All values in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    /// Bytes that the array itself takes: its values, and a node with its counts for each 64 of them.
    pub(super) fn bytes(&self) -> usize {
        self.0.len() * size_of::<T>() + self.0.len().div_ceil(64) * 64
    }
}
