//! Ageing.

use super::names::places;
use super::rate::of_people;
use super::start::at_start;
use super::targets::go;
use super::telling::Telling;
use super::who::people;
use super::words::span;
use crate::model::{Ageing, Model, Pace, PlaceKind};

/// "Turning 18: children change: half become men and half become women, after 13 years on average"
pub(super) fn of_ageing(telling: &Telling<'_>, ageing: &Ageing) -> Vec<String> {
    let model = telling.model;
    let pace = match &ageing.pace {
        Pace::Rate(rate) => of_people(telling, rate, "them"),
        Pace::After { time, .. } => {
            format!("after {} as {}", span(telling, time), people(model, &ageing.who))
        }
    };
    let go = go(telling, &ageing.at, &ageing.targets, "change");
    let mut sentences =
        vec![format!("{}: {}{} {go}, {pace}", ageing.label, people(model, &ageing.who), at(model, ageing))];
    if let Pace::After { at_start: start, .. } = &ageing.pace {
        sentences.push(at_start(telling, &ageing.label, start));
    }
    sentences
}

/// Where it is, unless that is everywhere.
fn at(model: &Model, ageing: &Ageing) -> String {
    let anywhere = (0..model.places.len())
        .filter(|place| model.places[*place].kind != PlaceKind::End)
        .all(|place| ageing.at.contains(&place));
    if anywhere { String::new() } else { format!(" at {}", places(model, &ageing.at)) }
}
