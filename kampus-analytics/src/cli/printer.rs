//! The one place that writes to the terminal.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::failure::Failure;

/// Results go to standard output, all else to standard error.
#[derive(Debug)]
pub struct Printer {
    quiet: bool,
}

impl Printer {
    /// A printer; a quiet one tells errors only.
    pub fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Prints a result.
    #[expect(clippy::unused_self, reason = "whoever prints goes through the printer")]
    pub fn result(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        writeln!(out, "{}", text.trim_end())?;
        out.flush()?;
        Ok(())
    }

    /// Prints a result as a document.
    pub fn document(&self, value: &impl Serialize) -> Result<(), Failure> {
        self.result(&serde_json::to_string_pretty(value)?)
    }

    /// Tells why the command ends.
    #[expect(clippy::unused_self, reason = "whoever prints goes through the printer")]
    pub fn error(&self, text: &str) {
        // When standard error is gone, there is nowhere left to say so.
        drop(writeln!(io::stderr().lock(), "error: {text}"));
    }

    /// A line on standard error that shows how far a source is read, or nothing.
    pub fn bar(&self) -> Bar {
        let shown = io::stderr().is_terminal() && !self.quiet && std::env::var_os("CI").is_none();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        // A template that indicatif does not like costs the line's looks, not the work.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}  {elapsed}") {
            bar.set_style(style);
        }
        Bar(bar)
    }
}

/// How far a source is read.
#[derive(Debug)]
pub struct Bar(ProgressBar);

impl Bar {
    /// Shows how far it is.
    pub fn show(&self, source: &Path, read: u64, size: u64) {
        let name = source.file_name().unwrap_or(source.as_os_str()).to_string_lossy();
        let percent = read.saturating_mul(100).checked_div(size).unwrap_or_default();
        self.0.set_message(format!("{name}: {percent} % of {}", HumanBytes(size)));
        self.0.tick();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
