//! The least work that could answer: one byte for each different answer that a viewer gets, one number for each item
//! that says which. It knows one viewer and one action, cannot change, and says nothing of why.

use kampus_core::content::Container;
use kampus_core::{ItemId, PersonId};

use crate::walk::Walk;
use crate::world::World;

/// Which answer goes for which item; the same for all viewers.
#[derive(Debug)]
pub struct Slots {
    slot_of: Vec<u32>,
    /// An item for each slot.
    examples: Vec<Option<ItemId>>,
}

impl Slots {
    /// One slot for each section and workspace, and one for each item that is unlike its container.
    pub fn new(world: &World, walk: &Walk) -> Self {
        let mut examples = vec![None; (world.size.sections + world.size.workspaces) as usize];
        let mut slot_of = Vec::with_capacity(walk.items().len());
        for (item, id) in walk.items().iter().zip((1..).filter_map(ItemId::new)) {
            let slot = if item.special || item.draft {
                examples.push(None);
                examples.len() - 1
            } else {
                match item.container {
                    Container::Section(id) => id.get() as usize - 1,
                    Container::Workspace(id) => (world.size.sections + id.get()) as usize - 1,
                }
            };
            if let Some(example) = examples.get_mut(slot) {
                *example = Some(id);
            }
            slot_of.push(u32::try_from(slot).unwrap_or(u32::MAX));
        }
        Self { slot_of, examples }
    }

    /// The answers for one viewer.
    pub fn answers(&self, walk: &Walk, person: PersonId) -> Vec<bool> {
        self.examples.iter().map(|item| item.is_some_and(|item| walk.may_view(person, item))).collect()
    }

    /// The look-up.
    pub fn may_view(&self, answers: &[bool], item: ItemId) -> bool {
        let slot = self.slot_of.get(item.get() as usize - 1);
        slot.and_then(|slot| answers.get(*slot as usize)).copied().unwrap_or(false)
    }
}
