//! Organisations and their units: one tree.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::OrganisationId;
use crate::language::Language;
use crate::localised::Localised;

/// What a node of the tree is (`org:classification`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// The root.
    Government,
    /// A ministry.
    Ministry,
    /// The Office of the President or of the Chancellor of Justice.
    Office,
    /// A mission abroad.
    Mission,
    /// An agency.
    Agency,
    /// A part of one of these (`org:OrganizationalUnit`), without legal standing of its own.
    Unit(UnitLevel),
}

impl OrganisationKind {
    /// Whether this is an organisation of its own and not a part of one.
    pub fn is_organisation(self) -> bool {
        !matches!(self, Self::Unit(_))
    }
}

/// What a unit is called. A label, not a depth: teams stand directly under ministries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitLevel {
    /// Osasto, avdelning.
    Department,
    /// Yksikkö, enhet.
    Unit,
    /// Ryhmä, tiimi; grupp, team.
    Team,
    /// Esikunta, stab.
    Staff,
}

/// A name and the days on which it was in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedName {
    /// The name in the languages it has.
    pub name: Localised<String>,
    /// The first day of use, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day of use; `None` for a name that is in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// An organisation or a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// The short code people use: `VM`, `UM-TUKHOLMA`. Unique in any case of letters.
    pub code: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The node above it; `None` for the root only.
    pub parent: Option<OrganisationId>,
    /// Protocol order: by this ministries sort, never by name.
    pub order: u32,
    /// Its names, the current one first, then former ones: old content carries old names.
    pub names: Vec<DatedName>,
    /// Other words by which old content knows it: abbreviations, former codes and domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its last day, when it is no more: it was merged into another one, or split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Date>,
    /// The region in which a mission is counted when it is too small to be counted alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// IANA time zone, for missions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

impl Organisation {
    /// Its current name in the reader's languages, or its code if it has no name.
    pub fn name(&self, order: &[Language]) -> &str {
        self.names.first().and_then(|dated| dated.name.best(order)).map_or(&self.code, |(_, name)| name)
    }

    /// Whether somebody might mean this organisation by that text: its code, any of its names in any language,
    /// present or past, or an alias, in any case of letters.
    pub fn is_called(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let same = |other: &str| other.to_lowercase() == text;
        same(&self.code)
            || self.aliases.iter().any(|alias| same(alias))
            || self.names.iter().flat_map(|dated| dated.name.iter()).any(|(_, name)| same(name))
    }
}
