//! A run: people first, then each source, then finishing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use kampus_core::content::{BlobHash, Container};
use kampus_core::journal::SqliteJournal;
use kampus_core::{Actor, Command, Kampus, SectionId, Transaction, presets};

use super::conflict::Contest;
use super::error::MigrateError;
use super::finish::{Finished, finish};
use super::history::actor_of_run;
use super::ledger::{self, Fate, LedgerEntry, RunEntry, RunState, Target, record_key};
use super::load::{Loader, Recent};
use super::people::{self, Admitted, People};
use super::pipeline;
use super::placeholders;
use super::places;
use super::prepare::Prepared;
use super::route;
use super::source::{self, Input};
use super::tally::Account;
use super::{Progress, RunOptions, versions};
use crate::format::{Event, ReadFault, Yield};
use crate::outcome::{RunOutcome, SourceOutcome, Tally, VERSION};
use crate::plan::{CheckedPlan, PeopleList, Source};
use crate::record::{LegacyBody, LegacyRecord};

/// How many records are written in one transaction.
const BATCH: usize = 1_000;
/// How many bytes of bodies and files make a transaction full before that.
const BATCH_BYTES: usize = 16 * 1024 * 1024;

/// Said of a source with broken records when others are gone.
const NAMELESS: &str =
    "some records are broken and have no id: what is listed as no longer at the source may be among them";

/// What the parts of a run share.
pub(super) struct Context<'a> {
    pub(super) store: &'a Kampus,
    pub(super) run: u64,
    pub(super) started: Timestamp,
    /// The name under which the journal keeps what is done.
    pub(super) actor: String,
    pub(super) contest: &'a Contest<'a>,
}

impl Context<'_> {
    pub(super) fn begin(&self) -> Transaction<'_> {
        self.store.transaction(Actor::Operator(self.actor.clone()), self.started)
    }
}

/// Transactions one after another, each committed when it is full.
pub(super) struct Batches<'a> {
    cx: &'a Context<'a>,
    tx: Option<Transaction<'a>>,
    steps: usize,
    bytes: usize,
}

impl<'a> Batches<'a> {
    pub(super) fn new(cx: &'a Context<'a>) -> Self {
        Self { cx, tx: None, steps: 0, bytes: 0 }
    }

    pub(super) fn tx(&mut self) -> &mut Transaction<'a> {
        self.tx.get_or_insert_with(|| self.cx.begin())
    }

    /// One more thing was done.
    pub(super) fn step(&mut self) -> Result<(), MigrateError> {
        self.step_with(0)
    }

    fn step_with(&mut self, bytes: usize) -> Result<(), MigrateError> {
        self.steps += 1;
        self.bytes += bytes;
        if self.steps >= BATCH || self.bytes >= BATCH_BYTES {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), MigrateError> {
        self.steps = 0;
        self.bytes = 0;
        if let Some(tx) = self.tx.take() {
            tx.commit()?;
        }
        Ok(())
    }

    pub(super) fn commit(mut self) -> Result<(), MigrateError> {
        self.write()
    }
}

/// Loads what a plan names into a store, and says what became of every record.
///
/// # Errors
/// [`MigrateError`] when the store cannot be used. Files that cannot be read stop their source only, and records
/// that cannot be loaded are told in the outcome. After an error, and after a kill, the same call goes on where
/// this one stopped.
pub fn run(
    plan: &CheckedPlan,
    store: &Path,
    options: &RunOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<RunOutcome, MigrateError> {
    if options.dry_run {
        return rehearse(plan, store, options, progress);
    }
    let kampus = open(store)?;
    run_in(plan, &kampus, store, options, progress)
}

/// A real run on a copy of the store, which is thrown away.
fn rehearse(
    plan: &CheckedPlan,
    store: &Path,
    options: &RunOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<RunOutcome, MigrateError> {
    let file = |source| MigrateError::File { path: store.to_owned(), source };
    let folder = tempfile::Builder::new().prefix("kampus-rehearsal").tempdir().map_err(file)?;
    let copy = folder.path().join("kampus.db");
    if store.exists() {
        SqliteJournal::copy(store, &copy)
            .map_err(|source| MigrateError::Store { path: store.to_owned(), source })?;
    }
    let kampus = open(&copy)?;
    run_in(plan, &kampus, store, options, progress)
}

pub(super) fn open(store: &Path) -> Result<Kampus, MigrateError> {
    Kampus::open(store).map_err(|source| MigrateError::Store { path: store.to_owned(), source })
}

fn run_in(
    plan: &CheckedPlan,
    kampus: &Kampus,
    store: &Path,
    options: &RunOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<RunOutcome, MigrateError> {
    let (run, entry, resumed) = begin(plan, kampus, options)?;
    route::check_audiences(plan, &kampus.snapshot())?;
    let contest = Contest::new(kampus, options.prefer);
    let actor = actor_of_run(run);
    let cx = Context { store: kampus, run, started: entry.started, actor, contest: &contest };
    let mut people = People::read(kampus)?;
    let mut accounts = HashMap::new();
    let mut sources = Vec::new();
    for list in plan.people() {
        sources.push(load_people(&cx, list, &mut people, &mut accounts, progress)?);
    }
    for source in plan.sources() {
        sources.push(load_source(&cx, plan, source, options, &mut people, &mut accounts, progress)?);
    }
    let mut finished = finish(&cx, (plan, &mut people), &mut accounts, progress)?;
    finished.notices.extend(places::appoint_managers(&cx, plan, &people)?);
    finished.notices.extend(places::differences(&cx, plan)?);
    let mut tx = cx.begin();
    ledger::put_run(&mut tx, run, &RunEntry { state: RunState::Finished, ..entry })?;
    tx.commit()?;
    progress(Progress::Done);
    outcome(&cx, store, sources, accounts, finished, resumed, options.dry_run)
}

/// Goes on with a run of the same plan that did not come to its end, or begins a new one.
fn begin(
    plan: &CheckedPlan,
    kampus: &Kampus,
    options: &RunOptions,
) -> Result<(u64, RunEntry, bool), MigrateError> {
    let identity = identity(plan, options);
    let last = ledger::last_run(kampus)?;
    if let Some((number, entry)) = &last
        && entry.state == RunState::Begun
        && entry.plan == identity
    {
        return Ok((*number, entry.clone(), true));
    }
    let number = last.map_or(1, |(number, _)| number.saturating_add(1));
    let after = kampus.snapshot().revision();
    let entry = RunEntry { started: options.now, plan: identity, after, state: RunState::Begun };
    let mut tx = kampus.transaction(Actor::Operator(actor_of_run(number)), options.now);
    if tx.snapshot().directory().organisations().next().is_none() {
        tx.execute(Command::Found(presets::finland()))?;
    }
    ledger::put_run(&mut tx, number, &entry)?;
    tx.commit()?;
    Ok((number, entry, false))
}

/// What makes two runs the same one: sources, files, where things go, and decisions.
fn identity(plan: &CheckedPlan, options: &RunOptions) -> BlobHash {
    let people = plan.people().iter().map(|list| (&list.id, &list.shown)).collect::<Vec<_>>();
    let sources = plan
        .sources()
        .iter()
        .map(|source| (&source.id, &source.shown, &source.organisation, &source.versions))
        .collect::<Vec<_>>();
    let places = (plan.targets(), plan.rules());
    BlobHash::of(format!("{people:?} {sources:?} {places:?} {:?}", options.decisions).as_bytes())
}

/// What was read of one file, before its account is closed.
struct ReadSource {
    source: String,
    organisation: Option<String>,
    format: String,
    path: PathBuf,
    stopped: Option<String>,
}

fn load_people(
    cx: &Context<'_>,
    list: &PeopleList,
    people: &mut People,
    accounts: &mut HashMap<String, Account>,
    progress: &mut dyn FnMut(Progress),
) -> Result<ReadSource, MigrateError> {
    let mut account = Account::new(&list.id, cx.run);
    let mut batches = Batches::new(cx);
    let input = Input::people(list);
    let (format, stopped) = source::each(&input, progress, |event| {
        match event {
            Ok(Event::Record(record)) => {
                take_person(cx, batches.tx(), &list.id, &record, people, &mut account)?;
                batches.step()?;
            }
            Ok(Event::Notice { place, text }) => account.notice(place.to_string(), text),
            Err(ReadFault::Record { place, id, kind, reason }) => {
                account.notes.note_loss();
                account.reject(&kind, &place, id.as_deref(), reason);
            }
            Err(ReadFault::File { .. }) => account.notes.note_loss(),
        }
        Ok(())
    })?;
    batches.commit()?;
    accounts.insert(list.id.clone(), account);
    let shown = list.shown.clone();
    Ok(ReadSource { source: list.id.clone(), organisation: None, format, path: shown, stopped })
}

/// One row of a people list.
fn take_person(
    cx: &Context<'_>,
    tx: &mut Transaction<'_>,
    source: &str,
    record: &LegacyRecord,
    people: &mut People,
    account: &mut Account,
) -> Result<(), MigrateError> {
    account.notes.note(record);
    let key = record_key(source, &record.id);
    let bytes = serde_json::to_vec(&record.body)
        .map_err(|source| MigrateError::Ledger { key: key.clone(), source })?;
    let hash = BlobHash::of(&bytes);
    let previous = ledger::record(tx, &key)?;
    if let Some(entry) = previous.as_ref().filter(|entry| entry.hash == hash && entry.fate != Fate::Rejected)
    {
        account.settle(entry);
        return Ok(());
    }
    let person = match &record.body {
        LegacyBody::Person(person) => person,
        // Who is in it is carried out when everybody is known.
        LegacyBody::Group(_) => {
            let entry = person_entry(cx, record, hash, Fate::Merged, None, None);
            ledger::put_record(tx, &key, &entry)?;
            account.settle(&entry);
            return Ok(());
        }
        _ => {
            account.reject(record.body.kind(), &record.place, Some(&record.id), "it is no person".to_owned());
            return Ok(());
        }
    };
    let known = previous.as_ref().and_then(|entry| match entry.target {
        Some(Target::Person(id)) => Some(id),
        _ => None,
    });
    let (id, fate) = match people::admit(tx, people, person, known)? {
        Err(reason) => {
            if known.is_none() {
                let entry = person_entry(cx, record, hash, Fate::Rejected, None, Some(reason.clone()));
                ledger::put_record(tx, &key, &entry)?;
            }
            account.reject("person", &record.place, Some(&record.id), reason);
            return Ok(());
        }
        Ok(Admitted::New(id)) => (id, Fate::Loaded),
        Ok(Admitted::Updated(id)) if previous.is_some() => (id, Fate::Updated),
        Ok(Admitted::Updated(id) | Admitted::Known(id)) => (id, Fate::Merged),
    };
    let mut entry = person_entry(cx, record, hash, fate, Some(Target::Person(id)), None);
    for placeholder in people.claim_for(tx, id, person)? {
        entry.notices.push(format!("{placeholder} stood in for this person until now: {id} has what it had"));
    }
    ledger::put_record(tx, &key, &entry)?;
    account.settle(&entry);
    Ok(())
}

fn person_entry(
    cx: &Context<'_>,
    record: &LegacyRecord,
    hash: BlobHash,
    fate: Fate,
    target: Option<Target>,
    reason: Option<String>,
) -> LedgerEntry {
    LedgerEntry {
        hash,
        run: cx.run,
        fate,
        kind: record.body.kind().to_owned(),
        place: record.place.to_string(),
        // Who it is stands in the profile store, which can be erased, and not in the ledger.
        title: record.id.clone(),
        target,
        reason,
        notices: Vec::new(),
        page: None,
        waiting_comment: None,
        number: 0,
        before: None,
        on: None,
        moved: false,
    }
}

fn load_source(
    cx: &Context<'_>,
    plan: &CheckedPlan,
    source: &Source,
    options: &RunOptions,
    people: &mut People,
    accounts: &mut HashMap<String, Account>,
    progress: &mut dyn FnMut(Progress),
) -> Result<ReadSource, MigrateError> {
    let organisation = cx
        .store
        .snapshot()
        .directory()
        .organisation_by_code(&source.organisation)
        .map(|node| node.id)
        .ok_or_else(|| MigrateError::UnknownOrganisation(source.organisation.clone()))?;
    let section = section(cx, source)?;
    let joins = versions::gather(cx, plan, source, options.decisions.as_ref(), progress)?;
    let mut account = Account::new(&source.id, cx.run);
    let mut batches = Batches::new(cx);
    let mut recent = Recent::default();
    let input = Input::source(source);
    let decisions = options.decisions.as_ref();
    // Texts are worked out ahead while what comes is new; what has not changed needs none.
    let ahead = AtomicBool::new(true);
    let prepare = |event: Yield| match event {
        Ok(Event::Record(record)) => {
            let id = record.id.clone();
            let prepared =
                Prepared::new(record, source, plan, decisions, &joins, ahead.load(Ordering::Relaxed));
            Step::Record(Box::new(prepared.map_err(|fault| MigrateError::Ledger { key: id, source: fault })))
        }
        other => Step::Other(other),
    };
    let (format, stopped) = pipeline::each(&input, progress, prepare, |step| {
        match step {
            Step::Record(prepared) => {
                let prepared = (*prepared)?;
                let weight = weight(&prepared.record);
                let mut loader = Loader {
                    plan,
                    source,
                    run: cx.run,
                    started: cx.started,
                    section,
                    organisation,
                    people,
                    joins: &joins,
                    account: &mut account,
                    recent: &mut recent,
                    contest: cx.contest,
                };
                ahead.store(loader.take(batches.tx(), prepared)?, Ordering::Relaxed);
                batches.step_with(weight)?;
            }
            Step::Other(Ok(Event::Notice { place, text })) => account.notice(place.to_string(), text),
            Step::Other(Err(ReadFault::Record { place, id, kind, reason })) => {
                account.notes.note_loss();
                account.reject(&kind, &place, id.as_deref(), reason);
            }
            // Why a file broke off is told by its end.
            Step::Other(Err(ReadFault::File { .. })) => account.notes.note_loss(),
            Step::Other(Ok(Event::Record(_))) => {}
        }
        Ok(())
    })?;
    batches.commit()?;
    accounts.insert(source.id.clone(), account);
    Ok(ReadSource {
        source: source.id.clone(),
        organisation: Some(source.organisation.clone()),
        format,
        path: source.shown.clone(),
        stopped,
    })
}

/// What comes out of the pipeline.
enum Step {
    /// A record, made ready.
    Record(Box<Result<Prepared, MigrateError>>),
    /// What is no record.
    Other(Yield),
}

/// About how many bytes a record adds to a transaction. Files are not known before they are read: each counts as
/// much, so that few of them fill one.
fn weight(record: &LegacyRecord) -> usize {
    match &record.body {
        LegacyBody::Page(page) => page.body.len(),
        LegacyBody::File(_) => BATCH_BYTES / 8,
        _ => 0,
    }
}

/// The section that a source goes into, made by its first run.
fn section(cx: &Context<'_>, source: &Source) -> Result<SectionId, MigrateError> {
    if let Some(Container::Section(section)) = ledger::target(cx.store, &source.id)? {
        return Ok(section);
    }
    let mut tx = cx.begin();
    let section = places::section(&mut tx, source)?;
    tx.commit()?;
    Ok(section)
}

fn outcome(
    cx: &Context<'_>,
    store: &Path,
    read: Vec<ReadSource>,
    mut accounts: HashMap<String, Account>,
    finished: Finished,
    resumed: bool,
    dry_run: bool,
) -> Result<RunOutcome, MigrateError> {
    let placeholders = placeholders::unclaimed(cx.store)?;
    let mut outcome = RunOutcome {
        version: VERSION,
        run: format!("run-{}", cx.run),
        store: store.to_owned(),
        report: None,
        resumed,
        dry_run,
        sources: Vec::new(),
        total: Tally::default(),
        rejections: Vec::new(),
        discards: Vec::new(),
        notices: Vec::new(),
        conflicts: Vec::new(),
        gone: Vec::new(),
        withdrawn: 0,
        links: finished.links,
        redirects: 0,
        people_placeholders: placeholders.len() as u64,
        placeholders,
        sharing: finished.sharing,
    };
    for source in read {
        let mut account = accounts.remove(&source.source).unwrap_or_default();
        outcome.total += &account.tally;
        // A file that breaks off proves nothing, and neither does an empty one.
        if source.stopped.is_none() && account.tally.counts.read > 0 {
            let gone = account.seen.gone(cx.store, &source.source, cx.run)?;
            if !gone.is_empty() && account.seen.nameless > 0 {
                account.notice(source.path.display().to_string(), NAMELESS.to_owned());
            }
            outcome.gone.extend(gone);
        }
        outcome.rejections.extend(account.rejections);
        outcome.discards.extend(account.discards);
        outcome.notices.extend(account.notices);
        outcome.conflicts.extend(account.conflicts);
        outcome.withdrawn += account.withdrawn;
        outcome.sources.push(SourceOutcome {
            source: source.source,
            organisation: source.organisation,
            format: source.format,
            path: source.path,
            tally: account.tally,
            stopped: source.stopped,
        });
    }
    outcome.notices.extend(finished.notices);
    ledger::each_address(cx.store, |_, _| {
        outcome.redirects += 1;
        Ok(())
    })?;
    Ok(outcome)
}
