//! References of XWiki: `wiki:Space.Sub.Page`, dots in names escaped ("Document Reference").

/// The last document of a space stands for the space.
pub(super) const HOME: &str = "WebHome";

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// Spaces from the outside in.
    pub(super) spaces: Vec<String>,
    pub(super) name: String,
}

impl Reference {
    /// Reads a reference, relative to the spaces of another document.
    pub(super) fn read(text: &str, here: &[String]) -> Option<Self> {
        let text = text.trim();
        let text = text.split_once(':').map_or(text, |(_, rest)| rest);
        let mut parts = split(text);
        let name = parts.pop().filter(|name| !name.is_empty())?;
        // `.Page` is in the same space.
        parts.retain(|space| !space.is_empty());
        let spaces = if parts.is_empty() { here.to_vec() } else { parts };
        Some(Self { spaces, name })
    }

    /// As a whole, dots in names escaped.
    pub(super) fn full(&self) -> String {
        let parts = self.spaces.iter().chain([&self.name]);
        parts.map(|part| part.replace('\\', "\\\\").replace('.', "\\.")).collect::<Vec<_>>().join(".")
    }

    /// Where the document was found.
    pub(super) fn address(&self) -> String {
        let mut address = format!("/xwiki/bin/view{}", self.path());
        if self.name != HOME {
            address.push('/');
            address.push_str(&encoded(&self.name));
        } else if !self.spaces.is_empty() {
            address.push('/');
        }
        address
    }

    /// All addresses of the document.
    pub(super) fn addresses(&self) -> Vec<String> {
        let mut addresses = vec![self.address()];
        if self.name == HOME {
            addresses.push(format!("/xwiki/bin/view{}/{HOME}", self.path()));
        }
        addresses
    }

    /// Where a file of the document was found.
    pub(super) fn download(&self, file: &str) -> String {
        format!("/xwiki/bin/download{}/{}/{}", self.path(), encoded(&self.name), encoded(file))
    }

    fn path(&self) -> String {
        let parts: Vec<String> =
            self.spaces.iter().flat_map(|space| ["/".to_owned(), encoded(space)]).collect();
        parts.concat()
    }

    /// The document above: a space's home is above the others in it.
    pub(super) fn above(&self) -> Option<Self> {
        let mut spaces = self.spaces.clone();
        if self.name == HOME {
            spaces.pop();
        }
        (!spaces.is_empty()).then(|| Self { spaces, name: HOME.to_owned() })
    }
}

/// The parts between dots; a dot behind a backslash is part of a name.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                if let (Some(last), Some(next)) = (parts.last_mut(), chars.next()) {
                    last.push(next);
                }
            }
            '.' => parts.push(String::new()),
            c => {
                if let Some(last) = parts.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    parts
}

/// What stays as it is in an address.
const ADDRESS: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, ADDRESS).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_from_where_they_stand() {
        let here = ["Ohjeet".to_owned(), "Matkat".to_owned()];
        let full = |text: &str| Reference::read(text, &here).map(|reference| reference.full());
        assert_eq!(full("Liite").as_deref(), Some("Ohjeet.Matkat.Liite"));
        assert_eq!(full("xwiki:Main.WebHome").as_deref(), Some("Main.WebHome"));
        assert_eq!(full("A.B\\.1.C").as_deref(), Some("A.B\\.1.C"));
        assert_eq!(full(""), None);
        let home = Reference::read("A.B.WebHome", &[]).unwrap();
        assert_eq!(home.addresses(), ["/xwiki/bin/view/A/B/", "/xwiki/bin/view/A/B/WebHome"]);
        assert_eq!(home.above().unwrap().full(), "A.WebHome");
        assert_eq!(Reference::read("A.WebHome", &[]).unwrap().above(), None);
    }
}
