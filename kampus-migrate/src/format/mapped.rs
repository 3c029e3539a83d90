//! XML of any kind, explained by the plan: which elements are records, and where in them each field stands.
//!
//! | in a record | becomes |
//! |---|---|
//! | `child/child`, `child/@attribute`, `@attribute`, `.` | the field that the plan gives it; of several the first |
//! | several elements for `labels`, `body`, `lead`, `readers`, `editors`, `denied` | all of them |
//! | an element with elements in it, as `body` or `lead` | its markup |
//! | text, CDATA, escaped HTML | text, or HTML where there are tags |
//! | what no path names | kept beside the page, by its name |
//!
//! What a field means is what it means in a spreadsheet: dates, states, decisions, `[source.values]`.

use std::collections::BTreeSet;
use std::path::Path;

use super::outbox::Outbox;
use super::rows::{Cell, Columns, Fields, Row, page};
use super::tree::Element;
use super::walk::{Records, Walk};
use super::xml::{Broken, Token, Tokens};
use super::{ReadError, ReadOptions};
use crate::plan::{ElementPath, Mapping, Values, closest, one_of};
use crate::record::LegacyBody;

/// The most things beside its fields that are kept of a record.
const OTHERS: usize = 40;
/// The longest of them, in characters.
const OTHER: usize = 1_000;
/// How many names are told when none is the one that was looked for.
const TOLD: usize = 12;

/// Begins to read.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Records<Mapped>, ReadError> {
    let Some(mapping) = options.mapping.clone() else {
        let reason = "nothing says what is what in it: [source.mapping] of a plan does".to_owned();
        return Err(ReadError::Unusable { path: options.shown.clone(), reason });
    };
    let tokens = Tokens::open(path, options.limits)
        .map_err(|source| ReadError::Open { path: options.shown.clone(), source })?;
    Ok(Records(Mapped {
        tokens,
        out: Outbox::new(&options.shown),
        mapping,
        values: options.values.clone(),
        limit: options.limits.record_bytes,
        depth: 0,
        reached: 0,
        beside: BTreeSet::new(),
        count: 0,
    }))
}

/// A document under way.
pub(super) struct Mapped {
    tokens: Tokens,
    out: Outbox,
    mapping: Mapping,
    values: Values,
    limit: usize,
    /// How many steps of the record's path are open.
    depth: usize,
    /// How many steps were ever found.
    reached: usize,
    /// What stands where the next step was looked for.
    beside: BTreeSet<String>,
    count: u64,
}

impl Walk for Mapped {
    fn out(&mut self) -> &mut Outbox {
        &mut self.out
    }

    fn advance(&mut self) -> Result<(), Broken> {
        match self.tokens.next()? {
            Token::Eof => self.end(),
            Token::Start(name, attributes) => self.start(name, attributes),
            Token::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(())
            }
            Token::Text(_) => Ok(()),
        }
    }
}

impl Mapped {
    fn start(&mut self, name: String, attributes: Vec<(String, String)>) -> Result<(), Broken> {
        let steps = &self.mapping.record.elements;
        if steps.get(self.depth) != Some(&name) {
            if self.depth == self.reached && self.beside.len() < TOLD {
                self.beside.insert(name.chars().take(60).collect());
            }
            return self.tokens.skip();
        }
        let is_record = self.depth + 1 == steps.len();
        if self.reached <= self.depth {
            self.reached = self.depth + 1;
            self.beside.clear();
        }
        if !is_record {
            self.depth += 1;
            return Ok(());
        }
        let place = self.out.place(&self.tokens);
        let element = Element::read(&mut self.tokens, name, attributes, self.limit)?;
        self.count += 1;
        let fields: Vec<&'static str> = self.mapping.fields.keys().copied().collect();
        let mut cells: Vec<Cell> =
            self.mapping.fields.iter().map(|(field, path)| cell(&element, field, path)).collect();
        let others = others(&element, &self.mapping);
        cells.extend(others.iter().map(|(_, text)| Cell::Text(text.clone())));
        let columns = Columns::of(&fields, others.into_iter().map(|(name, _)| name).collect());
        let row = Row { cells, number: self.count, place: place.clone() };
        let mut found = Fields::of(&columns, &row);
        match page::record(&mut found, &self.values) {
            Ok(mut record) => {
                if let (LegacyBody::Page(page), Some(markup)) = (&mut record.body, self.mapping.markup) {
                    page.markup = markup;
                }
                for text in found.notices {
                    self.out.notice(&place, text);
                }
                self.out.give(record);
            }
            Err((field, reason)) => {
                let reason = match self.mapping.fields.get(field) {
                    Some(path) => format!("{reason}: `{path}` is not there, or empty"),
                    None => reason,
                };
                self.out.fault(&place, None, "page", reason);
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Broken> {
        self.out.close();
        if !self.tokens.is_closed() {
            return Err(self.tokens.truncated());
        }
        if self.count == 0 {
            return Err(self.tokens.broken(self.nothing()));
        }
        self.out.oddities(&self.tokens);
        Ok(())
    }

    /// Why there is no record, with what stands there instead.
    fn nothing(&self) -> String {
        let path = &self.mapping.record;
        let wanted = path.elements.get(self.reached).map_or("", String::as_str);
        let names: Vec<&str> = self.beside.iter().map(String::as_str).collect();
        let found = path.elements.get(..self.reached).unwrap_or_default().join("/");
        let place = if found.is_empty() { "at the root".to_owned() } else { format!("in `{found}`") };
        let instead = if names.is_empty() { "nothing".to_owned() } else { one_of(&names) };
        let meant = closest(wanted, names.iter().copied());
        let meant = meant.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        format!("no record stands at `{path}`: {place} there is no `{wanted}`, but {instead}{meant}")
    }
}

/// What a path finds in a record.
fn cell(record: &Element, field: &str, path: &ElementPath) -> Cell {
    let mut found = vec![record];
    for step in &path.elements {
        found = found.into_iter().flat_map(|element| element.all(step)).collect();
    }
    let has_markup = matches!(field, "body" | "lead");
    let texts = found.into_iter().filter_map(|element| match &path.attribute {
        Some(name) => element.attribute(name).map(str::to_owned),
        None if has_markup && element.has_elements() => Some(element.markup()),
        None => Some(element.text()),
    });
    let mut texts = texts.filter(|text| !text.trim().is_empty());
    let text = match field {
        "labels" | "readers" | "editors" | "denied" => texts.collect::<Vec<_>>().join("\n"),
        "body" | "lead" => texts.collect::<Vec<_>>().join("\n\n"),
        _ => texts.next().unwrap_or_default(),
    };
    if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// What no path names, by its name: attributes and elements of the record.
fn others(record: &Element, mapping: &Mapping) -> Vec<(String, String)> {
    let is_named = |name: &str, is_attribute: bool| {
        mapping.fields.values().any(|path| match path.elements.first() {
            Some(first) => !is_attribute && first == name,
            None => path.attribute.as_deref().is_none_or(|attribute| is_attribute && attribute == name),
        })
    };
    let attributes = record.attributes.iter().filter(|(name, _)| !is_named(name, true));
    let attributes = attributes.map(|(name, value)| (name.clone(), value.clone()));
    let elements = record.elements().filter(|element| !is_named(&element.name, false));
    let elements = elements.map(|element| (element.name.clone(), crate::clean::text_of(&element.markup())));
    let found = attributes
        .chain(elements)
        .filter(|(name, text)| !text.trim().is_empty() && !name.starts_with("xmlns"));
    found.map(|(name, text)| (name, text.chars().take(OTHER).collect())).take(OTHERS).collect()
}
