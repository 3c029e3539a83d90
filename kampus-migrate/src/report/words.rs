//! What a page says, in its language.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use jiff::civil::Date;
use kampus_core::Language;
use unic_langid::langid;

/// The messages, numbers and dates of one language. Northern Sámi readers get Finnish.
pub(super) struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    pub(super) fn of(language: Language) -> Self {
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

    /// The language.
    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// The BCP 47 code of the language.
    pub(super) fn code(&self) -> &'static str {
        self.language.code()
    }

    /// A message without anything to fill in.
    pub(super) fn text(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A message with texts to fill in; its key where the language has none.
    pub(super) fn say(&self, key: &str, texts: &[(&str, &str)]) -> String {
        self.format(key, &texts.iter().copied().collect())
    }

    /// A message about a number, which it has as `$n`; `$count` chooses between one and many.
    pub(super) fn counted(&self, key: &str, number: u64, texts: &[(&str, &str)]) -> String {
        let mut args: FluentArgs<'_> = texts.iter().copied().collect();
        args.set("count", number);
        args.set("n", self.number(number));
        self.format(key, &args)
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        self.bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned()
    }

    /// The message for a word of data; nothing for words that are a source's own.
    pub(super) fn known(&self, prefix: &str, word: &str) -> Option<String> {
        let key = format!("{prefix}-{word}");
        self.bundle.has_message(&key).then(|| self.text(&key))
    }

    /// The message for a word of data, or the word itself.
    pub(super) fn word(&self, prefix: &str, word: &str) -> String {
        self.known(prefix, word).unwrap_or_else(|| word.to_owned())
    }

    /// A whole number with its thousands apart: `6 012`, `6,012`.
    pub(super) fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let separator = if self.language == Language::En { ',' } else { '\u{a0}' };
        let mut out = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// A size as people tell it: `912 tavua`, `1,4 kt`, `23 Mt`.
    pub(super) fn bytes(&self, bytes: u64) -> String {
        if bytes < 1_000 {
            return self.counted("bytes", bytes, &[]);
        }
        let mut unit = "kB";
        let mut divisor = 1_000_u64;
        for larger in ["MB", "GB", "TB"] {
            // Half a unit is rounded up, so that nothing shows as 1000 kB.
            if bytes < divisor * 1_000 - divisor / 2 {
                break;
            }
            (unit, divisor) = (larger, divisor * 1_000);
        }
        let tenths = bytes.saturating_add(divisor / 20) / (divisor / 10);
        let shown = if tenths >= 100 {
            self.number(bytes.saturating_add(divisor / 2) / divisor)
        } else {
            let point = if self.language == Language::En { '.' } else { ',' };
            format!("{}{point}{}", tenths / 10, tenths % 10)
        };
        format!("{shown}\u{a0}{}", self.text(&format!("unit-{unit}")))
    }

    /// A part of a whole in whole percents: `42 %`, `42%`; what is there is never shown as nothing.
    pub(super) fn share(&self, part: u64, whole: u64) -> String {
        let percent =
            part.saturating_mul(100).saturating_add(whole / 2).checked_div(whole).unwrap_or_default();
        let shown = if percent == 0 && part > 0 { "<\u{a0}1".to_owned() } else { percent.to_string() };
        if self.language == Language::En { format!("{shown}%") } else { format!("{shown}\u{a0}%") }
    }

    /// A day: `5.3.2018`, `5 March 2018`.
    pub(super) fn date(&self, date: Date) -> String {
        match self.language {
            Language::En => date.strftime("%-d %B %Y").to_string(),
            _ => date.strftime("%-d.%-m.%Y").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn numbers_sizes_and_days_are_written_as_the_language_does() {
        let (fi, sv, en) = (Words::of(Language::Fi), Words::of(Language::Sv), Words::of(Language::En));
        assert_eq!((fi.number(6_012), en.number(1_234_567)), ("6\u{a0}012".into(), "1,234,567".into()));
        assert_eq!((fi.share(1, 3), en.share(1, 1_000)), ("33\u{a0}%".into(), "<\u{a0}1%".into()));
        assert_eq!((fi.share(0, 0), sv.share(0, 7)), ("0\u{a0}%".into(), "0\u{a0}%".into()));
        assert_eq!(
            (fi.bytes(1), fi.bytes(912), en.bytes(1)),
            ("1 tavu".into(), "912 tavua".into(), "1 byte".into())
        );
        assert_eq!((fi.bytes(1_449), sv.bytes(9_960)), ("1,4\u{a0}kt".into(), "10\u{a0}kB".into()));
        assert_eq!((fi.bytes(999_499), fi.bytes(999_500)), ("999\u{a0}kt".into(), "1,0\u{a0}Mt".into()));
        assert_eq!(en.bytes(23_400_000_000), "23\u{a0}GB");
        assert!(en.bytes(u64::MAX).ends_with("TB"));
        let day = date(2018, 3, 5);
        assert_eq!((sv.date(day), en.date(day)), ("5.3.2018".into(), "5 March 2018".into()));
    }

    #[test]
    fn a_word_without_a_message_stays_itself() {
        let fi = Words::of(Language::Se);
        assert_eq!(
            (fi.word("kind", "page"), fi.word("kind", "nav_menu_item")),
            ("sivu".into(), "nav_menu_item".into())
        );
    }

    #[test]
    fn every_message_exists_in_every_language() {
        let keys = |source: &str| -> BTreeSet<String> {
            assert!(FluentResource::try_new(source.to_owned()).is_ok(), "a file of messages does not parse");
            source.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect()
        };
        let english = keys(include_str!("locales/en.ftl"));
        assert!(english.len() > 100);
        assert_eq!(keys(include_str!("locales/fi.ftl")), english);
        assert_eq!(keys(include_str!("locales/sv.ftl")), english);
    }
}
