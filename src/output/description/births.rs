//! Births.

use super::names::places;
use super::rate::of_births;
use super::targets::divided;
use super::telling::Telling;
use super::who::{become_words, people};
use crate::model::Birth;

/// "Births in the camp: 9 births a year for every 100 women at River camp; newborns are children"
pub(super) fn of_birth(telling: &Telling<'_>, birth: &Birth) -> String {
    let model = telling.model;
    let mothers = format!("{} at {}", people(model, &birth.mothers), places(model, &birth.at));
    let rate = of_births(telling, &birth.rate, &mothers);
    let newborn = match birth.newborn.as_slice() {
        [] => None,
        [only] => become_words(model, &only.becomes),
        several => Some(divided(telling, &birth.at, several)),
    };
    let newborn = match newborn {
        Some(newborn) => format!("; of newborns, {newborn}")
            .replace("of newborns, become ", "newborns are ")
            .replace("become ", "are "),
        None if model.groups.count() > 1 => "; newborns are what their mothers are".into(),
        None => String::new(),
    };
    format!("{}: {rate}{newborn}", birth.label)
}
