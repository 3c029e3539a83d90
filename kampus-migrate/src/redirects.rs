//! Old addresses to new items, in the forms that web servers read.
//!
//! Addresses come from exports, so they are hostile until shown otherwise. Every form is made of an alphabet
//! in which nothing can end a string or a line; what does not fit is refused and handed back, not guessed.

mod address;
mod apache;
mod landing;
mod nginx;

use std::collections::BTreeMap;

use address::OldAddress;

pub use landing::{Landing, LandingError};

/// An old address and where it leads now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// The old address: `http://intra.example/sivu?nodeid=12`, or a path on any of the old hosts.
    pub from: String,
    /// The path of the new item: `/items/123`.
    pub to: String,
}

/// The forms in which redirects are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectFormat {
    /// Maps for nginx' `http` block.
    Nginx,
    /// Rewrite rules for Apache httpd 2.4.
    Apache,
    /// Comma-separated values with the header `from,to`.
    Csv,
}

/// Redirects that are written out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "refused redirects have to be told to somebody"]
pub struct Rendered {
    /// The text of the file.
    pub text: String,
    /// How many redirects are in it.
    pub written: usize,
    /// The redirects that are not in it.
    pub refused: Vec<Refused>,
}

/// A redirect that was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The redirect as it was given.
    pub redirect: Redirect,
    /// Why.
    pub reason: RefusalReason,
}

/// Why a redirect was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RefusalReason {
    /// Neither an http address nor a path.
    #[error("it is neither an http(s) address nor a path that begins with `/`")]
    NotWeb,
    /// A line break or another control character.
    #[error("it contains a control character")]
    Control,
    /// The new address has characters that no path of ours has.
    #[error("it leads to `{0}`, which is no address of an item")]
    Target(String),
    /// The same old address leads to something else already.
    #[error("the same address leads to `{0}` already")]
    Taken(String),
}

/// Writes redirects in a form. `base` stands in front of the new paths: the new platform's scheme and host,
/// or nothing when old and new pages share a host.
pub fn render(format: RedirectFormat, redirects: &[Redirect], base: &str) -> Rendered {
    let (rules, refused) = sort_out(redirects, base);
    let text = match format {
        RedirectFormat::Nginx => nginx::render(&rules),
        RedirectFormat::Apache => apache::render(&rules),
        RedirectFormat::Csv => render_csv(&rules),
    };
    Rendered { text, written: rules.len(), refused }
}

/// Old addresses, each once, in a stable order, with the full new address.
type Rules = BTreeMap<OldAddress, String>;

fn sort_out(redirects: &[Redirect], base: &str) -> (Rules, Vec<Refused>) {
    let mut rules = Rules::new();
    let mut refused = Vec::new();
    for redirect in redirects {
        let mut refuse = |reason| refused.push(Refused { redirect: redirect.clone(), reason });
        let to = format!("{}{}", base.trim_end_matches('/'), redirect.to);
        if !redirect.to.starts_with('/') || !to.bytes().all(is_plain) {
            refuse(RefusalReason::Target(to));
            continue;
        }
        match OldAddress::parse(&redirect.from) {
            Err(reason) => refuse(reason),
            Ok(from) => match rules.get(&from) {
                Some(taken) if *taken != to => refuse(RefusalReason::Taken(taken.clone())),
                _ => drop(rules.insert(from, to)),
            },
        }
    }
    (rules, refused)
}

/// Bytes that mean nothing to any of the forms: no quotes, blanks, `$`, `%`, `;`, braces or backslashes.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/:.-_~".contains(&byte)
}

/// No cell begins like a formula: all old addresses begin with `/` or `http`.
fn render_csv(rules: &Rules) -> String {
    let row = |(from, to): (&OldAddress, &String)| {
        let from = from.to_string().replace('"', "\"\"");
        let quote = if from.contains([',', '"']) { "\"" } else { "" };
        format!("{quote}{from}{quote},{to}\n")
    };
    std::iter::once("from,to\n".to_owned()).chain(rules.iter().map(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(from: &str, to: &str) -> Option<RefusalReason> {
        let redirect = Redirect { from: from.to_owned(), to: to.to_owned() };
        render(RedirectFormat::Csv, &[redirect], "").refused.pop().map(|refused| refused.reason)
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        assert_eq!(refusal("javascript:alert(1)", "/items/1"), Some(RefusalReason::NotWeb));
        assert_eq!(refusal("Notes://srv/db", "/items/1"), Some(RefusalReason::NotWeb));
        assert_eq!(refusal("/a\nb", "/items/1"), Some(RefusalReason::Control));
        assert_eq!(refusal("", "/items/1"), Some(RefusalReason::NotWeb));
    }

    #[test]
    fn a_target_cannot_carry_configuration() {
        let evil = "/items/1; } server { }";
        assert_eq!(refusal("/a", evil), Some(RefusalReason::Target(evil.to_owned())));
    }

    #[test]
    fn an_address_leads_to_one_place_only() {
        let redirects = ["/items/1", "/items/2", "/items/1"]
            .map(|to| Redirect { from: "/a".to_owned(), to: to.to_owned() });
        let rendered = render(RedirectFormat::Csv, &redirects, "");
        assert_eq!(rendered.text, "from,to\n/a,/items/1\n");
        assert_eq!(rendered.refused.len(), 1);
    }
}
