//! What counts on a scope, added up, and what of it one person holds.

use jiff::Timestamp;

use super::given::{Code, Given, code_in, is_valid};
use super::masks::{Hold, NAMED, ROLE};
use super::people::Facts;
use crate::state::State;

/// Everything that counts on a scope: grants from all it inherits from, and what is built in.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// By principal, in order.
    pub(super) counts: Box<[Counting]>,
    /// What all staff hold (rule 6).
    pub(super) staff: Hold,
    /// What administrators hold (rule 11).
    pub(super) administrators: Hold,
    /// What kind of place it is.
    pub(super) place: Hold,
    /// Grants on the workspace that it is in, inherited or not: those that name a guest invite them (rule 9).
    pub(super) invitations: Box<[Given]>,
}

/// A role that counts on a scope.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counting {
    pub(super) code: Code,
    /// The grant; what is built in has none and is always valid.
    pub(super) given: Option<Given>,
    /// The role, and whether it is one by name.
    pub(super) hold: Hold,
}

/// What somebody with these codes holds, both in order.
pub(super) fn meet(state: &State, sum: &Sum, codes: &[Code], facts: Facts, at: Timestamp) -> Option<Hold> {
    let mut hold: Hold = 0;
    let mut mine = codes;
    for counting in &sum.counts {
        while let [first, rest @ ..] = mine {
            if *first >= counting.code {
                break;
            }
            mine = rest;
        }
        let is_mine = mine.first() == Some(&counting.code);
        let adds = counting.hold & ROLE > hold & ROLE || counting.hold & NAMED > hold & NAMED;
        if is_mine && adds && counting.given.is_none_or(|given| is_valid(state, &given, at)) {
            hold = (hold & ROLE).max(counting.hold & ROLE) | (hold | counting.hold) & NAMED;
        }
    }
    let built_in = if facts.is_guest() {
        let own = codes.first();
        let invited =
            sum.invitations.iter().any(|given| Some(&code_in(given)) == own && is_valid(state, given, at));
        if !invited {
            return None;
        }
        0
    } else if facts.is_administrator() {
        sum.staff.max(sum.administrators)
    } else {
        sum.staff
    };
    Some((hold & ROLE).max(built_in) | hold & NAMED | sum.place)
}
