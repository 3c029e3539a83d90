//! What a person meets in the morning.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::access::{Action, Principal, Scope, Subject};
use crate::content::{Audience, Container, GlassBreak, Item, ItemKind, Status};
use crate::directory::UserType;
use crate::id::{ItemId, PersonId, WorkspaceId};
use crate::viewer::{Viewer, WorkspaceCard};

/// How long managers are told of broken glass.
const TOLD: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many news items and how many of each other thing a desktop shows.
const SHOWN: usize = 20;

/// The desktop of one person: all of it trimmed to what they may see.
#[derive(Debug)]
pub struct Desktop<'a> {
    /// Published news that asks to be acknowledged and has not been, oldest first.
    pub to_acknowledge: Vec<&'a Item>,
    /// News: pinned first, then what is meant for them, then the rest, each newest first.
    pub news: Vec<&'a Item>,
    /// The workspaces they are in, the one with the latest activity first.
    pub workspaces: Vec<WorkspaceCard<'a>>,
    /// Services for them.
    pub services: Vec<&'a Item>,
    /// What waits for them.
    pub waiting: Waiting<'a>,
    /// Workspaces that colleagues of other organisations share with their unit's people, and they are not in.
    pub across_borders: Vec<WorkspaceCard<'a>>,
}

/// What waits for a person.
#[derive(Debug)]
pub struct Waiting<'a> {
    /// Their items whose review is due, longest due first.
    pub reviews: Vec<&'a Item>,
    /// Requests to join that they may answer.
    pub requests: Vec<(WorkspaceId, PersonId)>,
    /// Items in review that they may publish.
    pub to_publish: Vec<&'a Item>,
    /// Administrators who read a workspace of theirs without being let in, during the last 30 days (rule 11).
    pub broken_glass: Vec<(WorkspaceId, &'a GlassBreak)>,
    /// Workspaces that nobody in active service manages, for those who may appoint somebody (rule 11).
    pub orphans: Vec<WorkspaceCard<'a>>,
}

impl Viewer {
    /// What the person meets in the morning.
    pub fn desktop(&self) -> Desktop<'_> {
        let (members, others): (Vec<_>, Vec<_>) =
            self.workspaces().filter(|card| !card.is_archived()).partition(|card| card.is_member);
        let requests = members
            .iter()
            .chain(&others)
            .flat_map(|card| card.requests.iter().map(|person| (card.id(), *person)))
            .collect();
        Desktop {
            to_acknowledge: self.to_acknowledge(),
            news: self.desktop_news(),
            workspaces: self.by_recent_activity(members),
            services: self.services(),
            waiting: Waiting {
                reviews: self.reviews_due(),
                requests,
                to_publish: self.to_publish(),
                broken_glass: self.broken_glass(),
                orphans: self.orphans(),
            },
            across_borders: self.across_borders(others),
        }
    }

    /// News and other items that are out now, as any reader sees them: an editor's own drafts are not news.
    fn out_now(&self, kind: ItemKind) -> impl Iterator<Item = &Item> {
        self.items(kind).filter(|item| item.status == Status::Published && item.schedule.shows_at(self.at()))
    }

    fn to_acknowledge(&self) -> Vec<&Item> {
        let mut open: Vec<&Item> = self
            .out_now(ItemKind::News)
            .filter(|item| item.must_acknowledge && self.is_for_them(&item.audience))
            .filter(|item| !self.has_acknowledged(item.id).unwrap_or(true))
            .collect();
        open.sort_by_key(|item| (issued(item), item.id));
        open
    }

    fn desktop_news(&self) -> Vec<&Item> {
        let mut news: Vec<&Item> = self.out_now(ItemKind::News).collect();
        news.sort_by_key(|item| {
            (Reverse(item.pinned), !self.is_targeted(item), Reverse((issued(item), item.id)))
        });
        news.truncate(SHOWN);
        news
    }

    /// News is targeted at them when its audience names them, or when it is in what they follow.
    fn is_targeted(&self, item: &Item) -> bool {
        let follows = self.snapshot().state().follows.contains(&(self.person(), item.container));
        follows || (!item.audience.is_everybody() && self.is_for_them(&item.audience))
    }

    /// Whether an audience takes them in.
    fn is_for_them(&self, audience: &Audience) -> bool {
        let subject = self.subject();
        let user_type: Option<UserType> =
            self.snapshot().directory().person(self.person()).map(|person| person.user_type);
        audience.is_everybody()
            || audience.units.iter().any(|unit| subject.holds(Principal::Unit(*unit)).is_some())
            || audience.groups.iter().any(|group| subject.holds(Principal::Group(*group)).is_some())
            || audience.languages.iter().any(|language| self.languages().first() == Some(language))
            || audience.user_types.iter().any(|meant| user_type == Some(*meant))
    }

    fn services(&self) -> Vec<&Item> {
        let mut services: Vec<&Item> =
            self.out_now(ItemKind::Service).filter(|item| self.is_for_them(&item.audience)).collect();
        services.sort_by_key(|item| (!item.pinned, item.id));
        services.truncate(SHOWN);
        services
    }

    fn by_recent_activity<'a>(&'a self, mut cards: Vec<WorkspaceCard<'a>>) -> Vec<WorkspaceCard<'a>> {
        cards.sort_by_cached_key(|card| (Reverse(self.latest_in(card.id())), card.id()));
        cards.truncate(SHOWN);
        cards
    }

    /// When something that they may see last happened in a workspace.
    fn latest_in(&self, id: WorkspaceId) -> Option<Timestamp> {
        self.items_in(Container::Workspace(id))
            .map(|item| self.latest_comment(item.id).map_or(item.modified, |at| at.max(item.modified)))
            .max()
    }

    fn latest_comment(&self, id: ItemId) -> Option<Timestamp> {
        self.comments(id).ok()?.iter().map(|comment| comment.created).max()
    }

    fn reviews_due(&self) -> Vec<&Item> {
        let kinds = [ItemKind::Page, ItemKind::News, ItemKind::Document, ItemKind::Service];
        let mut due: Vec<&Item> = kinds
            .into_iter()
            .flat_map(|kind| self.items(kind))
            .filter(|item| item.owner == self.person() && item.status != Status::Archived)
            .filter(|item| item.schedule.review_by.is_some_and(|by| by <= self.at()))
            .collect();
        due.sort_by_key(|item| (item.schedule.review_by, item.id));
        due
    }

    fn to_publish(&self) -> Vec<&Item> {
        let kinds = [ItemKind::Page, ItemKind::News, ItemKind::Document, ItemKind::Service];
        kinds
            .into_iter()
            .flat_map(|kind| self.items(kind))
            .filter(|item| item.status == Status::InReview && self.may(Action::Publish, Scope::Item(item.id)))
            .collect()
    }

    fn broken_glass(&self) -> Vec<(WorkspaceId, &GlassBreak)> {
        let since = self.at().checked_sub(TOLD).unwrap_or(Timestamp::MIN);
        let workspaces = self.snapshot().state().workspaces.values();
        workspaces
            .filter(|workspace| !workspace.glass.is_empty())
            .filter(|workspace| self.may(Action::Manage, Scope::Workspace(workspace.id)))
            .flat_map(|workspace| workspace.glass.iter().map(|broken| (workspace.id, broken)))
            .filter(|(_, broken)| (since..=self.at()).contains(&broken.at))
            .collect()
    }

    /// Workspaces without an active Manager, for administrators; nothing for others.
    pub fn orphans(&self) -> Vec<WorkspaceCard<'_>> {
        if !self.is_administrator() {
            return Vec::new();
        }
        let managed = |id: WorkspaceId| {
            !self.snapshot().untrimmed().everyone(Action::Manage, Scope::Workspace(id), self.at()).is_empty()
        };
        self.workspaces().filter(|card| !card.is_archived() && !managed(card.id())).collect()
    }

    /// Workspaces they may know of in which somebody of their own home unit works with somebody of another
    /// organisation.
    fn across_borders<'a>(&'a self, others: Vec<WorkspaceCard<'a>>) -> Vec<WorkspaceCard<'a>> {
        let directory = self.snapshot().directory();
        let Some(home) = directory.person(self.person()).and_then(|person| person.home) else {
            return Vec::new();
        };
        let mut found: Vec<WorkspaceCard<'a>> = others
            .into_iter()
            .filter(|card| {
                // Who is in a workspace is known to its readers only.
                if !self.may(Action::View, Scope::Workspace(card.id())) {
                    return false;
                }
                let homes = self.member_homes(card.id());
                let organisations: BTreeSet<_> = homes
                    .iter()
                    .filter_map(|unit| directory.organisation_of(*unit))
                    .map(|organisation| organisation.id)
                    .collect();
                homes.contains(&home) && organisations.len() > 1
            })
            .collect();
        found.truncate(SHOWN);
        found
    }

    /// Home units of the people whom the workspace's grants name.
    fn member_homes(&self, id: WorkspaceId) -> BTreeSet<crate::id::OrganisationId> {
        let state = self.snapshot().state();
        state
            .grants_on(Scope::Workspace(id))
            .filter(|grant| grant.period.contains(self.at()))
            .filter_map(|grant| match grant.principal {
                Principal::Person(person) => Some(Subject::of(state, person, self.at())),
                _ => None,
            })
            .filter(|subject| subject.active)
            .filter_map(|subject| state.directory.person(subject.person).and_then(|person| person.home))
            .collect()
    }
}

/// When an item came out.
fn issued(item: &Item) -> Timestamp {
    item.schedule.publish_at.unwrap_or(item.created)
}
