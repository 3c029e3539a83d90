//! Whether nothing was lost.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Conflict, Counts, DroppedMarkup, ExitStatus, Gone};

/// The proof that nothing was lost, or what is missing from it. The document of `verify --json`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VerifyOutcome {
    /// Version of this document.
    pub version: u32,
    /// The store that was looked at.
    #[serde(serialize_with = "super::lossy_path")]
    pub store: PathBuf,
    /// Each source with its equations.
    pub sources: Vec<VerifiedSource>,
    /// Bodies that lost words.
    pub missing_words: Vec<MissingWords>,
    /// Links to old pages that no export holds. They were dead at the source, so they are no loss.
    pub unresolved_links: Vec<UnresolvedLink>,
    /// Files and bodies whose content is not what the ledger says.
    pub hash_mismatches: Vec<HashMismatch>,
    /// Records whose text in Kampus people wrote since, while their source has another one, too. The one in Kampus was
    /// kept, so they are no loss.
    pub conflicts: Vec<Conflict>,
    /// Records that were loaded and that their source no longer holds. What they became stays, so they are no loss.
    pub gone: Vec<Gone>,
    /// Anything else that stands in the way of the proof.
    pub problems: Vec<String>,
    /// How much was looked at.
    #[serde(default)]
    pub checked: Checked,
    /// Links in stored texts that lead to items which are not there.
    #[serde(default)]
    pub broken_links: Vec<BrokenLink>,
    /// Old addresses that do not lead to what their records became.
    #[serde(default)]
    pub wrong_addresses: Vec<WrongAddress>,
    /// Old addresses that several records have; each leads to what the first of them became. No loss: at the source,
    /// too, they showed one page only.
    #[serde(default)]
    pub shared_addresses: Vec<SharedAddress>,
    /// Old addresses that no rule of a web server can be written for.
    #[serde(default)]
    pub unwritten_addresses: Vec<UnwrittenAddress>,
    /// What was left out of bodies, most frequent first; words are not among it.
    #[serde(default)]
    pub dropped: Vec<DroppedMarkup>,
    /// People who read something here that they could not read at its source.
    #[serde(default)]
    pub leaks: Vec<Leak>,
}

impl VerifyOutcome {
    /// Whether it is proven that nothing was lost.
    pub fn proven(&self) -> bool {
        self.sources.iter().flat_map(|source| &source.equations).all(Equation::holds)
            && self.checked.addresses.adds_up()
            && self.missing_words.is_empty()
            && self.hash_mismatches.is_empty()
            && self.broken_links.is_empty()
            && self.wrong_addresses.is_empty()
            && self.leaks.is_empty()
            && self.problems.is_empty()
    }

    /// How the command ends.
    pub fn status(&self) -> ExitStatus {
        if self.proven() { ExitStatus::Done } else { ExitStatus::Failed }
    }
}

/// How much a verification has looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Checked {
    /// Bodies of pages.
    pub bodies: u64,
    /// Words of those bodies at the source.
    pub words: u64,
    /// Pages that people have edited since; of them the text that the migration brought was looked at.
    pub edited: u64,
    /// Files.
    pub files: u64,
    /// Bytes of those files.
    pub file_bytes: u64,
    /// Links in stored texts.
    pub links: VerifiedLinks,
    /// Old addresses of records.
    pub addresses: VerifiedAddresses,
    /// Old addresses in the rules for web servers.
    pub rules: u64,
    /// Records that their sources restrict to some.
    pub restricted: u64,
    /// Readers of those.
    pub readers: u64,
}

/// Links in stored texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VerifiedLinks {
    /// Lead to items that are there.
    pub internal: u64,
    /// Lead to items that are not there; each is a [`BrokenLink`].
    pub broken: u64,
    /// Lead out of the old intranets.
    pub external: u64,
    /// Lead to old pages that no export holds; each is an [`UnresolvedLink`].
    pub dead: u64,
}

/// Old addresses of records as the exports have them now. Each is counted once among what it turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VerifiedAddresses {
    /// Addresses of records, old addresses of redirects among them.
    pub read: u64,
    /// Lead to what the record became or was merged into, in the store and by the rules for web servers.
    pub landed: u64,
    /// Another record has them too; each is a [`SharedAddress`].
    pub shared: u64,
    /// Belong to records that stayed behind, and lead nowhere.
    pub left_behind: u64,
    /// Are no addresses of the web.
    pub not_web: u64,
    /// No rule can be written for them; each is an [`UnwrittenAddress`].
    pub unwritten: u64,
    /// Lead elsewhere or nowhere; each is a [`WrongAddress`].
    pub wrong: u64,
}

impl VerifiedAddresses {
    /// Whether every address is accounted for.
    pub fn adds_up(&self) -> bool {
        let known = [self.landed, self.shared, self.left_behind, self.not_web, self.unwritten, self.wrong];
        self.read == known.iter().sum::<u64>()
    }
}

/// One source with an equation for each kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedSource {
    /// The plan's id of it.
    pub source: String,
    /// An equation for each kind.
    pub equations: Vec<Equation>,
}

/// What the source holds of a kind = what is in the store + what the ledger accounts for + what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equation {
    /// Kind of the records.
    pub kind: String,
    /// What the ledger says; `read` is counted from the source now.
    #[serde(flatten)]
    pub counts: Counts,
    /// Records of the source of which the ledger knows nothing, or whose item is not in the store.
    pub missing: u64,
}

impl Equation {
    /// Whether nothing is missing and the sum is right.
    pub fn holds(&self) -> bool {
        self.missing == 0 && self.counts.adds_up()
    }
}

/// A body that lost words on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingWords {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record.
    pub id: String,
    /// File and place in it.
    pub place: String,
    /// The new item.
    pub item: String,
    /// The words, in their order.
    pub words: Vec<String>,
}

/// Somebody who reads here what they could not read at its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leak {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record.
    pub id: String,
    /// The item in which its text stands.
    pub item: String,
    /// Who.
    pub person: String,
}

/// A link to an old page that no export holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnresolvedLink {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record that has the link.
    pub id: String,
    /// Where the link leads.
    pub address: String,
}

/// Content that is not what the ledger says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashMismatch {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record.
    pub id: String,
    /// What the ledger says.
    pub expected: String,
    /// What was found; nothing when there is nothing.
    pub found: Option<String>,
}

/// A link in a stored text that leads to an item which is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenLink {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record whose text has the link.
    pub id: String,
    /// The item that has the text.
    pub item: String,
    /// Where the link leads.
    pub address: String,
}

/// An old address that does not lead to what its record became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongAddress {
    /// The plan's id of the source; none for an address that only the ledger knows.
    pub source: Option<String>,
    /// The source's id of the record.
    pub id: Option<String>,
    /// The address.
    pub address: String,
    /// The item that it has to lead to.
    pub expected: String,
    /// Where it leads: an item, or nothing.
    pub found: Option<String>,
    /// Who says so.
    pub by: AddressWitness,
}

/// Who says where an old address leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressWitness {
    /// The ledger, by which links are turned.
    Ledger,
    /// The store: the item that the ledger names is not there.
    Store,
    /// The rules for web servers.
    Rules,
    /// What a redirect of the old system pointed to.
    Redirect,
}

impl AddressWitness {
    /// The word that documents use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Store => "store",
            Self::Rules => "rules",
            Self::Redirect => "redirect",
        }
    }
}

/// An old address that several records have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedAddress {
    /// The plan's id of the source.
    pub source: String,
    /// The source's id of the record that it does not lead to.
    pub id: String,
    /// The address.
    pub address: String,
    /// The item that it leads to.
    pub item: String,
}

/// An old address that no rule of a web server can be written for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnwrittenAddress {
    /// The address.
    pub address: String,
    /// Why.
    pub reason: String,
}
