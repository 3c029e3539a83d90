//! The plan on the command line.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use kampus_core::{Kampus, presets};
use kampus_migrate::plan::{CheckedPlan, Plan};

use super::failure::Failure;
use super::shell;

/// The plan, or the export that goes without one.
#[derive(Debug, clap::Args)]
pub struct PlanArgs {
    /// The plan (.toml), or a single export file
    #[arg(value_name = "PLAN")]
    path: PathBuf,

    /// Whose content a single export is: the organisation's code, such as YM
    #[arg(long, value_name = "CODE")]
    organisation: Option<String>,
}

impl PlanArgs {
    /// Reads and checks the plan. `store` may know organisations that the preset does not.
    pub fn check(&self, store: Option<&Path>) -> Result<CheckedPlan, Failure> {
        let plan = self.read()?;
        let mut known: BTreeSet<String> = presets::finland().into_iter().map(|node| node.code).collect();
        let all_known = plan.organisations().all(|code| known.contains(code));
        // Opening a store reads its whole journal, so it is asked only when the preset has no answer; and one
        // that is not there must not be made by asking.
        if let Some(path) = store.filter(|path| !all_known && path.exists()) {
            let store = Kampus::open(path).map_err(|error| {
                Failure::Failed(format!("the store `{}` cannot be used: {error}", path.display()))
            })?;
            let snapshot = store.snapshot();
            known.extend(snapshot.directory().organisations().map(|organisation| organisation.code.clone()));
        }
        Ok(plan.check(&known)?)
    }

    fn read(&self) -> Result<Plan, Failure> {
        let is_plan = self.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
        match (&self.organisation, is_plan) {
            (None, true) => Ok(Plan::read(&self.path)?),
            (Some(code), false) => Ok(Plan::bare(&self.path, code)),
            (Some(_), true) => Err(Failure::Usage(format!(
                "`{}` is a plan, and a plan says itself whose content it moves: leave --organisation out",
                self.path.display()
            ))),
            (None, false) => Err(Failure::Usage(format!(
                "`{}` is a single export: say whose content it is with --organisation CODE, or name a plan (.toml)",
                self.path.display()
            ))),
        }
    }

    /// The words that name the same plan on another command line.
    pub fn words(&self) -> String {
        match &self.organisation {
            Some(code) => format!("{} --organisation {}", shell::path(&self.path), shell::word(code)),
            None => shell::path(&self.path),
        }
    }
}
