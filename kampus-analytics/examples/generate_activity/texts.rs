//! Titles of made-up content.

use kampus_core::{Language, Localised};

/// Subjects of news: Finnish, Swedish.
const SUBJECTS: [(&str, &str); 24] = [
    ("Etätyön pelisäännöt", "Spelregler för distansarbete"),
    ("Matkalaskujen uusi lomake", "Ny blankett för reseräkningar"),
    ("Lausuntopalvelun käyttökatko", "Avbrott i utlåtandetjänsten"),
    ("Hallitusohjelman seuranta", "Uppföljning av regeringsprogrammet"),
    ("EU-puheenjohtajakauden valmistelu", "Förberedelser för EU-ordförandeskapet"),
    ("Henkilöstön hyvinvointikysely", "Enkät om personalens välmående"),
    ("Virkapukeutumisen vuosikatsaus", "Översikt över tjänsteklädsel"),
    ("Tietosuojan verkkokurssi", "Webbkurs i dataskydd"),
    ("Kokoustilojen varaaminen", "Bokning av mötesrum"),
    ("Selkeän virkakielen viikko", "Veckan för klart myndighetsspråk"),
    ("Talousarvioehdotuksen aikataulu", "Tidtabell för budgetförslaget"),
    ("Uudet kollegat esittäytyvät", "Nya kolleger presenterar sig"),
    ("Pyöräpysäköinnin muutokset", "Ändringar i cykelparkeringen"),
    ("Säädösvalmistelun koulutus", "Utbildning i lagberedning"),
    ("Valmiusharjoituksen tulokset", "Resultat av beredskapsövningen"),
    ("Arkistoinnin ohjeen päivitys", "Uppdaterad anvisning om arkivering"),
    ("Ruokalan kasvisviikko", "Vegetarisk vecka i matsalen"),
    ("Palkkausjärjestelmän muutos", "Ändring i lönesystemet"),
    ("Yhteisten työtilojen käyttöönotto", "Gemensamma arbetsrum tas i bruk"),
    ("Kansliapäällikkökokouksen terveiset", "Hälsningar från kanslichefsmötet"),
    ("Tulostuksen säästöohje", "Sparråd för utskrifter"),
    ("Esteettömyyden tarkistuslista", "Checklista för tillgänglighet"),
    ("Hankintojen kilpailutuskalenteri", "Kalender för konkurrensutsättning"),
    ("Kesän päivystysvuorot", "Sommarens jourturer"),
];

/// What is told of a subject.
const TURNS: [(&str, &str); 8] = [
    ("mitä muuttuu", "vad ändras"),
    ("vastaukset kysymyksiin", "svar på frågor"),
    ("ilmoittaudu mukaan", "anmäl dig"),
    ("aikataulu tarkentui", "tidtabellen har preciserats"),
    ("näin se sujui", "så gick det"),
    ("kommentoi luonnosta", "kommentera utkastet"),
    ("ohje yhdellä sivulla", "anvisning på en sida"),
    ("voimaan ensi kuussa", "i kraft nästa månad"),
];

/// Themes of workspaces.
const THEMES: [&str; 20] = [
    "Ilmasto- ja energiapolitiikka",
    "Digitalisaation tiekartta",
    "Saavutettavuusverkosto",
    "Säädösvalmistelun kehittäminen",
    "EU-asioiden koordinaatio",
    "Henkilöstöpolitiikan verkosto",
    "Viestinnän asiantuntijat",
    "Kansallinen metsäohjelma",
    "Liikenteen päästöt",
    "Sote-uudistuksen tuki",
    "Valmius ja varautuminen",
    "Tietosuojavastaavat",
    "Hankintojen vertaistuki",
    "Arktinen yhteistyö",
    "Kotoutumisen edistäminen",
    "Nuorten osallisuus",
    "Vesienhoidon suunnittelu",
    "Avoin hallinto",
    "Asiakirjahallinnon kehittäjät",
    "Kestävän kehityksen toimikunta",
];

fn pick<T>(all: &[T], index: usize) -> Option<&T> {
    all.get(index.checked_rem(all.len())?)
}

/// The title of the news of that number, in Finnish, and of every third in Swedish as well.
pub(crate) fn news(number: usize) -> Localised<String> {
    let mut title = Localised::default();
    // 7 and 24 have no common divisor: subjects and turns do not meet again soon.
    let (Some(subject), Some(turn)) = (pick(&SUBJECTS, number * 7), pick(&TURNS, number / 3)) else {
        return title;
    };
    title.set(Language::Fi, format!("{}: {}", subject.0, turn.0));
    if number.is_multiple_of(3) {
        title.set(Language::Sv, format!("{}: {}", subject.1, turn.1));
    }
    title
}

/// The title of the workspace of that number.
pub(crate) fn workspace(number: usize) -> String {
    let theme = pick(&THEMES, number).copied().unwrap_or_default();
    match number / THEMES.len() {
        0 => theme.to_owned(),
        round => format!("{theme}, ryhmä {}", round + 1),
    }
}
