//! Typed identifiers.
//!
//! Ids are dense: a store counts each kind from 1 upwards in the order of its journal, so that replaying the
//! journal gives the same ids and an index can be an array. They carry no personal data. In text an id names
//! its kind, `person:12`, so that it cannot be mistaken for another in a log or in an activity record.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is not an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an id such as `{kind}:12`")]
pub struct ParseIdError {
    kind: &'static str,
    text: String,
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        ///
        /// Ids of different kinds do not mix:
        ///
        /// ```compile_fail
        /// # use kampus_core::{ItemId, PersonId};
        /// fn erase(person: PersonId) {}
        /// erase(ItemId::FIRST);
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The first id that a store gives out.
            pub const FIRST: Self = Self(NonZeroU32::MIN);

            /// The id of this number, if there can be one.
            pub fn new(number: u32) -> Option<Self> {
                NonZeroU32::new(number).map(Self)
            }

            /// The number of the id.
            pub fn get(self) -> u32 {
                self.0.get()
            }

            /// The id after this one; stays at the last one when the numbers are used up, which the store
            /// then refuses as a duplicate.
            pub(crate) fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($kind, ":{}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.strip_prefix(concat!($kind, ":"))
                    .and_then(|number| number.parse().ok())
                    .map(Self)
                    .ok_or_else(|| ParseIdError { kind: $kind, text: text.to_owned() })
            }
        }
    };
}

id_type!(
    /// Names an organisation or one of its units: both are nodes of one tree.
    OrganisationId,
    "organisation"
);
id_type!(
    /// Names a person. Who that is stands in the profile store, which can forget; the journal knows the id only.
    PersonId,
    "person"
);
id_type!(
    /// Names a post (`org:Post`): an office that people hold in turn.
    PostId,
    "post"
);
id_type!(
    /// Names a group.
    GroupId,
    "group"
);
id_type!(
    /// Names a section.
    SectionId,
    "section"
);
id_type!(
    /// Names a workspace.
    WorkspaceId,
    "workspace"
);
id_type!(
    /// Names an item: a page, news, a document, a service or a discussion.
    ItemId,
    "item"
);
id_type!(
    /// Names a comment on an item.
    CommentId,
    "comment"
);
id_type!(
    /// Names a grant, so that it can be revoked.
    GrantId,
    "grant"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_prints_and_refuses_another_kind() {
        let id = PersonId::new(12).unwrap();
        assert_eq!(id.to_string(), "person:12");
        assert_eq!("person:12".parse(), Ok(id));
        assert!("item:12".parse::<PersonId>().is_err());
        assert!("person:0".parse::<PersonId>().is_err());
    }
}
