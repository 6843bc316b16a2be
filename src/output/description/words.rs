//! Numbers as sentences say them: rounded, in percent, so many of a hundred, once in so many years.

use super::telling::Telling;
use crate::model::Span;
use crate::output::sentences::words::brief;
use crate::units::{RateUnit, TimeUnit};

/// A number of three digits at least, and all before the point.
pub(super) fn number(value: f64) -> String {
    brief(value, 0.0)
}

/// "6 %"
pub(super) fn percent(share: f64) -> String {
    format!("{} %", brief(100.0 * share, 0.0))
}

/// "1 seat", "60 seats"
pub(super) fn of(number: &str, singular: &str) -> String {
    if number == "1" { format!("1 {singular}") } else { format!("{number} {singular}s") }
}

/// A length of time: "9 months".
pub(super) fn time(value: f64, unit: TimeUnit) -> String {
    of(&number(value), unit.name())
}

/// A length of time as the scenario has it.
pub(super) fn span(telling: &Telling<'_>, span: &Span) -> String {
    telling.told(span.number, |value| time(value, span.unit))
}

/// "about 6 occasions a year", "about once in 7 years"
pub(super) fn so_often(value: f64, event: &str, unit: RateUnit) -> String {
    match unit {
        RateUnit::MeanStay(unit) => format!("after {} on average", time(value, unit)),
        RateUnit::HalfLife(unit) => format!("with an even chance within {}", time(value, unit)),
        RateUnit::Probability(unit) => format!("with a chance of {} a {}", percent(value), unit.name()),
        RateUnit::Per(_) if value == 0.0 => "never".into(),
        RateUnit::Per(unit) if value < 1.0 => {
            let times = 1.0 / value;
            let times = if times >= 5.0 { times.round() } else { times };
            format!("about once in {}", time(two_digits(times), unit))
        }
        RateUnit::Per(unit) => format!("about {} a {}", of(&number(value), event), unit.name()),
    }
}

/// Two digits of what only says how often.
fn two_digits(value: f64) -> f64 {
    if value < 10.0 { (10.0 * value).round() / 10.0 } else { value }
}

/// Of how many people so many events are told, so that the smallest number of them is 1 or more.
pub(super) fn out_of(values: &[f64]) -> f64 {
    let least = values.iter().copied().filter(|value| *value > 0.0).fold(f64::INFINITY, f64::min);
    [1.0, 100.0, 1000.0, 10_000.0, 100_000.0]
        .into_iter()
        .find(|people| people * least >= 0.995)
        .unwrap_or(1_000_000.0)
}

/// Shares of a whole, each with what has it: "half men and half women", "nine in ten local and one in ten far", "85 % to Home".
pub(super) fn shares(parts: &[(f64, String)]) -> Vec<String> {
    let tenths = |share: f64| (10.0 * share - (10.0 * share).round()).abs() < 1e-9;
    let halves = parts.len() == 2 && parts.iter().all(|(share, _)| (share - 0.5).abs() < 1e-9);
    let few = parts.len() == 2 && parts.iter().all(|(share, _)| tenths(*share));
    parts
        .iter()
        .map(|(share, what)| match (halves, few) {
            (true, _) => format!("half {what}"),
            (_, true) => format!("{} in ten {what}", TENTHS[((10.0 * share).round() as usize).min(10)]),
            _ => format!("{} {what}", percent(*share)),
        })
        .collect()
}

const TENTHS: [&str; 11] =
    ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
