//! One step: a pure function of the program, the state, what was drawn before, and keyed chance.

use super::chance::Chance;
use super::clocks::Desk;
use super::exits::Doors;
use super::full::{LATE_ROUND, MOST_ROUNDS, Phase, Read, Room};
use super::now::Now;
use super::program::{Drawn, Program};
use super::programmes::Hall;
use super::readings::Readings;
use super::rows::Rows;
use super::state::{Flows, State};
use super::still::Still;

/// Room that a thread works in. Never part of the answer.
#[derive(Clone, Debug)]
pub struct Scratch {
    readings: Readings,
    /// What full places work in.
    room: Room,
    /// What exits draw with.
    doors: Doors,
    /// What clocks work with.
    desk: Desk,
    /// Who may be met by a shock or take a seat in this step.
    still: Still,
    /// What programmes work in.
    hall: Hall,
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
        let (still, hall) = (Still::default(), Hall::default());
        Scratch { readings, room: Room::default(), doors, desk, still, hall }
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
    let Scratch { readings, room, doors, desk, still, hall } = scratch;
    let full = &program.full;
    let clocks = &program.clocks;
    flows.clear();
    read(program, step, drawn, state, readings);
    clocks.read(&now, readings, &drawn.lengths, desk, state);
    if program.shocks.any() || program.programmes.any() {
        still.begin(state);
        program.shocks.strike(&now, readings, still, state, flows);
        program.programmes.run(&now, readings, still, hall, state, flows);
    }
    full.close(&now, readings, state, flows);
    full.check_start(&now, readings, (state, flows), room);
    program.programmes.count_served(&now, state, flows);
    clocks.settle_start(&now, &drawn.lengths, state, flows);
    flows.start_moves(state);
    full.begin(&now, readings, state, room);
    program.costs.begin(readings, state, flows);
    program.exits.stayers_leave(&now, &readings.exits, doors, state, flows);
    clocks.stayers_leave(&now, readings, &program.exits, desk, state, flows);
    program.arrivals.enter(&now, readings, flows);
    clocks.settle_stayers(&now, state, flows);
    look_at_doors(program, Phase::Middle, 0, &now, (readings, desk), (state, flows), room);
    let led = |cell, lane| {
        let hazards = program.exits.hazard(&readings.exits, cell, lane) * now.years;
        clocks.time_spent(desk, (cell, lane), hazards, state)
    };
    program.births.enter(&now, readings, &program.exits, |cell| full.lingering(room, cell), led, flows);
    full.forget_lingering(room);
    clocks.settle_stayers(&now, state, flows);
    program.programmes.settle_stayers(&now, state, flows);
    state.add_all(chance.level(), flows.all_entered());
    program.exits.entrants_leave(&now, &readings.exits, doors, state, flows);
    clocks.entrants_leave(&now, readings, &program.exits, desk, state, flows);
    clocks.settle_entrants(&now, state, flows);
    look_at_doors(program, Phase::End, 0, &now, (readings, desk), (state, flows), room);
    if !full.none() {
        let read = Read { readings, exits: &program.exits, clocks, desk };
        for late in 1..=MOST_LATE {
            let lingering = |cell| full.lingering(room, cell);
            if !program.births.enter_late(&now, read, lingering, late, (state, flows)) {
                break;
            }
            full.forget_lingering(room);
            clocks.settle_entrants(&now, state, flows);
            let first = late * LATE_ROUND;
            look_at_doors(program, Phase::End, first, &now, (readings, desk), (state, flows), room);
        }
        full.settle(&now, readings, (state, flows), room);
        clocks.settle_entrants(&now, state, flows);
    }
    full.end(&now, readings, state, flows, room);
    clocks.end(&now, &drawn.lengths, readings, state);
    program.programmes.measure(&now, state, flows);
    program.regimes.switch(&now, &readings.hazards, state, flows);
    program.shocks.remember(state, flows);
    program.costs.finish(program, step, readings, state, flows);
    program.triggers.look(step + 1, &readings.numbers, Some(flows), state);
}

/// So often those are looked at who were born late in a step: each time there are far fewer.
const MOST_LATE: u32 = 3;

/// Places that fill send back whom they have no room for, who are exposed to the other ways out for the rest of the step; and
/// again, as long as some of these try other places that fill.
fn look_at_doors(
    program: &Program,
    phase: Phase,
    first: u32,
    now: &Now<impl Chance>,
    (readings, desk): (&Readings, &Desk),
    (state, flows): (&mut State, &mut Flows),
    room: &mut Room,
) {
    let Program { full, clocks, exits, .. } = program;
    let read = Read { readings, exits, clocks, desk };
    if full.none() {
        return;
    }
    for round in first..=first + MOST_ROUNDS {
        full.check((phase, round), now, readings, (state, flows), room);
        clocks.settle_gate(phase, now, state, flows);
        // The last time nobody may try another door whom nobody looks at.
        let again =
            round < first + MOST_ROUNDS && full.go_on((phase, round), now, read, (state, flows), room);
        match phase {
            Phase::End => clocks.settle_entrants(now, state, flows),
            Phase::Start | Phase::Middle => clocks.settle_stayers(now, state, flows),
        }
        if !again {
            return;
        }
    }
}

/// Reads every number and hazard.
fn read(program: &Program, step: u32, drawn: &Drawn, state: &State, readings: &mut Readings) {
    let Readings { numbers, crowding, hazards, parts, exits, .. } = readings;
    program.numbers.evaluate(step, &drawn.base, state, numbers);
    program.hazards.evaluate(step, state, numbers, crowding, hazards);
    program.splits.evaluate(numbers, parts);
    program.exits.evaluate(program.years, hazards, parts, exits);
}
