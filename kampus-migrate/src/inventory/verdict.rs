//! The words that content owners choose from.

use kampus_core::Language;
use serde::{Deserialize, Serialize};

/// What is to become of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It moves.
    Keep,
    /// Its text goes into another page, its addresses lead there.
    Merge,
    /// It stays behind.
    Discard,
    /// It moves, to a target of the plan.
    Move,
}

impl Verdict {
    /// All of them, in the order of drop-downs.
    pub const ALL: [Self; 4] = [Self::Keep, Self::Merge, Self::Discard, Self::Move];

    /// The word that a workbook in a language shows. Northern Sámi has no words of its own here and shows
    /// Finnish ones.
    pub fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Keep, Language::Fi | Language::Se) => "säilytetään",
            (Self::Merge, Language::Fi | Language::Se) => "yhdistetään",
            (Self::Discard, Language::Fi | Language::Se) => "poistetaan",
            (Self::Move, Language::Fi | Language::Se) => "siirretään muualle",
            (Self::Keep, Language::Sv) => "behålls",
            (Self::Merge, Language::Sv) => "slås ihop",
            (Self::Discard, Language::Sv) => "tas bort",
            (Self::Move, Language::Sv) => "flyttas annanstans",
            (Self::Keep, Language::En) => "keep",
            (Self::Merge, Language::En) => "merge",
            (Self::Discard, Language::En) => "discard",
            (Self::Move, Language::En) => "move",
        }
    }

    /// Reads a word in any of the languages, in the forms that people use.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "keep" | "kept" | "säilytetään" | "säilytä" | "säilyy" | "siirretään" | "behålls" | "behåll" => {
                Some(Self::Keep)
            }
            "merge" | "merged" | "yhdistetään" | "yhdistä" | "slås ihop" | "slå ihop" | "sammanslås" => {
                Some(Self::Merge)
            }
            "discard" | "discarded" | "delete" | "poistetaan" | "poista" | "hylätään" | "tas bort"
            | "ta bort" => Some(Self::Discard),
            // `siirretään` alone has always meant that the page moves with all others.
            "move"
            | "moved"
            | "siirretään muualle"
            | "siirrä muualle"
            | "flyttas annanstans"
            | "flytta annanstans" => Some(Self::Move),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_a_drop_down_is_read_back() {
        for verdict in Verdict::ALL {
            for language in Language::ALL {
                assert_eq!(Verdict::from_word(verdict.word(language)), Some(verdict));
            }
        }
    }
}
