//! A design from elsewhere: a table of values, one row a cell and one column a factor.
//!
//! Read are the files that SALib writes and reads (numbers between blanks, one row a line, no header), CSV, and both with
//! a first line of names. With names, columns are found by them in any order; without, they are in the order of the
//! study's factors. Where semicolons divide, a comma is a decimal one: so do spreadsheets write where commas are. Blank lines and lines that begin with # are skipped, except that a first line of # and names is a
//! header, which is how NumPy writes one.

use std::io::BufRead;

/// Messages repeat so many characters of a cell, and so many names.
const LONGEST_CELL: usize = 40;
const MOST_LISTED: usize = 40;

/// A table of values.
#[derive(Clone, Debug, PartialEq)]
pub struct External {
    factors: usize,
    values: Vec<f64>,
}

/// Why a file is no design for these factors. Lines and columns count from 1.
#[derive(Debug, thiserror::Error)]
pub enum ExternalError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It has no rows.
    #[error(
        "the design has no rows: write one row of numbers for each cell, one column for each of {factors}"
    )]
    Empty {
        /// The names of the study's factors.
        factors: String,
    },
    /// The first line has neither numbers nor the name of a factor. Of a file that may be something else nothing is repeated.
    #[error("line {line} names none of {factors}, and has no numbers: this is no table of points")]
    NoTable {
        /// The first line that is no comment.
        line: usize,
        /// The names of the study's factors.
        factors: String,
    },
    /// A factor has no column.
    #[error("line {line}: there is no column for the factor `{factor}`; the columns are {columns}")]
    Missing {
        /// The line of names.
        line: usize,
        /// The factor.
        factor: String,
        /// The columns that there are.
        columns: String,
    },
    /// A column is of no factor.
    #[error(
        "line {line}, column {column}: `{name}` is no factor of the study; they are {factors}. Rename the column or leave it out"
    )]
    Extra {
        /// The line of names.
        line: usize,
        /// Which column.
        column: usize,
        /// Its name.
        name: String,
        /// The names of the study's factors.
        factors: String,
    },
    /// Two columns have one name.
    #[error("line {line}, column {column}: there already is a column `{name}`: leave one of them out")]
    Twice {
        /// The line of names.
        line: usize,
        /// The second column.
        column: usize,
        /// Its name.
        name: String,
    },
    /// A row is too short or too long.
    #[error("line {line}: numbers found: {found}, expected: {expected}, one for each of {factors}")]
    Width {
        /// Where.
        line: usize,
        /// How many numbers there are.
        found: usize,
        /// How many there should be.
        expected: usize,
        /// The names of the study's factors.
        factors: String,
    },
    /// Something that is no finite number.
    #[error(
        "line {line}, column {column}: `{text}` is not a finite number, which the factor `{factor}` needs"
    )]
    NotNumber {
        /// Where.
        line: usize,
        /// Which column.
        column: usize,
        /// What is there.
        text: String,
        /// Whose column it is.
        factor: String,
    },
}

impl External {
    /// Reads a table for these factors, line by line: eight bytes for each number.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line and column.
    pub fn read(file: impl BufRead, factors: &[&str]) -> Result<External, ExternalError> {
        let mut external = External { factors: factors.len(), values: Vec::new() };
        // Of each column: the place of its factor in the study.
        let mut order: Option<Vec<usize>> = None;
        for (index, line) in file.lines().enumerate() {
            let text = line?;
            let text = text.trim_start_matches('\u{feff}').trim();
            let line = index + 1;
            let (comment, fields) = match text.strip_prefix('#') {
                Some(rest) => (true, fields(rest)),
                None => (false, fields(text)),
            };
            if fields.is_empty() {
                continue;
            }
            let named = fields.iter().any(|field| factors.contains(field));
            let no_numbers = fields.iter().all(|field| number(field).is_none());
            if order.is_none() && !named && no_numbers && !comment {
                return Err(ExternalError::NoTable { line, factors: listed(factors) });
            }
            if order.is_none() && named {
                order = Some(by_name(&fields, factors, line)?);
                continue;
            }
            if comment {
                continue;
            }
            let order = order.get_or_insert_with(|| (0..factors.len()).collect());
            external.push(&fields, order, factors, line)?;
        }
        if external.values.is_empty() {
            return Err(ExternalError::Empty { factors: listed(factors) });
        }
        Ok(external)
    }

    fn push(
        &mut self,
        fields: &[&str],
        order: &[usize],
        factors: &[&str],
        line: usize,
    ) -> Result<(), ExternalError> {
        if fields.len() != factors.len() {
            return Err(ExternalError::Width {
                line,
                found: fields.len(),
                expected: factors.len(),
                factors: listed(factors),
            });
        }
        let start = self.values.len();
        self.values.resize(start + factors.len(), 0.0);
        for (column, (field, factor)) in fields.iter().zip(order).enumerate() {
            let number = number(field).filter(|number| number.is_finite());
            self.values[start + factor] = number.ok_or_else(|| ExternalError::NotNumber {
                line,
                column: column + 1,
                text: cut(field),
                factor: factors[*factor].to_owned(),
            })?;
        }
        Ok(())
    }

    /// The number of rows.
    #[expect(clippy::len_without_is_empty, reason = "a table without rows was refused")]
    pub fn len(&self) -> usize {
        self.values.len() / self.factors
    }

    /// The values of a row, in the order of the study's factors.
    pub fn values(&self, row: usize) -> &[f64] {
        &self.values[row * self.factors..][..self.factors]
    }
}

/// What semicolons, or else commas, or else blanks divide; without quotation marks.
fn fields(text: &str) -> Vec<&str> {
    if text.contains(';') {
        text.split(';').map(|field| field.trim().trim_matches('"')).collect()
    } else if text.contains(',') {
        text.split(',').map(|field| field.trim().trim_matches('"')).collect()
    } else {
        text.split_whitespace().map(|field| field.trim_matches('"')).collect()
    }
}

/// A number, also one with a decimal comma: only fields between semicolons have commas in them.
fn number(field: &str) -> Option<f64> {
    field.parse().or_else(|_| field.replacen(',', ".", 1).parse()).ok()
}

/// The factor of each column of a header.
fn by_name(columns: &[&str], factors: &[&str], line: usize) -> Result<Vec<usize>, ExternalError> {
    let mut order = Vec::with_capacity(columns.len());
    for (index, name) in columns.iter().enumerate() {
        let column = index + 1;
        let Some(factor) = factors.iter().position(|factor| factor == name) else {
            return Err(ExternalError::Extra { line, column, name: cut(name), factors: listed(factors) });
        };
        if order.contains(&factor) {
            return Err(ExternalError::Twice { line, column, name: cut(name) });
        }
        order.push(factor);
    }
    match (0..factors.len()).find(|factor| !order.contains(factor)) {
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
            "inflow;release\n1;2,5\n-0,3;4\n",
            "\u{feff}inflow,release\n1,2.5\n-0.3,4\n",
            "release, \"inflow\"\n2.5, 1\n\n4, -0.3\n",
            "# release inflow\n2.5 1\n4 -0.3\n",
            "# made by hand\ninflow release\n1 2.5\n# half way\n-0.3 4\n",
            "  1\t2.5 \n -0.3   4",
        ] {
            assert_eq!(read(text).unwrap(), known, "{text:?}");
        }
    }

    #[test]
    fn mistakes_have_a_place_and_a_mend() {
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
            "line 1, column 2: `releases` is no factor of the study; they are `inflow`, `release`. Rename the column or leave it out"
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
        assert!(message(&format!("inflow,release,{}\n", "x".repeat(100_000))).len() < 300);
        let secret = message("root:x:0:0:root:/root:/bin/bash\ndaemon:x:1\n");
        assert_eq!(
            secret,
            "line 1 names none of `inflow`, `release`, and has no numbers: this is no table of points"
        );
        // A cell that a spreadsheet left empty.
        assert!(message("1,2\n1,\n").contains("`` is not a finite number"));
    }
}
