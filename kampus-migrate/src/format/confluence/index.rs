//! The first reading: small notes of all objects, because they name each other by their ids and stand in any order.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::tz::TimeZone;

use super::super::xml::{Broken, Token, Tokens, attribute};
use super::access::Access;
use super::notes::{Attachment, Content, Kind, Odd, Space, State, kind_of, state};
use super::object::{Object, Spot};
use super::people::People;
use crate::record::{LegacyTime, Place};

/// Notes of all objects.
#[derive(Default)]
pub(super) struct Index {
    pub(super) is_cloud: bool,
    zone: Option<TimeZone>,
    pub(super) spaces: BTreeMap<u64, Space>,
    pub(super) contents: HashMap<u64, Content>,
    /// Their ids in the order of the file.
    pub(super) order: Vec<u64>,
    pub(super) attachments: HashMap<u64, Attachment>,
    pub(super) attached: Vec<u64>,
    /// Older versions, and of what they are.
    pub(super) versions: BTreeMap<u64, u64>,
    /// The same of files: in older exports their ids are numbers of their own.
    file_versions: BTreeMap<u64, u64>,
    labels: HashMap<u64, String>,
    labellings: Vec<(u64, u64)>,
    pub(super) access: Access,
    pub(super) people: People,
    pub(super) templates: Vec<(u64, Spot)>,
    /// Descriptions of spaces, to which their pictures are attached.
    pub(super) descriptions: HashSet<u64>,
    pub(super) odd: Vec<Odd>,
    /// Objects that are no content, by their classes.
    pub(super) left: BTreeMap<String, u64>,
    titles: HashMap<(u64, String), u64>,
    keys: HashMap<String, u64>,
    files: HashSet<(u64, String)>,
    labels_of: HashMap<u64, Vec<String>>,
    /// How many older versions something has.
    pub(super) counts: HashMap<u64, u64>,
}

impl Index {
    /// Reads all of `entities.xml`. What says who may read has to be readable: otherwise nothing is.
    pub(super) fn of(
        tokens: &mut Tokens,
        (is_cloud, zone): (bool, Option<TimeZone>),
        limit: usize,
    ) -> Result<Self, Broken> {
        let mut index = Self { is_cloud, zone, ..Self::default() };
        let mut is_export = false;
        loop {
            match tokens.next()? {
                Token::Start(name, _) if name == "hibernate-generic" => is_export = true,
                Token::Start(name, own) if name == "object" => {
                    let class = attribute(&own, "class").unwrap_or_default();
                    if !index.wants(class) {
                        tokens.skip()?;
                        continue;
                    }
                    let place = tokens.place(&Place::default());
                    let spot = Spot { byte: place.byte, line: place.line };
                    let object = Object::read(tokens, class, spot, limit)?;
                    index.take(&object).map_err(|reason| tokens.broken(reason))?;
                }
                Token::Start(..) => tokens.skip()?,
                Token::End(_) | Token::Text(_) => {}
                Token::Eof => break,
            }
        }
        if !is_export {
            return Err(
                tokens.broken("there is no `hibernate-generic` element: it is no export of Confluence")
            );
        }
        if !tokens.is_closed() {
            return Err(tokens.truncated());
        }
        index.join();
        Ok(index)
    }

    /// Whether a class is looked into; of the others there is a number.
    fn wants(&mut self, class: &str) -> bool {
        match class {
            // Texts are read by the second reading.
            "BodyContent" => false,
            "Space"
            | "SpaceDescription"
            | "Page"
            | "BlogPost"
            | "Comment"
            | "CustomContentEntityObject"
            | "Attachment"
            | "Label"
            | "Labelling"
            | "PageTemplate"
            | "ConfluenceUserImpl"
            | "InternalUser"
            | "InternalGroup"
            | "HibernateMembership"
            | "InternalMembership"
            | "SpacePermission"
            | "ContentPermissionSet"
            | "ContentPermission" => true,
            other => {
                let name: String = other.chars().take(60).collect();
                // A file made of nothing but names is told of a few of them.
                if self.left.len() < 1_000 || self.left.contains_key(&name) {
                    *self.left.entry(name).or_default() += 1;
                }
                false
            }
        }
    }

    fn take(&mut self, object: &Object) -> Result<(), String> {
        match object.class.as_str() {
            "ConfluenceUserImpl" => self.people.user(object),
            "InternalUser" => self.people.internal(object),
            "InternalGroup" => self.people.group(object),
            "HibernateMembership" | "InternalMembership" => self.people.membership(object),
            "SpacePermission" => self.access.grant(object, &mut self.people),
            "ContentPermissionSet" => return self.access.set(object),
            "ContentPermission" => return self.access.restriction(object, &mut self.people),
            _ => {
                let Some(id) = object.number() else {
                    if object.class == "Space" {
                        return Err("a space has no id: nobody could tell who may read it".to_owned());
                    }
                    let reason =
                        format!("an object of the class `{}` has no id that is a number", object.class);
                    self.odd.push(Odd { id: None, kind: kind_of(&object.class), reason, spot: object.spot });
                    return Ok(());
                };
                return self.numbered(object, id);
            }
        }
        Ok(())
    }

    fn numbered(&mut self, object: &Object, id: u64) -> Result<(), String> {
        match object.class.as_str() {
            "Space" => return self.space(object, id),
            "Label" => {
                let is_private = object.text("namespace") == Some("my");
                if let Some(name) = object.text("name").filter(|_| !is_private) {
                    self.labels.insert(id, name.to_owned());
                }
            }
            "Labelling" => {
                let of = object.link("content").or_else(|| object.count("labelableId"));
                let is_content = object.to("pageTemplate").is_none();
                self.labellings.extend(object.link("label").zip(of).filter(|_| is_content));
            }
            "SpaceDescription" => {
                self.descriptions.insert(id);
                *self.left.entry(object.class.clone()).or_default() += 1;
            }
            "PageTemplate" => self.templates.push((id, object.spot)),
            "Attachment" => self.attachment(object, id),
            _ => self.content(object, id),
        }
        Ok(())
    }

    fn space(&mut self, object: &Object, id: u64) -> Result<(), String> {
        let key = object.text("key").unwrap_or_default().to_owned();
        if self.spaces.contains_key(&id) {
            return Err(format!("two spaces have the id {id}: nobody could tell who may read which"));
        }
        self.keys.entry(key.to_lowercase()).or_insert(id);
        self.access.space(id, !object.list("permissions").is_empty());
        let is_archived =
            object.text("spaceStatus").is_some_and(|word| word.eq_ignore_ascii_case("archived"));
        let name = object.text("name").unwrap_or(&key).to_owned();
        let home = object.link("homePage");
        self.spaces.insert(id, Space { key, name, is_archived, home, spot: object.spot });
        Ok(())
    }

    fn attachment(&mut self, object: &Object, id: u64) {
        if is_version(&mut self.file_versions, object, id) {
            return;
        }
        let name = object.text("title").or_else(|| object.text("fileName")).unwrap_or_default();
        let name: String = name.chars().filter(|c| !c.is_control()).collect();
        let attachment = Attachment {
            state: state(object),
            container: object.link("containerContent").or_else(|| object.link("content")),
            version: object.count("version").or_else(|| object.count("attachmentVersion")).unwrap_or(1),
            comment: object
                .text("versionComment")
                .or_else(|| object.text("comment"))
                .unwrap_or_default()
                .to_owned(),
            author: self.people.author(object),
            created: self.time(object.text("creationDate")),
            modified: self.time(object.text("lastModificationDate")),
            name,
            spot: object.spot,
        };
        if self.attachments.contains_key(&id) {
            self.twice(format!("file:{id}"), "file", object.spot);
            return;
        }
        self.attachments.insert(id, attachment);
        self.attached.push(id);
    }

    fn content(&mut self, object: &Object, id: u64) {
        if is_version(&mut self.versions, object, id) {
            return;
        }
        let kind = match object.class.as_str() {
            "Page" => Kind::Page,
            "BlogPost" => Kind::Blog,
            "Comment" => Kind::Comment,
            _ => Kind::Custom,
        };
        let title = object.text("title").unwrap_or_default();
        let content = Content {
            kind,
            state: state(object),
            title: title.chars().filter(|c| !c.is_control()).collect(),
            space: object.link("space"),
            parent: object.link("parent"),
            container: object.link("containerContent").or_else(|| object.link("owner")),
            author: self.people.author(object),
            created: self.time(object.text("creationDate")),
            modified: self.time(object.text("lastModificationDate")),
            version: object.count("version"),
            position: object.count("position"),
            bodies: object.list("bodyContents"),
            sets: object.list("contentPermissionSets"),
            spot: object.spot,
        };
        if self.contents.contains_key(&id) {
            let known = kind_of(&object.class);
            self.twice(
                format!("{}:{id}", if known == "comment" { "comment" } else { "page" }),
                known,
                object.spot,
            );
            return;
        }
        self.contents.insert(id, content);
        self.order.push(id);
    }

    fn twice(&mut self, id: String, kind: &'static str, spot: Spot) {
        let reason = format!("the id `{id}` was used before in this file");
        self.odd.push(Odd { id: Some(id), kind, reason, spot });
    }

    /// A wall clock of the server; the cloud says where its clock stands.
    fn time(&self, text: Option<&str>) -> Option<LegacyTime> {
        let wall: jiff::civil::DateTime = text?.replacen(' ', "T", 1).parse().ok()?;
        let moment = self.zone.as_ref().and_then(|zone| zone.to_timestamp(wall).ok());
        Some(moment.map_or(LegacyTime::Local(wall), LegacyTime::Instant))
    }

    /// What can be said when all objects are known.
    fn join(&mut self) {
        // What another thing that is there lists as its version, and is not itself one of something.
        let listed = |versions: &BTreeMap<u64, u64>, is_there: &dyn Fn(&u64) -> bool, id: &u64| {
            versions.get(id).is_some_and(|of| of != id && is_there(of) && !versions.contains_key(of))
        };
        let is_there = |id: &u64| self.contents.contains_key(id);
        let old: HashSet<u64> =
            self.order.iter().filter(|id| listed(&self.versions, &is_there, id)).copied().collect();
        self.contents.retain(|id, _| !old.contains(id));
        self.order.retain(|id| !old.contains(id));
        let is_there = |id: &u64| self.attachments.contains_key(id);
        let old: HashSet<u64> =
            self.attached.iter().filter(|id| listed(&self.file_versions, &is_there, id)).copied().collect();
        self.attachments.retain(|id, _| !old.contains(id));
        self.attached.retain(|id| !old.contains(id));
        for content in self.contents.values_mut() {
            let above = content.parent.and_then(|parent| self.versions.get(&parent));
            content.parent = above.copied().or(content.parent);
        }
        for of in self.versions.values() {
            *self.counts.entry(*of).or_default() += 1;
        }
        if !self.file_versions.is_empty() {
            let number = self.file_versions.len() as u64;
            self.left.insert("older versions of files".to_owned(), number);
        }
        for id in &self.order {
            let Some(content) = self.contents.get(id) else { continue };
            let is_page = matches!(content.kind, Kind::Page | Kind::Blog);
            if let Some(space) = content.space.filter(|_| is_page && content.state != State::Deleted) {
                self.titles.entry((space, content.title.to_lowercase())).or_insert(*id);
            }
        }
        for file in self.attachments.values().filter(|file| file.state == State::Current) {
            self.files.extend(file.container.map(|page| (page, file.name.to_lowercase())));
        }
        for (label, of) in std::mem::take(&mut self.labellings) {
            if let Some(name) = self.labels.get(&label) {
                self.labels_of.entry(of).or_default().push(format!("label/{name}"));
            }
        }
        self.people.join();
        self.restrict();
    }

    /// The page of that title in a space.
    pub(super) fn page_called(&self, space: Option<u64>, title: &str) -> Option<u64> {
        self.titles.get(&(space?, title.trim().to_lowercase())).copied()
    }

    /// The space of that key.
    pub(super) fn space_called(&self, key: &str) -> Option<u64> {
        self.keys.get(&key.trim().to_lowercase()).copied()
    }

    /// Whether a page has a file of that name.
    pub(super) fn has_file(&self, page: u64, name: &str) -> bool {
        self.files.contains(&(page, name.trim().to_lowercase()))
    }

    pub(super) fn labels(&self, id: u64) -> Vec<String> {
        let mut labels = self.labels_of.get(&id).cloned().unwrap_or_default();
        labels.sort();
        labels.dedup();
        labels
    }

    /// The page or blog post that something stands on, through comments and older versions.
    pub(super) fn page_of(&self, container: Option<u64>) -> Option<(u64, &Content)> {
        /// Answers name their page themselves; longer ways are made up.
        const STEPS: usize = 8;
        let mut next = container?;
        for _ in 0..STEPS {
            match self.contents.get(&next) {
                Some(content) if matches!(content.kind, Kind::Page | Kind::Blog) => {
                    return Some((next, content));
                }
                Some(content) => next = content.container?,
                None => next = *self.versions.get(&next)?,
            }
        }
        None
    }
}

/// Notes the older versions of an object; tells whether it is one itself.
fn is_version(versions: &mut BTreeMap<u64, u64>, object: &Object, id: u64) -> bool {
    versions.extend(object.list("historicalVersions").into_iter().map(|version| (version, id)));
    let of = object.link("originalVersion").or_else(|| object.count("originalVersionId"));
    let of = of.filter(|of| *of != id);
    versions.extend(of.map(|of| (id, of)));
    of.is_some()
}
