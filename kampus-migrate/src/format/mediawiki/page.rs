//! A `page` with its revisions: what of it is a record.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::super::outbox::hash;
use super::super::xml::{Broken, Token, Tokens, attribute};
use super::scan::Titles;
use super::site::{FILE, MESSAGE, Site, TEMPLATE, Title};
use super::wikitext::{self, Converted};
use crate::record::{
    LegacyBody, LegacyFile, LegacyPage, LegacyRecord, LegacyStatus, LegacyTime, Markup, PageKind, Place,
};

/// What a redirect begins with, in English, Finnish and Swedish, where a dump does not mark it ("Help:Redirects").
const REDIRECTS: [&str; 6] =
    ["#redirect", "#ohjaus", "#uudelleenohjaus", "#omdirigering", "#stickprov", "#пренасочване"];
/// How many contributors of a page are told apart.
const CONTRIBUTORS: usize = 10_000;

/// A page as it stands.
#[derive(Debug, Default)]
pub(super) struct Page {
    title: String,
    namespace: Option<i64>,
    id: String,
    /// Marked as a redirect.
    is_redirect: bool,
    /// Where it leads, in newer dumps.
    redirect: Option<String>,
    restrictions: Option<String>,
    newest: Option<Revision>,
    oldest: Option<(Option<Timestamp>, Option<String>)>,
    revisions: u64,
    contributors: HashSet<u64>,
    upload: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Default)]
struct Revision {
    id: u64,
    at: Option<Timestamp>,
    contributor: Option<String>,
    model: String,
    format: String,
    text: String,
    is_deleted: bool,
}

/// What a page tells.
pub(super) struct Told {
    /// The name of who wrote it first.
    pub(super) author: Option<String>,
    pub(super) record: LegacyRecord,
    pub(super) notices: Vec<String>,
}

/// Why a page is no record: its id, its kind, the reason.
pub(super) type Refused = (Option<String>, &'static str, String);

impl Page {
    /// Reads a page whose start was read. Only the newest revision's text is kept.
    pub(super) fn read(tokens: &mut Tokens, limit: usize) -> Result<Self, Broken> {
        let mut page = Self::default();
        loop {
            match tokens.next()? {
                Token::Start(name, attributes) => match name.as_str() {
                    "title" => tokens.text()?.trim().clone_into(&mut page.title),
                    "ns" => page.namespace = tokens.text()?.trim().parse().ok(),
                    "id" => tokens.text()?.trim().clone_into(&mut page.id),
                    "restrictions" => {
                        page.restrictions =
                            Some(tokens.text()?.trim().to_owned()).filter(|text| !text.is_empty());
                    }
                    "redirect" => {
                        page.is_redirect = true;
                        page.redirect = attribute(&attributes, "title").map(str::to_owned);
                        tokens.skip()?;
                    }
                    "revision" => page.take(Revision::read(tokens)?),
                    "upload" => page.upload = Some(upload(tokens)?),
                    _ => tokens.skip()?,
                },
                Token::End(_) => return Ok(page),
                Token::Text(_) => {}
                Token::Eof => return Err(tokens.truncated()),
            }
            if page.newest.as_ref().is_some_and(|revision| revision.text.len() > limit) {
                return Err(tokens.too_large());
            }
        }
    }

    fn take(&mut self, revision: Revision) {
        self.revisions += 1;
        if let Some(name) = revision.contributor.as_deref().filter(|_| self.contributors.len() < CONTRIBUTORS)
        {
            self.contributors.insert(hash(name));
        }
        if self.oldest.as_ref().is_none_or(|(at, _)| revision.at < *at) {
            self.oldest = Some((revision.at, revision.contributor.clone()));
        }
        // Dumps need not keep the order; of two of one second the one with the higher number is newer.
        if self.newest.as_ref().is_none_or(|newest| (newest.at, newest.id) <= (revision.at, revision.id)) {
            self.newest = Some(revision);
        }
    }

    /// The word that counts use for it.
    fn kind(namespace: i64) -> &'static str {
        match namespace {
            FILE => "file",
            talk if talk > 0 && talk % 2 == 1 => "discussion",
            _ => "page",
        }
    }

    /// The record that the page is.
    pub(super) fn into_record(
        self,
        site: &Site,
        titles: &Titles,
        language: Option<&str>,
        place: &Place,
    ) -> Result<Told, Refused> {
        let title = site.title(&self.title);
        let namespace = self.namespace.or(title.as_ref().map(|title| title.namespace)).unwrap_or(0);
        let kind = Self::kind(namespace);
        if self.id.is_empty() {
            return Err((None, kind, format!("the page `{}` has no `id`", self.title)));
        }
        let id = format!("page:{}", self.id);
        let Some(title) = title else {
            return Err((Some(id), kind, "the page has no title that can be read".to_owned()));
        };
        let record = |body| LegacyRecord { id: id.clone(), place: place.clone(), body };
        if let Some(what) = self.chrome(namespace) {
            let record = record(LegacyBody::Chrome { what: what.to_owned() });
            return Ok(Told { author: None, record, notices: Vec::new() });
        }
        let Some(newest) = &self.newest else {
            return Err((Some(id), kind, "the page has no revision".to_owned()));
        };
        if let Some(to) = self.target(newest) {
            let Some(to) = site.title(&to) else {
                return Err((Some(id), "redirect", format!("it leads on to `{to}`, which is no title")));
            };
            let body = LegacyBody::Redirect { from: site.address(&title), to: site.address(&to) };
            return Ok(Told { author: None, record: record(body), notices: Vec::new() });
        }
        if newest.is_deleted {
            let reason = "the text of its newest revision was deleted at the source".to_owned();
            return Err((Some(id), kind, reason));
        }
        let Some(markup) = newest.markup() else {
            let reason = format!("its text is of the kind `{}`, which cannot be read", newest.model);
            return Err((Some(id), kind, reason));
        };
        let body = match markup {
            Markup::Html => wikitext::convert(site, &title, &newest.text),
            _ => Converted { html: newest.text.clone(), ..Converted::default() },
        };
        let notices = templates(&body).into_iter().collect();
        let author = self.oldest.as_ref().and_then(|(_, name)| name.clone());
        let record = if namespace == FILE {
            record(LegacyBody::File(Box::new(self.file(site, titles, &title, body.html, markup))))
        } else {
            let parent = parent(titles, &title, namespace, site);
            record(LegacyBody::Page(Box::new(self.page(
                site,
                &title,
                namespace,
                (body, markup),
                parent,
                language,
            ))))
        };
        Ok(Told { author, record, notices })
    }

    /// What is a part of the wiki and no content.
    fn chrome(&self, namespace: i64) -> Option<&'static str> {
        let model = self.newest.as_ref().map_or("", |newest| newest.model.as_str());
        match (namespace, model) {
            (MESSAGE, _) => Some("interface message"),
            (TEMPLATE, _) => Some("template"),
            (828, _) | (_, "Scribunto") => Some("module"),
            (2300..=2303, _) | (_, "GadgetDefinition") => Some("gadget"),
            (_, "css" | "sanitized-css" | "javascript" | "json") => Some("script"),
            _ => None,
        }
    }

    /// Where a redirect leads.
    fn target(&self, newest: &Revision) -> Option<String> {
        if let Some(title) = &self.redirect {
            return Some(title.clone());
        }
        let text = newest.text.trim_start();
        let (word, rest) = text.split_once("[[")?;
        let word = word.trim().trim_end_matches(':').trim_end().to_lowercase();
        let is_redirect =
            if self.is_redirect { word.starts_with('#') } else { REDIRECTS.contains(&word.as_str()) };
        let target = rest.split_once("]]")?.0.split('|').next()?;
        is_redirect.then(|| target.to_owned())
    }

    fn created(&self) -> Option<LegacyTime> {
        self.oldest.as_ref().and_then(|(at, _)| *at).map(LegacyTime::Instant)
    }

    fn modified(&self) -> Option<LegacyTime> {
        self.newest.as_ref().and_then(|newest| newest.at).map(LegacyTime::Instant)
    }

    fn author(&self) -> Option<String> {
        let (_, name) = self.oldest.as_ref()?;
        name.as_ref().map(|name| format!("user:{name}"))
    }

    fn page(
        &self,
        site: &Site,
        title: &Title,
        namespace: i64,
        (body, markup): (Converted, Markup),
        parent: Option<String>,
        language: Option<&str>,
    ) -> LegacyPage {
        let mut extra = BTreeMap::from([("revisions".to_owned(), self.revisions.to_string())]);
        let mut tell = |key: &str, value: String| {
            if !value.is_empty() {
                extra.insert(key.to_owned(), value);
            }
        };
        tell("contributors", self.contributors.len().to_string());
        tell(
            "last_contributor",
            self.newest.as_ref().and_then(|newest| newest.contributor.clone()).unwrap_or_default(),
        );
        tell("restrictions", self.restrictions.clone().unwrap_or_default());
        tell("languages", body.languages.join("; "));
        tell("templates", counted(&body.templates));
        tell("left_out", counted(&body.dropped));
        LegacyPage {
            kind: if namespace > 0 && namespace % 2 == 1 { PageKind::Discussion } else { PageKind::Page },
            title: title.full.clone(),
            lead: String::new(),
            body: body.html,
            markup,
            addresses: site.addresses(title, &self.id),
            status: LegacyStatus::Published,
            author: self.author(),
            created: self.created(),
            modified: self.modified(),
            parent,
            labels: body.categories.into_iter().map(|name| format!("category/{name}")).collect(),
            language: language.map(str::to_owned),
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

    fn file(
        &self,
        site: &Site,
        titles: &Titles,
        title: &Title,
        description: String,
        markup: Markup,
    ) -> LegacyFile {
        let upload = |key: &str| {
            let value = self.upload.as_ref()?.get(key)?.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        let name = upload("filename").unwrap_or_else(|| title.name.clone()).replace(' ', "_");
        let mut addresses = site.addresses(title, &self.id);
        addresses.extend(upload("src").filter(|address| address.starts_with("http")));
        LegacyFile {
            title: title.name.clone(),
            // Where a dump does not say, the folder is taken to hold all files side by side.
            path: Some(upload("rel").unwrap_or_else(|| name.clone())),
            content: None,
            name,
            addresses,
            description,
            markup,
            author: self.author(),
            created: self.created(),
            modified: self.modified(),
            parent: parent(titles, title, FILE, site),
            permissions: None,
            container: None,
        }
    }
}

impl Revision {
    fn read(tokens: &mut Tokens) -> Result<Self, Broken> {
        let mut revision = Self::default();
        loop {
            match tokens.next()? {
                Token::Start(name, attributes) => match name.as_str() {
                    "id" => revision.id = tokens.text()?.trim().parse().unwrap_or(0),
                    "timestamp" => revision.at = tokens.text()?.trim().parse().ok(),
                    "contributor" => revision.contributor = contributor(tokens)?,
                    "model" => tokens.text()?.trim().clone_into(&mut revision.model),
                    "format" => tokens.text()?.trim().clone_into(&mut revision.format),
                    "text" => {
                        revision.is_deleted = attribute(&attributes, "deleted").is_some();
                        revision.text = tokens.text()?;
                    }
                    // Since 0.11 other slots than the main one stand beside it.
                    _ => tokens.skip()?,
                },
                Token::End(_) => return Ok(revision),
                Token::Text(_) => {}
                Token::Eof => return Err(tokens.truncated()),
            }
        }
    }

    /// How the text is written; wikitext is converted to HTML. Old dumps do not say.
    fn markup(&self) -> Option<Markup> {
        match (self.model.as_str(), self.format.as_str()) {
            ("" | "wikitext", _) => Some(Markup::Html),
            ("text", _) | (_, "text/plain") => Some(Markup::Text),
            _ => None,
        }
    }
}

/// The name of whoever wrote a revision; nobody for an address on the network or a name that was hidden.
fn contributor(tokens: &mut Tokens) -> Result<Option<String>, Broken> {
    let mut name = None;
    loop {
        match tokens.next()? {
            Token::Start(element, _) if element == "username" => {
                name = Some(tokens.text()?.trim().to_owned()).filter(|name| !name.is_empty());
            }
            Token::Start(..) => tokens.skip()?,
            Token::End(_) => return Ok(name),
            Token::Text(_) => {}
            Token::Eof => return Err(tokens.truncated()),
        }
    }
}

/// What is said about a file; the last upload is the newest. Its bytes, where a dump has them, are left to the folder
/// of files.
fn upload(tokens: &mut Tokens) -> Result<BTreeMap<String, String>, Broken> {
    let mut found = BTreeMap::new();
    loop {
        match tokens.next()? {
            Token::Start(name, _) if matches!(name.as_str(), "filename" | "src" | "rel") => {
                let text = tokens.text()?;
                found.insert(name, text);
            }
            Token::Start(..) => tokens.skip()?,
            Token::End(_) => return Ok(found),
            Token::Text(_) => {}
            Token::Eof => return Err(tokens.truncated()),
        }
    }
}

/// The page that a page stands below: a discussion's subject, or the one whose title it carries on.
fn parent(titles: &Titles, title: &Title, namespace: i64, site: &Site) -> Option<String> {
    let known = |full: &str| titles.id(full).map(|id| format!("page:{id}"));
    if namespace > 0 && namespace % 2 == 1 {
        let subject = site.in_namespace(namespace - 1, &title.name);
        if let Some(found) = known(&subject) {
            return Some(found);
        }
    }
    let mut above = title.full.as_str();
    while let Some((shorter, _)) = above.rsplit_once('/') {
        if let Some(found) = known(shorter) {
            return Some(found);
        }
        above = shorter;
    }
    None
}

/// What is to be said about templates.
fn templates(body: &Converted) -> Option<String> {
    if body.templates.is_empty() {
        return None;
    }
    let told = counted(&body.templates);
    Some(format!(
        "templates are kept as the text that calls them, because only their wiki can expand them: {told}"
    ))
}

/// Names with how often each was met: the first twenty.
fn counted(names: &BTreeMap<String, u32>) -> String {
    /// More tell nobody more.
    const MOST: usize = 20;
    let mut told: Vec<String> =
        names.iter().take(MOST).map(|(name, count)| format!("{count} × {name}")).collect();
    if let Some(more) = names.len().checked_sub(MOST).filter(|more| *more > 0) {
        told.push(format!("and {more} more"));
    }
    told.join(", ")
}
