//! Writing HTML.

/// Adds formatted text to a string, which never fails.
macro_rules! put {
    ($out:expr, $($part:tt)*) => {{
        use std::fmt::Write as _;
        $out.write_fmt(format_args!($($part)*)).unwrap_or_default()
    }};
}
pub(super) use put;

/// Text between tags.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::partial_escape(text).into_owned()
}

/// The value of an attribute in double quotes.
pub(super) fn quoted(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
