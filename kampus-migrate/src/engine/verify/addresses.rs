//! The proof that every old address leads to what its record became: by the ledger, which turns links, and by the
//! rules that are written for web servers.

use std::collections::{HashMap, HashSet};

use kampus_core::{ItemId, Kampus, Snapshot};

use crate::engine::address;
use crate::engine::error::MigrateError;
use crate::engine::ledger::{self, AddressEntry};
use crate::outcome::{AddressWitness, SharedAddress, UnwrittenAddress, VerifyOutcome, WrongAddress};
use crate::record::LegacyBody;
use crate::redirects::{Landing, Redirect, RedirectFormat, Refused, render};

/// Holds old addresses against the ledger, the store and the rules.
pub(super) struct Addresses<'a> {
    kampus: &'a Kampus,
    snapshot: &'a Snapshot,
    /// The rules, written out and read back.
    landing: Landing,
    /// Old addresses that have no rule, in compared form.
    unwritten: HashMap<String, String>,
    /// Where redirects of the exports went: they have a claim on their addresses.
    redirected: HashMap<String, ItemId>,
    /// What leads to another item than it should. Whether that is right is known when all claims are.
    doubtful: Vec<Doubtful>,
}

/// An address that leads to another item than its record became.
struct Doubtful {
    source: String,
    id: String,
    address: String,
    compared: String,
    expected: ItemId,
    found: ItemId,
}

impl<'a> Addresses<'a> {
    /// Writes the rules of the store out and reads them back.
    pub(super) fn new(kampus: &'a Kampus, snapshot: &'a Snapshot) -> Result<Self, MigrateError> {
        let mut redirects = Vec::new();
        ledger::each_address(kampus, |_, entry| {
            redirects.push(Redirect { from: entry.address, to: address::new_address(entry.item) });
            Ok(())
        })?;
        let rendered = render(RedirectFormat::Csv, &redirects, "");
        let compared = |refused: Refused| {
            let key = address::compared(&refused.redirect.from, None)?;
            Some((key, refused.reason.to_string()))
        };
        Ok(Self {
            kampus,
            snapshot,
            landing: Landing::read(&rendered.text)?,
            unwritten: rendered.refused.into_iter().filter_map(compared).collect(),
            redirected: HashMap::new(),
            doubtful: Vec::new(),
        })
    }

    /// Looks at what the ledger itself knows, whether or not an export still has it.
    pub(super) fn ledger(&self, outcome: &mut VerifyOutcome) -> Result<(), MigrateError> {
        outcome.checked.rules = self.landing.len() as u64;
        ledger::each_address(self.kampus, |_, entry| {
            let wrong = |found, by| WrongAddress {
                source: None,
                id: None,
                address: entry.address.clone(),
                expected: entry.item.to_string(),
                found,
                by,
            };
            if self.snapshot.untrimmed().item(entry.item).is_none() {
                outcome.wrong_addresses.push(wrong(None, AddressWitness::Store));
            } else if let Some(reason) = self.unwritten_reason(&entry.address) {
                outcome
                    .unwritten_addresses
                    .push(UnwrittenAddress { address: entry.address.clone(), reason: reason.to_owned() });
            } else if !self.lands(&entry.address, entry.item) {
                let found = self.landing.of(&entry.address).map(str::to_owned);
                outcome.wrong_addresses.push(wrong(found, AddressWitness::Rules));
            }
            Ok(())
        })
    }

    fn unwritten_reason(&self, old: &str) -> Option<&str> {
        self.unwritten.get(&address::compared(old, None)?).map(String::as_str)
    }

    fn lands(&self, old: &str, item: ItemId) -> bool {
        self.landing.of(old) == Some(address::new_address(item).as_str())
    }

    /// The addresses of a record; `item` is what it became or was merged into, nothing if it stayed behind.
    pub(super) fn record(
        &mut self,
        source: &str,
        id: &str,
        body: &LegacyBody,
        item: Option<ItemId>,
        outcome: &mut VerifyOutcome,
    ) -> Result<(), MigrateError> {
        let addresses = match body {
            LegacyBody::Page(page) => page.addresses.as_slice(),
            LegacyBody::File(file) => file.addresses.as_slice(),
            LegacyBody::Redirect { from, to } => {
                if let Some(item) = item {
                    self.redirect(source, id, (from, to), item, outcome)?;
                }
                std::slice::from_ref(from)
            }
            LegacyBody::Comment(_)
            | LegacyBody::Person(_)
            | LegacyBody::Group(_)
            | LegacyBody::Container(_)
            | LegacyBody::Chrome { .. } => &[],
        };
        for old in addresses {
            self.one(source, id, old, item, outcome)?;
        }
        Ok(())
    }

    fn one(
        &mut self,
        source: &str,
        id: &str,
        old: &str,
        item: Option<ItemId>,
        outcome: &mut VerifyOutcome,
    ) -> Result<(), MigrateError> {
        let counts = &mut outcome.checked.addresses;
        counts.read += 1;
        let Some(compared) = address::compared(old, None) else {
            counts.not_web += 1;
            return Ok(());
        };
        let Some(expected) = item else {
            counts.left_behind += 1;
            return Ok(());
        };
        let wrong = |found: Option<String>, by| WrongAddress {
            source: Some(source.to_owned()),
            id: Some(id.to_owned()),
            address: old.to_owned(),
            expected: expected.to_string(),
            found,
            by,
        };
        match ledger::address(self.kampus, &compared)? {
            Some(AddressEntry { item: found, .. }) if found == expected => {
                if self.snapshot.untrimmed().item(found).is_none() {
                    // That is told of the ledger's own addresses.
                    counts.wrong += 1;
                } else if self.unwritten.contains_key(&compared) {
                    counts.unwritten += 1;
                } else if self.lands(old, expected) {
                    counts.landed += 1;
                } else {
                    counts.wrong += 1;
                    let found = self.landing.of(old).map(str::to_owned);
                    outcome.wrong_addresses.push(wrong(found, AddressWitness::Rules));
                }
            }
            Some(AddressEntry { item: found, .. }) => self.doubtful.push(Doubtful {
                source: source.to_owned(),
                id: id.to_owned(),
                address: old.to_owned(),
                compared,
                expected,
                found,
            }),
            None => {
                counts.wrong += 1;
                outcome.wrong_addresses.push(wrong(None, AddressWitness::Ledger));
            }
        }
        Ok(())
    }

    /// A redirect has gone where it pointed.
    fn redirect(
        &mut self,
        source: &str,
        id: &str,
        (from, to): (&str, &str),
        item: ItemId,
        outcome: &mut VerifyOutcome,
    ) -> Result<(), MigrateError> {
        if let Some(compared) = address::compared(from, None) {
            self.redirected.insert(compared, item);
        }
        let Some(target) = address::compared(to, None) else { return Ok(()) };
        if let Some(pointed) = ledger::address(self.kampus, &target)?.map(|entry| entry.item)
            && pointed != item
        {
            outcome.wrong_addresses.push(WrongAddress {
                source: Some(source.to_owned()),
                id: Some(id.to_owned()),
                address: from.to_owned(),
                expected: pointed.to_string(),
                found: Some(item.to_string()),
                by: AddressWitness::Redirect,
            });
        }
        Ok(())
    }

    /// Judges what leads elsewhere: right where another record has the address too, wrong otherwise.
    pub(super) fn judge(mut self, outcome: &mut VerifyOutcome) -> Result<(), MigrateError> {
        for doubtful in std::mem::take(&mut self.doubtful) {
            if self.is_claimed(&doubtful.compared, doubtful.found)? {
                outcome.checked.addresses.shared += 1;
                outcome.shared_addresses.push(SharedAddress {
                    source: doubtful.source,
                    id: doubtful.id,
                    address: doubtful.address,
                    item: doubtful.found.to_string(),
                });
            } else {
                outcome.checked.addresses.wrong += 1;
                outcome.wrong_addresses.push(WrongAddress {
                    source: Some(doubtful.source),
                    id: Some(doubtful.id),
                    address: doubtful.address,
                    expected: doubtful.expected.to_string(),
                    found: Some(doubtful.found.to_string()),
                    by: AddressWitness::Ledger,
                });
            }
        }
        // The ledger's addresses and the records' are mostly the same ones: each is told once, with its record.
        let told: HashSet<String> = outcome
            .wrong_addresses
            .iter()
            .filter(|wrong| wrong.source.is_some())
            .map(|wrong| wrong.address.clone())
            .collect();
        outcome.wrong_addresses.retain(|wrong| wrong.source.is_some() || !told.contains(&wrong.address));
        Ok(())
    }

    /// Whether an item has a right to an address: its own record, one merged into it or a redirect to it has it.
    fn is_claimed(&self, compared: &str, item: ItemId) -> Result<bool, MigrateError> {
        let is_it = |old: &String| address::compared(old, None).as_deref() == Some(compared);
        let Some(found) = self.snapshot.untrimmed().item(item) else { return Ok(false) };
        if found.sources.iter().any(is_it) || self.redirected.get(compared) == Some(&item) {
            return Ok(true);
        }
        for key in ledger::merged_into(self.kampus, item)? {
            let page = ledger::record(self.kampus, &key)?.and_then(|entry| entry.page);
            if page.is_some_and(|page| page.addresses.iter().any(is_it)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
