//! What is what in an export of XML that no reader knows.

use std::collections::BTreeMap;
use std::fmt;

use super::fault::{Fault, FaultKind};
use super::fields::PAGE_FIELDS;
use super::suggest::closest;
use super::table::{Table, text_of, word_of};
use crate::record::Markup;

const NAME: &str = "[source.mapping]";
/// The keys beside the fields.
const RECORD: &str = "record";
const MARKUP: &str = "markup";
/// What a mapping cannot do without.
const NEEDED: [&str; 2] = [RECORD, "title"];
const MARKUPS: [(&str, Markup); 2] = [("html", Markup::Html), ("text", Markup::Text)];

/// Which elements are records, and where in them each field stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The elements that are records, from the root of the document on.
    pub record: ElementPath,
    /// Field (one of [`PAGE_FIELDS`]) to its place in a record.
    pub fields: BTreeMap<&'static str, ElementPath>,
    /// How bodies and leads are written, where the text does not tell.
    pub markup: Option<Markup>,
}

/// The way to an element or an attribute: `content/text`, `meta/@created`, `@id`, `.`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementPath {
    /// Names of elements, each in the one before.
    pub elements: Vec<String>,
    /// The attribute of the last one.
    pub attribute: Option<String>,
}

impl ElementPath {
    /// Reads a path, or says why it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("it is empty".to_owned());
        }
        if text == "." {
            return Ok(Self { elements: Vec::new(), attribute: None });
        }
        if text.starts_with('/') {
            return Err(
                "it begins with `/`: a record's path begins with the root's name, a field's in the record"
                    .to_owned(),
            );
        }
        let mut path = Self { elements: Vec::new(), attribute: None };
        for step in text.split('/') {
            if path.attribute.is_some() {
                return Err("nothing stands below an attribute".to_owned());
            }
            if step.is_empty() {
                return Err("`//` and a `/` at the end mean nothing here: name each element".to_owned());
            }
            let name = step.strip_prefix('@').unwrap_or(step);
            if let Some(odd) = name.chars().find(|c| !(c.is_alphanumeric() || "-_.:".contains(*c))) {
                return Err(format!(
                    "`{odd}` is no part of a name: there are no conditions and no wildcards"
                ));
            }
            if matches!(name, "" | "." | "..") {
                return Err(format!("`{step}` is no name"));
            }
            if step.starts_with('@') {
                path.attribute = Some(name.to_owned());
            } else {
                path.elements.push(name.to_owned());
            }
        }
        Ok(path)
    }
}

impl fmt::Display for ElementPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attribute = self.attribute.as_ref().map(|name| format!("@{name}"));
        let steps: Vec<&str> = self.elements.iter().map(String::as_str).chain(attribute.as_deref()).collect();
        f.write_str(if steps.is_empty() { "." } else { "" })?;
        f.write_str(&steps.join("/"))
    }
}

/// Reads the table of a source.
pub(super) fn read(source: &Table<'_>, faults: &mut Vec<Fault>) -> Option<Mapping> {
    let table = source.table("mapping", NAME, faults)?;
    for key in NEEDED {
        table.present(key, faults);
    }
    let mut record = None;
    let mut fields = BTreeMap::new();
    let mut markup = None;
    for (key, value) in table.entries() {
        let Some(text) = text_of(key.value, value, faults) else { continue };
        if key.value == MARKUP {
            markup = word_of(MARKUP, &text, &MARKUPS, faults).map(|markup| markup.value);
            continue;
        }
        let field = PAGE_FIELDS.into_iter().find(|field| *field == key.value);
        if field.is_none() && key.value != RECORD {
            let known = PAGE_FIELDS.into_iter().chain([RECORD, MARKUP]);
            let kind = FaultKind::UnknownKey { key: key.value.to_owned(), table: NAME };
            faults.push(Fault::new(kind, key.span).meant(closest(key.value, known)));
            continue;
        }
        let path = match ElementPath::parse(&text.value) {
            Ok(path) => path,
            Err(why) => {
                let kind = FaultKind::BadElementPath { path: text.value.clone(), why };
                faults.push(
                    Fault::new(kind, text.span)
                        .help("a path is written `child/child`, `child/@attribute` or `.`"),
                );
                continue;
            }
        };
        match field {
            Some(field) => drop(fields.insert(field, path)),
            None if path.elements.is_empty() || path.attribute.is_some() => {
                let why = "a record is an element, named from the root on".to_owned();
                let kind = FaultKind::BadElementPath { path: text.value.clone(), why };
                faults.push(Fault::new(kind, text.span).help("for example `articles/article`"));
            }
            None => record = Some(path),
        }
    }
    Some(Mapping { record: record?, fields, markup })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_elements_and_attributes() {
        for text in ["a", "a/b-c/d.e", "@id", "x:a/@y:b", "."] {
            assert_eq!(ElementPath::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "/a", "a//b", "a/", "@a/b", "a[1]", "a/*", "..", "a/@"] {
            assert!(ElementPath::parse(text).is_err(), "{text}");
        }
    }
}
