//! Dates and words as people write them into cells.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::strtime;

use crate::record::{LegacyStatus, LegacyTime, PageKind};

/// A date, with or without a time: ISO 8601, or day first as in Finland and Sweden.
pub(super) fn date(text: &str) -> Option<LegacyTime> {
    let text = text.trim();
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(LegacyTime::Instant(at));
    }
    if let Ok(wall) = text.replacen(' ', "T", 1).parse::<DateTime>() {
        return Some(LegacyTime::Local(wall));
    }
    finnish(text).map(LegacyTime::Local)
}

/// `4.3.2016`, `4.3.2016 klo 9.05`, `04.03.2016 09:05`.
fn finnish(text: &str) -> Option<DateTime> {
    let text = text.replace("klo", " ").replace("kl.", " ");
    let mut parts = text.split_whitespace();
    let day: Date = strtime::parse("%d.%m.%Y", parts.next()?).ok()?.to_date().ok()?;
    let time = match parts.next() {
        None => Time::midnight(),
        Some(time) => {
            let time = time.replace('.', ":");
            let form = if time.matches(':').count() == 2 { "%H:%M:%S" } else { "%H:%M" };
            strtime::parse(form, &time).ok()?.to_time().ok()?
        }
    };
    parts.next().is_none().then(|| day.to_datetime(time))
}

/// What a word for a kind of page means.
pub(super) fn kind(word: &str) -> Option<PageKind> {
    match word.trim().to_lowercase().as_str() {
        "page" | "sivu" | "ohje" | "sida" | "anvisning" => Some(PageKind::Page),
        "news" | "uutinen" | "tiedote" | "nyhet" => Some(PageKind::News),
        "service" | "palvelu" | "tjänst" => Some(PageKind::Service),
        "discussion" | "keskustelu" | "diskussion" => Some(PageKind::Discussion),
        _ => None,
    }
}

/// What a word for a state means.
pub(super) fn status(word: &str) -> Option<LegacyStatus> {
    match word.trim().to_lowercase().as_str() {
        "published" | "julkaistu" | "publicerad" | "voimassa" => Some(LegacyStatus::Published),
        "draft" | "luonnos" | "utkast" => Some(LegacyStatus::Draft),
        "pending" | "tarkistettavana" | "under granskning" => Some(LegacyStatus::Pending),
        "archived" | "arkistoitu" | "arkiverad" => Some(LegacyStatus::Archived),
        "private" | "yksityinen" | "privat" => Some(LegacyStatus::Private),
        "trash" | "poistettu" | "raderad" => Some(LegacyStatus::Trash),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let wall = |text: &str| Some(LegacyTime::Local(text.parse().unwrap()));
        assert_eq!(date("4.3.2016"), wall("2016-03-04T00:00:00"));
        assert_eq!(date("04.03.2016 klo 9.05"), wall("2016-03-04T09:05:00"));
        assert_eq!(date("2016-03-04 09:05:00"), wall("2016-03-04T09:05:00"));
        assert_eq!(date("2016-03-04"), wall("2016-03-04T00:00:00"));
        assert!(matches!(date("2016-03-04T09:05:00+02:00"), Some(LegacyTime::Instant(_))));
        for none in ["31.2.2016", "eilen", "4.3.", "4.3.2016 klo 25.00"] {
            assert_eq!(date(none), None, "{none}");
        }
    }
}
