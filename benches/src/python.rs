//! Peers in Python: each is a script that does the same with the same file and says how long that took, without
//! starting up.
//!
//! `KAMPUS_PYTHON` names the interpreter; default `python3`.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A library that people use from Python.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// XML, by libxml2.
    Lxml,
    /// Workbooks.
    Openpyxl,
    /// Ammonia with bindings.
    Nh3,
}

/// Why a peer could not be measured.
#[derive(Debug)]
pub struct Failed(String);

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failed {}

impl Peer {
    /// The module, as it is imported and installed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lxml => "lxml",
            Self::Openpyxl => "openpyxl",
            Self::Nh3 => "nh3",
        }
    }

    fn script(self) -> &'static str {
        match self {
            Self::Lxml => include_str!("python/lxml.py"),
            Self::Openpyxl => include_str!("python/openpyxl.py"),
            Self::Nh3 => include_str!("python/nh3.py"),
        }
    }

    /// Whether it is there.
    pub fn is_installed(self) -> bool {
        python(&format!("import {}", self.name())).output().is_ok_and(|output| output.status.success())
    }

    /// Does its work on a file so many times; how long that took by its own clock.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn elapsed(self, file: &Path, passes: u64) -> Result<Duration, Failed> {
        let output = python(self.script()).arg(file).arg(passes.to_string()).output();
        let output = output.map_err(|error| Failed(format!("python cannot be started: {error}")))?;
        let said = String::from_utf8_lossy(&output.stdout);
        match said.trim().parse() {
            Ok(seconds) if output.status.success() => Ok(Duration::from_secs_f64(seconds)),
            _ => Err(Failed(format!("{}: {}", self.name(), String::from_utf8_lossy(&output.stderr)))),
        }
    }
}

fn python(script: &str) -> Command {
    let interpreter = std::env::var_os("KAMPUS_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(interpreter);
    command.arg("-c").arg(script);
    command
}
