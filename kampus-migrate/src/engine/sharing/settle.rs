//! Carrying permissions out: first what takes away, then what gives, so that whoever breaks a run off leaves less open
//! than there will be and never more.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem;
use std::sync::Arc;

use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::Item;
use kampus_core::{Command, ItemId, Period, Transaction};

use super::super::conflict::Contest;
use super::super::error::MigrateError;
use super::super::ledger::{self, Fate, LedgerEntry, record_key};
use super::super::people::People;
use super::super::run::{Batches, Context};
use super::super::tally::Account;
use super::super::undo;
use super::circles::{Circles, Realm};
use super::groups::Groups;
use super::identity::Identities;
use super::items::{Wanted, above, introduce, items, realms, stands};
use super::notes::{self, Notes};
use super::standing::{Standing, Standings};
use crate::outcome::{Conflict, SharingOutcome, Side, Wish};
use crate::plan::CheckedPlan;
use crate::record::LegacyRecord;

/// Closes what was just loaded until all is known that may restrict it.
pub(in super::super) fn close(
    tx: &mut Transaction<'_>,
    contest: &Contest<'_>,
    run: u64,
    record: &LegacyRecord,
    (entry, is_known): (&LedgerEntry, bool),
) -> Result<(), MigrateError> {
    let is_loaded = entry.run == run && matches!(entry.fate, Fate::Loaded | Fate::Updated);
    let Some((item, _)) = entry.own().filter(|_| is_loaded && notes::waits(record)) else { return Ok(()) };
    if !is_known {
        tx.execute(Command::BreakInheritance(Scope::Item(item), true))?;
        return Ok(());
    }
    if contest.history()?.is_shared(item) { Ok(()) } else { close_item(tx, run, item) }
}

/// Closes an item that was there before.
pub(in super::super) fn close_item(
    tx: &mut Transaction<'_>,
    run: u64,
    item: ItemId,
) -> Result<(), MigrateError> {
    let (snapshot, scope) = (tx.snapshot(), Scope::Item(item));
    let all = snapshot.untrimmed();
    undo::keep_sharing(tx, run, item, &snapshot)?;
    for grant in all.grants_on(scope) {
        tx.execute(Command::Revoke(grant.id))?;
    }
    if all.inherits(scope) {
        tx.execute(Command::BreakInheritance(scope, true))?;
    }
    Ok(())
}

/// A change to an item.
struct Step {
    item: ItemId,
    wanted: Wanted,
    is_new: bool,
}

/// Gives each item and group what the sources say, where people have not decided since.
pub(in super::super) fn settle(
    cx: &Context<'_>,
    plan: &CheckedPlan,
    people: &mut People,
    accounts: &mut HashMap<String, Account>,
) -> Result<SharingOutcome, MigrateError> {
    let notes: BTreeMap<String, Notes> =
        accounts.iter_mut().map(|(id, account)| (id.clone(), mem::take(&mut account.notes))).collect();
    let mut sharing = SharingOutcome::default();
    if !notes
        .values()
        .any(|notes| notes.knows_permissions() || notes.groups.values().any(|group| group.is_told))
    {
        return Ok(sharing);
    }
    introduce(cx, plan, people, &notes)?;
    // Whoever was entered on the way is found by the same words as in the next run.
    *people = People::read(cx.store)?;
    let snapshot = cx.store.snapshot();
    let realms = realms(plan, &notes, &snapshot);
    let who = Identities { store: cx.store, snapshot: &snapshot, people };
    let circles = Circles::gather(&realms, &who)?;
    let mut standings = Standings::new(&realms, &circles, &who);
    let history = cx.contest.history()?;
    let items = items(cx.store, cx.run, &realms)?;
    let mut known: HashMap<ItemId, Arc<Standing>> = HashMap::new();
    for (item, found) in &items {
        known.insert(*item, standings.of_all(&found.records)?);
    }
    let mut groups = Groups::new(cx, &circles)?;
    let mut steps = Vec::new();
    for (id, found) in &items {
        let (Some(standing), Some(item)) = (known.get(id), snapshot.untrimmed().item(*id)) else { continue };
        let above = above(&snapshot, history, &known, item);
        let wanted = if above.as_ref().is_some_and(|above| **above == **standing)
            || (above.is_none() && standing.is_open())
        {
            Wanted::Inherit
        } else {
            Wanted::Own(groups.grants(&mut standings, standing, found.main(), (&snapshot, item))?)
        };
        let now = stands(&snapshot, *id);
        let is_own = matches!(wanted, Wanted::Own(_));
        if now == wanted {
            sharing.restricted += u64::from(is_own);
        } else if history.is_shared(*id) {
            conflict(cx, accounts, &realms, found.main(), item)?;
        } else {
            sharing.restricted += u64::from(is_own);
            steps.push(Step { item: *id, wanted, is_new: found.is_new });
        }
    }
    sharing.changed = steps.len() as u64;
    sharing.groups = groups.made;
    groups.let_go(cx, history)?;
    narrow(cx, &steps)?;
    groups.take_in(cx, history)?;
    widen(cx, &steps)?;
    sharing.narrowed = standings.narrowed;
    sharing.narrowed.extend(circles.narrowed.iter().cloned());
    for narrowed in sharing.narrowed.iter_mut().filter(|narrowed| narrowed.place.is_empty()) {
        let entry = ledger::record(cx.store, &record_key(&narrowed.source, &narrowed.id))?;
        narrowed.place = entry.map(|entry| entry.place).unwrap_or_default();
    }
    sharing.narrowed.sort_by(|a, b| (&a.source, &a.id, &a.who).cmp(&(&b.source, &b.id, &b.who)));
    Ok(sharing)
}

/// Takes away what is not wanted.
fn narrow(cx: &Context<'_>, steps: &[Step]) -> Result<(), MigrateError> {
    let snapshot = cx.store.snapshot();
    let all = snapshot.untrimmed();
    let mut batches = Batches::new(cx);
    for step in steps {
        let scope = Scope::Item(step.item);
        let tx = batches.tx();
        if !step.is_new {
            undo::keep_sharing(tx, cx.run, step.item, &snapshot)?;
        }
        if matches!(step.wanted, Wanted::Own(_)) && all.inherits(scope) {
            tx.execute(Command::BreakInheritance(scope, true))?;
        }
        for grant in all.grants_on(scope) {
            let is_wanted = match &step.wanted {
                Wanted::Own(wanted) => wanted.get(&grant.principal) == Some(&grant.role),
                Wanted::Inherit => false,
            };
            if !is_wanted {
                tx.execute(Command::Revoke(grant.id))?;
            }
        }
        batches.step()?;
    }
    batches.commit()
}

/// Gives what is wanted.
fn widen(cx: &Context<'_>, steps: &[Step]) -> Result<(), MigrateError> {
    let snapshot = cx.store.snapshot();
    let all = snapshot.untrimmed();
    let mut batches = Batches::new(cx);
    for step in steps {
        let scope = Scope::Item(step.item);
        let tx = batches.tx();
        match &step.wanted {
            Wanted::Inherit if !all.inherits(scope) => {
                tx.execute(Command::BreakInheritance(scope, false))?;
            }
            Wanted::Inherit => {}
            Wanted::Own(wanted) => {
                let has: BTreeSet<(Principal, Role)> =
                    all.grants_on(scope).map(|grant| (grant.principal, grant.role)).collect();
                for (principal, role) in wanted {
                    if !has.contains(&(*principal, *role)) {
                        let (principal, role) = (*principal, *role);
                        tx.execute(Command::Grant { principal, role, scope, period: Period::ALWAYS })?;
                    }
                }
            }
        }
        batches.step()?;
    }
    batches.commit()
}

/// Lists that people decided otherwise about an item than its source says.
fn conflict(
    cx: &Context<'_>,
    accounts: &mut HashMap<String, Account>,
    realms: &[Realm<'_>],
    (realm, id): &(usize, Box<str>),
    item: &Item,
) -> Result<(), MigrateError> {
    let Some(realm) = realms.get(*realm) else { return Ok(()) };
    let Some(entry) = ledger::record(cx.store, &record_key(realm.id, id))? else { return Ok(()) };
    if let Some(account) = accounts.get_mut(realm.id) {
        account.conflicts.push(Conflict {
            source: realm.id.to_owned(),
            id: id.to_string(),
            place: entry.place,
            title: entry.title,
            item: item.id.to_string(),
            wish: Wish::Share,
            loaded_version: item.version,
            version: Some(item.version),
            changed_here: Some(item.modified),
            changed_there: None,
            prevails: Side::Target,
        });
    }
    Ok(())
}
