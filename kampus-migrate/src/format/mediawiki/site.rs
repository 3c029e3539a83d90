//! What a dump says about its wiki: namespaces, how titles are written, and under which addresses pages were found.

use std::collections::HashMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Numbers of namespaces that every wiki has. Each talk namespace is the odd number after its subject's.
pub(super) const FILE: i64 = 6;
pub(super) const MESSAGE: i64 = 8;
pub(super) const TEMPLATE: i64 = 10;
pub(super) const CATEGORY: i64 = 14;
/// Links to a file itself.
pub(super) const MEDIA: i64 = -2;

/// Names that always work, beside those that a wiki has in its own language. Those in Finnish and Swedish serve
/// dumps without a head ("Manual:Namespace constants"; translations: MediaWiki's message files).
const NAMES: [(&str, i64); 32] = [
    ("media", MEDIA),
    ("special", -1),
    ("talk", 1),
    ("user", 2),
    ("user talk", 3),
    ("project", 4),
    ("project talk", 5),
    ("file", FILE),
    ("image", FILE),
    ("file talk", 7),
    ("mediawiki", MESSAGE),
    ("mediawiki talk", 9),
    ("template", TEMPLATE),
    ("template talk", 11),
    ("help", 12),
    ("help talk", 13),
    ("category", CATEGORY),
    ("category talk", 15),
    ("module", 828),
    ("module talk", 829),
    ("keskustelu", 1),
    ("käyttäjä", 2),
    ("keskustelu käyttäjästä", 3),
    ("tiedosto", FILE),
    ("kuva", FILE),
    ("malline", TEMPLATE),
    ("ohje", 12),
    ("luokka", CATEGORY),
    ("fil", FILE),
    ("bild", FILE),
    ("mall", TEMPLATE),
    ("kategori", CATEGORY),
];

/// What stays as it is in the addresses that MediaWiki makes of titles ("Manual:PAGENAMEE encoding").
const ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A page's title in its canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Title {
    pub(super) namespace: i64,
    /// The whole title with blanks: `Ohje:Matkat`.
    pub(super) full: String,
    /// Without the namespace.
    pub(super) name: String,
    /// A place in the page, without `#`.
    pub(super) fragment: Option<String>,
}

/// A wiki.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) name: String,
    /// What stands before a title in an address.
    prefix: String,
    /// The script that answers to titles and numbers in queries.
    script: Option<String>,
    /// Names in lower case.
    namespaces: HashMap<String, i64>,
    /// The wiki's own name of each.
    local: HashMap<i64, String>,
    /// Namespaces in which the first letter counts.
    case_sensitive: Vec<i64>,
    first_letter_counts: bool,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: String::new(),
            prefix: "/wiki/".to_owned(),
            script: None,
            namespaces: NAMES.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect(),
            local: HashMap::new(),
            case_sensitive: Vec::new(),
            first_letter_counts: false,
        }
    }
}

impl Site {
    /// Takes the address of the main page: those of the others are alike.
    pub(super) fn set_base(&mut self, base: &str) {
        let base = base.trim();
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return;
        }
        let (before, _) = match base.split_once("title=") {
            Some((before, title)) => (format!("{before}title="), title),
            None => match base.rsplit_once('/') {
                Some((before, title)) => (format!("{before}/"), title),
                None => return,
            },
        };
        if let Some((script, _)) = before.split_once("index.php") {
            self.script = Some(format!("{script}index.php"));
        }
        self.prefix = before;
    }

    pub(super) fn set_case(&mut self, case: &str) {
        self.first_letter_counts = case.trim() == "case-sensitive";
    }

    pub(super) fn add_namespace(&mut self, number: i64, name: &str, case: Option<&str>) {
        let name = blanks(name);
        if case == Some("case-sensitive") {
            self.case_sensitive.push(number);
        }
        if !name.is_empty() {
            self.namespaces.insert(name.to_lowercase(), number);
            self.local.insert(number, name);
        }
    }

    /// The number of the namespace of that name.
    pub(super) fn namespace(&self, name: &str) -> Option<i64> {
        self.namespaces.get(&blanks(name).to_lowercase()).copied()
    }

    /// A title as the wiki itself would write it; `None` for what is no title.
    pub(super) fn title(&self, text: &str) -> Option<Title> {
        let (text, fragment) = match text.split_once('#') {
            Some((text, fragment)) => (text, Some(blanks(fragment)).filter(|place| !place.is_empty())),
            None => (text, None),
        };
        let text = blanks(text.trim().trim_start_matches(':'));
        if text.is_empty() || text.contains(['<', '>', '[', ']', '{', '}', '|', '\u{1}']) {
            return None;
        }
        let (namespace, name) = match text.split_once(':') {
            Some((prefix, name)) => match self.namespace(prefix) {
                Some(number) => (number, name.trim()),
                None => (0, text.as_str()),
            },
            None => (0, text.as_str()),
        };
        let counts = self.first_letter_counts || self.case_sensitive.contains(&namespace);
        let name = if counts { name.to_owned() } else { capitalised(name) };
        if name.is_empty() {
            return None;
        }
        // A link to a file itself leads to the file's page.
        let shown = if namespace == MEDIA { FILE } else { namespace };
        let full = self.in_namespace(shown, &name);
        Some(Title { namespace, full, name, fragment })
    }

    /// The whole title of a page of that name in another namespace.
    pub(super) fn in_namespace(&self, namespace: i64, name: &str) -> String {
        match self.name_of(namespace).as_str() {
            "" => name.to_owned(),
            prefix => format!("{prefix}:{name}"),
        }
    }

    /// The name before a title's colon.
    fn name_of(&self, namespace: i64) -> String {
        match self.local.get(&namespace) {
            _ if namespace == 0 => String::new(),
            Some(name) => name.clone(),
            None => {
                let usual = NAMES.iter().find(|(_, number)| *number == namespace);
                usual.map_or_else(String::new, |(name, _)| capitalised(name))
            }
        }
    }

    /// Where a page was found.
    pub(super) fn address(&self, title: &Title) -> String {
        let path = encoded(&title.full);
        let fragment = title.fragment.as_deref().map(|place| format!("#{}", anchor(place)));
        format!("{}{path}{}", self.prefix, fragment.unwrap_or_default())
    }

    /// All addresses under which a page was found, the main one first.
    pub(super) fn addresses(&self, title: &Title, id: &str) -> Vec<String> {
        let mut addresses = vec![self.address(title)];
        if let Some(script) = &self.script {
            addresses.push(format!("{script}?title={}", encoded(&title.full)));
            addresses.push(format!("{script}?curid={}", encoded(id)));
        }
        let mut seen = Vec::new();
        addresses.retain(|address| {
            let fresh = !seen.contains(address);
            seen.push(address.clone());
            fresh
        });
        addresses
    }
}

/// A title as a part of an address.
fn encoded(title: &str) -> String {
    utf8_percent_encode(&title.replace(' ', "_"), ADDRESS).to_string()
}

/// The name of a place in a page.
pub(super) fn anchor(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join("_")
}

/// Underscores are blanks, and many blanks are one.
fn blanks(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '_')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let mut site = Site::default();
        site.set_base("https://wiki.ym.example/wiki/Etusivu");
        site.add_namespace(4, "Ympäristöwiki", None);
        site.add_namespace(6, "Tiedosto", None);
        site.add_namespace(14, "Luokka", None);
        site
    }

    #[test]
    fn a_title_is_the_same_however_it_is_written() {
        let site = site();
        let full = |text: &str| site.title(text).map(|title| (title.namespace, title.full));
        assert_eq!(full("matkat_ja  loma"), Some((0, "Matkat ja loma".to_owned())));
        assert_eq!(full("category:ohjeet"), full("Luokka:Ohjeet"));
        assert_eq!(full("Image:a.png"), Some((FILE, "Tiedosto:A.png".to_owned())));
        assert_eq!(full("Project:Etusivu"), Some((4, "Ympäristöwiki:Etusivu".to_owned())));
        assert_eq!(full("Suunnitelma: osa 1"), Some((0, "Suunnitelma: osa 1".to_owned())));
        assert_eq!(full(" "), None);
        assert_eq!(full("a|b"), None);
    }

    #[test]
    fn addresses_are_those_of_the_main_page_with_another_title() {
        let mut site = site();
        let title = site.title("Työ & ohjeet#Kohta 2").unwrap();
        let expected = "https://wiki.ym.example/wiki/Ty%C3%B6_%26_ohjeet#Kohta_2";
        assert_eq!(site.address(&title), expected);
        site.set_base("http://wiki.ym.example/w/index.php?title=Etusivu");
        let title = site.title("Matkat").unwrap();
        assert_eq!(
            site.addresses(&title, "7"),
            ["http://wiki.ym.example/w/index.php?title=Matkat", "http://wiki.ym.example/w/index.php?curid=7"]
        );
    }
}
