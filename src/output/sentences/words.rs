//! Statistics in words: as many digits as their standard error supports, and bands for what the quantiles support.
//!
//! At least nine in ten histories lie from the 5 % to the 95 % quantile; with fewer than 20 histories these are the
//! smallest and the largest. The ends of bands are rounded outwards, so that the sentence stays true.

use crate::ensemble::summary::{Spread, Stat};
use crate::output::format::{Rounding, decimals, first_digit, last_digit, round_to, thousands};

/// With fewer histories the outer quantiles are the smallest and the largest value.
const FEWEST_FOR_TAILS: u64 = 20;

/// The standard error of the median of normal values in that of their mean: sqrt(pi / 2).
const MEDIAN_ERROR: f64 = 1.2533;

/// The same of the 5 % and 95 % quantiles: sqrt(0.05 x 0.95) over the density there.
const TAIL_ERROR: f64 = 2.1132;

/// A band of people: "In 9 of 10 histories between 3,100 and 4,250 people are".
pub fn band_are(spread: &Spread) -> String {
    let [low, .., high] = spread.quantiles;
    let histories = match spread.histories {
        0 | 1 => "In the one history".to_string(),
        few @ 2..FEWEST_FOR_TAILS => format!("In all {few} histories"),
        _ => "In 9 of 10 histories".to_string(),
    };
    if low == high {
        return format!("{histories} {}", are(&thousands(low)));
    }
    let power = match last_digit(TAIL_ERROR * spread.mc_se) {
        Some(power) if spread.histories >= FEWEST_FOR_TAILS => power.max(0),
        _ => 0,
    };
    let end = |value, way| thousands(round_to(value, power, way));
    format!("{histories} between {} and {} people are", end(low, Rounding::Down), end(high, Rounding::Up))
}

/// A band of any number, multiplied by `times`: "in 9 of 10 histories between 3,900 and 4,700"; `None` where histories do
/// not differ.
pub fn band(spread: &Spread, times: f64) -> Option<String> {
    let [low, .., high] = spread.quantiles.map(|quantile| times * quantile);
    let histories = match spread.histories {
        0 | 1 => return None,
        few @ 2..FEWEST_FOR_TAILS => format!("in all {few} histories"),
        _ => "in 9 of 10 histories".to_string(),
    };
    // Not a number where too few histories have one.
    let first = first_digit(high).filter(|_| low < high)?;
    let power = last_digit(TAIL_ERROR * times * spread.mc_se).unwrap_or(first - 1).clamp(first - 2, first);
    let digits = usize::try_from(-power).unwrap_or(0);
    let end = |value, way| decimals(round_to(value, power, way), digits);
    Some(format!("{histories} between {} and {}", end(low, Rounding::Down), end(high, Rounding::Up)))
}

/// The middle of a statistic of people: the median, in expected mode the mean.
pub fn middle(stat: &Stat) -> String {
    match &stat.spread {
        Some(spread) => whole(spread.quantiles[2], MEDIAN_ERROR * spread.mc_se),
        None => mean(stat),
    }
}

/// The mean of a statistic of people.
pub fn mean(stat: &Stat) -> String {
    whole(stat.mean, stat.spread.map_or(0.0, |spread| spread.mc_se))
}

/// Any other number with its standard error: at most three digits that count, two where the error is not known.
pub fn significant(value: f64, error: f64) -> String {
    let Some(first) = first_digit(value) else { return "0".into() };
    let power = last_digit(error).unwrap_or(first - 1).clamp(first - 2, first);
    let digits = usize::try_from(-power).unwrap_or(0);
    let text = decimals(round_to(value, power, Rounding::Nearest), digits);
    // A whole number is said as one.
    match text.trim_end_matches('0').strip_suffix('.') {
        Some(whole) => whole.to_string(),
        None => text,
    }
}

/// Whether a standard error supports the first digit of a number; 0 and what has no error are as they are.
pub fn is_supported(value: f64, error: f64) -> bool {
    match (first_digit(value.abs()), last_digit(error)) {
        (Some(first), Some(last)) => last <= first,
        (None, Some(_)) => false,
        (_, None) => true,
    }
}

/// The sizes of the ends of a band of differences, rounded outwards, behind how many histories it holds; `None` where
/// histories do not differ.
pub fn significant_band(histories: u64, low: f64, high: f64, error: f64) -> Option<(String, String, String)> {
    let histories = match histories {
        0 | 1 => return None,
        few @ 2..FEWEST_FOR_TAILS => format!("in all {few} histories"),
        _ => "in 9 of 10 histories".to_string(),
    };
    // Not a number where there are no quantiles.
    let first = first_digit(low.abs().max(high.abs())).filter(|_| low < high)?;
    let power = last_digit(TAIL_ERROR * error).unwrap_or(first - 1).clamp(first - 2, first);
    let digits = usize::try_from(-power).unwrap_or(0);
    let (low, high) = (round_to(low, power, Rounding::Down), round_to(high, power, Rounding::Up));
    // Whole numbers are said as such.
    let digits = if low.fract() == 0.0 && high.fract() == 0.0 { 0 } else { digits };
    Some((histories, decimals(low.abs(), digits), decimals(high.abs(), digits)))
}

/// People: whole, but with one decimal below ten where the error allows it.
fn whole(value: f64, error: f64) -> String {
    let first = first_digit(value).unwrap_or(0);
    let finest = if value < 10.0 && value.fract() != 0.0 { -1 } else { 0 };
    let power = last_digit(error).unwrap_or(finest).min(first).max(finest);
    decimals(round_to(value, power, Rounding::Nearest), if power < 0 { 1 } else { 0 })
}

/// The unit of a number that is written out: one of something is singular.
pub fn counted<'u>(number: &str, unit: &'u str) -> &'u str {
    match unit {
        _ if number != "1" => unit,
        "people" => "person",
        "months" | "percentage points" | "person-months" | "person-years" => unit.trim_end_matches('s'),
        other => other,
    }
}

/// A text at the start of a sentence.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "1 person", "1,200 people"
pub fn people(number: &str) -> String {
    if number == "1" { "1 person".into() } else { format!("{number} people") }
}

/// "1 person is", "1,200 people are"
pub fn are(number: &str) -> String {
    format!("{} {}", people(number), if number == "1" { "is" } else { "are" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(histories: u64, mc_se: f64, quantiles: [f64; 5]) -> Spread {
        Spread { histories, sd: mc_se * (histories as f64).sqrt(), mc_se, quantiles }
    }

    #[test]
    fn bands_say_what_quantiles_support() {
        let band = |histories, mc_se| band_are(&spread(histories, mc_se, [3103.0, 0.0, 0.0, 0.0, 4248.0]));
        assert_eq!(band(2000, 8.0), "In 9 of 10 histories between 3,100 and 4,250 people are");
        assert_eq!(band(200_000, 0.8), "In 9 of 10 histories between 3,103 and 4,248 people are");
        assert_eq!(band(19, 80.0), "In all 19 histories between 3,103 and 4,248 people are");
        assert_eq!(
            band_are(&spread(20, 0.0, [1.0; 5])),
            "In 9 of 10 histories 1 person is",
            "one value has no band"
        );
        assert_eq!(band_are(&spread(1, f64::NAN, [7.0; 5])), "In the one history 7 people are");
    }

    #[test]
    fn bands_of_differences_have_two_sides() {
        let band = |low, high| significant_band(500, low, high, 2.0);
        let words = |low: &str, high: &str| Some(("in 9 of 10 histories".into(), low.into(), high.into()));
        assert_eq!(band(-371.0, -248.0), words("380", "240"));
        assert_eq!(band(-31.4, 120.0), words("40", "120"));
        assert_eq!(significant_band(500, -75.0, -67.0, 0.1), words("75", "67"));
        assert_eq!(band(0.0, 0.0), None);
        assert_eq!(band(f64::NAN, f64::NAN), None);
        assert!(is_supported(12.0, 3.0) && !is_supported(3.0, 12.0) && is_supported(0.0, 0.0));
        assert!(!is_supported(0.0, 1.0));
    }

    #[test]
    fn digits_follow_the_standard_error() {
        assert_eq!(significant(12.3456, 0.04), "12.3");
        assert_eq!(significant(12.3456, 3.0), "12");
        assert_eq!(significant(0.0123, 0.0), "0.012");
        assert_eq!(significant(100.0, 0.0), "100");
        assert_eq!(significant(2.0, 0.0), "2");
        assert_eq!(significant(0.0, 0.0), "0");
        assert_eq!(whole(1234.4, 25.0), "1,230");
        assert_eq!(whole(1234.4, 0.0), "1,234");
        assert_eq!(whole(3.26, 0.02), "3.3");
        assert_eq!(whole(3.26, 2.0), "3");
        assert_eq!(whole(7.0, 40.0), "7");
        assert_eq!(whole(0.0, 0.0), "0");
    }
}
