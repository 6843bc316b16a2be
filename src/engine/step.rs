//! One step: a pure function of the program, the step, a block of replicates, and keyed chance.
//!
//! Five things meet in it, and each is said apart: what is read and not changed ([`Now`]), who is where and who went where
//! ([`Movements`]), what mechanisms remember ([`Memory`]), what they work with ([`Mechanisms`]), and the program.

use super::chance::Chance;
use super::clocks::{ClockMemory, Clocked, ClocksWorkspace, Lengths};
use super::flows::Flows;
use super::full::{LATE_ROUND, MOST_ROUNDS};
use super::memory::Memory;
use super::movements::Movements;
use super::now::Now;
use super::phase::Phase;
use super::program::Program;
use super::replicates::Replicates;
use super::ways_out::WaysOut;
use super::workspace::{Mechanisms, Workspace};

/// Takes one step of every replicate of a block: `replicates` are then as they are at its end, `flows` what happened in it.
///
/// The order is that of the model: conditions, corrections, shocks, programmes, moves of those present, arrivals and births, moves of
/// those who entered, and the switches of regimes and the triggers for the next step. Places that fill look at who came,
/// in between.
pub fn step(
    program: &Program,
    step: u32,
    chance: &impl Chance,
    replicates: &mut Replicates,
    workspace: &mut Workspace,
    flows: &mut Flows,
) {
    flows.clear();
    program.advance(step, &mut replicates.drawn);
    workspace.read(program, step, replicates);
    let Replicates { state, memory, drawn } = replicates;
    let Workspace { readings, mechanisms } = workspace;
    let mut at_hand = AtHand {
        program,
        now: Now { chance, step, years: program.years, edges: &program.edges, readings },
        lengths: &drawn.lengths,
        movements: Movements { state, flows },
        memory,
        workspace: mechanisms,
    };
    at_hand.begin();
    at_hand.stayers_leave();
    at_hand.newborns_enter();
    at_hand.entrants_leave();
    if !program.full.none() {
        at_hand.late_births();
    }
    at_hand.end();
}

/// So often those are looked at who were born late in a step: each time there are far fewer.
const MOST_LATE: u32 = 3;

/// The step at hand.
struct AtHand<'a, C> {
    program: &'a Program,
    now: Now<'a, C>,
    /// By clock, how long people stay.
    lengths: &'a [Lengths],
    movements: Movements<'a>,
    memory: &'a mut Memory,
    workspace: &'a mut Mechanisms,
}

/// What takes people out of their cells, with those whom clocks know.
fn ways_out<'a>(
    program: &'a Program,
    memory: &'a mut [ClockMemory],
    workspace: &'a mut ClocksWorkspace,
) -> WaysOut<'a> {
    WaysOut { exits: &program.exits, clocks: &program.clocks, clocked: Clocked::new(memory, workspace) }
}

impl<C: Chance> AtHand<'_, C> {
    /// What happens at the start of the step: corrections, shocks, programmes, closures.
    fn begin(&mut self) {
        let AtHand { program, now, lengths, movements, memory, workspace } = self;
        let Mechanisms { unmoved, shocks, programmes, full, clocks, .. } = &mut **workspace;
        let mut clocked = Clocked::new(&mut memory.clocks, clocks);
        program.clocks.begin(now, lengths, movements.state, &mut clocked);
        program.corrections.correct(now, movements);
        if program.shocks.any() || program.programmes.any() {
            unmoved.begin(movements.state);
            program.shocks.strike(now, movements, unmoved, shocks);
            program.programmes.run(now, movements, unmoved, &mut memory.programmes, programmes);
        }
        program.full.close(now, movements);
        program.full.check_start(now, movements, &mut memory.queues, full);
        program.programmes.count_served(now, movements, &mut memory.programmes, programmes);
        program.clocks.reconcile_start(now, lengths, movements.flows, &mut clocked);
        movements.flows.start_moves(movements.state);
        program.full.begin(now, movements.state, full);
        program.costs.begin(now, movements);
    }

    /// Those present leave, others arrive, and full places send back for whom there was no room.
    fn stayers_leave(&mut self) {
        let AtHand { program, now, movements, memory, workspace, .. } = self;
        let Mechanisms { exits, clocks, poissons, .. } = &mut **workspace;
        let mut clocked = Clocked::new(&mut memory.clocks, clocks);
        program.exits.stayers_leave(now, movements, exits);
        program.clocks.stayers_leave(now, &program.exits, movements, &mut clocked);
        program.arrivals.enter(now, movements.flows, poissons);
        program.clocks.reconcile_stayers(now, movements.flows, &mut clocked);
        self.look_at_gate(Phase::Middle, 0);
    }

    /// Newborns enter; then all who entered are there.
    fn newborns_enter(&mut self) {
        let AtHand { program, now, movements, memory, workspace, .. } = self;
        let Mechanisms { full, clocks, poissons, .. } = &mut **workspace;
        let mut ways_out = ways_out(program, &mut memory.clocks, clocks);
        let lingering = |cell| program.full.lingering(full, cell);
        program.births.enter(now, lingering, &ways_out, movements.flows, poissons);
        program.full.forget_lingering(full);
        program.clocks.reconcile_stayers(now, movements.flows, &mut ways_out.clocked);
        let Movements { state, flows } = movements;
        program.programmes.reconcile_stayers(now, state, flows, &mut memory.programmes);
        state.add_all(now.chance.level(), flows.all_entered());
    }

    /// Those who entered leave in what is left of the step.
    fn entrants_leave(&mut self) {
        let AtHand { program, now, movements, memory, workspace, .. } = self;
        let Mechanisms { exits, clocks, .. } = &mut **workspace;
        let mut clocked = Clocked::new(&mut memory.clocks, clocks);
        program.exits.entrants_leave(now, movements, exits);
        program.clocks.entrants_leave(now, &program.exits, movements, &mut clocked);
        program.clocks.reconcile_entrants(now, movements.flows, &mut clocked);
        self.look_at_gate(Phase::End, 0);
    }

    /// Those are born whose mothers full places held back, and what becomes of everybody who found no room is said.
    fn late_births(&mut self) {
        for late in 1..=MOST_LATE {
            let AtHand { program, now, movements, memory, workspace, .. } = self;
            let Mechanisms { full, clocks, .. } = &mut **workspace;
            let mut ways_out = ways_out(program, &mut memory.clocks, clocks);
            let lingering = |cell| program.full.lingering(full, cell);
            if !program.births.enter_late(now, lingering, late, movements, &mut ways_out) {
                break;
            }
            program.full.forget_lingering(full);
            program.clocks.reconcile_entrants(now, movements.flows, &mut ways_out.clocked);
            self.look_at_gate(Phase::End, late * LATE_ROUND);
        }
        let AtHand { program, now, movements, memory, workspace, .. } = self;
        program.full.resolve(now, movements, &mut memory.queues, &mut workspace.full);
        let mut clocked = Clocked::new(&mut memory.clocks, &mut workspace.clocks);
        program.clocks.reconcile_entrants(now, movements.flows, &mut clocked);
    }

    /// Measures what there is at the end of the step, and finds what holds in the next.
    fn end(&mut self) {
        let AtHand { program, now, lengths, movements, memory, workspace } = self;
        let Mechanisms { full, clocks, regimes, .. } = &mut **workspace;
        program.full.end(now, movements, full);
        program.clocks.end(now, lengths, &mut Clocked::new(&mut memory.clocks, clocks));
        program.programmes.measure(now, movements, &mut memory.programmes);
        program.regimes.switch(now, movements, regimes);
        program.shocks.remember(&mut memory.shocks, movements.flows);
        program.costs.finish(now, movements);
        let Movements { state, flows } = movements;
        program.triggers.look(now.step + 1, &now.readings.numbers, Some(flows), state);
    }

    /// Places that fill send back whom they have no room for, who are exposed to the other ways out for the rest of the step; and
    /// again, as long as some of these try other places that fill.
    fn look_at_gate(&mut self, phase: Phase, first: u32) {
        let AtHand { program, now, movements, memory, workspace, .. } = self;
        let Mechanisms { full, clocks, .. } = &mut **workspace;
        if program.full.none() {
            return;
        }
        let mut ways_out = ways_out(program, &mut memory.clocks, clocks);
        for round in first..=first + MOST_ROUNDS {
            program.full.check((phase, round), now, movements, &mut memory.queues, full);
            program.clocks.reconcile_gate(phase, now, movements.flows, &mut ways_out.clocked);
            // The last time nobody may try another door whom nobody looks at.
            let again = round < first + MOST_ROUNDS
                && program.full.go_on((phase, round), now, movements, &mut ways_out, full);
            match phase {
                Phase::End => program.clocks.reconcile_entrants(now, movements.flows, &mut ways_out.clocked),
                _ => program.clocks.reconcile_stayers(now, movements.flows, &mut ways_out.clocked),
            }
            if !again {
                return;
            }
        }
    }
}
