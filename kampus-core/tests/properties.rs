//! Random worlds: what must hold whatever people do.

use kampus_core::access::{Action, Principal, Role, Scope, rules};
use kampus_core::content::{
    Classification, CommentState, Container, ItemKind, Schedule, SectionVisibility, Status,
    WorkspaceVisibility,
};
use kampus_core::directory::{Employment, GroupMember, GroupRule, OrganisationKind, UnitLevel, UserType};
use kampus_core::{
    Actor, Command, CommentId, GrantId, GroupId, ImportedComment, ImportedItem, ItemId, Kampus, Language,
    Localised, NewItem, NewNode, NewPerson, NewSection, NewWorkspace, OrganisationId, Period, PersonId,
    PostId, SectionId, WorkspaceId,
};
use proptest::prelude::*;

use crate::world::morning;

const PEOPLE: u32 = 6;
const FEW: u32 = 4;
const NODES: u32 = 5;

fn people() -> impl Strategy<Value = PersonId> {
    (1..=PEOPLE).prop_map(|n| PersonId::new(n).unwrap())
}

macro_rules! ids {
    ($name:ident, $id:ty, $most:expr) => {
        fn $name() -> impl Strategy<Value = $id> {
            (1..=$most).prop_map(|n| <$id>::new(n).unwrap())
        }
    };
}
ids!(nodes, OrganisationId, NODES);
ids!(posts, PostId, 2u32);
ids!(groups, GroupId, FEW);
ids!(sections, SectionId, FEW);
ids!(workspaces, WorkspaceId, FEW);
ids!(items, ItemId, 8u32);
ids!(comments, CommentId, FEW);
ids!(grants, GrantId, 20u32);

fn containers() -> impl Strategy<Value = Container> {
    prop_oneof![sections().prop_map(Container::Section), workspaces().prop_map(Container::Workspace)]
}

fn scopes() -> impl Strategy<Value = Scope> {
    prop_oneof![
        nodes().prop_map(Scope::Organisation),
        containers().prop_map(Scope::from),
        items().prop_map(Scope::Item)
    ]
}

fn principals() -> impl Strategy<Value = Principal> {
    prop_oneof![
        people().prop_map(Principal::Person),
        posts().prop_map(Principal::Post),
        groups().prop_map(Principal::Group),
        nodes().prop_map(Principal::Unit),
        Just(Principal::Everyone)
    ]
}

fn roles() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![Role::Reader, Role::Contributor, Role::Editor, Role::Publisher, Role::Manager])
}

fn classifications() -> impl Strategy<Value = Classification> {
    prop::sample::select(vec![
        Classification::Public,
        Classification::Internal,
        Classification::NonPublic,
        Classification::SecurityIv,
    ])
}

fn statuses() -> impl Strategy<Value = Status> {
    prop::sample::select(vec![Status::Draft, Status::InReview, Status::Published, Status::Archived])
}

fn moments() -> impl Strategy<Value = Option<jiff::Timestamp>> {
    prop::option::of((-2i64..3).prop_map(|hours| morning() + jiff::SignedDuration::from_hours(hours)))
}

fn periods() -> impl Strategy<Value = Period> {
    (moments(), moments()).prop_map(|(from, until)| Period { from, until })
}

fn text() -> Localised<String> {
    Localised::one(Language::Fi, "Teksti".to_owned())
}

fn new_item() -> impl Strategy<Value = NewItem> {
    (containers(), prop::option::of(items()), classifications(), 0usize..3).prop_map(
        |(container, parent, classification, kind)| {
            let kind = [ItemKind::Page, ItemKind::News, ItemKind::Discussion][kind];
            let mut new = NewItem::new(kind, container, Language::Fi, "Otsikko", "<p>Runko</p>");
            new.parent = parent;
            new.classification = classification;
            new.must_acknowledge = kind == ItemKind::News;
            new
        },
    )
}

fn imported() -> impl Strategy<Value = ImportedItem> {
    (new_item(), people(), statuses(), moments(), moments()).prop_map(
        |(content, author, status, publish_at, expires_at)| ImportedItem {
            content,
            author,
            owner: author,
            created: morning(),
            modified: morning(),
            status,
            schedule: Schedule { publish_at, expires_at, review_by: None },
            pinned: false,
            comments_open: true,
            labels: Vec::new(),
            sources: Vec::new(),
        },
    )
}

fn directory_commands() -> impl Strategy<Value = Command> {
    let employment = prop::sample::select(vec![Employment::Active, Employment::Suspended, Employment::Ended]);
    let members = prop_oneof![
        people().prop_map(GroupMember::Person),
        posts().prop_map(GroupMember::Post),
        nodes().prop_map(GroupMember::Unit),
        groups().prop_map(GroupMember::Group)
    ];
    let rules = prop_oneof![
        nodes().prop_map(GroupRule::Within),
        Just(GroupRule::UserType(UserType::Guest)),
        Just(GroupRule::Language(Language::Fi))
    ];
    prop_oneof![
        (people(), employment).prop_map(|(person, to)| Command::SetEmployment(person, to)),
        (people(), any::<bool>()).prop_map(|(person, to)| Command::SetClearance(person, to)),
        (people(), any::<bool>()).prop_map(|(person, to)| Command::SetAdministrator(person, to)),
        (people(), nodes(), periods()).prop_map(|(person, unit, period)| Command::Affiliate {
            person,
            unit,
            period
        }),
        nodes().prop_map(|unit| Command::AddPost { title: text(), unit }),
        (posts(), people(), periods()).prop_map(|(post, person, period)| Command::FillPost {
            post,
            person,
            period
        }),
        prop::option::of(rules).prop_map(|rule| Command::AddGroup { name: text(), rule }),
        (groups(), members.clone()).prop_map(|(group, member)| Command::AddMember(group, member)),
        (groups(), members).prop_map(|(group, member)| Command::RemoveMember(group, member)),
    ]
}

fn place_commands() -> impl Strategy<Value = Command> {
    let section_visibilities = prop::sample::select(vec![
        SectionVisibility::Government,
        SectionVisibility::Organisation,
        SectionVisibility::Restricted,
    ]);
    let workspace_visibilities = prop::sample::select(vec![
        WorkspaceVisibility::Open,
        WorkspaceVisibility::Closed,
        WorkspaceVisibility::Hidden,
    ]);
    prop_oneof![
        (nodes(), prop::option::of(sections()), section_visibilities.clone()).prop_map(
            |(owner, parent, visibility)| Command::AddSection(Box::new(NewSection {
                title: text(),
                owner,
                parent,
                visibility,
                ceiling: Classification::SecurityIv,
            }))
        ),
        (sections(), section_visibilities).prop_map(|(id, to)| Command::SetSectionVisibility(id, to)),
        (nodes(), workspace_visibilities.clone()).prop_map(|(host, visibility)| Command::AddWorkspace(
            Box::new(NewWorkspace {
                title: text(),
                purpose: text(),
                host,
                visibility,
                ceiling: Classification::NonPublic,
            })
        )),
        (workspaces(), workspace_visibilities).prop_map(|(id, to)| Command::SetWorkspaceVisibility(id, to)),
        (workspaces(), any::<bool>()).prop_map(|(id, to)| Command::ArchiveWorkspace(id, to)),
        workspaces().prop_map(Command::Join),
        workspaces().prop_map(Command::Leave),
        (workspaces(), people(), any::<bool>())
            .prop_map(|(workspace, person, admit)| Command::AnswerRequest { workspace, person, admit }),
        (workspaces(), people(), roles()).prop_map(|(workspace, person, role)| Command::Invite {
            workspace,
            person,
            role
        }),
        (principals(), roles(), scopes(), periods())
            .prop_map(|(principal, role, scope, period)| Command::Grant { principal, role, scope, period }),
        grants().prop_map(Command::Revoke),
        (scopes(), any::<bool>()).prop_map(|(scope, broken)| Command::BreakInheritance(scope, broken)),
    ]
}

fn item_commands() -> impl Strategy<Value = Command> {
    let held = ImportedComment {
        item: ItemId::FIRST,
        parent: None,
        author: PersonId::FIRST,
        created: morning(),
        body: "<p>odottaa</p>".into(),
        state: CommentState::Held,
    };
    prop_oneof![
        new_item().prop_map(|new| Command::AddItem(Box::new(new))),
        new_item().prop_map(|new| Command::PublishNews(Box::new(new))),
        imported().prop_map(|new| Command::ImportItem(Box::new(new))),
        (items(), imported()).prop_map(|(id, new)| Command::ReviseImported(id, Box::new(new))),
        (items(), prop::option::of(items())).prop_map(|(id, above)| Command::PlaceImported(id, above)),
        (items(), statuses()).prop_map(|(id, to)| Command::SetStatus(id, to)),
        (items(), classifications()).prop_map(|(id, to)| Command::Classify(id, to)),
        items().prop_map(Command::DeleteItem),
        items().prop_map(|item| Command::Comment { item, parent: None, body: "<p>k</p>".into() }),
        (items(), comments()).prop_map(|(item, parent)| Command::Comment {
            item,
            parent: Some(parent),
            body: "<p>v</p>".into()
        }),
        items()
            .prop_map(move |item| Command::ImportComment(Box::new(ImportedComment { item, ..held.clone() }))),
        items().prop_map(Command::Acknowledge),
        (items(), any::<bool>()).prop_map(|(item, on)| Command::React(
            item,
            kampus_core::content::Reaction::Like,
            on
        )),
        items().prop_map(|item| Command::EditItem {
            item,
            language: Language::Sv,
            title: Some("Rubrik".into()),
            lead: None,
            body: Some("<p>Text</p>".into()),
        }),
        (containers(), any::<bool>()).prop_map(|(container, on)| Command::Follow(container, on)),
    ]
}

/// A command and who tries it: 0 is the operator.
fn acts() -> impl Strategy<Value = Vec<(u32, Command)>> {
    let command = prop_oneof![2 => directory_commands(), 3 => place_commands(), 4 => item_commands()];
    prop::collection::vec((prop_oneof![2 => Just(0), 1 => 1..=PEOPLE], command), 1..60)
}

/// Founds the world and lets everybody act; what is refused is refused.
fn play(kampus: &Kampus, acts: &[(u32, Command)]) {
    let operator = Actor::Operator("test".into());
    let mut story = kampus.transaction(operator.clone(), morning());
    let node = |code: &str, kind, parent: Option<&str>| NewNode {
        code: code.to_owned(),
        kind,
        parent: parent.map(str::to_owned),
        order: 0,
        names: Vec::new(),
        aliases: Vec::new(),
        region: None,
        time_zone: None,
    };
    let unit = OrganisationKind::Unit(UnitLevel::Unit);
    let nodes = vec![
        node("VN", OrganisationKind::Government, None),
        node("VM", OrganisationKind::Ministry, Some("VN")),
        node("VM-BO", unit, Some("VM")),
        node("STM", OrganisationKind::Ministry, Some("VN")),
        node("STM-T", unit, Some("STM")),
    ];
    story.execute(Command::Found(nodes)).unwrap();
    for number in 1..=PEOPLE {
        let is_guest = number == PEOPLE;
        let person = NewPerson {
            home: (!is_guest).then(|| OrganisationId::new(number.min(NODES)).unwrap()),
            user_type: if is_guest { UserType::Guest } else { UserType::Official },
            ..NewPerson::official(OrganisationId::FIRST, "Nimi")
        };
        story.execute(Command::AddPerson(Box::new(person))).unwrap();
    }
    story.commit().unwrap();
    for (who, command) in acts {
        let actor = PersonId::new(*who).map_or(operator.clone(), Actor::Person);
        let _refused_or_done = kampus.execute(&actor, morning(), command.clone());
    }
}

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
