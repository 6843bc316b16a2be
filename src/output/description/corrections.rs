//! Corrections: recounts on dates.

use super::telling::Telling;
use super::who::people;
use super::words::number;
use crate::model::{CorrectedCount, Correction};

/// "New registration, in March 2026: 11,800 people are found at Camp; who is too many leaves the model, who is missing comes from outside"
pub(super) fn of_correction(telling: &Telling<'_>, correction: &Correction) -> String {
    let model = telling.model;
    let label = |place: usize| model.places[place].label.as_str();
    let who = people(model, &correction.who);
    let found = match correction.count {
        CorrectedCount::People(count) => {
            format!("{} are found", telling.told(count, |value| format!("{} {who}", number(value))))
        }
        CorrectedCount::Share(share) => {
            format!(
                "{} as many {who} are found as were thought to be",
                telling.told(share, |value| format!("{} times", number(value)))
            )
        }
    };
    let on = correction.on.map_or_else(|| "never".into(), |step| telling.on(step));
    let to =
        correction.to.map_or_else(|| "leave the model".into(), |place| format!("go to {}", label(place)));
    let from =
        correction.from.map_or_else(|| "from outside".into(), |place| format!("from {}", label(place)));
    format!(
        "{}, {on}: {found} at {}; those who are too many {to}, those who are missing come {from}",
        correction.label,
        label(correction.at)
    )
}
