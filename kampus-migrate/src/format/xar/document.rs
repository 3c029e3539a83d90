//! A document with its attachments and objects: what of it is a record.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::super::Limits;
use super::super::base64::Decoder;
use super::super::tree::Element;
use super::super::xml::{Broken, Token, Tokens, attribute};
use super::content::{Body, body};
use super::reference::{HOME, Reference};
use super::rights::{Closed, narrows};
use crate::record::{
    CommentState, FileContent, LegacyBody, LegacyComment, LegacyFile, LegacyPage, LegacyPerson, LegacyRecord,
    LegacyStatus, LegacyTime, PageKind, Place,
};

/// A document as it stands.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Texts of its elements.
    fields: BTreeMap<String, String>,
    given: Option<String>,
    locale: Option<String>,
    files: Vec<Attached>,
    pub(super) objects: Vec<Object>,
    has_class: bool,
    /// Control characters that were left out.
    pub(super) removed: u64,
}

#[derive(Debug, Default)]
struct Attached {
    name: String,
    author: String,
    date: String,
    content: Option<Result<FileContent, String>>,
}

/// An object of a class.
#[derive(Debug, Default)]
pub(super) struct Object {
    pub(super) class: String,
    number: String,
    properties: BTreeMap<String, Vec<String>>,
}

impl Object {
    fn of(element: &Element) -> Self {
        let mut object = Self {
            class: element.text_of("className").unwrap_or_default(),
            number: element.text_of("number").unwrap_or_default(),
            ..Self::default()
        };
        for property in element.all("property") {
            for value in property.elements() {
                let values = if value.has_elements() {
                    value.elements().map(Element::text).collect()
                } else {
                    vec![value.text()]
                };
                object.properties.insert(value.name.clone(), values);
            }
        }
        object
    }

    /// The first value of a property.
    pub(super) fn value(&self, name: &str) -> &str {
        self.properties.get(name).and_then(|values| values.first()).map_or("", |value| value.trim())
    }
}

/// What a document tells.
pub(super) struct Told {
    /// Who made it: `XWiki.maija`.
    pub(super) author: Option<String>,
    /// Whether it is about a person.
    pub(super) is_person: bool,
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
        let given =
            |name: &str| attribute(attributes, name).map(str::to_owned).filter(|value| !value.is_empty());
        let mut document = Self { given: given("reference"), locale: given("locale"), ..Self::default() };
        let mut left = limits.record_bytes;
        loop {
            match tokens.next()? {
                Token::Start(name, own) => match name.as_str() {
                    "attachment" => document.files.push(Attached::read(tokens, limits)?),
                    "class" => {
                        document.has_class = true;
                        tokens.skip()?;
                    }
                    _ => {
                        let element = Element::read(tokens, name, own, left)?;
                        left = left.saturating_sub(element.weight());
                        if element.name == "object" {
                            document.objects.push(Object::of(&element));
                        } else {
                            document.fields.insert(element.name.clone(), element.text());
                        }
                    }
                },
                Token::End(_) => return Ok(document),
                Token::Text(_) => {}
                Token::Eof => return Err(tokens.truncated()),
            }
        }
    }

    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }

    /// What it is called: newer packages say it as a whole.
    pub(super) fn reference(&self) -> Option<Reference> {
        if let Some(given) = &self.given {
            return Reference::read(given, &[]);
        }
        let spaces = super::reference::split(self.field("web"));
        let name = self.field("name").to_owned();
        (!name.is_empty()).then_some(Reference { spaces, name })
    }

    fn object(&self, class: &str) -> Option<&Object> {
        self.objects.iter().find(|object| object.class == class)
    }

    /// The records that the document is: the page, its files, its comments.
    pub(super) fn into_records(mut self, closed: &Closed, place: &Place) -> Told {
        let mut told = Told { author: None, is_person: false, records: Vec::new(), notices: Vec::new() };
        let Some(reference) = self.reference() else {
            told.records.push(Err((None, "page", "the document has no name".to_owned())));
            return told;
        };
        let full = reference.full();
        let record = |id: String, body| LegacyRecord { id, place: place.clone(), body };
        if let Some(user) = self.object("XWiki.XWikiUsers") {
            told.is_person = true;
            let person = LegacyBody::Person(Box::new(person(&reference, user)));
            told.records.push(Ok(record(format!("user:{full}"), person)));
            return told;
        }
        if let Some(what) = self.chrome(&reference) {
            told.records
                .push(Ok(record(format!("page:{full}"), LegacyBody::Chrome { what: what.to_owned() })));
            return told;
        }
        let language = self.language();
        let is_translation = self.field("translation") == "1" && language.is_some();
        let id = match &language {
            Some(language) if is_translation => format!("page:{full}@{language}"),
            _ => format!("page:{full}"),
        };
        told.author = author(self.field("creator")).or_else(|| author(self.field("author")));
        if self.removed > 0 {
            told.notices.push(format!("{} control characters that XML forbids were left out", self.removed));
        }
        let body =
            body(self.field("syntaxId"), self.fields.get("content").map_or("", String::as_str), &reference);
        let mut page = self.page(&reference, closed, body, language, &mut told);
        if is_translation {
            page.extra.insert("translation_of".to_owned(), full.clone());
        }
        let is_private = page.status == LegacyStatus::Private;
        told.records.push(Ok(record(id.clone(), LegacyBody::Page(Box::new(page)))));
        for file in std::mem::take(&mut self.files) {
            let file_id = format!("file:{full}@{}", file.name);
            let refused =
                |reason: String| Err((Some(file_id.clone()), "file", format!("`{}`: {reason}", file.name)));
            told.records.push(match file.content {
                // A file has no state of its own: it would be for everybody who may read the section.
                _ if is_private => refused(
                    "the page that it belongs to is for some readers only, and it would be for more"
                        .to_owned(),
                ),
                None => refused("the package does not hold its bytes".to_owned()),
                Some(Err(reason)) => refused(reason),
                Some(Ok(content)) => Ok(record(
                    file_id,
                    LegacyBody::File(Box::new(LegacyFile {
                        title: file.name.clone(),
                        addresses: vec![reference.download(&file.name)],
                        name: file.name,
                        path: None,
                        content: Some(content),
                        description: String::new(),
                        markup: crate::record::Markup::Text,
                        author: author(&file.author).map(|name| format!("user:{name}")),
                        created: time(&file.date),
                        modified: None,
                        parent: Some(id.clone()),
                        permissions: None,
                        container: None,
                    })),
                )),
            });
        }
        for object in self.objects.iter().filter(|object| object.class == "XWiki.XWikiComments") {
            let comment = comment(object, &full, &id, self.field("syntaxId"), &reference);
            told.records.push(Ok(record(
                format!("comment:{full}/{}", object.number),
                LegacyBody::Comment(Box::new(comment)),
            )));
        }
        told
    }

    /// What is a part of the wiki and no content.
    fn chrome(&self, reference: &Reference) -> Option<&'static str> {
        let name = reference.name.as_str();
        if matches!(name, "WebPreferences" | "XWikiPreferences") {
            Some("preferences")
        } else if self.object("XWiki.XWikiGroups").is_some() {
            Some("group")
        } else if self.has_class || self.object("XWiki.ClassSheetBinding").is_some() {
            Some("class")
        } else {
            None
        }
    }

    fn language(&self) -> Option<String> {
        let words = [
            self.locale.as_deref().unwrap_or_default(),
            self.field("language"),
            self.field("defaultLanguage"),
        ];
        let word = words.into_iter().find(|word| !word.is_empty())?;
        // `fi_FI` is a locale of Java.
        Some(word.replace('_', "-"))
    }

    fn page(
        &self,
        reference: &Reference,
        closed: &Closed,
        body: Body,
        language: Option<String>,
        told: &mut Told,
    ) -> LegacyPage {
        let mut extra = BTreeMap::new();
        let mut tell = |key: &str, value: &str| {
            if !value.is_empty() {
                extra.insert(key.to_owned(), value.chars().take(1_000).collect());
            }
        };
        tell("syntax", self.field("syntaxId"));
        tell("version", self.field("version"));
        told.notices.extend(body.notices);
        let mut status = LegacyStatus::Published;
        if self.field("hidden") == "true" {
            status = LegacyStatus::Draft;
            told.notices.push("it was hidden: a draft now".to_owned());
        }
        let own = self.objects.iter().filter(|object| object.class == "XWiki.XWikiRights" && narrows(object));
        let own: Vec<String> = own
            .map(|rights| {
                let word = if rights.value("allow") == "0" { "denied" } else { "allowed" };
                format!("{word}: {} {}", rights.value("groups"), rights.value("users")).trim().to_owned()
            })
            .collect();
        if !own.is_empty() || closed.holds(reference) {
            status = LegacyStatus::Private;
            let whom = if own.is_empty() {
                "its space, or it in another language, is for some readers only".to_owned()
            } else {
                own.join("; ")
            };
            tell("rights", &whom);
            told.notices.push(format!("only some may read it: {whom}"));
        }
        // Since packages name documents as a whole, they stand where their spaces stand.
        let parent = if self.given.is_some() {
            reference.above()
        } else {
            Reference::read(self.field("parent"), &reference.spaces)
        };
        let tags = self.object("XWiki.TagClass").and_then(|tags| tags.properties.get("tags"));
        let is_blog = self.object("Blog.BlogPostClass").is_some();
        LegacyPage {
            kind: if is_blog { PageKind::News } else { PageKind::Page },
            title: self.title(reference),
            lead: String::new(),
            body: body.text,
            markup: body.markup,
            addresses: reference.addresses(),
            status,
            author: told.author.as_ref().map(|name| format!("user:{name}")),
            created: time(self.field("creationDate")),
            modified: time(self.field("contentUpdateDate")).or_else(|| time(self.field("date"))),
            parent: parent
                .filter(|parent| parent != reference)
                .map(|parent| format!("page:{}", parent.full())),
            labels: tags.into_iter().flatten().map(|tag| format!("tag/{}", tag.trim())).collect(),
            language,
            link: None,
            sticky: false,
            comments_open: true,
            decision: None,
            merge_into: None,
            permissions: None,
            container: None,
            extra,
        }
    }

    fn title(&self, reference: &Reference) -> String {
        match self.field("title") {
            "" if reference.name == HOME => reference.spaces.last().cloned().unwrap_or_default(),
            "" => reference.name.clone(),
            title => title.to_owned(),
        }
    }
}

impl Attached {
    /// Reads an attachment whose start was read: its bytes never stand in memory as a whole.
    fn read(tokens: &mut Tokens, limits: Limits) -> Result<Self, Broken> {
        let mut file = Self::default();
        loop {
            match tokens.next()? {
                Token::Start(name, _) => match name.as_str() {
                    "filename" => tokens.text()?.trim().clone_into(&mut file.name),
                    "author" => tokens.text()?.trim().clone_into(&mut file.author),
                    "date" => tokens.text()?.trim().clone_into(&mut file.date),
                    "content" => {
                        let mut decoder = Decoder::new(limits.file_bytes);
                        tokens.pieces(|piece| decoder.take(piece))?;
                        file.content = Some(decoder.done());
                    }
                    _ => tokens.skip()?,
                },
                Token::End(_) => return Ok(file),
                Token::Text(_) => {}
                Token::Eof => return Err(tokens.truncated()),
            }
        }
    }
}

fn person(reference: &Reference, user: &Object) -> LegacyPerson {
    let some = |name: &str| Some(user.value(name).to_owned()).filter(|value| !value.is_empty());
    let (given_name, family_name) = (user.value("first_name").to_owned(), user.value("last_name").to_owned());
    let full = format!("{given_name} {family_name}").trim().to_owned();
    LegacyPerson {
        login: Some(reference.name.clone()),
        email: some("email"),
        display_name: if full.is_empty() { reference.name.clone() } else { full },
        given_name,
        family_name,
        phone: some("phone"),
        organisation: some("company"),
        ..LegacyPerson::default()
    }
}

fn comment(object: &Object, full: &str, on: &str, syntax: &str, reference: &Reference) -> LegacyComment {
    let body = body(syntax, object.value("comment"), reference);
    let name = author(object.value("author"));
    let shown = name.as_deref().unwrap_or_default().rsplit('.').next().unwrap_or_default().to_owned();
    LegacyComment {
        on: on.to_owned(),
        parent: Some(object.value("replyto"))
            .filter(|number| !number.is_empty())
            .map(|number| format!("comment:{full}/{number}")),
        author: name.map(|name| format!("user:{name}")),
        author_name: shown,
        author_email: None,
        created: time(object.value("date")),
        body: body.text,
        markup: body.markup,
        state: CommentState::Approved,
    }
}

/// `XWiki.maija` of `xwiki:XWiki.maija`; nobody for whom the wiki itself or a guest stands in.
fn author(text: &str) -> Option<String> {
    let name = text.split_once(':').map_or(text, |(_, name)| name).trim();
    (!name.is_empty() && !matches!(name, "XWiki.XWikiGuest" | "XWiki.superadmin")).then(|| name.to_owned())
}

/// Milliseconds since 1970, or a wall clock as objects have it.
fn time(text: &str) -> Option<LegacyTime> {
    let text = text.trim();
    if let Ok(millis) = text.parse::<i64>() {
        return Timestamp::from_millisecond(millis).ok().map(LegacyTime::Instant);
    }
    text.replacen(' ', "T", 1).parse::<DateTime>().ok().map(LegacyTime::Local)
}
