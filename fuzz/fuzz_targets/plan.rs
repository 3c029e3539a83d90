//! Plans: every fault has its place in the text.
#![no_main]

use std::path::Path;

use kampus_migrate::plan::Plan;

libfuzzer_sys::fuzz_target!(|text: &str| {
    match Plan::parse(text, Path::new("plan.toml")) {
        Ok(plan) => drop(plan.check(&["YM".to_owned()].into())),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
