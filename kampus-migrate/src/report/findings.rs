//! What a survey found on a page, in the language of those who read the page or the workbook.

use kampus_core::Language;

use super::frame::markup_text;
use super::words::Words;
use crate::outcome::{Finding, Problem, SurveyRow};

/// `problem-no-owner`: the key of a problem's messages.
pub(super) fn problem_key(problem: Problem) -> String {
    format!("problem-{}", problem.as_str().replace('_', "-"))
}

/// A finding's detail; of markup, in the language.
pub(super) fn detail(finding: &Finding, words: &Words) -> String {
    match finding.detail.split_once(" × ") {
        Some((count, what)) if finding.problem == Problem::Markup => {
            format!("{count} × {}", markup_text(what, words))
        }
        _ => finding.detail.clone(),
    }
}

/// The words for rows of pages in one language.
pub(crate) struct RowWords(Words);

impl RowWords {
    pub(crate) fn of(language: Language) -> Self {
        Self(Words::of(language))
    }

    /// What a kind of record is called.
    pub(crate) fn kind(&self, kind: &str) -> String {
        self.0.word("kind", kind)
    }

    /// What was found on a page, a line for each: `Ei omistajaa`, `Linkki, joka ei johda mihinkään: /poissa`.
    pub(crate) fn problems(&self, page: &SurveyRow) -> String {
        if page.findings.is_empty() {
            return page.problems.join("\n");
        }
        let line = |finding: &Finding| {
            let name = self.0.text(&problem_key(finding.problem));
            let detail = detail(finding, &self.0);
            if detail.is_empty() { name } else { format!("{name}: {detail}") }
        };
        page.findings.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
