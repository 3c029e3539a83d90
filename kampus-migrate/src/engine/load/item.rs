//! Pages and files into items, and the addresses that lead to them.

use kampus_core::content::{BlobHash, ItemKind, Schedule, Status};
use kampus_core::{Command, ImportedItem, Localised, NewItem, Transaction};

use super::super::conflict::{self, Revised};
use super::super::error::MigrateError;
use super::super::files;
use super::super::later;
use super::super::lead;
use super::super::ledger::{self, Fate, LedgerEntry, PageEntry, Target, record_key};
use super::super::prepare::Text;
use super::super::route::{self};
use super::super::versions::{self};
use crate::record::{LegacyFile, LegacyPage};

use super::shape::{dropped_notices, kind_of, life};
use super::{Fresh, Loaded, Loader, fate_again, title_of};

impl Loader<'_> {
    pub(in super::super) fn redirect(&self, fresh: &Fresh<'_>, from: &str, to: &str) -> LedgerEntry {
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

    pub(in super::super) fn page(
        &mut self,
        tx: &mut Transaction<'_>,
        fresh: &Fresh<'_>,
        page: &LegacyPage,
        text: Text,
    ) -> Loaded {
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

    pub(in super::super) fn file(
        &mut self,
        tx: &mut Transaction<'_>,
        fresh: &Fresh<'_>,
        file: &LegacyFile,
        text: Text,
    ) -> Loaded {
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
    pub(in super::super) fn put_item(
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
            let group = record_key(&self.source.id, &version.group);
            ledger::put_version_main(tx, self.run, &group, &fresh.record.id)?;
        }
        entry.notices = notices;
        lead::lead(
            tx,
            self.run,
            &page.addresses,
            (id, known.is_some()),
            (&mut self.recent.hosts, &mut entry.notices),
        )?;
        if let Some((_, left)) = known {
            entry.fate = fate_again(left, self.run);
        }
        entry.target = Some(Target::Item(id));
        entry.page = Some(page);
        Ok(Ok(entry))
    }
}
