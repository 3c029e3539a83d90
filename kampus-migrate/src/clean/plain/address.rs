//! Which addresses stay.

use url::{ParseError, Url};

use super::super::profile::SCHEMES;

/// Whether the sanitiser keeps an address: relative ones, and those of known schemes.
pub(super) fn stays(address: &str) -> bool {
    is_surely_relative(address) || is_surely_web(address) || by_parsing(address)
}

/// The rule itself.
pub(super) fn by_parsing(address: &str) -> bool {
    match Url::parse(address) {
        Ok(url) => SCHEMES.contains(&url.scheme()),
        Err(error) => error == ParseError::RelativeUrlWithoutBase,
    }
}

/// A scheme begins with a letter; only blanks before it are passed over.
pub(super) fn is_surely_relative(address: &str) -> bool {
    address.starts_with(['/', '#', '?', '.'])
}

/// A web address whose host is an ordinary name, without port or user: nothing behind such a host is ever wrong.
pub(super) fn is_surely_web(address: &str) -> bool {
    let Some(from) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else {
        return false;
    };
    let end = from
        .bytes()
        .position(|byte| !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte)));
    let host = end.map_or(Some(from), |end| from.get(..end)).unwrap_or_default();
    let ends_well =
        end.is_none_or(|end| from.get(end..).is_some_and(|rest| rest.starts_with(['/', '?', '#'])));
    // A last label that does not begin with a letter may be a number; labels of other alphabets can be wrong.
    let (_, last) = host.rsplit_once('.').unwrap_or(("", host));
    ends_well && last.starts_with(|c: char| c.is_ascii_lowercase()) && !host.contains("xn--")
}
