//! Writes the table of results into the README of the benches, and a chart beside it.
//!
//! ```text
//! cargo run -p kampus-benches --bin table -- DATE MACHINE
//! ```
//!
//! It reads what Criterion left of the last run. Figures that were not measured are left out.

mod chart;
mod results;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use results::{Results, duration, ratio};

const BEGIN: &str = "<!-- results: begin (written by `table`) -->\n";
const END: &str = "<!-- results: end -->\n";

/// A figure of Kampus, what it is to reach, and what it is measured against.
struct Figure {
    group: &'static str,
    function: &'static str,
    says: &'static str,
    target: Target,
    /// Other functions of the group, with their names.
    peers: &'static [(&'static str, &'static str)],
}

/// What a figure is to reach. Ratios hold on any machine; their other side is measured in the same run.
enum Target {
    /// At most that many times as long as another function.
    Times(f64, (&'static str, &'static str), &'static str),
    /// At least that many times faster than another function.
    Faster(f64, (&'static str, &'static str), &'static str),
    /// At most that many nanoseconds.
    Nanoseconds(f64),
}

impl Target {
    /// The most that it allows, if its other side was measured.
    fn most(&self, results: &Results) -> Option<f64> {
        match self {
            Self::Times(times, (group, function), _) => Some(times * results.of(group, function)?),
            Self::Faster(times, (group, function), _) => Some(results.of(group, function)? / times),
            Self::Nanoseconds(most) => Some(*most),
        }
    }

    fn says(&self) -> String {
        match self {
            Self::Times(times, _, what) if *times <= 1.0 => format!("at most the time of {what}"),
            Self::Times(times, _, what) => format!("at most {times} times {what}"),
            Self::Faster(times, _, what) => format!("{times} times faster than {what}"),
            Self::Nanoseconds(most) => format!("at most {}", duration(*most)),
        }
    }
}

const CEDAR: (&str, &str) = ("access/check", "cedar");
const VIEWER: (&str, &str) = ("access/check", "viewer");

/// Every figure, in the order of the table.
const FIGURES: &[Figure] = &[
    Figure {
        group: "access/check",
        function: "viewer",
        says: "May this viewer view this item? The viewer is at hand",
        target: Target::Times(3.0, ("access/check", "array"), "the bare array"),
        peers: &[("array", "bare array"), ("walk", "plain walk"), ("casbin", "Casbin")],
    },
    Figure {
        group: "access/check",
        function: "viewer",
        says: "The same",
        target: Target::Faster(1_000.0, CEDAR, "Cedar"),
        peers: &[("cedar", "Cedar")],
    },
    Figure {
        group: "access/check",
        function: "one_off",
        says: "May this person view this item? Anybody, out of the blue",
        target: Target::Times(1.0, ("access/check", "walk"), "the plain walk"),
        peers: &[("walk", "plain walk"), ("cedar", "Cedar"), ("casbin", "Casbin")],
    },
    Figure {
        group: "access/list",
        function: "viewer",
        says: "All items that a viewer may view, as ids",
        target: Target::Faster(5_000.0, ("access/list", "cedar"), "Cedar asked one by one"),
        peers: &[("cedar", "Cedar")],
    },
    Figure {
        group: "access/list",
        function: "viewer_first_50",
        says: "The newest 50 of them",
        target: Target::Times(300.0, VIEWER, "a viewer's check"),
        peers: &[("cedar", "Cedar, all of them")],
    },
    Figure {
        group: "access/everyone",
        function: "index",
        says: "Who may view an item",
        target: Target::Faster(1_000.0, ("access/everyone", "cedar"), "Cedar asked for every person"),
        peers: &[("cedar", "Cedar")],
    },
    Figure {
        group: "access/viewer",
        function: "new",
        says: "A viewer is made, and asked for the first time",
        target: Target::Times(2.0, CEDAR, "a check of Cedar"),
        peers: &[("cedar", "two checks of Cedar")],
    },
    Figure {
        group: "access/change",
        function: "grant",
        says: "A grant on a section, journalled, and the first check that sees it",
        target: Target::Faster(1_000.0, ("access/change", "cedar_upsert"), "Cedar's upsert of one entity"),
        peers: &[("cedar_upsert", "Cedar")],
    },
    Figure {
        group: "access/change",
        function: "revoke",
        says: "Its end, likewise",
        target: Target::Faster(1_000.0, ("access/change", "cedar_upsert"), "Cedar's upsert of one entity"),
        peers: &[("cedar_upsert", "Cedar")],
    },
    Figure {
        group: "access_large/check",
        function: "viewer",
        says: "1,000,000 people, 10,000,000 items: the viewer is at hand",
        target: Target::Times(10.0, VIEWER, "the small world's"),
        peers: &[("walk", "plain walk"), ("array", "bare array")],
    },
    Figure {
        group: "access_large/check",
        function: "one_off",
        says: "The same world: anybody",
        target: Target::Times(10.0, ("access/check", "one_off"), "the small world's"),
        peers: &[("walk", "plain walk")],
    },
    Figure {
        group: "access_large/change",
        function: "grant",
        says: "The same world: a grant and the check that sees it",
        target: Target::Nanoseconds(100_000.0),
        peers: &[],
    },
    Figure {
        group: "access_large/change",
        function: "revoke",
        says: "The same world: its end",
        target: Target::Nanoseconds(100_000.0),
        peers: &[],
    },
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(date), Some(machine)) = (arguments.next(), arguments.next()) else {
        return Err("say the date and the class of the machine: table 2026-11-30 '2 cores, 24 GiB'".into());
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let results = Results::read(&criterion_home(here))?;
    let readme = here.join("README.md");
    let text = std::fs::read_to_string(&readme)?;
    std::fs::write(&readme, with_table(&text, &table(&results, &date, &machine)).ok_or("no markers")?)?;
    let mut groups: Vec<&str> = FIGURES.iter().map(|figure| figure.group).collect();
    groups.dedup();
    std::fs::write(here.join("access.svg"), chart::draw(&results, &groups)?)?;
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

/// The text with what is between the markers replaced.
fn with_table(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{table}{END}{after}"))
}

fn table(results: &Results, date: &str, machine: &str) -> String {
    let mut table = format!("Measured on {date}; {machine}; medians, one thread.\n\n");
    table.push_str("| figure | target | measured | ratio to peer |\n|---|---|---|---|\n");
    for figure in FIGURES {
        let Some(measured) = results.of(figure.group, figure.function) else { continue };
        let peers: Vec<String> = figure
            .peers
            .iter()
            .filter_map(|(function, name)| {
                let peer = results.of(figure.group, function)?;
                Some(format!("{name} {}: {}×", duration(peer), ratio(peer / measured)))
            })
            .collect();
        let took = duration(measured);
        let reached = figure.target.most(results).is_some_and(|most| measured <= most);
        let bold = if reached { format!("**{took}**") } else { took };
        let target = figure.target.says();
        // Writing into a string cannot fail.
        let _ = writeln!(table, "| {} | {target} | {bold} | {} |", figure.says, peers.join("; "));
    }
    table.push_str("\n![Every result on a logarithmic scale](access.svg)\n");
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_replaces_what_is_between_the_markers() {
        let text = format!("a\n{BEGIN}old\n{END}b\n");
        assert_eq!(with_table(&text, "new\n"), Some(format!("a\n{BEGIN}new\n{END}b\n")));
        assert_eq!(with_table("no markers", "new"), None);
    }

    #[test]
    fn a_figure_stands_beside_its_peers() {
        let check = |function, took| ("access/check", function, took);
        let results = Results::from([check("viewer", 2.5), check("cedar", 6_800.0), check("array", 0.5)]);
        let table = table(&results, "today", "here");
        assert!(
            table.contains("1000 times faster than Cedar | **2.5 ns** | Cedar 6.8 µs: 2,700× |"),
            "{table}"
        );
        assert!(table.contains("at most 3 times the bare array | 2.5 ns |"), "missed is not bold: {table}");
    }
}
