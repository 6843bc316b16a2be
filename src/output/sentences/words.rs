//! Statistics in words: as many digits as their standard error supports, all of what is exact, and bands for what the quantiles
//! support.
//!
//! At least nine in ten replicates lie from the 5 % to the 95 % quantile; with fewer than 20 replicates these are the
//! smallest and the largest. The ends of bands are rounded outwards, so that the sentence stays true.

use crate::ensemble::summary::{Spread, Stat};
use crate::output::format::{
    Rounding, decimals, error_of_share, first_digit, last_digit, round_to, thousands,
};

/// With fewer replicates the outer quantiles are the smallest and the largest value.
const FEWEST_FOR_TAILS: u64 = 20;

/// The standard error of the median of normal values in that of their mean: sqrt(pi / 2).
const MEDIAN_ERROR: f64 = 1.2533;

/// The same of the 5 % and 95 % quantiles: sqrt(0.05 x 0.95) over the density there.
const TAIL_ERROR: f64 = 2.1132;

/// Behind the point no number has more digits than that it has so many in all; before it all that the error supports.
const MOST_DIGITS: i32 = 5;

/// The same of shares and rates, which stand in brackets or beside another number.
const MOST_DIGITS_OF_SHARES: i32 = 3;

/// A band of people: "In 9 of 10 replicates between 3,100 and 4,250 people are".
pub fn band_are(spread: &Spread) -> String {
    let [low, .., high] = spread.quantiles;
    let replicates = match spread.replicates {
        0 | 1 => "In the one replicate".to_string(),
        few @ 2..FEWEST_FOR_TAILS => format!("In all {few} replicates"),
        _ => "In 9 of 10 replicates".to_string(),
    };
    if low == high {
        return format!("{replicates} {}", are(&thousands(low)));
    }
    let power = match last_digit(TAIL_ERROR * spread.mc_se) {
        Some(power) if spread.replicates >= FEWEST_FOR_TAILS => power.max(0),
        _ => 0,
    };
    let end = |value, way| thousands(round_to(value, power, way));
    format!("{replicates} between {} and {} people are", end(low, Rounding::Down), end(high, Rounding::Up))
}

/// A band of any number, multiplied by `times`: "in 9 of 10 replicates between 3,900 and 4,700"; `None` where replicates do
/// not differ.
pub fn band(spread: &Spread, times: f64) -> Option<String> {
    let [low, .., high] = spread.quantiles.map(|quantile| times * quantile);
    let replicates = match spread.replicates {
        0 | 1 => return None,
        few @ 2..FEWEST_FOR_TAILS => format!("in all {few} replicates"),
        _ => "in 9 of 10 replicates".to_string(),
    };
    let [low, high] = ends(low, high, times * spread.mc_se)?;
    Some(format!("{replicates} between {low} and {high}"))
}

/// The ends of a band, rounded outwards by the standard error of the mean; `None` where they are one, or no numbers since too few
/// replicates have one.
pub fn ends(low: f64, high: f64, error: f64) -> Option<[String; 2]> {
    let first = first_digit(low.abs().max(high.abs())).filter(|_| low < high)?;
    let power = last_power(first, TAIL_ERROR * error, MOST_DIGITS);
    let (low, high) = (round_to(low, power, Rounding::Down), round_to(high, power, Rounding::Up));
    // Whole numbers are said as such.
    let whole = low.fract() == 0.0 && high.fract() == 0.0;
    let digits = if whole { 0 } else { usize::try_from(-power).unwrap_or(0) };
    Some([low, high].map(|end| decimals(end, digits)))
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

/// Any other number with its standard error: down to the last digit that the error supports, the first at least. What is exact
/// (an error of 0), and the one value that there is (no error), has all digits before the point.
pub fn significant(value: f64, error: f64) -> String {
    by_error(value, error, MOST_DIGITS)
}

/// The same of a share, a rate or what else is only reported beside another number.
pub fn brief(value: f64, error: f64) -> String {
    by_error(value, error, MOST_DIGITS_OF_SHARES)
}

/// A number whose error nobody knows, such as an error: two digits.
pub fn rough(value: f64) -> String {
    first_digit(value.abs()).map_or_else(|| "0".into(), |first| to_power(value, first - 1))
}

/// In percent, in which share of so many replicates something is so: what is not all of them never reads as all.
pub fn percent_of(replicates: u64, share: f64) -> String {
    let error = 100.0 * error_of_share(share, replicates);
    // What is left of all of them, which is 0.01 and not what subtracting makes of it.
    let rest = first_digit(100.0 * (1.0 - share) * (1.0 + 1e-9)).unwrap_or(0);
    match significant(100.0 * share, error.min(libm::pow(10.0, rest.into()))).as_str() {
        "100" if share < 1.0 => "nearly all".into(),
        percent => format!("{percent} %"),
    }
}

/// The power of ten of the last digit of a number whose first has the power `first`.
fn last_power(first: i32, error: f64, most_digits: i32) -> i32 {
    let finest = (first + 1 - most_digits).min(0);
    last_digit(error).unwrap_or(finest).clamp(finest, first)
}

fn by_error(value: f64, error: f64, most_digits: i32) -> String {
    let Some(first) = first_digit(value.abs()) else { return "0".into() };
    let text = to_power(value, last_power(first, error, most_digits));
    // What is exact needs no zeros to say how sure it is.
    let exact = last_digit(error).is_none() && text.contains('.');
    if exact { text.trim_end_matches('0').to_string() } else { text }
}

/// To a multiple of ten to the power `power`; a whole number is said as one.
fn to_power(value: f64, power: i32) -> String {
    let digits = usize::try_from(-power).unwrap_or(0);
    let text = decimals(round_to(value, power, Rounding::Nearest), digits);
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

/// The sizes of the ends of a band of differences, rounded outwards, behind how many replicates it holds; `None` where
/// replicates do not differ.
pub fn significant_band(
    replicates: u64,
    low: f64,
    high: f64,
    error: f64,
) -> Option<(String, String, String)> {
    let replicates = match replicates {
        0 | 1 => return None,
        few @ 2..FEWEST_FOR_TAILS => format!("in all {few} replicates"),
        _ => "in 9 of 10 replicates".to_string(),
    };
    let [low, high] = ends(low, high, error)?.map(|end| end.trim_start_matches('-').to_string());
    Some((replicates, low, high))
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

    fn spread(replicates: u64, mc_se: f64, quantiles: [f64; 5]) -> Spread {
        Spread { replicates, sd: mc_se * (replicates as f64).sqrt(), mc_se, quantiles }
    }

    #[test]
    fn bands_say_what_quantiles_support() {
        let band = |replicates, mc_se| band_are(&spread(replicates, mc_se, [3103.0, 0.0, 0.0, 0.0, 4248.0]));
        assert_eq!(band(2000, 8.0), "In 9 of 10 replicates between 3,100 and 4,250 people are");
        assert_eq!(band(200_000, 0.8), "In 9 of 10 replicates between 3,103 and 4,248 people are");
        assert_eq!(band(19, 80.0), "In all 19 replicates between 3,103 and 4,248 people are");
        assert_eq!(
            band_are(&spread(20, 0.0, [1.0; 5])),
            "In 9 of 10 replicates 1 person is",
            "one value has no band"
        );
        assert_eq!(band_are(&spread(1, f64::NAN, [7.0; 5])), "In the one replicate 7 people are");
    }

    #[test]
    fn bands_of_differences_have_two_sides() {
        let band = |low, high| significant_band(500, low, high, 2.0);
        let words = |low: &str, high: &str| Some(("in 9 of 10 replicates".into(), low.into(), high.into()));
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
        assert_eq!(significant(0.0123, 0.0), "0.0123");
        assert_eq!(significant(1003.0, 0.0), "1,003");
        assert_eq!(significant(501.5, 0.0), "501.5");
        assert_eq!(significant(0.15, 0.0), "0.15");
        assert_eq!(significant(0.15, 0.001), "0.150");
        assert_eq!(significant(18_655.8, 0.0), "18,656");
        assert_eq!(significant(1_234_567.8, f64::NAN), "1,234,568");
        assert_eq!(significant(12_345.6, 0.004), "12,346");
        assert_eq!(significant(-240.3, 0.8), "-240");
        assert_eq!(significant(7.0, 300.0), "7", "the first digit stays");
        assert_eq!(brief(33.333, 0.0), "33.3");
        assert_eq!(brief(1234.5, 0.0), "1,235");
        assert_eq!(rough(1187.0), "1,200");
        assert_eq!(rough(0.0123), "0.012");
        assert_eq!(percent_of(2000, 0.9999), "99.99 %");
        assert_eq!(percent_of(2_000_000, 0.999_999_5), "nearly all");
        assert_eq!(percent_of(2000, 1.0), "100 %");
        assert_eq!(percent_of(2000, 0.123), "12 %");
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
