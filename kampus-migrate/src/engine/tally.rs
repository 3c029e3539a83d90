//! The account of one source while it is being loaded.

use super::gone::Seen;
use super::ledger::{Fate, LedgerEntry};
use super::sharing::Notes;
use crate::outcome::{Conflict, Counts, Discard, Notice, Rejection, Tally};
use crate::record::Place;

/// What became of the records of one source so far.
#[derive(Debug, Default)]
pub(crate) struct Account {
    source: String,
    run: u64,
    pub(crate) tally: Tally,
    pub(crate) rejections: Vec<Rejection>,
    pub(crate) discards: Vec<Discard>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) conflicts: Vec<Conflict>,
    /// Items that later decisions took away from their readers.
    pub(crate) withdrawn: u64,
    /// What the source says of permissions.
    pub(super) notes: Notes,
    /// Which of the records known before were met.
    pub(super) seen: Seen,
}

impl Account {
    pub(crate) fn new(source: &str, run: u64) -> Self {
        Self { source: source.to_owned(), run, ..Self::default() }
    }

    fn count(&mut self, kind: &str, what: fn(&mut Counts) -> &mut u64) {
        let mut counts = Counts { read: 1, ..Counts::default() };
        *what(&mut counts) += 1;
        self.tally.add(kind, counts);
    }

    /// A record that has an entry in the ledger: what this run did counts as that, what an earlier one did as
    /// unchanged. A run that was interrupted and gone on with is one run.
    pub(crate) fn settle(&mut self, entry: &LedgerEntry) {
        let own = entry.run == self.run;
        self.seen.note(entry);
        match entry.fate {
            Fate::Loaded if own => self.count(&entry.kind, |counts| &mut counts.loaded),
            Fate::Updated if own => self.count(&entry.kind, |counts| &mut counts.updated),
            Fate::Merged if own => self.count(&entry.kind, |counts| &mut counts.merged),
            Fate::Loaded | Fate::Updated | Fate::Merged => {
                self.count(&entry.kind, |counts| &mut counts.unchanged);
            }
            Fate::Discarded => {
                self.count(&entry.kind, |counts| &mut counts.discarded);
                self.discards.push(Discard {
                    source: self.source.clone(),
                    place: entry.place.clone(),
                    kind: entry.kind.clone(),
                    title: entry.title.clone(),
                    reason: entry.reason.clone().unwrap_or_default(),
                });
            }
            Fate::Rejected => {
                self.count(&entry.kind, |counts| &mut counts.rejected);
                self.note_rejection(entry.place.clone(), entry.reason.clone().unwrap_or_default(), None);
            }
        }
        if own {
            let notices = entry.notices.iter().map(|text| Notice {
                source: self.source.clone(),
                place: entry.place.clone(),
                text: text.clone(),
            });
            self.notices.extend(notices);
        }
    }

    /// A record that could not be loaded.
    pub(crate) fn reject(&mut self, kind: &str, place: &Place, id: Option<&str>, reason: String) {
        self.count(kind, |counts| &mut counts.rejected);
        self.seen.note_refused(id);
        self.note_rejection(place.to_string(), reason, id);
    }

    fn note_rejection(&mut self, place: String, reason: String, id: Option<&str>) {
        self.rejections.push(Rejection {
            source: self.source.clone(),
            place,
            reason,
            id: id.map(str::to_owned),
        });
    }

    /// Something about the source itself.
    pub(crate) fn notice(&mut self, place: String, text: String) {
        self.notices.push(Notice { source: self.source.clone(), place, text });
    }
}
