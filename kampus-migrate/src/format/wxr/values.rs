//! WordPress' dates and states.

use jiff::civil::DateTime;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;

use crate::record::{LegacyStatus, LegacyTime};

/// A moment: the one with a zone if it is any, else the wall clock's, else what the feed says.
pub(super) fn moment(gmt: &str, local: &str, feed: &str) -> Option<LegacyTime> {
    if let Some(utc) = wall(gmt) {
        return utc.to_zoned_datetime(TimeZone::UTC).ok().map(|zoned| LegacyTime::Instant(zoned.timestamp()));
    }
    if let Some(wall) = wall(local) {
        return Some(LegacyTime::Local(wall));
    }
    let parsed = rfc2822::parse(feed.trim()).ok()?;
    (parsed.year() > 1).then(|| LegacyTime::Instant(parsed.timestamp()))
}

/// A time without zone; drafts have zeros, and some exporters count below the first year.
fn wall(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if text.starts_with("0000") || text.starts_with('-') {
        return None;
    }
    strtime::parse("%Y-%m-%d %H:%M:%S", text).ok()?.to_datetime().ok().filter(|wall| wall.year() > 1)
}

/// What a state means, and what to tell about it.
pub(super) fn status(status: &str, password: &str) -> (LegacyStatus, Option<String>) {
    if !password.is_empty() {
        return (LegacyStatus::Password, None);
    }
    let known = match status {
        "publish" | "inherit" => LegacyStatus::Published,
        "draft" | "auto-draft" => LegacyStatus::Draft,
        "pending" => LegacyStatus::Pending,
        "future" => LegacyStatus::Scheduled,
        "private" => LegacyStatus::Private,
        "trash" => LegacyStatus::Trash,
        other => {
            let notice = format!("the state `{other}` is not known: it becomes a draft");
            return (LegacyStatus::Draft, Some(notice));
        }
    };
    (known, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_with_a_zone_comes_first_and_zeros_are_none() {
        let utc = moment("2013-01-11 04:36:10", "2013-01-10 20:36:10", "");
        assert_eq!(utc, Some(LegacyTime::Instant("2013-01-11T04:36:10Z".parse().unwrap())));
        let local = moment("0000-00-00 00:00:00", "2013-01-10 20:36:10", "");
        assert_eq!(local, Some(LegacyTime::Local("2013-01-10T20:36:10".parse().unwrap())));
        assert_eq!(moment("", "", "Wed, 30 Nov -0001 00:00:00 +0000"), None);
        let feed = moment("", "", "Fri, 11 Jan 2013 04:36:10 +0200");
        assert_eq!(feed, Some(LegacyTime::Instant("2013-01-11T02:36:10Z".parse().unwrap())));
    }

    #[test]
    fn an_unknown_state_is_told_and_never_published() {
        assert_eq!(status("publish", ""), (LegacyStatus::Published, None));
        assert_eq!(status("publish", "sana"), (LegacyStatus::Password, None));
        assert!(matches!(status("acme", ""), (LegacyStatus::Draft, Some(_))));
    }
}
