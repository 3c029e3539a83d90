//! XML as readers of exports need it: tokens with their place, bounded, without entity expansion.

use std::cell::Cell;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::encoding::DecodingReader;
use quick_xml::events::{BytesRef, Event};

use super::Limits;
use super::unpack;
use crate::record::Place;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// An element begins; its name as written, prefix and all, and its attributes.
    Start(String, Vec<(String, String)>),
    /// An element ends.
    End(String),
    /// Text, CDATA or a resolved reference.
    Text(String),
    /// The document ends.
    Eof,
}

/// Why a document cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    /// Offset in the file, where it is read as it is written.
    pub(super) byte: Option<u64>,
    /// One-based line, where it is decoded first.
    pub(super) line: Option<u64>,
    pub(super) reason: String,
}

/// Bytes as text, bounded.
type Decoded = DecodingReader<BufReader<Guard<Box<dyn Read>>>>;

/// Reads tokens.
pub(super) struct Tokens {
    reader: Reader<Decoded>,
    buffer: Vec<u8>,
    budget: Rc<Cell<usize>>,
    limits: Limits,
    depth: usize,
    /// Line breaks that were passed.
    lines: u64,
    /// Illegal control characters that were left out.
    pub(super) removed: u64,
    /// Entities that nobody declared to us, with the text that was kept in their place.
    pub(super) entities: u64,
}

/// Refuses to read on when one token asks for more than the budget, so that a text of gigabytes is an error and not
/// an allocation.
struct Guard<R> {
    inner: R,
    budget: Rc<Cell<usize>>,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        match self.budget.get().checked_sub(read) {
            Some(left) => self.budget.set(left),
            None => return Err(io::Error::other("a single piece of text is larger than is read")),
        }
        Ok(read)
    }
}

impl Tokens {
    /// Reads a file, compressed or not.
    pub(super) fn open(path: &Path, limits: Limits) -> io::Result<Self> {
        Self::of(unpack::open(path)?, limits)
    }

    /// Reads bytes.
    pub(super) fn of(mut bytes: Box<dyn Read>, limits: Limits) -> io::Result<Self> {
        let mut first = Vec::new();
        bytes.by_ref().take(DECLARATION).read_to_end(&mut first)?;
        let declared = declared(&first);
        let budget = Rc::new(Cell::new(usize::MAX));
        let whole: Box<dyn Read> = Box::new(io::Cursor::new(first).chain(bytes));
        let guard = Guard { inner: whole, budget: Rc::clone(&budget) };
        let mut decoding = DecodingReader::new(BufReader::with_capacity(1 << 16, guard));
        if let Some(encoding) = declared {
            decoding.set_encoding(encoding);
        }
        let mut reader = Reader::from_reader(decoding);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        config.check_end_names = true;
        Ok(Self { reader, buffer: Vec::new(), budget, limits, depth: 0, lines: 0, removed: 0, entities: 0 })
    }

    /// Where in a file we are. Bytes of what is decoded first are counted by nobody: then it is the line.
    pub(super) fn place(&self, file: &Place) -> Place {
        let (byte, line) = self.position(self.reader.buffer_position());
        Place { byte, line, ..file.clone() }
    }

    fn position(&self, byte: u64) -> (Option<u64>, Option<u64>) {
        let is_plain = self.reader.get_ref().encoding() == encoding_rs::UTF_8;
        if is_plain { (Some(byte), None) } else { (None, Some(self.lines + 1)) }
    }

    /// Why nobody can read on.
    pub(super) fn broken(&self, reason: impl Into<String>) -> Broken {
        self.broken_at(self.reader.buffer_position(), reason.into())
    }

    fn broken_at(&self, byte: u64, reason: String) -> Broken {
        let (byte, line) = self.position(byte);
        Broken { byte, line, reason }
    }

    /// The next token that matters: comments, declarations and processing instructions are passed over.
    pub(super) fn next(&mut self) -> Result<Token, Broken> {
        loop {
            if let Some(token) = self.step()? {
                return Ok(token);
            }
        }
    }

    fn step(&mut self) -> Result<Option<Token>, Broken> {
        self.buffer.clear();
        // What a token may take, and what is read ahead of it.
        self.budget.set(self.limits.record_bytes + (1 << 17));
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(self.broken_at(self.reader.error_position(), told(&error))),
        };
        self.lines += memchr::memchr_iter(b'\n', event.as_bytes()).count() as u64;
        let token = match event {
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > self.limits.depth {
                    drop(start);
                    return Err(self.broken(format!("elements are nested deeper than {}", self.limits.depth)));
                }
                let name = start.name().as_ref().to_owned();
                let attributes = start
                    .attributes()
                    .flatten()
                    .map(|attribute| {
                        let value = quick_xml::escape::unescape(&attribute.value)
                            .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
                        (attribute.key.as_ref().to_owned(), value)
                    })
                    .collect();
                Token::Start(name, attributes)
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Token::End(end.name().as_ref().to_owned())
            }
            Event::Text(text) => Token::Text(legal(&text, &mut self.removed)),
            Event::CData(text) => Token::Text(legal(&text, &mut self.removed)),
            Event::GeneralRef(reference) => {
                let (text, known) = resolve(&reference);
                self.entities += u64::from(!known);
                Token::Text(legal(&text, &mut self.removed))
            }
            Event::Eof => Token::Eof,
            _ => return Ok(None),
        };
        Ok(Some(token))
    }

    /// The text of the element that has just begun, elements in it left out, up to its end.
    pub(super) fn text(&mut self) -> Result<String, Broken> {
        let mut text = String::new();
        let mut depth = 0_usize;
        loop {
            match self.next()? {
                Token::Text(piece) => text.push_str(&piece),
                Token::Start(..) => depth += 1,
                Token::End(_) if depth == 0 => return Ok(text),
                Token::End(_) => depth -= 1,
                Token::Eof => return Err(self.truncated()),
            }
            if text.len() > self.limits.record_bytes {
                return Err(self.too_large());
            }
        }
    }

    /// Whether a record's text of that many bytes is still read.
    pub(super) fn fits(&self, bytes: usize) -> Result<(), Broken> {
        if bytes > self.limits.record_bytes { Err(self.too_large()) } else { Ok(()) }
    }

    /// Hands the text of the element that has just begun to `take`, piece by piece, however long it is: files in base64.
    pub(super) fn pieces(&mut self, mut take: impl FnMut(&[u8])) -> Result<(), Broken> {
        // Pieces are small, whatever their sum is.
        self.budget.set(usize::MAX);
        loop {
            let mut stream = self.reader.stream();
            let read = match stream.fill_buf() {
                Ok(bytes) => {
                    let end = memchr::memchr(b'<', bytes);
                    let piece = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
                    take(piece);
                    self.lines += memchr::memchr_iter(b'\n', piece).count() as u64;
                    if end.is_some() || bytes.is_empty() { Err(piece.len()) } else { Ok(piece.len()) }
                }
                Err(error) => return Err(self.broken(format!("it cannot be read: {error}"))),
            };
            let (Ok(length) | Err(length)) = read;
            stream.consume(length);
            if read.is_err() {
                break;
            }
        }
        // What is left is a section of text, or the end.
        loop {
            match self.next()? {
                Token::Text(piece) => take(piece.as_bytes()),
                Token::Start(..) => self.skip()?,
                Token::End(_) => return Ok(()),
                Token::Eof => return Err(self.truncated()),
            }
        }
    }

    /// Passes over the element that has just begun.
    pub(super) fn skip(&mut self) -> Result<(), Broken> {
        let mut depth = 0_usize;
        loop {
            match self.next()? {
                Token::Start(..) => depth += 1,
                Token::End(_) if depth == 0 => return Ok(()),
                Token::End(_) => depth -= 1,
                Token::Text(_) => {}
                Token::Eof => return Err(self.truncated()),
            }
        }
    }

    /// Whether all elements that began have ended.
    pub(super) fn is_closed(&self) -> bool {
        self.depth == 0
    }

    pub(super) fn truncated(&self) -> Broken {
        self.broken("the file ends in the middle of an element: it is cut off")
    }

    pub(super) fn too_large(&self) -> Broken {
        self.broken(format!("a single record is larger than {} bytes", self.limits.record_bytes))
    }
}

/// In how many bytes a document says how it is encoded.
const DECLARATION: u64 = 512;

/// The encoding that a document declares, if it is one in which the declaration itself could be read. One that is
/// known by its first bytes needs no declaration, and nobody believes one that they gainsay.
fn declared(first: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let end = memchr::memchr(b'>', first)?;
    let declaration = std::str::from_utf8(first.get(..end)?).ok()?.strip_prefix("<?xml")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value.get(1..)?.split(quote).next()?;
    encoding_rs::Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

/// The value of an attribute, by its name as written.
pub(super) fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// An error with its causes.
fn told(error: &quick_xml::Error) -> String {
    let mut text = format!("not well-formed: {error}");
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        cause = inner.source();
    }
    text
}

/// What a reference stands for. The five of XML and numbers are known; others are kept as they are written, because
/// nothing that a document declares is expanded.
fn resolve(reference: &BytesRef<'_>) -> (String, bool) {
    let name: &str = reference;
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return (c.to_string(), true);
    }
    match quick_xml::escape::resolve_predefined_entity(name) {
        Some(text) => (text.to_owned(), true),
        None => match name {
            // Old exporters write HTML's blank without declaring it.
            "nbsp" => ("\u{a0}".to_owned(), true),
            _ => (format!("&{name};"), false),
        },
    }
}

/// Leaves out control characters that XML 1.0 forbids.
fn legal(text: &str, removed: &mut u64) -> String {
    let is_legal = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{85}') || c > '\u{9f}';
    if text.chars().all(is_legal) {
        return text.to_owned();
    }
    text.chars()
        .filter(|c| {
            let legal = is_legal(*c);
            *removed += u64::from(!legal);
            legal
        })
        .collect()
}

impl<R> Guard<R> {
    #[cfg(test)]
    fn new(inner: R, budget: usize) -> Self {
        Self { inner, budget: Rc::new(Cell::new(budget)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_stops_what_is_too_large() {
        let mut text = String::new();
        assert!(Guard::new("abc".as_bytes(), 2).read_to_string(&mut text).is_err());
        assert!(Guard::new("abc".as_bytes(), 3).read_to_string(&mut text).is_ok());
    }

    #[test]
    fn forbidden_control_characters_are_left_out_and_counted() {
        let mut removed = 0;
        assert_eq!(legal("a\u{1}b\tc", &mut removed), "ab\tc");
        assert_eq!(removed, 1);
    }
}
