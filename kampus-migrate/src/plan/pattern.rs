//! Patterns with `*` and `?`, matched without case.

use glob::MatchOptions;

/// A pattern of a rule. What reads exactly as it is written matches too, so that a label with a bracket needs no care.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// In lower case; how two patterns are compared.
    text: String,
    glob: glob::Pattern,
    /// For a pattern of paths that ends in `/**`: the page above all those.
    above: Option<glob::Pattern>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}

const WORDS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: false,
    require_literal_leading_dot: false,
};

/// In paths, `*` ends at a slash and `**` does not.
const PATHS: MatchOptions = MatchOptions { require_literal_separator: true, ..WORDS };

impl Pattern {
    /// A pattern of words: labels, names, templates. The error says what is wrong with it.
    pub fn words(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let glob = compile(&text)?;
        Ok(Self { text, glob, above: None })
    }

    /// A pattern of paths. `/ohjeet/**` is all below `/ohjeet` and that page itself; a slash at the end counts for
    /// nothing.
    pub fn path(text: &str) -> Result<Self, String> {
        let text = bare(&text.trim().to_lowercase()).to_owned();
        let glob = compile(&text)?;
        let above = text.strip_suffix("/**").map(|above| compile(bare(above))).transpose()?;
        Ok(Self { text, glob, above })
    }

    /// Whether a word matches.
    pub fn matches(&self, word: &str) -> bool {
        let word = word.trim().to_lowercase();
        word == self.text || self.glob.matches_with(&word, WORDS)
    }

    /// Whether a path matches.
    pub fn matches_path(&self, path: &str) -> bool {
        let path = path.to_lowercase();
        let path = bare(&path);
        path == self.text
            || self.glob.matches_with(path, PATHS)
            || self.above.as_ref().is_some_and(|above| above.matches_with(path, PATHS))
    }
}

/// A path without slashes at its end, but for the first.
fn bare(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" => "/",
        path => path,
    }
}

fn compile(text: &str) -> Result<glob::Pattern, String> {
    glob::Pattern::new(text).map_err(|error| match error.msg {
        "wildcards are either regular `*` or recursive `**`" => "`*` stands alone or as `**`".to_owned(),
        "recursive wildcards must form a single path component" => {
            "`**` stands for whole parts of a path, between slashes".to_owned()
        }
        "invalid range pattern" => "a `[` is never closed, or a range in it ends before it begins".to_owned(),
        other => other.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(pattern: &str, path: &str) -> bool {
        Pattern::path(pattern).unwrap().matches_path(path)
    }

    #[test]
    fn a_star_ends_at_a_slash_and_two_do_not() {
        assert!(path("/ohjeet/*", "/ohjeet/matkat/"));
        assert!(!path("/ohjeet/*", "/ohjeet/matkat/ulkomaat"));
        assert!(path("/ohjeet/**", "/ohjeet/matkat/ulkomaat/"));
        assert!(path("/*/matkat/**", "/sv/matkat/a/b"));
        assert!(path("/**/matkat", "/a/b/matkat/"));
    }

    #[test]
    fn all_below_a_page_is_with_that_page() {
        assert!(path("/ohjeet/**", "/ohjeet"));
        assert!(path("/ohjeet/**", "/Ohjeet/"));
        assert!(!path("/ohjeet/**", "/ohjeet-vanhat/a"));
        assert!(path("/**", "/"));
        assert!(path("/**", "/a/b"));
        assert!(path("/ohjeet/", "/ohjeet"));
    }

    #[test]
    fn words_match_without_case_and_as_they_stand() {
        let matches = |pattern: &str, word: &str| Pattern::words(pattern).unwrap().matches(word);
        assert!(matches("category/Työ*", "category/TYÖSUHDE"));
        assert!(matches("Mitä? [vanhat]", "mitä? [vanhat]"));
        assert!(matches("a*c", "a/b/c"));
        assert!(!matches("Ohje", "Ohjeet"));
    }

    #[test]
    fn a_bad_pattern_says_what_is_wrong_with_it() {
        assert!(Pattern::words("[a").unwrap_err().contains("never closed"));
        assert!(Pattern::path("/a**").unwrap_err().contains("between slashes"));
    }
}
