//! A run: people first, then each source, then finishing.

mod batches;
mod lists;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use kampus_core::content::{BlobHash, Container};
use kampus_core::journal::SqliteJournal;
use kampus_core::{Actor, Command, Kampus, SectionId, presets};

use batches::BATCH_BYTES;
pub(super) use batches::{Batches, Context};

use super::conflict::Contest;
use super::error::MigrateError;
use super::finish::{Finished, finish};
use super::history::actor_of_run;
use super::ledger::{self, RunEntry, RunState};
use super::load::{Loader, Recent};
use super::people::People;
use super::pipeline;
use super::placeholders;
use super::places;
use super::prepare::Prepared;
use super::route;
use super::source::Input;
use super::tally::Account;
use super::{Progress, RunOptions, versions};
use crate::format::{Event, ReadFault, Yield};
use crate::outcome::{Long, RunOutcome, SourceOutcome, Tally, VERSION};
use crate::plan::{CheckedPlan, Source};
use crate::record::{LegacyBody, LegacyRecord};

/// Said of a source with broken records when others are gone.
const NAMELESS: &str =
    "some records are broken and have no id: what is listed as no longer at the source may be among them";

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
        sources.push(lists::load_people(&cx, list, &mut people, &mut accounts, progress)?);
    }
    for source in plan.sources() {
        sources.push(load_source(&cx, plan, source, options, &mut people, &mut accounts, progress)?);
    }
    let mut finished = finish(&cx, (plan, &mut people), &mut accounts, progress)?;
    finished.tell(places::appoint_managers(&cx, plan, &people)?)?;
    finished.tell(places::differences(&cx, plan)?)?;
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
    let runs = ledger::runs(kampus)?;
    if let Some((number, _)) = runs.iter().find(|(_, entry)| entry.state == RunState::RollingBack) {
        return Err(MigrateError::RollingBack(*number));
    }
    let last = runs.last();
    if let Some((number, entry)) = last
        && entry.state == RunState::Begun
        && entry.plan == identity
    {
        return Ok((*number, entry.clone(), true));
    }
    let number = last.map_or(1, |(number, _)| number.saturating_add(1));
    let after = kampus.snapshot().revision();
    let entry =
        RunEntry { started: options.now, plan: identity, after, state: RunState::Begun, taken_back: None };
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
            Step::Other(Ok(Event::Notice { place, text })) => account.notice(place.to_string(), text)?,
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

/// How a run is called.
pub(super) fn run_name(run: u64) -> String {
    format!("run-{run}")
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
        run: run_name(cx.run),
        store: store.to_owned(),
        report: None,
        resumed,
        dry_run,
        sources: Vec::new(),
        total: Tally::default(),
        rejections: Vec::new(),
        discards: Long::default(),
        notices: Long::default(),
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
                account.notice(source.path.display().to_string(), NAMELESS.to_owned())?;
            }
            outcome.gone.extend(gone);
        }
        outcome.rejections.extend(account.rejections);
        outcome.discards.append(account.discards).map_err(MigrateError::Spool)?;
        outcome.notices.append(account.notices).map_err(MigrateError::Spool)?;
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
    outcome.notices.append(finished.notices).map_err(MigrateError::Spool)?;
    ledger::each_address(cx.store, |_, _| {
        outcome.redirects += 1;
        Ok(())
    })?;
    Ok(outcome)
}
