//! Clocks: people by the step in which their time is over, for stays and for ageing after a fixed time.
//!
//! When somebody enters it is drawn when their time will be over ([`begin`]), and from then on they are counted by the step in which they
//! are due. A stay is a clock of its places and groups, a band of ages one of all places where somebody has its value. The
//! [`State`] holds the truth of who is where, and no other mechanism knows of clocks: they *settle* from what went along
//! the edges since they last did ([`settle`]). People whom others take are taken at random, whenever they are
//! due. Where the length of stay changes for people who are there, each gets a new date ([`turn`]), and so they are counted by the step of
//! entry besides, as long as such a change is to come.
//!
//! In each cell one clock *leads*: the stay, or else the first band by name. It competes with the hazards out of the cell
//! ([`act`]), the moment at which it ends being uniform in its step. Any further clock of the cell acts after it on those
//! who remain. That its end does not depend on the other clock is an approximation, felt where both end in one step.

mod act;
mod ages;
mod bag;
mod begin;
mod clock;
mod date;
mod entrants;
mod gate;
mod held_back;
mod lengths;
mod row;
mod settle;
mod turn;
mod undated;

use super::builder::Builder;
use super::chance::Chance;
use super::edge::{Edge, EdgeId};
use super::exits::Exits;
use super::full::Phase;
use super::now::Now;
use super::readings::Readings;
use super::state::{Flows, State};
use crate::model::{CellId, Mechanism, Model, Pace, Stay};
pub use ages::Ages;
use ages::Taken;
pub use bag::Bag;
use clock::Clock;
pub use lengths::{Lengths, Quits};
pub use row::Row;

/// All clocks.
#[derive(Clone, Debug, Default)]
pub struct Clocks {
    list: Vec<Clock>,
    /// For every cell, the clock that leads there, and which of its cells it is.
    leader: Vec<Option<(usize, usize)>>,
}

/// What the clocks of a step work with.
#[derive(Clone, Debug)]
pub struct Desk {
    /// By clock: the probabilities to leave in this step.
    quits: Vec<Quits>,
    /// Those whom hazards take out of one cell in one history.
    leavers: Bag,
    /// Along which edges they go.
    gone: Vec<(EdgeId, f64)>,
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

    /// The lengths of every clock in the histories whose parameters these are.
    pub fn lengths(&self, model: &Model, parameters: &[Vec<f64>]) -> Vec<Lengths> {
        self.list.iter().map(|clock| clock.lengths(model, parameters)).collect()
    }

    /// Room for the people of a block of histories, nobody in it.
    pub fn ages(&self, lanes: usize) -> Vec<Ages> {
        self.list.iter().map(|clock| clock.ages(lanes)).collect()
    }

    /// A desk for blocks of `lanes` histories.
    pub fn desk(&self, lanes: usize) -> Desk {
        let quits = self.list.iter().map(|clock| clock.quits(lanes)).collect();
        Desk { quits, leavers: Bag::default(), gone: Vec::new() }
    }

    /// Before the first step, draws when the time of those is over who are there; in every step, reads what concerns who enters, and
    /// gives new dates where lengths change for everyone.
    pub fn read(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        lengths: &[Lengths],
        desk: &mut Desk,
        state: &mut State,
    ) {
        let mut all = std::mem::take(&mut state.ages);
        for (((clock, ages), lengths), quits) in
            self.list.iter().zip(&mut all).zip(lengths).zip(&mut desk.quits)
        {
            clock.read(now.step, lengths, quits);
            if now.step == 0 {
                clock.begin(now, readings, lengths, state, ages);
            }
            if clock.upheavals.contains(&now.step) {
                clock.turn(now, lengths, ages);
            }
            ages.new_step();
        }
        state.ages = all;
    }

    /// Settles after shocks and programmes: who entered has entered as the step begins, and is there for all of it.
    pub fn settle_start(
        &self,
        now: &Now<impl Chance>,
        lengths: &[Lengths],
        state: &mut State,
        flows: &Flows,
    ) {
        for ((clock, ages), lengths) in self.list.iter().zip(&mut state.ages).zip(lengths) {
            clock.settle_start(now, lengths, flows, ages);
        }
    }

    /// Those present for the whole step leave: first where a clock leads, then the others, each after settling.
    pub fn stayers_leave(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        exits: &Exits,
        desk: &mut Desk,
        state: &mut State,
        flows: &mut Flows,
    ) {
        let mut all = std::mem::take(&mut state.ages);
        for leads in [true, false] {
            for (clock, ages) in self.list.iter().zip(&mut all) {
                if !leads && clock.follows() {
                    clock.settle_stayers(now, flows, ages);
                }
                clock.stayers_leave(now, readings, exits, leads, desk, state, flows, ages);
            }
        }
        state.ages = all;
    }

    /// Settles those who came and went within the step, arrivals and newborns among them.
    pub fn settle_stayers(&self, now: &Now<impl Chance>, state: &mut State, flows: &Flows) {
        for (clock, ages) in self.list.iter().zip(&mut state.ages) {
            clock.settle_stayers(now, flows, ages);
        }
    }

    /// Those who entered in the step leave in what is left of it, where a clock leads.
    pub fn entrants_leave(
        &self,
        now: &Now<impl Chance>,
        readings: &Readings,
        exits: &Exits,
        desk: &mut Desk,
        state: &mut State,
        flows: &mut Flows,
    ) {
        let mut all = std::mem::take(&mut state.ages);
        for (index, (clock, ages)) in self.list.iter().zip(&mut all).enumerate() {
            clock.entrants_leave(now, readings, exits, index, desk, state, flows, ages);
        }
        state.ages = all;
    }

    /// Settles those who left or came after they had entered within the step.
    pub fn settle_entrants(&self, now: &Now<impl Chance>, state: &mut State, flows: &Flows) {
        for (clock, ages) in self.list.iter().zip(&mut state.ages) {
            clock.settle_entrants(now, flows, ages);
        }
    }

    /// Settles those whom full places sent back, and those whom they let in after all, when all others are settled.
    pub fn settle_gate(&self, phase: Phase, now: &Now<impl Chance>, state: &mut State, flows: &Flows) {
        for (clock, ages) in self.list.iter().zip(&mut state.ages) {
            clock.settle_gate(phase, now, flows, ages);
        }
    }

    /// Whom hazards took in this step from those who were in a cell for the whole of it, where a clock leads.
    pub fn taken(&self, state: &State, cell: CellId, lane: usize) -> Taken {
        self.leader[cell].map_or_else(Taken::default, |(clock, place)| state.ages[clock].taken(place, lane))
    }

    /// Ends the step: for who entered and is still there it is drawn when their time is over.
    pub fn end(&self, now: &Now<impl Chance>, lengths: &[Lengths], readings: &Readings, state: &mut State) {
        for ((clock, ages), lengths) in self.list.iter().zip(&mut state.ages).zip(lengths) {
            clock.end(now, readings, lengths, ages);
        }
    }

    /// The first cell and lane where the people of a clock do not add up to the people of `state`, to `tolerance` of a person and of them.
    pub fn imbalance(&self, state: &State, tolerance: f64) -> Option<(CellId, usize, f64)> {
        self.list.iter().zip(&state.ages).find_map(|(clock, ages)| {
            clock.cells.iter().enumerate().find_map(|(place, cell)| {
                (0..state.lanes()).find_map(|lane| {
                    let people = state.people(cell.cell, lane);
                    // Row by row, so that the sum that a bag keeps is tried too.
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
        match edge.from {
            None => reached[edge.to] = true,
            Some(from) => onward[from].push(edge.to),
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
