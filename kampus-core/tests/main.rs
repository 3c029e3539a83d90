//! What `kampus-core` promises, seen from outside.

#[cfg(test)]
mod access_rules;
#[cfg(test)]
mod administration;
#[cfg(test)]
mod claims;
#[cfg(test)]
mod compiled_rules;
#[cfg(test)]
mod concurrency;
#[cfg(test)]
mod desktop;
#[cfg(test)]
mod invariants;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod random_world;
#[cfg(test)]
mod rule_table;
#[cfg(test)]
mod store;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod tour;
#[cfg(test)]
mod withdrawal;
#[cfg(test)]
mod world;
