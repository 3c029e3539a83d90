//! Cleaning: bodies become one safe HTML profile, and their text survives to the word.
//!
//! What goes (scripts, styles, frames, trackers, layout) is listed. What is unknown is unwrapped, so that its words
//! stay. [`paths`] says how: most bodies are plain and go a short way, the others through a parser and the sanitiser.

mod links;
pub mod paths;
mod plain;
mod profile;
mod stamps;
mod text;
mod wordpress;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

pub use links::{links, rewrite_links};
pub use stamps::{Stamp, stamps};
pub use text::{text_of, words};

use crate::record::Markup;

/// A clean body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// Safe HTML.
    pub html: String,
    /// What was left out.
    pub dropped: Vec<Dropped>,
}

/// Something that was left out, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// What: `<script>`, `[gallery]`, `style="…"`.
    pub what: String,
    /// How often.
    pub count: u32,
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {}", self.count, self.what)
    }
}

/// Counts what is left out.
#[derive(Debug, Default)]
struct Tally(BTreeMap<String, u32>);

impl Tally {
    fn note(&mut self, what: &str) {
        match self.0.get_mut(what) {
            Some(count) => *count += 1,
            None => drop(self.0.insert(what.to_owned(), 1)),
        }
    }

    /// Adds what another one counted.
    fn take_in(&mut self, other: Self) {
        for (what, count) in other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    fn into_dropped(self) -> Vec<Dropped> {
        self.0.into_iter().map(|(what, count)| Dropped { what, count }).collect()
    }
}

/// Makes a body safe.
pub fn clean(markup: Markup, source: &str) -> Cleaned {
    let mut tally = Tally::default();
    let html = profile::sanitise(&to_html(markup, source, &mut tally), &mut tally);
    Cleaned { html, dropped: tally.into_dropped() }
}

/// The visible words of a body as its source showed them, for the proof that none was lost.
pub fn source_words(markup: Markup, source: &str) -> Vec<String> {
    words(&to_html(markup, source, &mut Tally::default()))
}

/// The HTML that a body stands for, before anything is left out.
fn to_html<'a>(markup: Markup, source: &'a str, tally: &mut Tally) -> Cow<'a, str> {
    match markup {
        Markup::Html => Cow::Borrowed(source),
        Markup::WordPress => wordpress::to_html(source, tally),
        Markup::Text => Cow::Owned(text::to_html(source)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html(source: &str) -> String {
        clean(Markup::Html, source).html
    }

    #[test]
    fn scripts_styles_handlers_and_trackers_go_and_are_listed() {
        let cleaned = clean(
            Markup::Html,
            "<style>p{}</style><p onclick=\"x()\" style=\"color:red\">Hei<script>alert(1)</script> \
             <a href=\"javascript:alert(1)\">linkki</a><img src=\"https://t.example/p.gif\" width=\"1\" height=\"1\"></p>",
        );
        assert_eq!(cleaned.html, "<p>Hei <a>linkki</a></p>");
        let dropped: Vec<String> = cleaned.dropped.iter().map(ToString::to_string).collect();
        assert_eq!(
            dropped,
            ["1 × <script>", "1 × <style>", "1 × onclick=\"…\"", "1 × style=\"…\"", "1 × tracker"]
        );
    }

    #[test]
    fn what_was_framed_becomes_a_link() {
        assert_eq!(
            html("<p>Video</p><iframe src=\"https://video.example/1\"></iframe>"),
            "<p>Video</p><a href=\"https://video.example/1\">https://video.example/1</a> "
        );
    }

    #[test]
    fn an_unknown_element_leaves_its_words() {
        assert_eq!(html("<o:p>Wordin</o:p> <font color=red>jäämistö</font>"), "Wordin jäämistö");
        assert_eq!(
            html("<form><button>Lähetä</button><textarea>teksti</textarea></form>"),
            "Lähetä\nteksti\n"
        );
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        assert_eq!(clean(Markup::Text, "a < b\nc\n\nd").html, "<p>a &lt; b<br>c</p>\n<p>d</p>");
    }

    fn htmlish() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            "[a-zåäö]{1,6}",
            Just(" ".to_owned()),
            Just("\n\n".to_owned()),
            Just("&amp;".to_owned()),
            Just("&nbsp;".to_owned()),
            Just("&lt;b&gt;".to_owned()),
            Just("<".to_owned()),
            Just("]]>".to_owned()),
            Just("[kuva id=1]".to_owned()),
            Just("[caption]".to_owned()),
            Just("[/caption]".to_owned()),
            Just("<!-- wp:paragraph -->".to_owned()),
            prop::sample::select(vec![
                "p", "b", "div", "table", "tr", "td", "li", "ul", "a", "h1", "span", "font", "blink", "svg",
                "math", "select", "option", "button", "form", "textarea", "title", "section", "pre", "label",
                "noscript", "template", "details", "summary", "object", "video", "iframe", "script", "style",
                "article",
            ])
            .prop_flat_map(|tag| prop_oneof![
                Just(format!("<{tag}>")),
                Just(format!("</{tag}>")),
                Just(format!("<{tag} onclick=x() href='javascript:x' style=y class=z>"))
            ]),
        ];
        prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

        #[test]
        fn the_text_of_a_body_survives_to_the_word(source in htmlish()) {
            for markup in [Markup::Html, Markup::WordPress, Markup::Text] {
                let kept = words(&clean(markup, &source).html);
                let mut rest = kept.iter();
                for word in source_words(markup, &source) {
                    prop_assert!(rest.any(|kept| *kept == word), "lost `{}` of {:?}: {:?}", word, source, kept);
                }
            }
        }

        #[test]
        fn what_is_clean_stays_as_it_is_and_is_safe(source in htmlish()) {
            let once = html(&source);
            // But for blanks: a parser takes a line break at the beginning of `<pre>` for none.
            let squash = |html: &str| html.split_whitespace().collect::<String>();
            prop_assert_eq!(squash(&html(&once)), squash(&once));
            // In clean HTML every `<` begins a tag.
            for tag in once.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                for evil in ["script", "style", "iframe", "onclick", "javascript:", "class"] {
                    prop_assert!(!tag.contains(evil), "{} in {}", evil, once);
                }
            }
            prop_assert_eq!(rewrite_links(&once, |_| None), once);
        }
    }
}
