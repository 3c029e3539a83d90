//! An item: what is the same of pages, attachments and menus.

use std::io::{self, Write};

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

use super::super::page::{Kind, Page, State};
use super::super::people::Person;
use super::super::prose::slug;
use super::{CATEGORIES, Export};

/// What stands before a body, and the body.
pub(super) struct Head<'a> {
    pub(super) title: &'a str,
    pub(super) link: &'a str,
    pub(super) guid: &'a str,
    pub(super) author: u32,
    pub(super) created: Timestamp,
    pub(super) body: &'a str,
    pub(super) lead: &'a str,
}

/// What stands after it.
pub(super) struct Tail<'a> {
    pub(super) id: u32,
    /// Whose dates and number count.
    pub(super) page: &'a Page,
    pub(super) name: &'a str,
    pub(super) state: &'a str,
    pub(super) parent: u32,
    pub(super) kind: &'a str,
    pub(super) password: &'a str,
}

impl Export<'_> {
    /// What an item begins with.
    pub(super) fn item_head(&mut self, head: &Head<'_>) -> io::Result<()> {
        let author = Person::of(self.site, head.author);
        write!(
            self.out,
            "\t<item>\n\t\t<title>{}</title>\n\t\t<link>{}</link>\n\t\t<pubDate>{}</pubDate>\n\
             \t\t<dc:creator><![CDATA[{}]]></dc:creator>\n\t\t<guid isPermaLink=\"false\">{}</guid>\n\
             \t\t<description></description>\n\t\t<content:encoded>",
            head.title,
            head.link,
            feed_date(head.created)?,
            author.login,
            head.guid
        )?;
        cdata(&mut self.out, head.body)?;
        self.out.write_all(b"</content:encoded>\n\t\t<excerpt:encoded>")?;
        cdata(&mut self.out, head.lead)?;
        self.out.write_all(b"</excerpt:encoded>\n")
    }

    pub(super) fn item_tail(&mut self, tail: &Tail<'_>) -> io::Result<()> {
        let page = tail.page;
        let (created, modified) = (self.wall(page.created), self.wall(page.modified));
        // WordPress gives drafts no time of publication.
        let is_draft = matches!(page.state, State::Draft | State::Pending);
        let zero = "0000-00-00 00:00:00".to_owned();
        let created_gmt = if is_draft { zero } else { gmt(page.created) };
        let comments = if page.number.is_multiple_of(3) { "closed" } else { "open" };
        let modified_gmt = gmt(page.modified);
        let sticky = u8::from(page.kind == Kind::News && page.number.is_multiple_of(97));
        write!(
            self.out,
            "\t\t<wp:post_id>{}</wp:post_id>\n\t\t<wp:post_date>{created}</wp:post_date>\n\
             \t\t<wp:post_date_gmt>{created_gmt}</wp:post_date_gmt>\n\t\t<wp:post_modified>{modified}</wp:post_modified>\n\
             \t\t<wp:post_modified_gmt>{modified_gmt}</wp:post_modified_gmt>\n\
             \t\t<wp:comment_status>{comments}</wp:comment_status>\n\t\t<wp:ping_status>closed</wp:ping_status>\n\
             \t\t<wp:post_name>{}</wp:post_name>\n\t\t<wp:status>{}</wp:status>\n\
             \t\t<wp:post_parent>{}</wp:post_parent>\n\t\t<wp:menu_order>{}</wp:menu_order>\n\
             \t\t<wp:post_type>{}</wp:post_type>\n\t\t<wp:post_password>{}</wp:post_password>\n\
             \t\t<wp:is_sticky>{sticky}</wp:is_sticky>\n",
            tail.id,
            tail.name,
            tail.state,
            tail.parent,
            page.number % 10,
            tail.kind,
            tail.password
        )
    }

    pub(super) fn labels(&mut self, page: &Page) -> io::Result<()> {
        let category = CATEGORIES.get(page.number as usize % CATEGORIES.len()).copied().unwrap_or_default();
        let (domain, name) = match page.kind {
            Kind::Page => ("post_tag", page.subject),
            Kind::News => ("category", category),
        };
        writeln!(
            self.out,
            "\t\t<category domain=\"{domain}\" nicename=\"{}\"><![CDATA[{name}]]></category>",
            slug(name)
        )
    }

    pub(super) fn meta(&mut self, key: &str, value: &str) -> io::Result<()> {
        writeln!(
            self.out,
            "\t\t<wp:postmeta>\n\t\t\t<wp:meta_key><![CDATA[{key}]]></wp:meta_key>\n\
             \t\t\t<wp:meta_value><![CDATA[{value}]]></wp:meta_value>\n\t\t</wp:postmeta>"
        )
    }

    /// What the clock on the wall shows.
    pub(super) fn wall(&self, at: Timestamp) -> String {
        self.zone.to_datetime(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

pub(super) fn gmt(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

pub(super) fn feed_date(at: Timestamp) -> io::Result<String> {
    rfc2822::to_string(&at.to_zoned_datetime(TimeZone::UTC)).map_err(io::Error::other)
}

/// A text in CDATA. Its end mark is written in two halves, as WordPress does.
fn cdata(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(b"<![CDATA[")?;
    let mut parts = text.split("]]>");
    out.write_all(parts.next().unwrap_or_default().as_bytes())?;
    for part in parts {
        out.write_all(b"]]]]><![CDATA[>")?;
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b"]]>")
}
