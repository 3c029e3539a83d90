//! The made-up government of the example, small, with its activity on disk and reports on it.

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use kampus_analytics::disclosure::MinGroup;
use kampus_analytics::ingest::{Ingest, Pseudonyms};
use kampus_analytics::{Directory, ReportTables, metrics, report};
use kampus_core::activity::{ActivitySink, FileSink};
use kampus_core::{Kampus, Language};
use tempfile::TempDir;

#[path = "../examples/generate_activity/activity.rs"]
mod activity;
#[path = "../examples/generate_activity/texts.rs"]
mod texts;
#[path = "../examples/generate_activity/world.rs"]
mod world;

/// A store, what people did, and the dataset made of that.
pub(crate) struct SmallGovernment {
    folder: TempDir,
    /// The tables of a report on everything: the engine is slow where dependencies are not optimised.
    tables: OnceLock<ReportTables>,
}

/// Made once for all tests: seven months of 500 people, which brings three waves and the long summer.
pub(crate) static SMALL: LazyLock<SmallGovernment> = LazyLock::new(SmallGovernment::found);

impl SmallGovernment {
    fn found() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let kampus = Kampus::open(folder.path().join("kampus.db")).unwrap();
        let scale = world::Scale { people: 500, months: 7, seed: 7 };
        let world = world::World::found(&kampus, scale).unwrap();
        let sink = FileSink::new(folder.path().join("recorded"));
        for day in world.days() {
            for act in activity::of_day(&world, day).unwrap() {
                sink.record(&act).unwrap();
            }
        }
        sink.flush().unwrap();
        let small = Self { folder, tables: OnceLock::new() };
        let directory = small.directory();
        let pseudonyms = Pseudonyms::in_folder(small.folder.path()).unwrap();
        let ingest =
            Ingest { directory: &directory, pseudonyms: &pseudonyms, into: &small.dataset(), format: None };
        let outcome = ingest.run(&small.recorded(), &mut |_, _, _| {}).unwrap();
        assert_eq!(outcome.rejected(), 0);
        small
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("kampus.db")
    }

    pub(crate) fn dataset(&self) -> PathBuf {
        self.folder.path().join("dataset")
    }

    pub(crate) fn directory(&self) -> Directory {
        Directory::read(&self.store()).unwrap()
    }

    /// The files of activity, by name.
    pub(crate) fn recorded(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.folder.path().join("recorded")).unwrap();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    /// Writes a report on everything into a folder.
    pub(crate) fn report(&self, into: &Path, language: Language) -> report::Written {
        let directory = self.directory();
        let tables = self.tables.get_or_init(|| {
            metrics::build(&directory, &self.dataset(), None, None, MinGroup::DEFAULT).unwrap()
        });
        report::write(into, tables, &directory, language).unwrap()
    }
}
