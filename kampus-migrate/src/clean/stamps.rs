//! Protection marks that old papers bear.
//!
//! They do not map one to one to today's classes (Decree 681/2010 was in force until 2020, and its ST I–IV are other
//! levels than TL I–IV), so they are found and told, never read as a class.

use std::fmt;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};

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

/// What stands for a blank in the texts that are searched.
const BLANKS: [&str; 5] = [" ", "\u{a0}", "\n", "\t", "&nbsp;"];

/// Finds the marks, however their words are parted.
struct Finder {
    /// The first words of all marks: most texts have none, and to know that is quick.
    words: AhoCorasick,
    automaton: AhoCorasick,
    /// The mark of each pattern.
    marks: Vec<&'static str>,
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let (mut patterns, mut marks) = (Vec::new(), Vec::new());
    for mark in every_mark() {
        let mut spelt = vec![String::new()];
        for (place, word) in mark.split(' ').enumerate() {
            let parted = if place == 0 { &[""][..] } else { &BLANKS[..] };
            let longer =
                |begun: &String| parted.iter().map(move |blank| format!("{begun}{blank}{word}")).collect();
            spelt = spelt.iter().flat_map(|begun| -> Vec<String> { longer(begun) }).collect();
        }
        marks.extend(spelt.iter().map(|_| mark));
        patterns.extend(spelt);
    }
    let first_words = every_mark().filter_map(|mark| mark.split(' ').next());
    let words = build(AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst), first_words);
    let automaton = build(AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)), patterns);
    Finder { words, automaton, marks }
});

fn build<P: AsRef<[u8]>>(builder: &AhoCorasickBuilder, patterns: impl IntoIterator<Item = P>) -> AhoCorasick {
    #[expect(clippy::expect_used, reason = "a hundred short patterns are far below what can fail")]
    builder.build(patterns).expect("the patterns of the marks are few and short")
}

fn every_mark() -> impl Iterator<Item = &'static str> {
    CAPITALS.into_iter().chain(LEVELS).chain(GROUNDS)
}

/// The marks in a text, each once.
pub fn stamps(text: &str) -> Vec<Stamp> {
    if !FINDER.words.is_match(text) {
        return Vec::new();
    }
    let mut seen: Vec<&'static str> = Vec::new();
    for found in FINDER.automaton.find_overlapping_iter(text) {
        let Some(mark) = FINDER.marks.get(found.pattern().as_usize()) else { continue };
        if !seen.contains(mark) && stands_alone(text, found.start(), found.end()) {
            seen.push(mark);
        }
    }
    let mut marks: Vec<&'static str> = Vec::new();
    for mark in every_mark() {
        // A longer mark takes its parts in: `ERITTÄIN SALAINEN` is not also `SALAINEN`.
        let inside = marks.iter().any(|longer| longer.contains(mark));
        if !inside && seen.contains(&mark) {
            marks.push(mark);
        }
    }
    marks.sort_unstable();
    marks.into_iter().map(Stamp).collect()
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    /// The same, mark by mark.
    fn one_by_one(text: &str) -> Vec<Stamp> {
        let text = text.replace(['\u{a0}', '\n', '\t'], " ").replace("&nbsp;", " ");
        let mut found: Vec<&'static str> = Vec::new();
        for mark in every_mark() {
            let inside = found.iter().any(|longer| longer.contains(mark));
            let alone = |(at, _)| stands_alone(&text, at, at + mark.len());
            if !inside && text.match_indices(mark).any(alone) {
                found.push(mark);
            }
        }
        found.sort_unstable();
        found.into_iter().map(Stamp).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

        #[test]
        fn all_marks_at_once_are_the_marks_one_by_one(
            pieces in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(every_mark().flat_map(|mark| mark.split(' ')).collect::<Vec<_>>()),
                    prop::sample::select(every_mark().collect::<Vec<_>>()),
                    prop::sample::select(BLANKS.to_vec()),
                    prop::sample::select(vec!["A", "ä", "I", "-", ";", "&", "nbsp;", "<b>", "1"]),
                ],
                0..8,
            ),
        ) {
            let text = pieces.concat();
            prop_assert_eq!(stamps(&text), one_by_one(&text));
        }
    }
}
