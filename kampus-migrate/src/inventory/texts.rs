//! What the workbook says around its cells, in the languages of those who fill it in.

use kampus_core::Language;

use crate::outcome::LanguageFrom;

/// The texts of a workbook in one language.
pub(super) struct Texts {
    pub(super) pages_sheet: &'static str,
    pub(super) summary_sheet: &'static str,
    pub(super) rejected_sheet: &'static str,
    pub(super) heading: &'static str,
    pub(super) how: [&'static str; 5],
    /// Beside the others where the plan has targets.
    pub(super) how_to_move: &'static str,
    pub(super) targets_sheet: &'static str,
    pub(super) visibility: &'static str,
    pub(super) rules_heading: &'static str,
    pub(super) no_rule: &'static str,
    pub(super) goes_to: &'static str,
    pub(super) own_section: &'static str,
    pub(super) stays_behind: &'static str,
    pub(super) pages: &'static str,
    pub(super) files: &'static str,
    pub(super) given: &'static str,
    pub(super) detected: &'static str,
    pub(super) assumed: &'static str,
    pub(super) ruled: &'static str,
    pub(super) file: &'static str,
    pub(super) organisation: &'static str,
    pub(super) format: &'static str,
    pub(super) records: &'static str,
    pub(super) total: &'static str,
    pub(super) stopped: &'static str,
    pub(super) place: &'static str,
    pub(super) decision_hint: &'static str,
    pub(super) decision_error: &'static str,
}

impl Texts {
    /// The texts in a language; Northern Sámi workbooks speak Finnish.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Fi | Language::Se => &FI,
            Language::Sv => &SV,
            Language::En => &EN,
        }
    }

    /// How the language of a page is known.
    pub(super) fn language_from(&self, from: LanguageFrom) -> &'static str {
        match from {
            LanguageFrom::Given => self.given,
            LanguageFrom::Detected => self.detected,
            LanguageFrom::Assumed => self.assumed,
            LanguageFrom::Ruled => self.ruled,
        }
    }
}

static FI: Texts = Texts {
    pages_sheet: "Sivut",
    summary_sheet: "Yhteenveto",
    rejected_sheet: "Hylätyt",
    heading: "Sisältöinventaario",
    how: [
        "Täytä taulukon Sivut keltaiset sarakkeet. Muita sarakkeita ei tarvitse muuttaa.",
        "Päätös: säilytetään, yhdistetään tai poistetaan. Tyhjä: vanhan luettelon päätös pätee, muuten sivu siirretään.",
        "Yhdistetään sivuun: sen sivun vanha osoite tai tunniste, johon teksti liitetään.",
        "Uusi omistaja: sähköpostiosoite, jos omistaja vaihtuu.",
        "Perustelu: lyhyt syy, jos sivu poistetaan. Se jää siirron raporttiin.",
    ],
    how_to_move: "Kohde: paikka, johon sivu siirretään, kun päätös on siirretään muualle. Kohteet ovat omalla taulukollaan.",
    targets_sheet: "Kohteet",
    visibility: "Näkyvyys",
    rules_heading: "Säännöt",
    no_rule: "(mikään sääntö ei koske sivua)",
    goes_to: "Menee kohteeseen",
    own_section: "lähteen oma osio",
    stays_behind: "poistetaan",
    pages: "Sivuja",
    files: "Tiedostoja",
    given: "ilmoitettu",
    detected: "tunnistettu",
    assumed: "oletettu",
    ruled: "säännöstä",
    file: "Tiedosto",
    organisation: "Organisaatio",
    format: "Muoto",
    records: "Tietueita",
    total: "Yhteensä",
    stopped: "Lukeminen katkesi",
    place: "Paikka",
    decision_hint: "Mitä sivulle tehdään? Tyhjä: vanhan luettelon päätös, muuten se siirretään.",
    decision_error: "Valitse luettelosta tai jätä tyhjäksi.",
};

static SV: Texts = Texts {
    pages_sheet: "Sidor",
    summary_sheet: "Sammandrag",
    rejected_sheet: "Avvisade",
    heading: "Innehållsinventering",
    how: [
        "Fyll i de gula kolumnerna i bladet Sidor. De övriga kolumnerna behöver inte ändras.",
        "Beslut: behålls, slås ihop eller tas bort. Tomt: beslutet i den gamla förteckningen gäller, annars flyttas sidan.",
        "Slås ihop med: den gamla adressen till, eller identifieraren för, den sida som texten fogas till.",
        "Ny ansvarig: en e-postadress, om ansvaret byts.",
        "Motivering: en kort orsak, om sidan tas bort. Den blir kvar i rapporten om flytten.",
    ],
    how_to_move: "Mål: platsen som sidan flyttas till, när beslutet är flyttas annanstans. Målen finns på ett eget blad.",
    targets_sheet: "Mål",
    visibility: "Synlighet",
    rules_heading: "Regler",
    no_rule: "(ingen regel gäller sidan)",
    goes_to: "Går till",
    own_section: "källans egen sektion",
    stays_behind: "tas bort",
    pages: "Sidor",
    files: "Filer",
    given: "uppgivet",
    detected: "identifierat",
    assumed: "antaget",
    ruled: "av en regel",
    file: "Fil",
    organisation: "Organisation",
    format: "Format",
    records: "Poster",
    total: "Totalt",
    stopped: "Läsningen avbröts",
    place: "Ställe",
    decision_hint: "Vad görs med sidan? Tomt: beslutet i den gamla förteckningen, annars flyttas den.",
    decision_error: "Välj ur listan eller lämna tomt.",
};

static EN: Texts = Texts {
    pages_sheet: "Pages",
    summary_sheet: "Summary",
    rejected_sheet: "Rejected",
    heading: "Content inventory",
    how: [
        "Fill in the yellow columns of the sheet Pages. The other columns need no change.",
        "Decision: keep, merge or discard. Empty: what an old list says counts, otherwise the page moves.",
        "Merge into: the old address or the id of the page that the text is added to.",
        "New owner: an e-mail address, if the owner changes.",
        "Reason: a short one, if the page is discarded. It stays in the report of the migration.",
    ],
    how_to_move: "Target: the place that the page moves to when the decision is move. The targets are on a sheet of their own.",
    targets_sheet: "Targets",
    visibility: "Visibility",
    rules_heading: "Rules",
    no_rule: "(no rule takes the page)",
    goes_to: "Goes to",
    own_section: "its source's own section",
    stays_behind: "discard",
    pages: "Pages",
    files: "Files",
    given: "given",
    detected: "detected",
    assumed: "assumed",
    ruled: "by a rule",
    file: "File",
    organisation: "Organisation",
    format: "Format",
    records: "Records",
    total: "Total",
    stopped: "Reading stopped",
    place: "Place",
    decision_hint: "What becomes of the page? Empty: what an old list says, otherwise it moves.",
    decision_error: "Choose from the list or leave it empty.",
};
