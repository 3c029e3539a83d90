//! People, as far as the journal knows them.

use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PersonId};
use crate::language::Language;
use crate::time::Period;

/// A person, without anything that says who it is: names and addresses are in the
/// [`Profile`](super::Profile), which can be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// The unit the person belongs to; guests have none.
    pub home: Option<OrganisationId>,
    /// Where else the person works for a time: secondments, deputies.
    pub affiliations: Vec<Affiliation>,
    /// Languages in which the person wants to read, dearest first.
    pub languages: Vec<Language>,
    /// What the person is to the Government (SCIM `userType`).
    pub user_type: UserType,
    /// Whether the person serves.
    pub employment: Employment,
    /// Whether the person is cleared for security class IV.
    pub cleared: bool,
    /// Whether the person looks after the platform: directory and common sections.
    pub administrator: bool,
    /// Known only from old content as the author of something; waits for somebody to claim it.
    pub placeholder: bool,
    /// Who claimed the placeholder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<PersonId>,
}

/// A time-bound membership in a unit other than one's own (`org:Membership`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affiliation {
    /// The unit.
    pub unit: OrganisationId,
    /// How long.
    pub period: Period,
}

/// What a person is to the Government (SCIM `userType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserType {
    /// A civil servant.
    Official,
    /// A civil servant posted abroad.
    Posted,
    /// Locally engaged at a mission.
    Local,
    /// A minister, state secretary or special adviser: comes and goes with the Government.
    Political,
    /// From outside; reaches only the workspaces that invited them.
    Guest,
}

/// Whether a person serves. Only active people may do anything (rule 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    /// Serves.
    Active,
    /// On leave or barred for now.
    Suspended,
    /// Has left.
    Ended,
}

impl Person {
    /// Whether the person belongs to `Everyone`: staff, not guests.
    pub fn is_staff(&self) -> bool {
        self.user_type != UserType::Guest
    }
}
