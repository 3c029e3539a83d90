//! What became of a run that was taken back.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::ExitStatus;

/// A run that was taken back. The document of `rollback --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollbackOutcome {
    /// Version of this document.
    pub version: u32,
    /// The ledger's name of the run.
    pub run: String,
    /// The store that it had loaded into.
    #[serde(serialize_with = "super::lossy_path")]
    pub store: PathBuf,
    /// Whether this went on where an earlier rollback was interrupted.
    pub resumed: bool,
    /// What the run had made and is no longer there.
    pub removed: Removed,
    /// What the run had changed and is as it was before.
    pub restored: Restored,
    /// What is not as it was before the run, and why.
    pub kept: Vec<Kept>,
}

impl RollbackOutcome {
    /// How the command ends.
    pub fn status(&self) -> ExitStatus {
        if self.kept.is_empty() { ExitStatus::Done } else { ExitStatus::Rejections }
    }
}

/// What a run had made and is no longer there, the work of an interrupted rollback included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Removed {
    /// Pages, news, files and other items.
    pub items: u64,
    /// Comments, on these items or on others.
    pub comments: u64,
    /// People, placeholders included.
    pub people: u64,
    /// Sections.
    pub sections: u64,
    /// Workspaces.
    pub workspaces: u64,
}

impl Removed {
    /// The counts with their nouns.
    pub fn named(&self) -> [(u64, &'static str, &'static str); 5] {
        [
            (self.items, "item", "items"),
            (self.comments, "comment", "comments"),
            (self.people, "person", "people"),
            (self.sections, "section", "sections"),
            (self.workspaces, "workspace", "workspaces"),
        ]
    }
}

/// What a run had changed and is as it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Restored {
    /// Items of earlier runs.
    pub items: u64,
    /// Comments of earlier runs.
    pub comments: u64,
}

/// Something of a run that could not be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What: `item:12`, `comment:3`, `person:4`, `section:5`, `workspace:6`, or a grant.
    pub thing: String,
    /// What it is called, for items, sections and workspaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The address that it had in the old intranet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Why.
    pub because: Because,
    /// What else there is to know of the reason: what links to it, or what the store said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Kept {
    /// Why it stays, in words.
    pub fn reason(&self) -> String {
        let detail = self.detail.as_deref().unwrap_or_default();
        match self.because {
            Because::Edited => "people edited it in Kampus since".to_owned(),
            Because::Decided => "people decided since where it stands or who sees it".to_owned(),
            Because::Moved => "people moved it since".to_owned(),
            Because::Commented => "people commented on it".to_owned(),
            Because::Reacted => "people reacted to it or acknowledged it".to_owned(),
            Because::Shared => "people changed who has access to it".to_owned(),
            Because::Linked => format!("{detail}, which people wrote in Kampus, links to it"),
            Because::Holds => "something that stays is in it or under it".to_owned(),
            Because::Answered => "people answered it".to_owned(),
            Because::Settled => "people decided about it, follow it or asked to join since".to_owned(),
            Because::Named => "something that stays names them".to_owned(),
            Because::Active => {
                "they did something in Kampus, or others entered something about them".to_owned()
            }
            Because::Claimed => {
                "who this placeholder is was found out, and what they wrote stays theirs".to_owned()
            }
            Because::Details => {
                "what a list of people tells of them now stays: what it told before is kept nowhere"
                    .to_owned()
            }
            Because::Refused => format!("it cannot go back: {detail}"),
        }
    }
}

/// Why something of a run stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// People wrote its text.
    Edited,
    /// People set its state, its schedule, its audience or its class.
    Decided,
    /// People moved it.
    Moved,
    /// People commented on it.
    Commented,
    /// People reacted or acknowledged.
    Reacted,
    /// People gave or took access.
    Shared,
    /// What people wrote links to it.
    Linked,
    /// Something that stays is in it or under it.
    Holds,
    /// People answered the comment.
    Answered,
    /// People decided about the section or workspace, follow it or asked to join it.
    Settled,
    /// Something that stays names the person.
    Named,
    /// The person did something, or others entered something about them.
    Active,
    /// A placeholder of whom it was found out who they are.
    Claimed,
    /// What is told of the person cannot be as it was: the ledger holds no personal data.
    Details,
    /// The store does not take it back.
    Refused,
}
