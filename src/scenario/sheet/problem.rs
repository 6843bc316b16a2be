//! Why a text is no table.

/// No line of a table is longer, in bytes, and none has more cells: spreadsheets have no more columns.
pub(super) const LONGEST_LINE: usize = 1 << 20;
pub(super) const MOST_CELLS: usize = 1 << 14;

/// Why a text is no table.
#[derive(Debug, thiserror::Error)]
pub enum SheetProblem {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A quotation mark is never closed.
    #[error("line {0}: a quotation mark is opened and never closed")]
    Unclosed(u64),
    /// A line is longer than any of a table.
    #[error("line {0} is longer than {n} KiB", n = LONGEST_LINE >> 10)]
    LongLine(u64),
    /// A line has more cells than a spreadsheet has columns.
    #[error("line {0} has more than {n} values", n = MOST_CELLS)]
    ManyCells(u64),
    /// A row has more or fewer cells than there are columns.
    #[error("line {line} has {found} values, and the line of names {expected}")]
    Width {
        /// The row.
        line: u64,
        /// Its cells.
        found: usize,
        /// The columns.
        expected: usize,
        /// What may have happened, and the fix.
        help: String,
    },
    /// Something stands beyond the last column that has a name.
    #[error("line {line}, column {column}: `{text}` stands in a column without a name")]
    Unnamed {
        /// The row.
        line: u64,
        /// The column, from 1.
        column: usize,
        /// What stands there.
        text: String,
    },
    /// There are too many rows.
    #[error("there are more than {0} rows")]
    TooLong(usize),
}
