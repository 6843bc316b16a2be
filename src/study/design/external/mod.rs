//! A design from elsewhere: a table of values, one row a cell and one column a factor.
//!
//! Read are the files that SALib writes and reads (numbers between blanks, one row a line, no header), tables as people
//! have them ([`sheet`](crate::scenario::sheet)), and both with a first line of names. With names, columns are found by them in any order; without, they are in the order of the
//! study's factors. Blank lines and lines that begin with # are skipped, except that a first line of # and names is a
//! header, which is how NumPy writes one.

mod error;

use std::io::BufRead;

use crate::scenario::sheet::{
    Blanks, NumberReading, NumberStyle, TableLine, TableLines, WrongNumber, is_gap,
};
pub use error::ExternalError;

/// Messages repeat so many characters of a cell, and so many names.
const LONGEST_CELL: usize = 40;
const MOST_LISTED: usize = 40;

/// A table of values.
#[derive(Clone, Debug, PartialEq)]
pub struct External {
    factors: usize,
    values: Vec<f64>,
    ignored: Vec<String>,
}

impl External {
    /// Reads a table for these factors, line by line: eight bytes for each number.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line and column.
    pub fn read(file: impl BufRead, factors: &[&str]) -> Result<External, ExternalError> {
        let mut lines = TableLines::new(file, factors, Blanks::MayDivide);
        let mut table = DesignReader {
            external: External { factors: factors.len(), values: Vec::new(), ignored: Vec::new() },
            names: factors,
            order: None,
            numbers: None,
            open: Vec::new(),
        };
        while let Some(line) = lines.next_line()? {
            if table.numbers.is_none() && !line.comment {
                table.numbers = Some(NumberStyle::new(lines.separator()));
            }
            table.line(line)?;
        }
        table.settle()?;
        if table.external.values.is_empty() {
            return Err(ExternalError::Empty { factors: listed(factors) });
        }
        Ok(table.external)
    }

    /// The number of rows.
    #[expect(clippy::len_without_is_empty, reason = "a table without rows was refused")]
    pub fn len(&self) -> usize {
        self.values.len() / self.factors
    }

    /// The columns that are of no factor, as messages call them.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// The values of a row, in the order of the study's factors.
    pub fn values(&self, row: usize) -> &[f64] {
        &self.values[row * self.factors..][..self.factors]
    }
}

/// A table that is being read.
struct DesignReader<'n> {
    external: External,
    names: &'n [&'n str],
    /// Of each column: the place of its factor in the study, or none where it is of no factor.
    order: Option<Vec<Option<usize>>>,
    /// How its numbers are written, as far as they say so.
    numbers: Option<NumberStyle>,
    /// Numbers that may be two, as long as nothing says which.
    open: Vec<Open>,
}

/// A number that is read as one with decimals, and may have thousands instead.
struct Open {
    index: usize,
    line: u64,
    column: usize,
    thousands: f64,
    comma: bool,
}

impl DesignReader<'_> {
    fn line(&mut self, TableLine { number, comment, mut cells }: TableLine) -> Result<(), ExternalError> {
        // Separators behind the last cell.
        let columns = self.order.as_ref().map_or(self.names.len(), Vec::len);
        while cells.len() > columns && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        let line = usize::try_from(number).unwrap_or(usize::MAX);
        let fields: Vec<&str> = cells.iter().map(String::as_str).collect();
        let named = fields.iter().any(|field| self.names.contains(field));
        let no_number = |field: &&str| {
            let read = NumberStyle::new(crate::scenario::sheet::Separator::Comma).reading(field);
            matches!(read, Err(WrongNumber::None(_))) && !is_gap(field)
        };
        if self.order.is_none() && !named && !comment && fields.iter().all(no_number) {
            return Err(ExternalError::NoTable { line, factors: listed(self.names) });
        }
        if self.order.is_none() && named {
            let order = by_name(&fields, self.names, line)?;
            let of_none = fields.iter().zip(&order).enumerate().filter(|(_, (_, factor))| factor.is_none());
            self.external.ignored = of_none
                .map(|(index, (name, _))| match *name {
                    "" => format!("column {}", index + 1),
                    name => format!("`{name}`"),
                })
                .collect();
            self.order = Some(order);
            return Ok(());
        }
        if comment {
            return Ok(());
        }
        if self.order.is_none() {
            self.order = Some((0..self.names.len()).map(Some).collect());
        }
        self.push(&fields, line)
    }

    fn push(&mut self, fields: &[&str], line: usize) -> Result<(), ExternalError> {
        let names = self.names;
        let (Some(order), Some(numbers)) = (&self.order, &mut self.numbers) else { return Ok(()) };
        if fields.len() != order.len() {
            return Err(ExternalError::Width {
                line,
                found: fields.len(),
                expected: order.len(),
                factors: listed(names),
            });
        }
        let start = self.external.values.len();
        self.external.values.resize(start + names.len(), 0.0);
        for (column, (field, factor)) in fields.iter().zip(order).enumerate() {
            let Some(factor) = factor else { continue };
            let index = start + factor;
            self.external.values[index] = match numbers.reading(field) {
                Ok(NumberReading::Sure(number)) => number,
                Ok(NumberReading::Either { decimal, thousands, comma }) => {
                    self.open.push(Open { index, line: line as u64, column: column + 1, thousands, comma });
                    decimal
                }
                Err(_) => {
                    return Err(ExternalError::NotNumber {
                        line,
                        column: column + 1,
                        text: cut(field),
                        factor: names[*factor].to_owned(),
                    });
                }
            };
        }
        Ok(())
    }

    /// Gives the numbers that may be two the value that the others say they have.
    fn settle(&mut self) -> Result<(), ExternalError> {
        let Some(numbers) = self.numbers else { return Ok(()) };
        for open in &self.open {
            match numbers.is_decimal(open.comma) {
                Some(true) => {}
                Some(false) => self.external.values[open.index] = open.thousands,
                None => {
                    return Err(ExternalError::Either {
                        line: open.line,
                        column: open.column,
                        thousands: open.thousands,
                        decimal: self.external.values[open.index],
                    });
                }
            }
        }
        Ok(())
    }
}

/// The factor of each column of a header; none where a column is of no factor.
fn by_name(columns: &[&str], factors: &[&str], line: usize) -> Result<Vec<Option<usize>>, ExternalError> {
    let mut order = Vec::with_capacity(columns.len());
    for (index, name) in columns.iter().enumerate() {
        let factor = factors.iter().position(|factor| factor == name);
        if factor.is_some() && order.contains(&factor) {
            return Err(ExternalError::Twice { line, column: index + 1, name: cut(name) });
        }
        order.push(factor);
    }
    match (0..factors.len()).find(|factor| !order.contains(&Some(*factor))) {
        Some(factor) => {
            Err(ExternalError::Missing { line, factor: factors[factor].to_owned(), columns: listed(columns) })
        }
        None => Ok(order),
    }
}

fn listed(names: &[&str]) -> String {
    let mut listed: Vec<String> =
        names.iter().take(MOST_LISTED).map(|name| format!("`{}`", cut(name))).collect();
    if names.len() > MOST_LISTED {
        listed.push(format!("and {} more", names.len() - MOST_LISTED));
    }
    listed.join(", ")
}

/// A cell as messages repeat it: not more than one would read.
fn cut(cell: &str) -> String {
    let mut short: String = cell.chars().take(LONGEST_CELL).collect();
    if cell.chars().nth(LONGEST_CELL).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<External, ExternalError> {
        External::read(text.as_bytes(), &["inflow", "release"])
    }

    fn message(text: &str) -> String {
        read(text).unwrap_err().to_string()
    }

    #[test]
    fn all_spellings_are_read() {
        let known = read("1 2.5\n-3e-1 4\n").unwrap();
        assert_eq!((known.len(), known.values(0), known.values(1)), (2, &[1.0, 2.5][..], &[-0.3, 4.0][..]));
        for text in [
            "1,2.5\r\n-0.3,4",
            "\u{feff}inflow,release\n1,2.5\n-0.3,4\n",
            "release, \"inflow\"\n2.5, 1\n\n4, -0.3\n",
            "# release inflow\n2.5 1\n4 -0.3\n",
            "# made by hand\ninflow release\n1 2.5\n# half way\n-0.3 4\n",
            "  1 2.5 \n -0.3   4",
            "1\t2.5\n-0.3\t4",
            "\u{feff}inflow;release;\r\n1;2,5;\r\n;;\r\n-0,3;4;\r\n",
            "release\tinflow\n2,5\t1\n4\t\u{2212}0,3\n",
        ] {
            assert_eq!(read(text).unwrap(), known, "{text:?}");
        }
    }

    #[test]
    fn columns_of_no_factor_are_ignored_and_named() {
        let table = read(",run,release,inflow\n0,first,2.5,1\n1,second,4,-0.3\n").unwrap();
        assert_eq!((table.values(0), table.values(1)), (&[1.0, 2.5][..], &[-0.3, 4.0][..]));
        assert_eq!(table.ignored(), ["column 1", "`run`"]);
    }

    #[test]
    fn a_number_that_may_be_two_is_settled_by_others_or_refused() {
        assert_eq!(read("inflow,release\n1.234,5.678\n").unwrap().values(0), [1.234, 5.678]);
        assert_eq!(read("inflow;release\n1.234;0,5\n").unwrap().values(0), [1234.0, 0.5]);
        assert_eq!(
            message("inflow;release\n1.234;5\n"),
            "line 2, column 1: this may be 1234 or 1.234: write 1234, or 1.2340 with one more digit behind the point"
        );
    }

    #[test]
    fn mistakes_have_a_place_and_a_fix() {
        assert_eq!(
            message(""),
            "the design has no rows: write one row of numbers for each cell, one column for each of `inflow`, `release`"
        );
        assert_eq!(message("inflow,release\n"), message("# nothing\n\n"));
        assert_eq!(
            message("1 2\n3\n"),
            "line 2: numbers found: 1, expected: 2, one for each of `inflow`, `release`"
        );
        assert_eq!(
            message("inflow\n3\n"),
            "line 1: there is no column for the factor `release`; the columns are `inflow`"
        );
        assert_eq!(
            message("inflow,releases\n1,2"),
            "line 1: there is no column for the factor `release`; the columns are `inflow`, `releases`"
        );
        assert_eq!(
            message("inflow,inflow\n1,2"),
            "line 1, column 2: there already is a column `inflow`: leave one of them out"
        );
        assert_eq!(
            message("release,inflow\n1,2\n3,x"),
            "line 3, column 2: `x` is not a finite number, which the factor `inflow` needs"
        );
        assert_eq!(
            message("1 2o\n1 2"),
            "line 1, column 2: `2o` is not a finite number, which the factor `release` needs"
        );
        for nothing in ["nan", "inf", "1e999"] {
            assert!(message(&format!("1 2\n1 {nothing}")).contains("line 2, column 2"), "{nothing}");
        }
        let long = message(&format!("1 2\n1 {}", "x".repeat(100_000)));
        assert!(
            long.contains(&format!("`{}…` is not a finite number", "x".repeat(40))) && long.len() < 200,
            "{long}"
        );
        assert!(message(&format!("inflow,{}\n1,2", "x".repeat(100_000))).len() < 300);
        let secret = message("root:x:0:0:root:/root:/bin/bash\ndaemon:x:1\n");
        assert_eq!(
            secret,
            "line 1 names none of `inflow`, `release`, and has no numbers: this is no table of points"
        );
        // A cell that a spreadsheet left empty.
        assert!(message("1,2\n1,\n").contains("`` is not a finite number"));
    }
}
