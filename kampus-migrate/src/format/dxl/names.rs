//! Names and times of Notes.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::record::LegacyTime;

/// `Maija Meikäläinen` of `CN=Maija Meikäläinen/OU=VM/O=VN`.
pub(super) fn common(name: &str) -> String {
    let first = name.split('/').next().unwrap_or_default();
    first.strip_prefix("CN=").unwrap_or(first).trim().to_owned()
}

/// `Maija Meikäläinen/VM/VN`: how people write the same name.
pub(super) fn abbreviated(name: &str) -> String {
    let parts = name.split('/').map(|part| part.split_once('=').map_or(part, |(_, value)| value).trim());
    parts.collect::<Vec<_>>().join("/")
}

/// The innermost unit, else the organisation.
pub(super) fn unit(name: &str) -> Option<String> {
    let parts = || name.split('/').skip(1);
    let value = |part: &str| part.split_once('=').map_or(part, |(_, value)| value).trim().to_owned();
    let unit = parts().find(|part| part.starts_with("OU")).or_else(|| parts().next());
    unit.map(value).filter(|unit| !unit.is_empty())
}

/// `20180312T100000,00+02`: a moment, or what the clock showed where there is no zone; a day alone is its midnight.
pub(super) fn time(text: &str) -> Option<LegacyTime> {
    let text = text.trim();
    let (day, rest) = match text.split_once('T') {
        Some((day, rest)) => (day, Some(rest)),
        None => (text, None),
    };
    let number = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let small = |text: &str, from: usize, to: usize| i8::try_from(number(text, from, to)?).ok();
    let day = Date::new(number(day, 0, 4)?, small(day, 4, 6)?, small(day, 6, 8)?).ok()?;
    let Some(rest) = rest else { return Some(LegacyTime::Local(day.to_datetime(Time::midnight()))) };
    let clock = Time::new(small(rest, 0, 2)?, small(rest, 2, 4)?, small(rest, 4, 6)?, 0).ok()?;
    let wall: DateTime = day.to_datetime(clock);
    let Some(at) = rest.find(['+', '-', 'Z']) else { return Some(LegacyTime::Local(wall)) };
    let zone = rest.get(at..)?;
    let hours = if zone.starts_with('Z') { 0 } else { i32::from(small(zone, 1, 3)?) };
    let minutes = if zone.len() >= 5 { i32::from(small(zone, 3, 5)?) } else { 0 };
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let offset = Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok()?;
    let zoned = wall.to_zoned_datetime(TimeZone::fixed(offset)).ok()?;
    Some(LegacyTime::Instant(zoned.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_as_people_write_them() {
        let name = "CN=Maija Meikäläinen/OU=Hallinto/OU=VM/O=VN";
        assert_eq!(common(name), "Maija Meikäläinen");
        assert_eq!(abbreviated(name), "Maija Meikäläinen/Hallinto/VM/VN");
        assert_eq!(unit(name).as_deref(), Some("Hallinto"));
        assert_eq!((common("Maija"), unit("Maija")), ("Maija".to_owned(), None));
    }

    #[test]
    fn times_have_a_zone_or_are_what_the_clock_showed() {
        let instant = |text: &str| Some(LegacyTime::Instant(text.parse().unwrap()));
        assert_eq!(time("20180312T100000,00+02"), instant("2018-03-12T08:00:00Z"));
        assert_eq!(time("20180312T100000,00-0330"), instant("2018-03-12T13:30:00Z"));
        assert_eq!(time("20180312T100000,00Z"), instant("2018-03-12T10:00:00Z"));
        assert_eq!(
            time("20180312T100000,00"),
            Some(LegacyTime::Local("2018-03-12T10:00:00".parse().unwrap()))
        );
        assert_eq!(time("20180312"), Some(LegacyTime::Local("2018-03-12T00:00:00".parse().unwrap())));
        for none in ["", "T", "2018", "20181312", "20180312T99", "20180312T100000+zz", "ä0180312T1"] {
            assert_eq!(time(none), None, "{none}");
        }
    }
}
