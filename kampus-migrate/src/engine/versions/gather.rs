//! Finding the versions of a whole source, and deciding which of them become one item.

use std::collections::HashMap;

use kampus_core::{Kampus, Language};

use super::super::Progress;
use super::super::error::MigrateError;
use super::super::ledger::{self, Fate, LedgerEntry, Target, record_key};
use super::super::route::{Route, route};
use super::super::ruling::Ruling;
use super::super::run::Context;
use super::super::source::{self, Input};
use super::claim::{self, Claim};
use super::elect::{Member, Part, Past, elect};
use super::{Joins, hash, is_joined, item_of, named};
use crate::format::Event;
use crate::inventory::Decisions;
use crate::plan::{CheckedPlan, Source, Versions};
use crate::record::{LegacyBody, LegacyRecord, LegacyStatus};

/// Reads a source for its versions, and decides what becomes of them.
pub(in super::super) fn gather(
    cx: &Context<'_>,
    plan: &CheckedPlan,
    source: &Source,
    decisions: Option<&Decisions>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Joins, MigrateError> {
    let Some(mut gathering) = Gathering::of(source) else { return Ok(Joins::default()) };
    progress(Progress::Step { name: "looking for versions" });
    // What the file does wrong is told when it is loaded.
    source::each(&Input::source(source), &mut |_| {}, |event| {
        if let Ok(Event::Record(record)) = event {
            gathering.look(&record, &route(&record, source, plan, decisions));
        }
        Ok(())
    })?;
    gathering.settle(Some((cx.store, &source.id)))
}

/// The versions of a source while it is being read. About a hundred bytes are kept of each page.
pub(in super::super) struct Gathering {
    by: Versions,
    preferred: Language,
    members: Vec<Member>,
    groups: HashMap<u128, Vec<usize>>,
    /// Where versions name their originals: who is called what, and who names whom.
    names: HashMap<u128, usize>,
    originals: Vec<(usize, Box<str>)>,
    bases: HashMap<usize, Box<str>>,
}

impl Gathering {
    /// One for a source whose versions are told.
    pub(in super::super) fn of(source: &Source) -> Option<Self> {
        Some(Self {
            by: source.versions.clone()?,
            preferred: source.language,
            members: Vec::new(),
            groups: HashMap::new(),
            names: HashMap::new(),
            originals: Vec::new(),
            bases: HashMap::new(),
        })
    }

    /// Looks at a record and its route.
    pub(in super::super) fn look(&mut self, record: &LegacyRecord, route: &Route) {
        let (LegacyBody::Page(page), Ruling::Keep) = (&record.body, &route.ruling) else { return };
        let Some(claim) = claim::of(page, &self.by) else { return };
        let number = self.members.len();
        match claim {
            Claim::Group(word) => self.groups.entry(hash(&word)).or_default().push(number),
            Claim::Itself | Claim::Of(_) => {
                for name in claim::names(record, page) {
                    self.names.entry(hash(&name)).or_insert(number);
                }
                if let Claim::Of(original) = claim {
                    self.originals.push((number, original.into_boxed_str()));
                    let base = page.addresses.first().map(|base| (number, base.clone().into_boxed_str()));
                    self.bases.extend(base);
                }
            }
        }
        self.members.push(Member {
            id: record.id.clone().into_boxed_str(),
            language: route.language,
            status: page.status,
            at: (page.status == LegacyStatus::Scheduled).then_some(page.created).flatten(),
            target: route.target.clone().map(String::into_boxed_str),
            past: Past::None,
        });
    }

    /// Decides on all of them, with what the ledger of a store knows of a source.
    pub(in super::super) fn settle(mut self, ledger: Option<(&Kampus, &str)>) -> Result<Joins, MigrateError> {
        let mut joins = Joins { by: Some(self.by.clone()), ..Joins::default() };
        self.follow_originals(ledger, &mut joins)?;
        let mut groups: Vec<(u128, Vec<usize>)> = self.groups.drain().collect();
        groups.sort_unstable_by_key(|(_, members)| members.first().copied());
        for (group, numbers) in groups {
            let mut members: Vec<Member> =
                numbers.iter().filter_map(|number| self.members.get(*number)).cloned().collect();
            let present = members.len();
            if let Some((store, source)) = ledger {
                recall(store, source, group, &mut members)?;
            }
            if members.len() < 2 {
                continue;
            }
            let parts = elect(&members, present, self.preferred);
            for (member, part) in members.iter().zip(parts) {
                let Some(part) = part else { continue };
                if let Part::Of(main) = &part {
                    joins.of.entry(main.clone()).or_default().push((member.language, member.id.clone()));
                }
                joins.parts.insert(member.id.clone(), (group, part));
            }
        }
        Ok(joins)
    }

    /// Puts each page that names an original into the group of that, over as many steps as there are.
    fn follow_originals(
        &mut self,
        ledger: Option<(&Kampus, &str)>,
        joins: &mut Joins,
    ) -> Result<(), MigrateError> {
        let mut above: HashMap<usize, usize> = HashMap::new();
        let mut lost: HashMap<usize, &str> = HashMap::new();
        for (number, original) in &self.originals {
            let base = self.bases.get(number).map(|base| &**base);
            let forms = claim::forms(original, base);
            match forms.iter().find_map(|form| self.names.get(&hash(form))) {
                Some(found) => drop(above.insert(*number, *found)),
                None => drop(lost.insert(*number, original)),
            }
        }
        if self.names.is_empty() {
            return Ok(());
        }
        for (number, member) in self.members.iter().enumerate() {
            let mut root = number;
            // A page that names itself, or two that name each other, end here too.
            for _ in 0..above.len() {
                match above.get(&root) {
                    Some(next) if *next != root => root = *next,
                    _ => break,
                }
            }
            let mut group = self.members.get(root).map_or(0, |root| hash(&root.id));
            if let Some(original) = lost.get(&root) {
                if let Some(known) = elsewhere(ledger, original)? {
                    group = known;
                } else if root == number {
                    let why = format!(
                        "it says that it is a version of `{original}`, which the export does not hold: it stays an item \
                         of its own"
                    );
                    joins.parts.insert(member.id.clone(), (group, Part::Apart(why)));
                }
            }
            self.groups.entry(group).or_default().push(number);
        }
        Ok(())
    }
}

/// The group of an original that an earlier export held.
fn elsewhere(ledger: Option<(&Kampus, &str)>, original: &str) -> Result<Option<u128>, MigrateError> {
    let Some((store, source)) = ledger else { return Ok(None) };
    for id in [original.to_owned(), format!("page:{original}")] {
        let group = hash(&id);
        if ledger::version_main(store, &record_key(source, &named(group)))?.is_some() {
            return Ok(Some(group));
        }
    }
    Ok(None)
}

/// Adds what the ledger knows: what became of these versions before, and of others that this export does not hold.
fn recall(store: &Kampus, source: &str, group: u128, members: &mut Vec<Member>) -> Result<(), MigrateError> {
    let known = ledger::version_main(store, &record_key(source, &named(group)))?;
    if members.len() < 2 && known.is_none() {
        return Ok(());
    }
    let main = match &known {
        Some(id) => ledger::record(store, &record_key(source, id))?.map(|entry| (id.as_str(), entry)),
        None => None,
    };
    let item = main.as_ref().and_then(|(_, entry)| item_of(entry));
    let is_in = |entry: &LedgerEntry| {
        is_joined(entry) && item.is_some_and(|item| entry.target == Some(Target::Item(item)))
    };
    for member in members.iter_mut() {
        let entry = ledger::record(store, &record_key(source, &member.id))?;
        member.past = match &entry {
            Some(entry) if item_of(entry).is_some() => {
                if known.as_deref() == Some(&*member.id) {
                    Past::Main
                } else {
                    Past::Item
                }
            }
            Some(entry) if is_in(entry) => Past::Joined,
            Some(entry) if entry.fate == Fate::Rejected && !is_joined(entry) => Past::Rejected,
            _ => Past::None,
        };
    }
    let (Some((main, entry)), Some(item)) = (&main, item) else { return Ok(()) };
    let is_absent = |members: &[Member], id: &str| !members.iter().any(|member| &*member.id == id);
    if is_absent(members, main) {
        members.extend(absent_member(main, entry, Past::Main));
    }
    for note in ledger::versions_of(store, item)? {
        let (_, id) = ledger::split_key(&note.record);
        if is_absent(members, id)
            && let Some(entry) = ledger::record(store, &note.record)?.filter(is_in)
        {
            members.extend(absent_member(id, &entry, Past::Joined));
        }
    }
    Ok(())
}

fn absent_member(id: &str, entry: &LedgerEntry, past: Past) -> Option<Member> {
    let page = entry.page.as_ref()?;
    let version = page.version_entry.as_ref()?;
    Some(Member {
        id: id.into(),
        language: page.language,
        status: version.status,
        at: version.at,
        target: version.target.clone().map(String::into_boxed_str),
        past,
    })
}
