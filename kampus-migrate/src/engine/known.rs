//! What a survey only knows when everything was read: which addresses there are, who is who, which texts occur twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use kampus_core::PersonId;
use kampus_core::content::BlobHash;

use super::address;
use super::people::People;
use crate::clean::{self, Cleaned};
use crate::outcome::{
    DeadTarget, DroppedMarkup, Duplicate, Finding, Problem, SurveyOverview, SurveyOwner, SurveyRow,
    UnknownPerson,
};
use crate::record::{LegacyComment, LegacyFile, LegacyPage, LegacyPerson, LegacyStatus};

/// What the survey has seen so far. Pages are told apart by the number of their row.
#[derive(Default)]
pub(super) struct Known {
    addresses: HashSet<String>,
    hosts: HashSet<String>,
    people: People,
    /// Names of the listed people, by their numbers here.
    listed: Vec<String>,
    has_people_lists: bool,
    /// The people that exports bring, by source and id.
    persons: HashMap<(String, String), LegacyPerson>,
    /// Who has made files and comments, by source: how many of each.
    made: BTreeMap<(String, Mention), (u64, u64)>,
    /// What the unlisted have, by source and by what tells them apart.
    unknown: BTreeMap<(String, String), UnknownPerson>,
    pages: Vec<Seen>,
    markup: BTreeMap<String, DroppedMarkup>,
}

/// What is remembered of a page.
struct Seen {
    author: Option<String>,
    text: Option<BlobHash>,
    links: Vec<Link>,
}

/// A link that may lead to nothing.
struct Link {
    compared: String,
    host: String,
    written: String,
    /// The same with scheme and host, where the page's own address has them.
    whole: String,
}

/// How an export names somebody: by the id of a record or a word, or by what they left beside a comment.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
struct Mention {
    word: Option<String>,
    name: String,
    email: Option<String>,
}

/// Somebody named in an export.
struct Somebody {
    name: String,
    email: Option<String>,
    listed: Option<PersonId>,
}

impl Known {
    /// There is a list of people, even if nobody is on it.
    pub(super) fn expect_people(&mut self) {
        self.has_people_lists = true;
    }

    /// Somebody of a list of people.
    pub(super) fn list(&mut self, person: &LegacyPerson) {
        let next = u32::try_from(self.listed.len() + 1).ok().and_then(PersonId::new);
        if let (None, Some(id)) = (self.people.who(person), next) {
            let name = self.people.list(id, person);
            self.listed.push(name);
        }
    }

    /// Somebody whom an export brings along.
    pub(super) fn meet(&mut self, source: &str, id: &str, person: &LegacyPerson) {
        self.persons.insert((source.to_owned(), id.to_owned()), person.clone());
    }

    /// An address that led to another one.
    pub(super) fn redirect(&mut self, from: &str) {
        self.addresses.extend(address::compared(from, None));
    }

    /// Addresses under which something of the exports was found.
    fn claim(&mut self, addresses: &[String]) {
        for url in addresses.iter().filter_map(|address| address::absolute(address, None)) {
            self.addresses.extend(address::compared_url(&url));
            self.hosts.extend(address::host(&url));
        }
    }

    /// A page, in the order of rows.
    pub(super) fn page(&mut self, page: &LegacyPage, cleaned: &Cleaned, words: &[String], links: &[String]) {
        if page.status != LegacyStatus::Trash {
            self.claim(&page.addresses);
        }
        let base = page.addresses.first().map(String::as_str);
        let links = links.iter().filter(|link| !link.starts_with('#')).filter_map(|link| {
            let url = address::absolute(link, base)?;
            Some(Link {
                compared: address::compared_url(&url)?,
                host: address::host(&url)?,
                written: link.clone(),
                whole: if base.is_some() { url.to_string() } else { link.clone() },
            })
        });
        self.pages.push(Seen {
            author: page.author.clone(),
            text: text_of(words, &cleaned.html),
            links: links.collect(),
        });
        for dropped in &cleaned.dropped {
            let what = dropped.what.clone();
            let sum = self.markup.entry(what.clone()).or_insert(DroppedMarkup { what, count: 0, pages: 0 });
            sum.count += u64::from(dropped.count);
            sum.pages += 1;
        }
    }

    /// A file.
    pub(super) fn file(&mut self, source: &str, file: &LegacyFile) {
        self.claim(&file.addresses);
        let mention = Mention { word: file.author.clone(), ..Mention::default() };
        self.made.entry((source.to_owned(), mention)).or_default().0 += 1;
    }

    /// A comment, whose author may have left a name and an address only.
    pub(super) fn comment(&mut self, source: &str, comment: &LegacyComment) {
        let mention = Mention {
            word: comment.author.clone(),
            name: comment.author_name.clone(),
            email: comment.author_email.clone(),
        };
        self.made.entry((source.to_owned(), mention)).or_default().1 += 1;
    }

    /// Who is meant, now that all people are known; as a run would find them.
    fn meant(&self, source: &str, mention: &Mention) -> Option<Somebody> {
        let word = mention.word.as_deref();
        let left_nothing = mention.email.is_none() && mention.name.trim().is_empty();
        let has_record =
            word.is_some_and(|word| self.persons.contains_key(&(source.to_owned(), word.to_owned())));
        if has_record || left_nothing {
            return self.who(source, word);
        }
        Some(self.somebody(&LegacyPerson {
            display_name: mention.name.clone(),
            email: mention.email.clone(),
            ..LegacyPerson::default()
        }))
    }

    fn who(&self, source: &str, word: Option<&str>) -> Option<Somebody> {
        let word = word.map(str::trim).filter(|word| !word.is_empty())?;
        if let Some(person) = self.persons.get(&(source.to_owned(), word.to_owned())) {
            return Some(self.somebody(person));
        }
        let name = word.strip_prefix("user:").unwrap_or(word);
        Some(Somebody {
            name: name.to_owned(),
            email: name.contains('@').then(|| name.to_owned()),
            listed: self.people.called(name),
        })
    }

    fn somebody(&self, person: &LegacyPerson) -> Somebody {
        let words = [Some(&person.display_name), person.email.as_ref(), person.login.as_ref()];
        let name = words.into_iter().flatten().find(|word| !word.trim().is_empty());
        Somebody {
            name: name.cloned().unwrap_or_default(),
            email: person.email.clone(),
            listed: self.people.who(person),
        }
    }

    /// Notes what somebody has whom no list has: pages, files, comments.
    fn count_unlisted(&mut self, source: &str, somebody: &Somebody, [pages, files, comments]: [u64; 3]) {
        if somebody.listed.is_some() || somebody.name.is_empty() {
            return;
        }
        let key = somebody.email.as_ref().unwrap_or(&somebody.name).to_lowercase();
        let unknown = self.unknown.entry((source.to_owned(), key)).or_insert_with(|| UnknownPerson {
            source: source.to_owned(),
            name: somebody.name.clone(),
            email: somebody.email.clone(),
            pages: 0,
            files: 0,
            comments: 0,
        });
        unknown.pages += pages;
        unknown.files += files;
        unknown.comments += comments;
    }

    /// Completes the rows and tells what stands out, now that everything was read.
    pub(super) fn judge(mut self, rows: &mut [SurveyRow]) -> SurveyOverview {
        let owners = self.owners(rows);
        for ((source, mention), (files, comments)) in std::mem::take(&mut self.made) {
            if let Some(somebody) = self.meant(&source, &mention) {
                self.count_unlisted(&source, &somebody, [0, files, comments]);
            }
        }
        let duplicates = self.duplicates(rows);
        let dead_links = self.dead_links(rows);
        for row in rows {
            // What was found late stands where its kind stands.
            row.findings.sort_by_key(|finding| finding.problem);
            row.problems = row.findings.iter().map(ToString::to_string).collect();
        }
        let mut markup: Vec<DroppedMarkup> = self.markup.into_values().collect();
        markup.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.what.cmp(&b.what)));
        let mut unknown_people: Vec<UnknownPerson> = self.unknown.into_values().collect();
        unknown_people.sort_by(|a, b| {
            (b.pages, b.files, b.comments, &a.name).cmp(&(a.pages, a.files, a.comments, &b.name))
        });
        SurveyOverview {
            has_people_lists: self.has_people_lists,
            owners,
            unknown_people,
            duplicates,
            dead_links,
            markup,
            ..SurveyOverview::default()
        }
    }

    fn owners(&mut self, rows: &mut [SurveyRow]) -> Vec<SurveyOwner> {
        let mut owners: BTreeMap<(Option<PersonId>, String), SurveyOwner> = BTreeMap::new();
        let authors: Vec<Option<String>> = self.pages.iter_mut().map(|page| page.author.take()).collect();
        for (row, author) in rows.iter_mut().zip(authors) {
            let Some(somebody) = self.who(&row.source, author.as_deref()).filter(|who| !who.name.is_empty())
            else {
                row.findings.push(Finding::plain(Problem::NoOwner));
                continue;
            };
            self.count_unlisted(&row.source, &somebody, [1, 0, 0]);
            let key = match somebody.listed {
                Some(_) => String::new(),
                None => somebody.email.as_ref().unwrap_or(&somebody.name).to_lowercase(),
            };
            let listed = somebody.listed.is_some();
            if !listed && self.has_people_lists {
                row.findings.push(Finding::of(Problem::UnlistedOwner, &somebody.name));
            }
            let owner = owners.entry((somebody.listed, key)).or_insert_with(|| SurveyOwner {
                name: self.name_of(&somebody),
                listed,
                sources: Vec::new(),
                pages: 0,
            });
            owner.pages += 1;
            if owner.sources.last() != Some(&row.source) {
                owner.sources.push(row.source.clone());
            }
            row.owner = Some(somebody.name);
        }
        let mut owners: Vec<SurveyOwner> = owners.into_values().collect();
        owners.sort_by(|a, b| b.pages.cmp(&a.pages).then_with(|| a.name.cmp(&b.name)));
        owners
    }

    /// The name that the list of people gives, or else the export's.
    fn name_of(&self, somebody: &Somebody) -> String {
        let index = somebody.listed.and_then(|id| usize::try_from(id.get()).ok()?.checked_sub(1));
        let listed = index.and_then(|index| self.listed.get(index)).filter(|name| !name.is_empty());
        listed.unwrap_or(&somebody.name).clone()
    }

    fn duplicates(&self, rows: &mut [SurveyRow]) -> Vec<Duplicate> {
        let mut texts: HashMap<BlobHash, Vec<usize>> = HashMap::new();
        for (number, page) in self.pages.iter().enumerate() {
            if let Some(text) = page.text {
                texts.entry(text).or_default().push(number);
            }
        }
        let mut groups: Vec<Vec<usize>> = texts.into_values().filter(|group| group.len() > 1).collect();
        groups.sort();
        let mut duplicates = Vec::new();
        for group in groups {
            let mut duplicate = Duplicate { words: 0, pages: Vec::new() };
            for number in &group {
                let Some(row) = rows.get_mut(*number) else { continue };
                row.findings.push(Finding::of(Problem::SameText, &group.len()));
                duplicate.words = row.words;
                duplicate.pages.push(row.page_ref());
            }
            duplicates.push(duplicate);
        }
        duplicates
    }

    fn dead_links(&self, rows: &mut [SurveyRow]) -> Vec<DeadTarget> {
        let mut targets: HashMap<&str, DeadTarget> = HashMap::new();
        for (row, page) in rows.iter_mut().zip(&self.pages) {
            let dead = page
                .links
                .iter()
                .filter(|link| self.hosts.contains(&link.host) && !self.addresses.contains(&link.compared));
            for link in dead {
                row.findings.push(Finding::of(Problem::DeadLink, &link.written));
                let target = targets
                    .entry(&link.compared)
                    .or_insert_with(|| DeadTarget { address: link.whole.clone(), pages: Vec::new() });
                target.pages.push(row.page_ref());
            }
        }
        let mut targets: Vec<DeadTarget> = targets.into_values().collect();
        targets.sort_by(|a, b| b.pages.len().cmp(&a.pages.len()).then_with(|| a.address.cmp(&b.address)));
        targets
    }
}

/// What makes two texts the same one: their words, whatever the markup; pages that only show pictures are compared as
/// they stand, and empty pages are alike without being copies.
fn text_of(words: &[String], html: &str) -> Option<BlobHash> {
    if !words.is_empty() {
        return Some(BlobHash::of(words.join(" ").as_bytes()));
    }
    (!clean::links(html).is_empty()).then(|| BlobHash::of(html.trim().as_bytes()))
}
