//! Content languages.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of content. Codes are BCP 47: `se` is Northern Sámi.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// English.
    En,
    /// Northern Sámi.
    Se,
}

impl Language {
    /// All languages in the order in which a text is offered to somebody who understands none of those it has.
    pub const ALL: [Self; 4] = [Self::Fi, Self::Sv, Self::En, Self::Se];

    /// The BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
            Self::Se => "se",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language tag that is none of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of the languages fi, sv, en, se")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a BCP 47 tag; region and script are passed over, so `sv-FI` and `sv_FI` are Swedish.
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|language| language.code() == primary)
            .ok_or_else(|| UnknownLanguage(tag.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_does_not_change_the_language() {
        assert_eq!("sv-FI".parse(), Ok(Language::Sv));
        assert_eq!("EN_gb".parse(), Ok(Language::En));
        assert!("de".parse::<Language>().is_err());
    }
}
