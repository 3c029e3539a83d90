//! What is shown in the tables, and what it is to reach.

use crate::results::{Results, duration};

/// A table.
pub(crate) struct Section {
    /// The bench, the chart and the place in the README are called so.
    pub(crate) name: &'static str,
    /// What is to be said of threads.
    pub(crate) threads: &'static str,
    pub(crate) figures: &'static [Figure],
}

pub(crate) const SECTIONS: [Section; 2] = [
    Section { name: "access", threads: "one thread", figures: ACCESS },
    Section { name: "migrate", threads: "one thread unless all cores are named", figures: MIGRATE },
];

/// A figure of Kampus, what it is to reach, and what it is measured against.
pub(crate) struct Figure {
    pub(crate) group: &'static str,
    pub(crate) function: &'static str,
    pub(crate) says: &'static str,
    pub(crate) target: Target,
    /// Other functions of the group, with their names.
    pub(crate) peers: &'static [(&'static str, &'static str)],
}

/// What a figure is to reach. Ratios hold on any machine; their other side is measured in the same run.
pub(crate) enum Target {
    /// At most that many times as long as another function.
    Times(f64, (&'static str, &'static str), &'static str),
    /// At least that many times faster than another function.
    Faster(f64, (&'static str, &'static str), &'static str),
    /// At least that share of another function's speed.
    Speed(f64, (&'static str, &'static str), &'static str),
    /// At most that many nanoseconds.
    Nanoseconds(f64),
    /// Nothing: it is measured for the sake of others.
    None,
}

impl Target {
    /// The most that it allows, if its other side was measured.
    pub(crate) fn most(&self, results: &Results) -> Option<f64> {
        match self {
            Self::Times(times, (group, function), _) => Some(times * results.of(group, function)?),
            Self::Faster(times, (group, function), _) => Some(results.of(group, function)? / times),
            Self::Speed(share, (group, function), _) => Some(results.of(group, function)? / share),
            Self::Nanoseconds(most) => Some(*most),
            Self::None => None,
        }
    }

    pub(crate) fn says(&self) -> String {
        match self {
            Self::Times(times, _, what) if *times <= 1.0 => format!("at most the time of {what}"),
            Self::Times(times, _, what) => format!("at most {times} times {what}"),
            Self::Faster(times, _, what) => format!("{times} times faster than {what}"),
            Self::Speed(share, _, what) => format!("at least {share} of the speed of {what}"),
            Self::Nanoseconds(most) => format!("at most {}", duration(*most)),
            Self::None => "–".to_owned(),
        }
    }
}

const CEDAR: (&str, &str) = ("access/check", "cedar");
const VIEWER: (&str, &str) = ("access/check", "viewer");

/// Figures of access decisions, in the order of the table.
const ACCESS: &[Figure] = &[
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

/// Figures of migration.
const MIGRATE: &[Figure] = &[
    Figure {
        group: "migrate/read/wxr",
        function: "kampus",
        says: "A WordPress export is read into records",
        target: Target::Speed(0.5, ("migrate/read/wxr", "quick_xml"), "quick-xml's bare tokens"),
        peers: &[("quick_xml", "bare tokens"), ("lxml", "lxml's iterparse")],
    },
    Figure {
        group: "migrate/read/xlsx",
        function: "kampus",
        says: "A workbook of pages is read into records",
        target: Target::Times(1.2, ("migrate/read/xlsx", "calamine"), "calamine alone"),
        peers: &[("calamine", "calamine, cells only"), ("openpyxl", "openpyxl, cells only")],
    },
    Figure {
        group: "migrate/clean",
        function: "kampus",
        says: "Bodies become safe HTML with their words kept, and what went is listed",
        target: Target::None,
        peers: &[("ammonia", "ammonia alone"), ("nh3", "nh3 from Python")],
    },
    Figure {
        group: "migrate/run",
        function: "kampus",
        says: "A whole run into a new store: read, cleaned, linked, journalled, with its ledger",
        target: Target::Speed(0.8, ("migrate/run", "ammonia_all_cores"), "ammonia alone on all cores"),
        peers: &[("ammonia_all_cores", "ammonia on all cores")],
    },
];
