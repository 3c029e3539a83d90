//! The compiled rules are the rules: for everybody, every action, everything, before and after every change.

use kampus_core::access::{Action, Scope, rules};
use kampus_core::{Actor, Change, Entry, Kampus, PersonId, Revision, Snapshot};
use proptest::prelude::*;

use crate::random_world::{PEOPLE, acts, moment, play, try_to};

/// Every scope that there is, and one of each kind that is not.
fn scopes(snapshot: &Snapshot) -> Vec<Scope> {
    let all = snapshot.untrimmed();
    let organisations = snapshot.directory().organisations().map(|node| Scope::Organisation(node.id));
    let sections = all.sections().map(|section| Scope::Section(section.id));
    let workspaces = all.workspaces().map(|workspace| Scope::Workspace(workspace.id));
    let items = all.items().map(|item| Scope::Item(item.id));
    let nothing = [
        Scope::Organisation("organisation:99".parse().unwrap()),
        Scope::Section("section:99".parse().unwrap()),
        Scope::Workspace("workspace:99".parse().unwrap()),
        Scope::Item("item:99".parse().unwrap()),
    ];
    organisations.chain(sections).chain(workspaces).chain(items).chain(nothing).collect()
}

/// Asks everything, so that whatever is worked out on demand is.
fn ask_all(snapshot: &Snapshot, at: jiff::Timestamp) {
    for person in snapshot.directory().people() {
        for scope in scopes(snapshot) {
            snapshot.untrimmed().may(person.id, Action::View, scope, at);
        }
    }
}

/// Holds every answer of the index against the rules.
fn hold(snapshot: &Snapshot, at: jiff::Timestamp) -> Result<(), TestCaseError> {
    let all = snapshot.untrimmed();
    let scopes = scopes(snapshot);
    let mut people: Vec<PersonId> = snapshot.directory().people().map(|person| person.id).collect();
    let last = people.last().map_or(0, |id| id.get());
    // One more than there ever were: nobody.
    people.push(PersonId::new(last + 1).unwrap());
    for person in people {
        let viewer = snapshot.viewer(person, at);
        for action in Action::ALL {
            let mut items = Vec::new();
            for scope in &scopes {
                let law = rules::decide(all.state(), person, action, *scope, at);
                prop_assert_eq!(
                    viewer.may(action, *scope),
                    law.is_allowed(),
                    "a viewer: {:?} {:?} {:?} {:?}",
                    person,
                    action,
                    scope,
                    law
                );
                prop_assert_eq!(
                    all.may(person, action, *scope, at),
                    law.is_allowed(),
                    "one question: {:?} {:?} {:?} {:?}",
                    person,
                    action,
                    scope,
                    law
                );
                if let (Scope::Item(id), true) = (scope, law.is_allowed()) {
                    items.push(*id);
                }
            }
            let everything = viewer.everything(action);
            let mut ids = everything.ids();
            ids.sort_unstable();
            prop_assert_eq!(&ids, &items, "everything: {:?} {:?}", person, action);
            prop_assert_eq!(everything.count(), items.len());
            prop_assert_eq!(everything.bitmap().len(), items.len() as u64);
            let mut pages = Vec::new();
            while let page @ [_, ..] = everything.page(pages.last().copied(), 3).as_slice() {
                pages.extend_from_slice(page);
            }
            pages.reverse();
            prop_assert_eq!(&pages, &items, "page by page: {:?} {:?}", person, action);
        }
    }
    for action in Action::ALL {
        for scope in &scopes {
            let may = |number: &u32| {
                let person = PersonId::new(*number).unwrap();
                rules::decide(all.state(), person, action, *scope, at).is_allowed()
            };
            let everyone: Vec<u32> = all.everyone(action, *scope, at).iter().collect();
            let law: Vec<u32> = (1..=last).filter(may).collect();
            prop_assert_eq!(everyone, law, "everyone: {:?} {:?}", action, scope);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_index_decides_as_the_rules_do_after_every_change(acts in acts()) {
        let kampus = Kampus::in_memory();
        play(&kampus, &[]);
        let mut revision = kampus.snapshot().revision();
        for ((number, act), given_up) in (0..).zip(&acts).zip(acts.iter().rev()) {
            // What is given up half-way must leave nothing behind, whatever was asked on the way.
            let mut transaction = kampus.transaction(Actor::Operator("test".into()), moment(number));
            if transaction.execute(given_up.1.clone()).is_ok() {
                ask_all(&transaction.snapshot(), moment(number));
            }
            drop(transaction);
            try_to(&kampus, number, act);
            let snapshot = kampus.snapshot();
            // What was refused changed nothing that is worth a look.
            if snapshot.revision() > revision {
                revision = snapshot.revision();
                hold(&snapshot, moment(number))?;
            }
        }
    }

    #[test]
    fn the_index_decides_as_the_rules_do_at_any_time(acts in acts(), minutes in -300i64..600) {
        let kampus = Kampus::in_memory();
        play(&kampus, &acts);
        hold(&kampus.snapshot(), moment(0) + jiff::SignedDuration::from_mins(minutes))?;
    }

    #[test]
    fn a_viewer_is_good_until_it_says(acts in acts(), minutes in 0i64..600) {
        let kampus = Kampus::in_memory();
        play(&kampus, &acts);
        let snapshot = kampus.snapshot();
        let at = moment(0) + jiff::SignedDuration::from_mins(minutes);
        for person in (1..=PEOPLE).map(|number| PersonId::new(number).unwrap()) {
            let viewer = snapshot.viewer(person, at);
            let until = viewer.good_until().unwrap_or(at + jiff::SignedDuration::from_hours(24));
            if until <= at {
                continue;
            }
            let last = snapshot.viewer(person, until - jiff::SignedDuration::from_nanos(1));
            for scope in scopes(&snapshot) {
                for action in Action::ALL {
                    prop_assert_eq!(viewer.may(action, scope), last.may(action, scope), "{:?} {:?}", action, scope);
                }
            }
        }
    }
}

/// Random worlds of which nothing may be done, or everything, would prove nothing.
#[test]
fn random_worlds_have_something_to_decide() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut allowed, mut denied, mut items) = (0, 0, 0);
    let (mut withdrawn, mut claimed) = ([0; 3], 0);
    for _ in 0..40 {
        let kampus = Kampus::in_memory();
        play(&kampus, &acts().new_tree(&mut runner).unwrap().current());
        let snapshot = kampus.snapshot();
        items += snapshot.untrimmed().items().count();
        let count = &mut |entry: &Entry| {
            for change in &entry.changes {
                match change {
                    Change::CommentWithdrawn(_) => withdrawn[0] += 1,
                    Change::SectionWithdrawn(_) => withdrawn[1] += 1,
                    Change::PersonWithdrawn(_) => withdrawn[2] += 1,
                    Change::PlaceholderClaimed(..) => claimed += 1,
                    _ => {}
                }
            }
        };
        kampus.entries_after(Revision(0), count).unwrap();
        for item in snapshot.untrimmed().items() {
            for number in 1..=PEOPLE {
                let person = PersonId::new(number).unwrap();
                let scope = Scope::Item(item.id);
                let law = rules::decide(snapshot.untrimmed().state(), person, Action::View, scope, moment(0));
                if law.is_allowed() { allowed += 1 } else { denied += 1 }
            }
        }
    }
    assert!(
        withdrawn.iter().all(|count| *count > 0),
        "{withdrawn:?} comments, sections and people withdrawn"
    );
    assert!(claimed > 0, "no placeholder was claimed");
    assert!(items > 90, "only {items} items in 40 worlds");
    assert!(allowed * 10 > denied && denied * 10 > allowed, "{allowed} allowed, {denied} denied");
}
