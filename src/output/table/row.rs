//! Rows of tables.

use std::io;

use jiff::civil::Date;

/// One value of a row.
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

/// Takes the rows of a table one after the other, each with a value for every column.
pub type RowSink<'s> = dyn FnMut(&[Value<'_>]) -> io::Result<()> + 's;
