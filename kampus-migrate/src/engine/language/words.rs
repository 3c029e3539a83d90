//! The small words that tell a language at a glance.
//!
//! Most texts are full of them, and counting them costs a hundredth of what it takes to weigh a text by its letters. They
//! answer only where there is no doubt; the rest is weighed.

use kampus_core::Language;

/// Fewer of them may be a quotation or a name.
const ENOUGH: usize = 3;

/// The language whose small words stand in a text, when those of no other do.
pub(super) fn told(text: &str) -> Option<Language> {
    let mut found = None;
    let mut count = 0;
    for word in text.split(|c: char| !c.is_alphabetic()) {
        match whose(word) {
            Whose::Nobodys => {}
            Whose::Foreign => return None,
            Whose::Ours(language) if found.is_none_or(|found| found == language) => {
                found = Some(language);
                count += 1;
            }
            Whose::Ours(_) => return None,
        }
    }
    found.filter(|_| count >= ENOUGH)
}

enum Whose {
    /// Of one of our languages, and of none of its neighbours.
    Ours(Language),
    /// Of a language that is none of ours.
    Foreign,
    /// No small word, or one of several languages.
    Nobodys,
}

fn whose(word: &str) -> Whose {
    match word {
        "että" | "joka" | "jotka" | "jonka" | "jossa" | "sekä" | "ovat" | "myös" | "kun" | "tai" | "jos"
        | "mutta" | "hän" | "tämä" | "tämän" | "mukaan" | "mukaisesti" | "kanssa" | "ennen" | "ilman"
        | "jotta" | "ellei" | "vaikka" | "koska" | "jälkeen" | "kuin" | "niin" | "vain" | "mennessä"
        | "kuluessa" | "aikana" | "välillä" | "tulee" | "pitää" | "siitä" | "näin" | "lisäksi"
        | "voidaan" | "kautta" | "kuten" => Whose::Ours(Language::Fi),
        "och" | "att" | "är" | "för" | "från" | "inte" | "till" | "också" | "även" | "ska" | "vid"
        | "mellan" | "enligt" | "utan" | "när" | "innan" | "samt" | "inom" | "eftersom" | "därför"
        | "något" | "några" => Whose::Ours(Language::Sv),
        "the" | "and" | "which" | "with" | "that" | "this" | "are" | "from" | "shall" | "should"
        | "before" | "after" | "within" | "without" | "been" | "have" | "their" | "these" | "unless"
        | "when" => Whose::Ours(Language::En),
        // Danish and Norwegian, German, Dutch, French, Spanish, Portuguese, Italian, Polish, Estonian, Latvian, Lithuanian.
        "og" | "ikke" | "af" | "fra" | "jeg" | "til" | "und" | "der" | "das" | "nicht" | "ist" | "mit"
        | "het" | "een" | "van" | "niet" | "les" | "des" | "une" | "que" | "los" | "las" | "por" | "para"
        | "não" | "che" | "di" | "nie" | "jest" | "się" | "ning" | "mis" | "või" | "oma" | "kas" | "uz"
        | "un" | "ir" | "kad" => Whose::Foreign,
        _ => Whose::Nobodys,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_our_languages() {
        for (language, text) in [
            (
                Language::Fi,
                "Lasku, joka on toimitettu ennen matkaa, hyväksytään, jos se on ohjeen mukaisesti laadittu.",
            ),
            (
                Language::Sv,
                "Fakturan godkänns när den är undertecknad och lämnas till enheten enligt anvisningen.",
            ),
            (Language::En, "The invoice is approved when it is signed and sent to the unit within a week."),
        ] {
            assert_eq!(told(text), Some(language), "{text}");
        }
    }

    #[test]
    fn where_there_is_doubt_they_say_nothing() {
        for text in [
            "",
            "Matkustusohje valtion virkamiehille",
            "Ohje on myös ruotsiksi: anvisningen är på svenska, och den är ny, joka on tai ei ole.",
            "Regningen godkendes, når den er underskrevet, og sendes til enheden efter en uge.",
            "Arve kinnitatakse, kui see on allkirjastatud ning saadetud, mis on nõutav.",
            "He said that the \"und\" and the \"nicht\" are German.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
