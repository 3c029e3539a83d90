//! What the benches of Kampus measure: a generated world, Kampus itself, and what it is measured against.
//!
//! [`world`] makes up a government from a seed and [`load`](load::load) builds it in Kampus through commands.
//! [`engine`] holds the calls that are measured. [`walk`] and [`mod@array`] bound them from either side: the obvious
//! way to decide, and the least work that could answer at all. Feature `peers` adds engines that others use.
//!
//! [`exports`] makes up legacy exports, and [`migrate`] is what moving them is held against, together with [`python`].

pub mod array;
#[cfg(feature = "peers")]
pub mod casbin;
#[cfg(feature = "peers")]
pub mod cedar;
pub mod engine;
#[path = "../../kampus-migrate/examples/generate_exports/exports/mod.rs"]
pub mod exports;
pub mod load;
pub mod migrate;
pub mod python;
pub mod requests;
pub mod walk;
pub mod world;
