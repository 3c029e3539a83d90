//! A site as WordPress exports it.

mod item;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use jiff::tz::TimeZone;

use super::Written;
use super::dice::Purpose;
use super::files::{self, Attachment};
use super::markup;
use super::page::{Kind, Page, State};
use super::people::Person;
use super::prose::slug;
use super::site::{Site, TOPS};
use item::{Head, Tail, feed_date, gmt};

/// Writes `xx-intranet.xml` into a folder, and `uploads` with the attachments beside it. Texts link to `neighbours`.
pub fn write(site: &Site, neighbours: &[Site], folder: &Path) -> io::Result<Written> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("{}-intranet.xml", site.ministry.id()));
    let mut export = Export {
        out: BufWriter::with_capacity(1 << 20, File::create(&path)?),
        site,
        neighbours,
        folder,
        zone: TimeZone::get("Europe/Helsinki").map_err(io::Error::other)?,
        written: Written::default(),
    };
    export.head()?;
    for page in site.pages() {
        export.page(&page)?;
    }
    export.menu()?;
    export.out.write_all(b"</channel>\n</rss>\n")?;
    export.out.flush()?;
    let bytes = fs::metadata(&path)?.len();
    Ok(Written { path, bytes, ..export.written })
}

/// What pages and their comments are filed under.
const CATEGORIES: [&str; 8] = [
    "Ajankohtaista",
    "EU-asiat",
    "Henkilöstö",
    "Lainvalmistelu",
    "Matkustus",
    "Svenska",
    "Tietohallinto",
    "Toimitalo",
];

struct Export<'a> {
    out: BufWriter<File>,
    site: &'a Site,
    neighbours: &'a [Site],
    folder: &'a Path,
    zone: TimeZone,
    written: Written,
}

impl Export<'_> {
    fn head(&mut self) -> io::Result<()> {
        let (name, base) = (self.site.ministry.finnish, self.site.base());
        let date = feed_date(self.site.exported())?;
        write!(
            self.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- generator=\"WordPress/4.9.8\" -->\n<rss version=\"2.0\"\n\
             \txmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\"\n\
             \txmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n\
             \txmlns:wfw=\"http://wellformedweb.org/CommentAPI/\"\n\
             \txmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n\
             \txmlns:wp=\"http://wordpress.org/export/1.2/\"\n>\n<channel>\n\t<title>{name}: intranet</title>\n\
             \t<link>{base}</link>\n\t<description></description>\n\t<pubDate>{date}</pubDate>\n\
             \t<language>fi</language>\n\t<wp:wxr_version>1.2</wp:wxr_version>\n\
             \t<wp:base_site_url>{base}</wp:base_site_url>\n\t<wp:base_blog_url>{base}</wp:base_blog_url>\n"
        )?;
        for number in 0..self.site.authors() {
            let person = Person::of(self.site, number);
            writeln!(
                self.out,
                "\t<wp:author><wp:author_id>{}</wp:author_id><wp:author_login><![CDATA[{}]]></wp:author_login>\
                 <wp:author_email><![CDATA[{}]]></wp:author_email>\
                 <wp:author_display_name><![CDATA[{}]]></wp:author_display_name>\
                 <wp:author_first_name><![CDATA[{}]]></wp:author_first_name>\
                 <wp:author_last_name><![CDATA[{}]]></wp:author_last_name></wp:author>",
                number + 2,
                person.login,
                person.email,
                person.name(),
                person.given,
                person.family
            )?;
            self.written.authors += 1;
        }
        for (name, number) in CATEGORIES.into_iter().zip(11..) {
            writeln!(
                self.out,
                "\t<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{}</wp:category_nicename>\
                 <wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>",
                slug(name)
            )?;
        }
        self.out.write_all(b"\t<generator>https://wordpress.org/?v=4.9.8</generator>\n")
    }

    fn page(&mut self, page: &Page) -> io::Result<()> {
        let site = self.site;
        let attached = files::attachment(site, page);
        let link = attached.as_ref().map(|attached| format!("/wp-content/uploads/{}", attached.path));
        let world = (site, self.neighbours);
        let body = markup::body(world, page, &markup::WORDPRESS, usize::MAX, link.as_deref());
        self.written.pages += 1;
        self.written.body_bytes += body.len() as u64;
        let refused = page.mark.is_some() && page.state != State::Trash;
        self.written.refused += u64::from(refused);

        let (kind, id_name) = match page.kind {
            Kind::Page => ("page", "page_id"),
            Kind::News => ("post", "p"),
        };
        let (base, number) = (site.base(), page.number);
        let head = Head {
            title: &page.title(),
            link: &site.address(number),
            guid: &format!("{base}/?{id_name}={number}"),
            author: page.author,
            created: page.created,
            body: &body,
            lead: &page.lead(site),
        };
        self.item_head(&head)?;
        let state = match page.state {
            State::Published | State::Password => "publish",
            State::Draft => "draft",
            State::Pending => "pending",
            State::Scheduled => "future",
            State::Private => "private",
            State::Trash => "trash",
        };
        let password = if page.state == State::Password { "kesa2017" } else { "" };
        self.item_tail(&Tail {
            id: number,
            page,
            name: &slug(&page.title()),
            state,
            parent: page.parent.unwrap_or(0),
            kind,
            password,
        })?;
        self.labels(page)?;
        if page.kind == Kind::Page {
            self.meta("_wp_page_template", "default")?;
        }
        self.meta("_edit_last", &(page.author + 2).to_string())?;
        self.comments(page, refused)?;
        self.out.write_all(b"\t</item>\n")?;
        attached.map_or(Ok(()), |attached| self.attachment(page, &attached))
    }

    /// Every tenth page that was shown has some: 0.3 a page, as in the sample (of WordPress' test data 0.4).
    fn comments(&mut self, page: &Page, refused: bool) -> io::Result<()> {
        let mut dice = self.site.dice(Purpose::Comments, page.number);
        if page.state != State::Published || !dice.per_mille(100) {
            return Ok(());
        }
        let mut at = page.created;
        for number in 0..dice.between(1, 6) {
            let (approved, kind) = match dice.below(100) {
                0..4 => ("spam", ""),
                4..7 => ("1", "pingback"),
                7..12 => ("0", ""),
                _ => ("1", ""),
            };
            let first = u64::from(page.number) * 10;
            let parent = if number > 0 && dice.per_mille(250) { first } else { 0 };
            at = at.checked_add(jiff::Span::new().seconds(dice.between(600, 400_000))).unwrap_or(at);
            let author = Person::of(self.site, dice.below(self.site.authors()));
            let text = dice.one_of(&page.tongue.words().comments);
            write!(
                self.out,
                "\t\t<wp:comment>\n\t\t\t<wp:comment_id>{}</wp:comment_id>\n\
                 \t\t\t<wp:comment_author><![CDATA[{}]]></wp:comment_author>\n\
                 \t\t\t<wp:comment_author_email>{}</wp:comment_author_email>\n\
                 \t\t\t<wp:comment_author_IP>192.0.2.61</wp:comment_author_IP>\n\
                 \t\t\t<wp:comment_date>{}</wp:comment_date>\n\t\t\t<wp:comment_date_gmt>{}</wp:comment_date_gmt>\n\
                 \t\t\t<wp:comment_content><![CDATA[{text}]]></wp:comment_content>\n\
                 \t\t\t<wp:comment_approved>{approved}</wp:comment_approved>\n\
                 \t\t\t<wp:comment_type>{kind}</wp:comment_type>\n\t\t\t<wp:comment_parent>{parent}</wp:comment_parent>\n\
                 \t\t\t<wp:comment_user_id>0</wp:comment_user_id>\n\t\t</wp:comment>\n",
                first + u64::from(number),
                author.name(),
                author.email,
                self.wall(at),
                gmt(at)
            )?;
            self.written.comments += 1;
            // What the source had thrown away is left behind, whatever it was written on.
            self.written.refused += u64::from(refused && approved != "spam" && kind.is_empty());
        }
        Ok(())
    }

    fn attachment(&mut self, page: &Page, attached: &Attachment) -> io::Result<()> {
        let address = format!("{}/wp-content/uploads/{}", self.site.base(), attached.path);
        self.item_head(&Head {
            title: attached.name,
            link: &format!("{}/?attachment_id={}", self.site.base(), attached.id),
            guid: &address,
            author: page.author,
            created: page.created,
            body: "",
            lead: "",
        })?;
        self.item_tail(&Tail {
            id: attached.id,
            page,
            name: attached.name,
            state: "inherit",
            parent: page.number,
            kind: "attachment",
            password: "",
        })?;
        writeln!(self.out, "\t\t<wp:attachment_url>{address}</wp:attachment_url>")?;
        self.meta("_wp_attached_file", &attached.path)?;
        self.out.write_all(b"\t</item>\n")?;
        self.written.files += 1;
        let Some(bytes) = &attached.bytes else {
            self.written.refused += 1;
            return Ok(());
        };
        let file = self.folder.join("uploads").join(&attached.path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, bytes)
    }

    /// The menu at the top of the old site: no content.
    fn menu(&mut self) -> io::Result<()> {
        for top in 1..=TOPS {
            let page = self.site.page(top);
            self.item_head(&Head {
                title: "",
                link: &self.site.address(top),
                guid: "",
                author: 0,
                created: page.created,
                body: "",
                lead: "",
            })?;
            self.item_tail(&Tail {
                id: u32::MAX - top,
                page: &page,
                name: "",
                state: "publish",
                parent: 0,
                kind: "nav_menu_item",
                password: "",
            })?;
            self.out.write_all(b"\t</item>\n")?;
            self.written.chrome += 1;
        }
        Ok(())
    }
}
