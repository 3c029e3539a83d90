//! What can be wrong with an inventory.

use std::fmt;
use std::path::PathBuf;

use crate::plan::one_of;

/// An inventory that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InventoryError {
    /// The file cannot be opened as an XLSX workbook.
    #[error("cannot read the inventory `{}`: {reason}; save it as an Excel workbook (.xlsx)", path.display())]
    Open {
        /// The path as it was given.
        path: PathBuf,
        /// What is wrong with the file.
        reason: String,
    },
    /// No sheet has the columns.
    #[error("no sheet of `{}` has a row with the headers {}", path.display(), one_of(headers))]
    NoHeader {
        /// The path as it was given.
        path: PathBuf,
        /// The headers that are asked for.
        headers: Vec<&'static str>,
    },
    /// Some rows contradict themselves or each other; all of them are here.
    #[error("{}", lines(.0))]
    Cells(Vec<CellFault>),
}

/// One cell that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The file's name, the sheet and the cell: `inventory.xlsx, Sivut!N12`.
    pub place: String,
    /// What is wrong with it.
    pub problem: CellProblem,
}

impl fmt::Display for CellFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

/// What can be wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CellProblem {
    /// A word that is no decision.
    #[error("`{word}` is no decision; {}", match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("it is {}", one_of(words)),
    })]
    UnknownDecision {
        /// The word.
        word: String,
        /// The word that was probably meant.
        meant: Option<&'static str>,
        /// The words of this workbook.
        words: Vec<&'static str>,
    },
    /// A merge that does not say into what.
    #[error("a page that is merged needs the page to merge into: its old address or its id")]
    NoTarget,
    /// A merge into itself.
    #[error("`{0}` is merged into itself")]
    IntoItself(String),
    /// Something to merge into without the decision to merge.
    #[error("`{0}` is named to merge into, but the decision is not to merge")]
    TargetWithoutMerge(String),
    /// A move that does not say where to.
    #[error("a page that moves elsewhere needs the target that it moves to")]
    NoPlace,
    /// A target without the decision to move.
    #[error("`{0}` is named as a target, but the decision is not to move the page there")]
    PlaceWithoutMove(String),
    /// A target that the plan does not have, or two of that name.
    #[error("the plan has no one target `{word}`{}", match meant {
        Some(meant) => format!("; did you mean `{meant}`?"),
        None => String::new(),
    })]
    UnknownTarget {
        /// The word.
        word: String,
        /// The id or title that was probably meant.
        meant: Option<String>,
    },
    /// Two rows for one page.
    #[error("the page `{id}` of `{source_id}` has been decided on otherwise at {first}")]
    Contradiction {
        /// The plan's id of the source.
        source_id: String,
        /// The source's id of the page.
        id: String,
        /// The other cell.
        first: String,
    },
    /// A decision on no page.
    #[error("a decision in a row without the page's source and id")]
    NoPage,
    /// An error value that a formula left behind.
    #[error("the cell shows the error `{0}`")]
    FormulaError(String),
}

fn lines(faults: &[CellFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
