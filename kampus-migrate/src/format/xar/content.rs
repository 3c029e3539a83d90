//! The text of a document, by its syntax.

use super::reference::Reference;
use super::syntax;
use crate::record::Markup;

/// A body, and what is to be said about it.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) markup: Markup,
    pub(super) notices: Vec<String>,
}

/// The text of a document as HTML where that can be told, otherwise as it is.
pub(super) fn body(syntax_id: &str, text: &str, here: &Reference) -> Body {
    let as_is = |markup| Body { text: text.to_owned(), markup, notices: Vec::new() };
    match syntax_id.trim() {
        "xwiki/2.0" | "xwiki/2.1" => {
            let converted = syntax::convert(text, here);
            let mut notices = Vec::new();
            if !converted.macros.is_empty() {
                let told: Vec<String> =
                    converted.macros.iter().map(|(name, count)| format!("{count} × {name}")).collect();
                notices.push(format!(
                    "macros are kept as the text that calls them, because only their wiki can carry them out: {}",
                    told.join(", ")
                ));
            }
            Body { text: converted.html, markup: Markup::Html, notices }
        }
        "xhtml/1.0" | "xhtml/5" | "html/4.01" | "html/5.0" => as_is(Markup::Html),
        "plain/1.0" => as_is(Markup::Text),
        other => {
            let notice =
                format!("its syntax `{other}` cannot be converted: its text is kept as it is written");
            Body { notices: vec![notice], ..as_is(Markup::Text) }
        }
    }
}
