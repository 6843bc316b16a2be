//! Values without quotation marks: numbers and dates as they are written elsewhere, words that should be texts.

use std::ops::Range;

use toml::de::DeValue;

use super::Search;
use crate::scenario::code::Code;
use crate::scenario::sheet::{likely_date, likely_number};
use crate::scenario::words::{self, shortened};

impl Search<'_> {
    /// A value without quotation marks: how long it is, or 0 where none begins here.
    pub(super) fn bare(&mut self, start: usize, rest: &str) -> usize {
        let digit = begins_number(rest);
        if !digit && !rest.starts_with(char::is_alphabetic) {
            return 0;
        }
        let (word, behind) = rest.split_at(end_of(rest));
        let word = word.trim_end();
        if behind.starts_with('=') {
            return self.entries_without_comma(start, word).unwrap_or(0);
        }
        if word.is_empty() {
            return 0;
        }
        if DeValue::parse(word).is_ok() {
            return word.len();
        }
        let span = start..start + word.len();
        if let Some(sure) = truth(word) {
            self.truth(span, word, sure);
        } else if let Some(number) = digit.then(|| likely_number(word)).flatten() {
            self.number(span, word, &number);
        } else if let Some(date) = digit.then(|| likely_date(word)).flatten() {
            self.date(span, word, &date);
        } else {
            // A mark may stand behind it.
            let marked = start..start + rest.len() - behind.len() + 1;
            let whole = if behind.starts_with('"') { marked } else { span };
            self.word(whole.clone(), word);
            return whole.len();
        }
        word.len()
    }

    /// `count = 4000 split = ...` in braces: how long the first value is.
    fn entries_without_comma(&mut self, start: usize, word: &str) -> Option<usize> {
        let (number, key) = word.rsplit_once(' ').filter(|_| self.depth > 0)?;
        DeValue::parse(number.trim_end()).ok()?;
        let at = start + number.len();
        let message = format!("a comma is missing before `{}`", shortened(key));
        self.slip(Code::Syntax, at..at + 1, message, "`,` expected", "write a comma between the entries");
        self.fix(at..at + 1, ",");
        Some(number.len())
    }

    /// `on = True`
    fn truth(&mut self, span: Range<usize>, word: &str, sure: &str) {
        self.slip(
            Code::NumberSpelling,
            span.clone(),
            format!("`{}` is neither text nor true or false", shortened(word)),
            "cannot be read",
            format!("write {sure}"),
        );
        self.fix(span, "true");
    }

    /// `share = 0,15`
    fn number(&mut self, span: Range<usize>, word: &str, number: &str) {
        let shown = shortened(word);
        let percent = word.contains('%');
        let message = if percent {
            format!("`{shown}` has a percent sign")
        } else {
            format!("`{shown}` is not written as a number")
        };
        self.slip(Code::NumberSpelling, span.clone(), message, "cannot be read", number_help(word, number));
        let fixed = if percent || number.len() > span.len() { "0" } else { number };
        self.fix(span, fixed);
    }

    /// `start = 01/2025`
    fn date(&mut self, span: Range<usize>, word: &str, date: &str) {
        self.slip(
            Code::NumberSpelling,
            span.clone(),
            format!("the date `{}` needs quotation marks", shortened(word)),
            "cannot be read",
            format!("write \"{date}\""),
        );
        self.fix_text(span);
    }

    /// `kind = camp`
    fn word(&mut self, span: Range<usize>, word: &str) {
        let shown = shortened(word);
        self.slip(
            Code::Syntax,
            span.clone(),
            format!("`{shown}` is neither a number nor text in quotation marks"),
            "cannot be read",
            format!("text stands between quotation marks: \"{shown}\""),
        );
        self.fix_text(span);
    }
}

/// Whether a text begins as a number does.
fn begins_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | '\u{2212}'))
}

/// Where the value that `rest` begins with ends. Within brackets a comma may end it; one between digits belongs to a number.
fn end_of(rest: &str) -> usize {
    let may_have_commas = begins_number(rest);
    let is_digit = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
    let mut before = None;
    let mut signs = rest.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let between_digits = is_digit(before) && is_digit(signs.peek().map(|(_, next)| *next));
        before = Some(c);
        let ends = match c {
            '#' | '"' | '=' | '}' | ']' | ';' => true,
            ',' => !(between_digits && may_have_commas),
            _ => false,
        };
        if ends {
            return at;
        }
    }
    rest.len()
}

/// True or false as it is written elsewhere: what it is to be.
fn truth(word: &str) -> Option<&'static str> {
    match word {
        "True" | "TRUE" | "yes" | "Yes" => Some("true"),
        "False" | "FALSE" | "no" | "No" => Some("false"),
        _ => None,
    }
}

/// What to write for a number as it is written elsewhere.
fn number_help(word: &str, number: &str) -> String {
    if word.contains('%') {
        return format!("write a share of 1: {number}");
    }
    let mark = word.chars().filter(|c| matches!(c, ',' | '.')).collect::<String>();
    // 4,000 and 1,234 may be meant with a decimal comma.
    let decimal = word.replace(',', ".");
    if mark == "," && decimal.parse::<f64>().is_ok_and(|decimal| words::number(decimal) != number) {
        return format!("write {number} for thousands, or {decimal} for a decimal mark");
    }
    // Behind a mark between thousands are three digits.
    let thousands = word.rsplit_once(',').is_some_and(|(_, part)| part.len() == 3);
    if word.contains(',') && (number.contains('.') || !thousands) {
        return format!("write {number}: the decimal mark is a point");
    }
    format!("write {number}, without marks between thousands (10_000 may have one)")
}
