//! A folder with a plan and its exports, and the store that they are loaded into.

use std::fs;
use std::path::PathBuf;

use kampus_core::content::{Container, Item, Section, Workspace};
use kampus_core::{Actor, Command, Kampus, Language, PersonId, Snapshot};
use kampus_migrate::engine::{self, MigrateError, RunOptions};
use kampus_migrate::inventory::{Decided, Decision, Decisions};
use kampus_migrate::outcome::{RunOutcome, Side, SurveyOutcome};
use kampus_migrate::plan::{CheckedPlan, Plan};
use tempfile::TempDir;

pub(super) struct World {
    folder: TempDir,
    pub(super) decisions: Option<Decisions>,
}

impl World {
    pub(super) fn new(plan: &str, files: &[(&str, &str)]) -> Self {
        let world = Self { folder: TempDir::new().unwrap(), decisions: None };
        world.write("plan.toml", plan);
        for (name, text) in files {
            world.write(name, text);
        }
        world
    }

    /// Writes a file in place of an older one.
    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Decides about a page in the workbook.
    pub(super) fn decide(&mut self, source: &str, id: &str, decision: Decision) {
        let decided = Decided { decision: Some(decision), owner: None, place: "inventory.xlsx".to_owned() };
        // A word that is said later takes the place of an earlier one.
        self.decisions.get_or_insert_default().insert(source, id, decided);
    }

    pub(super) fn plan(&self) -> CheckedPlan {
        let known = ["YM", "LVM", "MMM", "VNK"].map(str::to_owned).into();
        match Plan::read(&self.path("plan.toml")).and_then(|plan| plan.check(&known)) {
            Ok(plan) => plan,
            Err(error) => panic!("{error}"),
        }
    }

    pub(super) fn try_run(&self) -> Result<RunOutcome, MigrateError> {
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        let options =
            RunOptions { dry_run: false, decisions: self.decisions.clone(), prefer: Side::Target, now };
        engine::run(&self.plan(), &self.path("kampus.db"), &options, &mut |_| {})
    }

    pub(super) fn run(&self) -> RunOutcome {
        self.try_run().unwrap()
    }

    pub(super) fn survey(&self) -> SurveyOutcome {
        engine::survey(&self.plan(), &mut |_| {}).unwrap()
    }

    fn kampus(&self) -> Kampus {
        Kampus::open(self.path("kampus.db")).unwrap()
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        self.kampus().snapshot()
    }

    /// Does something as people and tools do after a migration.
    pub(super) fn execute(&self, command: Command) {
        let at = "2026-02-01T00:00:00Z".parse().unwrap();
        self.kampus().execute(&Actor::Operator("test".to_owned()), at, command).unwrap();
    }

    /// The item that has this title in some language.
    pub(super) fn item(&self, title: &str) -> Item {
        let snapshot = self.snapshot();
        let called = |item: &&Item| item.title.iter().any(|(_, known)| known == title);
        let found: Vec<&Item> = snapshot.untrimmed().items().filter(called).collect();
        assert_eq!(found.len(), 1, "items called `{title}`");
        found[0].clone()
    }

    pub(super) fn has_item(&self, title: &str) -> bool {
        self.snapshot().untrimmed().items().any(|item| item.title.iter().any(|(_, known)| known == title))
    }

    /// The body of an item in a language.
    pub(super) fn body(&self, item: &Item, language: Language) -> String {
        let hash = item.body.get(language).unwrap().hash;
        String::from_utf8(self.snapshot().untrimmed().blob(hash).unwrap().unwrap()).unwrap()
    }

    /// The item that an old address leads to now.
    pub(super) fn leads_to(&self, address: &str) -> Option<u32> {
        let found = engine::redirects(&self.path("kampus.db")).unwrap();
        let to = found.into_iter().find(|redirect| redirect.from == address)?.to;
        to.strip_prefix("/items/").unwrap().parse().ok()
    }

    /// Whether everything that was read is accounted for and stands where it went.
    pub(super) fn is_proven(&self) -> bool {
        let outcome = engine::verify(&self.plan(), &self.path("kampus.db"), &mut |_| {}).unwrap();
        assert!(outcome.proven(), "{outcome:#?}");
        true
    }

    /// What the place of an item is called in Finnish.
    pub(super) fn place(&self, title: &str) -> String {
        match self.item(title).container {
            Container::Section(id) => self.section(id).title.get(Language::Fi).unwrap().clone(),
            Container::Workspace(id) => self.workspace(id).title.get(Language::Fi).unwrap().clone(),
        }
    }

    pub(super) fn section(&self, id: kampus_core::SectionId) -> Section {
        self.snapshot().untrimmed().sections().find(|section| section.id == id).unwrap().clone()
    }

    pub(super) fn workspace(&self, id: kampus_core::WorkspaceId) -> Workspace {
        self.snapshot().untrimmed().workspaces().find(|workspace| workspace.id == id).unwrap().clone()
    }

    /// Everybody's id by the name that is shown.
    pub(super) fn person(&self, name: &str) -> PersonId {
        let found = self.kampus().profiles().unwrap();
        found.iter().find(|(_, profile)| profile.shown_name() == name).unwrap().0
    }
}

/// Notices and rejections, each in a line.
pub(super) fn said(outcome: &RunOutcome) -> String {
    let notices = outcome.notices.first().iter().map(|notice| &notice.text);
    let rejections = outcome.rejections.iter().map(|rejection| &rejection.reason);
    notices.chain(rejections).cloned().collect::<Vec<_>>().join("\n")
}
