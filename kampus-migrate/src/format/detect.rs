//! Which format a file is, told by its bytes.

use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom};
use std::path::Path;

use super::archive::Archive;
use super::tree::local;
use super::{Format, ReadError, unpack};

/// How much of a file is looked at.
const LOOK: u64 = 64 * 1024;

/// Why a file's format is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DetectError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// A workbook that only its password opens.
    #[error("the workbook is protected by a password: save a copy without one")]
    Encrypted,
    /// Something that is read as it is only.
    #[error("it is compressed, and what is in it is no XML: unpack it first")]
    Compressed,
    /// XML of another kind.
    #[error(
        "it is XML with the root element `{0}`, which is no export that can be read by itself: `[source.mapping]` in a plan can say what is in it"
    )]
    OtherXml(String),
    /// An archive of another kind.
    #[error(
        "it is a zip archive, but no workbook, no package of XWiki and no export of Confluence that can be read"
    )]
    OtherZip,
    /// An old Office document that is no workbook.
    #[error("it is an old Office document, but no workbook that can be read")]
    OtherOle,
    /// Bytes that are no text.
    #[error("it is no text, no XML and no workbook")]
    Binary,
}

/// Tells the format of a file.
pub fn detect_file(path: &Path) -> Result<Format, ReadError> {
    let unreadable = |source| ReadError::Open { path: path.to_owned(), source };
    let mut first = Vec::new();
    let mut file = File::open(path).map_err(unreadable)?;
    file.by_ref().take(LOOK).read_to_end(&mut first).map_err(unreadable)?;
    if unpack::is_compressed(&first) {
        let mut text = Vec::new();
        let begin = unpack::open(path).map_err(unreadable)?.take(LOOK).read_to_end(&mut text);
        begin.map_err(unreadable)?;
        return match detect(&text)? {
            format if format.may_be_compressed() => Ok(format),
            _ => Err(DetectError::Compressed.into()),
        };
    }
    // Names of a zip's parts and of an old document's streams may stand anywhere in it, mostly at its end.
    if first.starts_with(b"PK") || first.starts_with(&OLE) {
        let size = file.metadata().map_err(unreadable)?.len();
        if size > LOOK && size <= super::Limits::default().workbook_bytes {
            file.read_to_end(&mut first).map_err(unreadable)?;
        } else if size > LOOK && is_confluence(path) {
            return Ok(Format::Confluence);
        } else if size > LOOK {
            file.seek(SeekFrom::Start((size - LOOK).max(LOOK))).map_err(unreadable)?;
            file.read_to_end(&mut first).map_err(unreadable)?;
        }
    }
    Ok(detect(&first)?)
}

/// Whether a zip that is too large to be looked at as a whole lists `entities.xml`.
fn is_confluence(path: &Path) -> bool {
    let Ok(archive) = Archive::open(path) else { return false };
    let mut names = (0..archive.len()).map(|number| archive.name(number));
    names.any(|name| name.rsplit('/').next() == Some("entities.xml"))
}

/// What an OLE2 compound document begins with.
const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Tells the format from the bytes that a file begins with; for archives, from all of them.
pub fn detect(bytes: &[u8]) -> Result<Format, DetectError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(DetectError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zip(bytes);
    }
    if bytes.starts_with(&OLE) {
        return ole(bytes);
    }
    let text = decode(bytes);
    let text = text.trim_start();
    if text.starts_with('<') {
        return xml(text);
    }
    // Old workbooks without a container begin with the record that begins a sheet.
    if matches!(bytes.get(..2), Some([0x09, 0x00 | 0x02 | 0x04 | 0x08])) {
        return Ok(Format::Xls);
    }
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')).count();
    if odd * 20 > text.chars().count() { Err(DetectError::Binary) } else { Ok(Format::Csv) }
}

fn contains(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

fn zip(bytes: &[u8]) -> Result<Format, DetectError> {
    if contains(bytes, b"xl/workbook.bin") {
        Ok(Format::Xlsb)
    } else if contains(bytes, b"application/vnd.oasis.opendocument.spreadsheet") {
        // Each part of a protected OpenDocument file says so in the manifest, which is compressed; calamine tells.
        Ok(Format::Ods)
    } else if contains(bytes, b"workbook.xml") {
        Ok(Format::Xlsx)
    } else if contains(bytes, b"package.xml") {
        Ok(Format::Xar)
    } else if contains(bytes, b"entities.xml") {
        Ok(Format::Confluence)
    } else {
        Err(DetectError::OtherZip)
    }
}

fn ole(bytes: &[u8]) -> Result<Format, DetectError> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(bytes, &wide)
    };
    if has("EncryptedPackage") {
        Err(DetectError::Encrypted)
    } else if has("Workbook") || has("Book") || has("WORKBOOK") || has("BOOK") {
        Ok(Format::Xls)
    } else {
        Err(DetectError::OtherOle)
    }
}

/// The bytes as text, good enough to look at.
fn decode(bytes: &[u8]) -> String {
    let by_mark = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    // XML in UTF-16 need not have a mark.
    let encoding = by_mark
        .or_else(|| quick_xml::encoding::detect_encoding(bytes).map(|found| found.encoding()))
        .unwrap_or(encoding_rs::UTF_8);
    encoding.decode(bytes).0.into_owned()
}

fn xml(text: &str) -> Result<Format, DetectError> {
    let mut rest = text;
    // Declarations, comments and document types come before the root element.
    while let Some(after) = rest.trim_start().strip_prefix('<') {
        let skipped = if let Some(comment) = after.strip_prefix("!--") {
            comment.split_once("-->")
        } else if let Some(own) = declarations(after) {
            own.split_once('>')
        } else if after.starts_with(['?', '!']) {
            after.split_once('>')
        } else {
            let end =
                after.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(after.len());
            let root = after.get(..end).unwrap_or_default();
            let is_wxr = text.contains("wordpress.org/export/") || text.contains("<wp:");
            return match root {
                "rss" if is_wxr => Ok(Format::Wxr),
                "mediawiki" => Ok(Format::MediaWiki),
                "hibernate-generic" => Ok(Format::Confluence),
                "database" | "document" | "note" if text.contains("http://www.lotus.com/dxl") => {
                    Ok(Format::Dxl)
                }
                "rss" => Ok(Format::Feed),
                "rdf:RDF" if text.contains("purl.org/rss/1.0/") => Ok(Format::Feed),
                // Lists of SharePoint come as Atom too, and are something else.
                name if local(name) == "feed" && is_atom(text) => Ok(Format::Feed),
                other => Err(DetectError::OtherXml(other.chars().take(60).collect())),
            };
        };
        match skipped {
            Some((_, next)) => rest = next,
            None => break,
        }
    }
    Err(DetectError::OtherXml(String::new()))
}

fn is_atom(text: &str) -> bool {
    let is_list = text.contains("schemas.microsoft.com/ado/");
    !is_list && (text.contains("http://www.w3.org/2005/Atom") || text.contains("http://purl.org/atom/ns#"))
}

/// What follows the declarations that a document type holds itself; none for one that holds none.
fn declarations(after: &str) -> Option<&str> {
    let inside = after.strip_prefix("!DOCTYPE")?;
    let (before, inside) = inside.split_once('[')?;
    if before.contains('>') { None } else { inside.split_once(']').map(|(_, rest)| rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_bytes() {
        let wxr = "<?xml version=\"1.0\"?><!-- a > b --><rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel/>";
        assert_eq!(detect(wxr.as_bytes()), Ok(Format::Wxr));
        assert_eq!(detect(b"Otsikko;Osoite\r\na;b\r\n"), Ok(Format::Csv));
        assert_eq!(detect(b"\xff\xfeO\0t\0;\0"), Ok(Format::Csv));
        assert_eq!(detect(b"<html><body>"), Err(DetectError::OtherXml("html".into())));
        assert_eq!(detect(b" \n"), Err(DetectError::Empty));
        assert_eq!(detect(&[0, 1, 2, 3, 4, 5, 6, 7]), Err(DetectError::Binary));
        assert_eq!(detect(b"PK\x03\x04hello"), Err(DetectError::OtherZip));
    }
}
