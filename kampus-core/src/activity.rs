//! What people did, recorded for analytics: high volume, beside the journal.
//!
//! Only deliberate acts are recorded, and a record names ids only. Words are those of Activity Streams 2.0 where
//! it has them; `search`, `publish` and `acknowledge` are extensions.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::content::{Container, ItemKind};
use crate::id::{ItemId, PersonId};

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Opened an item to read it.
    View,
    /// Changed an item.
    Edit,
    /// Made an item.
    Create,
    /// Published an item.
    Publish,
    /// Commented on an item.
    Comment,
    /// Reacted to an item.
    React,
    /// Joined a workspace.
    Join,
    /// Left a workspace.
    Leave,
    /// Searched.
    Search,
    /// Confirmed having read an item.
    Acknowledge,
}

impl Verb {
    /// The word used in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Edit => "edit",
            Self::Create => "create",
            Self::Publish => "publish",
            Self::Comment => "comment",
            Self::React => "react",
            Self::Join => "join",
            Self::Leave => "leave",
            Self::Search => "search",
            Self::Acknowledge => "acknowledge",
        }
    }
}

/// One deliberate act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// When.
    pub occurred_at: Timestamp,
    /// Who.
    pub actor: PersonId,
    /// Did what.
    pub verb: Verb,
    /// To which item.
    pub object: Option<(ItemId, ItemKind)>,
    /// In which section or workspace.
    pub space: Option<Container>,
    /// Whom it answered, for comments.
    pub to: Option<PersonId>,
}

/// A line of an activity file.
#[derive(Serialize)]
struct Line {
    occurred_at: Timestamp,
    actor: String,
    verb: Verb,
    object: Option<String>,
    object_kind: Option<ItemKind>,
    space: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

impl Activity {
    /// One JSON object in one line: `occurred_at` (UTC), `actor`, `verb`, `object`, `object_kind`, `space`, `to`;
    /// ids as they print.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Line {
            occurred_at: self.occurred_at,
            actor: self.actor.to_string(),
            verb: self.verb,
            object: self.object.map(|(id, _)| id.to_string()),
            object_kind: self.object.map(|(_, kind)| kind),
            space: self.space.map(|space| space.to_string()),
            to: self.to.map(|person| person.to_string()),
        })
    }
}

/// Where activity goes.
pub trait ActivitySink: Send + Sync {
    /// Takes an act in.
    fn record(&self, activity: &Activity) -> io::Result<()>;
}

/// Writes activity as newline-delimited JSON, one file a day in UTC: `activity-2018-03-01.ndjson`.
#[derive(Debug)]
pub struct FileSink {
    folder: PathBuf,
    open: Mutex<Option<(String, BufWriter<File>)>>,
}

impl FileSink {
    /// Writes into that folder, which is made when the first act comes.
    pub fn new(folder: impl AsRef<Path>) -> Self {
        Self { folder: folder.as_ref().to_owned(), open: Mutex::new(None) }
    }

    /// Hands everything recorded so far to the operating system.
    pub fn flush(&self) -> io::Result<()> {
        match self.open.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some((_, file)) => file.flush(),
            None => Ok(()),
        }
    }
}

impl ActivitySink for FileSink {
    fn record(&self, activity: &Activity) -> io::Result<()> {
        let line = activity.to_json().map_err(io::Error::other)?;
        let name = format!("activity-{}.ndjson", activity.occurred_at.strftime("%Y-%m-%d"));
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.as_ref().is_none_or(|(current, _)| *current != name) {
            if let Some((_, mut file)) = open.take() {
                file.flush()?;
            }
            std::fs::create_dir_all(&self.folder)?;
            let file = OpenOptions::new().create(true).append(true).open(self.folder.join(&name))?;
            *open = Some((name, BufWriter::new(file)));
        }
        match open.as_mut() {
            Some((_, file)) => writeln!(file, "{line}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_sink_rotates_by_day_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let sink = FileSink::new(folder.path());
        for moment in ["2018-03-01T23:59:59Z", "2018-03-02T00:00:00Z", "2018-03-02T09:00:00Z"] {
            sink.record(&Activity {
                occurred_at: moment.parse().unwrap(),
                actor: PersonId::FIRST,
                verb: Verb::View,
                object: Some((ItemId::FIRST, ItemKind::News)),
                space: None,
                to: None,
            })
            .unwrap();
        }
        sink.flush().unwrap();
        let lines = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(
            lines("activity-2018-03-01.ndjson"),
            "{\"occurred_at\":\"2018-03-01T23:59:59Z\",\"actor\":\"person:1\",\"verb\":\"view\",\
             \"object\":\"item:1\",\"object_kind\":\"news\",\"space\":null}\n"
        );
        assert_eq!(lines("activity-2018-03-02.ndjson").lines().count(), 2);
    }
}
