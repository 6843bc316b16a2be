//! Parameters that wander: where each is in every replicate of a block, by standard normal deviates.
//!
//! From one step to the next a deviate keeps the part `2^(-step / halves_in)` of itself, and what is new makes up for the variance:
//! an autoregression of the first order, which at these dates has the law of the process in continuous time, whatever the step. It
//! begins with a deviate of its own, so that it is stationary from the start.

use std::f64::consts::LN_2;

use crate::model::{Model, Wander};
use crate::random::{Keys, Site, normal};

/// The parameters of a program that wander.
#[derive(Clone, Debug)]
pub struct Wanderings {
    list: Vec<Wandering>,
    /// The length of a step in years.
    step: f64,
}

/// A parameter that wanders.
#[derive(Clone, Debug)]
struct Wandering {
    parameter: usize,
    wander: Wander,
    /// Who draws: by the name of the parameter, so that variants share what it does.
    site: Site,
}

/// Where the wandering parameters of the replicates of a block are.
#[derive(Clone, Debug)]
pub struct WanderPaths {
    keys: Keys,
    first: u64,
    /// The step at hand.
    step: u32,
    /// By replicate and wandering parameter.
    by_lane: Vec<Vec<WanderState>>,
}

/// Where a parameter is, and how it goes on.
#[derive(Clone, Copy, Debug)]
struct WanderState {
    /// A standard normal deviate.
    deviate: f64,
    /// The part of it that is kept over a step.
    kept: f64,
    /// The part of a new one that comes to it: `kept^2 + fresh^2` is 1.
    fresh: f64,
}

impl Wanderings {
    /// The parameters of `model` that wander.
    pub fn compile(model: &Model) -> Wanderings {
        let wandering = |(parameter, wander): (usize, Option<&Wander>)| {
            let name = &model.parameters[parameter].name;
            let site = Site::of(&["parameters", name, "wanders"]);
            Some(Wandering { parameter, wander: wander?.clone(), site })
        };
        Wanderings {
            list: model.wandering().enumerate().filter_map(wandering).collect(),
            step: model.calendar.step_years(),
        }
    }

    /// The start of the replicates from `first` on, whose parameters were drawn as `drawn`; `None` where nothing wanders.
    pub fn begin(&self, model: &Model, keys: &Keys, first: u64, drawn: &[Vec<f64>]) -> Option<WanderPaths> {
        if self.list.is_empty() {
            return None;
        }
        let by_lane = (first..).zip(drawn).map(|(replicate, parameters)| {
            let value = |id: usize| model.number(id).value_in(parameters);
            let begin = |wandering: &Wandering| {
                let steps = wandering.wander.halves_in.steps(&value, self.step);
                let decay = LN_2 / steps.max(f64::MIN_POSITIVE);
                WanderState {
                    kept: libm::exp(-decay),
                    fresh: (-libm::expm1(-2.0 * decay)).sqrt(),
                    deviate: normal::quantile(keys.uniform(replicate, wandering.site, 0, 0)),
                }
            };
            self.list.iter().map(begin).collect()
        });
        Some(WanderPaths { keys: *keys, first, step: 0, by_lane: by_lane.collect() })
    }

    /// Goes on to a step that is not before the one at hand.
    pub fn advance(&self, paths: &mut WanderPaths, step: u32) {
        while paths.step < step {
            paths.step += 1;
            for (replicate, states) in (paths.first..).zip(&mut paths.by_lane) {
                for (wandering, state) in self.list.iter().zip(states) {
                    let fresh =
                        normal::quantile(paths.keys.uniform(replicate, wandering.site, paths.step, 0));
                    state.deviate = state.kept * state.deviate + state.fresh * fresh;
                }
            }
        }
    }

    /// How a parameter wanders, and the standard normal deviate by which it has moved in the replicate of a lane; `None` where it
    /// does not wander, or nothing does.
    pub fn moved(
        &self,
        paths: Option<&WanderPaths>,
        lane: usize,
        parameter: usize,
    ) -> Option<(&Wander, f64)> {
        let states = &paths?.by_lane[lane];
        let mut both = self.list.iter().zip(states);
        let (wandering, state) = both.find(|(wandering, _)| wandering.parameter == parameter)?;
        Some((&wandering.wander, state.deviate))
    }
}
