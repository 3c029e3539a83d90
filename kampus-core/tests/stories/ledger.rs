//! The reckoning of one story: what was replayed, what has no counterpart and why, what came out otherwise.

use std::collections::BTreeMap;
use std::fmt;

/// What became of the assertions of one story.
#[derive(Debug)]
#[must_use = "a ledger says what went wrong only when it is settled"]
pub(crate) struct Ledger {
    story: String,
    chapter: String,
    mapped: usize,
    unmapped: BTreeMap<String, usize>,
    wrong: Vec<String>,
}

impl Ledger {
    pub(crate) fn new(story: &str) -> Self {
        Self {
            story: story.to_owned(),
            chapter: String::new(),
            mapped: 0,
            unmapped: BTreeMap::new(),
            wrong: Vec::new(),
        }
    }

    pub(crate) fn mapped(&self) -> usize {
        self.mapped
    }

    pub(crate) fn unmapped(&self) -> usize {
        self.unmapped.values().sum()
    }

    /// Names the part of a long story that comes next, for what goes wrong in it.
    pub(crate) fn chapter(&mut self, name: &str) {
        name.clone_into(&mut self.chapter);
    }

    /// Counts an assertion and compares the answers; `what` says what was asked.
    pub(crate) fn compare<T: PartialEq + fmt::Debug>(
        &mut self,
        what: impl FnOnce() -> String,
        expected: &T,
        found: &T,
    ) {
        self.mapped += 1;
        if expected != found {
            let (chapter, what) = (&self.chapter, what());
            self.wrong.push(format!("{chapter} {what}: the story says {expected:?}, Kampus {found:?}"));
        }
    }

    /// Counts assertions that have no counterpart.
    pub(crate) fn pass_over(&mut self, reason: &str, count: usize) {
        if count > 0 {
            *self.unmapped.entry(reason.to_owned()).or_default() += count;
        }
    }

    /// Every answer was the story's, and at least so many assertions were replayed.
    pub(crate) fn settle(&self, at_least: usize) {
        assert!(self.wrong.is_empty(), "{}:\n{}", self.story, self.wrong.join("\n"));
        assert!(self.mapped >= at_least, "{}: only {} assertions were replayed", self.story, self.mapped);
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: mapped {}, unmapped {}", self.story, self.mapped, self.unmapped())?;
        for (reason, count) in &self.unmapped {
            write!(f, "\n    {count}: {reason}")?;
        }
        Ok(())
    }
}
