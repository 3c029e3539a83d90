//! Where pages go by the plan: sections and workspaces, and the rules that send them there.

use maud::{Markup, html};

use super::View;
use crate::outcome::{SurveyRule, SurveyTarget};
use crate::report::frame::{Cell, Column, Section, listed};
use crate::report::words::Words;

/// The plan's targets and rules with what they take; nothing for a plan that has neither.
pub(super) fn places(view: &View<'_>) -> Option<Section> {
    let (survey, words) = (view.survey, view.words);
    if survey.rules.is_empty() && survey.targets.is_empty() {
        return None;
    }
    let content = html! {
        p { (words.text("places-about")) }
        @if !survey.targets.is_empty() { (targets(view)) }
        @if !survey.rules.is_empty() { (rules(view)) }
    };
    Some(Section { id: "places", heading: words.text("places-heading"), content })
}

fn targets(view: &View<'_>) -> Markup {
    let words = view.words;
    let columns = [
        view.column("target", Column::Text),
        view.column("place-kind", Column::Plain),
        view.column("organisation", Column::Plain),
        view.column("visibility", Column::Plain),
        view.column("pages", Column::Number),
    ];
    let rows = view.survey.targets.iter().map(|target| {
        vec![
            Cell::Text(title(target, words)),
            Cell::Text(words.word("place", &target.kind)),
            Cell::Text(target.organisation.clone()),
            Cell::Text(words.word("visibility", &target.visibility)),
            Cell::Text(words.number(target.pages)),
        ]
    });
    listed(&words.text("places-targets"), &columns, rows, words)
}

fn rules(view: &View<'_>) -> Markup {
    let (survey, words) = (view.survey, view.words);
    let columns = [
        view.column("rule", Column::Text),
        view.column("goes-to", Column::Text),
        view.column("pages", Column::Number),
        view.column("files", Column::Number),
    ];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for rule in &survey.rules {
        rows.push(vec![
            Cell::Text(rule.name.clone()),
            Cell::Text(goes_to(rule, view)),
            Cell::Text(words.number(rule.pages)),
            Cell::Text(words.number(rule.files)),
        ]);
    }
    rows.push(vec![
        Cell::Text(words.text("no-rule")),
        Cell::Text(words.text("own-section")),
        Cell::Text(words.number(survey.unruled)),
        Cell::Text(String::new()),
    ]);
    listed(&words.text("places-rules"), &columns, rows, words)
}

fn goes_to(rule: &SurveyRule, view: &View<'_>) -> String {
    match &rule.target {
        _ if rule.discards => view.words.text("stays-behind"),
        None => view.words.text("own-section"),
        Some(id) => {
            let target = view.survey.targets.iter().find(|target| target.id == *id);
            target.map_or_else(|| id.clone(), |target| title(target, view.words))
        }
    }
}

fn title(target: &SurveyTarget, words: &Words) -> String {
    target.title.best(&[words.language()]).map_or_else(|| target.id.clone(), |(_, title)| title.clone())
}
