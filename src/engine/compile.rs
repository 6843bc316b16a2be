//! Compiles a model into a program: flat arrays in which every name has become an index or a key.

use super::arrivals::Arrivals;
use super::births::Births;
use super::builder::Builder;
use super::clocks::Clocks;
use super::costs::Costs;
use super::exits::Exits;
use super::full::FullPlaces;
use super::numbers::Numbers;
use super::program::Program;
use super::programmes::Programmes;
use super::regimes::{Regimes, first_rows};
use super::shocks::Shocks;
use super::triggers::Triggers;
use crate::model::{Model, Section};

/// What acts for each section. A section that nothing compiles would be read and never act: the compiler asks for a new one here.
const _: fn(Section) = |section| match section {
    // The exits, and the clocks of what takes a fixed time.
    Section::Moves | Section::Ageing | Section::Stays => {}
    // Each by its own name.
    Section::Arrivals | Section::Births | Section::Programmes | Section::Shocks | Section::Regimes => {}
    // The numbers that they draw and change; triggers, which look when.
    Section::Parameters | Section::Policies => {}
    // The places that fill and close.
    Section::Places => {}
};

/// Compiles a model.
pub fn compile(model: &Model) -> Program {
    let mut builder = Builder::new(model);
    let mut exits = Exits::compile(&mut builder);
    let mut clocks = Clocks::compile(&mut builder, &mut exits);
    let arrivals = Arrivals::compile(&mut builder);
    let births = Births::compile(&mut builder);
    let mut programmes = Programmes::compile(&mut builder);
    let shocks = Shocks::compile(&mut builder);
    let regimes = Regimes::compile(&mut builder);
    let full = FullPlaces::compile(&mut builder, &exits, &clocks);
    let triggers = Triggers::compile(&builder);
    let costs = Costs::compile(&mut builder);
    let Builder { edges, hazards, splits, gauges, .. } = builder;
    clocks.connect(model, &edges);
    clocks.expect_back(full.homes());
    programmes.connect(model, &edges);
    Program {
        steps: model.calendar.steps(),
        years: model.calendar.step_years(),
        cells: model.cells(),
        numbers: Numbers::compile(model, &first_rows(model)),
        edges,
        hazards: hazards.over(&model.calendar),
        splits,
        gauges,
        exits,
        clocks,
        arrivals,
        births,
        programmes,
        shocks,
        regimes,
        full,
        triggers,
        costs,
        model: model.clone(),
    }
}
