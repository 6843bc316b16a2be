//! What can happen in a variant: it may take the force from a shock that the scenario has a date for, and then no chart
//! speaks of it.

use crate::engine::dated;
use crate::model::{
    ByValue, Change, Effect, Hits, Layer, Model, NumberId, Occasions, Programme, Rate, Regime, Shock,
    ShockSeverity, Switch, SwitchTime, Varying,
};

/// Whether a number is above 0 in a step. Those that a draw or a state may change count as they are without it.
fn is_above_zero(model: &Model, number: NumberId, step: u32) -> bool {
    // What comes at random may bring the number about.
    let at_random = model.changes.iter().any(|change| {
        let drawn = !matches!(change.layer, Layer::Variant { .. } | Layer::Policy { .. });
        drawn && change.effect == Effect::Set && change.targets.contains(&number)
    });
    at_random || dated(model, number).get(step as usize).is_none_or(|value| *value > 0.0 || value.is_nan())
}

fn any(model: &Model, numbers: impl IntoIterator<Item = NumberId>, step: u32) -> bool {
    numbers.into_iter().any(|number| is_above_zero(model, number, step))
}

fn numbers(varying: &Varying) -> Vec<NumberId> {
    match varying {
        Varying::Same(number) => vec![*number],
        Varying::By(table) => of_table(table),
        Varying::Series(series) => series.iter().map(|(_, number)| *number).collect(),
    }
}

fn of_table(table: &ByValue) -> Vec<NumberId> {
    table.values.iter().flatten().copied().collect()
}

fn rate(model: &Model, rate: &Rate, step: u32) -> bool {
    any(model, numbers(&rate.amount), step)
        && is_above_zero(model, rate.factor, step)
        && rate.times.iter().all(|table| any(model, of_table(table), step))
}

/// Whether a shock that is to happen in `step` affects anybody there.
pub fn shock(model: &Model, shock: &Shock, step: u32) -> bool {
    let hits = match shock.hits {
        Hits::Each(probability) => is_above_zero(model, probability, step),
        Hits::All | Hits::One => true,
    };
    let affects = match &shock.severity {
        ShockSeverity::Fixed(share) => any(model, numbers(share), step),
        ShockSeverity::Beta { mean, times, .. } => {
            is_above_zero(model, *mean, step) && times.iter().all(|table| any(model, of_table(table), step))
        }
    };
    // A shock may change numbers for a time without taking anybody.
    let after = model.changes.iter().any(
        |change| matches!(change.layer, Layer::Aftermath { shock: of, .. } if std::ptr::eq(&model.shocks[of], shock)),
    );
    hits && (affects || after)
}

/// Whether a policy may change anything: not where all that it does is to multiply by 1, or its end comes first.
pub fn policy(model: &Model, policy: usize) -> bool {
    let known = &model.policies[policy];
    if known.until.is_some_and(|until| until <= known.from) {
        return false;
    }
    let own = |layer: &Layer| matches!(layer, Layer::Policy { policy: of, .. } if *of == policy);
    let mut changes = model.changes.iter().filter(|change| own(&change.layer)).peekable();
    // What it does to parameters and lengths of stay does not say whose it is.
    let known_by_its_changes = changes.peek().is_some() && model.parameter_changes.is_empty();
    let nothing = |change: &Change| {
        change.effect == Effect::Times && dated(model, change.amount).iter().all(|amount| *amount == 1.0)
    };
    !(known_by_its_changes && changes.all(nothing))
}

/// Whether a programme would take place in any step of a pause.
pub fn programme(model: &Model, programme: &Programme, from: u32, until: u32) -> bool {
    let open = |step: u32| programme.terms.open.is_none_or(|(from, until)| step >= from && step < until);
    let occurs = |step: u32| match &programme.occasions {
        Some(Occasions::Regular { factor, .. }) => is_above_zero(model, *factor, step),
        Some(Occasions::Random(often)) => rate(model, often, step),
        None => true,
    };
    let has_seats = |step: u32| {
        programme.seats.as_ref().is_none_or(|seats| {
            any(model, numbers(&seats.mean), step) && is_above_zero(model, seats.factor, step)
        })
    };
    // The ends and the middle tell: asking for every step of a long pause would take long.
    let steps = [from, (from + until) / 2, until.saturating_sub(1)];
    steps.into_iter().any(|step| open(step) && occurs(step) && has_seats(step))
}

/// Whether a regime can be in another state than the one it is to enter at `step`, of those that the switch leads from.
pub fn switch(model: &Model, regime: &Regime, switch: &Switch, step: u32) -> bool {
    let mut reached = vec![false; regime.states.len()];
    reached[regime.initial] = true;
    for _ in 0..regime.states.len() {
        for other in &regime.switches {
            let comes = match &other.when {
                SwitchTime::Step(at) => *at < step,
                SwitchTime::Rate(often) => {
                    (0..step).step_by(usize::max(1, step as usize / 8)).any(|at| rate(model, often, at))
                }
            };
            if comes && other.from.map_or_else(|| reached.contains(&true), |from| reached[from]) {
                reached[other.to] = true;
            }
        }
    }
    match switch.from {
        Some(from) => reached[from] && from != switch.to,
        None => reached.iter().enumerate().any(|(state, known)| *known && state != switch.to),
    }
}
