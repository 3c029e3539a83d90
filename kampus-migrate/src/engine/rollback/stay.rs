//! What stays when a run is taken back, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use kampus_core::content::Item;
use kampus_core::{CommentId, ItemId, Kampus, Language, Localised, Snapshot};

use super::super::address;
use super::super::again;
use super::super::error::MigrateError;
use super::trace::Deeds;
use crate::clean;
use crate::outcome::{Because, Kept};

/// What stays of a run.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    pub(super) list: Vec<Kept>,
    /// Items and comments of earlier runs that stay as this one left them.
    pub(super) items: BTreeSet<ItemId>,
    pub(super) comments: BTreeSet<CommentId>,
}

/// Why something stays, and what else there is to know about that.
pub(super) type Reason = (Because, Option<String>);

impl Keeping {
    /// An item of an earlier run.
    pub(super) fn changed(&mut self, item: &Item, reason: Reason) {
        if self.items.insert(item.id) {
            self.made(item, reason);
        }
    }

    /// An item of the run itself.
    pub(super) fn made(&mut self, item: &Item, (because, detail): Reason) {
        self.list.push(Kept {
            thing: item.id.to_string(),
            title: title(&item.title),
            address: item.sources.first().map(str::to_owned),
            because,
            detail,
        });
    }

    /// Something that has no title to show.
    pub(super) fn other(&mut self, thing: impl fmt::Display, (because, detail): Reason) {
        self.list.push(Kept { thing: thing.to_string(), title: None, address: None, because, detail });
    }

    /// A section or workspace.
    pub(super) fn place(&mut self, thing: impl fmt::Display, named: &Localised<String>, because: Because) {
        let thing = thing.to_string();
        self.list.push(Kept { thing, title: title(named), address: None, because, detail: None });
    }
}

fn title(title: &Localised<String>) -> Option<String> {
    title.best(&[Language::Fi, Language::Sv, Language::En]).map(|(_, title)| title.clone())
}

/// What people use of what a run made.
pub(super) struct Use<'a> {
    deeds: &'a Deeds,
    /// Items that something people wrote links to, with what that is.
    linked: BTreeMap<u32, String>,
}

impl<'a> Use<'a> {
    pub(super) fn read(store: &Kampus, deeds: &'a Deeds) -> Result<Self, MigrateError> {
        let mut linked = BTreeMap::new();
        let snapshot = store.snapshot();
        let all = snapshot.untrimmed();
        let history = &deeds.history;
        let mut look = |from: &dyn fmt::Display, html: &str| {
            for number in clean::links(html).iter().filter_map(|link| address::item_number(link)) {
                linked.entry(number).or_insert_with(|| from.to_string());
            }
        };
        let theirs = &history.theirs.items | &history.written;
        for item in theirs.iter().filter_map(ItemId::new).filter_map(|id| all.item(id)) {
            for (_, blob) in item.body.iter() {
                look(&item.id, &again::text(&snapshot, blob.hash)?);
            }
        }
        let comments = history.theirs.comments.iter().filter_map(CommentId::new);
        for comment in comments.filter_map(|id| all.comment(id)) {
            look(&comment.id, &again::text(&snapshot, comment.body.hash)?);
        }
        Ok(Self { deeds, linked })
    }

    /// Why an item that the run made has to stay, if it does: people did something with it that would be lost.
    pub(super) fn of(&self, snapshot: &Snapshot, item: ItemId) -> Option<Reason> {
        let (all, number) = (snapshot.untrimmed(), item.get());
        let history = &self.deeds.history;
        let plain = |because| Some((because, None));
        if history.written.contains(number) {
            return plain(Because::Edited);
        }
        if history.is_ruled(item) {
            return plain(Because::Decided);
        }
        if history.is_moved(item) {
            return plain(Because::Moved);
        }
        if all.comments_on(item).any(|comment| history.theirs.comments.contains(comment.id.get())) {
            return plain(Because::Commented);
        }
        if all.reactions_to(item).next().is_some() || all.acknowledged(item).next().is_some() {
            return plain(Because::Reacted);
        }
        if history.is_shared(item) {
            return plain(Because::Shared);
        }
        if let Some(from) = self.linked.get(&number).filter(|from| **from != item.to_string()) {
            return Some((Because::Linked, Some(from.clone())));
        }
        all.items_under(item).any(|below| self.stays_below(below)).then_some((Because::Holds, None))
    }

    /// Whether an item stays where it is because people put, made or changed it there.
    pub(super) fn stays_below(&self, item: ItemId) -> bool {
        let Deeds { history, trace, .. } = self.deeds;
        let number = item.get();
        history.theirs.items.contains(number)
            || history.written.contains(number)
            || history.is_ruled(item)
            || history.is_moved(item)
            || trace.items.get(&item).is_some_and(|touched| touched.since.is_some())
    }
}
