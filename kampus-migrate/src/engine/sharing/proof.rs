//! The proof that nobody reads what they could not read at the source, one reader and one record at a time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kampus_core::access::{Action, Principal, Scope};
use kampus_core::directory::GroupMember;
use kampus_core::{ItemId, Kampus, PersonId, Revision, Snapshot};

use super::super::error::MigrateError;
use super::super::history::History;
use super::super::people::People;
use super::circles::Circles;
use super::identity::Identities;
use super::items::{items, realms};
use super::law::Law;
use super::notes::Notes;
use super::standing::Standings;
use crate::outcome::{Leak, VerifyOutcome};
use crate::plan::CheckedPlan;
use crate::record::Right;

/// Looks who reads what the sources restrict. What people decided since is theirs.
pub(in super::super) fn readers(
    store: &Kampus,
    plan: &CheckedPlan,
    notes: &BTreeMap<String, Notes>,
    at: Timestamp,
    outcome: &mut VerifyOutcome,
) -> Result<(), MigrateError> {
    if !notes.values().any(Notes::knows_permissions) {
        return Ok(());
    }
    let snapshot = store.snapshot();
    let people = People::read(store)?;
    let realms = realms(plan, notes, &snapshot);
    let who = Identities { store, snapshot: &snapshot, people: &people };
    let circles = Circles::gather(&realms, &who)?;
    let mut law = Law::new(Standings::new(&realms, &circles, &who));
    let history = History::read(store, Revision(0), None)?;
    for (item, found) in items(store, u64::MAX, &realms)? {
        if is_decided(&history, &snapshot, item) {
            continue;
        }
        for (realm, id) in &found.records {
            if !law.is_restricted(*realm, id) {
                continue;
            }
            outcome.checked.restricted += 1;
            let readers = snapshot.untrimmed().everyone(Action::View, Scope::Item(item), at);
            for person in readers.iter().filter_map(PersonId::new) {
                outcome.checked.readers += 1;
                if law.may(person, &Right::Read, *realm, id)? || is_let_in(&history, &snapshot, item, person)
                {
                    continue;
                }
                let source = realms.get(*realm).map_or_else(String::new, |realm| realm.id.to_owned());
                outcome.leaks.push(Leak {
                    source,
                    id: id.to_string(),
                    item: item.to_string(),
                    person: person.to_string(),
                });
            }
        }
    }
    Ok(())
}

/// Whether people decided who reads an item or one that it stands under.
fn is_decided(history: &History, snapshot: &Snapshot, item: ItemId) -> bool {
    let above = |item: &ItemId| snapshot.untrimmed().item(*item).and_then(|item| item.parent);
    std::iter::successors(Some(item), above).any(|item| history.is_shared(item) || history.is_moved(item))
}

/// Whether people took somebody into a group that reads an item.
fn is_let_in(history: &History, snapshot: &Snapshot, item: ItemId, person: PersonId) -> bool {
    let above = |item: &ItemId| snapshot.untrimmed().item(*item).and_then(|item| item.parent);
    std::iter::successors(Some(item), above)
        .flat_map(|item| snapshot.untrimmed().grants_on(Scope::Item(item)))
        .any(|grant| {
            matches!(grant.principal, Principal::Group(group)
                if history.is_member_decided(group, GroupMember::Person(person)))
        })
}
