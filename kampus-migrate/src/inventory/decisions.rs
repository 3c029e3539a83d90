//! What content owners decided.

use std::collections::BTreeMap;

use super::verdict::Verdict;

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
}

impl Decision {
    /// The decision without its details.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Keep => Verdict::Keep,
            Self::Merge { .. } => Verdict::Merge,
            Self::Discard { .. } => Verdict::Discard,
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

    /// On how many pages there is a word.
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// Whether there is no word on any page.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
