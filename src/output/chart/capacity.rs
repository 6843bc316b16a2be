//! How many a place is built for, as policies change it.

use crate::model::{Effect, Layer, Model, NumberId, PlaceId};

/// The capacity of `place` in every step; `None` where it has none. Parameters have their values before any draw,
/// and what comes at random (regimes, shocks) is left out.
pub fn by_step(model: &Model, place: PlaceId) -> Option<Vec<f64>> {
    let capacity = model.places[place].capacity?;
    Some((0..model.calendar.steps()).map(|step| number_at(model, capacity, step)).collect())
}

/// A number during `step`, after the policies' changes of it and of the parameters it uses: sets before
/// multiplications.
fn number_at(model: &Model, id: NumberId, step: u32) -> f64 {
    let number = model.number(id);
    let parameters = parameters_at(model, step);
    let mut value = number.value.evaluate(&parameters);
    for effect in [Effect::Set, Effect::Times] {
        for change in model.changes.iter().filter(|change| change.effect == effect) {
            if let Layer::Policy { window, .. } = &change.layer
                && change.targets.contains(&id)
            {
                let amount = model.number(change.amount).value.evaluate(&parameters);
                value = effect.apply(value, amount, window.weight(step));
            }
        }
    }
    number.kind.bound(value)
}

fn parameters_at(model: &Model, step: u32) -> Vec<f64> {
    if model.parameter_changes.is_empty() {
        return model.parameter_values();
    }
    let before = model.parameter_values();
    let mut values = Vec::with_capacity(before.len());
    for (index, parameter) in model.parameters.iter().enumerate() {
        let mut value = parameter.value.evaluate(&values);
        for effect in [Effect::Set, Effect::Times] {
            for change in &model.parameter_changes {
                if change.parameter == index && change.effect == effect {
                    let amount = model.number(change.amount).value.evaluate(&before);
                    value = effect.apply(value, amount, change.window.weight(step));
                }
            }
        }
        values.push(value);
    }
    values
}
