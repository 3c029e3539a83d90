pub(super) fn all() -> Option<Vec<super::ledger::Ledger>> { Some(Vec::new()) }
