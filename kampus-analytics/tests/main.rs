//! What `kampus-analytics` promises, seen from outside.
