//! Builds a generated world in Kampus, through the commands that everybody uses.

use jiff::Timestamp;
use kampus_core::access::{Principal, Scope};
use kampus_core::content::{Classification, Container, ItemKind, Schedule, Status};
use kampus_core::{
    Actor, Command, ExecuteError, GroupId, ImportedItem, Kampus, Language, Localised, NewItem, NewNode,
    NewPerson, NewSection, NewWorkspace, Period,
};

use crate::world::{Item, Unit, World};

/// How many commands go into one transaction at least; in a big world more do, because each transaction first copies
/// what it alters and the snapshot before it still shows.
const BATCH: u32 = 4_096;

/// When everything happens.
pub const NOW: Timestamp = Timestamp::constant(1_519_887_600, 0);

/// Who loads.
pub fn operator() -> Actor {
    Actor::Operator("benches".to_owned())
}

/// Builds that world in memory.
pub fn load(world: &World) -> Result<Kampus, ExecuteError> {
    let kampus = Kampus::in_memory();
    load_into(&kampus, world)?;
    Ok(kampus)
}

/// Builds that world in an empty store.
pub fn load_into(kampus: &Kampus, world: &World) -> Result<(), ExecuteError> {
    let batch = BATCH.max(world.size.items / 100) as usize;
    let mut commands = commands(world).peekable();
    while commands.peek().is_some() {
        let mut transaction = kampus.transaction(operator(), NOW);
        for command in commands.by_ref().take(batch) {
            transaction.execute(command)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// The commands that build a world, made one at a time.
pub fn commands(world: &World) -> impl Iterator<Item = Command> {
    std::iter::once(Command::Found(world.units.iter().zip(1..).map(node).collect()))
        .chain(people(world))
        .chain(groups(world))
        .chain(sections(world))
        .chain(workspaces(world))
        .chain(world.items().map(|(_, item)| imported(item)))
        .chain(world.grants.iter().map(|grant| self::grant(grant.principal, grant.role, grant.scope)))
        .chain(world.broken.iter().map(|scope| Command::BreakInheritance(*scope, true)))
}

/// A grant without end.
pub fn grant(principal: Principal, role: kampus_core::access::Role, scope: Scope) -> Command {
    Command::Grant { principal, role, scope, period: Period::ALWAYS }
}

fn node((unit, number): (&Unit, u32)) -> NewNode {
    NewNode {
        code: format!("U{number}"),
        kind: unit.kind,
        parent: unit.parent.map(|parent| format!("U{}", parent.get())),
        order: number,
        names: Vec::new(),
        aliases: Vec::new(),
        region: None,
        time_zone: None,
    }
}

fn people(world: &World) -> impl Iterator<Item = Command> {
    world.homes.iter().map(|home| Command::AddPerson(Box::new(NewPerson::official(*home, ""))))
}

/// All groups come first, because they are members of each other.
fn groups(world: &World) -> impl Iterator<Item = Command> {
    let made = world.groups.iter().map(|_| Command::AddGroup { name: text("Ryhmä"), rule: None });
    let members = world.groups.iter().zip(1..).filter_map(|(members, number)| {
        GroupId::new(number).map(|group| members.iter().map(move |member| Command::AddMember(group, *member)))
    });
    made.chain(members.flatten())
}

fn sections(world: &World) -> impl Iterator<Item = Command> {
    world.sections.iter().map(|section| {
        Command::AddSection(Box::new(NewSection {
            title: text("Osio"),
            owner: section.owner,
            parent: section.parent,
            visibility: section.visibility,
            ceiling: Classification::Internal,
        }))
    })
}

fn workspaces(world: &World) -> impl Iterator<Item = Command> {
    world.workspaces.iter().map(|workspace| {
        Command::AddWorkspace(Box::new(NewWorkspace {
            title: text("Työtila"),
            purpose: Localised::default(),
            host: workspace.host,
            visibility: workspace.visibility,
            ceiling: Classification::Internal,
        }))
    })
}

fn imported(item: Item) -> Command {
    let kind = match item.container {
        Container::Section(_) => ItemKind::Page,
        Container::Workspace(_) => ItemKind::Document,
    };
    let mut content = NewItem::new(kind, item.container, Language::Fi, "Ohje", "");
    // What is measured never reads a body.
    content.body = Localised::default();
    Command::ImportItem(Box::new(ImportedItem {
        content,
        author: item.author,
        owner: item.author,
        created: NOW,
        modified: NOW,
        status: if item.draft { Status::Draft } else { Status::Published },
        schedule: Schedule::default(),
        pinned: false,
        comments_open: true,
        labels: Vec::new(),
        sources: Vec::new(),
    }))
}

fn text(text: &str) -> Localised<String> {
    Localised::one(Language::Fi, text.to_owned())
}
