//! Protection marks that old papers bear.
//!
//! They do not map one to one to today's classes (Decree 681/2010 was in force until 2020, and its ST I–IV are other
//! levels than TL I–IV), so they are found and told, never read as a class.

use std::fmt;

/// A mark as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(&'static str);

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Marks that are stamped in capitals; in small letters the words are ordinary text.
const CAPITALS: [&str; 14] = [
    "SALASSA PIDETTÄVÄ",
    "SEKRETESSBELAGD",
    "ERITTÄIN SALAINEN",
    "SALAINEN",
    "LUOTTAMUKSELLINEN",
    "KÄYTTÖ RAJOITETTU",
    "BEGRÄNSAD TILLGÅNG",
    "KONFIDENTIELL",
    "YTTERST HEMLIG",
    "HEMLIG",
    "NATO RESTRICTED",
    "NATO CONFIDENTIAL",
    "RESTREINT UE",
    "EU RESTRICTED",
];

/// Levels, as whole words.
const LEVELS: [&str; 8] = ["ST IV", "ST III", "ST II", "ST I", "TL IV", "TL III", "TL II", "TL I"];

/// The statute by which something is secret.
const GROUNDS: [&str; 2] = ["JulkL 24 §", "OffL 24 §"];

/// The marks in a text, each once.
pub fn stamps(text: &str) -> Vec<Stamp> {
    let text = text.replace(['\u{a0}', '\n', '\t'], " ").replace("&nbsp;", " ");
    let mut found: Vec<&'static str> = Vec::new();
    for mark in CAPITALS.into_iter().chain(LEVELS).chain(GROUNDS) {
        // A longer mark takes its parts in: `ERITTÄIN SALAINEN` is not also `SALAINEN`.
        let inside = found.iter().any(|longer| longer.contains(mark));
        if !inside && stands_alone(&text, mark) {
            found.push(mark);
        }
    }
    found.sort_unstable();
    found.into_iter().map(Stamp).collect()
}

fn stands_alone(text: &str, mark: &str) -> bool {
    text.match_indices(mark).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + mark.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        stamps(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn marks_are_found_as_they_are_stamped() {
        assert_eq!(found("<p>SALASSA&nbsp;PIDETTÄVÄ (JulkL 24 §)</p>"), ["JulkL 24 §", "SALASSA PIDETTÄVÄ"]);
        assert_eq!(found("Suojaustaso ST IV"), ["ST IV"]);
        assert_eq!(found("ERITTÄIN SALAINEN"), ["ERITTÄIN SALAINEN"]);
    }

    #[test]
    fn ordinary_words_are_no_marks() {
        assert!(found("Tieto on salassa pidettävä; POSTI IVALOON, TL IVa, salainen ystävä").is_empty());
    }
}
