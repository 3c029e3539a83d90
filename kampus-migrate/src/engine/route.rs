//! Where a record goes and as what: by decision, by rule, or by its source.
//!
//! A route is a function of the record, the plan and the decisions alone, so that it can be found on any thread, and a
//! survey foretells what a run does.

use jiff::civil::Date;
use kampus_core::content::{self, Classification, ItemKind};
use kampus_core::{GroupId, Language, Snapshot, Transaction};

use super::error::MigrateError;
use super::language::{self, Spoken};
use super::ruling::{Ruling, rule};
use super::survey::day;
use super::{address, reach};
use crate::inventory::{Decision, Decisions};
use crate::outcome::LanguageFrom;
use crate::plan::{CheckedPlan, Conditions, Pattern, RuleKind, Source};
use crate::record::{LegacyBody, LegacyPage, LegacyRecord, LegacyTime};

/// Where a record goes and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    /// Whether it moves at all.
    pub(crate) ruling: Ruling,
    /// The id of the target; the source's own section otherwise.
    pub(crate) target: Option<String>,
    /// What it becomes; what it was otherwise.
    pub(crate) kind: Option<ItemKind>,
    /// How widely it may be known, unless it bears a mark.
    pub(crate) classification: Option<Classification>,
    /// Whom it is shown to first.
    pub(crate) audience: Option<Audience>,
    /// Who owns it, as somebody wrote it; its author otherwise.
    pub(crate) owner: Option<String>,
    /// The language that it is in.
    pub(crate) language: Language,
    /// How that is known.
    pub(crate) language_from: LanguageFrom,
    /// The number of the plan's rule that took it.
    pub(crate) rule: Option<usize>,
    /// What people should know about where it goes.
    pub(crate) notices: Vec<String>,
}

/// Whom something is shown to first, in the plan's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Audience {
    pub(crate) organisations: Vec<String>,
    pub(crate) groups: Vec<String>,
    pub(crate) languages: Vec<Language>,
}

impl Route {
    /// What of it decides how the record is loaded. A record whose route is the same as before needs no loading again,
    /// whichever rule says so.
    pub(crate) fn identity(&self) -> String {
        format!(
            "{:?}",
            (
                &self.ruling,
                &self.target,
                self.kind,
                self.classification,
                &self.audience,
                &self.owner,
                self.language
            )
        )
    }
}

/// Finds the route of a record.
pub(crate) fn route(
    record: &LegacyRecord,
    source: &Source,
    plan: &CheckedPlan,
    decisions: Option<&Decisions>,
) -> Route {
    let spoken = match &record.body {
        LegacyBody::Page(page) => language::of(page, source),
        _ => Spoken { language: source.language, from: LanguageFrom::Assumed, unknown: None },
    };
    let facts = Facts::of(record, source, spoken.language);
    let found =
        facts.and_then(|facts| plan.rules().iter().enumerate().find(|(_, rule)| facts.satisfy(&rule.when)));
    let rule_of = found.map(|(_, rule)| rule);
    let decided = decisions.and_then(|decisions| decisions.get(&source.id, &record.id));
    let then = rule_of.map(|rule| &rule.then);
    let ruled = then.and_then(|then| then.language);
    let mut route = Route {
        ruling: rule(record, source, decided, rule_of),
        target: then.and_then(|then| then.target.clone()),
        kind: then.and_then(|then| then.kind),
        classification: then.and_then(|then| then.classification),
        audience: then.and_then(|then| then.audience.as_ref()).map(|audience| Audience {
            organisations: audience.organisations.iter().map(|code| code.value.clone()).collect(),
            groups: audience.groups.clone(),
            languages: audience.languages.clone(),
        }),
        owner: decided
            .and_then(|decided| decided.owner.clone())
            .or_else(|| then.and_then(|then| then.owner.clone())),
        language: ruled.unwrap_or(spoken.language),
        language_from: if ruled.is_some() { LanguageFrom::Ruled } else { spoken.from },
        rule: found.map(|(number, _)| number),
        notices: Vec::new(),
    };
    let mut who = rule_of.map_or_else(|| "the plan".to_owned(), |rule| format!("the rule `{}`", rule.name));
    if let Some(Decision::Move { to }) = decided.and_then(|decided| decided.decision.as_ref())
        && route.ruling == Ruling::Keep
    {
        match plan.target_called(to) {
            Some(target) => route.target = Some(target.id.clone()),
            None => {
                route.ruling = Ruling::Impossible(format!("the plan has no one target `{to}` to move it to"));
            }
        }
        "the workbook of decisions".clone_into(&mut who);
    }
    if route.ruling == Ruling::Keep {
        route.notices = notices(&route, source, plan, &who);
        let unknown = spoken.unknown.filter(|_| ruled.is_none());
        route.notices.extend(unknown.map(|tag| {
            format!("its language `{tag}` is none of Kampus's: it stands as `{}`", route.language)
        }));
    }
    route
}

/// Says where somebody shows a record to more people than its source did.
fn notices(route: &Route, source: &Source, plan: &CheckedPlan, who: &str) -> Vec<String> {
    let mut notices = Vec::new();
    let target = route.target.as_deref().and_then(|id| plan.target(id));
    if let Some(wider) = target.and_then(|target| reach::wider(source, target)) {
        notices.push(format!("{who} shows it to more people: {wider}"));
    }
    let usual = Classification::default().min(source.classification);
    if let Some(class) = route.classification.filter(|class| *class < usual) {
        notices.push(format!("{who} classifies it lower than its source did: {class:?}, not {usual:?}"));
    }
    notices
}

/// What rules ask of a record.
struct Facts<'a> {
    source: &'a str,
    kind: RuleKind,
    language: Option<Language>,
    path: Option<String>,
    author: Option<&'a str>,
    created: Option<Date>,
    modified: Option<Date>,
    page: Option<&'a LegacyPage>,
}

impl<'a> Facts<'a> {
    /// The facts of a page or a file; rules are about nothing else.
    fn of(record: &'a LegacyRecord, source: &'a Source, language: Language) -> Option<Self> {
        let day = |time: Option<LegacyTime>| time.map(|time| day(time, source));
        let bare = |author: &'a Option<String>| {
            author.as_deref().map(|author| author.strip_prefix("user:").unwrap_or(author))
        };
        match &record.body {
            LegacyBody::Page(page) => Some(Self {
                source: &source.id,
                kind: RuleKind::Page(page.kind),
                language: Some(language),
                path: page.addresses.first().and_then(|main| address::path(main)),
                author: bare(&page.author),
                created: day(page.created),
                modified: day(page.modified),
                page: Some(page),
            }),
            LegacyBody::File(file) => Some(Self {
                source: &source.id,
                kind: RuleKind::File,
                language: None,
                path: file.addresses.first().and_then(|main| address::path(main)),
                author: bare(&file.author),
                created: day(file.created),
                modified: day(file.modified),
                page: None,
            }),
            _ => None,
        }
    }

    fn satisfy(&self, when: &Conditions) -> bool {
        let kind = match when.kinds.as_slice() {
            // Files follow their pages: a rule has to ask for them.
            [] => self.kind != RuleKind::File,
            kinds => kinds.contains(&self.kind),
        };
        let labels = || self.page.map_or(&[][..], |page| &page.labels);
        kind && any(&when.sources, |id| id == self.source)
            && any(&when.languages, |wanted| Some(*wanted) == self.language)
            && any(&when.statuses, |wanted| self.page.is_some_and(|page| page.status == *wanted))
            && any(&when.authors, |pattern| self.author.is_some_and(|author| pattern.matches(author)))
            && any(&when.labels, |pattern| labels().iter().any(|label| is_labelled(pattern, label)))
            && any(&when.categories, |pattern| {
                labels().iter().any(|label| {
                    label
                        .split_once('/')
                        .is_some_and(|(domain, rest)| domain == "category" && pattern.matches(rest))
                })
            })
            && any(&when.templates, |pattern| {
                self.page.and_then(template).is_some_and(|template| pattern.matches(template))
            })
            && any(&when.paths, |pattern| self.path.as_deref().is_some_and(|path| pattern.matches_path(path)))
            && when.created.hold(self.created)
            && when.modified.hold(self.modified)
    }
}

/// Whether a condition holds: it is not given, or one of its values does.
fn any<T>(wanted: &[T], holds: impl FnMut(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(holds)
}

/// A label is meant whole, or without its domain.
fn is_labelled(pattern: &Pattern, label: &str) -> bool {
    pattern.matches(label) || label.split_once('/').is_some_and(|(_, rest)| pattern.matches(rest))
}

/// What drew the page at its source: `WordPress`' metadata, or a column that says so.
fn template(page: &LegacyPage) -> Option<&str> {
    const NAMES: [&str; 6] =
        ["_wp_page_template", "template", "page template", "sivupohja", "sivumalli", "sidmall"];
    let is_template = |name: &str| NAMES.contains(&name.trim().to_lowercase().as_str());
    page.extra.iter().find(|(name, _)| is_template(name)).map(|(_, value)| value.as_str())
}

/// Looks whether the store has all groups that rules name, before anything is loaded.
pub(super) fn check_audiences(plan: &CheckedPlan, snapshot: &Snapshot) -> Result<(), MigrateError> {
    for rule in plan.rules() {
        for name in rule.then.audience.iter().flat_map(|audience| &audience.groups) {
            if group(snapshot, name).is_none() {
                return Err(MigrateError::UnknownGroup { group: name.clone(), rule: rule.name.clone() });
            }
        }
    }
    Ok(())
}

/// Whom a route shows its record to first; `Err` says whom the store does not know.
pub(super) fn audience(tx: &Transaction<'_>, route: &Route) -> Result<content::Audience, String> {
    let Some(named) = &route.audience else { return Ok(content::Audience::default()) };
    let snapshot = tx.snapshot();
    let mut audience =
        content::Audience { languages: named.languages.clone(), ..content::Audience::default() };
    for code in &named.organisations {
        let node = snapshot.directory().organisation_by_code(code);
        let unknown = || format!("the store knows no organisation `{code}`, which is to see it first");
        audience.units.push(node.map(|node| node.id).ok_or_else(unknown)?);
    }
    for name in &named.groups {
        let unknown = || format!("the store knows no group `{name}`, which is to see it first");
        audience.groups.push(group(&snapshot, name).ok_or_else(unknown)?);
    }
    Ok(audience)
}

fn group(snapshot: &Snapshot, name: &str) -> Option<GroupId> {
    let wanted = name.to_lowercase();
    let mut called = snapshot
        .directory()
        .groups()
        .filter(|group| group.name.iter().any(|(_, name)| name.to_lowercase() == wanted))
        .map(|group| group.id);
    let first = called.next()?;
    // Two groups of one name are a question, not an answer.
    called.next().is_none().then_some(first)
}
