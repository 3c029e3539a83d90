//! People: who an export means, and who is new.

use std::collections::HashMap;

use kampus_core::directory::{Employment, Profile, UserType};
use kampus_core::{
    Command, CommandError, Kampus, Language, NewPerson, OrganisationId, PersonId, Snapshot, Transaction,
};

use super::error::MigrateError;
use super::ledger;
use crate::record::LegacyPerson;

/// Everybody in the store, by what an export may call them.
#[derive(Debug, Default)]
pub(crate) struct People {
    emails: HashMap<String, PersonId>,
    user_names: HashMap<String, PersonId>,
    /// Names are no keys: a name that two people have finds nobody.
    full_names: HashMap<String, Option<PersonId>>,
    /// Placeholders that nobody has claimed, by e-mail address and by log-in.
    waiting: HashMap<String, Vec<PersonId>>,
}

impl People {
    /// Reads the store's profiles.
    pub(crate) fn read(store: &Kampus) -> Result<Self, MigrateError> {
        let mut people = Self::default();
        let snapshot = store.snapshot();
        let stands_in =
            |id: PersonId| snapshot.directory().person(id).is_some_and(|person| person.placeholder);
        let (placeholders, others): (Vec<_>, Vec<_>) =
            store.profiles()?.into_iter().partition(|(person, _)| stands_in(*person));
        // Who is somebody comes after who stands in for somebody, and takes the words for both.
        for (person, profile) in placeholders.into_iter().chain(others) {
            let Some(claimant) = snapshot.directory().claimant(person) else { continue };
            people.add(claimant, &profile);
            if claimant == person && stands_in(person) {
                for word in [&profile.email, &profile.user_name].into_iter().flatten() {
                    people.waiting.entry(word.to_lowercase()).or_default().push(person);
                }
            }
        }
        Ok(people)
    }

    fn add(&mut self, person: PersonId, profile: &Profile) {
        if let Some(email) = &profile.email {
            self.emails.insert(email.to_lowercase(), person);
        }
        if let Some(name) = &profile.user_name {
            self.user_names.insert(name.to_lowercase(), person);
        }
        for name in names(profile) {
            self.full_names
                .entry(name)
                .and_modify(|known| *known = known.filter(|id| *id == person))
                .or_insert(Some(person));
        }
    }

    /// Who has this e-mail address, or else this log-in name.
    fn find(&self, person: &LegacyPerson) -> Option<PersonId> {
        let by = |map: &HashMap<String, PersonId>, key: &Option<String>| {
            key.as_ref().and_then(|key| map.get(&key.trim().to_lowercase()).copied())
        };
        by(&self.emails, &person.email).or_else(|| by(&self.user_names, &person.login))
    }

    /// Takes in a person of a people list who is in no store yet; tells the name to show.
    pub(crate) fn list(&mut self, id: PersonId, person: &LegacyPerson) -> String {
        let profile = profile(person);
        self.add(id, &profile);
        profile.shown_name()
    }

    /// Claims for somebody of a people list the placeholders that are certainly the same person: they have the same e-mail
    /// address, or the same log-in in the same organisation and no other address.
    pub(crate) fn claim_for(
        &mut self,
        tx: &mut Transaction<'_>,
        person: PersonId,
        listed: &LegacyPerson,
    ) -> Result<Vec<PersonId>, MigrateError> {
        let mut claimed = Vec::new();
        for (word, is_email) in [(&listed.email, true), (&listed.login, false)] {
            let Some(word) = word.as_ref().map(|word| word.trim().to_lowercase()) else { continue };
            let Some(waiting) = self.waiting.get(&word).cloned() else { continue };
            for placeholder in waiting {
                let snapshot = tx.snapshot();
                let waits = snapshot.directory().claimant(placeholder) == Some(placeholder);
                if !waits || !(is_email || is_same(&snapshot, placeholder, person, listed)?) {
                    continue;
                }
                match tx.execute(Command::ClaimPlaceholder { placeholder, person }) {
                    Ok(_) => claimed.push(placeholder),
                    // One that takes part in something is left to people.
                    Err(CommandError::StillNamed(_)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(claimed)
    }

    /// Who an author of an export is. A name alone is a sign only when there is no address that says otherwise.
    pub(crate) fn who(&self, person: &LegacyPerson) -> Option<PersonId> {
        self.find(person)
            .or_else(|| person.email.is_none().then(|| self.called(&profile(person).shown_name())).flatten())
    }

    /// Who has this e-mail address.
    pub(crate) fn with_email(&self, word: &str) -> Option<PersonId> {
        self.emails.get(&word.trim().to_lowercase()).copied()
    }

    /// Who is meant by a word beside a page: an e-mail address, a log-in or a full name.
    pub(crate) fn called(&self, word: &str) -> Option<PersonId> {
        let word = fold(word);
        self.emails
            .get(&word)
            .or_else(|| self.user_names.get(&word))
            .copied()
            .or_else(|| self.full_names.get(&word).copied().flatten())
    }
}

/// Whether a placeholder with somebody's log-in is that person.
fn is_same(
    snapshot: &Snapshot,
    placeholder: PersonId,
    person: PersonId,
    listed: &LegacyPerson,
) -> Result<bool, MigrateError> {
    let directory = snapshot.directory();
    let organisation = |id: PersonId| {
        let home = directory.person(id).and_then(|person| person.home)?;
        directory.organisation_of(home).map(|node| node.id)
    };
    let profile = snapshot.untrimmed().profile(placeholder)?.unwrap_or_default();
    let has_login = profile
        .user_name
        .is_some_and(|own| listed.login.as_deref().is_some_and(|login| fold(&own) == fold(login)));
    let has_other_address = profile.email.is_some() && listed.email.is_some();
    Ok(has_login
        && !has_other_address
        && organisation(placeholder).is_some()
        && organisation(placeholder) == organisation(person))
}

fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The ways in which people write a name: as shown, given name first, family name first.
fn names(profile: &Profile) -> Vec<String> {
    let (given, family) = (&profile.given_name, &profile.family_name);
    let mut names = vec![fold(&profile.shown_name())];
    if !given.is_empty() && !family.is_empty() {
        names.extend([
            fold(&format!("{given} {family}")),
            fold(&format!("{family} {given}")),
            fold(&format!("{family}, {given}")),
        ]);
    }
    names.sort();
    names.dedup();
    names.retain(|name| !name.is_empty());
    names
}

/// What was done about a person's record.
pub(crate) enum Admitted {
    /// Entered.
    New(PersonId),
    /// Known, and told anew.
    Updated(PersonId),
    /// Known.
    Known(PersonId),
}

/// Why a person could not be entered.
pub(crate) type Refusal = String;

/// Enters a person of a people list, or brings what is told of them up to date.
pub(crate) fn admit(
    tx: &mut Transaction<'_>,
    people: &mut People,
    person: &LegacyPerson,
    known: Option<PersonId>,
) -> Result<Result<Admitted, Refusal>, MigrateError> {
    let profile = profile(person);
    if profile.shown_name().is_empty() && profile.email.is_none() {
        return Ok(Err("it has neither a name nor an e-mail address".to_owned()));
    }
    let stands_in =
        |id: &PersonId| tx.snapshot().directory().person(*id).is_some_and(|known| known.placeholder);
    let found = known.or_else(|| people.find(person).filter(|found| !stands_in(found)));
    if let Some(id) = found {
        tx.execute(Command::SetProfile(id, Box::new(profile.clone())))?;
        people.add(id, &profile);
        return Ok(Ok(Admitted::Updated(id)));
    }
    let user_type = match user_type(person.user_type.as_deref()) {
        Ok(user_type) => user_type,
        Err(reason) => return Ok(Err(reason)),
    };
    let home = match (user_type, person.organisation.as_deref()) {
        (UserType::Guest, _) => None,
        (_, Some(name)) => match organisation(&tx.snapshot(), name) {
            Some(id) => Some(id),
            None => return Ok(Err(format!("no organisation is called `{name}`"))),
        },
        (_, None) => return Ok(Err("it does not say to which organisation the person belongs".to_owned())),
    };
    let id = enter(tx, home, user_type, Employment::Active, person, &profile)?;
    people.add(id, &profile);
    Ok(Ok(Admitted::New(id)))
}

/// The person behind an author of an export: somebody known, or a placeholder that can be claimed later. What an
/// export says of people it does not keep is no reason to change what is told of them.
pub(crate) fn author(
    tx: &mut Transaction<'_>,
    people: &mut People,
    source: &str,
    home: OrganisationId,
    person: &LegacyPerson,
) -> Result<Admitted, MigrateError> {
    if let Some(id) = people.who(person) {
        return Ok(Admitted::Known(id));
    }
    let profile = profile(person);
    let key = person
        .email
        .as_deref()
        .or(person.login.as_deref())
        .map_or_else(|| fold(&profile.shown_name()), |word| word.trim().to_lowercase());
    if let Some(id) = ledger::placeholder(tx, source, &key)?
        && let Some(id) = tx.snapshot().directory().claimant(id)
    {
        return Ok(Admitted::Known(id));
    }
    let id = enter(tx, Some(home), UserType::Official, Employment::Ended, person, &profile)?;
    ledger::put_placeholder(tx, source, &key, id)?;
    Ok(Admitted::New(id))
}

fn enter(
    tx: &mut Transaction<'_>,
    home: Option<OrganisationId>,
    user_type: UserType,
    employment: Employment,
    person: &LegacyPerson,
    profile: &Profile,
) -> Result<PersonId, MigrateError> {
    let language = person.language.as_deref().and_then(|tag| tag.parse().ok()).unwrap_or(Language::Fi);
    let receipt = tx.execute(Command::AddPerson(Box::new(NewPerson {
        home,
        languages: vec![language],
        user_type,
        employment,
        placeholder: employment == Employment::Ended,
        profile: profile.clone(),
    })))?;
    receipt.person().ok_or(MigrateError::NothingMade("person"))
}

fn profile(person: &LegacyPerson) -> Profile {
    let clean = |text: &Option<String>| {
        text.as_ref().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    Profile {
        given_name: person.given_name.trim().to_owned(),
        family_name: person.family_name.trim().to_owned(),
        display_name: person.display_name.trim().to_owned(),
        email: clean(&person.email),
        phone: clean(&person.phone),
        title: clean(&person.title),
        user_name: clean(&person.login),
    }
}

fn user_type(word: Option<&str>) -> Result<UserType, Refusal> {
    let Some(word) = word.map(str::trim).filter(|word| !word.is_empty()) else {
        return Ok(UserType::Official);
    };
    match word.to_lowercase().as_str() {
        "official" | "virkamies" | "virkahenkilö" | "tjänsteman" | "tjänsteinnehavare" => {
            Ok(UserType::Official)
        }
        "posted" | "lähetetty" | "utsänd" => Ok(UserType::Posted),
        "local" | "asemamaasta palkattu" | "paikalta palkattu" | "lokalanställd" => Ok(UserType::Local),
        "political" | "poliittinen" | "erityisavustaja" | "valtiosihteeri" | "ministeri"
        | "specialmedarbetare" | "statssekreterare" | "minister" => Ok(UserType::Political),
        "guest" | "vierailija" | "ulkopuolinen" | "gäst" | "konsultti" => Ok(UserType::Guest),
        _ => Err(format!("`{word}` is no user type: official, posted, local, political or guest")),
    }
}

/// The organisation or unit that a text means.
pub(crate) fn organisation(snapshot: &Snapshot, text: &str) -> Option<OrganisationId> {
    let directory = snapshot.directory();
    directory.organisation_by_code(text.trim()).map(|node| node.id).or_else(|| {
        let mut called = directory.organisations().filter(|node| node.is_called(text));
        let first = called.next()?;
        // Two organisations of one name are a question, not an answer.
        called.next().is_none().then_some(first.id)
    })
}
