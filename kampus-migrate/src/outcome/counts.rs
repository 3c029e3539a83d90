//! How many records became what.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

/// How many records were read, and what became of them. Each record that was read is counted exactly once
/// among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Records that the source holds, broken ones included.
    pub read: u64,
    /// Became something new.
    pub loaded: u64,
    /// Had been loaded before and were different now.
    pub updated: u64,
    /// Had been loaded before and were the same now.
    pub unchanged: u64,
    /// Went into something else by decision.
    pub merged: u64,
    /// Were left behind by decision, or are no content.
    pub discarded: u64,
    /// Could not be loaded; each has a [`Rejection`](super::Rejection).
    pub rejected: u64,
}

impl Counts {
    /// Whether every record that was read is accounted for.
    pub fn adds_up(&self) -> bool {
        self.read == self.accounted()
    }

    /// Records whose fate is known.
    pub fn accounted(&self) -> u64 {
        self.loaded + self.updated + self.unchanged + self.merged + self.discarded + self.rejected
    }

    /// Whether anything in the store is different because of these records.
    pub fn changed(&self) -> bool {
        self.loaded + self.updated + self.merged > 0
    }

    /// The counts with their names, in the order of reports; `read` comes first.
    pub fn named(&self) -> [(&'static str, u64); 7] {
        [
            ("read", self.read),
            ("loaded", self.loaded),
            ("updated", self.updated),
            ("unchanged", self.unchanged),
            ("merged", self.merged),
            ("discarded", self.discarded),
            ("rejected", self.rejected),
        ]
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.loaded += other.loaded;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.merged += other.merged;
        self.discarded += other.discarded;
        self.rejected += other.rejected;
    }
}

/// Counts, as a whole and for each kind of record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// All kinds together.
    #[serde(flatten)]
    pub counts: Counts,
    /// Kind (`page`, `news`, `file`, …) to its counts.
    pub by_kind: BTreeMap<String, Counts>,
}

impl Tally {
    /// Adds counts of one kind, to the kind and to the whole.
    pub fn add(&mut self, kind: &str, counts: Counts) {
        self.counts += counts;
        *self.by_kind.entry(kind.to_owned()).or_default() += counts;
    }

    /// Whether every record is accounted for, in each kind, and the kinds are the whole.
    pub fn adds_up(&self) -> bool {
        let mut sum = Counts::default();
        for counts in self.by_kind.values() {
            sum += *counts;
        }
        self.by_kind.values().all(Counts::adds_up) && sum == self.counts
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        for (kind, counts) in &other.by_kind {
            self.add(kind, *counts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_is_lost_shows_in_the_sum() {
        let mut counts = Counts { read: 3, loaded: 2, rejected: 1, ..Counts::default() };
        assert!(counts.adds_up());
        counts.read = 4;
        assert!(!counts.adds_up());
    }

    #[test]
    fn kinds_and_the_whole_agree() {
        let mut tally = Tally::default();
        tally.add("page", Counts { read: 2, loaded: 2, ..Counts::default() });
        tally.add("file", Counts { read: 1, merged: 1, ..Counts::default() });
        assert!(tally.adds_up());
        assert_eq!(tally.counts.read, 3);
        let mut total = tally.clone();
        total += &tally;
        assert_eq!(total.by_kind["page"].read, 4);
    }
}
