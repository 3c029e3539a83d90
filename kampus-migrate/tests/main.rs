//! What `kampus-migrate` promises, seen from outside.
