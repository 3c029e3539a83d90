//! One record into the store.

use jiff::Timestamp;
use kampus_core::content::{Audience, BlobHash, Classification, Container, ItemKind, Schedule, Status};
use kampus_core::{
    Command, ImportedItem, ItemId, Language, Localised, NewItem, OrganisationId, PersonId, SectionId,
    Transaction,
};

use super::address;
use super::comments;
use super::conflict::{self, Contest, Revised};
use super::error::MigrateError;
use super::files;
use super::later;
use super::ledger::{self, AddressEntry, Fate, LedgerEntry, PageEntry, Target, record_key};
use super::people::{self, Admitted, People};
use super::ruling::{Ruling, rule};
use super::tally::Account;
use super::undo;
use crate::clean::{self, Cleaned};
use crate::inventory::Decisions;
use crate::plan::Source;
use crate::record::{
    LegacyBody, LegacyFile, LegacyPage, LegacyPerson, LegacyRecord, LegacyStatus, LegacyTime, PageKind,
};

/// Why a record was not loaded; the run goes on.
pub(super) type Rejected = String;

/// What loading a record gives: its ledger entry, or why there is none.
pub(super) type Loaded = Result<Result<LedgerEntry, Rejected>, MigrateError>;

/// Loads the records of one source.
pub(super) struct Loader<'a> {
    pub(super) source: &'a Source,
    pub(super) run: u64,
    pub(super) started: Timestamp,
    pub(super) section: SectionId,
    pub(super) organisation: OrganisationId,
    pub(super) people: &'a mut People,
    pub(super) decisions: Option<&'a Decisions>,
    pub(super) account: &'a mut Account,
    pub(super) contest: &'a Contest<'a>,
}

/// A record with what was worked out about it.
pub(super) struct Fresh<'r> {
    pub(super) record: &'r LegacyRecord,
    pub(super) hash: BlobHash,
    pub(super) previous: Option<LedgerEntry>,
    pub(super) merge_into: Option<String>,
}

impl Loader<'_> {
    /// Takes a record in: unchanged, loaded, updated, left behind or rejected, and accounted for.
    pub(super) fn take(
        &mut self,
        tx: &mut Transaction<'_>,
        record: &LegacyRecord,
    ) -> Result<(), MigrateError> {
        let kind = record.body.kind().to_owned();
        let key = record_key(&self.source.id, &record.id);
        let ruling = rule(record, self.source, self.decisions);
        let new_owner = self.new_owner(record);
        let hash = hash_of(record, &ruling, new_owner.as_deref())?;
        let previous = ledger::record(tx, &key)?;
        let outcome = match previous {
            Some(entry) if entry.hash == hash && entry.fate != Fate::Rejected => Ok(entry),
            previous => {
                let had_target = previous.as_ref().is_some_and(|entry| entry.target.is_some());
                let loaded = self.load(tx, record, hash, previous, ruling)?;
                match &loaded {
                    Ok(entry) => ledger::put_record(tx, &key, entry)?,
                    // A note that it was rejected must not take the place of what it became before.
                    Err(reason) if !had_target => {
                        ledger::put_record(tx, &key, &self.rejected(record, hash, reason))?;
                    }
                    Err(_) => {}
                }
                loaded
            }
        };
        match outcome {
            // What waits for a page that is merged is settled when that is done.
            Ok(entry) if entry.waits() => {}
            Ok(entry) => self.account.settle(&entry),
            Err(reason) => self.account.reject(&kind, &record.place, Some(&record.id), reason),
        }
        Ok(())
    }

    fn load(
        &mut self,
        tx: &mut Transaction<'_>,
        record: &LegacyRecord,
        hash: BlobHash,
        previous: Option<LedgerEntry>,
        ruling: Ruling,
    ) -> Loaded {
        let mut fresh = Fresh { record, hash, previous, merge_into: None };
        match ruling {
            Ruling::Impossible(reason) => return Ok(Err(reason)),
            Ruling::Discard(reason) => return later::discard(self, tx, &fresh, reason),
            Ruling::Merge(into) => fresh.merge_into = Some(into),
            Ruling::Keep => {}
        }
        match &record.body {
            LegacyBody::Page(page) => self.page(tx, &fresh, page),
            LegacyBody::File(file) => self.file(tx, &fresh, file),
            LegacyBody::Comment(comment) => comments::load(self, tx, &fresh, comment),
            LegacyBody::Person(person) => self.person(tx, &fresh, person),
            LegacyBody::Redirect { from, to } => Ok(Ok(self.redirect(&fresh, from, to))),
            LegacyBody::Chrome { what } => Ok(Err(format!("`{what}` is no content"))),
        }
    }

    /// An entry for this record, with nothing but where it stands.
    pub(super) fn entry(&self, fresh: &Fresh<'_>, fate: Fate, title: &str) -> LedgerEntry {
        LedgerEntry {
            hash: fresh.hash,
            run: self.run,
            fate,
            kind: fresh.record.body.kind().to_owned(),
            place: fresh.record.place.to_string(),
            title: title.to_owned(),
            target: None,
            reason: None,
            notices: Vec::new(),
            page: None,
            waiting_comment: None,
            number: 0,
            before: None,
            on: None,
            moved: false,
        }
    }

    /// The key of a record of this source.
    pub(super) fn key(&self, record: &LegacyRecord) -> String {
        record_key(&self.source.id, &record.id)
    }

    fn rejected(&self, record: &LegacyRecord, hash: BlobHash, reason: &str) -> LedgerEntry {
        let fresh = Fresh { record, hash, previous: None, merge_into: None };
        let mut entry = self.entry(&fresh, Fate::Rejected, title_of(record));
        entry.reason = Some(reason.to_owned());
        entry
    }

    fn person(&mut self, tx: &mut Transaction<'_>, fresh: &Fresh<'_>, person: &LegacyPerson) -> Loaded {
        let admitted = people::author(tx, self.people, &self.source.id, self.organisation, person)?;
        let mut entry = self.entry(fresh, Fate::Loaded, &person.display_name);
        let id = match admitted {
            Admitted::New(id) => {
                entry.notices.push(format!(
                    "no list of people knows `{}`: a placeholder without a log-in stands in",
                    person.display_name
                ));
                id
            }
            Admitted::Updated(id) | Admitted::Known(id) => {
                entry.fate = Fate::Merged;
                id
            }
        };
        entry.target = Some(Target::Person(id));
        Ok(Ok(entry))
    }

    fn redirect(&self, fresh: &Fresh<'_>, from: &str, to: &str) -> LedgerEntry {
        let mut entry = self.entry(fresh, Fate::Merged, from);
        entry.page = Some(PageEntry {
            language: self.source.language,
            clean: BlobHash::of(b""),
            base: None,
            addresses: vec![from.to_owned()],
            parent: None,
            version: 0,
            merge_into: Some(to.to_owned()),
        });
        entry
    }

    fn page(&mut self, tx: &mut Transaction<'_>, fresh: &Fresh<'_>, page: &LegacyPage) -> Loaded {
        let cleaned = clean::clean(page.markup, &page.body);
        let lead = clean::text_of(&clean::clean(page.markup, &page.lead).html);
        let language = self.language(page.language.as_deref());
        let mut notices = dropped_notices(&cleaned);
        let classification =
            match self.stamp(&format!("{} {lead} {}", page.title, cleaned.html), &mut notices) {
                Ok(classification) => classification,
                Err(reason) => return Ok(Err(reason)),
            };
        let author = self.author(tx, page.author.as_deref(), &mut notices)?;
        let owner = match self.new_owner(fresh.record) {
            None => author,
            Some(word) => match self.people.called(&word) {
                Some(owner) => owner,
                None => return Ok(Err(format!("nobody in the store is called `{word}`, the new owner"))),
            },
        };
        let created = self.moment(page.created);
        let (status, schedule) = life(page, created, &mut notices);
        let title = Self::title(&page.title, language, &mut notices);
        let (kind, link) = kind_of(page);
        let content = NewItem {
            kind,
            container: Container::Section(self.section),
            parent: None,
            title: Localised::one(language, title),
            lead: Localised::from_iter((!lead.is_empty()).then_some((language, lead))),
            body: Localised::one(language, cleaned.html.clone()),
            classification,
            audience: Audience::default(),
            must_acknowledge: false,
            link,
            file: None,
        };
        let item = ImportedItem {
            content,
            author,
            owner,
            created,
            modified: page.modified.map_or(created, |time| self.moment(Some(time))),
            status,
            schedule,
            pinned: page.sticky,
            comments_open: page.comments_open,
            labels: page.labels.clone(),
            sources: page.addresses.clone(),
        };
        let entry = PageEntry {
            language,
            clean: BlobHash::of(cleaned.html.as_bytes()),
            base: page.addresses.first().cloned(),
            addresses: page.addresses.clone(),
            parent: page.parent.clone(),
            version: 1,
            merge_into: fresh.merge_into.clone(),
        };
        self.put_item(tx, fresh, item, entry, notices)
    }

    fn file(&mut self, tx: &mut Transaction<'_>, fresh: &Fresh<'_>, file: &LegacyFile) -> Loaded {
        let bytes = match files::read(self.source.files.as_deref(), file) {
            Ok(bytes) => bytes,
            Err(reason) => return Ok(Err(reason)),
        };
        let cleaned = clean::clean(file.markup, &file.description);
        let mut notices = dropped_notices(&cleaned);
        let classification = match self.stamp(&format!("{} {}", file.title, cleaned.html), &mut notices) {
            Ok(classification) => classification,
            Err(reason) => return Ok(Err(reason)),
        };
        let language = self.source.language;
        let author = self.author(tx, file.author.as_deref(), &mut notices)?;
        let created = self.moment(file.created);
        let title = if file.title.trim().is_empty() { file.name.clone() } else { file.title.clone() };
        let mut content = NewItem::new(
            ItemKind::Document,
            Container::Section(self.section),
            language,
            &title,
            &cleaned.html,
        );
        content.classification = classification;
        content.file = Some((file.name.clone(), bytes));
        let item = ImportedItem {
            content,
            author,
            owner: author,
            created,
            modified: file.modified.map_or(created, |time| self.moment(Some(time))),
            status: Status::Published,
            schedule: Schedule { publish_at: Some(created), ..Schedule::default() },
            pinned: false,
            comments_open: true,
            labels: Vec::new(),
            sources: file.addresses.clone(),
        };
        let entry = PageEntry {
            language,
            clean: BlobHash::of(cleaned.html.as_bytes()),
            base: file.addresses.first().cloned(),
            addresses: file.addresses.clone(),
            parent: file.parent.clone(),
            version: 1,
            merge_into: None,
        };
        self.put_item(tx, fresh, item, entry, notices)
    }

    /// Writes an item, new or anew, or keeps its text for the one that it is merged into.
    fn put_item(
        &mut self,
        tx: &mut Transaction<'_>,
        fresh: &Fresh<'_>,
        item: ImportedItem,
        mut page: PageEntry,
        notices: Vec<String>,
    ) -> Loaded {
        let mut entry = self.entry(fresh, Fate::Loaded, title_of(fresh.record));
        entry.notices = notices;
        if fresh.merge_into.is_some() {
            let html =
                item.content.body.best(&[]).map_or_else(Vec::new, |(_, html)| html.clone().into_bytes());
            tx.store_blob(html);
            return later::merge(self, tx, fresh, entry, page);
        }
        let known = fresh.previous.as_ref().and_then(LedgerEntry::own);
        let revised = match known {
            None => match tx.execute(Command::ImportItem(Box::new(item))) {
                Ok(receipt) => Revised::Written(receipt.item().ok_or(MigrateError::NothingMade("item"))?, 1),
                Err(error) => Revised::Refused(error),
            },
            Some((id, left)) => conflict::revise(self, tx, fresh, (id, left), item)?,
        };
        let (id, version) = match (revised, &fresh.previous) {
            (Revised::Written(id, version), _) => (id, version),
            (Revised::Refused(error), _) => return Ok(Err(error.to_string())),
            // What was loaded is what the ledger goes on to say, so that the next run meets the conflict again.
            (Revised::Kept, Some(previous)) => return Ok(Ok(previous.clone())),
            (Revised::Kept, None) => return Err(MigrateError::NothingMade("item")),
        };
        if let Some(previous) = &fresh.previous {
            later::unmerge(tx, self.run, &self.key(fresh.record), previous)?;
            entry.moved = previous.merged_into().is_some();
        }
        page.version = version;
        self.claim_addresses(tx, &page.addresses, (id, known.is_some()), &mut entry.notices)?;
        if let Some((_, left)) = known {
            entry.fate = fate_again(left, self.run);
        }
        entry.target = Some(Target::Item(id));
        entry.page = Some(page);
        Ok(Ok(entry))
    }

    /// Notes that these old addresses lead to the item; the first claim on an address stands.
    fn claim_addresses(
        &self,
        tx: &mut Transaction<'_>,
        addresses: &[String],
        (item, was_known): (ItemId, bool),
        notices: &mut Vec<String>,
    ) -> Result<(), MigrateError> {
        for address in addresses {
            let Some(url) = address::absolute(address, None) else { continue };
            let Some(compared) = address::compared_url(&url) else { continue };
            let claimed = ledger::address(tx, &compared)?;
            let entry = AddressEntry { address: address.clone(), item };
            match claimed {
                Some(claimed) if claimed == entry => {}
                Some(claimed) if claimed.item != item && is_there(tx, claimed.item) => {
                    notices.push(format!("`{address}` leads to {} already", claimed.item));
                }
                claimed => {
                    // An address that was free goes with the item that this run has made.
                    if was_known || claimed.is_some() {
                        undo::keep_address(tx, self.run, &compared, claimed.as_ref())?;
                    }
                    ledger::put_address(tx, &compared, &entry)?;
                }
            }
            if let Some(host) = address::host(&url) {
                ledger::put_host(tx, &host)?;
            }
        }
        Ok(())
    }

    /// Who wrote something: a person of this source, somebody known, or a placeholder.
    pub(super) fn author(
        &mut self,
        tx: &mut Transaction<'_>,
        word: Option<&str>,
        notices: &mut Vec<String>,
    ) -> Result<PersonId, MigrateError> {
        let word = word.map(str::trim).filter(|word| !word.is_empty());
        if let Some(word) = word {
            let by_record = ledger::record(tx, &record_key(&self.source.id, word))?;
            if let Some(Target::Person(id)) = by_record.and_then(|entry| entry.target) {
                return Ok(id);
            }
        }
        let name = word.map_or("", |word| word.strip_prefix("user:").unwrap_or(word));
        if let Some(id) = self.people.called(name) {
            return Ok(id);
        }
        let nobody = match self.source.language {
            Language::Fi | Language::Se => "Tuntematon tekijä",
            Language::Sv => "Okänd författare",
            Language::En => "Unknown author",
        };
        let person = LegacyPerson {
            display_name: if name.is_empty() { nobody.to_owned() } else { name.to_owned() },
            email: name.contains('@').then(|| name.to_owned()),
            ..LegacyPerson::default()
        };
        let admitted = people::author(tx, self.people, &self.source.id, self.organisation, &person)?;
        Ok(match admitted {
            Admitted::New(id) => {
                notices.push(format!("nobody is called `{}`: a placeholder stands in", person.display_name));
                id
            }
            Admitted::Updated(id) | Admitted::Known(id) => id,
        })
    }

    /// A moment of the source; what it does not date is dated by the run.
    pub(super) fn moment(&self, time: Option<LegacyTime>) -> Timestamp {
        match time {
            Some(LegacyTime::Instant(at)) => at,
            Some(LegacyTime::Local(wall)) => {
                // A wall clock that was set back shows some times twice: the first is meant as often as not.
                wall.to_zoned_datetime(self.source.time_zone.clone())
                    .map_or(self.started, |zoned| zoned.timestamp())
            }
            None => self.started,
        }
    }

    fn language(&self, tag: Option<&str>) -> Language {
        tag.and_then(|tag| tag.parse().ok()).unwrap_or(self.source.language)
    }

    fn new_owner(&self, record: &LegacyRecord) -> Option<String> {
        self.decisions.and_then(|decisions| decisions.get(&self.source.id, &record.id))?.owner.clone()
    }

    fn title(title: &str, language: Language, notices: &mut Vec<String>) -> String {
        if !title.trim().is_empty() {
            return title.trim().to_owned();
        }
        notices.push("it has no title".to_owned());
        match language {
            Language::Fi | Language::Se => "Nimetön",
            Language::Sv => "Namnlös",
            Language::En => "Untitled",
        }
        .to_owned()
    }

    /// Old protection marks: refused above the section's ceiling, otherwise as narrow as the section allows. Old
    /// marks do not map one to one, so none is guessed.
    fn stamp(&self, text: &str, notices: &mut Vec<String>) -> Result<Classification, Rejected> {
        let ceiling = self.source.classification;
        let marks: Vec<String> = clean::stamps(text).into_iter().map(|stamp| stamp.to_string()).collect();
        if marks.is_empty() {
            return Ok(Classification::Internal.min(ceiling));
        }
        let marks = marks.join("`, `");
        if ceiling < Classification::NonPublic {
            return Err(format!(
                "it bears the protection mark `{marks}`, which is above what the section may hold ({ceiling:?})"
            ));
        }
        notices.push(format!("it bears the protection mark `{marks}`: loaded as {ceiling:?}, check it"));
        Ok(ceiling)
    }
}

fn is_there(tx: &Transaction<'_>, item: ItemId) -> bool {
    tx.snapshot().untrimmed().item(item).is_some()
}

/// What this run made, it did not update.
pub(super) fn fate_again(before: &LedgerEntry, run: u64) -> Fate {
    if before.run == run && before.fate == Fate::Loaded { Fate::Loaded } else { Fate::Updated }
}

fn hash_of(record: &LegacyRecord, ruling: &Ruling, owner: Option<&str>) -> Result<BlobHash, MigrateError> {
    let bytes = serde_json::to_vec(&(&record.body, format!("{ruling:?}"), owner))
        .map_err(|source| MigrateError::Ledger { key: record.id.clone(), source })?;
    Ok(BlobHash::of(&bytes))
}

pub(super) fn title_of(record: &LegacyRecord) -> &str {
    match &record.body {
        LegacyBody::Page(page) => &page.title,
        LegacyBody::File(file) if file.title.is_empty() => &file.name,
        LegacyBody::File(file) => &file.title,
        LegacyBody::Comment(comment) => &comment.author_name,
        LegacyBody::Person(person) => &person.display_name,
        LegacyBody::Redirect { from, .. } => from,
        LegacyBody::Chrome { what } => what,
    }
}

fn dropped_notices(cleaned: &Cleaned) -> Vec<String> {
    cleaned.dropped.iter().map(|dropped| format!("dropped: {dropped}")).collect()
}

fn kind_of(page: &LegacyPage) -> (ItemKind, Option<String>) {
    match page.kind {
        PageKind::Page => (ItemKind::Page, None),
        PageKind::News => (ItemKind::News, None),
        PageKind::Discussion => (ItemKind::Discussion, None),
        PageKind::Service => (ItemKind::Service, page.link.clone()),
    }
}

/// Where a page stands here. What was for a few is never for more: it becomes a draft, which its author and the
/// section's editors see.
fn life(page: &LegacyPage, created: Timestamp, notices: &mut Vec<String>) -> (Status, Schedule) {
    let out = Schedule { publish_at: Some(created), ..Schedule::default() };
    match page.status {
        LegacyStatus::Published | LegacyStatus::Scheduled => (Status::Published, out),
        LegacyStatus::Draft | LegacyStatus::Trash => (Status::Draft, Schedule::default()),
        LegacyStatus::Pending => (Status::InReview, Schedule::default()),
        LegacyStatus::Archived => (Status::Archived, out),
        LegacyStatus::Private => {
            notices.push("it was private: a draft now, for its author and editors only".to_owned());
            (Status::Draft, Schedule::default())
        }
        LegacyStatus::Password => {
            notices.push("it had a password: a draft now, for its author and editors only".to_owned());
            (Status::Draft, Schedule::default())
        }
    }
}
