//! The rules read as the servers' manuals say, by the plainest reader that does: where a request ends.

use regex::bytes::{Regex, RegexBuilder};

use super::Request;

/// nginx' `map` blocks: `ngx_http_map_module`.
pub(super) struct Nginx(Vec<Map>);

struct Map {
    key: String,
    variable: String,
    plain: Vec<(String, String)>,
    patterns: Vec<(Regex, String)>,
    otherwise: String,
}

impl Nginx {
    pub(super) fn read(config: &str) -> Self {
        let mut maps = Vec::new();
        let mut lines =
            config.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        while let Some(line) = lines.next() {
            let Some(map) = line.strip_prefix("map ") else {
                assert!(line.starts_with("map_hash_") && line.ends_with(';'), "{line}");
                continue;
            };
            let [key, variable, "{"] = *map.split(' ').collect::<Vec<_>>() else { panic!("{line}") };
            let (mut plain, mut patterns, mut otherwise) = (Vec::new(), Vec::new(), String::new());
            for (known, value) in lines.by_ref().take_while(|line| *line != "}").map(entry) {
                match known.strip_prefix('~') {
                    Some(pattern) => patterns.push((Regex::new(pattern).unwrap(), value)),
                    None if known == "default" => otherwise = value,
                    None => plain.push((known, value)),
                }
            }
            let (key, variable) = (key.to_owned(), variable.to_owned());
            maps.push(Map { key, variable, plain, patterns, otherwise });
        }
        Self(maps)
    }

    /// Where a request ends.
    pub(super) fn answer(&self, request: &Request) -> Option<String> {
        let mut variables = vec![
            ("$host".to_owned(), request.host.to_ascii_lowercase()),
            ("$request_uri".to_owned(), request.uri.clone()),
        ];
        for map in &self.0 {
            let value = map.value(&mut variables);
            variables.push((map.variable.clone(), value));
        }
        let (_, item) = variables.into_iter().find(|(name, _)| name == "$kampus_item").unwrap();
        (!item.is_empty()).then_some(item)
    }
}

impl Map {
    /// Strings come before patterns and are compared without case; patterns come in their order.
    fn value(&self, variables: &mut Vec<(String, String)>) -> String {
        let key = filled(&self.key, variables);
        if let Some((_, value)) = self.plain.iter().find(|(known, _)| known.eq_ignore_ascii_case(&key)) {
            return filled(value, variables);
        }
        for (pattern, value) in &self.patterns {
            if let Some(found) = pattern.captures(key.as_bytes()) {
                for name in pattern.capture_names().flatten() {
                    let text = String::from_utf8(found.name(name).unwrap().as_bytes().to_vec()).unwrap();
                    variables.push((format!("${name}"), text));
                }
                return filled(value, variables);
            }
        }
        filled(&self.otherwise, variables)
    }
}

/// A line of a block: words, with or without quotes, and a semicolon.
fn entry(line: &str) -> (String, String) {
    let mut words = Vec::new();
    let mut characters = line.strip_suffix(';').unwrap().chars().peekable();
    while let Some(first) = characters.next() {
        let mut word = String::new();
        match first {
            ' ' => continue,
            '"' => loop {
                match characters.next().unwrap() {
                    '"' => break,
                    '\\' => word.push(characters.next().unwrap()),
                    other => word.push(other),
                }
            },
            other => {
                word.push(other);
                while let Some(next) = characters.next_if(|next| *next != ' ') {
                    word.push(next);
                }
            }
        }
        words.push(word);
    }
    let [key, value] = words.try_into().unwrap();
    (key, value)
}

/// A text with its variables filled in; what they hold is not read again.
fn filled(text: &str, variables: &[(String, String)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let length = rest[at + 1..].find(|c: char| c != '_' && !c.is_ascii_alphanumeric());
        let (name, after) = rest[at..].split_at(length.map_or(rest.len() - at, |length| length + 1));
        filled.push_str(&rest[..at]);
        filled.push_str(&variables.iter().find(|(known, _)| known == name).unwrap().1);
        rest = after;
    }
    filled + rest
}

/// Apache's rewrite rules: `mod_rewrite` of httpd 2.4, in a virtual host.
pub(super) struct Apache(Vec<Rule>);

#[derive(Default)]
struct Rule {
    host: Option<Regex>,
    query: Option<Regex>,
    path: Option<Regex>,
    to: String,
}

impl Apache {
    pub(super) fn read(config: &str) -> Self {
        let mut rules = Vec::new();
        let mut rule = Rule::default();
        for line in config.lines().filter(|line| line.starts_with("Rewrite")) {
            match *line.split(' ').collect::<Vec<_>>() {
                ["RewriteEngine", "On"] => {}
                ["RewriteCond", "%{HTTP_HOST}", pattern, "[NC]"] => rule.host = Some(regex(pattern, true)),
                ["RewriteCond", "%{QUERY_STRING}", pattern] => rule.query = Some(regex(pattern, false)),
                ["RewriteRule", pattern, to, "[R=301,L,QSD]"] => {
                    let known = std::mem::take(&mut rule);
                    rules.push(Rule { path: Some(regex(pattern, false)), to: to.to_owned(), ..known });
                }
                _ => panic!("{line}"),
            }
        }
        Self(rules)
    }

    /// Where a request ends: the first rule whose conditions all hold.
    pub(super) fn answer(&self, request: &Request) -> Option<String> {
        let (path, query) = request.uri.split_once('?').unwrap_or((&request.uri, ""));
        let path = percent_decoded(path);
        let holds = |pattern: &Option<Regex>, text: &[u8]| {
            pattern.as_ref().is_none_or(|pattern| pattern.is_match(text))
        };
        let rule = self.0.iter().find(|rule| {
            holds(&rule.host, request.host.as_bytes())
                && holds(&rule.query, query.as_bytes())
                && holds(&rule.path, &path)
        });
        rule.map(|rule| rule.to.clone())
    }
}

/// Bytes, not characters: that is what httpd compares.
fn regex(pattern: &str, any_case: bool) -> Regex {
    RegexBuilder::new(pattern).unicode(false).case_insensitive(any_case).build().unwrap()
}

fn percent_decoded(path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    bytes
}
