//! A site as a list of its pages, as systems without an export of their own left it: a workbook, or delimited text.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::Written;
use super::dice::Purpose;
use super::markup;
use super::page::{Kind, Page, State};
use super::people::Person;
use super::site::{Site, TOPS};

/// What the list is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A workbook. Its format wants every text in one table, so this one is held until it is written; readers take
    /// about 15,000 pages of one in.
    Xlsx,
    /// Text delimited by semicolons, as spreadsheets save it in Finland.
    Csv,
}

/// The most characters that a cell of a workbook holds are 32,767.
const LONGEST_BODY: usize = 24_000;

const HEADER: [&str; 15] = [
    "Sivun tunniste",
    "Otsikko",
    "Osoite",
    "Tyyppi",
    "Kieli",
    "Tila",
    "Sisällönomistaja",
    "Luotu",
    "Muokattu",
    "Katselut 2017",
    "Päätös",
    "Yhdistetään sivuun",
    "Palvelun osoite",
    "Avainsanat",
    "Sisältö (HTML)",
];

/// Writes `sivuluettelo.xlsx` or `sivuluettelo.csv` into a folder. Texts link to `neighbours`.
pub fn write(site: &Site, neighbours: &[Site], form: Form, folder: &Path) -> io::Result<Written> {
    fs::create_dir_all(folder)?;
    let mut rows = Rows { site, neighbours, zone: helsinki()?, written: Written::default() };
    let path = match form {
        Form::Xlsx => workbook(&mut rows, folder)?,
        Form::Csv => delimited(&mut rows, folder)?,
    };
    let bytes = fs::metadata(&path)?.len();
    Ok(Written { path, bytes, ..rows.written })
}

/// Writes `people.xlsx`, the list of the people of some sites.
pub fn write_people(sites: &[Site], folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let path = folder.join("people.xlsx");
    let mut book = book(sites.first())?;
    let sheet = sheet(&mut book, "Henkilöt")?;
    let header = [
        "Sähköposti",
        "Etunimi",
        "Sukunimi",
        "Nimike",
        "Puhelin",
        "Organisaatio",
        "Kieli",
        "Henkilöstöryhmä",
        "Ryhmät",
    ];
    sheet.write_row(0, 0, header).map_err(io::Error::other)?;
    let people = sites.iter().flat_map(|site| (0..site.people).map(move |number| (site, number)));
    for ((site, number), row) in people.zip(1..) {
        let person = Person::of(site, number);
        let cells = [
            &person.email,
            person.given,
            person.family,
            person.title,
            &person.phone,
            site.ministry.code,
            person.tongue.code(),
            person.user_type,
            &person.groups,
        ];
        sheet.write_row(row, 0, cells).map_err(io::Error::other)?;
    }
    book.save(&path).map_err(io::Error::other)?;
    Ok(path)
}

/// A row of the list.
struct Row {
    id: u32,
    title: String,
    address: String,
    kind: &'static str,
    language: &'static str,
    state: &'static str,
    owner: String,
    created: DateTime,
    modified: DateTime,
    /// Whether somebody typed the date as text.
    typed: bool,
    views: u32,
    decision: &'static str,
    into: String,
    service: String,
    labels: String,
    body: String,
}

struct Rows<'a> {
    site: &'a Site,
    neighbours: &'a [Site],
    zone: TimeZone,
    written: Written,
}

impl Rows<'_> {
    fn row(&mut self, page: &Page) -> Row {
        let site = self.site;
        let mut dice = site.dice(Purpose::Inventory, page.number);
        let body = markup::body((site, self.neighbours), page, &markup::HTML, LONGEST_BODY, None);
        let owner = Person::of(site, page.author);
        let owner = match dice.below(10) {
            0..2 => owner.email,
            2..4 => format!("{}, {}", owner.family, owner.given),
            _ => owner.name(),
        };
        let (decision, into) = self.decision(page, dice.below(1_000));
        let is_service = page.number > TOPS && page.kind == Kind::Page && dice.per_mille(30);
        let state = match page.state {
            State::Published => "julkaistu",
            State::Draft | State::Scheduled => "luonnos",
            State::Pending => "tarkistettavana",
            State::Private | State::Password => "yksityinen",
            State::Trash => "poistettu",
        };
        self.written.pages += 1;
        self.written.body_bytes += body.len() as u64;
        let leaves = page.state == State::Trash || decision == DISCARD;
        self.written.refused += u64::from(page.mark.is_some() && !leaves);
        Row {
            id: site.id(page.number),
            title: page.title(),
            address: site.address(page.number),
            kind: match page.kind {
                Kind::News => "uutinen",
                Kind::Page if is_service => "palvelu",
                Kind::Page => "sivu",
            },
            language: page.tongue.code(),
            state,
            owner,
            created: self.zone.to_datetime(page.created),
            modified: self.zone.to_datetime(page.modified),
            typed: dice.per_mille(80),
            views: dice.below(9_000),
            decision,
            into,
            service: if is_service {
                format!("https://palvelu-{}.example/", page.number)
            } else {
                String::new()
            },
            labels: format!("{}; {}", page.subject.to_lowercase(), page.turn),
            body,
        }
    }

    /// What content owners decided, and which page a page goes into: always one of the first, which stay.
    fn decision(&self, page: &Page, drawn: u32) -> (&'static str, String) {
        let may_go = page.number > TOPS && page.state == State::Published && page.mark.is_none();
        match drawn {
            0..90 if page.number > TOPS => (DISCARD, String::new()),
            90..120 if may_go => ("Yhdistetään", self.site.address(page.number % TOPS + 1)),
            120..600 => ("Säilytetään", String::new()),
            _ => ("", String::new()),
        }
    }
}

const DISCARD: &str = "Poistetaan";

fn helsinki() -> io::Result<TimeZone> {
    TimeZone::get("Europe/Helsinki").map_err(io::Error::other)
}

/// A workbook that says when its site was exported, and nothing about now.
fn book(site: Option<&Site>) -> io::Result<Workbook> {
    let exported = site.map_or(0, |site| site.exported().as_second());
    let created = ExcelDateTime::from_timestamp(exported).map_err(io::Error::other)?;
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(book)
}

fn sheet<'a>(book: &'a mut Workbook, name: &str) -> io::Result<&'a mut Worksheet> {
    let sheet = book.add_worksheet_with_low_memory().map_err(io::Error::other)?;
    sheet.set_name(name).map_err(io::Error::other)
}

fn workbook(rows: &mut Rows<'_>, folder: &Path) -> io::Result<PathBuf> {
    let path = folder.join("sivuluettelo.xlsx");
    let mut book = book(Some(rows.site))?;
    let help = sheet(&mut book, "Ohje")?;
    help.write(0, 0, "Valitse jokaiselle sivulle: Säilytetään, Poistetaan tai Yhdistetään.")
        .map_err(io::Error::other)?;
    let sheet = sheet(&mut book, "Sivut")?;
    sheet.write(0, 0, format!("{}: sivuluettelo", rows.site.ministry.finnish)).map_err(io::Error::other)?;
    sheet.write_row(2, 0, HEADER).map_err(io::Error::other)?;
    for (page, number) in rows.site.pages().zip(3..) {
        cells(sheet, number, &rows.row(&page)).map_err(io::Error::other)?;
    }
    book.save(&path).map_err(io::Error::other)?;
    Ok(path)
}

fn cells(sheet: &mut Worksheet, at: u32, row: &Row) -> Result<(), XlsxError> {
    let date = Format::new().set_num_format("d.m.yyyy");
    sheet.write(at, 0, row.id)?;
    sheet.write_row(at, 1, [&row.title, &row.address, row.kind, row.language, row.state, &row.owner])?;
    for (column, day) in [(7, row.created), (8, row.modified)] {
        if row.typed {
            sheet.write(at, column, day.strftime("%-d.%-m.%Y").to_string())?;
        } else {
            let (year, month, day) =
                (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day()));
            let day = ExcelDateTime::from_ymd(year.unwrap_or(1_900), month.unwrap_or(1), day.unwrap_or(1))?;
            sheet.write_with_format(at, column, &day, &date)?;
        }
    }
    sheet.write(at, 9, row.views)?;
    for (column, text) in
        [row.decision, &row.into, &row.service, &row.labels, &row.body].into_iter().enumerate()
    {
        if !text.is_empty() {
            sheet.write(at, 10 + u16::try_from(column).unwrap_or(0), text)?;
        }
    }
    Ok(())
}

fn delimited(rows: &mut Rows<'_>, folder: &Path) -> io::Result<PathBuf> {
    let path = folder.join("sivuluettelo.csv");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
    // A mark at the beginning tells spreadsheets that it is UTF-8.
    writeln!(out, "\u{feff}{}\r", HEADER.join(";"))?;
    for page in rows.site.pages() {
        let row = rows.row(&page);
        let form = if row.typed { "%-d.%-m.%Y klo %-H.%M" } else { "%-d.%-m.%Y" };
        let (created, modified) =
            (row.created.strftime(form).to_string(), row.modified.strftime(form).to_string());
        write!(out, "{};", row.id)?;
        let before =
            [&row.title, &row.address, row.kind, row.language, row.state, &row.owner, &created, &modified];
        for text in before {
            write!(out, "{};", quoted(text))?;
        }
        write!(out, "{};", row.views)?;
        for text in [row.decision, &row.into, &row.service, &row.labels] {
            write!(out, "{};", quoted(text))?;
        }
        write!(out, "{}\r\n", quoted(&row.body))?;
    }
    out.flush()?;
    Ok(path)
}

/// A field, in quotes where it needs them.
fn quoted(text: &str) -> String {
    if text.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
