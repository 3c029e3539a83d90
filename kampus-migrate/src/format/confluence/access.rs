//! Who may what: grants of spaces, and restrictions of pages ("Permissions and restrictions").
//!
//! | in the export | becomes |
//! |---|---|
//! | `SpacePermission` to view, to edit pages or blog posts, to set permissions | rights in the space, which inherits from nothing |
//! | `ContentPermissionSet` `View` | only these of those above, here and below |
//! | `ContentPermissionSet` `Edit` | only these change it; what is below does not inherit that |
//! | a set, a user or a page above that the export names and does not hold | nobody |
//!
//! A restriction that cannot be read ends the file: without it more would read than at the source.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::index::Index;
use super::notes::Kind;
use super::object::Object;
use super::people::People;
use crate::record::{Inheritance, Permission, Permissions, Right, Who};

/// Grants and restrictions as they stand.
#[derive(Debug, Default)]
pub(super) struct Access {
    /// Spaces, and whether they name permissions.
    spaces: BTreeMap<u64, bool>,
    grants: BTreeMap<u64, Vec<(Grant, Subject)>>,
    sets: BTreeMap<u64, Set>,
    /// Restrictions by their ids.
    entries: HashMap<u64, (Option<u64>, Subject)>,
    /// What was worked out of them.
    restricted: HashMap<u64, Restriction>,
    /// Whether the export says anything of permissions.
    pub(super) knows: bool,
}

/// What a grant to people without a log-in says.
const ANONYMOUS: [&str; 8] = [
    "space",
    "type",
    "creator",
    "creatorName",
    "creationDate",
    "lastModifier",
    "lastModifierName",
    "lastModificationDate",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grant {
    View,
    EditPages,
    EditPosts,
    Administer,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Subject {
    User(Rc<str>),
    Group(String),
    SignedIn,
    Everyone,
    /// Somebody whom the export does not tell.
    Nobody(u64),
}

#[derive(Debug)]
struct Set {
    owner: Option<u64>,
    kind: String,
    entries: Vec<u64>,
}

/// What restricts one page.
#[derive(Debug, Default)]
struct Restriction {
    read: Option<BTreeSet<Who>>,
    write: Option<BTreeSet<Who>>,
    other: Vec<(Who, String)>,
}

impl Access {
    pub(super) fn space(&mut self, id: u64, names_permissions: bool) {
        self.spaces.insert(id, names_permissions);
        self.knows |= names_permissions;
    }

    /// A grant; those for the whole site are about no content.
    pub(super) fn grant(&mut self, object: &Object, people: &mut People) {
        let Some(space) = object.link("space") else { return };
        self.knows = true;
        let grant = match object.text("type").unwrap_or_default().to_uppercase().as_str() {
            "VIEWSPACE" => Grant::View,
            "EDITSPACE" => Grant::EditPages,
            "EDITBLOG" => Grant::EditPosts,
            "SETSPACEPERMISSIONS" => Grant::Administer,
            _ => return,
        };
        let signed_in = object.text("allUsersSubject");
        let subject = match subject(object, "group", people) {
            Some(subject) => subject,
            None => match signed_in.map(|word| word.to_lowercase().replace('_', "-")) {
                Some(word) if word == "authenticated-users" => Subject::SignedIn,
                // People without a log-in: nobody is named, in no way.
                None if !object.says_more_than(&ANONYMOUS) => Subject::Everyone,
                _ => Subject::Nobody(object.number().unwrap_or(0)),
            },
        };
        self.grants.entry(space).or_default().push((grant, subject));
    }

    /// A set of restrictions.
    pub(super) fn set(&mut self, object: &Object) -> Result<(), String> {
        self.knows = true;
        let id =
            object.number().ok_or("a set of restrictions has no id: nobody could tell who may read what")?;
        let kind = object.text("type").unwrap_or_default().to_lowercase();
        let set =
            Set { owner: object.link("owningContent"), kind, entries: object.list("contentPermissions") };
        if self.sets.insert(id, set).is_some() {
            return Err(format!(
                "two sets of restrictions have the id {id}: nobody could tell who may read what"
            ));
        }
        Ok(())
    }

    /// Somebody whom a set names.
    pub(super) fn restriction(&mut self, object: &Object, people: &mut People) -> Result<(), String> {
        self.knows = true;
        let id = object.number().ok_or("a restriction has no id: nobody could tell who may read what")?;
        let subject = subject(object, "groupName", people).unwrap_or(Subject::Nobody(id));
        if self.entries.insert(id, (object.link("owningSet"), subject)).is_some() {
            return Err(format!("two restrictions have the id {id}: nobody could tell who may read what"));
        }
        Ok(())
    }
}

/// The user or group whom an object names.
fn subject(object: &Object, group: &str, people: &mut People) -> Option<Subject> {
    let login = object.text("userName").or_else(|| object.text("userSubject"));
    match people.named(object.to("userSubject"), login) {
        Some(word) => Some(Subject::User(word)),
        None => object.text(group).map(|name| Subject::Group(name.to_owned())),
    }
}

/// Nobody: a word that is nobody's.
fn nobody(what: &str) -> Who {
    Who::Person(format!("unknown:{what}"))
}

impl Subject {
    fn who(&self, people: &People) -> Who {
        match self {
            Self::User(word) => Who::Person(people.id(word)),
            Self::Group(name) => Who::Group(name.clone()),
            Self::SignedIn => Who::SignedIn,
            Self::Everyone => Who::Everyone,
            Self::Nobody(id) => nobody(&format!("permission {id}")),
        }
    }
}

impl Index {
    /// Works out what restricts which page, when all is known.
    pub(super) fn restrict(&mut self) {
        let access = &self.access;
        let mut by_set: HashMap<u64, BTreeSet<Who>> = HashMap::new();
        for (set, subject) in access.entries.values() {
            if let Some(set) = set {
                by_set.entry(*set).or_default().insert(subject.who(&self.people));
            }
        }
        let mut restricted: HashMap<u64, Restriction> = HashMap::new();
        let mut owners: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for (id, set) in &access.sets {
            owners.entry(*id).or_default().extend(set.owner);
        }
        for (page, content) in &self.contents {
            for set in &content.sets {
                owners.entry(*set).or_default().insert(*page);
            }
        }
        for (id, pages) in owners {
            let mut whos = by_set.remove(&id).unwrap_or_default();
            let set = access.sets.get(&id);
            for entry in set.into_iter().flat_map(|set| &set.entries) {
                whos.extend(access.entries.get(entry).map(|(_, subject)| subject.who(&self.people)));
            }
            if whos.is_empty() {
                whos.insert(nobody(&format!("restriction {id}")));
            }
            for page in pages {
                let own = restricted.entry(page).or_default();
                let narrowed = match set.map_or("view", |set| set.kind.as_str()) {
                    "edit" => &mut own.write,
                    "view" | "" => &mut own.read,
                    other => {
                        own.other.extend(whos.iter().map(|who| (who.clone(), other.to_owned())));
                        continue;
                    }
                };
                // Of several sets for the same right all have to admit.
                let admitted = match narrowed.take() {
                    None => whos.clone(),
                    Some(before) => before.intersection(&whos).cloned().collect(),
                };
                let is_empty = admitted.is_empty();
                let admitted = narrowed.insert(admitted);
                if is_empty {
                    admitted.insert(nobody(&format!("restriction {id}")));
                }
            }
        }
        self.access.restricted = restricted;
    }

    /// What a space lets people do, with its pages or with its blog posts.
    pub(super) fn space_permissions(&self, space: u64, kind: Kind) -> Permissions {
        let access = &self.access;
        let names = access.spaces.get(&space).copied().unwrap_or_default();
        let Some(grants) = access.grants.get(&space) else {
            let inheritance = if names { Inheritance::Replaces } else { Inheritance::Extends };
            return Permissions { inheritance, entries: Vec::new() };
        };
        let entries: BTreeSet<(Who, Right)> = grants
            .iter()
            .filter_map(|(grant, subject)| {
                let right = match grant {
                    Grant::View => Right::Read,
                    Grant::EditPages if kind == Kind::Page => Right::Write,
                    Grant::EditPosts if kind == Kind::Blog => Right::Write,
                    Grant::EditPages | Grant::EditPosts => return None,
                    Grant::Administer => Right::Administer,
                };
                Some((subject.who(&self.people), right))
            })
            .collect();
        let entries = entries.into_iter().map(|(who, right)| Permission::allowed(who, right)).collect();
        Permissions { inheritance: Inheritance::Replaces, entries }
    }

    /// What is said of a page itself.
    pub(super) fn permissions(&self, page: u64) -> Permissions {
        let Some(content) = self.contents.get(&page) else { return Permissions::default() };
        let mut entries = Vec::new();
        let own = self.access.restricted.get(&page);
        if let Some(own) = own {
            let all = |whos: &Option<BTreeSet<Who>>, right: Right| {
                let whos = whos.iter().flatten().cloned();
                whos.map(|who| Permission::allowed(who, right.clone())).collect::<Vec<_>>()
            };
            entries.extend(all(&own.read, Right::Read));
            entries.extend(all(&own.write, Right::Write));
            let other = own.other.iter().cloned();
            entries.extend(other.map(|(who, word)| Permission::allowed(who, Right::Unknown(word))));
        }
        // What the page above that is not here is restricted to, nobody can tell; the same of a space.
        let is_lost = |id: &u64| !self.contents.contains_key(id);
        if self.access.knows
            && (content.parent.as_ref().is_some_and(is_lost)
                || content.space.is_none_or(|space| !self.spaces.contains_key(&space)))
        {
            let above = content.parent.map_or_else(|| "space".to_owned(), |parent| format!("page {parent}"));
            entries.retain(|entry| entry.right != Right::Read);
            entries.push(Permission::allowed(nobody(&above), Right::Read));
        }
        let mut inheritance = Inheritance::Narrows;
        if own.is_none() && entries.is_empty() && self.is_closed_to_editors(content.parent) {
            inheritance = Inheritance::Extends;
            entries = self.editors(content.space, content.kind);
        }
        Permissions { inheritance, entries }
    }

    /// Whether a page lets fewer edit than its space does. Pages without a restriction of their own never do.
    fn is_closed_to_editors(&self, page: Option<u64>) -> bool {
        /// Below so many restricted pages it does not matter: at most fewer may edit.
        const STEPS: usize = 100;
        let mut next = page;
        for _ in 0..STEPS {
            let Some((id, own)) = next.and_then(|id| Some((id, self.access.restricted.get(&id)?))) else {
                return false;
            };
            if own.write.is_some() {
                return true;
            }
            next = self.contents.get(&id).and_then(|content| content.parent);
        }
        false
    }

    /// Whoever may edit in a space.
    fn editors(&self, space: Option<u64>, kind: Kind) -> Vec<Permission> {
        let own = space.map(|space| self.space_permissions(space, kind)).unwrap_or_default();
        if own.inheritance == Inheritance::Extends {
            return vec![Permission::allowed(Who::SignedIn, Right::Write)];
        }
        own.entries.into_iter().filter(|entry| entry.right == Right::Write).collect()
    }

    /// Whether a space's blog posts are for other editors than its pages.
    pub(super) fn has_own_posts(&self, space: u64) -> bool {
        self.space_permissions(space, Kind::Page) != self.space_permissions(space, Kind::Blog)
    }
}
