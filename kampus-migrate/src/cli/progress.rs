//! How far a command has come.

use std::cell::Cell;
use std::time::Duration;

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use kampus_migrate::engine::Progress;

use super::printer::Printer;

/// A line on standard error about what is being read, or nothing.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    /// Size of the file that is being read.
    size: Cell<Option<u64>>,
}

impl Bar {
    /// A line that is drawn when the printer allows it.
    pub fn new(printer: &Printer) -> Self {
        let target = if printer.shows_progress() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        // A template that indicatif does not like costs the line's looks, not the migration.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix}  {msg}  {elapsed}") {
            bar.set_style(style);
        }
        if printer.shows_progress() {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self { bar, size: Cell::new(None) }
    }

    /// Takes a step.
    pub fn step(&self, progress: Progress) {
        match progress {
            Progress::Source { id, bytes } => {
                let size = bytes.map(|bytes| format!(" ({})", HumanBytes(bytes))).unwrap_or_default();
                self.size.set(bytes);
                self.begin(format!("{id}{size}"));
            }
            Progress::Read { records, bytes } => {
                let share =
                    self.size.get().filter(|size| bytes > 0 && *size > 0).map(|size| bytes * 100 / size);
                let share = share.map(|share| format!("{} %  ", share.min(100))).unwrap_or_default();
                self.bar.set_message(format!("{share}{} records", HumanCount(records)));
            }
            Progress::Step { name } => self.begin(name.to_owned()),
            Progress::Done => self.bar.finish_and_clear(),
        }
    }

    fn begin(&self, what: String) {
        self.bar.set_prefix(what);
        self.bar.set_message("");
        self.bar.reset_elapsed();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
