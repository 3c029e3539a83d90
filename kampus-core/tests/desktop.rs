//! What people meet in the morning.

use jiff::SignedDuration;
use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::{Audience, Container, ItemKind, SectionVisibility, WorkspaceVisibility};
use kampus_core::{Command, Language, NewItem};

use crate::world::World;

#[test]
fn news_for_me_comes_first_then_the_rest_newest_first() {
    let mut world = World::new();
    let (editor, reader) = (world.person("VM"), world.person("STM"));
    let section = world.section("VN", SectionVisibility::Government);
    world.grant(Principal::Person(editor), Role::Publisher, Scope::Section(section));
    let mut publish = |title: &str, audience: Audience| {
        world.now += SignedDuration::from_mins(1);
        let mut news =
            NewItem::new(ItemKind::News, Container::Section(section), Language::Fi, title, "<p>x</p>");
        news.audience = audience;
        world.by(editor, Command::PublishNews(Box::new(news)))
    };
    publish("vanha", Audience::default());
    let stm = Audience { units: vec![kampus_core::OrganisationId::new(4).unwrap()], ..Audience::default() };
    publish("meille", stm);
    publish("muille", Audience { languages: vec![Language::Sv], ..Audience::default() });
    let viewer = world.viewer(reader);
    let titles: Vec<&str> = viewer
        .desktop()
        .news
        .iter()
        .map(|item| item.title.best(&[Language::Fi]).unwrap().1.as_str())
        .collect();
    assert_eq!(titles, ["meille", "muille", "vanha"], "targeting orders and never hides");
}

#[test]
fn what_must_be_acknowledged_waits_until_it_is() {
    let world = World::new();
    let (editor, reader) = (world.person("VM"), world.person("STM"));
    let section = world.section("VN", SectionVisibility::Government);
    world.grant(Principal::Person(editor), Role::Publisher, Scope::Section(section));
    let mut news = NewItem::new(ItemKind::News, Container::Section(section), Language::Fi, "Lue", "<p>x</p>");
    news.must_acknowledge = true;
    let id = world.by(editor, Command::PublishNews(Box::new(news))).item().unwrap();
    assert_eq!(world.viewer(reader).desktop().to_acknowledge.len(), 1);
    world.by(reader, Command::Acknowledge(id));
    assert!(world.viewer(reader).desktop().to_acknowledge.is_empty());
}

#[test]
fn open_workspaces_across_borders_are_offered_when_my_unit_is_in_them() {
    let world = World::new();
    let (owner, colleague, me) = (world.person("VM"), world.person("STM"), world.person("STM"));
    let workspace = world.workspace(owner, WorkspaceVisibility::Open);
    assert!(world.viewer(me).desktop().across_borders.is_empty());
    world.by(colleague, Command::Join(workspace));
    let viewer = world.viewer(me);
    assert_eq!(
        viewer.desktop().across_borders.iter().map(kampus_core::WorkspaceCard::id).collect::<Vec<_>>(),
        [workspace]
    );
    assert!(world.viewer(colleague).desktop().across_borders.is_empty(), "those who are in it have it");
}

#[test]
fn a_body_tells_which_language_it_was_found_in() {
    let world = World::new();
    let author = world.person("VM");
    let section = world.section("VN", SectionVisibility::Government);
    let page = world.page(author, Container::Section(section));
    let body = world.viewer(author).body(page).unwrap().unwrap();
    assert_eq!((body.language, body.html.as_str()), (Language::Fi, "<p>Teksti</p>"));
}
