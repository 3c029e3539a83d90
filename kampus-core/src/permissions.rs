//! Who can do what in a place, for those who decide about it: the report that shows grants as they work out.

use jiff::Timestamp;
use serde::Serialize;

use crate::access::{Action, GrantSource, Principal, Role, Scope, rules};
use crate::content::Container;
use crate::id::PersonId;
use crate::viewer::{ReadError, Viewer};

/// One way in which somebody has a role on a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Permission {
    /// Who; `None` stands for all staff, who are not listed one by one.
    pub person: Option<PersonId>,
    /// The role it gives.
    pub role: Role,
    /// To whom it was given: the person, or what they belong to.
    pub principal: Principal,
    /// Where: the scope itself, or one it inherits from.
    pub granted_on: Scope,
    /// By whom or what.
    pub source: GrantSource,
    /// From when on.
    pub from: Option<Timestamp>,
    /// Until when.
    pub until: Option<Timestamp>,
}

impl Viewer {
    /// Every way in which anybody in active service has a role on a scope, the strongest first: what an administrator
    /// or a manager looks at before changing something. A person with several ways in is there several times.
    ///
    /// # Errors
    /// [`ReadError::NotFound`] for whoever may not give grants there.
    pub fn permissions(&self, scope: Scope) -> Result<Vec<Permission>, ReadError> {
        if !self.may(Action::Grant, scope) {
            return Err(ReadError::NotFound(scope.to_string()));
        }
        let state = self.snapshot().state();
        let mut found = Vec::new();
        for source in rules::rule_5_lineage(state, scope) {
            for grant in state.grants_on(source).filter(|grant| grant.period.contains(self.at())) {
                let row = Permission {
                    person: None,
                    role: grant.role,
                    principal: grant.principal,
                    granted_on: source,
                    source: rules::source_of(state, grant),
                    from: grant.period.from,
                    until: grant.period.until,
                };
                self.expand(&row, &mut found);
            }
        }
        if let Some(container) = rules::container_of(state, scope)
            && let Some(principal) = rules::rule_6_visibility(state, container)
            // An item that inherits nothing does not inherit this either.
            && rules::rule_5_lineage(state, scope).contains(&Scope::from(container))
        {
            let row = Permission {
                person: None,
                role: Role::Reader,
                principal,
                granted_on: container.into(),
                source: GrantSource::Visibility,
                from: None,
                until: None,
            };
            self.expand(&row, &mut found);
        }
        // A guest whom the workspace did not invite has nothing by being in a group (rule 9).
        found.retain(|row| row.person.is_none_or(|person| self.reaches(person, scope)));
        found.sort_by_key(|row| (std::cmp::Reverse(row.role), row.person, row.granted_on));
        Ok(found)
    }

    /// The people behind a row.
    fn expand(&self, row: &Permission, found: &mut Vec<Permission>) {
        if row.principal == Principal::Everyone {
            found.push(row.clone());
            return;
        }
        let state = self.snapshot().state();
        let people = state.index.serving(state, row.principal, self.at());
        let people = people.iter().filter_map(PersonId::new);
        found.extend(people.map(|person| Permission { person: Some(person), ..row.clone() }));
    }

    /// Whether any role on a scope reaches a person at all.
    fn reaches(&self, person: PersonId, scope: Scope) -> bool {
        let state = self.snapshot().state();
        let is_staff = state.directory.person(person).is_some_and(crate::directory::Person::is_staff);
        let invited = || match rules::container_of(state, scope) {
            Some(Container::Workspace(id)) => state.grants_on(Scope::Workspace(id)).any(|grant| {
                grant.principal == Principal::Person(person) && grant.period.contains(self.at())
            }),
            _ => false,
        };
        is_staff || invited()
    }
}

/// Writes permissions as comma-separated values (RFC 4180) with a header: ids and words, no names.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write_permissions(permissions: &[Permission], to: impl std::io::Write) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    let failed = |error: csv::Error| std::io::Error::other(error);
    let header = ["person", "role", "principal", "granted_on", "source", "from", "until"];
    writer.write_record(header).map_err(failed)?;
    for row in permissions {
        let (source, grant) = match row.source {
            GrantSource::Given(id) => ("given", id.to_string()),
            GrantSource::Visibility => ("visibility", String::new()),
            GrantSource::Administration => ("administration", String::new()),
            GrantSource::BreakGlass(id) => ("break_glass", id.to_string()),
        };
        let moment = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string());
        let fields = [
            row.person.map_or_else(|| "everyone".to_owned(), |person| person.to_string()),
            format!("{:?}", row.role).to_lowercase(),
            row.principal.to_string(),
            row.granted_on.to_string(),
            format!("{source} {grant}").trim_end().to_owned(),
            moment(row.from),
            moment(row.until),
        ];
        writer.write_record(fields).map_err(failed)?;
    }
    writer.flush()
}
