//! Regimes: contexts that switch.

use super::fields::effects;
use super::names::{any_of, spaced};
use super::rate::of_events;
use super::telling::Telling;
use crate::model::{Layer, Switch, SwitchTime};
use crate::wording::list;

/// Sentences about the regime at `index`.
pub(super) fn of_regime(telling: &Telling<'_>, index: usize) -> Vec<String> {
    let model = telling.model;
    let regime = &model.regimes[index];
    let states: Vec<String> = regime.states.iter().map(|state| spaced(state)).collect();
    let initial = &states[regime.initial];
    let mut sentences =
        vec![format!("{} is {}; in the beginning it is {initial}", regime.label, any_of(&states))];
    let switches: Vec<String> =
        regime.switches.iter().map(|switch| of_switch(telling, &states, switch)).collect();
    if !switches.is_empty() {
        sentences.push(format!("{} goes {}", regime.label, list(&switches, switches.len())));
    }
    for (state, name) in states.iter().enumerate() {
        let of_state = |layer: &Layer| *layer == Layer::Regime { regime: index, state };
        let effects = effects(telling, model.changes.iter().filter(|change| of_state(&change.layer)));
        if !effects.is_empty() {
            sentences.push(format!("While {} is {name}: {}", regime.label, effects.join("; ")));
        }
    }
    sentences
}

/// "from steady to reduced about once in 5 years"
fn of_switch(telling: &Telling<'_>, states: &[String], switch: &Switch) -> String {
    let from = switch.from.map(|from| format!("from {} ", states[from])).unwrap_or_default();
    let when = match &switch.when {
        SwitchTime::Rate(rate) => of_events(telling, rate, "time"),
        SwitchTime::Step(step) => telling.on(*step),
    };
    format!("{from}to {} {when}", states[switch.to])
}
