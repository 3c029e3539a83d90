//! Claimed placeholders: what a name in old content wrote, held and belonged to is a person's from then on.

use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::{CommentState, Container, SectionVisibility, Status};
use kampus_core::directory::{Employment, GroupMember};
use kampus_core::{
    Actor, Change, Command, CommandError, ExecuteError, ImportedComment, Kampus, Language, Localised,
    NewPerson, PersonId,
};

use crate::world::{World, morning};

/// Somebody known from old content only.
fn placeholder(world: &World) -> PersonId {
    let person = NewPerson {
        employment: Employment::Ended,
        placeholder: true,
        ..NewPerson::official(world.unit("VM"), "M. Meikäläinen")
    };
    world.operator(Command::AddPerson(Box::new(person))).person().unwrap()
}

fn claim(placeholder: PersonId, person: PersonId) -> Command {
    Command::ClaimPlaceholder { placeholder, person }
}

fn refusal(world: &World, command: Command) -> CommandError {
    match world.kampus.execute(&Actor::Operator("test".into()), world.now, command) {
        Err(ExecuteError::Refused(error)) => error,
        other => panic!("should be refused: {other:?}"),
    }
}

#[test]
fn who_claims_a_placeholder_is_author_member_and_grantee_in_its_place() {
    let world = World::new();
    let (editor, maija) = (world.person("VM"), world.person("VM"));
    let ghost = placeholder(&world);
    let closed = world.section("VM", SectionVisibility::Restricted);
    let page = world.page(editor, Container::Section(closed));
    let other = world.page(editor, Container::Section(closed));
    let group = world
        .operator(Command::AddGroup { name: Localised::one(Language::Fi, "Ryhmä".into()), rule: None })
        .group()
        .unwrap();
    world.operator(Command::AddMember(group, GroupMember::Person(ghost)));
    world.operator(Command::BreakInheritance(Scope::Item(other), true));
    world.grant(Principal::Group(group), Role::Reader, Scope::Item(other));
    world.grant(Principal::Person(ghost), Role::Editor, Scope::Item(page));
    // Its own draft, in a section where others would not see it.
    let open = world.section("VM", SectionVisibility::Government);
    let draft = world.draft(editor, Container::Section(open));
    let mut imported = imported_like(&world, draft);
    imported.author = ghost;
    imported.owner = ghost;
    world.operator(Command::ReviseImported(draft, Box::new(imported)));
    let comment = ImportedComment {
        item: draft,
        parent: None,
        author: ghost,
        created: morning(),
        body: "<p>Kiitos</p>".into(),
        state: CommentState::Held,
    };
    let comment = world.operator(Command::ImportComment(Box::new(comment))).comment().unwrap();
    assert!([page, other, draft].iter().all(|item| !world.sees(maija, *item)));

    world.operator(claim(ghost, maija));

    assert!([page, other, draft].iter().all(|item| world.sees(maija, *item)));
    let snapshot = world.kampus.snapshot();
    let all = snapshot.untrimmed();
    let item = all.item(draft).unwrap();
    assert_eq!((item.author, item.owner), (maija, maija));
    assert_eq!(all.comment(comment).unwrap().author, maija);
    assert_eq!(snapshot.directory().claimant(ghost), Some(maija));
    assert_eq!(snapshot.directory().claimant(maija), Some(maija));
    let held =
        |person| all.grants_on(Scope::Item(page)).filter(move |g| g.principal == Principal::Person(person));
    assert_eq!((held(ghost).count(), held(maija).count()), (0, 1));
    // Nothing names the placeholder any more, so it can be taken back.
    world.operator(Command::WithdrawPeople(vec![ghost]));
}

/// An item as an import would have it: a draft of that text.
fn imported_like(world: &World, item: kampus_core::ItemId) -> kampus_core::ImportedItem {
    let snapshot = world.kampus.snapshot();
    let item = snapshot.untrimmed().item(item).unwrap().clone();
    kampus_core::ImportedItem {
        content: kampus_core::NewItem::new(item.kind, item.container, Language::Fi, "Ohje", "<p>Teksti</p>"),
        author: item.author,
        owner: item.owner,
        created: item.created,
        modified: item.modified,
        status: Status::Draft,
        schedule: item.schedule,
        pinned: false,
        comments_open: true,
        labels: Vec::new(),
        sources: Vec::new(),
    }
}

#[test]
fn a_claim_is_refused_to_whoever_may_not_and_where_nothing_is_to_be_claimed() {
    let world = World::new();
    let (maija, antti) = (world.person("VM"), world.person("VM"));
    let (ghost, other) = (placeholder(&world), placeholder(&world));
    assert_eq!(world.refused(maija, claim(ghost, antti)), CommandError::AdministratorsOnly);
    world.operator(Command::SetAdministrator(maija, true));
    assert_eq!(world.refused(maija, claim(ghost, maija)), CommandError::NotForOneself);
    assert_eq!(refusal(&world, claim(antti, maija)), CommandError::NoPlaceholder(antti.to_string()));
    assert_eq!(refusal(&world, claim(ghost, other)), CommandError::StandsIn(other.to_string()));
    let nobody = PersonId::new(999).unwrap();
    assert_eq!(refusal(&world, claim(ghost, nobody)), CommandError::NotFound(nobody.to_string()));
    assert_eq!(refusal(&world, claim(nobody, antti)), CommandError::NotFound(nobody.to_string()));
    world.by(maija, claim(ghost, antti));
    let again = CommandError::AlreadyClaimed { placeholder: ghost.to_string(), by: antti.to_string() };
    assert_eq!(refusal(&world, claim(ghost, maija)), again);
    // Whoever holds a post is more than a name in old content.
    let post =
        Command::AddPost { title: Localised::one(Language::Fi, "Virka".into()), unit: world.unit("VM") };
    let post = world.operator(post).post().unwrap();
    world.operator(Command::FillPost { post, person: other, period: kampus_core::Period::ALWAYS });
    assert_eq!(refusal(&world, claim(other, antti)), CommandError::StillNamed(other.to_string()));
}

#[test]
fn a_claim_is_in_the_journal_and_folds_to_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kampus.db");
    let state = {
        let world = World::on(Kampus::open(&path).unwrap());
        let (maija, ghost) = (world.person("VM"), placeholder(&world));
        let receipt = world.operator(claim(ghost, maija));
        assert_eq!(receipt.changes, [Change::PlaceholderClaimed(ghost, maija)]);
        world.kampus.snapshot().untrimmed().state().clone()
    };
    assert_eq!(Kampus::open(&path).unwrap().snapshot().untrimmed().state(), &state);
}
