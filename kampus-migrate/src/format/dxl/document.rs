//! A document with its items: what of it is a record.

use std::collections::BTreeMap;

use super::super::Limits;
use super::super::tree::Element;
use super::super::xml::{Broken, Token, Tokens, attribute};
use super::items::{self, Attached, Item};
use super::names;
use super::richtext::{Links, Rich};
use crate::record::{
    Inheritance, LegacyBody, LegacyFile, LegacyPage, LegacyRecord, LegacyStatus, LegacyTime, Markup,
    PageKind, Permission, Permissions, Place, Right, Who,
};

/// Items that hold a title, in the order in which they are asked.
const TITLES: [&str; 8] = ["Subject", "Title", "Otsikko", "Aihe", "Rubrik", "Ämne", "$Title", "Name"];
/// Items that say who wrote a document.
const AUTHORS: [&str; 4] = ["From", "Author", "Laatija", "$UpdatedBy"];
const CATEGORIES: [&str; 3] = ["Categories", "Category", "Kategoria"];
/// The most items that are kept beside a page, and the longest of them in characters.
const EXTRA: usize = 40;
const EXTRA_CHARS: usize = 1_000;

/// What an export says of its database.
#[derive(Debug, Default)]
pub(super) struct Database {
    replica: Option<String>,
    path: Option<String>,
}

impl Database {
    pub(super) fn know(&mut self, attributes: &[(String, String)]) {
        self.replica = attribute(attributes, "replicaid").map(str::to_owned);
        self.path = attribute(attributes, "path").map(|path| path.replace('\\', "/"));
    }
}

/// A document as it stands.
#[derive(Debug, Default)]
pub(super) struct Document {
    unid: String,
    form: String,
    parent: Option<String>,
    replica: Option<String>,
    info: Option<Element>,
    updated_by: Vec<String>,
    items: Vec<Item>,
    files: Vec<Attached>,
}

/// What a document tells.
pub(super) struct Told {
    /// The canonical names of who wrote it and who may read it.
    pub(super) people: Vec<String>,
    pub(super) records: Vec<Result<LegacyRecord, Refused>>,
    pub(super) notices: Vec<String>,
}

/// Why something is no record: its id, its kind, the reason.
type Refused = (Option<String>, &'static str, String);

impl Document {
    /// Reads a document whose start was read.
    pub(super) fn read(
        tokens: &mut Tokens,
        attributes: &[(String, String)],
        limits: Limits,
    ) -> Result<Self, Broken> {
        let given = |name: &str| attribute(attributes, name).map(|value| value.trim().to_owned());
        let mut document = Self {
            form: given("form").unwrap_or_default(),
            parent: given("parent").filter(|parent| !parent.is_empty()),
            replica: given("replicaid"),
            ..Self::default()
        };
        let mut left = limits.record_bytes;
        loop {
            match tokens.next()? {
                Token::Start(name, own) => {
                    let is_file = attribute(&own, "name") == Some("$FILE");
                    match name.as_str() {
                        "item" if is_file => document.files.extend(items::file(tokens, limits)?),
                        "noteinfo" | "item" | "updatedby" => {
                            let element = Element::read(tokens, name, own, left)?;
                            left = left.saturating_sub(element.weight());
                            document.take(element);
                        }
                        _ => tokens.skip()?,
                    }
                }
                Token::End(_) => return Ok(document),
                Token::Text(_) => {}
                Token::Eof => return Err(tokens.truncated()),
            }
        }
    }

    fn take(&mut self, element: Element) {
        match element.name.as_str() {
            "noteinfo" => {
                self.unid = element.attribute("unid").unwrap_or_default().to_uppercase();
                self.info = Some(element);
            }
            "updatedby" => {
                let names = element.elements().map(|name| name.text().trim().to_owned());
                self.updated_by.extend(names.filter(|name| !name.is_empty()));
            }
            _ => {
                let name = element.attribute("name").unwrap_or_default().to_owned();
                self.items.push(Item { name, element });
            }
        }
    }

    fn item(&self, name: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.name.eq_ignore_ascii_case(name))
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.item(name)?.values().into_iter().next())
    }

    /// The records that the document is: the page, then its files.
    pub(super) fn into_records(mut self, database: &Database, place: &Place, limits: Limits) -> Told {
        let mut notices = Vec::new();
        let mut records = Vec::new();
        if self.unid.is_empty() {
            let reason = "the document has no `unid`: nothing could refer to it".to_owned();
            return Told { people: Vec::new(), records: vec![Err((None, "page", reason))], notices };
        }
        let id = format!("page:{}", self.unid);
        let links = Links {
            replica: self.replica.clone().or_else(|| database.replica.clone()).unwrap_or_default(),
            unid: self.unid.clone(),
        };
        let raw = self.items.iter().find(|item| item.name.eq_ignore_ascii_case("Body") && item.is_raw());
        if let Some(item) = raw {
            let reason = format!(
                "its `{}` is encrypted, MIME or raw: export it again as rich text, with a log-in that may read it",
                item.name
            );
            records.push(Err((Some(id), "page", reason)));
            for file in &self.files {
                let reason = "the document that it is attached to could not be read".to_owned();
                records.push(Err((Some(format!("file:{}/{}", self.unid, file.name)), "file", reason)));
            }
            return Told { people: Vec::new(), records, notices };
        }
        let readers = self.readers();
        let rich = self.rich(&links, limits);
        let author = self.first(&AUTHORS).or_else(|| self.updated_by.first().cloned());
        let page = self.page(&links, database, &rich, author.as_deref(), &mut notices);
        let page_is_private = page.status == LegacyStatus::Private;
        notices.extend(rich.notices());
        records.push(Ok(LegacyRecord {
            id: id.clone(),
            place: place.clone(),
            body: LegacyBody::Page(Box::new(page)),
        }));
        let files = std::mem::take(&mut self.files);
        let pictures = rich.pictures.into_iter();
        let pictures = pictures.map(|(name, content)| (Attached { name, modified: None, content }, true));
        for (file, is_picture) in files.into_iter().map(|file| (file, false)).chain(pictures) {
            let file_id =
                format!("{}:{}/{}", if is_picture { "picture" } else { "file" }, self.unid, file.name);
            let address = if is_picture { links.picture(&file.name) } else { links.file(&file.name) };
            if page_is_private {
                // A file has no state of its own: it would be for everybody who may read the section.
                let reason =
                    "the document that it belongs to is for some readers only, and it would be for more"
                        .to_owned();
                records.push(Err((Some(file_id), "file", format!("`{}`: {reason}", file.name))));
                continue;
            }
            records.push(match file.content {
                Err(reason) => Err((Some(file_id), "file", format!("`{}`: {reason}", file.name))),
                Ok(content) => Ok(LegacyRecord {
                    id: file_id,
                    place: place.clone(),
                    body: LegacyBody::File(Box::new(LegacyFile {
                        title: file.name.clone(),
                        name: file.name,
                        addresses: vec![address],
                        path: None,
                        content: Some(content),
                        description: String::new(),
                        markup: Markup::Text,
                        author: author.as_ref().map(|name| format!("user:{name}")),
                        created: self.time("created"),
                        modified: file.modified.as_deref().and_then(names::time),
                        parent: Some(id.clone()),
                        permissions: self.permissions(),
                        container: None,
                    })),
                }),
            });
        }
        let people = author.into_iter().chain(readers.into_iter().filter(|name| name.starts_with("CN=")));
        Told { people: people.collect(), records, notices }
    }

    /// The body: `Body` first, then what other rich text there is, each under its name.
    fn rich(&self, links: &Links, limits: Limits) -> Rich {
        let mut rich = Rich::new(links.clone(), limits.file_bytes);
        let is_body = |item: &&Item| item.name.eq_ignore_ascii_case("Body");
        for item in self.items.iter().filter(is_body) {
            match item.rich_text() {
                Some(text) => rich.add(text),
                None => {
                    for text in item.values() {
                        rich.text(&text);
                    }
                }
            }
        }
        for item in self.items.iter().filter(|item| !is_body(item)) {
            if let Some(text) = item.rich_text().filter(|text| text.has_elements()) {
                rich.heading(&item.name);
                rich.add(text);
            }
        }
        rich
    }

    fn page(
        &self,
        links: &Links,
        database: &Database,
        rich: &Rich,
        author: Option<&str>,
        notices: &mut Vec<String>,
    ) -> LegacyPage {
        let readers = self.readers();
        let mut extra = self.extra();
        let mut status = LegacyStatus::Published;
        if !readers.is_empty() {
            extra.insert("readers".to_owned(), readers.join("; "));
            notices.push(format!("only some may read it: {}", readers.join("; ")));
        }
        if rich.has_conditions {
            status = LegacyStatus::Private;
            notices.push(
                "parts of it are hidden by formulas that nobody can work out: it is for few".to_owned(),
            );
        }
        let is_talk = ["discussion", "topic", "response", "keskustelu", "vastaus"];
        let form = self.form.to_lowercase();
        let mut addresses = vec![Links::document(&links.replica, &self.unid)];
        if let Some(path) = &database.path {
            addresses.insert(0, format!("/{}/0/{}?OpenDocument", path.trim_start_matches('/'), self.unid));
        }
        let categories = CATEGORIES.iter().filter_map(|name| self.item(name)).flat_map(Item::values);
        LegacyPage {
            kind: if is_talk.iter().any(|word| form.contains(word)) {
                PageKind::Discussion
            } else {
                PageKind::Page
            },
            title: self.first(&TITLES).unwrap_or_default(),
            lead: String::new(),
            body: rich.html(),
            markup: Markup::Html,
            addresses,
            status,
            author: author.map(|name| format!("user:{name}")),
            created: self.time("created"),
            modified: self.time("modified"),
            parent: self.parent.as_ref().map(|parent| format!("page:{}", parent.to_uppercase())),
            labels: categories.map(|name| format!("category/{name}")).collect(),
            language: None,
            link: None,
            sticky: false,
            comments_open: true,
            decision: None,
            merge_into: None,
            permissions: self.permissions(),
            container: None,
            extra,
        }
    }

    /// Whom its reader fields name; whoever may change it reads it too.
    fn readers(&self) -> Vec<String> {
        let mut readers: Vec<String> =
            self.items.iter().filter(|item| item.is_readers()).flat_map(Item::values).collect();
        if !readers.is_empty() {
            readers.extend(self.items.iter().filter(|item| item.is_authors()).flat_map(Item::values));
        }
        readers
    }

    /// What the reader fields mean: only these, of those who may read what is above.
    fn permissions(&self) -> Option<Permissions> {
        let readers = self.readers();
        let entries = readers.iter().map(|name| Permission {
            // Roles and groups are known by their names in the address book, if at all.
            who: if name.starts_with("CN=") {
                Who::Person(format!("user:{name}"))
            } else {
                Who::Group(name.clone())
            },
            right: Right::Read,
            denied: false,
        });
        (!readers.is_empty())
            .then(|| Permissions { inheritance: Inheritance::Narrows, entries: entries.collect() })
    }

    fn time(&self, name: &str) -> Option<LegacyTime> {
        names::time(&self.info.as_ref()?.child(name)?.text())
    }

    /// The items that have no place of their own.
    fn extra(&self) -> BTreeMap<String, String> {
        let mut extra = BTreeMap::new();
        if !self.form.is_empty() {
            extra.insert("template".to_owned(), self.form.clone());
        }
        let authors: Vec<String> =
            self.items.iter().filter(|item| item.is_authors()).flat_map(Item::values).collect();
        if !authors.is_empty() {
            extra.insert("authors".to_owned(), authors.join("; "));
        }
        let has_place =
            |name: &str| TITLES.iter().chain(&CATEGORIES).any(|known| known.eq_ignore_ascii_case(name));
        for item in self.items.iter().filter(|item| !item.name.starts_with('$') && !has_place(&item.name)) {
            let text = item.values().join("; ");
            let is_body = item.name.eq_ignore_ascii_case("Body");
            if !text.is_empty() && !is_body && !item.is_readers() && extra.len() < EXTRA {
                extra.insert(item.name.clone(), text.chars().take(EXTRA_CHARS).collect());
            }
        }
        extra
    }
}
