//! What one person sees: every read path, trimmed by the access rules.

use jiff::Timestamp;

use crate::access::{Action, Decision, Denied, Missing, Rule, Scope, Sight, Subject, rules};
use crate::content::{
    BlobHash, Comment, CommentState, Container, Item, ItemKind, Reaction, Section, Workspace,
};
use crate::directory::{Person, Profile};
use crate::id::{CommentId, ItemId, PersonId, SectionId, WorkspaceId};
use crate::journal::JournalError;
use crate::language::Language;
use crate::snapshot::Snapshot;
use crate::state::Revision;

/// A person's view of one revision at one time.
#[derive(Debug, Clone)]
pub struct Viewer {
    snapshot: Snapshot,
    sight: Sight,
}

/// Why something could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It does not exist, or this person may not see it: the two look the same.
    #[error("there is no `{0}`")]
    NotFound(String),
    /// The store failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// A body with the language it was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyText {
    /// The language found: not always the one asked for, and the reader should be told.
    pub language: Language,
    /// Safe HTML.
    pub html: String,
}

impl Viewer {
    pub(crate) fn new(snapshot: Snapshot, person: PersonId, at: Timestamp) -> Self {
        let sight = snapshot.state().index.sight(snapshot.state(), person, at);
        Self { snapshot, sight }
    }

    /// The revision that everything read here belongs to.
    pub fn revision(&self) -> Revision {
        self.snapshot.revision()
    }

    /// Who sees.
    pub fn person(&self) -> PersonId {
        self.sight.person()
    }

    /// When they look.
    pub fn at(&self) -> Timestamp {
        self.sight.at()
    }

    /// The next moment at which time alone may change what they see: a viewer that is kept is good until then, as
    /// long as nothing is written. Looking back, no promise is made: the moment itself is the answer.
    pub fn good_until(&self) -> Option<Timestamp> {
        self.snapshot.state().index.next_change(self.at())
    }

    pub(crate) fn is_administrator(&self) -> bool {
        self.sight.is_administrator()
    }

    pub(crate) fn sight(&self) -> &Sight {
        &self.sight
    }

    pub(crate) fn subject(&self) -> &Subject {
        self.sight.subject(self.snapshot.state())
    }

    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The languages they read, dearest first.
    pub fn languages(&self) -> &[Language] {
        self.snapshot.state().directory.person(self.person()).map_or(&[], |person| &person.languages)
    }

    /// May they do that, and why? About a thing they may not know of the answer is that there is none.
    pub fn decide(&self, action: Action, scope: Scope) -> Decision {
        let decision = rules::decide_as(self.snapshot.state(), self.subject(), action, scope);
        match decision {
            Decision::Denied(_) if self.sight.is_active() && !self.may(Action::Discover, scope) => {
                Decision::Denied(Denied { rule: Rule(3), missing: Missing::Thing, could_give: Vec::new() })
            }
            other => other,
        }
    }

    /// May they do that?
    #[inline]
    pub fn may(&self, action: Action, scope: Scope) -> bool {
        let state = self.snapshot.state();
        state.index.may(state, &self.sight, action, scope)
    }

    /// The sections they may read, in the order they were made.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.snapshot
            .state()
            .sections
            .values()
            .filter(|section| self.may(Action::View, Scope::Section(section.id)))
    }

    /// A section.
    pub fn section(&self, id: SectionId) -> Result<&Section, ReadError> {
        self.checked(Scope::Section(id), Action::View, self.snapshot.state().sections.get(&id))
    }

    /// The workspaces whose cards they may see, in the order they were made.
    pub fn workspaces(&self) -> impl Iterator<Item = WorkspaceCard<'_>> {
        self.snapshot.state().workspaces.values().filter_map(|workspace| self.card(workspace))
    }

    /// The card of a workspace.
    pub fn workspace(&self, id: WorkspaceId) -> Result<WorkspaceCard<'_>, ReadError> {
        self.snapshot
            .state()
            .workspaces
            .get(&id)
            .and_then(|workspace| self.card(workspace))
            .ok_or_else(|| ReadError::NotFound(id.to_string()))
    }

    fn card<'a>(&'a self, workspace: &'a Workspace) -> Option<WorkspaceCard<'a>> {
        let scope = Scope::Workspace(workspace.id);
        self.may(Action::Discover, scope).then(|| WorkspaceCard {
            workspace,
            is_member: self.is_member(workspace.id),
            requests: if self.may(Action::Invite, scope) { &workspace.requests } else { &[] },
        })
    }

    /// Whether a grant on the workspace itself reaches them.
    pub fn is_member(&self, id: WorkspaceId) -> bool {
        self.snapshot.state().index.is_named_on(&self.sight, Container::Workspace(id))
    }

    /// An item they may read.
    pub fn item(&self, id: ItemId) -> Result<&Item, ReadError> {
        self.checked(Scope::Item(id), Action::View, self.snapshot.state().item(id))
    }

    /// The items in a section or workspace that they may read, in the order they were made.
    pub fn items_in(&self, container: Container) -> impl Iterator<Item = &Item> {
        self.snapshot.state().items_in(container).filter(|item| self.may(Action::View, Scope::Item(item.id)))
    }

    /// How many items of a section or workspace they may read.
    pub fn count_in(&self, container: Container) -> usize {
        self.items_in(container).count()
    }

    /// Every item of a kind that they may read, in the order they were made.
    pub fn items(&self, kind: ItemKind) -> impl Iterator<Item = &Item> {
        self.snapshot
            .state()
            .items
            .values()
            .map(|item| &**item)
            .filter(move |item| item.kind == kind && self.may(Action::View, Scope::Item(item.id)))
    }

    /// The body of an item in the best of their languages; `None` when it has none.
    pub fn body(&self, id: ItemId) -> Result<Option<BodyText>, ReadError> {
        let item = self.item(id)?;
        let Some((language, blob)) = item.body.best(self.languages()) else { return Ok(None) };
        Ok(Some(BodyText { language, html: self.text(blob.hash)? }))
    }

    /// The bytes of a document's file; `None` when it has none.
    pub fn file(&self, id: ItemId) -> Result<Option<Vec<u8>>, ReadError> {
        let item = self.item(id)?;
        item.file.as_ref().map(|file| self.bytes(file.blob.hash)).transpose()
    }

    /// The comments on an item that they may read, in the order they were made.
    pub fn comments(&self, id: ItemId) -> Result<Vec<&Comment>, ReadError> {
        self.item(id)?;
        let moderates = self.may(Action::Edit, Scope::Item(id));
        let shown = |comment: &&Comment| {
            comment.state == CommentState::Visible || comment.author == self.person() || moderates
        };
        Ok(self.snapshot.state().comments_on(id).filter(shown).collect())
    }

    /// How many comments on an item they may read.
    pub fn count_comments(&self, id: ItemId) -> Result<usize, ReadError> {
        Ok(self.comments(id)?.len())
    }

    /// The text of a comment.
    pub fn comment_text(&self, id: CommentId) -> Result<String, ReadError> {
        let missing = || ReadError::NotFound(id.to_string());
        let comment = self.snapshot.state().comments.get(&id).ok_or_else(missing)?;
        let readable = self.comments(comment.item).map_err(|_| missing())?;
        if !readable.iter().any(|shown| shown.id == id) {
            return Err(missing());
        }
        self.text(comment.body.hash)
    }

    /// How often each reaction was given to an item.
    pub fn reactions(&self, id: ItemId) -> Result<Vec<(Reaction, usize)>, ReadError> {
        self.item(id)?;
        let mut counts: Vec<(Reaction, usize)> = Vec::new();
        for (_, reaction) in self.snapshot.state().reactions.get(&id).into_iter().flatten() {
            match counts.iter_mut().find(|(known, _)| known == reaction) {
                Some((_, count)) => *count += 1,
                None => counts.push((*reaction, 1)),
            }
        }
        Ok(counts)
    }

    /// Whether they have acknowledged an item.
    pub fn has_acknowledged(&self, id: ItemId) -> Result<bool, ReadError> {
        self.item(id)?;
        Ok(self.snapshot.state().acknowledged.get(&id).is_some_and(|people| people.contains(&self.person())))
    }

    /// A colleague's entry in the directory. Guests see only themselves and those in their workspaces.
    pub fn colleague(&self, id: PersonId) -> Result<(&Person, Profile), ReadError> {
        let missing = || ReadError::NotFound(id.to_string());
        let person = self.snapshot.state().directory.person(id).ok_or_else(missing)?;
        let visible =
            self.sight.is_active() && (!self.sight.is_guest() || id == self.person() || self.shares(id));
        if !visible {
            return Err(missing());
        }
        // Somebody whose details were erased stays as an id without a name.
        Ok((person, self.snapshot.profile(id)?.unwrap_or_default()))
    }

    /// Whether both are named members of one workspace.
    fn shares(&self, other: PersonId) -> bool {
        let other = Subject::of(self.snapshot.state(), other, self.at());
        self.snapshot.state().workspaces.keys().any(|id| {
            self.is_member(*id)
                && self
                    .snapshot
                    .state()
                    .grants_on(Scope::Workspace(*id))
                    .any(|grant| grant.period.contains(other.at) && other.holds(grant.principal).is_some())
        })
    }

    fn checked<'a, T>(&self, scope: Scope, action: Action, found: Option<&'a T>) -> Result<&'a T, ReadError> {
        found.filter(|_| self.may(action, scope)).ok_or_else(|| ReadError::NotFound(scope.to_string()))
    }

    fn bytes(&self, hash: BlobHash) -> Result<Vec<u8>, ReadError> {
        let found = self.snapshot.blob(hash)?;
        Ok(found.ok_or_else(|| JournalError::Damaged(format!("the bytes of {hash} are missing")))?)
    }

    fn text(&self, hash: BlobHash) -> Result<String, ReadError> {
        String::from_utf8(self.bytes(hash)?)
            .map_err(|_| JournalError::Damaged(format!("{hash} is no text")).into())
    }
}

/// What a person may know of a workspace without being in it, and a little more if they are.
#[derive(Debug, Clone, Copy)]
pub struct WorkspaceCard<'a> {
    workspace: &'a Workspace,
    /// Whether they are in it.
    pub is_member: bool,
    /// Who waits for an answer; empty unless they may answer.
    pub requests: &'a [PersonId],
}

impl WorkspaceCard<'_> {
    /// Its id.
    pub fn id(&self) -> WorkspaceId {
        self.workspace.id
    }

    /// Its title in the best of these languages.
    pub fn title(&self, languages: &[Language]) -> &str {
        self.workspace.title.best(languages).map_or("", |(_, title)| title)
    }

    /// What it is for.
    pub fn purpose(&self, languages: &[Language]) -> &str {
        self.workspace.purpose.best(languages).map_or("", |(_, purpose)| purpose)
    }

    /// The organisation that hosts it.
    pub fn host(&self) -> crate::id::OrganisationId {
        self.workspace.host
    }

    /// Who sees and joins it.
    pub fn visibility(&self) -> crate::content::WorkspaceVisibility {
        self.workspace.visibility
    }

    /// Whether its work is done.
    pub fn is_archived(&self) -> bool {
        self.workspace.archived
    }
}
