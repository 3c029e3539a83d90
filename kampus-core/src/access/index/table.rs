//! Dense arrays that snapshots share.
//!
//! A table is cut into chunks, and both the list of chunks and each chunk are shared between clones until one of
//! them writes. A clone costs one count; a write copies the chunk that it touches, and the list of chunks if that is
//! shared. A look-up is two loads and no hash.

use std::sync::Arc;

/// An array of `T`, by dense ids; what was never written is the default. A chunk has `LENGTH` of them, a power of
/// two.
#[derive(Debug, Clone)]
pub(super) struct Table<T, const LENGTH: usize> {
    chunks: Arc<[Arc<[T; LENGTH]>]>,
}

impl<T, const LENGTH: usize> Default for Table<T, LENGTH> {
    fn default() -> Self {
        Self { chunks: Arc::from([]) }
    }
}

impl<T: Clone + Default, const LENGTH: usize> Table<T, LENGTH> {
    /// The value at an index; `None` beyond what was ever written.
    #[inline]
    pub(super) fn get(&self, index: u32) -> Option<&T> {
        let index = index as usize;
        self.chunks.get(index / LENGTH)?.get(index % LENGTH)
    }

    /// Alters the value at an index.
    pub(super) fn alter<R>(&mut self, index: u32, alter: impl FnOnce(&mut T) -> R) -> Option<R> {
        let index = index as usize;
        self.grow(index / LENGTH + 1);
        let chunk = Arc::make_mut(&mut self.chunks).get_mut(index / LENGTH)?;
        Arc::make_mut(chunk).get_mut(index % LENGTH).map(alter)
    }

    /// Puts a value at an index.
    pub(super) fn put(&mut self, index: u32, value: T) {
        self.alter(index, |place| *place = value);
    }

    fn grow(&mut self, chunks: usize) {
        if chunks <= self.chunks.len() {
            return;
        }
        let fresh = |_| Arc::new(std::array::from_fn(|_| T::default()));
        let more = (self.chunks.len()..chunks).map(fresh);
        self.chunks = self.chunks.iter().cloned().chain(more).collect();
    }

    /// The chunks in their order.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &[T]> {
        self.chunks.iter().map(|chunk| chunk.as_slice())
    }

    /// Bytes that the table itself takes.
    pub(super) fn bytes(&self) -> usize {
        self.chunks.len() * (size_of::<Arc<[T; LENGTH]>>() + LENGTH * size_of::<T>() + 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_keeps_what_it_saw() {
        let mut table: Table<u32, 4> = Table::default();
        table.put(5, 50);
        let before = table.clone();
        table.put(5, 51);
        table.put(9, 90);
        assert_eq!((before.get(5), before.get(9)), (Some(&50), None));
        assert_eq!((table.get(5), table.get(9), table.get(4)), (Some(&51), Some(&90), Some(&0)));
        assert_eq!(table.get(12), None);
    }
}
