//! A written table of redirects, read back.

use std::collections::BTreeMap;

use super::address::OldAddress;

/// Where browsers that ask for old addresses end, as a table written by [`render`](super::render) says.
#[derive(Debug, Clone, Default)]
pub struct Landing(BTreeMap<OldAddress, String>);

/// A table of redirects that cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LandingError {
    /// It is no comma-separated table.
    #[error("the table of redirects cannot be read")]
    Table(#[from] csv::Error),
    /// It does not have the columns `from` and `to`.
    #[error("the table of redirects begins with `{0}` instead of `from,to`")]
    Header(String),
    /// An old address is none.
    #[error("`{address}` in the table of redirects is no address")]
    Address {
        /// The address.
        address: String,
        /// What is wrong with it.
        #[source]
        reason: super::RefusalReason,
    },
}

impl Landing {
    /// Reads a table with the header `from,to`.
    pub fn read(table: &str) -> Result<Self, LandingError> {
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header = reader.headers()?.iter().collect::<Vec<_>>().join(",");
        if header != "from,to" {
            return Err(LandingError::Header(header));
        }
        let mut landing = BTreeMap::new();
        for row in reader.into_deserialize() {
            let (from, to): (String, String) = row?;
            let address =
                OldAddress::parse(&from).map_err(|reason| LandingError::Address { address: from, reason })?;
            landing.insert(address, to);
        }
        Ok(Self(landing))
    }

    /// Where a browser ends that asks for an old address; `None` when no rule knows it.
    pub fn of(&self, address: &str) -> Option<&str> {
        self.0.get(&OldAddress::parse(address).ok()?).map(String::as_str)
    }

    /// How many old addresses there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no old address.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::redirects::{Redirect, RedirectFormat, render};

    #[test]
    fn a_table_that_is_none_is_told() {
        assert!(matches!(Landing::read("a,b\n"), Err(LandingError::Header(_))));
        assert!(matches!(Landing::read("from,to\n/a\n"), Err(LandingError::Table(_))));
        assert!(matches!(Landing::read("from,to\nmailto:x,/items/1\n"), Err(LandingError::Address { .. })));
        assert!(Landing::read("from,to\n").unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(addresses in prop::collection::vec("(https?://(www\\.)?[a-z]{1,3}\\.fi)?/\\PC{0,12}", 1..8)) {
            let redirects: Vec<Redirect> = (1..)
                .zip(&addresses)
                .map(|(number, from)| Redirect { from: from.clone(), to: format!("/items/{number}") })
                .collect();
            let rendered = render(RedirectFormat::Csv, &redirects, "https://kampus.example");
            let landing = Landing::read(&rendered.text).unwrap();
            prop_assert_eq!(landing.len(), rendered.written);
            for redirect in &redirects {
                let expected = format!("https://kampus.example{}", redirect.to);
                let refused = rendered.refused.iter().any(|refused| refused.redirect == *redirect);
                prop_assert!(refused || landing.of(&redirect.from) == Some(&expected), "{:?}", redirect);
            }
        }
    }
}
