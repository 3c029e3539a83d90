//! The store: who works where and when they joined, where they meet, and what there is to read.

use std::collections::HashMap;
use std::error::Error;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use kampus_core::content::{
    Classification, Container, ItemKind, Schedule, SectionVisibility, Status, WorkspaceVisibility,
};
use kampus_core::{
    Actor, Command, ImportedItem, ItemId, Kampus, Language, Localised, NewItem, NewPerson, NewSection,
    NewWorkspace, OrganisationId, PersonId, WorkspaceId, presets,
};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::texts;

/// The first day.
pub(crate) const FIRST_DAY: Date = date(2018, 3, 1);

/// Code, people of six thousand, first day on Kampus.
type Joining = (&'static str, usize, Date);

/// The roll-out: whom it reached when. Numbers of people are made up.
const WAVES: [Joining; 15] = [
    ("VNK", 640, date(2018, 3, 12)),
    ("OKV", 45, date(2018, 3, 12)),
    ("LVM", 210, date(2018, 5, 14)),
    ("MMM", 290, date(2018, 5, 14)),
    ("YM", 310, date(2018, 5, 14)),
    ("VM", 430, date(2018, 9, 10)),
    ("OM", 280, date(2018, 9, 10)),
    ("OKM", 310, date(2018, 11, 19)),
    ("TPK", 65, date(2018, 11, 19)),
    ("TEM", 480, date(2019, 2, 11)),
    ("STM", 430, date(2019, 2, 11)),
    ("SM", 250, date(2019, 5, 13)),
    ("PLM", 170, date(2019, 5, 13)),
    ("UM", 1_150, date(2019, 8, 26)),
    // The missions, each with its share.
    ("UM-", 940, date(2019, 8, 26)),
];

/// How much to make up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub(crate) people: usize,
    pub(crate) months: i32,
    pub(crate) seed: u64,
}

/// Somebody.
#[derive(Debug, Clone)]
pub(crate) struct Somebody {
    pub(crate) id: PersonId,
    pub(crate) ministry: &'static str,
    /// First day on Kampus.
    pub(crate) joined: Date,
    /// How likely they are to open Kampus on a working day.
    pub(crate) eagerness: f64,
    /// Indices of the workspaces they are in.
    pub(crate) workspaces: Vec<usize>,
}

/// A workspace with what is in it.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    pub(crate) id: WorkspaceId,
    pub(crate) items: Vec<ItemId>,
}

/// News.
#[derive(Debug, Clone, Copy)]
pub(crate) struct News {
    pub(crate) id: ItemId,
    pub(crate) container: Container,
    /// Whose it is; `None` is everybody's.
    pub(crate) ministry: Option<&'static str>,
    pub(crate) issued: Date,
}

/// Everything there is.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) scale: Scale,
    pub(crate) people: Vec<Somebody>,
    pub(crate) workspaces: Vec<Room>,
    /// In the order in which they came out.
    pub(crate) news: Vec<News>,
}

type Made<T> = Result<T, Box<dyn Error>>;

impl World {
    /// Fills an empty store.
    pub(crate) fn found(kampus: &Kampus, scale: Scale) -> Made<Self> {
        let mut founder = Founder { kampus, rng: ChaCha8Rng::seed_from_u64(scale.seed), scale };
        founder.operator(vec![Command::Found(presets::finland())])?;
        let mut people = founder.people()?;
        let workspaces = founder.workspaces(&mut people)?;
        let author = people.first().ok_or("there are no people")?.id;
        let news = founder.news(author)?;
        Ok(Self { scale, people, workspaces, news })
    }

    /// Every day of the period.
    pub(crate) fn days(&self) -> impl Iterator<Item = Date> {
        let end = last_day(self.scale);
        FIRST_DAY.series(1.day()).take_while(move |day| *day < end)
    }
}

/// The day after the last one.
fn last_day(scale: Scale) -> Date {
    FIRST_DAY.checked_add(scale.months.months()).unwrap_or(FIRST_DAY)
}

/// A morning in Helsinki.
pub(crate) fn morning(day: Date) -> Made<Timestamp> {
    Ok(day.at(8, 0, 0, 0).to_zoned_datetime(TimeZone::get("Europe/Helsinki")?)?.timestamp())
}

struct Founder<'a> {
    kampus: &'a Kampus,
    rng: ChaCha8Rng,
    scale: Scale,
}

impl Founder<'_> {
    /// Executes commands in one transaction.
    fn operator(&self, commands: Vec<Command>) -> Made<Vec<kampus_core::Receipt>> {
        let actor = Actor::Operator("generator".to_owned());
        let mut transaction = self.kampus.transaction(actor, morning(FIRST_DAY)?);
        let receipts =
            commands.into_iter().map(|command| transaction.execute(command)).collect::<Result<_, _>>()?;
        transaction.commit()?;
        Ok(receipts)
    }

    /// Codes and ids of the organisations that a row of the roll-out is about.
    fn homes(&self, code: &str) -> Vec<OrganisationId> {
        let snapshot = self.kampus.snapshot();
        let nodes = snapshot.directory().organisations();
        nodes
            .filter(|node| node.code == code || (code.ends_with('-') && node.code.starts_with(code)))
            .map(|node| node.id)
            .collect()
    }

    fn people(&mut self) -> Made<Vec<Somebody>> {
        let all: usize = WAVES.iter().map(|wave| wave.1).sum();
        let mut people = Vec::new();
        for (code, size, joined) in WAVES {
            let homes = self.homes(code);
            let count = (size * self.scale.people).div_ceil(all);
            let mut commands = Vec::new();
            for number in 0..count {
                let home = *homes.get(number % homes.len().max(1)).ok_or("an unknown organisation")?;
                let person = NewPerson::official(home, &format!("Virkamies {code} {}", number + 1));
                commands.push(Command::AddPerson(Box::new(person)));
            }
            for receipt in self.operator(commands)? {
                people.push(Somebody {
                    id: receipt.person().ok_or("no person was made")?,
                    ministry: code.trim_end_matches('-'),
                    joined,
                    eagerness: self.eagerness(),
                    workspaces: Vec::new(),
                });
            }
        }
        Ok(people)
    }

    /// Some never come, many come now and then, few come every day.
    fn eagerness(&mut self) -> f64 {
        if self.rng.random_bool(0.07) {
            0.0
        } else {
            0.05 + 0.9 * self.rng.random_range(0.0_f64..1.0).powf(1.4)
        }
    }

    /// One workspace for each fifty people. Most members come from the host, the rest from anywhere.
    fn workspaces(&mut self, people: &mut [Somebody]) -> Made<Vec<Room>> {
        let mut rooms = Vec::new();
        for number in 0..(people.len() / 50).max(3) {
            let host = people.choose(&mut self.rng).ok_or("there are no people")?.clone();
            let home = *self.homes(host.ministry).first().ok_or("an unknown organisation")?;
            let new = NewWorkspace {
                title: Localised::one(Language::Fi, texts::workspace(number)),
                purpose: Localised::default(),
                host: home,
                visibility: WorkspaceVisibility::Open,
                ceiling: Classification::Internal,
            };
            let at = morning(host.joined)?;
            let made = Command::AddWorkspace(Box::new(new));
            let receipt = self.kampus.execute(&Actor::Person(host.id), at, made)?;
            let id = receipt.workspace().ok_or("no workspace was made")?;
            let items = self.items(id, host.id, at)?;
            self.members(people, (number, id), &host)?;
            rooms.push(Room { id, items });
        }
        Ok(rooms)
    }

    fn items(&self, room: WorkspaceId, author: PersonId, at: Timestamp) -> Made<Vec<ItemId>> {
        let mut transaction = self.kampus.transaction(Actor::Person(author), at);
        let mut items = Vec::new();
        for title in ["Tervetuloa työtilaan", "Aikataulu", "Avoimet kysymykset", "Muistiinpanot"] {
            let kind = if title == "Avoimet kysymykset" { ItemKind::Discussion } else { ItemKind::Page };
            let item = NewItem::new(kind, Container::Workspace(room), Language::Fi, title, "<p>…</p>");
            let receipt = transaction.execute(Command::AddItem(Box::new(item)))?;
            let id = receipt.item().ok_or("no item was made")?;
            transaction.execute(Command::SetStatus(id, Status::Published))?;
            items.push(id);
        }
        transaction.commit()?;
        Ok(items)
    }

    fn members(
        &mut self,
        people: &mut [Somebody],
        (number, room): (usize, WorkspaceId),
        host: &Somebody,
    ) -> Made<()> {
        for person in people.iter_mut() {
            let likely = if person.ministry == host.ministry { 0.12 } else { 0.012 };
            if person.id == host.id || self.rng.random_bool(likely) {
                person.workspaces.push(number);
            }
            if person.workspaces.last() == Some(&number) && person.id != host.id {
                let at = morning(person.joined.max(host.joined))?;
                self.kampus.execute(&Actor::Person(person.id), at, Command::Join(room))?;
            }
        }
        Ok(())
    }

    fn section(&self, code: &str, title: &str) -> Made<Container> {
        let owner = *self.homes(code).first().ok_or("an unknown organisation")?;
        let new = NewSection {
            title: Localised::one(Language::Fi, title.to_owned()),
            owner,
            parent: None,
            visibility: SectionVisibility::Government,
            ceiling: Classification::Internal,
        };
        let receipts = self.operator(vec![Command::AddSection(Box::new(new))])?;
        let section = receipts.first().and_then(kampus_core::Receipt::section);
        Ok(Container::Section(section.ok_or("no section was made")?))
    }

    /// Three common news a week, and one of each ministry that has joined.
    fn news(&mut self, author: PersonId) -> Made<Vec<News>> {
        let common = self.section("VN", "Ajankohtaista valtioneuvostossa")?;
        let mut sections = HashMap::new();
        for (code, ..) in WAVES.iter().filter(|wave| !wave.0.ends_with('-')) {
            sections.insert(*code, self.section(code, &format!("{code}: ajankohtaista"))?);
        }
        let mut planned: Vec<(Date, Option<&'static str>, Container)> = Vec::new();
        let end = last_day(self.scale);
        for week in FIRST_DAY.series(1.week()).take_while(|day| *day < end) {
            for _ in 0..3 {
                planned.push((self.within_week(week), None, common));
            }
            for (code, _, joined) in WAVES {
                if let Some(section) = sections.get(code).filter(|_| joined <= week) {
                    planned.push((self.within_week(week), Some(code), *section));
                }
            }
        }
        planned.sort_by_key(|(day, ..)| *day);
        let mut commands = Vec::new();
        for (number, (day, _, container)) in planned.iter().enumerate() {
            let at = morning(*day)?;
            let mut content = NewItem::new(ItemKind::News, *container, Language::Fi, "", "<p>…</p>");
            content.title = texts::news(number);
            commands.push(Command::ImportItem(Box::new(ImportedItem {
                content,
                author,
                owner: author,
                created: at,
                modified: at,
                status: Status::Published,
                schedule: Schedule { publish_at: Some(at), ..Schedule::default() },
                pinned: false,
                comments_open: true,
                labels: Vec::new(),
                sources: Vec::new(),
            })));
        }
        let receipts = self.operator(commands)?;
        let made = receipts.iter().zip(planned);
        made.map(|(receipt, (issued, ministry, container))| {
            let id = receipt.item().ok_or("no item was made")?;
            Ok(News { id, container, ministry, issued })
        })
        .collect()
    }

    /// A working day of the week that begins there.
    fn within_week(&mut self, day: Date) -> Date {
        let monday = i64::from(day.weekday().to_monday_zero_offset());
        day.checked_add((self.rng.random_range(0..5) - monday).days()).unwrap_or(day).max(day)
    }
}
