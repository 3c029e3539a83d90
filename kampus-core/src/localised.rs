//! Texts, and other values, that exist in some of the content languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::language::Language;

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
// In the order of the languages. Most have one value, and there are several to each of a million items: no tree, and no
// room for what may never come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localised<T>(Vec<(Language, T)>);

impl<T> Localised<T> {
    /// A value in one language.
    pub fn one(language: Language, value: T) -> Self {
        Self(vec![(language, value)])
    }

    /// The value in exactly this language.
    pub fn get(&self, language: Language) -> Option<&T> {
        self.iter().find_map(|(own, value)| (own == language).then_some(value))
    }

    /// The value in the first of `order` that exists, else in the first language of [`Language::ALL`], with
    /// the language found; `None` only when there is no value at all.
    pub fn best(&self, order: &[Language]) -> Option<(Language, &T)> {
        order
            .iter()
            .copied()
            .chain(Language::ALL)
            .find_map(|language| self.get(language).map(|value| (language, value)))
    }

    /// Puts a value in place of the one in that language.
    pub fn set(&mut self, language: Language, value: T) {
        match self.0.binary_search_by_key(&language, |(own, _)| *own) {
            Ok(at) => {
                if let Some((_, old)) = self.0.get_mut(at) {
                    *old = value;
                }
            }
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (language, value));
            }
        }
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
        Localised(self.iter().map(|(language, value)| (language, f(value))).collect())
    }
}

impl<T> IntoIterator for Localised<T> {
    type Item = (Language, T);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> Default for Localised<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const N: usize> From<[(Language, T); N]> for Localised<T> {
    fn from(values: [(Language, T); N]) -> Self {
        values.into_iter().collect()
    }
}

/// Of two values in the same language the last one counts.
impl<T> FromIterator<(Language, T)> for Localised<T> {
    fn from_iter<I: IntoIterator<Item = (Language, T)>>(values: I) -> Self {
        let mut collected = Self::default();
        for (language, value) in values {
            collected.set(language, value);
        }
        collected
    }
}

impl<T: Serialize> Serialize for Localised<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Localised<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::<Language, T>::deserialize(deserializer).map(|values| values.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_the_order_of_languages() {
        let mut text = Localised::from([(Language::En, "c"), (Language::Fi, "a"), (Language::En, "d")]);
        text.set(Language::Sv, "b");
        assert_eq!(text.iter().map(|(_, value)| *value).collect::<Vec<_>>(), ["a", "b", "d"]);
        assert_eq!(text, Localised::from([(Language::Fi, "a"), (Language::Sv, "b"), (Language::En, "d")]));
    }

    #[test]
    fn json_is_a_map_of_codes() {
        let text = Localised::from([(Language::Sv, "b"), (Language::Fi, "a")]);
        let json = serde_json::to_string(&text).unwrap();
        assert_eq!(json, r#"{"fi":"a","sv":"b"}"#);
        assert_eq!(serde_json::from_str::<Localised<&str>>(&json).unwrap(), text);
    }
}
