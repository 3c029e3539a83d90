//! A whole government's old intranets: twelve ministries that link to each other and move in four waves.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Written;
use super::ministry::Ministry;
use super::site::{Addresses, Delta, Site};
use super::table::{self, Form};
use super::wxr;

/// How big the government is, and which year's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twelve {
    /// The same seed gives the same bytes.
    pub seed: u64,
    /// Pages of the smallest ministry; the largest has twice as many.
    pub pages: u32,
    /// Half a year after the first export, and what became of pages since.
    pub later: Option<Delta>,
}

impl Default for Twelve {
    /// Small enough for a test that takes seconds.
    fn default() -> Self {
        Self { seed: 1, pages: 36, later: None }
    }
}

/// What a ministry's intranet was kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// WordPress, with attachments where it says so.
    WordPress { files: bool },
    /// A list of pages.
    List(Form),
}

const FILES: Kept = Kept::WordPress { files: true };
const TEXTS: Kept = Kept::WordPress { files: false };
const XLSX: Kept = Kept::List(Form::Xlsx);
const CSV: Kept = Kept::List(Form::Csv);

/// What a wave is called, and who moves in it.
const WAVES: [(&str, [(&str, Kept); 3]); 4] = [
    ("Ensimmäinen aalto", [("VNK", FILES), ("LVM", XLSX), ("MMM", CSV)]),
    ("Toinen aalto", [("YM", FILES), ("VM", XLSX), ("OM", TEXTS)]),
    ("Kolmas aalto", [("OKM", FILES), ("TEM", TEXTS), ("STM", CSV)]),
    ("Neljäs aalto", [("UM", FILES), ("SM", XLSX), ("PLM", CSV)]),
];

/// A wave as it was written.
#[derive(Debug)]
pub struct Wave {
    /// Its plan.
    pub plan: PathBuf,
    /// Its three sites, with what was written of each.
    pub sites: Vec<(Site, Written)>,
}

/// Writes `wave-1.toml` to `wave-4.toml`, and a folder with people and export for each ministry.
pub fn write(twelve: &Twelve, folder: &Path) -> io::Result<Vec<Wave>> {
    fs::create_dir_all(folder)?;
    let all: Vec<Site> =
        WAVES.iter().flat_map(|(_, wave)| wave).filter_map(|(code, kept)| twelve.site(code, *kept)).collect();
    let mut waves = Vec::new();
    for ((name, members), number) in WAVES.iter().zip(1..) {
        let mut plan = head(name);
        let mut sites = Vec::new();
        for (code, kept) in members {
            let Some(site) = all.iter().find(|site| site.ministry.code == *code) else { continue };
            let neighbours: Vec<Site> =
                all.iter().filter(|other| other.ministry != site.ministry).copied().collect();
            let id = site.ministry.id();
            let home = folder.join(&id);
            table::write_people(&[*site], &home)?;
            let written = match kept {
                Kept::WordPress { .. } => wxr::write(site, &neighbours, &home)?,
                Kept::List(form) => table::write(site, &neighbours, *form, &home)?,
            };
            if site.files {
                // A plan's folder has to be there, even when no page has an attachment.
                fs::create_dir_all(home.join("uploads"))?;
            }
            people(&mut plan, &id);
            source(&mut plan, site, &written);
            sites.push((*site, written));
        }
        let path = folder.join(format!("wave-{number}.toml"));
        fs::write(&path, plan)?;
        waves.push(Wave { plan: path, sites });
    }
    Ok(waves)
}

impl Twelve {
    fn site(&self, code: &str, kept: Kept) -> Option<Site> {
        let ministry = Ministry::of(code)?;
        let pages = self.pages + self.pages * (ministry.number * 5 % 12) / 11;
        let (addresses, files) = match kept {
            Kept::WordPress { files } => (Addresses::WordPress, files),
            Kept::List(Form::Xlsx) => (Addresses::Path, false),
            Kept::List(Form::Csv) => (Addresses::Query, false),
        };
        let site = Site { addresses, files, ..Site::new(ministry, pages, self.seed) };
        Some(self.later.map_or(site, |delta| site.later(delta)))
    }
}

fn head(name: &str) -> String {
    format!(
        "# Three made-up ministries leave their old intranets together. Paths are relative to this file.\n\n\
         name = \"{name}\"\ntime_zone = \"Europe/Helsinki\"\nlanguage = \"fi\"\n"
    )
}

/// Plans may name lists of people and exports in any order.
fn people(plan: &mut String, id: &str) {
    let _ = write!(plan, "\n[[people]]\nid = \"people-{id}\"\npath = \"{id}/people.xlsx\"\n");
}

fn source(plan: &mut String, site: &Site, written: &Written) {
    let id = site.ministry.id();
    let file = written.path.file_name().unwrap_or_default().display();
    let files = if site.files { format!("files = \"{id}/uploads\"\n") } else { String::new() };
    // Two ministries keep their old pages to themselves.
    let visibility = if site.ministry.number % 6 == 4 { "organisation" } else { "government" };
    let _ = write!(
        plan,
        "\n[[source]]\nid = \"{id}\"\npath = \"{id}/{file}\"\norganisation = \"{}\"\n{files}\
         section = {{ fi = \"{}: intranet\", sv = \"{}: intranät\" }}\nvisibility = \"{visibility}\"\n",
        site.ministry.code, site.ministry.finnish, site.ministry.swedish
    );
}
