//! A small government to try things on.

use jiff::Timestamp;
use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::{
    Classification, Container, ItemKind, SectionVisibility, Status, WorkspaceVisibility,
};
use kampus_core::directory::{Employment, OrganisationKind, UnitLevel, UserType};
use kampus_core::{
    Actor, Command, CommandError, ExecuteError, ItemId, Kampus, Language, Localised, NewItem, NewNode,
    NewPerson, NewSection, NewWorkspace, OrganisationId, Period, PersonId, Receipt, SectionId, Viewer,
    WorkspaceId,
};

/// The morning on which stories begin.
pub(crate) fn morning() -> Timestamp {
    "2018-03-01T07:00:00Z".parse().unwrap()
}

/// An organisation or unit without a name.
pub(crate) fn node(code: &str, kind: OrganisationKind, parent: Option<&str>) -> NewNode {
    NewNode {
        code: code.to_owned(),
        kind,
        parent: parent.map(str::to_owned),
        order: 0,
        names: Vec::new(),
        aliases: Vec::new(),
        region: None,
        time_zone: None,
    }
}

/// Two ministries, VM with a department VM-BO, and STM; no people yet.
pub(crate) struct World {
    pub(crate) kampus: Kampus,
    pub(crate) now: Timestamp,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::on(Kampus::in_memory())
    }

    pub(crate) fn on(kampus: Kampus) -> Self {
        let world = Self { kampus, now: morning() };
        world.operator(Command::Found(vec![
            node("VN", OrganisationKind::Government, None),
            node("VM", OrganisationKind::Ministry, Some("VN")),
            node("VM-BO", OrganisationKind::Unit(UnitLevel::Department), Some("VM")),
            node("STM", OrganisationKind::Ministry, Some("VN")),
        ]));
        world
    }

    pub(crate) fn operator(&self, command: Command) -> Receipt {
        self.kampus
            .execute(&Actor::Operator("test".into()), self.now, command)
            .expect("an operator's command")
    }

    pub(crate) fn by(&self, person: PersonId, command: Command) -> Receipt {
        self.kampus.execute(&Actor::Person(person), self.now, command).expect("an allowed command")
    }

    pub(crate) fn refused(&self, person: PersonId, command: Command) -> CommandError {
        match self.kampus.execute(&Actor::Person(person), self.now, command) {
            Err(ExecuteError::Refused(error)) => error,
            other => panic!("should be refused: {other:?}"),
        }
    }

    pub(crate) fn unit(&self, code: &str) -> OrganisationId {
        self.kampus.snapshot().directory().organisation_by_code(code).expect("a known code").id
    }

    pub(crate) fn person(&self, code: &str) -> PersonId {
        let new = NewPerson::official(self.unit(code), "Testi Henkilö");
        self.operator(Command::AddPerson(Box::new(new))).person().unwrap()
    }

    pub(crate) fn guest(&self) -> PersonId {
        let mut new = NewPerson::official(self.unit("VM"), "Vieras");
        new.home = None;
        new.user_type = UserType::Guest;
        self.operator(Command::AddPerson(Box::new(new))).person().unwrap()
    }

    pub(crate) fn suspend(&self, person: PersonId) {
        self.operator(Command::SetEmployment(person, Employment::Suspended));
    }

    pub(crate) fn section(&self, owner: &str, visibility: SectionVisibility) -> SectionId {
        self.section_under(None, owner, visibility)
    }

    pub(crate) fn section_under(
        &self,
        parent: Option<SectionId>,
        owner: &str,
        visibility: SectionVisibility,
    ) -> SectionId {
        let new = NewSection {
            title: Localised::one(Language::Fi, "Osio".to_owned()),
            owner: self.unit(owner),
            parent,
            visibility,
            ceiling: Classification::SecurityIv,
        };
        self.operator(Command::AddSection(Box::new(new))).section().unwrap()
    }

    pub(crate) fn workspace(&self, manager: PersonId, visibility: WorkspaceVisibility) -> WorkspaceId {
        let new = NewWorkspace {
            title: Localised::one(Language::Fi, "Työtila".to_owned()),
            purpose: Localised::default(),
            host: self.unit("VM"),
            visibility,
            ceiling: Classification::SecurityIv,
        };
        self.by(manager, Command::AddWorkspace(Box::new(new))).workspace().unwrap()
    }

    pub(crate) fn grant(&self, principal: Principal, role: Role, scope: Scope) {
        self.grant_for(principal, role, scope, Period::ALWAYS);
    }

    pub(crate) fn grant_for(&self, principal: Principal, role: Role, scope: Scope, period: Period) {
        self.operator(Command::Grant { principal, role, scope, period });
    }

    /// A published page by that author, who is granted what writing and publishing asks for.
    pub(crate) fn page(&self, author: PersonId, container: Container) -> ItemId {
        let id = self.draft(author, container);
        self.by(author, Command::SetStatus(id, Status::Published));
        id
    }

    /// A draft by that author, who is granted what writing asks for.
    pub(crate) fn draft(&self, author: PersonId, container: Container) -> ItemId {
        if let Container::Section(id) = container {
            self.grant(Principal::Person(author), Role::Publisher, Scope::Section(id));
        }
        let new = NewItem::new(ItemKind::Page, container, Language::Fi, "Ohje", "<p>Teksti</p>");
        self.by(author, Command::AddItem(Box::new(new))).item().unwrap()
    }

    pub(crate) fn sees(&self, person: PersonId, item: ItemId) -> bool {
        self.viewer(person).item(item).is_ok()
    }

    pub(crate) fn viewer(&self, person: PersonId) -> Viewer {
        self.kampus.viewer(person, self.now)
    }
}
