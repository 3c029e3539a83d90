//! What a page says of the versions that it belongs to.

use kampus_core::Language;
use url::Url;

use super::super::{address, language};
use crate::plan::{By, Marker, Versions};
use crate::record::{LegacyPage, LegacyRecord};

/// What makes a page belong to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Claim {
    /// It belongs to all with this word.
    Group(String),
    /// It is a translation of the page that is called this, by id or address.
    Of(String),
    /// It is an original, or stands alone.
    Itself,
}

/// What a page claims; `None` when its source does not tell versions.
pub(super) fn of(page: &LegacyPage, versions: &Versions) -> Option<Claim> {
    let some = |word: &str| (!word.trim().is_empty()).then(|| Claim::Group(word.trim().to_owned()));
    match &versions.by {
        By::Nothing => None,
        By::Label(domain) => {
            let prefix = format!("{domain}/");
            page.labels.iter().find_map(|label| some(label.strip_prefix(&prefix)?))
        }
        By::Meta(key) => some(page.extra.get(key)?),
        By::Column => {
            let original = page.extra.get("translation_of").map(|original| original.trim());
            Some(
                original
                    .filter(|word| !word.is_empty())
                    .map_or(Claim::Itself, |word| Claim::Of(word.to_owned())),
            )
        }
        By::Path(markers) => {
            let url = address::absolute(page.addresses.first()?, None)?;
            let bare = markers.iter().find_map(|marker| taken(marker, &url, versions));
            some(&address::compared_url(bare.as_ref().map_or(&url, |(bare, _)| bare))?)
        }
    }
}

/// The language that a page's address tells, where versions are told by address.
pub(in super::super) fn marked(page: &LegacyPage, versions: Option<&Versions>) -> Option<Language> {
    let versions = versions?;
    let By::Path(markers) = &versions.by else { return None };
    let url = address::absolute(page.addresses.first()?, None)?;
    markers.iter().find_map(|marker| taken(marker, &url, versions)).map(|(_, language)| language)
}

/// The names by which a translation can call a record: its id, that without the word for its kind, its addresses.
pub(super) fn names(record: &LegacyRecord, page: &LegacyPage) -> Vec<String> {
    let bare = record.id.split_once(':').map(|(_, bare)| bare.to_owned());
    let addresses = page.addresses.iter().filter_map(|own| address::compared(own, None));
    [record.id.clone()].into_iter().chain(bare).chain(addresses).collect()
}

/// The forms in which such a name may stand in [`names`].
pub(super) fn forms(name: &str, base: Option<&str>) -> Vec<String> {
    [name.to_owned()].into_iter().chain(address::compared(name, base)).collect()
}

/// An address without its marker, and the language that the marker tells; `None` when it has none.
fn taken(marker: &Marker, url: &Url, versions: &Versions) -> Option<(Url, Language)> {
    let called =
        |word: &str| versions.languages.get(&word.to_lowercase()).copied().or_else(|| language::called(word));
    let mut bare = url.clone();
    let language = match marker {
        Marker::Part(before) => {
            let rest = url.path().strip_prefix(before.as_str())?;
            let (word, after) = rest.split_once('/').unwrap_or((rest, ""));
            let language = called(word)?;
            bare.set_path(&format!("{before}{after}"));
            language
        }
        Marker::Query(name) => {
            let (_, word) = url.query_pairs().find(|(key, _)| key == name.as_str())?;
            let language = called(&word)?;
            let others: Vec<&str> = url
                .query()?
                .split('&')
                .filter(|pair| pair.split('=').next() != Some(name.as_str()))
                .collect();
            bare.set_query((!others.is_empty()).then(|| others.join("&")).as_deref());
            language
        }
        Marker::End(before) => {
            let path = url.path().trim_end_matches('/');
            let (folder, last) = path.rsplit_once('/')?;
            // `ohje-sv`, or `ohje-sv.html`.
            let (stem, extension) = last
                .rsplit_once('.')
                .map_or((last, ""), |(stem, _)| (stem, last.get(stem.len()..).unwrap_or_default()));
            let cut = |text: &str| {
                let (rest, word) = text.rsplit_once(before.as_str())?;
                (!rest.is_empty()).then_some((rest.to_owned(), called(word)?))
            };
            let (rest, language, extension) = cut(last)
                .map(|(rest, language)| (rest, language, ""))
                .or_else(|| cut(stem).map(|(rest, language)| (rest, language, extension)))?;
            bare.set_path(&format!("{folder}/{rest}{extension}"));
            language
        }
    };
    Some((bare, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bare address and the code of the language, as one text.
    fn take(marker: &Marker, address: &str) -> Option<String> {
        let languages = [("3".to_owned(), Language::Sv)].into();
        let versions = Versions { by: By::Path(vec![marker.clone()]), languages };
        let (bare, language) = taken(marker, &Url::parse(address).unwrap(), &versions)?;
        Some(format!("{bare} {language}"))
    }

    #[test]
    fn a_part_of_the_path_tells_the_language() {
        let first = Marker::Part("/".to_owned());
        assert_eq!(take(&first, "https://a.fi/sv/ohje/").as_deref(), Some("https://a.fi/ohje/ sv"));
        assert_eq!(take(&first, "https://a.fi/en").as_deref(), Some("https://a.fi/ en"));
        assert_eq!(take(&first, "https://a.fi/ohje/sv/"), None);
        let second = Marker::Part("/intra/".to_owned());
        assert_eq!(take(&second, "https://a.fi/intra/fi/a").as_deref(), Some("https://a.fi/intra/a fi"));
    }

    #[test]
    fn a_value_of_the_query_tells_the_language() {
        let marker = Marker::Query("contentlan".to_owned());
        let asked = take(&marker, "https://a.fi/default.aspx?nodeid=44753&contentlan=3&culture=x");
        assert_eq!(asked.as_deref(), Some("https://a.fi/default.aspx?nodeid=44753&culture=x sv"));
        assert_eq!(take(&marker, "https://a.fi/?contentlan=fi").as_deref(), Some("https://a.fi/ fi"));
        assert_eq!(take(&marker, "https://a.fi/?contentlan=9"), None);
    }

    #[test]
    fn the_end_of_the_path_tells_the_language() {
        let marker = Marker::End("-".to_owned());
        assert_eq!(take(&marker, "https://a.fi/x/ohje-sv/").as_deref(), Some("https://a.fi/x/ohje sv"));
        assert_eq!(take(&marker, "https://a.fi/ohje-en.html").as_deref(), Some("https://a.fi/ohje.html en"));
        assert_eq!(take(&marker, "https://a.fi/-sv"), None);
        let dot = Marker::End(".".to_owned());
        assert_eq!(take(&dot, "https://a.fi/ohje.sv").as_deref(), Some("https://a.fi/ohje sv"));
    }
}
