//! What the words of a story mean here: tuples in, grants and groups out.

use kampus_core::Period;
use kampus_core::access::{Action, Role};

/// One fact of a story: `subject` is `relation` of `object`, each thing named `type:id`. A subject `type:id#relation`
/// is all who are that relation of it, `type:*` is everyone.
#[derive(Debug, Clone)]
pub(crate) struct Tuple {
    pub(crate) subject: String,
    pub(crate) relation: String,
    pub(crate) object: String,
    pub(crate) period: Period,
}

impl Tuple {
    pub(crate) fn new(subject: &str, relation: &str, object: &str) -> Self {
        Self {
            subject: subject.to_owned(),
            relation: relation.to_owned(),
            object: object.to_owned(),
            period: Period::ALWAYS,
        }
    }
}

/// What things of a type are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    /// An organisation, or a unit where it is under another.
    Organisation,
    /// A restricted section.
    Section,
    /// A closed workspace.
    Workspace,
    /// A published document.
    Document,
}

/// What a tuple does here.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Means<'a> {
    /// Grants the subject a role on the object.
    Grants(Role),
    /// Grants the subject a role on one section of the organisation that the object is.
    GrantsIn(&'a str, Role),
    /// Takes the subject into the group of all who are that relation of the object.
    Joins(&'a str),
    /// Takes all who are the second relation of the subject into the group of the first relation of the object.
    TakesIn(&'a str, &'a str),
    /// Affiliates the subject to the organisation that the object is.
    Affiliates,
    /// Places the object under the subject; a workspace under an organisation is hosted there.
    Under,
    /// Places the object under the subject if that is of a type.
    UnderA(&'a str),
    /// Places the object in one section of the organisation that the subject is.
    UnderIn(&'a str),
    /// Makes the subject a guest.
    Guest,
    /// Makes the subject the author of the object.
    Wrote,
    /// Nothing that a question with a counterpart asks for.
    Nothing,
}

/// What a question about a relation asks here.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ask<'a> {
    /// Who may do that on the object?
    May(Action),
    /// Who may do that in one section of the organisation that the object is?
    MayIn(&'a str, Action),
    /// There is no such question here, for a reason.
    Never(&'a str),
}

/// What the words of one story mean here.
#[derive(Debug, Default)]
pub(crate) struct Mapping<'a> {
    /// The types of people.
    pub(crate) people: Vec<&'a str>,
    /// The types of things.
    pub(crate) things: Vec<(&'a str, Thing)>,
    /// Type and relation of a tuple's object, and what it does.
    pub(crate) facts: Vec<(&'a str, &'a str, Vec<Means<'a>>)>,
    /// Type and relation of a question, and what it asks.
    pub(crate) asks: Vec<(&'a str, &'a str, Ask<'a>)>,
}

impl<'a> Mapping<'a> {
    pub(crate) fn thing(&self, name: &str) -> Option<Thing> {
        self.things.iter().find(|(kind, _)| *kind == type_of(name)).map(|(_, thing)| *thing)
    }

    pub(crate) fn means(&self, tuple: &Tuple) -> &[Means<'a>] {
        let row = self
            .facts
            .iter()
            .find(|(kind, relation, _)| *kind == type_of(&tuple.object) && *relation == tuple.relation);
        row.map_or_else(|| panic!("no row says what {tuple:?} means"), |(.., means)| means)
    }

    pub(crate) fn ask(&self, kind: &str, relation: &str) -> Ask<'a> {
        let row = self.asks.iter().find(|row| row.0 == kind && row.1 == relation);
        row.map_or_else(|| panic!("no row says what {kind}#{relation} asks"), |row| row.2)
    }

    pub(crate) fn is_person(&self, name: &str) -> bool {
        !name.contains('#') && self.people.contains(&type_of(name))
    }
}

pub(crate) fn type_of(name: &str) -> &str {
    name.split_once(':').map_or(name, |(kind, _)| kind)
}
