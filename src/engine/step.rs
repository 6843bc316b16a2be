//! One step: a pure function of the program, the state, what was drawn before, and keyed chance.

use super::chance::Chance;
use super::clocks::Desk;
use super::exits::Doors;
use super::full::{Phase, Room};
use super::now::Now;
use super::program::{Drawn, Program};
use super::readings::Readings;
use super::rows::Rows;
use super::state::{Flows, State};

/// Room that a thread works in. Never part of the answer.
#[derive(Clone, Debug)]
pub struct Scratch {
    readings: Readings,
    /// People by cell and lane who are present for the whole step, before anyone leaves: where there are births.
    present: Vec<f64>,
    /// What full places work in.
    room: Room,
    /// What exits draw with.
    doors: Doors,
    /// What clocks work with.
    desk: Desk,
}

impl Scratch {
    /// Room for blocks of `lanes` histories.
    pub fn new(program: &Program, lanes: usize) -> Scratch {
        let numbers = program.numbers.varies();
        let hazards = program.hazards.varies(numbers);
        let parts = program.splits.varies(numbers);
        let readings = Readings {
            lanes,
            numbers: Rows::new(lanes, numbers),
            crowding: program.hazards.crowding_rows(lanes),
            hazards: Rows::new(lanes, &hazards),
            parts: Rows::new(lanes, &parts),
            exits: program.exits.rows(lanes, &hazards, &parts),
        };
        let desk = program.clocks.desk(lanes);
        let doors = program.exits.doors(lanes);
        Scratch { readings, present: Vec::new(), room: Room::default(), doors, desk }
    }
}

/// Takes one step of every history of a block: `state` becomes the state at its end, `flows` what happened in it.
///
/// The order is that of the model: conditions, shocks, programmes, moves of those present, arrivals and births, moves of
/// those who entered, and the switches of regimes and the triggers for the next step. Places that fill look at who came,
/// in between.
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
    let Scratch { readings, present, room, doors, desk } = scratch;
    let full = &program.full;
    let clocks = &program.clocks;
    flows.clear();
    read(program, step, drawn, state, readings);
    clocks.read(&now, readings, &drawn.lengths, desk, state);
    full.begin(&now, readings, state, room);
    program.costs.begin(readings, state, flows);
    program.shocks.strike(&now, readings, state, flows);
    program.programmes.run(&now, readings, state, flows);
    full.close(&now, readings, state, flows);
    full.check(Phase::Start, &now, readings, (state, flows), room);
    clocks.settle_start(&now, &drawn.lengths, state, flows);
    if program.births.any() {
        present.clear();
        present.extend_from_slice(state.all_people());
    }
    program.exits.stayers_leave(&now, &readings.exits, doors, state, flows);
    clocks.stayers_leave(&now, readings, &program.exits, desk, state, flows);
    program.arrivals.enter(&now, readings, flows);
    clocks.settle_stayers(&now, state, flows);
    full.check(Phase::Middle, &now, readings, (state, flows), room);
    clocks.settle_gate(Phase::Middle, &now, state, flows);
    program.births.enter(&now, readings, &program.exits, present, flows);
    clocks.settle_stayers(&now, state, flows);
    state.add_all(chance.level(), flows.all_entered());
    program.exits.entrants_leave(&now, &readings.exits, doors, state, flows);
    clocks.entrants_leave(&now, readings, &program.exits, desk, state, flows);
    clocks.settle_entrants(&now, state, flows);
    full.check(Phase::End, &now, readings, (state, flows), room);
    clocks.settle_gate(Phase::End, &now, state, flows);
    full.end(&now, readings, state, flows, room);
    clocks.end(&now, &drawn.lengths, readings, state);
    program.programmes.measure(state, flows, program.years);
    program.regimes.switch(&now, &readings.hazards, state, flows);
    program.shocks.remember(state, flows);
    program.costs.finish(program, step, readings, state, flows);
    program.triggers.look(step + 1, &readings.numbers, Some(flows), state);
}

/// Reads every number and hazard.
fn read(program: &Program, step: u32, drawn: &Drawn, state: &State, readings: &mut Readings) {
    let Readings { numbers, crowding, hazards, parts, exits, .. } = readings;
    program.numbers.evaluate(step, &drawn.base, state, numbers);
    let when = (step, program.months[step as usize]);
    program.hazards.evaluate(when, state, numbers, crowding, hazards);
    program.splits.evaluate(numbers, parts);
    program.exits.evaluate(program.years, hazards, parts, exits);
}
