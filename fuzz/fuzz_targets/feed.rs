//! RSS and Atom.
#![no_main]

use kampus_migrate::format::{Format, RowKind};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kampus_fuzz::read(bytes, Format::Feed, RowKind::Pages));
