//! A TOML table that is read key by key and remembers what is wrong with it.

use std::ops::Range;

use jiff::civil::Date;
use jiff::fmt::strtime;
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

    /// Where the table stands.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Where a key's value stands.
    pub(super) fn span_of(&self, key: &str) -> Option<Range<usize>> {
        Some(self.value(key)?.span())
    }

    /// Notes a key that has to be there and is not.
    pub(super) fn present(&self, key: &'static str, faults: &mut Vec<Fault>) {
        if self.value(key).is_none() {
            faults.push(Fault::new(FaultKind::MissingKey { key, table: self.name }, Some(self.span.clone())));
        }
    }

    /// A text that has to be there. Without it, the fault is noted and an empty text stands in.
    pub(super) fn required(&self, key: &'static str, faults: &mut Vec<Fault>) -> Located<String> {
        self.present(key, faults);
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

    /// A text, or an array of texts that is not empty; nothing when the key is missing.
    pub(super) fn texts(&self, key: &str, faults: &mut Vec<Fault>) -> Vec<Located<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(array) => {
                if array.is_empty() {
                    faults.push(Fault::new(FaultKind::Empty(key.to_owned()), Some(value.span())));
                }
                array.iter().filter_map(|element| text_of(key, element, faults)).collect()
            }
            DeValue::String(_) => text_of(key, value, faults).into_iter().collect(),
            _ => {
                faults.push(wrong_type(key, "a text or an array of texts", value));
                Vec::new()
            }
        }
    }

    /// Words, one or an array of them.
    pub(super) fn words<T: Copy>(
        &self,
        key: &str,
        words: &[(&'static str, T)],
        faults: &mut Vec<Fault>,
    ) -> Vec<T> {
        let texts = self.texts(key, faults);
        texts.iter().filter_map(|text| word_of(key, text, words, faults)).map(|word| word.value).collect()
    }

    /// A day, as TOML writes it or as a text.
    pub(super) fn date(&self, key: &str, faults: &mut Vec<Fault>) -> Option<Located<Date>> {
        let value = self.value(key)?;
        let (day, meant) = match value.get_ref() {
            DeValue::Datetime(at) => {
                let day = at.date.and_then(|day| {
                    let (month, day_of_month) = (i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?);
                    Date::new(i16::try_from(day.year).ok()?, month, day_of_month).ok()
                });
                if at.time.is_none() { (day, None) } else { (None, day) }
            }
            DeValue::String(text) => {
                let text = text.trim();
                let finnish = || strtime::parse("%d.%m.%Y", text).ok()?.to_date().ok();
                // Only what is nothing but a day: jiff also reads a day out of a moment.
                let day = text.parse::<Date>().ok();
                match day.filter(|day| day.to_string() == text) {
                    Some(day) => (Some(day), None),
                    None => (None, day.or_else(finnish)),
                }
            }
            _ => {
                faults.push(wrong_type(key, "a date", value).help("write 2015-12-31"));
                return None;
            }
        };
        if day.is_none() {
            let fault = Fault::new(FaultKind::BadDate(key.to_owned()), Some(value.span()));
            let meant = meant.map(|day| day.to_string());
            faults.push(fault.help("a day is written 2015-12-31").meant(meant.as_deref()));
        }
        day.map(|day| Located::new(day, value.span()))
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
