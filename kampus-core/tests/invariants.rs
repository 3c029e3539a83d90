//! Rule 10, whatever people try: nobody gives more than they have, a managed workspace keeps a manager when people
//! leave or are removed, and nothing contains itself.

use std::collections::BTreeSet;

use kampus_core::access::{Action, Scope, rules};
use kampus_core::directory::GroupMember;
use kampus_core::{Actor, Change, Command, Kampus, PersonId, Snapshot, WorkspaceId};
use proptest::prelude::*;

use crate::random_world::{acts, comings_and_goings, moment, play};

/// Whether somebody in active service manages a workspace.
fn is_managed(snapshot: &Snapshot, id: WorkspaceId, at: jiff::Timestamp) -> bool {
    let scope = Scope::Workspace(id);
    let state = snapshot.untrimmed().state();
    snapshot
        .directory()
        .people()
        .any(|person| rules::decide(state, person.id, Action::Manage, scope, at).is_allowed())
}

fn nothing_contains_itself(snapshot: &Snapshot) -> Result<(), TestCaseError> {
    let all = snapshot.untrimmed();
    for node in snapshot.directory().organisations() {
        let way: Vec<_> = snapshot.directory().lineage(node.id).take(100).map(|above| above.id).collect();
        prop_assert_eq!(way.iter().collect::<BTreeSet<_>>().len(), way.len(), "{:?}", way);
    }
    for item in all.items() {
        let way: Vec<_> =
            std::iter::successors(Some(item), |below| all.item(below.parent?)).take(100).collect();
        prop_assert!(way.len() < 100, "{:?} is under itself", item.id);
        prop_assert!(way.iter().all(|above| above.container == item.container));
    }
    let sections: Vec<_> = all.sections().collect();
    for section in &sections {
        let above = |id| sections.iter().copied().find(|other| Some(other.id) == id);
        let way = std::iter::successors(Some(*section), |below| above(below.parent)).take(100).count();
        prop_assert!(way < 100, "{:?} is under itself", section.id);
    }
    for group in snapshot.directory().groups() {
        let (mut stack, mut seen) = (vec![group.id], BTreeSet::new());
        while let Some(next) = stack.pop() {
            let members =
                snapshot.directory().group(next).map(|group| group.members.clone()).unwrap_or_default();
            for member in members {
                if let GroupMember::Group(inner) = member {
                    prop_assert_ne!(inner, group.id, "a group in itself");
                    if seen.insert(inner) {
                        stack.push(inner);
                    }
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_breaks_rule_10(acts in prop_oneof![acts(), comings_and_goings()]) {
        let kampus = Kampus::in_memory();
        play(&kampus, &[]);
        for (number, (who, command)) in (0..).zip(&acts) {
            let at = moment(number);
            let before = kampus.snapshot();
            let actor = PersonId::new(*who).map_or(Actor::Operator("test".into()), Actor::Person);
            let Ok(receipt) = kampus.execute(&actor, at, command.clone()) else { continue };
            let after = kampus.snapshot();
            if let Some(id) = given_up_in(&before, command) {
                prop_assert!(
                    !is_managed(&before, id, at) || is_managed(&after, id, at),
                    "{:?} lost its last manager by {:?}",
                    id,
                    command
                );
            }
            if let (Actor::Person(person), Command::Grant { role, scope, .. }) = (&actor, command) {
                let subject = kampus_core::access::Subject::of(before.untrimmed().state(), *person, at);
                let own = rules::role(before.untrimmed().state(), &subject, *scope);
                let appointed = subject.administrator;
                prop_assert!(appointed || own >= Some(*role), "{:?} gave {:?} and has {:?}", person, role, own);
            }
            prop_assert!(receipt.changes.iter().all(|change| !matches!(change, Change::Granted(grant)
                if grant.period.is_empty())));
            nothing_contains_itself(&after)?;
        }
    }
}

/// The workspace in which somebody leaves or is removed.
fn given_up_in(before: &Snapshot, command: &Command) -> Option<WorkspaceId> {
    match command {
        Command::Leave(id) => Some(*id),
        Command::Revoke(grant) => match before.untrimmed().grant(*grant)?.scope {
            Scope::Workspace(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}
