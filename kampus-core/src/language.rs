//! Content languages and texts that exist in some of them.

use std::collections::BTreeMap;
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

/// A value per language, at least none and at most one each.
///
/// Reading falls back visibly: [`Localised::best`] tells which language it found, so that a page can say
/// "available in Finnish only".
///
/// ```
/// use kampus_core::{Language, Localised};
/// let name = Localised::from([(Language::Fi, "Kampus-ohje"), (Language::Sv, "Anvisning")]);
/// assert_eq!(name.best(&[Language::En, Language::Sv]), Some((Language::Sv, &"Anvisning")));
/// assert_eq!(name.best(&[Language::En]), Some((Language::Fi, &"Kampus-ohje")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localised<T>(BTreeMap<Language, T>);

impl<T> Localised<T> {
    /// A value in one language.
    pub fn one(language: Language, value: T) -> Self {
        Self(BTreeMap::from([(language, value)]))
    }

    /// The value in exactly this language.
    pub fn get(&self, language: Language) -> Option<&T> {
        self.0.get(&language)
    }

    /// The value in the first of `order` that exists, else in the first language of [`Language::ALL`], with
    /// the language found; `None` only when there is no value at all.
    pub fn best(&self, order: &[Language]) -> Option<(Language, &T)> {
        order
            .iter()
            .copied()
            .chain(Language::ALL)
            .find_map(|language| self.0.get(&language).map(|value| (language, value)))
    }

    /// Puts a value in place of the one in that language.
    pub fn set(&mut self, language: Language, value: T) {
        self.0.insert(language, value);
    }

    /// All values with their languages, in the order of the language codes' declaration.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &T)> {
        self.0.iter().map(|(language, value)| (*language, value))
    }

    /// Whether there is no value in any language.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same languages with other values.
    pub fn map<U>(&self, mut f: impl FnMut(&T) -> U) -> Localised<U> {
        Localised(self.0.iter().map(|(language, value)| (*language, f(value))).collect())
    }
}

impl<T> Default for Localised<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T, const N: usize> From<[(Language, T); N]> for Localised<T> {
    fn from(values: [(Language, T); N]) -> Self {
        Self(BTreeMap::from(values))
    }
}

impl<T> FromIterator<(Language, T)> for Localised<T> {
    fn from_iter<I: IntoIterator<Item = (Language, T)>>(values: I) -> Self {
        Self(values.into_iter().collect())
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

    #[test]
    fn json_is_a_map_of_codes() {
        let text = Localised::from([(Language::Fi, "a")]);
        assert_eq!(serde_json::to_string(&text).unwrap(), r#"{"fi":"a"}"#);
    }
}
