//! What people do on a day.

use std::error::Error;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use kampus_core::activity::{Activity, Verb};
use kampus_core::content::{Container, ItemKind};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::world::{News, Somebody, World, morning};

/// A week whose log was lost: reports have to cope with that.
const LOST: (Date, Date) = (date(2019, 1, 14), date(2019, 1, 18));

/// How long news are read.
const FRESH_DAYS: i32 = 12;

/// The acts of a day, by time.
pub(crate) fn of_day(world: &World, day: Date) -> Result<Vec<Activity>, Box<dyn Error>> {
    if (LOST.0..=LOST.1).contains(&day) {
        return Ok(Vec::new());
    }
    let number = u64::from(super::world::FIRST_DAY.until(day)?.get_days().unsigned_abs());
    // Each day has dice of its own, so that a shorter period has the same days.
    let mut rng = ChaCha8Rng::seed_from_u64(world.scale.seed ^ (number + 1).wrapping_mul(0x9e37_79b9));
    let begin = morning(day)?;
    let fresh = fresh(world, day);
    let mut acts = Vec::new();
    for person in world.people.iter().filter(|person| person.joined <= day) {
        if !rng.random_bool(likelihood(person, day)) {
            continue;
        }
        for _ in 0..rng.random_range(1..=3) {
            let at = begin.checked_add(rng.random_range(0..9 * 60 * 60).seconds())?;
            acts.extend(act(world, person, fresh, &mut rng).map(|act| Activity { occurred_at: at, ..act }));
        }
    }
    acts.sort_by_key(|act| (act.occurred_at, act.actor));
    Ok(acts)
}

/// News that came out lately.
fn fresh(world: &World, day: Date) -> &[News] {
    let oldest = day.checked_sub(FRESH_DAYS.days()).unwrap_or(day);
    let begin = world.news.partition_point(|news| news.issued < oldest);
    let end = world.news.partition_point(|news| news.issued <= day);
    world.news.get(begin..end).unwrap_or_default()
}

/// How likely somebody opens Kampus on that day: habits grow over the first weeks, and summers are long.
fn likelihood(person: &Somebody, day: Date) -> f64 {
    let weeks = person.joined.until(day).map_or(0, |span| span.get_days()) / 7;
    let habit = 1.0 - 0.6 * (-f64::from(weeks) / 4.0).exp();
    let season = match (day.month(), day.day()) {
        (7, _) => 0.25,
        (12, 22..) | (1, ..=6) => 0.2,
        (6, 20..) | (8, ..=5) => 0.6,
        _ => 1.0,
    };
    let weekday = match day.weekday() {
        Weekday::Saturday | Weekday::Sunday => 0.02,
        Weekday::Friday => 0.8,
        _ => 1.0,
    };
    person.eagerness * habit * season * weekday
}

/// Something that somebody does; nothing when there is nothing to do it to.
fn act(world: &World, person: &Somebody, fresh: &[News], rng: &mut ChaCha8Rng) -> Option<Activity> {
    let verb = match rng.random_range(0..100) {
        0..66 => Verb::View,
        66..75 => Verb::Search,
        75..83 => Verb::Comment,
        83..90 => Verb::React,
        90..97 => Verb::Edit,
        _ => Verb::Create,
    };
    let in_workspace = match verb {
        Verb::Search => return Some(done(person, verb, None, None)),
        Verb::Edit | Verb::Create => true,
        Verb::Comment | Verb::React => rng.random_bool(0.6),
        _ => rng.random_bool(0.15),
    };
    if in_workspace {
        let room = world.workspaces.get(*person.workspaces.choose(rng)?)?;
        let item = *room.items.choose(rng)?;
        // The third item of a workspace is its discussion.
        let is_discussion = room.items.get(2) == Some(&item);
        let kind = if is_discussion { ItemKind::Discussion } else { ItemKind::Page };
        return Some(done(person, verb, Some((item, kind)), Some(Container::Workspace(room.id))));
    }
    let news = interesting(person, fresh, rng)?;
    Some(done(person, verb, Some((news.id, ItemKind::News)), Some(news.container)))
}

/// One's own ministry and the whole Government interest more than others do.
fn interesting<'a>(person: &Somebody, fresh: &'a [News], rng: &mut ChaCha8Rng) -> Option<&'a News> {
    for _ in 0..4 {
        let news = fresh.choose(rng)?;
        let interest = match news.ministry {
            None => 0.8,
            Some(ministry) if ministry == person.ministry => 0.9,
            Some(_) => 0.08,
        };
        if rng.random_bool(interest) {
            return Some(news);
        }
    }
    None
}

fn done(
    person: &Somebody,
    verb: Verb,
    object: Option<(kampus_core::ItemId, ItemKind)>,
    space: Option<Container>,
) -> Activity {
    Activity { occurred_at: jiff::Timestamp::UNIX_EPOCH, actor: person.id, verb, object, space, to: None }
}
