//! The theme unit test, WordPress' own export of everything that a theme has to show, held against the file itself.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::DateTime};
use kampus_core::content::{CommentState, Item, ItemKind, Status};
use kampus_core::{ItemId, Kampus, Snapshot};
use kampus_migrate::engine::{self, RunOptions};
use kampus_migrate::outcome::Side;
use kampus_migrate::plan::Plan;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::support::corpus;

/// An element's children by name, the first of each; comments apart.
#[derive(Debug, Default)]
struct Post {
    fields: BTreeMap<String, String>,
    comments: Vec<BTreeMap<String, String>>,
}

impl Post {
    fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }
}

/// Reads the items with a plain loop over tokens: no more than this file needs.
fn posts(path: &Path) -> Vec<Post> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = Reader::from_str(&text);
    let (mut posts, mut stack, mut value): (Vec<Post>, Vec<String>, String) = Default::default();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                match name.as_str() {
                    "item" => posts.push(Post::default()),
                    "wp:comment" => posts.last_mut().unwrap().comments.push(BTreeMap::new()),
                    _ => {}
                }
                stack.push(name);
                value.clear();
            }
            Event::Text(text) => value.push_str(&text),
            Event::CData(text) => value.push_str(&text),
            Event::GeneralRef(name) => match &*name {
                "amp" => value.push('&'),
                "lt" => value.push('<'),
                "gt" => value.push('>'),
                other => value.extend(["&", other, ";"]),
            },
            Event::End(_) => {
                let name = stack.pop().unwrap();
                match stack.last().map(String::as_str) {
                    Some("item") => {
                        posts.last_mut().unwrap().fields.entry(name).or_insert_with(|| value.clone());
                    }
                    Some("wp:comment") => {
                        let comment = posts.last_mut().unwrap().comments.last_mut().unwrap();
                        comment.insert(name, value.clone());
                    }
                    _ => {}
                }
                value.clear();
            }
            Event::Eof => return posts,
            _ => {}
        }
    }
}

/// What WordPress meant by its two dates.
fn moment(utc: &str, local: &str) -> Timestamp {
    let (text, zone) =
        if utc.starts_with("0000") || utc.is_empty() { (local, "Europe/Helsinki") } else { (utc, "UTC") };
    let wall: DateTime = text.replace(' ', "T").parse().unwrap();
    wall.to_zoned_datetime(TimeZone::get(zone).unwrap()).unwrap().timestamp()
}

/// The items by their main old address.
fn by_address(snapshot: &Snapshot) -> HashMap<&str, &Item> {
    let items = snapshot.untrimmed().items();
    items.filter_map(|item| Some((item.sources.first()?, item))).collect()
}

fn shown_name(snapshot: &Snapshot, item: &Item) -> String {
    let profile = snapshot.untrimmed().profile(item.author).unwrap().unwrap();
    profile.user_name.clone().unwrap_or_else(|| profile.shown_name())
}

#[test]
fn the_theme_unit_test_arrives_with_authors_dates_parents_comments_and_states() {
    let Some(folder) = corpus("wxr") else { return };
    let path = folder.join("themeunittestdata.wordpress.xml");
    let work = tempfile::tempdir().unwrap();
    let store = work.path().join("kampus.db");
    let plan = Plan::bare(&path, "YM").check(&["YM".to_owned()].into()).unwrap();
    let options = RunOptions {
        dry_run: false,
        decisions: None,
        prefer: Side::Target,
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    let outcome = engine::run(&plan, &store, &options, &mut |_| {}).unwrap();
    let kampus = Kampus::open(&store).unwrap();
    let snapshot = kampus.snapshot();
    let items = by_address(&snapshot);

    let all = posts(&path);
    let pages: Vec<&Post> =
        all.iter().filter(|post| ["post", "page"].contains(&post.get("wp:post_type"))).collect();
    let ids: HashMap<&str, ItemId> =
        pages.iter().map(|post| (post.get("wp:post_id"), items[post.get("link")].id)).collect();
    assert_eq!((pages.len(), ids.len()), (72, 72), "51 posts and 21 pages, each an item of its own");
    let mut by_word: BTreeMap<&str, usize> = BTreeMap::new();
    let mut comments = 0;
    for post in pages {
        let item = items[post.get("link")];
        let what = format!("{} ({})", post.get("title"), post.get("wp:post_id"));
        *by_word.entry(post.get("wp:status")).or_default() += 1;

        let kind = if post.get("wp:post_type") == "post" { ItemKind::News } else { ItemKind::Page };
        assert_eq!(item.kind, kind, "{what}");
        assert_eq!(shown_name(&snapshot, item), post.get("dc:creator"), "{what}");
        assert_eq!(item.created, moment(post.get("wp:post_date_gmt"), post.get("wp:post_date")), "{what}");
        let parent = ids.get(post.get("wp:post_parent")).copied();
        assert_eq!(item.parent, parent, "{what}");
        let locked = !post.get("wp:post_password").is_empty();
        let status = match post.get("wp:status") {
            "publish" | "future" if !locked => Status::Published,
            "publish" | "draft" => Status::Draft,
            other => panic!("{what} is {other}"),
        };
        assert_eq!(item.status, status, "{what}");
        if status == Status::Published {
            assert_eq!(item.schedule.publish_at, Some(item.created), "{what}");
        }
        assert_eq!(item.pinned, post.get("wp:is_sticky") == "1", "{what}");
        assert_eq!(item.comments_open, post.get("wp:comment_status") != "closed", "{what}");
        comments += hold_comments(&snapshot, item, post);
    }
    assert_eq!(by_word, BTreeMap::from([("draft", 1), ("future", 1), ("publish", 70)]));
    assert_eq!(comments, 28, "of 32 comments four are pingbacks and trackbacks");
    assert_eq!(outcome.total.by_kind["comment"].discarded, 4);
}

/// Holds an item's comments against those of its post, in order; tells how many there are.
fn hold_comments(snapshot: &Snapshot, item: &Item, post: &Post) -> usize {
    let kind = |comment: &BTreeMap<String, String>| {
        comment.get("wp:comment_type").map_or_else(String::new, |kind| kind.trim().to_owned())
    };
    let written: Vec<&BTreeMap<String, String>> = post
        .comments
        .iter()
        .filter(|comment| !["pingback", "trackback"].contains(&kind(comment).as_str()))
        .collect();
    let found: Vec<_> = snapshot.untrimmed().comments_on(item.id).collect();
    assert_eq!(found.len(), written.len(), "{}", post.get("title"));
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, (comment, source)) in found.iter().zip(&written).enumerate() {
        let text = |name: &str| source[name].trim();
        places.insert(text("wp:comment_id"), place);
        assert_eq!(comment.created, moment(text("wp:comment_date_gmt"), text("wp:comment_date")));
        let state =
            if text("wp:comment_approved") == "1" { CommentState::Visible } else { CommentState::Held };
        assert_eq!(comment.state, state);
        let answers = places.get(text("wp:comment_parent")).map(|place| found[*place].id);
        assert_eq!(comment.parent, answers, "comment {}", text("wp:comment_id"));
    }
    found.len()
}
