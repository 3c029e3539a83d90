//! The ledger goes back to what it said before a run; of what stays in Kampus it goes on to say what the run said.
//!
//! A note of the undo log goes when it was followed, in the same transaction.

use std::collections::HashSet;

use kampus_core::content::{Container, Item};
use kampus_core::{ItemId, PersonId, SectionId, Snapshot, Transaction, WorkspaceId};

use super::super::address;
use super::super::error::MigrateError;
use super::super::ledger::{
    self, AddressEntry, LedgerEntry, PLACEHOLDERS, TARGETS, Target, VERSION_MAINS, VersionNote, record_key,
    split_key,
};
use super::super::run::{Batches, Context};
use super::super::sharing::FOUND;
use super::super::undo::{self, Kind};
use super::stay::Keeping;
use super::trace::Deeds;

/// What tells what stays, when everything that can be taken back is.
pub(super) struct Notes<'a> {
    cx: &'a Context<'a>,
    run: u64,
    deeds: &'a Deeds,
    keeping: &'a Keeping,
    snapshot: Snapshot,
}

impl<'a> Notes<'a> {
    pub(super) fn new(cx: &'a Context<'a>, run: u64, deeds: &'a Deeds, keeping: &'a Keeping) -> Self {
        Self { cx, run, deeds, keeping, snapshot: cx.store.snapshot() }
    }

    pub(super) fn take_back(&self) -> Result<(), MigrateError> {
        self.records()?;
        self.new_records()?;
        self.addresses()?;
        self.new_addresses()?;
        self.mains()?;
        self.hosts()?;
        self.people()?;
        self.places()
    }

    /// Records that the run found, as it found them.
    fn records(&self) -> Result<(), MigrateError> {
        let mut batches = Batches::new(self.cx);
        undo::each(self.cx.store, Kind::Record, self.run, |key, before: LedgerEntry| {
            let tx = batches.tx();
            undo::forget(tx, Kind::Record, self.run, key);
            let now = ledger::record(tx, key)?;
            if !now.as_ref().is_some_and(|now| self.stays(now)) {
                let before = self.as_left(before);
                leave(tx, key, now.as_ref());
                ledger::restore_record(tx, key, Some(&before))?;
                enter(tx, key, &before)?;
            }
            batches.step()
        })?;
        batches.commit()
    }

    /// Records that the run brought.
    fn new_records(&self) -> Result<(), MigrateError> {
        let mut batches = Batches::new(self.cx);
        ledger::each_record(self.cx.store, |key, entry| {
            if entry.run != self.run || self.stays(&entry) {
                return Ok(());
            }
            let tx = batches.tx();
            leave(tx, key, Some(&entry));
            ledger::restore_record(tx, key, None)?;
            batches.step()
        })?;
        batches.commit()
    }

    /// Whether what a record became stays as the run left it.
    fn stays(&self, entry: &LedgerEntry) -> bool {
        let made = &self.deeds.history.made;
        match (entry.own(), entry.target) {
            (Some((item, _)), _) | (None, Some(Target::Item(item))) => self.item_stays(item),
            (None, Some(Target::Comment(id))) => {
                let is_new = made.comments.contains(id.get());
                if is_new {
                    self.snapshot.untrimmed().comment(id).is_some()
                } else {
                    self.keeping.comments.contains(&id)
                }
            }
            (None, Some(Target::Person(id))) => made.people.contains(id.get()) && self.is_person(id),
            (None, None) => false,
        }
    }

    fn item_stays(&self, item: ItemId) -> bool {
        if self.deeds.history.made.items.contains(item.get()) {
            self.item(item).is_some()
        } else {
            self.keeping.items.contains(&item)
        }
    }

    fn item(&self, item: ItemId) -> Option<&Item> {
        self.snapshot.untrimmed().item(item)
    }

    fn is_person(&self, id: PersonId) -> bool {
        self.snapshot.directory().person(id).is_some()
    }

    /// An entry as the migration leaves the record's item now: that was written once more when it went back.
    fn as_left(&self, mut entry: LedgerEntry) -> LedgerEntry {
        let own = entry.own().map(|(item, _)| item);
        let versions = own.and_then(|item| {
            let touched = self.deeds.trace.items.get(&item)?;
            Some((self.deeds.past.item(item, *touched)?.version, self.item(item)?.version))
        });
        if let (Some((was, now)), Some(page)) = (versions, entry.own_page_mut())
            // Had people written it by then, it goes on to be another version than the one that was loaded.
            && page.version == was
        {
            page.version = now;
        }
        entry
    }

    /// Addresses that the run found leading somewhere else, or nowhere.
    fn addresses(&self) -> Result<(), MigrateError> {
        let mut batches = Batches::new(self.cx);
        undo::each(self.cx.store, Kind::Address, self.run, |compared, before: Option<AddressEntry>| {
            let tx = batches.tx();
            undo::forget(tx, Kind::Address, self.run, compared);
            let now = ledger::address(tx, compared)?;
            let was_there = before.as_ref().is_some_and(|before| self.item(before.item).is_some());
            let stays = match &before {
                Some(before) if was_there => self.keeping.items.contains(&before.item),
                _ => now.is_some_and(|now| self.item_stays(now.item)),
            };
            match before {
                _ if stays => {}
                Some(before) => ledger::put_address(tx, compared, &before)?,
                None => ledger::remove_address(tx, compared),
            }
            batches.step()
        })?;
        batches.commit()
    }

    /// Addresses that were free before and led to what is no longer there.
    fn new_addresses(&self) -> Result<(), MigrateError> {
        let mut batches = Batches::new(self.cx);
        ledger::each_address(self.cx.store, |compared, entry| {
            let is_made = self.deeds.history.made.items.contains(entry.item.get());
            if is_made && self.item(entry.item).is_none() {
                ledger::remove_address(batches.tx(), compared);
                batches.step()?;
            }
            Ok(())
        })?;
        batches.commit()
    }

    fn mains(&self) -> Result<(), MigrateError> {
        let mut batches = Batches::new(self.cx);
        undo::each(self.cx.store, Kind::Main, self.run, |group, before: Option<String>| {
            let tx = batches.tx();
            undo::forget(tx, Kind::Main, self.run, group);
            let now = ledger::version_main(tx, group)?;
            let main = now.map(|id| record_key(split_key(group).0, &id));
            let main = main.map(|key| ledger::record(tx, &key)).transpose()?.flatten();
            if !main.is_some_and(|main| main.run == self.run && self.stays(&main)) {
                match before {
                    Some(before) => ledger::put(tx, VERSION_MAINS, group, &before)?,
                    None => ledger::remove(tx, VERSION_MAINS, group),
                }
            }
            batches.step()
        })?;
        batches.commit()
    }

    /// Hosts that nothing has an address at now.
    fn hosts(&self) -> Result<(), MigrateError> {
        let mut used = HashSet::new();
        ledger::each_address(self.cx.store, |_, entry| {
            used.extend(address::absolute(&entry.address, None).and_then(|url| address::host(&url)));
            Ok(())
        })?;
        let mut batches = Batches::new(self.cx);
        undo::each(self.cx.store, Kind::Host, self.run, |host, _: bool| {
            let tx = batches.tx();
            undo::forget(tx, Kind::Host, self.run, host);
            if !used.contains(host) {
                ledger::remove_host(tx, host);
            }
            batches.step()
        })?;
        batches.commit()
    }

    /// What is noted of people who are no longer there.
    fn people(&self) -> Result<(), MigrateError> {
        let made = &self.deeds.history.made.people;
        let mut batches = Batches::new(self.cx);
        for space in [PLACEHOLDERS, FOUND] {
            ledger::each(self.cx.store, space, "", |key, person: PersonId| {
                if made.contains(person.get()) && !self.is_person(person) {
                    ledger::remove(batches.tx(), space, key);
                    batches.step()?;
                }
                Ok(())
            })?;
        }
        batches.commit()
    }

    /// Sections and workspaces that are no longer there.
    fn places(&self) -> Result<(), MigrateError> {
        let made = &self.deeds.history.made;
        let all = self.snapshot.untrimmed();
        let sections: HashSet<SectionId> = all.sections().map(|section| section.id).collect();
        let workspaces: HashSet<WorkspaceId> = all.workspaces().map(|workspace| workspace.id).collect();
        let mut batches = Batches::new(self.cx);
        ledger::each(self.cx.store, TARGETS, "", |key, place: Container| {
            let is_gone = match place {
                Container::Section(id) => made.sections.contains(id.get()) && !sections.contains(&id),
                Container::Workspace(id) => made.workspaces.contains(id.get()) && !workspaces.contains(&id),
            };
            if is_gone {
                ledger::remove(batches.tx(), TARGETS, key);
                batches.step()?;
            }
            Ok(())
        })?;
        batches.commit()
    }
}

/// What an entry says of the item that its text went into: that it is a version there, or that it was merged in.
enum Within {
    Version(VersionNote),
    Merged(ItemId),
}

fn within(key: &str, entry: &LedgerEntry) -> Option<Within> {
    let (item, page) = (entry.merged_into()?, entry.page.as_ref()?);
    if let Some(of) = page.version_entry.as_ref().and_then(|version| version.of.as_ref()) {
        let main = record_key(split_key(key).0, of);
        return Some(Within::Version(VersionNote { item, record: key.to_owned(), main }));
    }
    // A redirect has addresses and no text.
    (page.version > 0).then_some(Within::Merged(item))
}

/// Forgets that the text of a record is in an item.
fn leave(tx: &mut Transaction<'_>, key: &str, entry: Option<&LedgerEntry>) {
    match entry.and_then(|entry| within(key, entry)) {
        Some(Within::Version(note)) => ledger::remove_version(tx, &note),
        Some(Within::Merged(item)) => ledger::remove_merged(tx, item, key),
        None => {}
    }
}

/// Notes again that the text of a record is in an item.
fn enter(tx: &mut Transaction<'_>, key: &str, entry: &LedgerEntry) -> Result<(), MigrateError> {
    match within(key, entry) {
        Some(Within::Version(note)) => ledger::put_version(tx, &note),
        Some(Within::Merged(item)) => ledger::put_merged(tx, item, key),
        None => Ok(()),
    }
}
