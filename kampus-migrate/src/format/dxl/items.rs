//! The items of a document: texts, numbers, dates, rich text and files.

use super::super::Limits;
use super::super::base64::Decoder;
use super::super::tree::Element;
use super::super::xml::{Broken, Token, Tokens, attribute};
use crate::record::FileContent;

/// An item as it stands.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) name: String,
    /// The item's element.
    pub(super) element: Element,
}

/// A file of a document.
#[derive(Debug)]
pub(super) struct Attached {
    pub(super) name: String,
    pub(super) modified: Option<String>,
    pub(super) content: Result<FileContent, String>,
}

impl Item {
    /// Whether it says who may read the document.
    pub(super) fn is_readers(&self) -> bool {
        self.element.attribute("readers") == Some("true") || self.name.eq_ignore_ascii_case("$Readers")
    }

    pub(super) fn is_authors(&self) -> bool {
        self.element.attribute("authors") == Some("true")
    }

    /// Whether what is in it can be read by nobody but Notes.
    pub(super) fn is_raw(&self) -> bool {
        self.element.attribute("sealed") == Some("true") || self.element.child("rawitemdata").is_some()
    }

    pub(super) fn rich_text(&self) -> Option<&Element> {
        self.element.child("richtext")
    }

    /// The texts, numbers or dates of it.
    pub(super) fn values(&self) -> Vec<String> {
        let mut values = Vec::new();
        let mut waiting: Vec<&Element> = self.element.elements().collect();
        waiting.reverse();
        while let Some(element) = waiting.pop() {
            match element.name.as_str() {
                "text" | "number" | "datetime" => values.push(broken_lines(element).trim().to_owned()),
                "textlist" | "numberlist" | "datetimelist" => {
                    let inside: Vec<&Element> = element.elements().collect();
                    waiting.extend(inside.into_iter().rev());
                }
                _ => {}
            }
        }
        values.retain(|value| !value.is_empty());
        values
    }
}

/// A text in which `break` is a line end.
fn broken_lines(element: &Element) -> String {
    use super::super::tree::Node;
    let mut text = String::new();
    for node in &element.nodes {
        match node {
            Node::Text(piece) => text.push_str(piece),
            Node::Element(inner) if inner.name == "break" => text.push('\n'),
            Node::Element(inner) => text.push_str(&inner.text()),
        }
    }
    text
}

/// Reads a `$FILE` item whose start was read: its bytes never stand in memory as a whole.
pub(super) fn file(tokens: &mut Tokens, limits: Limits) -> Result<Option<Attached>, Broken> {
    let mut found: Option<Attached> = None;
    let mut depth = 0_usize;
    loop {
        match tokens.next()? {
            Token::Start(name, attributes) => match name.as_str() {
                "object" => depth += 1,
                "file" => {
                    depth += 1;
                    let name = attribute(&attributes, "name").unwrap_or("file").to_owned();
                    let packed = attribute(&attributes, "compression").filter(|how| *how != "none");
                    let content = match packed {
                        Some(how) => {
                            Err(format!("it is compressed (`{how}`): export with attachments uncompressed"))
                        }
                        None => Err("the export does not hold its bytes".to_owned()),
                    };
                    found = Some(Attached { name, modified: None, content });
                }
                "modified" => {
                    let time = Element::read(tokens, name, attributes, limits.record_bytes)?.text();
                    if let Some(file) = &mut found {
                        file.modified = Some(time);
                    }
                }
                "filedata" => {
                    let mut decoder = Decoder::new(limits.file_bytes);
                    tokens.pieces(|piece| decoder.take(piece))?;
                    if let Some(file) = &mut found
                        && !matches!(&file.content, Err(reason) if reason.contains("compressed ("))
                    {
                        file.content = decoder.done();
                    }
                }
                _ => tokens.skip()?,
            },
            Token::End(_) if depth == 0 => return Ok(found),
            Token::End(_) => depth -= 1,
            Token::Text(_) => {}
            Token::Eof => return Err(tokens.truncated()),
        }
    }
}
