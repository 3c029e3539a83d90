//! The migration team, and the people in Kampus meanwhile.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kampus_core::content::Item;
use kampus_core::directory::Employment;
use kampus_core::journal::{Journal as _, SqliteJournal};
use kampus_core::{Actor, Command, Kampus, Language, Snapshot};
use kampus_migrate::clean;
use kampus_migrate::engine::{self, MigrateError, Progress, RunOptions};
use kampus_migrate::inventory::{self, Decisions};
use kampus_migrate::outcome::{Equation, RollbackOutcome, RunOutcome, Side};
use kampus_migrate::plan::CheckedPlan;
use kampus_migrate::report::verify_text;

use super::government::{Edition, Government, decided};
use crate::kills::{held, remove, start};
use crate::office::{column, fill};
use crate::support::plan;

/// Whether all goes well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weather {
    /// Every command comes to its end.
    Calm,
    /// Commands are stopped and killed on the way, and taken up again.
    Storm,
}

/// After so many milliseconds a process is killed, if it is not done by then; the next one goes on.
const KILLED_AFTER: [u64; 3] = [5, 60, 150];

pub(super) struct Team<'a> {
    pub(super) government: &'a Government,
    pub(super) weather: Weather,
    pub(super) store: PathBuf,
}

impl<'a> Team<'a> {
    pub(super) fn new(government: &'a Government, weather: Weather) -> Self {
        let store = government.folder().join(format!("{weather:?}.db"));
        Self { government, weather, store }
    }

    fn plan(&self, wave: usize, edition: Edition) -> CheckedPlan {
        plan(&self.government.wave(wave, edition).plan)
    }

    /// The workbook goes out, each ministry leaves one page behind and puts one into another, and it comes back.
    pub(super) fn survey_and_decide(&self, wave: usize) {
        let outcome = engine::survey(&self.plan(wave, Edition::First), &mut |_| {}).unwrap();
        let workbook = self.government.workbook(wave, "decided");
        inventory::write(&workbook, &outcome, Language::Fi).unwrap();
        let [decision, into, reason] =
            ["Päätös", "Yhdistetään sivuun", "Perustelu"].map(|header| column(&workbook, header));
        let mut cells = Vec::new();
        let sites = &self.government.wave(wave, Edition::First).sites;
        let tops: Vec<String> = sites.iter().map(|(site, _)| site.address(1)).collect();
        for ((site, _), top) in sites.iter().zip(&tops) {
            let [left, merged] = decided(site).map(|number| {
                let is_it = |address: &Option<String>| address.as_ref() == Some(&site.address(number));
                // The first row holds the headers.
                outcome.pages.iter().position(|page| is_it(&page.address)).unwrap() + 2
            });
            cells.push((format!("{decision}{left}"), "poistetaan"));
            cells.push((format!("{reason}{left}"), "vanhentunut"));
            cells.push((format!("{decision}{merged}"), "yhdistetään"));
            cells.push((format!("{into}{merged}"), top.as_str()));
        }
        fill(&workbook, &cells);
        let decisions = Decisions::read(&workbook).unwrap();
        assert_eq!(decisions.len(), 2 * sites.len());
        decisions.check(&self.plan(wave, Edition::First)).unwrap();
    }

    /// A wave moves, or a newer export of it comes after; `hour` is when. Everything is accounted for and proven.
    pub(super) fn moves(&self, wave: usize, edition: Edition, prefer: Side, hour: i64) -> RunOutcome {
        let workbook = Some(self.government.workbook(wave, "decided")).filter(|path| path.exists());
        let options = RunOptions {
            dry_run: false,
            decisions: workbook.as_deref().map(|path| Decisions::read(path).unwrap()),
            prefer,
            now: at(hour),
        };
        let checked = self.plan(wave, edition);
        let outcome = match self.weather {
            Weather::Calm => engine::run(&checked, &self.store, &options, &mut |_| {}).unwrap(),
            Weather::Storm => self.in_a_storm(
                |store, stopping| engine::run(&checked, store, &options, stopping),
                |progress| matches!(progress, Progress::Source { .. }),
                &self.run_words(wave, edition, workbook.as_deref(), prefer),
            ),
        };
        self.is_accounted_for(&outcome, wave, edition);
        self.verify(wave, edition);
        outcome
    }

    /// The command line of a run.
    fn run_words(&self, wave: usize, edition: Edition, workbook: Option<&Path>, prefer: Side) -> Vec<String> {
        let plan = self.government.wave(wave, edition).plan.display().to_string();
        let mut words = vec!["run".to_owned(), plan];
        words.extend(["--quiet", "--report", "report", "--prefer"].map(str::to_owned));
        words.push(if prefer == Side::Source { "source" } else { "target" }.to_owned());
        words.extend(
            workbook.into_iter().flat_map(|path| ["--decisions".to_owned(), path.display().to_string()]),
        );
        words
    }

    /// A run is taken back.
    pub(super) fn takes_back(&self, run: u64) -> RollbackOutcome {
        self.in_a_storm(
            |store, stopping| engine::rollback(store, run, at(100), stopping),
            |progress| matches!(progress, Progress::Step { name: "taking away" }),
            &["rollback", "--quiet", "--run", &run.to_string()].map(str::to_owned),
        )
    }

    /// Does something undisturbed on a copy of the store, and on the store itself in a storm: stopped at some moment, so
    /// that it carries its time, then killed as a process again and again, and gone on with to the end. Both are the
    /// same afterwards; what is handed back is what the undisturbed one told.
    fn in_a_storm<T: std::fmt::Debug>(
        &self,
        act: impl Fn(&Path, &mut dyn FnMut(Progress)) -> Result<T, MigrateError>,
        stops: impl Fn(&Progress) -> bool,
        words: &[String],
    ) -> T {
        let copy = self.store.with_extension("copy");
        SqliteJournal::copy(&self.store, &copy).unwrap();
        let outcome = act(&copy, &mut |_| {}).unwrap();
        let stopped = catch_unwind(AssertUnwindSafe(|| {
            act(&self.store, &mut |progress| assert!(!stops(&progress), "stopped on purpose"))
        }));
        assert!(stopped.is_err(), "it was to be stopped");
        self.kill(words);
        // One that was killed at its very end has left nothing to do.
        match act(&self.store, &mut |_| {}) {
            Ok(_) | Err(MigrateError::RolledBack(_)) => {}
            Err(error) => panic!("{error}"),
        }
        assert!(held(&self.store) == held(&copy), "it differs from an undisturbed one: {words:?}");
        remove(&copy);
        outcome
    }

    /// Starts a command over and over, each time to be killed.
    fn kill(&self, words: &[String]) {
        let store = self.store.display().to_string();
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.extend(["--store", &store]);
        for after in KILLED_AFTER {
            let mut process = start(self.government.folder(), &words);
            std::thread::sleep(Duration::from_millis(after));
            // On Unix this is SIGKILL: the process has no last word.
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// The number that the next run gets.
    pub(super) fn next_run(&self) -> u64 {
        let journal = SqliteJournal::open(&self.store).unwrap();
        journal.companions("migrate.run", "", 1_000).unwrap().len() as u64 + 1
    }

    /// Every record that an export holds was read, and counted once.
    fn is_accounted_for(&self, outcome: &RunOutcome, wave: usize, edition: Edition) {
        assert!(outcome.total.adds_up());
        for source in &outcome.sources {
            assert_eq!(source.stopped, None);
            for (kind, counts) in &source.tally.by_kind {
                assert!(counts.adds_up(), "{} {kind}: {counts:?}", source.source);
            }
        }
        for (site, written) in &self.government.wave(wave, edition).sites {
            let source = outcome.sources.iter().find(|source| source.source == site.ministry.id()).unwrap();
            assert_eq!(source.tally.counts.read, written.records(), "{}", source.source);
        }
    }

    /// What moved of a wave is proven from its exports.
    pub(super) fn verify(&self, wave: usize, edition: Edition) {
        let verified = engine::verify(&self.plan(wave, edition), &self.store, &mut |_| {}).unwrap();
        assert!(verified.proven(), "wave {wave}, {edition:?}:\n{}", verify_text(&verified));
        for source in &verified.sources {
            assert!(!source.equations.is_empty() && source.equations.iter().all(Equation::holds));
        }
    }

    fn kampus(&self) -> Kampus {
        Kampus::open(&self.store).unwrap()
    }

    /// Somebody edits what an old page became.
    pub(super) fn edit(&self, address: &str, text: &str, hour: i64) {
        let item = item(&self.kampus().snapshot(), address).id;
        let body = Some(format!("<p>{text}</p>"));
        let edit = Command::EditItem { item, language: Language::Fi, title: None, lead: None, body };
        self.act(edit, hour);
    }

    pub(super) fn pin(&self, address: &str, hour: i64) {
        let item = item(&self.kampus().snapshot(), address).id;
        self.act(Command::Pin(item, true), hour);
    }

    fn act(&self, command: Command, hour: i64) {
        self.kampus().execute(&Actor::Operator("desktop".into()), at(hour), command).unwrap();
    }

    /// The first colleague who may says thank you.
    pub(super) fn comment(&self, address: &str, hour: i64) {
        let kampus = self.kampus();
        let snapshot = kampus.snapshot();
        let item = item(&snapshot, address).id;
        let serving = snapshot.directory().people().filter(|person| person.employment == Employment::Active);
        let commented = serving.map(|person| Actor::Person(person.id)).any(|person| {
            let comment = Command::Comment { item, parent: None, body: "<p>Kiitos</p>".to_owned() };
            kampus.execute(&person, at(hour), comment).is_ok()
        });
        assert!(commented, "nobody may comment on {item}");
    }

    /// The Finnish text of what an old page became.
    pub(super) fn text(&self, address: &str) -> String {
        let snapshot = self.kampus().snapshot();
        let hash = item(&snapshot, address).body.get(Language::Fi).unwrap().hash;
        String::from_utf8(snapshot.untrimmed().blob(hash).unwrap().unwrap()).unwrap()
    }

    /// How many links lead from one ministry's pages to another's.
    pub(super) fn links_across(&self) -> usize {
        let snapshot = self.kampus().snapshot();
        let all = snapshot.untrimmed();
        let mut across = 0;
        for item in all.items() {
            let Some((_, blob)) = item.body.best(&[]) else { continue };
            let body = String::from_utf8(all.blob(blob.hash).unwrap().unwrap()).unwrap();
            for link in clean::links(&body) {
                let number =
                    link.strip_prefix("/items/").and_then(|rest| rest.split('#').next()?.parse().ok());
                let there = number.and_then(kampus_core::ItemId::new).and_then(|id| all.item(id));
                across += usize::from(there.is_some_and(|there| there.container != item.container));
            }
        }
        across
    }
}

/// An hour of the half year.
fn at(hour: i64) -> Timestamp {
    "2018-03-01T06:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hour)
}

/// What an old page became.
fn item<'s>(snapshot: &'s Snapshot, address: &str) -> &'s Item {
    snapshot.untrimmed().items().find(|item| item.sources.iter().any(|old| old == address)).unwrap()
}
