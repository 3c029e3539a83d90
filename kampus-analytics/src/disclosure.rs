//! Disclosure control: no figure about fewer than *k* people leaves, neither by itself nor by subtraction.
//!
//! *k* is 5 by default and never below 3. A cell about fewer people is hidden ([`HiddenReason::Small`]), zero
//! included, because "nobody" is about somebody too. Where a table has a total, what is hidden in it must not be the
//! total less what is shown: further cells are hidden ([`HiddenReason::Complementary`]) until at least two are, and
//! they are about at least *k* people together; if there are none left to hide, the total goes.

use crate::table::{Cell, HiddenReason};

/// The least number of people that a figure may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinGroup(u32);

/// A least group that would protect nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a least group of {0} protects nobody: at least {floor}", floor = MinGroup::FLOOR)]
pub struct TooSmall(pub u32);

impl MinGroup {
    /// What is usual, here and elsewhere.
    pub const DEFAULT: Self = Self(5);
    /// Below this a member of the group could work out the others.
    pub const FLOOR: u32 = 3;

    /// A least group of `k` people.
    pub fn new(k: u32) -> Result<Self, TooSmall> {
        if k < Self::FLOOR { Err(TooSmall(k)) } else { Ok(Self(k)) }
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }

    /// Whether a figure may be about so many people.
    pub fn admits(self, people: u64) -> bool {
        people >= u64::from(self.0)
    }

    /// A figure about so many people, as a cell.
    pub fn cell(self, people: u64, figure: f64) -> Cell {
        if self.admits(people) { Cell::Number(figure) } else { Cell::Hidden(HiddenReason::Small) }
    }
}

/// Which parts of a total may be shown, and whether the total may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// For each part, why it is hidden, if it is.
    pub parts: Vec<Option<HiddenReason>>,
    /// Why the total is hidden, if it is.
    pub total: Option<HiddenReason>,
}

/// Decides what may be shown of numbers of people that add up to a published total.
pub fn suppress(parts: &[u64], k: MinGroup) -> Suppression {
    let mut hidden: Vec<Option<HiddenReason>> =
        parts.iter().map(|people| (!k.admits(*people)).then_some(HiddenReason::Small)).collect();
    let total: u64 = parts.iter().sum();
    let mut by_size: Vec<(u64, usize)> = parts.iter().copied().zip(0..).collect();
    by_size.sort_unstable();
    let mut next = by_size.into_iter().map(|(_, index)| index);
    let mut total_hidden = (!k.admits(total)).then_some(HiddenReason::Small);
    while total_hidden.is_none() && gives_away(parts, &hidden, k) {
        let candidate = next.find(|index| hidden.get(*index).is_some_and(Option::is_none));
        match candidate.and_then(|index| hidden.get_mut(index)) {
            Some(part) => *part = Some(HiddenReason::Complementary),
            None => total_hidden = Some(HiddenReason::Complementary),
        }
    }
    Suppression { parts: hidden, total: total_hidden }
}

/// Whether the total less what is shown is about one part, or about too few people.
fn gives_away(parts: &[u64], hidden: &[Option<HiddenReason>], k: MinGroup) -> bool {
    let unseen: Vec<u64> =
        parts.iter().zip(hidden).filter(|(_, reason)| reason.is_some()).map(|(people, _)| *people).collect();
    match unseen.len() {
        0 => false,
        1 => true,
        _ => !k.admits(unseen.iter().sum()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_single_hidden_part_takes_the_next_smallest_with_it() {
        let decided = suppress(&[40, 3, 12, 90], MinGroup::DEFAULT);
        assert_eq!(decided.parts, [None, Some(HiddenReason::Small), Some(HiddenReason::Complementary), None]);
        assert_eq!(decided.total, None);
    }

    #[test]
    fn nothing_small_hides_nothing() {
        assert_eq!(suppress(&[5, 6], MinGroup::DEFAULT).parts, [None, None]);
    }

    #[test]
    fn a_total_goes_when_nothing_else_can() {
        assert_eq!(suppress(&[2], MinGroup::DEFAULT).total, Some(HiddenReason::Small));
        assert_eq!(MinGroup::new(2), Err(TooSmall(2)));
    }

    proptest! {
        /// The attack: total less shown parts must leave either nothing hidden, or at least two parts about at least
        /// k people together. And no part about fewer than k people is shown.
        #[test]
        fn subtraction_never_tells_about_fewer_than_k(
            parts in prop::collection::vec(0u64..40, 0..12),
            k in 3u32..12,
        ) {
            let k = MinGroup::new(k).unwrap();
            let decided = suppress(&parts, k);
            let shown = parts.iter().zip(&decided.parts).filter(|(_, hidden)| hidden.is_none());
            for (people, _) in shown.clone() {
                prop_assert!(k.admits(*people));
            }
            let hidden = decided.parts.iter().filter(|part| part.is_some()).count();
            if decided.total.is_none() {
                let rest = parts.iter().sum::<u64>() - shown.map(|(people, _)| people).sum::<u64>();
                prop_assert!(hidden == 0 || (hidden >= 2 && k.admits(rest)));
            }
        }
    }
}
