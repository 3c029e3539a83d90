//! Files that were made to break readers: each ends with an error or rejections that say where, in bounded memory.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use kampus_migrate::format::{self, Format, ReadOptions, Yield};
use kampus_migrate::plan::Plan;

use super::{read_bytes, records, stopped, told};

/// A format's document around something hostile.
struct Shell {
    name: &'static str,
    /// Before a record's text.
    before: &'static str,
    /// After it.
    after: &'static str,
}

/// The formats that are XML, each with a record whose text comes between.
const SHELLS: [Shell; 5] = [
    Shell {
        name: "mediawiki",
        before: "<mediawiki><page><title>A</title><id>1</id><revision><id>1</id><text>",
        after: "</text></revision></page></mediawiki>",
    },
    Shell {
        name: "feed",
        before: "<rss><channel><item><guid>1</guid><title>A</title><description>",
        after: "</description></item></channel></rss>",
    },
    Shell {
        name: "dxl",
        before: "<database xmlns='http://www.lotus.com/dxl'><document><noteinfo unid='1'/><item name='Body'><text>",
        after: "</text></item></document></database>",
    },
    Shell {
        name: "confluence",
        before: "<hibernate-generic><object class='Page'><id>1</id></object><object class='BodyContent'><property \
                 name='content'><id>1</id></property><property name='body'>",
        after: "</property></object></hibernate-generic>",
    },
    Shell { name: "xml", before: "<a><b><c>A</c><d>", after: "</d></b></a>" },
];

const MAPPING: &str = "[source.mapping]\nrecord = \"a/b\"\ntitle = \"c\"\nbody = \"d\"\n";

impl Shell {
    /// What a plan says of a source of this format.
    fn mapping(&self) -> &'static str {
        if self.name == "xml" { MAPPING } else { "" }
    }

    fn read(&self, bytes: &[u8]) -> Vec<Yield> {
        if self.name != "xml" {
            return read_bytes(bytes);
        }
        let plan = format!("[[source]]\nid = \"a\"\npath = \"a\"\norganisation = \"YM\"\n{MAPPING}");
        let plan = Plan::parse(&plan, Path::new("plan.toml")).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let options = ReadOptions { mapping: plan.sources[0].mapping.clone(), ..super::options() };
        format::open(file.path(), Format::Xml, &options).unwrap().collect()
    }
}

fn each(mut check: impl FnMut(&Shell)) {
    for shell in &SHELLS {
        check(shell);
    }
}

#[test]
fn nothing_that_a_document_declares_is_expanded_or_fetched() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
    each(|shell| {
        let text = format!("<?xml version=\"1.0\"?>{laughs}{}hei &b; &f;{}", shell.before, shell.after);
        let events = shell.read(text.as_bytes());
        let told = told(&events);
        assert!(!told.contains("haha") && !told.contains("root:"), "{}: {told}", shell.name);
        assert!(told.contains("2 references to unknown entities"), "{}: {told}", shell.name);
    });
}

#[test]
fn deep_nesting_and_huge_texts_end_with_their_place() {
    each(|shell| {
        let deep = format!("{}{}", shell.before, "<a>".repeat(100_000));
        let reason = stopped(&shell.read(deep.as_bytes())).unwrap();
        assert!(
            reason.contains("nested deeper than 64") && reason.contains("byte"),
            "{}: {reason}",
            shell.name
        );
        let huge = format!("{}{}{}", shell.before, "x".repeat(17 << 20), shell.after);
        let reason = stopped(&shell.read(huge.as_bytes())).unwrap();
        assert!(reason.contains("larger than"), "{}: {reason}", shell.name);
        let pieces =
            format!("{}{}{}", shell.before, "<![CDATA[yyyyyyyyyyyyyyyy]]>".repeat(1_200_000), shell.after);
        let reason = stopped(&shell.read(pieces.as_bytes())).unwrap();
        assert!(reason.contains("larger than"), "{}: {reason}", shell.name);
    });
}

#[test]
fn bytes_that_are_no_text_are_told_and_control_characters_left_out() {
    each(|shell| {
        let (before, after) = (shell.before.as_bytes(), shell.after.as_bytes());
        let reason = stopped(&shell.read(&[before, b"a\xff\xfeb", after].concat())).unwrap();
        assert!(reason.contains("byte") || reason.contains(":1"), "{}: {reason}", shell.name);
        let declared: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        let latin = stopped(&shell.read(&[declared, before, b"p\xe4iv\xe4 ", after].concat()));
        assert!(latin.is_some(), "{}: what is no UTF-8 is not guessed at", shell.name);
        let declared: &[u8] = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
        let events = shell.read(&[declared, before, b"p\xe4iv\xe4\x01", after].concat());
        assert!(told(&events).contains("päivä"), "{}: {}", shell.name, told(&events));
        assert!(told(&events).contains("control characters"), "{}: {}", shell.name, told(&events));
    });
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_never_taken_for_a_whole_one() {
    each(|shell| {
        let whole = format!("{}teksti{}", shell.before, shell.after);
        assert_eq!(stopped(&shell.read(whole.as_bytes())), None, "{}", shell.name);
        assert!(!records(&shell.read(whole.as_bytes())).is_empty(), "{}", shell.name);
        let text = shell.before.len() + 3;
        for end in text..whole.len() {
            let events = shell.read(&whole.as_bytes()[..end]);
            assert!(stopped(&events).is_some(), "{} cut at {end}: {}", shell.name, told(&events));
        }
    });
}

#[test]
fn a_broken_source_stops_alone() {
    each(|shell| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("rikki.xml"), format!("{}katki", shell.before)).unwrap();
        std::fs::write(folder.path().join("ehja.csv"), "Otsikko;Osoite\nA;/a\n").unwrap();
        let source = |id: &str, path: &str, more: &str| {
            format!("[[source]]\nid = \"{id}\"\npath = \"{path}\"\norganisation = \"YM\"\n{more}")
        };
        let plan = source("a", "rikki.xml", shell.mapping()) + &source("b", "ehja.csv", "");
        std::fs::write(folder.path().join("plan.toml"), plan).unwrap();
        let mut command = Command::new(cargo_bin!("kampus-migrate"));
        let output =
            command.current_dir(folder.path()).args(["run", "plan.toml", "--json"]).output().unwrap();
        let outcome: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(outcome["sources"][0]["stopped"].as_str().unwrap().contains("rikki.xml"), "{outcome}");
        assert_eq!(outcome["sources"][1]["stopped"], serde_json::Value::Null);
        assert_eq!(outcome["sources"][1]["loaded"], 1, "{outcome}");
    });
}
