//! WordPress' own markup: HTML in which blank lines are paragraphs, with shortcodes and block comments.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memmem};

use super::Tally;
use super::text::without_carriage_returns;

/// Elements that stand apart, so that no paragraph is put around them.
const BLOCKS: [&str; 30] = [
    "table",
    "thead",
    "tfoot",
    "caption",
    "colgroup",
    "tbody",
    "tr",
    "td",
    "th",
    "div",
    "dl",
    "dd",
    "dt",
    "ul",
    "ol",
    "li",
    "pre",
    "form",
    "blockquote",
    "address",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "figure",
    "section",
];

/// Elements in which line breaks are kept.
const VERBATIM: [&str; 4] = ["pre", "script", "style", "textarea"];

/// The HTML that WordPress would have shown.
pub(super) fn to_html<'a>(source: &'a str, tally: &mut Tally) -> Cow<'a, str> {
    let text = without_carriage_returns(source);
    let comment = memmem::find(text.as_bytes(), b"<!--");
    // Blocks bring their own paragraphs.
    let has_blocks = comment.is_some_and(|at| text.get(at..).is_some_and(|rest| rest.contains("<!-- wp:")));
    let text = if comment.is_some() { Cow::Owned(without_comments(&text, tally)) } else { text };
    let has_shortcodes = memchr(b'[', text.as_bytes()).is_some();
    let text = if has_shortcodes { Cow::Owned(shortcodes(&text, tally)) } else { text };
    if has_blocks { text } else { Cow::Owned(paragraphs(&text)) }
}

/// Leaves out block comments and the marks of page breaks.
fn without_comments(text: &str, tally: &mut Tally) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = split_once(rest, "<!--") {
        let Some((comment, after)) = split_once(from, "-->") else { break };
        out.push_str(before);
        match comment.trim() {
            "more" | "nextpage" => tally.note(&format!("<!--{}-->", comment.trim())),
            other if other.starts_with("more ") => tally.note("<!--more-->"),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands before and after a word.
fn split_once<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let at = memmem::find(text.as_bytes(), word.as_bytes())?;
    Some((text.get(..at)?, text.get(at + word.len()..)?))
}

/// A shortcode as it stands: `[name attributes]`, or `[/name]`.
struct Shortcode<'a> {
    name: &'a str,
    attributes: &'a str,
    closes: bool,
}

/// The shortcode that a text begins with, and its length.
fn shortcode(text: &str) -> Option<(Shortcode<'_>, usize)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find([']', '[', '\n'])?;
    let (inside, after) = inner.split_at_checked(end)?;
    after.starts_with(']').then_some(())?;
    let closes = inside.starts_with('/');
    let body = inside.trim_start_matches('/').trim_end_matches('/');
    let name_end =
        body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(body.len());
    let (name, attributes) = body.split_at_checked(name_end)?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let parted =
        attributes.is_empty() || attributes.starts_with(char::is_whitespace) || attributes.starts_with('=');
    (is_name && parted).then_some((Shortcode { name, attributes, closes }, end + 2))
}

/// Turns the shortcodes that stand for something into HTML; others stay as visible text and are listed.
fn shortcodes(text: &str, tally: &mut Tally) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'[', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some((code, length)) = shortcode(from) {
            let written = from.get(..length).unwrap_or_default();
            expand(&code, written, tally, &mut out);
            rest = from.get(length..).unwrap_or_default();
        } else {
            out.push('[');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn expand(code: &Shortcode<'_>, written: &str, tally: &mut Tally, out: &mut String) {
    match (code.name, code.closes) {
        ("caption" | "wp_caption", false) => {
            out.push_str("<figure>");
            // In newer exports the caption follows the picture, in older ones it is an attribute.
            if let Some(caption) = attribute(code.attributes, "caption") {
                out.extend(["<figcaption>", caption, "</figcaption>"]);
            }
        }
        ("caption" | "wp_caption", true) => out.push_str("</figure>"),
        ("embed", _) => out.push(' '),
        ("video" | "audio" | "playlist", _) => {
            match attribute(code.attributes, "src").or_else(|| attribute(code.attributes, "mp3")) {
                Some(source) => out.extend(["<a href=\"", source, "\">", source, "</a>"]),
                None => visible(code, written, tally, out),
            }
        }
        ("code" | "sourcecode", false) => out.push_str("<pre>"),
        ("code" | "sourcecode", true) => out.push_str("</pre>"),
        _ => visible(code, written, tally, out),
    }
}

/// A shortcode that nobody here can expand stays where people see it.
fn visible(code: &Shortcode<'_>, written: &str, tally: &mut Tally, out: &mut String) {
    if !code.closes {
        tally.note(&format!("meaning of [{}]", code.name));
    }
    out.push_str(written);
}

/// The value of an attribute of a shortcode.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, from) = attributes.split_once(&format!("{name}="))?;
    let quote = from.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    from.get(1..)?.split(quote).next().filter(|value| !value.is_empty())
}

/// Puts paragraphs where blank lines are and breaks where lines end, as WordPress shows a body.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8 + 64);
    let may_be_verbatim = tag_names(text).any(|(_, name)| VERBATIM.iter().any(|tag| begins_with(name, tag)));
    let mut verbatim: Option<&str> = None;
    for chunk in chunks(text) {
        let inside = verbatim.is_some();
        if may_be_verbatim {
            verbatim = ends_within(chunk, verbatim);
        }
        let trimmed = chunk.trim();
        if inside || verbatim.is_some() {
            out.push_str(chunk);
            out.push_str("\n\n");
        } else if trimmed.is_empty() {
        } else if has_block(trimmed) {
            out.push_str(trimmed);
            out.push('\n');
        } else {
            out.push_str("<p>");
            for (place, line) in trimmed.split('\n').enumerate() {
                if place > 0 {
                    out.push_str("<br>\n");
                }
                out.push_str(line);
            }
            out.push_str("</p>\n");
        }
    }
    out
}

/// What stands between blank lines.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut begun = 0;
    let ends = memmem::find_iter(text.as_bytes(), b"\n\n").chain([text.len()]);
    ends.filter_map(move |end| text.get(std::mem::replace(&mut begun, end + 2)..end))
}

/// What follows each `<` or `</`, with whether it is an end tag's.
fn tag_names(text: &str) -> impl Iterator<Item = (bool, &str)> {
    memchr_iter(b'<', text.as_bytes()).filter_map(|at| {
        let from = text.get(at + 1..)?;
        Some(from.strip_prefix('/').map_or((false, from), |name| (true, name)))
    })
}

/// Whether a text begins with a word in small letters or great ones.
fn begins_with(text: &str, word: &str) -> bool {
    text.as_bytes().get(..word.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(word.as_bytes()))
}

/// The element in which line breaks are kept that is still open after a chunk.
fn ends_within<'a>(chunk: &str, open: Option<&'a str>) -> Option<&'a str> {
    // Of the tags of an element in a chunk, whether there is one that ends it, and whether the last one begins it.
    let ends = |tag: &str| tag_names(chunk).any(|(ends, name)| ends && begins_with(name, tag));
    let begun = |tag: &str| tag_names(chunk).filter(|(_, name)| begins_with(name, tag)).last();
    match open {
        Some(tag) => (!ends(tag)).then_some(tag),
        None => VERBATIM.into_iter().find(|tag| begun(tag).is_some_and(|(ends, _)| !ends)),
    }
}

/// Whether a chunk has an element that stands apart.
fn has_block(chunk: &str) -> bool {
    tag_names(chunk).any(|(_, from)| {
        let end = from.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(from.len());
        let name = from.get(..end).unwrap_or_default();
        BLOCKS.iter().any(|tag| tag.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use super::super::clean;
    use crate::record::Markup;

    fn html(source: &str) -> String {
        clean(Markup::WordPress, source).html
    }

    #[test]
    fn blank_lines_are_paragraphs_and_lines_are_breaks() {
        assert_eq!(html("Hei\nsinä\n\nToinen"), "<p>Hei<br>\nsinä</p>\n<p>Toinen</p>\n");
        assert_eq!(html("<ul><li>a</li></ul>\n\nb"), "<ul><li>a</li></ul>\n<p>b</p>\n");
        assert_eq!(html("<pre>a\n\nb</pre>"), "<pre>a\n\nb</pre>\n\n");
    }

    #[test]
    fn blocks_bring_their_own_paragraphs() {
        assert_eq!(html("<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->"), "\n<p>a</p>\n");
    }

    #[test]
    fn a_caption_is_a_figure_and_an_unknown_shortcode_stays_visible() {
        let cleaned = clean(
            Markup::WordPress,
            "[caption id=\"a\"]<img src=\"a.png\"> Kuva[/caption]\n\n[lomake id=7] [1] a[i]",
        );
        assert_eq!(
            cleaned.html,
            "<figure><img src=\"a.png\"> Kuva</figure>\n<p>[lomake id=7] [1] a[i]</p>\n"
        );
        assert_eq!(
            cleaned.dropped.iter().map(|dropped| dropped.what.as_str()).collect::<Vec<_>>(),
            ["meaning of [i]", "meaning of [lomake]"]
        );
    }
}
