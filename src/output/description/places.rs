//! Who is where in the beginning, and what happens where a place is full or closes.

use super::names::{any_of, places};
use super::rate::of_people;
use super::targets::go;
use super::telling::Telling;
use super::who::{dimensions, numbers};
use super::words::{number, of};
use crate::model::{CellId, Full, Place, PlaceId, PlaceKind};
use crate::wording::{list, thousands};

/// A sentence for every place, and those about full places, queues and closures.
pub(super) fn sentences(telling: &Telling<'_>) -> Vec<String> {
    let model = telling.model;
    let told =
        |place: &PlaceId| model.places[*place].kind.is_held() || !model.places[*place].people.is_empty();
    let all: Vec<PlaceId> = (0..model.places.len()).collect();
    let mut sentences: Vec<String> = dimensions(model).into_iter().collect();
    sentences.extend(all.iter().filter(|place| told(place)).map(|place| people(telling, *place)));
    let empty: Vec<String> = all
        .iter()
        .filter(|place| !told(place))
        .map(|place| format!("{} ({})", model.places[*place].label, free(model.places[*place].kind)))
        .collect();
    if !empty.is_empty() {
        sentences.push(format!("Nobody is at {} in the beginning", any_of(&empty)));
    }
    sentences.extend(crowded(telling));
    for place in all {
        sentences.extend(full(telling, place));
        sentences.extend(queue(telling, place));
        sentences.extend(closure(telling, place));
    }
    sentences
}

/// "North prison holds 3,500 people in the beginning, of 4,000 places: 2,600 local men and 900 third country men"
fn people(telling: &Telling<'_>, id: PlaceId) -> String {
    let place = &telling.model.places[id];
    let cells = cells(telling, place);
    let whole: f64 = cells.iter().map(|(_, number)| number).sum();
    let counts: Vec<usize> = place.people.iter().map(|initial| initial.count).collect();
    let many = if whole == 0.0 { "nobody".into() } else { of_persons(whole) };
    let many = telling.with_dependence(many, &counts);
    let verb = if place.kind.is_held() { "holds" } else { "has" };
    let capacity = place.capacity.map(|capacity| telling.told(capacity, |value| of(&number(value), "place")));
    let capacity = capacity.map(|places| format!(", of {places}")).unwrap_or_default();
    let who = numbers(telling.model, &cells).map(|who| format!(": {who}")).unwrap_or_default();
    format!("{} {verb} {many} in the beginning{capacity}{who}", place.label)
}

fn of_persons(number: f64) -> String {
    match thousands(number).as_str() {
        "1" => "1 person".into(),
        number => format!("{number} people"),
    }
}

/// How many people are in each cell of a place in the beginning.
fn cells(telling: &Telling<'_>, place: &Place) -> Vec<(CellId, f64)> {
    let mut cells = Vec::new();
    for initial in &place.people {
        let count = telling.value(initial.count);
        let shares: Vec<f64> = initial
            .into
            .iter()
            .map(|entry| entry.shares.iter().map(|share| telling.value(*share)).product::<f64>())
            .collect();
        let whole: f64 = shares.iter().sum();
        let whole = if whole > 0.0 { whole } else { 1.0 };
        cells.extend(
            initial.into.iter().zip(&shares).map(|(entry, share)| (entry.cell, count * share / whole)),
        );
    }
    cells
}

fn free(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Prison | PlaceKind::Camp | PlaceKind::Centre => "held",
        PlaceKind::Community => "free",
        PlaceKind::AtLarge => "escaped",
        PlaceKind::End => "for good",
    }
}

/// "North prison and River camp take people in even where they are full"
fn crowded(telling: &Telling<'_>) -> Option<String> {
    let model = telling.model;
    let crowds = |place: &PlaceId| {
        model.places[*place].capacity.is_some() && model.places[*place].when_full.is_crowding()
    };
    let crowded: Vec<PlaceId> = (0..model.places.len()).filter(crowds).collect();
    let verb = if crowded.len() == 1 {
        "takes people in even when it is"
    } else {
        "take people in even when they are"
    };
    (!crowded.is_empty()).then(|| format!("{} {verb} full", places(model, &crowded)))
}

fn full(telling: &Telling<'_>, id: PlaceId) -> Option<String> {
    let place = &telling.model.places[id];
    if place.when_full.is_crowding() {
        return None;
    }
    let otherwise = match place.when_full.otherwise {
        Full::Crowd => "gets in all the same",
        Full::Refuse => "is turned away; who comes from another place stays there and tries again",
        Full::Wait => "waits outside; who comes from another place stays there and tries again",
    };
    let divert: Vec<&str> =
        place.when_full.divert.iter().map(|place| telling.model.places[*place].label.as_str()).collect();
    Some(match divert.as_slice() {
        [] => format!("Who finds {} full {otherwise}", place.label),
        [only] => format!(
            "Who finds {} full goes to {only} instead, and where that is full too {otherwise}",
            place.label
        ),
        several => format!(
            "Who finds {} full goes to the first of {} that has room, and where none has {otherwise}",
            place.label,
            list(several, several.len())
        ),
    })
}

fn queue(telling: &Telling<'_>, id: PlaceId) -> Option<String> {
    let place = &telling.model.places[id];
    let mut words = Vec::new();
    if place.when_full.otherwise == Full::Wait {
        let first = if place.queue.random { "anybody who waits" } else { "who has waited longest" };
        words.push(format!("A free place at {} goes to {first}", place.label));
    }
    if let Some((rate, targets)) = &place.queue.gives_up {
        let who =
            if words.is_empty() { format!("Who waits for {}", place.label) } else { "who waits".into() };
        let gives_up = of_people(telling, rate, "those who wait");
        let go = go(telling, &[], targets, "leave");
        words.push(format!("{who} may give up, {gives_up}; they {go}"));
    }
    (!words.is_empty()).then(|| words.join("; "))
}

fn closure(telling: &Telling<'_>, id: PlaceId) -> Option<String> {
    let place = &telling.model.places[id];
    let closure = place.closes.as_ref().filter(|closure| closure.from < telling.model.calendar.steps())?;
    let go = go(telling, &[id], &closure.targets, "leave");
    let over = telling.length(f64::from(closure.over));
    Some(format!(
        "{}: nobody gets in from {} on; within {over} those inside {go}, and so do those who would have come",
        closure.label,
        telling.date(closure.from)
    ))
}
