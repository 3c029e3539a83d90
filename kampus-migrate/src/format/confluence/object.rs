//! One object of `entities.xml`: an id, properties, and the ids of the objects that its collections name.

use super::super::xml::{Broken, Token, Tokens, attribute};

/// Collections that say something; the others repeat what the objects in them say themselves.
const COLLECTIONS: [&str; 5] =
    ["bodyContents", "historicalVersions", "contentPermissionSets", "contentPermissions", "permissions"];

/// An object as it stands.
#[derive(Debug, Default)]
pub(super) struct Object {
    pub(super) class: String,
    /// Its id, or the key of a user.
    pub(super) id: String,
    properties: Vec<Property>,
    collections: Vec<(String, Vec<String>)>,
    /// Where it begins.
    pub(super) spot: Spot,
}

/// Where something stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spot {
    pub(super) byte: Option<u64>,
    pub(super) line: Option<u64>,
}

#[derive(Debug)]
struct Property {
    name: String,
    text: String,
    /// The id of the object that it names.
    to: Option<String>,
}

impl Object {
    /// Reads an object whose start was read.
    pub(super) fn read(tokens: &mut Tokens, class: &str, spot: Spot, limit: usize) -> Result<Self, Broken> {
        let mut object = Self { class: class.to_owned(), spot, ..Self::default() };
        let mut left = limit;
        loop {
            match tokens.next()? {
                Token::Start(name, own) => match name.as_str() {
                    "id" => tokens.text()?.trim().clone_into(&mut object.id),
                    "property" => {
                        let property = Property::read(tokens, attribute(&own, "name").unwrap_or_default())?;
                        let weight = 64 + property.text.len() + property.to.as_ref().map_or(0, String::len);
                        left = left.checked_sub(weight).ok_or_else(|| tokens.too_large())?;
                        object.properties.push(property);
                    }
                    "collection" => {
                        let name = attribute(&own, "name").unwrap_or_default();
                        if COLLECTIONS.contains(&name) {
                            let ids = elements(tokens, &mut left)?;
                            object.collections.push((name.to_owned(), ids));
                        } else {
                            tokens.skip()?;
                        }
                    }
                    _ => tokens.skip()?,
                },
                Token::End(_) => return Ok(object),
                Token::Text(_) => {}
                Token::Eof => return Err(tokens.truncated()),
            }
        }
    }

    /// The id as a number; keys of users are none.
    pub(super) fn number(&self) -> Option<u64> {
        self.id.parse().ok()
    }

    /// The text of a property as it is written.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.properties.iter().find(|property| property.name == name).map_or("", |found| &found.text)
    }

    /// The text of a property, without blanks around it; none when it is empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        Some(self.raw(name).trim()).filter(|text| !text.is_empty())
    }

    /// The id that a property names.
    pub(super) fn to(&self, name: &str) -> Option<&str> {
        let found = self.properties.iter().find(|property| property.name == name)?;
        found.to.as_deref().filter(|id| !id.is_empty())
    }

    /// The id that a property names, as a number.
    pub(super) fn link(&self, name: &str) -> Option<u64> {
        self.to(name)?.parse().ok()
    }

    /// Whether properties other than these say something.
    pub(super) fn says_more_than(&self, known: &[&str]) -> bool {
        let says = |property: &&Property| property.to.is_some() || !property.text.trim().is_empty();
        self.properties.iter().filter(says).any(|property| !known.contains(&property.name.as_str()))
    }

    /// A number in a property.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        self.text(name)?.parse().ok()
    }

    /// The numbers of the objects in a collection; what is no number stands for none that is there.
    pub(super) fn list(&self, name: &str) -> Vec<u64> {
        let found = self.collections.iter().filter(|(own, _)| own == name).flat_map(|(_, ids)| ids);
        found.map(|id| id.parse().unwrap_or(u64::MAX)).collect()
    }
}

impl Property {
    fn read(tokens: &mut Tokens, name: &str) -> Result<Self, Broken> {
        let mut property = Self { name: name.to_owned(), text: String::new(), to: None };
        loop {
            match tokens.next()? {
                Token::Text(piece) => {
                    tokens.fits(property.text.len() + piece.len())?;
                    property.text.push_str(&piece);
                }
                Token::Start(name, _) if name == "id" => {
                    property.to = Some(tokens.text()?.trim().to_owned());
                }
                Token::Start(..) => tokens.skip()?,
                Token::End(_) => return Ok(property),
                Token::Eof => return Err(tokens.truncated()),
            }
        }
    }
}

/// The ids of the elements of the collection that has just begun.
fn elements(tokens: &mut Tokens, left: &mut usize) -> Result<Vec<String>, Broken> {
    let mut ids = Vec::new();
    loop {
        match tokens.next()? {
            Token::Start(name, _) if name == "element" => {}
            Token::Start(name, _) if name == "id" => {
                let id = tokens.text()?.trim().to_owned();
                *left = left.checked_sub(32 + id.len()).ok_or_else(|| tokens.too_large())?;
                ids.push(id);
            }
            Token::Start(..) => tokens.skip()?,
            Token::End(name) if name == "collection" => return Ok(ids),
            Token::End(_) | Token::Text(_) => {}
            Token::Eof => return Err(tokens.truncated()),
        }
    }
}
