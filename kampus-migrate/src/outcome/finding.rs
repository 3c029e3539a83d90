//! What a survey finds on a page.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something about a page that its owner or the migration team should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub problem: Problem,
    /// Which one: the link, the mark, the markup, the owner; empty where there is nothing more to say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

impl Finding {
    /// A finding with nothing more to say.
    pub fn plain(problem: Problem) -> Self {
        Self { problem, detail: String::new() }
    }

    /// A finding that says which.
    pub fn of(problem: Problem, detail: &(impl ToString + ?Sized)) -> Self {
        Self { problem, detail: detail.to_string() }
    }
}

/// As the workbook's column of problems says it.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = &self.detail;
        match self.problem {
            Problem::Impossible => write!(f, "would be rejected: {detail}"),
            Problem::Route => f.write_str(detail),
            Problem::NoTitle => f.write_str("no title"),
            Problem::NoText => f.write_str("no text"),
            Problem::NoOwner => f.write_str("no owner"),
            Problem::UnlistedOwner => write!(f, "its owner is in no list of people: {detail}"),
            Problem::Private => f.write_str("private: becomes a draft"),
            Problem::Password => f.write_str("has a password: becomes a draft"),
            Problem::Trash => f.write_str("in the waste-paper basket: is left behind"),
            Problem::Markup => write!(f, "markup that goes: {detail}"),
            Problem::Mark => write!(f, "protection mark: {detail}"),
            Problem::DeadLink => write!(f, "link to nothing: {detail}"),
            Problem::SameText => write!(f, "the same text stands on {detail} pages"),
        }
    }
}

/// The kinds of findings, those that cannot wait first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Problem {
    /// An old protection mark stands in its text.
    Mark,
    /// What a rule or a decision says of it cannot be done.
    Impossible,
    /// A rule or a decision does more with it than moving it.
    Route,
    /// Nobody answers for it.
    NoOwner,
    /// Whoever answers for it is in no list of people.
    UnlistedOwner,
    /// It was for its author and editors only.
    Private,
    /// It was behind a password.
    Password,
    /// It was thrown away.
    Trash,
    /// It has no title.
    NoTitle,
    /// It has no text.
    NoText,
    /// The same text stands on other pages too.
    SameText,
    /// It links to an old page that no export holds.
    DeadLink,
    /// Scripts, styles, frames or trackers that do not move.
    Markup,
}

impl Problem {
    /// All kinds, those that cannot wait first.
    pub const ALL: [Self; 13] = [
        Self::Mark,
        Self::Impossible,
        Self::Route,
        Self::NoOwner,
        Self::UnlistedOwner,
        Self::Private,
        Self::Password,
        Self::Trash,
        Self::NoTitle,
        Self::NoText,
        Self::SameText,
        Self::DeadLink,
        Self::Markup,
    ];

    /// The word that documents use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::NoOwner => "no_owner",
            Self::UnlistedOwner => "unlisted_owner",
            Self::Impossible => "impossible",
            Self::Route => "route",
            Self::Private => "private",
            Self::Password => "password",
            Self::Trash => "trash",
            Self::NoTitle => "no_title",
            Self::NoText => "no_text",
            Self::SameText => "same_text",
            Self::DeadLink => "dead_link",
            Self::Markup => "markup",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_problem_is_the_word_of_the_document() {
        for problem in Problem::ALL {
            assert_eq!(serde_json::to_value(problem).unwrap(), problem.as_str());
        }
    }
}
