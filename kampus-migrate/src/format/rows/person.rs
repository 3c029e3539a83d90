//! A row of a people list.

use super::page::list;
use super::{Fields, access};
use crate::record::{LegacyBody, LegacyPerson, LegacyRecord};

/// The person that a row tells of; else the field that is wrong, and why.
pub(super) fn record(fields: &mut Fields<'_>) -> Result<LegacyRecord, (&'static str, String)> {
    // A list of people has its groups in a column; a list of groups has a column of members.
    if fields.has("member") {
        return access::group(fields);
    }
    let given_name = fields.text("given_name").unwrap_or_default();
    let family_name = fields.text("family_name").unwrap_or_default();
    let display_name = fields
        .text("display_name")
        .unwrap_or_else(|| format!("{given_name} {family_name}").trim().to_owned());
    let person = LegacyPerson {
        login: fields.text("login"),
        email: fields.text("email"),
        given_name,
        family_name,
        display_name,
        title: fields.text("title"),
        phone: fields.text("phone"),
        organisation: fields.text("organisation"),
        language: fields.text("language"),
        user_type: fields.text("user_type"),
        groups: fields.text("groups").map(|groups| list(&groups)).unwrap_or_default(),
    };
    if person.email.is_none() && person.login.is_none() && person.display_name.is_empty() {
        return Err(("email", "the row has neither a name nor an e-mail address nor a log-in".to_owned()));
    }
    let id = person
        .email
        .as_deref()
        .or(person.login.as_deref())
        .map_or_else(|| format!("row:{}", fields.row.number), str::to_lowercase);
    // The ledger keeps this id, so it must not be the address itself, which can be erased elsewhere.
    let id = blake3::hash(id.as_bytes()).to_hex();
    let id = format!("person:{}", id.get(..16).unwrap_or(&id));
    Ok(LegacyRecord { id, place: fields.row.place.clone(), body: LegacyBody::Person(Box::new(person)) })
}
