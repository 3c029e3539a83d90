//! A folder with tables of people, groups and pages, and the store that they are loaded into.

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use kampus_core::access::{Action, Scope};
use kampus_core::content::Item;
use kampus_core::{Actor, Command, Kampus, PersonId, Receipt, Snapshot};
use kampus_migrate::engine::{self, RunOptions};
use kampus_migrate::outcome::{Narrowing, RunOutcome, Side, VerifyOutcome};
use kampus_migrate::plan::Plan;
use tempfile::TempDir;

const PLAN: &str = "name = \"Oikeudet\"\n\
    [[people]]\nid = \"people\"\npath = \"people.csv\"\n\
    [[people]]\nid = \"groups\"\npath = \"groups.csv\"\n\
    [[source]]\nid = \"ym\"\npath = \"pages.csv\"\norganisation = \"YM\"\nsection = { fi = \"Ympäristö\" }\n";

pub(super) struct Desk {
    folder: TempDir,
    hours: Cell<i64>,
}

impl Desk {
    /// Maija and Matti of YM, Lauri of LVM; Maija and Lauri are in the group Vesiryhmä.
    pub(super) fn new() -> Self {
        let desk = Self { folder: TempDir::new().unwrap(), hours: Cell::new(0) };
        desk.write("plan.toml", PLAN);
        desk.write(
            "people.csv",
            "Nimi;Sähköposti;Organisaatio\nMaija Mäki;maija@ym.example;YM\nMatti Meri;matti@ym.example;YM\n\
             Lauri Lehto;lauri@lvm.example;LVM\n",
        );
        desk.groups("Vesiryhmä;maija@ym.example\nVesiryhmä;lauri@lvm.example\n");
        desk
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn store(&self) -> PathBuf {
        self.path("kampus.db")
    }

    pub(super) fn groups(&self, rows: &str) {
        self.write("groups.csv", &format!("Ryhmä;Jäsen\n{rows}"));
    }

    /// Pages: title, above, readers, editors, denied.
    pub(super) fn pages(&self, rows: &[[&str; 5]]) {
        let mut text = "Tunniste;Otsikko;Sisältö;Yläsivu;Lukijat;Muokkaajat;Estetyt\n".to_owned();
        for [title, above, readers, editors, denied] in rows {
            writeln!(
                text,
                "{title};{title};Sivun {title} teksti;{above};\"{readers}\";\"{editors}\";\"{denied}\""
            )
            .unwrap();
        }
        self.write("pages.csv", &text);
    }

    pub(super) fn kampus(&self) -> Kampus {
        Kampus::open(self.store()).unwrap()
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        self.kampus().snapshot()
    }

    pub(super) fn now(&self) -> Timestamp {
        self.hours.set(self.hours.get() + 1);
        "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(self.hours.get())
    }

    pub(super) fn run(&self) -> RunOutcome {
        let options = RunOptions { dry_run: false, decisions: None, prefer: Side::Target, now: self.now() };
        let known = kampus_core::presets::finland().into_iter().map(|node| node.code).collect();
        let plan = Plan::read(&self.folder.path().join("plan.toml")).unwrap().check(&known).unwrap();
        let outcome = engine::run(&plan, &self.store(), &options, &mut |_| {}).unwrap();
        assert!(outcome.total.adds_up(), "{outcome:#?}");
        outcome
    }

    pub(super) fn verify(&self) -> VerifyOutcome {
        let known = kampus_core::presets::finland().into_iter().map(|node| node.code).collect();
        let plan = Plan::read(&self.folder.path().join("plan.toml")).unwrap().check(&known).unwrap();
        engine::verify(&plan, &self.store(), &mut |_| {}).unwrap()
    }

    pub(super) fn act(&self, command: Command) -> Receipt {
        self.kampus().execute(&Actor::Operator("test".into()), self.now(), command).unwrap()
    }

    pub(super) fn item(&self, title: &str) -> Item {
        let snapshot = self.snapshot();
        let found: Vec<&Item> = snapshot
            .untrimmed()
            .items()
            .filter(|item| item.title.iter().any(|(_, own)| own == title))
            .collect();
        assert_eq!(found.len(), 1, "items called `{title}`");
        found[0].clone()
    }

    pub(super) fn person(&self, email: &str) -> PersonId {
        let found = self.kampus().profiles().unwrap();
        let snapshot = self.snapshot();
        let is_real = |person: PersonId| !snapshot.directory().person(person).unwrap().placeholder;
        let mut own = found
            .into_iter()
            .filter(|(person, profile)| profile.email.as_deref() == Some(email) && is_real(*person));
        own.next().unwrap_or_else(|| panic!("nobody has {email}")).0
    }

    /// Who may do something with a page, by the first letters of their addresses, in the order of the list.
    pub(super) fn who(&self, action: Action, title: &str) -> String {
        let (snapshot, scope) = (self.snapshot(), Scope::Item(self.item(title).id));
        ["maija@ym.example", "matti@ym.example", "lauri@lvm.example"]
            .into_iter()
            .filter(|email| snapshot.untrimmed().may(self.person(email), action, scope, self.now()))
            .map(|email| email.split('@').next().unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub(super) fn readers(&self, title: &str) -> String {
        self.who(Action::View, title)
    }
}

/// What became narrower: who and why.
pub(super) fn narrowed(outcome: &RunOutcome) -> Vec<(String, Narrowing)> {
    outcome.sharing.narrowed.iter().map(|narrowed| (narrowed.who.clone(), narrowed.why)).collect()
}
