//! Old addresses, spelt as browsers send them.

use std::fmt;

use url::Url;

use super::RefusalReason;

/// An old address in the spelling in which a browser asks for it: percent-encoded, without port, fragment and
/// slash at the end. `http` and `https` are one address, and so are a host with and without `www.`, because one server
/// answers both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OldAddress {
    /// Lower-case host, in ASCII and without `www.`; none for a path on any host.
    pub(super) host: Option<String>,
    /// Percent-encoded path, beginning with `/`.
    pub(super) path: String,
    /// Percent-encoded query, without `?`.
    pub(super) query: Option<String>,
    /// What stood in front of the host, for forms that show the address.
    spelling: Spelling,
}

/// `https://www.`: spellings are equal, so that they do not tell addresses apart.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    https: bool,
    www: bool,
}

impl PartialEq for Spelling {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Spelling {}

impl PartialOrd for Spelling {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Spelling {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

impl OldAddress {
    pub(super) fn parse(text: &str) -> Result<Self, RefusalReason> {
        let text = text.trim();
        if text.chars().any(char::is_control) {
            return Err(RefusalReason::Control);
        }
        // A path is completed with a host that is taken off again, so that one encoder does both.
        let is_path = text.starts_with('/') && !text.starts_with("//");
        let completed = match text {
            _ if is_path => format!("http://path.invalid{text}"),
            _ if lacks_scheme(text) => format!("https://{text}"),
            _ => text.to_owned(),
        };
        let url = Url::parse(&completed).map_err(|_| RefusalReason::NotWeb)?;
        let https = match url.scheme() {
            "http" => false,
            "https" => true,
            _ => return Err(RefusalReason::NotWeb),
        };
        // Written out, two slashes in front would name a host.
        if is_path && url.path().starts_with("//") {
            return Err(RefusalReason::NotWeb);
        }
        let written = url.host_str().ok_or(RefusalReason::NotWeb)?;
        let host = written.strip_prefix("www.").unwrap_or(written);
        Ok(Self {
            host: (!is_path).then(|| host.to_owned()),
            path: match url.path().trim_end_matches('/') {
                "" => "/".to_owned(),
                path => path.to_owned(),
            },
            query: url.query().filter(|query| !query.is_empty()).map(str::to_owned),
            spelling: Spelling { https, www: host.len() < written.len() },
        })
    }

    /// Whether the path may be asked for with a slash at its end too: its last part does not look like a file.
    pub(super) fn is_folder(&self) -> bool {
        self.path != "/" && self.path.rsplit('/').next().is_some_and(|last| !last.contains('.'))
    }

    /// Path and query in the ways in which they stand in requests.
    pub(super) fn requests(&self) -> Vec<String> {
        let query = self.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        let slashes: &[&str] = if self.is_folder() { &["", "/"] } else { &[""] };
        slashes.iter().map(|slash| format!("{}{slash}{query}", self.path)).collect()
    }
}

/// How files of web pages end; `sivu.aspx?id=3` names no host.
const FILES: [&str; 12] =
    ["asp", "aspx", "cfm", "cgi", "do", "htm", "html", "jsp", "nsf", "pdf", "php", "shtml"];

/// `intra.ym.fi/ohjeet`: a host in front, as people write addresses.
fn lacks_scheme(text: &str) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((_, end)) = first.rsplit_once('.') else { return false };
    !FILES.contains(&end.to_ascii_lowercase().as_str())
        && first.starts_with(char::is_alphanumeric)
        && first.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
}

impl fmt::Display for OldAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(host) = &self.host {
            let scheme = if self.spelling.https { "https" } else { "http" };
            let www = if self.spelling.www { "www." } else { "" };
            write!(f, "{scheme}://{www}{host}")?;
        }
        f.write_str(&self.path)?;
        match &self.query {
            Some(query) => write!(f, "?{query}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_spelt_as_a_browser_sends_it() {
        let address = OldAddress::parse("HTTP://Intra.MMM.fi:80/työ ohjeet?a=ä \"b\"#kohta").unwrap();
        assert_eq!(address.to_string(), "http://intra.mmm.fi/ty%C3%B6%20ohjeet?a=%C3%A4%20%22b%22");
    }

    #[test]
    fn a_slash_at_the_end_makes_no_other_address() {
        let address = OldAddress::parse("https://intra.ym.fi/ohjeet/").unwrap();
        assert_eq!(OldAddress::parse("intra.ym.fi/ohjeet"), Ok(address.clone()));
        assert_eq!(address.requests(), ["/ohjeet", "/ohjeet/"]);
        assert_eq!(OldAddress::parse("/ohje.aspx?id=1").unwrap().requests(), ["/ohje.aspx?id=1"]);
        assert_eq!(OldAddress::parse("/").unwrap().requests(), ["/"]);
    }

    #[test]
    fn www_makes_no_other_address_and_is_shown_as_it_was_written() {
        let address = OldAddress::parse("http://WWW.ym.fi/a").unwrap();
        assert_eq!(OldAddress::parse("https://ym.fi/a"), Ok(address.clone()));
        assert_eq!(
            (address.host.as_deref(), address.to_string()),
            (Some("ym.fi"), "http://www.ym.fi/a".into())
        );
    }

    #[test]
    fn a_file_without_a_host_is_no_host() {
        for text in ["sivu.aspx?id=3", "ohje.HTML", "ohjeet", "../ohjeet"] {
            assert_eq!(OldAddress::parse(text), Err(RefusalReason::NotWeb), "{text}");
        }
    }

    #[test]
    fn a_path_on_any_host_has_no_host() {
        assert_eq!(OldAddress::parse("/x?p=1").unwrap().host, None);
        for text in ["//intra.ym.fi/x", "/.//intra.ym.fi/x"] {
            assert_eq!(OldAddress::parse(text), Err(RefusalReason::NotWeb), "{text}");
        }
    }
}
