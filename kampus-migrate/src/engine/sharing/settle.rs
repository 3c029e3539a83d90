//! Carrying permissions out: first what takes away, then what gives, so that whoever breaks a run off leaves less open
//! than there will be and never more.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem;
use std::sync::Arc;

use kampus_core::access::{Principal, Role, Scope, rules};
use kampus_core::content::Item;
use kampus_core::directory::GroupMember;
use kampus_core::{Command, GroupId, ItemId, Kampus, Localised, Period, PersonId, Snapshot, Transaction};

use super::super::conflict::Contest;
use super::super::error::MigrateError;
use super::super::history::History;
use super::super::ledger::{self, Fate, LedgerEntry, record_key, split_key};
use super::super::people::{self, People};
use super::super::run::{Batches, Context};
use super::super::tally::Account;
use super::super::undo;
use super::circles::{Circles, Realm};
use super::identity::Identities;
use super::notes::{self, Member, Notes};
use super::standing::{Atom, Set, Standing, Standings};
use crate::outcome::{Conflict, SharingOutcome, Side, Wish};
use crate::plan::CheckedPlan;
use crate::record::{LegacyPerson, LegacyRecord, Right, Who};

/// What groups of sources became: key `source␟name`.
const GROUPS: &str = "migrate.group";

/// What became of permissions.
type Sharing = SharingOutcome;

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
    let scope = Scope::Item(item);
    if is_known {
        if contest.history()?.is_shared(item) {
            return Ok(());
        }
        let snapshot = tx.snapshot();
        let all = snapshot.untrimmed();
        undo::keep_sharing(tx, run, item, &snapshot)?;
        for grant in all.grants_on(scope) {
            tx.execute(Command::Revoke(grant.id))?;
        }
        if !all.inherits(scope) {
            return Ok(());
        }
    }
    tx.execute(Command::BreakInheritance(scope, true))?;
    Ok(())
}

/// What an item is to be.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// As what it stands under or is in.
    Inherit,
    /// For these only.
    Own(BTreeMap<Principal, Role>),
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
) -> Result<Sharing, MigrateError> {
    let notes: BTreeMap<String, Notes> =
        accounts.iter_mut().map(|(id, account)| (id.clone(), mem::take(&mut account.notes))).collect();
    let mut sharing = Sharing::default();
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
fn introduce(
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
    is_new: bool,
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
fn above(
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
fn stands(snapshot: &Snapshot, item: ItemId) -> Wanted {
    let (all, scope) = (snapshot.untrimmed(), Scope::Item(item));
    let mut grants: BTreeMap<Principal, Role> = BTreeMap::new();
    for grant in all.grants_on(scope) {
        let role = grants.entry(grant.principal).or_insert(grant.role);
        *role = grant.role.max(*role);
    }
    if all.inherits(scope) && grants.is_empty() { Wanted::Inherit } else { Wanted::Own(grants) }
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

/// The groups in Kampus that stand for those of the sources.
struct Groups<'c> {
    circles: &'c Circles,
    ids: BTreeMap<usize, GroupId>,
    /// Groups to be made.
    made: u64,
    cx: &'c Context<'c>,
}

impl<'c> Groups<'c> {
    /// Those of earlier runs, and those that the sources have records of.
    fn new(cx: &'c Context<'c>, circles: &'c Circles) -> Result<Self, MigrateError> {
        let mut groups = Self { circles, ids: BTreeMap::new(), made: 0, cx };
        for (number, circle) in circles.all.iter().enumerate() {
            let known: Option<GroupId> =
                ledger::get(cx.store, GROUPS, &record_key(&circle.source, &notes::fold(&circle.name)))?;
            if let Some(id) = known {
                groups.ids.insert(number, id);
            } else if circle.is_told {
                groups.id(number)?;
            }
        }
        Ok(groups)
    }

    /// The group of a circle, made empty where there is none.
    fn id(&mut self, number: usize) -> Result<GroupId, MigrateError> {
        if let Some(id) = self.ids.get(&number) {
            return Ok(*id);
        }
        let circle = self.circles.all.get(number).ok_or(MigrateError::NothingMade("group"))?;
        let mut tx = self.cx.begin();
        let name = Localised::one(kampus_core::Language::Fi, circle.name.clone());
        let id = tx.execute(Command::AddGroup { name, rule: None })?.group();
        let id = id.ok_or(MigrateError::NothingMade("group"))?;
        ledger::put(&mut tx, GROUPS, &record_key(&circle.source, &notes::fold(&circle.name)), &id)?;
        tx.commit()?;
        self.ids.insert(number, id);
        self.made += 1;
        Ok(id)
    }

    fn principal(&mut self, atom: Atom) -> Result<Principal, MigrateError> {
        Ok(match atom {
            Atom::Person(person) => Principal::Person(person),
            Atom::Circle(number) => Principal::Group(self.id(number)?),
        })
    }

    /// The grants that say a standing.
    fn grants(
        &mut self,
        standings: &mut Standings<'_>,
        standing: &Standing,
        main: &(usize, Box<str>),
        (snapshot, item): (&Snapshot, &Item),
    ) -> Result<BTreeMap<Principal, Role>, MigrateError> {
        let mut grants = BTreeMap::new();
        match &standing.read {
            Set::All => {
                grants.extend(base(snapshot, item).into_iter().map(|principal| (principal, Role::Reader)))
            }
            Set::Some(atoms) => {
                for atom in atoms {
                    grants.insert(self.principal(*atom)?, Role::Reader);
                }
            }
        }
        let write = standings.among(&standing.read, &standing.write, main, &Right::Write);
        let administer = standings.among(&write, &standing.administer, main, &Right::Administer);
        for (drawn, set, role) in
            [(&standing.write, &write, Role::Editor), (&standing.administer, &administer, Role::Manager)]
        {
            let (Set::Some(_), Set::Some(atoms)) = (drawn, set) else { continue };
            for atom in atoms {
                grants.insert(self.principal(*atom)?, role);
            }
        }
        Ok(grants)
    }

    fn members(&self, snapshot: &Snapshot) -> Vec<(GroupId, BTreeSet<PersonId>, BTreeSet<PersonId>, bool)> {
        let listed = self.ids.iter().filter_map(|(number, id)| {
            let circle = self.circles.all.get(*number)?;
            let group = snapshot.directory().group(*id)?;
            let now = group.members.iter().filter_map(|member| match member {
                GroupMember::Person(person) => Some(*person),
                _ => None,
            });
            let wanted = circle.people.iter().filter_map(PersonId::new).collect();
            Some((*id, wanted, now.collect(), circle.is_whole))
        });
        listed.collect()
    }

    /// Takes out of the groups who is in them no more at the source.
    fn let_go(&self, cx: &Context<'_>, history: &History) -> Result<(), MigrateError> {
        let mut batches = Batches::new(cx);
        for (group, wanted, now, is_whole) in self.members(&cx.store.snapshot()) {
            for person in now.difference(&wanted).filter(|_| is_whole) {
                let member = GroupMember::Person(*person);
                if !history.is_member_decided(group, member) {
                    batches.tx().execute(Command::RemoveMember(group, member))?;
                    batches.step()?;
                }
            }
        }
        batches.commit()
    }

    /// Takes into the groups who is in them at the source, unless people took them out.
    fn take_in(&self, cx: &Context<'_>, history: &History) -> Result<(), MigrateError> {
        let mut batches = Batches::new(cx);
        for (group, wanted, now, _) in self.members(&cx.store.snapshot()) {
            for person in wanted.difference(&now) {
                let member = GroupMember::Person(*person);
                if !history.is_member_decided(group, member) {
                    batches.tx().execute(Command::AddMember(group, member))?;
                    batches.step()?;
                }
            }
        }
        batches.commit()
    }
}

/// Whoever reads the place in which an item is.
fn base(snapshot: &Snapshot, item: &Item) -> BTreeSet<Principal> {
    let visible = rules::rule_6_visibility(snapshot.untrimmed().state(), item.container);
    let granted = snapshot.untrimmed().grants_on(item.container.into()).map(|grant| grant.principal);
    visible.into_iter().chain(granted).collect()
}
