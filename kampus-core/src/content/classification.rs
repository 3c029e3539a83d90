//! How widely content may be known.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Classification of an item, and ceiling of a container. Publicity (Act on the Openness of Government
/// Activities 621/1999) and security class (Decree 1101/2019) are two axes in law; for reading they form one
/// ladder, because each step asks for all that the step below asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    /// Anybody could see it.
    Public,
    /// For the Government's people.
    #[default]
    Internal,
    /// Salassa pidettävä: needs a role in the very container.
    NonPublic,
    /// TL IV, käyttö rajoitettu: needs a cleared person besides.
    SecurityIv,
}

/// A class that does not belong on this platform, or is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnsupportedClassification {
    /// TL I, II or III.
    #[error("security class `{0}` does not belong here: Kampus holds at most TL IV")]
    TooHigh(String),
    /// No class that we know.
    #[error("`{0}` is not a classification: public, internal, non_public or security_iv")]
    Unknown(String),
}

impl FromStr for Classification {
    type Err = UnsupportedClassification;

    /// Reads our own words and the marks of the Decree 1101/2019; higher classes are refused by name. Older
    /// marks (ST I–IV) are not read at all, because they do not map one to one.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_lowercase().replace(['-', ' '], "_").as_str() {
            "public" | "julkinen" | "offentlig" => Ok(Self::Public),
            "internal" | "sisäinen" | "intern" => Ok(Self::Internal),
            "non_public" | "salassa_pidettävä" | "sekretessbelagd" => Ok(Self::NonPublic),
            "security_iv" | "tl_iv" | "käyttö_rajoitettu" | "begränsad_tillgång" => Ok(Self::SecurityIv),
            "tl_i" | "tl_ii" | "tl_iii" | "security_i" | "security_ii" | "security_iii"
            | "luottamuksellinen" | "salainen" | "erittäin_salainen" | "konfidentiell" | "hemlig"
            | "ytterst_hemlig" => Err(UnsupportedClassification::TooHigh(text.trim().to_owned())),
            _ => Err(UnsupportedClassification::Unknown(text.trim().to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_security_class_is_refused_by_name() {
        assert_eq!("TL IV".parse(), Ok(Classification::SecurityIv));
        let error = "TL III".parse::<Classification>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "security class `TL III` does not belong here: Kampus holds at most TL IV"
        );
        assert!(matches!("ST IV".parse::<Classification>(), Err(UnsupportedClassification::Unknown(_))));
    }
}
