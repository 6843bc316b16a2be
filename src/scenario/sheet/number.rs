//! Numbers as people write them: 1234.5, 1,234.5, 1.234,5, 1 234,5 and 1'234.5 are one number.

use super::Separator;

/// How the numbers of a table are written, as far as they say so.
#[derive(Clone, Copy, Debug)]
pub struct NumberStyle {
    separator: Separator,
    /// Whether a point with three digits behind it says nothing by itself, whatever divides the cells.
    counts: bool,
    comma: SeenMark,
    point: SeenMark,
}

/// What a mark has been seen to be.
#[derive(Clone, Copy, Debug, Default)]
struct SeenMark {
    decimal: bool,
    thousands: bool,
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberReading {
    /// One number.
    Sure(f64),
    /// One mark with three digits behind it: 1,234 or 1.234.
    Either {
        /// The number, where the mark is a decimal one.
        decimal: f64,
        /// The number, where it stands between thousands.
        thousands: f64,
        /// Whether the mark is a comma; else it is a point.
        comma: bool,
    },
}

/// Why a cell is not one number.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WrongNumber {
    /// It is none.
    #[error("`{0}` is not a number")]
    None(String),
    /// Nothing stands there.
    #[error("there is no number")]
    Empty,
    /// It may be two.
    #[error("`{text}` may be {thousands} or {decimal}")]
    Either {
        /// As it is written.
        text: String,
        /// The number, where its mark stands between thousands.
        thousands: f64,
        /// The number, where its mark is a decimal one.
        decimal: f64,
    },
    /// It has a percent sign.
    #[error("`{text}` has a percent sign")]
    Percent {
        /// As it is written.
        text: String,
        /// The number without the sign, over 100.
        share: Option<f64>,
    },
}

impl WrongNumber {
    /// What to write.
    pub fn help(&self) -> String {
        match self {
            WrongNumber::Either { thousands, decimal, .. } => {
                format!("write {thousands}, or {decimal:.4} with one more digit behind the point")
            }
            WrongNumber::Percent { share: Some(share), .. } => {
                format!("write a share of 1: {}", crate::scenario::words::number(*share))
            }
            WrongNumber::Empty => "write a number, or leave the row out".into(),
            _ => "write digits, with one mark before decimals if need be: 1234.5".into(),
        }
    }
}

impl NumberStyle {
    /// Of a table whose cells are divided so.
    pub fn new(separator: Separator) -> NumberStyle {
        NumberStyle { separator, counts: false, comma: SeenMark::default(), point: SeenMark::default() }
    }

    /// Of counts of people or things: 8.900 is hardly 8.9 people, even where commas divide the cells.
    pub fn of_counts(self) -> NumberStyle {
        NumberStyle { counts: true, ..self }
    }

    /// Learns from a cell, which need not be a number.
    pub fn look_at(&mut self, cell: &str) {
        if let Ok(taken) = take_apart(cell) {
            self.learn(&taken);
        }
    }

    /// Reads a cell and learns from it.
    ///
    /// # Errors
    /// Where it is no number.
    pub fn reading(&mut self, cell: &str) -> Result<NumberReading, WrongNumber> {
        let taken = take_apart(cell)?;
        self.learn(&taken);
        Ok(taken.reading)
    }

    fn learn(&mut self, taken: &TakenCell) {
        for (seen, mark) in [(&mut self.comma, ','), (&mut self.point, '.')] {
            seen.decimal |= taken.decimal == Some(mark);
            seen.thousands |= taken.thousands == Some(mark);
        }
    }

    /// Whether a mark that may be either is a decimal one; `None` where nothing says so.
    pub fn is_decimal(&self, comma: bool) -> Option<bool> {
        let (own, other) = if comma { (self.comma, self.point) } else { (self.point, self.comma) };
        let decimal = !own.thousands && !other.decimal;
        let thousands = !own.decimal && !other.thousands;
        if decimal != thousands {
            return Some(decimal);
        }
        let reported = own.decimal || own.thousands || other.decimal || other.thousands;
        match (self.separator, comma) {
            // Contradictions.
            _ if reported => None,
            // Where commas or blanks divide cells every program writes a point before decimals.
            (Separator::Comma, true) => Some(false),
            (Separator::Comma | Separator::Blanks, false) if !self.counts => Some(true),
            _ => None,
        }
    }

    /// The number in a cell.
    ///
    /// # Errors
    /// Where it is none, and where it may be two.
    pub fn read(&self, cell: &str) -> Result<f64, WrongNumber> {
        match take_apart(cell)?.reading {
            NumberReading::Sure(number) => Ok(number),
            NumberReading::Either { decimal, thousands, comma } => match self.is_decimal(comma) {
                Some(true) => Ok(decimal),
                Some(false) => Ok(thousands),
                None => Err(WrongNumber::Either { text: cell.trim().into(), thousands, decimal }),
            },
        }
    }
}

/// The number that a word in a scenario probably means, as it is to be written there; `None` where that is not clear.
pub fn likely_number(word: &str) -> Option<String> {
    let text = |number: f64| crate::scenario::words::number(number);
    match take_apart(word) {
        Ok(TakenCell { reading: NumberReading::Sure(number), .. }) => Some(text(number)),
        // An author of English words who writes 4,000 means thousands; a point is a decimal one in TOML.
        Ok(TakenCell { reading: NumberReading::Either { thousands, comma: true, .. }, .. }) => {
            Some(text(thousands))
        }
        Ok(TakenCell { reading: NumberReading::Either { decimal, .. }, .. }) => Some(text(decimal)),
        Err(WrongNumber::Percent { share: Some(share), .. }) => Some(text(share)),
        Err(_) => None,
    }
}

/// A cell, and what its marks are if that is certain.
struct TakenCell {
    reading: NumberReading,
    decimal: Option<char>,
    thousands: Option<char>,
}

fn take_apart(cell: &str) -> Result<TakenCell, WrongNumber> {
    let text = cell.trim();
    let Some(before) = text.strip_suffix('%') else { return without_percent(text) };
    // One sign alone: what is left of `15%%` is no number.
    let share = match without_percent(before.trim_end()).map(|taken| taken.reading) {
        Ok(NumberReading::Sure(number)) => Some(number / 100.0),
        _ => None,
    };
    Err(WrongNumber::Percent { text: text.into(), share })
}

/// A cell that does not end in a percent sign, nor in blanks.
fn without_percent(text: &str) -> Result<TakenCell, WrongNumber> {
    if text.is_empty() {
        return Err(WrongNumber::Empty);
    }
    let none = || WrongNumber::None(text.to_string());
    Digits::of(text).and_then(|digits| digits.read()).ok_or_else(none)
}

/// The parts of a number, of which only the marks may mean two things: `-1.234,5e3`.
struct Digits<'t> {
    sign: &'static str,
    /// The digits between marks, as many groups as marks and one.
    groups: Vec<&'t str>,
    marks: Vec<char>,
    /// With its own sign.
    exponent: Option<&'t str>,
}

impl<'t> Digits<'t> {
    /// Takes a text apart; `None` where its exponent is none.
    fn of(text: &'t str) -> Option<Digits<'t>> {
        let (sign, rest) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => ("-", rest),
            None => ("", text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (rest, None),
        };
        if let Some(exponent) = exponent {
            let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            if digits.is_empty() || !all_digits(digits) {
                return None;
            }
        }
        let groups = mantissa.split(|c: char| !c.is_ascii_digit()).collect();
        let marks = mantissa.chars().filter(|c| !c.is_ascii_digit()).map(mark).collect();
        Some(Digits { sign, groups, marks, exponent })
    }

    /// The number, or the two that it may be; `None` where its marks make no sense.
    fn read(&self) -> Option<TakenCell> {
        let sure = |number: f64, decimal: Option<char>, thousands: Option<char>| {
            Some(TakenCell { reading: NumberReading::Sure(number), decimal, thousands })
        };
        let groups = self.groups.as_slice();
        match self.marks.as_slice() {
            [] => sure(self.number(groups, "")?, None, None),
            [one @ (',' | '.')] => self.with_one_mark(*one),
            [first, rest @ ..] if rest.iter().all(|mark| mark == first) => match first {
                ' ' | '\'' | ',' | '.' if grouped(groups) => {
                    sure(self.number(groups, "")?, None, Some(*first))
                }
                // As programs write them, of any length.
                '_' if groups.iter().all(|group| !group.is_empty()) => {
                    sure(self.number(groups, "")?, None, None)
                }
                _ => None,
            },
            [first, rest @ ..] => {
                let (last, between) = rest.split_last()?;
                let (part, whole) = groups.split_last()?;
                let one_kind = between.iter().all(|mark| mark == first) && last != first;
                if !one_kind || !matches!(last, ',' | '.') || *first == '_' || !grouped(whole) {
                    return None;
                }
                sure(self.number(whole, part)?, Some(*last), Some(*first))
            }
        }
    }

    /// `1,234` may be two numbers, `12,5` and `0,125` are one.
    fn with_one_mark(&self, mark: char) -> Option<TakenCell> {
        let (whole, part) = (self.groups[0], self.groups[1]);
        let decimal = self.number(&[whole], part)?;
        let either = part.len() == 3
            && (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && self.exponent.is_none();
        if !either {
            return Some(TakenCell {
                reading: NumberReading::Sure(decimal),
                decimal: Some(mark),
                thousands: None,
            });
        }
        let thousands = self.number(&self.groups, "")?;
        let reading = NumberReading::Either { decimal, thousands, comma: mark == ',' };
        Some(TakenCell { reading, decimal: None, thousands: None })
    }

    /// The number of these digits before and behind the decimal mark; `None` where there are none, or it is too large.
    fn number(&self, whole: &[&str], part: &str) -> Option<f64> {
        let whole = whole.concat();
        if whole.is_empty() && part.is_empty() {
            return None;
        }
        let exponent = self.exponent.map(|exponent| format!("e{exponent}")).unwrap_or_default();
        let read: f64 = format!("{}{whole}.{part}{exponent}", self.sign).parse().ok()?;
        Some(read).filter(|number| number.is_finite())
    }
}

/// Whether digits stand in groups of three, the first of which may be shorter.
fn grouped(groups: &[&str]) -> bool {
    groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
        && groups[1..].iter().all(|group| group.len() == 3)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A mark within a number, where there are several signs for it.
fn mark(c: char) -> char {
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' => ' ',
        '’' | 'ʼ' | '`' | '´' => '\'',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(cell: &str, separator: Separator) -> Result<f64, WrongNumber> {
        let mut numbers = NumberStyle::new(separator);
        numbers.look_at(cell);
        numbers.read(cell)
    }

    #[test]
    fn what_can_only_be_one_number_is_read_anywhere() {
        for (cell, number) in [
            ("1234", 1234.0),
            ("1234.5", 1234.5),
            ("1234,5", 1234.5),
            ("1,234,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1 234", 1234.0),
            ("1\u{a0}234,5", 1234.5),
            ("1\u{202f}234\u{202f}567", 1_234_567.0),
            ("1'234.5", 1234.5),
            ("1’234", 1234.0),
            ("10_000", 10_000.0),
            ("0,125", 0.125),
            ("0.125", 0.125),
            ("12,3456", 12.3456),
            ("\u{2212}5", -5.0),
            ("+5", 5.0),
            ("1e-5", 1e-5),
            ("1,5E+3", 1500.0),
            (".5", 0.5),
        ] {
            for separator in [Separator::Comma, Separator::Semicolon, Separator::Tab, Separator::Blanks] {
                assert_eq!(alone(cell, separator), Ok(number), "{cell} {separator:?}");
            }
        }
    }

    #[test]
    fn what_may_be_two_numbers_is_settled_by_others_or_refused() {
        assert_eq!(alone("1.234", Separator::Comma), Ok(1.234));
        assert_eq!(alone("1,234", Separator::Comma), Ok(1234.0));
        for cell in ["1.234", "1,234"] {
            let wrong = alone(cell, Separator::Semicolon).unwrap_err();
            assert_eq!(wrong.to_string(), format!("`{cell}` may be 1234 or 1.234"));
            for (other, number) in [("0,5", ","), ("0.5", "."), ("1,000,000", "."), ("1.000.000", ",")] {
                let mut numbers = NumberStyle::new(Separator::Semicolon);
                numbers.look_at(other);
                let decimal = cell.contains(number);
                assert_eq!(numbers.read(cell), Ok(if decimal { 1.234 } else { 1234.0 }), "{cell} {other}");
            }
        }
        // Counts of people are hardly fractions of three digits.
        assert!(NumberStyle::new(Separator::Comma).of_counts().read("8.900").is_err());
        assert_eq!(NumberStyle::new(Separator::Comma).of_counts().read("8,900"), Ok(8900.0));
        // Where others contradict each other nothing is settled.
        let mut numbers = NumberStyle::new(Separator::Comma);
        numbers.look_at("0,5");
        numbers.look_at("0.5");
        assert!(numbers.read("1.234").is_err());
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for cell in
            ["x", "1,2,3", "1 2", "12,34,567", "1..2", "1e", "--1", ",", "1.2.3", "inf", "nan", "1e999"]
        {
            assert!(matches!(alone(cell, Separator::Semicolon), Err(WrongNumber::None(_))), "{cell}");
        }
        assert_eq!(alone("", Separator::Comma), Err(WrongNumber::Empty));
        assert_eq!(alone("15 %", Separator::Comma).unwrap_err().help(), "write a share of 1: 0.15");
    }

    #[test]
    fn one_percent_sign_is_read_and_any_number_of_them_refused() {
        // As many as would go beyond any stack if each were a call of its own.
        for cell in ["15%%".to_string(), "15 % %".into(), format!("15{}", "%".repeat(200_000))] {
            let Err(WrongNumber::Percent { share, .. }) = alone(&cell, Separator::Comma) else {
                panic!("{} bytes", cell.len())
            };
            assert_eq!(share, None);
            assert_eq!(likely_number(&cell), None);
        }
    }
}
