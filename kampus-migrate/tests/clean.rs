//! The two ways to a clean body over everything that others published: the short one is the long one, faster.

use std::path::Path;

use kampus_migrate::clean::paths::{clean_parsed, clean_plain, words_parsed, words_plain};
use kampus_migrate::clean::{clean, words};
use kampus_migrate::format::{self, Event, Format, Limits, ReadOptions, RowKind};
use kampus_migrate::plan::Values;
use kampus_migrate::record::{LegacyBody, Markup};

use crate::support::{corpus, files_in};

/// Bodies of a file, and how many of them are plain.
#[derive(Default)]
struct Share {
    bodies: usize,
    plain: usize,
    bytes: usize,
    plain_bytes: usize,
    /// Of all, how many are plain when they are clean.
    clean_again: usize,
}

impl Share {
    /// Holds the two ways together on one body.
    fn hold(&mut self, markup: Markup, body: &str) {
        let long = clean_parsed(markup, body);
        self.bodies += 1;
        self.bytes += body.len();
        if let Some(short) = clean_plain(markup, body) {
            assert_eq!(short, long, "{body}");
            self.plain += 1;
            self.plain_bytes += body.len();
        }
        assert_eq!(clean(markup, body), long, "{body}");
        for html in [body, &long.html] {
            let visible = words_parsed(html);
            assert_eq!(words_plain(html).unwrap_or_else(|| visible.clone()), visible, "{html}");
            assert_eq!(words(html), visible, "{html}");
        }
        self.clean_again += usize::from(words_plain(&long.html).is_some());
    }

    fn add(&mut self, other: &Self) {
        self.bodies += other.bodies;
        self.plain += other.plain;
        self.bytes += other.bytes;
        self.plain_bytes += other.plain_bytes;
        self.clean_again += other.clean_again;
    }

    fn tell(&self, name: &str) {
        println!(
            "{name}: {} of {} bodies are plain, {} of {} bytes; {} are when they are clean",
            self.plain, self.bodies, self.plain_bytes, self.bytes, self.clean_again
        );
    }
}

/// The bodies of a WordPress export, with their markup.
fn bodies(path: &Path) -> Vec<(Markup, String)> {
    let options = ReadOptions {
        shown: path.to_owned(),
        rows: RowKind::Pages,
        sheet: None,
        columns: std::collections::BTreeMap::default(),
        values: Values::default(),
        mapping: None,
        limits: Limits::default(),
    };
    let mut bodies = Vec::new();
    for event in format::open(path, Format::Wxr, &options).unwrap() {
        let Ok(Event::Record(record)) = event else { continue };
        match record.body {
            LegacyBody::Page(page) => bodies.extend([(page.markup, page.body), (page.markup, page.lead)]),
            LegacyBody::File(file) => bodies.push((file.markup, file.description)),
            LegacyBody::Comment(comment) => bodies.push((comment.markup, comment.body)),
            _ => {}
        }
    }
    bodies.retain(|(_, body)| !body.is_empty());
    bodies
}

#[test]
fn every_wordpress_body_is_cleaned_alike_and_most_of_them_the_short_way() {
    let Some(folder) = corpus("wxr") else { return };
    let mut total = Share::default();
    for file in files_in(&folder) {
        let mut share = Share::default();
        for (markup, body) in bodies(&file) {
            share.hold(markup, &body);
        }
        share.tell(&file.file_name().unwrap().to_string_lossy());
        total.add(&share);
    }
    total.tell("all of them");
    assert!(total.plain * 100 >= total.bodies * 95, "95 of 100 bodies are plain");
    assert!(total.plain_bytes * 100 >= total.bytes * 90, "and 90 of 100 bytes");
    assert_eq!(total.clean_again, total.bodies, "what is clean is plain");
}

/// Whatever stands between two words in a file, the first of which may be followed by more before a `>`.
fn between<'a>(text: &'a str, begin: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(begin).skip(1).filter_map(move |rest| rest.split_once(end).map(|(inside, _)| inside))
}

#[test]
fn foreign_markup_is_cleaned_alike() {
    let Some(folder) = corpus("confluence") else { return };
    let mut share = Share::default();
    for file in files_in(&folder).iter().filter(|file| file.extension().is_some_and(|kind| kind == "xml")) {
        let text = std::fs::read_to_string(file).unwrap();
        for body in between(&text, "<property name=\"body\"><![CDATA[", "]]></property>") {
            share.hold(Markup::Html, body);
        }
    }
    share.tell("bodies of another wiki, which have elements of its own");
    assert!(share.bodies > 200 && share.plain > 100, "{} of {}", share.plain, share.bodies);
}
