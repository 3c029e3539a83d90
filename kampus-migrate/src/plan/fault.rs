//! What can be wrong with a plan.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::suggest::one_of;

/// A plan that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The file with the plan cannot be read at all, or is not UTF-8.
    #[error("cannot read the plan `{}`", path.display())]
    Read {
        /// The plan's path as it was given.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The plan was read, and this is all that is wrong with it; shown as a compiler would.
    #[error("{0}")]
    Faults(Faults),
}

/// One thing that is wrong in a plan, where, and what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Byte range in the plan's text; a bare plan has none.
    pub span: Option<Range<usize>>,
    /// What to do about it, where that can be said.
    pub help: Option<String>,
}

impl Fault {
    /// A fault without advice.
    pub(super) fn new(kind: FaultKind, span: Option<Range<usize>>) -> Self {
        Self { kind, span, help: None }
    }

    /// The same fault with the word that was probably meant.
    pub(super) fn meant(mut self, word: Option<&str>) -> Self {
        self.help = word.map(|word| format!("did you mean `{word}`?")).or(self.help);
        self
    }

    /// The same fault with advice.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The kinds of faults.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultKind {
    /// The text is no TOML.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// A key that no table of that name has.
    #[error("unknown key `{key}` in {table}")]
    UnknownKey {
        /// The key.
        key: String,
        /// The table as a plan writes it: `[[source]]`.
        table: &'static str,
    },
    /// A key that has to be there is not.
    #[error("{table} has no `{key}`")]
    MissingKey {
        /// The key.
        key: &'static str,
        /// The table as a plan writes it.
        table: &'static str,
    },
    /// A value of the wrong type.
    #[error("`{key}` must be {expected}, not {found}")]
    WrongType {
        /// The key.
        key: String,
        /// The type that is asked for, with its article.
        expected: &'static str,
        /// The type that stands there, with its article.
        found: &'static str,
    },
    /// A word where only some words are allowed.
    #[error("`{word}` is no {key}: it is {}", one_of(words))]
    UnknownWord {
        /// The key.
        key: String,
        /// The word.
        word: String,
        /// The words that are allowed.
        words: Vec<&'static str>,
    },
    /// A field in a table of columns that pages or people do not have.
    #[error("unknown field `{field}`: {of} have {}", one_of(fields))]
    UnknownField {
        /// The field.
        field: String,
        /// `pages` or `people`.
        of: &'static str,
        /// The fields that there are.
        fields: &'static [&'static str],
    },
    /// No time zone of the IANA data base.
    #[error("unknown time zone `{0}`")]
    UnknownTimeZone(String),
    /// Nothing, or blanks only.
    #[error("`{0}` is empty")]
    Empty(String),
    /// An id that cannot stand in a ledger and on a command line.
    #[error("`{0}` is no id: ids have letters, digits, `-`, `_` and `.`")]
    BadId(String),
    /// The ledger tells sources apart by their ids.
    #[error("the id `{id}` is taken: line {line} has it too")]
    DuplicateId {
        /// The id.
        id: String,
        /// The one-based line where it stands first.
        line: usize,
    },
    /// There is nothing at a path.
    #[error("no such {what}: `{}`", path.display())]
    Missing {
        /// `file` or `folder`.
        what: &'static str,
        /// The path that was looked at.
        path: PathBuf,
    },
    /// There is something else at a path.
    #[error("`{}` is not a {what}", path.display())]
    NotA {
        /// `file` or `folder`.
        what: &'static str,
        /// The path that was looked at.
        path: PathBuf,
    },
    /// A code that neither the store nor the preset knows.
    #[error("unknown organisation `{0}`")]
    UnknownOrganisation(String),
    /// A reference to something that the plan does not have.
    #[error("unknown {what} `{word}`")]
    Unknown {
        /// `target`, `source`, or `target or source`.
        what: &'static str,
        /// The word.
        word: String,
    },
    /// A workspace where a section has to be.
    #[error("`{0}` is a workspace: sections stand under sections")]
    NoSection(String),
    /// Targets that stand under each other in a circle.
    #[error("`{0}` stands under itself")]
    AboveItself(String),
    /// A key that makes no sense beside the others.
    #[error("{of} has no {}", quoted(key))]
    NotFor {
        /// What the table describes, with its article.
        of: &'static str,
        /// The key.
        key: &'static str,
    },
    /// A pattern that cannot be read.
    #[error("`{pattern}` is no pattern: {why}")]
    BadPattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        why: String,
    },
    /// A path to an element that cannot be read.
    #[error("`{path}` is no path to an element: {why}")]
    BadElementPath {
        /// The path.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// A pattern of paths that no path can match.
    #[error("`{0}` is no path: a path begins with `/`")]
    NoPath(String),
    /// A date that is none.
    #[error("`{0}` is no day")]
    BadDate(String),
    /// Two bounds between which no day lies.
    #[error("no day lies between `{after}` and `{before}`")]
    NoDays {
        /// The key of the lower bound.
        after: &'static str,
        /// The key of the upper bound.
        before: &'static str,
    },
    /// A rule that an earlier one leaves nothing for.
    #[error("the rule can never match: the rule in line {line} takes all that it asks for")]
    Unreachable {
        /// The one-based line of the earlier rule.
        line: usize,
    },
    /// A rule without a result.
    #[error("the rule does nothing")]
    Idle,
    /// A classification that its place may not hold.
    #[error("`{classification}` is above the ceiling of `{of}`, which is `{ceiling}`")]
    AboveCeiling {
        /// The word of the rule.
        classification: &'static str,
        /// The word of the ceiling.
        ceiling: &'static str,
        /// The id of the target or source.
        of: String,
    },
    /// A marker of languages in addresses that cannot be read.
    #[error("`{0}` is no marker: it does not say where the language stands")]
    BadMarker(String),
    /// A plan without sources.
    #[error("the plan has neither a [[source]] nor a list of [[people]]")]
    NothingToDo,
}

/// A key in backticks; a phrase stands as it is.
fn quoted(key: &str) -> String {
    if key.contains(' ') { key.to_owned() } else { format!("`{key}`") }
}

/// All faults of a plan, never none, in the order of the text. Its [`Display`](std::fmt::Display) shows each
/// of them with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    path: PathBuf,
    text: String,
    all: Vec<Fault>,
}

impl Faults {
    /// The faults of the plan at `path`; `None` when there are none.
    pub(super) fn collect(path: &Path, text: &str, mut faults: Vec<Fault>) -> Option<Self> {
        if faults.is_empty() {
            return None;
        }
        faults.sort_by_key(|fault| fault.span.as_ref().map_or(0, |span| span.start));
        Some(Self { path: path.to_owned(), text: text.to_owned(), all: faults })
    }

    /// The plan's path as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The plan's text; empty for a bare plan.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The faults, at least one.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.all.iter()
    }

    /// One-based line and column (in characters) of a fault.
    pub fn position(&self, fault: &Fault) -> Option<(usize, usize)> {
        fault.span.as_ref().map(|span| super::render::position(&self.text, span.start))
    }
}
