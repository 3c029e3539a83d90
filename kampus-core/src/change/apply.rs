//! The only code that alters state: live, on replay, on a replica and in tests.

use std::sync::Arc;

use super::event::{Change, Entry};
use crate::access::{Grant, Scope};
use crate::content::{Container, Item};
use crate::directory::{Group, GroupMember, Organisation, Person};
use crate::id::{CommentId, GrantId, ItemId, OrganisationId, PersonId, WorkspaceId};
use crate::state::State;

impl State {
    /// Applies an entry of the journal.
    pub(crate) fn apply_entry(&mut self, entry: &Entry) {
        // The index is of the state and looks at it, so it stands beside it while it follows.
        let mut index = std::mem::take(&mut self.index);
        index.advance(self, entry.at);
        for change in &entry.changes {
            let lost = self.grants_lost_by(change);
            let moved = self.home_left_by(change);
            let left = self.person_left_by(change);
            self.apply(change, entry);
            index.follow(self, change);
            if let Some((person, before)) = moved
                && let Some(person) = self.directory.person(person)
            {
                index.rehome(person, before);
            }
            if let Some(person) = &left {
                index.leave(person);
            }
            for grant in &lost {
                index.take(grant);
            }
        }
        self.index = index;
        self.revision = entry.revision;
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one arm a fact, exhaustive: a new fact cannot be forgotten here"
    )]
    fn apply(&mut self, change: &Change, entry: &Entry) {
        match change {
            Change::OrganisationAdded(node) => {
                self.last.organisation = Some(node.id);
                self.directory.by_code.insert(node.code.to_uppercase(), node.id);
                self.directory.organisations.insert(node.id, node.clone());
            }
            Change::PersonAdded(person) => {
                self.last.person = Some(person.id);
                self.directory.people.insert(person.id, person.clone());
            }
            Change::PersonWithdrawn(id) => {
                self.directory.people.remove(id);
            }
            Change::PlaceholderClaimed(from, to) => self.pass_authorship(*from, *to),
            Change::OrganisationRenamed(id, name) => self.with_organisation(*id, |node| {
                if let (Some(former), Some(from)) = (node.names.first_mut(), name.from) {
                    former.until = from.yesterday().ok();
                }
                node.names.insert(0, name.clone());
            }),
            Change::OrganisationMoved(id, under) => {
                self.with_organisation(*id, |node| node.parent = Some(*under));
            }
            Change::OrganisationClosed(id, day) => {
                self.with_organisation(*id, |node| node.closed = Some(*day));
            }
            Change::Rehomed(id, unit) => self.with_person(*id, |person| person.home = Some(*unit)),
            Change::Reaffiliated(id, from, to) => self.with_person(*id, |person| {
                person
                    .affiliations
                    .iter_mut()
                    .filter(|held| held.unit == *from)
                    .for_each(|held| held.unit = *to);
            }),
            Change::PostMoved(id, unit) => {
                if let Some(post) = self.directory.posts.get_mut(id) {
                    post.unit = *unit;
                }
            }
            Change::GroupRuleSet(id, rule) => {
                if let Some(group) = self.directory.groups.get_mut(id) {
                    group.rule = Some(*rule);
                }
            }
            // What is told of people is beside the journal; that it changed is all there is to know here.
            Change::ProfileChanged(_) | Change::ProfileErased(_) => {}
            Change::EmploymentSet(id, to) => self.with_person(*id, |person| person.employment = *to),
            Change::ClearanceSet(id, to) => self.with_person(*id, |person| person.cleared = *to),
            Change::AdministratorSet(id, to) => self.with_person(*id, |person| person.administrator = *to),
            Change::Affiliated(id, held) => self.with_person(*id, |person| person.affiliations.push(*held)),
            Change::PostAdded(post) => {
                self.last.post = Some(post.id);
                self.directory.posts.insert(post.id, post.clone());
            }
            Change::PostFilled(id, holding) => {
                if let Some(post) = self.directory.posts.get_mut(id) {
                    post.holders.push(*holding);
                }
            }
            Change::GroupAdded(group) => self.add_group(group),
            Change::MemberAdded(id, member) => {
                if let Some(group) = self.directory.groups.get_mut(id) {
                    group.members.push(*member);
                }
                self.directory.index_member(*member, *id);
            }
            Change::MemberRemoved(id, member) => {
                if let Some(group) = self.directory.groups.get_mut(id) {
                    group.members.retain(|known| known != member);
                }
                self.directory.unindex_member(*member, *id);
            }
            Change::SectionAdded(section) => {
                self.last.section = Some(section.id);
                self.sections.insert(section.id, section.clone());
            }
            Change::SectionVisibilitySet(id, to) => {
                if let Some(section) = self.sections.get_mut(id) {
                    section.visibility = *to;
                }
            }
            Change::SectionMoved(id, parent, owner) => {
                if let Some(section) = self.sections.get_mut(id) {
                    section.parent = *parent;
                    section.owner = *owner;
                }
            }
            Change::SectionWithdrawn(id) => {
                self.sections.remove(id);
                self.items_in.remove(&Container::Section(*id));
            }
            Change::WorkspaceRehosted(id, host) => {
                self.with_workspace(*id, |workspace| workspace.host = *host);
            }
            Change::GlassBroken(id, broken) => {
                self.with_workspace(*id, |workspace| workspace.glass.push(broken.clone()));
            }
            Change::WorkspaceAdded(workspace) => {
                self.last.workspace = Some(workspace.id);
                self.workspaces.insert(workspace.id, workspace.clone());
            }
            Change::WorkspaceVisibilitySet(id, to) => {
                self.with_workspace(*id, |workspace| workspace.visibility = *to);
            }
            Change::WorkspaceArchived(id, to) => {
                self.with_workspace(*id, |workspace| workspace.archived = *to);
            }
            Change::JoinRequested(id, person) => {
                self.with_workspace(*id, |workspace| workspace.requests.push(*person));
            }
            Change::RequestSettled(id, person) => {
                self.with_workspace(*id, |workspace| workspace.requests.retain(|asked| asked != person));
            }
            Change::Followed(person, container, on) => {
                if *on {
                    self.follows.insert((*person, *container));
                } else {
                    self.follows.remove(&(*person, *container));
                }
            }
            Change::Granted(grant) => self.add_grant(*grant),
            Change::Revoked(id) => self.remove_grant(*id),
            Change::InheritanceBroken(scope, true) => {
                self.broken.insert(*scope);
            }
            Change::InheritanceBroken(scope, false) => {
                self.broken.remove(scope);
            }
            Change::ItemAdded(item) => {
                self.last.item = Some(item.id);
                self.put_item(item);
            }
            Change::ItemReplaced(item) => {
                self.take_item(item.id);
                self.put_item(item);
            }
            Change::ItemWritten { item, language, title, lead, body } => self.with_item(*item, |item| {
                if let Some(title) = title {
                    item.title.set(*language, title.clone());
                }
                if let Some(lead) = lead {
                    item.lead.set(*language, lead.clone());
                }
                if let Some(body) = body {
                    item.body.set(*language, *body);
                }
                item.modified = entry.at;
                item.version = item.version.saturating_add(1);
            }),
            Change::ItemRelinked(id, language, body) => {
                self.with_item(*id, |item| item.body.set(*language, *body));
            }
            Change::ItemPlaced(id, parent) => {
                if let Some(mut item) = self.take_item(*id) {
                    item.parent = *parent;
                    self.put_item(&item);
                }
            }
            Change::ItemMoved(id, to, parent) => {
                if let Some(mut item) = self.take_item(*id) {
                    item.container = *to;
                    item.parent = *parent;
                    self.put_item(&item);
                }
            }
            Change::StatusSet(id, to) => self.with_item(*id, |item| item.status = *to),
            Change::ScheduleSet(id, to) => self.with_item(*id, |item| item.schedule = *to),
            Change::AudienceSet(id, to) => self.with_item(*id, |item| item.audience = to.clone().into()),
            Change::Classified(id, to) => self.with_item(*id, |item| item.classification = *to),
            Change::Pinned(id, to) => self.with_item(*id, |item| item.pinned = *to),
            Change::ItemDeleted(id) => self.delete_item(*id),
            Change::CommentAdded(comment) => {
                self.last.comment = Some(comment.id);
                self.comments_on.entry(comment.item).or_default().insert(comment.id);
                self.comments.insert(comment.id, comment.clone());
            }
            Change::CommentReplaced(comment) => {
                self.take_comment(comment.id);
                self.comments_on.entry(comment.item).or_default().insert(comment.id);
                self.comments.insert(comment.id, comment.clone());
            }
            Change::CommentWithdrawn(id) => self.take_comment(*id),
            Change::Reacted(id, person, reaction, on) => {
                let reactions = self.reactions.entry(*id).or_default();
                if *on {
                    reactions.insert((*person, *reaction));
                } else {
                    reactions.remove(&(*person, *reaction));
                }
            }
            Change::Acknowledged(id, person) => {
                self.acknowledged.entry(*id).or_default().insert(*person);
            }
        }
    }

    /// The grants that will be no more.
    fn grants_lost_by(&self, change: &Change) -> Vec<Grant> {
        match change {
            Change::Revoked(id) => self.grants.get(id).copied().into_iter().collect(),
            Change::ItemDeleted(id) => self.grants_on(Scope::Item(*id)).copied().collect(),
            _ => Vec::new(),
        }
    }

    /// Who is at home elsewhere afterwards, and where they were before.
    fn home_left_by(&self, change: &Change) -> Option<(PersonId, Option<OrganisationId>)> {
        match change {
            Change::Rehomed(id, _) => Some((*id, self.directory.person(*id)?.home)),
            _ => None,
        }
    }

    /// Who will be no more.
    fn person_left_by(&self, change: &Change) -> Option<Person> {
        match change {
            Change::PersonWithdrawn(id) => self.directory.person(*id).cloned(),
            _ => None,
        }
    }

    fn with_organisation(&mut self, id: OrganisationId, alter: impl FnOnce(&mut Organisation)) {
        if let Some(node) = self.directory.organisations.get_mut(&id) {
            alter(node);
        }
    }

    fn with_person(&mut self, id: PersonId, alter: impl FnOnce(&mut Person)) {
        if let Some(person) = self.directory.people.get_mut(&id) {
            alter(person);
        }
    }

    /// Puts a person where their placeholder stood as author or owner.
    fn pass_authorship(&mut self, from: PersonId, to: PersonId) {
        self.with_person(from, |person| person.claimed_by = Some(to));
        let named = |item: &Item| item.author == from || item.owner == from;
        let items: Vec<ItemId> = self.items.values().filter(|item| named(item)).map(|item| item.id).collect();
        for id in items {
            self.with_item(id, |item| {
                for name in [&mut item.author, &mut item.owner] {
                    if *name == from {
                        *name = to;
                    }
                }
            });
        }
        let comments: Vec<CommentId> = self
            .comments
            .values()
            .filter(|comment| comment.author == from)
            .map(|comment| comment.id)
            .collect();
        for id in comments {
            if let Some(comment) = self.comments.get_mut(&id) {
                comment.author = to;
            }
        }
    }

    fn with_workspace(&mut self, id: WorkspaceId, alter: impl FnOnce(&mut crate::content::Workspace)) {
        if let Some(workspace) = self.workspaces.get_mut(&id) {
            alter(workspace);
        }
    }

    fn with_item(&mut self, id: ItemId, alter: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.get_mut(&id) {
            alter(Arc::make_mut(item));
        }
    }

    fn add_group(&mut self, group: &Group) {
        self.last.group = Some(group.id);
        if group.rule.is_some() {
            self.directory.rule_groups.push(group.id);
        }
        for member in &group.members {
            self.directory.index_member(GroupMember::clone(member), group.id);
        }
        self.directory.groups.insert(group.id, group.clone());
    }

    fn put_item(&mut self, item: &Item) {
        self.items_in.entry(item.container).or_default().insert(item.id);
        self.under.extend(item.parent.map(|above| (above, item.id)));
        self.items.insert(item.id, Arc::new(item.clone()));
    }

    /// Takes an item out of every list that it is in.
    fn take_item(&mut self, id: ItemId) -> Option<Item> {
        let item = self.items.remove(&id)?;
        if let Some(items) = self.items_in.get_mut(&item.container) {
            items.remove(&id);
        }
        if let Some(above) = item.parent {
            self.under.remove(&(above, id));
        }
        Some(Arc::unwrap_or_clone(item))
    }

    /// Takes a comment away from its item.
    fn take_comment(&mut self, id: CommentId) {
        if let Some(comment) = self.comments.remove(&id)
            && let Some(comments) = self.comments_on.get_mut(&comment.item)
        {
            comments.remove(&id);
        }
    }

    fn delete_item(&mut self, id: ItemId) {
        self.take_item(id);
        for comment in self.comments_on.remove(&id).into_iter().flatten() {
            self.comments.remove(&comment);
        }
        self.reactions.remove(&id);
        self.acknowledged.remove(&id);
        let scope = Scope::Item(id);
        self.broken.remove(&scope);
        for grant in self.grants_on.remove(&scope).into_iter().flatten() {
            self.grants.remove(&grant);
        }
    }

    fn add_grant(&mut self, grant: Grant) {
        self.last.grant = Some(grant.id);
        self.grants_on.entry(grant.scope).or_default().insert(grant.id);
        self.grants.insert(grant.id, grant);
    }

    fn remove_grant(&mut self, id: GrantId) {
        if let Some(grant) = self.grants.remove(&id)
            && let Some(on) = self.grants_on.get_mut(&grant.scope)
        {
            on.remove(&id);
        }
    }
}
