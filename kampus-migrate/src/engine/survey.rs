//! What the sources of a plan hold, before anything is loaded.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::error::MigrateError;
use super::foresight::Foresight;
use super::source::{self, Input};
use super::{Progress, address};
use crate::clean;
use crate::format::{Event, ReadFault};
use crate::outcome::{Rejection, SurveyOutcome, SurveyRow, SurveySource, VERSION};
use crate::plan::{CheckedPlan, Source};
use crate::record::{LegacyBody, LegacyPage, LegacyRecord, LegacyStatus, LegacyTime};

/// Reads every source of a plan and says what is in it, page by page, and what is wrong with each page.
pub fn survey(plan: &CheckedPlan, progress: &mut dyn FnMut(Progress)) -> Result<SurveyOutcome, MigrateError> {
    let mut outcome = SurveyOutcome { version: VERSION, ..SurveyOutcome::default() };
    let mut known = Known::default();
    let mut foresight = Foresight::new(plan);
    for list in plan.people() {
        let input = Input::people(list);
        let mut tally = BTreeMap::new();
        let rejections = &mut outcome.rejections;
        let (format, stopped) = source::each(&input, progress, |event| {
            match event {
                Ok(Event::Record(record)) => *tally.entry(record.body.kind().to_owned()).or_default() += 1,
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
        });
    }
    for source in plan.sources() {
        survey_source(source, &mut outcome, &mut known, &mut foresight, progress)?;
    }
    foresight.tell(&mut outcome)?;
    known.judge(&mut outcome.pages);
    progress(Progress::Done);
    Ok(outcome)
}

/// What is only known when everything was read: which addresses there are, and which bodies occur twice.
#[derive(Default)]
struct Known {
    addresses: HashSet<String>,
    hosts: HashSet<String>,
    names: HashMap<String, String>,
    bodies: HashMap<[u8; 32], usize>,
    /// Links of each page in compared form with their text, by the page's row.
    links: Vec<Vec<(String, String, String)>>,
    hashes: Vec<[u8; 32]>,
}

fn survey_source(
    source: &Source,
    outcome: &mut SurveyOutcome,
    known: &mut Known,
    foresight: &mut Foresight<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), MigrateError> {
    let input = Input::source(source);
    let mut tally = BTreeMap::new();
    let (pages, rejections) = (&mut outcome.pages, &mut outcome.rejections);
    let (format, stopped) = source::each(&input, progress, |event| {
        match event {
            Ok(Event::Record(record)) => {
                *tally.entry(record.body.kind().to_owned()).or_default() += 1;
                let mut row = row(source, &record, known);
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
        stopped,
    });
    Ok(())
}

fn row(source: &Source, record: &LegacyRecord, known: &mut Known) -> Option<SurveyRow> {
    match &record.body {
        LegacyBody::Page(page) => Some(page_row(source, record, page, known)),
        LegacyBody::Person(person) => {
            known.names.insert(format!("{}/{}", source.id, record.id), person.display_name.clone());
            None
        }
        LegacyBody::File(file) => {
            known.claim(&file.addresses);
            None
        }
        LegacyBody::Comment(_) | LegacyBody::Redirect { .. } | LegacyBody::Chrome { .. } => None,
    }
}

fn page_row(source: &Source, record: &LegacyRecord, page: &LegacyPage, known: &mut Known) -> SurveyRow {
    known.claim(&page.addresses);
    let cleaned = clean::clean(page.markup, &page.body);
    let links = clean::links(&cleaned.html);
    let base = page.addresses.first().map(String::as_str);
    let targets = links
        .iter()
        .filter(|link| !link.starts_with('#'))
        .filter_map(|link| {
            let url = address::absolute(link, base)?;
            Some((address::compared_url(&url)?, address::host(&url)?, link.clone()))
        })
        .collect();
    known.links.push(targets);
    known.note_body(&cleaned.html);
    let owner = page.author.as_ref().map(|author| {
        known
            .names
            .get(&format!("{}/{author}", source.id))
            .filter(|name| !name.is_empty())
            .cloned()
            .unwrap_or_else(|| author.strip_prefix("user:").unwrap_or(author).to_owned())
    });
    let mut problems = own_problems(page, owner.as_deref());
    problems.extend(cleaned.dropped.iter().map(|dropped| format!("markup that goes: {dropped}")));
    let text = format!("{} {}", page.title, cleaned.html);
    problems.extend(clean::stamps(&text).into_iter().map(|stamp| format!("protection mark: {stamp}")));
    SurveyRow {
        source: source.id.clone(),
        id: record.id.clone(),
        kind: record.body.kind().to_owned(),
        title: page.title.clone(),
        address: page.addresses.first().cloned(),
        owner,
        created: page.created.map(|time| day(time, source)),
        modified: page.modified.map(|time| day(time, source)),
        language: page.language.clone().or_else(|| Some(source.language.to_string())),
        bytes: page.body.len() as u64,
        words: clean::words(&cleaned.html).len() as u64,
        links: links.len() as u64,
        problems,
        ..SurveyRow::default()
    }
}

/// What is wrong with a page by itself.
fn own_problems(page: &LegacyPage, owner: Option<&str>) -> Vec<String> {
    let mut problems = Vec::new();
    if page.title.trim().is_empty() {
        problems.push("no title".to_owned());
    }
    if page.body.trim().is_empty() {
        problems.push("no text".to_owned());
    }
    if owner.is_none() {
        problems.push("no owner".to_owned());
    }
    match page.status {
        LegacyStatus::Private => problems.push("private: becomes a draft".to_owned()),
        LegacyStatus::Password => problems.push("has a password: becomes a draft".to_owned()),
        LegacyStatus::Trash => problems.push("in the waste-paper basket: is left behind".to_owned()),
        _ => {}
    }
    problems
}

/// The day of a moment, in its source's time zone.
pub(super) fn day(time: LegacyTime, source: &Source) -> Date {
    match time {
        LegacyTime::Instant(at) => at.to_zoned_datetime(source.time_zone.clone()).date(),
        LegacyTime::Local(wall) => wall.date(),
    }
}

impl Known {
    fn claim(&mut self, addresses: &[String]) {
        for url in addresses.iter().filter_map(|address| address::absolute(address, None)) {
            self.addresses.extend(address::compared_url(&url));
            self.hosts.extend(address::host(&url));
        }
    }

    fn note_body(&mut self, html: &str) {
        let hash = *kampus_core::content::BlobHash::of(html.trim().as_bytes()).as_bytes();
        // Empty pages are alike without being copies.
        if !html.trim().is_empty() {
            *self.bodies.entry(hash).or_default() += 1;
        }
        self.hashes.push(hash);
    }

    /// Notes dead links and copies, now that all pages are known.
    fn judge(&self, pages: &mut [SurveyRow]) {
        for ((row, links), hash) in pages.iter_mut().zip(&self.links).zip(&self.hashes) {
            let dead = links.iter().filter(|(compared, host, _)| {
                self.hosts.contains(host) && !self.addresses.contains(compared)
            });
            row.problems.extend(dead.map(|(_, _, link)| format!("link to nothing: {link}")));
            let copies = self.bodies.get(hash).copied().unwrap_or_default();
            if copies > 1 {
                row.problems.push(format!("the same text stands on {copies} pages"));
            }
        }
    }
}
