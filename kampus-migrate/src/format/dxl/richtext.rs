//! Rich text as HTML ("richtext", "pardef", "par", "run", "table" in the Domino DTD).

use std::collections::HashMap;

use super::super::base64::Decoder;
use super::super::html::{escaped, put, quoted};
use super::super::tree::{Element, Node};
use crate::record::FileContent;

/// Where documents, files and pictures of a database are found.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    pub(super) replica: String,
    pub(super) unid: String,
}

impl Links {
    /// A document of any database.
    pub(super) fn document(replica: &str, unid: &str) -> String {
        format!("/__{}.nsf/0/{}?OpenDocument", encoded(replica), encoded(&unid.to_uppercase()))
    }

    pub(super) fn file(&self, name: &str) -> String {
        format!("/__{}.nsf/0/{}/$FILE/{}", encoded(&self.replica), self.unid, encoded(name))
    }

    pub(super) fn picture(&self, name: &str) -> String {
        format!("/__{}.nsf/0/{}/Body/{}", encoded(&self.replica), self.unid, encoded(name))
    }
}

/// A part of an address.
fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// How a paragraph is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Paragraph {
    /// The element of the list that it is an item of.
    list: Option<&'static str>,
    is_hidden: bool,
    is_conditional: bool,
}

/// The rich text of a document under way.
#[derive(Debug)]
pub(super) struct Rich {
    out: String,
    links: Links,
    limit: u64,
    paragraphs: HashMap<String, Paragraph>,
    list: Option<&'static str>,
    /// Pictures, by the names that they get.
    pub(super) pictures: Vec<(String, Result<FileContent, String>)>,
    hidden: u64,
    unreadable: u64,
    /// Whether formulas hide parts of it.
    pub(super) has_conditions: bool,
}

impl Rich {
    pub(super) fn new(links: Links, limit: u64) -> Self {
        Self {
            out: String::new(),
            links,
            limit,
            paragraphs: HashMap::new(),
            list: None,
            pictures: Vec::new(),
            hidden: 0,
            unreadable: 0,
            has_conditions: false,
        }
    }

    pub(super) fn html(&self) -> String {
        self.out.clone()
    }

    pub(super) fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if self.hidden > 0 {
            notices.push(format!("{} paragraphs that readers did not see are left out", self.hidden));
        }
        if self.unreadable > 0 {
            notices.push(format!("{} pictures in Notes' own format are left out", self.unreadable));
        }
        notices
    }

    /// A plain text.
    pub(super) fn text(&mut self, text: &str) {
        self.out.push_str(&crate::clean::clean(crate::record::Markup::Text, text).html);
        self.out.push('\n');
    }

    pub(super) fn heading(&mut self, name: &str) {
        put!(self.out, "<h2>{}</h2>\n", escaped(name));
    }

    /// Adds rich text.
    pub(super) fn add(&mut self, rich: &Element) {
        // What a paragraph looks like is said once and meant for all items of one text.
        self.paragraphs.clear();
        self.blocks(rich);
        self.end_list();
    }

    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "pardef" => self.define(element),
                "par" => self.paragraph(element),
                "table" => {
                    self.end_list();
                    self.table(element);
                }
                "section" => {
                    self.end_list();
                    if let Some(title) = element.child("sectiontitle") {
                        self.out.push_str("<h3>");
                        self.inline(title);
                        self.out.push_str("</h3>\n");
                    }
                    self.blocks(element);
                    self.end_list();
                }
                "sectiontitle" | "code" | "itemicon" => {}
                "horizrule" => {
                    self.end_list();
                    self.out.push_str("<hr>\n");
                }
                // Whatever else stands among paragraphs holds paragraphs, or text of its own.
                _ if element.child("par").is_some() => self.blocks(element),
                _ => {
                    let mut inner = Element { name: "par".to_owned(), ..Element::default() };
                    inner.nodes.push(Node::Element(element.clone()));
                    self.paragraph(&inner);
                }
            }
        }
    }

    fn define(&mut self, element: &Element) {
        let list = match element.attribute("list") {
            Some("number" | "alphaupper" | "alphalower" | "romanupper" | "romanlower") => Some("ol"),
            Some("none") | None => None,
            Some(_) => Some("ul"),
        };
        let hide = element.attribute("hide").unwrap_or_default();
        let hides = |what: &str| hide.split_whitespace().any(|word| word == what);
        let is_conditional = element.all("code").any(|code| {
            code.attribute("event") == Some("hidewhen") && code.attribute("enabled") != Some("false")
        });
        let paragraph =
            Paragraph { list, is_hidden: hides("read") || (hides("notes") && hides("web")), is_conditional };
        if let Some(id) = element.attribute("id") {
            self.paragraphs.insert(id.to_owned(), paragraph);
        }
    }

    fn paragraph(&mut self, par: &Element) {
        let known = par.attribute("def").and_then(|def| self.paragraphs.get(def)).copied();
        let shown = known.unwrap_or_default();
        let has_content = par.has_elements() || !par.text().trim().is_empty();
        if shown.is_hidden {
            self.hidden += u64::from(has_content);
            return;
        }
        if !has_content {
            self.end_list();
            return;
        }
        self.has_conditions |= shown.is_conditional;
        // A table in a paragraph stands apart from its text.
        if par.child("table").is_some() {
            self.end_list();
            self.blocks(par);
            return;
        }
        if self.list != shown.list {
            self.end_list();
            if let Some(list) = shown.list {
                put!(self.out, "<{list}>\n");
                self.list = Some(list);
            }
        }
        let element = if shown.list.is_some() { "li" } else { "p" };
        put!(self.out, "<{element}>");
        self.inline(par);
        put!(self.out, "</{element}>\n");
    }

    fn end_list(&mut self) {
        if let Some(list) = self.list.take() {
            put!(self.out, "</{list}>\n");
        }
    }

    fn table(&mut self, table: &Element) {
        self.out.push_str("<table>\n");
        for row in table.all("tablerow") {
            // Tabs of a table that shows one row at a time.
            if let Some(label) = row.attribute("tablabel") {
                put!(self.out, "<tr><th>{}</th></tr>\n", escaped(label));
            }
            self.out.push_str("<tr>\n");
            for cell in row.all("tablecell") {
                self.out.push_str("<td");
                for (name, key) in [("colspan", "columnspan"), ("rowspan", "rowspan")] {
                    if let Some(span) =
                        cell.attribute(key).filter(|span| span.bytes().all(|byte| byte.is_ascii_digit()))
                    {
                        put!(self.out, " {name}=\"{span}\"");
                    }
                }
                self.out.push('>');
                self.blocks(cell);
                self.end_list();
                self.out.push_str("</td>\n");
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</table>\n");
    }

    /// What stands in a paragraph.
    fn inline(&mut self, parent: &Element) {
        for node in &parent.nodes {
            let element = match node {
                Node::Text(text) => {
                    self.out.push_str(&escaped(text));
                    continue;
                }
                Node::Element(element) => element,
            };
            match element.name.as_str() {
                "run" => self.run(element),
                "break" => self.out.push_str("<br>"),
                "font" | "code" | "border" | "caption" | "itemicon" => {}
                "doclink" | "databaselink" | "viewlink" => self.doc_link(element),
                "urllink" => {
                    let href = element.attribute("href").unwrap_or_default().to_owned();
                    self.link(&href, |rich| rich.inline(element));
                }
                "attachmentref" => {
                    let name = element.attribute("name").unwrap_or_default();
                    let shown = element.attribute("displayname").unwrap_or(name).to_owned();
                    let address = self.links.file(name);
                    self.link(&address, |rich| rich.out.push_str(&escaped(&shown)));
                }
                "picture" => self.picture(element),
                "horizrule" => self.out.push_str("<hr>"),
                "pardef" => self.define(element),
                _ => self.inline(element),
            }
        }
    }

    /// Text in one style. Line ends in it are meant.
    fn run(&mut self, run: &Element) {
        let style = run.child("font").and_then(|font| font.attribute("style")).unwrap_or_default();
        let tags = style.split_whitespace().filter_map(|word| match word {
            "bold" => Some("b"),
            "italic" => Some("i"),
            "underline" => Some("u"),
            "strikethrough" => Some("s"),
            "superscript" => Some("sup"),
            "subscript" => Some("sub"),
            _ => None,
        });
        let tags: Vec<&str> = tags.collect();
        for tag in &tags {
            put!(self.out, "<{tag}>");
        }
        let begin = self.out.len();
        self.inline(run);
        let inside = self.out.split_off(begin);
        self.out.push_str(&inside.replace('\n', "<br>"));
        for tag in tags.iter().rev() {
            put!(self.out, "</{tag}>");
        }
    }

    fn doc_link(&mut self, element: &Element) {
        let replica = element.attribute("database").unwrap_or(&self.links.replica).to_owned();
        let description = element.attribute("description").unwrap_or_default().to_owned();
        let address = match element.attribute("document") {
            Some(unid) => Links::document(&replica, unid),
            None => format!("/__{}.nsf", encoded(&replica)),
        };
        let own = element.text();
        let shown = [own.trim(), description.as_str(), "↗"].into_iter().find(|text| !text.is_empty());
        let shown = shown.unwrap_or_default().to_owned();
        self.link(&address, |rich| rich.out.push_str(&escaped(&shown)));
    }

    fn link(&mut self, address: &str, inside: impl FnOnce(&mut Self)) {
        put!(self.out, "<a href=\"{}\">", quoted(address));
        inside(self);
        self.out.push_str("</a>");
    }

    fn picture(&mut self, element: &Element) {
        let found = element.elements().find(|inner| matches!(inner.name.as_str(), "gif" | "jpeg" | "png"));
        match found {
            Some(data) => {
                let name = format!("picture-{}.{}", self.pictures.len() + 1, data.name);
                let address = self.links.picture(&name);
                let told = element.attribute("alttext").unwrap_or_default();
                put!(self.out, "<img src=\"{}\" alt=\"{}\">", quoted(&address), quoted(told));
                self.pictures.push((name, Decoder::whole(&data.text(), self.limit)));
            }
            None => self.unreadable += 1,
        }
        if let Some(caption) = element.child("caption") {
            self.out.push(' ');
            self.out.push_str(&escaped(&caption.text()));
        }
    }
}
