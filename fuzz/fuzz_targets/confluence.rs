//! Exports of Confluence: `entities.xml`, or the zip.
#![no_main]

use kampus_migrate::format::{Format, RowKind};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kampus_fuzz::read(bytes, Format::Confluence, RowKind::Pages));
