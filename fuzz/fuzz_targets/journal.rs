//! Entries of a journal: what is decoded is encoded as the same entry again.
#![no_main]

use kampus_core::Entry;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(entry) = serde_json::from_slice::<Entry>(bytes) else { return };
    let again = serde_json::to_vec(&entry).expect("an entry that was decoded can be encoded");
    let entry_again: Entry = serde_json::from_slice(&again).expect("what was encoded can be decoded");
    assert!(entry == entry_again);
});
