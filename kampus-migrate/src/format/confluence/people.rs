//! Users and groups: newer exports know users by keys, older ones by log-ins.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::object::{Object, Spot};
use crate::record::{LegacyGroup, LegacyPerson, Who};

/// Users and groups.
#[derive(Debug, Default)]
pub(super) struct People {
    /// Users by their keys.
    users: BTreeMap<String, User>,
    /// Accounts by their log-ins in small letters.
    accounts: BTreeMap<String, Account>,
    /// Which key a log-in has; none where several have it.
    logins: HashMap<String, Option<String>>,
    groups: BTreeMap<u64, (String, Spot)>,
    memberships: Vec<(u64, Member)>,
    internal: HashMap<u64, String>,
    /// Words for people, each kept once.
    words: BTreeSet<Rc<str>>,
}

#[derive(Debug)]
struct User {
    name: Option<String>,
    email: Option<String>,
    spot: Spot,
}

#[derive(Debug)]
struct Account {
    name: String,
    email: Option<String>,
    given: String,
    family: String,
    shown: String,
    spot: Spot,
}

#[derive(Debug, Clone, Copy)]
enum Member {
    User(u64),
    Group(u64),
}

/// A record of somebody.
pub(super) struct Told {
    pub(super) id: String,
    pub(super) person: LegacyPerson,
    pub(super) spot: Spot,
}

impl People {
    /// A user as content knows them.
    pub(super) fn user(&mut self, object: &Object) {
        if object.id.is_empty() || self.users.contains_key(&object.id) {
            return;
        }
        let own = |name: &str| object.text(name).map(str::to_owned);
        let user = User { name: own("name"), email: own("email"), spot: object.spot };
        let login = own("lowerName").or_else(|| user.name.clone());
        if let Some(login) = login {
            // Two of one log-in are two people, and the log-in means neither.
            self.logins
                .entry(login.to_lowercase())
                .and_modify(|key| *key = None)
                .or_insert_with(|| Some(object.id.clone()));
        }
        self.users.insert(object.id.clone(), user);
    }

    /// An account in the server's own directory.
    pub(super) fn internal(&mut self, object: &Object) {
        let Some(name) = object.text("name") else { return };
        let own = |name: &str| object.text(name).unwrap_or_default().to_owned();
        let login = name.to_lowercase();
        self.internal.extend(object.number().map(|id| (id, login.clone())));
        let account = Account {
            name: name.to_owned(),
            email: object.text("emailAddress").map(str::to_owned),
            given: own("firstName"),
            family: own("lastName"),
            shown: own("displayName"),
            spot: object.spot,
        };
        match self.accounts.get_mut(&login) {
            // The same in two directories: what they do not agree on is not said.
            Some(known) if known.email != account.email => known.email = None,
            Some(_) => {}
            None => drop(self.accounts.insert(login, account)),
        }
    }

    pub(super) fn group(&mut self, object: &Object) {
        if let (Some(id), Some(name)) = (object.number(), object.text("name")) {
            self.groups.entry(id).or_insert_with(|| (name.to_owned(), object.spot));
        }
    }

    pub(super) fn membership(&mut self, object: &Object) {
        let user = object.link("userMember").map(Member::User);
        let group = object.link("groupMember").or_else(|| object.link("childGroup")).map(Member::Group);
        self.memberships.extend(object.link("parentGroup").zip(user.or(group)));
    }

    /// Who made something.
    pub(super) fn author(&mut self, object: &Object) -> Option<Rc<str>> {
        self.named(object.to("creator"), object.text("creatorName"))
    }

    /// The word for a user who is named by a key or a log-in.
    pub(super) fn named(&mut self, key: Option<&str>, login: Option<&str>) -> Option<Rc<str>> {
        let word = match (key, login) {
            (Some(key), _) => format!("user:{key}"),
            (None, Some(login)) => format!("login:{}", login.to_lowercase()),
            (None, None) => return None,
        };
        if let Some(known) = self.words.get(word.as_str()) {
            return Some(Rc::clone(known));
        }
        let word: Rc<str> = word.into();
        self.words.insert(Rc::clone(&word));
        Some(word)
    }

    /// Gives users the log-ins of their keys where only those are known.
    pub(super) fn join(&mut self) {
        for login in self.accounts.keys() {
            self.logins.entry(login.clone()).or_insert(None);
        }
    }

    /// The id of the record of somebody whom a word means.
    pub(super) fn id(&self, word: &str) -> String {
        let key =
            word.strip_prefix("login:").and_then(|login| self.logins.get(login)).and_then(Option::as_ref);
        key.map_or_else(|| word.to_owned(), |key| format!("user:{key}"))
    }

    /// Everybody of whom the export says something.
    pub(super) fn all(&self) -> Vec<Told> {
        let users = self.users.iter().map(|(key, user)| {
            let login = user.name.as_ref().map(|name| name.to_lowercase());
            let account = login.as_ref().filter(|login| self.is_alone(login, key));
            let account = account.and_then(|login| self.accounts.get(login));
            let mut person = account.map_or_else(LegacyPerson::default, Account::person);
            person.login = user.name.clone().or(person.login);
            person.email = person.email.or_else(|| user.email.clone());
            if person.display_name.is_empty() {
                person.display_name = user.name.clone().unwrap_or_else(|| key.clone());
            }
            Told { id: format!("user:{key}"), person, spot: user.spot }
        });
        let accounts = self.accounts.iter().filter(|(login, _)| self.logins.get(*login) == Some(&None));
        let accounts = accounts.map(|(login, account)| Told {
            id: format!("login:{login}"),
            person: account.person(),
            spot: account.spot,
        });
        let mut all: Vec<Told> = users.chain(accounts).collect();
        let known: BTreeSet<&str> = all.iter().map(|told| told.id.as_str()).collect();
        let unknown: BTreeSet<String> = self.words.iter().map(|word| self.id(word)).collect();
        let unknown: Vec<String> = unknown.into_iter().filter(|id| !known.contains(id.as_str())).collect();
        all.extend(unknown.into_iter().map(|id| Told {
            person: unknown_person(&id),
            id,
            spot: Spot::default(),
        }));
        all
    }

    fn is_alone(&self, login: &str, key: &str) -> bool {
        self.logins.get(login).is_some_and(|own| own.as_deref() == Some(key))
    }

    /// The name of somebody.
    pub(super) fn shown(&self, word: &str) -> String {
        let id = self.id(word);
        let (kind, name) = id.split_once(':').unwrap_or(("", id.as_str()));
        let user = self.users.get(name).filter(|_| kind == "user");
        let login = match user {
            Some(user) => user.name.as_deref().unwrap_or(name),
            None => name,
        };
        let account = self.accounts.get(&login.to_lowercase());
        account.map_or_else(|| login.to_owned(), |account| account.person().display_name)
    }

    /// The name of a user by key or log-in, as texts name them.
    pub(super) fn called(&self, key: Option<&str>, login: Option<&str>) -> Option<String> {
        match (key, login) {
            (Some(key), _) => Some(self.shown(&format!("user:{key}"))),
            (None, Some(login)) => Some(self.shown(&format!("login:{}", login.to_lowercase()))),
            (None, None) => None,
        }
    }

    /// Groups with their members. Of two groups with one name nobody could tell who is in which, so neither is told.
    pub(super) fn groups(&self) -> Vec<(u64, LegacyGroup, Spot)> {
        let mut times: HashMap<String, u32> = HashMap::new();
        for (name, _) in self.groups.values() {
            *times.entry(name.to_lowercase()).or_default() += 1;
        }
        let mut members: BTreeMap<u64, Vec<Who>> = BTreeMap::new();
        for (group, member) in &self.memberships {
            let who = match member {
                Member::User(id) => {
                    let login = self.internal.get(id).map_or_else(|| id.to_string(), Clone::clone);
                    Who::Person(self.id(&format!("login:{login}")))
                }
                Member::Group(id) => {
                    let name = self.groups.get(id).map_or_else(|| id.to_string(), |(name, _)| name.clone());
                    Who::Group(name)
                }
            };
            members.entry(*group).or_default().push(who);
        }
        let told = members.into_iter().filter_map(|(id, mut members)| {
            let (name, spot) = self.groups.get(&id)?;
            members.sort();
            members.dedup();
            let is_one = times.get(&name.to_lowercase()) == Some(&1);
            is_one.then(|| (id, LegacyGroup { name: name.clone(), members }, *spot))
        });
        told.collect()
    }
}

impl Account {
    fn person(&self) -> LegacyPerson {
        let full = format!("{} {}", self.given, self.family).trim().to_owned();
        let shown = [&self.shown, &full, &self.name].into_iter().find(|name| !name.is_empty());
        LegacyPerson {
            login: Some(self.name.clone()),
            email: self.email.clone(),
            given_name: self.given.clone(),
            family_name: self.family.clone(),
            display_name: shown.cloned().unwrap_or_default(),
            ..LegacyPerson::default()
        }
    }
}

/// Somebody of whom the export has no more than the word for them.
fn unknown_person(id: &str) -> LegacyPerson {
    let (kind, name) = id.split_once(':').unwrap_or(("", id));
    LegacyPerson {
        login: (kind == "login").then(|| name.to_owned()),
        display_name: name.to_owned(),
        ..LegacyPerson::default()
    }
}
