//! Moves at a rate.

use super::names::places;
use super::rate::of_people;
use super::targets::go;
use super::telling::Telling;
use super::who::people;
use crate::model::Move;

/// "Release after review: local men at North prison go to Home, 8 a year for every 100 of them"
pub(super) fn of_move(telling: &Telling<'_>, one: &Move) -> String {
    let model = telling.model;
    let go = go(telling, &one.from, &one.targets, "leave");
    let rate = of_people(telling, &one.rate, "them");
    let separator = if one.targets.len() > 1 { ";" } else { "," };
    format!(
        "{}: {} at {} {go}{separator} {rate}",
        one.label,
        people(model, &one.who),
        places(model, &one.from)
    )
}
