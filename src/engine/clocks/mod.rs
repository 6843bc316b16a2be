//! Clocks: people by the step in which their stay is completed, for stays and for ageing after a fixed time.
//!
//! When somebody enters it is drawn when their stay will be completed ([`begin`]), and from then on they are counted by the step in which they
//! are due. A stay is a clock of its places and groups, a band of ages one of all places where somebody has its value. The
//! [`State`] holds the truth of who is where, and no other mechanism knows of clocks: they *reconcile* with what went along
//! the edges since they last did ([`reconcile`]). People whom others take are taken at random, whenever they are
//! due. Where the length of stay changes for people who are there, each gets a new date ([`turn`]), and so they are counted by the step of
//! entry besides, as long as such a change is to come.
//!
//! In each cell one clock *leads*: the stay, or else the first band by name. It competes with the hazards out of the cell
//! ([`act`]), the moment at which it ends being uniform in its step. Any further clock of the cell acts after it on those
//! who remain. That its end does not depend on the other clock is an approximation, felt where both end in one step.

mod act;
mod ages;
mod begin;
mod boundary_edge;
mod clock;
mod date;
mod due_counts;
mod entered;
mod entrants;
mod held_back;
mod lengths;
mod part;
mod read;
mod reconcile;
mod row;
mod sent_back;
mod turn;
mod undated;

use super::builder::Builder;
use super::chance::Chance;
use super::edge::Edge;
use super::exits::Exits;
use super::flows::Flows;
use super::movements::Movements;
use super::now::Now;
use super::phase::Phase;
use super::readings::ExitProbabilities;
use super::state::State;
use crate::model::{CellId, Mechanism, Model, Pace, Stay};
pub use ages::{Ages, ClockMemory, ClockWorkspace, TakenPeople};
use clock::Clock;
pub use due_counts::DueCounts;
pub use held_back::{GoingOn, Whose};
pub use lengths::Lengths;
pub use row::DueRow;

/// All clocks.
#[derive(Clone, Debug, Default)]
pub struct Clocks {
    list: Vec<Clock>,
    /// For every cell, the clock that leads there, and which of its cells it is.
    leader: Vec<Option<(usize, usize)>>,
}

/// What clocks work with in a step.
#[derive(Clone, Debug)]
pub struct ClocksWorkspace {
    /// By clock.
    clocks: Vec<ClockWorkspace>,
    /// Those whom hazards take out of one cell in one replicate.
    leavers: DueCounts,
}

/// What clocks remember, and what they work with, in the step at hand.
#[derive(Debug)]
pub struct Clocked<'a> {
    memory: &'a mut [ClockMemory],
    workspace: &'a mut ClocksWorkspace,
}

impl<'a> Clocked<'a> {
    /// The clocks of a block.
    pub fn new(memory: &'a mut [ClockMemory], workspace: &'a mut ClocksWorkspace) -> Clocked<'a> {
        Clocked { memory, workspace }
    }

    /// The people of one of them.
    pub fn of(&mut self, clock: usize) -> Ages<'_> {
        let ClocksWorkspace { clocks, leavers } = &mut *self.workspace;
        Ages::new(&mut self.memory[clock], &mut clocks[clock], leavers)
    }
}

impl Clocks {
    /// Compiles stays and ageing after a fixed time, and takes the cells that they lead away from the exits.
    pub fn compile(builder: &mut Builder, exits: &mut Exits) -> Clocks {
        let model = builder.model;
        let mut list = Vec::new();
        for (index, stay) in model.stays.iter().enumerate() {
            list.push(Clock::compile(builder, Mechanism::Stay(index), stay.clone()));
        }
        for (index, ageing) in model.ageing.iter().enumerate() {
            if let Pace::After { time, at_start } = &ageing.pace {
                let band = Stay {
                    name: ageing.name.clone(),
                    label: ageing.label.clone(),
                    at: ageing.at.clone(),
                    who: ageing.who.clone(),
                    targets: ageing.targets.clone(),
                    length: crate::model::Length::Fixed(*time),
                    minimum: None,
                    at_start: at_start.clone(),
                    counts_as: None,
                    changes: Vec::new(),
                };
                list.push(Clock::compile(builder, Mechanism::Ageing(index), band));
            }
        }
        // Whatever they do one after the other they do by name, so that the order of the file does not matter.
        list.sort_by_cached_key(|clock| {
            (matches!(clock.mechanism, Mechanism::Ageing(_)), model.address(clock.mechanism))
        });
        let mut led = vec![false; model.cells()];
        for timed in list.iter_mut().flat_map(|clock| &mut clock.cells) {
            timed.leads = !std::mem::replace(&mut led[timed.cell], true);
        }
        exits.leave_to_clocks(&led);
        Clocks { list, leader: vec![None; model.cells()] }
    }

    /// Makes known the edges that touch each clock, once all are there.
    pub fn connect(&mut self, model: &Model, edges: &[Edge]) {
        if self.list.is_empty() {
            return;
        }
        let reached = reached(model, edges);
        for (index, clock) in self.list.iter_mut().enumerate() {
            clock.connect(model, edges, &reached);
            for (place, timed) in clock.cells.iter().enumerate().filter(|(_, timed)| timed.leads) {
                self.leader[timed.cell] = Some((index, place));
            }
        }
    }

    /// The lengths of every clock in the replicates whose parameters these are.
    pub fn lengths(&self, model: &Model, parameters: &[Vec<f64>]) -> Vec<Lengths> {
        self.list.iter().map(|clock| clock.lengths(model, parameters)).collect()
    }

    /// What the clocks of a block of replicates remember: nobody yet.
    pub fn memory(&self, lanes: usize) -> Vec<ClockMemory> {
        self.list.iter().map(|clock| clock.memory(lanes)).collect()
    }

    /// A workspace for blocks of `lanes` replicates.
    pub fn workspace(&self, lanes: usize) -> ClocksWorkspace {
        let clocks = self.list.iter().map(|clock| clock.workspace(lanes)).collect();
        ClocksWorkspace { clocks, leavers: DueCounts::default() }
    }

    /// Room for what a step reads of each.
    pub fn exit_probabilities(&self, lanes: usize) -> Vec<ExitProbabilities> {
        self.list.iter().map(|clock| clock.exit_probabilities(lanes)).collect()
    }

    /// Reads what concerns who enters in a step.
    pub fn evaluate(&self, step: u32, lengths: &[Lengths], exit_probabilities: &mut [ExitProbabilities]) {
        for ((clock, lengths), exit_probabilities) in self.list.iter().zip(lengths).zip(exit_probabilities) {
            clock.read(step, lengths, exit_probabilities);
        }
    }

    /// Before the first step, draws when the time of those is over who are there; in every step, gives new dates where lengths change
    /// for everyone.
    pub fn begin(&self, now: &Now<impl Chance>, lengths: &[Lengths], state: &State, clocked: &mut Clocked) {
        for (index, (clock, lengths)) in self.list.iter().zip(lengths).enumerate() {
            let mut ages = clocked.of(index);
            if now.step == 0 {
                clock.begin(now, lengths, state, &mut ages);
            }
            if clock.upheavals.contains(&now.step) {
                clock.turn(now, lengths, &mut ages);
            }
            ages.new_step();
            clock.forget_gone(&mut ages);
        }
    }

    /// Reconciles after shocks and programmes: who entered has entered as the step begins, and is there for all of it.
    pub fn reconcile_start(
        &self,
        now: &Now<impl Chance>,
        lengths: &[Lengths],
        flows: &Flows,
        clocked: &mut Clocked,
    ) {
        for (index, (clock, lengths)) in self.list.iter().zip(lengths).enumerate() {
            clock.reconcile_start(now, lengths, flows, &mut clocked.of(index));
        }
    }

    /// Those present for the whole step leave: first where a clock leads, then the others, each after reconciling.
    pub fn stayers_leave(
        &self,
        now: &Now<impl Chance>,
        exits: &Exits,
        movements: &mut Movements,
        clocked: &mut Clocked,
    ) {
        for (index, clock) in self.list.iter().enumerate() {
            clock.stayers_leave(now, Some(exits), movements, &mut clocked.of(index));
        }
        for (index, clock) in self.list.iter().enumerate().filter(|(_, clock)| clock.follows()) {
            let mut ages = clocked.of(index);
            clock.reconcile_stayers(now, movements.flows, &mut ages);
            clock.stayers_leave(now, None, movements, &mut ages);
        }
    }

    /// Reconciles those who came and went within the step, arrivals and newborns among them.
    pub fn reconcile_stayers(&self, now: &Now<impl Chance>, flows: &Flows, clocked: &mut Clocked) {
        for (index, clock) in self.list.iter().enumerate() {
            clock.reconcile_stayers(now, flows, &mut clocked.of(index));
        }
    }

    /// Those who entered in the step leave in what is left of it, where a clock leads.
    pub fn entrants_leave(
        &self,
        now: &Now<impl Chance>,
        exits: &Exits,
        movements: &mut Movements,
        clocked: &mut Clocked,
    ) {
        for (index, (clock, exit_probabilities)) in
            self.list.iter().zip(&now.readings.exit_probabilities).enumerate()
        {
            clock.entrants_leave(now, (exits, exit_probabilities), movements, &mut clocked.of(index));
        }
    }

    /// Reconciles those who left or came after they had entered within the step.
    pub fn reconcile_entrants(&self, now: &Now<impl Chance>, flows: &Flows, clocked: &mut Clocked) {
        for (index, clock) in self.list.iter().enumerate() {
            clock.reconcile_entrants(now, flows, &mut clocked.of(index));
        }
    }

    /// Reconciles those whom full places sent back, and those whom they let in after all, when all others are reconciled.
    pub fn reconcile_gate(&self, phase: Phase, now: &Now<impl Chance>, flows: &Flows, clocked: &mut Clocked) {
        for (index, clock) in self.list.iter().enumerate() {
            clock.reconcile_gate(phase, now, flows, &mut clocked.of(index));
        }
    }

    /// Whom hazards took in this step from those who were in a cell for the whole of it, where a clock leads.
    pub fn taken(&self, cell: CellId, lane: usize, clocked: &Clocked) -> TakenPeople {
        self.leader[cell].map_or_else(TakenPeople::default, |(clock, place)| {
            let workspace = &clocked.workspace.clocks[clock];
            workspace.taken[workspace.at(place, lane)]
        })
    }

    /// Ends the step: for who entered and is still there it is drawn when their stay is completed.
    pub fn end(&self, now: &Now<impl Chance>, lengths: &[Lengths], clocked: &mut Clocked) {
        for (index, (clock, lengths)) in self.list.iter().zip(lengths).enumerate() {
            clock.end(now, lengths, &mut clocked.of(index));
        }
    }

    /// The first cell and lane where the people of a clock do not add up to the people of `state`, to `tolerance` of a person and of them.
    pub fn imbalance(
        &self,
        state: &State,
        memory: &[ClockMemory],
        tolerance: f64,
    ) -> Option<(CellId, usize, f64)> {
        self.list.iter().zip(memory).find_map(|(clock, ages)| {
            clock.cells.iter().enumerate().find_map(|(place, cell)| {
                (0..state.lanes()).find_map(|lane| {
                    let people = state.people(cell.cell, lane);
                    // Row by row, so that the sum that due counts keep is tried too.
                    let counted: f64 = ages.present(place, lane).rows().iter().map(|(_, count)| count).sum();
                    let differs = (counted - people).abs() > tolerance * (1.0 + people.abs());
                    differs.then_some((cell.cell, lane, counted))
                })
            })
        })
    }
}

/// The cells where somebody can ever be: those of people at the start or from outside, and where edges lead from there.
fn reached(model: &Model, edges: &[Edge]) -> Vec<bool> {
    let mut reached = vec![false; model.cells()];
    let at_start = model.places.iter().flat_map(|place| &place.people).flat_map(|initial| &initial.into);
    at_start.for_each(|entry| reached[entry.cell] = true);
    let mut onward: Vec<Vec<CellId>> = vec![Vec::new(); model.cells()];
    for edge in edges {
        match (edge.from, edge.to) {
            (_, None) => {}
            (None, Some(to)) => reached[to] = true,
            (Some(from), Some(to)) => onward[from].push(to),
        }
    }
    let mut waiting: Vec<CellId> = (0..model.cells()).filter(|cell| reached[*cell]).collect();
    while let Some(cell) = waiting.pop() {
        for next in std::mem::take(&mut onward[cell]) {
            if !std::mem::replace(&mut reached[next], true) {
                waiting.push(next);
            }
        }
    }
    reached
}
