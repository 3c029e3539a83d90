//! The store: durable, whole, and honest about what is wrong with it.

use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::{Container, SectionVisibility};
use kampus_core::directory::Profile;
use kampus_core::journal::{CompanionKey, JournalError};
use kampus_core::{Actor, Command, Kampus, NewPerson};

use crate::world::{World, morning};

fn chain_of(error: &dyn std::error::Error) -> String {
    error.to_string()
}

#[test]
fn a_store_reopens_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kampus.db");
    let world = World::on(Kampus::open(&path).unwrap());
    let author = world.person("VM");
    let section = world.section("VM", SectionVisibility::Government);
    let page = world.page(author, Container::Section(section));
    let before = world.kampus.snapshot();
    let again = Kampus::open(&path).unwrap();
    assert!(again.snapshot().untrimmed().state() == before.untrimmed().state());
    assert_eq!(again.viewer(author, morning()).body(page).unwrap().unwrap().html, "<p>Teksti</p>");
    assert_eq!(again.viewer(author, morning()).colleague(author).unwrap().1.shown_name(), "Testi Henkilö");
}

#[test]
fn a_transaction_is_written_whole_or_not_at_all() {
    let world = World::new();
    let revision = world.kampus.snapshot().revision();
    let key = CompanionKey::new("test", "a");
    {
        let mut transaction = world.kampus.transaction(Actor::Operator("test".into()), world.now);
        let person = NewPerson::official(world.unit("VM"), "Maija");
        transaction.execute(Command::AddPerson(Box::new(person))).unwrap();
        transaction.put_companion(key.clone(), Some(b"1".to_vec()));
        assert_eq!(transaction.companion(&key).unwrap().as_deref(), Some(&b"1"[..]));
    }
    assert_eq!(world.kampus.snapshot().revision(), revision);
    assert_eq!(world.kampus.companion(&key).unwrap(), None);
}

#[test]
fn a_second_writer_is_told_that_it_was_late_and_can_catch_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kampus.db");
    let world = World::on(Kampus::open(&path).unwrap());
    let late = Kampus::open(&path).unwrap();
    let maija = world.person("VM");
    let add = Command::SetClearance(maija, true);
    let operator = Actor::Operator("test".into());
    assert!(late.execute(&operator, morning(), add.clone()).is_err());
    late.catch_up().unwrap();
    late.execute(&operator, morning(), add).unwrap();
}

#[test]
fn an_altered_entry_is_found_when_the_store_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kampus.db");
    let world = World::on(Kampus::open(&path).unwrap());
    let maija = world.person("VM");
    let section = world.section("VM", SectionVisibility::Restricted);
    world.grant(Principal::Person(maija), Role::Reader, Scope::Section(section));
    drop(world);
    let database = rusqlite::Connection::open(&path).unwrap();
    let last = "SELECT entry FROM journal ORDER BY revision DESC LIMIT 1";
    let entry: Vec<u8> = database.query_row(last, [], |row| row.get(0)).unwrap();
    let forged = String::from_utf8(entry).unwrap().replace("reader", "manager");
    database
        .execute(
            "UPDATE journal SET entry = ?1 WHERE revision = (SELECT max(revision) FROM journal)",
            [forged.into_bytes()],
        )
        .unwrap();
    drop(database);
    let error = Kampus::open(&path).unwrap_err();
    assert!(matches!(error, JournalError::Damaged(_)), "{error}");
}

#[test]
fn a_missing_entry_is_found_when_the_store_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kampus.db");
    let world = World::on(Kampus::open(&path).unwrap());
    world.person("VM");
    world.person("VM");
    drop(world);
    let database = rusqlite::Connection::open(&path).unwrap();
    database.execute("DELETE FROM journal WHERE revision = 2", []).unwrap();
    drop(database);
    assert!(matches!(Kampus::open(&path), Err(JournalError::Damaged(_))));
}

#[test]
fn a_newer_format_another_database_and_a_text_file_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let newer = folder.path().join("newer.db");
    drop(World::on(Kampus::open(&newer).unwrap()));
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = Kampus::open(&newer).unwrap_err();
    assert!(chain_of(&error).contains("has store format 99, but this version reads 2"), "{error}");

    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert!(matches!(Kampus::open(&other), Err(JournalError::NotAStore { .. })));

    let text = folder.path().join("text.db");
    std::fs::write(&text, "this is no database, and it is long enough to be looked at as one".repeat(20))
        .unwrap();
    assert!(matches!(Kampus::open(&text), Err(JournalError::NotAStore { .. })));
}

#[test]
fn an_erased_person_leaves_their_work_and_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kampus.db");
    let world = World::on(Kampus::open(&path).unwrap());
    let (maija, antti) = (world.person("VM"), world.person("VM"));
    let profile = Profile { display_name: "Salainen Nimi".into(), ..Profile::default() };
    world.operator(Command::SetProfile(maija, Box::new(profile)));
    let section = world.section("VM", SectionVisibility::Government);
    let page = world.page(maija, Container::Section(section));
    world.operator(Command::EraseProfile(maija));
    assert_eq!(world.viewer(antti).item(page).unwrap().author, maija);
    assert_eq!(world.viewer(antti).colleague(maija).unwrap().1.shown_name(), "");
    drop(world);
    let database = rusqlite::Connection::open(&path).unwrap();
    let mentions: i64 = database
        .query_row("SELECT count(*) FROM journal WHERE CAST(entry AS TEXT) LIKE '%Salainen%'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(mentions, 0, "the journal never knew the name");
}
