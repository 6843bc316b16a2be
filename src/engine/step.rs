//! One step: a pure function of the program, the state, what was drawn before, and keyed chance.

use super::chance::Chance;
use super::now::Now;
use super::program::{Drawn, Program};
use super::readings::Readings;
use super::rows::Rows;
use super::state::{Flows, State};

/// Room that a thread works in. Never part of the answer.
#[derive(Clone, Debug)]
pub struct Scratch {
    readings: Readings,
    /// People by cell and lane who are present for the whole step, before anyone leaves.
    present: Vec<f64>,
}

impl Scratch {
    /// Room for blocks of `lanes` histories.
    pub fn new(program: &Program, lanes: usize) -> Scratch {
        let numbers = program.numbers.varies();
        let hazards = program.hazards.varies(numbers);
        let parts = program.splits.varies(numbers);
        let readings = Readings {
            numbers: Rows::new(lanes, numbers),
            hazards: Rows::new(lanes, &hazards),
            parts: Rows::new(lanes, &parts),
            exits: program.exits.rows(lanes, &hazards, &parts),
        };
        Scratch { readings, present: Vec::new() }
    }
}

/// Takes one step of every history of a block: `state` becomes the state at its end, `flows` what happened in it.
///
/// The order is that of the model: conditions, shocks, programmes, moves of those present, arrivals and births, moves of
/// those who entered, and the switches of regimes for the next step.
pub fn step(
    program: &Program,
    step: u32,
    chance: &impl Chance,
    drawn: &Drawn,
    scratch: &mut Scratch,
    state: &mut State,
    flows: &mut Flows,
) {
    let now = Now { chance, step, years: program.years, edges: &program.edges };
    let Scratch { readings, present } = scratch;
    flows.clear();
    read(program, step, drawn, state, readings);
    program.shocks.strike(&now, readings, state, flows);
    program.programmes.run(&now, readings, state, flows);
    present.clear();
    present.extend_from_slice(state.all_people());
    program.exits.stayers_leave(&now, &readings.exits, state, flows);
    program.arrivals.enter(&now, readings, flows);
    program.births.enter(&now, readings, &program.exits, present, flows);
    state.add_all(flows.all_entered());
    program.exits.entrants_leave(&now, &readings.exits, state, flows);
    program.programmes.measure(state, flows, program.years);
    program.regimes.switch(&now, &readings.hazards, state, flows);
    program.shocks.remember(state, flows);
}

/// Reads every number and hazard.
fn read(program: &Program, step: u32, drawn: &Drawn, state: &State, readings: &mut Readings) {
    let Readings { numbers, hazards, parts, exits, .. } = readings;
    program.numbers.evaluate(step, &drawn.base, state, numbers);
    program.hazards.evaluate(step, program.months[step as usize], numbers, hazards);
    program.splits.evaluate(numbers, parts);
    program.exits.evaluate(program.years, hazards, parts, exits);
}
