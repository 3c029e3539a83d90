//! Kampus.
