//! What becomes of the permissions of a source: the same, or less, and never more.

mod carried;
mod claims;
mod desk;
mod killed;
mod worlds;
