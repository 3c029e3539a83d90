//! A row of the dataset: an act with the organisations it joins, and no name.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use super::pseudonym::Pseudonyms;
use crate::directory::Directory;

/// The verbs of deliberate acts. What happens by itself (an automatic refresh, a page that opens with the computer)
/// is no use of anything.
const VERBS: [&str; 10] =
    ["view", "edit", "create", "publish", "comment", "react", "join", "leave", "search", "acknowledge"];

/// The zone in which days and weeks are counted: missions abroad share their ministry's day.
const ZONE: &str = "Europe/Helsinki";

/// A row as a source has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RawRow {
    occurred_at: String,
    actor: String,
    verb: String,
    #[serde(default)]
    object: Option<String>,
    #[serde(default)]
    object_kind: Option<String>,
    #[serde(default)]
    object_org: Option<String>,
    #[serde(default)]
    space: Option<String>,
}

/// A row of the dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// When.
    pub occurred_at: Timestamp,
    /// The day in Helsinki.
    pub day: Date,
    /// The Monday of that day's week.
    pub week: Date,
    /// Pseudonym of who did it.
    pub actor: String,
    /// Organisation of who did it; `None` for somebody whom the directory does not know.
    pub actor_org: Option<String>,
    /// What they did.
    pub verb: String,
    /// To which item.
    pub object: Option<String>,
    /// What the item is.
    pub object_kind: Option<String>,
    /// Organisation whose item or space it is.
    pub object_org: Option<String>,
    /// In which section or workspace.
    pub space: Option<String>,
}

/// Why a row is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// The time is none, or has no zone.
    #[error("`{0}` is no time such as 2018-03-01T08:00:00Z")]
    Time(String),
    /// Nobody acts.
    #[error("nobody did it: `actor` is empty")]
    Actor,
    /// The verb is none of ours.
    #[error(
        "`{0}` is no act: view, edit, create, publish, comment, react, join, leave, search or acknowledge"
    )]
    Verb(String),
}

impl Row {
    /// Completes a row with organisations and takes the person's name off it.
    pub fn new(raw: RawRow, directory: &Directory, pseudonyms: &Pseudonyms) -> Result<Self, RowFault> {
        let occurred_at: Timestamp =
            raw.occurred_at.trim().parse().map_err(|_| RowFault::Time(raw.occurred_at.clone()))?;
        let day = helsinki(occurred_at);
        let week = monday(day).ok_or(RowFault::Time(raw.occurred_at))?;
        let person = raw.actor.trim();
        if person.is_empty() {
            return Err(RowFault::Actor);
        }
        if !VERBS.contains(&raw.verb.as_str()) {
            return Err(RowFault::Verb(raw.verb));
        }
        let some = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let (object, space) = (some(raw.object), some(raw.space));
        let object_org = some(raw.object_org)
            .or_else(|| {
                object.as_deref().and_then(|id| directory.item(id)).map(|item| item.organisation.clone())
            })
            .or_else(|| {
                space.as_deref().and_then(|id| directory.organisation_of_space(id)).map(str::to_owned)
            });
        Ok(Self {
            occurred_at,
            day,
            week,
            actor: pseudonyms.of(person),
            actor_org: directory.organisation_of(person).map(str::to_owned),
            verb: raw.verb,
            object,
            object_kind: some(raw.object_kind),
            object_org,
            space,
        })
    }
}

fn helsinki(at: Timestamp) -> Date {
    // The zone is compiled in; UTC stands in for a build that left it out.
    at.to_zoned_datetime(TimeZone::get(ZONE).unwrap_or(TimeZone::UTC)).date()
}

/// The Monday of the week that a day is in.
pub(crate) fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_late_on_sunday_in_utc_is_mondays_in_helsinki() {
        let raw = RawRow {
            occurred_at: "2018-03-04T22:30:00Z".into(),
            actor: "person:1".into(),
            verb: "view".into(),
            object: None,
            object_kind: None,
            object_org: None,
            space: None,
        };
        let row = Row::new(raw, &Directory::default(), &Pseudonyms::with_key([7; 32])).unwrap();
        assert_eq!(row.day.to_string(), "2018-03-05");
        assert_eq!(row.week.to_string(), "2018-03-05");
        assert_eq!(row.actor_org, None);
        assert!(!row.actor.contains("person"));
    }
}
