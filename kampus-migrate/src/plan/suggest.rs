//! What somebody probably meant.

/// The word that is closest to `word`, when one is close enough to be worth a suggestion. Case counts for
/// nothing, so that `Columns` finds `columns`.
pub fn closest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this likeness (1 is equal) a suggestion confuses more often than it helps.
    const LIKENESS: f64 = 0.6;
    let lower = word.to_lowercase();
    words
        .into_iter()
        .map(|candidate| {
            let known = candidate.to_lowercase();
            // Of equally close words, the one that begins alike: people slip less often on a first letter.
            let likeness = strsim::normalized_damerau_levenshtein(&lower, &known);
            ((likeness, strsim::jaro_winkler(&lower, &known)), candidate)
        })
        .filter(|((likeness, _), _)| *likeness >= LIKENESS)
        // The first of equal words wins, so that a suggestion does not depend on luck.
        .fold(None, |best: Option<((f64, f64), &str)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, candidate)| candidate)
}

/// Words as a sentence lists them: `` `a`, `b` or `c` ``.
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        assert_eq!(closest("colums", ["path", "columns"]), Some("columns"));
        assert_eq!(closest("Keep", ["keep", "merge"]), Some("keep"));
        assert_eq!(closest("YMM", ["MMM", "YM"]), Some("YM"));
    }

    #[test]
    fn nothing_is_suggested_for_a_word_that_is_like_none() {
        assert_eq!(closest("wiki", ["path", "columns"]), None);
    }
}
