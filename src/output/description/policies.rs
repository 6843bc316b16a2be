//! Policies: what changes on dates, or while a threshold is passed.

use super::fields::{dated, effects};
use super::names::places;
use super::stays;
use super::telling::Telling;
use super::who::people;
use super::words::{number, percent};
use crate::model::{
    Effect, Layer, ParameterChange, StayChange, StayEffect, ThresholdSide, Trigger, TriggerMeasure, Window,
};
use crate::wording::list;

/// A sentence for each time at which the policy at `index` changes something.
pub(super) fn of_policy(telling: &Telling<'_>, index: usize) -> Vec<String> {
    let model = telling.model;
    let policy = &model.policies[index];
    let prefix = format!("policies.{}.", policy.name);
    if let Some(trigger) = &policy.when {
        let by_trigger = |layer: &Layer| *layer == Layer::Trigger { policy: index };
        let effects = effects(telling, model.changes.iter().filter(|change| by_trigger(&change.layer)));
        let within =
            telling.between(policy.from, policy.until).map(|dates| format!(", {dates}")).unwrap_or_default();
        return vec![format!(
            "{}, {}{within}: {}",
            policy.label,
            of_trigger(telling, trigger),
            effects.join("; ")
        )];
    }
    let window = |layer: &Layer| match layer {
        Layer::Policy { policy, window } if *policy == index => Some(*window),
        _ => None,
    };
    let mut dated_effects: Vec<(Window, Vec<String>)> = Vec::new();
    let mut add = |window: Window, effects: Vec<String>| match dated_effects
        .iter_mut()
        .find(|(known, _)| *known == window)
    {
        Some((_, all)) => all.extend(effects),
        None => dated_effects.push((window, effects)),
    };
    for change in &model.changes {
        if let Some(window) = window(&change.layer) {
            add(window, effects(telling, std::iter::once(change)));
        }
    }
    for change in &model.parameter_changes {
        if model.number(change.amount).address.starts_with(&prefix) {
            add(change.window, vec![of_parameter(telling, change)]);
        }
    }
    for stay in &model.stays {
        for change in stay.changes.iter().filter(|change| is_of(telling, change, &prefix)) {
            add(change.window, vec![stays::change(telling, stay, change)]);
        }
    }
    if dated_effects.is_empty() {
        let window = Window { from: policy.from, until: policy.until, ramp: 0.0 };
        dated_effects.push((window, vec!["nothing changes".into()]));
    }
    dated_effects
        .into_iter()
        .map(|(window, effects)| format!("{}{}", policy.label, dated(telling, &window, &effects)))
        .collect()
}

/// Whether a change of a stay is made by what has addresses with this beginning.
pub(super) fn is_of(telling: &Telling<'_>, change: &StayChange, prefix: &str) -> bool {
    let own = match &change.effect {
        StayEffect::Length(length) => length.numbers().first().copied(),
        StayEffect::Minimum(span) => Some(span.number),
        StayEffect::Times(times) => Some(*times),
    };
    own.is_some_and(|id| telling.model.number(id).address.starts_with(prefix))
}

/// "Willingness times 2", "Willingness is 0.5 instead of 1"
pub(super) fn of_parameter(telling: &Telling<'_>, change: &ParameterChange) -> String {
    let name = super::names::parameter(telling.model, change.parameter);
    match change.effect {
        Effect::Set => {
            let unit = telling.model.parameters[change.parameter].unit.as_ref();
            let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
            let to = telling.told(change.amount, |value| format!("{}{unit}", number(value)));
            format!("{name} is {to} instead of {}", number(telling.parameters[change.parameter]))
        }
        Effect::Times => format!("{name} times {}", telling.told(change.amount, number)),
    }
}

/// "while Prison is above 110 % of its capacity, until it is below 100 %, for at least 3 months"
fn of_trigger(telling: &Telling<'_>, trigger: &Trigger) -> String {
    let model = telling.model;
    let (what, share) = match &trigger.measure {
        TriggerMeasure::People { at, who } => {
            (format!("the number of {} at {}", people(model, who), places(model, at)), false)
        }
        TriggerMeasure::Occupancy(at) => (format!("the occupancy of {}", places(model, at)), true),
        TriggerMeasure::Flow(mechanism) => (
            format!("the people of {} in a {}", model.mover(*mechanism).label, model.calendar.unit().name()),
            false,
        ),
    };
    let written = |value: f64| if share { percent(value) } else { number(value) };
    let side = |side: ThresholdSide| if side == ThresholdSide::Above { "above" } else { "below" };
    let mut words =
        vec![format!("while {what} is {} {}", side(trigger.side), telling.told(trigger.starts, written))];
    words.extend(
        trigger.ends.map(|ends| {
            format!("until it is {} {}", side(trigger.side.other()), telling.told(ends, written))
        }),
    );
    if trigger.lasts > 1 {
        words.push(format!("for at least {}", telling.length(f64::from(trigger.lasts))));
    }
    list(&words, words.len()).replace(" and until", ", until").replace(" and for", ", for")
}
