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
use crate::model::Model;

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
