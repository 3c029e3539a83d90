//! OpenFGA's language of models, as far as it speaks of unions.

/// The types of a model in the order told.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    types: Vec<(&'a str, Vec<(&'a str, Definition<'a>)>)>,
}

/// Who is a relation of a thing: a union of all these.
#[derive(Debug, Default)]
pub(crate) struct Definition<'a> {
    /// Whoever a tuple names, of these kinds: `user`, `user:*`, `group#member`.
    pub(crate) direct: Vec<&'a str>,
    /// Whoever is that other relation of the same thing.
    pub(crate) computed: Vec<&'a str>,
    /// Whoever is the first relation of what the second relation names.
    pub(crate) from: Vec<(&'a str, &'a str)>,
}

const CONDITION: &str = "a condition: a grant knows time only";

impl<'a> Model<'a> {
    /// Reads a model; the error is what it has beside unions.
    pub(crate) fn read(text: &'a str) -> Result<Self, &'static str> {
        let mut types: Vec<(&str, Vec<(&str, Definition<'_>)>)> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix("type ") {
                types.push((name.trim(), Vec::new()));
            } else if let Some(line) = line.strip_prefix("define ") {
                let (relation, definition) = line.split_once(':').unwrap();
                let (_, relations) = types.last_mut().unwrap();
                relations.push((relation.trim(), Definition::read(definition)?));
            } else if line.starts_with("condition ") {
                return Err(CONDITION);
            }
        }
        Ok(Self { types })
    }

    /// Those of which nothing is told: people.
    pub(crate) fn people(&self) -> Vec<&'a str> {
        self.types.iter().filter(|(_, relations)| relations.is_empty()).map(|(name, _)| *name).collect()
    }

    pub(crate) fn definition(&self, kind: &str, relation: &str) -> Option<&Definition<'a>> {
        let (_, relations) = self.types.iter().find(|(name, _)| *name == kind)?;
        relations.iter().find(|(name, _)| *name == relation).map(|(_, definition)| definition)
    }

    /// Every type with every relation of it.
    pub(crate) fn relations(&self) -> impl Iterator<Item = (&'a str, &'a str, &Definition<'a>)> {
        self.types.iter().flat_map(|(kind, relations)| {
            relations.iter().map(|(relation, definition)| (*kind, *relation, definition))
        })
    }

    /// A relation and every other of the same type that gives it.
    pub(crate) fn giving(&self, kind: &str, relation: &'a str) -> Vec<&'a str> {
        let mut giving = vec![relation];
        let mut next = 0;
        while let Some(one) = giving.get(next).copied() {
            next += 1;
            for other in self.definition(kind, one).map_or(&[][..], |definition| &definition.computed) {
                if !giving.contains(other) {
                    giving.push(other);
                }
            }
        }
        giving
    }
}

impl<'a> Definition<'a> {
    fn read(text: &'a str) -> Result<Self, &'static str> {
        if text.contains(" and ") {
            return Err("an intersection: access is a union");
        }
        if text.contains(" but not ") {
            return Err("an exclusion: access is a union, there are no denials");
        }
        if text.contains(" with ") {
            return Err(CONDITION);
        }
        assert!(!text.contains('('), "unions have no brackets: {text}");
        let mut definition = Self::default();
        for term in text.split(" or ").map(str::trim) {
            if let Some(kinds) = term.strip_prefix('[') {
                let kinds = kinds.strip_suffix(']').unwrap_or_else(|| panic!("`{term}` ends nowhere"));
                definition.direct.extend(kinds.split(',').map(str::trim));
            } else if let Some((relation, place)) = term.split_once(" from ") {
                definition.from.push((relation.trim(), place.trim()));
            } else {
                definition.computed.push(term);
            }
        }
        Ok(definition)
    }

    /// Whether a tuple can name people here, or sets of them, and not only other things.
    pub(crate) fn names_people(&self, people: &[&str]) -> bool {
        self.direct
            .iter()
            .any(|kind| kind.contains('#') || people.contains(&kind.strip_suffix(":*").unwrap_or(kind)))
    }
}
