//! A value and where it stands in the plan's text.

use std::ops::Range;

use toml::Spanned;

/// A value with its byte range in the plan's text; a bare plan has no text, so its values stand nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Option<Range<usize>>,
}

impl<T> Located<T> {
    /// A value that stands in the text.
    pub fn new(value: T, span: Range<usize>) -> Self {
        Self { value, span: Some(span) }
    }

    /// A value that does not come from a text.
    pub fn nowhere(value: T) -> Self {
        Self { value, span: None }
    }

    /// Another value at the same place.
    pub fn with<U>(&self, value: U) -> Located<U> {
        Located { value, span: self.span.clone() }
    }
}

impl<T> From<Spanned<T>> for Located<T> {
    fn from(spanned: Spanned<T>) -> Self {
        let span = spanned.span();
        Self::new(spanned.into_inner(), span)
    }
}
