//! Sentences, titles and short texts.

use super::dice::Dice;
use super::words::{ENGLISH, FINNISH, SWEDISH, Words};

/// A language that pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// Finnish.
    #[default]
    Finnish,
    /// Swedish.
    Swedish,
    /// English.
    English,
}

impl Tongue {
    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Finnish => "fi",
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::Finnish => &FINNISH,
            Self::Swedish => &SWEDISH,
            Self::English => &ENGLISH,
        }
    }
}

/// A title: what it is about and what it says of that.
pub(super) fn title(dice: &mut Dice, tongue: Tongue) -> (&'static str, &'static str) {
    let words = tongue.words();
    (dice.one_of(&words.subjects), dice.one_of(&words.turns))
}

/// Appends a sentence.
pub(super) fn sentence(dice: &mut Dice, tongue: Tongue, out: &mut String) {
    let words = tongue.words();
    let form = dice.below(10);
    if form < 3 {
        out.push_str(dice.one_of(&words.sentences));
        return;
    }
    for part in [&words.actors, &words.verbs, &words.objects, &words.manners] {
        out.push_str(dice.one_of(part));
        out.push(' ');
    }
    out.pop();
    if form > 6 {
        out.push_str(", ");
        out.push_str(dice.one_of(&words.clauses));
    }
    // A manner may end with the full stop of an abbreviation.
    if !out.ends_with('.') {
        out.push('.');
    }
}

/// A few sentences.
pub(super) fn sentences(dice: &mut Dice, tongue: Tongue, count: u32) -> String {
    let mut out = String::new();
    for at in 0..count {
        if at > 0 {
            out.push(' ');
        }
        sentence(dice, tongue, &mut out);
    }
    out
}

/// A text as part of an address: small letters, digits and hyphens.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'ä' | 'å' | 'Ä' | 'Å' => out.push('a'),
            'ö' | 'Ö' => out.push('o'),
            'é' => out.push('e'),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}
