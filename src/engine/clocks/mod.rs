//! Clocks: people by the time since they entered, for stays and for ageing after a fixed time.
//!
//! A stay is a clock of its places and groups, a band of ages one of all places where somebody has its value. The
//! [`State`] holds the truth of who is where, and no other mechanism knows of clocks: they *settle* from what went along
//! the edges since they last did ([`settle`]). People whom others take are taken at random over ages.
//!
//! In each cell one clock *leads*: the stay, or else the first band. It competes with the hazards out of the cell
//! ([`act`]), the moment at which it ends being uniform in its step. Any further clock of the cell acts after it on those
//! who remain. That its end does not depend on the other clock is an approximation, felt where both end in one step.

mod act;
mod ages;
mod clock;
mod entrants;
mod gate;
mod lengths;
mod settle;

use super::builder::Builder;
use super::chance::Chance;
use super::edge::Edge;
use super::exits::Exits;
use super::full::Phase;
use super::now::Now;
use super::readings::Readings;
use super::state::{Flows, State};
use crate::model::{CellId, Mechanism, Model, Pace, Stay};
pub use ages::Ages;
use clock::Clock;
pub use lengths::{Lengths, Quits};

/// All clocks.
#[derive(Clone, Debug, Default)]
pub struct Clocks {
    list: Vec<Clock>,
}

/// What the clocks of a step work with.
#[derive(Clone, Debug)]
pub struct Desk {
    /// By clock: the probabilities to leave in this step.
    quits: Vec<Quits>,
    /// By row of ages: those whom hazards take out of one cell in one history.
    leavers: Vec<f64>,
}

impl Clocks {
    /// Compiles stays and ageing after a fixed time, and takes the cells that they lead away from the exits.
    pub fn compile(builder: &mut Builder, exits: &mut Exits) -> Clocks {
        let model = builder.model;
        let mut led = vec![false; model.cells()];
        let mut list = Vec::new();
        for (index, stay) in model.stays.iter().enumerate() {
            list.push(Clock::compile(builder, Mechanism::Stay(index), stay.clone(), &mut led));
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
                list.push(Clock::compile(builder, Mechanism::Ageing(index), band, &mut led));
            }
        }
        exits.leave_to_clocks(&led);
        Clocks { list }
    }

    /// Makes known the edges that touch each clock, once all are there.
    pub fn connect(&mut self, model: &Model, edges: &[Edge]) {
        if self.list.is_empty() {
            return;
        }
        let reached = reached(model, edges);
        for clock in &mut self.list {
            clock.connect(model, edges, &reached);
        }
    }

    /// The lengths of every clock in the histories whose parameters these are.
    pub fn lengths(&self, model: &Model, parameters: &[Vec<f64>]) -> Vec<Lengths> {
        self.list.iter().map(|clock| clock.lengths(model, parameters)).collect()
    }

    /// Room for the ages of a block of histories, nobody in it.
    pub fn ages(&self, lanes: usize) -> Vec<Ages> {
        self.list.iter().map(|clock| clock.ages(lanes)).collect()
    }

    /// A desk for blocks of `lanes` histories.
    pub fn desk(&self, lanes: usize) -> Desk {
        let rows = self.list.iter().map(Clock::rows).max().unwrap_or(0);
        let quits = self.list.iter().map(|clock| clock.quits(lanes)).collect();
        Desk { quits, leavers: vec![0.0; rows] }
    }

    /// Before the first step, gives those who are there their ages; in every step, reads the probabilities to leave.
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
            ages.new_step();
        }
        state.ages = all;
    }

    /// Settles after shocks and programmes: who entered counts as having entered in the step before.
    pub fn settle_start(&self, now: &Now<impl Chance>, state: &mut State, flows: &Flows) {
        for (clock, ages) in self.list.iter().zip(&mut state.ages) {
            clock.settle_start(now, flows, ages);
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
            for (index, (clock, ages)) in self.list.iter().zip(&mut all).enumerate() {
                if !leads && clock.follows() {
                    clock.settle_stayers(now, flows, ages);
                }
                clock.stayers_leave(now, readings, exits, leads, index, desk, state, flows, ages);
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

    /// Ends the step: everybody is one step older, and who entered and is still there is counted by age.
    pub fn end(&self, now: &Now<impl Chance>, lengths: &[Lengths], readings: &Readings, state: &mut State) {
        for ((clock, ages), lengths) in self.list.iter().zip(&mut state.ages).zip(lengths) {
            clock.end(now, readings, lengths, ages);
        }
    }

    /// The first cell and lane where ages do not add up to the people of `state`, to `tolerance` of a person and of them.
    pub fn imbalance(&self, state: &State, tolerance: f64) -> Option<(CellId, usize, f64)> {
        self.list.iter().zip(&state.ages).find_map(|(clock, ages)| {
            clock.cells.iter().enumerate().find_map(|(place, cell)| {
                (0..state.lanes()).find_map(|lane| {
                    let people = state.people(cell.cell, lane);
                    let counted: f64 = ages.present(place, lane).iter().sum();
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
