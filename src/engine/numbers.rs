//! The numbers of a model over time: their values from the parameters, and the changes that stack on them.

use super::rows::Rows;
use crate::model::{Effect, Expression, Layer, Model, NumberKind, ParameterChange, Window};

/// How every number comes about.
#[derive(Clone, Debug)]
pub struct Numbers {
    values: Vec<Expression>,
    kinds: Vec<NumberKind>,
    /// For each number the changes that act on it, sets before multiplications, each in the order of the layers.
    changes: Vec<Vec<Stacked>>,
    /// Whether a number may differ between histories before any change.
    base_varies: Vec<bool>,
    /// Whether it may after changes.
    varies: Vec<bool>,
    parameter_changes: Vec<ParameterChange>,
}

/// A change as one number sees it.
#[derive(Clone, Debug)]
struct Stacked {
    effect: Effect,
    amount: usize,
    cause: Cause,
}

/// How far a change has come in, as the step asks for it.
#[derive(Clone, Debug, PartialEq)]
enum Cause {
    Dated(Window),
    /// Row of a regime's state in the state's `regimes`.
    Regime {
        regime: usize,
        row: usize,
    },
    Aftermath {
        shock: usize,
        lasts: u32,
    },
}

/// What changes ask of the state: how far regimes and aftermaths hold, by lane.
pub trait Contexts {
    /// The weight of a row of regime states.
    fn regime(&self, row: usize, lane: usize) -> f64;
    /// The weight of an aftermath of `shock` that lasts `lasts` steps.
    fn aftermath(&self, shock: usize, lasts: u32, lane: usize) -> f64;
}

impl Numbers {
    /// Compiles the numbers of `model`; `regime_rows` says where each regime's states start.
    pub fn compile(model: &Model, regime_rows: &[usize]) -> Numbers {
        let drawn = drawn_parameters(model);
        let base_varies: Vec<bool> = model
            .numbers
            .iter()
            .map(|number| number.value.uses().iter().any(|index| drawn[*index]))
            .collect();
        let mut varies = base_varies.clone();
        let mut changes: Vec<Vec<Stacked>> = vec![Vec::new(); model.numbers.len()];
        for effect in [Effect::Set, Effect::Times] {
            for change in model.changes.iter().filter(|change| change.effect == effect) {
                let cause = match &change.layer {
                    Layer::Policy { window, .. } => Cause::Dated(*window),
                    Layer::Regime { regime, state } => {
                        Cause::Regime { regime: *regime, row: regime_rows[*regime] + state }
                    }
                    Layer::Aftermath { shock, lasts } => Cause::Aftermath { shock: *shock, lasts: *lasts },
                };
                for target in &change.targets {
                    varies[*target] |= base_varies[change.amount] || !matches!(cause, Cause::Dated(_));
                    changes[*target].push(Stacked { effect, amount: change.amount, cause: cause.clone() });
                }
            }
        }
        Numbers {
            values: model.numbers.iter().map(|number| number.value.clone()).collect(),
            kinds: model.numbers.iter().map(|number| number.kind).collect(),
            changes,
            base_varies,
            varies,
            parameter_changes: model.parameter_changes.clone(),
        }
    }

    /// Which numbers may differ between histories.
    pub fn varies(&self) -> &[bool] {
        &self.varies
    }

    /// Rows for the values before changes.
    pub fn base_rows(&self, lanes: usize) -> Rows {
        Rows::new(lanes, &self.base_varies)
    }

    /// Whether the values before changes differ at `step` from those of the step before: only where policies move parameters.
    pub fn base_moves(&self, step: u32) -> bool {
        step == 0
            || self
                .parameter_changes
                .iter()
                .any(|change| change.window.weight(step) != change.window.weight(step - 1))
    }

    /// Evaluates every number before changes at `step`. `parameters` holds each lane's drawn values.
    pub fn evaluate_base(&self, step: u32, parameters: &[Vec<f64>], base: &mut Rows) {
        let mut moved: Vec<Vec<f64>> = parameters.to_vec();
        for change in &self.parameter_changes {
            let weight = change.window.weight(step);
            for (lane, values) in moved.iter_mut().enumerate() {
                let amount = self.values[change.amount].evaluate(&parameters[lane]);
                let value = &mut values[change.parameter];
                *value = change.effect.apply(*value, amount, weight);
            }
        }
        for (index, value) in self.values.iter().enumerate() {
            for (lane, values) in moved.iter().enumerate().take(base.width(index)) {
                base.set(index, lane, self.kinds[index].bound(value.evaluate(values)));
            }
        }
    }

    /// Evaluates every number at `step`, with its changes.
    pub fn evaluate(&self, step: u32, base: &Rows, contexts: &impl Contexts, values: &mut Rows) {
        for (index, changes) in self.changes.iter().enumerate() {
            for lane in 0..values.width(index) {
                let mut value = base.at(index, lane);
                if !changes.is_empty() {
                    value = self.kinds[index].bound(stack(changes, step, value, base, contexts, lane));
                }
                values.set(index, lane, value);
            }
        }
    }
}

/// The parameters that differ between histories: those with a distribution and those computed from them.
fn drawn_parameters(model: &Model) -> Vec<bool> {
    let mut drawn: Vec<bool> = Vec::with_capacity(model.parameters.len());
    for parameter in &model.parameters {
        let inherits = parameter.value.uses().iter().any(|index| drawn[*index]);
        drawn.push(parameter.distribution.is_some() || inherits);
    }
    drawn
}

/// Applies changes one after the other. The states of one regime exclude each other, so where a state is only
/// probable (expected mode) their effects add up in proportion instead of compounding.
fn stack(
    changes: &[Stacked],
    step: u32,
    base_value: f64,
    base: &Rows,
    contexts: &impl Contexts,
    lane: usize,
) -> f64 {
    let mut value = base_value;
    let mut before_regime = value;
    let mut last_regime = None;
    for change in changes {
        let amount = base.at(change.amount, lane);
        let (weight, regime) = match &change.cause {
            Cause::Dated(window) => (window.weight(step), None),
            Cause::Regime { regime, row } => (contexts.regime(*row, lane), Some((*regime, change.effect))),
            Cause::Aftermath { shock, lasts } => (contexts.aftermath(*shock, *lasts, lane), None),
        };
        if regime.is_none() || regime != last_regime {
            before_regime = value;
        }
        last_regime = regime;
        value += change.effect.apply(before_regime, amount, weight) - before_regime;
    }
    value
}
