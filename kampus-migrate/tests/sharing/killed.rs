//! A run that is killed leaves less open than there will be, and never more.

use std::fmt::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use kampus_core::Kampus;
use kampus_core::access::{Action, Scope};

use super::desk::Desk;

const PAGES: usize = 400;
const KILLS: u32 = 12;

fn spawn(desk: &Desk) -> Child {
    Command::new(cargo_bin!("kampus-migrate"))
        .current_dir(desk.path(""))
        .args(["run", "plan.toml", "--json"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Pages of which every second one is for few; those below come before those above.
fn fill(desk: &Desk, readers: [&str; 2]) {
    let mut text = "Tunniste;Otsikko;Sisältö;Yläsivu;Lukijat\n".to_owned();
    for number in 1..=PAGES {
        let above = if number % 5 == 0 { String::new() } else { (number / 5 * 5 + 5).to_string() };
        let named = if number % 10 == 0 || number % 4 == 0 { readers[number % 10 / 5] } else { "" };
        writeln!(text, "{number};{number};Teksti {};{above};{named}", readers[0]).unwrap();
    }
    desk.write("pages.csv", &text);
}

/// Who reads what, by the numbers of pages and people.
fn seen(desk: &Desk) -> Vec<(String, Vec<u32>)> {
    let Ok(kampus) = Kampus::open(desk.store()) else { return Vec::new() };
    let snapshot = kampus.snapshot();
    let all = snapshot.untrimmed();
    // The command dates pages by the clock.
    let later = "2100-01-01T00:00:00Z".parse().unwrap();
    let mut seen: Vec<_> = all
        .items()
        .map(|item| {
            let title = item.title.iter().next().unwrap().1.clone();
            (title, all.everyone(Action::View, Scope::Item(item.id), later).iter().collect())
        })
        .collect();
    seen.sort();
    seen
}

#[test]
fn whenever_a_run_is_killed_nobody_reads_more_than_when_it_is_done() {
    let undisturbed = Desk::new();
    fill(&undisturbed, ["maija@ym.example", "Vesiryhmä"]);
    let begun = Instant::now();
    assert!(spawn(&undisturbed).wait().unwrap().success());
    let whole = begun.elapsed();
    let expected = seen(&undisturbed);
    let few = expected.iter().filter(|(_, readers)| readers.len() < 3).count();
    assert!(few > PAGES / 4 && few < PAGES, "{few} pages are for few");

    let desk = Desk::new();
    fill(&desk, ["maija@ym.example", "Vesiryhmä"]);
    for number in 1..=KILLS {
        let mut child = spawn(&desk);
        std::thread::sleep(whole.mul_f64(f64::from(number) / f64::from(KILLS)) + Duration::from_millis(1));
        drop(child.kill());
        child.wait().unwrap();
        for (title, readers) in seen(&desk) {
            let (_, allowed) = expected.iter().find(|(known, _)| *known == title).unwrap();
            assert!(
                readers.iter().all(|reader| allowed.contains(reader)),
                "{title}: {readers:?}, not {allowed:?}"
            );
        }
        if seen(&desk) == expected {
            for file in ["kampus.db", "kampus.db-wal", "kampus.db-shm"] {
                drop(std::fs::remove_file(desk.path(file)));
            }
        }
    }
    assert!(spawn(&desk).wait().unwrap().success());
    assert_eq!(seen(&desk), expected);
    assert!(desk.verify().proven());
}
