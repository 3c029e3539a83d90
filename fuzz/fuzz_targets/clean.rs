//! Bodies: what is clean is safe, stays as it is, and has all words.
#![no_main]

use kampus_migrate::clean;
use kampus_migrate::record::Markup;

libfuzzer_sys::fuzz_target!(|source: &str| {
    for markup in [Markup::Html, Markup::WordPress, Markup::Text] {
        let cleaned = clean::clean(markup, source).html;
        let lower = cleaned.to_lowercase();
        for evil in ["<script", "<style", "<iframe", "<object", "<embed", "<form"] {
            assert!(!lower.contains(evil), "{evil} in {cleaned}");
        }
        let kept = clean::words(&cleaned);
        let mut rest = kept.iter();
        for word in clean::source_words(markup, source) {
            assert!(rest.any(|kept| *kept == word), "lost {word:?}: {cleaned:?}");
        }
    }
});
