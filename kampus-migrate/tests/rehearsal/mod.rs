//! The rehearsal: twelve ministries move in four waves over half a year, with all that comes in between.
//!
//! The story is played twice. In calm weather every command comes to its end, and nobody makes a mistake. In a storm
//! processes are killed and a wave is taken back and done anew. Both end with the same store.

mod government;
mod team;

use kampus_migrate::engine;
use kampus_migrate::outcome::{Because, ExitStatus, Side};

use crate::ledger::desk::Picture;
use government::{Edition, Government};
use team::{Team, Weather};

#[test]
fn twelve_ministries_move_in_calm_and_in_storm_and_end_with_the_same_store() {
    let government = Government::new();
    let calm = Team::new(&government, Weather::Calm);
    let storm = Team::new(&government, Weather::Storm);
    for team in [&calm, &storm] {
        first_wave(team);
        people_begin_to_write(team);
        second_wave(team);
        newer_exports_of_the_first(team);
        third_wave(team);
        fourth_wave_and_newer_exports_of_all(team);
        everything_is_proven(team);
    }
    let (calm, storm) = (Picture::of(&calm.store), Picture::of(&storm.store));
    assert!(calm == storm, "{}", storm.differences(&calm).join("\n"));
}

/// Content owners say in the workbook what becomes of some pages, and three ministries move.
fn first_wave(team: &Team<'_>) {
    team.survey_and_decide(0);
    let outcome = team.moves(0, Edition::First, Side::Target, 1);
    for (site, _) in &team.government.wave(0, Edition::First).sites {
        let source = outcome.sources.iter().find(|source| source.source == site.ministry.id()).unwrap();
        let pages = source.tally.by_kind["page"];
        assert!(pages.merged >= 1 && pages.discarded >= 1, "{}: {pages:?}", site.ministry.code);
    }
    assert!(outcome.conflicts.is_empty() && outcome.gone.is_empty());
}

/// They write in two pages that their old intranet changes as well, and pin a third one.
fn people_begin_to_write(team: &Team<'_>) {
    for (address, text) in team.government.contested().iter().zip(["Ensin", "Sitten"]) {
        team.edit(address, text, 30);
    }
    team.pin(&team.government.top(0, 2), 31);
}

/// The second wave's pages link to the first one's, and the other way round from now on.
fn second_wave(team: &Team<'_>) {
    let before = team.links_across();
    let outcome = team.moves(1, Edition::First, Side::Target, 40);
    assert!(outcome.total.counts.loaded > 60, "{:?}", outcome.total);
    assert!(team.links_across() > before, "pages that moved before lead to those that move now");
}

/// The ministries of the first wave went on writing in the old intranets. What people wrote in Kampus stands, until the
/// team is told to take the old intranet's text.
fn newer_exports_of_the_first(team: &Team<'_>) {
    let contested = team.government.contested();
    let outcome = team.moves(0, Edition::Later, Side::Target, 50);
    assert!(outcome.total.counts.updated > 0 && outcome.total.counts.unchanged > 60, "{:?}", outcome.total);
    assert!(!outcome.gone.is_empty(), "some are gone at the source and stay");
    let named: Vec<_> = outcome.conflicts.iter().map(|conflict| conflict.prevails).collect();
    assert_eq!(named, vec![Side::Target; contested.len()], "{:?}", outcome.conflicts);
    assert_eq!(team.text(&contested[0]), "<p>Ensin</p>");
    let outcome = team.moves(0, Edition::Later, Side::Source, 51);
    let named: Vec<_> = outcome.conflicts.iter().map(|conflict| conflict.prevails).collect();
    assert_eq!(named, vec![Side::Source; contested.len()], "{:?}", outcome.conflicts);
    assert_ne!(team.text(&contested[0]), "<p>Ensin</p>");
    assert!(team.moves(0, Edition::Later, Side::Target, 52).nothing_new());
    // In Kampus they go on writing too.
    team.edit(&contested[1], "Viimein", 53);
}

/// The third wave comes too early: it is taken back, but for a page on which somebody has commented already, and moves
/// a week later.
fn third_wave(team: &Team<'_>) {
    let commented = team.government.top(2, 1);
    if team.weather == Weather::Storm {
        let before = Picture::of(&team.store);
        let too_early = team.next_run();
        team.moves(2, Edition::First, Side::Target, 60);
        let after = Picture::of(&team.store);
        let outcome = team.takes_back(too_early);
        assert_eq!((outcome.status(), outcome.kept.len()), (ExitStatus::Done, 0), "{:?}", outcome.kept);
        let now = Picture::of(&team.store);
        assert!(now == before, "{}", now.differences(&before).join("\n"));
        team.verify(0, Edition::Later);
        team.verify(1, Edition::First);
        let again = team.next_run();
        team.moves(2, Edition::First, Side::Target, 60);
        let now = Picture::of(&team.store);
        assert!(now == after, "{}", now.differences(&after).join("\n"));
        team.comment(&commented, 61);
        let outcome = team.takes_back(again);
        assert_eq!(outcome.status(), ExitStatus::Rejections);
        let kept: Vec<_> = outcome.kept.iter().filter(|kept| kept.because == Because::Commented).collect();
        assert_eq!(kept.len(), 1, "{:?}", outcome.kept);
        assert_eq!(kept[0].address.as_deref(), Some(commented.as_str()));
        let outcome = team.moves(2, Edition::First, Side::Target, 60);
        assert!(outcome.total.counts.unchanged > 0, "what stayed is found: {:?}", outcome.total);
    } else {
        team.moves(2, Edition::First, Side::Target, 60);
        team.comment(&commented, 61);
    }
}

/// The last ministries move, and everything that was written in the old intranets since comes after.
fn fourth_wave_and_newer_exports_of_all(team: &Team<'_>) {
    team.moves(3, Edition::First, Side::Target, 70);
    for wave in 1..4 {
        let outcome = team.moves(wave, Edition::Later, Side::Target, 80);
        assert!(outcome.total.counts.updated > 0 && outcome.conflicts.is_empty(), "{:?}", outcome.conflicts);
    }
    let outcome = team.moves(0, Edition::Later, Side::Target, 90);
    assert!(outcome.nothing_new() && outcome.conflicts.is_empty(), "nothing is new: {:?}", outcome.total);
    assert_eq!(team.text(&team.government.contested()[1]), "<p>Viimein</p>");
}

/// All four waves are proven from the last exports, and the old addresses lead on.
fn everything_is_proven(team: &Team<'_>) {
    for wave in 0..4 {
        team.verify(wave, Edition::Later);
    }
    let redirects = engine::redirects(&team.store).unwrap();
    assert!(redirects.len() > 300, "{} old addresses lead on", redirects.len());
}
