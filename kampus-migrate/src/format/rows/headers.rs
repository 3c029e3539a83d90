//! Finding the header, and the columns in it.

use std::collections::BTreeMap;

use super::super::{ReadOptions, RowKind};
use super::{Cell, Columns, Row};
use crate::plan::{PAGE_FIELDS, PERSON_FIELDS};

/// Common headers of page inventories, in lower case.
const PAGE_HEADERS: [(&str, &[&str]); 21] = [
    ("id", &["id", "tunniste", "sivun tunniste", "sid-id", "page id", "nodeid"]),
    ("title", &["otsikko", "rubrik", "title", "sivun nimi", "nimi", "sidans namn", "page title", "name"]),
    ("address", &["osoite", "adress", "address", "url", "linkki", "polku", "sivun osoite", "webbadress"]),
    ("lead", &["ingressi", "ingress", "lead", "kuvaus", "summary", "description", "tiivistelmä"]),
    ("body", &["sisältö", "sisältö (html)", "innehåll", "body", "content", "teksti", "text", "html"]),
    ("kind", &["tyyppi", "typ", "type", "kind", "sisältötyyppi"]),
    ("status", &["tila", "status", "state"]),
    ("created", &["luotu", "julkaistu", "skapad", "publicerad", "created", "published", "luontipäivä"]),
    ("modified", &["muokattu", "päivitetty", "ändrad", "uppdaterad", "modified", "updated", "muutettu"]),
    (
        "author",
        &[
            "sisällönomistaja",
            "omistaja",
            "innehållsansvarig",
            "ägare",
            "owner",
            "author",
            "laatija",
            "tekijä",
        ],
    ),
    ("language", &["kieli", "språk", "language", "lang"]),
    ("parent", &["yläsivu", "ylätaso", "föräldrasida", "parent", "parent id"]),
    ("labels", &["avainsanat", "asiasanat", "nyckelord", "ämnesord", "labels", "tags", "keywords"]),
    ("link", &["palvelun osoite", "palvelulinkki", "tjänstens adress", "link", "service link"]),
    ("decision", &["päätös", "säilytetään/poistetaan", "beslut", "decision", "toimenpide"]),
    ("merge_into", &["yhdistetään sivuun", "yhdistetään", "slås ihop med", "merge into"]),
    ("readers", &["lukijat", "lukuoikeudet", "läsare", "läsrättigheter", "readers"]),
    ("editors", &["muokkaajat", "muokkausoikeudet", "redigerare", "redigerarrättigheter", "editors"]),
    ("denied", &["estetyt", "evätty", "nekade", "denied"]),
    ("inheritance", &["oikeuksien periytyminen", "periytyminen", "arv av rättigheter", "inheritance"]),
    ("translation_of", &["käännös sivusta", "alkuperäinen sivu", "översättning av", "translation of"]),
];

/// Common headers of people lists, in lower case.
const PERSON_HEADERS: [(&str, &[&str]); 12] = [
    ("email", &["sähköposti", "sähköpostiosoite", "e-post", "epost", "email", "e-mail", "mail"]),
    ("login", &["käyttäjätunnus", "tunnus", "användarnamn", "login", "user name", "username"]),
    ("given_name", &["etunimi", "förnamn", "given name", "first name"]),
    ("family_name", &["sukunimi", "efternamn", "family name", "last name", "surname"]),
    ("display_name", &["nimi", "namn", "name", "display name", "koko nimi"]),
    ("title", &["nimike", "tehtävänimike", "virkanimike", "titel", "tjänstebeteckning", "title"]),
    ("phone", &["puhelin", "puhelinnumero", "telefon", "phone"]),
    ("organisation", &["organisaatio", "virasto", "yksikkö", "organisation", "enhet", "unit", "ministeriö"]),
    ("language", &["kieli", "äidinkieli", "språk", "modersmål", "language"]),
    ("user_type", &["henkilöstöryhmä", "käyttäjätyyppi", "personalgrupp", "user type"]),
    ("groups", &["ryhmät", "ryhmä", "ryhmän nimi", "grupper", "grupp", "groups", "group", "group name"]),
    ("member", &["jäsen", "jäsenet", "medlem", "medlemmar", "member", "members"]),
];

/// How many columns a row must name to be a header that nobody told us about.
const ENOUGH: usize = 2;

/// The columns, if this row is the header: all that the plan names, or enough that are usual.
pub(super) fn find(options: &ReadOptions, row: &Row) -> Option<Columns> {
    let texts: Vec<String> = row.cells.iter().map(|cell| fold(&cell.text())).collect();
    let position = |header: &str| texts.iter().position(|text| *text == fold(header));
    let mut fields = BTreeMap::new();
    if options.columns.is_empty() {
        let usual: &[(&'static str, &[&str])] = match options.rows {
            RowKind::Pages => &PAGE_HEADERS,
            RowKind::People => &PERSON_HEADERS,
        };
        for (field, headers) in usual {
            if let Some(column) = headers.iter().find_map(|header| position(header)) {
                fields.entry(*field).or_insert(column);
            }
        }
        let key = match options.rows {
            RowKind::Pages => fields.contains_key("title"),
            RowKind::People => ["email", "login", "display_name", "family_name", "member"]
                .into_iter()
                .any(|field| fields.contains_key(field)),
        };
        if !key || fields.len() < ENOUGH {
            return None;
        }
    } else {
        for (field, header) in &options.columns {
            fields.insert(known(options, field)?, position(header)?);
        }
    }
    let taken: Vec<usize> = fields.values().copied().collect();
    let others = row
        .cells
        .iter()
        .enumerate()
        .filter(|(column, cell)| !taken.contains(column) && !cell.is_empty())
        .map(|(column, cell)| (column, cell.text()))
        .collect();
    Some(Columns { fields, others })
}

/// The field of that name, as ours.
fn known(options: &ReadOptions, field: &str) -> Option<&'static str> {
    let mut fields: Box<dyn Iterator<Item = &'static str>> = match options.rows {
        RowKind::Pages => Box::new(PAGE_FIELDS.into_iter()),
        RowKind::People => Box::new(PERSON_FIELDS.into_iter()),
    };
    fields.find(|known| *known == field)
}

/// What to say when no row is the header.
pub(super) fn missing(options: &ReadOptions, rows: &[Row]) -> String {
    let found: Vec<String> = rows
        .iter()
        .max_by_key(|row| row.cells.iter().filter(|cell| !cell.is_empty()).count())
        .map(|row| row.cells.iter().map(Cell::text).filter(|text| !text.is_empty()).take(12).collect())
        .unwrap_or_default();
    if found.is_empty() {
        return "the table is empty".to_owned();
    }
    let found = found.iter().map(|text| text.chars().take(40).collect::<String>()).collect::<Vec<_>>();
    let found = found.join("`, `");
    if options.columns.is_empty() {
        let wanted = match options.rows {
            RowKind::Pages => "a title (`Otsikko`, `Rubrik`, `Title`) and one more",
            RowKind::People => "a name or an e-mail address and one more",
        };
        return format!(
            "no row looks like the header of a list: it should name {wanted}; the fullest row is `{found}`. A plan can \
             name the columns"
        );
    }
    let nowhere: Vec<&String> = options
        .columns
        .values()
        .filter(|header| {
            !rows.iter().any(|row| row.cells.iter().any(|cell| fold(&cell.text()) == fold(header)))
        })
        .collect();
    let nowhere = nowhere.iter().map(|header| header.as_str()).collect::<Vec<_>>().join("`, `");
    format!("no row has all columns of the plan; missing: `{nowhere}`; the fullest row is `{found}`")
}

/// Headers are compared without case and with single blanks.
fn fold(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
