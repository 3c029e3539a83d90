//! One story, told through the access rules: a ministry's section, a workspace across borders, a guest, a
//! secondment that ends, and an emergency. Each answer is explained in Finnish, Swedish and English.
//!
//! ```text
//! cargo run -p kampus-core --example access_tour
//! ```

use std::error::Error;
use std::io::Write;

use jiff::{SignedDuration, Timestamp};
use kampus_core::access::{Action, Principal, Role, Scope};
use kampus_core::content::{
    Classification, Container, ItemKind, SectionVisibility, Status, WorkspaceVisibility,
};
use kampus_core::directory::UserType;
use kampus_core::{
    Actor, Command, ItemId, Kampus, Language, Localised, NewItem, NewPerson, NewSection, NewWorkspace,
    OrganisationId, Period, PersonId, presets, write_permissions,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    tour(&mut out)
}

/// The whole story.
pub(crate) fn tour(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let now: Timestamp = "2018-05-14T06:00:00Z".parse()?;
    let mut story = Story { kampus: Kampus::in_memory(), now, out };
    story.operator(Command::Found(presets::finland()))?;
    let (vm, stm, tl) =
        (story.person("VM", "Maija")?, story.person("STM", "Antti")?, story.person("VM", "Tuula")?);
    let guest = story.guest("Gustav")?;
    let admin = story.person("VN", "Pertti")?;
    story.operator(Command::SetAdministrator(admin, true))?;

    story.chapter("A section is for the ministry that owns it")?;
    let section = story.section("VM", "VM:n ohjeet")?;
    story.operator(grant(Principal::Person(vm), Role::Publisher, section.into()))?;
    let page = story.page(vm, section, "Matkaohje")?;
    story.ask("Tuula of the same ministry reads it", tl, Action::View, page)?;
    story.ask("Antti of another ministry", stm, Action::View, page)?;

    story.chapter("A secondment lets Antti in, for as long as it lasts")?;
    let week = now + SignedDuration::from_hours(7 * 24);
    let unit = story.unit("VM")?;
    story.operator(Command::Affiliate { person: stm, unit, period: Period::between(now, week) })?;
    story.ask("Antti during his secondment", stm, Action::View, page)?;
    story.now = week;
    story.ask("Antti a week later", stm, Action::View, page)?;
    story.now = now;

    story.chapter("A hidden workspace across borders")?;
    let room = story.workspace(vm)?;
    story.by(vm, Command::Invite { workspace: room, person: stm, role: Role::Contributor })?;
    let plan = story.page(vm, Container::Workspace(room), "Suunnitelma")?;
    story.ask("Antti, whom Maija invited", stm, Action::View, plan)?;
    story.ask("Tuula, whom nobody invited: it does not exist for her", tl, Action::View, plan)?;
    story.ask("Gustav, a guest", guest, Action::View, plan)?;
    story.by(vm, Command::Invite { workspace: room, person: guest, role: Role::Reader })?;
    story.ask("Gustav after an invitation", guest, Action::View, plan)?;
    story.ask("May Gustav edit it?", guest, Action::Edit, plan)?;

    story.chapter("Classified: a role in that very place, and a clearance")?;
    story.by(vm, Command::Classify(plan, Classification::SecurityIv))?;
    story.ask("Antti has a role here and no clearance", stm, Action::View, plan)?;
    story.operator(Command::SetClearance(stm, true))?;
    story.ask("Antti is cleared", stm, Action::View, plan)?;

    story.chapter("An emergency")?;
    story.ask("Pertti looks after the platform, but was not let in", admin, Action::View, plan)?;
    story.by(admin, Command::BreakGlass { workspace: room, reason: "Epäilty tietovuoto".into() })?;
    story.operator(Command::SetClearance(admin, true))?;
    story.ask("Pertti after breaking the glass", admin, Action::View, plan)?;
    let viewer = story.kampus.viewer(vm, now);
    for (_, broken) in viewer.desktop().waiting.broken_glass {
        writeln!(story.out, "  Maija's desktop: {} read your workspace: {}\n", broken.person, broken.reason)?;
    }

    story.chapter("Before a change: who would gain?")?;
    story.person("STM", "Sanna")?;
    let open = grant(Principal::Unit(story.unit("STM")?), Role::Reader, Scope::Workspace(room));
    writeln!(story.out, "  If all of STM became Readers of the workspace:")?;
    let preview = story.kampus.snapshot().preview(&Actor::Person(vm), now, open)?;
    for effect in preview.roles {
        let gains = effect.after.map_or_else(|| "nothing".to_owned(), |role| format!("{role:?}"));
        writeln!(story.out, "  {} would have {gains} on {}", effect.person, effect.scope)?;
    }

    story.chapter("Who has access, as a table")?;
    let permissions = story.kampus.viewer(vm, now).permissions(Scope::Workspace(room))?;
    write_permissions(&permissions, &mut *story.out)?;
    Ok(())
}

/// A store, the time, and somebody who listens.
struct Story<'a, W> {
    kampus: Kampus,
    now: Timestamp,
    out: &'a mut W,
}

impl<W: Write> Story<'_, W> {
    fn chapter(&mut self, title: &str) -> Result<(), Box<dyn Error>> {
        Ok(writeln!(self.out, "\n{title}\n")?)
    }

    /// Asks, and tells the answer in three languages.
    fn ask(
        &mut self,
        what: &str,
        person: PersonId,
        action: Action,
        item: ItemId,
    ) -> Result<(), Box<dyn Error>> {
        let viewer = self.kampus.viewer(person, self.now);
        let decision = viewer.decide(action, Scope::Item(item));
        writeln!(self.out, "  {what}:")?;
        for language in [Language::Fi, Language::Sv, Language::En] {
            writeln!(self.out, "    {}", decision.explain(language))?;
        }
        Ok(())
    }

    fn operator(&self, command: Command) -> Result<kampus_core::Receipt, Box<dyn Error>> {
        Ok(self.kampus.execute(&Actor::Operator("tour".into()), self.now, command)?)
    }

    fn by(&self, person: PersonId, command: Command) -> Result<kampus_core::Receipt, Box<dyn Error>> {
        Ok(self.kampus.execute(&Actor::Person(person), self.now, command)?)
    }

    fn unit(&self, code: &str) -> Result<OrganisationId, Box<dyn Error>> {
        let snapshot = self.kampus.snapshot();
        Ok(snapshot.directory().organisation_by_code(code).ok_or("an unknown code")?.id)
    }

    fn person(&self, code: &str, name: &str) -> Result<PersonId, Box<dyn Error>> {
        let new = NewPerson::official(self.unit(code)?, name);
        Ok(self.operator(Command::AddPerson(Box::new(new)))?.person().ok_or("nobody was made")?)
    }

    fn guest(&self, name: &str) -> Result<PersonId, Box<dyn Error>> {
        let new = NewPerson {
            home: None,
            user_type: UserType::Guest,
            ..NewPerson::official(self.unit("VN")?, name)
        };
        Ok(self.operator(Command::AddPerson(Box::new(new)))?.person().ok_or("nobody was made")?)
    }

    fn section(&self, code: &str, title: &str) -> Result<Container, Box<dyn Error>> {
        let new = NewSection {
            title: Localised::one(Language::Fi, title.into()),
            owner: self.unit(code)?,
            parent: None,
            visibility: SectionVisibility::Organisation,
            ceiling: Classification::Internal,
        };
        let made = self.operator(Command::AddSection(Box::new(new)))?.section();
        Ok(Container::Section(made.ok_or("no section was made")?))
    }

    fn workspace(&self, manager: PersonId) -> Result<kampus_core::WorkspaceId, Box<dyn Error>> {
        let new = NewWorkspace {
            title: Localised::one(Language::Fi, "Valmiusharjoitus".into()),
            purpose: Localised::default(),
            host: self.unit("VM")?,
            visibility: WorkspaceVisibility::Hidden,
            ceiling: Classification::SecurityIv,
        };
        Ok(self
            .by(manager, Command::AddWorkspace(Box::new(new)))?
            .workspace()
            .ok_or("no workspace was made")?)
    }

    fn page(&self, author: PersonId, place: Container, title: &str) -> Result<ItemId, Box<dyn Error>> {
        // Making a page in a section takes an Editor; Publishers have all below them.
        let new = NewItem::new(ItemKind::Page, place, Language::Fi, title, "<p>…</p>");
        let item = self.by(author, Command::AddItem(Box::new(new)))?.item().ok_or("no page was made")?;
        self.by(author, Command::SetStatus(item, Status::Published))?;
        Ok(item)
    }
}

fn grant(principal: Principal, role: Role, scope: Scope) -> Command {
    Command::Grant { principal, role, scope, period: Period::ALWAYS }
}
