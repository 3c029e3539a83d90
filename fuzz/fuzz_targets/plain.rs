//! Plain bodies: the short way to a clean body and to its words comes to the same as the long way.
#![no_main]

use kampus_migrate::clean::{self, paths};
use kampus_migrate::record::Markup;

libfuzzer_sys::fuzz_target!(|source: &str| {
    for markup in [Markup::Html, Markup::WordPress, Markup::Text] {
        let long = paths::clean_parsed(markup, source);
        if let Some(short) = paths::clean_plain(markup, source) {
            assert_eq!(short, long);
        }
        assert_eq!(clean::clean(markup, source), long);
    }
    if let Some(words) = paths::words_plain(source) {
        assert_eq!(words, paths::words_parsed(source));
    }
    let change = |link: &str| (!link.starts_with('#')).then(|| format!("/items/{}?\"<&>", link.len()));
    for html in [source, &clean::clean(Markup::Html, source).html] {
        assert_eq!(clean::rewrite_links(html, change), paths::rewrite_links_parsed(html, change));
    }
});
