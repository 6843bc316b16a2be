//! Numbers and dates as text: exact for machines, rounded and separated for people.

use jiff::civil::Date;

use crate::units::TimeUnit;

pub use crate::wording::{count, count_of, decimals, thousands};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The shortest text that reads back as the same number: `"0.1"`, `"1500"`, `"2.5e-9"`. With an exponent only below
/// 1e-6 and from 1e21, never `"-0"`; infinities as the Table Schema writes them.
pub fn shortest(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 {
        "0".to_string()
    } else if size.is_infinite() {
        if number > 0.0 { "INF" } else { "-INF" }.to_string()
    } else if (1e-6..1e21).contains(&size) {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}

/// The same with a point in it, so that whoever reads a column of them takes all for fractions: `"1500.0"`, `"2.5e-9"`.
pub fn fractional(number: f64) -> String {
    let text = shortest(number);
    match text.split_once('e') {
        _ if text.contains('.') || number.is_infinite() => text,
        Some((digits, power)) => format!("{digits}.0e{power}"),
        None => text + ".0",
    }
}

/// How many digits more than its standard error has are left to a number in a table.
const GUARD: i32 = 3;

/// So many digits has a number in a table that is itself a measure of error or of spread.
const DIGITS_OF_SPREAD: i32 = 6;

/// A number as tables have it: to a thousandth of the first digit of its standard error, and whole ones always; itself where the
/// error is 0 or not known.
///
/// So a mean of 1,234.56789 with a standard error of 0.17 is 1,234.5679: rounding adds nothing that could be seen beside the error.
pub fn supported(number: f64, standard_error: f64) -> f64 {
    first_digit(standard_error).map_or(number, |first| to_power(number, (first - GUARD).min(0)))
}

/// A standard error, a standard deviation or a ratio of such as tables have it: six digits that count.
pub fn six_digits(number: f64) -> f64 {
    first_digit(number.abs()).map_or(number, |first| to_power(number, first + 1 - DIGITS_OF_SPREAD))
}

/// To a multiple of ten to the power `power`, where that is coarser than the number itself.
fn to_power(number: f64, power: i32) -> f64 {
    // Above 2^53 multiples of the unit are no longer told apart, and powers of ten are exact up to 22.
    let size = number.abs() * libm::pow(10.0, f64::from(-power));
    if size < 9_007_199_254_740_992.0 && power.abs() <= 22 {
        round_to(number, power, Rounding::Nearest)
    } else {
        number
    }
}

/// The standard error of a share of so many replicates; 0 where it is all or none of them.
pub fn error_of_share(share: f64, replicates: u64) -> f64 {
    (share * (1.0 - share) / replicates as f64).max(0.0).sqrt()
}

/// Which way [`round_to`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest.
    Nearest,
    /// Downwards, for the lower end of a band.
    Down,
    /// Upwards, for the upper end of a band.
    Up,
}

/// `number` to a multiple of ten to the power `power`.
pub fn round_to(number: f64, power: i32, rounding: Rounding) -> f64 {
    let way = match rounding {
        Rounding::Nearest => f64::round,
        Rounding::Down => f64::floor,
        Rounding::Up => f64::ceil,
    };
    // Powers of ten are exact only from 1 up, so below 1 multiply by them instead of dividing.
    let unit = libm::pow(10.0, f64::from(power.abs()));
    if power >= 0 { way(number / unit) * unit } else { way(number * unit) / unit }
}

/// The power of ten of the first digit of a number: 2 of 123. `None` of 0 and of what is no number.
pub fn first_digit(number: f64) -> Option<i32> {
    log10(number).map(|log| libm::floor(log) as i32)
}

/// The power of ten of the last digit that a standard error supports, the nearest to it: 2 supports ones, 8 and 25
/// support tens. `None` without an error.
pub fn last_digit(standard_error: f64) -> Option<i32> {
    log10(standard_error).map(|log| libm::round(log) as i32)
}

fn log10(number: f64) -> Option<f64> {
    // Not a number compares false and gives none.
    (number > 0.0 && number.is_finite()).then(|| libm::log10(number))
}

/// The name of a date's month: `"January"`.
pub fn month(date: Date) -> &'static str {
    MONTHS[usize::from(date.month().unsigned_abs()) - 1]
}

/// A date in a sentence: `"in January 2027"` for the first of a month in steps of months or longer, otherwise
/// `"on 15 January 2027"`.
pub fn when(date: Date, step: TimeUnit) -> String {
    let month = month(date);
    if step >= TimeUnit::Month && date.day() == 1 {
        format!("in {month} {}", date.year())
    } else {
        format!("on {} {month} {}", date.day(), date.year())
    }
}

/// The length of so many steps: `"6 years"`, `"18 months"`, `"90 days"`.
pub fn duration(steps: u32, unit: TimeUnit) -> String {
    let months = match unit {
        TimeUnit::Day | TimeUnit::Week => None,
        TimeUnit::Month => Some(steps),
        TimeUnit::Quarter => Some(3 * steps),
        TimeUnit::Year => Some(12 * steps),
    };
    match months {
        Some(months) if months.is_multiple_of(12) => count(u64::from(months / 12), "year"),
        Some(months) => count(months.into(), "month"),
        None => count(steps.into(), unit.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn shortest_reads_back_the_same() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1500.0, "1500"),
            (-2.5, "-2.5"),
            (1e-6, "0.000001"),
            (2.5e-9, "2.5e-9"),
            (1e21, "1e21"),
            (f64::MAX, "1.7976931348623157e308"),
            (5e-324, "5e-324"),
        ] {
            assert_eq!(shortest(number), text);
            assert_eq!(text.parse::<f64>().unwrap(), number);
        }
        assert_eq!(shortest(f64::NEG_INFINITY), "-INF");
    }

    #[test]
    fn a_column_of_fractions_has_a_point_in_every_row() {
        for (number, text) in [
            (0.0, "0.0"),
            (1500.0, "1500.0"),
            (-2.5, "-2.5"),
            (2e-9, "2.0e-9"),
            (2.5e-9, "2.5e-9"),
            (1e21, "1.0e21"),
        ] {
            assert_eq!(fractional(number), text);
            assert_eq!(text.parse::<f64>().unwrap(), number);
        }
    }

    #[test]
    fn tables_have_three_digits_more_than_the_error() {
        assert_eq!(supported(1_234.567_891_2, 0.17), 1234.5679);
        assert_eq!(supported(1_234.567_891_2, 0.99), 1234.5679);
        assert_eq!(supported(1_234.567_891_2, 1.0), 1234.568);
        assert_eq!(supported(-1_234.567_891_2, 5e6), -1235.0, "whole ones stay");
        assert_eq!(supported(0.1 + 0.2, 0.0), 0.1 + 0.2);
        assert_eq!(supported(0.1 + 0.2, f64::NAN), 0.1 + 0.2);
        assert_eq!(supported(1e15 + 0.3, 1e-9), 1e15 + 0.3, "finer than the number");
        assert_eq!(supported(0.0, 0.1), 0.0);
        assert!(supported(f64::NAN, 0.1).is_nan());
        assert_eq!(six_digits(0.176_776_695), 0.176777);
        assert_eq!(six_digits(123_456_789.0), 123_457_000.0);
        assert_eq!(six_digits(0.0), 0.0);
        assert_eq!(six_digits(5e-324), 5e-324);
    }

    #[test]
    fn errors_say_how_many_digits_count() {
        assert_eq!(last_digit(2.0), Some(0));
        assert_eq!(last_digit(8.0), Some(1));
        assert_eq!(last_digit(25.0), Some(1));
        assert_eq!(last_digit(0.004), Some(-2));
        assert_eq!(last_digit(0.0), None);
        assert_eq!(last_digit(f64::NAN), None);
        assert_eq!(first_digit(999.0), Some(2));
        assert_eq!(first_digit(0.01), Some(-2));
        assert_eq!(round_to(3147.0, 1, Rounding::Down), 3140.0);
        assert_eq!(round_to(3141.0, 1, Rounding::Up), 3150.0);
        assert_eq!(round_to(0.1249, -2, Rounding::Nearest), 0.12);
    }

    #[test]
    fn dates_and_lengths_are_said_in_words() {
        assert_eq!(when(date(2027, 1, 1), TimeUnit::Month), "in January 2027");
        assert_eq!(when(date(2027, 1, 31), TimeUnit::Month), "on 31 January 2027");
        assert_eq!(when(date(2027, 1, 1), TimeUnit::Day), "on 1 January 2027");
        assert_eq!(duration(72, TimeUnit::Month), "6 years");
        assert_eq!(duration(4, TimeUnit::Quarter), "1 year");
        assert_eq!(duration(18, TimeUnit::Month), "18 months");
        assert_eq!(duration(1, TimeUnit::Week), "1 week");
    }
}
