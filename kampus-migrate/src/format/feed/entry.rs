//! An entry of a feed: what of it is a record.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use url::Url;

use super::super::html::{escaped, quoted};
use super::super::tree::{Element, Node};
use crate::record::{
    CommentState, LegacyBody, LegacyComment, LegacyPage, LegacyRecord, LegacyStatus, LegacyTime, Markup,
    PageKind, Place,
};

/// What a feed says for all its entries.
#[derive(Debug, Default)]
pub(super) struct Feed {
    pub(super) base: Option<String>,
    pub(super) language: Option<String>,
    author: Option<String>,
}

/// What an entry tells.
pub(super) struct Told {
    pub(super) record: Result<LegacyRecord, String>,
    pub(super) notices: Vec<String>,
}

/// Takes the feed's own prefix off the names in an element.
pub(super) fn without_prefix(element: &mut Element, prefix: &str) {
    if prefix.is_empty() {
        return;
    }
    for node in &mut element.nodes {
        if let Node::Element(inner) = node {
            if let Some(own) = inner.name.strip_prefix(prefix) {
                inner.name = own.to_owned();
            }
            without_prefix(inner, prefix);
        }
    }
}

impl Feed {
    /// Takes an element of the feed itself.
    pub(super) fn know(&mut self, element: &Element) {
        match element.name.as_str() {
            "link" if self.base.is_none() => {
                let rel = element.attribute("rel").unwrap_or("alternate");
                let text = element.text().trim().to_owned();
                let address = element.attribute("href").map_or(text, str::to_owned);
                self.base = Some(address).filter(|address| rel == "alternate" && Url::parse(address).is_ok());
            }
            "language" | "dc:language" => self.language = Some(element.text().trim().to_owned()),
            "author" => self.author = person(element),
            _ => {}
        }
    }

    /// The record that an entry is.
    pub(super) fn entry(&self, entry: &Element, place: &Place) -> Told {
        let mut notices = Vec::new();
        let base = entry.attribute("xml:base").or(self.base.as_deref());
        let addresses = addresses(entry, base);
        let title = entry.child("title").map(title).unwrap_or_default();
        let mut extra = BTreeMap::new();
        let created = moment(
            entry,
            &["published", "pubDate", "issued", "dc:date", "created"],
            &mut extra,
            &mut notices,
        );
        let modified = moment(entry, &["updated", "modified", "dcterms:modified"], &mut extra, &mut notices);
        let known =
            entry.text_of("guid").or_else(|| entry.text_of("id")).or_else(|| addresses.first().cloned());
        let known = known.or_else(|| {
            let day = entry.text_of("pubDate").or_else(|| entry.text_of("dc:date")).unwrap_or_default();
            Some(format!("{title} {day}").trim().to_owned()).filter(|id| !id.is_empty())
        });
        let Some(known) = known else {
            let reason = "the entry has neither an id nor an address nor a title".to_owned();
            return Told { record: Err(reason), notices };
        };
        let (lead, mut body) = texts(entry);
        for (address, name) in enclosures(entry, base) {
            body.add(&format!("\n<p><a href=\"{}\">{}</a></p>", quoted(&address), escaped(&name)));
        }
        let author = author(entry).or_else(|| self.author.clone());
        let record = |id: String, body| LegacyRecord { id, place: place.clone(), body };
        if let Some(on) = entry.child("thr:in-reply-to").and_then(|reply| reply.attribute("ref")) {
            let comment = LegacyComment {
                on: format!("news:{on}"),
                parent: None,
                author: author.clone(),
                author_name: author.unwrap_or_default(),
                author_email: None,
                created: created.or(modified),
                body: body.text,
                markup: body.markup,
                state: CommentState::Approved,
            };
            return Told {
                record: Ok(record(format!("comment:{known}"), LegacyBody::Comment(Box::new(comment)))),
                notices,
            };
        }
        let draft = entry.child("app:control").and_then(|control| control.text_of("app:draft"));
        for name in ["source", "comments", "rights", "contributor"] {
            if let Some(text) = entry.text_of(name) {
                extra.insert(name.to_owned(), text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        let page = LegacyPage {
            kind: PageKind::News,
            title,
            lead,
            body: body.text,
            markup: body.markup,
            addresses,
            status: if draft.as_deref() == Some("yes") {
                LegacyStatus::Draft
            } else {
                LegacyStatus::Published
            },
            author,
            created: created.or(modified),
            modified,
            parent: None,
            labels: labels(entry),
            language: entry
                .attribute("xml:lang")
                .map(str::to_owned)
                .or_else(|| entry.text_of("dc:language"))
                .or_else(|| self.language.clone())
                .filter(|language| !language.is_empty()),
            link: None,
            sticky: false,
            comments_open: true,
            decision: None,
            merge_into: None,
            permissions: None,
            container: None,
            extra,
        };
        Told { record: Ok(record(format!("news:{known}"), LegacyBody::Page(Box::new(page)))), notices }
    }
}

/// A text and how it is written.
#[derive(Debug, Clone)]
struct Written {
    text: String,
    markup: Markup,
}

impl Written {
    fn add(&mut self, html: &str) {
        if self.markup == Markup::Text {
            self.text = crate::clean::clean(Markup::Text, &self.text).html;
            self.markup = Markup::Html;
        }
        self.text.push_str(html);
    }
}

/// Lead and body. A page has one kind of markup: a lead of another kind becomes text.
fn texts(entry: &Element) -> (String, Written) {
    let full = ["content:encoded", "content"].into_iter().find_map(|name| entry.child(name));
    let short = ["description", "summary"].into_iter().find_map(|name| entry.child(name));
    let none = || Written { text: String::new(), markup: Markup::Html };
    let full = full.map(written).filter(|written| !written.text.trim().is_empty());
    let short = short.map(written).filter(|written| !written.text.trim().is_empty());
    match (full, short) {
        (Some(full), Some(short)) if full.text.trim() != short.text.trim() => {
            let lead = match (short.markup, full.markup) {
                (own, others) if own == others => short.text,
                (Markup::Text, _) => escaped(&short.text),
                _ => crate::clean::text_of(&short.text),
            };
            (lead, full)
        }
        (Some(body), _) | (None, Some(body)) => (String::new(), body),
        (None, None) => (String::new(), none()),
    }
}

/// The text of an element as it is meant: `type` says so in Atom; in RSS it is HTML, escaped or not.
fn written(element: &Element) -> Written {
    let html = |text| Written { text, markup: Markup::Html };
    match element.attribute("type") {
        Some("xhtml" | "application/xhtml+xml") => html(element.markup()),
        Some("html" | "text/html") => html(element.text()),
        Some("text" | "text/plain") => Written { text: element.text(), markup: Markup::Text },
        _ => {
            let text = element.text();
            match (element.attribute("src"), element.has_elements()) {
                (Some(address), _) if text.trim().is_empty() => {
                    html(format!("<p><a href=\"{0}\">{0}</a></p>", quoted(address)))
                }
                (_, true) => html(element.markup()),
                // References are HTML's too; a text without either is text, whose line breaks count.
                _ if text.contains('<') || text.contains('&') => html(text),
                _ => Written { text, markup: Markup::Text },
            }
        }
    }
}

/// A title as plain text: feeds keep markup and references in it.
fn title(element: &Element) -> String {
    let written = written(element);
    let text = written.text.trim();
    match written.markup {
        Markup::Text => text.to_owned(),
        _ => crate::clean::text_of(text),
    }
}

/// The main address first.
fn addresses(entry: &Element, base: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for link in entry.all("link") {
        let rel = link.attribute("rel").unwrap_or("alternate");
        let text = link.text();
        let address = link.attribute("href").unwrap_or(text.trim());
        if rel == "alternate" {
            found.extend(absolute(address, base));
        }
    }
    let guid = entry.child("guid").filter(|guid| guid.attribute("isPermaLink") != Some("false"));
    found.extend(guid.and_then(|guid| absolute(guid.text().trim(), None)));
    found.extend(entry.attribute("rdf:about").and_then(|about| absolute(about, None)));
    let mut seen = Vec::new();
    found.retain(|address| {
        let fresh = !seen.contains(address);
        seen.push(address.clone());
        fresh
    });
    found
}

/// A web address, made absolute where that is possible.
fn absolute(address: &str, base: Option<&str>) -> Option<String> {
    if address.is_empty() {
        return None;
    }
    match (Url::parse(address), base.and_then(|base| Url::parse(base).ok())) {
        (Ok(url), _) => matches!(url.scheme(), "http" | "https").then(|| address.to_owned()),
        (Err(_), Some(base)) => base.join(address).ok().map(|url| url.to_string()),
        (Err(_), None) => address.starts_with('/').then(|| address.to_owned()),
    }
}

/// Files that come with an entry: address and name.
fn enclosures(entry: &Element, base: Option<&str>) -> Vec<(String, String)> {
    let of_rss = entry.all("enclosure").filter_map(|element| element.attribute("url"));
    let of_atom = entry.all("link").filter(|link| link.attribute("rel") == Some("enclosure"));
    let of_atom = of_atom.filter_map(|link| link.attribute("href"));
    let found = of_rss.chain(of_atom).filter_map(|address| absolute(address, base));
    let named = found.map(|address| {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(&address);
        let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned();
        (address, name)
    });
    named.collect()
}

fn author(entry: &Element) -> Option<String> {
    entry.child("author").and_then(person).or_else(|| entry.text_of("dc:creator"))
}

/// Whom an element names. RSS writes `maija@ym.example (Maija Meikäläinen)`.
fn person(element: &Element) -> Option<String> {
    if element.has_elements() {
        return element.text_of("email").or_else(|| element.text_of("name"));
    }
    let text = element.text();
    let text = text.trim();
    let address = text.split_whitespace().next().filter(|word| word.contains('@'));
    Some(address.unwrap_or(text).to_owned()).filter(|name| !name.is_empty())
}

fn labels(entry: &Element) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for category in entry.all("category").chain(entry.all("dc:subject")) {
        let text = category.text();
        let name = category.attribute("label").or(category.attribute("term")).unwrap_or(text.trim());
        let domain =
            category.attribute("domain").filter(|domain| !domain.contains("://")).unwrap_or("category");
        let label = format!("{domain}/{name}");
        if !name.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// The first of some elements that holds a moment; what cannot be read is told and kept.
fn moment(
    entry: &Element,
    names: &[&str],
    extra: &mut BTreeMap<String, String>,
    notices: &mut Vec<String>,
) -> Option<LegacyTime> {
    let (name, text) = names.iter().find_map(|name| Some((*name, entry.text_of(name)?)))?;
    if let Some(time) = time(&text) {
        return Some(time);
    }
    notices.push(format!("`{text}` is no date that can be read: kept as it is, beside the page"));
    extra.insert(name.to_owned(), text);
    None
}

fn time(text: &str) -> Option<LegacyTime> {
    if let Ok(zoned) = rfc2822::parse(text) {
        return (zoned.year() > 1).then(|| LegacyTime::Instant(zoned.timestamp()));
    }
    if let Ok(at) = text.parse() {
        return Some(LegacyTime::Instant(at));
    }
    text.parse::<DateTime>().ok().map(LegacyTime::Local)
}
