//! Tables: the first byte says which format and of what.
#![no_main]

use kampus_migrate::format::{Format, RowKind};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let rows = if choice & 1 == 0 { RowKind::Pages } else { RowKind::People };
    let format = match choice >> 1 & 7 {
        0 => Format::Xlsx,
        1 => Format::Xls,
        2 => Format::Xlsb,
        3 => Format::Ods,
        _ => Format::Csv,
    };
    kampus_fuzz::read(rest, format, rows);
});
