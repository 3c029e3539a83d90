//! What content owners decided.

use std::collections::BTreeMap;

use super::fault::{CellFault, CellProblem, InventoryError};
use super::verdict::Verdict;
use crate::plan::{CheckedPlan, Target, closest};

/// What is to become of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It moves.
    Keep,
    /// Its text goes into another page, its addresses lead there.
    Merge {
        /// The other page's old address, or its id in the same source.
        into: String,
    },
    /// It stays behind.
    Discard {
        /// Why, where the owner said.
        reason: Option<String>,
    },
    /// It goes to a target of the plan, whatever a rule says.
    Move {
        /// The target's id or title.
        to: String,
    },
}

impl Decision {
    /// The decision without its details.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Keep => Verdict::Keep,
            Self::Merge { .. } => Verdict::Merge,
            Self::Discard { .. } => Verdict::Discard,
            Self::Move { .. } => Verdict::Move,
        }
    }
}

/// What stands in the decision columns of a page's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The decision; none when the owner left it open.
    pub decision: Option<Decision>,
    /// Who is to own the page from now on, as written: an e-mail address or a name.
    pub owner: Option<String>,
    /// Where it stands, for messages: `inventory.xlsx, Sivut!N12`.
    pub place: String,
}

/// The decisions on pages, by source and by the source's id of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions(BTreeMap<String, BTreeMap<String, Decided>>);

impl Decisions {
    /// What was decided on a page; nothing when its row has no word on it, or it has no row.
    pub fn get(&self, source: &str, id: &str) -> Option<&Decided> {
        self.0.get(source)?.get(id)
    }

    /// Notes what was decided on a page, in place of what was noted before, which is handed back.
    pub fn insert(&mut self, source: &str, id: &str, decided: Decided) -> Option<Decided> {
        self.0.entry(source.to_owned()).or_default().insert(id.to_owned(), decided)
    }

    /// All pages on which there is a word: source, id and the word.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &Decided)> {
        self.0.iter().flat_map(|(source, pages)| {
            pages.iter().map(move |(id, decided)| (source.as_str(), id.as_str(), decided))
        })
    }

    /// Looks whether the plan has all targets that pages are to move to. Every cell that names another is in the error.
    pub fn check(&self, plan: &CheckedPlan) -> Result<(), InventoryError> {
        let mut faults = Vec::new();
        for (_, _, decided) in self.iter() {
            let Some(Decision::Move { to }) = &decided.decision else { continue };
            if plan.target_called(to).is_some() {
                continue;
            }
            // Two that are called that are told apart by their ids.
            let called = plan.targets().iter().find(|target| target.is_called(to));
            let meant = match called {
                Some(target) => Some(format!("{to} ({})", target.id)),
                None => closest(to, plan.targets().iter().flat_map(Target::words)).map(str::to_owned),
            };
            let problem = CellProblem::UnknownTarget { word: to.clone(), meant };
            faults.push(CellFault { place: decided.place.clone(), problem });
        }
        if faults.is_empty() { Ok(()) } else { Err(InventoryError::Cells(faults)) }
    }

    /// On how many pages there is a word.
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// Whether there is no word on any page.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
