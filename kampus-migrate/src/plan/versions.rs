//! How the versions of one page in several languages are told to belong together.

use std::collections::BTreeMap;

use kampus_core::Language;

use super::fault::{Fault, FaultKind};
use super::suggest::{closest, one_of};
use super::table::{Table, text_of, word_of};
use super::words::LANGUAGES;

const KEYS: [&str; 3] = ["by", "markers", "languages"];

/// Where the language stands in a marker.
const PLACE: &str = "{language}";

/// How versions of a page are recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// By what.
    pub by: By,
    /// What words in addresses mean: `3` is Swedish. Codes and names of languages need none.
    pub languages: BTreeMap<String, Language>,
}

/// By what versions are recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// By nothing: each page is an item of its own.
    Nothing,
    /// By a label of this domain that they share, as Polylang's `post_translations`.
    Label(String),
    /// By metadata of this name whose value they share, as WPML's `_wpml_import_translation_group`.
    Meta(String),
    /// By the field `translation_of` of a list of pages: the original's id or address.
    Column,
    /// By addresses that are the same but for these markers of languages.
    Path(Vec<Marker>),
}

/// A part of an address that tells the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marker {
    /// `/{language}/`: a part of the path, after these parts.
    Part(String),
    /// `?lang={language}`: a value of the query.
    Query(String),
    /// `-{language}`: the end of the path, after this text.
    End(String),
}

impl Versions {
    /// Markers that are usual.
    fn usual() -> Vec<Marker> {
        vec![Marker::Part("/".to_owned()), Marker::Query("lang".to_owned()), Marker::End("-".to_owned())]
    }
}

impl Marker {
    fn parse(text: &str) -> Option<Self> {
        let (before, after) = text.split_once(PLACE)?;
        match after {
            "/" if before.starts_with('/') && before.ends_with('/') => Some(Self::Part(before.to_owned())),
            "" => match before.strip_prefix(['?', '&']) {
                Some(name) => {
                    let name =
                        name.strip_suffix('=').filter(|name| !name.is_empty() && !name.contains('='))?;
                    Some(Self::Query(name.to_owned()))
                }
                None => (!before.is_empty() && !before.contains('/')).then(|| Self::End(before.to_owned())),
            },
            _ => None,
        }
    }
}

/// Reads `[versions]` or `[source.versions]`.
pub(super) fn read(table: &Table<'_>, name: &'static str, faults: &mut Vec<Fault>) -> Option<Versions> {
    let table = table.table("versions", name, faults)?;
    table.check_keys(&KEYS, faults);
    let by = table.required("by", faults);
    let markers = table.texts("markers", faults);
    let by = match by.value.split_once(':') {
        Some(("label", domain)) if !domain.trim().is_empty() => By::Label(domain.trim().to_owned()),
        Some(("meta", key)) if !key.trim().is_empty() => By::Meta(key.trim().to_owned()),
        None if by.value == "column" => By::Column,
        None if by.value == "none" => By::Nothing,
        None if by.value == "path" => {
            let mut read = Vec::new();
            for marker in &markers {
                match Marker::parse(&marker.value) {
                    Some(marker) => read.push(marker),
                    None => faults.push(
                        Fault::new(FaultKind::BadMarker(marker.value.clone()), marker.span.clone()).help(
                            format!(
                                "markers are like {}",
                                one_of(&["/{language}/", "?lang={language}", "-{language}"])
                            ),
                        ),
                    ),
                }
            }
            By::Path(if markers.is_empty() { Versions::usual() } else { read })
        }
        // What is not there at all has been told of.
        _ if by.value.is_empty() => return None,
        _ => {
            let words = vec!["label:DOMAIN", "meta:KEY", "column", "path", "none"];
            let meant = closest(&by.value, words.iter().copied());
            let word = by.value.clone();
            let kind = FaultKind::UnknownWord { key: "way to tell versions".to_owned(), word, words };
            faults.push(Fault::new(kind, by.span.clone()).meant(meant));
            return None;
        }
    };
    if let (Some(marker), false) = (markers.first(), matches!(by, By::Path(_))) {
        let kind = FaultKind::NotFor { of: "what is not told by path", key: "markers" };
        faults.push(Fault::new(kind, marker.span.clone()));
    }
    Some(Versions { by, languages: read_languages(&table, faults) })
}

fn read_languages(table: &Table<'_>, faults: &mut Vec<Fault>) -> BTreeMap<String, Language> {
    let Some(words) = table.table("languages", "the table `languages`", faults) else {
        return BTreeMap::new();
    };
    let mut languages = BTreeMap::new();
    for (key, value) in words.entries() {
        let Some(code) = text_of(key.value, value, faults) else { continue };
        if let Some(language) = word_of("language", &code, &LANGUAGES, faults) {
            languages.insert(key.value.trim().to_lowercase(), language.value);
        }
    }
    languages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_says_where_the_language_stands() {
        assert_eq!(Marker::parse("/{language}/"), Some(Marker::Part("/".to_owned())));
        assert_eq!(Marker::parse("/intra/{language}/"), Some(Marker::Part("/intra/".to_owned())));
        assert_eq!(Marker::parse("?contentlan={language}"), Some(Marker::Query("contentlan".to_owned())));
        assert_eq!(Marker::parse("_{language}"), Some(Marker::End("_".to_owned())));
        for none in ["", "sv", "{language}", "{language}/", "?={language}", "/{language}", "-{language}.html"]
        {
            assert_eq!(Marker::parse(none), None, "{none}");
        }
    }
}
