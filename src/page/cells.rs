//! Lines of comma-separated values.

use crate::output::csv::cell;

/// Rows under a header.
#[derive(Debug)]
pub struct Cells {
    text: String,
}

impl Cells {
    /// A header and no rows yet.
    pub fn new(header: &[&str]) -> Cells {
        let mut cells = Cells { text: String::new() };
        cells.row(header);
        cells
    }

    /// Adds a row.
    pub fn row(&mut self, row: &[&str]) {
        let row: Vec<String> = row.iter().map(|text| cell(text)).collect();
        self.text.push_str(&row.join(","));
        self.text.push('\n');
    }

    /// All of it.
    pub fn text(self) -> String {
        self.text
    }
}
