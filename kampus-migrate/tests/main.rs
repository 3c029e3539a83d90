//! What `kampus-migrate` promises, seen from outside.

#[cfg(test)]
mod assessment;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod clean;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod conversions;
#[cfg(test)]
mod corpus;
#[cfg(test)]
#[path = "../examples/generate_exports/exports/mod.rs"]
pub mod exports;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod inventory;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod office;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod redirects;
#[cfg(test)]
mod rehearsal;
#[cfg(test)]
mod report;
#[cfg(test)]
mod rollback;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod sharing;
#[cfg(test)]
mod support;
#[cfg(test)]
mod wordpress;
