//! Writes the tables of results into the README of the benches, and a chart beside it.
//!
//! ```text
//! cargo run -p kampus-benches --bin table -- access|migrate DATE MACHINE
//! ```
//!
//! It reads what Criterion left of the last run. Figures that were not measured are left out.

mod chart;
mod figures;
mod results;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use figures::{SECTIONS, Section};
use results::{Results, duration, ratio};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let section = arguments.next().and_then(|name| SECTIONS.iter().find(|section| section.name == name));
    let (Some(section), Some(date), Some(machine)) = (section, arguments.next(), arguments.next()) else {
        let usage =
            "say what was measured, when, and on what: table access|migrate 2026-11-30 '2 cores, 24 GiB'";
        return Err(usage.into());
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let results = Results::read(&criterion_home(here))?;
    let readme = here.join("README.md");
    let text = std::fs::read_to_string(&readme)?;
    let table = table(section, &results, &date, &machine);
    std::fs::write(&readme, with_table(&text, section.name, &table).ok_or("no markers")?)?;
    let mut groups: Vec<&str> = section.figures.iter().map(|figure| figure.group).collect();
    groups.dedup();
    std::fs::write(here.join(format!("{}.svg", section.name)), chart::draw(&results, &groups)?)?;
    Ok(())
}

/// Where Criterion keeps its results, by the rules that it follows itself.
fn criterion_home(here: &Path) -> PathBuf {
    let target = || match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => PathBuf::from(target),
        None => here.join("../target"),
    };
    std::env::var_os("CRITERION_HOME").map_or_else(|| target().join("criterion"), PathBuf::from)
}

/// The text with what is between the markers of a section replaced.
fn with_table(text: &str, section: &str, table: &str) -> Option<String> {
    let begin = format!("<!-- results of {section}: begin (written by `table`) -->\n");
    let end = format!("<!-- results of {section}: end -->\n");
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}{table}{end}{after}"))
}

fn table(section: &Section, results: &Results, date: &str, machine: &str) -> String {
    let mut table = format!("Measured on {date}; {machine}; medians, {}.\n\n", section.threads);
    table.push_str("| figure | target | measured | ratio to peer |\n|---|---|---|---|\n");
    for figure in section.figures {
        let Some(measured) = results.of(figure.group, figure.function) else { continue };
        let peers: Vec<String> = figure
            .peers
            .iter()
            .filter_map(|(function, name)| {
                let peer = results.of(figure.group, function)?;
                Some(format!("{name} {}: {}×", duration(peer), ratio(peer / measured)))
            })
            .collect();
        let rate = results.rate(figure.group, figure.function).map(|rate| format!(", {rate}"));
        let took = format!("{}{}", duration(measured), rate.unwrap_or_default());
        let reached = figure.target.most(results).is_some_and(|most| measured <= most);
        let bold = if reached { format!("**{took}**") } else { took };
        let target = figure.target.says();
        // Writing into a string cannot fail.
        let _ = writeln!(table, "| {} | {target} | {bold} | {} |", figure.says, peers.join("; "));
    }
    // Writing into a string cannot fail.
    let _ = writeln!(table, "\n![Every result on a logarithmic scale]({}.svg)", section.name);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(name: &str) -> &'static Section {
        SECTIONS.iter().find(|section| section.name == name).unwrap()
    }

    #[test]
    fn a_table_replaces_what_is_between_its_markers() {
        let text =
            "a\n<!-- results of x: begin (written by `table`) -->\nold\n<!-- results of x: end -->\nb\n";
        assert_eq!(with_table(text, "x", "new\n"), Some(text.replace("old", "new")));
        assert_eq!(with_table(text, "y", "new"), None);
    }

    #[test]
    fn every_section_has_its_place_in_the_readme() {
        let readme = include_str!("../../../README.md");
        assert!(SECTIONS.iter().all(|section| with_table(readme, section.name, "").is_some()));
    }

    #[test]
    fn a_figure_stands_beside_its_peers() {
        let check = |function, took| ("access/check", function, took);
        let results = Results::from([check("viewer", 2.5), check("cedar", 6_800.0), check("array", 0.5)]);
        let table = table(section("access"), &results, "today", "here");
        assert!(
            table.contains("1000 times faster than Cedar | **2.5 ns** | Cedar 6.8 µs: 2,700× |"),
            "{table}"
        );
        assert!(table.contains("at most 3 times the bare array | 2.5 ns |"), "missed is not bold: {table}");
    }

    #[test]
    fn a_speed_is_held_against_a_share_of_the_peers() {
        let results = |took| {
            Results::from([("migrate/run", "kampus", took), ("migrate/run", "ammonia_all_cores", 8e8)])
        };
        let row = |took| table(section("migrate"), &results(took), "today", "here");
        assert!(row(1e9).contains("| **1 s** | ammonia on all cores 800 ms: 0.8× |"), "{}", row(1e9));
        assert!(row(1.01e9).contains("| 1 s |"), "{}", row(1.01e9));
    }
}
