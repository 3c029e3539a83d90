//! Links in clean bodies.

use std::borrow::Cow;
use std::ops::Range;

use lol_html::{RewriteStrSettings, element, rewrite_str};
use memchr::memchr;

use super::profile::TAGS;

/// The addresses in a clean body, of links and pictures, in their order.
pub fn links(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    rewrite_links(html, |link| {
        found.push(link.to_owned());
        None
    });
    found
}

/// Puts other addresses in place of those that `change` answers for; everything else stays as it is to the byte.
pub fn rewrite_links(html: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let Some(places) = places(html) else { return rewrite_parsed(html, change) };
    let mut out = String::with_capacity(html.len());
    let mut written = 0;
    for place in places {
        let Some(new) = html.get(place.clone()).and_then(|old| change(&unescape(old))) else { continue };
        out.push_str(html.get(written..place.start).unwrap_or_default());
        super::text::escape_attribute(&new, &mut out);
        written = place.end;
    }
    out.push_str(html.get(written..).unwrap_or_default());
    out
}

/// Where the addresses stand in a body that is written as the sanitiser writes: elements that it keeps, attributes
/// after one blank each and in double quotes. `None` for any other.
fn places(html: &str) -> Option<Vec<Range<usize>>> {
    let mut places = Vec::new();
    let mut rest = html;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        rest = rest.get(at + 1..)?;
        let ends = rest.strip_prefix('/');
        let from = ends.unwrap_or(rest);
        let (name, after) =
            from.split_at_checked(from.bytes().position(|byte| matches!(byte, b'>' | b' '))?)?;
        if !TAGS.contains(&name) {
            return None;
        }
        rest = after;
        let wanted = match (name, ends) {
            ("a", None) => "href",
            ("img", None) => "src",
            _ => "",
        };
        let mut found = None;
        while let Some(attribute) = rest.strip_prefix(' ').filter(|_| ends.is_none()) {
            let (key, from) = attribute.split_once("=\"")?;
            let value = from.get(..memchr(b'"', from.as_bytes())?)?;
            if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_lowercase()) {
                return None;
            }
            rest = from.get(value.len() + 1..)?;
            if key == wanted {
                // Of two the first one counts, and the parser drops a byte order mark; nobody who writes like this
                // writes either.
                if found.is_some() || value.starts_with('\u{feff}') {
                    return None;
                }
                let start = html.len() - from.len();
                found = Some(start..start + value.len());
            }
        }
        rest = rest.strip_prefix('>')?;
        places.extend(found);
    }
    Some(places)
}

/// The same for any body.
pub(super) fn rewrite_parsed(html: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let handler = element!("a[href], img[src]", |element| {
        let name = if element.tag_name() == "img" { "src" } else { "href" };
        let new = element.get_attribute(name).and_then(|old| change(&unescape(&old)));
        if let Some(new) = new {
            let mut escaped = String::new();
            super::text::escape_attribute(&new, &mut escaped);
            element.set_attribute(name, &escaped)?;
        }
        Ok(())
    });
    let settings =
        RewriteStrSettings { element_content_handlers: vec![handler], ..RewriteStrSettings::new() };
    // Clean bodies are well-formed and far below the rewriter's limits; one that is not stays as it was.
    rewrite_str(html, settings).unwrap_or_else(|_| html.to_owned())
}

/// An attribute's value as it is meant; clean bodies escape these few only.
fn unescape(value: &str) -> Cow<'_, str> {
    if memchr(b'&', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let plain = value
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&");
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_address_changes() {
        let html = "<p>A  <a href=\"/a?x=1&amp;y=2\" title=\"t\">b</a><img src=\"c.png\" alt=\"d\"></p>";
        assert_eq!(links(html), ["/a?x=1&y=2", "c.png"]);
        assert_eq!(
            rewrite_links(html, |link| link.starts_with('/').then(|| "/items/7#\"x\"".to_owned())),
            "<p>A  <a href=\"/items/7#&quot;x&quot;\" title=\"t\">b</a><img src=\"c.png\" alt=\"d\"></p>"
        );
    }

    /// Every address that is asked for, and the body that comes of it.
    fn told(rewrite: impl FnOnce(&mut dyn FnMut(&str) -> Option<String>) -> String) -> (Vec<String>, String) {
        let mut asked = Vec::new();
        let html = rewrite(&mut |link| {
            asked.push(link.to_owned());
            (!link.starts_with('#')).then(|| format!("/items/{}?\"<&>", link.len()))
        });
        (asked, html)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

        #[test]
        fn addresses_are_found_without_a_parser_where_it_would_find_them(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "<p>", "</p>", "teksti ", "&amp;", "<a href=\"/x?a=1&amp;b=&quot;2\">", "</a>", "<a>",
                    "<img src=\"a.png\" alt=\"&lt;\">", "<img alt=\"href=\" src=\"&nbsp;#\">", "<a href=\"#a\">",
                    "<a title=\"t\" href=\"/y\" id=\"i\">", "<p title=\"href\">", "<table><tbody><tr><td>",
                    "</td></tr></tbody></table>", "<pre>", "</pre>", "<A HREF=x>", "<a href='y'>", "<a  href=\"z\">",
                    "<textarea>", "<script>", "</script>", "<!-- <a href=\"c\"> -->", "<a href=\"1\" href=\"2\">",
                    "<img src=\"d\"/>", "<", "<a href=\"e", "<svg>", "</a >",
                    "<a href=\"\u{feff}f\">",
                ]),
                0..8,
            ),
        ) {
            let html = pieces.concat();
            prop_assert_eq!(
                told(|change| rewrite_links(&html, change)),
                told(|change| rewrite_parsed(&html, change))
            );
        }
    }
}
