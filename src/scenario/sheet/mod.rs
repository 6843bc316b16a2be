//! Tables as people have them: what spreadsheets and statistical programs write, in whatever country.
//!
//! The one reader of all tables that a scenario or a study names. `cells.rs` takes text apart, `number.rs` and `date.rs`
//! say what a cell means. What could mean two things is settled by the rest of its column or refused, never guessed.

mod cells;
mod date;
mod number;
mod problem;

use std::io::Read;

use cells::same_word;
pub use cells::{Blanks, Separator, TableLine, TableLines};
pub use date::{DateOrder, WrongDate, likely_date};
pub use number::{NumberReading, NumberStyle, WrongNumber, likely_number};
pub use problem::SheetProblem;

/// A table with named columns.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The names of its columns; that of one without a name is empty.
    pub columns: Vec<String>,
    /// Its rows, without those in which nothing stands.
    pub rows: Vec<TableRow>,
    /// What divides its cells.
    pub separator: Separator,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// A text for each column.
    pub cells: Vec<String>,
}

impl Sheet {
    /// Reads a table whose first line names its columns, some of which are called as `known` says. Lines that begin with #
    /// are skipped.
    ///
    /// # Errors
    /// The first thing because of which it is no table.
    pub fn read(text: impl Read, known: &[&str], most_rows: usize) -> Result<Sheet, SheetProblem> {
        let mut lines = TableLines::new(std::io::BufReader::new(text), known, Blanks::BelongToCells);
        let mut sheet = Sheet { columns: Vec::new(), rows: Vec::new(), separator: Separator::Comma };
        // How many columns there are up to the last that has a name.
        let mut named = 0;
        while let Some(line) = lines.next_line()? {
            if line.comment || line.cells.iter().all(String::is_empty) {
                continue;
            }
            if sheet.columns.is_empty() {
                named = line.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
                sheet.columns = line.cells;
                sheet.columns.truncate(named);
                sheet.separator = lines.separator();
                continue;
            }
            let mut cells = line.cells;
            if let Some(extra) = (named..cells.len()).find(|column| !cells[*column].is_empty()) {
                let more = cells.len() > named + 1 || sheet.separator != Separator::Comma;
                return Err(if more || !cells[named].chars().all(|c| c.is_ascii_digit()) {
                    SheetProblem::Unnamed {
                        line: line.number,
                        column: extra + 1,
                        text: cells.swap_remove(extra),
                    }
                } else {
                    wide(line.number, cells.len(), named)
                });
            }
            cells.truncate(named);
            if cells.len() < named {
                let help =
                    "write as many as there are names; where there is no figure, leave it empty or write n/a";
                return Err(SheetProblem::Width {
                    line: line.number,
                    found: cells.len(),
                    expected: named,
                    help: help.into(),
                });
            }
            sheet.rows.push(TableRow { line: line.number, cells });
            if sheet.rows.len() > most_rows {
                return Err(SheetProblem::TooLong(most_rows));
            }
        }
        Ok(sheet)
    }

    /// The position of the column of a name, in capital letters or small ones.
    pub fn column(&self, name: &str) -> Option<usize> {
        let exactly = self.columns.iter().position(|column| column == name);
        exactly.or_else(|| self.columns.iter().position(|column| same_word(name, column)))
    }

    /// How the numbers in some of its columns are written.
    pub fn numbers(&self, columns: impl IntoIterator<Item = usize>) -> NumberStyle {
        let mut numbers = NumberStyle::new(self.separator);
        for column in columns {
            self.rows.iter().for_each(|row| numbers.look_at(&row.cells[column]));
        }
        numbers
    }

    /// How the dates in some of its columns are written.
    pub fn dates(&self, columns: impl IntoIterator<Item = usize>) -> DateOrder {
        let mut dates = DateOrder::default();
        for column in columns {
            self.rows.iter().for_each(|row| dates.look_at(&row.cells[column]));
        }
        dates
    }
}

/// A row with one whole number too many.
fn wide(line: u64, found: usize, expected: usize) -> SheetProblem {
    let help = "a comma within a number divides it here: put the number in quotation marks, or divide the columns by semicolons";
    SheetProblem::Width { line, found, expected, help: help.into() }
}

/// What people write where there is no figure.
const GAPS: [&str; 14] =
    ["", "-", "–", "—", "n/a", "na", "#n/a", "n.a.", "nan", "null", "none", "missing", "..", "..."];

/// Whether a cell says that there is no figure.
pub fn is_gap(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    GAPS.contains(&cell.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Sheet, SheetProblem> {
        Sheet::read(text.as_bytes(), &["date", "place", "value"], 100)
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text).unwrap().rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn spellings_of_one_table_are_one_table() {
        let known = cells("date,place,value\n2025-01,camp,12\n2025-02,camp,\n");
        for text in [
            "\u{feff}date;place;value\r\n2025-01;camp;12\r\n2025-02;camp;\r\n",
            "date\tplace\tvalue\n2025-01\tcamp\t12\n2025-02\tcamp\t\n\n",
            "sep=;\ndate;place;value\n2025-01;\"camp\";12\n;;\n2025-02;camp;",
            "\"date\",\"place\",\"value\",,\n2025-01,camp,12,,\n,,,,\n2025-02,camp,,,\n",
            "# counted by hand, in 2026\ndate, place ,value\n2025-01,camp,\"12\"\n# not sure; ask\n2025-02,camp,\n",
        ] {
            assert_eq!(cells(text), known, "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_in_the_file_as_it_is() {
        let sheet =
            read("# one\n\ndate,place,value,remark\n2025-01,camp,1,\"two\nlines, said \"\"so\"\"\"\n2025-02,camp,2,\n")
                .unwrap();
        assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 6]);
        assert_eq!(sheet.rows[0].cells[3], "two\nlines, said \"so\"");
    }

    #[test]
    fn what_is_no_table_says_where() {
        let message = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            message("date,place,value\n2025-01,camp,1234,5\n"),
            "line 2 has 4 values, and the line of names 3"
        );
        assert_eq!(
            message("date,place,value,\n\n2025-01,camp,1,x,\n"),
            "line 3, column 4: `x` stands in a column without a name"
        );
        assert_eq!(
            message("date,place,value\n2025-01,camp\n"),
            "line 2 has 2 values, and the line of names 3"
        );
        assert_eq!(
            message("date,place,value\n2025-01,\"camp,1\n"),
            "line 2: a quotation mark is opened and never closed"
        );
        assert!(read("").unwrap().columns.is_empty());
    }

    #[test]
    fn quoted_cells_over_several_lines_go_on_as_they_began() {
        let rows = |text: &str| cells(&format!("date,place,value\n{text}"));
        assert_eq!(rows("2025-01,\"a\nb\",1\n"), [["2025-01", "a\nb", "1"]]);
        assert_eq!(rows("2025-01,\"a\n\"\"b\"\"\nc\" , \"1\n\"\n"), [["2025-01", "a\n\"b\"\nc", "1"]]);
        assert_eq!(rows("\"\n2025-01\",\"a\n\",\"\n1\"\n"), [["2025-01", "a", "1"]]);
    }

    /// If it were taken apart anew with every line, each cell would be gone through a thousand times.
    #[test]
    fn a_cell_of_many_lines_is_gone_through_once() {
        let cell = "\"\"\n".repeat(900);
        let row = format!("2025-01,\"{}{cell}\",1\n", "x".repeat(60_000));
        let sheet = read(&format!("date,place,value\n{}", row.repeat(100))).unwrap();
        assert_eq!((sheet.rows.len(), sheet.rows[99].line), (100, 2 + 99 * 901));
        assert_eq!(sheet.rows[99].cells[1].len(), 60_000 + 2 * 900 - 1);
    }

    #[test]
    fn lines_without_end_are_refused_before_they_are_read() {
        let message = |text: &mut dyn Read| {
            Sheet::read(text, &["date", "place", "value"], 100).unwrap_err().to_string()
        };
        for sign in [b',', b';', b'\t', b'x', b'"', b'%', b'[', 0] {
            assert_eq!(message(&mut std::io::repeat(sign)), "line 1 is longer than 1024 KiB");
        }
        assert_eq!(message(&mut ",".repeat(1 << 14).as_bytes()), "line 1 has more than 16384 values");
        let many = format!("date,place,value\n2025-01,camp,{}\n", ",".repeat(1 << 20 >> 1));
        assert_eq!(message(&mut many.as_bytes()), "line 2 has more than 16384 values");
        let longest = format!("date,place,value\n2025-01,camp,{}\r\n", "1".repeat((1 << 20) - 13));
        assert_eq!(read(&longest).unwrap().rows.len(), 1);
    }

    #[test]
    fn gaps_are_known() {
        for gap in ["", " ", "-", "NA", "n/a", "N/A", "#N/A", "NaN", "—", "..."] {
            assert!(is_gap(gap), "{gap}");
        }
        for figure in ["0", "-1", "x", "."] {
            assert!(!is_gap(figure), "{figure}");
        }
    }
}
