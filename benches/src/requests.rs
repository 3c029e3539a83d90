//! Questions drawn in advance, so that drawing them is not measured.

use kampus_core::{ItemId, PersonId};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::world::World;

/// May this person view this item?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Who.
    pub person: PersonId,
    /// What.
    pub item: ItemId,
}

/// Requests by people and about items that have nothing to do with each other.
pub fn random(world: &World, count: usize, seed: u64) -> Vec<Request> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    std::iter::repeat_with(|| {
        let person = PersonId::new(rng.random_range(1..=world.size.people));
        let item = ItemId::new(rng.random_range(1..=world.size.items));
        person.zip(item).map(|(person, item)| Request { person, item })
    })
    .flatten()
    .take(count)
    .collect()
}

/// That many people.
pub fn people(world: &World, count: usize, seed: u64) -> Vec<PersonId> {
    random(world, count, seed).into_iter().map(|request| request.person).collect()
}

/// That many items.
pub fn items(world: &World, count: usize, seed: u64) -> Vec<ItemId> {
    random(world, count, seed).into_iter().map(|request| request.item).collect()
}
