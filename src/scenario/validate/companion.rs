//! Tables in files beside the scenario.

use std::ops::Range;

use jiff::civil::Date;

use super::draft::Draft;
use crate::scenario::code::Code;
use crate::scenario::located::Located;
use crate::scenario::sheet::{DateOrder, NumberStyle, Sheet, SheetProblem, TableRow, WrongNumber};
use crate::scenario::words::{list, nearest, shortened};

/// More rows than this are refused: no schedule or table of lengths comes near.
const MOST_ROWS: usize = 100_000;

/// What a table has for whoever reads it.
pub(super) struct TableColumns<'a> {
    /// Those that must be there.
    pub(super) needed: &'a [&'a str],
    /// Those that may be.
    pub(super) allowed: &'a [&'a str],
    /// Those of both that have numbers.
    pub(super) numbers: &'a [&'a str],
    /// Whether those are counts of people.
    pub(super) counts: bool,
    /// Those of both that have dates.
    pub(super) dates: &'a [&'a str],
}

/// A table that was read from a file.
#[derive(Clone, Debug)]
pub(super) struct FileTable {
    /// The file's name as the scenario has it.
    name: String,
    /// Where the scenario names it: what to mark where something in it is wrong.
    span: Range<usize>,
    sheet: Sheet,
    /// Where each column is that may be asked for.
    columns: Vec<(String, usize)>,
    numbers: NumberStyle,
    dates: DateOrder,
}

/// A row of such a table.
#[derive(Clone, Copy)]
pub(super) struct FileRow<'t> {
    table: &'t FileTable,
    row: &'t TableRow,
}

impl FileTable {
    /// The position of a column.
    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().find(|(column, _)| column == name).map(|(_, position)| *position)
    }

    /// Its rows.
    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = FileRow<'_>> {
        self.sheet.rows.iter().map(|row| FileRow { table: self, row })
    }
}

impl<'t> FileRow<'t> {
    /// The line on which it stands.
    pub(super) fn line(self) -> u64 {
        self.row.line
    }

    /// What stands in a column; empty where there is no such column.
    pub(super) fn text(self, column: &str) -> &'t str {
        self.table.column(column).map_or("", |column| self.row.cells[column].as_str())
    }

    /// What a text is as a number, in a table written as this one.
    pub(super) fn number(self, text: &str) -> Result<f64, WrongNumber> {
        self.table.numbers.read(text)
    }
}

impl Draft<'_> {
    /// Reads a table. Columns that nobody asks for are ignored, which is said, unless one is a misspelt name of those that
    /// are allowed. `None` where something is wrong, which is then said.
    pub(super) fn file_table(&mut self, file: &Located<String>, columns: &TableColumns) -> Option<FileTable> {
        let text = match self.companion(file) {
            Ok(text) => text,
            Err(problems) => {
                for problem in problems.iter() {
                    self.report(problem.clone().at(file.span()).label("named here"));
                }
                return None;
            }
        };
        let name = file.get().clone();
        let known: Vec<&str> = columns.needed.iter().chain(columns.allowed).copied().collect();
        let sheet = match Sheet::read(text.as_bytes(), &known, MOST_ROWS) {
            Ok(sheet) => sheet,
            Err(problem) => {
                let help = match &problem {
                    SheetProblem::Width { help, .. } => help.clone(),
                    SheetProblem::Unnamed { .. } => {
                        "name the column on the first line, or take this out".into()
                    }
                    SheetProblem::TooLong(_) => "leave out what the scenario does not use".into(),
                    SheetProblem::Unclosed(_) => "close it, or take it out".into(),
                    SheetProblem::LongLine(_) | SheetProblem::ManyCells(_) => {
                        "check that it is a table with a line for each row".into()
                    }
                    SheetProblem::Io(_) => "check the file".into(),
                };
                self.error(
                    Code::BadTable.of(&name),
                    file.span(),
                    format!("`{}` is no table: {problem}", shortened(&name)),
                    "this file",
                    help,
                );
                return None;
            }
        };
        self.columns_of(&sheet, file, columns.needed, &known)?;
        let of =
            |names: &[&str]| -> Vec<usize> { names.iter().filter_map(|name| sheet.column(name)).collect() };
        let (numbers, dates) = (sheet.numbers(of(columns.numbers)), sheet.dates(of(columns.dates)));
        let numbers = if columns.counts { numbers.of_counts() } else { numbers };
        let columns = known.iter().filter_map(|name| Some((name.to_string(), sheet.column(name)?))).collect();
        Some(FileTable { name, span: file.span(), sheet, columns, numbers, dates })
    }

    /// Says what is wrong with the names of columns; `None` where the table cannot be used.
    fn columns_of(
        &mut self,
        sheet: &Sheet,
        file: &Located<String>,
        needed: &[&str],
        known: &[&str],
    ) -> Option<()> {
        let name = shortened(file);
        let taken: Vec<Option<usize>> = known.iter().map(|column| sheet.column(column)).collect();
        let all = || list(known.iter().copied(), 12);
        let absent = |column: &&str| sheet.column(column).is_none();
        if let Some(column) = needed.iter().copied().find(|column| absent(column)) {
            self.no_column(sheet, file, column, known);
            return None;
        }
        let mut ignored = Vec::new();
        for (index, column) in sheet.columns.iter().enumerate() {
            if taken.contains(&Some(index)) {
                continue;
            }
            if known.iter().any(|known| known.eq_ignore_ascii_case(column)) {
                self.error(
                    Code::BadTable.of(&name).and(&column),
                    file.span(),
                    format!("`{name}` has twice a column `{}`", shortened(column)),
                    "in this file",
                    "take one of them out, or give it another name".into(),
                );
                return None;
            }
            let free = known.iter().copied().filter(absent);
            if let Some(near) = nearest(column, free).filter(|_| column.len() < 300) {
                self.error(
                    Code::BadTable.of(&name).and(&column),
                    file.span(),
                    format!("`{name}` has an unknown column `{}`", shortened(column)),
                    "in this file",
                    format!("did you mean `{near}`? The columns that are read are {}", all()),
                );
                return None;
            }
            ignored.push(if column.is_empty() {
                format!("column {} (without a name)", index + 1)
            } else {
                format!("`{}`", shortened(column))
            });
        }
        self.warn_of_ignored(&name, file, ignored, &all());
        Some(())
    }

    /// Says that a column is missing that must be there.
    fn no_column(&mut self, sheet: &Sheet, file: &Located<String>, column: &str, known: &[&str]) {
        let name = shortened(file);
        let all = list(known.iter().copied(), 12);
        let free = sheet.columns.iter().filter(|column| !known.contains(&column.as_str()));
        let help = if let Some(near) = nearest(column, free.map(String::as_str)) {
            let near = shortened(near);
            format!("call its column `{near}` `{column}` instead; the columns that are read are {all}")
        } else if sheet.columns.len() < 2 {
            format!("divide the columns by commas, semicolons or tabs; its first line names them: {all}")
        } else {
            format!("its first line names its columns: {all}")
        };
        let kind = Code::BadTable.of(&name).and(&column);
        self.error(kind, file.span(), format!("`{name}` has no column `{column}`"), "needed here", help);
    }

    /// Warns of columns that nobody asks for; `read` are those that are read.
    fn warn_of_ignored(&mut self, name: &str, file: &Located<String>, mut ignored: Vec<String>, read: &str) {
        if ignored.is_empty() {
            return;
        }
        let more = ignored.len().saturating_sub(8);
        ignored.truncate(8);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let plural = if ignored.len() == 1 { "a column" } else { "columns" };
        self.warning(
            Code::IgnoredColumn.of(name),
            file.span(),
            format!("`{name}` has {plural} that nobody asks for: {}{more}", ignored.join(", ")),
            "ignored",
            format!("the columns that are read are {read}"),
        );
    }

    /// The number in a cell; `None` where there is none, which is then said.
    pub(super) fn number_in(&mut self, row: FileRow, column: &str) -> Option<f64> {
        match row.table.numbers.read(row.text(column)) {
            Ok(number) => Some(number),
            Err(wrong) => {
                self.wrong_cell(row, column, &clean(&wrong.to_string()), wrong.help());
                None
            }
        }
    }

    /// The date in a cell; `None` where there is none, which is then said.
    pub(super) fn date_in(&mut self, row: FileRow, column: &str) -> Option<Date> {
        match row.table.dates.read(row.text(column)) {
            Ok(date) => Some(date),
            Err(wrong) => {
                self.wrong_cell(row, column, &clean(&wrong.to_string()), wrong.help());
                None
            }
        }
    }

    /// Says what is wrong with a cell of a file.
    pub(super) fn wrong_cell(&mut self, row: FileRow, column: &str, message: &str, help: String) {
        let table = row.table;
        let place = match table.column(column) {
            Some(index) => format!("line {}, column {} (`{column}`)", row.line(), index + 1),
            None => format!("line {}", row.line()),
        };
        let name = shortened(&table.name);
        self.error(
            Code::BadCell.of(&table.name),
            table.span.clone(),
            format!("{place} of `{name}`: {message}"),
            "in this file",
            help,
        );
    }

    /// Says what is wrong with a row of a file.
    pub(super) fn wrong_row(&mut self, row: FileRow, message: &str, help: String) {
        self.wrong_cell(row, "", message, help);
    }
}

/// A message that repeats a cell: cut where that is long, without control characters.
fn clean(message: &str) -> String {
    shortened(message)
}
