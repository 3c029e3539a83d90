//! Who works in a ministry.

use super::dice::{Dice, Purpose};
use super::prose::{Tongue, slug};
use super::site::Site;

/// Somebody.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) login: String,
    pub(super) email: String,
    pub(super) title: &'static str,
    pub(super) phone: String,
    pub(super) tongue: Tongue,
    pub(super) user_type: &'static str,
    pub(super) groups: String,
}

/// How many people of a ministry have a name that nobody else in the government has.
const OWN_NAMES: u32 = 160;

impl Person {
    /// The person of that number; numbers from `site.people` on are of those who have left.
    pub(super) fn of(site: &Site, number: u32) -> Self {
        let given_names = count(&GIVEN);
        let families = count(&FAMILY);
        let (name, namesake) = if number < OWN_NAMES {
            (site.ministry.number * OWN_NAMES + number, false)
        } else {
            (number * 7 + site.ministry.number, true)
        };
        let name = name % (given_names * families);
        let (at, round) = (name % given_names, name / given_names);
        let given = nth(&GIVEN, at);
        // Every round gives each given name another family name.
        let family = nth(&FAMILY, (at + round) % families);
        let suffix = if namesake { format!("{}", number + 1) } else { String::new() };
        let mut dice = Dice::new(site.seed, site.ministry.code, Purpose::Person, number);
        let login: String = slug(given).chars().take(1).chain(slug(family).chars()).collect();
        Self {
            given,
            family,
            // Log-ins are known within a site only; the number keeps them apart.
            login: format!("{login}{}", number + 1),
            email: format!("{}.{}{suffix}@{}.example", slug(given), slug(family), site.ministry.id()),
            title: dice.one_of(&TITLES),
            phone: format!("+358 295 16{:04}", (site.ministry.number * 700 + number) % 10_000),
            tongue: dice.weighed(&TONGUES).unwrap_or_default(),
            user_type: dice.weighed(&USER_TYPES).unwrap_or_default(),
            groups: if dice.per_mille(350) { dice.one_of(&GROUPS).to_owned() } else { String::new() },
        }
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

fn count(names: &[&str]) -> u32 {
    u32::try_from(names.len()).unwrap_or(u32::MAX)
}

fn nth(names: &[&'static str], at: u32) -> &'static str {
    names.get(at as usize).copied().unwrap_or_default()
}

const TONGUES: [(Tongue, u32); 2] = [(Tongue::Finnish, 92), (Tongue::Swedish, 8)];

/// As people lists spell them.
const USER_TYPES: [(&str, u32); 4] = [("virkamies", 90), ("", 6), ("erityisavustaja", 2), ("konsultti", 2)];

const GIVEN: [&str; 44] = [
    "Aino", "Antti", "Anneli", "Björn", "Eero", "Eeva", "Elina", "Emma", "Erkki", "Fredrik", "Hanna",
    "Heikki", "Helena", "Ida", "Ilkka", "Johanna", "Jukka", "Kaarina", "Kalle", "Katja", "Lars", "Lauri",
    "Leena", "Liisa", "Linnea", "Maija", "Marja", "Markku", "Matti", "Mika", "Minna", "Niina", "Olli",
    "Outi", "Pekka", "Pirkko", "Riitta", "Sanna", "Seppo", "Sofia", "Timo", "Tuula", "Ulla", "Veikko",
];

const FAMILY: [&str; 48] = [
    "Aalto",
    "Ahonen",
    "Björklund",
    "Eklund",
    "Haapala",
    "Hakala",
    "Hietanen",
    "Hiltunen",
    "Holm",
    "Honkanen",
    "Hämäläinen",
    "Jokinen",
    "Juvonen",
    "Kallio",
    "Karjalainen",
    "Kettunen",
    "Kivelä",
    "Kokkonen",
    "Koskinen",
    "Kuusimäki",
    "Laaksonen",
    "Lahtinen",
    "Lehtonen",
    "Lindqvist",
    "Manninen",
    "Meikäläinen",
    "Mustonen",
    "Mäkelä",
    "Niemi",
    "Nurminen",
    "Ojala",
    "Peltonen",
    "Pitkänen",
    "Rantanen",
    "Räsänen",
    "Saarinen",
    "Salminen",
    "Sandström",
    "Savolainen",
    "Sjöberg",
    "Soininen",
    "Suvanto",
    "Tanskanen",
    "Tolonen",
    "Vainio",
    "Virtanen",
    "Väisänen",
    "Öhman",
];

const TITLES: [&str; 12] = [
    "ylitarkastaja",
    "neuvotteleva virkamies",
    "hallitusneuvos",
    "lainsäädäntöneuvos",
    "erityisasiantuntija",
    "osastosihteeri",
    "viestintäasiantuntija",
    "suunnittelija",
    "johtava asiantuntija",
    "matkasihteeri",
    "tutkija",
    "yksikön päällikkö",
];

const GROUPS: [&str; 6] = [
    "Viestijät",
    "Johtoryhmä",
    "Tietohallinto; Tietosuoja",
    "Lainvalmistelijat",
    "Matkasihteerit",
    "EU-sihteeristö",
];
