//! Sections: where an organisation publishes.

use serde::{Deserialize, Serialize};

use super::Classification;
use crate::id::{OrganisationId, SectionId};
use crate::localised::Localised;

/// A section: published knowledge and news. Sections form a tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its id.
    pub id: SectionId,
    /// What it is called.
    pub title: Localised<String>,
    /// Whose it is; the Government owns the common ones.
    pub owner: OrganisationId,
    /// The section above it.
    pub parent: Option<SectionId>,
    /// Who reads it without a grant of their own (rule 6).
    pub visibility: SectionVisibility,
    /// The highest classification that an item in it may have.
    pub ceiling: Classification,
}

/// Who reads a section without a grant of their own (rule 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionVisibility {
    /// All staff: openness is the default.
    #[default]
    Government,
    /// The owning organisation with all its units.
    Organisation,
    /// Nobody: grants only.
    Restricted,
}
