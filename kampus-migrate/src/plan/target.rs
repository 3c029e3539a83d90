//! Places that a plan makes for content, beside the sections of its sources.

use kampus_core::content::{Classification, SectionVisibility, WorkspaceVisibility};
use kampus_core::{Language, Localised};

use super::located::Located;

/// A section or workspace that rules and content owners can send pages to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Rules, the workbook and the ledger know it by this.
    pub id: String,
    /// What it is called.
    pub title: Localised<String>,
    /// Code of the organisation that owns the section or hosts the workspace.
    pub organisation: Located<String>,
    /// Its ceiling.
    pub classification: Classification,
    /// What it is.
    pub kind: TargetKind,
}

/// What a target is, with what only that kind has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetKind {
    /// Published knowledge and news.
    Section {
        /// Who reads it without a grant of their own.
        visibility: SectionVisibility,
        /// The section above it.
        parent: Option<Above>,
    },
    /// Where people work together.
    Workspace {
        /// Who sees and joins it.
        visibility: WorkspaceVisibility,
        /// Who looks after it: an e-mail address or a name that the lists of people know.
        manager: Option<String>,
    },
}

/// The section above a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Above {
    /// That of another target.
    Target(String),
    /// That of a source.
    Source(String),
}

impl Target {
    /// Its title in a language, or in the first that it has.
    pub fn name(&self, language: Language) -> &str {
        self.title.best(&[language]).map_or(self.id.as_str(), |(_, title)| title.as_str())
    }

    /// Its id and its titles: what somebody may call it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [self.id.as_str()].into_iter().chain(self.title.iter().map(|(_, title)| title.as_str()))
    }

    /// Whether somebody means this one by a word: its id, or its title in any language.
    pub fn is_called(&self, word: &str) -> bool {
        let word = word.trim().to_lowercase();
        self.words().any(|known| known.trim().to_lowercase() == word)
    }

    /// The word for its kind: `section` or `workspace`.
    pub fn kind_word(&self) -> &'static str {
        match self.kind {
            TargetKind::Section { .. } => "section",
            TargetKind::Workspace { .. } => "workspace",
        }
    }

    /// The word for its visibility, as the plan writes it.
    pub fn visibility_word(&self) -> &'static str {
        match self.kind {
            TargetKind::Section { visibility, .. } => match visibility {
                SectionVisibility::Government => "government",
                SectionVisibility::Organisation => "organisation",
                SectionVisibility::Restricted => "restricted",
            },
            TargetKind::Workspace { visibility, .. } => match visibility {
                WorkspaceVisibility::Open => "open",
                WorkspaceVisibility::Closed => "closed",
                WorkspaceVisibility::Hidden => "hidden",
            },
        }
    }
}
