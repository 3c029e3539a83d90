//! Answers that are worked out when somebody asks, and kept until a change concerns them.
//!
//! Snapshots share them as they share a [`Table`](super::table::Table). Room is made where somebody asked only, so that
//! what nobody asks about takes nothing.

use std::sync::{Arc, OnceLock};

/// How many answers a chunk has room for.
const LENGTH: usize = 256;

type Place<T> = OnceLock<T>;
type Chunk<T> = OnceLock<Box<[Place<T>]>>;

/// Answers by dense ids.
#[derive(Debug, Clone)]
pub(super) struct Memo<T> {
    chunks: Arc<[Arc<Chunk<T>>]>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { chunks: Arc::from([]) }
    }
}

impl<T: Clone> Memo<T> {
    /// Makes room for that many answers.
    pub(super) fn reserve(&mut self, answers: u32) {
        let chunks = (answers as usize).div_ceil(LENGTH);
        if chunks > self.chunks.len() {
            let more = (self.chunks.len()..chunks).map(|_| Arc::default());
            self.chunks = self.chunks.iter().cloned().chain(more).collect();
        }
    }

    /// The answer for an index; `None` where no room was made.
    pub(super) fn get_or_init(&self, index: u32, work_out: impl FnOnce() -> T) -> Option<&T> {
        let index = index as usize;
        let places = self.chunks.get(index / LENGTH)?.get_or_init(fresh);
        Some(places.get(index % LENGTH)?.get_or_init(work_out))
    }

    /// Forgets the answers for these indexes.
    ///
    /// A place that is empty becomes another one too: a reader of an earlier snapshot may be about to fill it.
    pub(super) fn forget(&mut self, indexes: impl IntoIterator<Item = u32>) {
        let chunks = Arc::make_mut(&mut self.chunks);
        for index in indexes {
            let index = index as usize;
            let Some(chunk) = chunks.get_mut(index / LENGTH) else { continue };
            match Arc::get_mut(chunk) {
                Some(own) => {
                    if let Some(place) = own.get_mut().and_then(|places| places.get_mut(index % LENGTH)) {
                        *place = Place::new();
                    }
                }
                None => *chunk = Arc::new(without(chunk, index % LENGTH)),
            }
        }
    }

    /// Forgets all answers and keeps the room.
    pub(super) fn forget_all(&mut self) {
        self.chunks = self.chunks.iter().map(|_| Arc::default()).collect();
    }

    /// Bytes that the room takes, without the answers.
    pub(super) fn bytes(&self) -> usize {
        let chunk = size_of::<Arc<Chunk<T>>>() + size_of::<Chunk<T>>() + 2 * size_of::<usize>();
        let filled = self.chunks.iter().filter(|chunk| chunk.get().is_some()).count();
        self.chunks.len() * chunk + filled * LENGTH * size_of::<Place<T>>()
    }
}

fn fresh<T>() -> Box<[Place<T>]> {
    std::iter::repeat_with(Place::new).take(LENGTH).collect()
}

/// A chunk with the same answers but one.
fn without<T: Clone>(chunk: &Chunk<T>, forgotten: usize) -> Chunk<T> {
    let Some(places) = chunk.get() else { return Chunk::new() };
    let kept = |(number, place): (usize, &Place<T>)| {
        if number == forgotten { Place::new() } else { place.clone() }
    };
    Chunk::from(places.iter().enumerate().map(kept).collect::<Box<[_]>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_until_it_is_forgotten_and_clones_keep_theirs() {
        let mut memo: Memo<u32> = Memo::default();
        assert_eq!(memo.get_or_init(3, || 1), None);
        memo.reserve(4);
        assert_eq!(memo.get_or_init(3, || 1), Some(&1));
        assert_eq!(memo.get_or_init(3, || 2), Some(&1));
        let before = memo.clone();
        memo.forget([3, 7_000]);
        assert_eq!(memo.get_or_init(2, || 5), Some(&5));
        assert_eq!(memo.get_or_init(3, || 2), Some(&2));
        assert_eq!((before.get_or_init(3, || 9), before.get_or_init(2, || 9)), (Some(&1), Some(&9)));
    }

    #[test]
    fn what_an_earlier_reader_fills_in_late_is_not_seen_later() {
        let mut memo: Memo<u32> = Memo::default();
        memo.reserve(600);
        let before = memo.clone();
        memo.forget([1, 300]);
        assert_eq!((before.get_or_init(1, || 10), before.get_or_init(300, || 10)), (Some(&10), Some(&10)));
        assert_eq!((memo.get_or_init(1, || 11), memo.get_or_init(300, || 11)), (Some(&11), Some(&11)));
        let again = memo.clone();
        memo.forget_all();
        assert_eq!((again.get_or_init(1, || 12), memo.get_or_init(1, || 12)), (Some(&11), Some(&12)));
    }
}
