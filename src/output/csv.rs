//! Tables as comma-separated values: UTF-8, a header line, lines that end in a line feed alone.
//!
//! Numbers are the shortest that read back the same, with a point in every row of a column of fractions and in none of a column
//! of whole numbers, so that readers that look at the first rows alone infer what the column is; a cell is empty where there is no
//! value. A text that a spreadsheet would compute has an apostrophe before it.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::format::fractional;
use super::table::{Column, RowSink, Value};
use super::table_format::{Rows, TableFormat};

/// The format.
#[derive(Debug)]
pub struct Csv;

impl TableFormat for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn title(&self) -> &'static str {
        "Comma-separated values"
    }

    fn media_type(&self) -> (&'static str, Option<&'static str>) {
        ("text/csv", Some("utf-8"))
    }

    fn write(&self, columns: &[Column], rows: &Rows<'_>, out: &mut dyn Write) -> io::Result<()> {
        write(columns, rows, out)
    }
}

/// Writes a table to `out` as comma-separated values in UTF-8: `rows` hands over the rows, each with a value for every one of the
/// `columns`. The same bytes for the same rows, always; a cell without a value is empty.
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
                Value::Text(text) => writer.write_field(harmless(text).as_bytes()),
                Value::Missing => writer.write_field(""),
            }?;
        }
        writer.write_record(None::<&[u8]>)?;
        Ok(())
    })?;
    writer.flush()
}

/// A text as a cell of a line that is written by hand: harmless, and in quotation marks where it needs them.
pub fn cell(text: &str) -> String {
    let text = harmless(text);
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

/// A text as a spreadsheet shows it and does not compute it: with an apostrophe before `=`, `+`, `-`, `@`, a tab or a return.
/// So has a text that begins with apostrophes and one of these, so that taking one off always gives the text back. A text that is a
/// number stays one.
fn harmless(text: &str) -> Cow<'_, str> {
    let computed = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    let digits = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E'));
    if computed && !(digits && text.parse::<f64>().is_ok()) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::ColumnKind;
    use super::*;

    #[test]
    fn formulas_are_text_and_numbers_are_numbers() {
        for text in [
            "=1+1",
            "+A1",
            "-A1",
            "@x",
            "\t=1",
            "\r=1",
            "'=1",
            "''@x",
            "-",
            "-1-1",
            "=",
            "-inf",
            "+cmd|' /C'!A0",
        ] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["", "camp", "'s-Hertogenbosch", "''", "-1", "+0.5", "-1e-9", "1-2", "a=b", " =1"] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_cell_is_one_cell() {
        assert_eq!(cell("camp"), "camp");
        assert_eq!(cell("=a, \"b\""), "\"'=a, \"\"b\"\"\"");
    }

    #[test]
    fn a_cell_is_neutralised_when_it_is_text() {
        let columns = [Column::new("a", ColumnKind::Text, ""), Column::new("b", ColumnKind::Number, "")];
        let mut out = Vec::new();
        let rows = |sink: &mut RowSink<'_>| {
            sink(&[Value::Text("=HYPERLINK(\"x\")"), Value::Number(-1.5)])?;
            sink(&[Value::Text("camp"), Value::Integer(3)])
        };
        write(&columns, rows, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a,b\n\"'=HYPERLINK(\"\"x\"\")\",-1.5\ncamp,3\n");
    }
}
