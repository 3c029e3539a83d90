//! Reading the workbook back.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx};
use kampus_core::Language;

use super::columns::{Column, letters};
use super::decisions::{Decided, Decision, Decisions};
use super::fault::{CellFault, CellProblem, InventoryError};
use super::verdict::Verdict;
use crate::plan::closest;

/// Rows in which the header is looked for: people put a title above it.
const HEADER_ROWS: u32 = 30;

impl Decisions {
    /// Reads an inventory that content owners have filled in. Every wrong cell is in the error, not the first
    /// one only.
    pub fn read(path: &Path) -> Result<Self, InventoryError> {
        let open = |reason: String| InventoryError::Open { path: path.to_owned(), reason };
        let file = File::open(path).map_err(|error| open(error.to_string()))?;
        let mut workbook: Xlsx<_> =
            Xlsx::new(BufReader::new(file)).map_err(|error| open(error.to_string()))?;
        for sheet in workbook.sheet_names() {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            let mut reading = Reading::new(format!("{name}, {sheet}"));
            // Cell by cell: a sheet may claim to have seventeen thousand million of them.
            let mut cells = match workbook.worksheet_cells_reader(&sheet) {
                Ok(cells) => cells,
                // A sheet of charts has no cells.
                Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(open(error.to_string())),
            };
            while let Some(cell) = cells.next_cell().map_err(|error| open(error.to_string()))? {
                let (row, column) = cell.get_position();
                reading.cell(row, column, text_of(cell.get_value()));
                if reading.header.is_none() && row > HEADER_ROWS {
                    break;
                }
            }
            if let Some(result) = reading.finish() {
                return result.map_err(InventoryError::Cells);
            }
        }
        let headers = NEEDED.map(|column| column.header(Language::Fi)).to_vec();
        Err(InventoryError::NoHeader { path: path.to_owned(), headers })
    }
}

/// The columns without which a sheet is no sheet of pages.
const NEEDED: [Column; 3] = [Column::Source, Column::Id, Column::Decision];

/// What a cell shows, or the error that a formula left in it.
fn text_of(value: &DataRef<'_>) -> Result<String, String> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Whole numbers print without a decimal point, so that the id 17 stays 17.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(serial) => serial.as_f64().to_string(),
        DataRef::Error(error) => return Err(error.to_string()),
    })
}

/// The cells of a row contradict each other; the fault has been noted.
struct AtOdds;

type Cells = BTreeMap<Column, (u32, Result<String, String>)>;

/// A sheet while its cells go by, row by row.
struct Reading {
    /// File and sheet, for messages.
    place: String,
    /// The sheet's columns by their zero-based numbers, once the header has been found.
    header: Option<BTreeMap<u32, Column>>,
    row: u32,
    candidate: BTreeMap<u32, Column>,
    cells: Cells,
    decisions: Decisions,
    faults: Vec<CellFault>,
}

impl Reading {
    fn new(place: String) -> Self {
        Self {
            place,
            header: None,
            row: 0,
            candidate: BTreeMap::new(),
            cells: BTreeMap::new(),
            decisions: Decisions::default(),
            faults: Vec::new(),
        }
    }

    fn cell(&mut self, row: u32, column: u32, value: Result<String, String>) {
        if row != self.row {
            self.end_row();
            self.row = row;
        }
        match &self.header {
            Some(header) => {
                if let Some(known) = header.get(&column) {
                    self.cells.insert(*known, (column, value));
                }
            }
            None => {
                if let Some(known) = value.ok().as_deref().and_then(Column::from_header) {
                    self.candidate.insert(column, known);
                }
            }
        }
    }

    fn end_row(&mut self) {
        if self.header.is_some() {
            let cells = std::mem::take(&mut self.cells);
            self.decide(cells);
            return;
        }
        let candidate = std::mem::take(&mut self.candidate);
        if NEEDED.iter().all(|needed| candidate.values().any(|column| column == needed)) {
            self.header = Some(candidate);
        }
    }

    /// The decisions of the sheet; nothing when it has no header that we know.
    fn finish(mut self) -> Option<Result<Decisions, Vec<CellFault>>> {
        self.end_row();
        self.header.as_ref()?;
        Some(if self.faults.is_empty() { Ok(self.decisions) } else { Err(self.faults) })
    }

    fn at(&self, column: u32) -> String {
        format!("{}!{}{}", self.place, letters(column), self.row + 1)
    }

    fn fault(&mut self, column: u32, problem: CellProblem) {
        let place = self.at(column);
        self.faults.push(CellFault { place, problem });
    }

    /// The column's number in this sheet; what is missing is reported at the decision.
    fn number(&self, column: Column) -> u32 {
        let find = |wanted| {
            let header = self.header.as_ref()?;
            header.iter().find(|(_, known)| **known == wanted).map(|(number, _)| *number)
        };
        find(column).or_else(|| find(Column::Decision)).unwrap_or_default()
    }

    fn decide(&mut self, cells: Cells) {
        let mut row: BTreeMap<Column, String> = BTreeMap::new();
        let faults_before = self.faults.len();
        for (column, (number, value)) in cells {
            match value {
                Ok(text) if text.is_empty() => {}
                Ok(text) => drop(row.insert(column, text)),
                Err(error) if column.is_decided() => self.fault(number, CellProblem::FormulaError(error)),
                Err(_) => {}
            }
        }
        if self.faults.len() > faults_before || !row.keys().any(|column| column.is_decided()) {
            return;
        }
        let (Some(source), Some(id)) = (row.remove(&Column::Source), row.remove(&Column::Id)) else {
            return self.fault(self.number(Column::Decision), CellProblem::NoPage);
        };
        let owner = row.remove(&Column::NewOwner);
        if let Ok(decision) = self.decision(row, &id)
            && (decision.is_some() || owner.is_some())
        {
            let place = self.at(self.number(Column::Decision));
            self.note(&source, &id, Decided { decision, owner, place });
        }
    }

    /// The decision that a row's cells make together, if any.
    fn decision(&mut self, mut row: BTreeMap<Column, String>, id: &str) -> Result<Option<Decision>, AtOdds> {
        let verdict = match row.remove(&Column::Decision) {
            Some(word) => Some(self.verdict(word).ok_or(AtOdds)?),
            None => None,
        };
        let address = row.remove(&Column::Address);
        let (into, to) = (row.remove(&Column::MergeInto), row.remove(&Column::Target));
        let (into_cell, to_cell) = (self.number(Column::MergeInto), self.number(Column::Target));
        let before = self.faults.len();
        // What only another decision needs contradicts this one.
        if let Some(into) = into.as_ref().filter(|_| verdict != Some(Verdict::Merge)) {
            self.fault(into_cell, CellProblem::TargetWithoutMerge(into.clone()));
        }
        if let Some(to) = to.as_ref().filter(|_| verdict != Some(Verdict::Move)) {
            self.fault(to_cell, CellProblem::PlaceWithoutMove(to.clone()));
        }
        let Some(verdict) = verdict else {
            return if self.faults.len() > before { Err(AtOdds) } else { Ok(None) };
        };
        let decision = match (verdict, into, to) {
            (Verdict::Keep, ..) => Decision::Keep,
            (Verdict::Discard, ..) => Decision::Discard { reason: row.remove(&Column::Reason) },
            (Verdict::Merge, Some(into), _) => {
                if into == id || Some(&into) == address.as_ref() {
                    self.fault(into_cell, CellProblem::IntoItself(into.clone()));
                }
                Decision::Merge { into }
            }
            (Verdict::Merge, None, _) => return self.lacking(into_cell, CellProblem::NoTarget),
            (Verdict::Move, _, Some(to)) => Decision::Move { to },
            (Verdict::Move, _, None) => return self.lacking(to_cell, CellProblem::NoPlace),
        };
        if self.faults.len() > before { Err(AtOdds) } else { Ok(Some(decision)) }
    }

    fn lacking<T>(&mut self, column: u32, problem: CellProblem) -> Result<T, AtOdds> {
        self.fault(column, problem);
        Err(AtOdds)
    }

    fn verdict(&mut self, word: String) -> Option<Verdict> {
        let verdict = Verdict::from_word(&word);
        if verdict.is_none() {
            let language = self.language();
            let words = Verdict::ALL.map(|verdict| verdict.word(language)).to_vec();
            let all = Language::ALL
                .into_iter()
                .flat_map(|language| Verdict::ALL.map(|verdict| verdict.word(language)));
            let meant = closest(&word, words.iter().copied().chain(all));
            self.fault(self.number(Column::Decision), CellProblem::UnknownDecision { word, meant, words });
        }
        verdict
    }

    /// Nobody wrote the language down: the sheet's name tells, and Finnish otherwise.
    fn language(&self) -> Language {
        Language::ALL
            .into_iter()
            .find(|language| {
                self.place.ends_with(&format!(", {}", super::texts::Texts::of(*language).pages_sheet))
            })
            .unwrap_or(Language::Fi)
    }

    fn note(&mut self, source: &str, id: &str, decided: Decided) {
        let same = |first: &Decided| first.decision == decided.decision && first.owner == decided.owner;
        match self.decisions.get(source, id) {
            Some(first) if !same(first) => {
                let first = first.place.clone();
                let problem =
                    CellProblem::Contradiction { source_id: source.to_owned(), id: id.to_owned(), first };
                self.faults.push(CellFault { place: decided.place, problem });
            }
            Some(_) => {}
            None => {
                self.decisions.insert(source, id, decided);
            }
        }
    }
}
