//! What the sources of a plan hold, before anything is loaded.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kampus_core::content::Classification;

use super::error::MigrateError;
use super::foresight::Foresight;
use super::known::Known;
use super::source::{self, Input};
use super::{Progress, files};
use crate::clean;
use crate::format::{Event, ReadFault};
use crate::outcome::{
    Finding, MissingFile, PageRef, Problem, ProtectionMark, Rejection, SurveyOutcome, SurveyOverview,
    SurveyRow, SurveySource, VERSION,
};
use crate::plan::{CheckedPlan, Source, Target};
use crate::record::{
    CommentState, LegacyBody, LegacyFile, LegacyPage, LegacyRecord, LegacyStatus, LegacyTime,
};

/// Reads every source of a plan and says what is in it, page by page, and what is wrong with each page.
pub fn survey(plan: &CheckedPlan, progress: &mut dyn FnMut(Progress)) -> Result<SurveyOutcome, MigrateError> {
    let mut outcome = SurveyOutcome { version: VERSION, ..SurveyOutcome::default() };
    let mut known = Known::default();
    let mut seen = Seen::default();
    let mut foresight = Foresight::new(plan);
    for list in plan.people() {
        known.expect_people();
        let input = Input::people(list);
        let mut tally = BTreeMap::new();
        let rejections = &mut outcome.rejections;
        let (format, stopped) = source::each(&input, progress, |event| {
            match event {
                Ok(Event::Record(record)) => {
                    *tally.entry(record.body.kind().to_owned()).or_default() += 1;
                    if let LegacyBody::Person(person) = &record.body {
                        known.list(person);
                    }
                }
                Err(ReadFault::Record { place, id, reason, .. }) => {
                    rejections.push(Rejection {
                        source: list.id.clone(),
                        place: place.to_string(),
                        reason,
                        id,
                    });
                }
                Ok(Event::Notice { .. }) | Err(ReadFault::File { .. }) => {}
            }
            Ok(())
        })?;
        outcome.sources.push(SurveySource {
            source: list.id.clone(),
            organisation: None,
            format,
            path: list.shown.clone(),
            records: tally,
            stopped,
            ..SurveySource::default()
        });
    }
    for source in plan.sources() {
        survey_source(source, &mut outcome, &mut known, &mut seen, &mut foresight, progress)?;
    }
    foresight.tell(&mut outcome)?;
    seen.raise_ceilings(plan, &outcome.pages);
    let Seen { marks, missing_files } = seen;
    outcome.overview = SurveyOverview { marks, missing_files, ..known.judge(&mut outcome.pages) };
    progress(Progress::Done);
    Ok(outcome)
}

/// What is told of records one by one, beside the rows of pages.
#[derive(Default)]
struct Seen {
    marks: Vec<ProtectionMark>,
    missing_files: Vec<MissingFile>,
}

fn survey_source(
    source: &Source,
    outcome: &mut SurveyOutcome,
    known: &mut Known,
    seen: &mut Seen,
    foresight: &mut Foresight<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), MigrateError> {
    let input = Input::source(source);
    let (mut tally, mut bytes, mut no_content) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let (pages, rejections) = (&mut outcome.pages, &mut outcome.rejections);
    let (format, stopped) = source::each(&input, progress, |event| {
        match event {
            Ok(Event::Record(record)) => {
                let kind = record.body.kind();
                *tally.entry(kind.to_owned()).or_default() += 1;
                if let Some(size) = size_of(source, &record.body) {
                    *bytes.entry(kind.to_owned()).or_default() += size;
                }
                if is_no_content(&record.body) {
                    *no_content.entry(kind.to_owned()).or_default() += 1;
                }
                let mut row = row(source, &record, known, seen);
                foresight.look(source, &record, row.as_mut());
                pages.extend(row);
            }
            Err(ReadFault::Record { place, id, reason, .. }) => {
                rejections.push(Rejection {
                    source: source.id.clone(),
                    place: place.to_string(),
                    reason,
                    id,
                });
            }
            Ok(Event::Notice { .. }) | Err(ReadFault::File { .. }) => {}
        }
        Ok(())
    })?;
    outcome.sources.push(SurveySource {
        source: source.id.clone(),
        organisation: Some(source.organisation.clone()),
        format,
        path: source.shown.clone(),
        records: tally,
        bytes,
        no_content,
        stopped,
    });
    Ok(())
}

/// The row of a page; what else there is to know of a record goes where it is known.
fn row(source: &Source, record: &LegacyRecord, known: &mut Known, seen: &mut Seen) -> Option<SurveyRow> {
    match &record.body {
        LegacyBody::Page(page) => return Some(page_row(source, record, page, known, seen)),
        LegacyBody::Person(person) => known.meet(&source.id, &record.id, person),
        LegacyBody::File(file) => {
            known.file(&source.id, file);
            see_file(source, record, file, seen);
        }
        LegacyBody::Comment(comment) if !is_no_content(&record.body) => known.comment(&source.id, comment),
        LegacyBody::Redirect { from, .. } => known.redirect(from),
        LegacyBody::Comment(_)
        | LegacyBody::Group(_)
        | LegacyBody::Container(_)
        | LegacyBody::Chrome { .. } => {}
    }
    None
}

/// Bytes of a body, or of a file that is there; nothing for records that have none.
fn size_of(source: &Source, body: &LegacyBody) -> Option<u64> {
    match body {
        LegacyBody::Page(page) => Some(page.body.len() as u64),
        LegacyBody::Comment(comment) => Some(comment.body.len() as u64),
        LegacyBody::File(file) => Some(files::size(source.files.as_deref(), file).unwrap_or(0)),
        LegacyBody::Person(_)
        | LegacyBody::Group(_)
        | LegacyBody::Container(_)
        | LegacyBody::Redirect { .. }
        | LegacyBody::Chrome { .. } => None,
    }
}

/// Whether a record stays behind whatever is decided, because it is no content.
fn is_no_content(body: &LegacyBody) -> bool {
    match body {
        LegacyBody::Chrome { .. } => true,
        LegacyBody::Page(page) => page.status == LegacyStatus::Trash,
        LegacyBody::Comment(comment) => {
            matches!(comment.state, CommentState::Discarded | CommentState::Automatic)
        }
        LegacyBody::File(_)
        | LegacyBody::Person(_)
        | LegacyBody::Group(_)
        | LegacyBody::Container(_)
        | LegacyBody::Redirect { .. } => false,
    }
}

fn see_file(source: &Source, record: &LegacyRecord, file: &LegacyFile, seen: &mut Seen) {
    let title = if file.title.trim().is_empty() { &file.name } else { &file.title };
    if let Err(reason) = files::size(source.files.as_deref(), file) {
        seen.missing_files.push(MissingFile {
            source: source.id.clone(),
            id: record.id.clone(),
            title: title.clone(),
            place: record.place.to_string(),
            reason,
        });
    }
    let description = clean::clean(file.markup, &file.description).html;
    seen.marks(source, record, title, &format!("{} {description}", file.title));
}

impl Seen {
    /// A page that a rule sends elsewhere meets another ceiling than that of its source's section.
    fn raise_ceilings(&mut self, plan: &CheckedPlan, pages: &[SurveyRow]) {
        if self.marks.is_empty() || plan.targets().is_empty() {
            return;
        }
        let sent =
            pages.iter().filter_map(|page| Some((page.page_ref(), plan.target(page.target.as_deref()?)?)));
        let sent: HashMap<PageRef, &Target> = sent.collect();
        for mark in &mut self.marks {
            let page = PageRef { source: mark.source.clone(), id: mark.id.clone() };
            if let Some(target) = sent.get(&page) {
                mark.refused = target.classification < Classification::NonPublic;
            }
        }
    }

    /// Notes the protection marks of a record's text; tells them.
    fn marks(&mut self, source: &Source, record: &LegacyRecord, title: &str, text: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        for stamp in clean::stamps(text) {
            found.push(Finding::of(Problem::Mark, &stamp));
            self.marks.push(ProtectionMark {
                source: source.id.clone(),
                id: record.id.clone(),
                kind: record.body.kind().to_owned(),
                title: title.to_owned(),
                place: record.place.to_string(),
                mark: stamp.to_string(),
                refused: source.classification < Classification::NonPublic,
            });
        }
        found
    }
}

fn page_row(
    source: &Source,
    record: &LegacyRecord,
    page: &LegacyPage,
    known: &mut Known,
    seen: &mut Seen,
) -> SurveyRow {
    let cleaned = clean::clean(page.markup, &page.body);
    let lead = clean::text_of(&clean::clean(page.markup, &page.lead).html);
    let (links, words) = (clean::links(&cleaned.html), clean::words(&cleaned.html));
    known.page(page, &cleaned, &words, &links);
    let mut findings = own_problems(page);
    findings.extend(cleaned.dropped.iter().map(|dropped| Finding::of(Problem::Markup, dropped)));
    findings.extend(seen.marks(
        source,
        record,
        &page.title,
        &format!("{} {lead} {}", page.title, cleaned.html),
    ));
    SurveyRow {
        source: source.id.clone(),
        id: record.id.clone(),
        kind: record.body.kind().to_owned(),
        title: page.title.clone(),
        address: page.addresses.first().cloned(),
        // Who that is, is known when all people were read.
        owner: None,
        created: page.created.map(|time| day(time, source)),
        modified: page.modified.map(|time| day(time, source)),
        language: page.language.clone().or_else(|| Some(source.language.to_string())),
        bytes: page.body.len() as u64,
        words: words.len() as u64,
        links: links.len() as u64,
        problems: Vec::new(),
        place: record.place.to_string(),
        findings,
        ..SurveyRow::default()
    }
}

/// What is wrong with a page by itself.
fn own_problems(page: &LegacyPage) -> Vec<Finding> {
    let status = match page.status {
        LegacyStatus::Private => Some(Problem::Private),
        LegacyStatus::Password => Some(Problem::Password),
        LegacyStatus::Trash => Some(Problem::Trash),
        _ => None,
    };
    let found = [
        page.title.trim().is_empty().then_some(Problem::NoTitle),
        page.body.trim().is_empty().then_some(Problem::NoText),
        status,
    ];
    found.into_iter().flatten().map(Finding::plain).collect()
}

/// The day of a moment, in its source's time zone.
pub(super) fn day(time: LegacyTime, source: &Source) -> Date {
    match time {
        LegacyTime::Instant(at) => at.to_zoned_datetime(source.time_zone.clone()).date(),
        LegacyTime::Local(wall) => wall.date(),
    }
}
