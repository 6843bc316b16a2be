//! Dates as people write them, where they can only be one.

use jiff::civil::Date;

use crate::calendar::parse_date;

/// In which order the dates of a table are written, as far as they say so.
#[derive(Clone, Copy, Debug, Default)]
pub struct DateOrder {
    day_first: bool,
    month_first: bool,
}

/// Why a cell is not one date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongDate {
    /// It is none.
    #[error("`{0}` is not a date")]
    None(String),
    /// It may be two.
    #[error("`{text}` may be {day_first} or {month_first}")]
    Either {
        /// As it is written.
        text: String,
        /// The date, where the day stands first.
        day_first: Date,
        /// The date, where the month stands first.
        month_first: Date,
    },
    /// Its year is not written in full.
    #[error("`{0}` has no year of four digits")]
    ShortYear(String),
    /// It is a year.
    #[error("`{0}` is a year, not a date")]
    Year(String),
    /// It is the number of a day, as spreadsheets count them.
    #[error("`{0}` is not a date: it may be the number by which a spreadsheet keeps one")]
    Serial(String),
}

impl WrongDate {
    /// What to write.
    pub fn help(&self) -> String {
        match self {
            WrongDate::Either { day_first, month_first, .. } => {
                format!("write it as year-month-day: {day_first} or {month_first}")
            }
            WrongDate::ShortYear(_) => "write all four digits of the year: 2025-01 or 2025-01-15".into(),
            WrongDate::Year(year) => format!("write its first day, {year}-01-01, or the day that is meant"),
            WrongDate::Serial(_) => {
                "format the column as a date, year-month-day, before you save the table".into()
            }
            WrongDate::None(_) => "write 2025-01 or 2025-01-15".into(),
        }
    }
}

/// What a cell says.
enum DateReading {
    Sure(Date),
    /// Two numbers that may be day and month.
    Either {
        day_first: Date,
        month_first: Date,
    },
    DayFirst(Date),
    MonthFirst(Date),
}

impl DateOrder {
    /// Learns from a cell, which need not be a date.
    pub fn look_at(&mut self, cell: &str) {
        match take_apart(cell) {
            Ok(DateReading::DayFirst(_)) => self.day_first = true,
            Ok(DateReading::MonthFirst(_)) => self.month_first = true,
            _ => {}
        }
    }

    /// The date in a cell.
    ///
    /// # Errors
    /// Where it is none, and where it may be two.
    pub fn read(&self, cell: &str) -> Result<Date, WrongDate> {
        match take_apart(cell)? {
            DateReading::Sure(date) | DateReading::DayFirst(date) | DateReading::MonthFirst(date) => Ok(date),
            DateReading::Either { day_first, month_first } => match (self.day_first, self.month_first) {
                (true, false) => Ok(day_first),
                (false, true) => Ok(month_first),
                _ => Err(WrongDate::Either { text: cell.trim().into(), day_first, month_first }),
            },
        }
    }
}

/// The date that a word in a scenario probably means, as it is to be written there; `None` where that is not clear.
pub fn likely_date(word: &str) -> Option<String> {
    let date = match take_apart(word).ok()? {
        DateReading::Sure(date) | DateReading::DayFirst(date) | DateReading::MonthFirst(date) => date,
        DateReading::Either { .. } => return None,
    };
    Some(if date.day() == 1 { date.strftime("%Y-%m").to_string() } else { date.to_string() })
}

fn take_apart(cell: &str) -> Result<DateReading, WrongDate> {
    let text = cell.trim();
    if let Some(date) = parse_date(text) {
        return Ok(DateReading::Sure(date));
    }
    let wrong = || WrongDate::None(cell.trim().to_string());
    let text = without_midnight(text);
    let parts: Vec<&str> =
        text.split(['-', '/', '.', ' ', ',']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return in_digits(&parts, text, &wrong);
    }
    // A month in letters.
    let mut month = None;
    let (mut year, mut day) = (None, 1);
    for part in parts {
        let letters = part.chars().all(char::is_alphabetic);
        let number = digits(part.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
        match number {
            _ if letters && month.is_none() => month = Some(month_of(part).ok_or_else(wrong)?),
            Some(number) if part.len() == 4 && year.is_none() => year = Some(number),
            Some(number) if number <= 31 && day == 1 => day = number,
            _ => return Err(wrong()),
        }
    }
    let (Some(month), Some(year)) = (month, year) else {
        return Err(if month.is_some() { WrongDate::ShortYear(cell.trim().into()) } else { wrong() });
    };
    date(year, month, day).map(DateReading::Sure).ok_or_else(wrong)
}

/// A date in numbers alone.
fn in_digits(parts: &[&str], text: &str, wrong: &dyn Fn() -> WrongDate) -> Result<DateReading, WrongDate> {
    let numbers: Vec<i16> = parts.iter().filter_map(|part| digits(part)).collect();
    let full = |part: &str| part.len() == 4;
    let points = text.contains('.') && !text.contains(['-', '/']);
    let sure = |date: Option<Date>| date.map(DateReading::Sure).ok_or_else(wrong);
    match (parts, numbers.as_slice()) {
        ([a, ..], [year, month, day]) if full(a) => sure(date(*year, *month, *day)),
        ([a, _], [year, month]) if full(a) => sure(date(*year, *month, 1)),
        ([_, b], [month, year]) if full(b) => sure(date(*year, *month, 1)),
        // With points the day is first everywhere.
        ([_, _, c], [day, month, year]) if full(c) && points => sure(date(*year, *month, *day)),
        ([_, _, c], [a, b, year]) if full(c) => match (date(*year, *b, *a), date(*year, *a, *b)) {
            (Some(one), Some(other)) if one == other => Ok(DateReading::Sure(one)),
            (Some(day_first), Some(month_first)) => Ok(DateReading::Either { day_first, month_first }),
            (Some(day_first), None) => Ok(DateReading::DayFirst(day_first)),
            (None, Some(month_first)) => Ok(DateReading::MonthFirst(month_first)),
            (None, None) => Err(wrong()),
        },
        ([_, _, _] | [_, _], [..]) if parts.iter().all(|part| part.len() <= 2) => {
            Err(WrongDate::ShortYear(text.into()))
        }
        ([only], _) => match only.len() {
            8 => {
                let read = |range: std::ops::Range<usize>| digits(&only[range]);
                sure(read(0..4).zip(read(4..6)).zip(read(6..8)).and_then(|((y, m), d)| date(y, m, d)))
            }
            4 => Err(WrongDate::Year(text.into())),
            5 => Err(WrongDate::Serial(text.into())),
            _ => Err(wrong()),
        },
        _ => Err(wrong()),
    }
}

/// A text without the time of day that programs add to dates, if that is midnight.
fn without_midnight(text: &str) -> &str {
    let at = text.find(['T', ' ']).filter(|at| *at >= 8);
    let Some((day, time)) = at.map(|at| (&text[..at], &text[at + 1..])) else { return text };
    let midnight = time.contains(':') && time.chars().all(|c| matches!(c, '0' | ':' | '.' | 'Z'));
    if midnight { day } else { text }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|date| date.year() >= 1000)
}

fn digits(text: &str) -> Option<i16> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The number of a month by its English name, in full or in three letters.
fn month_of(word: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let found = MONTHS
        .iter()
        .position(|month| *month == word || month[..3] == word || word == "sept" && *month == "september")?;
    i16::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_can_only_be_one_are_read() {
        for (cell, known) in [
            ("2025-01", "2025-01-01"),
            ("2025-1-5", "2025-01-05"),
            ("2025/01/15", "2025-01-15"),
            ("20250115", "2025-01-15"),
            ("2025-01-15T00:00:00", "2025-01-15"),
            ("2025-01-15 00:00", "2025-01-15"),
            ("15.01.2025", "2025-01-15"),
            ("05.01.2025", "2025-01-05"),
            ("01/2025", "2025-01-01"),
            ("1.2025", "2025-01-01"),
            ("15/01/2025", "2025-01-15"),
            ("01/15/2025", "2025-01-15"),
            ("01/01/2025", "2025-01-01"),
            ("Jan 2025", "2025-01-01"),
            ("Sept. 2025", "2025-09-01"),
            ("15 January 2025", "2025-01-15"),
            ("January 1st, 2025", "2025-01-01"),
            ("15-Jan-2025", "2025-01-15"),
        ] {
            assert_eq!(
                DateOrder::default().read(cell).map(|date| date.to_string()),
                Ok(known.into()),
                "{cell}"
            );
        }
    }

    #[test]
    fn dates_that_may_be_two_are_settled_by_their_column_or_refused() {
        let wrong = DateOrder::default().read("03/04/2025").unwrap_err();
        assert_eq!(wrong.to_string(), "`03/04/2025` may be 2025-04-03 or 2025-03-04");
        for (other, known) in [("31/01/2025", "2025-04-03"), ("01/31/2025", "2025-03-04")] {
            let mut dates = DateOrder::default();
            dates.look_at(other);
            assert_eq!(dates.read("03/04/2025").map(|date| date.to_string()), Ok(known.into()));
        }
        let mut both = DateOrder::default();
        both.look_at("31/01/2025");
        both.look_at("01/31/2025");
        assert!(both.read("03/04/2025").is_err());
    }

    #[test]
    fn what_is_no_date_says_what_it_may_be() {
        let message = |cell: &str| DateOrder::default().read(cell).unwrap_err().to_string();
        assert_eq!(message("Jan-25"), "`Jan-25` has no year of four digits");
        assert_eq!(message("01/25"), "`01/25` has no year of four digits");
        assert_eq!(message("15.01.25"), "`15.01.25` has no year of four digits");
        assert_eq!(message("2025"), "`2025` is a year, not a date");
        assert!(message("45658").contains("spreadsheet"));
        for cell in ["", "x", "2025-13", "2025-02-30", "2025-Q1", "32/01/2025", "2025-01-15T10:00"] {
            assert!(matches!(DateOrder::default().read(cell), Err(WrongDate::None(_))), "{cell}");
        }
    }
}
