//! Rates in words: of people, of events, of those who come.

use jiff::civil::date;

use super::names::places;
use super::table::{TablePart, by_value, parts, render};
use super::telling::Telling;
use super::words::{number, of, out_of, percent, so_often};
use crate::model::{ByValue, Crowding, NumberId, Rate, Varying};
use crate::output::format::month;
use crate::units::RateUnit;
use crate::wording::list;

/// Seasons of more different numbers than this are told from the least to the most.
const MOST_OF_SEASON: usize = 4;

/// How fast something happens to people: "9 a year for every 100 of them", "after 13 years on average".
pub(super) fn of_people(telling: &Telling<'_>, rate: &Rate, people: &str) -> String {
    let amounts = amounts(telling, rate);
    let values: Vec<f64> = amounts.iter().map(|part| part.value).collect();
    let words = match rate.unit {
        RateUnit::Per(unit) => {
            let among = out_of(&values);
            let every = match (among == 1.0, people) {
                (true, people) => format!("for each of {people}"),
                (false, "them") => format!("for every {} of them", number(among)),
                (false, people) => format!("for every {} {people}", number(among)),
            };
            render(telling, &amounts, &|value| number(among * value), &|text| {
                format!("{text} a {} {every}", unit.name())
            })
        }
        RateUnit::MeanStay(unit) => {
            render(telling, &amounts, &number, &|text| format!("after {} on average", of(text, unit.name())))
        }
        RateUnit::HalfLife(unit) => render(telling, &amounts, &number, &|text| {
            format!("half of {people} within {}", of(text, unit.name()))
        }),
        RateUnit::Probability(unit) => {
            render(telling, &amounts, &percent, &|text| format!("{text} of {people} a {}", unit.name()))
        }
    };
    with_clauses(telling, rate, words)
}

/// How many are born: "9 births a year for every 100 women".
pub(super) fn of_births(telling: &Telling<'_>, rate: &Rate, mothers: &str) -> String {
    let words = of_people(telling, rate, mothers);
    match rate.unit {
        RateUnit::Per(unit) => {
            words.replacen(&format!(" a {} for", unit.name()), &format!(" births a {} for", unit.name()), 1)
        }
        _ => words,
    }
}

/// How often something happens: "about once in 7 years", "about 6 occasions a year".
pub(super) fn of_events(telling: &Telling<'_>, rate: &Rate, event: &str) -> String {
    let often = |value| so_often(value, event, rate.unit);
    let words = render(telling, &amounts(telling, rate), &often, &|text| text.to_string());
    with_clauses(telling, rate, words)
}

/// How many come: "18 men a month".
pub(super) fn of_arrivals(telling: &Telling<'_>, rate: &Rate, what: &dyn Fn(&str) -> String) -> String {
    let unit = match rate.unit {
        RateUnit::Per(unit) => format!("a {}", unit.name()),
        other => other.words(),
    };
    let words = render(telling, &amounts(telling, rate), &number, &|text| format!("{} {unit}", what(text)));
    with_clauses(telling, rate, words)
}

/// The amounts of a rate, with the first table that multiplies them.
fn amounts(telling: &Telling<'_>, rate: &Rate) -> Vec<TablePart> {
    let mut times: Vec<NumberId> = Vec::new();
    if let RateUnit::Per(_) = rate.unit {
        times.push(rate.factor);
    }
    match (&rate.amount, rate.times.first()) {
        (Varying::Same(amount), Some(table)) if is_product(rate) => {
            times.push(*amount);
            by_value(telling, table, &times)
        }
        _ => parts(telling, &rate.amount, &times),
    }
}

/// Whether the first table of multipliers is told as products.
fn is_product(rate: &Rate) -> bool {
    matches!((&rate.amount, rate.unit), (Varying::Same(_), RateUnit::Per(_))) && !rate.times.is_empty()
}

fn with_clauses(telling: &Telling<'_>, rate: &Rate, words: String) -> String {
    let mut all = vec![words];
    let told = usize::from(is_product(rate));
    for table in rate.times.iter().skip(told) {
        all.extend(multipliers(telling, table));
    }
    if !matches!(rate.unit, RateUnit::Per(_)) && telling.value(rate.factor) != 1.0 {
        all.push(format!("{} times as fast", number(telling.value(rate.factor))));
    }
    all.extend(rate.season.as_ref().and_then(|season| of_season(telling, season)));
    all.extend(rate.crowding.as_ref().map(|crowding| of_crowding(telling, crowding)));
    all.join(", ")
}

/// "times 0.5 (boys)": those of a table that change anything; `None` where none does.
pub(super) fn multipliers(telling: &Telling<'_>, table: &ByValue) -> Option<String> {
    let mut parts = by_value(telling, table, &[]);
    parts.retain(|part| part.value != 1.0 || part.is_computed(telling));
    let words = (!parts.is_empty()).then(|| render(telling, &parts, &number, &|text| text.to_string()));
    words.map(|words| format!("times {words}"))
}

/// "times 0.5 in July and August"; `None` where all months are alike.
fn of_season(telling: &Telling<'_>, season: &[NumberId; 12]) -> Option<String> {
    let values = season.map(|id| telling.value(id));
    let name = |index: usize| month(date(2001, i8::try_from(index + 1).unwrap_or(1), 1));
    let mut groups: Vec<(f64, Vec<&str>)> = Vec::new();
    for (index, value) in values.iter().enumerate().filter(|(_, value)| **value != 1.0) {
        match groups.iter_mut().find(|(known, _)| known == value) {
            Some((_, months)) => months.push(name(index)),
            None => groups.push((*value, vec![name(index)])),
        }
    }
    if groups.len() > MOST_OF_SEASON {
        let position = |best: f64| values.iter().position(|value| *value == best).map_or("", name);
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(0.0, f64::max);
        return Some(format!(
            "with a season: times {} in {} to times {} in {}",
            number(least),
            position(least),
            number(most),
            position(most)
        ));
    }
    let words: Vec<String> = groups
        .iter()
        .map(|(value, months)| format!("times {} in {}", number(*value), list(months, 12)))
        .collect();
    (!words.is_empty()).then(|| list(&words, words.len()))
}

/// "more where it is crowded: above 120 % of capacity with the square of occupancy"
fn of_crowding(telling: &Telling<'_>, crowding: &Crowding) -> String {
    let place = crowding.at.map_or_else(|| "it".into(), |place| places(telling.model, &[place]));
    let above = telling.told(crowding.above, percent);
    let how = match telling.value(crowding.elasticity) {
        1.0 => telling.with_dependence("in proportion to occupancy".into(), &[crowding.elasticity]),
        2.0 => telling.with_dependence("with the square of occupancy".into(), &[crowding.elasticity]),
        _ => format!("with occupancy to the power {}", telling.told(crowding.elasticity, number)),
    };
    let most = match telling.value(crowding.at_most) {
        100.0 => String::new(),
        _ => format!(", up to {} times", telling.told(crowding.at_most, number)),
    };
    format!("more where {place} is crowded: above {above} of capacity it grows {how}{most}")
}
