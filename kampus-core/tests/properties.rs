//! What must hold whatever people do.

use kampus_core::access::{Action, Scope, rules};
use kampus_core::content::{CommentState, Container, ItemKind};
use kampus_core::{Actor, Kampus, PersonId};
use proptest::prelude::*;

use crate::random_world::{PEOPLE, acts, play};
use crate::world::morning;

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn replaying_the_journal_gives_the_live_state(acts in acts()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kampus.db");
        let live = Kampus::open(&path).unwrap();
        let reference = Kampus::in_memory();
        play(&live, &acts);
        play(&reference, &acts);
        let replayed = Kampus::open(&path).unwrap().snapshot();
        let lived = live.snapshot();
        prop_assert!(replayed.untrimmed().state() == lived.untrimmed().state());
        // The two stores agree, too.
        let remembered = reference.snapshot();
        prop_assert!(remembered.untrimmed().state() == lived.untrimmed().state());
    }

    #[test]
    fn no_read_path_shows_what_the_rules_deny(acts in acts()) {
        let kampus = Kampus::in_memory();
        play(&kampus, &acts);
        let snapshot = kampus.snapshot();
        let all = snapshot.untrimmed();
        let at = morning() + jiff::SignedDuration::from_mins(30);
        for person in (1..=PEOPLE).map(|n| PersonId::new(n).unwrap()) {
            let viewer = snapshot.viewer(person, at);
            let may = |action, scope| rules::decide(all.state(), person, action, scope, at).is_allowed();
            let mut readable = Vec::new();
            for item in all.items() {
                let allowed = may(Action::View, Scope::Item(item.id));
                if allowed {
                    readable.push(item.id);
                }
                prop_assert_eq!(viewer.item(item.id).is_ok(), allowed);
                prop_assert_eq!(viewer.body(item.id).is_ok(), allowed);
                prop_assert_eq!(viewer.file(item.id).is_ok(), allowed);
                prop_assert_eq!(viewer.comments(item.id).is_ok(), allowed);
                prop_assert_eq!(viewer.reactions(item.id).is_ok(), allowed);
                prop_assert_eq!(viewer.has_acknowledged(item.id).is_ok(), allowed);
                for comment in all.comments_on(item.id) {
                    let held = comment.state == CommentState::Held
                        && comment.author != person
                        && !may(Action::Edit, Scope::Item(item.id));
                    prop_assert_eq!(viewer.comment_text(comment.id).is_ok(), allowed && !held);
                }
            }
            let listed = |kind| viewer.items(kind).map(|item| item.id).collect::<Vec<_>>();
            let mut lists = [listed(ItemKind::Page), listed(ItemKind::News), listed(ItemKind::Discussion)].concat();
            lists.sort();
            prop_assert_eq!(&lists, &readable);
            let containers = all
                .sections()
                .map(|section| Container::Section(section.id))
                .chain(all.workspaces().map(|workspace| Container::Workspace(workspace.id)));
            let mut counted = 0;
            for container in containers {
                counted += viewer.count_in(container);
                let card = may(Action::Discover, container.into());
                match container {
                    Container::Section(id) => prop_assert_eq!(viewer.section(id).is_ok(), card),
                    Container::Workspace(id) => prop_assert_eq!(viewer.workspace(id).is_ok(), card),
                }
            }
            prop_assert_eq!(counted, readable.len());
            let desktop = viewer.desktop();
            let shown = desktop.news.iter().chain(&desktop.to_acknowledge).chain(&desktop.services);
            for item in shown.chain(&desktop.waiting.reviews).chain(&desktop.waiting.to_publish) {
                prop_assert!(readable.contains(&item.id));
            }
            for card in desktop.workspaces.iter().chain(&desktop.across_borders) {
                prop_assert!(may(Action::Discover, Scope::Workspace(card.id())));
            }
            for (workspace, _) in &desktop.waiting.requests {
                prop_assert!(may(Action::Invite, Scope::Workspace(*workspace)));
            }
        }
    }

    #[test]
    fn a_refused_command_changes_nothing(acts in acts()) {
        let kampus = Kampus::in_memory();
        play(&kampus, &acts);
        let before = kampus.snapshot();
        let mut refused = 0;
        for (_, command) in &acts {
            let nobody = Actor::Person(PersonId::new(99).unwrap());
            refused += u32::from(kampus.execute(&nobody, morning(), command.clone()).is_err());
        }
        prop_assert_eq!(refused as usize, acts.len(), "somebody unknown may do nothing");
        let after = kampus.snapshot();
        prop_assert!(after.untrimmed().state() == before.untrimmed().state());
    }
}
