//! Numbers for people: thousands separators, few digits.

use crate::output::format::{Rounding, decimals, first_digit, round_to, thousands};

pub use crate::wording::list;

/// The sign of numbers below 0, as wide as a plus sign.
const MINUS: char = '\u{2212}';

/// Numbers that have names, the largest first.
pub const UNITS: [(f64, &str); 3] = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];

/// A number of people or of anything else, in at most about four digits that matter: `0.25`, `7.3`, `3,412`,
/// `1.25 million`.
pub fn amount(value: f64) -> String {
    let size = value.abs();
    for (unit, word) in UNITS {
        // Just below a unit the rounding would show 1,000,000.
        if size >= unit * 0.999_999_9 {
            let scaled = value / unit;
            let decimals = if scaled.abs() < 100.0 { 2 } else { 0 };
            return format!("{} {word}", decimal(scaled, decimals));
        }
    }
    if size >= 99.95 || size == size.round() {
        thousands(value)
    } else if size >= 0.995 {
        decimal(value, 1)
    } else if size >= 0.005 {
        decimal(value, 2)
    } else if size > 0.0 {
        "under 0.01".to_string()
    } else {
        "0".to_string()
    }
}

/// A number of anything that must be told from others like it: with digits however small it is, `"0.0012"`.
pub fn number(value: f64) -> String {
    let size = value.abs();
    let text = match first_digit(size) {
        Some(first @ -6..=-2) => decimal(size, usize::try_from(1 - first).unwrap_or(0)),
        Some(..-6) => format!("{size:.1e}"),
        _ => amount(size),
    };
    with_minus(value, text)
}

/// A difference, with its sign: `"+3,412"`, `"−0.25"`, `"+0.0012"`, `"0"`.
pub fn change(value: f64) -> String {
    with_sign(value, number(value.abs()))
}

/// The same of a mean that may be off by `range`: without the digits beyond the second of that, where these are whole.
/// `"−521,000"` for -521,049 to within 5,000.
pub fn known_change(value: f64, range: f64) -> String {
    let power = first_digit(range).map_or(0, |first| first - 1);
    change(if power > 0 { round_to(value, power, Rounding::Nearest) } else { value })
}

/// `size`, the text of the size of a number, behind a minus sign where the number is below 0.
pub fn with_minus(number: f64, size: String) -> String {
    if number < 0.0 && !reads_as_nothing(&size) { format!("{MINUS}{size}") } else { size }
}

/// `size`, the text of the size of a difference, behind its sign.
pub fn with_sign(difference: f64, size: String) -> String {
    if difference < 0.0 || reads_as_nothing(&size) {
        return with_minus(difference, size);
    }
    format!("+{size}")
}

/// Whether a text shows no digit but 0: such a number has no sign.
fn reads_as_nothing(size: &str) -> bool {
    !size.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// Differences from `low` to `high`: `"−380 to +240"`.
pub fn changes(low: f64, high: f64) -> String {
    format!("{} to {}", change(low), change(high))
}

/// From `low` to `high`, the unit only once where both have the same: `345–422 million`.
pub fn range(low: f64, high: f64) -> String {
    let (low, high) = (amount(low), amount(high));
    match (low.split_once(' '), high.split_once(' ')) {
        (Some((short, unit)), Some((_, same))) if unit == same => format!("{short}–{high}"),
        _ => format!("{low}–{high}"),
    }
}

/// A share as a percentage: `37 %`.
pub fn percent(share: f64) -> String {
    let size = 100.0 * share;
    format!("{} %", with_minus(size, thousands(size.abs())))
}

/// With at most `digits` digits after the point: those that are zero at the end are left off.
pub fn decimal(value: f64, digits: usize) -> String {
    let text = decimals(value, digits);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        let cases = [
            (0.0, "0"),
            (0.001, "under 0.01"),
            (0.25, "0.25"),
            (7.34, "7.3"),
            (12.0, "12"),
            (3412.4, "3,412"),
            (999_999.0, "999,999"),
            (999_999.99, "1 million"),
            (1_254_000.0, "1.25 million"),
            (1e9, "1 billion"),
            (4.2e15, "4,200 trillion"),
        ];
        for (value, text) in cases {
            assert_eq!(amount(value), text);
        }
        assert_eq!(range(3.45e8, 4.22e8), "345–422 million");
        assert_eq!(range(9.5e5, 4.22e8), "950,000–422 million");
        assert_eq!(range(2.0, 17.0), "2–17");
        assert_eq!(thousands(-0.2), "0");
        assert_eq!(percent(0.374), "37 %");
        assert_eq!([-3412.4, 0.25, 0.001_23, 0.0].map(change), ["−3,412", "+0.25", "+0.0012", "0"]);
        assert_eq!(changes(-380.0, 2.4e6), "−380 to +2.4 million");
        let known =
            [(-521_049.0, 5_000.0), (577.4, 17.0), (36_328.0, 480.0), (-62.4, 0.6), (3412.4, f64::NAN)];
        let reported = known.map(|(value, range)| known_change(value, range));
        assert_eq!(reported, ["−521,000", "+577", "+36,330", "−62.4", "+3,412"]);
    }
}
