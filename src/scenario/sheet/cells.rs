//! From a text to lines of cells.

use std::io::BufRead;

use super::SheetProblem;

/// A quotation mark that is not closed within so many bytes, or so many lines, never is.
const LONGEST_CELL: usize = 1 << 16;
const MOST_LINES_OF_A_CELL: u64 = 1_000;

/// What divides cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// As where the decimal mark is a point.
    Comma,
    /// As where the decimal mark is a comma.
    Semicolon,
    /// As copied from a spreadsheet.
    Tab,
    /// One blank or several.
    Blanks,
}

impl Separator {
    fn sign(self) -> Option<char> {
        match self {
            Separator::Comma => Some(','),
            Separator::Semicolon => Some(';'),
            Separator::Tab => Some('\t'),
            Separator::Blanks => None,
        }
    }
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: u64,
    /// Whether it begins with #; then its cells are what follows.
    pub comment: bool,
    /// Its cells, without blanks and quotation marks around them.
    pub cells: Vec<String>,
}

/// The lines of a table that is being read.
pub struct Lines<'k, R> {
    file: R,
    read: u64,
    /// Words of which some are on the first line.
    known: &'k [&'k str],
    /// Whether cells may be divided by blanks.
    blanks: bool,
    separator: Option<Separator>,
}

impl<'k, R: BufRead> Lines<'k, R> {
    /// The lines of a text whose first line has some of the words `known`, or else is as long. `blanks`: blanks may divide
    /// cells.
    pub fn new(file: R, known: &'k [&'k str], blanks: bool) -> Lines<'k, R> {
        Lines { file, read: 0, known, blanks, separator: None }
    }

    /// What divides the cells, as far as it is known.
    pub fn separator(&self) -> Separator {
        self.separator.unwrap_or(Separator::Comma)
    }

    /// The next line on which something stands.
    ///
    /// # Errors
    /// Where the text cannot be read, and where a quotation mark is not closed.
    pub fn next_line(&mut self) -> Result<Option<Line>, SheetProblem> {
        loop {
            let Some(mut text) = self.physical()? else { return Ok(None) };
            let number = self.read;
            if number == 1 {
                text = text.trim_start_matches('\u{feff}').to_string();
            }
            // Spreadsheets may say so on a line of its own.
            if let (None, Some(sign)) = (self.separator, said(&text)) {
                self.separator = Some(sign);
                continue;
            }
            if text.trim().is_empty() {
                continue;
            }
            if let Some(rest) = text.trim_start().strip_prefix('#') {
                let separator = self.separator.unwrap_or_else(|| self.found(rest));
                return Ok(Some(Line { number, comment: true, cells: split(rest, separator).0 }));
            }
            let separator = self.separator.unwrap_or_else(|| self.found(&text));
            self.separator = Some(separator);
            let (mut cells, mut open) = split(&text, separator);
            while open {
                let too_long = text.len() > LONGEST_CELL || self.read - number > MOST_LINES_OF_A_CELL;
                let more = self.physical()?.filter(|_| !too_long).ok_or(SheetProblem::Unclosed(number))?;
                text = text + "\n" + &more;
                if more.contains('"') {
                    (cells, open) = split(&text, separator);
                }
            }
            return Ok(Some(Line { number, comment: false, cells }));
        }
    }

    /// The next line of the file, without its end.
    fn physical(&mut self) -> Result<Option<String>, SheetProblem> {
        let mut text = String::new();
        if self.file.read_line(&mut text)? == 0 {
            return Ok(None);
        }
        self.read += 1;
        text.truncate(text.trim_end_matches(['\n', '\r']).len());
        Ok(Some(text))
    }

    /// What divides the cells of a first line: what makes most of its cells words that are known, or as many cells as there
    /// are such words.
    fn found(&self, text: &str) -> Separator {
        let blanks = self.blanks.then_some(Separator::Blanks);
        let all = [Separator::Semicolon, Separator::Tab, Separator::Comma].into_iter().chain(blanks);
        let rank = |separator: &Separator| {
            let (cells, _) = split(text, *separator);
            let words = cells.iter().filter(|cell| self.known.iter().any(|word| same_word(word, cell)));
            (words.count(), cells.len() == self.known.len(), cells.len() > 1)
        };
        let mut best: Option<(Separator, _)> = None;
        for separator in all {
            let rank = rank(&separator);
            if best.as_ref().is_none_or(|(_, before)| rank > *before) {
                best = Some((separator, rank));
            }
        }
        best.map_or(Separator::Comma, |(separator, _)| separator)
    }
}

/// Whether a cell is a word, in capital letters or small ones.
pub(super) fn same_word(word: &str, cell: &str) -> bool {
    word == cell || word.to_lowercase() == cell.to_lowercase()
}

/// `sep=;`
fn said(text: &str) -> Option<Separator> {
    let text = text.trim_matches(|c: char| c == '"' || c == ' ');
    match text.get(..4)?.eq_ignore_ascii_case("sep=").then(|| &text[4..])? {
        ";" => Some(Separator::Semicolon),
        "," => Some(Separator::Comma),
        "\t" => Some(Separator::Tab),
        _ => None,
    }
}

/// The cells of a line, and whether the last one is in quotation marks that are not closed.
fn split(text: &str, separator: Separator) -> (Vec<String>, bool) {
    let Some(sign) = separator.sign() else {
        return (text.split_whitespace().map(|cell| cell.trim_matches('"').to_string()).collect(), false);
    };
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let blanks = |c: char| c.is_whitespace() && c != sign;
        rest = rest.trim_start_matches(blanks);
        let (cell, end) = match rest.strip_prefix('"') {
            Some(quoted) => match closing(quoted) {
                Some(end) => {
                    // What stands behind the closing mark belongs to nothing.
                    let behind = &quoted[end + 1..];
                    let next = behind.find(sign);
                    let cell = quoted[..end].replace("\"\"", "\"");
                    (cell + behind[..next.unwrap_or(behind.len())].trim(), next.map(|next| end + 2 + next))
                }
                None => {
                    cells.push(quoted.to_string());
                    return (cells, true);
                }
            },
            None => {
                let next = rest.find(sign);
                (rest[..next.unwrap_or(rest.len())].to_string(), next)
            }
        };
        cells.push(cell.trim().to_string());
        match end {
            Some(end) => rest = &rest[end + sign.len_utf8()..],
            None => return (cells, false),
        }
    }
}

/// Where the mark stands that closes a quoted cell: two of them in a row are one that belongs to the cell.
fn closing(quoted: &str) -> Option<usize> {
    let mut marks = quoted.match_indices('"').map(|(at, _)| at).peekable();
    while let Some(at) = marks.next() {
        if marks.next_if_eq(&(at + 1)).is_none() {
            return Some(at);
        }
    }
    None
}
