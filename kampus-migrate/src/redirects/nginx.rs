//! Redirects for nginx: maps from what is asked for to where it is now.
//!
//! `map` compares plain strings without case (`ngx_http_map_module`), but addresses tell cases apart. Addresses
//! that differ by case alone are therefore written as regular expressions, which do not.

use std::collections::BTreeMap;

use super::Rules;

/// nginx' own bucket size on common processors; longer keys need a larger one.
const DEFAULT_BUCKET: usize = 64;

/// What a bucket needs besides its key: a pointer to the value, the length and the terminator, rounded up.
const BUCKET_OVERHEAD: usize = 32;

/// The host that was asked for, without `www.`.
const HOST: &str = "map $host $kampus_host {\n    default $host;\n    \"~^www\\\\.(?<kampus_bare>.+)$\" $kampus_bare;\n}\n\n";

pub(super) fn render(rules: &Rules) -> String {
    let (mut hosts, mut paths) = (Vec::new(), Vec::new());
    for (from, to) in rules {
        for request in from.requests() {
            match &from.host {
                Some(host) => hosts.push((format!("{host}{request}"), to.as_str())),
                None => paths.push((request, to.as_str())),
            }
        }
    }
    let mut text = String::from(
        "# Old addresses and where they lead now. Include this file in the http block, and in each server\n\
         # that answers an old address write:\n\
         #     if ($kampus_item) { return 301 $kampus_item; }\n\n",
    );
    push_sizes(&mut text, hosts.iter().chain(&paths).map(|(key, _)| key.len()));
    text.push_str(HOST);
    push_map(&mut text, "$request_uri", "$kampus_item_path", "\"\"", &paths);
    text.push('\n');
    push_map(&mut text, "$kampus_host$request_uri", "$kampus_item", "$kampus_item_path", &hosts);
    text
}

fn push_sizes(text: &mut String, lengths: impl Iterator<Item = usize>) {
    let (mut number, mut longest) = (0_usize, 0_usize);
    for length in lengths {
        number += 1;
        longest = longest.max(length);
    }
    let bucket = (longest + BUCKET_OVERHEAD).next_power_of_two().max(DEFAULT_BUCKET);
    let table = (number * 2).next_power_of_two().max(2048);
    text.push_str("# Take these two out if your configuration sets them to as much already.\n");
    push_line(text, &format!("map_hash_bucket_size {bucket};\nmap_hash_max_size {table};\n"));
}

fn push_map(text: &mut String, key: &str, variable: &str, otherwise: &str, rules: &[(String, &str)]) {
    let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
    for (from, _) in rules {
        *spellings.entry(from.to_ascii_lowercase()).or_default() += 1;
    }
    push_line(text, &format!("map {key} {variable} {{"));
    push_line(text, &format!("    default {otherwise};"));
    for (from, to) in rules {
        let alone = spellings.get(&from.to_ascii_lowercase()).is_none_or(|number| *number == 1);
        let pattern = if alone { quoted(from) } else { exact(from) };
        push_line(text, &format!("    {pattern} \"{to}\";"));
    }
    text.push_str("}\n");
}

/// A string in nginx' quotes. Percent-encoding has left neither quotes nor control characters in it, but both
/// are kept from doing harm here as well.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('"');
    quoted
}

/// A regular expression that matches a string and nothing else.
fn exact(text: &str) -> String {
    let mut pattern = String::from("\"~^");
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'%' | b'=' | b'&' => {
                pattern.push(char::from(byte));
            }
            _ => pattern.push_str(&hexadecimal(byte)),
        }
    }
    pattern.push_str("$\"");
    pattern
}

/// A byte in a regular expression. Two backslashes: nginx takes one away when it reads the quotes.
fn hexadecimal(byte: u8) -> String {
    format!("\\\\x{byte:02X}")
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}
