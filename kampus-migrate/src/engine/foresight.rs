//! What a run would do with each page, told by a survey: the same routes, before anything is loaded.

use super::route::route;
use super::ruling::Ruling;
use crate::outcome::{Finding, Problem, SurveyOutcome, SurveyRow, SurveyRule, SurveyTarget};
use crate::plan::{CheckedPlan, Source};
use crate::record::{LegacyBody, LegacyRecord};

/// The routes of a plan's records, counted by rule.
pub(super) struct Foresight<'a> {
    plan: &'a CheckedPlan,
    /// Pages and files of each rule.
    taken: Vec<(u64, u64)>,
    unruled: u64,
}

impl<'a> Foresight<'a> {
    pub(super) fn new(plan: &'a CheckedPlan) -> Self {
        Self { plan, taken: vec![(0, 0); plan.rules().len()], unruled: 0 }
    }

    /// Looks at a record; `row` is that of a page.
    pub(super) fn look(&mut self, source: &Source, record: &LegacyRecord, row: Option<&mut SurveyRow>) {
        if !matches!(record.body, LegacyBody::Page(_) | LegacyBody::File(_)) {
            return;
        }
        let route = route(record, source, self.plan, None);
        match (route.rule.and_then(|rule| self.taken.get_mut(rule)), &row) {
            (Some((pages, _)), Some(_)) => *pages += 1,
            (Some((_, files)), None) => *files += 1,
            (None, Some(_)) => self.unruled += 1,
            (None, None) => {}
        }
        let (Some(row), LegacyBody::Page(page)) = (row, &record.body) else { return };
        // What the export says stays as it says it.
        if page.language.is_none() {
            row.language = Some(route.language.to_string());
        }
        row.language_from = Some(route.language_from);
        row.rule = route.rule.and_then(|rule| self.plan.rules().get(rule)).map(|rule| rule.name.clone());
        if route.ruling == Ruling::Keep {
            row.target = route.target;
        }
        if let Ruling::Impossible(reason) = route.ruling {
            row.findings.push(Finding::of(Problem::Impossible, &reason));
        }
        row.findings.extend(route.notices.iter().map(|notice| Finding::of(Problem::Route, notice)));
    }

    /// Tells what each rule takes.
    pub(super) fn tell(self, outcome: &mut SurveyOutcome) {
        outcome.unruled = self.unruled;
        outcome.rules = self
            .plan
            .rules()
            .iter()
            .zip(self.taken)
            .map(|(rule, (pages, files))| SurveyRule {
                name: rule.name.clone(),
                target: rule.then.target.clone(),
                discards: matches!(rule.then.decision, Some(crate::inventory::Decision::Discard { .. })),
                pages,
                files,
            })
            .collect();
        let goes_to =
            |id: &str| outcome.pages.iter().filter(|page| page.target.as_deref() == Some(id)).count();
        let targets = self.plan.targets().iter().map(|target| SurveyTarget {
            id: target.id.clone(),
            title: target.title.clone(),
            kind: target.kind_word().to_owned(),
            organisation: target.organisation.value.clone(),
            visibility: target.visibility_word().to_owned(),
            pages: goes_to(&target.id) as u64,
        });
        outcome.targets = targets.collect();
    }
}
