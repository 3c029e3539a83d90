//! The one place that writes to the terminal.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::failure::Failure;

/// Results go to standard output, all else to standard error.
#[derive(Debug)]
pub struct Printer {
    quiet: bool,
    colour: bool,
    progress: bool,
}

impl Printer {
    /// Decides once, from what the process finds around it, how to speak.
    pub fn from_environment(quiet: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let terminal = io::stderr().is_terminal();
        Self { quiet, colour: terminal && !set("NO_COLOR"), progress: terminal && !quiet && !set("CI") }
    }

    /// Whether progress may be drawn on standard error.
    pub fn shows_progress(&self) -> bool {
        self.progress
    }

    /// Prints a result.
    #[expect(clippy::unused_self, reason = "whoever prints goes through the printer")]
    pub fn result(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        out.flush()?;
        Ok(())
    }

    /// Prints a result as a document.
    pub fn document(&self, value: &impl Serialize) -> Result<(), Failure> {
        self.result(&serde_json::to_string_pretty(value)?)
    }

    /// Tells something that is good to know.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.tell("note", "36", text);
        }
    }

    /// Tells something that should be looked at.
    pub fn warning(&self, text: &str) {
        if !self.quiet {
            self.tell("warning", "33", text);
        }
    }

    /// Tells why the command ends.
    pub fn error(&self, text: &str) {
        self.tell("error", "31", text);
    }

    fn tell(&self, level: &str, colour: &str, text: &str) {
        let label =
            if self.colour { format!("\u{1b}[1;{colour}m{level}\u{1b}[0m") } else { level.to_owned() };
        // A plan's faults come with their labels, because there may be many in one text.
        let text = match text.strip_prefix("error: ") {
            Some(rest) => rest.replace("\nerror: ", &format!("\n{label}: ")),
            None => text.to_owned(),
        };
        // When standard error is gone, there is nowhere left to say so.
        drop(writeln!(io::stderr().lock(), "{label}: {text}"));
    }
}
