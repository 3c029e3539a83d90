//! Rules: which pages go where, and as what.

use jiff::civil::Date;
use kampus_core::Language;
use kampus_core::content::{Classification, ItemKind};

use super::located::Located;
use super::pattern::Pattern;
use crate::inventory::Decision;
use crate::record::{LegacyStatus, PageKind};

/// A rule. Of a plan's rules, in their order, the first whose conditions all hold for a record decides about it; the
/// others do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What people call it; `rule 3` when the plan does not say.
    pub name: String,
    /// What must hold.
    pub when: Conditions,
    /// What becomes of the record then.
    pub then: Results,
}

/// What must hold for a rule to match: of each condition that is given, one of its values. Without any, a rule takes
/// every page. Files follow their pages, so they are matched by rules only that ask for `file`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// Ids of sources.
    pub sources: Vec<String>,
    /// Labels, whole (`category/Ohjeet`) or without their domain (`Ohjeet`).
    pub labels: Vec<Pattern>,
    /// Labels of the domain `category`.
    pub categories: Vec<Pattern>,
    /// The path of the main address.
    pub paths: Vec<Pattern>,
    /// The template that drew the page at the source.
    pub templates: Vec<Pattern>,
    /// The author, as the export names them.
    pub authors: Vec<Pattern>,
    /// Kinds at the source.
    pub kinds: Vec<RuleKind>,
    /// Publication states at the source.
    pub statuses: Vec<LegacyStatus>,
    /// Languages, as the export gives them or as the text tells.
    pub languages: Vec<Language>,
    /// Day of creation, in the source's time zone.
    pub created: Days,
    /// Day of the last change, in the source's time zone.
    pub modified: Days,
}

/// A kind of record that rules tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// A page of that kind.
    Page(PageKind),
    /// A file.
    File,
}

/// A stretch of days. What has no date lies in none but the one without bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The first day.
    pub after: Option<Date>,
    /// The first day that is too late.
    pub before: Option<Date>,
}

impl Days {
    /// Whether a day lies in it.
    pub fn hold(self, day: Option<Date>) -> bool {
        match day {
            None => self == Self::default(),
            Some(day) => {
                self.after.is_none_or(|after| after <= day) && self.before.is_none_or(|before| day < before)
            }
        }
    }

    /// Whether no day lies in it.
    pub fn is_empty(self) -> bool {
        matches!((self.after, self.before), (Some(after), Some(before)) if before <= after)
    }

    /// Whether all of its days lie in another stretch.
    fn within(self, other: Self) -> bool {
        let starts = other.after.is_none_or(|bound| self.after.is_some_and(|after| bound <= after));
        let ends = other.before.is_none_or(|bound| self.before.is_some_and(|before| before <= bound));
        starts && ends
    }
}

/// What a rule does with a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results {
    /// The id of the target that it goes to; the source's section otherwise.
    pub target: Option<String>,
    /// What it becomes.
    pub kind: Option<ItemKind>,
    /// How widely it may be known. An old protection mark comes before it.
    pub classification: Option<Classification>,
    /// Whom it is shown to first.
    pub audience: Option<RuleAudience>,
    /// Who owns it from now on: an e-mail address or a name that the lists of people know.
    pub owner: Option<String>,
    /// Whether it moves at all. What was decided on the very page comes before it.
    pub decision: Option<Decision>,
    /// The language that it is in, whatever the export says.
    pub language: Option<Language>,
}

/// Whom a rule's pages are shown to first. It never widens and never narrows who may read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleAudience {
    /// Codes of organisations and units.
    pub organisations: Vec<Located<String>>,
    /// Names of groups.
    pub groups: Vec<String>,
    /// Readers of these languages.
    pub languages: Vec<Language>,
}

impl Conditions {
    /// Whether all that satisfies these conditions satisfies the others too, as far as can be told without looking at
    /// content.
    pub(super) fn within(&self, other: &Self) -> bool {
        fn some<T: PartialEq>(own: &[T], other: &[T]) -> bool {
            other.is_empty() || (!own.is_empty() && own.iter().all(|value| other.contains(value)))
        }
        some(&self.sources, &other.sources)
            && some(&self.labels, &other.labels)
            && some(&self.categories, &other.categories)
            && some(&self.paths, &other.paths)
            && some(&self.templates, &other.templates)
            && some(&self.authors, &other.authors)
            && some(&self.kinds_or_pages(), &other.kinds_or_pages())
            && some(&self.statuses, &other.statuses)
            && some(&self.languages, &other.languages)
            && self.created.within(other.created)
            && self.modified.within(other.modified)
    }

    /// The kinds that it takes: all pages when it names none.
    fn kinds_or_pages(&self) -> Vec<RuleKind> {
        if !self.kinds.is_empty() {
            return self.kinds.clone();
        }
        [PageKind::Page, PageKind::News, PageKind::Service, PageKind::Discussion].map(RuleKind::Page).to_vec()
    }
}

impl Results {
    /// Whether a rule with these does nothing at all.
    pub(super) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_with_the_first_and_end_before_the_last() {
        let day = |text: &str| Some(text.parse::<Date>().unwrap());
        let days = Days { after: day("2015-01-01"), before: day("2016-01-01") };
        assert!(days.hold(day("2015-01-01")) && days.hold(day("2015-12-31")));
        assert!(!days.hold(day("2016-01-01")) && !days.hold(None));
        assert!(Days::default().hold(None));
        assert!(days.within(Days::default()) && !Days::default().within(days));
        assert!(Days { after: day("2016-01-01"), ..days }.is_empty());
    }

    #[test]
    fn narrower_conditions_are_within_wider_ones() {
        let label = |text: &str| vec![Pattern::words(text).unwrap()];
        let wide = Conditions { sources: vec!["ym".to_owned(), "lvm".to_owned()], ..Conditions::default() };
        let narrow =
            Conditions { sources: vec!["ym".to_owned()], labels: label("Ohjeet"), ..Conditions::default() };
        assert!(narrow.within(&wide) && !wide.within(&narrow));
        assert!(narrow.within(&Conditions::default()));
        let files = Conditions { kinds: vec![RuleKind::File], ..Conditions::default() };
        assert!(!files.within(&Conditions::default()), "a rule about pages takes no files");
    }
}
