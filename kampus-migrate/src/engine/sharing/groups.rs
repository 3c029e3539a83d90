//! The groups in Kampus that stand for groups of the sources, and the grants that name them.

use std::collections::{BTreeMap, BTreeSet};

use kampus_core::access::{Principal, Role};
use kampus_core::content::Item;
use kampus_core::directory::GroupMember;
use kampus_core::{Command, GroupId, Localised, PersonId, Snapshot};

use super::super::error::MigrateError;
use super::super::history::History;
use super::super::ledger::{self, record_key};
use super::super::run::{Batches, Context};
use super::circles::Circles;
use super::items::base;
use super::notes;
use super::standing::{Atom, Set, Standing, Standings};
use crate::record::Right;

/// What groups of sources became: key `source␟name`.
const GROUPS: &str = "migrate.group";

/// The groups in Kampus that stand for those of the sources.
pub(super) struct Groups<'c> {
    circles: &'c Circles,
    ids: BTreeMap<usize, GroupId>,
    /// Groups to be made.
    pub(super) made: u64,
    cx: &'c Context<'c>,
}

impl<'c> Groups<'c> {
    /// Those of earlier runs, and those that the sources have records of.
    pub(super) fn new(cx: &'c Context<'c>, circles: &'c Circles) -> Result<Self, MigrateError> {
        let mut groups = Self { circles, ids: BTreeMap::new(), made: 0, cx };
        for (number, circle) in circles.all.iter().enumerate() {
            let known: Option<GroupId> =
                ledger::get(cx.store, GROUPS, &record_key(&circle.source, &notes::fold(&circle.name)))?;
            if let Some(id) = known {
                groups.ids.insert(number, id);
            } else if circle.is_told {
                groups.id(number)?;
            }
        }
        Ok(groups)
    }

    /// The group of a circle, made empty where there is none.
    fn id(&mut self, number: usize) -> Result<GroupId, MigrateError> {
        if let Some(id) = self.ids.get(&number) {
            return Ok(*id);
        }
        let circle = self.circles.all.get(number).ok_or(MigrateError::NothingMade("group"))?;
        let mut tx = self.cx.begin();
        let name = Localised::one(kampus_core::Language::Fi, circle.name.clone());
        let id = tx.execute(Command::AddGroup { name, rule: None })?.group();
        let id = id.ok_or(MigrateError::NothingMade("group"))?;
        ledger::put(&mut tx, GROUPS, &record_key(&circle.source, &notes::fold(&circle.name)), &id)?;
        tx.commit()?;
        self.ids.insert(number, id);
        self.made += 1;
        Ok(id)
    }

    fn principal(&mut self, atom: Atom) -> Result<Principal, MigrateError> {
        Ok(match atom {
            Atom::Person(person) => Principal::Person(person),
            Atom::Circle(number) => Principal::Group(self.id(number)?),
        })
    }

    /// The grants that say a standing.
    pub(super) fn grants(
        &mut self,
        standings: &mut Standings<'_>,
        standing: &Standing,
        main: &(usize, Box<str>),
        (snapshot, item): (&Snapshot, &Item),
    ) -> Result<BTreeMap<Principal, Role>, MigrateError> {
        let mut grants = BTreeMap::new();
        match &standing.read {
            Set::All => {
                grants.extend(base(snapshot, item).into_iter().map(|principal| (principal, Role::Reader)));
            }
            Set::Some(atoms) => {
                for atom in atoms {
                    grants.insert(self.principal(*atom)?, Role::Reader);
                }
            }
        }
        let write = standings.among(&standing.read, &standing.write, main, &Right::Write);
        let administer = standings.among(&write, &standing.administer, main, &Right::Administer);
        for (drawn, set, role) in
            [(&standing.write, &write, Role::Editor), (&standing.administer, &administer, Role::Manager)]
        {
            let (Set::Some(_), Set::Some(atoms)) = (drawn, set) else { continue };
            for atom in atoms {
                grants.insert(self.principal(*atom)?, role);
            }
        }
        Ok(grants)
    }

    fn members(&self, snapshot: &Snapshot) -> Vec<(GroupId, BTreeSet<PersonId>, BTreeSet<PersonId>, bool)> {
        let listed = self.ids.iter().filter_map(|(number, id)| {
            let circle = self.circles.all.get(*number)?;
            let group = snapshot.directory().group(*id)?;
            let now = group.members.iter().filter_map(|member| match member {
                GroupMember::Person(person) => Some(*person),
                _ => None,
            });
            let wanted = circle.people.iter().filter_map(PersonId::new).collect();
            Some((*id, wanted, now.collect(), circle.is_whole))
        });
        listed.collect()
    }

    /// Takes out of the groups who is in them no more at the source.
    pub(super) fn let_go(&self, cx: &Context<'_>, history: &History) -> Result<(), MigrateError> {
        let mut batches = Batches::new(cx);
        for (group, wanted, now, is_whole) in self.members(&cx.store.snapshot()) {
            for person in now.difference(&wanted).filter(|_| is_whole) {
                let member = GroupMember::Person(*person);
                if !history.is_member_decided(group, member) {
                    batches.tx().execute(Command::RemoveMember(group, member))?;
                    batches.step()?;
                }
            }
        }
        batches.commit()
    }

    /// Takes into the groups who is in them at the source, unless people took them out.
    pub(super) fn take_in(&self, cx: &Context<'_>, history: &History) -> Result<(), MigrateError> {
        let mut batches = Batches::new(cx);
        for (group, wanted, now, _) in self.members(&cx.store.snapshot()) {
            for person in wanted.difference(&now) {
                let member = GroupMember::Person(*person);
                if !history.is_member_decided(group, member) {
                    batches.tx().execute(Command::AddMember(group, member))?;
                    batches.step()?;
                }
            }
        }
        batches.commit()
    }
}
