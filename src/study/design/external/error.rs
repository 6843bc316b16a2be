//! Why a file is no design, with the line, the column and what is there.

use crate::scenario::sheet::SheetProblem;

/// Why a file is no design for these factors. Lines and columns count from 1.
#[derive(Debug, thiserror::Error)]
pub enum ExternalError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It has no rows.
    #[error(
        "the design has no rows: write one row of numbers for each cell, one column for each of {factors}"
    )]
    Empty {
        /// The names of the study's factors.
        factors: String,
    },
    /// The first line has neither numbers nor the name of a factor. Of a file that may be something else nothing is repeated.
    #[error("line {line} names none of {factors}, and has no numbers: this is no table of points")]
    NoTable {
        /// The first line that is no comment.
        line: usize,
        /// The names of the study's factors.
        factors: String,
    },
    /// A factor has no column.
    #[error("line {line}: there is no column for the factor `{factor}`; the columns are {columns}")]
    Missing {
        /// The line of names.
        line: usize,
        /// The factor.
        factor: String,
        /// The columns that there are.
        columns: String,
    },
    /// Two columns have one name.
    #[error("line {line}, column {column}: there already is a column `{name}`: leave one of them out")]
    Twice {
        /// The line of names.
        line: usize,
        /// The second column.
        column: usize,
        /// Its name.
        name: String,
    },
    /// A row is too short or too long.
    #[error("line {line}: numbers found: {found}, expected: {expected}, one for each of {factors}")]
    Width {
        /// Where.
        line: usize,
        /// How many numbers there are.
        found: usize,
        /// How many there should be.
        expected: usize,
        /// The names of the study's factors.
        factors: String,
    },
    /// It is no table.
    #[error(transparent)]
    Table(SheetProblem),
    /// A number that may be two.
    #[error(
        "line {line}, column {column}: this may be {thousands} or {decimal}: write {thousands}, or {decimal:.4} with one more digit behind the point"
    )]
    Either {
        /// Where.
        line: u64,
        /// Which column.
        column: usize,
        /// The number, if its mark stands between thousands.
        thousands: f64,
        /// The number, if its mark is a decimal one.
        decimal: f64,
    },
    /// Something that is no finite number.
    #[error(
        "line {line}, column {column}: `{text}` is not a finite number, which the factor `{factor}` needs"
    )]
    NotNumber {
        /// Where.
        line: usize,
        /// Which column.
        column: usize,
        /// What is there.
        text: String,
        /// Whose column it is.
        factor: String,
    },
}

impl From<SheetProblem> for ExternalError {
    fn from(problem: SheetProblem) -> ExternalError {
        match problem {
            SheetProblem::Io(error) => ExternalError::Io(error),
            problem => ExternalError::Table(problem),
        }
    }
}
