//! What is taken back is gone from every door, for everybody, and the journal remembers it.

use kampus_core::access::{Action, Principal, Role, Scope};
use kampus_core::content::{CommentState, Container, SectionVisibility, WorkspaceVisibility};
use kampus_core::directory::Employment;
use kampus_core::{
    Change, Command, CommandError, CommentId, ExecuteError, ImportedComment, ItemId, NewPerson, PersonId,
    Revision,
};

use crate::world::{World, morning};

fn refusal(world: &World, command: Command) -> CommandError {
    let operator = kampus_core::Actor::Operator("test".into());
    match world.kampus.execute(&operator, world.now, command) {
        Err(ExecuteError::Refused(error)) => error,
        other => panic!("should be refused: {other:?}"),
    }
}

fn comment_on(item: ItemId, author: PersonId, parent: Option<CommentId>) -> ImportedComment {
    let body = "<p>Kiitos</p>".to_owned();
    ImportedComment { item, parent, author, created: morning(), body, state: CommentState::Visible }
}

fn import(world: &World, comment: ImportedComment) -> CommentId {
    world.operator(Command::ImportComment(Box::new(comment))).comment().unwrap()
}

/// Somebody known from old content only.
fn placeholder(world: &World) -> PersonId {
    let person = NewPerson {
        employment: Employment::Ended,
        placeholder: true,
        ..NewPerson::official(world.unit("VM"), "Entinen Kirjoittaja")
    };
    world.operator(Command::AddPerson(Box::new(person))).person().unwrap()
}

#[test]
fn a_withdrawn_comment_is_gone_and_its_answer_has_to_go_first() {
    let world = World::new();
    let maija = world.person("VM");
    let page = world.page(maija, Container::Section(world.section("VM", SectionVisibility::Government)));
    let first = import(&world, comment_on(page, maija, None));
    let answer = import(&world, comment_on(page, maija, Some(first)));
    assert_eq!(refusal(&world, Command::WithdrawComment(first)), CommandError::NotEmpty(first.to_string()));
    world.operator(Command::WithdrawComment(answer));
    world.operator(Command::WithdrawComment(first));
    let viewer = world.viewer(maija);
    assert_eq!(viewer.count_comments(page).unwrap(), 0);
    assert!(viewer.comment_text(first).is_err());
    // Its number is not given out again.
    assert!(import(&world, comment_on(page, maija, None)) > answer);
    assert!(matches!(refusal(&world, Command::WithdrawComment(first)), CommandError::NotFound(_)));
}

#[test]
fn a_comment_goes_to_another_item_unless_it_is_answered() {
    let world = World::new();
    let maija = world.person("VM");
    let section = Container::Section(world.section("VM", SectionVisibility::Government));
    let (here, there) = (world.page(maija, section), world.page(maija, section));
    let first = import(&world, comment_on(here, maija, None));
    let answer = import(&world, comment_on(here, maija, Some(first)));
    let to = |id, item, parent| Command::ReviseImportedComment(id, Box::new(comment_on(item, maija, parent)));
    assert_eq!(refusal(&world, to(first, there, None)), CommandError::NotEmpty(first.to_string()));
    assert_eq!(refusal(&world, to(first, here, Some(answer))), CommandError::Cycle(first.to_string()));
    assert!(matches!(refusal(&world, to(answer, there, Some(first))), CommandError::NotFound(_)));
    world.operator(to(answer, there, None));
    let viewer = world.viewer(maija);
    let ids = |item| viewer.comments(item).unwrap().iter().map(|comment| comment.id).collect::<Vec<_>>();
    assert_eq!((ids(here), ids(there)), (vec![first], vec![answer]));
}

#[test]
fn a_withdrawn_section_is_gone_for_everybody_with_what_hung_on_it() {
    let world = World::new();
    let (maija, antti) = (world.person("VM"), world.person("STM"));
    let section = world.section("VM", SectionVisibility::Government);
    let below = world.section_under(Some(section), "VM", SectionVisibility::Organisation);
    let page = world.page(maija, Container::Section(below));
    world.grant(Principal::Person(antti), Role::Reader, Scope::Section(below));
    world.by(antti, Command::Follow(Container::Section(below), true));
    let full = || CommandError::NotEmpty(below.to_string());
    assert_eq!(refusal(&world, Command::WithdrawSection(below)), full());
    assert!(matches!(refusal(&world, Command::WithdrawSection(section)), CommandError::NotEmpty(_)));
    world.operator(Command::DeleteItem(page));
    let before = world.kampus.snapshot();
    let receipt = world.operator(Command::WithdrawSection(below));
    assert!(receipt.changes.iter().any(|change| matches!(change, Change::Revoked(_))));
    assert!(receipt.changes.contains(&Change::Followed(antti, Container::Section(below), false)));
    for person in [maija, antti] {
        let viewer = world.viewer(person);
        assert!(viewer.section(below).is_err() && !viewer.may(Action::View, Scope::Section(below)));
        assert!(!viewer.sections().any(|known| known.id == below));
        assert!(viewer.section(section).is_ok(), "the one above is as it was");
    }
    let everyone = world.kampus.snapshot();
    assert!(everyone.untrimmed().everyone(Action::View, Scope::Section(below), world.now).is_empty());
    // What was read before still reads what was there.
    assert!(before.viewer(antti, world.now).section(below).is_ok());
    world.operator(Command::WithdrawSection(section));
    // People are named by nothing now, so they could go as well.
    assert!(world.kampus.snapshot().untrimmed().named_people().is_empty());
}

#[test]
fn a_withdrawn_workspace_is_gone_for_its_members_and_for_those_who_asked() {
    let world = World::new();
    let (maija, antti) = (world.person("VM"), world.person("STM"));
    let workspace = world.workspace(maija, WorkspaceVisibility::Closed);
    let (scope, container) = (Scope::Workspace(workspace), Container::Workspace(workspace));
    let page = world.page(maija, container);
    world.by(antti, Command::Join(workspace));
    world.by(antti, Command::Follow(container, true));
    let refused = refusal(&world, Command::WithdrawWorkspace(workspace));
    assert_eq!(refused, CommandError::NotEmpty(workspace.to_string()));
    world.operator(Command::DeleteItem(page));
    let before = world.kampus.snapshot();
    let receipt = world.operator(Command::WithdrawWorkspace(workspace));
    assert!(receipt.changes.iter().any(|change| matches!(change, Change::Revoked(_))));
    assert!(receipt.changes.contains(&Change::Followed(antti, container, false)));
    assert!(receipt.changes.contains(&Change::RequestSettled(workspace, antti)));
    for person in [maija, antti] {
        let viewer = world.viewer(person);
        assert!(viewer.workspace(workspace).is_err() && !viewer.may(Action::Discover, scope));
    }
    assert!(world.kampus.snapshot().untrimmed().everyone(Action::View, scope, world.now).is_empty());
    assert!(before.viewer(maija, world.now).workspace(workspace).is_ok(), "what was read before reads on");
    assert!(
        world.workspace(maija, WorkspaceVisibility::Open) > workspace,
        "its number is not given out again"
    );
    assert!(matches!(refusal(&world, Command::WithdrawWorkspace(workspace)), CommandError::NotFound(_)));
}

#[test]
fn a_withdrawn_person_is_gone_with_what_was_told_of_them() {
    let world = World::new();
    let (maija, ghost) = (world.person("VM"), placeholder(&world));
    assert_eq!(world.viewer(maija).colleague(ghost).unwrap().1.display_name, "Entinen Kirjoittaja");
    world.operator(Command::WithdrawPeople(vec![ghost]));
    assert!(world.viewer(maija).colleague(ghost).is_err());
    let snapshot = world.kampus.snapshot();
    assert!(snapshot.directory().person(ghost).is_none());
    assert_eq!(snapshot.untrimmed().profile(ghost).unwrap(), None, "the profile store has forgotten them");
    assert!(world.kampus.profiles().unwrap().iter().all(|(person, _)| *person != ghost));
    assert!(placeholder(&world) > ghost, "their number is not given out again");
}

#[test]
fn whoever_is_named_anywhere_stays_and_so_do_those_who_were_to_go_with_them() {
    let world = World::new();
    let (author, idle) = (placeholder(&world), placeholder(&world));
    let section = world.section("VM", SectionVisibility::Government);
    let maija = world.person("VM");
    let page = world.page(maija, Container::Section(section));
    let comment = import(&world, comment_on(page, author, None));
    let both = Command::WithdrawPeople(vec![idle, author]);
    assert_eq!(refusal(&world, both.clone()), CommandError::StillNamed(author.to_string()));
    assert!(world.kampus.snapshot().directory().person(idle).is_some());
    world.operator(Command::WithdrawComment(comment));
    world.operator(both);
    let serving = world.person("STM");
    world.operator(Command::WithdrawPeople(vec![serving]));
    assert!(world.kampus.viewer(serving, world.now).item(page).is_err(), "whoever is no more sees nothing");
}

#[test]
fn only_an_operator_takes_back() {
    let world = World::new();
    let maija = world.person("VM");
    world.operator(Command::SetAdministrator(maija, true));
    let section = world.section("VM", SectionVisibility::Government);
    world.grant(Principal::Person(maija), Role::Manager, Scope::Section(section));
    let page = world.page(maija, Container::Section(section));
    let comment = import(&world, comment_on(page, maija, None));
    let (ghost, workspace) = (placeholder(&world), world.workspace(maija, WorkspaceVisibility::Open));
    for command in [
        Command::WithdrawComment(comment),
        Command::WithdrawSection(section),
        Command::WithdrawWorkspace(workspace),
        Command::WithdrawPeople(vec![ghost]),
    ] {
        assert_eq!(world.refused(maija, command), CommandError::OperatorsOnly);
    }
}

#[test]
fn the_journal_tells_what_was_taken_back_and_by_whom() {
    let world = World::new();
    let ghost = placeholder(&world);
    let before = world.kampus.snapshot().revision();
    world.operator(Command::WithdrawPeople(vec![ghost]));
    let mut told = Vec::new();
    world.kampus.entries_after(before, &mut |entry| told.push(entry.clone())).unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].changes, [Change::PersonWithdrawn(ghost)]);
    assert!(world.kampus.as_of(before).unwrap().directory().person(ghost).is_some());
    let mut all = 0;
    world.kampus.entries_after(Revision(0), &mut |_| all += 1).unwrap();
    assert_eq!(all, before.0 + 1);
}
