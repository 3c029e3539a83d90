//! A few short texts, packed.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A few short texts in one piece of memory: labels, addresses. There are some to each of a million items.
///
/// ```
/// use kampus_core::content::Texts;
/// let labels: Texts = ["matkat", "ohjeet"].into_iter().collect();
/// assert_eq!(labels.first(), Some("matkat"));
/// assert!(labels.contains("ohjeet"));
/// ```
// Each text after its length in bytes, four bytes little-endian.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Texts(Box<[u8]>);

impl Texts {
    /// All of them in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            let (len, after) = rest.split_first_chunk()?;
            let len = usize::try_from(u32::from_le_bytes(*len)).ok()?;
            let (text, after) = after.split_at_checked(len)?;
            rest = after;
            std::str::from_utf8(text).ok()
        })
    }

    /// The first of them.
    pub fn first(&self) -> Option<&str> {
        self.iter().next()
    }

    /// Whether this is one of them.
    pub fn contains(&self, text: &str) -> bool {
        self.iter().any(|own| own == text)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each by itself.
    pub fn to_vec(&self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }
}

/// A text of 4 GiB or more is left out: no label and no address is one.
impl<S: AsRef<str>> FromIterator<S> for Texts {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut packed = Vec::new();
        for text in texts {
            let text = text.as_ref();
            let Ok(len) = u32::try_from(text.len()) else { continue };
            packed.extend_from_slice(&len.to_le_bytes());
            packed.extend_from_slice(text.as_bytes());
        }
        Self(packed.into())
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<String>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_are_as_they_were(texts: Vec<String>) {
            let packed: Texts = texts.iter().collect();
            prop_assert_eq!(packed.to_vec(), texts.clone());
            prop_assert_eq!(packed.is_empty(), texts.is_empty());
            let json = serde_json::to_string(&packed).unwrap();
            prop_assert_eq!(&json, &serde_json::to_string(&texts).unwrap());
            prop_assert_eq!(serde_json::from_str::<Texts>(&json).unwrap(), packed);
        }
    }
}
