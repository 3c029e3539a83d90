//! An `item`: a page, a post, a file, or a part of the old site.

use std::collections::BTreeMap;

use super::super::xml::{Broken, Token, Tokens};
use super::values;
use crate::record::{
    CommentState, LegacyBody, LegacyComment, LegacyFile, LegacyPage, LegacyRecord, Markup, PageKind, Place,
};

/// Types that belong to the site and are no content.
const CHROME: [&str; 14] = [
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "wp_font_family",
    "wp_font_face",
    "acf-field",
];

/// The most metadata of an item that is kept for reports.
const EXTRA: usize = 40;
/// The longest value of metadata that is kept.
const EXTRA_BYTES: usize = 1_000;

/// An item as it stands, by the names of its elements.
#[derive(Debug, Default)]
pub(super) struct Item {
    fields: BTreeMap<String, String>,
    labels: Vec<String>,
    meta: BTreeMap<String, String>,
    comments: Vec<BTreeMap<String, String>>,
}

impl Item {
    /// Reads an item whose start was read.
    pub(super) fn read(tokens: &mut Tokens) -> Result<Self, Broken> {
        let mut item = Self::default();
        loop {
            match tokens.next()? {
                Token::Start(name, attributes) => item.element(tokens, &name, &attributes)?,
                Token::End(_) => return Ok(item),
                Token::Text(_) => {}
                Token::Eof => return Err(tokens.truncated()),
            }
        }
    }

    fn element(
        &mut self,
        tokens: &mut Tokens,
        name: &str,
        attributes: &[(String, String)],
    ) -> Result<(), Broken> {
        match name {
            "category" => {
                let text = tokens.text()?.trim().to_owned();
                let domain =
                    attributes.iter().find(|(key, _)| key == "domain").map(|(_, value)| value.as_str());
                let label = format!("{}/{text}", domain.unwrap_or("category"));
                // Old exports name each category twice, once without its domain.
                if !text.is_empty() && !self.labels.contains(&label) {
                    self.labels.push(label);
                }
            }
            "wp:postmeta" => {
                let mut pair = children(tokens)?;
                if let (Some(key), Some(value)) = (pair.remove("wp:meta_key"), pair.remove("wp:meta_value"))
                    && self.meta.len() < EXTRA
                {
                    self.meta.insert(key, cut(value));
                }
            }
            "wp:comment" => self.comments.push(children(tokens)?),
            _ => {
                let text = tokens.text()?;
                // The first of two equal elements is the item's own.
                self.fields.entry(name.to_owned()).or_insert(text);
            }
        }
        Ok(())
    }

    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }

    pub(super) fn id(&self) -> Option<String> {
        let id = self.field("wp:post_id");
        (!id.is_empty()).then(|| format!("post:{id}"))
    }

    pub(super) fn title(&self) -> &str {
        self.field("title")
    }

    pub(super) fn comment_count(&self) -> usize {
        self.comments.len()
    }

    fn post_type(&self) -> &str {
        match self.field("wp:post_type") {
            "" => "post",
            name => name,
        }
    }

    /// The word that counts use for it.
    pub(super) fn kind(&self) -> &str {
        match self.post_type() {
            "post" => "news",
            "attachment" => "file",
            name if CHROME.contains(&name) => name,
            _ => "page",
        }
    }

    /// The item's records, its comments after it, and what is worth knowing.
    pub(super) fn into_records(
        self,
        id: &str,
        place: &Place,
        base: Option<&str>,
    ) -> (Vec<LegacyRecord>, Vec<String>) {
        let mut notices = Vec::new();
        let post_type = self.post_type().to_owned();
        let body = match post_type.as_str() {
            "attachment" => LegacyBody::File(Box::new(self.file(base))),
            name if CHROME.contains(&name) => LegacyBody::Chrome { what: post_type },
            _ => LegacyBody::Page(Box::new(self.page(base, &mut notices))),
        };
        let mut records = vec![LegacyRecord { id: id.to_owned(), place: place.clone(), body }];
        for (index, comment) in self.comments.iter().enumerate() {
            records.push(comment_record(comment, index, id, place));
        }
        (records, notices)
    }

    fn author(&self) -> Option<String> {
        let login = self.field("dc:creator");
        (!login.is_empty()).then(|| format!("user:{login}"))
    }

    fn parent(&self) -> Option<String> {
        match self.field("wp:post_parent") {
            "" | "0" => None,
            parent => Some(format!("post:{parent}")),
        }
    }

    /// The addresses under which it was found: its own, its permanent one, and the short forms that WordPress always
    /// answers.
    fn addresses(&self, base: Option<&str>) -> Vec<String> {
        let is_web = |text: &str| text.starts_with("http://") || text.starts_with("https://");
        let mut addresses: Vec<String> = [self.field("link"), self.field("guid")]
            .into_iter()
            .filter(|address| is_web(address))
            .map(str::to_owned)
            .collect();
        if self.post_type() == "attachment" && is_web(self.field("wp:attachment_url")) {
            addresses.push(self.field("wp:attachment_url").to_owned());
        }
        let id = self.field("wp:post_id");
        if let Some(base) = base.filter(|base| is_web(base)) {
            let base = base.trim_end_matches('/');
            for name in ["p", "page_id", "attachment_id"] {
                // Only attachments answer to the last one.
                if name == "attachment_id" && self.post_type() != "attachment" {
                    continue;
                }
                addresses.push(format!("{base}/?{name}={id}"));
            }
        }
        let mut seen = Vec::new();
        addresses.retain(|address| {
            let fresh = !seen.contains(address);
            seen.push(address.clone());
            fresh
        });
        addresses
    }

    fn page(&self, base: Option<&str>, notices: &mut Vec<String>) -> LegacyPage {
        let post_type = self.post_type();
        let kind = if post_type == "post" { PageKind::News } else { PageKind::Page };
        let mut extra = self.meta.clone();
        if !matches!(post_type, "post" | "page") {
            extra.insert("post_type".to_owned(), post_type.to_owned());
        }
        for name in ["wp:menu_order", "wp:post_name"] {
            let text = self.field(name);
            if !text.is_empty() && text != "0" {
                extra.insert(name.trim_start_matches("wp:").to_owned(), cut(text.to_owned()));
            }
        }
        let (status, notice) = values::status(self.field("wp:status"), self.field("wp:post_password"));
        notices.extend(notice);
        LegacyPage {
            kind,
            title: plain(self.field("title")),
            lead: self.fields.get("excerpt:encoded").cloned().unwrap_or_default(),
            body: self.fields.get("content:encoded").cloned().unwrap_or_default(),
            markup: Markup::WordPress,
            addresses: self.addresses(base),
            status,
            author: self.author(),
            created: self.created(),
            modified: self.modified(),
            parent: self.parent(),
            labels: self.labels.clone(),
            language: None,
            link: None,
            sticky: self.field("wp:is_sticky") == "1",
            comments_open: self.field("wp:comment_status") != "closed",
            decision: None,
            merge_into: None,
            permissions: None,
            container: None,
            extra,
        }
    }

    fn created(&self) -> Option<crate::record::LegacyTime> {
        values::moment(self.field("wp:post_date_gmt"), self.field("wp:post_date"), self.field("pubDate"))
    }

    fn modified(&self) -> Option<crate::record::LegacyTime> {
        values::moment(self.field("wp:post_modified_gmt"), self.field("wp:post_modified"), "")
    }

    fn file(&self, base: Option<&str>) -> LegacyFile {
        let address = self.field("wp:attachment_url");
        let from_address = address.split_once("/uploads/").map(|(_, path)| path.to_owned());
        let path = self.meta.get("_wp_attached_file").cloned().or(from_address);
        let name = path
            .as_deref()
            .unwrap_or(address)
            .rsplit('/')
            .next()
            .filter(|name| !name.is_empty())
            .unwrap_or("file")
            .to_owned();
        let description = [self.fields.get("excerpt:encoded"), self.fields.get("content:encoded")]
            .into_iter()
            .flatten()
            .filter(|text| !text.trim().is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join("\n\n");
        LegacyFile {
            title: plain(self.field("title")),
            name,
            addresses: self.addresses(base),
            path,
            content: None,
            description,
            markup: Markup::WordPress,
            author: self.author(),
            created: self.created(),
            modified: self.modified(),
            parent: self.parent(),
            permissions: None,
            container: None,
        }
    }
}

/// The texts of an element's children.
fn children(tokens: &mut Tokens) -> Result<BTreeMap<String, String>, Broken> {
    let mut found = BTreeMap::new();
    loop {
        match tokens.next()? {
            Token::Start(name, _) if name == "wp:commentmeta" => tokens.skip()?,
            Token::Start(name, _) => {
                let text = tokens.text()?;
                found.insert(name, text);
            }
            Token::End(_) => return Ok(found),
            Token::Text(_) => {}
            Token::Eof => return Err(tokens.truncated()),
        }
    }
}

fn comment_record(fields: &BTreeMap<String, String>, index: usize, on: &str, place: &Place) -> LegacyRecord {
    let field = |name: &str| fields.get(name).map_or("", |text| text.trim());
    let some = |name: &str| Some(field(name)).filter(|text| !text.is_empty()).map(str::to_owned);
    // Without an id of its own a comment is known by its item and its number there.
    let id =
        some("wp:comment_id").map_or_else(|| format!("comment:{on}/{index}"), |id| format!("comment:{id}"));
    let parent =
        some("wp:comment_parent").filter(|parent| parent != "0").map(|parent| format!("comment:{parent}"));
    let state = match (field("wp:comment_type"), field("wp:comment_approved")) {
        ("pingback" | "trackback", _) => CommentState::Automatic,
        (_, "1" | "approve" | "approved") => CommentState::Approved,
        (_, "spam" | "trash" | "post-trashed") => CommentState::Discarded,
        _ => CommentState::Held,
    };
    let body = LegacyBody::Comment(Box::new(LegacyComment {
        on: on.to_owned(),
        parent,
        author: None,
        author_name: plain(field("wp:comment_author")),
        author_email: some("wp:comment_author_email"),
        created: values::moment(field("wp:comment_date_gmt"), field("wp:comment_date"), ""),
        body: field("wp:comment_content").to_owned(),
        markup: Markup::WordPress,
        state,
    }));
    LegacyRecord { id, place: place.clone(), body }
}

/// A title as plain text: WordPress keeps markup and references in it.
fn plain(text: &str) -> String {
    if text.contains(['<', '&']) { crate::clean::text_of(text) } else { text.to_owned() }
}

fn cut(mut text: String) -> String {
    if text.len() > EXTRA_BYTES {
        let end = (0..=EXTRA_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}
