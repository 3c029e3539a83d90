//! Chance that is the same each time.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What chance is asked about. Each purpose and number has dice of its own, so that a page can be made without those
/// before it, and what changes of it leaves the rest as it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    /// What a page is.
    Facts,
    /// Its text.
    Text,
    /// Its text after somebody changed it.
    NewText,
    /// The line before it.
    Lead,
    /// What others say of it.
    Comments,
    /// What becomes of it between two exports.
    Fate,
    /// What an inventory says of it.
    Inventory,
    /// A person.
    Person,
}

/// Dice.
#[derive(Debug, Clone)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of one thing. `site` keeps the sites of one seed apart.
    pub(super) fn new(seed: u64, site: &str, purpose: Purpose, number: u32) -> Self {
        // FNV-1a: only has to tell a dozen codes apart, on every machine in the same way.
        let code = site.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ code);
        rng.set_stream(u64::from(number) * 8 + purpose as u64);
        Self(rng)
    }

    /// A number from 0 to less than `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        if end == 0 { 0 } else { self.0.random_range(0..end) }
    }

    /// A number from `first` to `last`.
    pub(super) fn between(&mut self, first: u32, last: u32) -> u32 {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// Happens in that many of a thousand cases.
    pub(super) fn per_mille(&mut self, share: u32) -> bool {
        self.below(1_000) < share
    }

    /// One of these.
    pub(super) fn one_of<T: Copy + Default>(&mut self, all: &[T]) -> T {
        let index = self.below(u32::try_from(all.len()).unwrap_or(u32::MAX));
        all.get(index as usize).copied().unwrap_or_default()
    }

    /// One of these, as often as the number beside it says.
    pub(super) fn weighed<T: Copy>(&mut self, all: &[(T, u32)]) -> Option<T> {
        let mut left = self.below(all.iter().map(|(_, weight)| weight).sum());
        all.iter()
            .find(|(_, weight)| {
                let hit = left < *weight;
                left = left.saturating_sub(*weight);
                hit
            })
            .map(|(one, _)| *one)
    }

    /// A size in bytes, spread as sizes of pages are.
    pub(super) fn size(&mut self) -> usize {
        let steps = u32::try_from(SIZES.len() - 1).unwrap_or(u32::MAX);
        let (step, within) = (self.below(steps) as usize, self.below(1_000));
        let at = |step: usize| SIZES.get(step).copied().unwrap_or_default();
        let (from, to) = (at(step), at(step + 1));
        (from + (to - from) * within / 1_000) as usize
    }
}

/// Sizes of bodies at every fortieth of the pages: a log-normal distribution with a mean of 3.7 kB and σ = 1, as a
/// table so that no machine's arithmetic matters. Between those of the sample of the Ministry of the Environment
/// (σ = 0.8) and of WordPress' own theme unit test data (σ = 1.9, which goes to extremes on purpose).
const SIZES: [u32; 41] = [
    120, 320, 430, 530, 620, 710, 800, 880, 970, 1_050, 1_140, 1_230, 1_330, 1_430, 1_530, 1_630, 1_740,
    1_860, 1_980, 2_110, 2_240, 2_390, 2_540, 2_710, 2_890, 3_090, 3_300, 3_530, 3_790, 4_080, 4_410, 4_780,
    5_210, 5_710, 6_330, 7_090, 8_080, 9_470, 11_620, 15_930, 34_000,
];
