//! The program: a model compiled to flat arrays in which every name has become an index or a key, shared by all replicates and never
//! changed.

use std::sync::Arc;

use super::arrivals::Arrivals;
use super::births::Births;
use super::builder::Builder;
use super::chance::Chance;
use super::clocks::Clocks;
use super::corrections::Corrections;
use super::costs::CompiledCosts;
use super::edge::Edge;
use super::exits::Exits;
use super::flows::{Flows, Widths};
use super::full::FullPlaces;
use super::hazard::Hazards;
use super::memory::Memory;
use super::metric::Metric;
use super::numbers::CompiledNumbers;
use super::parameters;
use super::programmes::Programmes;
use super::regimes::{Regimes, first_rows};
use super::replicates::{Drawn, Replicates};
use super::ring::Ring;
use super::rows::LaneRows;
use super::shocks::Shocks;
use super::split::Splits;
use super::start;
use super::state::State;
use super::triggers::{Triggers, triggered};
use super::wandering::WanderPaths;
use crate::model::{Model, Record, Section};
use crate::random::Keys;

/// What acts for each section. A section that nothing compiles would be read and never act: the compiler asks for a new one here.
const _: fn(Section) = |section| match section {
    // The exits, and the clocks of what takes a fixed time.
    Section::Moves | Section::Ageing | Section::Stays => {}
    // Each by its own name.
    Section::Arrivals | Section::Births | Section::Programmes => {}
    Section::Shocks | Section::Corrections | Section::Regimes => {}
    // The numbers that they draw and change; triggers, which look when.
    Section::Parameters | Section::Policies => {}
    // The places that fill and close.
    Section::Places => {}
};

/// A compiled model.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) steps: u32,
    pub(super) years: f64,
    pub(super) cells: usize,
    pub(super) numbers: CompiledNumbers,
    pub(super) edges: Vec<Edge>,
    pub(super) hazards: Hazards,
    pub(super) splits: Splits,
    pub(super) metrics: Vec<Metric>,
    pub(super) exits: Exits,
    pub(super) clocks: Clocks,
    pub(super) arrivals: Arrivals,
    pub(super) births: Births,
    pub(super) programmes: Programmes,
    pub(super) shocks: Shocks,
    pub(super) corrections: Corrections,
    pub(super) regimes: Regimes,
    pub(super) full: FullPlaces,
    pub(super) triggers: Triggers,
    pub(super) costs: CompiledCosts,
    pub(super) model: Model,
}

/// Compiles a model.
pub fn compile(model: &Model) -> Arc<Program> {
    let mut builder = Builder::new(model);
    let mut exits = Exits::compile(&mut builder);
    let mut clocks = Clocks::compile(&mut builder, &mut exits);
    let arrivals = Arrivals::compile(&mut builder);
    let births = Births::compile(&mut builder);
    let mut programmes = Programmes::compile(&mut builder);
    let shocks = Shocks::compile(&mut builder);
    let corrections = Corrections::compile(&mut builder);
    let regimes = Regimes::compile(&mut builder);
    let full = FullPlaces::compile(&mut builder, &exits, &clocks);
    let triggers = Triggers::compile(&builder);
    let costs = CompiledCosts::compile(&mut builder);
    let Builder { edges, hazards, splits, metrics, .. } = builder;
    clocks.connect(model, &edges);
    clocks.expect_back(full.homes(), full.ways());
    programmes.connect(model, &edges);
    Arc::new(Program {
        steps: model.calendar.steps(),
        years: model.calendar.step_years(),
        cells: model.cells(),
        numbers: CompiledNumbers::compile(model, &first_rows(model)),
        edges,
        hazards: hazards.over(&model.calendar),
        splits,
        metrics,
        exits,
        clocks,
        arrivals,
        births,
        programmes,
        shocks,
        corrections,
        regimes,
        full,
        triggers,
        costs,
        model: model.clone(),
    })
}

impl Program {
    /// How many steps a replicate has.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The model it was compiled from.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The same where something else is recorded.
    pub fn recording(mut self, record: Record) -> Program {
        self.model.record = record;
        self
    }

    /// The ways that people can go.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// What is measured beside people.
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }

    /// The regimes and their switches.
    pub fn regimes(&self) -> &Regimes {
        &self.regimes
    }

    /// The policies with a trigger, in the order of the rows of [`State::triggers`].
    pub fn triggered(&self) -> impl Iterator<Item = usize> + '_ {
        triggered(&self.model)
    }

    /// Draws the parameters of replicates `first .. first + lanes`.
    pub fn draw(&self, keys: &Keys, first: u64, lanes: usize) -> Drawn {
        let of_lane = |lane: usize| parameters::draw(&self.model, keys, first + lane as u64);
        let parameters: Vec<Vec<f64>> = (0..lanes).map(of_lane).collect();
        let paths = self.numbers.wanderings().begin(&self.model, keys, first, &parameters);
        self.drawn(parameters, paths)
    }

    /// The one replicate of expected mode: every parameter has its value, and keeps it unless a policy changes it.
    pub fn expect(&self) -> Drawn {
        self.drawn(vec![self.model.parameter_values()], None)
    }

    fn drawn(&self, parameters: Vec<Vec<f64>>, paths: Option<WanderPaths>) -> Drawn {
        let mut base = self.numbers.base_rows(parameters.len());
        self.numbers.evaluate_base(0, &parameters, paths.as_ref(), &mut base);
        let lengths = self.clocks.lengths(&self.model, &parameters);
        Drawn { parameters, paths, base, lengths }
    }

    /// Makes ready for `step`: where parameters wander or a policy moves one, every number is computed anew.
    pub(super) fn advance(&self, step: u32, drawn: &mut Drawn) {
        let Drawn { parameters, paths, base, .. } = drawn;
        if let Some(paths) = paths {
            self.numbers.wanderings().advance(paths, step);
        }
        if paths.is_some() || self.numbers.base_moves(step) {
            self.numbers.evaluate_base(step, parameters, paths.as_ref(), base);
        }
    }

    /// A block of replicates at its start, of whole people or fractional ones as `chance` has them.
    pub fn start(&self, drawn: Drawn, chance: &impl Chance) -> Replicates {
        let lanes = drawn.parameters.len();
        let people = start::people(&self.model, &drawn.base, lanes, chance);
        let state = State::new(lanes, &people, self.regimes.start(lanes), self.triggers.count());
        let memory = Memory {
            clocks: self.clocks.memory(lanes),
            queues: self.full.queues(lanes),
            programmes: self.programmes.memory(&state),
            shocks: self.rings().map(|length| Ring::new(length, lanes)).collect(),
        };
        let mut start = Replicates { state, memory, drawn };
        if self.triggers.count() > 0 {
            // What a trigger compares is read as if none held.
            let mut numbers = LaneRows::new(lanes, self.numbers.varies());
            self.numbers.evaluate(0, &start.drawn.base, &start, &mut numbers);
            self.triggers.look(0, &numbers, None, &mut start.state);
        }
        start
    }

    /// For how many steps each shock is remembered: an aftermath may be longer than the horizon.
    pub(super) fn rings(&self) -> impl Iterator<Item = usize> + '_ {
        self.shocks.memories().map(|length| length.min(self.steps as usize))
    }

    /// Room for what happens in a step.
    pub fn flows(&self, lanes: usize) -> Flows {
        Flows::new(
            lanes,
            &Widths {
                edges: self.edges.len(),
                cells: self.cells,
                shocks: self.shocks.count(),
                switches: self.regimes.switches().len(),
                metrics: self.metrics.len(),
                programmes: self.model.programmes.len(),
            },
        )
    }
}
