//! One record into the store.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use kampus_core::content::{BlobHash, Classification, Container, ItemKind, Schedule, Status};
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
use super::places;
use super::prepare::{Prepared, Text};
use super::route::{self, Route};
use super::ruling::Ruling;
use super::sharing;
use super::tally::Account;
use super::undo;
use super::versions::{self, Joins};
use crate::clean::{Cleaned, Stamp};
use crate::plan::{CheckedPlan, Source};
use crate::record::{
    LegacyBody, LegacyFile, LegacyPage, LegacyPerson, LegacyRecord, LegacyStatus, LegacyTime, PageKind,
};

/// Why a record was not loaded; the run goes on.
pub(super) type Rejected = String;

/// What loading a record gives: its ledger entry, or why there is none.
pub(super) type Loaded = Result<Result<LedgerEntry, Rejected>, MigrateError>;

/// Loads the records of one source.
pub(super) struct Loader<'a> {
    pub(super) plan: &'a CheckedPlan,
    pub(super) source: &'a Source,
    pub(super) run: u64,
    pub(super) started: Timestamp,
    pub(super) section: SectionId,
    pub(super) organisation: OrganisationId,
    pub(super) people: &'a mut People,
    pub(super) joins: &'a Joins,
    pub(super) account: &'a mut Account,
    pub(super) contest: &'a Contest<'a>,
    pub(super) recent: &'a mut Recent,
}

/// What a source says over and over again, looked up once.
#[derive(Debug, Default)]
pub(super) struct Recent {
    /// People by the word for them.
    authors: HashMap<String, PersonId>,
    /// Hosts that are noted as those of an old intranet.
    hosts: HashSet<String>,
}

/// A record with what was worked out about it.
pub(super) struct Fresh<'r> {
    pub(super) record: &'r LegacyRecord,
    pub(super) hash: BlobHash,
    pub(super) previous: Option<LedgerEntry>,
    pub(super) merge_into: Option<String>,
    pub(super) route: &'r Route,
}

impl Loader<'_> {
    /// Takes a record in: unchanged, loaded, updated, left behind or rejected, and accounted for. Tells whether it was
    /// new to the ledger, or other than it was.
    pub(super) fn take(
        &mut self,
        tx: &mut Transaction<'_>,
        mut prepared: Prepared,
    ) -> Result<bool, MigrateError> {
        self.account.notes.note(&prepared.record);
        let key = record_key(&self.source.id, &prepared.record.id);
        let previous = ledger::record(tx, &key)?;
        if let Some(entry) = previous.as_ref().filter(|entry| entry.hash == prepared.hash)
            && entry.fate != Fate::Rejected
        {
            self.settle(entry);
            return Ok(false);
        }
        let was_known = previous.as_ref().is_some_and(|entry| entry.own().is_some());
        let had_target = previous.as_ref().is_some_and(|entry| entry.target.is_some());
        let loaded = self.load(tx, &mut prepared, previous)?;
        let record = &prepared.record;
        match loaded {
            Ok(entry) => {
                sharing::close(tx, self.contest, self.run, record, (&entry, was_known))?;
                ledger::put_record(tx, &key, &entry)?;
                self.settle(&entry);
            }
            Err(reason) => {
                // A note that it was rejected must not take the place of what it became before.
                if !had_target {
                    ledger::put_record(tx, &key, &self.rejected(&prepared, &reason))?;
                }
                self.account.reject(record.body.kind(), &record.place, Some(&record.id), reason);
            }
        }
        Ok(true)
    }

    /// Accounts for an entry; what waits for a page that is merged is settled when that is done.
    fn settle(&mut self, entry: &LedgerEntry) {
        if !entry.waits() {
            self.account.settle(entry);
        }
    }

    fn load(
        &mut self,
        tx: &mut Transaction<'_>,
        prepared: &mut Prepared,
        previous: Option<LedgerEntry>,
    ) -> Loaded {
        let text = prepared.take_text();
        let Prepared { record, hash, route, .. } = &*prepared;
        let mut fresh = Fresh { record, hash: *hash, previous, merge_into: None, route };
        match &route.ruling {
            Ruling::Impossible(reason) => return Ok(Err(reason.clone())),
            Ruling::Discard(reason) => return later::discard(self, tx, &fresh, reason.clone()),
            Ruling::Merge(into) => fresh.merge_into = Some(into.clone()),
            Ruling::Keep => {}
        }
        match &fresh.record.body {
            LegacyBody::Page(page) => self.page(tx, &fresh, page, text),
            LegacyBody::File(file) => self.file(tx, &fresh, file, text),
            LegacyBody::Comment(comment) => comments::load(self, tx, &fresh, comment, text),
            LegacyBody::Person(person) => self.person(tx, &fresh, person),
            LegacyBody::Group(_) | LegacyBody::Container(_) => {
                // What it says of permissions is carried out when all is known.
                Ok(Ok(self.entry(&fresh, Fate::Merged, title_of(fresh.record))))
            }
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

    fn rejected(&self, prepared: &Prepared, reason: &str) -> LedgerEntry {
        let Prepared { record, hash, route, .. } = prepared;
        let fresh = Fresh { record, hash: *hash, previous: None, merge_into: None, route };
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
        sharing::note_identity(tx, self.people, &self.key(fresh.record), person, id)?;
        entry.target = Some(Target::Person(id));
        Ok(Ok(entry))
    }

    fn redirect(&self, fresh: &Fresh<'_>, from: &str, to: &str) -> LedgerEntry {
        let mut entry = self.entry(fresh, Fate::Merged, from);
        entry.page = Some(PageEntry {
            language: self.source.language,
            clean: BlobHash::of(b""),
            links: false,
            base: None,
            addresses: vec![from.to_owned()],
            parent: None,
            version: 0,
            merge_into: Some(to.to_owned()),
            placed: None,
            version_entry: None,
            follows: false,
        });
        entry
    }

    fn page(&mut self, tx: &mut Transaction<'_>, fresh: &Fresh<'_>, page: &LegacyPage, text: Text) -> Loaded {
        let Text { body: cleaned, lead, marks, links } = text;
        let route = fresh.route;
        let language = route.language;
        let mut notices = route.notices.clone();
        notices.extend(dropped_notices(&cleaned));
        let classification = match self.stamp(&marks, route, &mut notices) {
            Ok(classification) => classification,
            Err(reason) => return Ok(Err(reason)),
        };
        let title = Self::title(&page.title, language, &mut notices);
        let entry = PageEntry {
            language,
            clean: BlobHash::of(cleaned.html.as_bytes()),
            links,
            base: page.addresses.first().cloned(),
            addresses: page.addresses.clone(),
            parent: page.parent.clone(),
            version: 1,
            merge_into: fresh.merge_into.clone(),
            placed: None,
            version_entry: versions::entry(route, page, &title, &lead, classification),
            follows: false,
        };
        if route.version.as_ref().is_some_and(|version| version.of.is_some()) {
            return versions::load(self, tx, fresh, entry, cleaned.html, notices);
        }
        let author = self.author(tx, page.author.as_deref(), &mut notices)?;
        let audience = match route::audience(tx, route) {
            Ok(audience) => audience,
            Err(reason) => return Ok(Err(reason)),
        };
        let owner = match self.owner(route, author) {
            Ok(owner) => owner,
            Err(reason) => return Ok(Err(reason)),
        };
        let created = self.moment(page.created);
        let (status, schedule) = life(page, created, &mut notices);
        let (kind, link) = kind_of(page, route.kind, &mut notices);
        let container = self.container(tx, fresh)?;
        let content = NewItem {
            kind,
            container,
            parent: None,
            title: Localised::one(language, title),
            lead: Localised::from_iter((!lead.is_empty()).then_some((language, lead))),
            body: Localised::one(language, cleaned.html),
            classification,
            audience,
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
        let entry = PageEntry { placed: Some(container), ..entry };
        self.put_item(tx, fresh, item, entry, notices)
    }

    fn file(&mut self, tx: &mut Transaction<'_>, fresh: &Fresh<'_>, file: &LegacyFile, text: Text) -> Loaded {
        let bytes = match files::read(self.source.files.as_deref(), file) {
            Ok(bytes) => bytes,
            Err(reason) => return Ok(Err(reason)),
        };
        let Text { body: cleaned, marks, links, .. } = text;
        let mut notices = dropped_notices(&cleaned);
        let route = fresh.route;
        notices.extend(route.notices.iter().cloned());
        let classification = match self.stamp(&marks, route, &mut notices) {
            Ok(classification) => classification,
            Err(reason) => return Ok(Err(reason)),
        };
        let language = route.language;
        let author = self.author(tx, file.author.as_deref(), &mut notices)?;
        let owner = match self.owner(route, author) {
            Ok(owner) => owner,
            Err(reason) => return Ok(Err(reason)),
        };
        let container = self.container(tx, fresh)?;
        let created = self.moment(file.created);
        let title = if file.title.trim().is_empty() { file.name.clone() } else { file.title.clone() };
        let mut content = NewItem::new(ItemKind::Document, container, language, &title, &cleaned.html);
        content.classification = classification;
        content.audience = match route::audience(tx, route) {
            Ok(audience) => audience,
            Err(reason) => return Ok(Err(reason)),
        };
        content.file = Some((file.name.clone(), bytes));
        let item = ImportedItem {
            content,
            author,
            owner,
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
            links,
            base: file.addresses.first().cloned(),
            addresses: file.addresses.clone(),
            parent: file.parent.clone(),
            version: 1,
            merge_into: None,
            placed: Some(container),
            version_entry: None,
            follows: route.target.is_none() && file.parent.is_some(),
        };
        self.put_item(tx, fresh, item, entry, notices)
    }

    /// Writes an item, new or anew, or keeps its text for the one that it is merged into.
    fn put_item(
        &mut self,
        tx: &mut Transaction<'_>,
        fresh: &Fresh<'_>,
        mut item: ImportedItem,
        mut page: PageEntry,
        mut notices: Vec<String>,
    ) -> Loaded {
        let mut entry = self.entry(fresh, Fate::Loaded, title_of(fresh.record));
        if fresh.merge_into.is_some() {
            let html =
                item.content.body.best(&[]).map_or_else(Vec::new, |(_, html)| html.clone().into_bytes());
            tx.store_blob(html);
            entry.notices = notices;
            return later::merge(self, tx, fresh, entry, page);
        }
        let known = fresh.previous.as_ref().and_then(LedgerEntry::own);
        if let Some((id, _)) = known {
            versions::keep(tx, self, (id, &fresh.record.id), &page, &mut item)?;
        }
        let revised = match known {
            None => match tx.execute(Command::ImportItem(Box::new(item))) {
                Ok(receipt) => Revised::Written(receipt.item().ok_or(MigrateError::NothingMade("item"))?, 1),
                Err(error) => Revised::Refused(error.to_string()),
            },
            Some((id, left)) => conflict::revise(self, tx, fresh, (id, left), item, &mut page, &mut notices)?,
        };
        let (id, version) = match (revised, &fresh.previous) {
            (Revised::Written(id, version), _) => (id, version),
            (Revised::Refused(reason), _) => return Ok(Err(reason)),
            // What was loaded is what the ledger goes on to say, so that the next run meets the conflict again.
            (Revised::Kept, Some(previous)) => return Ok(Ok(previous.clone())),
            (Revised::Kept, None) => return Err(MigrateError::NothingMade("item")),
        };
        if let Some(previous) = &fresh.previous {
            later::unmerge(tx, self.run, &self.key(fresh.record), previous)?;
            entry.moved = previous.merged_into().is_some();
        }
        page.version = version;
        if let Some(version) = &page.version_entry {
            ledger::put_version_main(tx, &self.source.id, &version.group, &fresh.record.id)?;
        }
        entry.notices = notices;
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
        &mut self,
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
            if let Some(host) = address::host(&url)
                && !self.recent.hosts.contains(&host)
            {
                ledger::put_host(tx, &host)?;
                self.recent.hosts.insert(host);
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
        if let Some(known) = word.and_then(|word| self.recent.authors.get(word)) {
            return Ok(*known);
        }
        let author = self.look_up(tx, word, notices)?;
        if let Some(word) = word {
            self.recent.authors.insert(word.to_owned(), author);
        }
        Ok(author)
    }

    fn look_up(
        &mut self,
        tx: &mut Transaction<'_>,
        word: Option<&str>,
        notices: &mut Vec<String>,
    ) -> Result<PersonId, MigrateError> {
        if let Some(word) = word {
            let by_record = ledger::record(tx, &record_key(&self.source.id, word))?;
            if let Some(Target::Person(id)) = by_record.and_then(|entry| entry.target)
                && let Some(id) = tx.snapshot().directory().claimant(id)
            {
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

    /// The section or workspace that a record's route leads to. What is merged into another page needs none.
    fn container(&self, tx: &mut Transaction<'_>, fresh: &Fresh<'_>) -> Result<Container, MigrateError> {
        let target = fresh.route.target.as_deref().filter(|_| fresh.merge_into.is_none());
        match target.and_then(|id| self.plan.target(id)) {
            Some(target) => places::container(tx, self.plan, target),
            None => Ok(Container::Section(self.section)),
        }
    }

    /// Who owns it: whoever somebody named, or else its author.
    fn owner(&self, route: &Route, author: PersonId) -> Result<PersonId, Rejected> {
        match &route.owner {
            None => Ok(author),
            Some(word) => self
                .people
                .called(word)
                .ok_or_else(|| format!("nobody in the store is called `{word}`, the new owner")),
        }
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

    /// Old protection marks: refused above the ceiling of where it goes, otherwise as narrow as is allowed there. Old
    /// marks do not map one to one, so none is guessed.
    fn stamp(
        &self,
        marks: &[Stamp],
        route: &Route,
        notices: &mut Vec<String>,
    ) -> Result<Classification, Rejected> {
        let target = route.target.as_deref().and_then(|id| self.plan.target(id));
        let ceiling = target.map_or(self.source.classification, |target| target.classification);
        let marks: Vec<String> = marks.iter().map(ToString::to_string).collect();
        if marks.is_empty() {
            return match route.classification {
                Some(class) if class > ceiling => Err(format!(
                    "a rule classifies it as {class:?}, which is above what the section may hold ({ceiling:?})"
                )),
                class => Ok(class.unwrap_or_else(|| Classification::Internal.min(ceiling))),
            };
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

pub(super) fn title_of(record: &LegacyRecord) -> &str {
    match &record.body {
        LegacyBody::Page(page) => &page.title,
        LegacyBody::File(file) if file.title.is_empty() => &file.name,
        LegacyBody::File(file) => &file.title,
        LegacyBody::Comment(comment) => &comment.author_name,
        LegacyBody::Person(person) => &person.display_name,
        LegacyBody::Group(group) => &group.name,
        LegacyBody::Container(container) => &container.title,
        LegacyBody::Redirect { from, .. } => from,
        LegacyBody::Chrome { what } => what,
    }
}

fn dropped_notices(cleaned: &Cleaned) -> Vec<String> {
    cleaned.dropped.iter().map(|dropped| format!("dropped: {dropped}")).collect()
}

fn kind_of(
    page: &LegacyPage,
    ruled: Option<ItemKind>,
    notices: &mut Vec<String>,
) -> (ItemKind, Option<String>) {
    let kind = ruled.unwrap_or(match page.kind {
        PageKind::Page => ItemKind::Page,
        PageKind::News => ItemKind::News,
        PageKind::Discussion => ItemKind::Discussion,
        PageKind::Service => ItemKind::Service,
    });
    if kind == ItemKind::Service {
        return (kind, page.link.clone());
    }
    // What a service led to is no part of its text: it must not go unsaid.
    if let Some(link) = page.link.as_ref().filter(|_| page.kind == PageKind::Service) {
        notices.push(format!("a rule makes it a {}, which has no link: `{link}` is left out", kind.as_str()));
    }
    (kind, None)
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
