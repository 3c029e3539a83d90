//! Periods of validity.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A stretch of time, open at either end: `from` belongs to it, `until` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Period {
    /// The first moment; `None` reaches back without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// The first moment that no longer belongs to it; `None` goes on without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Period {
    /// All of time.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// From a moment on.
    pub fn since(from: Timestamp) -> Self {
        Self { from: Some(from), until: None }
    }

    /// Up to a moment.
    pub fn before(until: Timestamp) -> Self {
        Self { from: None, until: Some(until) }
    }

    /// Between two moments.
    pub fn between(from: Timestamp, until: Timestamp) -> Self {
        Self { from: Some(from), until: Some(until) }
    }

    /// Whether a moment belongs to it.
    pub fn contains(self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }

    /// Whether no moment belongs to it.
    pub fn is_empty(self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until <= from)
    }
}
