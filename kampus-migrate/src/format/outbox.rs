//! What a reader has ready: records whose ids are their own, faults and notices with their places.

use std::collections::{HashSet, VecDeque};
use std::path::Path;

use super::xml::{Broken, Tokens};
use super::{Event, ReadFault, Yield};
use crate::record::{LegacyBody, LegacyRecord, Place};

/// What waits to be handed out, in its order.
pub(super) struct Outbox {
    ready: VecDeque<Yield>,
    /// Ids that were given out, as hashes: a large export has many.
    seen: HashSet<u64>,
    /// The file, for places.
    file: Place,
    /// Whether the file was read to its end, or as far as it can be.
    closed: bool,
}

impl Outbox {
    pub(super) fn new(shown: &Path) -> Self {
        Self {
            ready: VecDeque::new(),
            seen: HashSet::new(),
            file: Place { file: shown.to_owned(), ..Place::default() },
            closed: false,
        }
    }

    /// The next thing.
    pub(super) fn next(&mut self) -> Option<Yield> {
        self.ready.pop_front()
    }

    /// Nothing comes any more.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    /// Whether nothing comes any more but what waits.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// The file as a whole.
    pub(super) fn file(&self) -> &Place {
        &self.file
    }

    /// Where a reader of XML stands.
    pub(super) fn place(&self, tokens: &Tokens) -> Place {
        tokens.place(&self.file)
    }

    pub(super) fn notice(&mut self, place: &Place, text: String) {
        self.ready.push_back(Ok(Event::Notice { place: place.clone(), text }));
    }

    /// A record that cannot be read.
    pub(super) fn fault(&mut self, place: &Place, id: Option<String>, kind: &str, reason: String) {
        let place = place.clone();
        self.ready.push_back(Err(ReadFault::Record { place, id, kind: kind.to_owned(), reason }));
    }

    /// The file is broken from here on.
    pub(super) fn broken(&mut self, broken: Broken) {
        let mut place = self.file.clone();
        (place.byte, place.line) = (broken.byte, broken.line);
        self.closed = true;
        self.ready.push_back(Err(ReadFault::File { place, reason: broken.reason }));
    }

    /// Whether an id was not used before; it is from now on.
    pub(super) fn is_first(&mut self, id: &str) -> bool {
        self.seen.insert(hash(id))
    }

    /// Hands a record out, unless its id was given out before.
    pub(super) fn give(&mut self, record: LegacyRecord) {
        // What is no content is only counted, so it may share an id.
        let counts_only = matches!(record.body, LegacyBody::Chrome { .. });
        if counts_only || self.is_first(&record.id) {
            self.ready.push_back(Ok(Event::Record(Box::new(record))));
        } else {
            let kind = record.body.kind().to_owned();
            let reason = format!("the id `{}` was used before in this file", record.id);
            self.fault(&record.place, Some(record.id), &kind, reason);
        }
    }

    /// Hands out a record whose id was looked at before.
    pub(super) fn give_known(&mut self, record: LegacyRecord) {
        self.ready.push_back(Ok(Event::Record(Box::new(record))));
    }

    /// Says what was wrong with a document that could be read all the same.
    pub(super) fn oddities(&mut self, tokens: &Tokens) {
        let place = self.file.clone();
        if tokens.removed > 0 {
            let text = format!("{} control characters that XML forbids were left out", tokens.removed);
            self.notice(&place, text);
        }
        if tokens.entities > 0 {
            let text = format!("{} references to unknown entities were kept as written", tokens.entities);
            self.notice(&place, text);
        }
    }
}

/// A hash that two ids of one export do not share by chance.
pub(super) fn hash(id: &str) -> u64 {
    let bytes = *blake3::hash(id.as_bytes()).as_bytes();
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(bytes) {
        *to = from;
    }
    u64::from_le_bytes(first)
}
