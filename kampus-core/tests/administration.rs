//! What the platform's administrators do (rule 11), and what everybody can find out before and after.

use kampus_core::access::{Action, Principal, Role, Scope};
use kampus_core::content::{Classification, Container, SectionVisibility, Status, WorkspaceVisibility};
use kampus_core::directory::{GroupMember, OrganisationKind, UnitLevel};
use kampus_core::journal::JournalError;
use kampus_core::{
    Actor, Command, CommandError, Kampus, Language, Localised, PersonId, Revision, RoleEffect, UnitChange,
    write_permissions,
};

use crate::world::{World, node};

fn administrator(world: &World) -> PersonId {
    let person = world.person("VN");
    world.operator(Command::SetAdministrator(person, true));
    person
}

fn minutes(minutes: i64) -> jiff::SignedDuration {
    jiff::SignedDuration::from_mins(minutes)
}

#[test]
fn broken_glass_lets_an_administrator_read_for_an_hour_and_its_managers_know() {
    let world = World::new();
    let (admin, maija) = (administrator(&world), world.person("VM"));
    let workspace = world.workspace(maija, WorkspaceVisibility::Hidden);
    let page = world.page(maija, Container::Workspace(workspace));
    assert!(world.viewer(admin).workspace(workspace).is_ok(), "that it exists is known to them");
    assert!(!world.sees(admin, page));

    let reason = || "Salassapito-epäily, tapaus 7".to_owned();
    let receipt = world.by(admin, Command::BreakGlass { workspace, reason: reason() });
    let at = |minutes_later| world.kampus.viewer(admin, world.now + minutes(minutes_later));
    assert!(at(0).item(page).is_ok() && at(59).item(page).is_ok());
    assert!(at(60).item(page).is_err(), "an hour, and no longer");
    assert_eq!(at(0).good_until(), Some(world.now + minutes(60)));
    for action in [Action::Edit, Action::Comment, Action::React, Action::Acknowledge] {
        assert!(!at(0).may(action, Scope::Item(page)), "it lets them read, not take part: {action:?}");
    }
    insta::assert_snapshot!(at(1).decide(Action::Comment, Scope::Item(page)).explain(Language::En), @"No: you broke the glass, and that lets you read, not take part (rule 11). 1 person can give it: person:2.");
    insta::assert_snapshot!(
        at(1).decide(Action::View, Scope::Item(page)).explain(Language::En),
        @"Yes: you broke the glass of workspace:1 and gave a reason; it lasts an hour and its managers are told (rule 11)."
    );

    let viewer = world.viewer(maija);
    let told = viewer.desktop().waiting.broken_glass;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].0, told[0].1.person, &told[0].1.reason), (workspace, admin, &reason()));
    assert!(world.viewer(admin).desktop().waiting.broken_glass.is_empty(), "managers are told, not readers");
    let later = world.kampus.viewer(maija, world.now + minutes(60 * 24 * 31));
    assert!(later.desktop().waiting.broken_glass.is_empty());
    // The journal keeps it for good.
    assert!(format!("{:?}", receipt.changes).contains("tapaus 7"));
}

#[test]
fn glass_is_broken_by_administrators_with_a_reason_and_only_where_there_is_glass() {
    let world = World::new();
    let (admin, maija) = (administrator(&world), world.person("VM"));
    let closed = world.workspace(maija, WorkspaceVisibility::Closed);
    let open = world.workspace(maija, WorkspaceVisibility::Open);
    let glass = |workspace, reason: &str| Command::BreakGlass { workspace, reason: reason.to_owned() };
    assert_eq!(world.refused(admin, glass(closed, " ")), CommandError::Empty("reason"));
    assert_eq!(world.refused(admin, glass(open, "x")), CommandError::NothingToSettle);
    assert_eq!(world.refused(maija, glass(closed, "x")), CommandError::AdministratorsOnly);
    world.suspend(admin);
    assert!(matches!(
        world.refused(admin, glass(closed, "x")),
        CommandError::AdministratorsOnly | CommandError::Denied(_)
    ));
}

#[test]
fn an_orphaned_workspace_is_reported_to_administrators_who_appoint_somebody_else() {
    let world = World::new();
    let (admin, maija, antti) = (administrator(&world), world.person("VM"), world.person("STM"));
    let workspace = world.workspace(maija, WorkspaceVisibility::Hidden);
    assert!(world.viewer(admin).orphans().is_empty());
    let appoint = |person| Command::Grant {
        principal: Principal::Person(person),
        role: Role::Manager,
        scope: Scope::Workspace(workspace),
        period: kampus_core::Period::ALWAYS,
    };
    assert!(matches!(world.refused(admin, appoint(antti)), CommandError::Denied(_)), "it has a manager");
    world.suspend(maija);
    let orphans: Vec<_> = world.viewer(admin).orphans().iter().map(kampus_core::WorkspaceCard::id).collect();
    assert_eq!(orphans, [workspace]);
    assert!(world.viewer(antti).orphans().is_empty(), "hidden stays hidden");
    assert!(matches!(world.refused(admin, appoint(admin)), CommandError::Denied(_)), "never themselves");
    world.by(admin, appoint(antti));
    assert!(world.viewer(admin).orphans().is_empty());
    assert!(world.viewer(antti).may(Action::Manage, Scope::Workspace(workspace)));
}

#[test]
fn a_merged_unit_takes_its_people_and_their_rights_along() {
    let world = World::new();
    let (admin, maija) = (administrator(&world), world.person("VM-BO"));
    let stm_unit = node("STM-T", OrganisationKind::Unit(UnitLevel::Department), Some("STM"));
    world.operator(Command::AddOrganisation(Box::new(stm_unit)));
    let (unit, stm) = (world.unit("VM-BO"), world.unit("STM-T"));
    let section = world.section("VM-BO", SectionVisibility::Organisation);
    let shared = world.section("VM", SectionVisibility::Restricted);
    world.grant(Principal::Unit(unit), Role::Editor, Scope::Section(shared));
    let group = world
        .operator(Command::AddGroup { name: Localised::one(Language::Fi, "Talous".into()), rule: None })
        .group()
        .unwrap();
    world.operator(Command::AddMember(group, GroupMember::Unit(unit)));
    let secret = world.section("VM", SectionVisibility::Restricted);
    world.grant(Principal::Group(group), Role::Reader, Scope::Section(secret));
    let of_vm = world.section("VM", SectionVisibility::Organisation);

    let merge = || Command::Reorganise(vec![UnitChange::Merge { unit, into: stm }]);
    let preview = world
        .kampus
        .snapshot()
        .preview(&Actor::Person(admin), world.now, merge())
        .expect("an administrator's");
    let lost = |scope| RoleEffect {
        person: maija,
        scope,
        before: Some(Role::Reader),
        after: None,
        by_name_before: false,
        by_name_after: false,
    };
    assert!(preview.roles.contains(&lost(Scope::Section(of_vm))), "{preview:?}");
    assert!(!preview.roles.iter().any(|effect| effect.scope == Scope::Section(shared)), "nobody loses it");
    assert!(world.kampus.snapshot().preview(&Actor::Person(maija), world.now, merge()).is_err());

    world.by(admin, merge());
    let viewer = world.viewer(maija);
    assert!(viewer.section(section).is_ok(), "the section went along");
    assert!(viewer.may(Action::Create, Scope::Section(shared)), "so did what the unit was granted");
    assert!(viewer.section(secret).is_ok(), "and its place in a group");
    assert!(viewer.section(of_vm).is_err(), "but they are not of the old ministry any more");
    let snapshot = world.kampus.snapshot();
    let closed = snapshot.directory().organisation(unit).unwrap();
    assert!(closed.closed.is_some(), "old content still names it");
    let into_closed = kampus_core::NewPerson::official(unit, "Uusi");
    let refused = world.kampus.execute(
        &Actor::Operator("test".into()),
        world.now,
        Command::AddPerson(Box::new(into_closed)),
    );
    assert!(refused.is_err(), "nobody begins in a unit that is no more");
}

#[test]
fn a_split_unit_gives_each_part_what_it_held_and_a_move_changes_who_is_above() {
    let world = World::new();
    let (maija, antti) = (world.person("VM-BO"), world.person("VM-BO"));
    let unit = world.unit("VM-BO");
    let shared = world.section("VM", SectionVisibility::Restricted);
    world.grant(Principal::Unit(unit), Role::Reader, Scope::Section(shared));
    let part = |code: &str| node(code, OrganisationKind::Unit(UnitLevel::Unit), None);
    world.operator(Command::Reorganise(vec![UnitChange::Split {
        unit,
        into: vec![(part("VM-B1"), vec![maija]), (part("VM-B2"), vec![antti])],
    }]));
    for (person, code) in [(maija, "VM-B1"), (antti, "VM-B2")] {
        assert!(world.viewer(person).section(shared).is_ok());
        let home = world.kampus.snapshot().directory().person(person).unwrap().home;
        assert_eq!(home, Some(world.unit(code)));
    }
    let of_stm = world.section("STM", SectionVisibility::Organisation);
    assert!(world.viewer(maija).section(of_stm).is_err());
    world.operator(Command::Reorganise(vec![
        UnitChange::Move { unit: world.unit("VM-B1"), under: world.unit("STM") },
        UnitChange::Rename {
            unit: world.unit("VM-B1"),
            name: Localised::one(Language::Fi, "Hyvinvointitalous".into()),
        },
    ]));
    assert!(world.viewer(maija).section(of_stm).is_ok() && world.viewer(antti).section(of_stm).is_err());
    let snapshot = world.kampus.snapshot();
    assert!(snapshot.directory().organisation_by_code("VM-B1").unwrap().is_called("hyvinvointitalous"));
    let circle = vec![UnitChange::Move { unit: world.unit("VM"), under: world.unit("VM-B2") }];
    let refused =
        world.kampus.execute(&Actor::Operator("test".into()), world.now, Command::Reorganise(circle));
    assert!(refused.is_err(), "rule 10: trees have no cycles");
}

#[test]
fn a_moved_section_inherits_from_where_it_is() {
    let world = World::new();
    let (maija, antti) = (world.person("VM"), world.person("STM"));
    let from = world.section("VM", SectionVisibility::Restricted);
    let to = world.section("STM", SectionVisibility::Restricted);
    let moved = world.section_under(Some(from), "VM", SectionVisibility::Restricted);
    world.grant(Principal::Person(maija), Role::Manager, Scope::Section(from));
    world.grant(Principal::Person(antti), Role::Manager, Scope::Section(to));
    let shift = || Command::MoveSection { section: moved, parent: Some(to), owner: world.unit("STM") };
    assert!(matches!(world.refused(maija, shift()), CommandError::NotFound(_)), "she does not know `to`");
    world.grant(Principal::Person(maija), Role::Manager, Scope::Section(to));
    world.grant(Principal::Person(maija), Role::Manager, Scope::Organisation(world.unit("STM")));
    world.by(maija, shift());
    assert!(world.viewer(antti).may(Action::Manage, Scope::Section(moved)));
    let circle = Command::MoveSection { section: to, parent: Some(moved), owner: world.unit("STM") };
    assert!(matches!(world.refused(maija, circle), CommandError::Cycle(_)));
}

#[test]
fn a_moved_item_takes_what_is_below_it_and_respects_the_ceiling() {
    let world = World::new();
    let (maija, antti) = (world.person("VM"), world.person("STM"));
    let (here, there) = (
        world.workspace(maija, WorkspaceVisibility::Closed),
        world.workspace(maija, WorkspaceVisibility::Open),
    );
    let above = world.page(maija, Container::Workspace(here));
    let mut below = kampus_core::NewItem::new(
        kampus_core::content::ItemKind::Page,
        Container::Workspace(here),
        Language::Fi,
        "Alla",
        "<p>x</p>",
    );
    below.parent = Some(above);
    let below = world.by(maija, Command::AddItem(Box::new(below))).item().unwrap();
    world.by(maija, Command::SetStatus(below, Status::Published));
    assert!(!world.sees(antti, below));
    let shift = Command::MoveItem { item: above, to: Container::Workspace(there), parent: None };
    assert!(matches!(world.refused(antti, shift.clone()), CommandError::NotFound(_)));
    world.by(maija, shift);
    assert!(world.sees(antti, above) && world.sees(antti, below));
    let viewer = world.viewer(antti);
    assert_eq!(viewer.item(below).unwrap().parent, Some(above));
    assert_eq!(viewer.count_in(Container::Workspace(there)), 2);
    world.by(maija, Command::Classify(above, Classification::NonPublic));
    let low = world.operator(Command::AddWorkspace(Box::new(kampus_core::NewWorkspace {
        title: Localised::one(Language::Fi, "Matala".into()),
        purpose: Localised::default(),
        host: world.unit("VM"),
        visibility: WorkspaceVisibility::Open,
        ceiling: Classification::Internal,
    })));
    let low = low.workspace().unwrap();
    world.grant(Principal::Person(maija), Role::Manager, Scope::Workspace(low));
    let too_low = Command::MoveItem { item: above, to: Container::Workspace(low), parent: None };
    assert!(matches!(world.refused(maija, too_low), CommandError::AboveCeiling { .. }));
}

#[test]
fn a_preview_tells_who_would_gain_and_changes_nothing() {
    let world = World::new();
    let (maija, antti) = (world.person("VM"), world.person("STM"));
    let section = world.section("VM", SectionVisibility::Restricted);
    world.grant(Principal::Person(maija), Role::Manager, Scope::Section(section));
    let page = world.draft(maija, Container::Section(section));
    let before = world.kampus.snapshot().revision();
    let grant = Command::Grant {
        principal: Principal::Unit(world.unit("STM")),
        role: Role::Reader,
        scope: Scope::Section(section),
        period: kampus_core::Period::ALWAYS,
    };
    let snapshot = world.kampus.snapshot();
    let preview = snapshot.preview(&Actor::Person(maija), world.now, grant.clone()).unwrap();
    let gained = RoleEffect {
        person: antti,
        scope: Scope::Section(section),
        before: None,
        after: Some(Role::Reader),
        by_name_before: false,
        by_name_after: false,
    };
    assert_eq!(preview.roles, [gained]);
    assert_eq!(world.kampus.snapshot().revision(), before);
    world.by(maija, grant);
    let publish = Command::SetStatus(page, Status::Published);
    let preview = world.kampus.snapshot().preview(&Actor::Person(maija), world.now, publish).unwrap();
    assert_eq!(preview.readers[0].gain, [antti]);
    assert!(preview.readers[0].lose.is_empty() && preview.roles.is_empty());
}

#[test]
fn who_could_see_a_page_on_a_past_day_is_answered_by_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::on(Kampus::open(folder.path().join("kampus.db")).unwrap());
    let (maija, antti) = (world.person("VM"), world.person("STM"));
    let section = world.section("VM", SectionVisibility::Restricted);
    let page = world.page(maija, Container::Section(section));
    let closed = world.kampus.snapshot().revision();
    world.grant(Principal::Person(antti), Role::Reader, Scope::Section(section));
    let open = world.kampus.snapshot().revision();
    let grant = kampus_core::GrantId::new(2).unwrap();
    world.operator(Command::Revoke(grant));
    assert!(!world.sees(antti, page));
    let then = |revision| world.kampus.as_of(revision).unwrap().viewer(antti, world.now).item(page).is_ok();
    assert_eq!((then(closed), then(open)), (false, true));
    assert_eq!(world.kampus.as_of_time(world.now).unwrap().revision(), world.kampus.snapshot().revision());
    assert_eq!(world.kampus.as_of_time(world.now - minutes(1)).unwrap().revision(), Revision(0));
    let future = Revision(world.kampus.snapshot().revision().0 + 1);
    assert!(matches!(world.kampus.as_of(future), Err(JournalError::NotReached { .. })));
    assert!(matches!(world.kampus.at_least(future), Err(JournalError::NotReached { .. })));
}

#[test]
fn a_client_sees_at_least_what_it_has_written_by_whichever_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kampus.db");
    let world = World::on(Kampus::open(&path).unwrap());
    let other = Kampus::open(&path).unwrap();
    let written = world
        .operator(Command::AddPerson(Box::new(kampus_core::NewPerson::official(world.unit("VM"), "Maija"))));
    assert!(other.snapshot().revision() < written.revision);
    let seen = other.at_least(written.revision).unwrap();
    assert!(seen.directory().person(written.person().unwrap()).is_some());
}

#[test]
fn a_report_shows_every_way_in_to_those_who_decide_and_to_nobody_else() {
    let world = World::new();
    let (maija, antti) = (world.person("VM"), world.person("STM"));
    let guest = world.guest();
    let workspace = world.workspace(maija, WorkspaceVisibility::Closed);
    world.by(maija, Command::Invite { workspace, person: guest, role: Role::Contributor });
    world.grant_for(
        Principal::Unit(world.unit("STM")),
        Role::Reader,
        Scope::Workspace(workspace),
        kampus_core::Period::before(world.now + minutes(60)),
    );
    let scope = Scope::Workspace(workspace);
    assert!(world.viewer(antti).permissions(scope).is_err());
    assert!(world.viewer(antti).everyone(Action::View, scope).is_err());
    let mut csv = Vec::new();
    write_permissions(&world.viewer(maija).permissions(scope).unwrap(), &mut csv).unwrap();
    insta::assert_snapshot!(String::from_utf8(csv).unwrap(), @r"
    person,role,principal,granted_on,source,from,until
    person:1,manager,person:1,workspace:1,given grant:1,,
    person:3,contributor,person:3,workspace:1,given grant:2,,
    person:2,reader,organisation:4,workspace:1,given grant:3,,2018-03-01T08:00:00Z
    ");
    assert_eq!(world.viewer(maija).everyone(Action::View, scope).unwrap(), [maija, antti, guest]);
}

#[test]
fn administrators_do_not_let_themselves_in() {
    let world = World::new();
    let (admin, maija, antti) = (administrator(&world), world.person("VM"), world.person("STM"));
    let workspace = world.workspace(maija, WorkspaceVisibility::Hidden);
    let name = || Localised::one(Language::Fi, "Ryhmä".to_owned());
    let group = world.operator(Command::AddGroup { name: name(), rule: None }).group().unwrap();
    world.grant(Principal::Group(group), Role::Reader, Scope::Workspace(workspace));
    let join = |person| Command::AddMember(group, GroupMember::Person(person));
    assert_eq!(world.refused(admin, join(admin)), CommandError::NotForOneself);
    world.by(admin, join(antti));
    assert_eq!(world.refused(admin, Command::SetClearance(admin, true)), CommandError::NotForOneself);
    // A group of their own is no way round, nor is a place that does not exist yet.
    let own = world.by(admin, Command::AddGroup { name: name(), rule: None }).group().unwrap();
    world.by(admin, Command::AddMember(own, GroupMember::Person(admin)));
    world.suspend(maija);
    let appoint = |principal, scope| Command::Grant {
        principal,
        role: Role::Manager,
        scope,
        period: kampus_core::Period::ALWAYS,
    };
    let orphan = appoint(Principal::Group(own), Scope::Workspace(workspace));
    assert!(matches!(world.refused(admin, orphan), CommandError::Denied(_)));
    let future = appoint(Principal::Person(antti), Scope::Workspace("workspace:99".parse().unwrap()));
    assert!(matches!(world.refused(admin, future), CommandError::NotFound(_)));
}

#[test]
fn nobody_publishes_in_a_section_by_moving() {
    let world = World::new();
    let anna = world.person("VM");
    let section = world.section("VM", SectionVisibility::Government);
    world.grant(Principal::Person(anna), Role::Editor, Scope::Section(section));
    let workspace = world.workspace(anna, WorkspaceVisibility::Closed);
    let page = world.page(anna, Container::Workspace(workspace));
    let shift = Command::MoveItem { item: page, to: Container::Section(section), parent: None };
    assert!(matches!(world.refused(anna, shift.clone()), CommandError::Denied(_)));
    world.by(anna, Command::SetStatus(page, Status::Draft));
    world.by(anna, shift);
}

#[test]
fn a_preview_tells_readers_to_those_only_who_decide_about_them() {
    let world = World::new();
    let (maija, antti) = (world.person("VM"), world.person("STM"));
    let workspace = world.workspace(maija, WorkspaceVisibility::Closed);
    world.by(maija, Command::Invite { workspace, person: antti, role: Role::Contributor });
    let draft = world.draft(antti, Container::Workspace(workspace));
    let publish = || Command::SetStatus(draft, Status::Published);
    let preview =
        |person| world.kampus.snapshot().preview(&Actor::Person(person), world.now, publish()).unwrap();
    assert!(preview(antti).is_empty(), "he may publish it, and not ask who is in the workspace");
    assert!(world.kampus.snapshot().preview(&Actor::Operator("t".into()), world.now, publish()).is_ok());
}

#[test]
fn a_guest_in_a_group_is_no_member_without_an_invitation() {
    let world = World::new();
    let (maija, guest) = (world.person("VM"), world.guest());
    let workspace = world.workspace(maija, WorkspaceVisibility::Hidden);
    let group = world
        .operator(Command::AddGroup { name: Localised::one(Language::Fi, "Vieraat".into()), rule: None })
        .group()
        .unwrap();
    world.operator(Command::AddMember(group, GroupMember::Person(guest)));
    world.grant(Principal::Group(group), Role::Reader, Scope::Workspace(workspace));
    let viewer = world.viewer(guest);
    assert!(!viewer.is_member(workspace) && viewer.colleague(maija).is_err());
}
