//! The proof: what it looks at, that it sees what was tampered with, and the page that tells it.

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::date;
use kampus_core::journal::CompanionKey;
use kampus_core::{Actor, Command, ItemId, Kampus, Language, Transaction};
use kampus_migrate::engine::{self, RunOptions};
use kampus_migrate::outcome::{AddressWitness, ExitStatus, UnwrittenAddress, VerifyOutcome};
use kampus_migrate::plan::CheckedPlan;
use kampus_migrate::report::{About, proof, verify_text};
use tempfile::TempDir;

use crate::support::{as_text, in_lines, plan, sample_plan};

/// Three pages that link to each other, a file and a comment, moved.
struct Moved {
    folder: TempDir,
    plan: CheckedPlan,
}

impl Moved {
    fn new() -> Self {
        let item = |id: u32, name: &str, body: &str, rest: &str| {
            format!(
                "<item><title>Sivu {id}</title><link>https://www.ym.example/{name}/</link>\
                 <content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{id}</wp:post_id>\
                 <wp:post_type>page</wp:post_type><wp:status>publish</wp:status>{rest}</item>"
            )
        };
        let comment = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Aino</wp:comment_author>\
             <wp:comment_content>Kiitos tästä ohjeesta.</wp:comment_content>\
             <wp:comment_approved>1</wp:comment_approved></wp:comment>";
        let pages = [
            item(1, "matkat", "<p>Matkasta tehdään <a href=\"/laskut/#kulut\">lasku</a> heti.</p>", comment),
            item(
                2,
                "laskut",
                "<p style=\"x\">Lasku tehdään <a href=\"https://ym.example/matkat\">matkasta</a>.</p>",
                "",
            ),
            item(3, "vanha", "<p>Tästä ei ole <a href=\"/poissa\">jälkeä</a>.</p>", ""),
            "<item><title>Liite</title><link>https://www.ym.example/liite/</link><wp:post_id>9</wp:post_id>\
             <wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>\
             <wp:attachment_url>https://www.ym.example/uploads/liite.txt</wp:attachment_url></item>"
                .to_owned(),
        ];
        let export = format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><wp:wxr_version>1.2</wp:wxr_version>\
             <wp:base_blog_url>https://www.ym.example</wp:base_blog_url>{}</channel></rss>",
            pages.concat()
        );
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("uploads")).unwrap();
        fs::write(at("uploads/liite.txt"), "Liitteen teksti.").unwrap();
        fs::write(at("ym.xml"), export).unwrap();
        fs::write(
            at("plan.toml"),
            "name = \"Pieni\"\n[[source]]\nid = \"ym\"\npath = \"ym.xml\"\norganisation = \"YM\"\nfiles = \"uploads\"\n",
        )
        .unwrap();
        let moved = Self { plan: plan(&at("plan.toml")), folder };
        moved.run();
        moved
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("kampus.db")
    }

    fn run(&self) {
        let options = RunOptions {
            dry_run: false,
            decisions: None,
            prefer: kampus_migrate::outcome::Side::Target,
            now: Timestamp::UNIX_EPOCH,
        };
        engine::run(&self.plan, &self.store(), &options, &mut |_| {}).unwrap();
    }

    fn verified(&self) -> VerifyOutcome {
        engine::verify(&self.plan, &self.store(), &mut |_| {}).unwrap()
    }

    /// The item that has this old address.
    fn item(&self, name: &str) -> ItemId {
        let snapshot = Kampus::open(self.store()).unwrap().snapshot();
        let mut items = snapshot.untrimmed().items();
        items.find(|item| item.sources.iter().any(|old| old.contains(name))).unwrap().id
    }

    /// Does something to the store behind the migration's back.
    fn tamper(&self, what: impl FnOnce(&mut Transaction<'_>)) {
        let kampus = Kampus::open(self.store()).unwrap();
        let mut tx = kampus.transaction(Actor::Operator("somebody".to_owned()), Timestamp::UNIX_EPOCH);
        what(&mut tx);
        tx.commit().unwrap();
    }

    fn tamper_with(&self, command: Command) {
        self.tamper(|tx| drop(tx.execute(command).unwrap()));
    }

    /// Lets the ledger lead an old address to another item.
    fn lead(&self, compared: &str, to: Option<ItemId>) {
        let entry =
            to.map(|to| format!("{{\"address\": \"https://www.{compared}\", \"item\": {}}}", to.get()));
        self.tamper(|tx| {
            tx.put_companion(CompanionKey::new("migrate.address", compared), entry.map(String::into_bytes));
        });
    }
}

fn about(language: Language) -> About<'static> {
    About { plan: "Ensimmäinen aalto", language, day: date(2018, 3, 5) }
}

#[test]
fn what_was_moved_is_proven_with_all_that_was_looked_at() {
    let verified = Moved::new().verified();
    assert!(verified.proven(), "{}", verify_text(&verified));
    let checked = verified.checked;
    assert_eq!(
        (checked.bodies, checked.words, checked.edited),
        (5, 4 + 3 + 4 + 3, 0),
        "with the comment's three words"
    );
    assert_eq!((checked.files, checked.file_bytes), (1, 16));
    assert_eq!((checked.links.internal, checked.links.dead, checked.links.broken), (2, 1, 0));
    let addresses = checked.addresses;
    assert_eq!((addresses.read, addresses.landed), (addresses.landed, checked.rules));
    assert!(addresses.landed >= 5, "{addresses:?}");
    assert_eq!(verified.unresolved_links[0].address, "/poissa");
    assert_eq!((verified.dropped[0].what.as_str(), verified.dropped[0].count), ("style=\"…\"", 1));
}

#[test]
fn words_that_are_gone_from_a_text_are_missed() {
    let moved = Moved::new();
    let item = moved.item("matkat");
    let body = "<p>Matkasta <a href=\"/items/2#kulut\">lasku</a> heti.</p>".to_owned();
    moved.tamper_with(Command::RelinkImported(item, Language::Fi, body));
    let verified = moved.verified();
    assert_eq!(verified.status(), ExitStatus::Failed);
    let missing = &verified.missing_words[0];
    assert_eq!((missing.id.as_str(), missing.item.clone()), ("post:1", item.to_string()));
    assert_eq!(missing.words, ["tehdään"]);
    assert_eq!(verified.hash_mismatches[0].id, "post:1", "and the text is not the one that was moved");
}

#[test]
fn a_link_that_was_turned_elsewhere_is_seen() {
    let moved = Moved::new();
    let item = moved.item("matkat");
    let body =
        |number: u32| format!("<p>Matkasta tehdään <a href=\"/items/{number}#kulut\">lasku</a> heti.</p>");
    // All words are there, but the link leads to a page that it did not lead to.
    moved.tamper_with(Command::RelinkImported(item, Language::Fi, body(3)));
    let verified = moved.verified();
    assert_eq!((verified.missing_words.len(), verified.broken_links.len()), (0, 0));
    assert_eq!(verified.hash_mismatches.len(), 1);
    assert!(!verified.proven());
    // And here it leads to nothing.
    moved.tamper_with(Command::RelinkImported(item, Language::Fi, body(4711)));
    let verified = moved.verified();
    let broken = &verified.broken_links[0];
    assert_eq!((broken.address.as_str(), broken.item.clone()), ("/items/4711#kulut", item.to_string()));
    assert_eq!((verified.checked.links.internal, verified.checked.links.broken), (1, 1));
}

#[test]
fn a_file_that_is_another_one_is_seen() {
    let moved = Moved::new();
    let file = moved.folder.path().join("uploads/liite.txt");
    fs::write(&file, "Toinen teksti...").unwrap();
    let verified = moved.verified();
    assert_eq!(verified.hash_mismatches.len(), 1);
    assert_eq!(verified.hash_mismatches[0].id, "post:9");
    fs::remove_file(&file).unwrap();
    let verified = moved.verified();
    assert!(verified.problems[0].contains("liite.txt"), "{:?}", verified.problems);
    assert!(!verified.proven());
}

#[test]
fn an_old_address_that_leads_elsewhere_is_seen() {
    let moved = Moved::new();
    let (expected, found) = (moved.item("matkat"), moved.item("laskut"));
    moved.lead("ym.example/matkat", Some(found));
    let verified = moved.verified();
    let wrong = &verified.wrong_addresses[0];
    assert_eq!((wrong.id.as_deref(), wrong.by), (Some("post:1"), AddressWitness::Ledger));
    assert_eq!((&wrong.expected, wrong.found.as_deref()), (&expected.to_string(), Some(&*found.to_string())));
    assert_eq!(verified.wrong_addresses.len(), 1);
    assert!(!verified.proven() && verified.checked.addresses.adds_up());

    moved.lead("ym.example/matkat", None);
    let verified = moved.verified();
    assert_eq!((verified.wrong_addresses[0].found.as_deref(), verified.wrong_addresses.len()), (None, 1));

    let nobody = ItemId::new(4711).unwrap();
    moved.lead("ym.example/vanha-osoite", Some(nobody));
    let verified = moved.verified();
    assert!(verified.wrong_addresses.iter().any(|wrong| wrong.by == AddressWitness::Store));
}

#[test]
fn an_item_that_is_gone_is_missing_and_so_are_its_addresses() {
    let moved = Moved::new();
    moved.tamper_with(Command::DeleteItem(moved.item("laskut")));
    let verified = moved.verified();
    let pages = verified.sources[0].equations.iter().find(|equation| equation.kind == "page").unwrap();
    assert_eq!((pages.missing, pages.holds()), (1, false));
    assert!(verified.wrong_addresses.iter().all(|wrong| wrong.by == AddressWitness::Store));
    assert!(verified.checked.addresses.adds_up() && verified.checked.addresses.wrong > 0);
    assert_eq!(verified.broken_links[0].id, "post:1", "what linked to it leads to nothing");
}

#[test]
fn what_people_wrote_since_is_theirs() {
    let moved = Moved::new();
    let item = moved.item("matkat");
    let edit = Command::EditItem {
        item,
        language: Language::Fi,
        title: None,
        lead: None,
        body: Some("<p>Uusi ohje.</p>".to_owned()),
    };
    moved.tamper_with(edit);
    let verified = moved.verified();
    assert!(verified.proven(), "{}", verify_text(&verified));
    assert_eq!(verified.checked.edited, 1);
}

#[test]
fn an_address_that_two_pages_have_leads_to_the_first_and_is_told() {
    let moved = Moved::new();
    let export = moved.folder.path().join("ym.xml");
    let text = fs::read_to_string(&export).unwrap().replace("example/vanha/", "example/laskut/");
    fs::write(&export, text).unwrap();
    fs::remove_file(moved.store()).unwrap();
    moved.run();
    let verified = moved.verified();
    assert!(verified.proven(), "{}", verify_text(&verified));
    let shared = &verified.shared_addresses[0];
    assert_eq!((shared.id.as_str(), shared.item.clone()), ("post:3", moved.item("laskut").to_string()));
    assert_eq!(verified.checked.addresses.shared, verified.shared_addresses.len() as u64);
    assert!(verify_text(&verified).contains("leads to it:"));
}

#[test]
fn the_proof_of_the_samples_is_as_it_was_agreed() {
    let folder = TempDir::new().unwrap();
    let (plan, store) = (sample_plan(), folder.path().join("kampus.db"));
    let options = RunOptions {
        dry_run: false,
        decisions: None,
        prefer: kampus_migrate::outcome::Side::Target,
        now: Timestamp::UNIX_EPOCH,
    };
    engine::run(&plan, &store, &options, &mut |_| {}).unwrap();
    let mut verified = engine::verify(&plan, &store, &mut |_| {}).unwrap();
    verified.store = "kampus.db".into();
    let document = serde_json::to_value(&verified).unwrap();
    assert_eq!(document["checked"]["addresses"]["landed"], document["checked"]["rules"]);
    assert_eq!(serde_json::from_value::<VerifyOutcome>(document).unwrap(), verified);
    insta::assert_snapshot!(in_lines(&proof(&about(Language::Fi), &verified)));
}

#[test]
fn a_proof_that_fails_shows_each_reason() {
    let moved = Moved::new();
    let (travel, bill) = (moved.item("matkat"), moved.item("laskut"));
    moved.tamper_with(Command::RelinkImported(
        travel,
        Language::Fi,
        "<p>lasku <a href=\"/items/99\">x</a></p>".to_owned(),
    ));
    moved.lead("ym.example/vanha", Some(bill));
    fs::remove_file(moved.folder.path().join("uploads/liite.txt")).unwrap();
    let mut verified = moved.verified();
    verified.store = "kampus.db".into();
    verified.unwritten_addresses.push(UnwrittenAddress {
        address: "notes://srv/<db>".to_owned(),
        reason: "it is neither an http(s) address nor a path that begins with `/`".to_owned(),
    });
    insta::assert_snapshot!("failed_text", verify_text(&verified));
    for language in [Language::Sv, Language::En] {
        let page = proof(&about(language), &verified);
        assert!(!page.contains("<script") && !page.contains("<db>"));
        insta::assert_snapshot!(format!("failed_in_{language}"), as_text(&page));
    }
}
