//! The access rules, one story or more each.

use jiff::SignedDuration;
use kampus_core::access::{Action, Decision, Missing, Principal, Role, Scope};
use kampus_core::content::{
    Classification, Container, Schedule, SectionVisibility, Status, WorkspaceVisibility,
};
use kampus_core::directory::{Employment, GroupMember, GroupRule};
use kampus_core::{Command, CommandError, Language, Localised, Period};

use crate::world::World;

#[test]
fn rule_1_a_suspended_person_may_do_nothing_from_that_moment_on() {
    let world = World::new();
    let (maija, antti) = (world.person("VM"), world.person("VM"));
    let section = world.section("VN", SectionVisibility::Government);
    let page = world.page(maija, Container::Section(section));
    assert!(world.sees(antti, page));
    world.suspend(antti);
    assert!(!world.sees(antti, page));
    assert!(world.viewer(antti).desktop().news.is_empty());
    let decision = world.viewer(antti).decide(Action::View, Scope::Item(page));
    assert!(matches!(decision, Decision::Denied(denied) if denied.rule.0 == 1));
    world.operator(Command::SetEmployment(antti, Employment::Active));
    assert!(world.sees(antti, page));
}

#[test]
fn rule_2_people_are_their_posts_units_and_groups_through_any_nesting() {
    let world = World::new();
    let (author, maija) = (world.person("VM"), world.person("VM-BO"));
    let reads_through = |principal: Principal| {
        let section = world.section("STM", SectionVisibility::Restricted);
        let page = world.page(author, Container::Section(section));
        assert!(!world.sees(maija, page));
        world.grant(principal, Role::Reader, Scope::Section(section));
        world.sees(maija, page)
    };
    let group = |name: &str, rule| {
        let name = Localised::one(Language::Fi, name.to_owned());
        world.operator(Command::AddGroup { name, rule }).group().unwrap()
    };
    let (inner, middle, outer) = (group("a", None), group("b", None), group("c", None));
    world.operator(Command::AddMember(inner, GroupMember::Person(maija)));
    world.operator(Command::AddMember(middle, GroupMember::Group(inner)));
    world.operator(Command::AddMember(outer, GroupMember::Group(middle)));
    let by_rule = group("d", Some(GroupRule::Within(world.unit("VM"))));
    let post = world
        .operator(Command::AddPost { title: Localised::default(), unit: world.unit("STM") })
        .post()
        .unwrap();
    world.operator(Command::FillPost { post, person: maija, period: Period::ALWAYS });

    assert!(reads_through(Principal::Person(maija)));
    assert!(reads_through(Principal::Group(outer)));
    assert!(reads_through(Principal::Group(by_rule)));
    assert!(reads_through(Principal::Unit(world.unit("VM-BO"))));
    assert!(reads_through(Principal::Unit(world.unit("VM"))), "a unit's people are its ancestors' people");
    assert!(reads_through(Principal::Post(post)));
    assert!(reads_through(Principal::Everyone));
    assert!(!reads_through(Principal::Unit(world.unit("STM"))));
}

#[test]
fn rule_2_a_secondment_counts_while_it_lasts() {
    let mut world = World::new();
    let (author, maija) = (world.person("STM"), world.person("VM"));
    let section = world.section("STM", SectionVisibility::Organisation);
    let page = world.page(author, Container::Section(section));
    let ends = world.now + SignedDuration::from_hours(48);
    let period = Period::between(world.now, ends);
    world.operator(Command::Affiliate { person: maija, unit: world.unit("STM"), period });
    assert!(world.sees(maija, page));
    world.now = ends;
    assert!(!world.sees(maija, page));
}

#[test]
fn rule_3_a_grant_counts_within_its_period_only() {
    let mut world = World::new();
    let (author, maija) = (world.person("STM"), world.person("VM"));
    let section = world.section("STM", SectionVisibility::Restricted);
    let page = world.page(author, Container::Section(section));
    let from = world.now + SignedDuration::from_hours(1);
    let until = world.now + SignedDuration::from_hours(2);
    let person = Principal::Person(maija);
    world.grant_for(person, Role::Reader, Scope::Section(section), Period::between(from, until));
    assert!(!world.sees(maija, page));
    world.now = from;
    assert!(world.sees(maija, page));
    world.now = until;
    assert!(!world.sees(maija, page));
}

#[test]
fn rule_5_an_organisation_reaches_its_sections_but_never_workspaces() {
    let world = World::new();
    let (owner, boss) = (world.person("VM"), world.person("VM"));
    world.grant(Principal::Person(boss), Role::Manager, Scope::Organisation(world.unit("VM")));
    let section = world.section("VM", SectionVisibility::Restricted);
    let page = world.page(owner, Container::Section(section));
    assert!(world.sees(boss, page));
    let workspace = world.workspace(owner, WorkspaceVisibility::Closed);
    let work = world.page(owner, Container::Workspace(workspace));
    assert!(!world.sees(boss, work));
}

#[test]
fn rule_5_broken_inheritance_keeps_the_grants_from_above_out() {
    let world = World::new();
    let (author, reader) = (world.person("VM"), world.person("STM"));
    let section = world.section("VM", SectionVisibility::Government);
    let page = world.page(author, Container::Section(section));
    assert!(world.sees(reader, page));
    world.operator(Command::BreakInheritance(Scope::Item(page), true));
    assert!(!world.sees(reader, page));
    world.grant(Principal::Person(reader), Role::Reader, Scope::Item(page));
    assert!(world.sees(reader, page));
    world.operator(Command::BreakInheritance(Scope::Item(page), false));
    assert!(world.sees(author, page));
}

#[test]
fn rule_6_an_open_section_does_not_open_a_restricted_one_under_it() {
    let world = World::new();
    let (author, reader) = (world.person("VM"), world.person("STM"));
    let open = world.section("VM", SectionVisibility::Government);
    let closed = world.section_under(Some(open), "VM", SectionVisibility::Restricted);
    let page = world.page(author, Container::Section(closed));
    assert!(!world.sees(reader, page));
    assert_eq!(world.viewer(reader).sections().count(), 1);
    assert_eq!(world.viewer(reader).count_in(Container::Section(closed)), 0);
}

#[test]
fn rule_6_a_hidden_workspace_and_a_missing_one_look_the_same() {
    let world = World::new();
    let (owner, other) = (world.person("VM"), world.person("STM"));
    let hidden = world.workspace(owner, WorkspaceVisibility::Hidden);
    assert!(world.viewer(other).workspaces().next().is_none());
    let missing = kampus_core::WorkspaceId::new(999).unwrap();
    let say = |id| world.viewer(other).workspace(id).unwrap_err().to_string();
    assert_eq!(say(hidden).replace("workspace:1", "X"), say(missing).replace("workspace:999", "X"));
    assert_eq!(world.refused(other, Command::Join(hidden)), CommandError::NotFound(hidden.to_string()));
    assert_eq!(world.refused(other, Command::Join(missing)), CommandError::NotFound(missing.to_string()));
    assert_eq!(
        world.viewer(other).decide(Action::Join, Scope::Workspace(hidden)),
        world.viewer(other).decide(Action::Join, Scope::Workspace(missing)),
    );
}

#[test]
fn rule_6_closed_workspaces_are_joined_on_approval_and_open_ones_at_once() {
    let world = World::new();
    let (owner, other) = (world.person("VM"), world.person("STM"));
    let open = world.workspace(owner, WorkspaceVisibility::Open);
    world.by(other, Command::Join(open));
    assert!(world.viewer(other).is_member(open));
    let closed = world.workspace(owner, WorkspaceVisibility::Closed);
    let work = world.page(owner, Container::Workspace(closed));
    world.by(other, Command::Join(closed));
    assert!(!world.sees(other, work));
    assert_eq!(world.viewer(owner).desktop().waiting.requests, [(closed, other)]);
    assert!(world.viewer(other).workspace(closed).unwrap().requests.is_empty(), "only managers see requests");
    world.by(owner, Command::AnswerRequest { workspace: closed, person: other, admit: true });
    assert!(world.sees(other, work));
}

#[test]
fn rule_7_a_draft_is_for_its_author_and_editors_and_a_schedule_is_kept() {
    let mut world = World::new();
    let (author, editor, reader) = (world.person("VM"), world.person("VM"), world.person("VM"));
    let section = world.section("VM", SectionVisibility::Organisation);
    let draft = world.draft(author, Container::Section(section));
    world.grant(Principal::Person(editor), Role::Editor, Scope::Section(section));
    assert!(world.sees(author, draft) && world.sees(editor, draft) && !world.sees(reader, draft));

    let (from, until) =
        (world.now + SignedDuration::from_hours(1), world.now + SignedDuration::from_hours(2));
    let schedule = Schedule { publish_at: Some(from), expires_at: Some(until), review_by: None };
    world.by(author, Command::SetSchedule(draft, schedule));
    world.by(author, Command::SetStatus(draft, Status::Published));
    assert!(!world.sees(reader, draft) && world.sees(editor, draft));
    world.now = from;
    assert!(world.sees(reader, draft));
    world.now = until;
    assert!(!world.sees(reader, draft));
    world.by(author, Command::SetStatus(draft, Status::Archived));
    assert!(world.sees(editor, draft) && !world.sees(reader, draft));
}

#[test]
fn rule_8_non_public_needs_a_role_in_the_very_container_and_tl_iv_a_cleared_person() {
    let world = World::new();
    let (author, colleague) = (world.person("VM"), world.person("VM"));
    world.grant(Principal::Person(colleague), Role::Editor, Scope::Organisation(world.unit("VM")));
    let section = world.section("VM", SectionVisibility::Organisation);
    let page = world.page(author, Container::Section(section));
    world.operator(Command::Classify(page, Classification::NonPublic));
    assert!(world.sees(author, page));
    assert!(!world.sees(colleague, page), "an organisation's role is not enough");
    world.grant(Principal::Unit(world.unit("VM")), Role::Reader, Scope::Section(section));
    assert!(!world.sees(colleague, page), "a role given to an organisation is not enough");
    world.grant(Principal::Person(colleague), Role::Reader, Scope::Section(section));
    assert!(world.sees(colleague, page));
    world.operator(Command::Classify(page, Classification::SecurityIv));
    assert!(!world.sees(colleague, page));
    world.operator(Command::SetClearance(colleague, true));
    assert!(world.sees(colleague, page));
}

#[test]
fn rule_9_a_guest_sees_only_workspaces_that_invited_it() {
    let world = World::new();
    let (owner, guest) = (world.person("VM"), world.guest());
    let section = world.section("VN", SectionVisibility::Government);
    let page = world.page(owner, Container::Section(section));
    let open = world.workspace(owner, WorkspaceVisibility::Open);
    let work = world.page(owner, Container::Workspace(open));
    assert!(!world.sees(guest, page) && !world.sees(guest, work));
    assert!(world.viewer(guest).workspaces().next().is_none());
    // Being in a group that may read is no invitation.
    let group = world.operator(Command::AddGroup { name: Localised::default(), rule: None }).group().unwrap();
    world.operator(Command::AddMember(group, GroupMember::Person(guest)));
    world.grant(Principal::Group(group), Role::Manager, Scope::Workspace(open));
    world.grant(Principal::Person(guest), Role::Reader, Scope::Section(section));
    assert!(!world.sees(guest, work) && !world.sees(guest, page));
    world.by(owner, Command::Invite { workspace: open, person: guest, role: Role::Reader });
    assert!(world.sees(guest, work) && !world.sees(guest, page));
}

#[test]
fn rule_10_nobody_grants_above_their_own_role_and_the_last_manager_stays() {
    let world = World::new();
    let (owner, other) = (world.person("VM"), world.person("STM"));
    let workspace = world.workspace(owner, WorkspaceVisibility::Open);
    assert_eq!(world.refused(owner, Command::Leave(workspace)), CommandError::LastManager);
    world.by(owner, Command::Invite { workspace, person: other, role: Role::Manager });
    world.suspend(other);
    assert_eq!(
        world.refused(owner, Command::Leave(workspace)),
        CommandError::LastManager,
        "a suspended manager does not count"
    );
    world.operator(Command::SetEmployment(other, Employment::Active));
    world.by(owner, Command::Leave(workspace));
    assert!(!world.viewer(owner).is_member(workspace));

    let section = world.section("VM", SectionVisibility::Government);
    world.grant(Principal::Person(owner), Role::Publisher, Scope::Section(section));
    let give = Command::Grant {
        principal: Principal::Person(other),
        role: Role::Manager,
        scope: Scope::Section(section),
        period: Period::ALWAYS,
    };
    assert!(matches!(world.refused(owner, give), CommandError::Denied(_)));
}

#[test]
fn rule_10_nobody_prolongs_their_own_role() {
    let world = World::new();
    let (deputy, other) = (world.person("VM"), world.person("STM"));
    let section = Scope::Section(world.section("VM", SectionVisibility::Restricted));
    let until = world.now + jiff::SignedDuration::from_hours(48);
    let give = |person, period| Command::Grant {
        principal: Principal::Person(person),
        role: Role::Manager,
        scope: section,
        period,
    };
    world.operator(give(deputy, Period::between(world.now, until)));
    assert_eq!(world.refused(deputy, give(deputy, Period::ALWAYS)), CommandError::BeyondOwnRole { until });
    world.by(deputy, give(deputy, Period::between(world.now, until)));
    // Whom they appoint while they serve stays.
    world.by(deputy, give(other, Period::ALWAYS));
    world.by(other, give(deputy, Period::ALWAYS));
}

#[test]
fn rule_10_groups_do_not_contain_themselves() {
    let world = World::new();
    let group =
        || world.operator(Command::AddGroup { name: Localised::default(), rule: None }).group().unwrap();
    let (a, b) = (group(), group());
    world.operator(Command::AddMember(a, GroupMember::Group(b)));
    let administrator = world.person("VM");
    world.operator(Command::SetAdministrator(administrator, true));
    let nest = Command::AddMember(b, GroupMember::Group(a));
    assert!(matches!(world.refused(administrator, nest), CommandError::Cycle(_)));
}

#[test]
fn a_decision_says_why_in_three_languages() {
    let world = World::new();
    let (owner, other) = (world.person("VM"), world.person("STM"));
    let section = world.section("VM", SectionVisibility::Government);
    world.grant(Principal::Person(owner), Role::Manager, Scope::Section(section));
    let page = world.page(owner, Container::Section(section));
    let say =
        |person, action, language| world.viewer(person).decide(action, Scope::Item(page)).explain(language);
    insta::assert_snapshot!(
        [
            say(other, Action::View, Language::En),
            say(other, Action::Edit, Language::En),
            say(owner, Action::Publish, Language::En),
            say(other, Action::Edit, Language::Fi),
            say(other, Action::Edit, Language::Sv),
        ]
        .join("\n")
    );
    assert!(matches!(
        world.viewer(other).decide(Action::Edit, Scope::Item(page)),
        Decision::Denied(denied) if denied.could_give == [owner]
            && matches!(denied.missing, Missing::Role { needed: Role::Editor, held: Some(Role::Reader) })
    ));
}
