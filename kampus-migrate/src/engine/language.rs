//! Which language a page is in: what its export says, else what its text tells, else what the plan assumes.

mod words;

use std::sync::LazyLock;

use kampus_core::Language;
use whatlang::{Detector, Lang};

use super::versions::marked;
use crate::outcome::LanguageFrom;
use crate::plan::Source;
use crate::record::LegacyPage;

/// How much text is looked at, in bytes: more makes no answer better.
const TEXT: usize = 600;
/// How much markup is looked through for it, in bytes.
const MARKUP: usize = 8_000;
/// Fewer letters than these tell too little.
const LETTERS: usize = 40;

/// The language of a page, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) language: Language,
    pub(super) from: LanguageFrom,
    /// What the export says, when that is no language of ours.
    pub(super) unknown: Option<String>,
}

/// The language of a page.
pub(super) fn of(page: &LegacyPage, source: &Source) -> Spoken {
    let spoken = |language, from| Spoken { language, from, unknown: None };
    match given(page) {
        Some(Ok(language)) => spoken(language, LanguageFrom::Given),
        // A page in another language is not one of ours by what its text is like.
        Some(Err(unknown)) => {
            Spoken { unknown: Some(unknown), ..spoken(source.language, LanguageFrom::Assumed) }
        }
        None => match (detect(&sample(page)), marked(page, source.versions.as_ref())) {
            // A page at a Swedish address is often still in Finnish: the text knows better.
            (Some(language), _) => spoken(language, LanguageFrom::Detected),
            (None, Some(language)) => spoken(language, LanguageFrom::Given),
            (None, None) => spoken(source.language, LanguageFrom::Assumed),
        },
    }
}

/// What an export says: in its own field, or as plug-ins for languages do, in a label or in metadata.
fn given(page: &LegacyPage) -> Option<Result<Language, String>> {
    let label = || page.labels.iter().find_map(|label| label.strip_prefix("language/"));
    let meta = || page.extra.get("_wpml_import_language_code").map(String::as_str);
    let word = page.language.as_deref().or_else(label).or_else(meta)?.trim();
    (!word.is_empty()).then(|| called(word).ok_or_else(|| word.to_owned()))
}

/// The language that a tag or a name means.
pub(super) fn called(word: &str) -> Option<Language> {
    if let Ok(language) = word.parse() {
        return Some(language);
    }
    match word.trim().to_lowercase().as_str() {
        "suomi" | "suomeksi" | "finnish" | "finska" | "fin" => Some(Language::Fi),
        "svenska" | "på svenska" | "ruotsi" | "ruotsiksi" | "swedish" | "swe" => Some(Language::Sv),
        "english" | "in english" | "englanti" | "englanniksi" | "engelska" | "eng" => Some(Language::En),
        "davvisámegiella" | "sámegiella" | "pohjoissaame" | "saame" | "nordsamiska" | "northern sami"
        | "northern sámi" | "sme" => Some(Language::Se),
        _ => None,
    }
}

/// The language of a text: Finnish, Swedish or English, or nothing that can be told.
///
/// It is asked for among its neighbours too: among our three alone, every text in any language would be one of them.
fn detect(text: &str) -> Option<Language> {
    static KNOWN: LazyLock<Detector> = LazyLock::new(|| {
        Detector::with_allowlist(vec![
            Lang::Fin,
            Lang::Swe,
            Lang::Eng,
            Lang::Est,
            Lang::Dan,
            Lang::Nob,
            Lang::Deu,
            Lang::Nld,
            Lang::Fra,
            Lang::Spa,
            Lang::Por,
            Lang::Ita,
            Lang::Pol,
            Lang::Lav,
            Lang::Lit,
            Lang::Rus,
        ])
    });
    if text.chars().filter(|c| c.is_alphabetic()).count() < LETTERS || is_sami(text) {
        return None;
    }
    words::told(text).or_else(|| match KNOWN.detect(text)?.lang() {
        Lang::Fin => Some(Language::Fi),
        Lang::Swe => Some(Language::Sv),
        Lang::Eng => Some(Language::En),
        _ => None,
    })
}

/// Northern Sámi is not among the languages that can be detected, and looks Finnish to whoever does not know it; these
/// letters stand in none of the others.
fn is_sami(text: &str) -> bool {
    text.chars().filter(|c| matches!(c, 'đ' | 'ŋ' | 'ŧ' | 'Đ' | 'Ŋ' | 'Ŧ')).count() >= 2
}

/// The words with which a page begins, without markup, addresses and numbers.
fn sample(page: &LegacyPage) -> String {
    let mut text = String::new();
    for part in [&page.title, &page.lead, &page.body] {
        let end = (0..=MARKUP.min(part.len())).rev().find(|at| part.is_char_boundary(*at)).unwrap_or(0);
        // Some of the words are left out.
        let plain = plain(part.get(..end).unwrap_or_default(), 2 * TEXT);
        let words = plain.split_whitespace();
        for word in words.filter(|word| !word.contains(['@', '/', '\\']) && !word.contains(char::is_numeric))
        {
            if text.len() >= TEXT {
                return text;
            }
            text.push_str(word);
            text.push(' ');
        }
    }
    text
}

/// The text of some markup, well enough to tell its language: tags, comments, shortcodes, scripts and styles go. About
/// so many bytes of it.
fn plain(markup: &str, enough: usize) -> String {
    let mut text = String::new();
    let mut rest = markup;
    while let Some(at) = rest.find(['<', '[', '&']) {
        if text.len() >= enough {
            return text;
        }
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        rest = if let Some((replacement, after)) = skipped(from) {
            text.push(replacement);
            after
        } else {
            let mut chars = from.chars();
            text.extend(chars.next());
            chars.as_str()
        };
    }
    text.push_str(rest);
    text
}

/// What stands in place of the markup with which a text begins, and what comes after that; nothing when it is text.
fn skipped(from: &str) -> Option<(char, &str)> {
    let after = |end: &str| from.split_once(end).map_or("", |(_, after)| after);
    let second = from.chars().nth(1)?;
    match from.chars().next()? {
        '<' if from.starts_with("<!--") => Some((' ', after("-->"))),
        '<' if second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?') => {
            let begins =
                |name: &str| from.get(1..=name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
            match ["script", "style"].into_iter().find(|name| begins(name)) {
                // Up to the closing tag, of which the name is left over; a script never ends in text.
                Some(name) => Some((' ', after(&format!("</{name}")))),
                None => Some((' ', after(">"))),
            }
        }
        '[' if second.is_ascii_alphabetic() || second == '/' => {
            let (shortcode, after) = from.split_once(']')?;
            (!shortcode.contains('\n')).then_some((' ', after))
        }
        '&' => {
            let (name, after) = from.get(1..)?.split_once(';').filter(|(name, _)| name.len() <= 8)?;
            Some((letter(name), after))
        }
        _ => None,
    }
}

/// The letter that a reference stands for; a blank for what is none of ours.
fn letter(name: &str) -> char {
    match name {
        "auml" => 'ä',
        "ouml" => 'ö',
        "aring" => 'å',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Aring" => 'Å',
        "eacute" => 'é',
        _ => {
            let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            });
            number.and_then(char::from_u32).filter(|c| c.is_alphabetic()).unwrap_or(' ')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_language() {
        for (language, text) in [
            (Language::Fi, "Virkamatkasta laaditaan matkasuunnitelma ennen matkaa ja lasku sen jälkeen."),
            (Language::Sv, "Innan tjänsteresan görs en reseplan upp, och efter resan lämnas en reseräkning."),
            (Language::En, "A travel plan is made before the journey and the claim is sent in afterwards."),
        ] {
            assert_eq!(detect(text), Some(language), "{text}");
        }
    }

    #[test]
    fn a_text_in_another_language_is_none_of_ours() {
        for text in [
            "Vor der Dienstreise wird ein Reiseplan aufgestellt und danach eine Abrechnung eingereicht.",
            "Enne lähetust koostatakse reisiplaan ning pärast reisi esitatakse kuluaruanne raamatupidamisele.",
            "Før tjenestereisen settes det opp en reiseplan, og etterpå leveres en reiseregning til økonomi.",
            "Перед командировкой составляется план поездки, а после неё подаётся отчёт о расходах.",
            "Buot olbmot leat riegádan friddjan ja olmmošvuoigatvuođaid dáfus dásseárvosažžan, vieljalaš vuoiŋŋain.",
        ] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn a_few_words_tell_nothing() {
        assert_eq!(detect("Ohjeet matkustajalle"), None);
        assert_eq!(detect(""), None);
        assert_eq!(detect("12.3.2017 – 14.4.2018 (300 €) 1234567890 1234567890 1234567890 1234567890"), None);
    }

    #[test]
    fn markup_is_no_text() {
        let markup = "<style>p { color: red }</style><!-- wp:paragraph --><p class=\"the language of\">P&auml;iv&#228;n \
                      [gallery ids=\"1\"]ty&#xF6; <script>if (a < b) { document.write('the') }</script>a < b [1] &amp; c";
        let words: Vec<String> = plain(markup, usize::MAX).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words.join(" "), "> Päivän työ >a < b [1] c");
    }

    #[test]
    fn a_name_of_a_language_is_as_good_as_its_tag() {
        assert_eq!(called("Svenska"), Some(Language::Sv));
        assert_eq!(called("sv-FI"), Some(Language::Sv));
        assert_eq!(called("saksa"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_markup_makes_looking_for_words_fail(markup in "([<>&;\\[\\]/!-]|script|style|&auml|[a-zä]|\\PC){0,80}") {
            let plain = plain(&markup, usize::MAX);
            proptest::prop_assert!(plain.len() <= markup.len() * 2 + 4);
            detect(&plain);
        }
    }
}
