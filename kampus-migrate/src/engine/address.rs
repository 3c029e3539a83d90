//! Old addresses: when two mean the same page, and where a link leads.

use url::Url;

/// The base for sources that give paths only.
const NOWHERE: &str = "https://intranet.invalid/";

/// The form in which addresses are compared: no scheme, no fragment, host in lower case without `www.`, no slash
/// at the end, the query kept because on many old systems it *is* the page. `None` for what is no web address.
pub(crate) fn compared(address: &str, base: Option<&str>) -> Option<String> {
    compared_url(&absolute(address, base)?)
}

/// An address made absolute against the page it stands on.
pub(crate) fn absolute(address: &str, base: Option<&str>) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() {
        return None;
    }
    let base = base.and_then(|base| Url::parse(base).ok()).or_else(|| Url::parse(NOWHERE).ok())?;
    let url = base.join(address).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// The compared form of an absolute address.
pub(crate) fn compared_url(url: &Url) -> Option<String> {
    let host = host(url)?;
    let path = url.path().trim_end_matches('/');
    let query = url.query().filter(|query| !query.is_empty()).map(|query| format!("?{query}"));
    Some(format!("{host}{path}{}", query.unwrap_or_default()))
}

/// The path of an address as people write it: `/ohjeet/työ` for `https://intra.ym.fi/ohjeet/ty%C3%B6?a=1`.
pub(crate) fn path(address: &str) -> Option<String> {
    let url = absolute(address, None)?;
    Some(percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy().into_owned())
}

/// The host in its compared form.
pub(crate) fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?.to_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// Where an item is found now.
pub(crate) fn new_address(item: kampus_core::ItemId) -> String {
    format!("/items/{}", item.get())
}

/// The number of the item that an address of ours leads to.
pub(crate) fn item_number(address: &str) -> Option<u32> {
    let rest = address.strip_prefix("/items/")?;
    rest.split(['#', '?', '/']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_page_is_the_same_however_it_is_written() {
        let same = compared("https://intra.ym.fi/ohjeet/matkat/", None);
        assert_eq!(same.as_deref(), Some("intra.ym.fi/ohjeet/matkat"));
        assert_eq!(compared("http://WWW.intra.ym.fi/ohjeet/matkat#liite", None), same);
        assert_eq!(compared("../matkat", Some("https://intra.ym.fi/ohjeet/ruoka/")), same);
        assert_ne!(compared("https://intra.ym.fi/ohjeet/matkat?contentlan=3", None), same);
    }

    #[test]
    fn what_is_no_web_address_is_none() {
        assert_eq!(compared("mailto:maija@ym.fi", None), None);
        assert_eq!(compared("javascript:alert(1)", None), None);
        assert_eq!(compared("", None), None);
    }

    #[test]
    fn an_address_of_ours_names_its_item() {
        assert_eq!([item_number("/items/7"), item_number("/items/7#kohta")], [Some(7), Some(7)]);
        for other in ["/items/", "/items/x", "https://a.fi/items/7", "#items/7", "/items/99999999999"] {
            assert_eq!(item_number(other), None, "{other}");
        }
    }
}
