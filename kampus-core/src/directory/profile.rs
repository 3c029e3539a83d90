//! What can be told of a person, and erased.

use serde::{Deserialize, Serialize};

/// Personal data, kept outside the journal so that it can be changed and erased (names as in SCIM 2.0).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The name shown.
    pub display_name: String,
    /// E-mail address: a way to reach somebody, not a key and not a sign of an organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Job title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The name used to log in (SCIM `userName`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
}

impl Profile {
    /// The name to show: the display name, or one composed of the others.
    pub fn shown_name(&self) -> String {
        if self.display_name.is_empty() {
            format!("{} {}", self.given_name, self.family_name).trim().to_owned()
        } else {
            self.display_name.clone()
        }
    }
}
