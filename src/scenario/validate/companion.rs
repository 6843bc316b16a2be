//! Tables in files beside the scenario.

use std::ops::Range;

use super::draft::Draft;
use crate::scenario::located::Located;
use crate::scenario::words::{list, shortened};

/// More rows than this are refused: no schedule or table of lengths comes near.
const MOST_ROWS: usize = 100_000;

/// A table of text that was read from a file.
#[derive(Clone, Debug)]
pub(super) struct FileTable {
    /// The file's name as the scenario has it.
    pub(super) name: String,
    /// Where the scenario names it: what to mark where something in it is wrong.
    pub(super) span: Range<usize>,
    /// The names of its columns.
    pub(super) columns: Vec<String>,
    /// Its rows, each with the line on which it stands and a text for every column.
    pub(super) rows: Vec<(u64, Vec<String>)>,
}

impl FileTable {
    /// The position of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

impl Draft<'_> {
    /// Reads a table of comma-separated values with a header. Each of `needed` must be among its columns, and no column
    /// may be neither in `needed` nor in `allowed`. `None` where something is wrong, which is then said.
    pub(super) fn file_table(
        &mut self,
        file: &Located<String>,
        needed: &[&str],
        allowed: &[&str],
    ) -> Option<FileTable> {
        let text = match self.companion(file) {
            Ok(text) => text,
            Err(problems) => {
                for problem in problems.iter() {
                    self.report(problem.clone().at(file.span()).label("named here"));
                }
                return None;
            }
        };
        // Spreadsheets put a mark before the first column.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
        let name = file.get().clone();
        let known: Vec<&str> = needed.iter().chain(allowed).copied().collect();
        let columns: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(str::to_string).collect(),
            Err(error) => return self.unreadable(file, &error),
        };
        let missing = needed.iter().find(|column| !columns.iter().any(|there| there == *column));
        if let Some(column) = missing {
            self.error(
                file.span(),
                format!("`{}` has no column `{column}`", shortened(&name)),
                "needed here",
                format!("its first line names its columns: {}", list(known.iter().copied(), 12)),
            );
            return None;
        }
        for (i, column) in columns.iter().enumerate() {
            let again = columns[..i].contains(column);
            if again || !known.contains(&column.as_str()) {
                let what = if again { "twice a column" } else { "an unknown column" };
                self.error(
                    file.span(),
                    format!("`{}` has {what} `{}`", shortened(&name), shortened(column)),
                    "in this file",
                    format!("take it out; its columns are {}", list(known.iter().copied(), 12)),
                );
                return None;
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    rows.push((line, record.iter().map(str::to_string).collect()));
                }
                Err(error) => return self.unreadable(file, &error),
            }
            if rows.len() > MOST_ROWS {
                self.error(
                    file.span(),
                    format!("`{}` has more than {MOST_ROWS} rows", shortened(&name)),
                    "this file",
                    "leave out what the scenario does not use".into(),
                );
                return None;
            }
        }
        Some(FileTable { name, span: file.span(), columns, rows })
    }

    /// Says what is wrong on a line of a file.
    pub(super) fn wrong_line(&mut self, table: &FileTable, line: u64, message: &str, help: String) {
        let name = shortened(&table.name);
        self.error(table.span.clone(), format!("line {line} of `{name}`: {message}"), "in this file", help);
    }

    fn unreadable(&mut self, file: &Located<String>, error: &csv::Error) -> Option<FileTable> {
        let line = error.position().map_or(1, csv::Position::line);
        self.error(
            file.span(),
            format!("`{}` is no table: see its line {line}", shortened(file)),
            "this file",
            "save it as comma-separated values, every line with as many values as the first".into(),
        );
        None
    }
}
