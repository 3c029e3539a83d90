//! Who may read and write a page, as its row says, and rows that say who is in a group.

use super::Fields;
use super::page::list;
use crate::record::{
    Inheritance, LegacyBody, LegacyGroup, LegacyRecord, Permission, Permissions, Right, Who,
};

/// The columns that say who may do what.
const COLUMNS: [&str; 4] = ["readers", "editors", "denied", "inheritance"];

/// What a row says of permissions; `None` where the table says nothing of them at all.
pub(super) fn permissions(fields: &Fields<'_>) -> Option<Permissions> {
    if !COLUMNS.iter().any(|field| fields.has(field)) {
        return None;
    }
    let named = |field| fields.text(field).map(|text| list(&text)).unwrap_or_default().into_iter().map(who);
    let readers: Vec<Who> = named("readers").collect();
    let editors: Vec<Who> = named("editors").collect();
    let allowed = |right: Right| move |who| Permission::allowed(who, right.clone());
    let mut entries: Vec<Permission> = readers.iter().cloned().map(allowed(Right::Read)).collect();
    // Whoever edits a page that only some may read has to read it, too.
    if !readers.is_empty() || !matches!(inheritance(fields), Inheritance::Narrows) {
        entries.extend(editors.iter().cloned().map(allowed(Right::Read)));
    }
    entries.extend(editors.into_iter().map(allowed(Right::Write)));
    entries.extend(named("denied").map(|who| Permission::denied(who, Right::Read)));
    Some(Permissions { inheritance: inheritance(fields), entries })
}

/// Without a word for it, readers who are named are the only ones.
fn inheritance(fields: &Fields<'_>) -> Inheritance {
    let word = fields.text("inheritance").unwrap_or_default().to_lowercase();
    match word.as_str() {
        "katkaistu" | "ei peri" | "bruten" | "ärvs inte" | "broken" | "unique" => Inheritance::Replaces,
        "laajennettu" | "peri" | "utökad" | "ärvs" | "extended" | "inherited" => Inheritance::Extends,
        // An unknown word opens nothing.
        _ => Inheritance::Narrows,
    }
}

/// Whom a word in a cell means.
fn who(word: String) -> Who {
    match word.to_lowercase().as_str() {
        "kaikki" | "alla" | "everyone" | "all" => Who::Everyone,
        "kirjautuneet" | "inloggade" | "signed in" => Who::SignedIn,
        _ => Who::Named(word),
    }
}

/// The members that a row of a list of groups tells of; else the field that is wrong, and why.
pub(super) fn group(fields: &Fields<'_>) -> Result<LegacyRecord, (&'static str, String)> {
    let name = fields.text("groups").ok_or(("groups", "the row names no group".to_owned()))?;
    let members = fields.text("member").ok_or(("member", "the row names no member".to_owned()))?;
    // The ledger keeps this id, so it must not be an e-mail address, which can be erased elsewhere.
    let id = blake3::hash(format!("{}\n{}", name.to_lowercase(), members.to_lowercase()).as_bytes()).to_hex();
    let group = LegacyGroup { name, members: list(&members).into_iter().map(Who::Named).collect() };
    Ok(LegacyRecord {
        id: format!("group:{}", id.get(..16).unwrap_or(&id)),
        place: fields.row.place.clone(),
        body: LegacyBody::Group(Box::new(group)),
    })
}
