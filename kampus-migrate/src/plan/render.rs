//! Faults of a plan as a compiler shows them.
//!
//! ```text
//! error: unknown key `colums` in [[source]]
//!   --> plan.toml:12:9
//!    |
//! 12 | [source.colums]
//!    |         ^^^^^^
//!    = help: did you mean `columns`?
//! ```

use std::fmt;
use std::ops::Range;

use super::fault::{Fault, Faults};

/// One-based line and column of a byte offset; columns count characters.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.iter().enumerate() {
            if index > 0 {
                write!(f, "\n\n")?;
            }
            self.show(f, fault)?;
        }
        Ok(())
    }
}

impl Faults {
    fn show(&self, f: &mut fmt::Formatter<'_>, fault: &Fault) -> fmt::Result {
        write!(f, "error: {}", fault.kind)?;
        let margin = if let Some(span) = &fault.span {
            self.show_place(f, span)?
        } else {
            write!(f, "\n --> {}", self.path().display())?;
            1
        };
        match &fault.help {
            Some(help) => write!(f, "\n{:margin$} = help: {help}", ""),
            None => Ok(()),
        }
    }

    /// Shows the line with a mark under what is meant; yields the width of the line numbers.
    fn show_place(&self, f: &mut fmt::Formatter<'_>, span: &Range<usize>) -> Result<usize, fmt::Error> {
        let (line, column) = position(self.text(), span.start);
        let margin = line.to_string().len();
        let source = self.text().lines().nth(line - 1).unwrap_or("");
        let marked = self.text().get(span.clone()).and_then(|text| text.lines().next()).unwrap_or("");
        let room = source.chars().count().saturating_sub(column - 1).max(1);
        // Tabs stay tabs in the gap, so that the mark stands under its word at any width of tabs.
        let gap: String =
            source.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let mark = "^".repeat(marked.chars().count().clamp(1, room));
        write!(f, "\n{:margin$}--> {}:{line}:{column}", "", self.path().display())?;
        write!(f, "\n{:margin$} |\n{line} | {source}\n{:margin$} | {gap}{mark}", "", "")?;
        Ok(margin)
    }
}
