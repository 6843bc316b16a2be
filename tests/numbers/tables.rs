//! Tables as a reader has them: names, and cells as text.

use std::collections::BTreeMap;

use repatria::internals::ensemble::answer::Answer;
use repatria::internals::output::csv;
use repatria::internals::output::table::{self, Column};

/// A table as it is written.
pub struct Written {
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A row: by name of the column, the cell.
#[derive(Clone, Debug)]
pub struct Row(pub BTreeMap<String, String>);

impl Row {
    /// A cell.
    #[track_caller]
    pub fn text(&self, column: &str) -> &str {
        &self.0[column]
    }

    /// A number; `None` where the cell is empty.
    #[track_caller]
    pub fn number(&self, column: &str) -> Option<f64> {
        Some(self.text(column)).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap())
    }

    /// Whether cells have these words.
    pub fn is(&self, words: &[(&str, &str)]) -> bool {
        words.iter().all(|(column, word)| self.text(column) == *word)
    }
}

impl Written {
    /// The only row, or the last, with these words.
    #[track_caller]
    pub fn last(&self, words: &[(&str, &str)]) -> &Row {
        let found = self.rows.iter().rfind(|row| row.is(words));
        found.unwrap_or_else(|| panic!("{words:?} is not in {}", self.name))
    }
}

/// Every table of an answer.
pub fn all(answer: &Answer) -> Vec<Written> {
    let written = table::ALL.into_iter().filter(|table| table.applies(answer)).map(|table| {
        let columns = table.columns(answer);
        let mut bytes = Vec::new();
        csv::write(&columns, |sink| table.rows(answer, sink), &mut bytes).unwrap();
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let names: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
        let row = |record: ::csv::StringRecord| {
            Row(names.iter().cloned().zip(record.iter().map(String::from)).collect())
        };
        let rows = reader.records().map(|record| row(record.unwrap())).collect();
        Written { name: table.name(), columns, rows }
    });
    written.collect()
}

/// One table.
#[track_caller]
pub fn of(answer: &Answer, name: &str) -> Written {
    all(answer).into_iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no {name}.csv"))
}
