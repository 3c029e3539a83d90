//! Commands about items: writing, publishing, answering.

use super::command::NewItem;
use super::error::CommandError;
use super::event::Change;
use super::plan::{Context, Plan};
use crate::access::{Action, Denied, Missing, Role, Rule, Scope, rules};
use crate::content::{
    Audience, Blob, Classification, Comment, CommentState, Container, Item, ItemKind, Reaction, Schedule,
    Status, StoredFile,
};
use crate::id::{CommentId, ItemId, PersonId};
use crate::language::Language;
use crate::localised::Localised;

/// What is written in one language; `None` stays as it is.
pub(super) struct Text {
    pub(super) title: Option<String>,
    pub(super) lead: Option<String>,
    pub(super) body: Option<String>,
}

pub(super) fn add_item(cx: &Context<'_>, new: NewItem) -> Result<Plan, CommandError> {
    let author = cx.person()?.person;
    cx.authorise(Action::Create, new.container.into())?;
    if let Some(parent) = new.parent {
        cx.authorise(Action::View, Scope::Item(parent))?;
    }
    validate(cx, &new)?;
    let mut plan = Plan::default();
    let item = draft(cx, &mut plan, new, author);
    plan.changes.push(Change::ItemAdded(Box::new(item)));
    Ok(plan)
}

pub(super) fn publish_news(cx: &Context<'_>, mut new: NewItem) -> Result<Plan, CommandError> {
    new.kind = ItemKind::News;
    if let Container::Section(_) = new.container {
        // In a section publishing asks for more than writing; the item is not there yet, so its section answers.
        cx.authorise(Action::Create, new.container.into())?;
        let subject = cx.person()?;
        let held = rules::role(cx.state, subject, new.container.into());
        if held < Some(Role::Publisher) {
            let missing = Missing::Role { needed: Role::Publisher, held };
            return Err(CommandError::Denied(Denied { rule: Rule(4), missing, could_give: Vec::new() }));
        }
    }
    let mut plan = add_item(cx, new)?;
    if let Some(Change::ItemAdded(item)) = plan.changes.first_mut() {
        item.status = Status::Published;
        item.schedule.publish_at = Some(cx.at);
    }
    Ok(plan)
}

/// What must hold for any new item, whoever makes it.
pub(super) fn validate(cx: &Context<'_>, new: &NewItem) -> Result<(), CommandError> {
    if !new.title.iter().any(|(_, title)| !title.trim().is_empty()) {
        return Err(CommandError::Empty("title"));
    }
    below_ceiling(cx, new.container, new.classification)?;
    if let Some(parent) = new.parent {
        let above = item(cx, parent)?;
        if above.container != new.container {
            return Err(CommandError::OtherContainer(parent.to_string()));
        }
    }
    match new.kind {
        ItemKind::Document => {}
        kind if new.file.is_some() => return Err(CommandError::WrongKind(kind.as_str(), "file")),
        _ => {}
    }
    match new.kind {
        ItemKind::Service => {}
        kind if new.link.is_some() => return Err(CommandError::WrongKind(kind.as_str(), "link")),
        _ => {}
    }
    Ok(())
}

/// The item that a new one becomes: a draft, its bodies and file stored with the plan.
pub(super) fn draft(cx: &Context<'_>, plan: &mut Plan, new: NewItem, author: PersonId) -> Item {
    let body: Localised<Blob> =
        new.body.into_iter().map(|(language, text)| (language, plan.store(text.into_bytes()))).collect();
    let file = new.file.map(|(name, bytes)| Box::new(StoredFile { name, blob: plan.store(bytes) }));
    Item {
        id: cx.state.last.item.map_or(ItemId::FIRST, ItemId::next),
        kind: new.kind,
        container: new.container,
        parent: new.parent,
        title: new.title,
        lead: new.lead,
        body,
        author,
        owner: author,
        created: cx.at,
        modified: cx.at,
        status: Status::Draft,
        schedule: Schedule::default(),
        audience: new.audience.into(),
        classification: new.classification,
        pinned: false,
        must_acknowledge: new.must_acknowledge,
        comments_open: true,
        file,
        link: new.link,
        labels: Vec::new(),
        sources: Vec::new(),
        version: 1,
    }
}

pub(super) fn below_ceiling(
    cx: &Context<'_>,
    container: Container,
    classification: Classification,
) -> Result<(), CommandError> {
    let ceiling = match container {
        Container::Section(id) => cx.state.sections.get(&id).map(|section| section.ceiling),
        Container::Workspace(id) => cx.state.workspaces.get(&id).map(|workspace| workspace.ceiling),
    };
    match ceiling {
        None => Err(CommandError::NotFound(container.to_string())),
        Some(ceiling) if classification > ceiling => {
            Err(CommandError::AboveCeiling { classification, ceiling })
        }
        Some(_) => Ok(()),
    }
}

pub(super) fn item<'a>(cx: &Context<'a>, id: ItemId) -> Result<&'a Item, CommandError> {
    cx.state.item(id).ok_or_else(|| CommandError::NotFound(id.to_string()))
}

pub(super) fn edit_item(
    cx: &Context<'_>,
    id: ItemId,
    language: Language,
    text: Text,
) -> Result<Plan, CommandError> {
    cx.authorise(Action::Edit, Scope::Item(id))?;
    if text.title.as_ref().is_some_and(|title| title.trim().is_empty()) {
        return Err(CommandError::Empty("title"));
    }
    let mut plan = Plan::default();
    let body = text.body.map(|body| plan.store(body.into_bytes()));
    plan.changes.push(Change::ItemWritten { item: id, language, title: text.title, lead: text.lead, body });
    Ok(plan)
}

pub(super) fn set_status(cx: &Context<'_>, id: ItemId, to: Status) -> Result<Plan, CommandError> {
    let action = if to == Status::InReview { Action::Submit } else { Action::Publish };
    cx.authorise(action, Scope::Item(id))?;
    let from = item(cx, id)?.status;
    let leads_there = match from {
        Status::Draft => to != Status::Draft,
        Status::InReview | Status::Archived => matches!(to, Status::Draft | Status::Published),
        Status::Published => matches!(to, Status::Draft | Status::Archived),
    };
    if leads_there {
        Ok(Plan::one(Change::StatusSet(id, to)))
    } else {
        Err(CommandError::StatusPath { from, to })
    }
}

pub(super) fn set_schedule(cx: &Context<'_>, id: ItemId, schedule: Schedule) -> Result<Plan, CommandError> {
    cx.authorise(Action::Publish, Scope::Item(id))?;
    if let (Some(from), Some(until)) = (schedule.publish_at, schedule.expires_at)
        && until <= from
    {
        return Err(CommandError::EmptyPeriod);
    }
    Ok(Plan::one(Change::ScheduleSet(id, schedule)))
}

pub(super) fn set_audience(cx: &Context<'_>, id: ItemId, audience: Audience) -> Result<Plan, CommandError> {
    cx.authorise(Action::Publish, Scope::Item(id))?;
    Ok(Plan::one(Change::AudienceSet(id, audience)))
}

pub(super) fn classify(cx: &Context<'_>, id: ItemId, to: Classification) -> Result<Plan, CommandError> {
    cx.authorise(Action::Manage, Scope::Item(id))?;
    below_ceiling(cx, item(cx, id)?.container, to)?;
    Ok(Plan::one(Change::Classified(id, to)))
}

pub(super) fn pin(cx: &Context<'_>, id: ItemId, pinned: bool) -> Result<Plan, CommandError> {
    cx.authorise(Action::Publish, Scope::Item(id))?;
    Ok(Plan::one(Change::Pinned(id, pinned)))
}

pub(super) fn delete_item(cx: &Context<'_>, id: ItemId) -> Result<Plan, CommandError> {
    cx.authorise(Action::Delete, Scope::Item(id))?;
    if cx.state.items_under(id).next().is_some() {
        return Err(CommandError::NotEmpty(id.to_string()));
    }
    Ok(Plan::one(Change::ItemDeleted(id)))
}

pub(super) fn comment(
    cx: &Context<'_>,
    id: ItemId,
    parent: Option<CommentId>,
    body: String,
) -> Result<Plan, CommandError> {
    let author = cx.person()?.person;
    cx.authorise(Action::Comment, Scope::Item(id))?;
    if body.trim().is_empty() {
        return Err(CommandError::Empty("comment"));
    }
    answers_here(cx, id, parent)?;
    if let Some(above) = parent.and_then(|above| cx.state.comments.get(&above)) {
        // A comment that waits for approval is not there for those who do not see it.
        let seen = above.state == CommentState::Visible || above.author == author;
        if !seen && cx.authorise(Action::Edit, Scope::Item(id)).is_err() {
            return Err(CommandError::NotFound(above.id.to_string()));
        }
    }
    let mut plan = Plan::default();
    let body = plan.store(body.into_bytes());
    plan.changes.push(Change::CommentAdded(Comment {
        id: cx.state.last.comment.map_or(CommentId::FIRST, CommentId::next),
        item: id,
        parent,
        author,
        created: cx.at,
        body,
        state: CommentState::Visible,
    }));
    Ok(plan)
}

/// A comment answers one on the same item.
pub(super) fn answers_here(
    cx: &Context<'_>,
    item: ItemId,
    parent: Option<CommentId>,
) -> Result<(), CommandError> {
    match parent {
        Some(id) if cx.state.comments.get(&id).is_none_or(|above| above.item != item) => {
            Err(CommandError::NotFound(id.to_string()))
        }
        _ => Ok(()),
    }
}

pub(super) fn react(
    cx: &Context<'_>,
    id: ItemId,
    reaction: Reaction,
    on: bool,
) -> Result<Plan, CommandError> {
    let person = cx.person()?.person;
    cx.authorise(Action::React, Scope::Item(id))?;
    Ok(Plan::one(Change::Reacted(id, person, reaction, on)))
}

pub(super) fn acknowledge(cx: &Context<'_>, id: ItemId) -> Result<Plan, CommandError> {
    let person = cx.person()?.person;
    cx.authorise(Action::Acknowledge, Scope::Item(id))?;
    if !item(cx, id)?.must_acknowledge {
        return Err(CommandError::NothingToSettle);
    }
    Ok(Plan::one(Change::Acknowledged(id, person)))
}

pub(super) fn follow(cx: &Context<'_>, container: Container, on: bool) -> Result<Plan, CommandError> {
    let person = cx.person()?.person;
    cx.authorise(Action::Discover, container.into())?;
    Ok(Plan::one(Change::Followed(person, container, on)))
}
