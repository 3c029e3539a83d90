//! WordPress' own markup: HTML in which blank lines are paragraphs, with shortcodes and block comments.

use super::Tally;

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

/// The HTML that WordPress would have shown.
pub(super) fn to_html(source: &str, tally: &mut Tally) -> String {
    let text = source.replace("\r\n", "\n").replace('\r', "\n");
    // Blocks bring their own paragraphs.
    let has_blocks = text.contains("<!-- wp:");
    let text = without_comments(&text, tally);
    let text = shortcodes(&text, tally);
    if has_blocks { text } else { paragraphs(&text) }
}

/// Leaves out block comments and the marks of page breaks.
fn without_comments(text: &str, tally: &mut Tally) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once("<!--") {
        let Some((comment, after)) = from.split_once("-->") else { break };
        out.push_str(before);
        match comment.trim() {
            "more" | "nextpage" => tally.note(format!("<!--{}-->", comment.trim())),
            other if other.starts_with("more ") => tally.note("<!--more-->"),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
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
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some((code, length)) = shortcode(from) {
            let written = from.get(..length).unwrap_or_default();
            out.push_str(&expand(&code, written, tally));
            rest = from.get(length..).unwrap_or_default();
        } else {
            out.push('[');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn expand(code: &Shortcode<'_>, written: &str, tally: &mut Tally) -> String {
    match (code.name, code.closes) {
        ("caption" | "wp_caption", false) => {
            // In newer exports the caption follows the picture, in older ones it is an attribute.
            match attribute(code.attributes, "caption") {
                Some(caption) => format!("<figure><figcaption>{caption}</figcaption>"),
                None => "<figure>".to_owned(),
            }
        }
        ("caption" | "wp_caption", true) => "</figure>".to_owned(),
        ("embed", _) => " ".to_owned(),
        ("video" | "audio" | "playlist", _) => {
            match attribute(code.attributes, "src").or_else(|| attribute(code.attributes, "mp3")) {
                Some(source) => format!("<a href=\"{source}\">{source}</a>"),
                None => visible(code, written, tally),
            }
        }
        ("code" | "sourcecode", false) => "<pre>".to_owned(),
        ("code" | "sourcecode", true) => "</pre>".to_owned(),
        _ => visible(code, written, tally),
    }
}

/// A shortcode that nobody here can expand stays where people see it.
fn visible(code: &Shortcode<'_>, written: &str, tally: &mut Tally) -> String {
    if !code.closes {
        tally.note(format!("meaning of [{}]", code.name));
    }
    written.to_owned()
}

/// The value of an attribute of a shortcode.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, from) = attributes.split_once(&format!("{name}="))?;
    let quote = from.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    from.get(1..)?.split(quote).next().filter(|value| !value.is_empty())
}

/// Puts paragraphs where blank lines are and breaks where lines end, as WordPress shows a body.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut verbatim: Option<&str> = None;
    for chunk in text.split("\n\n") {
        let inside = verbatim.is_some();
        verbatim = ends_within(chunk, verbatim);
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
            out.push_str(&trimmed.replace('\n', "<br>\n"));
            out.push_str("</p>\n");
        }
    }
    out
}

/// The element in which line breaks are kept that is still open after a chunk.
fn ends_within<'a>(chunk: &str, open: Option<&'a str>) -> Option<&'a str> {
    let lower = chunk.to_ascii_lowercase();
    let after = |tag: &str| lower.rfind(&format!("</{tag}"));
    if let Some(tag) = open {
        return if after(tag).is_some() { None } else { Some(tag) };
    }
    ["pre", "script", "style", "textarea"].into_iter().find(|tag| {
        let begun = lower.rfind(&format!("<{tag}"));
        begun.is_some_and(|begun| after(tag).is_none_or(|ended| ended < begun))
    })
}

/// Whether a chunk has an element that stands apart.
fn has_block(chunk: &str) -> bool {
    let lower = chunk.to_ascii_lowercase();
    BLOCKS.iter().any(|tag| {
        lower.match_indices(&format!("<{tag}")).chain(lower.match_indices(&format!("</{tag}"))).any(
            |(at, found)| {
                let after = lower.get(at + found.len()..).and_then(|rest| rest.chars().next());
                after.is_none_or(|c| !c.is_ascii_alphanumeric())
            },
        )
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
