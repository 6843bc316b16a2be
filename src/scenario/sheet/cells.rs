//! From a text to lines of cells.

use std::io::{self, BufRead, Read};

use super::problem::{LONGEST_LINE, MOST_CELLS, SheetProblem};

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

/// What blanks are between the words of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    /// They belong to cells: other signs divide these.
    BelongToCells,
    /// They may divide cells where no other sign does.
    MayDivide,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableLine {
    /// Its number in the file, from 1.
    pub number: u64,
    /// Whether it begins with #; then its cells are what follows.
    pub comment: bool,
    /// Its cells, without blanks and quotation marks around them.
    pub cells: Vec<String>,
}

/// The lines of a table that is being read.
pub struct TableLines<'k, R> {
    file: R,
    read: u64,
    /// Words of which some are on the first line.
    known: &'k [&'k str],
    blanks: Blanks,
    separator: Option<Separator>,
}

impl<'k, R: BufRead> TableLines<'k, R> {
    /// The lines of a text whose first line has some of the words `known`, or else is as long.
    pub fn new(file: R, known: &'k [&'k str], blanks: Blanks) -> TableLines<'k, R> {
        TableLines { file, read: 0, known, blanks, separator: None }
    }

    /// What divides the cells, as far as it is known.
    pub fn separator(&self) -> Separator {
        self.separator.unwrap_or(Separator::Comma)
    }

    /// The next line on which something stands.
    ///
    /// # Errors
    /// Where the text cannot be read, and where a quotation mark is not closed.
    pub fn next_line(&mut self) -> Result<Option<TableLine>, SheetProblem> {
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
                let cells = bounded(split(rest, separator).0, number)?;
                return Ok(Some(TableLine { number, comment: true, cells }));
            }
            let separator = self.separator.unwrap_or_else(|| self.found(&text));
            self.separator = Some(separator);
            let (mut cells, mut open) = split(&text, separator);
            while let Some(mut quoted) = open.take() {
                // Only what is new on a line can close what is open.
                let behind = loop {
                    let too_long = quoted.len() > LONGEST_CELL || self.read - number > MOST_LINES_OF_A_CELL;
                    let more =
                        self.physical()?.filter(|_| !too_long).ok_or(SheetProblem::Unclosed(number))?;
                    quoted.push('\n');
                    match closing(&more) {
                        Some(end) => {
                            quoted.push_str(&more[..end]);
                            break more[end + 1..].to_string();
                        }
                        None => quoted.push_str(&more),
                    }
                };
                open = divide(Some(quoted), &behind, separator, &mut cells);
            }
            return Ok(Some(TableLine { number, comment: false, cells: bounded(cells, number)? }));
        }
    }

    /// The next line of the file, without its end.
    fn physical(&mut self) -> Result<Option<String>, SheetProblem> {
        let mut bytes = Vec::new();
        // With its end, and one byte by which a longer one is known.
        let most = LONGEST_LINE as u64 + 3;
        if (&mut self.file).take(most).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        self.read += 1;
        while bytes.pop_if(|byte| matches!(byte, b'\n' | b'\r')).is_some() {}
        if bytes.len() > LONGEST_LINE {
            return Err(SheetProblem::LongLine(self.read));
        }
        let no_text = |_| io::Error::new(io::ErrorKind::InvalidData, "stream did not contain valid UTF-8");
        Ok(Some(String::from_utf8(bytes).map_err(no_text)?))
    }

    /// What divides the cells of a first line: what makes most of its cells words that are known, or as many cells as there
    /// are such words.
    fn found(&self, text: &str) -> Separator {
        let blanks = (self.blanks == Blanks::MayDivide).then_some(Separator::Blanks);
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
    // Most are plain letters, which can be compared without copies of them.
    let plain = word.is_ascii() && cell.is_ascii();
    word.eq_ignore_ascii_case(cell) || (!plain && word.to_lowercase() == cell.to_lowercase())
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

/// The cells of a line, where they are not too many.
fn bounded(cells: Vec<String>, line: u64) -> Result<Vec<String>, SheetProblem> {
    if cells.len() > MOST_CELLS { Err(SheetProblem::ManyCells(line)) } else { Ok(cells) }
}

/// The cells of a line, of too many only as many as that needs; and what is read so far of a last one in quotation marks that
/// are not closed.
fn split(text: &str, separator: Separator) -> (Vec<String>, Option<String>) {
    let mut cells = Vec::new();
    let open = divide(None, text, separator, &mut cells);
    (cells, open)
}

/// The same, where `quoted` was the cell in quotation marks behind whose last mark `text` stands.
fn divide(
    mut quoted: Option<String>,
    text: &str,
    separator: Separator,
    cells: &mut Vec<String>,
) -> Option<String> {
    let Some(sign) = separator.sign() else {
        let words = text.split_whitespace().map(|cell| cell.trim_matches('"').to_string());
        cells.extend(words.take(MOST_CELLS + 1));
        return None;
    };
    let blanks = |c: char| c.is_whitespace() && c != sign;
    let mut rest = text;
    while cells.len() <= MOST_CELLS {
        if quoted.is_none() {
            rest = rest.trim_start_matches(blanks);
            if let Some(inside) = rest.strip_prefix('"') {
                let Some(end) = closing(inside) else { return Some(inside.to_string()) };
                quoted = Some(inside[..end].to_string());
                rest = &inside[end + 1..];
            }
        }
        let next = rest.find(sign);
        // What stands behind the closing mark belongs to nothing.
        let here = rest[..next.unwrap_or(rest.len())].trim();
        let cell = match quoted.take() {
            Some(quoted) => quoted.replace("\"\"", "\"") + here,
            None => here.to_string(),
        };
        cells.push(cell.trim().to_string());
        match next {
            Some(next) => rest = &rest[next + sign.len_utf8()..],
            None => break,
        }
    }
    None
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
