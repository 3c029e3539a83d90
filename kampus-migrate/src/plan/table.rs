//! A TOML table that is read key by key and remembers what is wrong with it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, FaultKind};
use super::located::Located;
use super::suggest::closest;

/// A table of a plan, under the name by which people know it.
#[derive(Clone)]
pub(super) struct Table<'a> {
    /// As a plan writes it: `[[source]]`.
    pub(super) name: &'static str,
    entries: &'a DeTable<'a>,
    span: Range<usize>,
}

impl<'a> Table<'a> {
    pub(super) fn new(name: &'static str, entries: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { name, entries, span }
    }

    /// All entries: key and value with their places.
    pub(super) fn entries(
        &self,
    ) -> impl Iterator<Item = (Located<&'a str>, &'a Spanned<DeValue<'a>>)> + use<'a> {
        self.entries.iter().map(|(key, value)| (Located::new(key.get_ref().as_ref(), key.span()), value))
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entries().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// A text that may be missing, but not empty.
    pub(super) fn text(&self, key: &str, faults: &mut Vec<Fault>) -> Option<Located<String>> {
        text_of(key, self.value(key)?, faults)
    }

    /// A text that has to be there. Without it, the fault is noted and an empty text stands in.
    pub(super) fn required(&self, key: &'static str, faults: &mut Vec<Fault>) -> Located<String> {
        if self.value(key).is_none() {
            faults.push(Fault::new(FaultKind::MissingKey { key, table: self.name }, Some(self.span.clone())));
        }
        self.text(key, faults).unwrap_or_else(|| Located::new(String::new(), self.span.clone()))
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(
        &self,
        key: &str,
        words: &[(&'static str, T)],
        faults: &mut Vec<Fault>,
    ) -> Option<Located<T>> {
        let text = self.text(key, faults)?;
        word_of(key, &text, words, faults)
    }

    /// A table inside this one.
    pub(super) fn table(&self, key: &str, name: &'static str, faults: &mut Vec<Fault>) -> Option<Table<'a>> {
        let value = self.value(key)?;
        if let DeValue::Table(entries) = value.get_ref() {
            return Some(Table::new(name, entries, value.span()));
        }
        faults.push(wrong_type(key, "a table", value));
        None
    }

    /// The tables of an array of tables; none when the key is missing.
    pub(super) fn tables(&self, key: &str, name: &'static str, faults: &mut Vec<Fault>) -> Vec<Table<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            faults.push(wrong_type(key, "an array of tables", value).help(format!("write `{name}`")));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for element in array {
            match element.get_ref() {
                DeValue::Table(entries) => tables.push(Table::new(name, entries, element.span())),
                _ => faults.push(wrong_type(key, "an array of tables", element)),
            }
        }
        tables
    }

    /// Notes each key that is none of `known`.
    pub(super) fn check_keys(&self, known: &[&'static str], faults: &mut Vec<Fault>) {
        for (key, _) in self.entries().filter(|(key, _)| !known.contains(&key.value)) {
            let kind = FaultKind::UnknownKey { key: key.value.to_owned(), table: self.name };
            faults.push(Fault::new(kind, key.span).meant(closest(key.value, known.iter().copied())));
        }
    }
}

/// A value as a text that is not empty.
pub(super) fn text_of(
    key: &str,
    value: &Spanned<DeValue<'_>>,
    faults: &mut Vec<Fault>,
) -> Option<Located<String>> {
    let DeValue::String(text) = value.get_ref() else {
        faults.push(wrong_type(key, "a text", value));
        return None;
    };
    if text.trim().is_empty() {
        faults.push(Fault::new(FaultKind::Empty(key.to_owned()), Some(value.span())));
        return None;
    }
    Some(Located::new(text.trim().to_owned(), value.span()))
}

/// A text as one of some words.
pub(super) fn word_of<T: Copy>(
    key: &str,
    text: &Located<String>,
    words: &[(&'static str, T)],
    faults: &mut Vec<Fault>,
) -> Option<Located<T>> {
    if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text.value) {
        return Some(text.with(*meaning));
    }
    let words: Vec<&'static str> = words.iter().map(|(word, _)| *word).collect();
    let meant = closest(&text.value, words.iter().copied());
    let kind = FaultKind::UnknownWord { key: key.to_owned(), word: text.value.clone(), words };
    faults.push(Fault::new(kind, text.span.clone()).meant(meant));
    None
}

pub(super) fn wrong_type(key: &str, expected: &'static str, value: &Spanned<DeValue<'_>>) -> Fault {
    let found = match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    };
    Fault::new(FaultKind::WrongType { key: key.to_owned(), expected, found }, Some(value.span()))
}
