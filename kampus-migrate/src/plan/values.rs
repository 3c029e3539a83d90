//! What the words of an export mean: `Poistetaan` is `discard`.

use std::collections::BTreeMap;

use crate::inventory::Verdict;
use crate::record::{LegacyStatus, PageKind};

/// What a word of a decision, kind or status column stands for. One list serves all three columns, because no
/// word of ours belongs to two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// In a column of decisions.
    Decision(Verdict),
    /// In a column of kinds.
    Kind(PageKind),
    /// In a column of publication states.
    Status(LegacyStatus),
}

/// Our words with what they mean.
pub const MEANINGS: [(&str, Meaning); 15] = [
    ("keep", Meaning::Decision(Verdict::Keep)),
    ("merge", Meaning::Decision(Verdict::Merge)),
    ("discard", Meaning::Decision(Verdict::Discard)),
    ("page", Meaning::Kind(PageKind::Page)),
    ("news", Meaning::Kind(PageKind::News)),
    ("service", Meaning::Kind(PageKind::Service)),
    ("discussion", Meaning::Kind(PageKind::Discussion)),
    ("published", Meaning::Status(LegacyStatus::Published)),
    ("draft", Meaning::Status(LegacyStatus::Draft)),
    ("pending", Meaning::Status(LegacyStatus::Pending)),
    ("scheduled", Meaning::Status(LegacyStatus::Scheduled)),
    ("private", Meaning::Status(LegacyStatus::Private)),
    ("password", Meaning::Status(LegacyStatus::Password)),
    ("archived", Meaning::Status(LegacyStatus::Archived)),
    ("trash", Meaning::Status(LegacyStatus::Trash)),
];

/// The words that a plan explains, on top of those that are known anyway.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values(BTreeMap<String, Meaning>);

impl Values {
    /// Adds a word of the export; the last one of equal words counts.
    pub fn insert(&mut self, word: &str, meaning: Meaning) {
        self.0.insert(fold(word), meaning);
    }

    /// What a word in a column of decisions means; common words in three languages need no plan.
    pub fn decision(&self, word: &str) -> Option<Verdict> {
        match self.0.get(&fold(word)) {
            Some(Meaning::Decision(verdict)) => Some(*verdict),
            _ => Verdict::from_word(word),
        }
    }

    /// What the plan says that a word in a column of kinds means.
    pub fn kind(&self, word: &str) -> Option<PageKind> {
        match self.0.get(&fold(word)) {
            Some(Meaning::Kind(kind)) => Some(*kind),
            _ => None,
        }
    }

    /// What the plan says that a word in a column of publication states means.
    pub fn status(&self, word: &str) -> Option<LegacyStatus> {
        match self.0.get(&fold(word)) {
            Some(Meaning::Status(status)) => Some(*status),
            _ => None,
        }
    }

    /// All words of the plan, in lower case, with what they mean.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Meaning)> {
        self.0.iter().map(|(word, meaning)| (word.as_str(), *meaning))
    }
}

/// Words are compared without case and surrounding blanks.
fn fold(word: &str) -> String {
    word.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plans_words_come_before_the_common_ones() {
        let mut values = Values::default();
        values.insert("Poistetaan", Meaning::Decision(Verdict::Keep));
        assert_eq!(values.decision(" poistetaan "), Some(Verdict::Keep));
        assert_eq!(values.decision("yhdistetään"), Some(Verdict::Merge));
        assert_eq!(values.kind("poistetaan"), None);
    }
}
