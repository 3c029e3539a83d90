//! Where things were found.

use base64::Engine as _;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::index::Index;
use super::notes::{Content, Kind};
use crate::record::LegacyTime;

/// What stays as it is in an address.
const ADDRESS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A part of an address, as Confluence writes it: blanks are pluses.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text.trim(), ADDRESS).to_string().replace("%20", "+")
}

impl Index {
    /// What stands before all paths.
    fn base(&self) -> &'static str {
        if self.is_cloud { "/wiki" } else { "" }
    }

    /// The address of a page by its number.
    pub(super) fn by_number(&self, page: u64) -> String {
        format!("{}/pages/viewpage.action?pageId={page}", self.base())
    }

    /// The address of a page by its title.
    pub(super) fn by_title(&self, key: &str, title: &str) -> String {
        format!("{}/display/{}/{}", self.base(), encoded(key), encoded(title))
    }

    /// The address of a space: that of the page on which it begins, if that is here.
    pub(super) fn of_space(&self, key: &str) -> String {
        let space = self.space_called(key).and_then(|space| self.spaces.get(&space));
        match space.and_then(|space| space.home).filter(|home| self.contents.contains_key(home)) {
            Some(home) => self.by_number(home),
            None => format!("{}/display/{}", self.base(), encoded(key)),
        }
    }

    /// All addresses of a page, the one that people know first.
    pub(super) fn addresses(&self, id: u64, content: &Content) -> Vec<String> {
        let mut addresses = Vec::new();
        let base = self.base();
        if let Some(space) = content.space.and_then(|space| self.spaces.get(&space)) {
            let (key, title) = (encoded(&space.key), encoded(&content.title));
            let day = content
                .created
                .filter(|_| content.kind == Kind::Blog)
                .map(|time| wall(time).strftime("%Y/%m/%d").to_string());
            let modern = match &day {
                Some(day) => format!("{base}/spaces/{key}/blog/{day}/{id}/{title}"),
                None => format!("{base}/spaces/{key}/pages/{id}/{title}"),
            };
            let classic = match &day {
                Some(day) => format!("{base}/display/{key}/{day}/{title}"),
                None => format!("{base}/display/{key}/{title}"),
            };
            // A title is that of one page; of two the first is found by it.
            let is_found = self.page_called(content.space, &content.title) == Some(id);
            let classic = Some(classic).filter(|_| is_found && !content.title.is_empty());
            if self.is_cloud {
                addresses.push(modern);
                addresses.extend(classic);
            } else {
                addresses.extend(classic);
                addresses.push(modern);
            }
        }
        addresses.push(self.by_number(id));
        addresses.push(format!("{base}/x/{}", tiny(id)));
        let begins =
            content.space.and_then(|space| self.spaces.get(&space)).filter(|own| own.home == Some(id));
        addresses.extend(begins.map(|space| format!("{base}/display/{}", encoded(&space.key))));
        addresses
    }

    /// Where a file of a page was found.
    pub(super) fn download(&self, page: u64, name: &str) -> String {
        let name = utf8_percent_encode(name.trim(), ADDRESS);
        format!("{}/download/attachments/{page}/{name}", self.base())
    }
}

/// What the clock showed.
pub(super) fn wall(time: LegacyTime) -> DateTime {
    match time {
        LegacyTime::Local(wall) => wall,
        LegacyTime::Instant(at) => TimeZone::UTC.to_datetime(at),
    }
}

/// The short form of a number in an address.
fn tiny(id: u64) -> String {
    let bytes = id.to_le_bytes();
    let length = bytes.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1);
    let text = base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes.get(..length).unwrap_or(&bytes));
    text.trim_end_matches('A').replace('+', "_").replace('/', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_addresses_are_those_that_servers_make() {
        assert_eq!(tiny(956_713_432), "2EkGOQ");
        assert_eq!(tiny(139_483), "2yAC");
        assert_eq!(encoded("Työ & matkat"), "Ty%C3%B6+%26+matkat");
    }
}
