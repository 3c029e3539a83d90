//! The two ways to a clean body, for whoever holds one against the other: tests, fuzzing, measurements.
//!
//! Most bodies are plain, and what a tree builder and ammonia would make of them can be said without either. The
//! others go the long way. [`clean`](super::clean()), [`words`](super::words) and
//! [`rewrite_links`](super::rewrite_links) take the short way where there is one.

use super::{Cleaned, Tally, links, plain, profile, text, to_html};
use crate::record::Markup;

/// Cleans a body the short way; `None` if it is not plain.
pub fn clean_plain(markup: Markup, source: &str) -> Option<Cleaned> {
    let mut tally = Tally::default();
    let html = plain::clean(&to_html(markup, source, &mut tally), &mut tally)?;
    Some(Cleaned { html, dropped: tally.into_dropped() })
}

/// Cleans a body the long way, plain or not.
pub fn clean_parsed(markup: Markup, source: &str) -> Cleaned {
    let mut tally = Tally::default();
    let html = profile::sanitise_parsed(&to_html(markup, source, &mut tally), &mut tally);
    Cleaned { html, dropped: tally.into_dropped() }
}

/// The visible words the short way; `None` if the body is not plain.
pub fn words_plain(html: &str) -> Option<Vec<String>> {
    plain::text(html).map(|text| text::split(&text))
}

/// The visible words the long way, whether the body is plain or not.
pub fn words_parsed(html: &str) -> Vec<String> {
    text::split(&text::visible(html))
}

/// Puts other addresses into any body, clean or not.
pub fn rewrite_links_parsed(html: &str, change: impl FnMut(&str) -> Option<String>) -> String {
    links::rewrite_parsed(html, change)
}
