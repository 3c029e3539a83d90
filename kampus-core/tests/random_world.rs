//! Random worlds: whatever people try, in any order.
//!
//! Names are few and small, so that commands meet each other and a world that breaks something shrinks to one that a
//! person can read.

use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::{
    Classification, CommentState, Container, ItemKind, Schedule, SectionVisibility, Status,
    WorkspaceVisibility,
};
use kampus_core::directory::{Employment, GroupMember, GroupRule, OrganisationKind, UnitLevel, UserType};
use kampus_core::{
    Actor, Command, CommentId, GrantId, GroupId, ImportedComment, ImportedItem, ItemId, Kampus, Language,
    Localised, NewItem, NewPerson, NewSection, NewWorkspace, OrganisationId, Period, PersonId, PostId,
    SectionId, UnitChange, WorkspaceId,
};
use proptest::prelude::*;

use crate::world::{morning, node};

/// The last of them is a guest.
pub(crate) const PEOPLE: u32 = 6;
const FEW: u32 = 4;
const NODES: u32 = 5;

fn people() -> impl Strategy<Value = PersonId> {
    (1..=PEOPLE).prop_map(|n| PersonId::new(n).unwrap())
}

/// Those, and the placeholders.
fn anybody() -> impl Strategy<Value = PersonId> {
    (1..=PEOPLE + 2).prop_map(|n| PersonId::new(n).unwrap())
}

macro_rules! ids {
    ($name:ident, $id:ty, $most:expr) => {
        fn $name() -> impl Strategy<Value = $id> {
            (1..=$most).prop_map(|n| <$id>::new(n).unwrap())
        }
    };
}
ids!(nodes, OrganisationId, NODES + 2);
ids!(posts, PostId, 2u32);
ids!(groups, GroupId, FEW);
ids!(sections, SectionId, FEW);
ids!(workspaces, WorkspaceId, FEW + 1);
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
        anybody().prop_map(Principal::Person),
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
    prop_oneof![
        1 => Just(Classification::Public),
        3 => Just(Classification::Internal),
        1 => Just(Classification::NonPublic),
        1 => Just(Classification::SecurityIv)
    ]
}

fn statuses() -> impl Strategy<Value = Status> {
    prop_oneof![
        1 => Just(Status::Draft),
        1 => Just(Status::InReview),
        4 => Just(Status::Published),
        1 => Just(Status::Archived)
    ]
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
    (containers(), prop::option::weighted(0.3, items()), classifications(), 0usize..3).prop_map(
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
    (new_item(), anybody(), statuses(), moments(), moments()).prop_map(
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

fn unit_changes() -> impl Strategy<Value = UnitChange> {
    let part = (0u32..100, prop::collection::vec(people(), 0..3)).prop_map(|(number, people)| {
        let node = node(&format!("OSA-{number}"), OrganisationKind::Unit(UnitLevel::Unit), None);
        (node, people)
    });
    prop_oneof![
        nodes().prop_map(|unit| UnitChange::Rename { unit, name: text() }),
        (nodes(), nodes()).prop_map(|(unit, under)| UnitChange::Move { unit, under }),
        (nodes(), nodes()).prop_map(|(unit, into)| UnitChange::Merge { unit, into }),
        (nodes(), prop::collection::vec(part, 1..3))
            .prop_map(|(unit, into)| UnitChange::Split { unit, into }),
    ]
}

fn members() -> impl Strategy<Value = GroupMember> {
    prop_oneof![
        anybody().prop_map(GroupMember::Person),
        posts().prop_map(GroupMember::Post),
        nodes().prop_map(GroupMember::Unit),
        groups().prop_map(GroupMember::Group)
    ]
}

fn rules() -> impl Strategy<Value = GroupRule> {
    prop_oneof![
        nodes().prop_map(GroupRule::Within),
        Just(GroupRule::UserType(UserType::Guest)),
        Just(GroupRule::Language(Language::Fi))
    ]
}

fn directory_commands() -> impl Strategy<Value = Command> {
    let employment = prop::sample::select(vec![Employment::Active, Employment::Suspended, Employment::Ended]);
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
        prop::option::of(rules()).prop_map(|rule| Command::AddGroup { name: text(), rule }),
        (groups(), members()).prop_map(|(group, member)| Command::AddMember(group, member)),
        (groups(), members()).prop_map(|(group, member)| Command::RemoveMember(group, member)),
        prop::collection::vec(unit_changes(), 1..3).prop_map(Command::Reorganise),
        (0u32..100, prop::sample::select(vec!["VN", "VM", "STM", "VM-BO"])).prop_map(|(number, parent)| {
            let code = format!("UUSI-{number}");
            let node = node(&code, OrganisationKind::Unit(UnitLevel::Team), Some(parent));
            Command::AddOrganisation(Box::new(node))
        }),
        prop::collection::vec(people(), 1..3).prop_map(Command::WithdrawPeople),
        (anybody(), people())
            .prop_map(|(placeholder, person)| Command::ClaimPlaceholder { placeholder, person }),
        prop::option::of(nodes()).prop_map(|home| Command::AddPerson(Box::new(NewPerson {
            home,
            ..NewPerson::official(OrganisationId::FIRST, "Uusi")
        }))),
    ]
}

fn section_visibilities() -> impl Strategy<Value = SectionVisibility> {
    prop::sample::select(vec![
        SectionVisibility::Government,
        SectionVisibility::Organisation,
        SectionVisibility::Restricted,
    ])
}

fn workspace_visibilities() -> impl Strategy<Value = WorkspaceVisibility> {
    prop::sample::select(vec![
        WorkspaceVisibility::Open,
        WorkspaceVisibility::Closed,
        WorkspaceVisibility::Hidden,
    ])
}

fn new_section() -> impl Strategy<Value = Command> {
    (nodes(), prop::option::weighted(0.3, sections()), section_visibilities()).prop_map(
        |(owner, parent, visibility)| {
            Command::AddSection(Box::new(NewSection {
                title: text(),
                owner,
                parent,
                visibility,
                ceiling: Classification::SecurityIv,
            }))
        },
    )
}

fn new_workspace() -> impl Strategy<Value = Command> {
    (nodes(), workspace_visibilities()).prop_map(|(host, visibility)| {
        Command::AddWorkspace(Box::new(NewWorkspace {
            title: text(),
            purpose: text(),
            host,
            visibility,
            ceiling: Classification::SecurityIv,
        }))
    })
}

fn new_grant() -> impl Strategy<Value = Command> {
    (principals(), roles(), scopes(), prop_oneof![Just(Period::ALWAYS), periods()])
        .prop_map(|(principal, role, scope, period)| Command::Grant { principal, role, scope, period })
}

fn place_commands() -> impl Strategy<Value = Command> {
    prop_oneof![
        new_section(),
        (sections(), section_visibilities()).prop_map(|(id, to)| Command::SetSectionVisibility(id, to)),
        (sections(), prop::option::of(sections()), nodes())
            .prop_map(|(section, parent, owner)| Command::MoveSection { section, parent, owner }),
        sections().prop_map(Command::WithdrawSection),
        workspaces().prop_map(|workspace| Command::BreakGlass { workspace, reason: "hätä".into() }),
        new_workspace(),
        (workspaces(), workspace_visibilities()).prop_map(|(id, to)| Command::SetWorkspaceVisibility(id, to)),
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
        new_grant(),
        grants().prop_map(Command::Revoke),
        (scopes(), any::<bool>()).prop_map(|(scope, broken)| Command::BreakInheritance(scope, broken)),
    ]
}

/// A comment that waits for approval.
fn held_comment() -> ImportedComment {
    ImportedComment {
        item: ItemId::FIRST,
        parent: None,
        author: PersonId::FIRST,
        created: morning(),
        body: "<p>odottaa</p>".into(),
        state: CommentState::Held,
    }
}

fn item_commands() -> impl Strategy<Value = Command> {
    let held = held_comment();
    let again = ImportedComment { state: CommentState::Visible, ..held.clone() };
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
        (comments(), items(), prop::option::of(comments())).prop_map(move |(id, item, parent)| {
            let revised = ImportedComment { item, parent, ..again.clone() };
            Command::ReviseImportedComment(id, Box::new(revised))
        }),
        comments().prop_map(Command::WithdrawComment),
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
        (items(), containers(), prop::option::of(items())).prop_map(|(item, to, parent)| Command::MoveItem {
            item,
            to,
            parent
        }),
        (items(), moments(), moments()).prop_map(|(item, publish_at, expires_at)| Command::SetSchedule(
            item,
            Schedule { publish_at, expires_at, review_by: None }
        )),
    ]
}

/// A command and who tries it: 0 is the operator. A furnished world first, then whatever people try in it.
pub(crate) fn acts() -> impl Strategy<Value = Vec<(u32, Command)>> {
    let command = prop_oneof![2 => directory_commands(), 3 => place_commands(), 4 => item_commands()];
    let tried = prop::collection::vec((prop_oneof![2 => Just(0), 1 => 1..=PEOPLE], command), 1..40);
    (furniture(), tried).prop_map(|(furniture, tried)| {
        furniture.into_iter().map(|command| (0, command)).chain(tried).collect()
    })
}

/// The same world with a manager or two in each workspace, and people who come, go and are removed.
pub(crate) fn comings_and_goings() -> impl Strategy<Value = Vec<(u32, Command)>> {
    let manager = (people(), workspaces()).prop_map(|(person, workspace)| Command::Grant {
        principal: Principal::Person(person),
        role: Role::Manager,
        scope: Scope::Workspace(workspace),
        period: Period::ALWAYS,
    });
    let command = prop_oneof![
        3 => workspaces().prop_map(Command::Leave),
        3 => grants().prop_map(Command::Revoke),
        1 => workspaces().prop_map(Command::Join),
        1 => (workspaces(), people(), roles()).prop_map(|(workspace, person, role)| Command::Invite {
            workspace,
            person,
            role
        }),
        1 => new_grant(),
        1 => directory_commands(),
    ];
    let tried = prop::collection::vec((0..=PEOPLE, command), 1..60);
    (furniture(), prop::collection::vec(manager, 6), tried).prop_map(|(furniture, managers, tried)| {
        furniture.into_iter().chain(managers).map(|command| (0, command)).chain(tried).collect()
    })
}

/// Two names from old content, numbered after the people.
fn placeholders() -> Vec<Command> {
    let placeholder = NewPerson {
        employment: Employment::Ended,
        placeholder: true,
        ..NewPerson::official(OrganisationId::FIRST, "Entinen")
    };
    vec![Command::AddPerson(Box::new(placeholder)); 2]
}

/// Groups, posts, sections, workspaces, items and grants, so that there is something to decide about.
fn furniture() -> impl Strategy<Value = Vec<Command>> {
    let made_groups = prop::collection::vec(
        prop::option::weighted(0.3, rules()).prop_map(|rule| Command::AddGroup { name: text(), rule }),
        3,
    );
    let nesting =
        prop::collection::vec((groups(), members()).prop_map(|(to, who)| Command::AddMember(to, who)), 6);
    let offices = prop::collection::vec(
        prop_oneof![
            nodes().prop_map(|unit| Command::AddPost { title: text(), unit }),
            (posts(), people(), periods()).prop_map(|(post, person, period)| Command::FillPost {
                post,
                person,
                period
            }),
        ],
        3,
    );
    let places = prop::collection::vec(new_section(), 4);
    let rooms = prop::collection::vec(new_workspace(), 4);
    let things = prop::collection::vec(imported().prop_map(|new| Command::ImportItem(Box::new(new))), 7);
    let words = prop::collection::vec(
        items().prop_map(|item| Command::ImportComment(Box::new(ImportedComment { item, ..held_comment() }))),
        2,
    );
    let rights = prop::collection::vec(new_grant(), 9);
    let breaks =
        prop::collection::vec(scopes().prop_map(|scope| Command::BreakInheritance(scope, true)), 0..3);
    (made_groups, nesting, offices, places, rooms, things, words, rights, breaks).prop_map(
        |(groups, members, posts, sections, workspaces, items, comments, grants, breaks)| {
            [placeholders(), groups, members, posts, sections, workspaces, items, comments, grants, breaks]
                .concat()
        },
    )
}

/// Founds the world and lets everybody act, five minutes after each other; what is refused is refused.
pub(crate) fn play(kampus: &Kampus, acts: &[(u32, Command)]) {
    let operator = Actor::Operator("test".into());
    let mut story = kampus.transaction(operator.clone(), morning());
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
    for (number, act) in (0..).zip(acts) {
        try_to(kampus, number, act);
    }
}

/// Lets somebody try something as the act of that number.
pub(crate) fn try_to(kampus: &Kampus, number: i64, (who, command): &(u32, Command)) {
    let actor = PersonId::new(*who).map_or(Actor::Operator("test".into()), Actor::Person);
    let _refused_or_done = kampus.execute(&actor, moment(number), command.clone());
}

/// When the act of that number happens.
pub(crate) fn moment(number: i64) -> jiff::Timestamp {
    morning() + jiff::SignedDuration::from_mins(5 * number)
}
