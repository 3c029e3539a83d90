//! Links in clean bodies.

use lol_html::{RewriteStrSettings, element, rewrite_str};

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
fn unescape(value: &str) -> String {
    value
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
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
}
