//! What a report says, in its language.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use jiff::civil::Date;
use kampus_core::Language;
use unic_langid::langid;

use crate::directory::Directory;
use crate::table::{ALL, Cell, ColumnKind};

/// What stands for a figure that may not be shown. Statistical offices use it so.
pub(crate) const HIDDEN: &str = "..";
/// What stands where there is no figure.
pub(crate) const GAP: &str = "–";

/// The messages, numbers and dates of one language. Reports are in Finnish, Swedish or English; Northern Sámi
/// readers get Finnish.
pub(crate) struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        let (language, tag, source) = match language {
            Language::Sv => (Language::Sv, langid!("sv"), include_str!("locales/sv.ftl")),
            Language::En => (Language::En, langid!("en"), include_str!("locales/en.ftl")),
            Language::Fi | Language::Se => (Language::Fi, langid!("fi"), include_str!("locales/fi.ftl")),
        };
        let mut bundle = FluentBundle::new(vec![tag]);
        bundle.set_use_isolating(false);
        // What does not parse is left out and shows as its key; the tests hold that nothing does.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// A message without anything to fill in.
    pub(crate) fn text(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A message; its key where the language has none.
    pub(crate) fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        let args: FluentArgs<'_> = args.iter().copied().collect();
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// A whole number with its thousands apart: `6 012`, `6,012`.
    pub(crate) fn count(&self, number: f64) -> String {
        let digits = format!("{number:.0}");
        let separator = if self.language == Language::En { ',' } else { '\u{a0}' };
        let mut out = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// A part of a whole with one decimal: `41,5 %`, `41.5%`.
    pub(crate) fn share(&self, share: f64) -> String {
        let percent = format!("{:.1}", share * 100.0);
        match self.language {
            Language::En => format!("{percent}%"),
            _ => format!("{}\u{a0}%", percent.replace('.', ",")),
        }
    }

    /// A part of a whole in whole percents, where many stand side by side: `42 %`, `42%`.
    pub(crate) fn percent(&self, share: f64) -> String {
        self.share((share * 100.0).round() / 100.0).replace(",0", "").replace(".0", "")
    }

    /// A day: `5.3.2018`, `5 March 2018`.
    pub(crate) fn date(&self, date: Date) -> String {
        match self.language {
            Language::En => date.strftime("%-d %B %Y").to_string(),
            _ => date.strftime("%-d.%-m.%Y").to_string(),
        }
    }

    /// A month on an axis: `3/2018`, `Mar 2018`.
    pub(crate) fn month(&self, date: Date) -> String {
        match self.language {
            Language::En => date.strftime("%b %Y").to_string(),
            _ => date.strftime("%-m/%Y").to_string(),
        }
    }

    /// What an organisation is called.
    pub(crate) fn organisation(&self, directory: &Directory, code: &str) -> String {
        if code == ALL {
            return self.text("all-organisations");
        }
        directory.name(code, self.language).to_owned()
    }

    /// A cell as people read it.
    pub(crate) fn cell(&self, cell: &Cell, kind: ColumnKind, directory: &Directory) -> String {
        match cell {
            Cell::Text(text) => text.clone(),
            Cell::Localised(text) => {
                text.best(&[self.language]).map_or_else(|| GAP.to_owned(), |(_, text)| text.clone())
            }
            Cell::Organisation(code) => self.organisation(directory, code),
            Cell::Date(date) => self.date(*date),
            Cell::Number(number) if kind == ColumnKind::Share => self.share(*number),
            Cell::Number(number) => self.count(*number),
            Cell::Hidden(_) => HIDDEN.to_owned(),
            Cell::Gap => GAP.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn numbers_and_days_are_written_as_the_language_does() {
        let (fi, sv, en) = (Words::of(Language::Fi), Words::of(Language::Sv), Words::of(Language::En));
        assert_eq!((fi.count(6012.0), en.count(1_234_567.0)), ("6\u{a0}012".into(), "1,234,567".into()));
        assert_eq!((fi.count(999.0), en.count(0.0)), ("999".into(), "0".into()));
        assert_eq!((sv.percent(0.415), en.percent(0.1)), ("42\u{a0}%".into(), "10%".into()));
        assert_eq!((sv.share(0.4153), en.share(0.4153)), ("41,5\u{a0}%".into(), "41.5%".into()));
        let day = date(2018, 3, 5);
        assert_eq!((fi.date(day), en.date(day)), ("5.3.2018".into(), "5 March 2018".into()));
        assert_eq!((sv.month(day), en.month(day)), ("3/2018".into(), "Mar 2018".into()));
    }

    #[test]
    fn every_message_exists_in_every_language() {
        let keys = |source: &str| -> BTreeSet<String> {
            let parsed = fluent_bundle::FluentResource::try_new(source.to_owned());
            assert!(parsed.is_ok(), "a file of messages does not parse");
            source
                .lines()
                .filter_map(|line| line.split_once(" = "))
                .map(|(key, text)| {
                    let holes = text.matches("{ $").count();
                    format!("{key}/{holes}")
                })
                .collect()
        };
        let english = keys(include_str!("locales/en.ftl"));
        assert!(english.len() > 50);
        assert_eq!(keys(include_str!("locales/fi.ftl")), english);
        assert_eq!(keys(include_str!("locales/sv.ftl")), english);
    }
}
