//! A run is taken back: what it made goes, what it changed is as it was before, and what people did since stays.
//!
//! ```text
//! journal ─▶ what the run did ─▶ put back what it changed ─▶ take away what it made ─▶ ledger ─▶ links of what stays
//! ```
//!
//! What is to be done is worked out from the journal, which does not change, and each step changes only what is not yet
//! as it should be. So a rollback that was interrupted is gone on with by starting it again.

mod access;
mod notes;
mod remove;
mod restore;
mod stay;
mod trace;

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use kampus_core::{Command, CommentId, ItemId, Kampus, PersonId, SectionId, Snapshot, WorkspaceId};

use self::notes::Notes;
use self::stay::{Keeping, Use};
use self::trace::Deeds;
use super::conflict::Contest;
use super::error::MigrateError;
use super::finish;
use super::history::{Things, actor_of_rollback};
use super::ledger::{self, Fate, RunEntry, RunState};
use super::run::{Batches, Context, run_name};
use super::{Progress, existing, undo};
use crate::outcome::{Removed, Restored, RollbackOutcome, Side, VERSION};

/// Takes a run back.
///
/// # Errors
/// [`MigrateError::NoRun`], [`MigrateError::RolledBack`] or [`MigrateError::LaterRuns`] when that run cannot be taken
/// back, and nothing is changed; others when the store cannot be used. After these, and after a kill, the same call goes
/// on where this one stopped.
pub fn rollback(
    store: &Path,
    run: u64,
    now: Timestamp,
    progress: &mut dyn FnMut(Progress),
) -> Result<RollbackOutcome, MigrateError> {
    let kampus = existing(store)?;
    let mut step = |name| progress(Progress::Step { name });
    step("reading the journal");
    let entry = run_to_take_back(&kampus, run)?;
    let deeds = Deeds::read(&kampus, run, entry.after)?;
    check_later(&kampus, run, &deeds)?;
    let resumed = entry.state == RunState::RollingBack;
    let entry = begin(&kampus, run, entry, now)?;
    let contest = Contest::new(&kampus, Side::Target);
    let cx = context(&kampus, run, &entry, &contest, now);
    let used = Use::read(&kampus, &deeds)?;
    let mut keeping = Keeping::default();
    step("putting back");
    // Comments first: what answers a comment keeps it where it is.
    remove::comments(&cx, &deeds, &used, &mut keeping)?;
    access::narrow(&cx, &deeds)?;
    restore::comments(&cx, &deeds, &mut keeping)?;
    restore::items(&cx, &deeds, &used, &mut keeping)?;
    restore::parents(&cx, &deeds, &mut keeping)?;
    access::widen(&cx, &deeds, &mut keeping)?;
    step("taking away");
    remove::items(&cx, &deeds, &used, &mut keeping)?;
    remove::places(&cx, &deeds, &mut keeping)?;
    remove::people(&cx, &deeds, &mut keeping)?;
    step("clearing the ledger");
    Notes::new(&cx, run, &deeds, &keeping).take_back()?;
    if !keeping.list.is_empty() {
        step("linking");
        // What stays may lead to what does not.
        relink(&cx, &deeds)?;
    }
    let mut tx = cx.begin();
    ledger::put_run(&mut tx, run, &RunEntry { state: RunState::RolledBack, ..entry })?;
    tx.commit()?;
    progress(Progress::Done);
    Ok(outcome(store, run, resumed, &deeds, keeping, &kampus.snapshot()))
}

/// Turns the links of the run's items that stay to where their targets are now, or back to the old addresses.
fn relink(cx: &Context<'_>, deeds: &Deeds) -> Result<(), MigrateError> {
    let mut batches = Batches::new(cx);
    ledger::each_record(cx.store, |_, entry| {
        let is_made = entry.own().is_some_and(|(item, _)| deeds.history.made.items.contains(item.get()));
        if entry.fate == Fate::Merged || !is_made {
            return Ok(());
        }
        if let Some(linked) = finish::linked(cx.store, &entry)?.filter(|linked| linked.is_new) {
            let command = Command::RelinkImported(linked.item, linked.language, linked.composed.html);
            batches.tx().execute(command)?;
            batches.step()?;
        }
        Ok(())
    })?;
    batches.commit()
}

fn run_to_take_back(kampus: &Kampus, run: u64) -> Result<RunEntry, MigrateError> {
    let runs = ledger::runs(kampus)?;
    let Some((_, entry)) = runs.iter().find(|(number, _)| *number == run) else {
        return Err(MigrateError::NoRun { run, known: runs.iter().map(|(number, _)| *number).collect() });
    };
    match entry.state {
        RunState::RolledBack => Err(MigrateError::RolledBack(run)),
        RunState::Begun | RunState::Finished | RunState::RollingBack => Ok(entry.clone()),
    }
}

/// Later runs found what this one left, so they go first. Those that changed nothing are in nobody's way.
fn check_later(kampus: &Kampus, run: u64, deeds: &Deeds) -> Result<(), MigrateError> {
    let mut later = BTreeSet::new();
    let mut idle = BTreeSet::new();
    for (number, entry) in ledger::runs(kampus)? {
        if number <= run || entry.state == RunState::RolledBack {
            continue;
        }
        let did_something = deeds.trace.later.contains(&number)
            || entry.state == RunState::RollingBack
            || undo::has_notes(kampus, number)?;
        if did_something { &mut later } else { &mut idle }.insert(number);
    }
    if !idle.is_empty() {
        ledger::each_glance(kampus, None, |_, glance| {
            later.extend(idle.contains(&glance.run).then_some(glance.run));
            Ok(())
        })?;
    }
    if later.is_empty() {
        return Ok(());
    }
    Err(MigrateError::LaterRuns { run, later: later.into_iter().rev().collect() })
}

/// Notes that the run is being taken back. From here on no other run begins before that is done.
fn begin(kampus: &Kampus, run: u64, entry: RunEntry, now: Timestamp) -> Result<RunEntry, MigrateError> {
    if entry.state == RunState::RollingBack {
        return Ok(entry);
    }
    let entry = RunEntry { state: RunState::RollingBack, taken_back: Some(now), ..entry };
    let contest = Contest::new(kampus, Side::Target);
    let cx = context(kampus, run, &entry, &contest, now);
    let mut tx = cx.begin();
    ledger::put_run(&mut tx, run, &entry)?;
    tx.commit()?;
    Ok(entry)
}

/// What is written carries the time at which the rollback began, however often it was interrupted. It is no run: what it
/// does is not noted to be undone.
fn context<'a>(
    kampus: &'a Kampus,
    run: u64,
    entry: &RunEntry,
    contest: &'a Contest<'a>,
    now: Timestamp,
) -> Context<'a> {
    let started = entry.taken_back.unwrap_or(now);
    Context { store: kampus, run: 0, started, actor: actor_of_rollback(run), contest }
}

fn outcome(
    store: &Path,
    run: u64,
    resumed: bool,
    deeds: &Deeds,
    keeping: Keeping,
    snapshot: &Snapshot,
) -> RollbackOutcome {
    let (all, trace) = (snapshot.untrimmed(), &deeds.trace);
    let changed = |id: &ItemId| all.item(*id).is_some() && !keeping.items.contains(id);
    let answered = |id: &CommentId| all.comment(*id).is_some() && !keeping.comments.contains(id);
    RollbackOutcome {
        version: VERSION,
        run: run_name(run),
        store: store.to_owned(),
        resumed,
        removed: removed(&deeds.history.made, snapshot),
        restored: Restored {
            items: trace.items.keys().filter(|id| changed(id)).count() as u64,
            comments: trace.comments.keys().filter(|id| answered(id)).count() as u64,
        },
        kept: keeping.list,
    }
}

/// What the run made and is no longer there.
fn removed(made: &Things, snapshot: &Snapshot) -> Removed {
    let all = snapshot.untrimmed();
    let sections: BTreeSet<SectionId> = all.sections().map(|section| section.id).collect();
    let workspaces: BTreeSet<WorkspaceId> = all.workspaces().map(|workspace| workspace.id).collect();
    let gone = |numbers: &roaring::RoaringBitmap, is_there: &dyn Fn(u32) -> bool| {
        numbers.iter().filter(|number| !is_there(*number)).count() as u64
    };
    let item = |number| ItemId::new(number).is_some_and(|id| all.item(id).is_some());
    let comment = |number| CommentId::new(number).is_some_and(|id| all.comment(id).is_some());
    let person = |number| PersonId::new(number).is_some_and(|id| snapshot.directory().person(id).is_some());
    let section = |number| SectionId::new(number).is_some_and(|id| sections.contains(&id));
    let workspace = |number| WorkspaceId::new(number).is_some_and(|id| workspaces.contains(&id));
    Removed {
        items: gone(&made.items, &item),
        comments: gone(&made.comments, &comment),
        people: gone(&made.people, &person),
        sections: gone(&made.sections, &section),
        workspaces: gone(&made.workspaces, &workspace),
    }
}
