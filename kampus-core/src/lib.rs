//! Kampus is the shared communication and collaboration desktop of a whole government, as an embeddable library:
//! the domain model, the access rules, a durable store and the personal desktop.
//!
//! Opens a store, publishes news, and shows who sees it:
//!
//! ```
//! use kampus_core::access::{Action, Principal, Role, Scope};
//! use kampus_core::content::{Container, ItemKind, SectionVisibility};
//! use kampus_core::{
//!     Actor, Command, Kampus, Language, Localised, NewItem, NewPerson, NewSection, Period, presets,
//! };
//!
//! let folder = tempfile::tempdir()?;
//! let kampus = Kampus::open(folder.path().join("kampus.db"))?;
//! let now = "2018-03-01T07:00:00Z".parse()?;
//!
//! // Whoever sets the store up founds the directory and enters people.
//! let setup = Actor::Operator("setup".into());
//! kampus.execute(&setup, now, Command::Found(presets::finland()))?;
//! let unit = |code: &str| kampus.snapshot().directory().organisation_by_code(code).map(|it| it.id).unwrap();
//! let enter = |code: &str, name: &str| {
//!     let person = NewPerson::official(unit(code), name);
//!     kampus.execute(&setup, now, Command::AddPerson(Box::new(person))).map(|done| done.person().unwrap())
//! };
//! let (maija, antti) = (enter("VM", "Maija Meikäläinen")?, enter("STM", "Antti Esimerkki")?);
//!
//! // The Ministry of Finance has a section for its own people, and Maija publishes there.
//! let section = kampus.execute(&setup, now, Command::AddSection(Box::new(NewSection {
//!     title: Localised::one(Language::Fi, "VM:n uutiset".into()),
//!     owner: unit("VM"),
//!     parent: None,
//!     visibility: SectionVisibility::Organisation,
//!     ceiling: Default::default(),
//! })))?.section().unwrap();
//! kampus.execute(&setup, now, Command::Grant {
//!     principal: Principal::Person(maija),
//!     role: Role::Publisher,
//!     scope: Scope::Section(section),
//!     period: Period::ALWAYS,
//! })?;
//! let news = NewItem::new(
//!     ItemKind::News, Container::Section(section), Language::Fi, "Budjettiriihi alkaa", "<p>Tervetuloa!</p>",
//! );
//! let item = kampus.execute(&Actor::Person(maija), now, Command::PublishNews(Box::new(news)))?.item().unwrap();
//!
//! // Maija meets it on her desktop; Antti, from another ministry, cannot tell that it exists.
//! assert_eq!(kampus.viewer(maija, now).desktop().news[0].id, item);
//! assert!(kampus.viewer(antti, now).item(item).is_err());
//! assert_eq!(
//!     kampus.viewer(antti, now).decide(Action::View, Scope::Item(item)).explain(Language::En),
//!     "No: there is no such thing (rule 3).",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The nouns, in the order in which data flows: a [`Command`] by an [`Actor`] is executed by [`Kampus`], which asks
//! the [access rules](access::rules), yields [`Change`]s, writes them to a [journal] and folds them into its state.
//! A [`Snapshot`] is that state at one revision; a [`Viewer`] is one person's view of it, and the only way for an
//! end user to read; [`Desktop`] is what they meet first.

pub mod access;
pub mod activity;
mod change;
pub mod content;
mod desktop;
pub mod directory;
mod id;
pub mod journal;
mod kampus;
mod language;
mod localised;
mod permissions;
pub mod presets;
mod preview;
mod questions;
mod snapshot;
mod state;
mod time;
mod viewer;

pub use change::{
    Actor, Change, Command, CommandError, Entry, ImportedComment, ImportedItem, NewItem, NewNode, NewPerson,
    NewSection, NewWorkspace, UnitChange,
};
pub use desktop::{Desktop, Waiting};
pub use id::{
    CommentId, GrantId, GroupId, ItemId, OrganisationId, ParseIdError, PersonId, PostId, SectionId,
    WorkspaceId,
};
pub use kampus::{ExecuteError, Kampus, Receipt, Transaction};
pub use language::{Language, UnknownLanguage};
pub use localised::Localised;
pub use permissions::{Permission, write_permissions};
pub use preview::{Preview, ReaderEffect, RoleEffect};
pub use questions::Everything;
pub use snapshot::{Snapshot, Untrimmed};
pub use state::{Revision, State};
pub use time::Period;
pub use viewer::{BodyText, ReadError, Viewer, WorkspaceCard};
