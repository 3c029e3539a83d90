//! Old addresses lead to items.

use std::collections::HashSet;

use kampus_core::{ItemId, Transaction};

use super::address;
use super::error::MigrateError;
use super::ledger::{self, AddressEntry};
use super::undo;

/// Notes that addresses lead to an item, which was there before the run or not; the first claim on an address stands, and
/// a notice says so. `hosts` are those that the run has noted.
pub(super) fn lead(
    tx: &mut Transaction<'_>,
    run: u64,
    addresses: &[String],
    (item, was_known): (ItemId, bool),
    (hosts, notices): (&mut HashSet<String>, &mut Vec<String>),
) -> Result<(), MigrateError> {
    for address in addresses {
        let Some(url) = address::absolute(address, None) else { continue };
        let Some(compared) = address::compared_url(&url) else { continue };
        let claimed = ledger::address(tx, &compared)?;
        let entry = AddressEntry { address: address.clone(), item };
        match claimed {
            Some(claimed) if claimed == entry => {}
            Some(claimed) if claimed.item != item && is_there(tx, claimed.item) => {
                notices.push(format!("`{address}` leads to {} already", claimed.item));
            }
            claimed => {
                // An address that was free goes with the item that this run has made.
                if was_known || claimed.is_some() {
                    undo::keep_address(tx, run, &compared, claimed.as_ref())?;
                }
                ledger::put_address(tx, &compared, &entry)?;
            }
        }
        if let Some(host) = address::host(&url)
            && !hosts.contains(&host)
        {
            ledger::put_host(tx, run, &host)?;
            hosts.insert(host);
        }
    }
    Ok(())
}

/// Whether an item is there; people may have deleted it.
pub(super) fn is_there(tx: &Transaction<'_>, item: ItemId) -> bool {
    tx.snapshot().untrimmed().item(item).is_some()
}
