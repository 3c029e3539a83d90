//! Where links in texts lead.

use super::dice::Dice;
use super::site::{Addresses, Site};

/// Where a link leads to.
#[derive(Debug, Clone, Copy)]
enum Target {
    /// A page of the same site, before or after this one.
    Own,
    /// A page that was gone before the export.
    Dead,
    /// A page of another ministry.
    Neighbour,
    /// Somewhere else.
    Elsewhere,
    /// An e-mail address.
    Mail,
}

/// In thousandths. Of the links in the sample of the Ministry of the Environment 6 of ten lead to its own pages.
const TARGETS: [(Target, u32); 5] = [
    (Target::Own, 630),
    (Target::Dead, 50),
    (Target::Neighbour, 120),
    (Target::Elsewhere, 150),
    (Target::Mail, 50),
];

const ELSEWHERE: [&str; 6] = [
    "https://www.finlex.fi/fi/laki/ajantasa/1999/19990621",
    "https://tilasto.example/taulut?vuosi=2017&amp;alue=kaikki",
    "http://www.sopimustoimisto.example/varaukset",
    "https://eu.example/council/agenda#next",
    "//cdn.example/esite.pdf",
    "https://palvelut.example/lomakkeet/?id=7&lang=fi",
];

const MAILBOXES: [&str; 4] = ["kirjaamo", "intra", "matkat", "neuvonta"];

/// The address in a link on a page of that site.
pub(super) fn address(site: &Site, neighbours: &[Site], dice: &mut Dice) -> String {
    match dice.weighed(&TARGETS) {
        Some(Target::Neighbour) if !neighbours.is_empty() => {
            let index = dice.below(u32::try_from(neighbours.len()).unwrap_or(u32::MAX));
            neighbours.get(index as usize).map_or_else(String::new, |other| page_of(other, dice, true))
        }
        Some(Target::Dead) => {
            format!("{}/vanhat/{}/ohje-{}", site.base(), dice.between(2_003, 2_012), dice.below(900))
        }
        Some(Target::Elsewhere) => dice.one_of(&ELSEWHERE).to_owned(),
        Some(Target::Mail) => format!("mailto:{}@{}.example", dice.one_of(&MAILBOXES), site.ministry.id()),
        _ => page_of(site, dice, false),
    }
}

/// A page of a site, as people write its address.
fn page_of(site: &Site, dice: &mut Dice, from_outside: bool) -> String {
    let number = 1 + dice.below(site.pages);
    let form = dice.below(100);
    let path = if form < 12 && site.addresses == Addresses::WordPress {
        let name = if dice.per_mille(500) { "p" } else { "page_id" };
        format!("/?{name}={number}")
    } else {
        site.path(number)
    };
    match form {
        // What follows a fragment mark is a place within the page.
        90.. => format!("{}{path}#aikataulu", site.base()),
        _ if from_outside || form < 55 => format!("{}{path}", site.base()),
        _ => path,
    }
}
