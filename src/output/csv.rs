//! Tables as comma-separated values: UTF-8, a header line, lines that end in a line feed alone.
//!
//! Numbers are the shortest that read back the same, with a point in every row of a column of fractions and in none of a column
//! of whole numbers, so that readers that look at the first rows alone infer what the column is; a cell is empty where there is no
//! value.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::format::fractional;
use super::table::{Column, RowSink, Value};

/// Writes a table to `out`: `rows` hands over the rows, each with a value for every one of the `columns`. The same bytes for
/// the same rows, always.
///
/// # Errors
/// Those of `out` and of `rows`.
pub fn write(
    columns: &[Column],
    rows: impl FnOnce(&mut RowSink<'_>) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    writer.write_record(columns.iter().map(|column| column.name.as_str()))?;
    rows(&mut |row| {
        for value in row {
            match value {
                Value::Date(date) => writer.write_field(date.to_string()),
                Value::Integer(integer) => writer.write_field(integer.to_string()),
                Value::Number(number) if number.is_nan() => writer.write_field(""),
                Value::Number(number) => writer.write_field(fractional(*number)),
                Value::Text(text) => writer.write_field(text),
                Value::Missing => writer.write_field(""),
            }?;
        }
        writer.write_record(None::<&[u8]>)?;
        Ok(())
    })?;
    writer.flush()
}
