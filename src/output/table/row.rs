//! Rows of tables.

use std::io;

use jiff::civil::Date;

/// One cell of a table: the value of a row in a column of the fitting [`ColumnKind`](crate::ColumnKind).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// A date.
    Date(Date),
    /// A whole number.
    Integer(u64),
    /// A number; "not a number" stands for none.
    Number(f64),
    /// Words.
    Text(&'a str),
    /// There is none.
    Missing,
}

/// What takes the rows of a table one after the other, each a value for every column in their order. Its error ends the table.
pub type RowSink<'s> = dyn FnMut(&[Value<'_>]) -> io::Result<()> + 's;
