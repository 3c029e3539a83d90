//! Dense arrays that snapshots share.
//!
//! A table is cut into chunks, and both the list of chunks and each chunk are shared between clones until one of
//! them writes. A clone costs one count; a write copies the chunk that it touches, and the list of chunks if that is
//! shared. A look-up is two loads and no hash.

use std::sync::Arc;

/// An array of `T`, by dense ids; what was never written is the default. `BITS` is the logarithm of a chunk's length.
#[derive(Debug, Clone)]
pub(super) struct Table<T, const BITS: u32> {
    chunks: Arc<[Arc<[T]>]>,
}

impl<T, const BITS: u32> Default for Table<T, BITS> {
    fn default() -> Self {
        Self { chunks: Arc::from([]) }
    }
}

impl<T: Clone + Default, const BITS: u32> Table<T, BITS> {
    const LENGTH: usize = 1 << BITS;

    /// The value at an index; `None` beyond what was ever written.
    #[inline]
    pub(super) fn get(&self, index: u32) -> Option<&T> {
        let index = index as usize;
        self.chunks.get(index >> BITS)?.get(index & (Self::LENGTH - 1))
    }

    /// Alters the value at an index.
    pub(super) fn alter<R>(&mut self, index: u32, alter: impl FnOnce(&mut T) -> R) -> Option<R> {
        let index = index as usize;
        self.grow((index >> BITS) + 1);
        let chunk = Arc::make_mut(&mut self.chunks).get_mut(index >> BITS)?;
        Arc::make_mut(chunk).get_mut(index & (Self::LENGTH - 1)).map(alter)
    }

    /// Puts a value at an index.
    pub(super) fn put(&mut self, index: u32, value: T) {
        self.alter(index, |place| *place = value);
    }

    /// Makes room for that many values.
    pub(super) fn reserve(&mut self, values: u32) {
        self.grow((values as usize).div_ceil(Self::LENGTH));
    }

    fn grow(&mut self, chunks: usize) {
        if chunks <= self.chunks.len() {
            return;
        }
        let fresh = |_| -> Arc<[T]> { vec![T::default(); Self::LENGTH].into() };
        let more = (self.chunks.len()..chunks).map(fresh);
        self.chunks = self.chunks.iter().cloned().chain(more).collect();
    }

    /// The chunks in their order.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &[T]> {
        self.chunks.iter().map(|chunk| &**chunk)
    }

    /// One more than the highest index that there is room for.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.chunks.len() * Self::LENGTH).unwrap_or(u32::MAX)
    }

    /// Bytes that the table itself takes.
    pub(super) fn bytes(&self) -> usize {
        self.chunks.len() * (size_of::<Arc<[T]>>() + Self::LENGTH * size_of::<T>() + 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_keeps_what_it_saw() {
        let mut table: Table<u32, 2> = Table::default();
        table.put(5, 50);
        let before = table.clone();
        table.put(5, 51);
        table.put(9, 90);
        assert_eq!((before.get(5), before.get(9)), (Some(&50), None));
        assert_eq!((table.get(5), table.get(9), table.get(4)), (Some(&51), Some(&90), Some(&0)));
        assert_eq!(table.get(12), None);
    }
}
