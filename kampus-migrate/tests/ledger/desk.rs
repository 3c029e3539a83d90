//! A store, and an export that changes from run to run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use kampus_core::access::{Principal, Role, Scope};
use kampus_core::content::{CommentState, Container, Item};
use kampus_core::journal::{Journal as _, SqliteJournal};
use kampus_core::{Actor, Command, ItemId, Kampus, Language, NewPerson, Period, Snapshot};
use kampus_migrate::engine::{self, MigrateError, RunOptions};
use kampus_migrate::inventory::{Decided, Decision, Decisions};
use kampus_migrate::outcome::{RollbackOutcome, RunOutcome, Side};
use kampus_migrate::plan::{CheckedPlan, Plan};
use tempfile::TempDir;

/// A page of the old intranet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) id: u32,
    pub(crate) title: String,
    /// Inside `<p>`; may hold links.
    pub(crate) text: String,
    pub(crate) author: String,
    /// 0 for none.
    pub(crate) parent: u32,
    pub(crate) status: &'static str,
    pub(crate) comments: Vec<Remark>,
    /// What else the export says of it.
    pub(crate) more: String,
}

/// A comment on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    pub(crate) id: u32,
    pub(crate) text: String,
    /// 0 for none.
    pub(crate) parent: u32,
    pub(crate) approved: &'static str,
}

/// A published page with that text.
pub(crate) fn page(id: u32, text: &str) -> Page {
    Page {
        id,
        title: format!("Sivu {id}"),
        text: text.to_owned(),
        author: "maija".to_owned(),
        parent: 0,
        status: "publish",
        comments: Vec::new(),
        more: String::new(),
    }
}

/// An approved comment.
pub(crate) fn remark(id: u32, text: &str, parent: u32) -> Remark {
    Remark { id, text: text.to_owned(), parent, approved: "1" }
}

/// Its address at the source.
pub(crate) fn address(id: u32) -> String {
    format!("https://intra.example/sivu-{id}/")
}

/// An export of these pages, whole.
pub(crate) fn export(pages: &[Page]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel><wp:wxr_version>1.2</wp:wxr_version>\
         <wp:base_blog_url>https://intra.example</wp:base_blog_url>\n",
    );
    for page in pages {
        write!(
            xml,
            "<item><title>{}</title><link>{}</link><dc:creator>{}</dc:creator>\
             <content:encoded><![CDATA[<p>{}</p>]]></content:encoded><wp:post_id>{}</wp:post_id>\
             <wp:post_date_gmt>2017-03-01 08:00:00</wp:post_date_gmt><wp:post_type>page</wp:post_type>\
             <wp:status>{}</wp:status><wp:post_parent>{}</wp:post_parent>{}",
            page.title,
            address(page.id),
            page.author,
            page.text,
            page.id,
            page.status,
            page.parent,
            page.more,
        )
        .unwrap();
        for remark in &page.comments {
            write!(
                xml,
                "<wp:comment><wp:comment_id>{}</wp:comment_id><wp:comment_author>Antti</wp:comment_author>\
                 <wp:comment_date_gmt>2017-04-01 09:00:00</wp:comment_date_gmt>\
                 <wp:comment_content>{}</wp:comment_content><wp:comment_approved>{}</wp:comment_approved>\
                 <wp:comment_parent>{}</wp:comment_parent></wp:comment>",
                remark.id, remark.text, remark.approved, remark.parent,
            )
            .unwrap();
        }
        xml.push_str("</item>\n");
    }
    xml.push_str("</channel></rss>\n");
    xml
}

const PLAN: &str = "name = \"Kokeilu\"\n[[source]]\nid = \"ym\"\npath = \"export.xml\"\norganisation = \"YM\"\n\
     section = { fi = \"Ympäristö\" }\n";

/// A folder with a plan, its export and the store.
pub(crate) struct Desk {
    folder: TempDir,
    runs: std::cell::Cell<i64>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("plan.toml"), PLAN).unwrap();
        Self { folder, runs: std::cell::Cell::new(0) }
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("kampus.db")
    }

    pub(crate) fn kampus(&self) -> Kampus {
        Kampus::open(self.store()).unwrap()
    }

    /// Another hour, each time that it is asked for.
    pub(crate) fn now(&self) -> Timestamp {
        self.runs.set(self.runs.get() + 1);
        "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(self.runs.get())
    }

    pub(crate) fn plan(&self) -> CheckedPlan {
        let known = ["YM".to_owned()].into();
        Plan::read(&self.folder.path().join("plan.toml")).unwrap().check(&known).unwrap()
    }

    pub(crate) fn write(&self, export: &str) {
        std::fs::write(self.folder.path().join("export.xml"), export).unwrap();
    }

    pub(crate) fn run(&self, pages: &[Page]) -> RunOutcome {
        self.run_as(pages, Decisions::default(), Side::Target)
    }

    pub(crate) fn run_as(&self, pages: &[Page], decisions: Decisions, prefer: Side) -> RunOutcome {
        self.write(&export(pages));
        self.run_what_is_there(decisions, prefer)
    }

    pub(crate) fn run_what_is_there(&self, decisions: Decisions, prefer: Side) -> RunOutcome {
        let options = RunOptions { dry_run: false, decisions: Some(decisions), prefer, now: self.now() };
        let outcome = engine::run(&self.plan(), &self.store(), &options, &mut |_| {}).unwrap();
        assert!(outcome.total.adds_up(), "{outcome:?}");
        outcome
    }

    /// Takes a run back.
    pub(crate) fn rollback(&self, run: u64) -> Result<RollbackOutcome, MigrateError> {
        engine::rollback(&self.store(), run, self.now(), &mut |_| {})
    }

    /// The item that a page of the source became first.
    pub(crate) fn item(&self, id: u32) -> Item {
        item_of(&self.kampus().snapshot(), id).clone()
    }

    /// Somebody edits the Finnish text in Kampus.
    pub(crate) fn edit(&self, id: u32, text: &str) {
        let item = self.item(id).id;
        self.act(Command::EditItem {
            item,
            language: Language::Fi,
            title: None,
            lead: None,
            body: Some(format!("<p>{text}</p>")),
        });
    }

    /// Something is done in Kampus by others than the migration.
    pub(crate) fn act(&self, command: Command) {
        self.kampus().execute(&Actor::Operator("test".into()), self.now(), command).unwrap();
    }

    /// Something is done in Kampus by somebody who edits everything of the ministry.
    pub(crate) fn act_as_editor(&self, command: Command) {
        let operator = Actor::Operator("test".into());
        let (kampus, now) = (self.kampus(), self.now());
        let home = kampus.snapshot().directory().organisation_by_code("YM").unwrap().id;
        let new = Command::AddPerson(Box::new(NewPerson::official(home, "Ella Editori")));
        let person = kampus.execute(&operator, now, new).unwrap().person().unwrap();
        let (principal, scope) = (Principal::Person(person), Scope::Organisation(home));
        let grant = Command::Grant { principal, role: Role::Publisher, scope, period: Period::ALWAYS };
        kampus.execute(&operator, now, grant).unwrap();
        kampus.execute(&Actor::Person(person), now, command).unwrap();
    }

    /// Writes the plan anew, with more behind its source.
    pub(crate) fn plan_with(&self, more: &str) {
        std::fs::write(self.folder.path().join("plan.toml"), format!("{PLAN}{more}")).unwrap();
    }

    /// Gives the plan a list of people.
    pub(crate) fn write_people(&self, list: &str) {
        let plan = self.folder.path().join("plan.toml");
        let text = std::fs::read_to_string(&plan).unwrap();
        if !text.contains("[[people]]") {
            std::fs::write(&plan, format!("{text}[[people]]\nid = \"people\"\npath = \"people.csv\"\n"))
                .unwrap();
        }
        std::fs::write(self.folder.path().join("people.csv"), list).unwrap();
    }

    /// The body of what a page of the source became, as it is read in Kampus.
    pub(crate) fn body(&self, id: u32) -> String {
        let snapshot = self.kampus().snapshot();
        body(&snapshot, item_of(&snapshot, id)).trim_end().to_owned()
    }

    /// Where an old address leads.
    pub(crate) fn leads(&self, id: u32) -> Option<String> {
        let redirects = engine::redirects(&self.store()).unwrap();
        redirects.into_iter().find(|redirect| redirect.from == address(id)).map(|redirect| redirect.to)
    }

    /// Proves that nothing was lost.
    pub(crate) fn verify(&self) -> kampus_migrate::outcome::VerifyOutcome {
        engine::verify(&self.plan(), &self.store(), &mut |_| {}).unwrap()
    }
}

/// Decisions about pages of the desk's source.
pub(crate) fn decided(decisions: &[(u32, Decision)]) -> Decisions {
    let mut all = Decisions::default();
    for (id, decision) in decisions {
        let decided =
            Decided { decision: Some(decision.clone()), owner: None, place: "inventory.xlsx".into() };
        all.insert("ym", &format!("post:{id}"), decided);
    }
    all
}

pub(crate) fn merge_into(id: u32) -> Decision {
    Decision::Merge { into: address(id) }
}

pub(crate) fn discard() -> Decision {
    Decision::Discard { reason: Some("vanhentunut".to_owned()) }
}

fn item_of(snapshot: &Snapshot, id: u32) -> &Item {
    let mut items = snapshot.untrimmed().items();
    items.find(|item| item.sources.contains(&address(id))).unwrap()
}

fn body(snapshot: &Snapshot, item: &Item) -> String {
    let Some((_, blob)) = item.body.best(&[]) else { return String::new() };
    String::from_utf8(snapshot.untrimmed().blob(blob.hash).unwrap().unwrap()).unwrap()
}

/// All that a store shows and the ledger knows, without the numbers that tell two loads of the same apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    items: BTreeMap<String, String>,
    redirects: BTreeMap<String, String>,
    people: Vec<String>,
    places: Vec<String>,
    ledger: BTreeMap<String, String>,
}

impl Picture {
    /// Leaves out how the records came to be what they are.
    pub(crate) fn ignore_fates(&mut self) {
        self.ledger.retain(|key, _| !key.starts_with("record "));
    }

    /// What is here and not in another picture, and the other way round, so that it can be read.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let lines = |picture: &Self| -> BTreeSet<String> {
            let named = [&picture.items, &picture.redirects, &picture.ledger].into_iter().flatten();
            let named = named.map(|(name, told)| format!("{name}: {told}"));
            named.chain(picture.people.iter().chain(&picture.places).cloned()).collect()
        };
        let (here, there) = (lines(self), lines(other));
        let added = here.difference(&there).map(|line| format!("+ {line}"));
        let missing = there.difference(&here).map(|line| format!("- {line}"));
        added.chain(missing).collect()
    }

    pub(crate) fn of(store: &Path) -> Self {
        let kampus = Kampus::open(store).unwrap();
        let snapshot = kampus.snapshot();
        let all = snapshot.untrimmed();
        let names: BTreeMap<ItemId, String> = all
            .items()
            .map(|item| (item.id, item.sources.first().map_or_else(|| item.id.to_string(), str::to_owned)))
            .collect();
        let who =
            |person| all.profile(person).unwrap().map_or_else(String::new, |profile| profile.shown_name());
        let mut people: Vec<String> = snapshot.directory().people().map(|person| who(person.id)).collect();
        people.sort();
        let sections: BTreeMap<_, _> = all
            .sections()
            .map(|section| {
                (section.id, format!("{:?} {:?} {:?}", section.title, section.visibility, section.ceiling))
            })
            .collect();
        let workspaces: BTreeMap<_, _> = all
            .workspaces()
            .map(|known| {
                let grants: Vec<_> = all
                    .grants_on(Scope::Workspace(known.id))
                    .map(|grant| match grant.principal {
                        Principal::Person(person) => who(person),
                        other => other.to_string(),
                    })
                    .collect();
                (known.id, format!("{:?} {:?} {grants:?}", known.title, known.visibility))
            })
            .collect();
        let told = |item: &Item| {
            let mut comments: Vec<String> = all
                .comments_on(item.id)
                .map(|comment| {
                    let text = all.blob(comment.body.hash).unwrap().unwrap();
                    let above = comment.parent.and_then(|parent| all.comment(parent));
                    let above = above.map(|above| all.blob(above.body.hash).unwrap().unwrap());
                    let above = String::from_utf8_lossy(&above.unwrap_or_default()).into_owned();
                    let held = comment.state == CommentState::Held;
                    format!("{} {} {held} {above}", who(comment.author), String::from_utf8_lossy(&text))
                })
                .collect();
            comments.sort();
            let place = match item.container {
                Container::Section(id) => sections.get(&id).cloned(),
                Container::Workspace(id) => workspaces.get(&id).cloned(),
            };
            let mut grants: Vec<String> = all
                .grants_on(Scope::Item(item.id))
                .map(|grant| format!("{:?} {:?} {:?}", grant.principal, grant.role, grant.period))
                .collect();
            grants.sort();
            format!(
                "{place:?} {grants:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {} {} {} {:?} {:?} {:?} {:?} {comments:?}",
                all.inherits(Scope::Item(item.id)),
                item.classification,
                item.audience,
                item.pinned,
                item.comments_open,
                item.modified,
                item.kind,
                item.title,
                item.lead,
                with_names(&body(&snapshot, item), &names),
                who(item.author),
                who(item.owner),
                item.status,
                item.schedule,
                item.parent.map(|parent| &names[&parent]),
                item.labels,
            )
        };
        Self {
            items: all.items().map(|item| (names[&item.id].clone(), told(item))).collect(),
            redirects: engine::redirects(store)
                .unwrap()
                .into_iter()
                .map(|redirect| (redirect.from, with_names(&format!("\"{}\"", redirect.to), &names)))
                .collect(),
            people,
            places: sections.into_values().chain(workspaces.into_values()).collect(),
            ledger: ledger(store),
        }
    }
}

/// Links to items by what those were at their source.
fn with_names(html: &str, names: &BTreeMap<ItemId, String>) -> String {
    let mut parts = html.split("\"/items/");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_at(part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len()));
        let name = number.parse().ok().and_then(ItemId::new).and_then(|id| names.get(&id));
        match name {
            Some(name) => text.extend(["\"<", name, ">", rest]),
            None => text.extend(["\"/items/", number, rest]),
        }
    }
    text
}

/// The ledger's notes, without the numbers of runs and things.
fn ledger(store: &Path) -> BTreeMap<String, String> {
    let journal = SqliteJournal::open(store).unwrap();
    let mut notes = BTreeMap::new();
    for space in ["record", "address", "host", "target", "placeholder", "merged", "version", "version_main"] {
        for (key, value) in journal.companions(&format!("migrate.{space}"), "", 100_000).unwrap() {
            let mut value: serde_json::Value = serde_json::from_slice(&value).unwrap();
            forget_numbers(&mut value);
            let key = key.strip_prefix("item:").map_or(key.clone(), |rest| {
                rest.split_once('\u{1f}').map_or(rest.to_owned(), |(_, key)| key.to_owned())
            });
            notes.insert(format!("{space} {key}"), value.to_string());
        }
    }
    notes
}

fn forget_numbers(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Number(_) => *value = serde_json::Value::Null,
        serde_json::Value::Array(all) => all.iter_mut().for_each(forget_numbers),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(forget_numbers),
        _ => {}
    }
}
