//! The numbers of a model over time: their values from the parameters, and the changes that stack on them.

use super::rows::LaneRows;
use super::triggers::triggered;
use super::wandering::{WanderPaths, Wanderings};
use crate::model::{
    Effect, Expression, LARGEST_SD, Layer, Model, NumberId, NumberKind, Parameter, ParameterChange, Window,
};

/// How every number comes about.
#[derive(Clone, Debug)]
pub struct CompiledNumbers {
    values: Vec<Expression>,
    kinds: Vec<NumberKind>,
    /// For each number the changes that act on it, sets before multiplications, each in the order of the layers.
    changes: Vec<Vec<Stacked>>,
    /// Whether a number may differ between replicates before any change.
    base_varies: Vec<bool>,
    /// Whether it may after changes.
    varies: Vec<bool>,
    /// For each parameter how it is computed from others; `None` where it is given or drawn.
    computed: Vec<Option<Expression>>,
    /// For each parameter that is computed and then changed throughout: how, so that it follows those that wander.
    changed: Vec<Option<ChangedThroughout>>,
    /// Those that do not hold throughout.
    parameter_changes: Vec<ParameterChange>,
    wanderings: Wanderings,
}

/// A parameter that is computed from others and then changed throughout.
#[derive(Clone, Debug)]
struct ChangedThroughout {
    value: Expression,
    changes: Vec<(Effect, NumberId)>,
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
    /// Row of a triggered policy.
    Trigger {
        row: usize,
    },
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

/// What changes ask of the state: how far triggers, regimes and aftermaths hold, by lane.
pub trait Contexts {
    /// 1 where a triggered policy holds, else 0.
    fn trigger(&self, row: usize, lane: usize) -> f64;
    /// The weight of a row of regime states.
    fn regime(&self, row: usize, lane: usize) -> f64;
    /// The weight of an aftermath of `shock` that lasts `lasts` steps.
    fn aftermath(&self, shock: usize, lasts: u32, lane: usize) -> f64;
}

/// Where no regime is in any state and no shock has happened.
struct NoContext;

impl Contexts for NoContext {
    fn trigger(&self, _: usize, _: usize) -> f64 {
        0.0
    }
    fn regime(&self, _: usize, _: usize) -> f64 {
        0.0
    }
    fn aftermath(&self, _: usize, _: u32, _: usize) -> f64 {
        0.0
    }
}

impl CompiledNumbers {
    /// Compiles the numbers of `model`; `regime_rows` says where each regime's states start.
    pub fn compile(model: &Model, regime_rows: &[usize]) -> CompiledNumbers {
        let differing = differing_parameters(model);
        let base_varies: Vec<bool> = model
            .numbers
            .iter()
            .map(|number| number.value.uses().iter().any(|index| differing[*index]))
            .collect();
        let mut varies = base_varies.clone();
        let mut changes: Vec<Vec<Stacked>> = vec![Vec::new(); model.numbers.len()];
        for effect in [Effect::Set, Effect::Times] {
            for change in model.changes.iter().filter(|change| change.effect == effect) {
                let cause = match &change.layer {
                    Layer::Variant { window } | Layer::Policy { window, .. } => Cause::Dated(*window),
                    Layer::Trigger { policy } => {
                        Cause::Trigger { row: triggered(model).position(|row| row == *policy).unwrap_or(0) }
                    }
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
        // What is set throughout is given, however it was computed.
        let given = |index: usize| {
            let mut changes = model.parameter_changes.iter();
            changes.any(|change| change.throughout && change.parameter == index)
        };
        let over_time = model.parameter_changes.iter().filter(|change| !change.throughout);
        let computed = |(index, parameter): (usize, &Parameter)| {
            (parameter.distribution.is_none() && !given(index)).then(|| parameter.value.clone())
        };
        let changed = |(index, parameter): (usize, &Parameter)| {
            let of_it = model.parameter_changes.iter();
            let of_it = of_it.filter(|change| change.throughout && change.parameter == index);
            let changes: Vec<_> = of_it.map(|change| (change.effect, change.amount)).collect();
            let follows = parameter.distribution.is_none() && !parameter.value.uses().is_empty();
            (follows && !changes.is_empty())
                .then(|| ChangedThroughout { value: parameter.value.clone(), changes })
        };
        CompiledNumbers {
            changed: model.parameters.iter().enumerate().map(changed).collect(),
            computed: model.parameters.iter().enumerate().map(computed).collect(),
            values: model.numbers.iter().map(|number| number.value.clone()).collect(),
            kinds: model.numbers.iter().map(|number| number.kind).collect(),
            changes,
            base_varies,
            varies,
            parameter_changes: over_time.cloned().collect(),
            wanderings: Wanderings::compile(model),
        }
    }

    /// A number in each of `steps`, where parameters have `parameters` and nothing comes at random.
    pub fn dated(&self, number: NumberId, steps: u32, parameters: &[f64]) -> Vec<f64> {
        let mut base = self.base_rows(1);
        let drawn = [parameters.to_vec()];
        let mut dated = Vec::new();
        for step in 0..steps {
            if self.base_moves(step) {
                self.evaluate_base(step, &drawn, None, &mut base);
            }
            let value = stack(&self.changes[number], step, base.at(number, 0), &base, &NoContext, 0);
            dated.push(self.kinds[number].bound(value));
        }
        dated
    }

    /// Which numbers may differ between replicates.
    pub fn varies(&self) -> &[bool] {
        &self.varies
    }

    /// Rows for the values before changes.
    pub fn base_rows(&self, lanes: usize) -> LaneRows {
        LaneRows::new(lanes, &self.base_varies)
    }

    /// Whether the values before changes differ at `step` from those of the step before: only where policies move parameters.
    pub fn base_moves(&self, step: u32) -> bool {
        step == 0
            || self
                .parameter_changes
                .iter()
                .any(|change| change.window.weight(step) != change.window.weight(step - 1))
    }

    /// The parameters that wander.
    pub fn wanderings(&self) -> &Wanderings {
        &self.wanderings
    }

    /// Evaluates every number before changes at `step`. `parameters` holds each lane's drawn values, `paths` how far those that
    /// wander have come, unless nothing does.
    pub fn evaluate_base(
        &self,
        step: u32,
        parameters: &[Vec<f64>],
        paths: Option<&WanderPaths>,
        base: &mut LaneRows,
    ) {
        let moved = |(lane, drawn): (usize, &Vec<f64>)| self.moved(step, drawn, paths, lane);
        let moved: Vec<Vec<f64>> = parameters.iter().enumerate().map(moved).collect();
        for (index, value) in self.values.iter().enumerate() {
            for (lane, values) in moved.iter().enumerate().take(base.width(index)) {
                base.set(index, lane, self.kinds[index].bound(value.evaluate(values)));
            }
        }
    }

    /// The parameters of a replicate at `step`, as policies change them and as they then wander: those computed from such a one
    /// follow it. Amounts are computed from what was drawn.
    fn moved(&self, step: u32, drawn: &[f64], paths: Option<&WanderPaths>, lane: usize) -> Vec<f64> {
        if self.parameter_changes.is_empty() && paths.is_none() {
            return drawn.to_vec();
        }
        let mut values: Vec<f64> = Vec::with_capacity(drawn.len());
        for (index, (computed, drawn_value)) in self.computed.iter().zip(drawn).enumerate() {
            let mut value = match (computed, &self.changed[index]) {
                (Some(computed), _) => computed.evaluate(&values),
                // What was drawn has the changes, but not how those wander that it is computed from.
                (None, Some(changed)) if paths.is_some() => {
                    let change = |value, (effect, amount): &(Effect, NumberId)| {
                        effect.apply(value, self.drawn_value(*amount, drawn), 1.0)
                    };
                    changed.changes.iter().fold(changed.value.evaluate(&values), change)
                }
                (None, _) => *drawn_value,
            };
            for change in self.parameter_changes.iter().filter(|change| change.parameter == index) {
                let amount = self.drawn_value(change.amount, drawn);
                value = change.effect.apply(value, amount, change.window.weight(step));
            }
            if let Some((wander, deviate)) = self.wanderings.moved(paths, lane, index) {
                let sd = self.on_dates(wander.sd, step, drawn).min(LARGEST_SD);
                value = wander.scale.moved(value, sd * deviate);
            }
            values.push(value);
        }
        values
    }

    /// A number before changes, computed from what was drawn.
    fn drawn_value(&self, number: NumberId, drawn: &[f64]) -> f64 {
        self.kinds[number].bound(self.values[number].evaluate(drawn))
    }

    /// A number that only dated changes act on, at `step`, computed from what was drawn.
    fn on_dates(&self, number: NumberId, step: u32, drawn: &[f64]) -> f64 {
        let mut value = self.drawn_value(number, drawn);
        for change in &self.changes[number] {
            if let Cause::Dated(window) = &change.cause {
                let amount = self.drawn_value(change.amount, drawn);
                value = change.effect.apply(value, amount, window.weight(step));
            }
        }
        self.kinds[number].bound(value)
    }

    /// Evaluates every number at `step`, with its changes.
    pub fn evaluate(&self, step: u32, base: &LaneRows, contexts: &impl Contexts, values: &mut LaneRows) {
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

/// The parameters that may differ between replicates: those with a distribution, those that wander, those that a policy sets or
/// multiplies by such a one, and those computed from any of them.
fn differing_parameters(model: &Model) -> Vec<bool> {
    let drawn = differing(model, |_| false);
    let by_change = |index: usize| {
        let mut changes = model.parameter_changes.iter().filter(|change| change.parameter == index);
        changes.any(|change| model.number(change.amount).value.uses().iter().any(|used| drawn[*used]))
    };
    differing(model, by_change)
}

/// As [`differing_parameters`], where `too` says which differ for another reason.
fn differing(model: &Model, too: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut differing: Vec<bool> = Vec::with_capacity(model.parameters.len());
    for (index, (parameter, wander)) in model.parameters.iter().zip(model.wandering()).enumerate() {
        let inherits = parameter.value.uses().iter().any(|used| differing[*used]);
        let by_itself = parameter.distribution.is_some() || wander.is_some();
        differing.push(by_itself || inherits || too(index));
    }
    differing
}

/// Applies changes one after the other.
fn stack(
    changes: &[Stacked],
    step: u32,
    base_value: f64,
    base: &LaneRows,
    contexts: &impl Contexts,
    lane: usize,
) -> f64 {
    let mut value = base_value;
    let mut rest = changes;
    while let Some(change) = rest.first() {
        let weight = match &change.cause {
            Cause::Dated(window) => window.weight(step),
            Cause::Trigger { row } => contexts.trigger(*row, lane),
            Cause::Aftermath { shock, lasts } => contexts.aftermath(*shock, *lasts, lane),
            Cause::Regime { regime, .. } => {
                let same = |other: &&Stacked| {
                    other.effect == change.effect
                        && matches!(&other.cause, Cause::Regime { regime: of, .. } if of == regime)
                };
                let (of_regime, behind) = rest.split_at(rest.iter().take_while(same).count());
                value = in_states(of_regime, value, base, contexts, lane);
                rest = behind;
                continue;
            }
        };
        value = change.effect.apply(value, base.at(change.amount, lane), weight);
        rest = &rest[1..];
    }
    value
}

/// Applies the changes of one regime, which stand state after state. Those of one state stack. States exclude each
/// other: where each is only probable (expected mode) their effects add up in proportion.
fn in_states(
    changes: &[Stacked],
    before: f64,
    base: &LaneRows,
    contexts: &impl Contexts,
    lane: usize,
) -> f64 {
    let mut value = before;
    for of_state in changes.chunk_by(|a, b| a.cause == b.cause) {
        let Cause::Regime { row, .. } = of_state[0].cause else { continue };
        let weight = contexts.regime(row, lane);
        if weight > 0.0 {
            let apply =
                |value, change: &Stacked| change.effect.apply(value, base.at(change.amount, lane), 1.0);
            let after = of_state.iter().fold(before, apply);
            // For certain: the very number, without what rounding makes of a difference.
            value = if weight == 1.0 { after } else { value + weight * (after - before) };
        }
    }
    value
}
