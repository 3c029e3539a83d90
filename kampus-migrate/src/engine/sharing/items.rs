//! The items of which the sources say something: whose texts stand in them, what is above them, what they are now.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use kampus_core::access::{Principal, Role, Scope, rules};
use kampus_core::content::Item;
use kampus_core::{ItemId, Kampus, Snapshot};

use super::super::error::MigrateError;
use super::super::history::History;
use super::super::ledger::{self, Fate, record_key, split_key};
use super::super::people::{self, People};
use super::super::run::{Batches, Context};
use super::circles::Realm;
use super::notes::{Member, Notes};
use super::standing::Standing;
use crate::plan::CheckedPlan;
use crate::record::{LegacyPerson, Who};

/// What an item is to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// As what it stands under or is in.
    Inherit,
    /// For these only.
    Own(BTreeMap<Principal, Role>),
}

/// The sources as permissions know them.
pub(super) fn realms<'n>(
    plan: &'n CheckedPlan,
    notes: &'n BTreeMap<String, Notes>,
    snapshot: &Snapshot,
) -> Vec<Realm<'n>> {
    let lists = plan.people().iter().map(|list| (&list.id, None));
    let sources = plan.sources().iter().map(|source| {
        let organisation = snapshot.directory().organisation_by_code(&source.organisation);
        (&source.id, organisation.map(|node| node.id))
    });
    lists
        .chain(sources)
        .filter_map(|(id, organisation)| Some(Realm { id, organisation, notes: notes.get(id)? }))
        .collect()
}

/// Lets a placeholder stand in for everybody who is named by an e-mail address that nobody has: whoever claims it has
/// what was granted to it.
pub(super) fn introduce(
    cx: &Context<'_>,
    plan: &CheckedPlan,
    people: &mut People,
    notes: &BTreeMap<String, Notes>,
) -> Result<(), MigrateError> {
    let mut batches = Batches::new(cx);
    for source in plan.sources() {
        let Some(notes) = notes.get(&source.id) else { continue };
        let organisation =
            cx.store.snapshot().directory().organisation_by_code(&source.organisation).map(|node| node.id);
        let Some(home) = organisation else { continue };
        let entries =
            notes.things.values().flat_map(|thing| &thing.permissions.entries).map(|entry| &entry.who);
        let members =
            notes.groups.values().flat_map(|group| &group.members).filter_map(|member| match member {
                Member::Who(who) => Some(who),
                Member::Record(_) => None,
            });
        let mut addresses = BTreeSet::new();
        for who in entries.chain(members) {
            if let Who::Person(word) | Who::Named(word) = who
                && is_address(word)
                && people.with_email(word).is_none()
            {
                addresses.insert(word.trim().to_lowercase());
            }
        }
        for address in addresses {
            let person = LegacyPerson {
                display_name: address.clone(),
                email: Some(address),
                ..LegacyPerson::default()
            };
            people::author(batches.tx(), people, &source.id, home, &person)?;
            batches.step()?;
        }
    }
    batches.commit()
}

/// Whether a word is meant to be an e-mail address.
fn is_address(word: &str) -> bool {
    word.trim().split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !word.trim().contains(char::is_whitespace)
    })
}

/// An item and the records whose texts stand in it.
#[derive(Debug, Default)]
pub(super) struct FoundItem {
    pub(super) records: Vec<(usize, Box<str>)>,
    pub(super) is_new: bool,
}

impl FoundItem {
    /// The record by which people know it.
    pub(super) fn main(&self) -> &(usize, Box<str>) {
        static NONE: std::sync::LazyLock<(usize, Box<str>)> =
            std::sync::LazyLock::new(|| (usize::MAX, "".into()));
        self.records.first().unwrap_or(&NONE)
    }
}

/// The items of which the sources say something. One in which a text stands that this run did not read is left as it is.
pub(super) fn items(
    store: &Kampus,
    run: u64,
    realms: &[Realm<'_>],
) -> Result<BTreeMap<ItemId, FoundItem>, MigrateError> {
    let mut items: BTreeMap<ItemId, FoundItem> = BTreeMap::new();
    for (number, realm) in realms.iter().enumerate() {
        for id in realm.notes.things.keys() {
            let Some(entry) = ledger::record(store, &record_key(realm.id, id))? else { continue };
            if let Some((item, left)) = entry.own() {
                let found = items.entry(item).or_default();
                found.records.insert(0, (number, id.clone()));
                found.is_new = left.run == run && left.fate == Fate::Loaded;
            }
            if let Some(item) = entry.merged_into() {
                items.entry(item).or_default().records.push((number, id.clone()));
            }
        }
    }
    let mut unread = Vec::new();
    for item in items.keys() {
        let versions =
            ledger::versions_of(store, *item)?.into_iter().flat_map(|note| [note.record, note.main]);
        let merged = ledger::merged_into(store, *item)?;
        let is_unread = |key: &String| {
            let (source, id) = split_key(key);
            let realm = realms.iter().find(|realm| realm.id == source);
            realm.is_none_or(|realm| realm.notes.knows_permissions() && !realm.notes.things.contains_key(id))
        };
        if versions.chain(merged).any(|key| is_unread(&key)) {
            unread.push(*item);
        }
    }
    for item in unread {
        items.remove(&item);
    }
    Ok(items)
}

/// Who may what on what an item stands under, if that is certain.
pub(super) fn above(
    snapshot: &Snapshot,
    history: &History,
    known: &HashMap<ItemId, Arc<Standing>>,
    item: &Item,
) -> Option<Arc<Standing>> {
    let all = snapshot.untrimmed();
    let mut next = item.parent;
    while let Some(above) = next {
        if history.is_shared(above) {
            return None;
        }
        if let Some(standing) = known.get(&above) {
            return Some(Arc::clone(standing));
        }
        let scope = Scope::Item(above);
        if !all.inherits(scope) || all.grants_on(scope).next().is_some() {
            return None;
        }
        next = all.item(above).and_then(|item| item.parent);
    }
    Some(Arc::new(Standing::OPEN))
}

/// What an item is now.
pub(super) fn stands(snapshot: &Snapshot, item: ItemId) -> Wanted {
    let (all, scope) = (snapshot.untrimmed(), Scope::Item(item));
    let mut grants: BTreeMap<Principal, Role> = BTreeMap::new();
    for grant in all.grants_on(scope) {
        let role = grants.entry(grant.principal).or_insert(grant.role);
        *role = grant.role.max(*role);
    }
    if all.inherits(scope) && grants.is_empty() { Wanted::Inherit } else { Wanted::Own(grants) }
}

/// Whoever reads the place in which an item is.
pub(super) fn base(snapshot: &Snapshot, item: &Item) -> BTreeSet<Principal> {
    let visible = rules::rule_6_visibility(snapshot.untrimmed().state(), item.container);
    let granted = snapshot.untrimmed().grants_on(item.container.into()).map(|grant| grant.principal);
    visible.into_iter().chain(granted).collect()
}
