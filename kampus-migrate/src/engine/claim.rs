//! Claiming placeholders: all that are asked for, or none.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kampus_core::directory::Profile;
use kampus_core::{Actor, Command, CommandError, Kampus, PersonId, Snapshot};

use super::error::MigrateError;
use super::{existing, placeholders};
use crate::outcome::{ClaimOutcome, Claimed, VERSION};

/// The name under which the journal keeps what is claimed by hand.
const ACTOR: &str = "kampus-migrate claim";
/// How many bytes a list of claims may have.
const MOST: u64 = 16 * 1024 * 1024;

/// Who a placeholder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its id (`person:12`), or the name, e-mail address or log-in by which the exports know it.
    pub placeholder: String,
    /// The person's id, e-mail address, log-in or name.
    pub person: String,
    /// The line of a list.
    pub line: Option<u64>,
}

/// Why nothing was claimed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimError {
    /// The list cannot be read.
    #[error("cannot read `{path}`")]
    List {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The list is none.
    #[error("`{path}`:{line}: {reason}")]
    Row {
        /// The file.
        path: PathBuf,
        /// One-based.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A word means nobody, or several.
    #[error("{}{found} {what} `{word}`", at(*line))]
    Who {
        /// The line of a list.
        line: Option<u64>,
        /// How many: `no` or `more than one`.
        found: &'static str,
        /// What was looked for.
        what: &'static str,
        /// The word.
        word: String,
    },
    /// The store refuses it.
    #[error("{}`{placeholder}` cannot be claimed", at(*line))]
    Refused {
        /// The line of a list.
        line: Option<u64>,
        /// The placeholder.
        placeholder: String,
        /// Why.
        #[source]
        source: CommandError,
    },
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] MigrateError),
}

fn at(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!("line {line}: "))
}

/// Reads a list of claims: UTF-8, delimited by semicolons or commas, with the columns `placeholder` and `person`.
pub fn read_claims(path: &Path) -> Result<Vec<Claim>, ClaimError> {
    let unreadable = |source| ClaimError::List { path: path.to_owned(), source };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MOST {
        return Err(unreadable(std::io::Error::other(format!("it has {size} bytes, more than {MOST}"))));
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let row = |line: u64, reason: String| ClaimError::Row { path: path.to_owned(), line, reason };
    let headers = reader.headers().map_err(|error| row(1, error.to_string()))?.clone();
    let column =
        |names: [&str; 3]| headers.iter().position(|header| names.contains(&header.to_lowercase().as_str()));
    let placeholder = column(["placeholder", "paikkahenkilö", "platshållare"])
        .ok_or_else(|| row(1, "no column is called `placeholder`".to_owned()))?;
    let person = column(["person", "henkilö", "personen"])
        .ok_or_else(|| row(1, "no column is called `person`".to_owned()))?;
    let mut claims = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            row(line, error.to_string())
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let word = |column: usize, name: &str| match record.get(column) {
            Some(word) if !word.is_empty() => Ok(word.to_owned()),
            _ => Err(row(line, format!("the {name} is missing"))),
        };
        claims.push(Claim {
            placeholder: word(placeholder, "placeholder")?,
            person: word(person, "person")?,
            line: Some(line),
        });
    }
    Ok(claims)
}

/// Makes people's what placeholders wrote, were granted and belonged to. What they have claimed before stays as it is.
pub fn claim(store: &Path, claims: &[Claim], now: Timestamp) -> Result<ClaimOutcome, ClaimError> {
    let kampus = existing(store)?;
    let names = Names::read(&kampus)?;
    let snapshot = kampus.snapshot();
    let mut pairs = Vec::with_capacity(claims.len());
    for claim in claims {
        let placeholder = names.find(&snapshot, &claim.placeholder, claim.line, true)?;
        pairs.push((claim, placeholder, names.find(&snapshot, &claim.person, claim.line, false)?));
    }
    let items =
        placeholders::items_of(&snapshot, &pairs.iter().map(|(_, placeholder, _)| *placeholder).collect());
    let mut outcome =
        ClaimOutcome { version: VERSION, store: store.to_owned(), claimed: Vec::new(), unchanged: 0 };
    let mut tx = kampus.transaction(Actor::Operator(ACTOR.to_owned()), now);
    for (claim, placeholder, person) in pairs {
        let known = tx.snapshot().directory().person(placeholder).and_then(|person| person.claimed_by);
        if known == Some(person) {
            outcome.unchanged += 1;
            continue;
        }
        tx.execute(Command::ClaimPlaceholder { placeholder, person }).map_err(|source| {
            ClaimError::Refused { line: claim.line, placeholder: claim.placeholder.clone(), source }
        })?;
        outcome.claimed.push(Claimed {
            placeholder: placeholder.to_string(),
            person: person.to_string(),
            items: items.get(&placeholder).copied().unwrap_or_default(),
        });
    }
    tx.commit().map_err(MigrateError::from)?;
    Ok(outcome)
}

/// People by what they are called.
struct Names(HashMap<String, BTreeSet<PersonId>>);

impl Names {
    fn read(store: &Kampus) -> Result<Self, MigrateError> {
        let mut names: HashMap<String, BTreeSet<PersonId>> = HashMap::new();
        for (person, profile) in store.profiles()? {
            let Profile { email, user_name, .. } = &profile;
            let words = [Some(profile.shown_name()), email.clone(), user_name.clone()];
            for word in words.into_iter().flatten().filter(|word| !word.is_empty()) {
                names.entry(word.to_lowercase()).or_default().insert(person);
            }
        }
        Ok(Self(names))
    }

    /// The only one of the kind whom a word means.
    fn find(
        &self,
        snapshot: &Snapshot,
        word: &str,
        line: Option<u64>,
        placeholder: bool,
    ) -> Result<PersonId, ClaimError> {
        let what = if placeholder { "placeholder is called" } else { "person is called" };
        let wrong = |found| ClaimError::Who { line, found, what, word: word.to_owned() };
        let person = |id: PersonId| snapshot.directory().person(id);
        // What an id names is looked at by the command, which says why it cannot be.
        if let Ok(id) = word.parse::<PersonId>() {
            return person(id).map(|person| person.id).ok_or_else(|| wrong("no"));
        }
        let called = self.0.get(&word.trim().to_lowercase()).into_iter().flatten().copied();
        let mut found =
            called.filter(|id| person(*id).is_some_and(|person| person.placeholder == placeholder));
        let first = found.next().ok_or_else(|| wrong("no"))?;
        if found.next().is_some() { Err(wrong("more than one")) } else { Ok(first) }
    }
}
