//! Who comes from outside.

use super::rate::of_arrivals;
use super::telling::Telling;
use super::who::{so_many_of, spread};
use super::words::{number, of, percent, shares};
use crate::model::{Arrival, CellId, Coming, Convoy, NumberId, PlaceId, Varying};
use crate::wording::list;

/// Sentences about one arrival.
pub(super) fn of_arrival(telling: &Telling<'_>, arrival: &Arrival) -> Vec<String> {
    let cells = cells(telling, arrival);
    let (people, parts) = spread(telling.model, &cells);
    let what = |text: &str| match &arrival.coming {
        Coming::InConvoys(_) => of(text, "convoy"),
        Coming::Singly | Coming::Dispersed(_) => so_many_of(text, &people),
    };
    let rate = of_arrivals(telling, &arrival.rate, &what);
    let shares: Vec<NumberId> = arrival.into.iter().flat_map(|entry| entry.shares.iter().copied()).collect();
    // Where a rate is by group, it has said who comes.
    let parts = parts.filter(|_| !matches!(arrival.rate.amount, Varying::By(_)));
    let parts = parts.map(|parts| telling.with_dependence(format!("; {parts}"), &shares)).unwrap_or_default();
    let whom = match &arrival.coming {
        Coming::InConvoys(_) if people != "people" => format!(" of {people}"),
        _ => String::new(),
    };
    let mut sentences = vec![format!("{} to {}: {rate}{whom}{parts}", arrival.label, to(telling, &cells))];
    sentences.extend(coming(telling, arrival));
    sentences
}

/// Where people come, with the share of each cell.
fn cells(telling: &Telling<'_>, arrival: &Arrival) -> Vec<(CellId, f64)> {
    let share = |shares: &[NumberId]| shares.iter().map(|share| telling.value(*share)).product::<f64>();
    arrival.into.iter().map(|entry| (entry.cell, share(&entry.shares))).collect()
}

/// "North prison (six in ten) and South prison (four in ten)"
fn to(telling: &Telling<'_>, cells: &[(CellId, f64)]) -> String {
    let model = telling.model;
    let mut places: Vec<(PlaceId, f64)> = Vec::new();
    for (cell, share) in cells {
        let place = model.place_of(*cell);
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, sum)) => *sum += share,
            None => places.push((place, *share)),
        }
    }
    let label = |place: PlaceId| model.places[place].label.clone();
    if let [(only, _)] = places.as_slice() {
        return label(*only);
    }
    let whole: f64 = places.iter().map(|(_, share)| share).sum();
    let whole = if whole > 0.0 { whole } else { 1.0 };
    let words: Vec<String> = places
        .iter()
        .map(|(place, share)| format!("{} ({})", label(*place), percent(share / whole)))
        .collect();
    list(&words, words.len())
}

/// How they come, where that is not one by one.
fn coming(telling: &Telling<'_>, arrival: &Arrival) -> Option<String> {
    let label = &arrival.label;
    Some(match &arrival.coming {
        Coming::Singly => return None,
        Coming::Dispersed(times) => format!(
            "{label}: they come in waves; from one {} to the next their number varies with {} the variance of arrivals one by one",
            telling.model.calendar.unit().name(),
            telling.told(*times, |times| of(&number(times), "time")),
        ),
        Coming::InConvoys(Convoy::Fixed(size)) => {
            format!("{label}: each convoy has {}", telling.told(*size, persons))
        }
        Coming::InConvoys(Convoy::Normal { mean, sd }) => format!(
            "{label}: a convoy has {} on average (standard deviation {})",
            telling.told(*mean, persons),
            telling.told(*sd, number)
        ),
        Coming::InConvoys(Convoy::Table(sizes)) => {
            let whole: f64 = sizes.iter().map(|(_, share)| telling.value(*share)).sum();
            let whole = if whole > 0.0 { whole } else { 1.0 };
            let part = |(size, share): &(u32, NumberId)| {
                (telling.value(*share) / whole, format!("have {}", persons(f64::from(*size))))
            };
            let words = shares(&sizes.iter().map(part).collect::<Vec<_>>());
            format!("{label}: of the convoys {}", list(&words, words.len()))
        }
    })
}

fn persons(size: f64) -> String {
    so_many_of(&number(size), "people")
}
