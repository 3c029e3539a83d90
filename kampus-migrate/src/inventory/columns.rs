//! The columns of the inventory and what they are called.

use kampus_core::Language;

/// A column of the sheet of pages, in the sheet's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Source,
    Id,
    Kind,
    Title,
    Address,
    Owner,
    Created,
    Modified,
    Language,
    LanguageFrom,
    Bytes,
    Words,
    Links,
    Rule,
    Problems,
    Decision,
    MergeInto,
    Target,
    NewOwner,
    Reason,
}

impl Column {
    pub(super) const ALL: [Self; 20] = [
        Self::Source,
        Self::Id,
        Self::Kind,
        Self::Title,
        Self::Address,
        Self::Owner,
        Self::Created,
        Self::Modified,
        Self::Language,
        Self::LanguageFrom,
        Self::Bytes,
        Self::Words,
        Self::Links,
        Self::Rule,
        Self::Problems,
        Self::Decision,
        Self::MergeInto,
        Self::Target,
        Self::NewOwner,
        Self::Reason,
    ];

    /// Whether content owners fill it in.
    pub(super) fn is_decided(self) -> bool {
        matches!(self, Self::Decision | Self::MergeInto | Self::Target | Self::NewOwner | Self::Reason)
    }

    /// Width in characters.
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Title | Self::Address | Self::Problems => 44.0,
            Self::MergeInto | Self::Target | Self::Reason | Self::Rule => 36.0,
            Self::Owner | Self::NewOwner => 28.0,
            Self::Id | Self::Decision => 18.0,
            Self::Source | Self::Kind | Self::Created | Self::Modified | Self::LanguageFrom => 12.0,
            Self::Language | Self::Bytes | Self::Words | Self::Links => 9.0,
        }
    }

    /// Header text. Northern Sámi workbooks have Finnish headers.
    pub(super) fn header(self, language: Language) -> &'static str {
        let [fi, sv, en] = self.headers();
        match language {
            Language::Fi | Language::Se => fi,
            Language::Sv => sv,
            Language::En => en,
        }
    }

    /// The column that a header stands for, in any language.
    pub(super) fn from_header(header: &str) -> Option<Self> {
        let header = header.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|column| column.headers().iter().any(|known| known.to_lowercase() == header))
    }

    fn headers(self) -> [&'static str; 3] {
        match self {
            Self::Source => ["Lähde", "Källa", "Source"],
            Self::Id => ["Tunniste", "Identifierare", "Id"],
            Self::Kind => ["Laji", "Slag", "Kind"],
            Self::Title => ["Otsikko", "Rubrik", "Title"],
            Self::Address => ["Osoite", "Adress", "Address"],
            Self::Owner => ["Sisällönomistaja", "Innehållsansvarig", "Owner"],
            Self::Created => ["Luotu", "Skapad", "Created"],
            Self::Modified => ["Muokattu", "Ändrad", "Modified"],
            Self::Language => ["Kieli", "Språk", "Language"],
            Self::LanguageFrom => ["Kielen lähde", "Språkets källa", "Language from"],
            Self::Bytes => ["Tavuja", "Byte", "Bytes"],
            Self::Words => ["Sanoja", "Ord", "Words"],
            Self::Links => ["Linkkejä", "Länkar", "Links"],
            Self::Rule => ["Sääntö", "Regel", "Rule"],
            Self::Problems => ["Huomiot", "Anmärkningar", "Problems"],
            Self::Decision => ["Päätös", "Beslut", "Decision"],
            Self::MergeInto => ["Yhdistetään sivuun", "Slås ihop med", "Merge into"],
            Self::Target => ["Kohde", "Mål", "Target"],
            Self::NewOwner => ["Uusi omistaja", "Ny ansvarig", "New owner"],
            Self::Reason => ["Perustelu", "Motivering", "Reason"],
        }
    }
}

/// The columns of one sheet, in their order. Those of rules and targets are left out where the plan has none.
#[derive(Debug)]
pub(super) struct Layout(Vec<Column>);

impl Layout {
    pub(super) fn of(has_rules: bool, has_targets: bool) -> Self {
        let is_there = |column: &Column| match column {
            Column::Rule => has_rules,
            Column::Target => has_targets,
            _ => true,
        };
        Self(Column::ALL.into_iter().filter(is_there).collect())
    }

    /// The columns with their zero-based numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u16, Column)> {
        (0..).zip(self.0.iter().copied())
    }

    /// The number of a column, if it is there.
    pub(super) fn number(&self, column: Column) -> Option<u16> {
        self.iter().find(|(_, known)| *known == column).map(|(number, _)| number)
    }

    /// The number of the last column.
    pub(super) fn last(&self) -> u16 {
        self.iter().last().map_or(0, |(number, _)| number)
    }
}

/// `A`, `B`, … `AA`: a column as a spreadsheet shows it. `number` is zero-based.
pub(super) fn letters(mut number: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from_u32(u32::from(b'A') + number % 26).unwrap_or('?'));
        match (number / 26).checked_sub(1) {
            Some(next) => number = next,
            None => return letters.into_iter().rev().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_leads_back_to_its_column() {
        for column in Column::ALL {
            for language in Language::ALL {
                assert_eq!(Column::from_header(&format!(" {} ", column.header(language))), Some(column));
            }
        }
    }

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
